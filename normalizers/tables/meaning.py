"""What a column or a row says of its figures: unit, time, scenario, measure, base.

The nearest word wins: a column's own head, then its row, the caption, the title, the document; a
comparison ("tăng so với năm 2023") has the period and the plan of the column that it compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalizers.bilingual import vietnamese_part
from normalizers.context import DocumentContext
from normalizers.layout.declared import Declared, all_declared, declared_for, for_all
from normalizers.layout.openings import is_dated
from normalizers.layout.scenarios import scenario_of
from normalizers.layout.sheet import is_unit_text
from normalizers.layout.titles import (
    goes_on,
    is_title,
    names_quantity,
    tells_plan,
    title_scenario,
    without_decrees,
    without_giver,
)
from normalizers.layout.words import has_role, named_part, word_key
from normalizers.metrics import MetricMatch, Vocabulary, content_words, match_header, vocabulary
from normalizers.metrics.words import names_insurance
from normalizers.periods.compared import months_of
from normalizers.periods.reading import PeriodContext, find_periods, misprints
from normalizers.spelling import canonical
from normalizers.tables.comparisons import (
    before_comparison,
    closed,
    compared_scenario,
    head_comparison,
    is_decrease,
    is_expected,
    is_ratio,
    only_changes,
    tells_change,
    under_percentages,
    unmarked,
    versus,
)
from normalizers.tables.computed import compared, computed
from normalizers.tables.headers import Column
from normalizers.tables.neighbours import ColumnMeaning, compares_plan, named_alike, settled
from normalizers.tables.rates import rate_of, rated_beside
from normalizers.tables.shorthand import spelled_out
from normalizers.tables.subjects import subject_of
from normalizers.tables.times import (
    are_terms,
    caption_period,
    column_period,
    counts_since,
    day_of,
    is_same_period,
    is_term,
    label_period,
    since_new_year,
    sums_up,
    written_out,
)
from normalizers.tables.values import PERCENT
from normalizers.units import MONEY, ONE, PERCENTAGES, Unit, copies, find_unit, is_rate
from solieu.model import Measure, Period, Scenario
from solieu.quick import replace
from solieu.text import one_line

_DAYS = 2
_RATE_HEAD = re.compile(r"(?<!\w)(?:tỷ|tỉ) (?:lệ|trọng)(?!\w)|cơ cấu", re.IGNORECASE)
_MONEY_HEAD = re.compile(
    r"trị giá|giá trị|kim ngạch|thành tiền|số tiền|kinh phí|doanh số|doanh thu|dư nợ|nợ quá hạn"
    r"|nợ xấu|(?:còn|tổng|số|tiền|thu|trả) nợ(?= |$)|phải nộp|đã nộp"
    r"|dự toán|quyết toán|giải ngân|số dư|(?<!có )(?<!vay )vốn"
    r"|(?<!người )(?:thu|chi)(?= |$)",
    re.IGNORECASE,
)
_COUNT_HEAD = re.compile(
    r"(?<!\w)(?:số |sản |khối )?lượng(?!\w)|^\W*(?:tổng )?số (?!tiền|dư|thu|chi|vốn|nợ|phải|đã)",
    re.IGNORECASE,
)
_MONEY_NAMES = frozenset(map(word_key, ("tiền", "tiền tệ", "số tiền")))
_LAST_BRACKET = re.compile(r"\(([^()]*)\)\s*$")
_SPLIT_UNITS = re.compile(r"\s+và\s+|\s*[;,]\s*", re.IGNORECASE)
_COUNTED = re.compile(
    r"\W*(?:(?:bảng|biểu|phụ lục)\W*[\d.]+\W*)?(?:tổng )?số (?!liệu)", re.IGNORECASE
)
_BEHIND_TITLE = re.compile(
    r"\(\s*((?:đơn vị(?: tính)?|đvt|đv tính)\s*[:.][^()]+)\)\s*$", re.IGNORECASE
)
"""What a title declares at its end: "Sản lượng điện tháng 6 và 6 tháng (ĐVT: kWh)"."""
_DECLARATION = re.compile(r"^\W*(?:đơn vị(?: tính)?|đvt|đv tính|unit)\s*[:.]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableMeaning:
    """What caption, title and headings say for all figures of a table."""

    units: tuple[Unit, ...]
    declared: Declared
    """Units that the caption declares for some heads or rows only."""
    period: Period | None
    told: Period | None
    """The time of what has no other: that of the text above."""
    scenario: Scenario
    title: str | None
    subject: str | None
    """The title that names a metric, bare of territory and plan or outcome."""
    insurance: bool
    """A title names a fund or the agency of social insurance."""
    periods: PeriodContext


def table_meaning(
    lines: Sequence[str], notes: Sequence[str], context: DocumentContext
) -> TableMeaning:
    """Read the words around a table; `lines` nearest and most telling first."""
    texts = [without_decrees(t) for t in (*lines, *(n for n in notes if not is_dated(n)))]
    periods = context.periods()
    period = next((p for t in texts if (p := caption_period(t, periods)) is not None), None)
    source = replace(period, source="caption") if period else context.period
    scenario = _told_scenario(lines, context)
    return TableMeaning(
        units=_caption_units(said for t in (*notes, *lines) if (said := for_all(t))),
        declared=all_declared((*notes, *lines)),
        period=source,
        told=context.told,
        scenario=scenario,
        title=next((t for t in lines if is_title(t) and not goes_on(t)), None),
        subject=subject_of(texts[: len(lines)], context.on),
        insurance=context.insurance or any(names_insurance(t) for t in lines if is_title(t)),
        periods=replace(
            periods,
            year=source.year if source else context.year,
            reference=source or context.period,
            plan=scenario == "plan",
        ),
    )


def _told_scenario(lines: Sequence[str], context: DocumentContext) -> Scenario:
    if scenario := title_scenario(lines):
        return scenario
    return "plan" if any(map(tells_plan, (*lines, context.title or ""))) else context.scenario


def _caption_units(lines: Iterable[str]) -> tuple[Unit, ...]:
    """The declared units: one, or two as in "Nghìn tấn và triệu USD"."""
    counted = False
    for text in lines:
        bracket = _BEHIND_TITLE.search(text)
        line = bracket[1] if bracket else text
        declared = _DECLARATION.match(one_line(line).strip("()"))
        if declared is None and (counted or find_unit(vietnamese_part(line)) is None):
            continue
        rest = one_line(line).strip("()")[declared.end() if declared else 0 :]
        parts = [u for part in _SPLIT_UNITS.split(rest) if (u := find_unit(part)) is not None]
        if len(parts) > 1 and len(rest) < 60:
            return tuple(parts)
        unit = find_unit(line) or find_unit(vietnamese_part(line))
        if unit is None or (unit.code == "count" and not declared):
            # "KẾ HOẠCH", "Dịch vụ công": things that can be counted, and no unit. But what a
            # title counts ("Số tiêu chí đạt") is not what those further off do.
            counted = counted or _COUNTED.match(one_line(line)) is not None
            continue
        if declared or len(one_line(line)) <= 40 or "(" in line:
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
            said = _meaning_of(path, table)
            total = _is_total(column.path)
            found[column.index] = said if total == said.is_total else replace(said, is_total=total)
    found = named_alike(found)
    found = _cumulated(_of_days(_without_terms(rated_beside(found)), table.periods), table.periods)
    found = _same_periods(found, table.periods)
    return settled(compared(found, computed(columns)), table.period, table.scenario)


def _without_terms(columns: dict[int, ColumnMeaning]) -> dict[int, ColumnMeaning]:
    if not are_terms(c.path[-1] for c in columns.values() if c.path):
        return columns
    return {
        i: replace(c, period=None) if c.path and is_term(c.path[-1]) else c
        for i, c in columns.items()
    }


def _of_days(columns: dict[int, ColumnMeaning], periods: PeriodContext) -> dict[int, ColumnMeaning]:
    """Of one head alone "1/2" may be a half."""
    days = {i: day for i, c in columns.items() if c.path and (day := day_of(c.path[-1], periods))}
    if len({day.code for day in days.values()}) < _DAYS:
        return columns
    return {i: replace(c, period=days.get(i, c.period)) for i, c in columns.items()}


def _cumulated(
    columns: dict[int, ColumnMeaning], periods: PeriodContext
) -> dict[int, ColumnMeaning]:
    """A bare "Lũy kế" behind months goes on to the last of them."""
    made: dict[int, ColumnMeaning] = {}
    months: list[Period] = []
    for index, column in columns.items():
        if column.period is not None and months_of(column.period) == 1:
            months.append(column.period)
        bare = column.period is None and column.path and sums_up(column.path[-1])
        until = since_new_year(months[-1], periods) if bare and months else None
        made[index] = replace(column, period=until) if until else column
    return made


def _same_periods(
    columns: dict[int, ColumnMeaning], periods: PeriodContext
) -> dict[int, ColumnMeaning]:
    """Behind "Lũy kế 4 tháng" a "Cùng kỳ 2023" is of those months of that year."""
    made: dict[int, ColumnMeaning] = {}
    last: Period | None = None
    for index, column in columns.items():
        now = column
        alone = column.measure is None and column.path and is_same_period(column.path[-1])
        whole = column.period is None or column.period.code == str(column.period.year)
        if alone and whole and last is not None:
            since = replace(periods, year=last.year, reference=last)
            now = replace(column, period=column_period(column.path, since))
        made[index] = now
        last = now.period if now.period is not None and now.scenario != "plan" else last
    return made


def crossed_meanings(
    columns: Sequence[Column], inner: Sequence[str], table: TableMeaning, skip: frozenset[str]
) -> dict[tuple[int, str], ColumnMeaning]:
    """What "KH năm", "TH đến 30/9", "Đạt (%)" down the side make of each column's head.

    They are read as if they stood over columns of their own, side by side; nothing where one of
    them names a quantity, which is then no matter of heads, or where all are times.
    """
    if not all(_is_bare(label, table.periods) for label in inner):
        return {}
    if all(label_period(label, table.periods) is not None for label in inner):
        return {}
    found: dict[tuple[int, str], ColumnMeaning] = {}
    for column in columns:
        if column.kind == "value":
            over = tuple(e for e in column.path if e not in skip)
            said = dict(enumerate(_said_of(over, inner, table)))
            made = settled(said, table.period, table.scenario)
            found.update({(column.index, label): made[n] for n, label in enumerate(inner)})
    return found


def _said_of(
    over: tuple[str, ...], inner: Sequence[str], table: TableMeaning
) -> Iterator[ColumnMeaning]:
    for label in inner:
        said = _meaning_of((*over, label), table)
        # "%" under "Giảm hộ nghèo (hộ)" is no growth, but how much of the plan was done.
        rates = is_rate(said.unit) and compares_plan(label) and scenario_of((label,)) is None
        yield replace(said, measure="share", basis=None, sign=1) if rates else said


def _scenario_against(
    path: tuple[str, ...], measure: Measure | None, basis: str | None
) -> Scenario | None:
    """The plan which a head compares with is its base, and not what is compared."""
    if measure == "plan_completion":
        return "estimate" if is_expected(" ".join(path)) else None
    if measure in {"change", "growth"} and basis == "plan":
        return _scenario(tuple(before for e in path if (before := before_comparison(e).strip())))
    return _scenario(path)


def _is_bare(label: str, periods: PeriodContext) -> bool:
    """A label that says when, whether planned or done, of whom, or how the two compare."""
    if not names_quantity(label) or scenario_of((label,)) is not None or compares_plan(label):
        return True
    return head_comparison(label, (None, None), rate=None, context=periods)[0] is not None


def _meaning_of(path: tuple[str, ...], table: TableMeaning) -> ColumnMeaning:
    words = vocabulary(), table.insurance
    return _column(path, table.units, table.declared, table.periods, words)


# The tables of a page, and the pages of a portal, have the same heads again and again.
@lru_cache(maxsize=4096)
def _column(
    path: tuple[str, ...],
    units: tuple[Unit, ...],
    declared: Declared,
    periods: PeriodContext,
    within: tuple[Vocabulary, bool],
) -> ColumnMeaning:
    printed, path = path, versus(tuple(map(spelled_out, path)))
    text = " ".join(closed(path))
    words, insurance = within
    match = match_header(
        tuple(named_part(without_giver(e)) for e in path), words, insurance=insurance
    )
    unit = PERCENT if under_percentages(path) else header_unit(path, units)
    if unit is None or unit.code not in PERCENTAGES:
        unit = declared_for(path, declared) or unit
    elif match.metric is None and len(path) > 1:
        match = rate_of(path, words) or match
    if _is_category(unit, match, units):
        unit = None
    rate = None if unit is None else unit.code in PERCENTAGES
    known = (match.measure, match.basis)
    measure, basis = head_comparison(text, known, rate=rate, context=periods)
    if unit is None and (measure == "plan_completion" or is_ratio(text)):
        unit = PERCENT
    if measure is None and only_changes(path):
        measure = "growth" if rate else "change"
    if unit is not None and _moves_points(unit, text, match):
        measure = "change"
    return ColumnMeaning(
        path=printed,
        unit=unit,
        period=column_period(path, periods),
        scenario=_scenario_against(path, measure, basis),
        measure=measure,
        basis=basis,
        metric=match.metric,
        vocabulary_unit=match.unit,
        sign=-1 if measure in {"change", "growth"} and is_decrease(text) else 1,
        is_total=_is_total(path),
        torn=any(map(counts_since, path)),
        names_quantity=any(_is_quantity(e, periods) for e in path),
        misprints=misprints(m for e in path for m in find_periods(unmarked(e), periods)),
    )


def _moves_points(unit: Unit, text: str, match: MetricMatch) -> bool:
    """A rate's rise or fall in points, unless the metric is that itself: "Mức giảm tỷ lệ nghèo"."""
    return unit.code == "percentage_point" and match.metric is None and tells_change(text)


def _is_quantity(element: str, periods: PeriodContext) -> bool:
    element = written_out(element)
    if not names_quantity(element) or not _content(element):
        return False
    return label_period(element, periods) is None


def _scenario(path: Sequence[str]) -> Scenario | None:
    compared = (s for e in reversed(path) if (s := compared_scenario(e)) is not None)
    return next(compared, None) or scenario_of([before_comparison(e) or e for e in path])


def _content(element: str) -> list[str]:
    return content_words(canonical(vietnamese_part(element)))


def _is_category(unit: Unit | None, match: MetricMatch, caption: Sequence[Unit]) -> bool:
    """In a table of people "BHYT / Hộ gia đình" are people insured by household, no households."""
    if unit is None or match.unit is None or unit.code == match.unit or unit.multiplier != 1:
        return False
    if unit.code in PERCENTAGES:
        return False
    return any(declared.code == match.unit for declared in caption)


def _is_total(path: Sequence[str]) -> bool:
    return bool(path) and has_role(path[-1], "total")


def header_unit(path: Sequence[str], caption: Sequence[Unit]) -> Unit | None:
    """The unit the head states, innermost first; the caption's magnitude completes a bare noun."""
    for element in reversed(path):
        unit = label_unit(element)
        if unit is None:
            continue
        for other in caption:
            if unit.multiplier == 1 and (other.code == unit.code or _is_its_rate(other, element)):
                return other
        return unit
    if _RATE_HEAD.search(" ".join(path)) is None:
        return None
    return next((u for u in caption if u.code == "per_mille"), PERCENT)


def _is_its_rate(caption: Unit, element: str) -> bool:
    """Under a title in ‰ "Tỷ lệ tăng tự nhiên" is in ‰ too, if it prints no % of its own."""
    return caption.code == "per_mille" and "%" not in element and bool(_RATE_HEAD.search(element))


@lru_cache(maxsize=16384)
def label_unit(label: str) -> Unit | None:
    """The unit that a head or a row label states.

    "Kế hoạch", "Lượng" and the like are things that can be counted and here are no units, but for
    what stands in brackets behind them: "Sản lượng (tấn)".
    """
    if _SHARED_OUT.search(label):
        return None
    if has_role(label, "no_unit"):
        bracket = _LAST_BRACKET.search(label)
        return find_unit(bracket[1]) if bracket and is_unit_text(bracket[1]) else None
    unit = copies(find_unit(label) or find_unit(vietnamese_part(label)), label)
    if unit is None:
        return Unit("count", ONE, "biên chế") if _STAFF.match(label) else None
    if unit.code != "count" or unit.multiplier != 1:
        return unit
    return unit if "(" in label or re.match(r"^\W*(?:tổng )?số ", label, re.IGNORECASE) else None


_STAFF = re.compile(r"\W*(?:(?:tổng|số|chỉ tiêu) )*biên chế(?!\w)[^%(]*$", re.IGNORECASE)
"""Posts are no money in a table of millions: "Biên chế giao năm 2024"."""
_SHARED_OUT = re.compile(r"(?<!\w)theo (?:tỷ|tỉ) lệ(?: phần trăm)?\s*\(?\s*%", re.IGNORECASE)
"""By what amounts are divided: "Các khoản thu phân chia theo tỷ lệ (%)" are amounts."""


def caption_unit(path: Sequence[str], caption: Sequence[Unit]) -> Unit | None:
    """Of a caption that declares an amount and a value, the one that the head means."""
    if len(caption) < 2:
        return caption[0] if caption else None
    suits = next((fits for said, fits in _SUITED if path and said.match(path[-1])), None)
    suited = next((u for u in caption if suits is not None and suits.search(u.code)), None)
    if suited is not None:
        return suited
    money = [u for u in caption if u.code in MONEY]
    others = [u for u in caption if u not in money]
    text = " ".join(path)
    if others and _COUNT_HEAD.search(path[-1] if path else ""):
        return others[0]
    if money and _MONEY_HEAD.search(text):
        return money[0]
    # A caption names first what most columns are in: "Đơn vị: triệu đồng, hộ".
    return caption[0]


_SUITED = (
    (
        re.compile(r"\W*(?:diện tích|dt)(?!\w)", re.IGNORECASE),
        re.compile(r"^(?:hectare|square_\w+)$"),
    ),
    (re.compile(r"\W*(?:năng suất|ns)(?!\w)", re.IGNORECASE), re.compile(r"/hectare$|/ha$")),
    (
        re.compile(r"\W*(?:sản lượng|sl|khối lượng)(?!\w)", re.IGNORECASE),
        re.compile(r"^(?:tonne|quintal|kilogram|cubic_metre)$"),
    ),
)
"""Which of the units that a caption lists a head can mean: "ĐVT: ha, tạ/ha, tấn"."""


def money_unit(labels: Sequence[str], table: TableMeaning) -> Unit | None:
    """The unit of amounts, where the labels speak of one, whatever they call it.

    "Đơn vị tiền: triệu đồng" is a unit of what was collected and owed, and of no head count.
    """
    named = [u for words, u in table.declared if words in _MONEY_NAMES]
    unit = next((u for u in (*named, *table.units) if u.code in MONEY), None)
    if unit is None or any(_COUNT_HEAD.search(label) for label in labels):
        return None
    return unit if _MONEY_HEAD.search(" ".join(labels)) else None
