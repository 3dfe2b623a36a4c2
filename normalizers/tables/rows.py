"""What each row of a table's body is: its label path, its level, its parent, its part in a sum.

Ordinals (A, I, 1, 1.1, -), indentation, merged stubs, "Trong đó" and the columns of the labels
say the same thing in different hands: which row lies inside which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalizers.layout.segments import Segment, is_numbering, is_year, whole_text
from normalizers.layout.sheet import Sheet, cell_kind, is_unit_text
from normalizers.layout.words import after_role, bare_label, has_role, starts_with_role, word_key
from normalizers.tables.headers import Column
from normalizers.tables.worded import is_worded
from solieu.model import Cell, Line, Role
from solieu.text import one_line

_LEADING = re.compile(
    r"^\s*(?:\(?([A-ZĐ]|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/:]|([-–—+*•]))\s*(?=\S)"
)
_FILLS = frozenset({"number", "missing"})
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_TOTAL = re.compile(r"^tổng (?:cộng|số)(?: (?:các )?\d* ?\w+)?\W*$", re.IGNORECASE)
_NOTE = re.compile(r"^\(?\s*(?:\*+|\(\*+\)|\(\d\)|\d\))\s*\)?\s*\S")
_FOOT_AFTER = re.compile(r"\s*(?:[:.;(]|$)")
Key = tuple[int, int, int]
"""Rank, label column, indentation of a row."""

TOTAL, HEADING, LETTER, ROMAN, PLAIN, NUMBER, DOTTED, SMALL, DASH, PLUS = range(10)
"""Outer to inner: what stands in front of a row says how deep it lies."""
_TIME_ALONE = re.compile(
    r"^\W*(?:(?:năm|vụ|quý|tháng)\s+)?(?:[IVX]+\W+|\d{1,2}\W+)?(?:năm\s+)?(?:19|20)\d{2}\W*$|"
    r"^\W*(?:quý [IVX\d]+|tháng \d{1,2})\W*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[:)]\s*$")

_KINDS = (
    (re.compile(r"[IVXLC]+"), ROMAN),
    (re.compile(r"[A-ZĐ]{1,3}"), LETTER),
    (re.compile(r"\d+"), NUMBER),
    (re.compile(r"\d+(?:\.\d+)+"), DOTTED),
    (re.compile(r"[-–—*•]"), DASH),
    (re.compile(r"\+"), PLUS),
)


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


def counts_visits(lines: Sequence[RowLine]) -> bool:
    """The counter of a page's visitors: "Đang truy cập", "Hôm nay", "Tổng số" and nothing else."""
    labels = [line.row.label for line in lines]
    own = [label for label in labels if has_role(label, "visits")]
    return bool(own) and all(label in own or has_role(label, "visits_with") for label in labels)


def row_lines(rows: Sequence[Row]) -> list[RowLine]:
    """Parents, levels and roles of all rows, from what stands in front of their labels."""
    ranks = _ranks(rows)
    totals = [n for n, rank in enumerate(ranks) if rank == TOTAL]
    stack: list[tuple[Key, RowLine]] = []
    made: list[RowLine] = []
    for number, (row, rank) in enumerate(zip(rows, ranks, strict=True)):
        last = number == totals[-1] if totals else False
        if rank == TOTAL and (group := _open_group(stack, rows, number, last=last)) is not None:
            under = group.path if group.row is rows[number - 1] else ()
            path = (*under, row.label)
            made.append(RowLine(row, path, "total", group.row.index, group.level + 1))
            continue
        key = (rank, row.column, row.indent)
        while stack and not _inside(key, stack[-1][0]):
            stack.pop()
        line = _line(row, rank, stack[-1][1] if stack else None)
        made.append(line)
        stack.append((key, line))
    return _with_groups(made)


def _open_group(
    stack: Sequence[tuple[Key, RowLine]], rows: Sequence[Row], number: int, *, last: bool
) -> RowLine | None:
    """The heading without figures whose rows a subtotal adds up; a last total adds up all.

    Right below its heading, or in a table of several years, it is that heading's all the same.
    """
    groups = [line for _, line in stack if not line.row.filled]
    if not groups:
        return None
    own = groups[-1].row is rows[number - 1] or _TIME_ALONE.match(groups[-1].row.label)
    return groups[-1] if own or not last else None


def _line(row: Row, rank: int, above: RowLine | None) -> RowLine:
    if rank == TOTAL:
        return RowLine(row, (row.label,), "total", None, 0)
    inherits = above is not None and not above.row.filled and above.role == "of_which"
    role: Role = "of_which" if inherits or starts_with_role(row.label, "of_which") else "part"
    if above is None:
        return RowLine(row, (row.label,), role, None, 0)
    return RowLine(row, (*above.path, row.label), role, _whole_of(above), above.level + 1)


def _whole_of(above: RowLine) -> int | None:
    """The row that those below are parts of; a bare "Trong đó:" passes them to its own whole."""
    bare = any(starts_with_role(above.row.label, role) for role in ("of_which", "parts"))
    return above.parent if bare and not above.row.filled else above.row.index


def _with_groups(lines: Sequence[RowLine]) -> list[RowLine]:
    """A row without figures, or with parts below it, is a group."""
    parents = {line.parent for line in lines if line.role == "part"}
    return [
        replace(line, role="group")
        if line.role == "part" and (not line.row.filled or line.row.index in parents)
        else line
        for line in lines
    ]


def nested(lines: Sequence[RowLine], depths: Mapping[int, int]) -> list[RowLine]:
    """A flat list of regions nested by what they are: provinces below their economic region.

    `depths` has the administrative depth of rows by index. Rows that layout nests already stay.
    """
    known = [line for line in lines if line.row.index in depths]
    flat = all(line.parent is None for line in lines)
    if not flat or len({depths[line.row.index] for line in known}) < 2:
        return list(lines)
    stack: list[RowLine] = []
    made: list[RowLine] = []
    for line in lines:
        depth = depths.get(line.row.index)
        if line.role == "total" or depth is None:
            stack = [] if line.role == "total" else stack
            made.append(line)
            continue
        while stack and depths[stack[-1].row.index] >= depth:
            stack.pop()
        above = stack[-1] if stack else None
        inside = replace(line, parent=above.row.index, level=above.level + 1) if above else line
        made.append(inside)
        stack.append(inside)
    return _with_groups(made)


def _inside(inner: Key, outer: Key) -> bool:
    """Whether a row lies inside an earlier one: by rank, then label column, then indentation.

    Where only one of the two has an ordinal, layout outranks it.
    """
    if outer[0] == TOTAL or inner[0] == HEADING:
        return False
    if outer[0] == HEADING:
        return True
    by_rank, by_layout = inner[0] - outer[0], inner[1:] > outer[1:]
    same_layout = inner[1:] == outer[1:]
    if by_rank == 0 or (PLAIN in (inner[0], outer[0]) and not same_layout):
        return by_layout
    return by_rank > 0


def _ranks(rows: Sequence[Row]) -> list[int]:
    kinds = _ordinal_kinds([row.ordinal for row in rows])
    numbered = any(kind is not None for kind in kinds)
    ranks: list[int] = []
    for number, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        if is_total(row.label):
            ranks.append(TOTAL)
        elif kind is None and _is_heading(rows, number, numbered=numbered):
            ranks.append(HEADING)
        elif kind is not None:
            ranks.append(kind)
        elif starts_with_role(row.label, "of_which"):
            beside = number > 0 and starts_with_role(rows[number - 1].label, "of_which")
            ranks.append(ranks[-1] if beside else DASH)
        elif numbered and ranks and _is_unnumbered(rows, number):
            ranks.append(max(ranks[-1], PLAIN))
        else:
            ranks.append(PLAIN)
    return ranks


def _is_heading(rows: Sequence[Row], number: int, *, numbered: bool) -> bool:
    """A row without figures that stands over those below: a year, a merged line, "Giường (cái)"."""
    row = rows[number]
    if row.filled:
        return _TIME_ALONE.match(row.label) is not None and _years_over_rows(rows)
    if not row.label or starts_with_role(row.label, "of_which"):
        return False
    if _TIME_ALONE.match(row.label) or (row.wide and not numbered):
        return True
    if numbered or number + 1 == len(rows) or not rows[number + 1].filled:
        return False
    shouts = row.label.isupper() and not rows[number + 1].label.isupper()
    return shouts or _OPENS.search(row.label) is not None


def _years_over_rows(rows: Sequence[Row]) -> bool:
    """Every year has its own figures and rows below: "2019", "Thành thị", "Nông thôn", "2020"."""
    times = [_TIME_ALONE.match(row.label) is not None for row in rows]
    return sum(times) > 1 and not times[-1] and not any(a and b for a, b in pairwise(times))


def _is_unnumbered(rows: Sequence[Row], number: int) -> bool:
    """A row that only lacks its ordinal among numbered ones, and heads no numbering of its own."""
    row = rows[number]
    follower = rows[number + 1].ordinal if number + 1 < len(rows) else None
    return row.filled and follower not in {"1", "I", "A", "a", "1.1", "-", "+"}


def is_total(label: str) -> bool:
    """Whether a label is a total's: "TỔNG CỘNG", "I. Tổng số (A+B)", "Tổng cộng 12 huyện"."""
    if has_role(label, "total"):
        return True
    return _TOTAL.match(bare_label(label)) is not None


def _ordinal_kinds(ordinals: Sequence[str | None]) -> list[int | None]:
    """LETTER, ROMAN, NUMBER ... per row; whether I, V, X, C are letters, the sequence decides."""
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
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(ordinal)), SMALL)


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
    times = [c for c in layout.labels[1:] if c in cells and is_year(cells[c])]
    own = [c for c in layout.labels if c in cells and c not in times]
    values = [cells[c] for c in layout.values if c in cells]
    filled = any(cell_kind(c) in _FILLS for c in values) or any(is_worded(c.text) for c in values)
    ordinal_cell = cells.get(layout.ordinal or 0)
    label_cell = cells[own[-1]] if own else None
    if label_cell is None:
        label_cell = _merged_label(sheet, layout, index) or ordinal_cell
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


def _printed_ordinal(cell: Cell | None) -> str | None:
    return (whole_text(cell).strip("().: ") or None) if cell else None


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
    if len(cells) < 2 or any(cell_kind(c) not in {"text", "number"} for c in cells):
        return False
    return all(word_key(c.text) in heads for c in cells)


def _is_foot(row: Row) -> bool:
    """A note, a source or a signature: "Ghi chú: ...", "Nguồn: ...", "(1) Chưa bao gồm ..."."""
    if _NOTE.match(row.label) and len(row.label) > 25:
        return True
    rest = after_role(row.label, "footer")
    return rest is not None and _FOOT_AFTER.match(rest) is not None
