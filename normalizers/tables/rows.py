"""The rows of a table's body as printed: label, ordinal, merged stubs, indentation, units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalizers.layout.segments import Segment, is_numbering, is_time, whole_text
from normalizers.layout.sheet import Sheet, cell_kind, is_unit_text
from normalizers.layout.words import after_role, has_role, word_key
from normalizers.quantities.worded import is_worded
from normalizers.tables.headers import Column
from solieu.model import Cell
from solieu.quick import quick, replace
from solieu.text import one_line

_LEADING = re.compile(
    r"^\s*(?:\(?([A-ZĐ]|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/:]|([-–—+*•]))\s*(?=\S)"
)
_FILLS = frozenset({"number", "missing"})
_NOTE = re.compile(r"^\(?\s*(?:\*+|\(\*+\)|\(\d\)|\d\))\s*\)?\s*\S")
_FOOT_AFTER = re.compile(r"\s*(?:[:.;(]|$)")


@quick
@dataclass(frozen=True, slots=True)
class Row:
    """A row of the body; `index` is the grid's row."""

    index: int
    stubs: tuple[str, ...]
    """Labels of the outer label columns (a merged "Huyện A" over its communes)."""
    label: str
    column: int
    """The label column that the label stands in, counted among label columns."""
    indent: int
    ordinal: str | None
    filled: bool
    """Holds figures (or a printed "-") in value columns."""
    wide: bool = False
    """The label is merged over the value columns: a heading of the rows below."""
    units: tuple[tuple[int, str], ...] = ()
    """Units printed from this row on: (column, unit)."""


def body_rows(sheet: Sheet, segment: Segment, columns: Sequence[Column]) -> list[Row]:
    """The rows that carry a label or figures; numbering, blank and foot rows are left out."""
    layout = _Layout.of(columns)
    heads = {word_key(c.text) for row in segment.head for c in sheet.filled(row)}
    made: list[Row] = []
    waiting: tuple[tuple[int, str], ...] = ()
    stubs: dict[int, str] = {}
    for index in segment.body:
        cells = sheet.filled(index)
        if is_numbering(cells, sheet.grid.column_count) or _repeats_head(cells, heads):
            continue
        units = _unit_line(sheet, layout, index)
        row = _row(sheet, layout, index, stubs)
        if units and (row is None or not row.filled):
            waiting = units
        if row is None or (units and is_unit_text(row.label)):
            continue
        made.append(replace(row, units=waiting))
        waiting = ()
    return _without_foot(made)


def _without_foot(rows: list[Row]) -> list[Row]:
    """Notes and signatures below the last figures are no headings of anything."""
    last = max((n for n, row in enumerate(rows) if row.filled), default=-1)
    return [row for n, row in enumerate(rows) if n <= last and (row.filled or not _is_foot(row))]


@dataclass(frozen=True, slots=True)
class _Layout:
    labels: tuple[int, ...]
    ordinal: int | None
    values: tuple[int, ...]

    @classmethod
    def of(cls, columns: Sequence[Column]) -> _Layout:
        return cls(
            tuple(c.index for c in columns if c.kind == "label"),
            next((c.index for c in columns if c.kind == "ordinal"), None),
            tuple(c.index for c in columns if c.kind == "value"),
        )


def _row(sheet: Sheet, layout: _Layout, index: int, stubs: dict[int, str]) -> Row | None:
    cells = {c.column: c for c in sheet.filled(index)}
    if not cells:
        return None
    times = [c for c in layout.labels[1:] if c in cells and is_time(cells[c])]
    own = [c for c in layout.labels if c in cells and c not in times]
    values = [cells[c] for c in layout.values if c in cells]
    filled = any(cell_kind(c) in _FILLS for c in values) or any(is_worded(c.text) for c in values)
    ordinal_cell = cells.get(layout.ordinal or 0)
    label_cell = cells[own[-1]] if own else None
    if label_cell is None:
        label_cell = _merged_label(sheet, layout, index) or ordinal_cell
        label_cell = label_cell or _over_figures(list(cells.values()), layout)
        label_cell = label_cell or (cells[times[0]] if times else None)
    if label_cell is None and not filled:
        return None
    text = one_line(label_cell.text) if label_cell else ""
    counts = ordinal_cell is not None and ordinal_cell is not label_cell
    column = layout.labels.index(label_cell.column) if label_cell and own else 0
    return Row(
        index=index,
        stubs=(
            *_outer_stubs(sheet, layout, index, own, stubs),
            *(whole_text(cells[c]) for c in times),
        ),
        label=text,
        column=column,
        indent=_indent(label_cell),
        ordinal=_printed_ordinal(ordinal_cell) if counts else _leading_ordinal(text),
        filled=filled,
        wide=label_cell is not None
        and label_cell.column + label_cell.column_span > min(layout.values, default=0) > 0,
    )


def _over_figures(cells: Sequence[Cell], layout: _Layout) -> Cell | None:
    """A heading printed in the middle of its row, over the figures: "Diện tích (Nghìn ha)"."""
    if len(cells) != 1 or cell_kind(cells[0]) != "text" or cells[0].column not in layout.values:
        return None
    cell = cells[0]
    return cell if cell.column_span > 1 or "(" in cell.text or len(layout.values) > 1 else None


def _merged_label(sheet: Sheet, layout: _Layout, index: int) -> Cell | None:
    """The label of a row whose own label cell is merged with the row above."""
    for column in reversed(layout.labels):
        cell = sheet.at(index, column)
        if cell is not None and cell.row < index and cell.text.strip():
            return cell
    return None


def _outer_stubs(
    sheet: Sheet, layout: _Layout, index: int, own: Sequence[int], stubs: dict[int, str]
) -> tuple[str, ...]:
    """Words of the label columns left of the row's own label, merged or carried down."""
    if not own:
        return ()
    both = len(own) > 1
    for column in own[:-1]:
        cell = sheet.at(index, column)
        stubs[column] = one_line(cell.text) if cell else ""
    found = []
    whole = _whole_beside(sheet, layout, index)
    if whole and layout.labels[0] not in own:
        stubs[layout.labels[0]] = whole
    for column in layout.labels[: layout.labels.index(own[-1])]:
        cell = sheet.at(index, column)
        merged = cell is not None and cell.text.strip() and (cell.row < index or both)
        if merged and cell is not None:
            found.append(one_line(cell.text))
        elif stubs.get(column):
            found.append(stubs[column])
    if len(own) == 1 and own[0] == layout.labels[0]:
        stubs.clear()
    return tuple(found)


def _whole_beside(sheet: Sheet, layout: _Layout, index: int) -> str:
    """A total in the column of ordinals, alone or merged with the names beside it: "Toàn tỉnh"."""
    cell = sheet.at(index, layout.ordinal or 0)
    if cell is None or cell.row != index or not has_role(cell.text, "total"):
        return ""
    return one_line(cell.text)


def _printed_ordinal(cell: Cell | None) -> str | None:
    if cell is None or has_role(cell.text, "total"):
        return None
    return whole_text(cell).strip("().: ") or None


@lru_cache(maxsize=4096)
def _leading_ordinal(text: str) -> str | None:
    """The ordinal in front of a label: "II" of "II. Thu nội địa", "-" of "- Nữ"."""
    match = _LEADING.match(text)
    return (match.group(1) or match.group(2)) if match else None


def _indent(cell: Cell | None) -> int:
    if cell is None:
        return 0
    text = cell.text.replace("\u00a0", " ").lstrip("\n")
    return cell.indent * 2 + len(text) - len(text.lstrip(" "))


def _unit_line(sheet: Sheet, layout: _Layout, index: int) -> tuple[tuple[int, str], ...]:
    """Units that a row without figures prints over the following ones, by value column."""
    cells = sheet.filled(index)
    first = min(layout.values, default=1)
    rest = [c for c in cells if c.column + c.column_span > first]
    if not rest and len(cells) == 1:
        text = one_line(cells[0].text)
        return tuple((c, text) for c in layout.values) if _declares_unit(text) else ()
    if not rest or any(c.number is not None or not is_unit_text(c.text) for c in rest):
        return ()
    return tuple(
        (column, one_line(c.text))
        for c in rest
        for column in layout.values
        if c.column <= column < c.column + c.column_span
    )


def _declares_unit(text: str) -> bool:
    return re.match(r"^\W*(?:đơn vị tính|đvt|đơn vị ?:)", text, re.IGNORECASE) is not None


def _repeats_head(cells: Sequence[Cell], heads: set[str]) -> bool:
    """The head printed again inside the body (a new page)."""
    if len(cells) < 2 or _is_other_text(cells[0], heads):
        return False
    if any(cell_kind(c) not in {"text", "number"} for c in cells):
        return False
    return all(word_key(c.text) in heads for c in cells)


def _is_other_text(cell: Cell, heads: set[str]) -> bool:
    return cell_kind(cell) == "text" and word_key(cell.text) not in heads


def _is_foot(row: Row) -> bool:
    """A note, a source or a signature: "Ghi chú: ...", "Nguồn: ...", "(1) Chưa bao gồm ..."."""
    if _NOTE.match(row.label) and len(row.label) > 25:
        return True
    rest = after_role(row.label, "footer")
    return rest is not None and _FOOT_AFTER.match(rest) is not None
