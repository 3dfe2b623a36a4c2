"""Times that a sentence only compares with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods.reading import PeriodMention
from normalizers.seeking import sought
from solieu.model import Period

_COMPARISON = sought(
    r"\b(?:cao|thấp|nhiều|ít|lớn|kém|tốt|xấu|khó khăn) hơn\s+"
    r"(?:(?!(?:trong|đến|tính|và|do|sau|từ|kế|chỉ|mục|dự|kịch|nghị|quy|yêu|theo)\b)(?:[^\W\d]+|\d)\s+){0,7}"
    r"(?:(?:năm\s+)?(?:19|20)\d\d(?:,|\s+và)\s+){0,3}$"
    r"|\b(?:hơn|kém)\s+vụ(?: [^\W\d]+){1,2}\s+$|\b(?:kém|thua)\s+$"
    r"|\b(?:so với|so sánh với|(?:đặt|xếp) cạnh|đối chiếu(?: với)?|(?<!giá )so(?! sánh (?:năm )?\d)"
    r"|cùng kỳ|cùng thời điểm|với số \w+ \w+)\b\s*"
    r"(?:(?!\(sơ bộ|\(ước|(?<!ngày )\d[\d.,]*\s(?!tháng|quý|năm|ngày|tuần|tết))[^\s,;]+\s+){0,4}$"
    r"|\bgấp\s+(?:đôi|rưỡi|ba|bốn)\s+(?:so\s+|với\s+|của\s+)*$"
    r"|\b(?:kéo dài|chuyển (?:nguồn|tiếp))\s+(?:thời gian\s+)?(?:từ\s+)?(?:các\s+)?$"
    r"|(?<!nếu )\b(?:như|ngang|bằng|tương đương|xấp xỉ)\s+(?:(?:với|mức|của|khoảng|gần|hơn|chưa|già"
    r"|phân|một|hai|ba|tư|năm|nửa|phần|\d+/\d+)\s+)*$"
    r"|\d\s+lần\s+(?:so\s+|với\s+|của\s+|mức\s+|cả\s+)*$"
    r"|\bbằng\s+(?:khoảng\s+|gần\s+|hơn\s+|trên\s+)?[\d.,]+\s?%"
    r"\s+(?:của\s+|mức\s+|số\s+|cả\s+|thực hiện\s+)*"
    r"(?:(?:[^\W\d]+\s+){0,4}bình quân\s+(?:của\s+)?)?$"
)
SAME_TIME = re.compile(r"cùng (?:kỳ|kì|thời)", re.IGNORECASE)
_BRACKETED_BASE = re.compile(r"\bnăm (?:trước|ngoái)\s*\(\s*$", re.IGNORECASE)
_TOLD_IN_BRACKET = re.compile(r"[^()\d]*\d")


def stands_behind_base(sentence: str, mention: PeriodMention) -> bool:
    """Do the words before a time say that it is what something is compared with?

    "so với cùng kỳ năm trước (năm 2022)", but not "… năm trước (quý I tăng 3,85%, quý II 2,99%)".
    """
    before = sentence[max(0, mention.start - _REACH) : mention.start]
    if _BRACKETED_BASE.search(before):
        return _TOLD_IN_BRACKET.match(sentence, mention.end) is None
    hit = _COMPARISON.search(before)
    # "gấp 1,5 lần năm 2012", but "lên 1,58 lần trong năm 2013".
    times_over = hit is not None and hit.group()[0].isdigit()
    return hit is not None and not (times_over and mention.text.casefold().startswith("trong "))


_REACH = 60


def told_to_compare(sentence: str, mention: PeriodMention) -> bool:
    """Is a time the base of a comparison, or the same time of another year?"""
    if mention.comparison == "plan":
        return False
    same = mention.comparison or SAME_TIME.match(mention.text)
    return bool(same) or stands_behind_base(sentence, mention)


def is_same(mention: PeriodMention) -> bool:
    """Is it the same time of another year: "cùng kỳ năm 2018"?"""
    return SAME_TIME.search(mention.text) is not None


_BEHIND_FIGURE = re.compile(
    r"\d[^.;]*[,(;]\s*(?:(?:trong khi|còn|của|số|cả|vào|đầu|cuối|con số|tỷ lệ)\s+)*$", re.IGNORECASE
)
_FIGURE_FOLLOWS = re.compile(
    r"\s*(?:(?:là|đạt|chỉ|mới|có|còn|được|:|khoảng|gần|hơn|trên|tăng|giảm)\s*)*\d", re.IGNORECASE
)
_IF_THEN = re.compile(
    r"\bnếu(?: như)?(?: ở| vào| trong| từ| tại| tính)?(?: đầu| cuối| thời điểm)*\s*$", re.IGNORECASE
)


def told_beside(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The first time of a sentence, where a figure without a time is set beside it to compare.

    "Tỷ lệ hộ nghèo còn 6,8%, năm 2018 là 10,3%"; "Nếu như năm 2018 có 212 ha thì nay có 400 ha".
    """
    first = mentions[:1]
    return [m for m in first if _is_beside(sentence, m) or _IF_THEN.search(sentence[: m.start])]


def _is_beside(sentence: str, mention: PeriodMention) -> bool:
    behind = _BEHIND_FIGURE.search(sentence[: mention.start]) is not None
    follows = behind and _FIGURE_FOLLOWS.match(sentence, mention.end) is not None
    return follows and _of_one_kind(sentence[: mention.start], sentence[mention.end :])


_UNIT = re.compile(r"\d(?:\s?(?:nghìn|ngàn|triệu|tỷ|tỉ))*\s?(?P<unit>[^\W\d_]+|%)")


def _of_one_kind(before: str, behind: str) -> bool:
    """No harvest beside an area: "có 551.669 ha cà phê, niên vụ 2012 đạt 1,2 triệu tấn"."""
    told = [hit["unit"] for hit in _UNIT.finditer(before)]
    then = _UNIT.search(behind)
    return not told or then is None or told[-1] == then["unit"]


_STARTS_BEFORE = re.compile(
    r"\W*(?:trong khi |còn |trước đó,? )*(?:(?:đầu|cuối|vào|cả|cùng kỳ) )*"
    r"(?:(?:quý [IVX\d]{1,3}|tháng \d{1,2}|\d{1,2} tháng(?: đầu)?)(?: của)?(?: năm |\s*/\s*)|năm )"
    r"\d{4},? (?:(?:tỷ lệ|con số|số|mức) này |(?:số [^\W\d]+ )?(?:là|chỉ|mới|đạt|có"
    r"|ở mức|khoảng|gần|hơn|trên|tăng|giảm) )+\d"
    r"|\W*(?:trong khi đó|trước đó),? (?:vào )?năm \d{4},? (?:[^\W\d]+ ){0,8}\d",
    re.IGNORECASE,
)


def told_before(sentence: str, before: Sequence[Period | None]) -> bool:
    """Does a sentence only tell what the figure before it was in an earlier year?

    "Tỷ lệ đô thị hóa là 19,2%. Năm 2015 là 14%. …": behind it the text is at its own time again.
    """
    hit = _STARTS_BEFORE.match(sentence)
    last = before[-1] if before else None
    year = _YEAR.search(sentence) if hit else None
    return last is not None and year is not None and int(year.group()) < last.year


_YEAR = re.compile(r"(?:19|20)\d\d")
