"""The territory each figure of a sentence is for.

An agency that reports stands for its territory ("BHXH tỉnh Thái Bình"), the agency that hands out a
plan does not ("kế hoạch BHXH Việt Nam giao"). A list "TP. Hồ Chí Minh (2.310), Đồng Nai (72)" gives
each bracket its own name and the figure before it the territory that holds them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from normalizers.regions import COUNTRY, Mention, find_regions, parent_of
from normalizers.regions.labels import special
from normalizers.regions.units import bare_name
from normalizers.seeking import sought
from normalizers.sentences.clauses import Clause
from normalizers.spelling import CAPITALS, canonical, contains, words
from normalizers.watching import watched
from solieu.model import Region
from solieu.quick import quick

_LIST_BRACKET = re.compile(r"\s*\(\s*[\d.,]+")
_PLAN_BEFORE = sought(
    r"\b(?:kế hoạch|KH|chỉ tiêu|dự toán|giao|chỉ đạo|lệnh|theo quy định)\b"
    r"(?:\s+(?:của|do|từ|được))?"
    r"(?:(?!\b(?:là|gồm|như)\b)[^,;.:()\d]){0,40}$"
)

_DATELINE = re.compile(r"\s*(?:,\s*(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}|\(\s*[A-ZĐ]{2,}|,\s*ngày\s+\d)")
"""Where a report was written: "Hà Nội, 09/01/2026 - Theo số liệu …"."""
_NAMED_AFTER = sought(
    r"\b(?:sân bay|hàng không|cảng|bệnh viện|đại học|cao đẳng|nhà máy|công ty|nhà ga|quốc tế"
    r"|đa khoa|hồ|điện lực|giải phóng|cục|trung tâm)\s+$"
)
"""A place in the name of something else: "Cảng hàng không quốc tế Cam Ranh"."""
_EXCEPT = sought(
    r"\b(?<!khấu )(?<!phòng )(?<!miễn )(?:trừ|không (?:kể|tính|bao gồm|gồm)|chưa (?:kể|tính))\b"
    r"[^;.()\d]{0,60}$"
)
"""Whose figures are left out: "61 tỉnh, thành phố (trừ TP. Hồ Chí Minh và Bình Dương)"."""
_BROAD = re.compile(r"(?:miền|khu vực|các tỉnh|các địa phương) ", re.IGNORECASE)
"""Parts of the country, where goods go and companies are: a province's figures are for none."""
_GIVEN_TO = sought(r"(?<!hoạch )(?<!tiêu )(?<!toán )\bgiao(?: cho)?\s*$")
"""Who receives a plan is who it is for: "UBND tỉnh giao phường Trà Vinh phát triển 620 người"."""

_MERGED = sought(
    r"\b(?:sáp nhập|hợp nhất|nhập (?:nguyên trạng|toàn bộ)|thành lập (?:trên cơ sở|từ))\b"
    r"(?!\s*,)(?:[^.;:()\d]|\d{1,2}(?= )|(?:(?<=gồm)|(?<= xã)|(?<=đơn vị)|(?<=phường)):)*$"
)
"""What a unit was made of: "xã thành lập trên cơ sở sáp nhập thị trấn X và 2 xã"."""
_SPEAKS = re.compile(r"\s+(?:có|đạt|đã|là|còn|ghi nhận|thu|chi|giải quyết|hiện)\b", re.IGNORECASE)


@quick
@dataclass(frozen=True, slots=True)
class Placed:
    """A figure's territory; `text` is what was printed for it, None where it was carried over."""

    region: Region | None
    text: str | None = None
    candidates: tuple[str, ...] = ()
    carried: bool = False


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
    told = {m.match.region for m in mentions_in(heard, on, None) if m.match.status == "one"}
    alike = [r for r in told if r is not None and r.level in wanted]
    return alike[0] if len(alike) == 1 else before


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
    """Is a name without its type the document's own, and no part's: the town of that district?"""
    region = mention.match.region
    if region is None or region == territory or not _above(territory, region):
        return False
    return mention.text.casefold() == bare_name(territory).casefold()


def _of_the_named(mention: Mention, earlier: Sequence[Mention]) -> bool:
    """Is "toàn tỉnh" said of another province, which the sentence names before it?"""
    whole = mention.match.region if mention.match.status == "whole" else None
    return whole is not None and any(
        m.match.status == "one" and m.match.region != whole and _level(m) == whole.level
        for m in earlier
    )


def _level(mention: Mention) -> str | None:
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
        _EXCEPT.search(before)
        or _NAMED_AFTER.search(before)
        or _was_merged(sentence, mention)
        or _afar(mention, territory)
    ):
        return True
    if _PLAN_BEFORE.search(before) and _GIVEN_TO.search(before) is None:
        return True
    region = mention.match.region
    if region is not None and region.level == "country":
        return _RANKED_TO.search(before) is not None or not _IN_COUNTRY.search(before)
    near = canonical(before[-30:])
    if any(near.endswith(word) for word in words("authority")):
        return territory is not None and _above(region, territory)
    return _above(region, territory) if territory and not listed(sentence, mention) else False


def _afar(mention: Mention, territory: Region | None) -> bool:
    broad = _BROAD.match(mention.text) is not None
    return broad and territory is not None and territory.level != "country"


_ABOLISHED = re.compile(r"\s+cũ\s*(?:,[^,()\d]{0,40})?\)")


def _was_merged(sentence: str, mention: Mention) -> bool:
    """Is it what a unit was made of, or in a bracket what it once lay in: "(huyện X cũ)"?"""
    if _ABOLISHED.match(sentence, mention.end):
        return True
    before = sentence[max(0, mention.start - 200) : mention.start]
    return _MERGED.search(before) is not None and _SPEAKS.match(sentence, mention.end) is None


def _above(region: Region | None, territory: Region) -> bool:
    return region is not None and region.name in (territory.path or "").split(" / ")[:-1]


def mentions_in(sentence: str, on: date, within: Region | None) -> list[Mention]:
    """`find_regions`, in order."""
    return sorted(find_regions(sentence, on, within), key=lambda m: m.start)


def listed(sentence: str, mention: Mention) -> bool:
    """Does a bracket with a figure follow: "Đồng Nai (72)"?"""
    return _LIST_BRACKET.match(sentence[mention.end :]) is not None


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
        return _pair(sentence, ahead) or place_named(opener)
    inside = [
        m for m in usable if clause.start <= m.start < quantity.start and not listed(sentence, m)
    ]
    if inside:
        return _shared(sentence, inside, quantity.start) or place_named(inside[-1])
    marked = _mark_of(clause, territory)
    if marked is not None:
        return Placed(marked)
    tail = [m for m in usable if quantity.end <= m.start < clause.end + 1]
    parts = [m for m in usable if m.start >= quantity.end and listed(sentence, m)]
    if tail and not listed(sentence, tail[0]) and _located(sentence[quantity.end : tail[0].start]):
        return _both(sentence, tail) or place_named(tail[0])
    if tail and parts and not _inside(parts, territory):
        return Placed(_holder(parts))
    own = before.region == COUNTRY and _OWN.search(clause.left)
    back = own or _OFFICE.search(clause.left)
    return Placed(territory, carried=True) if back and territory is not None else before


_OFFICE = re.compile(
    rf"(?:^|[;,])\s*(?:và |riêng )?(?:các )?(?:[Ss]ở (?=[{CAPITALS}])"
    r"|(?:Ban [Qq]uản lý|Ban QLDA|Công an|Văn phòng|Bộ Chỉ huy)[^;,.\d]{0,60} tỉnh\b"
    rf"(?! [{CAPITALS}]))[^;,]*$"
)
"""Behind districts an office of the province: "huyện X 98 tỷ đồng; Ban Quản lý dự án tỉnh 610"."""


_OWN = re.compile(
    r"\b(?:của|tại|trên địa bàn|trong) (?:tỉnh|thành phố|địa phương)\b(?! (?:khác|nào))[^,;.()]*$"
)
"""Behind what is told of the country: "của cả nước đạt 355 tỷ USD; của tỉnh 412 triệu USD"."""


_NAMES_TWO = re.compile(r"\b(?:là|gồm|như|có)(?: các)?(?: (?:huyện|xã|phường|quận|tỉnh))?:?\s*$")


def _pair(sentence: str, ahead: Sequence[Mention]) -> Placed | None:
    """Two names before one bracket share it: "cao nhất là Tu Mơ Rông, Ia H'Drai (100%)"."""
    last = ahead[-2:]
    told = _alike(sentence, last) and _NAMES_TWO.search(sentence, 0, last[0].start)
    return _of_none(sentence, last) if told else None


def _both(sentence: str, tail: Sequence[Mention]) -> Placed | None:
    """Two units of a kind share what is told of them: "03 ca tử vong tại quận A, thị xã B"."""
    return _of_none(sentence, tail[:2]) if _alike(sentence, tail[:2]) else None


def _alike(sentence: str, two: Sequence[Mention]) -> bool:
    if len(two) < 2 or not _level(two[0]) or _level(two[0]) != _level(two[1]):
        return False
    return sentence[two[0].end : two[1].start].strip() in {",", "và"}


_EACH = re.compile(r"\s*(?:cùng|đều|luôn)\b[^,;.:\d]{0,30}", re.IGNORECASE)
_SEVERAL = 3
"""Names of one list that share a figure though no word says that each has as much."""


def _shared(sentence: str, names: Sequence[Mention], at: int) -> Placed | None:
    """One figure for each of two names is for no one of them: "A và B cùng trên 51 nghìn"."""
    series = _series(sentence, names)
    each = len(series) == 2 and _EACH.fullmatch(sentence, series[-1].end, at) is not None
    if not each and len(series) < _SEVERAL:
        return None
    return _around(sentence, series) or _of_none(sentence, series)


_WITHIN = re.compile(
    r"\s*(?:,|của|thuộc|\()\s*(?=(?:huyện|quận|thị xã|thành phố|tỉnh|TP)\b)", re.IGNORECASE
)


def _around(sentence: str, series: Sequence[Mention]) -> Placed | None:
    """What all lie in, where it is named behind them: "6 xã A, B và C của huyện Con Cuông"."""
    outer = {parent_of(m.match.region) for m in series if m.match.region is not None}
    behind = _WITHIN.match(sentence, series[-1].end)
    whole = outer.pop() if len(outer) == 1 else None
    if whole is None or behind is None or not sentence.startswith(whole.name[1:], behind.end() + 1):
        return None
    return Placed(whole, sentence[series[0].start : behind.end() + len(whole.name)])


def _of_none(sentence: str, series: Sequence[Mention]) -> Placed:
    told = tuple(r.path or r.name for m in series if (r := m.match.region) is not None)
    return Placed(None, sentence[series[0].start : series[-1].end], told)


def _series(sentence: str, names: Sequence[Mention]) -> list[Mention]:
    """The last names that only commas part, and one "và": "các huyện A, B, C và D"."""
    series = list(names[-1:])
    for one, two in pairwise(reversed(names)):
        gap = sentence[two.end : one.start].strip()
        if gap not in {",", "và", ", và", ";"} or None in {one.match.region, two.match.region}:
            break
        series.insert(0, two)
    return series


_OF_COUNTRY = re.compile(
    r"bình quân (?:chung )?(?:của )?(?:cả nước|toàn quốc)\s*\(\s*$", re.IGNORECASE
)


_OF_PROVINCE = re.compile(r"bình quân (?:chung )?(?:của )?(?:toàn )?tỉnh\s*\(\s*$", re.IGNORECASE)
"""Whose mark a district is measured by: "so với mức bình quân chung của tỉnh (58 triệu đồng)"."""


def _mark_of(clause: Clause, territory: Region | None) -> Region | None:
    """Of what larger unit a mark or a figure told in passing is: the country, or the province."""
    if clause.bracketed and _OF_PROVINCE.search(clause.left):
        return _province_of(territory)
    averaged = clause.bracketed and _OF_COUNTRY.search(clause.left)
    if averaged or of_nation(clause.left, territory) or of_nation(clause.tail[:80], territory):
        return COUNTRY
    return None


def _province_of(territory: Region | None) -> Region | None:
    while territory is not None and territory.level not in {"province", "country"}:
        territory = parent_of(territory)
    return territory if territory is not None and territory.level == "province" else None


def _located(before: str) -> bool:
    """Do the words before a name put the figure there: "01 ca … tại Hà Nội"?"""
    return re.search(r"\b(?:tại|ở|của|thuộc|trên địa bàn|cho|từ)\s*:?\s*$", before) is not None


_SUMS_UP = re.compile(
    r"\W*(?:qua đó |nhờ đó )?"
    r"(?:(?:nâng|đưa|làm)\b[^,;]*\b(?:tổng|số|lũy kế)|lũy kế|luỹ kế|tính chung)\b",
    re.IGNORECASE,
)


def sums_up(left: str) -> bool:
    """Do the words before a figure say that it is all so far: "nâng tổng số ca lên 13"?"""
    return _SUMS_UP.match(left) is not None


def named_behind(clause: Clause, here: Placed, usable: Sequence[Mention]) -> bool:
    """Is a figure's place told behind it, as where one case was: "1 ca tử vong ở quận 6"?"""
    return any(m.start >= clause.quantity.end and m.text == here.text for m in usable)


def in_open_bracket(sentence: str, at: int) -> bool:
    """Does a bracket that was opened before this place close behind it?"""
    return sentence.rfind("(", 0, at) > sentence.rfind(")", 0, at)


_SHARED_OUT = re.compile(r"[^;,.:()\d]{0,60}\((?:trong đó|gồm|riêng|tại|ở)?:?\s*", re.IGNORECASE)


def parted(sentence: str, clause: Clause, usable: Sequence[Mention]) -> bool:
    """Is a figure shared out to territories behind it: "12 người (A 11 người; B 1 người)"?"""
    opened = _SHARED_OUT.match(sentence, clause.quantity.end)
    if opened is None:
        return False
    end = sentence.find(")", opened.end())
    parts = [m for m in usable if opened.end() <= m.start < end]
    return len(parts) > 1 and parts[0].start == opened.end()


def _opener(sentence: str, clause: Clause, usable: Sequence[Mention]) -> Mention | None:
    """The name right before the figure's bracket: "Nghệ An (tăng 9.499 người, giảm 12 đơn vị)"."""
    bracket = sentence.rfind("(", 0, clause.quantity.start)
    if bracket < 0 or ")" in sentence[bracket : clause.quantity.start]:
        return None
    return next(
        (m for m in usable if m.end <= bracket and not sentence[m.end : bracket].strip()), None
    )


def place_named(mention: Mention) -> Placed:
    """The territory that a mention names; where several share the name, only what is printed."""
    match = mention.match
    if match.status in {"one", "whole", "other"} and match.region is not None:
        return Placed(match.region, mention.text)
    return Placed(None, mention.text, tuple(r.path or r.name for r in match.candidates))


_LABEL = re.compile(r"[^\w]*(?:tại|ở|riêng|đối với|về)?\s*", re.IGNORECASE)


def label_of(sentence: str, usable: Sequence[Mention]) -> Placed | None:
    """The territory that a sentence begins with."""
    first = usable[0] if usable else None
    if first is None or _LABEL.fullmatch(sentence, 0, first.start) is None:
        return None
    placed = place_named(first)
    return replace(placed, carried=True) if placed.region is not None else None


def national(text: str) -> bool:
    """Do the words speak of the whole country: "ca ghi nhận trong nước"?"""
    plain = canonical(text)
    return any(contains(plain, word) for word in words("country"))


def of_nation(text: str, territory: Region | None) -> bool:
    """As `national`; "toàn ngành" is the document's own branch, "trong nước" no place."""
    if territory is not None and territory.level != "country":
        text = _RANKED.sub(" ", _BRANCH.sub(" ", text))
    return national(text)


_IN_COUNTRY = re.compile(r"(?:của|tại|ở)\s+$|^$|[,;:]\s*$")
_RANK = r"(?:so với|hơn|bằng|đứng|xếp|dẫn đầu|nhất|thứ)\s(?:[^,;.()\d]|(?<=thứ )\d+){0,40}"
_RANKED_TO = re.compile(_RANK + "$", re.IGNORECASE)
_RANKED = sought(_RANK + "(?:cả nước|toàn quốc)")
"""What a figure is compared with: "thấp so với bình quân chung của cả nước"."""
_BRANCH = sought(r"toàn ngành|trong nước|(?:cửa khẩu|cảng)(?: \w+){0,3} (?:cả nước|toàn quốc)")


def _inside(parts: Sequence[Mention], territory: Region | None) -> bool:
    """Are the parts of a list units of the territory?"""
    if territory is None:
        return False
    regions = [m.match.region for m in parts if m.match.region is not None]
    return territory.level == "country" or all(_above(territory, r) for r in regions)


def _holder(parts: Sequence[Mention]) -> Region | None:
    """The one territory directly above every name of a list."""
    above = {parent_of(m.match.region) for m in parts if m.match.region is not None}
    return above.pop() if len(above) == 1 else None


def listed_after(found: Sequence[Clause], at: int) -> list[int]:
    """The clauses of a list that begins behind `at`: between its figures only "và" or a comma."""
    after = [i for i, c in enumerate(found) if c.quantity.start > at]
    moved = bool(after) and _MOVED_IN_TURN.search(found[after[0]].left) is not None
    own = (i for i in after[1:] if not set(canonical(found[i].left).split()) <= _LINKS[moved])
    end = next(own, len(found))
    return [i for i in after if i < end]


_LINKS = {False: frozenset({"và", "là", "đạt"}), True: frozenset({"và", "tăng", "giảm"})}
_MOVED_IN_TURN = re.compile(r"\b(?:lần lượt|tương ứng) (?:tăng|giảm)\b", re.IGNORECASE)
"""As in "5 doanh nghiệp với 70 lao động, lần lượt tăng 42% và giảm 4,9%"."""
_IN_TURN = watched(r"\b(?:lần lượt|tương ứng)\b")


def respectively(
    sentence: str, found: Sequence[Clause], usable: Sequence[Mention]
) -> dict[int, Placed]:
    """The territories in "A và B, lần lượt là x và y", by the number of the clause."""
    cue = _IN_TURN.search(sentence)
    if cue is None:
        return {}
    after = listed_after(found, cue.end())
    names = [m for m in usable if m.end <= cue.start()]
    if not after or len(names) < len(after):
        return {}
    chosen = names[-len(after) :]
    return {i: place_named(name) for i, name in zip(after, chosen, strict=True)}
