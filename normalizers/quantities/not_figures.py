"""Numbers that count nothing: dates, times, decrees, phones, addresses, ordinals, list numbering.

The patterns are rows of `data/not_figures.csv`; `{W}` is any word of the column `after`. A pattern
begins at digits, at such a word before them, at a capital letter, or at the text's begin: nowhere
else are they tried.

The words that number things ("Điều", "Phường", "lần thứ") are rows of `data/ordinal_words.csv`. A
word that is not strict numbers a thing only where no unit follows: "nhóm 2" but "nhóm 2 người".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from normalizers.branching import any_of
from normalizers.facts import rows
from normalizers.spelling import CAPITALS

_MACROS = {
    "{D}": "(?:[12][0-9]|3[01]|0?[1-9])(?![0-9])",
    "{M}": "(?:1[0-2]|0?[1-9])(?![0-9])",
    "{Y}": "(?:19|20)[0-9]{2}",
    "{U}": f"[{CAPITALS}]",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that holds digits and no figure; `flag` says what it is."""

    start: int
    end: int
    flag: str


def _expanded(pattern: str, after: str) -> str:
    words = "|".join(map(re.escape, after.split("|")))
    for macro, meaning in {**_MACROS, "{W}": f"(?i:{words})"}.items():
        pattern = pattern.replace(macro, meaning)
    return pattern


@cache
def _pattern(*, at_digit: bool) -> re.Pattern[str]:
    """All patterns in one, those that begin with a word left out `at_digit`."""
    kinds = enumerate(rows("not_figures.csv"))
    return re.compile(
        "|".join(
            f"(?P<n{n}>{_expanded(row['pattern'], row['after'])})"
            for n, row in kinds
            if not (at_digit and row["after"])
        )
    )


@cache
def _flags() -> tuple[str, ...]:
    """What each pattern finds; its outer group is named by its place here."""
    return tuple(row["flag"] for row in rows("not_figures.csv"))


@cache
def _words() -> tuple[str, ...]:
    """The words that digits may follow, as they end the text before them."""
    return tuple({w for row in rows("not_figures.csv") for w in row["after"].split("|") if w})


_NEAR = re.compile(r"[0-9](?:[^0-9]{0,96}[0-9])*")
_BEFORE = 40
"""Letters before a digit in which what it belongs to may begin."""
_ANCHOR = re.compile(r"[0-9]+|[IVX]+")
_LONGEST = 20
"""Letters of the longest word of the column `after`, and of a list's number, or more."""
_BETWEEN = " :.(+-/*•"
"""What may stand between a word or the line's begin and the digits: "ĐT: (0225)", "COVID-19"."""


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around digits: most of a page is far from any."""
    for match in _NEAR.finditer(text):
        yield max(0, match.start() - _BEFORE), match.end() + 48


def _starts(text: str, at: int, floor: int) -> list[int]:
    """Where a pattern may begin whose first digits, or Roman numeral, stand at `at`."""
    before = text[floor:at].rstrip(_BETWEEN)
    end = floor + len(before)
    starts = [at, at - 1] if text[at - 1 : at] == "+" else [at]
    lower = before[-_LONGEST:].lower()
    if lower.endswith(_words()):
        starts += [end - len(w) for w in _words() if lower.endswith(w)]
    first = end
    while first > floor and text[first - 1].isalpha():
        first -= 1
    if text[first].isupper():
        starts.append(first)
    if first < _LONGEST and not text[:first].strip(_BETWEEN):
        starts.append(0)
    return sorted(starts) if len(starts) > 1 else starts


def _matches(text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """What `finditer` would give, tried only where it can succeed: the patterns are many."""
    anywhere, at_digit = _pattern(at_digit=False), _pattern(at_digit=True)
    done = begin
    for anchor in _ANCHOR.finditer(text, begin, end):
        for start in _starts(text, anchor.start(), begin):
            tried = at_digit if text[start].isdecimal() else anywhere
            if start >= done and (match := tried.match(text, start, end)):
                yield match
                done = match.end()


def spans(text: str) -> list[Span]:
    """Where dates, codes and the like stand in text with plain dashes, digits and spaces."""
    flags = _flags()
    if "://" in text or "www." in text or "@" in text:
        matches = _pattern(at_digit=False).finditer(text)
    else:
        matches = chain.from_iterable(_matches(text, *window) for window in _windows(text))
    # The group that closed last is the outer one, whose name is the number of its row.
    return [Span(m.start(), m.end(), flags[int((m.lastgroup or "")[1:])]) for m in matches]


@cache
def _ordinal() -> re.Pattern[str]:
    """The word in front of a number; the leftmost, so that "tài khoản" is no "khoản"."""
    table = rows("ordinal_words.csv")
    kinds = (
        f"(?P<{kind}>{any_of([row['word'] for row in table if row['kind'] == kind])})"
        for kind in ("never", "strict", "loose")
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(kinds)})(?: số)?[ :]*$", re.IGNORECASE)


@cache
def _ordinal_ends() -> tuple[str, ...]:
    """How all that `_ordinal` finds ends."""
    return tuple({row["word"].lower().split()[-1] for row in rows("ordinal_words.csv")} | {"số"})


def ordinal_before(text: str, start: int) -> str | None:
    """Return "strict" or "loose" where a word in front of a number makes it a name."""
    before = text[max(0, start - 24) : start]
    # Most numbers stand behind other words: asked before the pattern is tried at each letter.
    if not before.rstrip(" :").lower().endswith(_ordinal_ends()):
        return None
    match = _ordinal().search(before)
    return match.lastgroup if match and match.lastgroup != "never" else None
