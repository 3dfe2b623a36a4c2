"""Tables of different shape one below the other in one grid, with blank rows between them.

A sheet of "Bảng 1", "Bảng 2", "Bảng 3" holds a list of communes and under it revenue by quarter:
read with one idea of which columns are labels, the second would lose its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, groupby

from normalizers.layout.segments import Shape, segments, shape
from normalizers.layout.sheet import Sheet, cell_kind
from solieu.model import Grid
from solieu.quick import replace

_CAPTION = re.compile(
    r"\s*(?:bảng|biểu|phụ lục|phụ biểu)\s+(?:số\s*)?(?:\d|[IVX]+\b)", re.IGNORECASE
)
_LEAST_HEADS = 2
"""One cell alone may be a title."""
_FEWEST = 2
"""Blocks from which there is anything to part."""


@dataclass(slots=True)
class _Block:
    """Rows that belong together, and which of their columns are labels."""

    first: int
    last: int
    shape: Shape | None


def blocks(sheet: Sheet) -> tuple[Grid, ...]:
    """The grid cut where a table of another shape with a head of its own begins; else itself."""
    grid = sheet.grid
    if grid.kind != "cells":
        return (grid,)
    chunks = _chunks(sheet)
    if len(chunks) < _FEWEST:
        return (grid,)
    found: list[_Block] = []
    lead: int | None = None
    for first, last in chunks:
        lead = lead or first
        part = Sheet.of(_between(grid, lead, last))
        own = shape(part)
        if own is None:
            continue
        if found and not _is_another(part, found[-1], own):
            found[-1].last = last
        else:
            found.append(_Block(lead, last, own))
        lead = None
    if len(found) < _FEWEST:
        return (grid,)
    ends = (*(block.first - 1 for block in found[1:]), grid.row_count)
    return tuple(_between(grid, b.first, end) for b, end in zip(found, ends, strict=True))


def _chunks(sheet: Sheet) -> list[tuple[int, int]]:
    """Runs of rows without a blank one between them, or a caption: "Biểu 2: ..."."""
    crossed = {
        row
        for cell in sheet.grid.cells
        if cell.row_span > 1 and cell_kind(cell) != "blank"
        for row in range(cell.row, cell.row + cell.row_span)
    }
    filled = [n for n in range(1, sheet.grid.row_count + 1) if sheet.filled(n) or n in crossed]
    captions = list(accumulate(int(_is_caption(sheet, n)) for n in filled))
    runs = groupby(enumerate(filled), key=lambda pair: (pair[1] - pair[0], captions[pair[0]]))
    return [(rows[0], rows[-1]) for _, pairs in runs if (rows := [n for _, n in pairs])]


def _is_caption(sheet: Sheet, row: int) -> bool:
    cells = sheet.filled(row)
    return len(cells) == 1 and cells[0].number is None and _CAPTION.match(cells[0].text) is not None


def _between(grid: Grid, first: int, last: int) -> Grid:
    return replace(grid, cells=tuple(c for c in grid.cells if first <= c.row <= last))


def _is_another(part: Sheet, before: _Block, own: Shape) -> bool:
    if before.shape is not None and own.stub == before.shape.stub:
        return False
    begun = segments(part)
    heads = [c for row in begun[0].head for c in part.filled(row)] if begun else []
    return len(heads) >= _LEAST_HEADS and any(c.column >= own.first_value for c in heads)
