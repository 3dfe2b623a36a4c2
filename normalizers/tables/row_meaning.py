"""What each row says of its figures: its unit, its time, the metric it names.

A unit column, a unit in the label ("Diện tích (Nghìn ha)") or a row of units printed over a group
outranks the caption; a heading passes its unit and its time on to the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.bilingual import vietnamese_part
from normalizers.layout.declared import declared_for
from normalizers.layout.scenarios import scenario_of
from normalizers.layout.sheet import Sheet, is_ditto, is_unit_text
from normalizers.layout.words import bare_label, has_role, named_part
from normalizers.metrics import MetricMatch, match_header
from normalizers.tables.comparisons import is_decrease
from normalizers.tables.headers import Column
from normalizers.tables.meaning import TableMeaning, label_unit
from normalizers.tables.nesting import RowLine
from normalizers.tables.territories import Axes
from normalizers.tables.times import are_terms, is_term, label_period
from normalizers.units import Unit, copies, find_unit, per_people
from solieu.model import Period, Scenario
from solieu.quick import quick, replace
from solieu.text import one_line

_SUM = re.compile(r"\s*\([IVX\d.A-D+\-–=\s]+\)\s*$")
"""What a row adds up, printed behind its label: "Tổng thu (I+II)"."""
_TERMS = re.compile(r"\W*(?:các )?(?:kỳ|thời) hạn\b", re.IGNORECASE)
NO_METRIC = MetricMatch(None)


@quick
@dataclass(frozen=True, slots=True)
class RowMeaning:
    """What a row says of its figures."""

    labels: tuple[str, ...]
    """Row path without territories and times."""
    extra: tuple[str, ...]
    """In a table of regions: words of the row that are no region ("Trong đó: nữ")."""
    unit: Unit | None
    by_column: Mapping[int, Unit]
    period: Period | None
    scenario: Scenario | None
    match: MetricMatch
    sign: int
    names: bool
    says_quantity: bool
    """The row's own unit or metric says what is measured."""
    is_total: bool


@dataclass(frozen=True, slots=True)
class _Within:
    """The table around a row, and the rows that were read before it."""

    table: TableMeaning
    places: Axes
    lines: Mapping[int, RowLine]
    before: dict[int, RowMeaning]
    terms: bool
    """Rows say for how long money is lent: "6 tháng" is then no time of the figures."""

    def time_of(self, label: str) -> Period | None:
        if self.terms and is_term(label):
            return None
        return label_period(label, self.table.periods)


def row_meanings(
    sheet: Sheet,
    made: Sequence[Column],
    lines: Sequence[RowLine],
    table: TableMeaning,
    places: Axes,
) -> dict[int, RowMeaning]:
    """Meaning of every row by its index, from the top: headings pass theirs on."""
    unit_column = next((c.index for c in made if c.kind == "unit"), None)
    found: dict[int, RowMeaning] = {}
    terms = are_terms(line.row.label for line in lines) or any(map(_names_terms, made))
    within = _Within(table, places, {line.row.index: line for line in lines}, found, terms)
    units: dict[int, Unit | None] = {}
    last: Unit | None = None
    current: dict[int, Unit] = {}
    for line in lines:
        index = line.row.index
        if line.row.units:
            current = {c: u for c, text in line.row.units if (u := _loose_unit(text))}
        cell = sheet.at(index, unit_column) if unit_column else None
        own, last = _row_unit(line, cell.text if cell else None, last)
        own = own or declared_for((line.row.label,), table.declared)
        printed = cell is not None and bool(cell.text.strip())
        head = within.lines.get(line.parent or 0)
        above = units.get(line.parent or 0)
        if above and head and not printed and _counted_in(head, line):
            own = above
        units[index] = own or above
        found[index] = _row_meaning(line, units[index], current, within)
    return found


def _names_terms(column: Column) -> bool:
    return column.kind == "label" and any(_TERMS.match(element) for element in column.path)


def _counted_in(head: RowLine, line: RowLine) -> bool:
    """Under "Giường bệnh (Giường)" the beds of "Bệnh viện" are meant, and no hospitals."""
    said = label_unit(head.row.label)
    bare = not set("(%") & set(line.row.label)
    return bare and "(" in head.row.label and said is not None and not head.row.filled


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
        if " - " in printed and find_unit(printed) is None:
            printed = vietnamese_part(one_line(printed))
        said = label_unit(line.row.label)
        counted = said is not None and said.code != "count" and not find_unit(printed)
        unit = said if counted else find_unit(printed) or find_unit(f"ĐVT: {one_line(printed)}")
        return _of_people(copies(unit, line.row.label), line.row.label), unit
    return _of_people(label_unit(line.row.label), line.row.label), last


def _of_people(unit: Unit | None, label: str) -> Unit | None:
    """Beside "Số bác sĩ/vạn dân" the unit column says "Bác sĩ" and means those of 10,000 people."""
    people = per_people(label) if unit is not None and unit.code in _COUNTED_PER_PEOPLE else None
    return unit if unit is None or people is None else replace(unit, code=f"{unit.code} {people}")


_COUNTED_PER_PEOPLE = frozenset({"person", "bed", "case", "organisation", "count", "account"})


def _row_meaning(
    line: RowLine, unit: Unit | None, by_column: Mapping[int, Unit], within: _Within
) -> RowMeaning:
    table, regions = within.table, within.places.rows_are_regions
    labels = tuple(
        bare_label(text)
        for text in (*line.row.stubs, *line.path)
        if text not in within.places.named_elements and within.time_of(text) is None and text
    )
    extra = _extra(line, within.lines) if regions else ()
    if regions and not extra:
        unit = find_unit(line.row.label) if "(" in line.row.label else None
    named = tuple(_SUM.sub("", named_part(label)) for label in labels)
    match = match_header(named, insurance=table.insurance) if labels and not regions else NO_METRIC
    heads_time = regions and line.role == "group" and not labels
    return RowMeaning(
        labels=labels,
        extra=extra,
        unit=unit,
        by_column=by_column,
        period=_period(line, within),
        scenario=None if regions else scenario_of((line.row.label,)),
        match=match,
        sign=-1 if is_decrease(line.row.label) else 1,
        names=bool(labels) and not has_role(labels[-1], "total"),
        says_quantity=unit is not None or match.metric is not None,
        is_total=line.role == "total" or heads_time,
    )


def _period(line: RowLine, within: _Within) -> Period | None:
    """The row's own time, that of its heading, or that of a merged stub beside it."""
    own = within.time_of(line.row.label)
    above = within.before.get(line.parent or 0)
    if own is not None or (above is not None and above.period is not None):
        return own or (above.period if above else None)
    found, periods = None, within.table.periods
    for stub in line.row.stubs:
        time = label_period(stub, periods)
        if time is not None and (found is None or len(time.code) >= len(found.code)):
            found, periods = time, replace(periods, year=time.year, reference=time)
    return found


def _extra(line: RowLine, by_index: Mapping[int, RowLine]) -> tuple[str, ...]:
    """Under a region "Trong đó: nữ" is a word of the metric."""
    words: list[str] = []
    current: RowLine | None = line
    while current is not None and current.role == "of_which":
        words.insert(0, bare_label(current.row.label))
        current = by_index.get(current.parent or 0)
    return tuple(words)
