"""Fonts that lie about their letters: TCVN3 and VNI fonts, and fonts without any Unicode meaning.

The name of a font (".VnTime", "VNI-Times", "ABCDEE+VnArialH") is strong evidence; its text must not
speak against it. A name that ends in H is a font of capitals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.pdf.objects import Word
from solieu.legacy import decode_legacy, from_tcvn3, from_vni, is_syllable
from solieu.model import Notice

_TCVN3_NAME = re.compile(r"(?:^|\+)\.?Vn[A-Z]|(?:^|\+)ABC(?![A-Z]{3})|TCVN", re.ASCII)
_VNI_NAME = re.compile(r"(?:^|\+)VNI[ -]?[A-Z]?", re.IGNORECASE)
_CAPITALS = re.compile(r"Vn\w+?H(?:,|-|$|[BI])")
_MODERN = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_ENOUGH = 400
"""Characters of a font that say enough about its encoding."""


class FontDecoder:
    """Remembers over a document which encoding each font's text is in."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}
        self.found: dict[str, str] = {}

    def words(self, words: list[Word]) -> list[Word]:
        """The words in Unicode; the same list where no font needs decoding."""
        if all(self._known.get(font) == "" for font in {word.font for word in words}):
            return words
        texts: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if self._known.get(word.font, "?") != "":
                texts[word.font].append(word.text)
        encodings = {font: self._encoding(font, parts) for font, parts in texts.items()}
        if not any(encodings.values()):
            return words
        return [self._decoded(word, encodings.get(word.font)) for word in words]

    def _encoding(self, font: str, parts: Sequence[str]) -> str | None:
        known = self._known.get(font)
        if known is not None:
            return known or None
        text = " ".join(parts)
        encoding = decode_legacy(text)[1]
        if encoding is None and not _MODERN.search(text):
            named = "TCVN3" if _TCVN3_NAME.search(font) else None
            encoding = "VNI" if _VNI_NAME.search(font) else named
        if encoding is not None:
            self.found[font] = encoding
        if encoding is not None or len(text) >= _ENOUGH:
            self._known[font] = encoding or ""
        return encoding

    @staticmethod
    def _decoded(word: Word, encoding: str | None) -> Word:
        if encoding is None:
            return word
        text = _tcvn3(word.text) if encoding == "TCVN3" else from_vni(word.text)
        if _CAPITALS.search(word.font):
            text = text.upper()
        return word._replace(text=text)

    def notices(self) -> list[Notice]:
        """What a reader of the data must know about decoded fonts."""
        if not self.found:
            return []
        names = ", ".join(sorted(set(self.found.values())))
        return [
            Notice(
                "legacy_encoding",
                f"Văn bản dùng phông chữ {names}, đã được chuyển sang Unicode.",
                f"The text is set in {names} fonts and was converted to Unicode.",
            )
        ]


def _tcvn3(text: str) -> str:
    """TCVN3 to Unicode; its "ư" has the code of the soft hyphen, which readers give as "-".

    >>> _tcvn3("ng-êi")
    'người'
    """
    if "-" in text[1:-1]:
        whole = from_tcvn3(text.replace("-", "\xad"))
        if is_syllable("".join(c for c in whole if c.isalpha())):
            return whole
    return from_tcvn3(text)


def unmapped_notice(fonts: Sequence[str], page: int) -> Notice:
    """Said of a page whose fonts do not tell which letters their glyphs are."""
    names = ", ".join(fonts[:3])
    return Notice(
        "no_unicode_map",
        f"Trang {page}: phông {names} không có bảng mã Unicode, chữ và số đọc được có thể sai.",
        f"Page {page}: font {names} carries no Unicode map; its letters and figures may be wrong.",
        page,
    )
