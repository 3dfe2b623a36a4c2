"""Where a table's head ends, what stands over each column, and which columns hold figures.

A head may be four levels of merged cells or one phrase broken over six rows without any; a row of
"A, B, 1, 2, 3" numbers the columns and "6=7+8+9" says what they should add up to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from normalizers.sheet import Sheet, cell_kind, is_unit_text
from normalizers.words import has_role, word_key
from solieu.model import Cell
from solieu.text import one_line

ColumnKind = Literal["ordinal", "label", "unit", "note", "code", "value", "stray", "empty"]

_MAX_DECLARED = 8
_NUMBERING = re.compile(r"^\(?\s*(\d{1,3}|[A-Z]|[a-z])\s*\)?(?:\s*=\s*[\d\s()+\-–*/x:.,%\[\]]+)?\*?$")
_FORMULA = re.compile(r"^\(?\s*(\d{1,3})\s*\)?\s*=\s*[\d\s()+\-–*/x:.,%\[\]]+$")
_ROMAN = r"[IVX]{1,6}"
_ORDINAL = re.compile(
    rf"^\(?(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|{_ROMAN}|[A-ZĐ]{{1,3}}|[a-zđ])[.)]?$|^[-–+*]$"
)
_YEAR = re.compile(r"^(?:19|20)\d{2}$")


@dataclass(frozen=True, slots=True)
class Segment:
    """One table of a grid: a sheet may hold several, one below the other."""

    lead: tuple[str, ...]
    """Words above the head: title, decree line, unit line."""
    head: tuple[int, ...]
    numbering: int | None
    body: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands over a column and what it is for."""

    index: int
    path: tuple[str, ...]
    kind: ColumnKind
    number: str | None = None
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class _Rough:
    """First guess at the columns, before the head is known."""

    labels: tuple[int, ...]
    ordinals: frozenset[int]
    first_value: int


def segments(sheet: Sheet) -> list[Segment]:
    """The tables of a grid from top to bottom; empty where no row holds figures beside a label."""
    rough = _rough_columns(sheet)
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


def columns(sheet: Sheet, segment: Segment) -> tuple[Column, ...]:
    """Every column of a segment with its head and its kind."""
    count = sheet.grid.column_count
    paths = _paths(sheet, segment)
    numbers = _numbering(sheet, segment.numbering)
    ordinal = _ordinal_column(sheet, segment.body, paths)
    first_headed = min((c for c in range(1, count + 1) if paths[c]), default=1)
    made = []
    label_seen = False
    for index in range(1, count + 1):
        kind = _column_kind(sheet, segment, index, paths, ordinal == index, not label_seen)
        if kind == "value" and index < first_headed and segment.head:
            kind = "label"
        label_seen = label_seen or kind == "label"
        number, formula = numbers.get(index, (None, None))
        made.append(Column(index, paths[index], kind, number, formula))
    return tuple(made)


def _rough_columns(sheet: Sheet) -> _Rough | None:
    numbers: Counter[int] = Counter()
    texts: Counter[int] = Counter()
    ordinals: Counter[int] = Counter()
    for row in range(1, sheet.grid.row_count + 1):
        cells = sheet.filled(row)
        if not any(cell_kind(c) == "number" and c.column > 1 for c in cells):
            continue
        if is_numbering(cells, sheet.grid.column_count):
            continue
        for cell in cells:
            if _ORDINAL.match(one_line(cell.text)):
                ordinals[cell.column] += 1
            (texts if cell_kind(cell) == "text" else numbers)[cell.column] += 1
    if not numbers:
        return None
    leading = min((*numbers, *texts))
    is_ordinal = ordinals[leading] >= 0.6 * (numbers[leading] + texts[leading])
    has_text_after = texts[leading + 1] > numbers[leading + 1]
    skip = frozenset({leading}) if is_ordinal and has_text_after else frozenset()
    values = [c for c in sorted(numbers) if c not in skip and numbers[c] > texts[c]]
    values = [c for c in values if c > leading] or values
    if not values:
        return None
    first = values[0]
    return _Rough(tuple(c for c in range(1, first) if c not in skip) or (1,), skip, first)


def is_numbering(cells: Sequence[Cell], width: int) -> bool:
    """A row like "A, B, 1, 2, 3" or "(1), (2), (3)=(2)/(1)" that only counts the columns."""
    if len(cells) < min(3, width) or len(cells) < 0.6 * width:
        return False
    tokens = [numbering_token(c) for c in cells]
    counted = [int(t) for t in tokens if t and t.isdigit()]
    if sum(t is not None for t in tokens) < 0.8 * len(cells) or len(counted) < 2:
        return False
    steps = [b - a for a, b in zip(counted, counted[1:], strict=False)]
    if not all(s == 1 for s in steps) or counted[0] > 3:
        return False
    # Numbers that leave the label columns out are heads of their own (school years 0 to 5),
    # unless they stand in brackets or count from one to the last column.
    if cells[0].column == 1 or any("(" in c.text for c in cells):
        return True
    return counted[0] == 1 and cells[-1].column == width and len(cells) >= width - 2


def numbering_token(cell: Cell) -> str | None:
    """"6" of "(6)" or "6=7+8+9", "A" of "A"; None where the cell is no column number."""
    text = _whole(cell)
    match = _NUMBERING.match(text)
    return match.group(1) if match else None


def _whole(cell: Cell) -> str:
    """The cell's text, a typed 6.0 as 6."""
    if cell.number is not None and cell.number == cell.number.to_integral_value():
        return str(int(cell.number))
    return one_line(cell.text)


def _first_body_row(sheet: Sheet, rough: _Rough, start: int) -> int | None:
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


def _is_data(sheet: Sheet, rough: _Rough, row: int) -> bool:
    cells = sheet.filled(row)
    numbers = [c for c in cells if c.column >= rough.first_value and cell_kind(c) == "number"]
    if not numbers or is_numbering(cells, sheet.grid.column_count):
        return False
    labelled = any(c.column < rough.first_value and c.column not in rough.ordinals for c in cells)
    stub = any(
        (cell := sheet.at(row, c)) is not None and cell.row < row and cell.text.strip()
        for c in rough.labels
    )
    if labelled:
        return not _heads_only(cells, rough)
    if stub and row > 1 and not all(_YEAR.match(_whole(c)) for c in numbers):
        return any(sheet.at(row - 1, c.column) is not None for c in numbers) and _in_body(
            sheet, rough, row
        )
    return False


def _in_body(sheet: Sheet, rough: _Rough, row: int) -> bool:
    """A row without a label of its own under a merged stub that began in a data row."""
    for column in rough.labels:
        cell = sheet.at(row, column)
        if cell is not None and cell.row < row:
            begun = [c for c in sheet.filled(cell.row) if c.column >= rough.first_value]
            return any(cell_kind(c) == "number" for c in begun)
    return False


def _heads_only(cells: Sequence[Cell], rough: _Rough) -> bool:
    """Years or column heads beside a stub's head: "Tỉnh | 2017 | 2018" is no row of figures."""
    stub = [c for c in cells if c.column < rough.first_value]
    rest = [c for c in cells if c.column >= rough.first_value]
    years = sum(bool(_YEAR.match(_whole(c))) for c in rest if cell_kind(c) == "number")
    numbers = sum(cell_kind(c) == "number" for c in rest)
    if years < numbers:
        return False
    heads = any(has_role(c.text, role) for c in stub for role in ("ordinal", "region", "unit"))
    consecutive = numbers > 1 or len(rest) > numbers
    return heads or consecutive


def _break_row(sheet: Sheet, rough: _Rough, first: int) -> int:
    """The row at which another title or head begins below the body, else one past the end."""
    for row in range(first + 1, sheet.grid.row_count + 1):
        if _begins_head(sheet, rough, row):
            top = row
            while top - 1 > first and _may_lead(sheet, rough, top - 1):
                top -= 1
            return top
    return sheet.grid.row_count + 1


def _begins_head(sheet: Sheet, rough: _Rough, row: int) -> bool:
    cells = sheet.filled(row)
    rest = [c for c in cells if c.column >= rough.first_value]
    if not rest or any(cell_kind(c) == "missing" for c in rest) or sheet.is_banner(row):
        return False
    texts = [c for c in rest if cell_kind(c) == "text"]
    numbers = [c for c in rest if cell_kind(c) == "number"]
    if any(not _YEAR.match(_whole(c)) for c in numbers):
        return False
    if not texts or all(is_unit_text(c.text) for c in texts):
        return False
    stub = [c for c in cells if c.column < rough.first_value]
    named = any(has_role(c.text, role) for c in stub for role in ("ordinal", "region", "unit"))
    width = sum(c.column_span for c in rest)
    return (not stub and width >= 2 and len(texts) >= 2) or (named and width >= 1)


def _may_lead(sheet: Sheet, rough: _Rough, row: int) -> bool:
    """A row that can stand above a head: blank, a title, a unit line."""
    cells = sheet.filled(row)
    if not cells or sheet.is_unit_line(row) or sheet.is_banner(row):
        return True
    if any(cell_kind(c) != "text" for c in cells):
        return False
    return all(c.column < rough.first_value for c in cells)


def _segment(sheet: Sheet, rough: _Rough, start: int, first: int, end: int) -> Segment:
    declared = _declared(sheet) if start == 1 else 0
    head: list[int] = []
    numbering: int | None = None
    body_from = first
    row = first - 1
    while row >= start:
        cells = sheet.filled(row)
        if not cells:
            if head and not _crossed(sheet, row):
                break
        elif is_numbering(cells, sheet.grid.column_count) and not head:
            numbering, body_from = row, row + 1
        elif not head and numbering is None and _is_unit_row(sheet, rough, row, cells):
            body_from = row
        elif _is_head_row(sheet, rough, row, cells, declared):
            head.insert(0, row)
        elif head or (numbering is not None and not _label_only(cells, rough)):
            break
        elif numbering is None and _is_group(sheet, rough, row, cells):
            body_from = row
        else:
            break
        row -= 1
    if not head and numbering is None:
        while body_from < first and _is_opening(sheet, body_from):
            body_from += 1
    lead_end = head[0] if head else numbering or body_from
    return Segment(
        sheet.texts(range(start, lead_end)), tuple(head), numbering, tuple(range(body_from, end))
    )


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


def _is_head_row(
    sheet: Sheet, rough: _Rough, row: int, cells: Sequence[Cell], declared: int
) -> bool:
    if sheet.is_banner(row) or sheet.is_unit_line(row):
        return False
    if row <= declared:
        return True
    return any(c.column + c.column_span > rough.first_value for c in cells)


def _is_unit_row(sheet: Sheet, rough: _Rough, row: int, cells: Sequence[Cell]) -> bool:
    """Units printed over the first figures, with the group they begin: "A. Hành khách | Nghìn HK"."""
    rest = [c for c in cells if c.column >= rough.first_value]
    named = len(rest) < len(cells) or sheet.is_banner(row) or rest[0].column_span > 1
    return bool(rest) and named and all(c.number is None and is_unit_text(c.text) for c in rest)


def _label_only(cells: Sequence[Cell], rough: _Rough) -> bool:
    return all(c.column < rough.first_value for c in cells)


def _is_group(sheet: Sheet, rough: _Rough, row: int, cells: Sequence[Cell]) -> bool:
    """A heading row of the body that stands before the first figures ("I. Cây lâu năm")."""
    return _label_only(cells, rough) or sheet.is_banner(row)


def _paths(sheet: Sheet, segment: Segment) -> dict[int, tuple[str, ...]]:
    spans = _spans(sheet, segment.head)
    return {
        column: tuple(_joined(_stack(segment.head, spans, column)))
        for column in range(1, sheet.grid.column_count + 1)
    }


@dataclass(frozen=True, slots=True)
class _Span:
    cell: Cell
    last: int
    """Last column it stands over, merged or by the blanks beside it."""


def _spans(sheet: Sheet, head: Sequence[int]) -> dict[tuple[int, int], _Span]:
    """(row, column) to the head cell over it, unmerged centred heads spread over the blanks beside."""
    over: dict[tuple[int, int], _Span] = {}
    for row in head:
        for column in range(1, sheet.grid.column_count + 1):
            cell = sheet.at(row, column)
            if cell is not None and cell.text.strip():
                over[row, column] = _Span(cell, cell.column + cell.column_span - 1)
    for position, row in enumerate(head):
        for cell in sheet.filled(row):
            if cell.column_span == 1 and cell.row == row:
                _spread(sheet, head, position, cell, over)
    return over


def _spread(
    sheet: Sheet,
    head: Sequence[int],
    position: int,
    cell: Cell,
    over: dict[tuple[int, int], _Span],
) -> None:
    row = head[position]
    above = over.get((head[position - 1], cell.column)) if position else None
    reach = cell.column
    for column in range(cell.column + 1, sheet.grid.column_count + 1):
        parent = over.get((head[position - 1], column)) if position else None
        if (row, column) in over or sheet.at(row, column) is not None:
            break
        if position and not _same(parent, above):
            break
        if not _begins_below(head[position + 1 :], column, over):
            break
        reach = column
    if reach == cell.column or not _begins_below(head[position + 1 :], cell.column, over):
        return
    for column in range(cell.column, reach + 1):
        over[row, column] = _Span(cell, reach)


def _same(one: _Span | None, other: _Span | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.cell is other.cell


def _begins_below(
    rows: Sequence[int], column: int, over: dict[tuple[int, int], _Span]
) -> bool:
    """The column's own head begins in one of the rows, with a cell of this column alone."""
    for row in rows:
        span = over.get((row, column))
        if span is not None:
            return True
    return False


def _stack(
    head: Sequence[int], over: dict[tuple[int, int], _Span], column: int
) -> Iterator[tuple[str, tuple[int, int], bool]]:
    """The head cells over a column from the top: text, extent, and whether it is merged downwards."""
    seen: set[tuple[int, int]] = set()
    for row in head:
        span = over.get((row, column))
        if span is None or (span.cell.row, span.cell.column) in seen:
            continue
        seen.add((span.cell.row, span.cell.column))
        yield _head_text(span.cell), (span.cell.column, span.last), span.cell.row_span > 1


def _head_text(cell: Cell) -> str:
    return _whole(cell) if cell.number is not None else one_line(cell.text)


def _joined(stack: Iterator[tuple[str, tuple[int, int], bool]]) -> Iterator[str]:
    """Words of one phrase broken over rows become one element; a wider cell above stays its own."""
    current, extent, closed = "", (0, 0), True
    for text, place, merged in stack:
        if place == extent and not closed and not merged:
            current = f"{current} {text}"
            continue
        if current:
            yield current
        current, extent, closed = text, place, merged
    if current:
        yield current


def _numbering(sheet: Sheet, row: int | None) -> dict[int, tuple[str | None, str | None]]:
    if row is None:
        return {}
    found: dict[int, tuple[str | None, str | None]] = {}
    for cell in sheet.filled(row):
        text = _whole(cell)
        formula = text if _FORMULA.match(text) else None
        found[cell.column] = (numbering_token(cell), formula)
    return found


def _ordinal_column(
    sheet: Sheet, body: Sequence[int], paths: dict[int, tuple[str, ...]]
) -> int | None:
    """The column that only counts rows: by its head ("STT"), else by what it holds."""
    for column in range(1, min(4, sheet.grid.column_count) + 1):
        if paths[column] and any(has_role(" ".join(paths[column]), "ordinal") for _ in (0,)):
            return column
    first = min(
        (c.column for row in body for c in sheet.filled(row)), default=1
    )
    cells = [c for row in body for c in sheet.filled(row) if c.column == first]
    ordinals = [c for c in cells if _ORDINAL.match(_whole(c))]
    after = [c for row in body for c in sheet.filled(row) if c.column == first + 1]
    texts = sum(cell_kind(c) == "text" for c in after)
    if len(cells) > 1 and len(ordinals) >= 0.8 * len(cells) and texts > 0.6 * max(1, len(after)):
        return first
    return None


def _column_kind(  # noqa: PLR0913 (a private decision with all it needs)
    sheet: Sheet,
    segment: Segment,
    index: int,
    paths: dict[int, tuple[str, ...]],
    is_ordinal: bool,
    wants_label: bool,
) -> ColumnKind:
    if is_ordinal:
        return "ordinal"
    cells = [c for row in segment.body for c in sheet.rows.get(row, ()) if c.column == index]
    kinds = Counter(cell_kind(c) for c in cells)
    numbers, texts = kinds["number"] + kinds["missing"], kinds["text"]
    path = paths[index]
    named = _named_kind(path, numbers, texts, cells)
    if named is not None:
        return named
    if not numbers and not texts:
        return "label" if wants_label and path and index == 1 else "empty"
    if wants_label:
        return "label"
    if texts > numbers:
        return "label" if not _any_value_before(sheet, segment, index) else "note"
    if segment.head and not path:
        return "stray"
    if any(_is_stray_head(p) for p in path):
        return "stray"
    return "value"


def _named_kind(
    path: tuple[str, ...], numbers: int, texts: int, cells: Sequence[Cell]
) -> ColumnKind | None:
    name = " ".join(path)
    units = sum(is_unit_text(c.text) or c.text.strip() in {'"', "''", "”", "“"} for c in cells)
    filled = numbers + texts
    if path and has_role(name, "unit") and (units >= 0.5 * filled or word_key(name) != word_key("đơn vị")):
        return "unit"
    if not path and texts and units >= 0.8 * filled:
        return "unit"
    if path and (has_role(path[-1], "code") or has_role(path[-1], "date")):
        return "code"
    if path and has_role(name, "note") and texts >= numbers:
        return "note"
    return None


def _any_value_before(sheet: Sheet, segment: Segment, index: int) -> bool:
    for column in range(1, index):
        kinds = Counter(
            cell_kind(c)
            for row in segment.body
            for c in sheet.rows.get(row, ())
            if c.column == column and not _ORDINAL.match(_whole(c))
        )
        if kinds["number"] > kinds["text"]:
            return True
    return False


def _is_stray_head(text: str) -> bool:
    """A computed number above the figures, not a year: somebody's scratch cell."""
    return bool(re.match(r"^-?\d+[.,]\d{3,}$", text))
