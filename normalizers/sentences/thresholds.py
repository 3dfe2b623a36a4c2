"""Bounds of classes, which are no figures: "từ 85% đến 90% là 13 xã", "dự án từ 15 tỷ đồng"."""

from __future__ import annotations

import re

from normalizers.quantities.reading import Quantity
from normalizers.seeking import sought
from normalizers.sentences.aims.scenarios import scenario
from normalizers.sentences.aims.told_plans import sets_bound
from normalizers.sentences.naming.words import MONEY, currency

_CLASS = sought(
    r"(?<![\d.,/])(?<!năm )\d{1,4}(?:/\d{1,4})? (?!năm\b|tháng\b|quý\b|ngày\b)"
    r"(?:[^\W\d]+ ){1,6}(?:đạt|có)\b[^,;.\d]{0,40} từ\s*$"
)
"""The rate that those counted have at least: "10 trường đạt từ 95,57% trở lên"."""
_CLASS_OF_DEBT = re.compile(
    r"(?<![\d.,/])\d{1,3}(?:\.\d{3})* (?:[^\W\d]+,? ){1,12}"
    r"(?:nợ|vốn|doanh thu|thu nhập)\b[^,;.\d]{0,24} từ\s*$",
    re.IGNORECASE,
)
_TO_MORE = re.compile(r"\s*(?:đồng )?đến\b", re.IGNORECASE)
"""The class of those counted: "166 đơn vị nợ từ 10 triệu đồng đến trên 1 tỷ đồng"."""


def of_class(quantity: Quantity, before: str, after: str) -> bool:
    """Is the number what those counted have at least?"""
    if currency(quantity.unit) in MONEY and _TO_MORE.match(after) and _CLASS_OF_DEBT.search(before):
        return True
    if quantity.unit == "percent" and _bounds_a_count(before, after):
        return True
    rate = quantity.unit == "percent" and not _CLASS.search(before)
    return not rate and _threshold(before, after)


_BOUND = sought(r"\b(?:từ|dưới|trên|đến|tới|đến dưới|-|–)\s*$")
_THOSE = re.compile(
    r"\s*(?:(?:đến|tới|-|–)(?: dưới)?\s*\d[\d,]*\s*%\s*)?(?:trở (?:lên|xuống)\s*)?"
    r"(?:có|là|gồm|:)(?: \w+)?\s*\d+(?:/\d+)?\s*"
    r"(?:xã|phường|huyện|thôn|tỉnh|địa phương|đơn vị|trường|doanh nghiệp|cơ quan|sở)\b",
    re.IGNORECASE,
)


def _bounds_a_count(before: str, after: str) -> bool:
    """Is a rate the bound of a class that is counted: "từ 85% đến 90% là 13 xã"?"""
    return _BOUND.search(before) is not None and _THOSE.match(after) is not None


_FROM = sought(r"\btừ(?: mức| trên| đủ)?\s*$")
_OR_MORE = re.compile(
    r"(?:\s*k?m[23])?[^;,.()\d]{0,30}?\b(?:trở (?:lên|xuống|về)|phải|thì được|mới được)\b",
    re.IGNORECASE,
)


def _threshold(before: str, after: str) -> bool:
    """What a thing must be to be counted: "dự án từ 15 tỷ đồng trở lên", unless it is a target."""
    bound = _FROM.search(before) is not None and _OR_MORE.match(after) is not None
    return bound and scenario(before, "actual") != "plan" and not sets_bound(before, after)
