"""Role words of tables ("Tổng cộng", "Trong đó", "Ghi chú", "STT"), read from `data/roles.csv`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from normalizers.facts import rows
from solieu.text import one_line, tone_key

_EDGES = re.compile(r"^[\s\W_]+|[\s:;.,*\-–—_]+$")
_LEADING = re.compile(
    r"^\s*(?:[^\w\s(\[%\"“‘'<>≥≤]+\s*|"
    r"\(?(?:[A-GI-OR-WYZa-z]|(?!X[.)/])[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)/](?!\d)\s*)+"
)
"""Not P., Q., H., X.: they stand for phường, quận, huyện and xã."""
_TOKEN = re.compile(r"\w[\w.]*")
_LONGEST_ROLE = 60
_LAST_BRACKETS = re.compile(r"\([^()]*\)$")
_SPACED = re.compile(r"\s*[\n/]\s*")


@cache
def role_words(role: str, *, spoken: bool = False) -> frozenset[str]:
    """The words of one role, as keys of `word_key` or as they are spoken."""
    words = (row["words"] for row in rows("roles.csv") if row["role"] == role)
    return frozenset(words if spoken else map(word_key, words))


@lru_cache(maxsize=65536)
def word_key(text: str) -> str:
    """One spelling of a label: lower case, one place for tone marks, no marks around it.

    >>> word_key("  TỔNG CỘNG: ") == word_key("Tổng cộng")
    True
    """
    return tone_key(_EDGES.sub("", _SPACED.sub(" ", one_line(text))))


@lru_cache(maxsize=65536)
def bare_label(text: str) -> str:
    """A label without the ordinal or bullet in front: "I. Huyện A" is "Huyện A", "- Nữ" is "Nữ"."""
    plain = one_line(text)
    return _LEADING.sub("", plain) or plain


@lru_cache(maxsize=65536)
def has_role(text: str, role: str) -> bool:
    """The whole label is one of the role's words ("Tổng cộng", "I. TỔNG SỐ (1+2)")."""
    words = role_words(role)
    if word_key(text) in words or (role == "region" and _KINDS.match(text) is not None):
        return True
    label = bare_label(text)
    if label.endswith(")"):
        label = _LAST_BRACKETS.sub("", label)
    return (label != text and word_key(label) in words) or _in_two_languages(word_key(label), role)


_KIND = r"(?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu|tp\.?|tx\.?|tt\.?)"
_KINDS = re.compile(
    rf"\s*(?:tên |các )*{_KIND}(?:\s*(?:[,/–-]|và|hoặc)\s*{_KIND})+\s*$", re.IGNORECASE
)
"""Kinds of units side by side, in whatever order: "Huyện, thành phố", "TP/huyện", "Xã, TT"."""


@lru_cache(maxsize=65536)
def _in_two_languages(key: str, role: str) -> bool:
    """The role said twice: "TỔNG SỐ - TOTAL", "STT No.", "Cả nước/Whole country"."""
    words = role_words(role)
    tokens = [t for t in key.split() if t not in _DASHES]
    if not tokens or tokens[-1] not in _last_words(role):
        return False
    return any(
        " ".join(tokens[at:]) in words and " ".join(tokens[:at]) in words
        for at in range(1, len(tokens))
    )


_DASHES = frozenset("-–—|/")


@cache
def _last_words(role: str) -> frozenset[str]:
    """What a role's words end in: most labels do not, and are none of them in any language."""
    return frozenset(key.split()[-1] for key in role_words(role) if key)


@lru_cache(maxsize=65536)
def after_role(text: str, role: str) -> str | None:
    """What follows the role's words that begin a label: ": nữ" of "Trong đó: nữ"; else None."""
    label = bare_label(text)
    words, first_words = _spoken_words(role)
    first = _TOKEN.search(label)
    if first is None or tone_key(first.group().rstrip(".")) not in first_words:
        return None
    spoken, rest = "", None
    for token in _TOKEN.finditer(label):
        spoken = f"{spoken} {tone_key(token.group().rstrip('.'))}".strip()
        if spoken in words:
            rest = label[token.end() :]
        if len(spoken) > _LONGEST_ROLE:
            break
    return rest


def starts_with_role(text: str, role: str) -> bool:
    """Whether a label begins with one of the role's words ("Trong đó: nữ")."""
    return after_role(text, role) is not None


def named_part(label: str) -> str:
    """What "Trong đó: thu nội địa" names; any other label itself."""
    rest = after_role(label, "of_which")
    return rest.strip(" :,-") or label if rest else label


_RANK = re.compile(
    r"\W*(?:xếp hạng|thứ hạng|vị thứ|thứ bậc|xếp thứ|ranking|rank)(?!\w)"
    r"(?P<rest>[\W\d]*(?:(?:(?:trong|của|so với|theo|trên)\s+)?(?:cả nước|toàn quốc|toàn tỉnh|"
    r"toàn ngành|tỉnh|vùng|khu vực|chung|năm|chỉ số|tổng điểm|thành phố|PCI|PAPI|DDCI|SIPAS|DTI|"
    r"PAR|INDEX|CCHC)(?!\w)[\W\d]*)*)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_rank(label: str) -> bool:
    """A place among others and no quantity: "Xếp hạng cả nước 2023", not "Xếp hạng di tích"."""
    return has_role(label, "rank") or _RANK.match(bare_label(label)) is not None


@cache
def _spoken_words(role: str) -> tuple[frozenset[str], frozenset[str]]:
    """A role's phrases as they are spoken, and the words they begin with."""
    phrases = [
        [tone_key(t.rstrip(".")) for t in _TOKEN.findall(word)]
        for word in role_words(role, spoken=True)
    ]
    return frozenset(map(" ".join, phrases)), frozenset(words[0] for words in phrases)
