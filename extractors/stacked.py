"""Rows typed into one row of cells, a line for each: "Vũ Thư, Tiền Hải" over "7.950, 10.300"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.figures import is_numeric
from solieu.model import Cell, Grid
from solieu.quick import replace

_FEWEST_SURE = 3
"""Lines from which one column of figures is enough to show that each line is a row."""


def rows_apart(grid: Grid) -> Grid:
    """The grid with each such row as the rows that it holds."""
    by_row = grid.by_row()
    counts = {row: _lines(cells) for row, cells in by_row.items() if _is_plain(cells)}
    reached = {r for c in grid.cells for r in range(c.row + 1, c.row + c.row_span)}
    split = {row: n for row, n in counts.items() if n > 1 and row not in reached}
    if not split:
        return grid
    moved = 0
    cells: list[Cell] = []
    for row, found in by_row.items():
        cells += _apart(found, moved, split.get(row, 1))
        moved += split.get(row, 1) - 1
    return replace(grid, cells=tuple(cells), row_count=grid.row_count + moved)


def _is_plain(cells: Sequence[Cell]) -> bool:
    return all(c.row_span == c.column_span == 1 and not c.header for c in cells)


def _lines(cells: Sequence[Cell]) -> int:
    """How many rows the cells hold: all have as many lines, and those of figures only figures."""
    said = [cell.text.splitlines() for cell in cells if cell.text]
    count = len(said[0]) if said else 0
    if count < 2 or any(len(lines) != count for lines in said) or _goes_on(said[0]):
        return 1
    figures = sum(all(map(_is_figure, lines)) for lines in said[1:])
    return count if figures > (count < _FEWEST_SURE) else 1


def _goes_on(labels: Sequence[str]) -> bool:
    """A name broken over lines, or no name."""
    return any(label[:1].islower() for label in labels) or all(map(is_numeric, labels))


def _is_figure(text: str) -> bool:
    """A figure of its own; in brackets it adds to the one above."""
    return is_numeric(text) and not text.startswith("(")


def _apart(cells: Sequence[Cell], moved: int, count: int) -> Iterator[Cell]:
    if count == 1:
        yield from (replace(cell, row=cell.row + moved) for cell in cells)
        return
    for n in range(count):
        for cell in cells:
            lines = cell.text.splitlines()
            yield replace(cell, text=lines[n] if lines else "", row=cell.row + moved + n)
