"""From a grid to its figures with what they mean: the door of this room for tables.

A column's words come from its head, a row's from its path; the caption and the document fill what
both leave open. A figure whose territory, time or measure nothing names keeps them empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalizers.context import DocumentContext
from normalizers.gluing.cutting import cut as cut_lines
from normalizers.layout.bands import bands
from normalizers.layout.blocks import blocks
from normalizers.layout.laid import LayOut, lay_out
from normalizers.layout.openings import is_dated
from normalizers.layout.segments import Segment
from normalizers.layout.sheet import Sheet
from normalizers.layout.titles import joined_titles
from normalizers.layout.words import is_rank
from normalizers.periods.reading import misdated, trust_in
from normalizers.tables import values
from normalizers.tables.crossed import crossing, with_totals
from normalizers.tables.headers import Column, column_lines, columns
from normalizers.tables.implied import likely
from normalizers.tables.meaning import (
    TableMeaning,
    column_meanings,
    crossed_meanings,
    table_meaning,
)
from normalizers.tables.nesting import RowLine, counts_visits, nested, row_lines
from normalizers.tables.row_meaning import row_meanings
from normalizers.tables.rows import body_rows
from normalizers.tables.said import Words
from normalizers.tables.signs import told_by_figures
from normalizers.tables.territories import Axes, axes, depths
from solieu.model import (
    Figure,
    Grid,
    Observation,
    Period,
    Place,
    Table,
    Unread,
    make_observation,
)
from solieu.quick import replace
from solieu.text import one_line

_GOES_ON = re.compile(r"tiếp theo|\(tiếp\)|continued|cont\.", re.IGNORECASE)
_HEADLESS = 0.9
"""How sure a column without any head is."""
_UNLIKELY = 0.8
"""How sure a figure is that its unit hardly lets be."""
_TIMELESS = 0.9
"""How sure a figure is that nothing gives a time."""
_TOLD_ABOVE = 0.9
"""How sure a time is that neither table nor title names, but the text around them."""


@dataclass(frozen=True, slots=True)
class TablesRead:
    """All that one grid gave; a sheet may hold several tables, one below the other."""

    tables: tuple[Table, ...]
    observations: tuple[Observation, ...]
    unread: tuple[Unread, ...]


def read_tables(
    grid: Grid, context: DocumentContext, above: Sequence[str] = (), laid: LayOut = lay_out
) -> TablesRead:
    """Every table of a grid as figures and observations; empty where no row holds figures.

    Args:
        grid: as the extractor found it.
        context: what the document says.
        above: short lines of the page before the table, the nearest first.
        laid: gives the grid's layout, which the document's context has asked for already.
    """
    used: tuple[str, ...] = ()
    unread: list[Unread] = []
    if grid.kind == "glued":
        cut = cut_lines(grid)
        unread += cut.unread
        if cut.grid is None:
            return TablesRead((), (), tuple(unread))
        grid, used = cut.grid, cut.used
    parts = [half for block in blocks(laid(grid).sheet) for half in bands(laid(block).sheet)]
    halves = [_read(half, context, above, used, laid) for half in parts]
    tables = tuple(table for read in halves for table in read.tables)
    observations = tuple(seen for read in halves for seen in read.observations)
    return TablesRead(tables, observations, (*unread, *(u for read in halves for u in read.unread)))


def _read(
    grid: Grid,
    context: DocumentContext,
    above: Sequence[str],
    used: tuple[str, ...],
    laid: LayOut,
) -> TablesRead:
    """The tables of a grid, one below the other."""
    found = laid(grid)
    sheet = found.sheet
    tables: list[Table] = []
    observations: list[Observation] = []
    unread: list[Unread] = []
    around: tuple[str, ...] = ()
    for segment in _pages_joined(sheet, found.segments):
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
    words: Words
    source: values.Source

    @classmethod
    def of(
        cls, sheet: Sheet, segment: Segment, context: DocumentContext, around: Sequence[str]
    ) -> _Work | None:
        made = columns(sheet, segment)
        if not any(c.kind == "value" for c in made):
            return None
        printed = row_lines(body_rows(sheet, segment, made))
        crossed = crossing(printed)
        lines = with_totals(printed, crossed)
        if not any(line.row.filled for line in lines) or counts_visits(lines):
            return None
        table = table_meaning(around, sheet.grid.notes, context)
        places = axes(lines, made, around, context.region, context.on, crossed)
        lines = nested(lines, depths(lines, places))
        meanings = column_meanings(made, table, places.named_elements)
        inner = crossed.inner if crossed and not places.rows_are_regions else {}
        beside = list(dict.fromkeys(inner.values()))
        heads = crossed_meanings(made, beside, table, places.named_elements)
        told = places.beside(beside) if heads else places
        rows = row_meanings(sheet, made, lines, table, told)
        excerpts = {row: values.excerpt_of(sheet, row) for row in rows}
        source = values.Source(context.document_id, sheet.grid, excerpts)
        words = Words(table, meanings, rows, places.rows_are_regions, heads, inner)
        return cls(sheet, context, made, lines, table, places, words, source)

    def read(self) -> tuple[Table, list[Observation], list[Unread]]:
        cells = values.printed_cells(self.sheet, self.lines, list(self.words.columns))
        words = replace(self.words, columns=told_by_figures(self.words.columns, cells))
        units = {c: words.column_unit(m) for c, m in words.columns.items()}
        decisions = values.conventions(cells, units, self.context.prior)
        figures: list[Figure] = []
        seen: list[Observation] = []
        unread: list[Unread] = list(_strays(self.sheet, self.lines, self.columns))
        for printed in cells:
            if is_rank(printed.line.row.label):
                continue
            if not (_is_named(printed.line) or self._is_alone()):
                place = values.place_of(self.sheet.grid, printed.cell)
                unread.append(Unread(place, one_line(printed.cell.text), "no label stands beside"))
                continue
            readings = values.read_cell(printed, decisions[printed.column])
            if not readings:
                empty = values.empty_figure(self.source, printed)
                lost = values.unread_text(self.sheet.grid, printed)
                figures += [empty] if empty else []
                unread += [lost] if lost else []
                continue
            for part, reading in enumerate(readings):
                observation = self._observation(words, printed, reading, part)
                figures.append(observation.figure)
                seen.append(observation)
        return self._table(figures), seen, unread

    def _observation(
        self, words: Words, printed: values.Printed, reading: values.Reading, part: int
    ) -> Observation:
        row = printed.line.row.index
        said = words.of(printed.column, row, reading)
        place = self.axes.columns.get(printed.column) or self.axes.rows.get(row) or self.axes.whole
        column = printed.column
        named = words.columns[column].path or column in self.axes.columns
        headed = 1.0 if named else _HEADLESS
        fits = 1.0 if likely(reading.value, said.unit, said.label) else _UNLIKELY
        figure = values.figure(
            self.source,
            printed,
            reading,
            said.unit,
            negative=said.falls,
            trust=place.confidence * headed * fits * said.trust * self._trust_in(said.period),
            part=part,
        )
        return make_observation(
            figure=figure,
            metric_label=said.label,
            method="table",
            region=place.region,
            region_text=place.text,
            candidates=place.candidates,
            metric=said.metric,
            scenario=said.scenario,
            measure=said.measure,
            basis=said.basis,
            period=said.period,
            is_total=said.is_total,
            flags=(*place.flags, *(("unit_assumed",) if said.unit_assumed else ())),
            misdated=misdated(said.period, words.columns[printed.column].misprints),
        )

    def _is_alone(self) -> bool:
        """One row without any label column: the heads say all."""
        return len(self.lines) == 1 and not any(c.kind == "label" for c in self.columns)

    def _trust_in(self, period: Period | None) -> float:
        if period is None:
            return _TIMELESS
        told = None if self.table.period else self.table.told
        return _TOLD_ABOVE if told and period.source == told.source else trust_in(period)

    def _table(self, figures: list[Figure]) -> Table:
        return Table(
            number=self.sheet.grid.number,
            rows=tuple(line.line() for line in self.lines),
            columns=column_lines(self.columns),
            figures=tuple(figures),
            title=self.table.title,
            page=self.sheet.grid.page,
        )


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
