"""Rows of cells that do not fill their columns: what print merged, and numbers glued to names.

A merged head leaves fewer cells than there are columns, a total row set over number and name one
less; "1Thành phố A" is the number and the name. Where a head cannot be laid over its columns, the
figures below are less sure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.cues import is_cue
from extractors.text.cells import is_figure, may_be_value
from extractors.text.heads import head_cells, titles_in
from solieu.model import Cell

_GLUED_NUMBER = re.compile(r"(\d{1,3})([^\W\d_].*)")
_FEWEST = 3
_UNSURE = 0.6

Row = list[str]


def without_glued_numbers(rows: Sequence[Row]) -> list[Row]:
    """Numbers that count the rows, taken off the names that they are printed on."""
    split = [_GLUED_NUMBER.fullmatch(row[0]) if row else None for row in rows]
    numbers = [int(match[1]) for match in split if match]
    if len(numbers) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return list(rows)
    first = next(i for i, match in enumerate(split) if match)
    return [
        [match[1], match[2], *row[1:]] if match else _beside(row, above=i < first)
        for i, (row, match) in enumerate(zip(rows, split, strict=True))
    ]


def _beside(row: Row, *, above: bool) -> Row:
    """A head or a total row beside rows whose number was split off."""
    titles = titles_in(row[0]) if row else []
    if above and len(titles) == 2 and is_cue("ordinal", titles[0]):
        return [*titles, *row[1:]]
    return ["", *row]


def with_totals_placed(rows: Sequence[Row]) -> list[Row]:
    """A row without its number cell moved right by one, where its first figure is under names."""
    full = Counter(len(row) for row in rows if any(map(is_figure, row[1:])))
    width = max(full, default=0)
    body = [row for row in rows if len(row) == width and any(map(is_figure, row[1:]))]
    if width < 3 or len(body) < _FEWEST:
        return list(rows)
    named = all(row[0] and row[1] and not is_figure(row[1]) for row in body[1:])
    return [["", *row] if named and _is_moved(row, width) else row for row in rows]


def _is_moved(row: Row, width: int) -> bool:
    if len(row) != width - 1 or not row[0] or is_figure(row[0]):
        return False
    return all(map(may_be_value, row[1:])) and is_figure(row[1])


def laid(rows: Sequence[Row]) -> tuple[list[Cell], int] | None:
    """Cells under a head set down in turn, and how many rows it has; None where none is merged."""
    width = max(map(len, rows), default=0)
    begins = (i for i, row in enumerate(rows) if i and len(row) == width)
    body = next(begins, 0)
    head = rows[:body]
    if body < 2 or not all(map(all, head)) or len(head[-1]) < 2 or _holds_figures(head):
        return None
    texts = [text for row in head for text in row]
    cells = head_cells(texts, width, 2 if is_cue("ordinal", texts[0]) else 1)
    sure = 1.0 if cells else _UNSURE
    cells = cells or list(_as_printed(head, 1, 1.0))
    size = max(cell.row + cell.row_span - 1 for cell in cells)
    return [*cells, *_as_printed(rows[body:], size + 1, sure)], size


def _holds_figures(rows: Sequence[Row]) -> bool:
    return any(any(map(is_figure, row[1:])) for row in rows)


def _as_printed(rows: Sequence[Row], first: int, sure: float) -> list[Cell]:
    return [
        Cell(text, r, c, confidence=sure)
        for r, row in enumerate(rows, start=first)
        for c, text in enumerate(row, start=1)
    ]
