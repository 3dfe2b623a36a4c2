"""Which year or span a written form means: what the page's day, its heading and its text say.

"quý I" and "ngày 31/5" take the year of the surroundings, "tháng trước" and "đến nay" go back to
what is spoken of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from normalizers.periods import timespans
from normalizers.periods.compared import months_of
from normalizers.periods.grammar import Form
from solieu.model import Period
from solieu.quick import quick, replace


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
        begun = period.start is None or period.start <= published + _AT_HAND
    return year if begun else year - 1


_AT_HAND = timedelta(days=16)
"""A month or quarter this near ahead is the one that a page speaks of: "kỳ chi trả tháng 9" on
31 August."""


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
    return base + _is_next(form, clock, base) - _is_just_gone(form, clock, base), "context"


def _is_next(form: Form, clock: Clock, year: int) -> bool:
    """Is what is to come named by a month or quarter that lies before the one spoken of?

    "Quý I, phấn đấu …" in a report on the fourth quarter.
    """
    told = clock.reference
    if not clock.plan or told is None or told.start is None or form.kind != "months":
        return False
    end = form.at(year).end
    return end is not None and end < told.start


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
    if page is None or clock.plan or base == page.year:
        return base
    late = clock.heard and page.month > SPRING_BEGINS
    return base if base == page.year - 1 and not late else page.year


SPRING_BEGINS = 2
"""The last month in which "năm nay" may be the year that a page sums up; one told of in the same
sentence before it is not, "Năm 2021 thu 3.120 tỷ đồng; quý I năm nay thu 812 tỷ đồng"."""


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
    if form.relative == "years_ago":
        return _by_year(-form.count)(clock)
    if form.kind == "relative":
        return _RELATIVE[form.relative or ""](clock)
    if form.relative == "so_far" and not _just_over(form, clock):
        return None
    year, source = _year(form, clock)
    if year is None:
        if form.kind == "day":
            form.on(2000)
        return None
    if _is_beside_year(form, clock):
        return replace(form.at(year + 1), source=source, flags=("year_assumed",))
    return replace(form.at(year), source=source)


def _is_beside_year(form: Form, clock: Clock) -> bool:
    """Is "quý I năm nay" told beside a year by its number, on a page without a day?

    "Năm 2021 thu 3.120 tỷ đồng; quý I năm nay 812 tỷ đồng" will be of the year after it.
    """
    told = clock.reference if clock.heard else None
    part = form.kind == "months" and form.relative == "this_year"
    return part and clock.published_on is None and told is not None and months_of(told) == _YEAR


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


def by_slot(count: int, steps: int) -> Callable[[Clock], Period | None]:
    """Reads a month or quarter (`count` months) some steps from the one that is spoken of."""

    def read(clock: Clock) -> Period | None:
        reference = clock.reference
        told = reference is not None and (reference.end or "open_end" not in reference.flags)
        day = reference.end if reference is not None and told else clock.published_on
        if day is None:
            return None
        source = "reference" if told else "publication"
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


def today(clock: Clock) -> Period | None:
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
    last = page.year - (page.month <= SPRING)
    return told.start.year < told.end.year < last


SPRING = 4
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
    "this_month": by_slot(1, 0),
    "last_month": by_slot(1, -1),
    "this_quarter": by_slot(3, 0),
    "last_quarter": by_slot(3, -1),
    "today": today,
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
