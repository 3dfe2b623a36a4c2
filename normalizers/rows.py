"""What each row of a table's body is: its label path, its level, its parent, its part in a sum.

Ordinals (A, I, 1, 1.1, -), indentation, merged stubs, "Trong đó" and the columns that labels stand in
all say the same thing in different hands: which row lies inside which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalizers.headers import Column
from normalizers.segments import Segment
from normalizers.sheet import Sheet, cell_kind, is_unit_text
from normalizers.words import bare_label, has_role, starts_with_role, word_key
from solieu.model import Cell, Line, Role
from solieu.text import one_line

_LEADING = re.compile(
    r"^\s*(?:\(?([A-ZĐ]|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/:]|([-–—+*•]))\s*(?=\S)"
)
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

TOTAL, LETTER, ROMAN, PLAIN, NUMBER, DOTTED, SMALL, DASH, PLUS = range(9)
"""Outer to inner: what stands in front of a row says how deep it lies."""


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
    cell: Cell | None = None
    units: tuple[tuple[int, str], ...] = ()
    """Units printed from this row on: (column, unit)."""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row with its place among the others."""

    row: Row
    path: tuple[str, ...]
    """Labels of its parents and its own, outermost first."""
    role: Role
    parent: int | None
    level: int

    def line(self) -> Line:
        return Line(
            index=self.row.index,
            labels=(*self.row.stubs, *self.path),
            role=self.role,
            parent=self.parent,
            number=self.row.ordinal,
            level=self.level,
        )


def body_rows(sheet: Sheet, segment: Segment, columns: Sequence[Column]) -> list[Row]:
    """The rows that carry a label or figures; numbering, blank and foot rows are left out."""
    layout = _Layout.of(columns)
    made: list[Row] = []
    waiting: tuple[tuple[int, str], ...] = ()
    head_words = {word_key(" ".join(c.path)) for c in columns if c.path}
    stubs: dict[int, str] = {}
    for index in segment.body:
        units = _unit_line(sheet, layout, index)
        row = _row(sheet, layout, index, stubs)
        if units and (row is None or not row.filled):
            waiting = units
        if row is None or _repeats_head(sheet, index, head_words):
            continue
        if units and is_unit_text(row.label):
            continue
        row, waiting = replace(row, units=waiting), ()
        if not row.filled and _is_foot(row):
            break
        made.append(row)
    return made


def row_lines(rows: Sequence[Row]) -> list[RowLine]:
    """Parents, levels and roles of all rows, from what stands in front of their labels."""
    ranks = _ranks(rows)
    stack: list[tuple[tuple[int, ...], RowLine]] = []
    made: list[RowLine] = []
    for row, rank in zip(rows, ranks, strict=True):
        key = (rank, row.column, row.indent)
        while stack and not _inside(key, stack[-1][0]):
            stack.pop()
        above = stack[-1][1] if stack else None
        line = _line(row, rank, above)
        made.append(line)
        stack.append((key, line))
    return list(_with_groups(made))


def _line(row: Row, rank: int, above: RowLine | None) -> RowLine:
    role: Role = "part"
    if rank == TOTAL:
        role = "total"
    elif starts_with_role(row.label, "of_which") or _under_of_which(above):
        role = "of_which"
    path = (*(above.path if above else ()), row.label) if role != "total" else (row.label,)
    parent = above.row.index if above else None
    if above is not None and not above.row.filled:
        parent = _valued(above)
    return RowLine(row, path, role, parent, above.level + 1 if above else 0)


def _under_of_which(above: RowLine | None) -> bool:
    """The row lies below a bare "Trong đó:" that holds no figures itself."""
    return above is not None and not above.row.filled and above.role == "of_which"


def _valued(above: RowLine) -> int | None:
    """A heading without figures is still the parent of what it heads, except a bare "Trong đó"."""
    if starts_with_role(above.row.label, "of_which") or starts_with_role(above.row.label, "parts"):
        return above.parent
    return above.row.index


def _with_groups(lines: list[RowLine]) -> Iterator[RowLine]:
    parents = {line.parent for line in lines if line.role == "part"}
    for line in lines:
        heads = not line.row.filled or line.row.index in parents
        if heads and line.role == "part":
            yield replace(line, role="group")
        else:
            yield line


def _inside(inner: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    """Whether a row lies inside an earlier one, by rank, then label column, then indentation."""
    if outer[0] == TOTAL:
        return False
    if inner[0] in {PLAIN} and outer[0] in {PLAIN}:
        return (inner[1], inner[2]) > (outer[1], outer[2])
    if PLAIN in {inner[0], outer[0]}:
        if (inner[1], inner[2]) != (outer[1], outer[2]):
            return (inner[1], inner[2]) > (outer[1], outer[2])
        return inner[0] > outer[0]
    if inner[0] != outer[0]:
        return inner[0] > outer[0]
    return (inner[1], inner[2]) > (outer[1], outer[2])


def _ranks(rows: Sequence[Row]) -> list[int]:
    kinds = _ordinal_kinds([row.ordinal for row in rows])
    ranks = []
    for row, kind in zip(rows, kinds, strict=True):
        if is_total(row.label):
            ranks.append(TOTAL)
        elif kind is None and starts_with_role(row.label, "of_which"):
            ranks.append(DASH)
        else:
            ranks.append(PLAIN if kind is None else kind)
    return ranks


def is_total(label: str) -> bool:
    """ "TỔNG CỘNG", "I. Tổng số (A+B)", "Toàn tỉnh", also "Tổng cộng 12 huyện"."""
    if has_role(label, "total"):
        return True
    key = word_key(bare_label(label))
    return bool(re.match(r"^tông\S* (?:công|sô)\S*(?: \d+ \w+)?$", key))


def _ordinal_kinds(ordinals: Sequence[str | None]) -> list[int | None]:
    """LETTER, ROMAN, NUMBER ... per row; I, V, X, C may be letters or romans: the sequence decides."""
    kinds: list[int | None] = []
    letter = roman = 0
    for position, ordinal in enumerate(ordinals):
        kind = _plain_kind(ordinal)
        if kind == ROMAN and ordinal is not None:
            number, place = _roman(ordinal), _LETTERS.find(ordinal) + 1
            follows = place == letter + 1 and letter > 0
            if follows and not (number == roman + 1 and not _next_is(ordinals, position, place)):
                kind = LETTER
        if kind == LETTER and ordinal is not None:
            letter, roman = _LETTERS.find(ordinal) + 1, 0
        elif kind == ROMAN and ordinal is not None:
            roman = _roman(ordinal)
        kinds.append(kind)
    return kinds


def _next_is(ordinals: Sequence[str | None], position: int, place: int) -> bool:
    """The next capital after this one is the next letter and no roman numeral."""
    for later in ordinals[position + 1 :]:
        if later is not None and _plain_kind(later) in {LETTER, ROMAN}:
            return place < len(_LETTERS) and later == _LETTERS[place] and later != "II"
    return False


def _plain_kind(ordinal: str | None) -> int | None:
    if not ordinal:
        return None
    if re.fullmatch(r"[IVXLC]+", ordinal):
        return ROMAN
    if re.fullmatch(r"[A-ZĐ]", ordinal):
        return LETTER
    if ordinal.isdigit():
        return NUMBER
    if re.fullmatch(r"\d+(?:\.\d+)+", ordinal):
        return DOTTED
    if ordinal in "-–—*•":
        return DASH
    return PLUS if ordinal == "+" else SMALL


def _roman(text: str) -> int:
    total, last = 0, 0
    for letter in reversed(text):
        value = _ROMANS.get(letter, 0)
        total += value if value >= last else -value
        last = max(last, value)
    return total


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
    own = [c for c in layout.labels if c in cells]
    values = [cells[c] for c in layout.values if c in cells]
    kinds = [cell_kind(c) for c in values]
    filled = any(k in {"number", "missing"} for k in kinds)
    ordinal_cell = cells.get(layout.ordinal or 0)
    label_cell = cells[own[-1]] if own else None
    if label_cell is None:
        label_cell = _merged_label(sheet, layout, index) or ordinal_cell
    if label_cell is None and not filled:
        return None
    text = one_line(label_cell.text) if label_cell else ""
    ordinal, _ = _split_ordinal(ordinal_cell, text, label_cell)
    column = layout.labels.index(label_cell.column) if label_cell and own else 0
    return Row(
        index=index,
        stubs=_outer_stubs(sheet, layout, index, own, stubs),
        label=text,
        column=column,
        indent=_indent(label_cell),
        ordinal=ordinal,
        filled=filled,
        cell=label_cell,
    )


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


def _split_ordinal(
    ordinal_cell: Cell | None, text: str, label_cell: Cell | None
) -> tuple[str | None, str]:
    """The row's ordinal, from its own column or from the front of the label."""
    if ordinal_cell is not None and ordinal_cell is not label_cell:
        number = ordinal_cell.number
        if number is not None and number == number.to_integral_value():
            return str(int(number)), text
        return one_line(ordinal_cell.text).strip("().: ") or None, text
    match = _LEADING.match(text)
    if match is None:
        return None, text
    return match.group(1) or match.group(2), text[match.end() :]


def _indent(cell: Cell | None) -> int:
    if cell is None:
        return 0
    text = cell.text.replace("\u00a0", " ").lstrip("\n")
    return cell.indent * 2 + len(text) - len(text.lstrip(" "))


def _unit_line(sheet: Sheet, layout: _Layout, index: int) -> tuple[tuple[int, str], ...]:
    """Units that a row without figures prints over the following ones, by value column."""
    cells = sheet.filled(index)
    rest = [c for c in cells if c.column + c.column_span - 1 >= min(layout.values, default=1)]
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


def _repeats_head(sheet: Sheet, index: int, heads: set[str]) -> bool:
    """The head printed again inside the body (a new page)."""
    cells = [c for c in sheet.filled(index) if cell_kind(c) == "text"]
    known = sum(word_key(c.text) in heads for c in cells)
    return len(cells) >= 2 and known >= 0.8 * len(cells) and known == len(sheet.filled(index))


def _is_foot(row: Row) -> bool:
    """ "Ghi chú: ...", "Nguồn: ...", a signature: the table ends above."""
    if starts_with_role(row.label, "footer"):
        return True
    return (
        bool(re.match(r"^\(?\s*(?:\*+|\(\*+\)|\(\d\))\s*\)?\s*\S", row.label))
        and len(row.label) > 25
    )
