"""The names of a sentence that can be a figure's territory.

An agency that reports stands for its territory ("BHXH tỉnh Thái Bình"), the agency that hands out a
plan does not ("kế hoạch BHXH Việt Nam giao"), and neither does what a unit was made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from normalizers.regions import Mention, find_regions, parent_of
from normalizers.regions.labels import special
from normalizers.regions.units import bare_name
from normalizers.seeking import Together, sought
from normalizers.sentences.where.merged import was_merged
from normalizers.sentences.where.nation import compared_with
from normalizers.spelling import CAPITALS, NAME_WORD, canonical, words
from solieu.model import Region

_LIST_BRACKET = re.compile(r"\s*\(\s*[\d.,]+")
_PLAN_BEFORE = sought(
    r"\b(?:kế hoạch|KH|chỉ tiêu|dự toán|giao|chỉ đạo|lệnh|theo quy định)\b"
    r"(?:\s+(?:của|do|từ|được))?"
    r"(?:(?!\b(?:là|gồm|như)\b)[^,;.:()\d]){0,40}$"
)
_DATELINE = re.compile(
    r"\s*(?:,\s*(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}|\(\s*(?!TP)[A-ZĐ]{2,}|,\s*ngày\s+\d)"
)
"""Where a report was written: "Hà Nội, 09/01/2026 - Theo số liệu …"."""
_NAMED_AFTER = sought(
    r"\b(?:sân bay|hàng không|cảng|bệnh viện|đại học|cao đẳng|nhà máy|công ty|nhà ga|quốc tế"
    r"|đa khoa|hồ|điện lực|giải phóng|cục|trung tâm|vườn quốc gia|thủy điện|đèo"
    r"|(?<!các )(?:trường )?(?:tiểu học|mầm non|THCS|THPT)|(?<!minh )(?<!các )(?:htx|hợp tác xã)"
    r"|(?<!nhu )(?<!yêu )(?<!toàn )cầu|chợ|đường|(?<!thành )phố|sông|(?<!miền )núi|chùa|đền)\s+$"
)
"""A place in the name of something else: "Cảng hàng không quốc tế Cam Ranh"."""
_OF_FIRM = sought(
    r"(?<!các )(?<!nhiều )\b(?:công ty|CTCP|doanh nghiệp tư nhân|DNTN|tập đoàn)"
    r"(?: (?!(?:ở|tại|trên|của|thuộc|có|đã|là|và|vào|đến|từ|nợ|trong|cho|đóng|với|về|đầu tiên)\b)"
    r"[^\W\d]+){0,9}\s+$"
)
"""A place that ends the name of a firm: "Công ty cổ phần Đầu tư Xây dựng Nghệ An"."""
_NEAR_IT = sought(
    r"\b(?:cách|giáp|giáp ranh|tiếp giáp)(?: (?:với|trung tâm|thủ đô|sân bay|cảng))*\s+$"
)
"""Where a place lies from: "cách TP.HCM 110 km", "giáp huyện Vĩnh Linh"."""
_SITES = sought(
    rf"\b(?:(?i:khu|cụm) (?i:công nghiệp|chế xuất|kinh tế|du lịch|công nghệ cao|đô thị)"
    r"|KCN|CCN|KCX|KKT|KDL|KĐT)\s+"
    rf"(?:{NAME_WORD}(?:\s+|\s*[,-]\s*|\s+và\s+(?=[{CAPITALS}]|$)))*$",
    flags=0,
)
"""Places that sites are named after, some or many: "các cụm công nghiệp Đông Phú, Hương An"."""
_EXCEPT = sought(
    r"\b(?<!khấu )(?<!phòng )(?<!miễn )(?:trừ|không (?:kể|tính|bao gồm|gồm)|chưa (?:kể|tính))\b"
    r"[^;.()\d]{0,60}$"
)
"""Whose figures are left out: "61 tỉnh, thành phố (trừ TP. Hồ Chí Minh và Bình Dương)"."""
_BROAD = re.compile(r"(?:miền|khu vực|các tỉnh|các địa phương) ", re.IGNORECASE)
"""Parts of the country, where goods go and companies are: a province's figures are for none."""
_GIVEN_TO = sought(r"(?<!hoạch )(?<!tiêu )(?<!toán )\bgiao(?: cho)?\s*$")
"""Who receives a plan is who it is for: "UBND tỉnh giao phường Trà Vinh phát triển 620 người"."""
_SPEAKS = re.compile(r"\s+(?:có|đạt|đã|là|còn|ghi nhận|thu|chi|giải quyết|hiện)\b", re.IGNORECASE)


def named(
    sentence: str,
    context_region: Region | None,
    mentions: Sequence[Mention],
    before: Region | None = None,
) -> list[Mention]:
    """The mentions that can be the territory of a figure, in order; `before` is the last told."""
    mentions = _wholes([_of_the_document(m, context_region) for m in mentions], before)
    held = {b for a, b in pairwise(mentions) if _holds(sentence, a, b)}
    return [
        m
        for i, m in enumerate(mentions)
        if m not in held
        and not _passing(sentence, context_region, m)
        and not _of_the_named(m, mentions[:i])
    ]


def told_unit(
    mentions: Sequence[Mention], before: Region | None, heard: str, on: date
) -> Region | None:
    """The unit that "toàn thị xã" means: the last one told, else the only one `heard` of."""
    words = [special(m.text) for m in mentions if m.match.status == "whole" and not m.match.region]
    wanted = {word.name for word in words if word is not None}
    if not wanted or (before is not None and before.level in wanted):
        return before
    told = [m.match.region for m in mentions_in(heard, on, None) if m.match.status == "one"]
    alike = {r for r in told if r is not None and r.level in wanted}
    around = _above(told[-1], wanted) if told and told[-1] not in alike else None
    return alike.pop() if len(alike) == 1 else around if around in alike else before


def _above(region: Region | None, wanted: set[str]) -> Region | None:
    """The unit of that kind that the last one told lies in."""
    while region is not None and region.level not in wanted:
        region = parent_of(region)
    return region


def _wholes(mentions: Sequence[Mention], before: Region | None) -> list[Mention]:
    """In the report of a province "toàn huyện" is the district told of before it."""
    told: list[Mention] = []
    for mention in mentions:
        match = mention.match
        if match.status == "one" and match.region is not None:
            before = match.region
        word = special(mention.text) if match.status == "whole" and match.region is None else None
        if word is not None and before is not None and before.level == word.name:
            one = replace(match, region=before, candidates=(before,), confidence=0.9)
            told.append(replace(mention, match=one))
        else:
            told.append(mention)
    return told


def _of_the_document(mention: Mention, territory: Region | None) -> Mention:
    """A name that several units share is the document's own, where its head names it alike."""
    match = mention.match
    if territory is not None and _bears_its_name(mention, territory):
        return replace(mention, match=replace(match, status="one", region=territory))
    if territory is None or territory.code is not None or match.status != "ambiguous":
        return mention
    if {(r.name, r.level) for r in match.candidates} != {(territory.name, territory.level)}:
        return mention
    return replace(mention, match=replace(match, status="one", region=territory))


def _bears_its_name(mention: Mention, territory: Region) -> bool:
    """Is a name without its type the document's own, and no part's: the town of that district?

    Nor is it that of a unit that is no more: phường Bình Dương of today, and not the province.
    """
    region = mention.match.region
    gone = "not_in_force" in mention.match.flags
    if region is None or region == territory or not (gone or lies_above(territory, region)):
        return False
    return mention.text.casefold() == bare_name(territory).casefold()


def _of_the_named(mention: Mention, earlier: Sequence[Mention]) -> bool:
    """Is "toàn tỉnh" said of another province, which the sentence names before it?"""
    whole = mention.match.region if mention.match.status == "whole" else None
    return whole is not None and any(
        m.match.status == "one" and m.match.region != whole and level_of(m) == whole.level
        for m in earlier
    )


def level_of(mention: Mention) -> str | None:
    """What kind of unit a name means, None where it means none or several."""
    return mention.match.region.level if mention.match.region else None


_LEVELS = ("country", "province", "district", "commune")


def _holds(sentence: str, one: Mention, two: Mention) -> bool:
    """Is the second name what the first lies in: "xã Bình Hưng (huyện Bình Chánh)"?"""
    inner, outer = one.match.region, two.match.region
    if (
        inner is not None
        and parent_of(inner) == outer
        and _LIES_IN.fullmatch(sentence[one.end : two.start])
    ):
        return True
    if outer is None or not _IN_BRACKET.fullmatch(sentence[one.end : two.start]):
        return False
    if not _CLOSES.match(sentence, two.end) or outer.level not in _LEVELS:
        return False
    if inner is None:
        return one.match.status == "ambiguous"
    return inner.level in _LEVELS and _LEVELS.index(outer.level) < _LEVELS.index(inner.level)


_CLOSES = re.compile(rf"\)|,(?: tỉnh| thành phố)?(?: [{CAPITALS}][\w'’-]*){{1,4}}\)")
"""The bracket ends with the unit, or with the province it lies in: "(huyện Mường La, Sơn La)"."""
_IN_BRACKET = re.compile(r"\s*\(\s*(?:thuộc\s+)?")
_LIES_IN = re.compile(r"\s*(?:,|[-–]|thuộc|của)\s*")
"""As in "thấp nhất là xã Keng Đu, huyện Kỳ Sơn với 71,3%"."""


def _passing(sentence: str, territory: Region | None, mention: Mention) -> bool:
    """Named in passing: who gave the plan, an authority above, a birthplace."""
    before = sentence[max(0, mention.start - 60) : mention.start]
    if not before.strip(" (-–") and _DATELINE.match(sentence, mention.end):
        return True
    if (
        _NAMED_AFTER.search(before)
        or (_ANY_ASIDE.may_match(before) and _is_aside(mention, before))
        or was_merged(sentence, mention)
        or (_afar(mention, territory) and not _told_there(sentence, mention, before))
        or _lies_there(mention, before)
    ):
        return True
    if _PLAN_BEFORE.search(before) and _GIVEN_TO.search(before) is None:
        return True
    region = mention.match.region
    if region is not None and region.level == "country":
        return compared_with(before) or not _IN_COUNTRY.search(before)
    near = canonical(before[-30:])
    if near.endswith(words("authority")):
        return territory is not None and lies_above(region, territory)
    told = listed(sentence, mention) or _told_of_all(sentence, mention, territory)
    told = told or _stands_alone(sentence, mention, before)
    return territory is not None and not told and lies_above(region, territory)


_ANY_ASIDE = Together(_EXCEPT, _OF_FIRM, _NEAR_IT, _SITES)


def _is_aside(mention: Mention, before: str) -> bool:
    """Is it left out, near what is told of, or in the name of a firm or a site?"""
    if _EXCEPT.search(before) or _NEAR_IT.search(before) or _SITES.search(before):
        return True
    return mention.text[:1].isupper() and _OF_FIRM.search(before) is not None


_ALL_OF = re.compile(r"\W*(?:(?:tính )?(?:toàn|cả|trên địa bàn) )?", re.IGNORECASE)


def _told_of_all(sentence: str, mention: Mention, territory: Region | None) -> bool:
    """Does a sentence begin with a larger unit by its name: "Toàn tỉnh Sơn La có 674 HTX"?

    Its bare name may be that of the text's own town as well: "Trà Vinh có 9 phường".
    """
    if mention.match.status != "one":
        return False
    ahead = _ALL_OF.fullmatch(sentence, 0, mention.start)
    all_of_it = ahead is not None and (ahead.group() or mention.text.casefold().startswith("toàn "))
    if all_of_it and _SPEAKS.match(sentence, mention.end) is not None:
        return True
    opens = not mention.start and mention.text[:1].isupper()
    bare = level_of(mention) == "province" and not _shares_name(mention, territory)
    if (
        opens
        and (_TYPED.match(mention.text) or bare)
        and _HAS.match(sentence, mention.end) is not None
    ):
        return True
    timed = _TIMED.fullmatch(sentence, 0, mention.start) is not None
    return timed and _TAKES_IN.match(sentence, mention.end) is not None


def _shares_name(mention: Mention, territory: Region | None) -> bool:
    return territory is not None and bare_name(territory).casefold() == mention.text.casefold()


_TYPED = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|quận) ", re.IGNORECASE)
_HAS = re.compile(r"(?: \([^()\d]*\))?\s+(?:hiện )?(?:có|còn|đạt)(?= [^,;.]{0,30}\d)")
"""As in "Huyện Nga Sơn (Thanh Hóa) hiện có 4 xã kiểu mẫu" in a text on its town."""
_TIMED = re.compile(
    r"\W*(?:(?:(?:trong|tính chung|cả|lũy kế) )?(?:năm|tháng|quý|\d{1,2} tháng)\b[^,.;:]{0,30}, )"
    r"(?:(?:cả|toàn) )?(?:tỉnh |thành phố |huyện )?",
    re.IGNORECASE,
)
_TAKES_IN = re.compile(
    r"\s+(?:ước )?(?:đón|có|đạt|thu hút|xuất khẩu|gieo trồng|thu ngân sách)(?= [^,;.]{0,30}\d)"
)
"""What a larger unit has, behind a time: "4 tháng, Kiên Giang đón 3,4 triệu lượt khách"."""


_TELLS = re.compile(
    r"\s+(?:có|còn|đạt|đã|hiện|ghi nhận|xảy ra|gieo|trồng|thu|chi|giải ngân|đón|huy động|phát triển"
    r"|tạo|giải quyết|được|phấn đấu|ước)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s+(?!giao\b|chỉ tiêu\b)[a-zà-ỹđ]")
_OPENS = re.compile(r"(?:^|[,;:(])\s*(?:trong khi |còn |và |nhưng )*$", re.IGNORECASE)


def _stands_alone(sentence: str, mention: Mention, before: str) -> bool:
    """Is the larger unit what a statement is of: "…, trong khi toàn tỉnh còn 412 hộ nghèo"?"""
    if mention.match.status != "whole" or _OPENS.search(before) is None:
        return False
    begins = not sentence[: mention.start].strip() and _GOES_ON.match(sentence, mention.end)
    return bool(begins) or _TELLS.match(sentence, mention.end) is not None


_KIND = re.compile(
    r"\blà (?:một )?(?:trong (?:những|các|\d+) )?"
    r"(?:tỉnh|thành phố|huyện|thị xã|thị trấn|phường|xã|địa phương)"
    r"(?P<words>(?: [^\W\d]+){0,8})\s*$"
)
_SOME_UNIT = re.compile(
    r"\W*(?:một |nhiều |các |những )?(?:huyện|thị xã|xã|phường)"
    r"(?: đảo| nghèo| miền núi| biên giới)? (?:ở|tại|của) (?:tỉnh |thành phố )?",
    re.IGNORECASE,
)
"""A headline that does not say which: "Xã ở Hà Nội thu ngân sách hơn 600% dự toán"."""
_IN_IT = re.compile(r"(?:^| )(?:thuộc|của|ở|tại|nằm (?:trong|ở))(?: (?:khu vực|vùng|địa bàn))?$")
_AREA_WORDS = re.compile(
    r"(?: (?:miền núi|ven biển|biên giới|nằm|thuộc|trong|ở|của|khu vực|vùng|duyên hải))*"
)
_LIES_IN_AREA = re.compile(
    r"(?<!tỉnh )(?<!phố )(?<!phương )(?<!huyện )(?<!xã )(?<!dân )(?<!động )"
    r"(?:\bnằm (?:ở|trong|tại|giữa|trên)|\bthuộc)"
    r"(?: (?:trung tâm|trung lộ|cực|phía|đông|tây|nam|bắc|của|khu vực|vùng|miền|duyên hải))*\s*$",
    re.IGNORECASE,
)
"""Where a unit lies: "Ninh Thuận nằm ở vùng Nam Trung Bộ", but not "các tỉnh thuộc vùng …"."""


def _lies_there(mention: Mention, before: str) -> bool:
    """Is it what a unit is told to lie in: "X là tỉnh duyên hải miền Trung", "xã nghèo của Y"?"""
    if _SOME_UNIT.fullmatch(before) is not None:
        return True
    area = mention.match.status == "other"
    if area and _LIES_IN_AREA.search(before) is not None:
        return True
    kind = _KIND.search(before)
    if kind is None:
        return False
    if area:
        return _AREA_WORDS.fullmatch(kind["words"]) is not None
    return _IN_IT.search(kind["words"]) is not None


def _afar(mention: Mention, territory: Region | None) -> bool:
    broad = _BROAD.match(mention.text) is not None
    return broad and territory is not None and territory.level != "country"


def _told_there(sentence: str, mention: Mention, before: str) -> bool:
    """Is it what a statement is of: "số ca mắc ở khu vực phía Nam là 55.863 ca"?"""
    return _IN_ALL.search(before) is not None and _IS.match(sentence, mention.end) is not None


_IN_ALL = re.compile(r"\b(?:tại|ở|toàn|của) $", re.IGNORECASE)
_IS = re.compile(r"\s+(?:là|có|ghi nhận|đạt)\b(?=[^,;.()\d]{0,30}\d)", re.IGNORECASE)


def lies_above(region: Region | None, territory: Region) -> bool:
    """Does the territory lie in the region?"""
    return region is not None and region.name in (territory.path or "").split(" / ")[:-1]


def mentions_in(sentence: str, on: date, within: Region | None) -> list[Mention]:
    """`find_regions`, in order."""
    return sorted(find_regions(sentence, on, within), key=lambda m: m.start)


def listed(sentence: str, mention: Mention) -> bool:
    """Does a bracket with a figure follow: "Đồng Nai (72)"?"""
    return _LIST_BRACKET.match(sentence[mention.end :]) is not None


_IN_COUNTRY = re.compile(
    r"(?:của|tại|ở|vào|tới)\s+$|(?:khách|người|lượt) .{0,24}đến\s+$|^$|[,;:]\s*$"
)
