"""Vietnamese text as it is compared: one spelling for tone marks, spaces and letters.

The two placings of a tone mark (Hòa, Hoà) are the same syllable, so `tone_key` moves the mark to
the end of its syllable; `fold` drops marks altogether.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


_ALIKE = {
    **dict.fromkeys("\u00d0\u0189", "Đ"),
    **dict.fromkeys("\u00f0\u0256", "đ"),
    "\u01a2": "Ư",
    "\u01a3": "ư",
    "\u04d0": "Ă",
    "\u04d1": "ă",
}
"""Letters of other alphabets that look the same: the Icelandic "Ð" of old keyboards and of `&ETH;`,
the "ƣ" that the tables of many fonts in PDFs give for "ư"."""
_ALIEN = re.compile(f"[{''.join(_ALIKE)}]")


def own_letters(text: str) -> str:
    """Vietnamese letters for those of other alphabets that fonts and keyboards put in their place.

    >>> own_letters("Ðồng Nai"), own_letters("ngƣời")
    ('Đồng Nai', 'người')
    """
    for letter in _ALIKE:  # a pattern would try every letter of a page
        if letter in text:
            return _ALIEN.sub(lambda hit: _ALIKE[hit[0]], text)
    return text


def clean(text: str) -> str:
    r"""NFC, every kind of blank one space, invisible characters gone; line breaks stay.

    >>> clean("Hải\u00a0Phòng "), clean("B\u00ecnh D\u01a3\u01a1ng")
    ('Hải Phòng', 'Bình Dương')
    """
    if not text.isascii():
        text = own_letters(unicodedata.normalize("NFC", text))
    if text.isprintable():  # then all its blanks are plain spaces
        return " ".join(text.split())
    text = _INVISIBLE.sub("", text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(lines).strip("\n")


@lru_cache(maxsize=16384)  # a table's texts are asked by its layout, its heads and its excerpts
def one_line(text: str) -> str:
    """`clean` with line breaks as spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if not text.isprintable():  # no invisible character is printable
            text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def open_bracket(text: str, at: int) -> int:
    """Where the round bracket begins that is still open before `at`; -1 where none is.

    >>> open_bracket("12 xã (đạt 60%)", 10), open_bracket("12 xã (60%), 5 huyện", 13)
    (6, -1)
    """
    opened = text.rfind("(", 0, at)
    return opened if opened > text.rfind(")", 0, at) else -1


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: half code units are no letters.

    Damaged files have them, and file names in the encodings before Unicode come with them.
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@lru_cache(maxsize=65536)
def tone_key(text: str) -> str:
    """Lower case, the tone mark moved behind its syllable: a key for names.

    >>> tone_key("Hoà Bình") == tone_key("HÒA BÌNH")
    True
    """
    return " ".join([w if w.isascii() else _toned(w) for w in text.casefold().split()])


@lru_cache(maxsize=16384)  # a document's labels share their syllables
def _toned(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", _TONES.sub("", letters) + "".join(_TONES.findall(letters)))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without any diacritics, đ as d: for the last resort of a comparison.

    >>> fold("Đắk Lắk")
    'dak lak'
    """
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
