"""Visitors, and who is counted in visits and is none: passengers, guests of one place."""

from __future__ import annotations

import re

from normalizers.metrics import MetricMatch
from normalizers.sentences.naming.words import Words
from normalizers.spelling import contains_any, words

_WELCOMED = re.compile(r"(?:^|.*\s)(?:đón|đón được|đón tiếp)(?: (?:hơn|gần|khoảng|trên))?")


def welcomed(said: Words) -> MetricMatch | None:
    """Who are they that a unit received, and nothing more is said: "ước đón 6.672.384 lượt"?"""
    alone = said.bare_tail in {"", "lượt"} and _WELCOMED.fullmatch(said.left) is not None
    carried = some_visitors(said) or any(w in said.head for w in CARRIERS)
    return MetricMatch("visitor_arrivals") if alone and not carried else None


def some_visitors(said: Words) -> bool:
    """Are those from one country no count of all: "Hàn Quốc với 58.600 lượt khách"?

    Nor are those who pass an airport or come to one museum.
    """
    parts = contains_any(said.near, _SOME_VISITORS)
    parts = parts or contains_any(said.head, _SITES)
    return parts or contains_any(f"{said.near} {said.bare_tail}", words("origin"))


_SOME_VISITORS = tuple(
    f"{who} {whence}"
    for who in ("khách", "khách du lịch", "lượt")
    for whence in ("quốc tế", "nội địa", "trong nước", "nước ngoài")
)
_SITES = (
    *("cảng hàng không", "sân bay", "nhà ga", "bến xe"),
    *("vườn quốc gia", "bảo tàng", "khu di tích"),
)
CARRIERS = ("vận tải", "vận chuyển", "hành khách", "sân bay", "xe buýt", "bến xe", "tàu hỏa")
"""Who carries passengers counts no visitors: "vận tải hành khách đạt 9,8 triệu lượt khách"."""
