"""From a grid to its figures with what they mean: the door of this room for tables.

A column's words come from its head, a row's from its path; the caption and the document fill what
both leave open. A figure whose territory, time or measure nothing names keeps them empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.context import DocumentContext
from normalizers.gluing.cutting import cut as cut_lines
from normalizers.layout.openings import is_dated
from normalizers.layout.segments import Segment, segments
from normalizers.layout.sheet import Sheet
from normalizers.layout.titles import joined_titles
from normalizers.layout.words import bare_label
from normalizers.metrics import MetricMatch, match_header
from normalizers.tables import values
from normalizers.tables.headers import Column, column_lines, columns
from normalizers.tables.meaning import (
    PERCENT,
    ColumnMeaning,
    TableMeaning,
    caption_unit,
    column_meanings,
    table_meaning,
)
from normalizers.tables.row_meaning import NO_METRIC, RowMeaning, row_meanings
from normalizers.tables.rows import RowLine, body_rows, nested, row_lines
from normalizers.tables.territories import Axes, Territory, axes, depths
from normalizers.units import Unit
from solieu.model import (
    Figure,
    Grid,
    Measure,
    Observation,
    Period,
    Place,
    Scenario,
    Table,
    Unread,
)
from solieu.text import one_line

ONE = Decimal(1)
_COUNT = Unit("count", ONE, "")
_GOES_ON = re.compile(r"tiếp theo|\(tiếp\)|continued|cont\.", re.IGNORECASE)
_ROW_RATES = frozenset({"percent", "per_mille"})
_HEADLESS = 0.9
"""How sure a column without any head is."""


@dataclass(frozen=True, slots=True)
class TablesRead:
    """All that one grid gave; a sheet may hold several tables, one below the other."""

    tables: tuple[Table, ...]
    observations: tuple[Observation, ...]
    unread: tuple[Unread, ...]


def read_tables(grid: Grid, context: DocumentContext, above: Sequence[str] = ()) -> TablesRead:
    """Every table of a grid as figures and observations; empty where no row holds figures.

    Args:
        grid: as the extractor found it.
        context: what the document says.
        above: short lines of the page before the table, the nearest first.
    """
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
    for segment in _pages_joined(sheet, segments(sheet)):
        words = _around(grid, segment, around, above, context.title)
        work = _Work.of(sheet, segment, context, words)
        around = segment.lead or around
        if work is None:
            continue
        table, seen, lost = work.read()
        tables += [replace(table, used=used)] if table.figures else []
        observations += seen
        unread += lost
    return TablesRead(tuple(tables), tuple(observations), tuple(unread))


def _pages_joined(sheet: Sheet, found: Sequence[Segment]) -> list[Segment]:
    """A table whose head is printed again, or goes on "(tiếp theo)" under the same head, is one."""
    if len(found) < 2:
        return list(found)
    made: list[Segment] = []
    heads: list[tuple[tuple[str, ...], ...]] = []
    for segment in found:
        head = tuple(c.path for c in columns(sheet, segment))
        goes_on = not segment.lead or any(_GOES_ON.search(line) for line in segment.lead)
        if made and goes_on and head == heads[-1]:
            made[-1] = replace(made[-1], body=(*made[-1].body, *segment.body))
        else:
            made.append(segment)
            heads.append(head)
    return made


@dataclass(frozen=True, slots=True)
class _Work:
    """One table while it is read."""

    sheet: Sheet
    context: DocumentContext
    columns: tuple[Column, ...]
    lines: list[RowLine]
    table: TableMeaning
    axes: Axes
    meanings: dict[int, ColumnMeaning]
    rows: dict[int, RowMeaning]
    source: values.Source

    @classmethod
    def of(
        cls, sheet: Sheet, segment: Segment, context: DocumentContext, around: Sequence[str]
    ) -> _Work | None:
        made = columns(sheet, segment)
        if not any(c.kind == "value" for c in made):
            return None
        lines = row_lines(body_rows(sheet, segment, made))
        if not any(line.row.filled for line in lines):
            return None
        table = table_meaning(around, sheet.grid.notes, context)
        places = axes(lines, made, around, context.region, context.on)
        lines = nested(lines, depths(lines, places))
        meanings = column_meanings(made, table, places.named_elements)
        rows = row_meanings(sheet, made, lines, table, places)
        excerpts = {row: values.excerpt_of(sheet, row) for row in rows}
        source = values.Source(context.document_id, sheet.grid, excerpts)
        return cls(sheet, context, made, lines, table, places, meanings, rows, source)

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
                empty = values.empty_figure(self.source, printed)
                lost = values.unread_text(self.sheet.grid, printed)
                figures += [empty] if empty else []
                unread += [lost] if lost else []
                continue
            observation = self._observation(printed, reading)
            figures.append(observation.figure)
            seen.append(observation)
        return self._table(figures), seen, unread

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
        measure = _measure(column.measure or metric.measure or row.match.measure, unit)
        decrease = column.sign if column.measure else row.sign
        place = self.axes.columns.get(printed.column) or self._row_place(printed.line)
        figure = values.figure(
            self.source,
            printed,
            reading,
            unit,
            negative=decrease < 0 and measure in {"change", "growth"},
            trust=place.confidence * (1.0 if column.path else _HEADLESS),
        )
        said = column.scenario or row.scenario
        outcome: Scenario | None = "actual" if measure == "plan_completion" else None
        return Observation(
            figure=figure,
            metric_label=self._label(column, row),
            method="table",
            region=place.region,
            region_text=place.text,
            candidates=place.candidates,
            metric=metric.metric,
            scenario=said or outcome or self.table.scenario,
            measure=measure,
            basis=column.basis or metric.basis,
            period=self._period(column, row),
            is_total=row.is_total or column.is_total,
            flags=place.flags,
        )

    def _row_place(self, line: RowLine) -> Territory:
        return self.axes.rows.get(line.row.index) or self.axes.whole

    def _period(self, column: ColumnMeaning, row: RowMeaning) -> Period | None:
        if column.period is not None and row.period is not None:
            return _narrower(column.period, row.period)
        return column.period or row.period or self.table.period

    def _unit(
        self,
        index: int,
        column: ColumnMeaning,
        row: RowMeaning,
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

    def _metric(self, column: ColumnMeaning, row: RowMeaning) -> MetricMatch:
        """The code of the column, of the row, or of the title where the head names no quantity."""
        if not self.axes.rows_are_regions and row.labels and not row.is_total:
            return row.match if row.match.metric or row.names else NO_METRIC
        if self.axes.rows_are_regions and row.extra:
            return match_header((*column.path, *row.extra))
        subject = self.table.subject or self.table.title
        if column.metric or column.names_quantity or subject is None:
            return MetricMatch(column.metric, column.vocabulary_unit)
        return match_header((subject, *column.path))

    def _label(self, column: ColumnMeaning, row: RowMeaning) -> str:
        parts = list(column.path)
        if self.axes.rows_are_regions:
            if not column.names_quantity and self.table.title:
                parts.insert(0, bare_label(self.table.subject or self.table.title))
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
            columns=column_lines(self.columns),
            figures=tuple(figures),
            title=self.table.title,
            page=self.sheet.grid.page,
        )


def _measure(said: Measure | None, unit: Unit) -> Measure:
    """A percentage is never a level or a change, whatever its head calls it."""
    measure = said or "level"
    if unit.code not in _ROW_RATES:
        return measure
    return "share" if measure == "level" else "growth" if measure == "change" else measure


def _narrower(column: Period, row: Period) -> Period:
    """A row "Quý I" in a column "2023" is the quarter of that year; of two times the finer."""
    if row.year == column.year or len(row.code) > 4 >= len(column.code):
        return row if len(row.code) >= len(column.code) else column
    return column if len(column.code) > len(row.code) else row


def _around(
    grid: Grid,
    segment: Segment,
    before: Sequence[str],
    above: Sequence[str],
    document: str | None,
) -> tuple[str, ...]:
    """Words around a table, the nearest first: its own lead, caption, headings, the document."""
    lead = segment.lead or tuple(before)
    texts = [
        *joined_titles(lead),
        grid.title or "",
        *reversed(joined_titles(above[::-1])),
        *reversed(grid.section),
        grid.name or "",
        document or "",
    ]
    said = (one_line(t) for t in texts if t and t.strip())
    return tuple(dict.fromkeys(t for t in said if not is_dated(t)))


def _is_named(line: RowLine) -> bool:
    return bool(line.row.label or line.row.stubs)


def _strays(sheet: Sheet, lines: Sequence[RowLine], made: Sequence[Column]) -> Iterator[Unread]:
    """Figures in columns without a head: scratch work beside the table, named and not used."""
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
