"""What a figure means by where it stands: its column's words, its row's, the table's.

Rows that say the same share one answer per column: a table of a thousand communes needs one for
each column and not one for each cell.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace

from normalizers.layout.titles import names_quantity, without_giver
from normalizers.layout.words import bare_label, starts_with_role
from normalizers.measures import RATES
from normalizers.metrics import MetricMatch, match_header
from normalizers.tables.implied import NOTHING_SAID, implied_unit, is_average
from normalizers.tables.meaning import TableMeaning, caption_unit, money_unit
from normalizers.tables.narrowed import average, is_part, prints_other_year
from normalizers.tables.neighbours import ColumnMeaning
from normalizers.tables.row_meaning import NO_METRIC, RowMeaning
from normalizers.tables.subjects import first_flow
from normalizers.tables.times import written_out, year_planned
from normalizers.tables.values import Reading, is_count
from normalizers.units import MONEY, ONE, Unit
from solieu.model import Measure, Period, Scenario
from solieu.quick import quick

_PRELIMINARY = re.compile(r"sơ bộ|chính thức|prel(?:iminary)?\.?", re.IGNORECASE)
_UP_AND_DOWN = re.compile(r"(?<!\w)(?:tăng\W+(?:và )?giảm|biến động)(?!\w)", re.IGNORECASE)
_SUM = re.compile(r"\W*tổng (?:số )?(?:thu|chi)(?!\w)", re.IGNORECASE)
"""What the title says of which kind: "Tổng thu" under "Thu ngân sách nhà nước trên địa bàn"."""
_UNPRINTED = 0.6
"""How sure plain đồng is where nothing prints the unit of money: most tables are in millions."""
_UNSAID = 0.9
"""How sure a figure is of which no word says what it counts."""
_THINGS = frozenset({"person", "household", "organisation", "tonne", "hectare"})
_AMOUNTS = MONEY | _THINGS
_OF_AMOUNTS: dict[Measure, Measure] = {
    "share": "level",
    "plan_completion": "level",
    "growth": "change",
}


@quick
@dataclass(frozen=True, slots=True)
class Said:
    """All that the words around a figure say of it, but for its territory."""

    unit: Unit
    label: str
    metric: str | None
    scenario: Scenario
    measure: Measure
    basis: str | None
    period: Period | None
    is_total: bool
    falls: bool
    """A printed 12 under "Số giảm" is -12."""
    unit_assumed: bool
    """Only the vocabulary says that this is money; by how much it is divided nothing prints."""
    trust: float
    """What the unit and the time leave of a figure's confidence."""


def _is_assumed(unit: Unit) -> bool:
    return unit.code in MONEY and not unit.text


def _trust(unit: Unit, *, torn: bool) -> float:
    """`torn`: of which time it is, or whether it is an average, the words leave open."""
    if _is_assumed(unit):
        return _UNPRINTED
    return _UNSAID if unit is NOTHING_SAID or torn else 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a table's columns and rows, put together where a figure asks for them."""

    table: TableMeaning
    columns: Mapping[int, ColumnMeaning]
    rows: Mapping[int, RowMeaning]
    rows_are_regions: bool
    crossed: Mapping[tuple[int, str], ColumnMeaning] = field(default_factory=dict)
    """By column and inner label, where a table's rows are crossed."""
    inner: Mapping[int, str] = field(default_factory=dict)
    """By row the inner label, as `crossed` has it."""
    _kinds: dict[int, int] = field(default_factory=dict)
    _numbers: dict[Hashable, int] = field(default_factory=dict)
    _known: dict[tuple[int, int, Unit | None], Said] = field(default_factory=dict)

    def of(self, column: int, row: int, reading: Reading) -> Said:
        """What is said of a figure in this column and row."""
        kind = self._kinds.get(row)
        if kind is None:
            # A kind is long to hash: its number stands for it in each of the row's cells.
            kind = self._numbers.setdefault(self._kind(row), len(self._numbers))
            self._kinds[row] = kind
        key = (column, kind, reading.unit)
        said = self._known.get(key)
        if said is None:
            head = self.crossed.get((column, self.inner.get(row, ""))) or self.columns[column]
            said = self._said(head, self.rows[row], column, reading)
            self._known[key] = said
        return said

    def column_unit(self, column: ColumnMeaning) -> Unit | None:
        """The unit that a column's figures have as a whole, to weigh how they are printed."""
        if column.unit is not None:
            return column.unit
        row_units = [r.unit for r in self.rows.values() if r.unit is not None]
        if row_units:
            return row_units[0] if len({u.code for u in row_units}) == 1 else None
        unit = caption_unit(column.path, self.table.units)
        unit = unit or money_unit(column.path, self.table)
        if unit is None and column.vocabulary_unit:
            unit = Unit(column.vocabulary_unit, ONE, "")
        return unit

    def _kind(self, row: int) -> Hashable:
        """The same for rows of which the same is said: territories have no other words."""
        said = self.rows[row]
        if not self.rows_are_regions or said.extra or said.by_column:
            return row
        return (said.unit, said.period, said.scenario, said.match, said.sign, said.is_total)

    def _said(self, column: ColumnMeaning, row: RowMeaning, index: int, reading: Reading) -> Said:
        period = self._period(column, row)
        title = " ".join(filter(None, (self.table.title, self.table.subject)))
        metric, doubted = _coded(self._metric(column, row), column, row, (title, period))
        unit = _in_points(self._unit(index, column, row, metric, reading), column, row)
        measure = _measure(column.measure or metric.measure or row.match.measure, unit)
        decrease = column.sign if column.measure else row.sign
        outcome: Scenario | None = "actual" if measure == "plan_completion" else None
        torn = column.torn or doubted or _is_misdated(column, period)
        return Said(
            unit=unit,
            label=self._label(column, row),
            metric=metric.metric if _fits(metric.unit, unit) else None,
            scenario=column.scenario or row.scenario or outcome or self.table.scenario,
            measure=measure,
            basis=column.basis or metric.basis,
            period=period,
            is_total=row.is_total or column.is_total,
            falls=decrease < 0 and measure in {"change", "growth"},
            unit_assumed=_is_assumed(unit),
            trust=_trust(unit, torn=torn),
        )

    def _period(self, column: ColumnMeaning, row: RowMeaning) -> Period | None:
        if column.period is not None and row.period is not None:
            return _narrower(column.period, row.period)
        said = column.period or row.period
        own = self.table.period or self.table.told
        planned = "plan" in (column.scenario, row.scenario) and self.table.scenario != "plan"
        level = column.measure is None
        return said or (year_planned(own) if planned and level and own else own)

    def _unit(
        self,
        index: int,
        column: ColumnMeaning,
        row: RowMeaning,
        metric: MetricMatch,
        reading: Reading,
    ) -> Unit:
        if reading.unit is not None:
            return reading.unit
        if column.unit is not None and not _is_rate_of(row, column):
            averaged = any(map(is_average, row.labels[-1:])) and is_count(column.unit.code)
            return NOTHING_SAID if averaged else _scaled(column.unit, row, index)
        if (printed := row.by_column.get(index)) is not None:
            return printed
        amount = money_unit(column.path, self.table)
        declared = amount or (self.table.units[0] if len(self.table.units) == 1 else None)
        if row.unit is not None and (declared is None or not _is_its_unit(row)):
            return self._of_group(column, row, row.unit)
        unit = caption_unit(column.path, self.table.units)
        unit = unit or money_unit(self._heads(column, row), self.table)
        if unit is None and metric.unit:
            unit = Unit(metric.unit, ONE, "")
        return unit or implied_unit((*column.path, *row.labels))

    def _of_group(self, column: ColumnMeaning, row: RowMeaning, unit: Unit) -> Unit:
        """Under "Số người tham gia BHYT theo nhóm" a row "Hộ gia đình" is of people."""
        subject = self.table.subject
        if subject is None or column.names_quantity or not _is_its_unit(row):
            return unit
        people = match_header((subject,)).unit == "person"
        return Unit("person", ONE, "") if people and unit.code in _THINGS else unit

    def _heads(self, column: ColumnMeaning, row: RowMeaning) -> tuple[str, ...]:
        """What says whether the figure is an amount: the head, or the row under a bare time."""
        return column.path if column.names_quantity else (*row.labels, *column.path)

    def _metric(self, column: ColumnMeaning, row: RowMeaning) -> MetricMatch:
        """The code of the column, of the row, or of the title where the head names no quantity."""
        own = not row.is_total or any(names_quantity(label) for label in row.labels[:-1])
        if not self.rows_are_regions and row.labels and own:
            if row.match.metric is None and _SUM.match(row.labels[-1]):
                return match_header((*filter(None, (self.table.subject,)), *row.labels[-1:]))
            return row.match if row.match.metric or row.names else NO_METRIC
        if self.rows_are_regions and row.extra:
            return match_header((*column.path, *row.extra))
        subject = self.table.subject or self.table.title
        if column.metric or column.names_quantity or subject is None:
            return MetricMatch(column.metric, column.vocabulary_unit)
        if (flow := first_flow(subject)) is not None:
            if column.scenario != "plan" and column.measure != "plan_completion":
                return MetricMatch(None, column.vocabulary_unit)
            subject = flow
        parted = (e for e in column.path if not starts_with_role(e, "parts"))
        heads = (written_out(without_giver(e)) for e in parted)
        found = match_header((subject, *(_PRELIMINARY.sub(" ", e) for e in heads)))
        # "Tình hình tăng, giảm số người tham gia" heads the numbers of each year as well.
        return replace(found, measure=None) if _UP_AND_DOWN.search(subject) else found

    def _label(self, column: ColumnMeaning, row: RowMeaning) -> str:
        parts = [*column.whole, *column.path]
        if self.rows_are_regions:
            if not column.names_quantity and self.table.title:
                parts.insert(0, bare_label(self.table.subject or self.table.title))
            parts += row.extra
        else:
            parts += row.labels
            if self.table.title and not column.names_quantity and not row.says_quantity:
                parts.insert(0, bare_label(self.table.title))
        return " / ".join(dict.fromkeys(p for p in parts if p))


def _coded(
    metric: MetricMatch, column: ColumnMeaning, row: RowMeaning, within: tuple[str, Period | None]
) -> tuple[MetricMatch, bool]:
    """The code where the words leave it whole; and whether they leave a doubt."""
    title, period = within
    if metric.metric is None:
        return metric, False
    if is_part(column.path, metric.metric):
        return NO_METRIC, False
    words = (*column.whole, *column.path, *row.labels, *row.extra)
    sure = average(metric.metric, words, title, period, column.basis)
    return (metric, sure < 1) if sure else (NO_METRIC, False)


def _is_misdated(column: ColumnMeaning, period: Period | None) -> bool:
    """Under a head with a year of its own, which was not read as one, the time is doubtful."""
    return column.measure is None and prints_other_year(column.path, period)


def _scaled(unit: Unit, row: RowMeaning, index: int) -> Unit:
    """Under a row "Nghìn người" the head "Nữ" counts thousands as well."""
    over = row.by_column.get(index) or row.unit
    alike = over is not None and over.code == unit.code and unit.multiplier == 1
    return over if over is not None and alike else unit


def _in_points(unit: Unit, column: ColumnMeaning, row: RowMeaning) -> Unit:
    """Under "+/-" beside its rates a "Tỷ lệ nợ xấu (%)" differs by points of a percent."""
    rate = row.unit is not None and row.unit.code == "percent" == unit.code
    differs = column.measure == "change" and column.unit is None and rate
    return replace(unit, code="percentage_point") if differs else unit


def _is_rate_of(row: RowMeaning, column: ColumnMeaning) -> bool:
    """A row "Tỷ lệ (%)" in a column of persons or of money is a percentage."""
    rate = row.unit is not None and row.unit.code in RATES
    return rate and column.unit is not None and column.unit.code in _AMOUNTS


def _is_its_unit(row: RowMeaning) -> bool:
    """The label is the things themselves: what cooperatives owe is no number of cooperatives."""
    unit, label = row.unit, row.labels[-1] if row.labels else ""
    return unit is not None and unit.text.casefold() == label.casefold()


def _fits(metric: str | None, unit: Unit) -> bool:
    """Whether a figure in this unit can be the metric: arrears are no number of employers."""
    if metric is None or metric == unit.code or unit.code not in _AMOUNTS:
        return True
    return metric not in _AMOUNTS and metric not in RATES


def _measure(said: Measure | None, unit: Unit) -> Measure:
    """A percentage is never a level or a change, and an amount never a rate, whatever is said."""
    measure = said or "level"
    if unit.code in RATES:
        return "share" if measure == "level" else "growth" if measure == "change" else measure
    if unit.code in _AMOUNTS or "/" in unit.code or " per " in unit.code:
        return _OF_AMOUNTS.get(measure, measure)
    return measure


def _narrower(column: Period, row: Period) -> Period:
    """A row "Quý I" in a column "2023" is the quarter of that year; of two times the finer."""
    if row.year == column.year or len(row.code) > 4 >= len(column.code):
        return row if len(row.code) >= len(column.code) else column
    return column if len(column.code) > len(row.code) else row
