"""What stands on a PDF page: words and rules, the same whichever library read them.

Lengths are PDF points, the origin is the upper left corner of the page as it is shown, y grows
downwards. A word never crosses an upright rule: the reader splits it there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from solieu.model import Box

SNAP = 3.0
"""Rules nearer than this are one rule: double lines, the two edges of a thin filled box."""


class Word(NamedTuple):
    """A run of characters without blanks, in one font."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str = ""
    bold: bool = False
    angle: int = 0
    """Degrees clockwise that the letters are turned by: 0, 90, 180, 270."""
    confidence: float = 1.0
    """How surely its characters were read: below 1 only for recognised scans."""
    place: int = 0
    """Which piece of text it is of, of those that the file sets apart; 0 where that is unknown."""

    @property
    def base(self) -> float:
        """The line it stands on, near enough to tell lines apart."""
        return self.bottom - 0.2 * self.size


class Rule(NamedTuple):
    """A horizontal or upright line: where it lies and from where to where it runs."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(slots=True)
class PageObjects:
    """One page as read; `across` are horizontal rules, `down` upright ones, merged and sorted."""

    number: int
    width: float
    height: float
    words: list[Word]
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    drawn: list[Box] = field(default_factory=list)
    """Curves and slanted lines: what charts and logos are made of."""
    images: list[Box] = field(default_factory=list)
    unmapped: tuple[str, ...] = ()
    """Fonts whose characters have no Unicode meaning in the file."""
    rotated: int = 0
    """Degrees by which the reader turned the page's content to make most of its text upright."""
    scale: float = 1.0
    """By how much the reader magnified a page of small print; boxes are divided by it."""
    failed: bool = False
    """The library could not read the page at all."""
    truncated: bool = False
    """The page holds more than the limits allow, and the rest was left."""


class PageReader(Protocol):
    """A PDF opened by one library. Pages are read one at a time and forgotten."""

    name: str
    page_count: int
    title: str | None

    def pages(self) -> Iterator[PageObjects]: ...

    def close(self) -> None: ...


Span = tuple[float, float, float]
"""A rule of which nothing is asked by name: at, start and end."""


def merge_rules(raw: Iterable[Span], snap: float = SNAP, join: float = SNAP) -> list[Rule]:
    """Rules on one line that touch, or nearly (dots, dashes, cell borders), as one; short ones go.

    Sorted by position, then start.
    """
    ordered = sorted(raw)
    merged: list[Rule] = []
    for group in _clusters(ordered, snap):
        at = _middle(group)
        spans = sorted([rule[1:] for rule in group])
        start, end = spans[0]
        for begun, ended in spans:
            if begun > end + join:
                merged.append(Rule(at, start, end))
                start, end = begun, ended
            elif ended > end:
                end = ended
        merged.append(Rule(at, start, end))
    return merged


def _middle(group: Sequence[Span]) -> float:
    """The position of a cluster, the longest rules speaking loudest."""
    weight = sum([end - start for _, start, end in group])
    if weight <= 0:
        return group[0][0]
    return sum([at * (end - start) for at, start, end in group]) / weight


def _clusters(ordered: Sequence[Span], snap: float) -> Iterator[list[Span]]:
    group: list[Span] = []
    first = last = 0.0
    for rule in ordered:
        at = rule[0]
        if group and (at - last > snap / 2 or at - first > snap):
            yield group
            group = []
        if not group:
            first = at
        last = at
        group.append(rule)
    if group:
        yield group


def rules_between(rules: Sequence[Rule], low: float, high: float) -> Sequence[Rule]:
    """The part of sorted rules whose position lies in [low, high]."""
    first = bisect_left(rules, (low,))
    last = bisect_right(rules, (high, float("inf"), float("inf")))
    return rules[first:last]


def box_of(words: Sequence[Word]) -> Box:
    """The smallest box around words; at least one."""
    _, x0, top, x1, bottom, *_ = zip(*words, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))
