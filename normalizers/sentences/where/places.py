"""The territory each figure of a sentence is for.

A list "TP. Hồ Chí Minh (2.310), Đồng Nai (72)" gives each bracket its own name and the figure
before it the territory that holds them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalizers.measures import RATES
from normalizers.regions import COUNTRY, Mention, parent_of
from normalizers.sentences.clauses import Clause
from normalizers.sentences.where.mentions import lies_above, listed
from normalizers.sentences.where.nation import goes_on_as_part, is_part_of_it, of_nation
from normalizers.sentences.where.placed import Placed, place_named
from normalizers.sentences.where.sharing import both, pair, shared, with_the_rest
from normalizers.spelling import CAPITALS
from solieu.model import Region
from solieu.text import open_bracket


def place(
    sentence: str,
    clause: Clause,
    usable: Sequence[Mention],
    before: Placed,
    territory: Region | None,
) -> Placed:
    """The territory of one figure: its own, the one the sentence set before it, the document's."""
    quantity = clause.quantity
    opener = _opener(sentence, clause, usable)
    if opener is not None:
        ahead = [m for m in usable if m.start <= opener.start]
        return pair(sentence, ahead) or place_named(opener)
    inside = [
        m for m in usable if clause.start <= m.start < quantity.start and not listed(sentence, m)
    ]
    if inside:
        ahead = [m for m in usable if m.start < quantity.start and not listed(sentence, m)]
        whole = with_the_rest(sentence, inside[-1])
        return whole or shared(sentence, ahead) or place_named(inside[-1])
    marked = _led_up_to(sentence, clause, usable)
    marked = marked or _of_all(clause) or _of_several(clause) or _of_others(clause, territory)
    marked = marked or _mark_of(sentence, clause, _whose(before, territory))
    if marked is not None:
        return marked
    behind = _behind(sentence, clause, usable, territory, _whose(before, territory))
    if behind is not None:
        return behind
    tail = [m for m in usable if quantity.end <= m.start < clause.end + 1]
    parts = [m for m in usable if m.start >= quantity.end and listed(sentence, m)]
    if tail and parts and not _inside(parts, territory):
        return Placed(_holder(parts))
    own = _is_wider(before.region) and _OWN.search(clause.left)
    back = own or _OFFICE.search(clause.left) or _speaks_of_itself(clause, territory)
    return Placed(territory, carried=True) if back and territory is not None else before


def _whose(before: Placed, territory: Region | None) -> Region | None:
    """Of whom the sentence has just told by name, where the text is of no unit or the country."""
    broad = territory is None or territory == COUNTRY
    return before.region if broad and before.text and before.region is not None else territory


_LEADS_UP = re.compile(
    r"\W*(?:(?:năm|tháng|quý|\d+ tháng|trong|đến|tính đến|hết|sau|hiện|kết thúc)\b[^,;:]{0,40},? )?"
    r"(?:với|nhờ|bằng) (?!cùng )",
    re.IGNORECASE,
)
_IS_SO = re.compile(
    r"(?: (?:vẫn|cũng|đã|đang|hiện|tiếp tục|lại|mới|sẽ))*"
    r" (?:là|vươn|đứng|xếp|trở thành|dẫn đầu|giữ|nằm|lọt|có|thuộc|ghi nhận|về đích)\b"
)


def _led_up_to(sentence: str, clause: Clause, usable: Sequence[Mention]) -> Placed | None:
    """Of whom a sentence tells first what marks it out: "Với GRDP tăng 8%, Khánh Hòa đứng đầu"."""
    if _LEADS_UP.match(sentence) is None or ";" in sentence[: clause.quantity.start]:
        return None
    behind = [m for m in usable if m.start >= clause.quantity.end]
    first = behind[0] if behind else None
    comma = first is not None and _COMMA_AHEAD.search(sentence, 0, first.start)
    so = first is not None and comma and _IS_SO.match(sentence, first.end)
    return place_named(first) if first is not None and so else None


_COMMA_AHEAD = re.compile(r", (?:thì )?$")
_SEVERAL = (
    r"\b(?:của|ở|tại|trên địa bàn)(?: cả)? (?P<units>(?:hai|ba|bốn|năm|sáu|bảy|[2-9])"
    rf" (?:huyện|quận|thị xã|xã|phường))\b(?! [{CAPITALS}])"
)
_OF_SEVERAL = re.compile(rf"{_SEVERAL}[^,;.()\d]*$")
_SEVERAL_BEHIND = re.compile(rf"[^,;.()\d]{{0,50}}?{_SEVERAL}")


def _of_all(clause: Clause) -> Placed | None:
    """How many of all provinces is told of the country: "37/63 địa phương chưa giải ngân"."""
    every = clause.quantity.kind == "fraction" and clause.quantity.unit == "province"
    return Placed(COUNTRY) if every else None


def _of_several(clause: Clause) -> Placed | None:
    """Whose a rate is that is neither one's nor all's: "100% số xã của hai huyện đạt chuẩn"."""
    if clause.quantity.unit not in RATES:
        return None
    hit = _OF_SEVERAL.search(clause.left) or _SEVERAL_BEHIND.match(clause.tail)
    return Placed(None, hit["units"]) if hit is not None else None


_TOWNS_OFFICE = re.compile(
    r"(?:^|[;,:(]|\b(?:trong đó|riêng|còn|gồm|tại|và)\b)\s*(?P<office>(?:chi cục thuế|đội thuế|bhxh"
    r"|bảo hiểm xã hội|kho bạc nhà nước|kbnn|công an|phòng [^,;.()\d]{4,40}|trung tâm y tế"
    r"|tòa án(?: nhân dân)?|viện kiểm sát(?: nhân dân)?|ubnd|ủy ban nhân dân|hội [^,;.()\d]{4,30})"
    r" (?:thành phố|tp|thị xã|tx)\b)"
    rf"(?!\.? ?(?-i:[{CAPITALS}(,])| (?:trực|thuộc|trên))[^,;.()\d]*$",
    re.IGNORECASE,
)


_SYSTEM = re.compile(rf"\b(?P<office>[Tt]oàn hệ thống (?=[{CAPITALS}])[^\W\d]+)\b[^,;.()\d]*$")


def _of_others(clause: Clause, territory: Region | None) -> Placed | None:
    """Whose a figure is that nobody names: a town's office in a text on its province, a whole bank.

    "Chi cục Thuế thành phố thu 412 tỷ đồng", "Toàn hệ thống Agribank dư nợ 1,4 triệu tỷ đồng".
    """
    if territory is None or territory.level == "country":
        return None
    province = territory.name.startswith("Tỉnh ")
    hit = (_TOWNS_OFFICE.search(clause.left) if province else None) or _SYSTEM.search(clause.left)
    return Placed(None, hit["office"]) if hit is not None else None


_OFFICE = re.compile(
    rf"(?:^|[;,])\s*(?:và |riêng )?(?:các )?"
    rf"(?:[Ss]ở (?=[{CAPITALS}])(?:Lao động, |Văn hóa, |Văn hoá, )?"
    r"|(?:Ban [Qq]uản lý|Ban QLDA|Công an|Văn phòng|Bộ Chỉ huy)[^;,.\d]{0,60} tỉnh\b"
    rf"(?! [{CAPITALS}]))[^;,]*$"
)
"""Behind districts an office of the province: "huyện X 98 tỷ đồng; Ban Quản lý dự án tỉnh 610"."""
_OWN = re.compile(
    r"\b(?:của|tại|trên địa bàn|trong|riêng) (?:tỉnh|thành phố|địa phương)\b(?! (?:khác|nào))"
    r"[^,;.()]*$"
)
"""Behind what is told of the country: "của cả nước đạt 355 tỷ USD; của tỉnh 412 triệu USD"."""


_ITSELF = re.compile(
    r"\W*(?:(?:riêng|còn|và|trong đó|trong khi),? )*"
    r"(huyện|xã|phường|thị trấn|thị xã|thành phố|quận|tỉnh) "
    r"(?=(?:có|còn|đạt|đã|hiện|gieo|trồng|thu|chi|giải ngân|đón|là|chỉ|mới)\b)",
    re.IGNORECASE,
)


def _speaks_of_itself(clause: Clause, territory: Region | None) -> bool:
    """Does a statement say "huyện" of the document's own: "toàn tỉnh có 45 xã; huyện có 12 xã"?"""
    hit = _ITSELF.match(clause.left)
    return bool(hit and territory and territory.name.casefold().startswith(hit[1].casefold()))


def _is_wider(region: Region | None) -> bool:
    """Is it the country, or one of its parts?"""
    return region is not None and region.level in {COUNTRY.level, "other"}


_OF_COUNTRY = re.compile(
    r"(?:\bbình quân(?: chung)?|\bso với|\bhơn)\b(?: (?!cả\b|toàn\b)[^\W\d]+){0,5}"
    r" (?:cả nước|toàn quốc)\s*\((?:\s*[^\W\d]+){0,4}\s*$",
    re.IGNORECASE,
)
"""What a province is above or below: "thấp hơn mức chung của cả nước (dự báo tăng 5%)"."""
_OF_PROVINCE = re.compile(r"bình quân (?:chung )?(?:của )?(?:toàn )?tỉnh\s*\(\s*$", re.IGNORECASE)
"""Whose mark a district is measured by: "so với mức bình quân chung của tỉnh (58 triệu đồng)"."""


def _mark_of(sentence: str, clause: Clause, territory: Region | None) -> Placed | None:
    """Of what larger unit a mark or a figure told in passing is: the country, or the province."""
    near = sentence[max(0, clause.quantity.start - _NEAR) : clause.quantity.start]
    aside = open_bracket(sentence, clause.quantity.start) >= 0
    if aside and _OF_PROVINCE.search(near):
        above = _province_of(territory)
        return Placed(above) if above is not None else None
    averaged = aside and _OF_COUNTRY.search(near)
    told = averaged or of_nation(clause.left, territory)
    nation = told or _of_nation_behind(sentence, clause, territory)
    return Placed(COUNTRY) if nation else None


_NEAR = 60


def _of_nation_behind(sentence: str, clause: Clause, territory: Region | None) -> bool:
    nation = of_nation(_NEXT_STATEMENT.split(clause.tail[:80])[0], territory)
    return nation and not _part_of_nation(sentence, clause, territory)


_NEXT_STATEMENT = re.compile(r"[,;]\s(?=(?:và )?(?:bằng|chiếm|tương đương|đóng góp|đứng|xếp)\b)")
"""What part of the nation it is: "tăng 17% so với cùng kỳ, bằng 1/3 thu ngân sách cả nước"."""


def _part_of_nation(sentence: str, clause: Clause, territory: Region | None) -> bool:
    """Is a rate the part a territory has in something larger: "chiếm 4% của cả nước"?"""
    if territory is None or territory.level == "country":
        return False
    part = is_part_of_it(clause.left) or goes_on_as_part(sentence[: clause.quantity.start])
    return part and clause.quantity.unit in {*RATES, "times"}


def _province_of(territory: Region | None) -> Region | None:
    while territory is not None and territory.level not in {"province", "country"}:
        territory = parent_of(territory)
    return territory if territory is not None and territory.level == "province" else None


def _behind(
    sentence: str,
    clause: Clause,
    usable: Sequence[Mention],
    territory: Region | None,
    whose: Region | None,
) -> Placed | None:
    """The territory told behind a figure: "01 ca … tại Hà Nội", also over whose figure it is."""
    end = clause.quantity.end
    names = [m for m in usable if m.start >= end]
    if not names or listed(sentence, names[0]):
        return None
    tail = [m for m in names if m.start < clause.end + 1]
    nation = bool(tail) and tail[0].match.region == COUNTRY
    if nation and _part_of_nation(sentence, clause, whose):
        return None
    if tail and _SOLD.search(sentence[end : tail[0].start]) and not _inside(tail[:1], territory):
        return None
    if tail and _is_there(sentence, end, tail):
        return both(sentence, tail) or place_named(tail[0])
    theirs = _THEIRS.fullmatch(sentence, end, names[0].start)
    return place_named(names[0]) if theirs is not None else None


_SOLD = re.compile(
    r"\b(?:bán|tiêu thụ|cung cấp|cung ứng|phân phối|xuất)\b[^,;.:()\d]{0,40}\b(?:tại|ở|cho)\s+$"
)
"""Where goods go that a territory tells of: "12.000 tấn bán cho các siêu thị ở Hà Nội"."""
_COMES = re.compile(
    r"(?:(?:, | và )[^;.:()\d]{1,60}?)? (?:trở về|về|trở lại|đến|tới|sang|vào|chuyển)\b"
)


def _is_there(sentence: str, at: int, tail: Sequence[Mention]) -> bool:
    """Is the figure at the place behind it, and not of whom came from there: "từ Lào về"?"""
    before = sentence[at : tail[0].start]
    came = before.rstrip().endswith("từ") and _COMES.match(sentence, tail[0].end)
    return _located(before) and not came


def _located(before: str) -> bool:
    """Do the words before a name put the figure there: "01 ca … tại Hà Nội"?"""
    if _MOSTLY.search(before) is not None:
        return False
    told = re.search(r"\b(?:tại|ở|của|thuộc|trên địa bàn|cho|từ)\s*:?\s*$", before)
    return (told or _PEOPLE_OF.fullmatch(before)) is not None


_PEOPLE_OF = re.compile(
    r"\s*(?:hộ(?: (?:dân|gia đình|nghèo))?|người dân|cử tri|học sinh|em học sinh)"
    r"(?: (?:thôn|bản|ấp|xóm|buôn|khóm|khu phố|tổ dân phố) [^,;.:()]{1,24},)?\s+"
)
"""Who live there, without a word between: "19 hộ dân bản Tát, xã Liệp Tè"."""


_MOSTLY = re.compile(
    r"\b(?:tập trung|chủ yếu|phần lớn|nhiều nhất)(?: (?:chủ yếu|nhiều|nhất|phần lớn|là))*"
    r" (?:tại|ở|trên địa bàn)\s*:?\s*$"
)
"""Where most of it is, and not all: "sản lượng 317.932 tấn, tập trung tại huyện Châu Thành"."""
_THEIRS = re.compile(
    r"[^,;.:()\d]{0,40}\b(?:của|cho)\s(?:[^\W\d]+\s){0,2}\d[\d.,]*\s[^,;.:()\d]{0,40}"
    r"\b(?:tại|ở|thuộc|của|trên địa bàn)\s"
)
"""Whose figure it is, and where they live: "450 ha muối của 403 hộ dân ở xã A"."""

_SUMS_UP = re.compile(
    r"\W*(?:qua đó |nhờ đó )?"
    r"(?:(?:nâng|đưa|làm)\b[^,;]*\b(?:tổng|số|lũy kế)|lũy kế|luỹ kế|tính chung)\b",
    re.IGNORECASE,
)


def sums_up(left: str) -> bool:
    """Do the words before a figure say that it is all so far: "nâng tổng số ca lên 13"?"""
    return _SUMS_UP.match(left) is not None


def total_begins(sentence: str, clause: Clause) -> int | None:
    """Where words begin that sum up behind the place of the last case.

    "Công bố dịch tại xã A, nâng số xã tái phát của huyện lên 11/22 xã" is none of xã A.
    """
    comma = sentence.rfind(",", clause.start, clause.quantity.start)
    summed = comma > clause.start and sums_up(sentence[comma + 1 : clause.quantity.start])
    return comma if summed else None


def named_behind(clause: Clause, here: Placed, usable: Sequence[Mention]) -> bool:
    """Is a figure's place told behind it, as where one case was: "1 ca tử vong ở quận 6"?"""
    return any(m.start >= clause.quantity.end and m.text == here.text for m in usable)


_SHARED_OUT = re.compile(r"[^;,.:()\d]{0,60}\((?:trong đó|gồm|riêng|tại|ở)?:?\s*", re.IGNORECASE)


def over_parts(
    sentence: str, clause: Clause, usable: Sequence[Mention], whole: Placed, home: Region | None
) -> Placed | None:
    """Of whom a figure is that is shared out behind it: "12 người (A 11 người; B 1 người)".

    That is the unit told of before, if the parts lie in it, else that of the whole text.
    """
    opened = _SHARED_OUT.match(sentence, clause.quantity.end)
    if opened is None:
        return None
    end = sentence.find(")", opened.end())
    parts = [m for m in usable if opened.end() <= m.start < end]
    if len(parts) < 2 or parts[0].start != opened.end():
        return None
    inside = home is None or whole.region == home or _inside(parts, whole.region)
    return whole if inside else Placed(home, carried=True)


def _opener(sentence: str, clause: Clause, usable: Sequence[Mention]) -> Mention | None:
    """The name right before the figure's bracket: "Nghệ An (tăng 9.499 người, giảm 12 đơn vị)"."""
    bracket = open_bracket(sentence, clause.quantity.start)
    if bracket < 0:
        return None
    return next(
        (m for m in usable if m.end <= bracket and not sentence[m.end : bracket].strip()), None
    )


_NEXT_STATEMENT_BEGINS = re.compile(
    r"\s*;\s*(?!(?:và |còn |mới |đã |chỉ )*(?:đạt|bằng|tăng|giảm|chiếm|vượt|trong|có|với|hoàn|tương"
    r"|thấp|cao|gấp|là|được)\b)[^\W\d]",
    re.IGNORECASE,
)


def behind_list(found: Sequence[Clause], placed: Sequence[Placed]) -> bool:
    """Does a semicolon end a list of places, behind which the whole is told of again?

    "Hướng Hóa 165, Vĩnh Linh 152, Đông Hà 110; đảng viên chiếm 3,1%".
    """
    if len(placed) < _LISTED or _NEXT_STATEMENT_BEGINS.match(found[-1].left) is None:
        return False
    regions = {p.region for p in placed[-_LISTED:]}
    units = {clause.quantity.unit for clause in found[-_LISTED - 1 : -1]}
    alike = len(units) == 1 and found[-1].quantity.unit not in units
    return alike and len(regions) == _LISTED and None not in regions


_LISTED = 2
_LABEL = re.compile(r"[^\w]*(?:tại|ở|riêng|đối với|về)?\s*", re.IGNORECASE)


def label_of(sentence: str, usable: Sequence[Mention]) -> Placed | None:
    """The territory that a sentence begins with."""
    first = usable[0] if usable else None
    if first is None or _LABEL.fullmatch(sentence, 0, first.start) is None:
        return None
    placed = place_named(first)
    return replace(placed, carried=True) if placed.region is not None else None


def _inside(parts: Sequence[Mention], territory: Region | None) -> bool:
    """Are the parts of a list units of the territory?"""
    if territory is None:
        return False
    regions = [m.match.region for m in parts if m.match.region is not None]
    return territory.level == "country" or all(lies_above(territory, r) for r in regions)


def _holder(parts: Sequence[Mention]) -> Region | None:
    """The one territory directly above every name of a list."""
    above = {parent_of(m.match.region) for m in parts if m.match.region is not None}
    return above.pop() if len(above) == 1 else None
