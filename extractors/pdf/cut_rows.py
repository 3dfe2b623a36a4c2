"""Rows that the end of a page cuts in two: the rest of a label goes back to where it began.

The rest stands at the top of the next page: as a row without figures, below a repeated head and
read as the last words of that, or alone, where what follows was not found to be a table. It is
told by its small letter: a label, and whatever heads rows, begins with a capital.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.continued import rows_repeated
from extractors.going_on import Block
from extractors.pdf.text import LETTERS
from solieu.model import Cell, Grid, Passage
from solieu.quick import replace

_BESIDE = 3.0
"""Points by which the rest of a label may stand left or right of the cell that it began in."""

_HEAD_ROWS = 4


class _Rest(NamedTuple):
    """What belongs to the last row of the page before, and what stays of the block it stood in."""

    texts: dict[int, str]
    left: Block | None


def with_whole_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the rests of cut rows where the rows began."""
    found: list[Block] = []
    last: int | None = None
    for block in blocks:
        kept: Block | None = block
        before = found[last] if last is not None else None
        if isinstance(before, Grid) and last is not None and _page(before) + 1 == block.page:
            rest = _rest(before, block)
            if rest is not None:
                found[last], kept = _given_back(before, rest.texts), rest.left
        if kept is not None:
            if not (isinstance(kept, Passage) and kept.kind == "boilerplate"):
                last = len(found)
            found.append(kept)
    return found


def _page(grid: Grid) -> int:
    return max((c.page for c in grid.cells if c.page is not None), default=grid.page or 0)


def _rest(before: Grid, after: Block) -> _Rest | None:
    if isinstance(after, Passage):
        return _passage(before, after)
    if before.column_count != after.column_count:
        return None
    return _row(before, after) or _in_head(before, after)


def _last_row(grid: Grid) -> list[Cell]:
    """The cells of its last row that hold words."""
    return [c for c in grid.cells if c.row == grid.row_count and _worded(c.text)]


def _worded(text: str) -> bool:
    return LETTERS.search(text) is not None


def _passage(before: Grid, after: Passage) -> _Rest | None:
    """Lines that stand below a cell of the last row, and nowhere beside it."""
    if not after.text[:1].islower() or after.box is None:
        return None
    for cell in _last_row(before)[:2]:
        if cell.box and _below(cell.box[0], cell.box[2], after.box[0], after.box[2]):
            return _Rest({cell.column: after.text}, None)
    return None


def _below(x0: float, x1: float, left: float, right: float) -> bool:
    return x0 - _BESIDE <= left and right <= x1 + _BESIDE


def _row(before: Grid, after: Grid) -> _Rest | None:
    """The first row behind a repeated head, if it holds words alone and begins small."""
    at = rows_repeated(before, after) + 1
    texts = {c.column: c.text for c in after.cells if c.row == at and c.text}
    begun = {c.column for c in _last_row(before)}
    if at >= after.row_count or not texts or not begun.issuperset(texts):
        return None
    if not texts[min(texts)][0].islower() or not all(map(_worded, texts.values())):
        return None
    if any(c.row < at < c.row + c.row_span for c in after.cells):
        return None
    cells = tuple(replace(c, row=c.row - (c.row > at)) for c in after.cells if c.row != at)
    return _Rest(texts, replace(after, cells=cells, row_count=after.row_count - 1))


def _in_head(before: Grid, after: Grid) -> _Rest | None:
    """What the head of a part says more than that of the part before, in one of its cells."""
    heads = {(c.row, c.column): c.text for c in before.cells if c.row <= _HEAD_ROWS}
    begun = {c.column for c in _last_row(before)}
    same = [c for c in after.cells if c.text and c.text == heads.get((c.row, c.column))]
    for number, cell in enumerate(after.cells):
        head = heads.get((cell.row, cell.column), "")
        more = cell.text.removeprefix(head + "\n") if head and cell.column in begun else ""
        if more and more != cell.text:
            if not more[0].islower() or not any(c.row == cell.row for c in same):
                return None
            cells = list(after.cells)
            cells[number] = replace(cell, text=head)
            return _Rest({cell.column: more}, replace(after, cells=tuple(cells)))
    return None


def _given_back(grid: Grid, texts: dict[int, str]) -> Grid:
    cells = tuple(
        replace(c, text=f"{c.text}\n{texts[c.column]}")
        if c.row == grid.row_count and c.column in texts
        else c
        for c in grid.cells
    )
    return replace(grid, cells=cells)
