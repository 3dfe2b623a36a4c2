"""Tables of Word as grids, with the tables that stand in their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractors.word.markup import (
    PARAGRAPH,
    TABLE,
    blocks,
    cells,
    found_at,
    is_bold,
    is_on,
    rows,
    said_in,
    told,
)
from solieu.errors import UnreadableDocument
from solieu.model import Cell, Grid

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Decode = Callable[[str], str]
"""From text as the file holds it to Unicode."""

_STEP = 360
"""A step of indentation is about a quarter of an inch, in twentieths of a point."""
_WIDEST = 200


def read_table(table: Element, decode: Decode) -> tuple[Grid, list[Element]]:
    """The grid of a table, and the tables nested in its cells."""
    draft = _Draft(decode)
    published = list(rows(table))
    for number, row in enumerate(published, 1):
        draft.add(row, number)
    kept = tuple(c for c in draft.cells.values() if c.text)
    grid = Grid(kept, len(published), draft.width, header_rows=draft.header_rows or None)
    return grid, draft.nested


def is_layout(grid: Grid) -> bool:
    """A letterhead or a frame: one row or one column, or two columns of prose without figures."""
    digits = sum(bool(re.fullmatch(r"[\d.,%\s-]+", c.text)) for c in grid.cells)
    return grid.row_count <= 2 and grid.column_count <= 3 and digits < 2


@dataclass(slots=True)
class _Draft:
    """A table while its rows are gathered."""

    decode: Decode
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    nested: list[Element] = field(default_factory=list)
    width: int = 0
    header_rows: int = 0
    open_above: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Column to the cell above that may go on in it."""

    def add(self, row: Element, number: int) -> None:
        column = 1 + _count(row, "w:trPr/w:gridBefore", 0)
        if number == self.header_rows + 1 and is_on(row, "w:trPr/w:tblHeader"):
            self.header_rows = number
        for cell in cells(row):
            span = _count(cell, "w:tcPr/w:gridSpan", 1)
            spot = self.open_above.pop(column, None)
            if spot is not None and _goes_on(cell):
                above = self.cells[spot]
                self.cells[spot] = replace(above, row_span=number - above.row + 1)
                self.open_above[column] = spot
            else:
                self._begin(cell, number, column, span)
            column += span
        self.width = max(self.width, column - 1)

    def _begin(self, cell: Element, row: int, column: int, span: int) -> None:
        inside = list(blocks(cell))
        self.nested += (b for b in inside if b.tag == TABLE)
        paragraphs = [b for b in inside if b.tag == PARAGRAPH]
        self.cells[row, column] = _cell(paragraphs, (row, column, span), self.decode)
        if told(cell, "w:tcPr/w:vMerge") == "restart":
            self.open_above[column] = (row, column)


def _goes_on(cell: Element) -> bool:
    merge = found_at(cell, "w:tcPr/w:vMerge")
    return merge is not None and told(cell, "w:tcPr/w:vMerge") in (None, "continue")


def _cell(paragraphs: Sequence[Element], place: tuple[int, int, int], decode: Decode) -> Cell:
    row, column, span = place
    said = [said_in(p) for p in paragraphs]
    text = "\n".join(line for raw, _ in said if (line := decode(raw)))
    filled = [p for p, (raw, _) in zip(paragraphs, said, strict=True) if raw.strip()]
    return Cell(
        text,
        row,
        column,
        column_span=span,
        indent=_indent(paragraphs[0]) + _blanks(said[0][0]) if paragraphs else 0,
        bold=bool(text) and all(map(is_bold, filled)),
        marks=tuple(mark for _, marks in said for mark in marks),
    )


def _indent(paragraph: Element) -> int:
    found = found_at(paragraph, "w:pPr/w:ind")
    attributes = {} if found is None else {str(k).rpartition("}")[2]: v for k, v in found.items()}
    raw = str(attributes.get("left") or attributes.get("start") or "")
    return int(float(raw) // _STEP) if re.fullmatch(r"\d{1,6}(\.\d+)?", raw) else 0


def _blanks(raw: str) -> int:
    """Indentation typed as blanks: two count as a step."""
    return (len(raw) - len(raw.lstrip(" \u00a0"))) // 2


def _count(element: Element, path: str, least: int) -> int:
    """A count of columns; one that is no number would move figures under other heads."""
    if found_at(element, path) is None:
        return least
    said = told(element, path) or ""
    if not re.fullmatch(r"[0-9]{1,6}", said):
        raise UnreadableDocument(
            "The Word file is damaged (columns of a table). Open it in a word processor, save it.",
            "Tệp Word bị hỏng (cột của bảng). Hãy mở bằng phần mềm soạn thảo và lưu lại.",
        )
    return min(max(least, int(said)), _WIDEST)
