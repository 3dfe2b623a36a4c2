"""Tables whose cells are statements: "Số xã đạt chuẩn | 83/83 xã (100%)" is a list of sentences.

Such a table has a label and beside it words with figures among them. It is read as the running
text "label: words", and each figure keeps the cell that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalizers.context import DocumentContext
from normalizers.layout.laid import LayOut
from normalizers.layout.segments import ORDINAL
from normalizers.layout.sheet import Sheet, cell_kind
from normalizers.quantities.reading import find_quantities
from normalizers.quantities.worded import is_worded
from normalizers.sentences.reading import read_passages
from solieu.model import Cell, Content, Grid, Observation, Passage, Place, Unread
from solieu.quick import replace
from solieu.text import one_line

_LONGEST_LABEL = 160
_LEAST = 2
"""Rows with figures, without which two columns may be anything: an address, a signature."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A row's label and the cell that says something of it."""

    label: str
    cell: Cell

    @property
    def text(self) -> str:
        return f"{self.label}: {one_line(self.cell.text)}"


def statements(grid: Grid, laid: LayOut) -> tuple[Statement, ...]:
    """The rows of a table of statements; empty for tables whose figures stand alone."""
    if grid.kind != "cells" or not 2 <= grid.column_count <= 3:
        return ()
    pairs = list(_pairs(laid(grid).sheet))
    if any(cell_kind(cell) == "number" for _, cell in pairs):
        return ()
    found = tuple(Statement(label, cell) for label, cell in pairs if _counts(cell.text))
    mixed = any(not is_worded(s.cell.text) for s in found)
    return found if mixed and len(found) >= _LEAST else ()


def _pairs(sheet: Sheet) -> Iterator[tuple[str, Cell]]:
    """Label and cell of each row with two texts, beside an ordinal or alone."""
    for row in range(1, sheet.grid.row_count + 1):
        cells = sheet.filled(row)
        if len(cells) == 3 and ORDINAL.match(one_line(cells[0].text)):
            cells = cells[1:]
        if len(cells) == 2 and 0 < len(one_line(cells[0].text)) <= _LONGEST_LABEL:
            yield one_line(cells[0].text).strip(" :-+*"), cells[1]


def _counts(text: str) -> bool:
    line = one_line(text)
    if not any(c.isdecimal() for c in line):
        return False
    return any(q.kind != "ordinal_or_code" for q in find_quantities(line))


def read_statements(
    grid: Grid, said: Sequence[Statement], above: Sequence[str], context: DocumentContext
) -> tuple[tuple[Observation, ...], tuple[Unread, ...]]:
    """The figures of the statements, each at the place of its cell."""
    title = grid.title or next(iter(above), None)
    opening = [Passage(one_line(title), 0, "heading")] if title else []
    items = [
        Passage(s.text, number, "item", s.cell.page, None, grid.section)
        for number, s in enumerate(said, 1)
    ]
    seen, lost = read_passages(Content((*opening, *items), context.title), context)
    placed = ((o, _cell_place(grid, said, o.figure.place)) for o in seen)
    missed = ((u, _cell_place(grid, said, u.place)) for u in lost)
    return (
        tuple(_at(o, place, context.document_id) for o, place in placed if place is not None),
        tuple(replace(u, place=place) for u, place in missed if place is not None),
    )


def _cell_place(grid: Grid, said: Sequence[Statement], place: Place) -> Place | None:
    """The cell with the span inside it; None for what stands in the label or the title."""
    number, start, end = place.passage or 0, place.start, place.end
    if number == 0 or start is None or end is None:
        return None
    statement = said[number - 1]
    ahead = len(statement.label) + len(": ")
    cell = statement.cell
    if start < ahead:
        return None
    return Place(
        page=cell.page or grid.page,
        table=grid.number,
        row=cell.row,
        column=cell.column,
        box=cell.box,
        start=start - ahead,
        end=end - ahead,
    )


def _at(seen: Observation, place: Place, document_id: str) -> Observation:
    figure = replace(seen.figure, place=place, figure_id=place.figure_id(document_id))
    return replace(seen, figure=figure)
