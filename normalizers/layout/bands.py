"""Tables printed side by side in one grid: revenue and expenditure, a list in two halves.

Each half has labels of its own; read as one table the right half would get those of the left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalizers.layout.segments import is_numbering, whole_text
from normalizers.layout.sheet import Sheet, cell_kind, is_ditto, is_unit_text
from normalizers.layout.words import has_role, word_key
from solieu.model import Cell, Grid
from solieu.quick import replace

_FEWEST = 2
"""Rows that a half must have."""
_WIDE = 0.7
"""Share of the width from which on a cell is a title over both halves."""
_TOGETHER = 0.9
"""Share of the rows in which a half's label and its figures stand or lack together."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Neighbouring columns: labels, then figures."""

    first: int
    label: int
    values: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.values[-1]


def bands(sheet: Sheet) -> tuple[Grid, ...]:
    """The halves of a grid with several tables side by side, cells at their places; else itself."""
    grid = sheet.grid
    if grid.kind != "cells":
        return (grid,)
    body = [row for row in sheet.rows if _holds_figures(sheet, row)]
    found = _candidates(sheet, body)
    if len(found) < 2 or not body:
        return (grid,)
    left = found[0]
    if not all(_is_apart(sheet, body, left, band) for band in found[1:]):
        return (grid,)
    ends = (*(band.first - 1 for band in found[1:]), grid.column_count)
    starts = (1, *(band.first for band in found[1:]))
    halves = zip(starts, ends, strict=True)
    return tuple(replace(grid, cells=tuple(_within(sheet, body[0], *half))) for half in halves)


def _holds_figures(sheet: Sheet, row: int) -> bool:
    kinds = [cell_kind(c) for c in sheet.filled(row)]
    return "number" in kinds and "text" in kinds


def _candidates(sheet: Sheet, body: Sequence[int]) -> list[_Band]:
    """Runs of text columns and number columns in turn; figures before the first text are none."""
    kinds = _column_kinds(sheet, body)
    found: list[_Band] = []
    first = label = 0
    values: list[int] = []
    for column in sorted(kinds):
        kind = kinds[column]
        if kind != "value":
            if values:
                found.append(_Band(first, label, tuple(values)))
                first, values = 0, []
            first = first or column
            label = column
        elif label:
            values.append(column)
    if values:
        found.append(_Band(first, label, tuple(values)))
    return found


def _column_kinds(sheet: Sheet, body: Sequence[int]) -> dict[int, str]:
    """Whether a column counts rows, labels them or holds figures; units and blanks are left out."""
    columns: dict[int, list[Cell]] = {}
    for row in body:
        for cell in sheet.filled(row):
            columns.setdefault(cell.column, []).append(cell)
    heads = _heads(sheet, body[0]) if body else {}
    made = {column: _kind(cells, heads.get(column, ())) for column, cells in columns.items()}
    return {column: kind for column, kind in made.items() if kind != "unit"}


def _kind(cells: Sequence[Cell], head: Sequence[str]) -> str:
    """What a column holds; "Trâu" and "Bò" under "Vật nuôi" are no units, though they count."""
    kinds = Counter([cell_kind(c) for c in cells])
    if kinds["text"] > kinds["number"] + kinds["missing"]:
        units = all(is_unit_text(c.text) or is_ditto(c.text) for c in cells)
        named = not head or any(has_role(text, "unit") for text in head)
        return "unit" if units and named else "label"
    return "ordinal" if _counts_on(cells) else "value"


def _counts_on(cells: Sequence[Cell]) -> bool:
    """Numbers that go up by one from row to row, whatever breaks stand between them."""
    counted = [int(text) for c in cells if (text := whole_text(c).strip("().")).isdecimal()]
    steps = sum(b - a == 1 for a, b in pairwise(counted))
    return len(counted) > 1 and steps >= 0.6 * (len(counted) - 1)


def _is_apart(sheet: Sheet, body: Sequence[int], left: _Band, right: _Band) -> bool:
    """The same heads again, or rows in which only one half goes on."""
    head = _heads(sheet, body[0])
    if any(has_role(text, "note") for text in head.get(right.label, ())):
        return False
    if sum(_filled(sheet, row, right) for row in body) < _FEWEST:
        return False
    if _gap_between(sheet, left, right) and head.get(right.label):
        return True
    again = [head.get(c, ())[-1:] for c in right.values]
    if all(again) and again == [head.get(c, ())[-1:] for c in left.values]:
        return True
    together = sum(
        (_at(sheet, row, right.label) is not None) == _filled(sheet, row, right) for row in body
    )
    alone = sum(_filled(sheet, row, left) != _filled(sheet, row, right) for row in body)
    return alone > 0 and bool(head.get(right.label)) and together >= _TOGETHER * len(body)


def _gap_between(sheet: Sheet, left: _Band, right: _Band) -> bool:
    """A column in which nothing stands, not even a part of a title merged over both."""
    columns = range(left.last + 1, right.first)
    rows = range(1, sheet.grid.row_count + 1)
    return any(
        all((c := sheet.at(row, n)) is None or cell_kind(c) == "blank" for row in rows)
        for n in columns
    )


def _filled(sheet: Sheet, row: int, band: _Band) -> bool:
    return any(_at(sheet, row, column) is not None for column in band.values)


def _at(sheet: Sheet, row: int, column: int) -> Cell | None:
    cell = sheet.at(row, column)
    return cell if cell is not None and cell.row == row and cell_kind(cell) != "blank" else None


def _heads(sheet: Sheet, first: int) -> dict[int, tuple[str, ...]]:
    """Words over each column, from the top, in one spelling."""
    found: dict[int, tuple[str, ...]] = {}
    for row in range(1, first):
        for cell in sheet.filled(row):
            if cell.column_span < _WIDE * sheet.grid.column_count:
                for column in range(cell.column, cell.column + cell.column_span):
                    found[column] = (*found.get(column, ()), word_key(cell.text))
    return found


def _within(sheet: Sheet, body: int, first: int, last: int) -> Iterator[Cell]:
    """The cells of some columns; what stands over more than these is cut at their edge.

    Lines alone above the body (a title, a unit) are for all.
    """
    for cells in sheet.grid.by_row().values():
        if len(cells) == 1 and cells[0].number is None and cells[0].row < body:
            yield cells[0]
            continue
        inside = [c for c in cells if c.column <= last and c.column + c.column_span > first]
        local = [replace(c, column=c.column - first + 1) for c in inside]
        filled = [c for c in local if cell_kind(c) != "blank"]
        if is_numbering(filled, last - first + 1):
            continue
        yield from (_cut(sheet.grid, cell, first, last) for cell in inside)


def _cut(grid: Grid, cell: Cell, first: int, last: int) -> Cell:
    if cell.column_span >= _WIDE * grid.column_count:
        return cell
    start = max(cell.column, first)
    end = min(cell.column + cell.column_span - 1, last)
    return replace(cell, column=start, column_span=end - start + 1)
