"""Where cells with row and column spans stand, however wrong the spans are.

Follows the table model of HTML: a cell goes to the first free place of its row. Where the standard
lets two cells overlap, the later one is cut short; no text is ever dropped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from extractors import limits

T = TypeVar("T")


class Slot(NamedTuple, Generic[T]):
    """What is to be placed; a row span of 0 means down to the end of its group."""

    item: T
    rows: int = 1
    columns: int = 1
    blank: bool = False


class Placed(NamedTuple, Generic[T]):
    """An item at its first row and column, from 1, with the spans that are left to it."""

    item: T
    row: int
    column: int
    rows: int
    columns: int
    blank: bool


def place(rows: Sequence[Sequence[Slot[T]]], group_ends: Sequence[int]) -> list[Placed[T]]:
    """Places for each row's slots; `group_ends[i]` is the last row (from 0) of row i's group."""
    busy_until: list[int] = []  # per column: the last row that a cell from above still covers
    placed: list[Placed[T]] = []
    for r, slots in enumerate(rows):
        column = 0
        for slot in slots:
            while column < len(busy_until) and busy_until[column] >= r:
                column += 1
            wide = slot.columns > 1
            width = _width(slot.columns, column, r, busy_until) if wide else 1
            last = group_ends[r] if slot.rows <= 0 else min(r + slot.rows - 1, group_ends[r])
            busy_until.extend([-1] * (column + width - len(busy_until)))
            busy_until[column : column + width] = [last] * width
            placed.append(Placed(slot.item, r + 1, column + 1, last - r + 1, width, slot.blank))
            column += width
        if len(busy_until) > limits.MAX_TABLE_CELLS:
            limits.too_large("Columns", "Số cột", len(busy_until), limits.MAX_TABLE_CELLS)
    return placed


def _width(wanted: int, column: int, row: int, busy_until: Sequence[int]) -> int:
    """The span as far as the places are free and the table is not absurdly wide."""
    if wanted <= 1 or column + wanted > limits.MAX_TABLE_COLUMNS:
        return 1
    for c in range(column, min(column + wanted, len(busy_until))):
        if busy_until[c] >= row:
            return c - column
    return wanted


def squeeze(placed: Sequence[Placed[T]]) -> list[Placed[T]]:
    """Leave out rows and columns that hold no text of their own (spacers of page layouts)."""
    rows = _needed([(p.row, p.rows) for p in placed if not p.blank])
    columns = _needed([(p.column, p.columns) for p in placed if not p.blank])
    if rows[-1] == len(rows) - 1 and columns[-1] == len(columns) - 1:  # all are needed
        return [p for p in placed if p.row < len(rows) and p.column < len(columns)]
    found: list[Placed[T]] = []
    for p in placed:
        row, row_count = _squeezed(p.row, p.rows, rows)
        column, column_count = _squeezed(p.column, p.columns, columns)
        if row_count and column_count:
            found.append(Placed(p.item, row, column, row_count, column_count, p.blank))
    return found


def _needed(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Lines in which a cell stands that spans no other line, and one for each wider cell."""
    single = {start for start, count in spans if count == 1}
    size = max((start + count for start, count in spans), default=1)
    kept = [0] * size
    for line in single:
        kept[line] = 1
    for start, count in sorted({s for s in spans if s[1] > 1}, key=lambda s: (s[1], s[0])):
        if 1 not in kept[start : start + count]:
            kept[start] = 1
    return [0, *accumulate(kept[1:])]


def _squeezed(start: int, count: int, before: Sequence[int]) -> tuple[int, int]:
    """New first line and span; a span of 0 is a blank cell in a line that is left out."""
    last = len(before) - 1
    ahead = before[min(start - 1, last)]
    return ahead + 1, before[min(start + count - 1, last)] - ahead


def steps(measures: Sequence[float], tolerance: float = 4.0) -> list[int]:
    """Indentations in points as steps 0, 1, 2 ..., near ones as one.

    >>> steps([5.0, 20.0, 21.0, 5.0])
    [0, 1, 1, 0]
    """
    levels: list[float] = []
    for measure in sorted(set(measures)):
        if not levels or measure - levels[-1] > tolerance:
            levels.append(measure)
    return [bisect_right(levels, measure) - 1 for measure in measures]
