"""Years that say which committee or standard is meant, and not of when a text tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods.reading import PeriodMention
from normalizers.periods.timespans import years_off
from normalizers.watching import watched
from solieu.model import Period
from solieu.quick import replace

_TERM_OF_OFFICE = watched(
    r"(?:đại hội|ban chấp hành|hội đồng|hđnd|đại biểu|khóa|khoá|lần thứ)[^.;:]{0,80}?"
    r"[\s(]nhiệm kỳ (?P<years>(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d)"
    r"(?!,? (?:kinh tế|tốc độ|tổng|giá trị|thu|sản lượng|tỷ lệ|cơ cấu|toàn|GRDP"
    r"|các (?:chỉ tiêu|ngành)|(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|địa phương)"
    r"(?: [^\W\d]+){0,3}? (?:đã|có|đạt))\b)"
)
_LEFT_OF_YEAR = watched(
    r"\bcòn (?:khoảng |hơn |gần |chưa đầy )?(?:\d+|một|hai|ba|bốn|vài)"
    r" (?:tháng|tuần|ngày|quý)(?: nữa)?"
    r"(?: (?:là|mới|thì|đến|sẽ))* (?:hết|kết thúc|khép lại|bước sang|cuối)(?: năm)?(?: \d{4})?"
)
"""How much of a year is left, and no time of what was done: "Còn 4 tháng nữa là hết năm 2016"."""
_STANDARD = watched(
    r"\b(?:chuẩn|tiêu chí)\b[^.,;:()\d]{0,80} giai đoạn"
    r" (?P<years>(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d)"
)
"""Of when a standard is: "chuẩn nghèo đa chiều giai đoạn 2016-2020"."""
_CARRIED = watched(
    r"\bchuyển (?:nguồn |tiếp |số dư )?(?:ngân sách |vốn |kinh phí )?(?:sang|qua|cho)"
    r" (?P<years>(?:các )?năm (?:ngân sách )?(?:sau|tiếp theo))\b"
)
"""A line of every budget and no time: "chi chuyển nguồn sang năm sau 3.865 tỷ đồng"."""
_AIMED = watched(r"\b(?:mục tiêu|chỉ tiêu|nghị quyết|phấn đấu)\b")


def without_terms(text: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions without the years of a standard, or those a committee is elected for.

    The latter are a time of what it aims at.

    "Đại hội Hội Phụ nữ huyện lần thứ XII, nhiệm kỳ 2016 - 2021" counts its members today.
    """
    left = [hit.end() for hit in _LEFT_OF_YEAR.finditer(text)]
    mentions = [m for m in mentions if not any(m.start <= end <= m.end for end in left)]
    named = [hit.span("years") for p in (_STANDARD, _CARRIED) for hit in p.finditer(text)]
    mentions = _outside(named, mentions)
    if not mentions or _AIMED.search(text):
        return mentions
    return _outside([hit.span("years") for hit in _TERM_OF_OFFICE.finditer(text)], mentions)


def _outside(
    spans: Sequence[tuple[int, int]], mentions: Sequence[PeriodMention]
) -> list[PeriodMention]:
    return [m for m in mentions if not any(m.start < b and a < m.end for a, b in spans)]


_YEARS_END = re.compile(r"(?:(?:tính )?đến )?(?:hết|cuối) năm", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:phấn đấu|mục tiêu|dự kiến|sẽ|kế hoạch|quyết tâm)\b", re.IGNORECASE)


def at_years_end(
    text: str, mentions: Sequence[PeriodMention], told: Period | None
) -> list[PeriodMention]:
    """The mentions with "đến hết năm" as the end of the year `told`, behind results of that year.

    "Năm 2023, tỉnh thu hút 3 tỷ USD; lũy kế đến hết năm …" came out in January 2024.
    """
    return [m if told is None else _in_that_year(text, m, told) for m in mentions]


def _in_that_year(text: str, mention: PeriodMention, told: Period) -> PeriodMention:
    period = mention.period
    if period is None or period.year != told.year + 1:
        return mention
    if not _YEARS_END.fullmatch(mention.text) or _AHEAD.search(text, 0, mention.start):
        return mention
    return replace(mention, period=years_off(period, -1))


_WHOLE_YEAR = re.compile(r"cả năm", re.IGNORECASE)
_OF_PLAN = re.compile(
    r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nhiệm vụ|giao|phấn đấu|dự kiến|sẽ)\b[^.;,]*$",
    re.IGNORECASE,
)


def of_year_over(
    text: str, mentions: Sequence[PeriodMention], results: Period | None
) -> list[PeriodMention]:
    """The mentions with "cả năm" as the year of the `results`, which a page of January sums up."""
    if results is None:
        return list(mentions)
    return [
        replace(m, period=results)
        if _WHOLE_YEAR.fullmatch(m.text) and not _OF_PLAN.search(text, 0, m.start)
        else m
        for m in mentions
    ]
