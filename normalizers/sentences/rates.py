"""The rate of what was just counted: "214 hộ nghèo, chiếm 4,1%" tells the rate of poor households.

`rates_of_counts.csv` says which counted thing has a rate of its own in the vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from normalizers.facts import rows
from normalizers.sentences.meant import Meant
from normalizers.sentences.words import Words, says
from normalizers.spelling import canonical


def of_count(meant: Meant, said: Words, before: Meant | None, counted: Words | None) -> Meant:
    """The rate with the code that its count has none of."""
    if before is None or counted is None or meant.measure != "share" or meant.metric is not None:
        return meant
    if before.measure != "level" or not _only_rate(said) or not _of_all(meant.basis):
        return meant
    rate = _rate_of(counted)
    return replace(meant, metric=rate) if rate else meant


def _only_rate(said: Words) -> bool:
    """As in "chiếm tỷ lệ 4,1% tổng số hộ": the statement names nothing but its whole."""
    return not says(said.bare_left) and _of_all(said.bare_tail or None)


_WHOLE = re.compile(
    r"(?:so với )?(?:tổng )?(?:số )?"
    r"(?:hộ|hộ dân|hộ gia đình|gia đình|trường|trường học|xã|trẻ|trẻ em|dân số)(?!\w)"
)


def _of_all(basis: str | None) -> bool:
    """Is it a share of all that the count is of: "tổng số hộ toàn tỉnh", not "tổng số hộ nghèo"?"""
    if not basis:
        return True
    whole = _WHOLE.match(basis)
    return whole is not None and not says(basis[whole.end() :])


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {canonical(r["counted"]): r["rate"] for r in rows("rates_of_counts.csv")}


def _rate_of(counted: Words) -> str | None:
    """By the words behind the count ("214 hộ nghèo"), else by those that lead to it."""
    for text, at_end in ((counted.bare_tail, False), (counted.near, True)):
        for phrase, rate in _known().items():
            rest = _rest(text, phrase, at_end=at_end)
            if rest is not None and not says(rest):
                return rate
    return None


def _rest(text: str, phrase: str, *, at_end: bool) -> str | None:
    ahead, found, behind = f" {text} ".partition(f" {phrase} ")
    if not found or (not at_end and ahead.strip()):
        return None
    return behind if not at_end else f"{ahead} {behind}"
