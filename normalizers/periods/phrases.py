"""Whole time phrases: a written form with the words before it that say flow, state or range.

"tính đến ngày 31/5" is a state on a day, "từ đầu năm đến ngày 31/5" five months added up, "từ
25/01/2019 đến hết 30/06/2019" a range, "cùng kỳ" the same span a year before the one spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from normalizers.periods import timespans
from normalizers.periods.clock import Clock, by_slot, period_of, same_period, today
from normalizers.periods.grammar import Form, Found, ImpossibleDate, any_pattern, form_at
from solieu.model import Period
from solieu.quick import replace

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
    rf"cùng\s+(?:kỳ|kì|thời\s+điểm(?!\s*,)|thời\s+gian(?=\s+(?:của\s+)?năm\b)|giai\s+đoạn)(?!\s+(?:này|trên|đó))(?:\s+(?:của\s+)?(?:năm\s+)?(?:(?P<y>{_Y})(?!\d|[.,]\d)|(?P<last>trước|ngoái)))?",
    _FLAGS,
)
_HEAD = any_pattern((_CUMULATIVE, _YEAR_START, _TO, _FROM, _SAME_PERIOD))
_MONTH_BEFORE = re.compile(r"\s+(?:của\s+)?tháng\s+trước", _FLAGS)
_START_OF_YEAR = re.compile(rf"đầu\s+năm(?:\s+(?P<y>{_Y})|\s+nay)?(?!\s*học)", _FLAGS)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time phrase that was read; `period` None where the surroundings fail it."""

    end: int
    period: Period | None
    misprint: str = ""
    """The date in it that no calendar has."""


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
        return _made(now.end(), clock, lambda: today(clock))
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
    period, now = _open(form, clock), today(clock)
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
        return _made(month.end(), clock, lambda: by_slot(1, -1)(clock))
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
