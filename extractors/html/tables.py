"""Tables of a page: which elements are data and which only layout, and data as grids.

Old portals lay pages out with tables inside tables: only a table that holds no other data table
and has rows and columns of its own is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors import limits
from extractors.html.cells import CellText, read_cell
from extractors.html.tree import is_hidden, text_of
from extractors.lines import flat
from extractors.spans import Placed, Slot, place, squeeze, steps
from solieu.model import Cell, Grid, make_cell

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_LEADING_INT = re.compile(r"\s*\+?(\d+)")
_DIGIT = re.compile(r"\d")
_MOST_COLUMN_SPAN = 1000  # the standard's own limits
_MOST_ROW_SPAN = 65534
_LAYOUT_CELLS = 8  # fewer cells than this, one of them most of the text: a page and no table
_LAYOUT_TEXT = 500


@dataclass(frozen=True, slots=True)
class Row:
    """The shown cells of one row, and the part of the table (head, body) that it stands in."""

    cells: tuple[Element, ...]
    group: int
    head: bool


def data_tables(root: Element) -> dict[Element, list[Row]]:
    """The tables of a page that hold data, with their rows."""
    data: dict[Element, list[Row]] = {}
    holders: set[Element] = set()
    for table in reversed(list(root.iter("table"))):
        is_data = False
        if table not in holders and table.get("role") not in {"presentation", "none"}:
            rows = table_rows(table)
            is_data = _has_shape(rows)
            if is_data:
                data[table] = rows
        if is_data or table in holders:
            outer = next(table.iterancestors("table"), None)
            if outer is not None:
                holders.add(outer)
    return data


def _has_shape(said: Sequence[Row]) -> bool:
    """At least two rows and two columns, and not one cell that holds the page."""
    rows: list[list[Element]] = []
    count = 0
    for row in said:
        cells = [cell for cell in row.cells if _has_text(cell)]
        rows += [cells] if cells else []
        count += len(cells)
        if count > _LAYOUT_CELLS and len(rows) > 1 and max(map(len, rows)) > 1:
            return True
    widest = max(map(len, rows), default=0)
    if len(rows) < 2 or widest < 2:
        return len(rows) == 1 and widest >= 3 and _figures(rows[0]) >= 2
    lengths = [len(flat(text_of(c))) for cells in rows for c in cells]
    return not (max(lengths) > _LAYOUT_TEXT and max(lengths) > 0.6 * sum(lengths))


def _has_text(cell: Element) -> bool:
    return any(not text.isspace() for text in cell.itertext())


def _figures(cells: Sequence[Element]) -> int:
    texts = (flat(text_of(cell)) for cell in cells)
    return sum(1 for text in texts if _DIGIT.search(text) and len(text) < 24)


def table_rows(table: Element) -> list[Row]:
    """Rows of this table, not of tables inside it; a foot that is written first comes last."""
    rows: list[Row] = []
    feet: list[Row] = []
    loose: list[Element] = []
    for number, child in enumerate(table, start=1):
        if child.tag == "tr":
            rows.append(_row(child, 0, head=False))
        elif child.tag in _GROUPS:
            into = feet if child.tag == "tfoot" else rows
            into += _group_rows(child, number)
        elif child.tag in {"td", "th"}:
            loose.append(child)
        elif isinstance(child.tag, str) and child.tag in {"form", "div", "center", "span"}:
            rows += [_row(tr, 0, head=False) for tr in child if tr.tag == "tr"]
    if loose:
        rows.append(Row(tuple(loose), 0, head=False))
    return rows + feet


def _group_rows(group: Element, number: int) -> Iterator[Row]:
    loose = tuple(c for c in group if c.tag in {"td", "th"})
    if loose:
        yield Row(loose, number, head=group.tag == "thead")
    for child in group:
        if child.tag == "tr" and not is_hidden(child):
            yield _row(child, number, head=group.tag == "thead")


def _row(tr: Element, group: int, *, head: bool) -> Row:
    if is_hidden(tr):
        return Row((), group, head=head)
    cells = [c for c in tr if c.tag in {"td", "th"} and not is_hidden(c)]
    return Row(tuple(cells), group, head=head)


def read_table(table: Element, rows: Sequence[Row]) -> Grid | None:
    """The table as a grid; None where no cell has text."""
    if sum(len(row.cells) for row in rows) > limits.MAX_TABLE_CELLS:
        count = sum(len(row.cells) for row in rows)
        limits.too_large("Cells of a table", "Số ô của bảng", count, limits.MAX_TABLE_CELLS)
    widest = max((len(row.cells) for row in rows), default=0)
    if widest > limits.MAX_ROW_CELLS:
        limits.too_large("Cells of a row", "Số ô của một dòng", widest, limits.MAX_ROW_CELLS)
    heads = {id(cell) for row in rows for cell in row.cells if row.head or cell.tag == "th"}
    slots = [[_slot(cell) for cell in row.cells] for row in rows]
    caption = next((flat(text_of(c)) for c in table if c.tag == "caption"), None)
    return grid_of(slots, _group_ends([row.group for row in rows]), heads, caption)


Item = tuple[int, CellText]
"""Identity of the element and what it says."""


def _slot(cell: Element) -> Slot[Item]:
    said = read_cell(cell)
    rows, columns = cell.get("rowspan"), cell.get("colspan")
    return Slot(
        (id(cell), said),
        1 if rows is None else min(_span(rows, least=0), _MOST_ROW_SPAN),
        1 if columns is None else min(_span(columns, least=1), _MOST_COLUMN_SPAN),
        not said.text,
    )


def _span(value: str, least: int) -> int:
    match = _LEADING_INT.match(value)
    return max(least, int(match[1][:6])) if match else 1


def _group_ends(groups: Sequence[int]) -> list[int]:
    """Last row of each row's group: a span does not leave its `tbody`."""
    ends = [0] * len(groups)
    last = len(groups) - 1
    for r in range(len(groups) - 1, -1, -1):
        if r < len(groups) - 1 and groups[r] != groups[r + 1]:
            last = r
        ends[r] = last
    return ends


def grid_of(
    slots: Sequence[Sequence[Slot[Item]]],
    group_ends: Sequence[int],
    heads: set[int],
    caption: str | None = None,
) -> Grid | None:
    """Slots as a grid without spacer rows and columns."""
    placed = squeeze(place(slots, group_ends))
    if not any(not p.blank for p in placed):
        return None
    indents = _indents(placed)
    cells = tuple(
        make_cell(
            text=said.text,
            row=row,
            column=column,
            row_span=rows,
            column_span=columns,
            header=element in heads,
            indent=indent,
            bold=said.bold,
            marks=said.marks,
        )
        for ((element, said), row, column, rows, columns, _), indent in zip(
            placed, indents, strict=True
        )
    )
    return Grid(
        cells=cells,
        row_count=max(c.row + c.row_span - 1 for c in cells),
        column_count=max(c.column + c.column_span - 1 for c in cells),
        title=caption or None,
        header_rows=_header_rows(cells),
    )


def _indents(placed: Sequence[Placed[Item]]) -> list[int]:
    """Steps of indentation, each column for itself."""
    by_column: dict[int, list[int]] = {}
    for i, p in enumerate(placed):
        if not p.blank:
            by_column.setdefault(p.column, []).append(i)
    found = [0] * len(placed)
    for members in by_column.values():
        measures = [placed[i].item[1].indent for i in members]
        if any(measures):
            for i, step in zip(members, steps(measures), strict=True):
                found[i] = step
    return found


def _header_rows(cells: Sequence[Cell]) -> int | None:
    """Leading rows whose texts are all header cells; None where the markup marks none, or all."""
    plain = min((c.row for c in cells if c.text and not c.header), default=None)
    if plain is None or plain == 1:
        return None
    return plain - 1
