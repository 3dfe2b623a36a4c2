"""Tables saved with one cell after the other: the same number of cells over and over.

Taken only where the pattern is clear: a numbering column that counts 1, 2, 3 at equal distances, or
a label with the same number of figures at least three times, under a head with a title for every
column. A row that lost a cell keeps its figures without a column; they show as unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.text import counted, labelled
from extractors.text.cells import Token, readings, stretches
from extractors.text.rows import Rows
from solieu.model import Cell, Grid

_FEWEST_CELLS = 6


def find(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    """Tables among stretches of short lines."""
    for start, stop in stretches(lines, taken, _FEWEST_CELLS):
        at = start
        while (found := _next_table(lines, at, stop)) is not None:
            yield found
            at = found[1]


def _next_table(lines: Sequence[str], start: int, stop: int) -> tuple[int, int, Grid] | None:
    """The first table; of the ways to see its cells the one that fills most of them."""
    best: tuple[Rows, list[Token]] | None = None
    for tokens in readings(lines, start, stop):
        texts = [token.text for token in tokens]
        found = counted.find(texts) or labelled.find(texts, _gaps(tokens))
        if found is None or _ends_in_gap(found, tokens):
            continue
        if best is None or _better(found, tokens, *best):
            best = found, tokens
    if best is None:
        return None
    rows, tokens = best
    first, last = tokens[rows.start].start, tokens[rows.stop - 1].stop
    return first, last, _grid(rows)


def _better(rows: Rows, tokens: Sequence[Token], other: Rows, others: Sequence[Token]) -> bool:
    """An earlier table first, then the one with more whole rows."""
    at, beside = tokens[rows.start].start, others[other.start].start
    return (at, -rows.whole) < (beside, -other.whole)


def _ends_in_gap(rows: Rows, tokens: Sequence[Token]) -> bool:
    """Whether the last row is filled up by the room below the table, as no other row is."""
    last = tokens[rows.stop - 1]
    if last.stop > last.start:
        return False
    column = max(cell.column for cell in rows.body)
    return any(cell.text for cell in rows.body if cell.column == column)


def _gaps(tokens: Sequence[Token]) -> list[int]:
    before = [0, *(token.stop for token in tokens[:-1])]
    return [token.start - stop for token, stop in zip(tokens, before, strict=True)]


def _grid(rows: Rows) -> Grid:
    head = max(cell.row + cell.row_span - 1 for cell in rows.head)
    below = [_moved(cell, head) for cell in rows.body]
    cells = (*rows.head, *below)
    width = max(cell.column + cell.column_span - 1 for cell in cells)
    return Grid(cells, below[-1].row, width, header_rows=head)


def _moved(cell: Cell, rows: int) -> Cell:
    return Cell(
        cell.text,
        cell.row + rows,
        cell.column,
        column_span=cell.column_span,
        confidence=cell.confidence,
    )
