"""School years: which one "năm học này" is, and where a sentence speaks of none any more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalizers.periods.reading import PeriodContext, PeriodMention, find_periods
from normalizers.periods.timespans import months, years_off
from normalizers.seeking import sought
from normalizers.sentences.clauses import Clause
from normalizers.watching import watched
from solieu.model import Period
from solieu.quick import replace

_THIS_SCHOOL_YEAR = watched(
    r"(?<!\w)năm học (?P<which>này|đó|ấy|mới|nay|trước|vừa qua|qua)(?!\w)(?! (?:\(?\d{4}))"
)
_SCHOOL_YEAR = re.compile(r"\bnăm học (?:mới )?\d{4}\s*[-–/]\s*\d{2,4}\b", re.IGNORECASE)
_SCHOOL_BEGINS = 9
_SCHOOL_MONTHS = 9
_NEXT_IS_NEAR = 6
"""The month from which "năm học mới" is the one to come."""


def same_school_year(
    sentence: str, mentions: Sequence[PeriodMention], told: str, context: PeriodContext
) -> list[PeriodMention]:
    """The mentions with "năm học này" as the school year that the passage named before it.

    Where it named none, or another has begun since, it is that of the page's day.
    """
    this = _THIS_SCHOOL_YEAR.search(sentence)
    if this is None:
        return list(mentions)
    named = _SCHOOL_YEAR.findall(told)
    found = find_periods(named[-1], context) if named else []
    period = _meant(this["which"].lower(), found[0].period if found else None, context.published_on)
    if period is None:
        return list(mentions)
    start, end = this.span()
    kept = [m for m in mentions if m.end <= start or end <= m.start]
    kept.append(PeriodMention(start, end, this.group(), period))
    return sorted(kept, key=lambda m: m.start)


_TWO_YEARS = re.compile(
    r"(?:(?:cho )?đến |cuối |hết )*năm (?P<first>(?:19|20)\d\d)\s*[-–]\s*(?P<last>(?:19|20)?\d\d)",
    re.IGNORECASE,
)
_AT_SCHOOL = sought(
    r"\b(?:năm học|học sinh|giáo viên|trường học|trường (?:mầm non|tiểu học|THCS|THPT|đạt chuẩn)"
    r"|lớp học|tuyển sinh|tốt nghiệp THPT|mẫu giáo)\b"
)


def as_school_years(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions with two years in a row as a school year, where a sentence is on schools.

    "Đến năm 2018-2019, toàn ngành có 42.000 giáo viên" is no goal for the end of 2019.
    """
    read = [(m, _TWO_YEARS.fullmatch(m.text)) for m in mentions]
    if not any(hit for _, hit in read) or _AT_SCHOOL.search(sentence) is None:
        return list(mentions)
    return [
        replace(m, period=months(int(hit["first"]), _SCHOOL_BEGINS, _SCHOOL_MONTHS))
        if hit is not None and (int(hit["first"]) + 1) % 100 == int(hit["last"]) % 100
        else m
        for m, hit in read
    ]


def _meant(which: str, told: Period | None, page: date | None) -> Period | None:
    if which in {"đó", "ấy"}:
        return told
    if page is None:
        return told if which == "này" else None
    begins = _NEXT_IS_NEAR if which == "mới" else _SCHOOL_BEGINS
    current = replace(
        months(page.year - (page.month < begins), _SCHOOL_BEGINS, _SCHOOL_MONTHS),
        source="publication",
    )
    if which == "này" and told is not None and told.end is not None and told.end >= page:
        return told
    return years_off(current, -1) if which in {"trước", "vừa qua", "qua"} else current


def school_years_passed(
    sentence: str, clause: Clause, mentions: Sequence[PeriodMention], first: int
) -> list[PeriodMention]:
    """The school years of statements that are over, where no school is spoken of any more.

    "100% học sinh năm học 2017 - 2018 tham gia, tăng thêm 30.000 người thuộc hộ gia đình".
    """
    at = clause.quantity.start
    inside = [m for m in mentions if first < m.start < at and _SCHOOL_YEAR.match(m.text)]
    if not inside or _OF_SCHOOL.search(f"{clause.left} {clause.tail}"):
        return []
    return [m for m in inside if _PARTS_STATEMENTS.search(sentence, m.end, at)]


_OF_SCHOOL = re.compile(
    r"\b(?:học|sinh viên|trường|lớp|trẻ|mầm non|giáo (?:viên|dục)|tốt nghiệp|thí sinh|đỗ|bậc|cấp"
    r"|em|HSSV|tuyển sinh)\b",
    re.IGNORECASE,
)
_PARTS_STATEMENTS = re.compile(r"[,;]\s")
