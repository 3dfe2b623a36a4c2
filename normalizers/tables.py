"""From a grid to its figures with what they mean: the door of this room for tables.

A column's words come from its head, a row's from its path; the caption and the document fill what both
leave open. A figure whose territory, time or measure nothing names keeps them empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers import values
from normalizers.context import DocumentContext
from normalizers.gluing import cut as cut_lines
from normalizers.headers import Column, Segment, columns, segments
from normalizers.meaning import (
    PERCENT,
    ColumnMeaning,
    TableMeaning,
    caption_unit,
    is_title,
    column_meanings,
    is_decrease,
    label_period,
    scenario_of,
    table_meaning,
)
from normalizers.metrics import MetricMatch, match_header
from normalizers.rows import RowLine, body_rows, is_ditto, row_lines
from normalizers.sheet import Sheet, is_unit_text
from normalizers.territories import Axes, Territory, axes
from normalizers.units import Unit, find_unit
from normalizers.words import bare_label, has_role, starts_with_role
from solieu.model import (
    Figure,
    Grid,
    Line,
    Observation,
    Period,
    Place,
    Role,
    Table,
    Unread,
)
from solieu.text import one_line

ONE = Decimal(1)
_COUNT = Unit("count", ONE, "")
_ROW_RATES = frozenset({"percent", "per_mille"})


@dataclass(frozen=True, slots=True)
class TablesRead:
    """All that one grid gave; a sheet may hold several tables, one below the other."""

    tables: tuple[Table, ...]
    observations: tuple[Observation, ...]
    unread: tuple[Unread, ...]


def read_grid(
    grid: Grid, context: DocumentContext
) -> tuple[Table | None, tuple[Observation, ...], tuple[Unread, ...]]:
    """`read_tables` for callers that want one table: the largest, with the observations of all."""
    found = read_tables(grid, context)
    largest = max(found.tables, key=lambda t: len(t.figures), default=None)
    return largest, found.observations, found.unread


def read_tables(grid: Grid, context: DocumentContext) -> TablesRead:
    """Every table of a grid as figures and observations; empty where no row holds figures."""
    used: tuple[str, ...] = ()
    unread: list[Unread] = []
    if grid.kind == "glued":
        cut = cut_lines(grid)
        unread += cut.unread
        if cut.grid is None:
            return TablesRead((), (), tuple(unread))
        grid, used = cut.grid, cut.used
    sheet = Sheet.of(grid)
    tables: list[Table] = []
    observations: list[Observation] = []
    around: tuple[str, ...] = ()
    for segment in segments(sheet):
        work = _Work.of(sheet, segment, context, around)
        around = segment.lead or around
        if work is None:
            continue
        table, seen, lost = work.read()
        tables += [replace(table, used=used)] if table.figures else []
        observations += seen
        unread += lost
    return TablesRead(tuple(tables), tuple(observations), tuple(unread))


@dataclass(frozen=True, slots=True)
class _Work:
    """One table while it is read."""

    sheet: Sheet
    segment: Segment
    context: DocumentContext
    columns: tuple[Column, ...]
    lines: list[RowLine]
    table: TableMeaning
    axes: Axes
    meanings: dict[int, ColumnMeaning]
    rows: dict[int, _RowMeaning]

    @classmethod
    def of(
        cls, sheet: Sheet, segment: Segment, context: DocumentContext, before: Sequence[str]
    ) -> _Work | None:
        made = columns(sheet, segment)
        if not any(c.kind == "value" for c in made):
            return None
        lines = row_lines(body_rows(sheet, segment, made))
        if not any(line.row.filled for line in lines):
            return None
        around = _around(sheet.grid, segment, before)
        table = table_meaning(around, sheet.grid.notes, context)
        places = axes(lines, made, around, context.region, context.on)
        meanings = column_meanings(made, table, places.named_elements)
        rows = _row_meanings(sheet, made, lines, table, places)
        return cls(sheet, segment, context, made, lines, table, places, meanings, rows)

    def read(self) -> tuple[Table, list[Observation], list[Unread]]:
        cells = values.printed_cells(self.sheet, self.lines, list(self.meanings))
        units = {c: self._column_unit(m) for c, m in self.meanings.items()}
        decisions = values.conventions(cells, units, self.context.prior)
        figures: list[Figure] = []
        seen: list[Observation] = []
        unread: list[Unread] = list(_strays(self.sheet, self.lines, self.columns))
        for printed in cells:
            if not _is_named(printed.line):
                place = values.place_of(self.sheet.grid, printed.cell)
                unread.append(Unread(place, one_line(printed.cell.text), "no label stands beside"))
                continue
            reading = values.read_cell(printed, decisions[printed.column])
            if reading is None:
                empty = values.empty_figure(self._id, self.sheet.grid, printed, "count")
                lost = values.unread_text(self.sheet.grid, printed)
                figures += [empty] if empty else []
                unread += [lost] if lost else []
                continue
            observation = self._observation(printed, reading)
            figures.append(observation.figure)
            seen.append(observation)
        return self._table(figures), seen, unread

    @property
    def _id(self) -> str:
        return self.context.document_id

    def _column_unit(self, meaning: ColumnMeaning) -> Unit | None:
        if meaning.unit is not None:
            return meaning.unit
        row_units = [r.unit for r in self.rows.values() if r.unit is not None]
        if row_units:
            return row_units[0] if len({u.code for u in row_units}) == 1 else None
        unit = caption_unit(meaning.path, self.table.units)
        if unit is None and meaning.vocabulary_unit:
            unit = Unit(meaning.vocabulary_unit, ONE, "")
        return unit

    def _observation(self, printed: values.Printed, reading: values.Reading) -> Observation:
        column = self.meanings[printed.column]
        row = self.rows[printed.line.row.index]
        metric = self._metric(column, row)
        unit = self._unit(printed.column, column, row, metric, reading)
        measure = column.measure or metric.measure or row.match.measure or "level"
        if unit.code in _ROW_RATES and measure == "level":
            measure = "share"
        if unit.code in _ROW_RATES and measure == "change":
            measure = "growth"
        sign = column.sign if column.measure else row.sign if measure in {"change", "growth"} else 1
        place = self.axes.columns.get(printed.column) or self._row_place(printed.line)
        figure = values.figure(self._id, self.sheet.grid, printed, reading, unit, sign)
        certain = self._certainty(place, column)
        figure = replace(
            figure,
            confidence=round(figure.confidence * certain, 4),
            excerpt=values.excerpt_of(self.sheet, printed.cell.row),
        )
        scenario = column.scenario or row.scenario
        if measure == "plan_completion":
            scenario = scenario or "actual"
        return Observation(
            figure=figure,
            metric_label=self._label(column, printed.line, row),
            method="table",
            region=place.region,
            region_text=place.text,
            candidates=place.candidates,
            metric=metric.metric,
            scenario=scenario or self.table.scenario,
            measure=measure,
            basis=column.basis or metric.basis,
            period=self._period(column, row),
            is_total=printed.line.role == "total" or column.is_total,
            flags=place.flags,
        )

    def _row_place(self, line: RowLine) -> Territory:
        return self.axes.rows.get(line.row.index) or self.axes.whole

    def _certainty(self, place: Territory, column: ColumnMeaning) -> float:
        headless = 0.9 if not column.path else 1.0
        return place.confidence * headless

    def _period(self, column: ColumnMeaning, row: _RowMeaning) -> Period | None:
        if column.period is not None and row.period is not None:
            return _narrower(column.period, row.period)
        return column.period or row.period or self.table.period

    def _unit(
        self,
        index: int,
        column: ColumnMeaning,
        row: _RowMeaning,
        metric: MetricMatch,
        reading: values.Reading,
    ) -> Unit:
        if reading.percent:
            return PERCENT
        if reading.per_mille:
            return Unit("per_mille", ONE, "‰")
        if column.unit is not None:
            return column.unit
        if (printed := row.by_column.get(index)) is not None:
            return printed
        if row.unit is not None:
            return row.unit
        unit = caption_unit(column.path, self.table.units)
        if unit is None and metric.unit:
            unit = Unit(metric.unit, ONE, "")
        return unit or _COUNT

    def _metric(self, column: ColumnMeaning, row: _RowMeaning) -> MetricMatch:
        """The code of the column, of the row, or of the title where the head names no quantity."""
        if not self.axes.rows_are_regions and not row.is_total:
            return row.match if row.match.metric or row.names else _NONE
        if self.axes.rows_are_regions and row.extra:
            return match_header((*column.path, *row.extra))
        if column.names_quantity or self.table.title is None:
            return match_header(column.path) if column.path else _NONE
        found = match_header((self.table.title, *column.path))
        return found if found.metric else match_header(column.path)

    def _label(self, column: ColumnMeaning, line: RowLine, row: _RowMeaning) -> str:
        parts = list(column.path)
        if self.axes.rows_are_regions:
            if not column.names_quantity and self.table.title:
                parts.insert(0, bare_label(self.table.title))
            parts += row.extra
        else:
            parts += row.labels
            if self.table.title and not column.names_quantity and not row.says_quantity:
                parts.insert(0, bare_label(self.table.title))
        return " / ".join(dict.fromkeys(p for p in parts if p))

    def _table(self, figures: list[Figure]) -> Table:
        return Table(
            number=self.sheet.grid.number,
            rows=tuple(line.line() for line in self.lines),
            columns=tuple(self._column_lines()),
            figures=tuple(figures),
            title=self.table.title,
            page=self.sheet.grid.page,
        )

    def _column_lines(self) -> Iterator[Line]:
        """Value columns; a total column is the parent of those beside it under the same head."""
        totals: dict[tuple[str, ...], int] = {}
        for column in self.columns:
            if column.kind == "value" and column.path and has_role(column.path[-1], "total"):
                totals[column.path[:-1]] = column.index
        for column in self.columns:
            if column.kind != "value":
                continue
            path = column.path
            role: Role = "part"
            parent = totals.get(path[:-1]) if path else None
            above = next(
                (totals[path[:k]] for k in range(len(path) - 1, -1, -1) if path[:k] in totals), None
            )
            if parent == column.index:
                role = "total"
                parent = totals.get(path[:-2]) if len(path) > 1 else None
            elif path and starts_with_role(path[-1], "of_which"):
                role, parent = "of_which", parent or above
            elif any(starts_with_role(e, "of_which") for e in path):
                role, parent = "of_which", parent or above
            else:
                parent = parent or above
            yield Line(
                index=column.index,
                labels=path,
                role=role,
                parent=parent,
                number=column.number,
                formula=column.formula,
                level=max(0, len(path) - 1),
            )


_NONE = MetricMatch(None)


@dataclass(frozen=True, slots=True)
class _RowMeaning:
    """What a row says of its figures."""

    labels: tuple[str, ...]
    """Row path without territories and times."""
    extra: tuple[str, ...]
    """In a table of regions: words of the row that are no region ("Trong đó: nữ")."""
    unit: Unit | None
    by_column: dict[int, Unit]
    period: Period | None
    scenario: str | None
    match: MetricMatch
    sign: int
    names: bool
    says_quantity: bool
    """The row's own unit or metric says what is measured."""
    is_total: bool


def _row_meanings(
    sheet: Sheet,
    made: Sequence[Column],
    lines: Sequence[RowLine],
    table: TableMeaning,
    places: Axes,
) -> dict[int, _RowMeaning]:
    unit_column = next((c.index for c in made if c.kind == "unit"), None)
    by_index = {line.row.index: line for line in lines}
    units: dict[int, Unit | None] = {}
    printed: dict[int, dict[int, Unit]] = {}
    found: dict[int, _RowMeaning] = {}
    last: Unit | None = None
    current: dict[int, Unit] = {}
    for line in lines:
        if line.row.units:
            current = {c: u for c, text in line.row.units if (u := _loose_unit(text))}
        cell = sheet.at(line.row.index, unit_column) if unit_column else None
        own, last = _row_unit(line, cell.text if cell else None, last)
        above = units.get(line.parent or 0)
        units[line.row.index] = own or above
        printed[line.row.index] = current
        found[line.row.index] = _row_meaning(
            line, own or above, current, table, places, by_index, found
        )
    return found


def _loose_unit(text: str) -> Unit | None:
    """A printed unit row may count things that no list knows ("Nghìn HK"): its own words then."""
    unit = find_unit(text) or find_unit(f"ĐVT: {text}")
    return unit if unit is not None and is_unit_text(text) else None


def _row_unit(
    line: RowLine, printed: str | None, last: Unit | None
) -> tuple[Unit | None, Unit | None]:
    """The row's unit and what a ditto mark in the next row repeats."""
    if printed and printed.strip():
        if is_ditto(printed):
            return last, last
        unit = find_unit(printed) or find_unit(f"ĐVT: {one_line(printed)}")
        return unit, unit
    return _label_unit(line.row.label), last


def _label_unit(label: str) -> Unit | None:
    """Only what a label says in brackets or after its name: "Diện tích (Nghìn ha)", "Tỷ lệ hộ nghèo"."""
    return find_unit(label)


def _row_meaning(
    line: RowLine,
    unit: Unit | None,
    by_column: dict[int, Unit],
    table: TableMeaning,
    places: Axes,
    by_index: dict[int, RowLine],
    before: dict[int, _RowMeaning],
) -> _RowMeaning:
    period = label_period(line.row.label, table.periods)
    above = before.get(line.parent or 0)
    if period is None and above is not None:
        period = above.period
    if period is None:
        period = next(
            (p for s in line.row.stubs if (p := label_period(s, table.periods)) is not None), None
        )
    labels = tuple(
        text
        for text in (*line.row.stubs, *line.path)
        if text not in places.named_elements and label_period(text, table.periods) is None
    )
    extra = _extra(line, by_index) if places.rows_are_regions else ()
    match = match_header(tuple(bare_label(t) for t in labels)) if labels else _NONE
    if places.rows_are_regions:
        match, unit = _NONE, unit if extra else _bracket_unit(line.row.label)
    scenario = scenario_of((line.row.label,)) if not places.rows_are_regions else None
    return _RowMeaning(
        labels=tuple(bare_label(t) for t in labels),
        extra=extra,
        unit=unit,
        by_column=by_column,
        period=period,
        scenario=scenario,
        match=match,
        sign=-1 if is_decrease(line.row.label) else 1,
        names=bool(labels) and not has_role(labels[-1], "total"),
        says_quantity=unit is not None or match.metric is not None,
        is_total=line.role == "total" or not labels,
    )


def _bracket_unit(label: str) -> Unit | None:
    return find_unit(label) if "(" in label else None


def _extra(line: RowLine, by_index: dict[int, RowLine]) -> tuple[str, ...]:
    """"Trong đó: nữ" under a region is a word of the metric."""
    words: list[str] = []
    current: RowLine | None = line
    while current is not None and current.role == "of_which":
        words.insert(0, bare_label(current.row.label))
        current = by_index.get(current.parent or 0)
    return tuple(words)


def _narrower(column: Period, row: Period) -> Period:
    """A row "Quý I" in a column "2023": the row, in the column's year; two whole times: the row's."""
    if row.year == column.year or len(row.code) > 4 >= len(column.code):
        return row if len(row.code) >= len(column.code) else column
    return column if len(column.code) > len(row.code) else row


def _around(grid: Grid, segment: Segment, before: Sequence[str]) -> tuple[str, ...]:
    """Words around a table, the nearest first: its own lead, caption, headings, sheet name."""
    lead = segment.lead or tuple(before)
    texts = [*_joined_titles(lead), grid.title or "", *reversed(grid.section), grid.name or ""]
    return tuple(dict.fromkeys(one_line(t) for t in texts if t and t.strip()))


def _joined_titles(lead: Sequence[str]) -> list[str]:
    """A title broken over lines is one: "QUYẾT TOÁN ... CỦA CÁC TỈNH," + "THÀNH PHỐ ... NĂM 2008"."""
    made: list[str] = []
    for line in lead:
        text = one_line(line)
        if made and _continues(made[-1], text):
            made[-1] = f"{made[-1]} {text}"
        else:
            made.append(text)
    return made


def _continues(before: str, text: str) -> bool:
    if is_unit_text(text) or text.startswith("(") or not is_title(before) or not is_title(f"{text} x"):
        return False
    if before.endswith((",", "-", "–")) or text[:1].islower():
        return True
    return before.isupper() and text.isupper() and not before.endswith((".", ":", ")"))


def _is_named(line: RowLine) -> bool:
    return bool(line.row.label or line.row.stubs)


def _strays(
    sheet: Sheet, lines: Sequence[RowLine], made: Sequence[Column]
) -> Iterator[Unread]:
    """Figures in columns that no head stands over: scratch work beside the table, said and not used."""
    strays = {c.index for c in made if c.kind == "stray"}
    found: dict[int, list[str]] = {}
    first: dict[int, Place] = {}
    for line in lines:
        for cell in sheet.filled(line.row.index):
            if cell.column in strays:
                found.setdefault(cell.column, []).append(one_line(cell.text))
                first.setdefault(cell.column, values.place_of(sheet.grid, cell))
    for column, texts in found.items():
        yield Unread(first[column], "; ".join(texts[:20]), "no heading stands over this column")



