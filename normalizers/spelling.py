"""One spelling in which labels and phrases are compared, and the CSV rows that hold the facts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from normalizers.branching import any_of
from normalizers.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CAPITALS = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper())
"""The capital letters of Vietnamese, and some more, as they stand in a pattern's brackets."""
NAME_WORD = rf"[{CAPITALS}][\w'’]*"
"""A word of a name, as a pattern."""


_BETWEEN = re.compile(r"[^\w%/ ]+")
_LOOSE = re.compile(r"(?<!\w)/|/(?!\w)|_")


_TONES = {
    before + mark: after
    for before, afters in {
        "o": {
            "à": "òa",
            "á": "óa",
            "ả": "ỏa",
            "ã": "õa",
            "ạ": "ọa",
            "è": "òe",
            "é": "óe",
            "ẻ": "ỏe",
            "ẽ": "õe",
            "ẹ": "ọe",
        },
        "u": {"ỳ": "ùy", "ý": "úy", "ỷ": "ủy", "ỹ": "ũy", "ỵ": "ụy"},
    }.items()
    for mark, after in afters.items()
}
# Each way begins with its letter: that is what the engine looks for before it tries any.
_LATE_TONE = re.compile(r"(?:o(?<!qo)[àáảãạèéẻẽẹ]|u(?<!qu)[ỳýỷỹỵ])(?!\w)")


def _plain(text: str) -> str:
    """Readable, unlike `solieu.text.tone_key`: the rules below are written in plain Vietnamese."""
    line = _BETWEEN.sub(" ", unicodedata.normalize("NFC", text).casefold())
    line = " ".join(line.split())
    if "/" in line or "_" in line:
        line = " ".join(_LOOSE.sub(" ", line).split())
    if "tăng" in line or "giảm" in line or "chiếm" in line:
        line = _GLUED.sub(lambda verb: f" {verb.group()}", line)
    return _LATE_TONE.sub(lambda m: _TONES[m.group()], line)


_VERBS = ("tăng", "giảm", "chiếm")
# Each way begins with its letter, as above; two letters of another word stand before the verb.
_GLUED = re.compile("|".join(rf"{verb}(?<=[^\W\d_]{{{len(verb) + 2}}})(?!\w)" for verb in _VERBS))
"""A verb that a page's markup has run into the word before it: "chế biến, chế tạotăng 1,36%"."""


@lru_cache(maxsize=1)
def _spellings() -> tuple[re.Pattern[str], Mapping[str, str], frozenset[str]]:
    """What is written otherwise, how it is compared, and the words that it begins with."""
    pairs = {_plain(r["written"]): _plain(r["canonical"]) for r in rows("spellings.csv")}
    first = frozenset(phrase.partition(" ")[0] for phrase in pairs)
    return re.compile(any_of(pairs, [r"\S"]) + r"(?!\S)"), pairs, first


@lru_cache(maxsize=16384)
def canonical(text: str) -> str:
    """Lower case, tone marks in one place, no punctuation, abbreviations in one form.

    >>> canonical("Bảo hiểm xã hội tự nguyện") == canonical("BHXH TN")
    True
    """
    pattern, pairs, first = _spellings()
    line = _plain(text)
    if not first.isdisjoint(line.split(" ")):
        line = pattern.sub(lambda m: pairs[m.group()], line)
    for said in _SAID_TWICE:
        if said in line:
            return _TWICE.sub(r"\1", line)
    return line


_ABBREVIATED = ("bhxh", "bhyt", "bhtn", "ubnd")
_TWICE = re.compile(rf"\b({'|'.join(_ABBREVIATED)})(?: \1\b)+")
"""A name and its abbreviation in brackets behind it."""
_SAID_TWICE = tuple(f"{name} {name}" for name in _ABBREVIATED)


def contains(text: str, phrase: str) -> bool:
    """Whole words only, both in the compared spelling."""
    return f" {phrase} " in f" {text} "


def contains_any(text: str, phrases: Iterable[str]) -> bool:
    """`contains` for one of several phrases."""
    padded = f" {text} "
    for phrase in phrases:  # noqa: SIM110 (a generator takes twice as long, and most hold none)
        if f" {phrase} " in padded:
            return True
    return False


@lru_cache(maxsize=64)
def words(role: str) -> tuple[str, ...]:
    """Phrases of `cue_words.csv` with a role, in the compared spelling."""
    return tuple(canonical(r["phrase"]) for r in rows("cue_words.csv") if r["role"] == role)
