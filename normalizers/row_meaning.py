"""What each row says of its figures: its unit, its time, the metric it names.

A unit column, a unit in the label ("Diện tích (Nghìn ha)") or a row of units printed over a group
outranks the caption; a heading passes its unit and its time on to the rows below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.headers import Column
from normalizers.meaning import TableMeaning, is_decrease, label_period, scenario_of
from normalizers.metrics import MetricMatch, match_header
from normalizers.rows import RowLine
from normalizers.sheet import Sheet, is_ditto, is_unit_text
from normalizers.territories import Axes
from normalizers.units import Unit, find_unit
from normalizers.words import bare_label, has_role
from solieu.model import Period
from solieu.text import one_line

NO_METRIC = MetricMatch(None)


@dataclass(frozen=True, slots=True)
class RowMeaning:
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


def row_meanings(
    sheet: Sheet,
    made: Sequence[Column],
    lines: Sequence[RowLine],
    table: TableMeaning,
    places: Axes,
) -> dict[int, RowMeaning]:
    unit_column = next((c.index for c in made if c.kind == "unit"), None)
    by_index = {line.row.index: line for line in lines}
    units: dict[int, Unit | None] = {}
    printed: dict[int, dict[int, Unit]] = {}
    found: dict[int, RowMeaning] = {}
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
    before: dict[int, RowMeaning],
) -> RowMeaning:
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
    match = match_header(tuple(bare_label(t) for t in labels)) if labels else NO_METRIC
    if places.rows_are_regions:
        match, unit = NO_METRIC, unit if extra else _bracket_unit(line.row.label)
    scenario = scenario_of((line.row.label,)) if not places.rows_are_regions else None
    return RowMeaning(
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
    """ "Trong đó: nữ" under a region is a word of the metric."""
    words: list[str] = []
    current: RowLine | None = line
    while current is not None and current.role == "of_which":
        words.insert(0, bare_label(current.row.label))
        current = by_index.get(current.parent or 0)
    return tuple(words)
