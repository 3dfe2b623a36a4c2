"""Years that a result cannot be of: one that it is compared with, or one ahead of its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from normalizers.periods.reading import PeriodMention
from normalizers.periods.timespans import since
from normalizers.sentences.settings import Carried, Sentence, Setting
from normalizers.sentences.when.compared import told_to_compare
from normalizers.sentences.when.document_years import YEAR_ASSUMED
from normalizers.sentences.when.times import Timed, usable
from solieu.model import Observation, Period
from solieu.quick import replace

_PRINTED = re.compile(r"(?:19|20)\d\d")
_YEAR_END = timedelta(days=60)
"""What the year's surveys find is told for its end from November on."""


def past_base(sentence: Sentence, carried: Carried, setting: Setting) -> Period | None:
    """The time of a sentence that names none and compares with the very year that the text is at.

    "Năm 2019 có 412 hộ nghèo. Số hộ đã thoát nghèo tăng 12% so với năm 2019": told of a later year.
    """
    now = carried.period or setting.results or setting.document_period
    if now is None or not _is_annual(now):
        return None
    base = max((_year(m) for m in sentence.times if _year(m) and _compares(sentence, m)), default=0)
    if base < now.year:
        return None
    own = (m for m in usable(sentence.text, sentence.times) if not _compares(sentence, m))
    if next(own, None) is not None:
        return None
    known = (carried.latest, setting.results, setting.document_period)
    later = next((p for p in known if p is not None and p.year > base), None)
    return later or Period(base + 1, str(base + 1), source="text", flags=(YEAR_ASSUMED,))


def _compares(sentence: Sentence, mention: PeriodMention) -> bool:
    return told_to_compare(sentence.text, mention)


def _year(mention: PeriodMention) -> int:
    """The year compared with, where it is printed and whole."""
    period = mention.period
    whole = period is not None and _is_annual(period) and _PRINTED.search(mention.text)
    return period.year if period is not None and whole else 0


def _is_annual(period: Period) -> bool:
    year_end = period.basis == "stock" and period.end == date(period.year, 12, 31)
    return period.code == str(period.year) or year_end


def of_result(seen: Observation, timed: Timed, carried: Carried, setting: Setting) -> Period | None:
    """The time of a result to which the text gives another; None where it may stand.

    Goals that name no time are none of the year that a page of January sums up.
    """
    if timed.period is None:
        return None
    if seen.scenario == "plan":
        over = timed.found == "carried" and timed.period == setting.results
        return setting.document_period if over else None
    page = setting.context.published_on
    if page is not None and (unfinished := _so_far(timed.period, page)) is not None:
        return unfinished
    if timed.found == "document":
        return setting.results
    if timed.found != "carried" or page is None or not lies_ahead(timed.period, page):
        return None
    known: Sequence[Period | None] = (carried.past, setting.results, setting.document_period)
    return next((p for p in known if p is not None and not lies_ahead(p, page)), None)


def _so_far(period: Period, page: date) -> Period | None:
    """Of years that are not over, those up to the page: "giai đoạn 2021 - 2025" in May 2023."""
    start, end = period.start, period.end
    if start is None or end is None or not start.year < page.year < end.year:
        return None
    return replace(since(start), year=page.year, source=period.source)


def lies_ahead(period: Period, page: date) -> bool:
    """Does a time begin, or a state lie, behind the day of the page?"""
    if period.basis == "stock" and period.end is not None:
        return period.end > page + _YEAR_END
    return period.year > page.year if period.start is None else period.start > page
