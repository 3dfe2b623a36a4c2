"""One spelling in which labels and phrases are compared, and the CSV rows that hold the facts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from normalizers.facts import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUNCTUATION = re.compile(r"[^\w%/]+|(?<!\w)/|/(?!\w)|_")


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
_LATE_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")


def _plain(text: str) -> str:
    """Readable, unlike `solieu.text.tone_key`: the rules below are written in plain Vietnamese."""
    lower = unicodedata.normalize("NFC", text).casefold()
    lower = _LATE_TONE.sub(lambda m: _TONES[m.group()], _PUNCTUATION.sub(" ", lower))
    return " ".join(lower.split())


@lru_cache(maxsize=1)
def _spellings() -> tuple[re.Pattern[str], Mapping[str, str]]:
    pairs = {_plain(r["written"]): _plain(r["canonical"]) for r in rows("spellings.csv")}
    written = sorted(pairs, key=len, reverse=True)
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, written)) + r")(?!\S)"), pairs


@lru_cache(maxsize=16384)
def canonical(text: str) -> str:
    """Lower case, tone marks in one place, no punctuation, abbreviations in one form.

    >>> canonical("Bảo hiểm xã hội tự nguyện") == canonical("BHXH TN")
    True
    """
    pattern, pairs = _spellings()
    return _TWICE.sub(r"\1", pattern.sub(lambda m: pairs[m.group()], _plain(text)))


_TWICE = re.compile(r"\b(bhxh|bhyt|bhtn|ubnd)(?: \1\b)+")
"""A name and its abbreviation in brackets behind it."""


def contains(text: str, phrase: str) -> bool:
    """Whole words only, both in the compared spelling."""
    return f" {phrase} " in f" {text} "


@lru_cache(maxsize=64)
def words(role: str) -> tuple[str, ...]:
    """Phrases of `cue_words.csv` with a role, in the compared spelling."""
    return tuple(canonical(r["phrase"]) for r in rows("cue_words.csv") if r["role"] == role)
