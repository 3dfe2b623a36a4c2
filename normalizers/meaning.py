"""What a column or a row says of its figures: unit, time, scenario, measure, base.

The nearest word wins: a column's own head, then its row, then the caption, then the title, then the
document; a comparison ("tăng so với năm 2023") belongs to the period and plan of the column it compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.context import DocumentContext
from normalizers.headers import Column
from normalizers.metrics import match_header
from normalizers.periods import PeriodContext, find_periods, read_period
from normalizers.scenarios import scenario_of
from normalizers.titles import is_title, names_quantity, title_scenario, without_decrees
from normalizers.units import Unit, find_unit
from normalizers.words import bare_label, has_role, word_key
from solieu.model import Measure, Period, Scenario
from solieu.text import one_line

PERCENT = Unit("percent", Decimal(1), "%")
_RATES = frozenset({"percent", "per_mille", "percentage_point"})
_RATE_HEAD = re.compile(r"(?<!\w)(?:tỷ|tỉ) (?:lệ|trọng|suất)(?!\w)|cơ cấu|%", re.IGNORECASE)
_RATIO = re.compile(
    r"(?<![\w/])(ưth|uth|ước th|th|qt|kh|dt|ưkh)\s*(?:năm\s*)?(\d{4})?\s*/\s*"
    r"(ưth|th|qt|kh|dt|ưkh)\s*(?:năm\s*)?(\d{4})?(?![\w/])",
    re.IGNORECASE,
)
_YEARS_RATIO = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*/\s*((?:19|20)\d{2})(?!\d)")
_LONE_YEAR = re.compile(r"(?<![\d/.,-])((?:19|20)\d{2})(?![\d/.,-])")
_OPEN_COMPARISON = re.compile(
    r"so (?:sánh )?(?:với|cùng kỳ)\s*(?:\(\s*%\s*\))?\s*:?$", re.IGNORECASE
)
_AGAINST = re.compile(
    r"so (?:sánh )?(?:với|cùng)|so sánh|bằng .*%|cùng kỳ|cùng thời", re.IGNORECASE
)
_UP = re.compile(r"tăng|vượt", re.IGNORECASE)
_DOWN = re.compile(r"(?<!tăng)(?<!tăng,)(?<!tăng/)(?<!tăng )(?:giảm|thấp hơn|hụt)", re.IGNORECASE)
_GAP = re.compile(r"chênh lệch|\+/-|\+,-|±", re.IGNORECASE)
_PLAN = re.compile(
    r"kế hoạch|(?<!\w)kh(?!\w)|dự toán|(?<!\w)dt(?!\w)|chỉ tiêu|mục tiêu", re.IGNORECASE
)
_MONEY_HEAD = re.compile(r"trị giá|giá trị|kim ngạch|thành tiền|số tiền|kinh phí", re.IGNORECASE)
_SPLIT_UNITS = re.compile(r"\s+và\s+|\s*[;,]\s*", re.IGNORECASE)
_DECLARATION = re.compile(r"^\W*(?:đơn vị(?: tính)?|đvt|đv tính|unit)\s*[:.]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableMeaning:
    """What caption, title and headings say for all figures of a table."""

    units: tuple[Unit, ...]
    period: Period | None
    scenario: Scenario
    title: str | None
    periods: PeriodContext


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


def table_meaning(
    lines: Sequence[str], notes: Sequence[str], context: DocumentContext
) -> TableMeaning:
    """Read the words around a table; `lines` nearest and most telling first."""
    texts = [without_decrees(t) for t in (*lines, *notes)]
    periods = context.periods()
    period = next((p for t in texts if (p := _first_period(t, periods)) is not None), None)
    source = replace(period, source="caption") if period else context.period
    scenario = title_scenario(lines) or context.scenario
    return TableMeaning(
        units=_caption_units((*notes, *lines)),
        period=source,
        scenario=scenario,
        title=next((t for t in lines if is_title(t)), None),
        periods=replace(
            periods,
            year=source.year if source else context.year,
            reference=source or context.period,
            plan=scenario == "plan",
        ),
    )


def _first_period(text: str, periods: PeriodContext) -> Period | None:
    for mention in find_periods(text, periods):
        if mention.period is not None and mention.comparison is None:
            return mention.period
    return None


def _caption_units(lines: Iterable[str]) -> tuple[Unit, ...]:
    """The declared units: one, or two as in "Nghìn tấn và triệu USD"."""
    for line in lines:
        declared = _DECLARATION.match(one_line(line).strip("()"))
        if declared is None and find_unit(line) is None:
            continue
        rest = one_line(line).strip("()")[declared.end() if declared else 0 :]
        parts = [u for part in _SPLIT_UNITS.split(rest) if (u := find_unit(part)) is not None]
        if len(parts) > 1 and len(rest) < 60:
            return tuple(parts)
        unit = find_unit(line)
        if unit is not None and (declared or len(one_line(line)) <= 40 or "(" in line):
            return (unit,)
    return ()


def column_meanings(
    columns: Sequence[Column], table: TableMeaning, skip: frozenset[str]
) -> dict[int, ColumnMeaning]:
    """Meaning of every value column; comparisons take time and scenario from their neighbours."""
    found: dict[int, ColumnMeaning] = {}
    for column in columns:
        if column.kind == "value":
            path = tuple(e for e in column.path if e not in skip)
            found[column.index] = _compared(_column(path, table), list(found.values()))
    return found


def _column(path: tuple[str, ...], table: TableMeaning) -> ColumnMeaning:
    text = " ".join(path)
    match = match_header(path)
    unit = header_unit(path, table.units)
    measure, basis = _measure(text, match.measure, match.basis, unit)
    if measure in {"plan_completion", "share"} and unit is None:
        unit = PERCENT if _RATE_HEAD.search(text) or _is_ratio(text) else None
    return ColumnMeaning(
        path=path,
        unit=unit,
        period=_column_period(path, table),
        scenario=None if measure in {"plan_completion"} else scenario_of(path),
        measure=measure,
        basis=basis,
        metric=match.metric,
        vocabulary_unit=match.unit,
        sign=-1 if measure in {"change", "growth"} and is_decrease(text) else 1,
        is_total=bool(path) and has_role(path[-1], "total"),
        names_quantity=any(names_quantity(e) for e in path),
    )


def is_decrease(text: str) -> bool:
    return bool(_DOWN.search(text)) and not _UP.search(text)


def header_unit(path: Sequence[str], caption: Sequence[Unit]) -> Unit | None:
    """The unit that the head states, innermost first; a caption's magnitude completes a bare noun."""
    for element in reversed(path):
        unit = find_unit(element)
        if unit is None:
            continue
        for other in caption:
            if other.code == unit.code and unit.multiplier == 1:
                return other
        return unit
    text = " ".join(path)
    if re.search(r"(?<!\w)(?:tỷ|tỉ) (?:lệ|trọng)(?!\w)|cơ cấu", text, re.IGNORECASE):
        return PERCENT
    return None


def caption_unit(path: Sequence[str], caption: Sequence[Unit]) -> Unit | None:
    """Of a caption that declares an amount and a value, the one that the head means."""
    if len(caption) < 2:
        return caption[0] if caption else None
    money = [u for u in caption if u.code in {"VND", "USD", "EUR"}]
    others = [u for u in caption if u not in money]
    wanted = money if _MONEY_HEAD.search(" ".join(path)) else others
    return wanted[0] if wanted else caption[0]


def _measure(
    text: str, known: Measure | None, basis: str | None, unit: Unit | None
) -> tuple[Measure | None, str | None]:
    rate = unit is not None and unit.code in _RATES
    ratio = _RATIO.search(text)
    years = _YEARS_RATIO.search(text)
    if ratio:
        return _ratio(ratio)
    if years:
        return "share", "previous_year" if int(years[1]) - int(years[2]) == 1 else None
    changes = bool(_UP.search(text) or _DOWN.search(text))
    if known == "plan_completion" or (rate and _AGAINST.search(text) and _PLAN.search(text)):
        return "plan_completion", basis or "plan"
    if known == "change" and rate:
        return "growth", basis or base_of(text)
    if known == "growth" and not changes and _AGAINST.search(text):
        return "share", basis or base_of(text)
    if known is not None:
        return known, basis or (base_of(text) if known in {"change", "growth"} else None)
    if unit is None and _is_ratio(text):
        return ("plan_completion", "plan") if _PLAN.search(text) else ("share", base_of(text))
    if _AGAINST.search(text) and rate:
        return ("growth" if changes else "share"), base_of(text)
    if changes and _AGAINST.search(text):
        return "change", base_of(text)
    return ("share", None) if rate else (None, None)


def _is_ratio(text: str) -> bool:
    """ "Năm 2024 so với năm 2023", "TH/KH": nothing but a percentage can stand below it."""
    if _RATIO.search(text) or _YEARS_RATIO.search(text):
        return True
    compares = re.search(r"so (?:sánh )?(?:với|cùng)", text, re.IGNORECASE)
    return bool(compares) and not (_UP.search(text) or _DOWN.search(text) or _GAP.search(text))


def _ratio(ratio: re.Match[str]) -> tuple[Measure, str | None]:
    """ "TH/KH" is how much of the plan was done, "TH 2020/TH 2019" an index against last year."""
    above, below = ratio[1].casefold(), ratio[3].casefold()
    planned = {"kh", "dt", "ưkh"}
    if below in planned and above not in planned:
        return "plan_completion", "plan"
    if ratio[2] and ratio[4] and ratio[2] == ratio[4] and below in planned:
        return "plan_completion", "plan"
    return "share", "previous_year"


def base_of(text: str) -> str | None:
    """What a comparison is made with, as the contract names it."""
    key = word_key(text)
    if re.search(r"cùng|năm trước", text, re.IGNORECASE) and "cung" in _plain(key):
        if "tháng trước" in text.casefold():
            return "previous_month"
        return "same_period_last_year"
    if "tháng trước" in text.casefold():
        return "previous_month"
    if re.search(r"năm (?:trước|\d{4})", text, re.IGNORECASE):
        return "previous_year"
    return None


def _plain(key: str) -> str:
    return key.replace("ù", "u").replace("\u0300", "")


def _column_period(path: Sequence[str], table: TableMeaning) -> Period | None:
    """The innermost element that names a time, completed by those above it."""
    context, found = table.periods, None
    for element in path:
        period = element_period(element, context)
        if period is not None:
            found = replace(period, source="column")
            context = replace(context, year=period.year, reference=period)
        if _OPEN_COMPARISON.search(element):
            break
    return found


def element_period(element: str, context: PeriodContext) -> Period | None:
    """The time a header element is for; what it is compared with does not count."""
    ratio = _RATIO.search(element) or _YEARS_RATIO.search(element)
    named = next((g for g in ratio.groups() if g and g.isdigit()), None) if ratio else None
    if named is None:
        found = _first_period(element, context)
        if found is not None:
            return found
        years = _LONE_YEAR.findall(_AGAINST.split(element)[0])
        named = years[0] if len(set(years)) == 1 else None
    reading = read_period(f"năm {named}", context) if named else None
    return reading.period if reading else None


def label_period(label: str, context: PeriodContext) -> Period | None:
    """The time that a row's label is: "Năm 2017", "Quý I"; not "Lúa cả năm 2017 (ha)"."""
    text = bare_label(label).strip(" .:")
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        reading = read_period(f"năm {text}", context)
        return replace(reading.period, source="row") if reading and reading.period else None
    if not re.match(r"^(?:năm|quý|tháng|giai đoạn|sơ bộ|ước|kế hoạch|\d)", text, re.IGNORECASE):
        return None
    for mention in find_periods(text, context):
        letters = sum(c.isalnum() for c in text[mention.start : mention.end])
        if mention.period is not None and letters >= 0.6 * sum(c.isalnum() for c in text):
            return replace(mention.period, source="row")
    return None


def _compared(column: ColumnMeaning, before: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """ "Tăng so với năm 2023" beside "Kế hoạch 2024": the plan's increase, in 2024."""
    if column.measure not in {"change", "growth", "plan_completion"} or column.period is not None:
        return column
    siblings = [
        b
        for b in before
        if b.path[:-1] == column.path[:-1]
        and b.measure not in {"change", "growth", "plan_completion"}
    ]
    if not siblings or (column.path[:-1] == () and len(column.path) == 0):
        return column
    last = siblings[-1]
    scenario = column.scenario
    if column.measure in {"change", "growth"} and (scenario is None or scenario == "actual"):
        scenario = last.scenario or scenario
    metric = column.metric or last.metric
    unit = column.unit or (last.unit if column.measure == "change" else None)
    return replace(column, period=last.period, scenario=scenario, metric=metric, unit=unit)
