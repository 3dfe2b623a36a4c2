"""The times of a sentence that stand in other words: "lũy kế", "đầu năm"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalizers.periods.reading import PeriodContext, PeriodMention
from normalizers.periods.timespans import stock, years
from normalizers.sentences.when.times import from_new_year
from normalizers.watching import watched
from solieu.model import Period

_DATELINE = re.compile(
    r"\W*[^\d.;:()]{0,40}?(?:ngày )?\d{1,2}([/.-])\d{1,2}\1\d{4}\)?\s*[-–]\s*(?=[^\W\d])",
    re.IGNORECASE,
)
"""When a release was written, and no time of its figures: "(Nghệ An, 5/6/2020) - Tỷ lệ …"."""


def without_dateline(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The times but that of the dateline that a sentence begins with."""
    line = _DATELINE.match(sentence) if mentions else None
    return [m for m in mentions if line is None or m.start >= line.end()]


_YEARS_OF_WORK = watched(
    r"\b(?:qua|sau|trong|tổng kết|sơ kết) (?:\d{1,2}|hơn \d{1,2}) năm\b[^().;]{0,90}"
    r"\(\s*(?P<first>(?:19|20)\d\d)\s*[-–]\s*(?P<last>(?:19|20)\d\d)\s*\)"
)


def years_of_work(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """With the years in a bracket that a law or programme is looked back on for.

    "Qua 10 năm thực hiện Luật Hòa giải (2014 - 2023), các tổ nhận 9.874 vụ việc".
    """
    hit = _YEARS_OF_WORK.search(sentence)
    if hit is None or int(hit["first"]) > int(hit["last"]):
        return list(mentions)
    span = years(int(hit["first"]), int(hit["last"]))
    outside = [m for m in mentions if m.end <= hit.start() or hit.end() <= m.start]
    told = PeriodMention(hit.start(), hit.end(), hit.group(), span)
    return sorted((*outside, told), key=lambda m: m.start)


_YEAR_BEGAN = watched(
    r"\btừ[^;()]{0,40}\d[^;()]{0,24}?\W"
    r"(?<!tháng )(?<!nửa )(?P<when>đầu năm(?: (?P<year>(?:19|20)\d\d)|(?: nay)?\b(?! học)))"
)


def year_starts(
    sentence: str, mentions: Sequence[PeriodMention], context: PeriodContext
) -> list[PeriodMention]:
    """The mentions with the start of a change "giảm từ 2,35% đầu năm xuống còn 1,98%"."""
    found = ends_of_change(sentence, years_of_work(sentence, mentions))
    for hit in _YEAR_BEGAN.finditer(sentence):
        year = int(hit["year"]) if hit["year"] else context.base_year()
        if year is None:
            continue
        start, end = hit.span("when")
        found = [m for m in found if m.end <= start or end <= m.start]
        found.append(PeriodMention(start, end, hit["when"], stock(date(year, 1, 1))))
    return sorted(found, key=lambda m: m.start)


FROM_FIGURE = r"\btừ (?:[^\W\d]+ ){0,2}\d[\d.,]*(?: ?%| [^\W\d]+){0,3}\s*\(?"
"""Where a change starts, up to its time: "từ 32 triệu đồng | năm 2018"."""
_FROM_FIGURE = re.compile(rf"{FROM_FIGURE}(?:vào |của )?$", re.IGNORECASE)
_TO_FIGURE = re.compile(
    r"\s*(?:,\s*)?(?:(?:đã|chỉ|mới|nay|thì|tỷ lệ|con số|này|giảm|tăng|xuống|lên|còn|đạt|là|được"
    r"|có)\s+){1,5}(?:(?:hơn|gần|trên|khoảng|dưới|chưa đầy)\s+)?\d",
    re.IGNORECASE,
)
_TWO_YEARS = re.compile(
    r"(?P<first>(?:(?:đầu|cuối) )?năm (?P<from>(?:19|20)\d\d)) (?:đến|tới) (?:hết )?"
    r"(?P<last>(?:(?:đầu|cuối) )?năm (?P<to>(?:19|20)\d\d))",
    re.IGNORECASE,
)


def ends_of_change(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The two times of a change that look like one span.

    "Giảm từ 19,26% năm 2016 đến năm 2022 chỉ còn 7,97%" tells two years, and not seven.
    """
    found: list[PeriodMention] = []
    for mention in mentions:
        hit = _TWO_YEARS.match(sentence, mention.start)
        apart = (
            hit is not None
            and hit.end() <= mention.end
            and _FROM_FIGURE.search(sentence, max(0, mention.start - _REACH), mention.start)
            and _TO_FIGURE.match(sentence, hit.end())
        )
        found += _each_end(hit) if hit is not None and apart else [mention]
    return found


_REACH = 48


def _each_end(hit: re.Match[str]) -> list[PeriodMention]:
    ends = (
        (*hit.span("first"), hit["first"], hit["from"]),
        (*hit.span("last"), hit["last"], hit["to"]),
    )
    return [PeriodMention(a, b, text, years(int(year), int(year))) for a, b, text, year in ends]


SUMMED = watched(
    r"(?<!\w)(?:lũy kế|luỹ kế|cộng dồn)(?!\w)(?! \d{1,2} tháng)"
    r"(?=(?: (?:thu|đạt|được|là|ước|ước đạt|gần|hơn|trên))* \d)"
)
_MONTH_CODE = len("2024-08")


def summed_at(hit: re.Match[str], month: Period | None) -> PeriodMention | None:
    """The months up to one of them, told by the word of `SUMMED`; None behind any other time."""
    if month is None or len(month.code) != _MONTH_CODE or month.end is None:
        return None
    return PeriodMention(*hit.span(), hit.group(), from_new_year(month, month.end))


def summed_up(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions with the months up to the one named, for "tháng 8 thu 489 tỷ; lũy kế 4.652"."""
    found = list(mentions)
    for hit in SUMMED.finditer(sentence):
        before = [m.period for m in mentions if m.end <= hit.start() and m.period is not None]
        told = summed_at(hit, before[-1] if before else None)
        if told is not None:
            found.append(told)
    return sorted(found, key=lambda m: m.start)
