"""The day a page says it was published: a short line that holds a date and little else.

"Thứ Bảy, ngày 20 tháng 04 năm 2019", "10/04/2019 16:07:40", "10:10 | 16/06/2024 GMT+7" are such
lines; "Tính đến ngày 31/7/2018, ..." is a sentence about the figures and is none.
"""

from __future__ import annotations

import re
from datetime import date

_ISO = r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d?)-(?P<d1>\d\d?)"
_DAY_FIRST = r"(?P<d2>\d\d?)\s?[/.\-]\s?(?P<m2>\d\d?)\s?[/.\-]\s?(?P<y2>(?:19|20)\d\d)"
_WORDS = r"ngày\s+(?P<d3>\d\d?)\s+tháng\s+(?P<m3>\d\d?)\s+năm\s+(?P<y3>(?:19|20)\d\d)"
_AMERICAN = r"(?P<m4>\d\d?)/(?P<d4>\d\d?)/(?P<y4>(?:19|20)\d\d)(?=,?\s+\d\d?:\d\d:\d\d\s+[AP]M\b)"
"""As servers print it that were left in English: "7/20/2021 12:00:00 AM"."""
_SPELLED = ("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {
    **{name: n for names in (_SPELLED, _ENGLISH) for n, name in enumerate(names, 1)},
    "một": 1,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}
_MONTH = (
    r"(?:(?:tháng|thg\.?)\s+(?P<{0}>\d\d?|mười (?:một|hai)|giêng|một|hai|ba|tư|(?-i:Năm)|sáu|bảy"
    rf"|tám|chín|mười|chạp)|(?P<{{1}}>{'|'.join(_ENGLISH)})[a-z]*)\b\.?"
)
"""Blogs and portals print "7 Tháng Tư, 2018", "April 7, 2018"; "5 tháng năm 2021" is not in May."""
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DAY_AND_WORD = rf"(?<!\d)(?P<d5>\d\d?)\s+{_MONTH.format('m5', 'e5')},?\s+(?P<y5>{_YEAR})"
_WORD_AND_DAY = rf"\b{_MONTH.format('m6', 'e6')}\s+(?P<d6>\d\d?),?\s+(?P<y6>{_YEAR})"
_DATE = re.compile(
    rf"(?<![\d/.]){_ISO}(?!\d)|(?<![\d/.]){_AMERICAN}|(?<![\d/.]){_DAY_FIRST}(?![\d/])|{_WORDS}"
    rf"|{_DAY_AND_WORD}|{_WORD_AND_DAY}",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"(?:chủ nhật|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|gmt\s*[+-]?\d*|\d\d?\s*(?:[:h]|giờ)\s*\d\d"
    r"(?::\d\d)?|ngày|đăng|cập nhật|lúc|post|posted|published|on|updated|am|pm|sa|ch|utc|\W)+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\b(?:tính|đến|từ|số|kèm|theo|quyết|trước|hạn|hết|căn cứ)\b", re.IGNORECASE)
_TITLED = re.compile(r"[^\W\d]{2,}: (?:[^\W\d]+ ){3,}")
"""A headline with its day: "CDC Bắc Giang: tình hình dịch bệnh (27/01/2022)"."""
_DIGIT = re.compile(r"\d")
_LONGEST_LINE = 90
_LONGEST_REST = 30  # a place ("Hải Dương,") or the languages of a site beside the date


def find_date(text: str) -> date | None:
    """The first date in a text, day before month as Vietnam writes it."""
    for match in _DATE.finditer(text):
        found = _of(match)
        if found:
            return found
    return None


def date_line(line: str) -> date | None:
    """The date of a line that is there to say the date; None for a sentence with a date in it."""
    if len(line) > _LONGEST_LINE or not _DIGIT.search(line):
        return None
    matches = list(_DATE.finditer(line))
    if len(matches) != 1:
        return None  # "04/09/2024 - 04/09/2025" is a span of time
    match = matches[0]
    rest = line[: match.start()] + " " + line[match.end() :]
    left = _LEFT_OVER.sub("", rest)
    if _SENTENCE.search(rest) or len(left) > _LONGEST_REST or _TITLED.search(rest):
        return None
    return _of(match)


def _of(match: re.Match[str]) -> date | None:
    for n in "123456":
        if match[f"y{n}"]:
            month = (match[f"m{n}"] or match[f"e{n}"]).casefold()
            number = _MONTHS.get(month) or int(month)
            try:
                found = date(int(match[f"y{n}"]), number, int(match[f"d{n}"]))
            except ValueError:
                return None
            return found if found.year >= 1945 else None
    return None
