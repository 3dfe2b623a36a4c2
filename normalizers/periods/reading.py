"""Times of figures, from headers and from sentences.

The year comes from the words themselves, then from the span spoken of, then from the heading; the
page's own date only completes a day, month or quarter that is printed without its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from normalizers.periods.grammar import word_rows
from normalizers.periods.phrases import Clock, Phrase, phrase_at
from solieu.model import Period, Scenario
from solieu.text import one_line

__all__ = [
    "PeriodContext",
    "PeriodMention",
    "PeriodReading",
    "find_periods",
    "misdated",
    "misprints",
    "read_period",
    "trust_in",
]


@dataclass(frozen=True, slots=True)
class PeriodContext:
    """What is known around a text.

    `year` is that of the nearest heading or caption, `reference` the span the text speaks of (the
    base of "cùng kỳ" and "tháng trước"), `plan` says that days without a year lie ahead.
    """

    published_on: date | None = None
    year: int | None = None
    reference: Period | None = None
    plan: bool = False

    def base_year(self) -> int | None:
        """The year that the surroundings speak of."""
        return _clock(self).base_year()


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """What a header says: its own period, and what it is compared with.

    "Tăng so với năm 2023" has no period of its own; `compared_to` is 2023. "2024/2023 (%)" is for
    2024, compared with 2023. `comparison` is previous_year, same_period_last_year, previous_month,
    previous_quarter, period_start, plan, previous_period or year:2019.
    """

    period: Period | None
    scenario: Scenario | None
    comparison: str | None
    text: str
    compared_to: Period | None = None
    misprint: str = ""
    """The date in it that no calendar has."""


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time in a sentence. With a `comparison`, `period` is the base compared with."""

    start: int
    end: int
    text: str
    period: Period | None
    scenario: Scenario | None = None
    comparison: str | None = None
    misprint: str = ""
    """The date in it that no calendar has."""


# ---------------------------------------------------------------- words


def _pattern(kind: str) -> re.Pattern[str]:
    texts = sorted((text for k, text, _ in word_rows() if k == kind), key=len, reverse=True)
    choice = "|".join(re.escape(t).replace(r"\ ", r"\s+") for t in texts)
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _scenarios() -> tuple[re.Pattern[str], dict[str, str]]:
    return _pattern("scenario"), {text: value for k, text, value in word_rows() if k == "scenario"}


@lru_cache(maxsize=1)
def _plan_word() -> re.Pattern[str]:
    return _pattern("plan")


@lru_cache(maxsize=1)
def _no_scenario() -> re.Pattern[str]:
    return _pattern("not_scenario")


_SCENARIOS: dict[str, Scenario] = {"actual": "actual", "estimate": "estimate", "plan": "plan"}


def _scenario(text: str, *, timed: bool) -> Scenario | None:
    """The first scenario word; words marked "?" count only where a time stands beside them."""
    pattern, values = _scenarios()
    for hit in pattern.finditer(_no_scenario().sub(lambda h: "·" * len(h.group()), text)):
        value = values[" ".join(hit.group().casefold().split())]
        if timed or not value.endswith("?"):
            return _SCENARIOS[value.rstrip("?")]
    return None


# ---------------------------------------------------------------- finding phrases

_START = re.compile(
    r"(?<![\w/.,\-])(?:(?:so|tính|đến|đết|tới|hết|kết|cuối|đầu|từ|kể|luỹ|lũy|lụy|cộng|tại|vào|ở|thời|ngày|"
    r"mùng|mồng|tháng|quý|quí|qúy|cả|trong|các|những|năm|nửa|giai|nhiệm|kỳ|khóa|khoá|niên|cùng|hiện|"
    r"hai|ba|bốn|sáu|bảy|tám|chín|mười|số|có|ngay|bắt)(?!\w)|\d|T\.?\s?\d|Q\.?\s?[1-4I])",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    r"(?:so(?:\s+sánh)?\s+(?:với|từ|cùng(?!\s+(?:kỳ|kì|thời)))|so\s+sánh|so)\s+(?:với\s+)?(?:số\s+|mức\s+|thời\s+điểm\s+|tại\s+)?",
    re.IGNORECASE,
)
_DECREE = re.compile(
    r"(?:số|nghị\s+định|quyết\s+định|thông\s+tư|nghị\s+quyết|chỉ\s+thị|công\s+văn|luật|/[A-ZĐ][\w\-]*|văn\s+bản)"
    r"[\s:]*(?:số\s*)?[\w/\-.&]*\s*,?\s*(?:ban\s+hành\s+|ký\s+)?$",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:ngày\s*)?\d{1,2}\s*(?:[/.\-]|tháng)", re.IGNORECASE)
_LAW_NUMBER = re.compile(
    r"(?:(?P<bare>(?<!\w)số)|(?:nghị\s+định|quyết\s+định|thông\s+tư|luật|nghị\s+quyết|chỉ\s+thị)"
    r"\s*(?:số)?)\s*$",
    re.IGNORECASE,
)


_PRICE_BASE = re.compile(
    r"(?:giá\s+(?:so\s+sánh|cố\s+định|gốc)|năm\s+gốc)(?:\s+năm)?\s+(?:19|20)\d\d", re.IGNORECASE
)


def _without_price_base(text: str) -> str:
    """The year of constant prices ("giá so sánh 2010") is no time of a figure; offsets stay."""
    return _PRICE_BASE.sub(lambda hit: "·" * len(hit.group()), text)


def _of_decree(text: str, at: int) -> bool:
    """The day of a decision ("Quyết định số 1234/QĐ-UBND ngày 12/12/2022") dates no figure."""
    before = text[max(0, at - 60) : at]
    named = _LAW_NUMBER.search(before)
    if named is not None and (not named["bare"] or text[at].isdigit()):
        return True
    return bool(_DATED.match(text, at)) and bool(_DECREE.search(before))


_PRINTED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHARED_YEAR = re.compile(
    r"\s*(?:(?:,|;)(?!\s*(?:tháng|quý))|và|&|\+)\s*(?:(?:ước|luỹ kế|lũy kế|tính chung)\s+)?"
    r"(?:cả|(?:\d{1,2}|sáu|chín|mười|mười một)\s+tháng|(?:tháng|quý)\s+\w{1,4})"
    r"(?:\s+đầu)?(?:,?\s*năm|\s*/)\s*(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
"""Two times that share their year: "tháng 11 và 11 tháng năm 2023"."""


@dataclass(frozen=True, slots=True)
class _Spot:
    start: int
    phrase: Phrase
    versus: bool
    plan: bool


def _spots(text: str, clock: Clock, *, plain: bool) -> Iterator[_Spot]:
    """Every time phrase left to right; each own period is what the next relative word refers to."""
    at = 0
    while (hit := _START.search(text, at)) is not None:
        spot = _spot(text, hit.start(), clock, plain=plain)
        if spot is None:
            at = hit.end()
            continue
        shared = _SHARED_YEAR.match(text, spot.phrase.end)
        if shared is not None and not _PRINTED_YEAR.search(text, spot.start, spot.phrase.end):
            year = int(shared["year"])
            later = replace(clock, year=year, reference=None, heard=False)
            spot = _spot(text, hit.start(), later, plain=plain) or spot
        yield spot
        at = max(spot.phrase.end, hit.start() + 1)
        if not spot.versus and _speaks_of(spot.phrase.period, clock):
            clock = replace(clock, reference=spot.phrase.period, heard=True)


def _speaks_of(period: Period | None, clock: Clock) -> bool:
    """Whether later words can refer to it: not a range of years, not a day that lies ahead."""
    if period is None or period.end is None or (_size(period) or 0) > 12:
        return False
    if period.basis != "stock":
        return True
    today = clock.published_on or (date(clock.year, 12, 31) if clock.year else None)
    return today is None or period.end <= today


_SAME = re.compile(r"cùng\s+(?:kỳ|kì|thời)", re.IGNORECASE)
_MEASURED = re.compile(
    r"(?:%|\blần|\bhơn|\bbằng|\bvới|\bso|trước\s+và|trước,)\s*(?:của\s+|mức\s+)?$", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _of_plan() -> re.Pattern[str]:
    """A percentage of a plan: "98,13% kế hoạch năm 2024"."""
    return re.compile(
        rf"%\s*(?:so\s+với\s+)?{_plan_word().pattern}(?:\s+(?:được\s+)?giao|\s+cả)?\s*$",
        re.IGNORECASE,
    )


_REPEATED = re.compile(
    r"(?:mỗi|hằng|hàng|từng|những|nhiều|vài|mấy|các|hai|ba|bốn|năm|\d)\s*$", re.IGNORECASE
)
_RATE = re.compile(r"(?:tháng|quý|năm)\s+(?:\d+\s+(?:lần|buổi|lượt|kỳ)|qua)", re.IGNORECASE)


def _spot(text: str, at: int, clock: Clock, *, plain: bool) -> _Spot | None:
    if _of_decree(text, at):
        return None
    if _RATE.match(text, at) and _REPEATED.search(text, max(0, at - 8), at):
        return None
    versus = _VERSUS.match(text, at)
    if versus is None:
        phrase = phrase_at(text, at, clock, plain=plain)
        plan = bool(_of_plan().search(text, max(0, at - 40), at))
        based = plan or bool(_SAME.match(text, at) and _MEASURED.search(text, max(0, at - 24), at))
        return _Spot(at, phrase, versus=based, plan=plan) if phrase else None
    planned = _planned(text, versus.end())
    begin = planned or _behind_scenario(text, versus.end())
    phrase = phrase_at(text, begin, clock, plain=plain, base=True)
    return _Spot(at, phrase, versus=True, plan=planned is not None) if phrase else None


def _behind_scenario(text: str, at: int) -> int:
    """Where the time begins behind "so với ước thực hiện"."""
    hit = _scenarios()[0].match(text, at)
    given = _GIVEN.match(text, hit.end()) if hit else None
    return given.end() if given else at


_GIVEN = re.compile(r"\s*(?:giao|đề\s+ra|được\s+giao|cả)?\s*", re.IGNORECASE)


def _planned(text: str, at: int) -> int | None:
    """Where the time begins behind "so với kế hoạch"."""
    hit = _plan_word().match(text, at)
    given = _GIVEN.match(text, hit.end()) if hit else None
    return given.end() if given else None


# ---------------------------------------------------------------- comparisons


def _versus_kind(base: str, own: Period | None, compared: Period | None) -> str | None:
    """The basis that the words behind "so với" name."""
    lowered = " ".join(base.casefold().split())
    if re.search(r"cùng (?:kỳ|kì|thời)(?!.*tháng trước)", lowered):
        return "same_period_last_year"
    for words, kind in _BASES:
        if words in lowered:
            return kind
    return _spans_kind(own, compared) if compared is not None else None


_BASES = (
    ("đầu năm", "period_start"),
    ("cuối năm trước", "period_start"),
    ("cuối năm ngoái", "period_start"),
    ("tháng trước", "previous_month"),
    ("quý trước", "previous_quarter"),
    ("kỳ trước", "previous_period"),
    ("năm trước", "previous_year"),
    ("năm ngoái", "previous_year"),
)


def _spans_kind(own: Period | None, compared: Period) -> str:
    if compared.basis == "stock" and compared.end is not None:
        return _stock_kind(own, compared.end)
    size, own_size = _size(compared), _size(own) if own else None
    if size == 12:
        later = own.year if own is not None else compared.year + 1
        return "previous_year" if later - compared.year in (0, 1) else f"year:{compared.year}"
    if (
        own is not None
        and own_size == size
        and own.year != compared.year
        and _same_months(own, compared)
    ):
        return "same_period_last_year"
    return {1: "previous_month", 3: "previous_quarter"}.get(size or 0, "previous_period")


def _stock_kind(own: Period | None, end: date) -> str:
    if (end.month, end.day) in ((12, 31), (1, 1)):
        return "period_start"
    if (
        own is not None
        and own.end is not None
        and (own.end.month, own.end.day) == (end.month, end.day)
    ):
        return "same_period_last_year"
    return "previous_period"


def _size(period: Period) -> int | None:
    if period.start is None or period.end is None:
        return None
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _same_months(one: Period, other: Period) -> bool:
    starts = one.start, other.start
    return starts[0] is not None and starts[1] is not None and starts[0].month == starts[1].month


# ---------------------------------------------------------------- headers

_SPLIT = re.compile(
    r"(?<!\w)(?:so(?:\s+sánh)?\s+(?:với|cùng)|so\s+sánh|ss\s+(?:với)?|so)(?!\w)\s*", re.IGNORECASE
)
_RATIO = re.compile(
    r"(?P<a>.*(?<!\d)(?:19|20)\d\d)\s*(?:\(%\))?\s*/\s*(?P<b>(?:\D*|\D*\d{1,2}\D{1,12})(?:19|20)\d\d(?!\d).*)$"
)
_NUMBER = re.compile(r"[\d.,]+")


def _sides(text: str) -> tuple[str, str | None]:
    """The header's own part, and the part it is compared with."""
    hit = _SPLIT.search(text)
    rest = text[hit.end() :] if hit else text
    ratio = _RATIO.match(rest)
    if ratio and (hit is None or not text[: hit.start()].strip(" (%")):
        return ratio["a"], ratio["b"]
    if hit is None:
        return text, None
    base = rest[len("với ") :] if rest.casefold().startswith("với ") else rest
    return text[: hit.start()], base


def _clock(context: PeriodContext) -> Clock:
    return Clock(context.published_on, context.year, context.reference, context.plan)


def _own(text: str, clock: Clock) -> Phrase | None:
    return next((s.phrase for s in _spots(text, clock, plain=True) if not s.versus), None)


def _share_of_plan(text: str, clock: Clock) -> Phrase | None:
    """The year of the plan in "Tỷ lệ % kế hoạch năm 2024": the share is of that year too."""
    return next((s.phrase for s in _spots(text, clock, plain=True) if s.plan), None)


def _base(text: str, clock: Clock) -> Phrase | None:
    planned = _planned(text, 0)
    first = phrase_at(text, planned or 0, clock, plain=True, base=True)
    return first or _own(text, clock)


def read_period(text: str, context: PeriodContext = PeriodContext()) -> PeriodReading | None:
    """The time a header, caption or cell names; None where it names none.

    >>> reading = read_period("Kế hoạch giao Năm 2024")
    >>> (reading.period.code, reading.scenario) if reading and reading.period else None
    ('2024', 'plan')
    """
    return _read(one_line(text), context)


@lru_cache(maxsize=16384)
def _read(text: str, context: PeriodContext) -> PeriodReading | None:
    left, right = _sides(_without_price_base(text))
    clock = _clock(context)
    if right is None and (of_plan := _share_of_plan(left, clock)) is not None:
        period = of_plan.period
        return PeriodReading(period, None, "plan", text, period, of_plan.misprint)
    own = _own(left, clock)
    scenario = _scenario(left, timed=own is not None)
    period = own.period if own else None
    misprint = own.misprint if own else ""
    if right is None:
        found = own is not None or scenario is not None
        return PeriodReading(period, scenario, None, text, None, misprint) if found else None
    speaking = replace(clock, reference=period, heard=True) if period is not None else clock
    base = _base(right, speaking)
    compared = base.period if base else None
    kind = _comparison(scenario, right, period, compared)
    if kind is None and period is None and scenario is None:
        return None
    if kind == "plan" and period is None:
        period = compared
    return PeriodReading(period, scenario, kind, text, compared, misprint)


def _comparison(
    scenario: Scenario | None, right: str, period: Period | None, compared: Period | None
) -> str | None:
    if _plan_word().search(right) and (scenario != "plan" or compared is None):
        return "plan"
    return _versus_kind(right, period, compared)


# ---------------------------------------------------------------- sentences

_SCENARIO_REACH = 28


def _scenario_before(text: str, at: int, floor: int) -> Scenario | None:
    """The scenario word that governs a time: it stands right before it."""
    before = text[max(floor, at - _SCENARIO_REACH) : at]
    before = re.split(r"[,.;:()\n]", before)[-1]
    pattern, values = _scenarios()
    hits = list(pattern.finditer(_no_scenario().sub(lambda h: "·" * len(h.group()), before)))
    if not hits or len(before) - hits[-1].end() > 14:
        return None
    return _SCENARIOS[values[" ".join(hits[-1].group().casefold().split())].rstrip("?")]


def find_periods(text: str, context: PeriodContext = PeriodContext()) -> list[PeriodMention]:
    """Every time a sentence names. Days of decrees are none; of 31/6/2024 only the year is left."""
    return list(_mentions(text, context))


def misprints(mentions: Iterable[PeriodMention]) -> tuple[str, ...]:
    """The dates among them that no calendar has."""
    return tuple(dict.fromkeys(m.misprint for m in mentions if m.misprint))


def misdated(period: Period | None, beside: Sequence[str]) -> tuple[str, ...]:
    """The dates that no calendar has, of a figure's own time and of those beside it."""
    own = (period.misprint,) if period is not None and period.misprint else ()
    if not own and not beside:
        return ()
    return tuple(dict.fromkeys((*own, *beside)))


def trust_in(period: Period | None) -> float:
    """How sure a figure is for its time's sake."""
    return 0.9 if period is not None and period.misprint else 1.0


# Titles, captions and heads are asked again by every table and sentence below them.
@lru_cache(maxsize=4096)
def _mentions(text: str, context: PeriodContext) -> tuple[PeriodMention, ...]:
    found: list[PeriodMention] = []
    own: Period | None = context.reference
    floor = 0
    for spot in _spots(_without_price_base(text), _clock(context), plain=False):
        phrase = spot.phrase
        printed = text[spot.start : phrase.end]
        kind = None
        if spot.versus:
            kind = "plan" if spot.plan else _versus_kind(printed, own, phrase.period)
        elif phrase.period is not None:
            own = phrase.period
        scenario = None if spot.versus else _scenario_before(text, spot.start, floor)
        found.append(
            PeriodMention(
                spot.start, phrase.end, printed, phrase.period, scenario, kind, phrase.misprint
            )
        )
        floor = phrase.end
    return tuple(found)
