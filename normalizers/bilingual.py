"""Two languages: yearbooks print English beside the Vietnamese, others whole texts in it."""

from __future__ import annotations

import re
from functools import lru_cache

from solieu.text import fold

_SYLLABLE = re.compile(
    r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:oai|oay|uai|uay|uoi|uou|uya|uye|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|"
    r"ua|ue|ui|uo|uu|uy|ye|[aeiouy])(?:ch|ng|nh|[cmnpt])?",
    re.IGNORECASE,
)
"""What a Vietnamese syllable can look like without its marks."""
_OWN_LETTER = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
"""Letters that no other language prints; "à", "é", "ô", "ã" stand in French and Portuguese too."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 5
_EDGES = "()[].,;:-–/*"
_BESIDE = re.compile(r"\s[-–—/|]\s")
"""What parts the languages where the Vietnamese has no marks: "Nam - Male"."""
_SEPARATORS = frozenset({"-", "–", "—", "/", "|", "&"})


def is_foreign(text: str) -> bool:
    """Is a text in another language: no letter of ours, and half of its words cannot be ours?

    Vietnamese typed without marks is none: its words are syllables all the same. Neither is what an
    old font's codes look like where they were not recognised.

    >>> is_foreign("Exports of goods reached USD 355.5 billion, down 4.4 percent")
    True
    >>> is_foreign("Tong thu ngan sach nha nuoc dat 5.000 ty dong, bang 32,9% du toan")
    False
    """
    if _OWN_LETTER.search(text):
        return False
    words = [w for w in _WORD.findall(text) if not w.isupper()]
    strange = sum(1 for w in words if w.isascii() and _SYLLABLE.fullmatch(w) is None)
    return len(words) >= _LEAST_WORDS and 2 * strange >= len(words)


@lru_cache(maxsize=16384)
def vietnamese_part(label: str) -> str:
    """The label without the English that follows the Vietnamese; itself where there is none.

    >>> vietnamese_part("Dân số trung bình Average population (Nghìn người - Thous. pers.)")
    'Dân số trung bình (Nghìn người)'
    """
    kept: list[str] = []
    english = False
    for token in label.split():
        if _is_english(token):
            english = True
        elif english and _may_be_english(token):
            pass
        else:
            english = False
        if english:
            kept += _closing(token, kept)
        else:
            kept.append(token)
    marked = any(not word.isascii() for word in kept)
    if not (marked or (kept and kept != label.split() and _BESIDE.search(label))):
        return label
    text = " ".join(kept)
    return text if text != " ".join(label.split()) else label


_TYPES = frozenset(
    ("province", "city", "town", "township", "district", "commune", "ward", "municipality")
)


@lru_cache(maxsize=16384)
def untranslated(name: str) -> str:
    """A territory's name without the same name in English letters behind it.

    >>> untranslated("Thành phố Vị Thanh - Vi Thanh City"), untranslated("Xuân Hương - Đà Lạt")
    ('Thành phố Vị Thanh', 'Xuân Hương - Đà Lạt')
    """
    words = name.replace("/", " / ").split()
    if len(words) < 3 or not words[-1].strip(_EDGES).isascii():
        return name
    for at in range(1, len(words)):
        if _repeats(words[:at], words[at:]):
            return " ".join(words[:at]).rstrip(" -–—/|(")
    return name


def _repeats(first: list[str], second: list[str]) -> bool:
    """Whether all that the second says is the end of the first, with its marks left out."""
    said = [w.strip(_EDGES).casefold() for w in second]
    own = [w for w in said if w and w not in _TYPES]
    known = [fold(w.strip(_EDGES)) for w in first if w not in _SEPARATORS]
    parted = first[-1] in _SEPARATORS or len(own) < len(said)
    return parted and bool(own) and known[-len(own) :] == own


def _closing(token: str, kept: list[str]) -> list[str]:
    """Drop a dash that led to the English, keep the bracket that closes around both."""
    while kept and kept[-1] in _SEPARATORS:
        kept.pop()
    if token.endswith(")") and "(" not in token and kept and "(" in " ".join(kept):
        kept[-1] += ")"
    return []


def _is_english(token: str) -> bool:
    word = token.strip(_EDGES).partition("/")[0]  # "Person/km2"
    if len(word) < 3 or not word.isascii() or not word.isalpha() or word.isupper():
        return False
    return _SYLLABLE.fullmatch(word) is None


def _may_be_english(token: str) -> bool:
    """Short words between English ones: "of", "in", "by"."""
    word = token.strip(_EDGES)
    return word.isascii() and not token.startswith("(") and not any(c.isdigit() for c in word)
