"""Names that share one figure: it is for no one of them, or for what they all lie in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from normalizers.regions import Mention, parent_of
from normalizers.sentences.where.mentions import level_of
from normalizers.sentences.where.placed import Placed

_NAMES_TWO = re.compile(r"\b(?:là|gồm|như|có)(?: các)?(?: (?:huyện|xã|phường|quận|tỉnh))?:?\s*$")


def pair(sentence: str, ahead: Sequence[Mention]) -> Placed | None:
    """Two names before one bracket share it: "cao nhất là Tu Mơ Rông, Ia H'Drai (100%)"."""
    last = ahead[-2:]
    told = _alike(sentence, last) and _NAMES_TWO.search(sentence, 0, last[0].start)
    return _of_none(sentence, last) if told else None


def both(sentence: str, tail: Sequence[Mention]) -> Placed | None:
    """Two units of a kind share what is told of them: "03 ca tử vong tại quận A, thị xã B"."""
    two = tail[:2]
    return _of_none(sentence, two) if _alike(sentence, two) or _region_of(sentence, two) else None


def _alike(sentence: str, two: Sequence[Mention]) -> bool:
    if len(two) < 2 or not level_of(two[0]) or level_of(two[0]) != level_of(two[1]):
        return False
    return sentence[two[0].end : two[1].start].strip() in {",", "và"}


_SEVERAL = 3
"""Names of one list that share a figure though no word says that each has as much."""


def shared(sentence: str, names: Sequence[Mention]) -> Placed | None:
    """One figure behind names side by side is for no one of them: "huyện A và huyện B có 12 xã"."""
    if _region_of(sentence, names[-2:]):
        return _of_none(sentence, names[-2:])
    series = _series(sentence, names)
    if not _side_by_side(sentence, series) and len(series) < _SEVERAL:
        return None
    return _around(sentence, series) or _all_such(sentence, series) or (_of_none(sentence, series))


def _side_by_side(sentence: str, series: Sequence[Mention]) -> bool:
    """Are they two units of a kind, the first not only told to set the second beside it?"""
    if len(series) != 2 or series[0].match.region == series[1].match.region:
        return False
    beside = _BESIDE.search(sentence, 0, series[0].start) is not None
    return _alike(sentence, series) and not beside


_BESIDE = re.compile(
    r"\b(?:cùng với|bên cạnh|ngoài|sau|khác với|so với|tiếp giáp|giáp|từ|theo|nhờ|gần|kế)\s+$",
    re.IGNORECASE,
)
"""As in "Cùng với huyện Kỳ Sơn, huyện Nghi Lộc đạt 95%"."""


def _region_of(sentence: str, two: Sequence[Mention]) -> bool:
    """Do two units stand for what covers both: "Quảng Nam - Đà Nẵng", "Tân Biên - Tân Châu"?"""
    if len(two) < 2 or level_of(two[0]) is None or level_of(two[0]) != level_of(two[1]):
        return False
    return sentence[two[0].end : two[1].start].strip() in {"-", "–"}


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


_COUNTED = re.compile(
    r"\b(?P<whole>(?:[Tt]oàn|[Cc]ả|[Tt]rong|[Tt]rên địa bàn)\s+(?:tỉnh|thành phố|huyện|thị xã))\b"
    r"(?P<name>[^.;:()\d]*?)(?:,? (?:đến nay|hiện(?: nay)?|đã))*,? có (?:[^\W\d]+ ){0,3}?"
    r"(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy)(?: [^\W\d]+,?){1,6}?"
    r"(?: là|,? (?:bao )?gồm(?: có)?:?|:)(?: các)?(?: (?:huyện|xã|phường|quận|thị trấn))? *$"
)
"""Opens the list of all units that did something: "toàn tỉnh có 5 huyện là"."""


def _all_such(sentence: str, series: Sequence[Mention]) -> Placed | None:
    """What they lie in: "trên địa bàn tỉnh có 5 huyện là A, B, … thu hoạch sớm 90 ha"."""
    told = _COUNTED.search(sentence, 0, series[0].start)
    above = {parent_of(m.match.region) for m in series if m.match.region is not None}
    whole = above.pop() if told is not None and len(above) == 1 else None
    if told is None or whole is None:
        return None
    kind = told["whole"].split()[-1]
    return Placed(whole, carried=True) if whole.name.casefold().startswith(kind) else None


_AND_THE_REST = re.compile(
    r"\s*(?:,|và|cùng)(?: với)? (?:tất cả )?(?:các |những )?"
    r"(?:địa phương|huyện|thành phố|xã|phường|nơi|khu vực)[^,;.()\d]{0,24}? "
    r"(?:trong|của|toàn|trên địa bàn) (?:toàn )?(?P<kind>tỉnh|huyện|thị xã|thành phố)\b",
    re.IGNORECASE,
)


def with_the_rest(sentence: str, mention: Mention) -> Placed | None:
    """What a unit and all others of it make up: "TP. Đà Lạt và các địa phương trong tỉnh"."""
    hit = _AND_THE_REST.match(sentence, mention.end)
    outer = parent_of(mention.match.region) if hit and mention.match.region else None
    while hit and outer is not None and not outer.name.casefold().startswith(hit["kind"].lower()):
        outer = parent_of(outer)
    return Placed(outer, sentence[mention.start : hit.end()]) if hit and outer else None


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
