"""Where the tables of a grid begin and end: title, head, body, and the next table below.

A sheet may hold several tables one below the other, and a table may print its head again on every
page; a row of "A, B, 1, 2, 3" only numbers the columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from normalizers.layout.sheet import Sheet, cell_kind, is_unit_text, names_unit
from normalizers.layout.words import has_role
from solieu.model import Cell
from solieu.text import one_line

_MAX_DECLARED = 8
COMPUTED = r"\s*=\s*(?:[\d\s()+\-–*/x:.,%\[\]…→]|đến)+"
_NUMBERING = re.compile(rf"^\(?\s*(\d{{1,3}}|[A-Z]|[a-z])\s*\)?(?:{COMPUTED})?\*?$")
ORDINAL = re.compile(
    r"^\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,6}|[A-ZĐ]{1,3}|[a-zđ])[.)]?$|^[-–+*]$"
)
_LONGEST_ORDINAL = 10
_LAST_PART = 30
_LONGEST_FORMULA = 40
_LAST_ORDINAL = 4
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d$|(?:19|20)\d\d-\d\d-\d\d$")
_DAY = re.compile(r"\s*(?:[12][0-9]|3[01]|0?[1-9])/(?:1[0-2]|0?[1-9])\s*$")
_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_HEAD_ROLES = ("ordinal", "region", "unit")
_STUB_HEADS = ("ordinal", "region")

RowKind = Literal["blank", "numbering", "units", "head", "group", "other"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One table of a grid: a sheet may hold several, one below the other."""

    lead: tuple[str, ...]
    """Words above the head: title, decree line, unit line."""
    head: tuple[int, ...]
    numbering: int | None
    body: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """First guess at the columns, before the head is known."""

    labels: tuple[int, ...]
    ordinals: frozenset[int]
    first_value: int
    last_value: int

    @property
    def stub(self) -> tuple[object, ...]:
        """Which columns stand before the figures, and what for."""
        return self.labels, self.ordinals, self.first_value


def segments(sheet: Sheet) -> list[Segment]:
    """The tables of a grid from top to bottom; empty where no row holds figures beside a label."""
    rough = shape(sheet)
    if rough is None:
        return []
    found: list[Segment] = []
    start, last = 1, sheet.grid.row_count
    while start <= last:
        first = _first_body_row(sheet, rough, start)
        if first is None:
            break
        end = _break_row(sheet, rough, first)
        found.append(_segment(sheet, rough, start, first, end))
        start = end
    return found


def shape(sheet: Sheet) -> Shape | None:
    """Which columns label the rows, by what stands in them; None where no row holds figures."""
    numbers: Counter[int] = Counter()
    texts: Counter[int] = Counter()
    ordinals: Counter[int] = Counter()
    for row in range(1, sheet.grid.row_count + 1):
        cells = sheet.filled(row)
        kinds = [sheet.kind(c) for c in cells]
        if not any(k == "number" and c.column > 1 for k, c in zip(kinds, cells, strict=True)):
            continue
        if is_numbering(cells, sheet.grid.column_count):
            continue
        for cell, kind in zip(cells, kinds, strict=True):
            if cell.column <= _LAST_ORDINAL and is_ordinal(cell):
                ordinals[cell.column] += 1
            (texts if kind == "text" else numbers)[cell.column] += 1
    if not numbers:
        return None
    leading = min((*numbers, *texts))
    counts_rows = ordinals[leading] >= 0.6 * (numbers[leading] + texts[leading])
    has_text_after = texts[leading + 1] > numbers[leading + 1]
    skip = frozenset({leading}) if counts_rows and has_text_after else frozenset()
    values = [c for c in sorted(numbers) if c not in skip and numbers[c] > texts[c]]
    values = [c for c in values if c > leading] or values
    if not values:
        return None
    first = values[0]
    labels = tuple(c for c in range(1, first) if c not in skip) or (1,)
    return Shape(labels, skip, first, values[-1])


def is_numbering(cells: Sequence[Cell], width: int) -> bool:
    """A row like "A, B, 1, 2, 3" or "(1), (2), (3)=(2)/(1)" that only counts the columns."""
    if len(cells) < min(3, width) or len(cells) < 0.6 * width:
        return False
    tokens = _numbering_tokens(cells)
    counted = [(at, int(token)) for at, token in tokens if token.isdigit()]
    if len(counted) < 2 or counted[0][1] > 3:
        return False
    # A cell that counts nothing has a number of its own, or is left out of the count.
    if any(b - a not in {1, to - at} for (at, a), (to, b) in pairwise(counted)):
        return False
    # Numbers that leave the label columns out are heads of their own (school years 0 to 5),
    # unless they stand in brackets or count from one to the last column.
    if cells[0].column == 1 or any("(" in c.text for c in cells):
        return True
    return counted[0][1] == 1 and cells[-1].column == width and len(cells) >= width - 2


def _numbering_tokens(cells: Sequence[Cell]) -> list[tuple[int, str]]:
    """Which cell counts what; nothing as soon as a fifth of them counts nothing."""
    tokens: list[tuple[int, str]] = []
    spare = len(cells) / 5
    for at, cell in enumerate(cells):
        token = numbering_token(cell) if len(cell.text) <= _LONGEST_FORMULA else None
        if token is None:
            spare -= 1
            if spare < 0 or len(cell.text) > _LONGEST_FORMULA:
                return []
        else:
            tokens.append((at, token))
    return tokens


def numbering_token(cell: Cell) -> str | None:
    """The number that a cell gives its column: 6 of "(6)" or "6=7+8+9"; None for anything else."""
    return _token(whole_text(cell) if cell.number is not None else cell.text)


@lru_cache(maxsize=65536)
def _token(text: str) -> str | None:
    match = _NUMBERING.match(one_line(text))
    return match.group(1) if match else None


def is_ordinal(cell: Cell) -> bool:
    """What counts rows: "1", "1.2", "II", "a)", "-"."""
    if len(cell.text) > _LONGEST_ORDINAL or (cell.number is not None and _measures(cell.number)):
        return False
    return _counts(whole_text(cell) if cell.number is not None else cell.text)


def _measures(number: Decimal) -> bool:
    """A typed 71.25 is no row "71.25": of ordinals only "1.2" is typed as a number with a part."""
    return number % 1 != 0 and (number > _LAST_PART or number * 10 % 1 != 0)


@lru_cache(maxsize=65536)
def _counts(text: str) -> bool:
    return ORDINAL.match(one_line(text)) is not None


def is_year(cell: Cell) -> bool:
    """A year and nothing else, typed or printed."""
    return _YEAR.match(whole_text(cell)) is not None


def is_date(cell: Cell) -> bool:
    """A whole date and nothing else: "01/08/2021", "2021-08-01"."""
    return _DATE.match(one_line(cell.text)) is not None


def is_time(cell: Cell) -> bool:
    """A year or a date that a row is of."""
    return is_year(cell) or is_date(cell)


def whole_text(cell: Cell) -> str:
    """The text of a cell, a typed 6.0 as 6."""
    if cell.number is not None and cell.number == cell.number.to_integral_value():
        return str(int(cell.number))
    return one_line(cell.text)


def _first_body_row(sheet: Sheet, rough: Shape, start: int) -> int | None:
    declared = _declared(sheet) if start == 1 else 0
    for row in range(max(start, declared + 1), sheet.grid.row_count + 1):
        if _is_data(sheet, rough, row):
            return row
    return None


def _declared(sheet: Sheet) -> int:
    """Leading rows that the format itself calls head, where that can be believed."""
    rows = sheet.grid.header_rows or 0
    if 0 < rows < min(sheet.grid.row_count, _MAX_DECLARED):
        return rows
    return 0


def _is_data(sheet: Sheet, rough: Shape, row: int) -> bool:
    cells = sheet.filled(row)
    numbers = [c for c in cells if c.column >= rough.first_value and sheet.kind(c) == "number"]
    if not numbers or is_numbering(cells, sheet.grid.column_count):
        return False
    labelled = any(c.column < rough.first_value and _is_label(c, rough) for c in cells)
    stub = any(
        (cell := sheet.at(row, c)) is not None and cell.row < row and cell.text.strip()
        for c in rough.labels
    )
    if labelled:
        return not _heads_only(sheet, cells, rough)
    if stub and row > 1 and not all(_YEAR.match(whole_text(c)) for c in numbers):
        return any(sheet.at(row - 1, c.column) is not None for c in numbers) and _in_body(
            sheet, rough, row
        )
    return False


def _is_label(cell: Cell, rough: Shape) -> bool:
    """A label of its own: "TỔNG" may stand in the column of ordinals, merged with the next."""
    if cell.column not in rough.ordinals:
        return True
    return not ORDINAL.match(one_line(cell.text)) and has_role(cell.text, "total")


def _in_body(sheet: Sheet, rough: Shape, row: int) -> bool:
    """A row without a label of its own under a merged stub that began in a data row."""
    for column in rough.labels:
        cell = sheet.at(row, column)
        if cell is not None and cell.row < row:
            begun = [c for c in sheet.filled(cell.row) if c.column >= rough.first_value]
            return any(sheet.kind(c) == "number" for c in begun)
    return False


def _heads_only(sheet: Sheet, cells: Sequence[Cell], rough: Shape) -> bool:
    """Years or column heads beside a stub's head: "Tỉnh | 2017 | 2018" is no row of figures."""
    stub = [c for c in cells if c.column < rough.first_value]
    rest = [c for c in cells if c.column >= rough.first_value]
    years = sum(bool(_YEAR.match(whole_text(c))) for c in rest if sheet.kind(c) == "number")
    numbers = sum(sheet.kind(c) == "number" for c in rest)
    heads = any(has_role(c.text, role) for c in stub for role in _HEAD_ROLES)
    if heads and numbers > 1 and sum(is_day(one_line(c.text)) for c in rest) == numbers:
        return True
    if years < numbers:
        return False
    consecutive = numbers > 1 or len(rest) > numbers
    return heads or consecutive


def is_day(text: str) -> bool:
    """As in "Huyện | 01/8 | 02/8": beside a place of its own it would be a part of a whole."""
    return _DAY.match(text) is not None


def _break_row(sheet: Sheet, rough: Shape, first: int) -> int:
    """The row at which another title or head begins below the body, else one past the end."""
    for row in range(first + 1, sheet.grid.row_count + 1):
        if _begins_head(sheet, rough, row):
            top = row
            while top - 1 > first and _may_lead(sheet, rough, top - 1):
                top -= 1
            return top
    return sheet.grid.row_count + 1


def _begins_head(sheet: Sheet, rough: Shape, row: int) -> bool:
    cells = sheet.filled(row)
    rest = [c for c in cells if c.column >= rough.first_value]
    if not rest or not all(_may_head(sheet, c) for c in rest) or sheet.is_banner(row):
        return False
    texts = [c for c in rest if sheet.kind(c) == "text"]
    if not texts or all(is_unit_text(c.text) for c in texts):
        return False
    stub = [c for c in cells if c.column < rough.first_value]
    named = any(has_role(c.text, role) for c in stub for role in _HEAD_ROLES)
    width = sum(c.column_span for c in rest)
    return (not stub and width >= 2 and len(texts) >= 2) or (named and width >= 1)


def _may_head(sheet: Sheet, cell: Cell) -> bool:
    """A text, or a year; figures and what stands for them belong to a body."""
    kind = sheet.kind(cell)
    return kind == "text" or (kind == "number" and is_year(cell))


def _may_lead(sheet: Sheet, rough: Shape, row: int) -> bool:
    """A row that can stand above a head: blank, a title, a unit line."""
    cells = sheet.filled(row)
    if not cells or sheet.is_unit_line(row) or sheet.is_banner(row):
        return True
    if any(cell_kind(c) != "text" for c in cells):
        return False
    return all(c.column < rough.first_value for c in cells)


def _segment(sheet: Sheet, rough: Shape, start: int, first: int, end: int) -> Segment:
    """Walk up from the first figures: group rows of the body, numbering, head, then the title."""
    declared = _declared(sheet) if start == 1 else 0
    head: list[int] = []
    numbering: int | None = None
    body_from = first
    for row in range(first - 1, start - 1, -1):
        kind = _row_kind(sheet, rough, row, declared)
        if kind == "blank":
            if head and not _crossed(sheet, row):
                break
        elif kind == "head" or (kind == "units" and _is_head_too(sheet, row, head, numbering)):
            head.insert(0, row)
        elif head:
            break
        elif kind == "numbering":
            numbering, body_from = row, row + 1
        elif numbering is None and kind in {"units", "group"}:
            body_from = row
        else:
            break
    if not head and numbering is None:
        head, body_from = _without_head(sheet, rough, body_from, first)
    lead = range(start, head[0] if head else numbering or body_from)
    return Segment(sheet.texts(lead), tuple(head), numbering, tuple(range(body_from, end)))


def _is_head_too(sheet: Sheet, row: int, head: Sequence[int], numbering: int | None) -> bool:
    """Units just over the numbering; "Hộ nghèo" merged over "Số hộ" and "Tỷ lệ" names no unit."""
    if not head:
        return numbering is not None
    cells = sheet.filled(row)
    merged = any(c.column_span > 1 or c.row + c.row_span > head[0] for c in cells)
    return merged and len(cells) > 1


def _without_head(sheet: Sheet, rough: Shape, row: int, first: int) -> tuple[list[int], int]:
    """Head and first body row where none was found: units ("Chỉ tiêu | Lượt") may be one."""
    if row < first and _row_kind(sheet, rough, row, 0) == "units":
        return [row], row + 1
    while row < first and _is_opening(sheet, row):
        row += 1
    return [], row


def _row_kind(sheet: Sheet, rough: Shape, row: int, declared: int) -> RowKind:
    """What a row above the first figures is."""
    cells = sheet.filled(row)
    if not cells:
        return "blank"
    if is_numbering(cells, sheet.grid.column_count):
        return "numbering"
    if _is_unit_row(sheet, rough, row, cells):
        return "units"
    return _text_row_kind(sheet, rough, row, declared)


def _text_row_kind(sheet: Sheet, rough: Shape, row: int, declared: int) -> RowKind:
    cells = sheet.filled(row)
    if any(cell_kind(c) == "missing" for c in cells):
        return "group"
    if sheet.is_banner(row) or all(c.column < rough.first_value for c in cells):
        return "head" if row <= declared and _spans_values(cells, rough) else "group"
    if row > declared and _is_said_twice(cells, rough):
        return "group"
    if sheet.is_unit_line(row) and len({c.text for c in cells}) == 1:
        return "head" if _ends_heads(sheet, row) else "other"
    return "head"


def _ends_heads(sheet: Sheet, row: int) -> bool:
    """Units that end heads broken over rows: "(%)" below "trước" and that below "so với tháng"."""
    cells = sheet.filled(row)
    above = {(c.column, c.column_span) for c in sheet.filled(row - 1) if cell_kind(c) == "text"}
    return (
        len(above) > 1
        and all((c.column, c.column_span) in above for c in cells)
        and not any(names_unit(c.text) for c in cells)
    )


def _is_said_twice(cells: Sequence[Cell], rough: Shape) -> bool:
    """A heading at both sides of the figures, in two languages: "Giường bệnh", "Patient beds"."""
    left, right = cells[0], cells[-1]
    if len(cells) != 2 or left.column >= rough.first_value or right.column <= rough.last_value:
        return False
    return not any(has_role(left.text, role) for role in _HEAD_ROLES) and not any(
        has_role(right.text, role) for role in ("note", "total")
    )


def _spans_values(cells: Sequence[Cell], rough: Shape) -> bool:
    return any(c.column + c.column_span > rough.first_value for c in cells)


def _is_opening(sheet: Sheet, row: int) -> bool:
    """Without any head, what stands over the whole width at the top is a title."""
    return not sheet.filled(row) or sheet.is_banner(row) or sheet.is_unit_line(row)


def _crossed(sheet: Sheet, row: int) -> bool:
    """A merged cell runs through the (otherwise blank) row."""
    return any(
        cell.row < row and cell.text.strip()
        for column in range(1, sheet.grid.column_count + 1)
        if (cell := sheet.at(row, column)) is not None
    )


def _is_unit_row(sheet: Sheet, rough: Shape, row: int, cells: Sequence[Cell]) -> bool:
    """Units over the first figures, beside the group they begin: "A. Hành khách | Nghìn HK".

    Beside "TT" or "Huyện" stand heads, though "Hộ nghèo" and "Tỷ lệ (%)" are units as well.
    """
    rest = [c for c in cells if c.column >= rough.first_value]
    stub = [c for c in cells if c.column < rough.first_value]
    if any(has_role(c.text, role) for c in stub for role in _STUB_HEADS):
        return False
    named = len(rest) < len(cells) or sheet.is_banner(row) or rest[0].column_span > 1
    return bool(rest) and named and all(c.number is None and is_unit_text(c.text) for c in rest)
