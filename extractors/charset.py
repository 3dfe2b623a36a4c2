"""Bytes to text: what the bytes are wins over what the page says about them.

UTF-8 that decodes without a fault is UTF-8, whatever is declared: other encodings of Vietnamese do
not pass for it by chance. Where it fails, the candidates are judged by how many words come out as
Vietnamese syllables.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from solieu.legacy import from_tcvn3, from_vni, is_syllable
from solieu.model import Notice
from solieu.text import own_letters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)")
_WORD = re.compile(r"[^\W\d_]+")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HEAD = 4096
_SAMPLE_WORDS = 4000
_PIECE = 4096
_CONTROLS = bytes(sorted(set(range(32)) - {9, 10, 11, 12, 13, 26, 27}))
_SUBSTITUTE = b"\x1a"
"""The control that stands for a lost letter; texts have it at their end at most."""
_BROKEN_SHARE = 0.2  # more faults than this among the non-ASCII sequences: it was never UTF-8


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text in NFC, the encoding that gave it, and what a reader must know about it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Text of a plain file or page; `declared` is what it or its server says, and may lie."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decoded(content[len(bom) :], encoding)
    wide = _wide(content)
    if wide:
        return _decoded(content, wide)
    if b"\0" in content:
        holes = content.count(0)
        found = decode(content.replace(b"\0", _SUBSTITUTE), declared)
        text = found.text.replace(_SUBSTITUTE.decode(), "\ufffd")
        return Decoded(text, found.encoding, (*found.notices, _broken(holes, found.encoding)))
    try:
        return Decoded(_normal(content.decode("utf-8")), "utf-8", _lie(declared, "utf-8", content))
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(content):
        return _decoded(content, "utf-8")
    return _judged(content, declared)


def declared_charset(content: bytes) -> str | None:
    """What the first bytes of a page say: the XML declaration or a `meta` element."""
    head = content[:_HEAD]
    match = _XML.match(head) or _META.search(head)
    return match[1].decode("ascii").lower() if match else None


def looks_binary(content: bytes) -> bool:
    """Whether the bytes are no text in any encoding: control characters, NULs without a pattern."""
    head = content[:65536]
    if not head or any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.count(0) > len(head) // 50 or controls > len(head) // 50


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of ASCII text is NUL."""
    head = content[:2048]
    if len(head) < 4 or 0 not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    strange = sum(1 for c in text if c not in "\t\r\n" and not " " <= c <= "\u1eff")
    return encoding if strange <= len(text) // 20 else None


def _nearly_utf8(content: bytes) -> bool:
    good = len(_MULTIBYTE.findall(content))
    if not good:
        return False
    faults = content.decode("utf-8", "replace").count("\ufffd")
    return faults <= _BROKEN_SHARE * (good + faults)


def _decoded(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    faults = text.count("\ufffd") - content.count("\ufffd".encode(encoding))
    return Decoded(_normal(text), encoding, (_broken(faults, encoding),) if faults > 0 else ())


def _judged(content: bytes, declared: str | None) -> Decoded:
    """The encoding that gives most Vietnamese words; on a tie the declared, then the simplest."""
    best, text = "windows-1252", _single("cp1252")(content)
    most = _words(text) + (1 if _codec(declared) == "cp1252" else 0)
    for name, reader in _READERS.items():
        candidate = reader(content)
        score = _words(candidate) + (1 if name in {declared, _codec(declared)} else 0)
        if score > max(most, 0):
            best, text, most = name, candidate, score
    return Decoded(_normal(text), best, _lie(declared, best, content))


def _single(codec: str) -> Callable[[bytes], str]:
    """A one-byte codec whose undefined bytes become the C1 controls, as browsers read them."""
    table = "".join(
        bytes([code]).decode(codec, "ignore") or bytes([code]).decode("latin-1")
        for code in range(256)
    )

    def read(content: bytes) -> str:
        return unicodedata.normalize("NFC", codecs.charmap_decode(content, "strict", table)[0])

    return read


_READERS: dict[str, Callable[[bytes], str]] = {
    "windows-1258": _single("cp1258"),
    "tcvn3": lambda content: from_tcvn3(content.decode("latin-1")),
    "vni": lambda content: from_vni(_single("cp1252")(content)),
}


def _codec(name: str | None) -> str | None:
    """One name per encoding; pages that say latin-1 mean windows-1252 (WHATWG)."""
    try:
        found = codecs.lookup(name or "").name
    except LookupError:
        return None
    known = {"iso8859-1": "cp1252", "ascii": "cp1252", "cp1258": "windows-1258"}
    return known.get(found, found)


def _words(text: str) -> int:
    """Vietnamese words with marks less other words with marks, in the first part of the text."""
    score = seen = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) < 2 or word.isascii():
            continue
        score += 1 if is_syllable(word) else -1
        seen += 1
        if seen == _SAMPLE_WORDS:
            break
    return score


def _normal(text: str) -> str:
    """The text in NFC, piece by piece: one with loose marks takes thirty times as long as others.

    Pieces begin at "<", which nothing composes with.
    """
    if text.isascii():
        return text
    pieces, start = [], 0
    while start < len(text):
        end = text.find("<", start + _PIECE)
        end = end if end >= 0 else len(text)
        pieces.append(unicodedata.normalize("NFC", text[start:end]))
        start = end
    return own_letters("".join(pieces))


def _broken(faults: int, encoding: str) -> Notice:
    return Notice(
        "broken_text",
        f"{faults} chỗ trong tệp không phải {encoding} hợp lệ, được thay bằng dấu \ufffd;"
        " các số ở đó có thể sai.",
        f"{faults} places are not valid {encoding} and stand as \ufffd; figures there may be wrong",
    )


def _lie(declared: str | None, found: str, content: bytes) -> tuple[Notice, ...]:
    if declared is None or content.isascii() or _codec(declared) in {_codec(found), found}:
        return ()
    return (
        Notice(
            "charset_mismatch",
            f"Trang ghi mã {declared} nhưng các byte là {found}; đã đọc theo {found}.",
            f"The page declares {declared} but its bytes are {found}; read as {found}.",
        ),
    )


def legacy_notice(encoding: str | None) -> tuple[Notice, ...]:
    """Said whenever text of an old font encoding was turned into Unicode."""
    if encoding is None:
        return ()
    return (
        Notice(
            "legacy_encoding",
            f"Văn bản dùng phông chữ {encoding}, đã chuyển sang Unicode.",
            f"The text is set in {encoding} fonts and was converted to Unicode.",
        ),
    )
