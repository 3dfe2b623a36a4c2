"""What lies ahead of the day of a page: which figures are aims, and of which time results are.

Nothing was reached in a time that had not begun when its page appeared. Where a statement names
such a time itself, its figure is an aim. Where the time was only told of before, or is the
title's, the figure is of what the text was at before: of the page's own year, of the last result,
or of the year that is summed up. Years that had begun and were not over are told of so far. A page
without a day has no time ahead of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from normalizers.periods.timespans import since
from normalizers.spelling import canonical, contains_any, words
from solieu.model import Period, Scenario
from solieu.quick import quick, replace

Found = Literal["own", "sentence", "aside", "carried", "document"]
"""How a time was found: in the statement, before it in the sentence or the text, or nowhere."""
Lie = Literal["over", "so_far", "ahead"]
YEAR_ASSUMED = "year_assumed"
"""Flag of a year that was worked out from what a text compares with, sums up or aims at."""
_YEAR_END = timedelta(days=60)
"""What the year's surveys find is told for its end from November on."""


@quick
@dataclass(frozen=True, slots=True)
class Outlook:
    """What a document says about times and aims."""

    page: date | None = None
    title: str = ""
    document: Period | None = None
    results: Period | None = None
    """The time of results that name none, where it is not that of the document."""
    coming: Period | None = None
    """The year of goals that a council has set for it without naming it."""


@quick
@dataclass(frozen=True, slots=True)
class Stated:
    """What a figure is by its own words, and of when."""

    scenario: Scenario
    period: Period | None
    found: Found
    done: bool = False
    """Does its sentence tell of what was done?"""
    foretold: bool = False
    """Does it tell of nothing but what is to come: "Tỉnh sẽ hỗ trợ 412 hộ"?"""
    aimed: bool = False
    """Was the sentence before it a goal?"""
    past: Period | None = None
    """The time of the last result, where a goal was told since."""
    latest: Period | None = None
    """The latest year told so far, which a look back has left."""


def settled(stated: Stated, outlook: Outlook) -> Stated:
    """The statement as an aim, or as a result of a time that the page can tell of."""
    if stated.period is None:
        return stated
    if stated.scenario == "plan":
        return replace(stated, period=_of_goal(stated, outlook))
    lie = lies(stated.period, outlook.page)
    if (lie == "ahead" and _is_aim(stated, outlook)) or _is_year_begun(stated, outlook):
        return replace(stated, scenario="plan")
    if lie == "so_far" and _is_begun_aim(stated):
        return replace(stated, scenario="plan")
    return replace(stated, period=_of_result(stated, outlook, lie))


def _is_begun_aim(stated: Stated) -> bool:
    """Does it go on with a goal in years that are not over: "Mục tiêu … Tổng vốn 2011 - 2015 …"?"""
    named = stated.found in {"own", "sentence"}
    return stated.scenario == "actual" and named and stated.aimed and not stated.done


def _of_goal(stated: Stated, outlook: Outlook) -> Period | None:
    """Goals that name no time are none of the year that a page of January or December sums up."""
    coming, told = outlook.coming, stated.period
    unnamed = stated.found in {"carried", "document"}
    if coming is not None and told is not None and unnamed and told.year < coming.year:
        return coming
    latest, carried = stated.latest, stated.found == "carried"
    if latest is not None and told is not None and carried and told.year < latest.year:
        year = latest.year
        return Period(year, str(year), source="text", flags=(YEAR_ASSUMED,))
    if carried and told is not None and _is_over(stated, told, outlook):
        return outlook.document or stated.period
    return told


def _is_over(stated: Stated, told: Period, outlook: Outlook) -> bool:
    """Is it the time of results, which what is to come is none of?

    "Năm 2022, toàn tỉnh có 3.500 ha chè. Tỉnh sẽ hỗ trợ 412 hộ": not in 2022.
    """
    own = outlook.document
    gone = stated.foretold and stated.past is None and own is not None and told.year < own.year
    return gone or told == outlook.results


def _is_aim(stated: Stated, outlook: Outlook) -> bool:
    """Does the statement name the time ahead, or is it none of the results below a title of tasks?

    "Nhiệm vụ năm 2025" over "Bảo dưỡng 412 km đường".
    """
    if stated.scenario != "actual":
        return False
    named = stated.found in {"own", "sentence"}
    return named or (names_tasks(outlook.title) and not stated.done)


def _is_year_begun(stated: Stated, outlook: Outlook) -> bool:
    """Does a statement name a whole year of which there can be no results yet?

    "Năm 2024, sản lượng 1.075 triệu kWh" on a page of January, or behind what was done in 2023 in a
    text on the tasks of 2024.
    """
    period, page, told = stated.period, outlook.page, outlook.results
    if stated.scenario != "actual" or stated.done or stated.found not in {"own", "sentence"}:
        return False
    if period is None or period.code != str(period.year):
        return False
    if page is not None:
        return date(period.year, 1, 1) <= page <= date(period.year, 1, 31)
    return told is not None and told.year == period.year - 1


def _of_result(stated: Stated, outlook: Outlook, lie: Lie) -> Period | None:
    period, page = stated.period, outlook.page
    if period is None or page is None:
        return outlook.results or period if stated.found == "document" else period
    if lie == "so_far":
        return so_far(period, page)
    if stated.found == "document":
        return outlook.results or (of_page(page) if _begins_term(period, page) else period)
    if stated.found != "carried" or lie != "ahead":
        return period
    known = (stated.past, outlook.results, outlook.document)
    return next((p for p in known if p is not None and lies(p, page) != "ahead"), period)


# ---------------------------------------------------------------- times and the page's day


def lies(period: Period, page: date | None) -> Lie:
    """Where a time lies from the page: years of several are told of "so_far" between their ends.

    So are those since a year gone by, of which no end is told: "Từ năm 2018, tỉnh hỗ trợ 412 hộ".
    """
    if page is None:
        return "over"
    start, end = period.start, period.end
    if period.basis == "stock" and end is not None:
        return "ahead" if end > page + _YEAR_END else "over"
    if start is None:
        return "ahead" if period.year > page.year else "over"
    if start > page or (_begins_term(period, page) and period.year > page.year + 1):
        return "ahead"
    last = end.year if end is not None else page.year + 1
    return "so_far" if start.year < page.year < last else "over"


def _begins_term(period: Period, page: date) -> bool:
    """A title's years to come are no time of results: "4 trụ cột giai đoạn 2025 - 2030"."""
    start, end = period.start, period.end
    return start is not None and end is not None and page.year <= start.year < end.year


def so_far(period: Period, page: date) -> Period:
    """Years up to the page: "giai đoạn 2021 - 2025" in May 2023."""
    start = period.start or date(period.year, 1, 1)
    return replace(since(start), year=page.year, source=period.source)


def of_page(published: date) -> Period:
    """A text that names no time speaks of the year in which it appeared."""
    year = published.year
    return Period(year, str(year), source="publication", flags=("year_of_publication",))


# ---------------------------------------------------------------- titles


def is_wished_for(title: str, year: int, page: date | None) -> bool:
    """Does a title tell of what is wished for in years to come, and of no time of the text?

    "Phấn đấu thu hút 2 tỷ USD vốn FDI giai đoạn 2024 - 2025", published in March 2024.
    """
    ahead = page is not None and year > page.year
    return ahead and contains_any(canonical(title), words("wish"))


def names_tasks(title: str) -> bool:
    """Does a title name what is to be done: "Nhiệm vụ năm 2025"?"""
    return contains_any(canonical(title), words("task"))
