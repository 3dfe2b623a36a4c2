"""What a column takes from those beside it, where its own head is silent.

A comparison has the time and the plan of what it compares; a rate those of the figures that it
rates; and in a plan the columns before the planned ones say where things stand today.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.layout.titles import has_content, names_quantity
from normalizers.layout.words import has_role, named_part, starts_with_role, word_key
from normalizers.metrics import match_header
from normalizers.periods.compared import months_of
from normalizers.tables.comparisons import (
    is_decrease,
    opens_comparison,
    tells_change,
    tells_gap_alone,
)
from normalizers.units import Unit, find_unit, is_rate
from solieu.model import Measure, Period, Scenario
from solieu.quick import replace

_BARE = re.compile(r"đạt|hoàn thành|(?:số )?tương đối|\(|\)|%|so với kh", re.IGNORECASE)
_REACHED = re.compile(r"(?<!\w)(?:đạt|hoàn thành|thực hiện)(?!\w)", re.IGNORECASE)
_OTHER_THING = re.compile(
    r"(?<!\w)(?:vốn|tiền|kinh phí|giá trị|doanh thu|diện tích|sản lượng)(?!\w)"
    r"|(?<!\w)(?:tỷ lệ|tỉ lệ|cơ cấu)(?!\w)|%",
    re.IGNORECASE,
)
"""Under "Trong đó" beside "Số doanh nghiệp" may stand their money."""
RATED: frozenset[Measure | None] = frozenset({"change", "growth", "plan_completion", "share"})
_OWN_BASES = frozenset({None, "receivable", "labour_force", "population"})
"""What a rate is of, and no earlier or planned figure that it is compared with."""
_LEVELS = 2
_COMPARED: frozenset[Measure | None] = frozenset({"change", "growth", "plan_completion"})


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What a column's head says; None where it leaves it to the row or the table."""

    path: tuple[str, ...]
    """Head elements without those that only name a territory."""
    unit: Unit | None
    period: Period | None
    scenario: Scenario | None
    measure: Measure | None
    basis: str | None
    metric: str | None
    vocabulary_unit: str | None
    sign: int
    is_total: bool
    names_quantity: bool
    whole: tuple[str, ...] = ()
    """Heads of the columns that it is a part of, for its label."""
    torn: bool = False
    """The head leaves open of which time it is: beside a month and months added up, "từ 27/4"."""
    misprints: tuple[str, ...] = ()
    """Dates in its head that no calendar has."""


def settled(
    columns: Mapping[int, ColumnMeaning], period: Period | None, scenario: Scenario
) -> dict[int, ColumnMeaning]:
    """All columns, each with what its neighbours add.

    Args:
        columns: by place, from the left, as their heads alone say it.
        period: the table's own time.
        scenario: what the table's title says its figures are.
    """
    ahead = scenario == "plan" and period is not None and period.source == "caption"
    known = _of_wholes(columns)
    known = _dated_before_plan(known, period) if ahead and period else known
    found: dict[int, ColumnMeaning] = {}
    earlier: list[ColumnMeaning] = []
    siblings: dict[tuple[str, ...], list[ColumnMeaning]] = defaultdict(list)
    for index, own in known.items():
        before = siblings[own.path[:-1]]
        column = _gap(_of_plan(own, _compared_with(own, before, earlier)), before)
        column = _across(column, earlier)
        found[index] = _rated(_compared(column, before, earlier, period), earlier)
        earlier.append(found[index])
        before.append(found[index])
    return found


def named_alike(columns: Mapping[int, ColumnMeaning]) -> dict[int, ColumnMeaning]:
    """A bare "Số tiền" has the unit that is printed behind another "Số tiền (đồng)"."""
    leaves = {i: _leaf(c) for i, c in columns.items()}
    told = {leaves[i]: c.unit for i, c in columns.items() if c.unit is not None}
    alike = _AMOUNTS.intersection(told)
    return {
        i: replace(c, unit=told[leaves[i]]) if c.unit is None and leaves[i] in alike else c
        for i, c in columns.items()
    }


def _leaf(column: ColumnMeaning) -> str:
    return word_key(re.sub(r"\([^()]*\)", " ", column.path[-1])) if column.path else ""


_AMOUNTS = frozenset(
    map(word_key, ("số tiền", "trị giá", "giá trị", "thành tiền", "kinh phí", "tiền", "diện tích"))
)


def _of_wholes(columns: Mapping[int, ColumnMeaning]) -> dict[int, ColumnMeaning]:
    """Under "Bao gồm" or "Trong đó" are parts of the column to the left, of its time and plan."""
    made: list[ColumnMeaning] = []
    for column in columns.values():
        whole = _whole_of(column, made)
        made.append(column if whole is None else _part_of(column, whole))
    return dict(zip(columns, made, strict=True))


def _whole_of(column: ColumnMeaning, earlier: Sequence[ColumnMeaning]) -> ColumnMeaning | None:
    """The nearest column to the left that is not itself among the parts."""
    depth = next((d for d, e in enumerate(column.path) if _is_parts(e)), None)
    if depth is None or column.measure in RATED:
        return None
    before = (b for b in reversed(earlier) if b.path[:depth] == column.path[:depth])
    whole = next((b for b in before if b.path[depth : depth + 1] != (column.path[depth],)), None)
    return None if whole is None or whole.measure in RATED else whole


def _is_parts(element: str) -> bool:
    return starts_with_role(element, "of_which") or has_role(element, "parts")


def _part_of(column: ColumnMeaning, whole: ColumnMeaning) -> ColumnMeaning:
    named = tuple(element for element in whole.path[-1:] if names_quantity(element))
    of_them = _is_of_them(column, whole)
    bare = of_them or (column.unit is None and column.vocabulary_unit is None)
    same = not _OTHER_THING.search(column.path[-1])
    said = match_header((*named, named_part(column.path[-1]))) if named and same else None
    return replace(
        column,
        unit=whole.unit if bare and same else column.unit,
        metric=column.metric or (said.metric if said else None),
        period=column.period or whole.period,
        scenario=column.scenario or whole.scenario,
        whole=(*whole.whole, *named),
    )


def _is_of_them(column: ColumnMeaning, whole: ColumnMeaning) -> bool:
    """Under "Tổng dư nợ" a part "Hộ nghèo" is what they owe, and no number of households."""
    head = column.path[-1].casefold().strip()
    named = find_unit(head) if column.unit is not None else None
    themselves = named is not None and named.text == head
    return themselves and bool(whole.path) and _OWED.search(whole.path[-1]) is not None


_OWED = re.compile(
    r"(?<!\w)(?:dư nợ|doanh số|tiền|kinh phí|giá trị|doanh thu|vốn|(?:phải|đã|số|tổng) (?:thu|chi))"
    r"(?!\w)",
    re.IGNORECASE,
)


def _compared_with(
    column: ColumnMeaning, before: Sequence[ColumnMeaning], earlier: Sequence[ColumnMeaning]
) -> Sequence[ColumnMeaning]:
    """Under a head of its own ("So sánh") a comparison is with the figures before that head."""
    if any(b.measure not in RATED for b in before):
        return before
    return earlier if any(map(opens_comparison, column.path[:-1])) else before


def _of_plan(column: ColumnMeaning, before: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """A bare "Tỷ lệ (%)" beside "Kế hoạch" and "Thực hiện" is how much of the plan was done."""
    bare = column.measure == "share" and column.basis is None and column.path
    if not bare or column.scenario == "plan" or not compares_plan(column.path[-1]):
        return column
    near = [b for b in before if _is_figure(b) and not any(map(_is_parts, b.path))][-2:]
    said = {b.scenario for b in near}
    done = next((b for b in near if b.scenario != "plan"), None)
    reached = said == {"plan", None} and _REACHED.search(column.path[-1]) is not None
    if done is None or not (reached or said in ({"plan", "actual"}, {"plan", "estimate"})):
        return column
    return replace(
        column,
        measure="plan_completion",
        basis="plan",
        scenario=done.scenario or "actual",
        period=column.period or done.period,
        metric=column.metric or done.metric,
    )


def _across(column: ColumnMeaning, earlier: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """Under "Tỷ lệ đạt (%)" stand again the kinds that stood under "Chỉ tiêu" and "Kết quả"."""
    alike = [b for b in earlier if b.path[-1:] == column.path[-1:]]
    if len(column.path) < _LEVELS or len(alike) < _LEVELS or column.measure != "share":
        return column
    made = _of_plan(replace(column, path=column.path[:-1]), alike)
    return replace(made, path=column.path)


def _figures(columns: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """Those that are no rates of others and no changes."""
    return [b for b in columns if b.measure not in RATED]


def _gap(column: ColumnMeaning, before: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """A bare "Còn thiếu" or "Vượt" beside a plan and what was done is the difference of the two."""
    if column.measure is not None or not column.path or not tells_gap_alone(column.path[-1]):
        return column
    figures = _figures(before)
    done = next((b for b in reversed(figures) if b.scenario != "plan"), None)
    if done is None or all(b.scenario != "plan" for b in figures):
        return column
    rate = is_rate(column.unit)
    return replace(
        column,
        measure="growth" if rate else "change",
        basis="plan",
        sign=-1 if is_decrease(column.path[-1]) else 1,
        scenario=done.scenario,
        period=column.period or done.period,
        metric=column.metric or done.metric,
        vocabulary_unit=column.vocabulary_unit or done.vocabulary_unit,
        unit=column.unit or done.unit,
    )


def _is_figure(column: ColumnMeaning) -> bool:
    """What may be planned and done, be it a rate itself: "BHYT (%)" over "KH", "TH", "%"."""
    rate = column.measure == "share" and column.basis is None and column.scenario is not None
    return rate or column.measure not in RATED


def compares_plan(element: str) -> bool:
    """What was done of a plan, where one stands beside it: "Đạt (%)", "So với KH"."""
    return not has_content(_BARE.sub(" ", element))


def _compared(
    column: ColumnMeaning,
    before: Sequence[ColumnMeaning],
    earlier: Sequence[ColumnMeaning],
    period: Period | None,
) -> ColumnMeaning:
    """A comparison takes what it does not say itself from the column it compares.

    "Tăng so với năm 2023" beside "Kế hoạch 2024" is the plan's increase, in 2024; beside "Năm 2023"
    and "Cùng kỳ 2022" an increase is of 2023, whichever stands nearer.
    """
    based = column.measure == "share" and column.basis not in _OWN_BASES
    if not (column.measure in _COMPARED or based):
        return column
    if column.period is not None:
        return _expected(column, earlier)
    siblings = _figures(before)
    if column.basis == "plan" and not _are_planned(siblings) and _are_planned(earlier):
        siblings = _figures(earlier)
    if not siblings:
        return _timed(column, _figures(earlier))
    done = [b for b in siblings if b.scenario != "plan"]
    of_plan = done if column.measure == "plan_completion" and done else siblings
    last = _latest(_of_length(of_plan, column.basis), period)
    expected = column.measure != "plan_completion" or last.scenario == "estimate"
    follows = expected and column.scenario in {None, "actual"}
    bare = not column.names_quantity
    return replace(
        column,
        torn=column.torn or _is_torn(column, siblings, last),
        period=last.period,
        scenario=(last.scenario or column.scenario) if follows else column.scenario,
        metric=column.metric or last.metric,
        vocabulary_unit=column.vocabulary_unit or last.vocabulary_unit,
        unit=column.unit or (last.unit if bare and column.measure == "change" else None),
    )


def _are_planned(columns: Sequence[ColumnMeaning]) -> bool:
    """Whether there is a plan among the figures, so that one can be measured by it."""
    return any(b.scenario == "plan" for b in _figures(columns))


def _expected(column: ColumnMeaning, earlier: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """What is compared was estimated: "Tháng 10 so với tháng 9" beside "Ước tính tháng 10"."""
    code = column.period.code if column.period else None
    of_time = {b.scenario for b in _figures(earlier) if b.period and b.period.code == code}
    estimated = column.scenario is None and "estimate" in of_time and not of_time & {"actual", None}
    return replace(column, scenario="estimate") if estimated else column


def _of_length(columns: list[ColumnMeaning], basis: str | None) -> list[ColumnMeaning]:
    """Against the month before goes a month, and not the months added up beside it."""
    months = _MONTHS.get(basis or "")
    if months is None:
        return columns
    return [c for c in columns if c.period and months_of(c.period) == months] or columns


def _is_torn(column: ColumnMeaning, columns: Sequence[ColumnMeaning], last: ColumnMeaning) -> bool:
    """Beside "Tháng 7" and "7 tháng" a bare "So với cùng kỳ" may be said of either."""
    if column.basis != "same_period_last_year" or last.period is None:
        return False
    done = (c.period for c in columns if c.scenario != "plan" and c.period is not None)
    ends = {p.code for p in done if p.year == last.period.year and p.end == last.period.end}
    return len(ends) > 1


_MONTHS = {"previous_month": 1, "previous_quarter": 3}


def _timed(column: ColumnMeaning, earlier: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """Under a head of its own ("So sánh (%)") a comparison is of what was done last."""
    done = [b for b in earlier if b.scenario != "plan" and b.period is not None]
    if not done:
        return column
    last = _latest(_of_length(done, column.basis), None)
    return replace(
        column,
        torn=column.torn or _is_torn(column, done, last),
        period=last.period,
        scenario=column.scenario or last.scenario or "actual",
    )


def _latest(columns: Sequence[ColumnMeaning], period: Period | None) -> ColumnMeaning:
    """The column of the latest year, of several the last: bases of comparison are older.

    A column that names no time is of the table's own.
    """
    times = [column.period or period for column in columns]
    years = [time.year if time else 0 for time in times]
    last = max(range(len(columns)), key=lambda at: (years[at], at))
    later = [at for at, time in enumerate(times) if _follows(time, times[last])]
    return columns[later[-1] if later else last]


def _follows(time: Period | None, before: Period | None) -> bool:
    """A month behind a month, as long: "Kỳ trước" printed behind "Kỳ báo cáo" is the older."""
    if time is None or before is None or time.end is None or before.end is None:
        return False
    return time.end > before.end and months_of(time) == months_of(before) == 1


def _rated(column: ColumnMeaning, earlier: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """A rate without a time of its own is of the nearest figures to its left that have one."""
    if column.measure != "share" or column.period is not None or column.basis not in _OWN_BASES:
        return column
    moved = bool(column.path) and tells_change(column.path[-1])
    near = next(
        (
            b
            for b in reversed(earlier)
            if b.measure not in RATED or (moved and b.measure == "change")
        ),
        None,
    )
    if near is None:
        return column
    return replace(column, period=near.period, scenario=column.scenario or near.scenario)


def _dated_before_plan(
    columns: Mapping[int, ColumnMeaning], period: Period
) -> dict[int, ColumnMeaning]:
    """In a plan for 2026 "Số người đến 31/12/2025" is no plan, nor is "Dân số" to its left."""
    made = {i: _as_outcome(c, period) for i, c in columns.items()}
    outcomes = [i for i, c in made.items() if c.scenario == "actual" and c.period is not None]
    planned = [i for i, c in made.items() if _is_planned(c, period)]
    if not outcomes or not planned:
        return dict(columns)
    then = made[outcomes[0]].period
    for index, column in made.items():
        silent = column.period is None and column.scenario is None and column.measure not in RATED
        if silent and index < planned[0]:
            made[index] = replace(column, period=then, scenario="actual")
    return made


def _as_outcome(column: ColumnMeaning, period: Period) -> ColumnMeaning:
    """A column dated before the plan begins shows what was, whatever the title announces."""
    if (
        column.scenario is not None
        or column.period is None
        or not _is_before(column.period, period)
    ):
        return column
    return replace(column, scenario="actual")


def _is_before(earlier: Period, plan: Period) -> bool:
    """Whether a year had ended when a plan began; a plan for 2021 - 2025 begins in 2021."""
    return earlier.year < (plan.start.year if plan.start else plan.year)


def _is_planned(column: ColumnMeaning, period: Period) -> bool:
    if column.scenario is not None:
        return column.scenario == "plan"
    return column.period is not None and not _is_before(column.period, period)
