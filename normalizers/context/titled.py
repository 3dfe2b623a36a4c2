"""The unit that a headline is of, and the ones that lie inside what it names."""

from __future__ import annotations

import re
from datetime import date

from normalizers.context.issuers import Issuer, after_issuer
from normalizers.context.named import lies_in, named_territory
from normalizers.context.sole import unit_in_province
from normalizers.regions import find_regions, resolve
from normalizers.regions.units import bare_name
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS, NAME_WORD
from solieu.model import Region

_VENUE = sought(
    r"(?:ngày|sáng|chiều|tối|hôm|vừa)\b[^.;:]{0,40}?[\s,](?:tại|ở) "
    r"(?:xã|phường|thị trấn|thôn|hội trường)\b"
)
"""Where something took place on a day, which is not of whom its organiser reports."""


_MET = sought(
    r"\b(?:gặp mặt|hội nghị|xúc tiến|quảng bá|giới thiệu|hội chợ|tuần (?:lễ|hàng)|kỷ niệm)\b"
)
_AT = re.compile(r"\s(?:tại|ở)\s[^,;:]+$")
"""Where a unit holds its meetings elsewhere: "huyện A gặp mặt hội đồng hương tại Hà Nội"."""


_SOME_UNIT = re.compile(
    r"\W*(?:một )?(?:huyện|thị xã|xã|phường)(?: đảo| nghèo| miền núi| biên giới)? (?:ở|tại|của) "
    rf"(?:tỉnh |thành phố )?(?=[{CAPITALS}])",
    re.IGNORECASE,
)
"""A unit that only the text names, and not the province: "Xã ở Hà Nội thu hơn 600% dự toán"."""


def of_title(title: str, letterhead: Issuer | None, lead: str, on: date) -> Region | None:
    """The territory of a title; a commune's name that others share is read below its office."""
    if _SOME_UNIT.match(title):
        return None
    region = unit_in_province(title, lead, on) or named_territory(title, on)
    if region is None and _MET.search(title):
        region = named_territory(_AT.sub("", title), on)
    office = after_issuer(title, on) if region is not None and _VENUE.search(title) else None
    if office is not None and region is not None and lies_in(region, office):
        return office
    if region is not None and region.level == "province" and _BEGINS_UNNAMED.match(title):
        return _unnamed(title.lower(), lead, on, region) or region
    if region is not None or letterhead is None:
        return region
    return named_territory(title, on, letterhead.region)


_OWN_TYPE = re.compile(
    rf"(?:^|[.;,]\s+|\b(?i:của|toàn|trong|cả|địa bàn) )(?P<kind>[Hh]uyện|[Tt]hị xã|[Tt]hành phố)\b"
    rf"(?! [{CAPITALS}]|, )",
    re.MULTILINE,
)


def own_kinds(text: str) -> tuple[str, ...]:
    """What a text calls its own unit: "huyện" for "toàn huyện", "Thị xã hiện có"."""
    return tuple(dict.fromkeys(hit["kind"].lower() for hit in _OWN_TYPE.finditer(text)))


def inside_title(province: Region, title: str, lead: str, on: date) -> Region:
    """The district that a title names behind its province, where the text calls it its own.

    "Sóc Trăng: Vĩnh Châu khởi sắc" over "Thị xã hiện có 24.500 ha nuôi tôm".
    """
    head = _PROVINCE_LEADS.match(title) if province.level == "province" else None
    if head is None or head[1].strip() != bare_name(province):
        return province
    kinds = own_kinds(lead)
    names = [hit["name"] for hit in _NAMES.finditer(title, head.end())]
    if names and title.startswith(names[0], head.end()) and _tells_only_of(names[0], lead):
        kinds = ("huyện", "thị xã", "thành phố")
    found = (resolve(f"{kind} {name}", on, province) for kind in kinds for name in names)
    named = (m.region for m in found if m.region and m.status == "one" and not m.flags)
    return next(named, None) or _unnamed(title[head.end() :], lead, on, province) or province


_BEGINS_UNNAMED = re.compile(
    rf"\W*(?i:huyện|thị xã|phường|xã)(?! (?:hội|viên)\b)(?! [{CAPITALS}\d])(?= \w)"
)
"""Which it is, the text says: "Phường rộng nhất Hà Nội sẽ thành trung tâm mới"."""
_UNNAMED = re.compile(
    r"(?<!các )(?<!nhiều )(?<!những )(?<!mỗi )(?<!cấp )(?<!hai )(?<!ba )(?<!\d )(?<!liên )"
    rf"\b(?P<kind>huyện|thị xã|thị trấn|phường|quận|xã)\b(?! (?:hội|viên|[{CAPITALS}\d])|, )"
)


def _unnamed(told: str, lead: str, on: date, province: Region) -> Region | None:
    """The unit of which a title says only what it is, where the text names one alone of its kind.

    "Quảng Trị: huyện miền núi đổi thay" over "Huyện Hướng Hóa có 21 xã, thị trấn".
    """
    kind = _UNNAMED.search(told)
    found = find_regions(lead, on, province) if kind is not None else ()
    typed = (m for m in found if kind and m.text.casefold().startswith(f"{kind['kind']} "))
    units = {m.region for t in typed if (m := t.match).status == "one"}
    unit = units.pop() if len(units) == 1 else None
    return unit if unit is not None and lies_in(unit, province) else None


def _tells_only_of(name: str, lead: str) -> bool:
    """Does a text tell of a district by its name, and of nothing that the province has?"""
    return f"{name} " in lead and _OF_PROVINCE.search(lead) is None


_OF_PROVINCE = re.compile(r"\b(?:[Tt]ỉnh|Sở|các huyện|các địa phương|Cục)\b")
_PROVINCE_LEADS = re.compile(r"\W*([^:–-]{4,30}?)\s*[:–-]\s+")
_NAMES = re.compile(rf"(?<!\w)(?P<name>{NAME_WORD}(?:[ -]{NAME_WORD}){{1,2}})(?!\w)")


def below_title(letterhead: Issuer | None, over: Region, title: str, on: date) -> Region | None:
    """The commune whose office stands below a line of names, that of its district the last."""
    own = letterhead.region if letterhead is not None else None
    inside = own is not None and own.level == "commune" and lies_in(own, over)
    if not inside or over.level != "district":
        return None
    rest = title
    for mention in find_regions(title, on):
        rest = rest.replace(mention.text, "")
    return None if any(map(str.isalpha, rest)) else own
