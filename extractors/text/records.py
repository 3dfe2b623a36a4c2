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
    """Tables among stretches of short lines, by the reading of their cells that fills most rows."""
    for start, stop in stretches(lines, taken, _FEWEST_CELLS):
        best: list[tuple[Rows, list[Token]]] = []
        for tokens in readings(lines, start, stop):
            found = [(rows, tokens) for rows in _tables(tokens)]
            if _whole(found) > _whole(best):
                best = found
        for rows, cells in best:
            yield cells[rows.start].start, cells[rows.stop - 1].stop, _grid(rows)


def _whole(found: Sequence[tuple[Rows, Sequence[Token]]]) -> int:
    return sum(rows.whole for rows, _ in found)


def _tables(tokens: Sequence[Token]) -> list[Rows]:
    """The tables whose rows are counted, and between them those whose rows are alike."""
    texts = [token.text for token in tokens]
    found = [rows for rows in counted.find(texts) if not _ends_in_gap(rows, tokens)]
    within = bytearray(len(texts))
    for rows in found:
        within[rows.start : rows.stop] = b"1" * (rows.stop - rows.start)
    alike = (
        rows
        for rows in labelled.find(texts, _gaps(tokens))
        if not (any(within[rows.start : rows.stop]) or _ends_in_gap(rows, tokens))
    )
    return sorted([*found, *alike], key=lambda rows: rows.start)


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
