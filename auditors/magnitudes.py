"""Figures of the wrong order of magnitude, and blocks of figures that stand twice.

A thousandfold jump from one year to the next is a unit or a separator; a column of one year that
repeats another year's figure by figure was copied. Both are questions, never accusations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from statistics import median

from auditors.desk import Desk, Sheet
from auditors.identities import Claim, Term
from solieu.model import Figure, Line

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_THOUSANDFOLD = (700.0, 1400.0)
# A whole block also grew from year to year, so its jump is looked for more widely.
_BLOCK = (250.0, 4000.0)
FEWEST = 5
# Rows that change by more than this from year to year are too restless to tell a slip from a leap.
STEADY = 3.0


def orders_of_magnitude(desk: Desk) -> Iterator[Claim]:
    """Figures a thousand times off what the same row in another year leads to expect."""
    for sheet in desk.sheets:
        for one, other in _year_pairs(sheet.crosses):
            if _years(one) != _years(other):
                yield from _jumps(sheet, one, other)


def jumping_blocks(desk: Desk) -> Iterator[Claim]:
    """A block of one year in tỷ under a caption of triệu: all its figures a thousand times off."""
    for sheet in desk.sheets:
        spans = pairwise(_year_spans(sheet))
        blocks = [_across(sheet, a, b) for a, b in spans if len(a) == len(b)]
        dated = pairwise(x for x in sheet.crosses if _YEAR.search(" ".join(x.labels)))
        blocks += [_pairs(sheet, a, b) for a, b in dated if _but_years(a) == _but_years(b)]
        for pairs in blocks:
            yield from _block_jump(sheet, [(a, b) for a, b in pairs if _comparable(a, b)])


def _block_jump(sheet: Sheet, pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Claim]:
    ratios = [abs(float(b.value or 0) / float(a.value or 1)) for a, b in pairs]
    low, high = _BLOCK
    up, down = (sum(low <= r**way <= high for r in ratios) for way in (1, -1))
    if len(ratios) >= FEWEST and max(up, down) * 10 >= len(ratios) * 9:
        first, second = pairs[0]
        yield _asked(sheet, "order_of_magnitude", first, second)


def _comparable(a: Figure, b: Figure) -> bool:
    return bool(a.value and b.value) and a.unit == b.unit != "percent"


def _year_spans(sheet: Sheet) -> list[Sequence[Line]]:
    """The groups of rows that are headed by a year."""
    groups = [
        n for n, x in enumerate(sheet.lines) if x.role == "group" and _YEAR.search(x.labels[-1])
    ]
    ends = [*groups[1:], len(sheet.lines)]
    return [sheet.lines[at:end] for at, end in zip(groups, ends, strict=False)]


def _across(
    sheet: Sheet, one: Sequence[Line], other: Sequence[Line]
) -> list[tuple[Figure, Figure]]:
    """The cells of two groups of rows that stand at the same place."""
    cells = sheet.cells
    found = [
        (cells.get((a.index, c.index)), cells.get((b.index, c.index)))
        for a, b in zip(one, other, strict=True)
        for c in sheet.crosses
    ]
    return [(a, b) for a, b in found if a is not None and b is not None]


def _asked(sheet: Sheet, check: str, first: Figure, second: Figure) -> Claim:
    return Claim(
        check,
        second,
        (Term(first),),
        certainty="likely",
        layout="question",
        table=sheet.table.number,
        outcome="off",
        expected=first.value or Decimal(0),
    )


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
            yield _asked(sheet, "order_of_magnitude", a, b)


def copied_blocks(desk: Desk) -> Iterator[Claim]:
    """Columns, or groups of rows, of one year that repeat another year's figure by figure."""
    for sheet in desk.sheets:
        for one, other in _year_pairs(sheet.crosses):
            if _years(one) != _years(other):
                yield from _copied(sheet, _pairs(sheet, one, other))
        yield from _copied_groups(sheet)


def _copied_groups(sheet: Sheet) -> Iterator[Claim]:
    for first, second in combinations(_year_spans(sheet), 2):
        if _years(first[0]) == _years(second[0]) or len(first) != len(second):
            continue
        filled = [
            {(n, c.index) for n, x in enumerate(span) for c in sheet.crosses
             if (x.index, c.index) in sheet.cells}
            for span in (first, second)
        ]  # fmt: skip
        if filled[0] == filled[1]:
            yield from _copied(sheet, _across(sheet, first, second))


def _copied(sheet: Sheet, pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Claim]:
    if len({a.value for a, _ in pairs}) < FEWEST or any(a.value != b.value for a, b in pairs):
        return
    asked = _asked(sheet, "copied_block", *pairs[0])
    yield replace(asked, also=tuple(b for _, b in pairs[1:]), rows=len(pairs))
