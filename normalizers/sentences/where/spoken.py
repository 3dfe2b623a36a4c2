"""Whom a sentence speaks of: the unit that it begins with, the province that "tỉnh" means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from normalizers.branching import any_of
from normalizers.context.issuers import issuer_words
from normalizers.regions import COUNTRY, Mention
from normalizers.seeking import sought
from normalizers.sentences.where.mentions import level_of, lies_above, mentions_in
from normalizers.sentences.where.placed import Placed
from normalizers.spelling import CAPITALS, canonical
from normalizers.watching import watched
from solieu.model import Region

_ITS_OWN = sought(
    rf"\b(?:của|toàn|trong|trên địa bàn|đến) tỉnh\b(?! (?i:này|đó)?[{CAPITALS}]|, thành|/)"
    r"|\b(?:dự toán|kế hoạch|chỉ tiêu) (?:do )?(?:[Tt]rung ương|(?:HĐND |UBND )?tỉnh) giao\b"
    rf"|\b[Tt]rên địa bàn\b(?= (?:có|đã|hiện|đạt|ước|được|còn)\b|,? \d)"
    r"|^\W*Tỉnh (?:đã|có|hiện|cũng|còn|phấn đấu|đặt|đang)\b",
    flags=0,
)


def speaks_of_own(text: str) -> bool:
    """Does a sentence say that it is of a province, and of the one told of before?"""
    return _ITS_OWN.search(text) is not None


_OF_UNIT = sought(
    r"\b(?:của|toàn|trong|trên địa bàn|UBND|HĐND|Đảng bộ|[Hh]ội (?:Nông dân|[Đđ]ồng nhân dân)"
    r"|[Ủủ]y ban nhân dân) (?P<kind>huyện|thị xã|xã|phường|quận|thị trấn)\b"
    rf"(?! (?i:này|đó|hội)?[{CAPITALS}]"
    r"| (?:này|đó|hội|khác|nghèo|miền|biên|ven|vùng|đạt|điểm|viên|giao)|[,/])",
    flags=0,
)
_NEAR = 600
"""Letters within which a larger unit's text has named the smaller one that it still tells of."""
_SMALLER = {
    "country": ("huyện", "thị xã", "quận", "xã", "phường", "thị trấn"),
    "province": ("huyện", "thị xã", "quận", "xã", "phường", "thị trấn"),
    "district": ("xã", "phường", "thị trấn"),
}


def unit_meant(text: str, territory: Region | None, heard: str, on: date) -> Placed | None:
    """The last unit of its kind `heard` of, where the text has none of its own.

    "HĐND huyện A họp kỳ thứ 17. / Theo báo cáo, giá trị sản xuất của huyện …". In the text of a
    province or district it is the only one of its kind that was told of shortly before.
    """
    if territory is not None and (acting := _UNIT_ACTS.match(text)) is not None:
        return _acting(canonical(acting["kind"]), territory, heard, on)
    hit = _OF_UNIT.search(text)
    if hit is None or (territory is not None and _ITS_OWN.search(text)):
        return province_meant(text, territory, heard, on)
    if territory is None:
        alike = _of_kind(heard, hit["kind"], on)
        return Placed(alike[-1], carried=True) if alike else None
    smaller = hit["kind"] in _SMALLER.get(territory.level, ())
    near = {*_of_kind(heard[-_NEAR:], hit["kind"], on, territory)} if smaller else set()
    return Placed(near.pop(), carried=True) if len(near) == 1 else None


_UNIT_ACTS = watched(
    r"\W*(?:(?:(?:trong|tính đến|đến|từ|hết|sau) )*(?:năm|nay|hiện|tháng|quý|nhiệm kỳ|giai đoạn"
    r"|\d+ tháng)\b[^,.;:]{0,40}, )?(?P<kind>huyện|thị xã|xã|phường|quận|thị trấn)"
    r" (?:đã|đạt|có|hiện|cũng|còn|phấn đấu|đặt|đang|thu|huy động|được)\b",
    re.IGNORECASE,
)
"""As in "Phường A giữ vững đà tăng. Năm 2024, phường thu ngân sách 132 tỷ đồng"."""


def _acting(kind: str, territory: Region, heard: str, on: date) -> Placed | None:
    """The last unit of that kind told in the report of one that is none of its kind."""
    if territory.name.casefold().startswith(f"{kind} ") or territory.level == "other":
        return None
    told = [
        m for m in mentions_in(heard, on, territory) if m.text.casefold().startswith(f"{kind} ")
    ]
    last = told[-1].match if told else None
    return Placed(last.region, carried=True) if last and last.status == "one" else None


def _of_kind(heard: str, kind: str, on: date, within: Region | None = None) -> list[Region]:
    """The units of a kind that a text names, in order."""
    told = (m.match.region for m in mentions_in(heard, on, within) if m.match.status == "one")
    alike = [r for r in told if r is not None and r.name.casefold().startswith(f"{kind} ")]
    return [r for r in alike if within is None or lies_above(within, r) or within == COUNTRY]


_CITY = sought(
    r"\b(?:của|toàn|trong|trên địa bàn|đến|tới|tại) (?:thành phố|TP)\b"
    rf"(?! (?i:này|đó|khác)?[{CAPITALS}]| (?:khác|này|lớn|trực|thông|loại|biển|đáng)"
    r"|[,/.] ?[^\W\d_])",
    flags=0,
)


def province_meant(text: str, territory: Region | None, heard: str, on: date) -> Placed | None:
    """The last province `heard` of: "Tại Phú Thọ, … Tỉnh đã tiêm 42.000 liều vắc xin".

    "Khách đến thành phố ước 1,5 triệu lượt" is of the last city that is none of a province.
    """
    if territory not in {None, COUNTRY}:
        return None
    city = _CITY.search(text) is not None
    if not city and _ITS_OWN.search(text) is None:
        return None
    told = [m for m in mentions_in(heard, on, None) if m.match.status == "one"]
    provinces = [m.match.region for m in told if level_of(m) == "province"]
    last = provinces[-1] if provinces else None
    if last is None or (city and not last.name.startswith("Thành phố ")):
        return None
    return Placed(last, carried=True)


_ACTS = re.compile(
    r"(?: \([^()]*\))?,? "
    r"(?:hiện|đã|có|là|được|còn|vẫn|đang|luôn|tiếp tục|đạt|nằm|thực hiện|xác định)\b"
)


def acts(text: str, names: Sequence[Mention], *, opens: bool = False) -> bool:
    """Is the unit that a sentence begins with what it speaks of: "Xã Đông Sơn có 38 nghìn dân"?

    A paragraph that one `opens` with "Tại huyện Lâm Bình, …" goes on with that unit.
    """
    if not names or " " not in names[0].text or names[0].match.status != "one":
        return False
    led = (_SINGLED, _THERE) if opens else (_SINGLED,)
    led_by = any(lead.fullmatch(text, 0, names[0].start) for lead in led)
    if led_by and _SET_OFF.match(text, names[0].end):
        return True
    first = _WHEN.fullmatch(text, 0, names[0].start)
    return first is not None and _ACTS.match(text, names[0].end) is not None


_MANY = re.compile(
    r"\W*(?:các|nhiều|những|hầu hết các|(?:\d+|hai|ba|bốn|năm) )\s*"
    r"(?:(?P<province>tỉnh)|(?P<district>huyện|quận|thị xã)|(?P<commune>xã|phường|thị trấn))\b",
    re.IGNORECASE,
)


def of_many(text: str, held: Placed | None) -> bool:
    """Does a sentence begin with all units of the kind of the one held: "Các tỉnh đã tiêm …"?"""
    hit = _MANY.match(text)
    unit = held.region if held is not None else None
    return hit is not None and unit is not None and hit.lastgroup == unit.level


_OFFICE = re.compile(
    r"(?:.{0,60}?,\s)?\W*(?:HĐND|UBND|BHXH|(?:Huyện|Thị|Thành|Đảng) ủy|Đảng bộ|Công an"
    r"|Hội đồng nhân dân"
    r"|Ủy ban nhân dân|Bảo hiểm xã hội)\s+",
)


def led_by_office(text: str, names: Sequence[Mention]) -> bool:
    """Does a sentence begin with a unit's office: "Cùng ngày, HĐND huyện B họp kỳ thứ 11"?"""
    first = names[0] if names else None
    small = first is not None and level_of(first) in {"district", "commune"}
    return small and first is not None and _OFFICE.fullmatch(text, 0, first.start) is not None


@cache
def _source() -> re.Pattern[str]:
    office = any_of(issuer_words("local"))
    kind = r"(?: (?:tỉnh|thành phố|TP\.?))?\s+"
    return re.compile(
        rf"(?:[{CAPITALS} -]+ )?[Tt]heo (?:(?:báo cáo|số liệu|thống kê)(?: của| từ)? )?"
        rf"(?i:{office}){kind}"
    )


def told_by_office(text: str, territory: Region | None, names: Sequence[Mention]) -> bool:
    """Does a province's office tell the nation's paper: "Theo Cục Thống kê tỉnh Kon Tum, …"?"""
    first = names[0] if names and territory == COUNTRY else None
    if first is None or level_of(first) != "province" or first.match.status != "one":
        return False
    named_too = first.text.isupper() and len(names) > 1 and names[1].match == first.match
    first = names[1] if named_too else first
    return _source().fullmatch(text, 0, first.start) is not None


_NATIONS = sought(
    r"^\W*(?:Về [^,.;\d]{2,40}, (?:tổng )?thu|(?:Về [^,.;\d]{2,40}, )?(?:tổng )?chi)(?: cân đối)?"
    r" (?:ngân sách nhà nước|NSNN)\b(?! (?:của|trên|tỉnh|tại|ở))|^\W*Theo (?:Tổng cục|Bộ) "
    r"|\b(?:Tổng cục (?!trưởng)|Bộ trưởng) [^.;]{0,60}(?:cho biết|công bố|đặt mục tiêu)"
)
"""What only the whole country has, and who tells of it."""


def of_nation_again(text: str, territory: Region | None) -> bool:
    """Does a national text leave the province it told of: "Về chi, tổng chi ngân sách nhà nước"?"""
    return territory == COUNTRY and _NATIONS.search(text) is not None


def moved_on(held: Placed | None, places: Sequence[Placed], territory: Region | None) -> bool:
    """Does a sentence of a national text speak of other provinces than the one it held?"""
    if held is None or territory != COUNTRY:
        return False
    told = {p.region for p in places if p.text and p.region is not None}
    return bool(told) and all(r != held.region and not lies_above(held.region, r) for r in told)


_SINGLED = re.compile(r"\W*riêng (?:tại |ở |đối với )?", re.IGNORECASE)
"""As in "Riêng TP. Phú Quốc, tháng 7 đón 636.196 lượt khách. Lũy kế 7 tháng, …"."""
_THERE = re.compile(r"\W*(?:(?:còn|cụ thể|trong đó),? )?(?:tại|ở) ", re.IGNORECASE)
_SET_OFF = re.compile(r"(?: \([^()\d]*\))?,")
_WHEN = re.compile(
    r"(?:\W*(?:\([^()\d]{2,30}\)|[A-ZĐ]{2,6})\s*[-–—:]\s*)?"
    r"(?:(?:năm|đến|hiện|tính đến|thời gian|trong|từ|những năm|giai đoạn|nhiệm kỳ|sau|\d+ tháng)\b"
    r"[^,.;:]{0,60},)?\s*"
    r"(?:(?:nhờ|với|bằng|dưới|qua|dù|mặc dù|tuy|cùng với)\b[^,.;:\d]{3,90},\s*)?",
    re.IGNORECASE,
)
