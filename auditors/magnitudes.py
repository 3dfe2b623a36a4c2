"""Figures of the wrong order of magnitude, and blocks of figures that stand twice.

A thousandfold jump from one year to the next is a unit or a separator; a column of one year that
repeats another year's figure by figure was copied. Both are questions, never accusations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from statistics import median

from auditors.desk import Desk, Sheet
from auditors.identities import Claim, Term
from solieu.model import Figure, Line

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_THOUSANDFOLD = (700.0, 1400.0)
FEWEST = 5
# Rows that change by more than this from year to year are too restless to tell a slip from a leap.
STEADY = 3.0


def orders_of_magnitude(desk: Desk) -> Iterator[Claim]:
    """Figures a thousand times off what the same row in another year leads to expect."""
    for sheet in desk.sheets:
        for one, other in _year_pairs(sheet.crosses):
            if _years(one) != _years(other):
                yield from _jumps(sheet, one, other)


def _year_pairs(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Neighbouring lines that say the same of different years."""
    dated = [(x, _but_years(x)) for x in lines if _YEAR.search(" ".join(x.labels))]
    pairs = combinations(dated, 2)
    return [(a, b) for (a, said), (b, also) in pairs if said == also and a != b]


def _but_years(line: Line) -> str:
    return _YEAR.sub("#", " / ".join(line.labels)).casefold()


def _years(line: Line) -> list[str]:
    return _YEAR.findall(" ".join(line.labels))


def _pairs(sheet: Sheet, one: Line, other: Line) -> list[tuple[Figure, Figure]]:
    cells = sheet.cells
    found = [
        (cells.get((x.index, one.index)), cells.get((x.index, other.index))) for x in sheet.lines
    ]
    return [(a, b) for a, b in found if a is not None and b is not None and a.unit == b.unit]


def _jumps(sheet: Sheet, one: Line, other: Line) -> Iterator[Claim]:
    pairs = [(a, b) for a, b in _pairs(sheet, one, other) if a.value and b.value]
    ratios = [abs(float(b.value or 0) / float(a.value or 1)) for a, b in pairs]
    if len(ratios) < FEWEST:
        return
    usual = median(ratios)
    low, high = _THOUSANDFOLD
    steady = sum(usual / STEADY <= r <= usual * STEADY for r in ratios)
    if steady * 10 < len(ratios) * 8:
        return
    for (a, b), ratio in zip(pairs, ratios, strict=True):
        if low <= ratio / usual <= high or low <= usual / ratio <= high:
            yield Claim(
                "order_of_magnitude",
                b,
                (Term(a),),
                certainty="likely",
                layout="question",
                table=sheet.table.number,
                outcome="off",
                expected=a.value or Decimal(0),
            )


def copied_blocks(desk: Desk) -> Iterator[Claim]:
    """Columns, or groups of rows, of one year that repeat another year's figure by figure."""
    for sheet in desk.sheets:
        for one, other in _year_pairs(sheet.crosses):
            if _years(one) != _years(other):
                yield from _copied(sheet, _pairs(sheet, one, other))
        yield from _copied_groups(sheet)


def _copied_groups(sheet: Sheet) -> Iterator[Claim]:
    groups = [
        n for n, x in enumerate(sheet.lines) if x.role == "group" and _YEAR.search(x.labels[-1])
    ]
    spans = [
        (sheet.lines[at], sheet.lines[at:end])
        for at, end in zip(groups, [*groups[1:], len(sheet.lines)], strict=False)
    ]
    for (one, first), (other, second) in combinations(spans, 2):
        if _years(one) == _years(other) or len(first) != len(second):
            continue
        pairs = [
            (sheet.cells.get((a.index, c.index)), sheet.cells.get((b.index, c.index)))
            for a, b in zip(first, second, strict=True)
            for c in sheet.crosses
        ]
        if any((a is None) != (b is None) for a, b in pairs):
            continue
        yield from _copied(sheet, [(a, b) for a, b in pairs if a is not None and b is not None])


def _copied(sheet: Sheet, pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Claim]:
    if len({a.value for a, _ in pairs}) < FEWEST or any(a.value != b.value for a, b in pairs):
        return
    first, second = pairs[0]
    yield Claim(
        "copied_block",
        second,
        (Term(first),),
        certainty="likely",
        layout="question",
        table=sheet.table.number,
        outcome="off",
        expected=first.value or Decimal(0),
        also=tuple(b for _, b in pairs[1:]),
        rows=len(pairs),
    )
