"""With what a figure is compared: the basis that "so với" and a time name."""

from __future__ import annotations

import re
from datetime import date

from solieu.model import Period


def versus_kind(base: str, own: Period | None, compared: Period | None) -> str | None:
    """The basis that the words behind "so với" name."""
    lowered = " ".join(base.casefold().split())
    if _SAME.search(lowered):
        return "same_period_last_year"
    for words, kind in _BASES:
        if words in lowered:
            return kind
    return _spans_kind(own, compared) if compared is not None else None


_SAME = re.compile(r"cùng (?:kỳ|kì|thời)(?!.*tháng trước)")
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
    if compared.end is not None and (compared.basis == "stock" or compared.start == compared.end):
        return _stock_kind(own, compared.end)
    size, own_size = months_of(compared), months_of(own) if own else None
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
    kind = {1: "previous_month", 3: "previous_quarter"}.get(size or 0, "previous_period")
    if own is None or own_size != size or _follows(own, compared):
        return kind
    return "period_start" if _is_december_before(own, compared) else "previous_period"


def _follows(own: Period, compared: Period) -> bool:
    """Whether the one begins where the other ends: October and September of one year."""
    if own.start is None or compared.end is None:
        return True
    return (own.start - compared.end).days in (0, 1)


def _is_december_before(own: Period, compared: Period) -> bool:
    """Prices "so với tháng 12 năm trước" are compared with the year's start."""
    last = compared.end is not None and compared.end.month == 12
    return last and compared.year + 1 == own.year


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


def months_of(period: Period) -> int | None:
    """How many months a span touches; None where an end is not known."""
    if period.start is None or period.end is None:
        return None
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _same_months(one: Period, other: Period) -> bool:
    starts = one.start, other.start
    return starts[0] is not None and starts[1] is not None and starts[0].month == starts[1].month
