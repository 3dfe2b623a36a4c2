"""What "now" and "next" say of the time a text is at: years told of before are over then."""

from __future__ import annotations

import re
from datetime import date, timedelta

from normalizers.periods.timespans import years
from normalizers.sentences.settings import Carried
from solieu.model import Period
from solieu.quick import replace

_TODAY = re.compile(
    r"\W*(?:[^\W\d][^,;:.()\d]{0,60} )?(?<!thực )(?<!phát )(?<!thể )(?<!xuất )(?<!biểu )"
    r"hiện(?: nay| tại)?,? (?!tượng|vật|trạng|hành|đại)",
    re.IGNORECASE,
)


_RESULT = re.compile(
    r"\W*(?:hiện|đến nay|tính đến nay|toàn (?:tỉnh|huyện|xã|thành phố|phường|thị xã|quận)"
    r"(?: hiện| đã)? (?:có|còn|đã)\b(?! thêm))",
    re.IGNORECASE,
)
"""Goes on with results behind a goal: "Mục tiêu năm 2025 là … Toàn tỉnh còn 23.410 hộ nghèo"."""


_YEARS_GONE = re.compile(
    r"\W*(?:(?:trong|sau|qua) )*(?:gần |hơn )?(?:\d{1,2}|hai|ba|bốn|năm|mười|nhiều|những|mấy)"
    r" năm (?:qua|gần đây|trở lại đây)\b",
    re.IGNORECASE,
)
"""Up to the page's day, behind what was long ago: "Năm 2011 có 1.200 ha. Mười năm qua, …"."""
_TERM_GONE = re.compile(
    r"\W*(?:(?:trong|qua|sau|kết thúc) )?(?:(?:nhiệm kỳ|giai đoạn|năm) (?:vừa )?qua|nhiệm kỳ trước"
    r"|(?:5|năm) năm (?:vừa )?qua)\b",
    re.IGNORECASE,
)
"""Goes back behind goals: "Đến năm 2030, … đạt 125 triệu đồng. Nhiệm kỳ qua, … tăng 9,4%/năm"."""
_YEARS_SINCE = re.compile(
    r"\W*sau (?:gần |hơn )?(?P<count>\d{1,2}) năm(?! (?:học|tuổi|\d))\b", re.IGNORECASE
)
_UP_TO_NOW = re.compile(r"\W*(?:(?:tính )?(?:đến|hiện) nay\b|nay,)", re.IGNORECASE)


def of_today(
    text: str, carried: Carried, published: date | None = None, *, undated: bool = False
) -> Carried:
    """What is so "now" is of the report's day, and not of the years told of before.

    In an `undated` text nobody knows which day that is.
    """
    period, latest = carried.period, carried.latest
    if period and latest and period.year < latest.year and _TODAY.match(text):
        return replace(carried, period=latest)
    if period and published and _is_up_to(published, period, text):
        return replace(carried, period=None, past=None)
    if undated and published is None and _UP_TO_NOW.match(text):
        return replace(carried, period=latest if _is_day(latest) else None, past=None)
    if carried.past is not None and any(p.match(text) for p in (_RESULT, _TODAY, _TERM_GONE)):
        if _back_to_page(carried.past, period, published) and _TODAY.match(text):
            return replace(carried, period=None, past=None)
        period = carried.past
        carried = replace(carried, period=period, past=None)
    if period is None or not _TODAY.match(text) or not _is_over(period, published):
        return carried
    return replace(carried, period=None)


def _is_over(period: Period, page: date | None) -> bool:
    """Was it long before the page's day, or of several years, or begun in an earlier one?"""
    if period.end is None:
        return page is not None and page.year > period.year
    gone = page is not None and period.end + _LATELY < page
    return gone or (period.start is not None and period.end.year > period.start.year)


def _is_up_to(page: date, told: Period, text: str) -> bool:
    """Does a sentence behind what was long ago tell of the years from then up to the page?"""
    if told.year >= page.year - 1:
        return False
    since = _YEARS_SINCE.match(text)
    passed = since is not None and told.year + int(since["count"]) >= page.year - 1
    return passed or _YEARS_GONE.match(text) is not None


def _is_day(told: Period | None) -> bool:
    """Was the last count of a text that of a day within the year: "tính đến hết tháng 11/2019"?"""
    if told is None or told.basis != "stock" or told.end is None:
        return False
    return (told.end.month, told.end.day) != (12, 31)


def _back_to_page(past: Period, aimed: Period | None, page: date | None) -> bool:
    """Is the last result of a year before, and the goal told since one of the page's own year?"""
    if page is None or aimed is None:
        return False
    return aimed.year == page.year > past.year


_LATELY = timedelta(days=150)
"""A report of spring still says "hiện" of the year that has ended."""


_NEXT_TERM = re.compile(
    r"\W*(?:(?:trong |bước vào )?(?:nhiệm kỳ|giai đoạn|5 năm|năm năm) (?:tới|mới|tiếp theo))\b",
    re.IGNORECASE,
)
_TERM_YEARS = 5


def of_next_term(text: str, carried: Carried) -> Carried:
    """Behind the years of a term "nhiệm kỳ tới" is the next one."""
    period = carried.period
    if period is None or period.start is None or period.end is None:
        return carried
    if period.end.year - period.start.year + 1 < _TERM_YEARS or not _NEXT_TERM.match(text):
        return carried
    coming = years(period.end.year, period.end.year + _TERM_YEARS)
    return replace(carried, period=coming, past=carried.past or period)
