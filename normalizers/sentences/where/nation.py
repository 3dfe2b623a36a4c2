"""Words that speak of the whole country."""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.seeking import Together, sought
from normalizers.spelling import canonical, contains_any, words
from solieu.model import Region


@lru_cache(maxsize=4096)
def national(text: str) -> bool:
    """Do the words speak of the whole country: "ca ghi nhận trong nước"?"""
    plain = canonical(text)
    named = _ECONOMY in plain or contains_any(plain, words("country"))
    return named or _ALL_PROVINCES.search(plain) is not None


_ALL_PROVINCES = re.compile(r"(?<!\S)(?:cả|tất cả|toàn bộ) (?:63|64|34) tỉnh(?: và)? thành(?!\S)")
_ECONOMY = "toàn nền kinh tế"
"""As in "tín dụng toàn nền kinh tế tăng 7,17%" in the report of a city."""


def of_nation(text: str, territory: Region | None) -> bool:
    """As `national`; "toàn ngành" is the document's own branch, "trong nước" no place."""
    if not _ASIDES.may_match(text):
        return national(text)
    if _ITS_OWN.search(text):
        return True
    if territory is None:
        return national(_PLACED.sub(" ", text))
    if territory.level != "country":
        text = _RANKED.sub(" ", _BRANCH.sub(" ", _ALL_OVER.sub(" ", text)))
    return national(text)


_PLACED = sought(
    r"\b(?:đứng|xếp|thứ)\s(?:[^,;.()\d]|(?<=thứ |ạng )\d+|(?<=\d/)\d+){0,40}(?:cả nước|toàn quốc)"
)
"""Which unit it is, though none is the text's own: "Bắc Kạn xếp thứ 33 cả nước"."""


_ITS_OWN = sought(
    r"\b(?:so với|bình quân|chung)\b[^,;.()\d]{0,40}(?:cả nước|toàn quốc) là"
    r"(?: (?:trên|hơn|gần|khoảng|dưới))*\s*$"
)
"""The nation's mark itself: "so với tỷ lệ chung của cả nước là trên 82%"."""
_RANK = (
    r"(?:so với|hơn|bằng|đứng|xếp|dẫn đầu|nhất|thứ)\s"
    r"(?:[^,;.()\d]|(?<=thứ |ạng )\d+|(?<=\d/)\d+){0,40}"
)
_RANKED_TO = re.compile(_RANK + "$", re.IGNORECASE)
_RANKED = sought(_RANK + "(?:cả nước|toàn quốc)")
"""What a figure is compared with: "thấp so với bình quân chung của cả nước"."""
_BRANCH = sought(r"toàn ngành|trong nước|(?:cửa khẩu|cảng)(?: \w+){0,3} (?:cả nước|toàn quốc)")


_ALL_OVER = sought(
    r"\b(?:từ|đến|tới|ra|cho|khắp|với)\s(?:(?:phần lớn|hầu hết|nhiều|khắp|tất cả)\s)?(?:các |mọi )?"
    r"(?:vùng|miền|nơi|địa phương|(?:\d+ )?tỉnh,?(?: và)? thành(?: phố)?)(?: (?:trong|trên|của))?"
    r" (?:cả nước|toàn quốc)"
)
"""Where people come from and goods go: "1,2 triệu lao động đến từ các tỉnh, thành cả nước"."""
_ASIDES = Together(_ITS_OWN, _PLACED, _RANKED, _BRANCH, _ALL_OVER)


_PART_OF_NATION = re.compile(
    r"\b(?:chiếm|(?:gấp|bằng)(?= ))(?: (?:khoảng|gần|hơn|trên|tới|đến))*\s*$", re.IGNORECASE
)


def is_part_of_it(left: str) -> bool:
    """Is the nation what a unit's part is measured by: "chiếm 2,34% dân số cả nước"?"""
    return _PART_OF_NATION.search(left) is not None


_PART_AGAIN = re.compile(
    r"\bchiếm\b[^.;()]*(?:\d[.,]\d[^.;()]*)*(?:,|\bvà)\s*"
    r"(?:(?:chiếm|khoảng|gần|hơn|trên|chưa đầy|chưa tới|và)\s+)*$",
    re.IGNORECASE,
)


def goes_on_as_part(before: str) -> bool:
    """As in "chiếm hơn 60% diện tích sắn của vùng, khoảng 17% cả nước", up to the last rate?"""
    return _PART_AGAIN.search(before[-160:]) is not None


def compared_with(before: str) -> bool:
    """Is what follows only what a figure is ranked against: "thấp so với bình quân của"?"""
    return _RANKED_TO.search(before) is not None
