"""Tables drawn without table elements: by ARIA roles, or by rows of one class with short cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.html.cells import CellText, read_cell
from extractors.html.tables import grid_of
from extractors.html.tree import is_hidden
from extractors.spans import Slot

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from solieu.model import Grid

_CELL_ROLES = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_HEAD_ROLES = frozenset({"columnheader", "rowheader"})
_FIGURE = re.compile(r"[-+(]?\d[\d.,\s]*%?\)?")
_ROW_TAGS = frozenset({"div", "li", "ul", "section", "p", "dl"})
_LONGEST_CELL = 90
_LEAST_ROWS = 3
_MOST_CELLS = 40

Row = Sequence["Element"]


def div_grid(element: Element) -> Grid | None:
    """The grid that an element's children draw, None where they are only a list."""
    if element.get("role") in {"table", "grid", "treegrid"}:
        return _by_roles(element)
    return _by_shape(element)


def _by_roles(element: Element) -> Grid | None:
    rows = [
        [cell for cell in row.iter() if cell.get("role") in _CELL_ROLES]
        for row in element.iter()
        if row.get("role") == "row"
    ]
    if len(rows) < 2:
        return None
    heads = {id(cell) for row in rows for cell in row if cell.get("role") in _HEAD_ROLES}
    return grid_of([[_slot(c) for c in row] for row in rows], [len(rows) - 1] * len(rows), heads)


def _by_shape(element: Element) -> Grid | None:
    """Every row has the same tag and as many cells; the first row may have a class of its own."""
    if sum(1 for c in element if c.tag in _ROW_TAGS and len(c) > 1) < _LEAST_ROWS:
        return None
    children = [c for c in element if isinstance(c.tag, str) and not is_hidden(c)]
    if len(children) < _LEAST_ROWS or not _alike(children):
        return None
    rows = [[c for c in child if not is_hidden(c)] for child in children]
    said = [[read_cell(cell) for cell in row] for row in rows]
    if not _looks_tabular(said):
        return None
    slots = [
        [Slot((id(c), text), blank=not text.text) for c, text in zip(row, texts, strict=True)]
        for row, texts in zip(rows, said, strict=True)
    ]
    heads = set() if any(_is_figure(t) for t in said[0]) else {id(c) for c in rows[0]}
    return grid_of(slots, [len(rows) - 1] * len(rows), heads)


def _alike(children: Sequence[Element]) -> bool:
    model = children[1]
    size = len(model)
    if model.tag not in _ROW_TAGS or not 2 <= size <= _MOST_CELLS:
        return False
    names = model.get("class")
    return all(
        child.tag == model.tag
        and len(child) == size
        and not (child.text or "").strip()
        and (n == 0 or child.get("class") == names)
        for n, child in enumerate(children)
    ) and not any((cell.tail or "").strip() for cell in model)


def _looks_tabular(said: Sequence[Sequence[CellText]]) -> bool:
    """Short cells, and at least one column of figures under the first row."""
    if any(len(text.text) > _LONGEST_CELL for row in said for text in row):
        return False
    columns = list(zip(*said[1:], strict=True))
    full = [sum(map(_is_figure, column)) >= 0.7 * len(column) for column in columns]
    return any(full[1:])


def _is_figure(said: CellText) -> bool:
    return _FIGURE.fullmatch(said.text) is not None


def _slot(cell: Element) -> Slot[tuple[int, CellText]]:
    said = read_cell(cell)
    rows, columns = (cell.get(name, "1") for name in ("aria-rowspan", "aria-colspan"))
    return Slot(
        (id(cell), said),
        rows=int(rows) if rows.isdecimal() else 1,
        columns=max(1, int(columns)) if columns.isdecimal() else 1,
        blank=not said.text,
    )
