"""Spans of time as SDMX writes them: 2023, 2024-S1, 2019-Q1, 2024-05, 2018-07-31, 2024-01-01/P5M.

A span without a name of its own is written as its first day and its length.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from solieu.model import Period
from solieu.quick import replace

Basis = Literal["flow", "cumulative", "stock"]


def last_day(year: int, month: int) -> date:
    """The month's last day."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, month: int, count: int, basis: Basis = "flow") -> Period:
    """`count` whole months from `month`: a year, half, quarter or month gets its own code.

    >>> months(2024, 1, 6).code, months(2024, 1, 5).code, months(2019, 4, 3).code
    ('2024-S1', '2024-01-01/P5M', '2019-Q2')
    """
    ahead = year * 12 + month - 2 + count
    end = last_day(ahead // 12, ahead % 12 + 1)
    code = _month_code(year, month, count)
    return Period(end.year, code, date(year, month, 1), end, basis)


def _month_code(year: int, month: int, count: int) -> str:
    if count == 12 and month == 1:
        return f"{year:04d}"
    if count == 6 and month in (1, 7):
        return f"{year:04d}-S{(month + 5) // 6}"
    if count == 3 and month % 3 == 1:
        return f"{year:04d}-Q{(month + 2) // 3}"
    if count == 1:
        return f"{year:04d}-{month:02d}"
    if count % 12 == 0 and month == 1:
        return f"{year:04d}-01-01/P{count // 12}Y"
    return f"{year:04d}-{month:02d}-01/P{count}M"


def years(first: int, last: int) -> Period:
    """Whole years, the last one in."""
    return months(first, 1, (last - first + 1) * 12)


def week(year: int, number: int) -> Period:
    """Monday to Sunday, as epidemics are counted.

    >>> week(2023, 31).code
    '2023-07-31/P7D'
    """
    monday = date.fromisocalendar(year, number, 1)
    return between(monday, monday + timedelta(days=6))


def day(on: date, basis: Basis = "flow") -> Period:
    """What happened on a day, or the state on it."""
    return Period(on.year, on.isoformat(), None if basis == "stock" else on, on, basis)


def stock(on: date) -> Period:
    """The state on a day."""
    return day(on, "stock")


def between(start: date, end: date, basis: Basis = "flow") -> Period:
    """From a first to a last day, both in: whole months where they are whole.

    >>> between(date(2024, 1, 1), date(2024, 5, 31)).code
    '2024-01-01/P5M'
    >>> between(date(2019, 1, 25), date(2019, 6, 30)).code
    '2019-01-25/P157D'
    """
    if start == end:
        return day(start, basis)
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        count = (end.year - start.year) * 12 + end.month - start.month + 1
        return months(start.year, start.month, count, basis)
    length = (end - start).days + 1
    return Period(end.year, f"{start.isoformat()}/P{length}D", start, end, basis)


def since(start: date) -> Period:
    """From a day on, without an end."""
    return Period(start.year, start.isoformat(), start, None, "flow", flags=("open_end",))


def year_to(end: date) -> Period:
    """Cumulative, from 1 January of that year to that day."""
    return replace(between(date(end.year, 1, 1), end), basis="cumulative")


def _moved(on: date, count: int) -> date:
    year = on.year + count
    if (on + timedelta(days=1)).day == 1:
        return last_day(year, on.month)
    return date(year, on.month, min(on.day, calendar.monthrange(year, on.month)[1]))


def years_off(period: Period, count: int) -> Period | None:
    """The same span some years later or earlier; None where the span is not known."""
    if period.end is None:
        return None
    end = _moved(period.end, count)
    if period.start is None:
        return stock(end)
    return between(_moved(period.start, count), end, period.basis)


@dataclass(frozen=True, slots=True)
class Slot:
    """A month or quarter on the calendar, to be counted back from."""

    year: int
    month: int
    count: int

    def off(self, steps: int) -> Period:
        index = self.year * 12 + self.month - 1 + steps * self.count
        return months(index // 12, index % 12 + 1, self.count)


def slot(on: date, count: int) -> Slot:
    """The month (count 1) or quarter (count 3) that holds a day."""
    return Slot(on.year, (on.month - 1) // count * count + 1, count)
