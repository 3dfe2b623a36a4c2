"""Where a head, a row or a time says less than the metric that the words name: no code, or a doubt.

A level of government under "Chi thường xuyên" spends its part and not all of it; "Dân số" may be
of a day or of a year, and prices of one month are no average.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.layout.words import bare_label
from normalizers.periods.compared import months_of
from solieu.model import Period

_LEVEL = re.compile(
    r"\W*(?:(?:tổng )?(?:thu|chi) )?(?:(?:ns|ngân sách) ?(?:cấp )?(?:tw|trung ương|tỉnh|huyện|"
    r"thành phố|tp|thị xã|xã|phường|địa phương|đp)|nst[wp]?|nsđp|nsh|nsx)\W*$",
    re.IGNORECASE,
)
_TIER = re.compile(
    r"\W*(?:(?:ns|ngân sách|khối|tuyến) )?cấp (?:trung ương|tw|tỉnh|huyện|thành phố|xã|phường|"
    r"cơ sở)(?:\s*[,/–-]\s*(?:huyện|xã|phường))*\W*$"
    r"|\W*(?:khối|tuyến) (?:trung ương|tw|tỉnh|huyện|xã)\W*$"
    r"|\W*(?:ns|ngân sách) ?(?:tỉnh|huyện|thành phố|xã|phường)\W*$|\W*ns[thx]\W*$",
    re.IGNORECASE,
)
_REVENUE = frozenset({"state_budget_revenue_in_the_area"})
_PRICES = "average_consumer_price_index_change"
_AVERAGES = {
    "average_population": re.compile(r"trung bình|bình quân|average", re.IGNORECASE),
    _PRICES: re.compile(r"bình quân|trung bình|lũy kế|luỹ kế|average", re.IGNORECASE),
}
_OF_A_MONTH = frozenset({"previous_month", "period_start"})
_MONTH = 1
DOUBTED = 0.9
"""How sure the average is where the words do not say that it is one."""


@lru_cache(maxsize=4096)
def is_tier(label: str) -> bool:
    """Whether a label names a level of government and no territory: "II. Cấp huyện"."""
    return _TIER.match(bare_label(label)) is not None


@lru_cache(maxsize=4096)
def is_part(head: Sequence[str], metric: str) -> bool:
    """Whether a head names one level of government and no part of it that has a code of its own.

    >>> is_part(("Chi NSĐP", "Cấp huyện"), "recurrent_expenditure")
    True
    >>> is_part(("Chi NSĐP",), "recurrent_expenditure")
    False
    """
    if any(map(is_tier, head)):
        return True
    return metric in _REVENUE and bool(head) and _LEVEL.match(head[-1]) is not None


def average(
    metric: str | None, words: Sequence[str], title: str, period: Period | None, basis: str | None
) -> float:
    """How sure a code of an average is: 0 for prices of a month or a day, which have no code.

    Args:
        metric: any code.
        words: the figure's own labels.
        title: what stands over the table.
        period: the figure's time.
        basis: what it is measured against.
    """
    said = _AVERAGES.get(metric or "")
    if said is None or said.search(" ".join(words)):
        return 1.0
    if metric == _PRICES and (basis in _OF_A_MONTH or _is_short(period)):
        return 0.0
    return 1.0 if said.search(title) else DOUBTED


def _is_short(period: Period | None) -> bool:
    """A month or a day."""
    if period is None or period.end is None:
        return False
    return period.start in {None, period.end} or months_of(period) == _MONTH


_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
_OTHERWISE = re.compile(
    r"(?<!\w)(?:giá|so|chuẩn|theo|gốc|năm trước|quyết định|nghị quyết|nq|qđ|luật|thông tư)(?!\w)",
    re.IGNORECASE,
)
"""Beside these a year is that of prices, of a law, of a comparison's base."""


@lru_cache(maxsize=4096)
def prints_other_year(head: Sequence[str], period: Period | None) -> bool:
    """Whether a head prints years and the time that was found is in none of them.

    >>> prints_other_year(("Vụ chiêm 2022 - 2023",), Period(2024, "2024"))
    True
    """
    if period is None or any(map(_OTHERWISE.search, head)):
        return False
    printed = {int(year) for element in head for year in _YEAR.findall(element)}
    began = period.start.year if period.start else period.year
    return bool(printed) and printed.isdisjoint({period.year, began})
