"""Goals of the coming year or term, which a council or a congress sets and need not name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from normalizers.periods.timespans import years
from normalizers.seeking import sought
from normalizers.sentences.aims.scenarios import tells_result
from normalizers.sentences.when.ahead import YEAR_ASSUMED
from normalizers.sentences.when.events import CONGRESS
from solieu.model import Period

_LAST_MONTH = 12
_COUNCIL = sought(
    r"\b(?:HĐND|Hội đồng nhân dân|Kỳ họp|(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ủy"
    r"|Ban Chấp hành Đảng bộ)\b"
)
_SETS = sought(
    r"\b(?:đề ra|thông qua|quyết nghị|thống nhất|đặt ra|xác định|với)\b[^.;:]{0,120}"
    r"\b(?:chỉ tiêu|mục tiêu)\b[^.;:\d]{0,60}:|\bquyết nghị\s*:"
)
"""As in "Nghị quyết đề ra các chỉ tiêu chủ yếu: thu ngân sách 15.903 tỷ đồng; …"."""
_STATES = re.compile(r"\W*(?:tổng )?(?:dự toán|kế hoạch|chỉ tiêu) ", re.IGNORECASE)
_STRIVES = sought(r"\bphấn đấu\b")
_THIS_YEAR = sought(
    r"\b(?:năm nay|(?:cuối|hết|cả|trong) năm|còn lại|tháng|quý|giao|đầu năm|nhiệm kỳ"
    r"|giai đoạn)\b"
)


def next_year(texts: Iterable[str], page: date | None) -> Period | None:
    """The coming year, where a page of December tells what goals a council has set."""
    if page is None or page.month != _LAST_MONTH:
        return None
    told = list(texts)
    met = any(_COUNCIL.search(text) for text in told)
    if not met or not any(_sets_goals(text) for text in told):
        return None
    year = page.year + 1
    return Period(year, str(year), source="publication", flags=(YEAR_ASSUMED,))


def _sets_goals(text: str) -> bool:
    hit = _SETS.search(text)
    return hit is not None and _THIS_YEAR.search(text, hit.start(), hit.end()) is None


def next_term(texts: Iterable[str], held: Period | None) -> Period | None:
    """The term for which a congress sets its goals, in a text of the year it was `held` in."""
    hits = (CONGRESS.search(text) for text in texts)
    told = next((hit for hit in hits if hit is not None), None)
    if told is None or held is None or held.year != int(told["year"]):
        return None
    return years(held.year, int(told["last"]))


def coming_time(
    text: str, year: Period | None, term: Period | None, *, listed: bool
) -> Period | None:
    """The time to come of goals that name none."""
    if term is not None and _WITHIN_TERM.search(text) is None and _tells_goals(text, listed=listed):
        return term
    within = year is None or _THIS_YEAR.search(text) is not None
    return None if within or not _tells_goals(text, listed=listed) else year


_WITHIN_TERM = sought(r"\b(?:năm nay|(?:cuối|hết|cả|trong) năm|còn lại|tháng|quý|đầu năm)\b")


def _tells_goals(text: str, *, listed: bool) -> bool:
    """Does a sentence, or the list that it goes on with, tell nothing but goals to come?"""
    opened = _SETS.search(text)
    if tells_result(text[opened.end() if opened else 0 :]):
        return False
    goal = _STRIVES.search(text) or _STATES.match(text)
    return listed or opened is not None or goal is not None
