"""Numbers that count nothing: dates, times, decrees, phones, addresses, ordinals, list numbering.

The patterns are rows of `data/not_figures.csv`, the words that number things ("Điều", "Phường",
"lần thứ") rows of `data/ordinal_words.csv`. A word that is not strict numbers a thing only where no
unit follows: "nhóm 2" but "nhóm 2 người".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalizers.facts import rows
from normalizers.units import any_of

_UPPER = "".join(
    c
    for c in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
    if c.isupper()
)
_MACROS = {
    "{D}": "(?:[12][0-9]|3[01]|0?[1-9])(?![0-9])",
    "{M}": "(?:1[0-2]|0?[1-9])(?![0-9])",
    "{Y}": "(?:19|20)[0-9]{2}",
    "{U}": f"[{_UPPER}]",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that holds digits and no figure; `flag` says what it is."""

    start: int
    end: int
    flag: str


def _expanded(pattern: str) -> str:
    for macro, meaning in _MACROS.items():
        pattern = pattern.replace(macro, meaning)
    return pattern


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All patterns in one, the flags in the order of its outer groups."""
    kinds = rows("not_figures.csv")
    parts = (f"(?P<n{n}>{_expanded(row['pattern'])})" for n, row in enumerate(kinds))
    return re.compile("|".join(parts)), tuple(row["flag"] for row in kinds)


_NEAR = re.compile(r"[0-9](?:[^0-9]{0,96}[0-9])*")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around digits: most of a page is far from any, and the patterns are many."""
    if "://" in text or "www." in text or "@" in text:
        yield 0, len(text)
        return
    for match in _NEAR.finditer(text):
        yield max(0, match.start() - 40), match.end() + 48


def spans(text: str) -> list[Span]:
    """Where dates, codes and the like stand in text with plain dashes, digits and spaces."""
    pattern, flags = _patterns()
    found = []
    for start, end in _windows(text):
        for match in pattern.finditer(text, start, end):
            name = next(n for n, value in match.groupdict().items() if value and n != "sep")
            found.append(Span(match.start(), match.end(), flags[int(name[1:])]))
    return found


@cache
def _ordinal() -> re.Pattern[str]:
    """The word in front of a number; the leftmost, so that "tài khoản" is no "khoản"."""
    table = rows("ordinal_words.csv")
    kinds = (
        f"(?P<{kind}>{any_of([row['word'] for row in table if row['kind'] == kind])})"
        for kind in ("never", "strict", "loose")
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(kinds)})(?: số)?[ :]*$", re.IGNORECASE)


def ordinal_before(text: str, start: int) -> str | None:
    """Return "strict" or "loose" where a word in front of a number makes it a name."""
    match = _ordinal().search(text[max(0, start - 24) : start])
    return match.lastgroup if match and match.lastgroup != "never" else None
