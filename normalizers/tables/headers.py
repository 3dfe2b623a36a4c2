"""What stands over each column, and which columns hold figures.

A head may be four levels of merged cells or one phrase broken over six rows without any; a formula
such as "6=7+8+9" under it says what the column should add up to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from normalizers.layout.segments import (
    COMPUTED,
    Segment,
    is_date,
    is_ordinal,
    is_time,
    is_year,
    numbering_token,
    whole_text,
)
from normalizers.layout.sheet import Sheet, cell_kind, is_ditto, is_unit_text
from normalizers.layout.words import has_role, is_rank, starts_with_role, word_key
from normalizers.metrics import content_words, match_header
from normalizers.quantities.worded import is_worded
from normalizers.spelling import canonical
from normalizers.tables.machine import written_out
from solieu.model import Cell, Line, Role
from solieu.quick import quick
from solieu.text import one_line

_NAMES = 3
"""Rows from which on a column of names is a list."""
_DAYS = frozenset(map(word_key, ("ngày", "ngày tháng", "date", "thời gian", "ngày báo cáo")))
"""Heads of the days that rows are of; "Ngày ban hành", "Ngày sinh" are none."""
ColumnKind = Literal["ordinal", "label", "unit", "note", "code", "value", "stray", "empty"]

_FORMULA = re.compile(rf"^\(?\s*(\d{{1,3}})\s*\)?{COMPUTED}$")

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FLAT = re.compile(r"\s+[/|–-]\s+(?!(?:19|20)\d\d(?!\d))|(?<!\d{4})\s+[/|–-]\s+|\s*[|>»]\s*")
"""Not between two years: "Năm học 2021 - 2022" is one time."""
_LEVELS = 8
"""Pieces of a head beyond which its strokes draw something and part no levels."""

Paths = Mapping[int, tuple[str, ...]]


@quick
@dataclass(frozen=True, slots=True)
class Column:
    """What stands over a column and what it is for."""

    index: int
    path: tuple[str, ...]
    kind: ColumnKind
    number: str | None = None
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """What the body holds in one column."""

    cells: tuple[Cell, ...]
    numbers: int
    texts: int
    ordinals: int

    @classmethod
    def of(cls, sheet: Sheet, cells: Sequence[Cell]) -> _Held:
        kinds = Counter([sheet.kind(c) for c in cells])
        ordinals = sum([is_ordinal(c) for c in cells])
        return cls(tuple(cells), kinds["number"] + kinds["missing"], kinds["text"], ordinals)

    @property
    def figures(self) -> bool:
        """More numbers than texts, and they do not only count rows."""
        return self.numbers - self.ordinals > self.texts

    @property
    def speaks(self) -> bool:
        """More texts than numbers, those that are a number with its words counted as numbers."""
        if self.texts <= self.numbers:
            return False
        worded = sum(
            c.number is None and cell_kind(c) == "text" and is_worded(c.text) for c in self.cells
        )
        return self.texts - worded > self.numbers + worded


def columns(sheet: Sheet, segment: Segment) -> tuple[Column, ...]:
    """Every column of a segment with its head and its kind."""
    count = sheet.grid.column_count
    paths = _paths(sheet, segment)
    numbers = _numbering(sheet, segment.numbering)
    by_column: dict[int, list[Cell]] = {n: [] for n in range(1, count + 1)}
    for row in segment.body:
        for cell in sheet.filled(row):
            by_column[cell.column].append(cell)
    held = {n: _Held.of(sheet, cells) for n, cells in by_column.items()}
    ordinal = _ordinal_column(held, paths)
    kinds = _kinds(held, paths, ordinal, headed=bool(segment.head))
    kinds |= _attributes(held, paths, kinds) | _single_row(held, paths, kinds)
    kinds |= dict.fromkeys(_scratch(sheet, segment), "stray")
    return tuple(
        Column(n, paths[n], kinds[n], *numbers.get(n, (None, None))) for n in range(1, count + 1)
    )


def _scratch(sheet: Sheet, segment: Segment) -> list[int]:
    """Columns with a computed number in their head: somebody's notes beside the table."""
    heads = [c for row in segment.head for c in sheet.filled(row) if c.number is not None]
    return [c.column for c in heads if c.number is not None and c.number % 1 != 0]


def _kinds(
    held: Mapping[int, _Held], paths: Paths, ordinal: int | None, *, headed: bool
) -> dict[int, ColumnKind]:
    """The first column that is no ordinal labels the rows; so do texts before the first figures."""
    first_headed = min((n for n, path in paths.items() if path), default=1)
    kinds: dict[int, ColumnKind] = {}
    coded = _budget_codes(held, paths)
    labelled = figures = False
    for index, column in held.items():
        kind = "ordinal" if index == ordinal else _named_kind(paths[index], column)
        kind = "code" if index in coded else kind
        if kind == "code" and not labelled and _labels_by_time(index, held, paths):
            kind = "label"
        if kind is None:
            kind = _kind(
                index, column, paths[index], labelled=labelled, figures=figures, headed=headed
            )
        if kind == "value" and headed and index < first_headed:
            kind = "label"
        kinds[index] = kind
        labelled = labelled or kind == "label"
        figures = figures or (kind == "value" and column.figures)
    return kinds


def _budget_codes(held: Mapping[int, _Held], paths: Paths) -> set[int]:
    """Columns of the budget index, "Chương | Loại | Khoản | Mục"; one such head may be a name."""
    named = {n for n, path in paths.items() if path and has_role(path[-1], "budget_code")}
    return {n for n in named if held[n].numbers >= held[n].texts} if len(named) > 1 else set()


def _labels_by_time(index: int, held: Mapping[int, _Held], paths: Paths) -> bool:
    """Quarters or days down the first column, figures from the next on: nothing else labels."""
    after = held.get(index + 1)
    times = has_role(paths[index][-1], "date") and held[index].numbers < len(held[index].cells)
    return times and after is not None and after.numbers > after.texts


def _attributes(
    held: Mapping[int, _Held], paths: Paths, kinds: Mapping[int, ColumnKind]
) -> dict[int, ColumnKind]:
    """Texts about what the first label names: "Sắp xếp từ các đơn vị", "Địa chỉ", "Chủ đầu tư".

    Where every row has a name of its own in the first label column, unmerged, and other words in
    the next, those do not divide it further.
    """
    labels = [n for n, kind in kinds.items() if kind == "label" and held[n].cells]
    if len(labels) < 2:
        return {}
    names = held[labels[0]]
    return {
        n: "note"
        for n in labels[1:]
        if paths[n]
        and not has_role(paths[n][-1], "region")
        and (starts_with_role(paths[n][-1], "attribute") or _describes(names, held[n]))
    }


def _describes(names: _Held, other: _Held) -> bool:
    named = {c.row for c in names.cells if c.row_span == 1}
    if len(names.cells) < _NAMES or not all(c.row in named for c in other.cells):
        return False
    distinct = len({word_key(c.text) for c in names.cells}) == len(names.cells)
    phrases = sum(" " in c.text.strip() for c in names.cells) >= 0.5 * len(names.cells)
    varied = len({word_key(c.text) for c in other.cells}) >= 0.8 * len(other.cells)
    return distinct and phrases and varied and other.texts > other.numbers


def _single_row(
    held: Mapping[int, _Held], paths: Paths, kinds: Mapping[int, ColumnKind]
) -> dict[int, ColumnKind]:
    """One row of figures under heads needs no label: its first column is a figure too."""
    if len({c.row for column in held.values() for c in column.cells}) != 1:
        return {}
    return {
        n: "value"
        for n, kind in kinds.items()
        if kind == "label" and paths[n] and held[n].numbers and not any(map(is_time, held[n].cells))
    }


def _kind(
    index: int,
    column: _Held,
    path: tuple[str, ...],
    *,
    labelled: bool,
    figures: bool,
    headed: bool,
) -> ColumnKind:
    if not column.numbers and not column.texts:
        return "label" if index == 1 and path else "empty"
    if not labelled:
        return "label"
    if path and has_role(path[-1], "year") and all(is_year(c) for c in column.cells):
        return "label"
    if column.speaks or (column.texts > column.numbers and not figures and not _is_dated(path)):
        return "note" if figures else "label"
    return "stray" if headed and not path else "value"


def _is_dated(path: tuple[str, ...]) -> bool:
    """A year in the head: "Mục tiêu 2025" over "≥ 95%", not "Cỡ mẫu" over "25 g"."""
    return any(_YEAR.search(element) for element in path)


def _holds_units(column: _Held) -> bool:
    return _units(column, 0.5)


def _named_kind(path: tuple[str, ...], column: _Held) -> ColumnKind | None:
    """What the head calls the column, where the cells do not contradict it."""
    if not path:
        return "unit" if column.texts and _units(column, 0.8) else None
    name = " ".join(path)
    if has_role(name, "unit") and (_says_units(name) or _holds_units(column)):
        return "unit"
    if column.texts and starts_with_role(path[-1], "units") and _holds_units(column):
        return "unit"
    if word_key(path[-1]) in _DAYS and column.cells and all(map(is_date, column.cells)):
        return "label"
    coded = any(has_role(path[-1], role) for role in ("code", "date")) or any(map(is_rank, path))
    if coded or starts_with_role(path[-1], "contact"):
        return "code"
    return "note" if has_role(name, "note") and column.texts >= column.numbers else None


def _says_units(name: str) -> bool:
    """Not the bare "Đơn vị": under it stand offices and districts as well."""
    return not word_key(name).startswith("đơn vị") or has_role(name, "unit_of_measure")


def _units(column: _Held, share: float) -> bool:
    """Whether so many of the cells are units; asked no further than it takes to deny it."""
    filled = column.numbers + column.texts
    others = len(column.cells) - share * filled
    for cell in column.cells:
        others -= not (is_unit_text(cell.text) or is_ditto(cell.text))
        if others < 0:
            return False
    return True


def _ordinal_column(held: Mapping[int, _Held], paths: Paths) -> int | None:
    """The column that only counts rows: by its head ("STT"), else by what it holds."""
    for index in list(held)[:4]:
        if paths[index] and has_role(" ".join(paths[index]), "ordinal"):
            return index
    first = next((n for n, column in held.items() if column.cells), None)
    if first is None or first + 1 not in held:
        return None
    counts, after = held[first], held[first + 1]
    total = len(counts.cells)
    named = after.texts > 0.6 * max(1, len(after.cells))
    return first if total > 1 and counts.ordinals >= 0.8 * total and named else None


def column_lines(made: Sequence[Column]) -> tuple[Line, ...]:
    """Value columns as lines; a total is the parent of those beside it under the same head."""
    values = [c for c in made if c.kind == "value"]
    totals = {c.path[:-1]: c.index for c in values if c.path and has_role(c.path[-1], "total")}
    return tuple(_column_line(column, totals) for column in values)


def _column_line(column: Column, totals: Mapping[tuple[str, ...], int]) -> Line:
    path = column.path
    role: Role = "part"
    outer = [path[:depth] for depth in range(len(path) - 1, -1, -1)]
    if path and totals.get(path[:-1]) == column.index:
        role, outer = "total", outer[1:]
    elif any(starts_with_role(element, "of_which") for element in path):
        role = "of_which"
    return Line(
        index=column.index,
        labels=path,
        role=role,
        parent=next((totals[o] for o in outer if o in totals), None),
        number=column.number,
        formula=column.formula,
        level=max(0, len(path) - 1),
    )


def _paths(sheet: Sheet, segment: Segment) -> dict[int, tuple[str, ...]]:
    spans = _spans(sheet, segment.head)
    return written_out(
        {
            column: tuple(
                part
                for element in _joined(_stack(segment.head, spans, column))
                for part in _unflattened(element)
            )
            for column in range(1, sheet.grid.column_count + 1)
        }
    )


def _unflattened(element: str) -> Iterator[str]:
    """Two levels written as one: "BHYT hộ gia đình / Thực hiện 2023", "BHYT - Kế hoạch"."""
    pieces = _FLAT.split(element)
    if len(pieces) > _LEVELS:
        pieces = [element]
    for at in range(len(pieces) - 1, 0, -1):
        above, below = " - ".join(pieces[:at]), " - ".join(pieces[at:])
        if content_words(canonical(above)) and not content_words(canonical(below)):
            yield from (above, below)
            return
    yield element


@dataclass(frozen=True, slots=True)
class _Span:
    cell: Cell
    last: int
    """Last column it stands over, merged or by the blanks beside it."""


def _spans(sheet: Sheet, head: Sequence[int]) -> dict[tuple[int, int], _Span]:
    """(row, column) to the head cell over it, unmerged heads spread over the blanks beside."""
    over: dict[tuple[int, int], _Span] = {}
    for row in head:
        for column in range(1, sheet.grid.column_count + 1):
            cell = sheet.at(row, column)
            if cell is not None and cell.text.strip():
                over[row, column] = _Span(cell, cell.column + cell.column_span - 1)
    # Where the format merges cells, an empty one is a cell of its own and no part of its neighbour.
    merges = any(c.column_span > 1 or c.row_span > 1 for row in head for c in sheet.filled(row))
    for position, row in enumerate(head):
        for cell in sheet.filled(row):
            if cell.column_span == 1 and cell.row == row:
                reach = _reach(sheet, head, position, cell, over, merges=merges)
                for column in range(cell.column, reach + 1 if reach > cell.column else 0):
                    over[row, column] = _Span(cell, reach)
    return over


def _reach(
    sheet: Sheet,
    head: Sequence[int],
    position: int,
    cell: Cell,
    over: dict[tuple[int, int], _Span],
    *,
    merges: bool,
) -> int:
    """The last column that an unmerged head stands over: blanks beside it with heads below."""
    row, below = head[position], head[position + 1 :]
    if not _begins_below(below, cell.column, over):
        return cell.column
    above = over.get((head[position - 1], cell.column)) if position else None
    reach = cell.column
    for column in range(cell.column + 1, sheet.grid.column_count + 1):
        parent = over.get((head[position - 1], column)) if position else None
        own = merges and sheet.at(row, column) is not None
        if (row, column) in over or (own and not _repeats(sheet, head, position, cell, column)):
            break
        if (position and not _same(parent, above)) or not _begins_below(below, column, over):
            break
        reach = column
    return cell.column if _may_begin_a_phrase(head, cell, reach) else reach


def _may_begin_a_phrase(head: Sequence[int], cell: Cell, reach: int) -> bool:
    """One word over one blank ("Ước" + "quý IV" + "năm"); "BHYT" is a head."""
    text = cell.text.strip()
    begins = len(head) > 2 and reach - cell.column < 2 and " " not in text
    return begins and match_header((text,)).metric is None


def _repeats(sheet: Sheet, head: Sequence[int], position: int, cell: Cell, last: int) -> bool:
    """Below stand the same heads as under a merged neighbour: a border was lost between them."""
    row = head[position]
    below = head[position + 1 : position + 2]
    wanted = _texts(sheet, below, cell.column, last)
    groups = (c for c in sheet.filled(row) if c.column_span > last - cell.column)
    return any(
        _texts(sheet, below, c.column, c.column + last - cell.column) == wanted for c in groups
    ) and all(wanted)


def _texts(sheet: Sheet, rows: Sequence[int], first: int, last: int) -> list[str]:
    cells = (sheet.at(row, column) for row in rows for column in range(first, last + 1))
    return [word_key(c.text) if c is not None else "" for c in cells]


def _same(one: _Span | None, other: _Span | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.cell is other.cell


def _begins_below(rows: Sequence[int], column: int, over: Container[tuple[int, int]]) -> bool:
    """A head stands over the column in one of the rows."""
    return any((row, column) in over for row in rows)


def _stack(
    head: Sequence[int], over: dict[tuple[int, int], _Span], column: int
) -> Iterator[tuple[str, tuple[int, int], bool]]:
    """Head cells over a column from the top: text, extent, whether it is merged downwards."""
    seen: set[tuple[int, int]] = set()
    for row in head:
        span = over.get((row, column))
        if span is None or (span.cell.row, span.cell.column) in seen:
            continue
        seen.add((span.cell.row, span.cell.column))
        yield _head_text(span.cell), (span.cell.column, span.last), span.cell.row_span > 1


def _head_text(cell: Cell) -> str:
    return whole_text(cell) if cell.number is not None else one_line(cell.text)


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
        text = whole_text(cell)
        formula = text if _FORMULA.match(text) else None
        found[cell.column] = (numbering_token(cell), formula)
    return found
