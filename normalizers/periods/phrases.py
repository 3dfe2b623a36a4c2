"""Whole time phrases: a written form with the words before it that say flow, state or range.

"tính đến ngày 31/5" is a state on a day, "từ đầu năm đến ngày 31/5" five months added up, "từ
25/01/2019 đến hết 30/06/2019" a range, "cùng kỳ" the same span a year before the one spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from normalizers.periods import timespans
from normalizers.periods.compared import months_of
from normalizers.periods.grammar import Form, Found, ImpossibleDate, any_pattern, form_at
from solieu.model import Period
from solieu.quick import quick, replace

_FLAGS = re.IGNORECASE
_Y = r"(?:19|20)\d\d"

_CUMULATIVE = re.compile(r"(?:luỹ|lũy|lụy)\s*kế|cộng\s+dồn|tính\s+chung", _FLAGS)
_CUMULATIVE_TO = re.compile(
    r"[\s,:]*(?:(?:thực\s+hiện|số|TH)\s+)?(?:(?:từ\s+đầu\s+năm\s+)?(?:tính\s+)?(?P<to>đến|tới)(?:\s+(?:hết|cuối|ngày))*\s+)?",
    _FLAGS,
)
_YEAR_START = re.compile(
    rf"(?:tính\s+|kể\s+|ngay\s+)?từ\s+đầu\s+năm(?:\s+(?P<y>{_Y}))?(?:\s+(?P<to>đến|tới)(?:\s+(?:hết|cuối|thời\s+điểm))*\s+)?",
    _FLAGS,
)
_TO = re.compile(
    r"(?:(?:(?:số\s+dư|có|tính)\s+)?(?:đến|đết|tới)(?:\s+(?:hết|cuối|thời\s+điểm|thời\s+gian|hết\s+ngày|\d{1,2}\s*h|\d{1,2}\s*giờ))*"
    r"|hết|cuối|kết\s+thúc|(?:tại|vào|ở)\s+thời\s+điểm(?:\s+cuối)?|thời\s+điểm(?:\s+cuối)?)\s+(?=\S)",
    _FLAGS,
)
_BARE_YEAR = re.compile(
    r"năm(?=\s*(?:[,.;:)(]|$|\s+(?:nay|trước|ngoái)\b))(?P<this>\s+(?:nay|trước|ngoái))?", _FLAGS
)
_FROM = re.compile(r"(?:(?:kể|tính|bắt\s+đầu)\s+)?từ\s+(?:thời\s+điểm\s+)?(?=\S)", _FLAGS)
_UNTIL = re.compile(
    r"\s*(?:,?\s*(?:cho\s+)?(?:đến|tới)|[-–—])\s*(?:hết\s+|cuối\s+|thời\s+điểm\s+)*", _FLAGS
)
_ONWARD = re.compile(r"\s+trở\s+(?:đi|lại\s+đây)", _FLAGS)
_NOW = re.compile(r"nay\b", _FLAGS)
_SAME_PERIOD = re.compile(
    rf"cùng\s+(?:kỳ|kì|(?:thời\s+điểm|thời\s+gian)(?!\s*,)|giai\s+đoạn)(?!\s+(?:này|trên|đó))(?:\s+(?:của\s+)?(?:năm\s+)?(?:(?P<y>{_Y})(?!\d|[.,]\d)|(?P<last>trước|ngoái)))?",
    _FLAGS,
)
_HEAD = any_pattern((_CUMULATIVE, _YEAR_START, _TO, _FROM, _SAME_PERIOD))
_MONTH_BEFORE = re.compile(r"\s+(?:của\s+)?tháng\s+trước", _FLAGS)
_START_OF_YEAR = re.compile(rf"đầu\s+năm(?:\s+(?P<y>{_Y})|\s+nay)?(?!\s*học)", _FLAGS)


@quick
@dataclass(frozen=True, slots=True)
class Clock:
    """What the surroundings say: the page's day, the heading's year, the span spoken of."""

    published_on: date | None = None
    year: int | None = None
    reference: Period | None = None
    plan: bool = False
    heard: bool = False
    """`reference` was read in this very text, so its year outweighs the heading's."""

    def base_year(self) -> int | None:
        """The year that "năm nay" means."""
        if self.heard and self.reference is not None:
            return self.reference.year
        if self.year is not None:
            return self.year
        if self.reference is not None:
            return self.reference.year
        return self.published_on.year if self.published_on else None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time phrase that was read; `period` None where the surroundings fail it."""

    end: int
    period: Period | None
    misprint: str = ""
    """The date in it that no calendar has."""


# ---------------------------------------------------------------- years of forms


def _latest(form: Form, published: date, *, plan: bool) -> int:
    """The latest year in which the form had begun, or all but ended, when the page came out."""
    year = published.year
    if plan:
        return year
    period = form.at(year if (form.month, form.day) != (2, 29) else year - year % 4)
    if form.kind == "day":
        begun = period.end is not None and period.end <= published
    elif period.basis == "cumulative":
        begun = period.end is not None and period.end <= published + timedelta(days=31)
    else:
        begun = period.start is None or period.start <= published
    return year if begun else year - 1


def _year(form: Form, clock: Clock) -> tuple[int | None, str]:
    """The year of a form and where it was found."""
    if form.year is not None:
        return form.year, ""
    base = clock.base_year()
    if base is None:
        return None, ""
    if form.relative in ("this_year", "last_year"):
        return _this_year(clock, base) - (form.relative == "last_year"), "reference"
    if clock.year is None and clock.reference is None and clock.published_on is not None:
        return _latest(form, clock.published_on, plan=clock.plan), "publication"
    return base - _is_just_gone(form, clock, base), "context"


def _is_just_gone(form: Form, clock: Clock, year: int) -> bool:
    """Is a month lately over when a page came out whose title names the year ahead?

    "Đến ngày 15/11, tỉnh giải ngân 2.900 tỷ đồng", on 20/11/2022, of what is prepared for 2023.
    """
    page = clock.published_on
    if page is None or clock.plan or clock.heard or year != page.year + 1 or form.kind == "years":
        return False
    end = form.at(page.year).end
    return end is not None and page - _LATELY <= end <= page


_LATELY = timedelta(days=75)


def _this_year(clock: Clock, base: int) -> int:
    """The year that "năm nay" means: never one that was long over at the page's day, or ahead."""
    page = clock.published_on
    if page is None or clock.plan or page.year - 1 <= base <= page.year:
        return base
    return page.year


def _just_over(form: Form, clock: Clock) -> bool:
    """Are "8 tháng", printed without "đầu năm", those that were over when the page came out?"""
    told, page = clock.reference, clock.published_on
    ends = {told.end.month} if told is not None and told.end is not None else set()
    if told is not None and told.end is not None and told.basis == "stock":
        ends.add((told.end + timedelta(days=1)).month - 1)  # the month before that of a count
    if page is not None:
        ends |= {page.month, page.month - 1}
    elif told is None or months_of(told) == _YEAR:
        return True  # any of a year that is over, or of one that nobody dates
    return form.count in ends


def period_of(form: Form, clock: Clock) -> Period | None:
    """The form's period in its surroundings. Raises ImpossibleDate."""
    if form.kind == "relative":
        return _RELATIVE[form.relative or ""](clock)
    if form.relative == "so_far" and not _just_over(form, clock):
        return None
    year, source = _year(form, clock)
    if year is None:
        if form.kind == "day":
            form.on(2000)
        return None
    return replace(form.at(year), source=source)


# ---------------------------------------------------------------- relative words


def _by_year(steps: int) -> Callable[[Clock], Period | None]:
    def read(clock: Clock) -> Period | None:
        year = _year_ahead(clock) or clock.base_year()
        if year is None:
            return None
        year = _this_year(clock, year) + steps
        return timespans.years(year, year)

    return read


def _year_ahead(clock: Clock) -> int | None:
    """The page's year for "năm nay", where a report on the year before tells what is planned."""
    page = clock.published_on
    planned = clock.plan and not clock.heard and page is not None
    return page.year if planned and page and clock.year == page.year - 1 else None


def _by_slot(count: int, steps: int) -> Callable[[Clock], Period | None]:
    def read(clock: Clock) -> Period | None:
        reference = clock.reference
        day = reference.end if reference is not None else clock.published_on
        if day is None:
            return None
        source = "reference" if reference is not None else "publication"
        return replace(timespans.slot(day, count).off(steps), source=source)

    return read


def _in_the_past(clock: Clock) -> bool:
    """Was a year or its end told of before: "năm 1993 …, đến nay …", "đến năm 2015 …, đến nay"?"""
    told = clock.reference if clock.heard else None
    if told is None or told.end is None:
        return False
    ended = told.basis == "stock" and (told.end.month, told.end.day) == (12, 31)
    return ended or months_of(told) == _YEAR


_YEAR = 12


def _today(clock: Clock) -> Period | None:
    """For "đến nay" the day the text speaks of; of the page's day only the year is taken."""
    told = clock.reference
    page = clock.published_on
    if told is not None and told.end is not None and page is not None and told.end > page:
        told = None  # a goal ahead of the page is no now
    if page is not None and not clock.heard and _is_term_over(told, page):
        told, clock = None, replace(clock, year=page.year, reference=None)
    this = clock.year or (page.year if page is not None and _in_the_past(clock) else None)
    if this is None and _in_the_past(clock):
        return None
    past = told is not None and this is not None and told.year < this
    if told is not None and told.end is not None and not past:
        return replace(timespans.stock(told.end), source="reference")
    year = this if past else clock.base_year()
    if year is None:
        return None
    if page is not None:
        year = min(year, page.year)  # the years of a programme may lie ahead of its day
    source = "publication" if clock.year is None else "context"
    return Period(year, str(year), basis="stock", source=source, flags=("to_date",))


def _is_term_over(told: Period | None, page: date) -> bool:
    """Are the years that a heading names long over: "Kết quả giai đoạn 2016 - 2020" in 2022?"""
    if told is None or told.start is None or told.end is None:
        return False
    last = page.year - (page.month <= _SPRING)
    return told.start.year < told.end.year < last


_SPRING = 4
"""The last month in which the year before is still told of as now."""


def _gone_by(clock: Clock) -> Period | None:
    """For "năm qua" the year that a report is of, or the last that was all but over.

    In December that is the page's own year, and in a report on 2023 it is 2023.
    """
    base, page = clock.base_year(), clock.published_on
    if base is None:
        return None
    told = clock.year if not clock.heard and not clock.plan else None
    if page is not None:
        last = page.year - (page.month < _ENDING)
        return timespans.years(min(told or last, last), min(told or last, last))
    whole = clock.reference is None or len(clock.reference.code) == len("2023")
    year = told if told is not None and whole else base - 1
    return timespans.years(year, year)


_ENDING = 11
"""The month from which the year is told of as gone by."""


def _in_month(clock: Clock) -> Period | None:
    """For "trong tháng" the last month of the months that the text speaks of."""
    told = clock.reference
    if told is None or told.end is None or (months_of(told) or 1) > _MONTHS_ADDED:
        return None
    return replace(timespans.slot(told.end, 1).off(0), source="reference")


_MONTHS_ADDED = 11


def _in_week(steps: int) -> Callable[[Clock], Period | None]:
    """For "trong tuần", "tuần trước" the week that the text speaks of, and the one before it."""

    def read(clock: Clock) -> Period | None:
        told = clock.reference
        if told is None or told.start is None or told.end != told.start + timedelta(days=6):
            return None
        days = timedelta(days=7 * steps)
        return replace(timespans.between(told.start + days, told.end + days), source="reference")

    return read


_RELATIVE: dict[str, Callable[[Clock], Period | None]] = {
    "this_year": _by_year(0),
    "last_year": _by_year(-1),
    "next_year": _by_year(1),
    "this_month": _by_slot(1, 0),
    "last_month": _by_slot(1, -1),
    "this_quarter": _by_slot(3, 0),
    "last_quarter": _by_slot(3, -1),
    "today": _today,
    "year_gone_by": _gone_by,
    "in_month": _in_month,
    "in_week": _in_week(0),
    "last_week": _in_week(-1),
}


def same_period(clock: Clock, year: int | None) -> Period | None:
    """The span spoken of, in the year before (or in that year)."""
    reference = clock.reference
    if reference is not None:
        steps = -1 if year is None else year - reference.year
        return timespans.years_off(reference, steps)
    if year is None:
        base = clock.base_year()
        year = base - 1 if base is not None else None
    return timespans.years(year, year) if year is not None else None


# ---------------------------------------------------------------- phrases


def _made(end: int, clock: Clock, make: Callable[[], Period | None]) -> Phrase:
    try:
        return Phrase(end, make())
    except ImpossibleDate as error:
        return Phrase(end, _about(error, clock), str(error))


def _about(error: ImpossibleDate, clock: Clock) -> Period | None:
    """What is left of a date that no calendar has: its year."""
    year = error.year or clock.base_year()
    return Period(year, str(year), basis="stock", misprint=str(error)) if year else None


def _state(form: Form, clock: Clock) -> Period | None:
    if form.relative == "today" or form.kind == "relative":
        period = period_of(form, clock)
        if period is None or period.end is None or period.basis == "stock":
            return period
        return timespans.stock(period.end)
    period = period_of(form, clock)
    if period is None or period.end is None:
        return None
    return replace(timespans.stock(period.end), source=period.source)


def _cumulated(form: Form, clock: Clock) -> Period | None:
    period = period_of(form, clock)
    if period is None or period.end is None:
        return replace(period, basis="cumulative") if period else None
    return replace(timespans.year_to(period.end), source=period.source)


def _cumulative(text: str, at: int, clock: Clock) -> Phrase | None:
    head = _CUMULATIVE.match(text, at)
    if head is None:
        return None
    tail = _CUMULATIVE_TO.match(text, head.end())
    after = tail.end() if tail else head.end()
    to = tail is not None and tail["to"] is not None
    if to and (now := _NOW.match(text, after)):
        return _made(
            now.end(), clock, lambda: _cumulated(Form("relative", relative="today"), clock)
        )
    found = form_at(text, after, cued=True) or form_at(text, after, plain=True)
    if found is None:
        return None
    if to or found.form.kind == "day":
        return _made(found.end, clock, lambda: _cumulated(found.form, clock))
    return _made(found.end, clock, lambda: _as_cumulative(found.form, clock))


def _as_cumulative(form: Form, clock: Clock) -> Period | None:
    period = period_of(form, clock)
    return replace(period, basis="cumulative") if period else None


def _from_year_start(text: str, at: int, clock: Clock) -> Phrase | None:
    head = _YEAR_START.match(text, at)
    if head is None:
        return None
    if head["y"]:
        clock = replace(clock, year=int(head["y"]), reference=None)
    if head["to"] and (found := form_at(text, head.end(), cued=True)):
        return _made(found.end, clock, lambda: _cumulated(found.form, clock))
    now = _NOW.match(text, head.end()) if head["to"] else None
    today = Form("relative", relative="today")
    return _made(now.end() if now else head.end(), clock, lambda: _cumulated(today, clock))


def _to(text: str, at: int, clock: Clock) -> Phrase | None:
    head = _TO.match(text, at)
    if head is None:
        return None
    if now := _NOW.match(text, head.end()):
        return _made(now.end(), clock, lambda: _today(clock))
    found = form_at(text, head.end(), cued=True) or _bare_year(text, head)
    if found is None:
        return None
    return _made(found.end, clock, lambda: _state(found.form, clock))


def _bare_year(text: str, head: re.Match[str]) -> Found | None:
    """The year without its number: "cuối năm", "hết năm nay"."""
    hit = _BARE_YEAR.match(text, head.end())
    if hit is None or head.group().casefold().startswith(("tại", "vào", "đến thời")):
        return None
    last = hit["this"] is not None and "nay" not in hit["this"].casefold()
    return Found(Form("years", relative="last_year" if last else "this_year"), hit.end())


def _range(text: str, at: int, clock: Clock) -> Phrase | None:
    head = _FROM.match(text, at)
    first = form_at(text, head.end(), cued=True) if head else None
    if head is None or first is None or first.form.kind == "relative":
        return None
    if first.form.basis == "cumulative":
        return None
    if first.form.ranged:
        return _made(first.end, clock, lambda: period_of(first.form, clock))
    until = _UNTIL.match(text, first.end)
    if until is not None:
        if now := _NOW.match(text, until.end()):
            return _made(now.end(), clock, lambda: _until_now(first.form, clock))
        last = form_at(text, until.end(), cued=True)
        if last is not None:
            return _made(last.end, clock, lambda: _between(first.form, last.form, clock))
    onward = _ONWARD.match(text, first.end)
    return _made(onward.end() if onward else first.end, clock, lambda: _open(first.form, clock))


def _open(form: Form, clock: Clock) -> Period | None:
    period = period_of(form, clock)
    if period is None or period.start is None:
        return period
    return timespans.since(period.start)


def _until_now(form: Form, clock: Clock) -> Period | None:
    """A range that ends with the text is of the text's year: "Từ năm 2021 đến nay"."""
    period, now = _open(form, clock), _today(clock)
    if period is None or now is None:
        return None  # the year in which it ends is told nowhere
    if now.year <= period.year:
        return period
    return replace(period, year=now.year)


def _between(first: Form, last: Form, clock: Clock) -> Period | None:
    """A range; the year printed at one end serves the other."""
    ending = period_of(last if last.year else replace(last, year=first.year), clock)
    if ending is None or ending.end is None:
        return None
    starting = period_of(first if first.year else replace(first, year=ending.end.year), clock)
    if starting is None or starting.start is None:
        return None
    if starting.start > ending.end and first.year is None:
        starting = timespans.years_off(starting, -1)
    if starting is None or starting.start is None or starting.start > ending.end:
        return None
    return timespans.between(starting.start, ending.end)


def _same(text: str, at: int, clock: Clock) -> Phrase | None:
    hit = _SAME_PERIOD.match(text, at)
    if hit is None:
        return None
    if month := _MONTH_BEFORE.match(text, hit.end()):
        return _made(month.end(), clock, lambda: _by_slot(1, -1)(clock))
    year = int(hit["y"]) if hit["y"] else None
    return _made(hit.end(), clock, lambda: same_period(clock, year))


def _start_of_year(text: str, at: int, clock: Clock) -> Phrase | None:
    """A base of comparison, "đầu năm"; in a plain sentence it says too little."""
    hit = _START_OF_YEAR.match(text, at)
    if hit is None:
        return None
    year = int(hit["y"]) if hit["y"] else clock.base_year()
    return Phrase(hit.end(), timespans.stock(date(year, 1, 1)) if year is not None else None)


def phrase_at(
    text: str, at: int, clock: Clock, *, plain: bool, base: bool = False
) -> Phrase | None:
    """The time phrase written at that position; `base` behind "so với"."""
    if _HEAD.match(text, at):
        for read in (_cumulative, _from_year_start, _to, _range, _same):
            found = read(text, at, clock)
            if found is not None:
                return found
    if base and (start := _start_of_year(text, at, clock)):
        return start
    form = form_at(text, at, plain=plain, cued=base)
    if form is None:
        return None
    return _made(
        form.end, clock, lambda: _standing(form.form, clock, text[at : form.end], plain=plain)
    )


def _standing(form: Form, clock: Clock, printed: str, *, plain: bool) -> Period | None:
    """A day that heads a column alone ("31/12/2022") is a state; in a sentence it is a day."""
    if form.kind == "day" and plain and printed[0].isdigit():
        form = replace(form, basis="stock")
    return period_of(form, clock)
