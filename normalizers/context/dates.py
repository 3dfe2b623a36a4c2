"""When: the day of publication, the time that a title names, and the map of which day holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from normalizers.layout.titles import without_decrees
from normalizers.periods.reading import PeriodContext, find_periods
from normalizers.periods.terms import without_terms
from normalizers.periods.timespans import last_day
from normalizers.regions.gazetteer import REFORM
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS
from solieu.model import Period

UNDATED = date(2025, 6, 30)
"""The map for a document without any date: the last day on which all 63 provinces stood."""
_MONTHS = 12
_OLDEST = 1995
"""Pages were not published before; an older date is somebody's birthday."""
DATE = re.compile(
    r"\b(\d{1,2})\s+tháng\s+(\d{1,2})(?:,|(?:,\s*|\s+)năm)\s+(\d{4})|"
    r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
DATE_OF_SOMETHING = sought(
    r"tính đến|đến (?:hết )?ngày|từ ngày|quyết định|nghị quyết|kế hoạch số|công văn|"
    r"thông tư|hiệu lực"
)
_YEAR = re.compile(r"(?:(?<![\d/.,])|(?<=\d[/.-]))(?:19|20)\d{2}(?![\d.,]\d|\d)")


def publication_day(head: tuple[str, ...]) -> date | None:
    """The date line of a letter or page: short, and not the date of a decree or of the data."""
    for line in head:
        found = DATE.search(_ANNIVERSARY.sub(" ", line))
        if found and len(line) < 90 and not DATE_OF_SOMETHING.search(line):
            day = _day(*filter(None, found.groups()))
            if day is not None and day.year >= _OLDEST:
                return day
        elif issue := ISSUE.fullmatch(line):
            return last_day(int(issue[2] or issue[3]), int(issue[1] or issue[4]))
    return None


ISSUE = re.compile(
    r"\W*(?:(?:báo (?!cáo)|tạp chí |cổng |trang |đài )[^\d.;:]{0,60}[\s(])?"
    r"(?:(0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)|((?:19|20)\d\d)-(0[1-9]|1[0-2]))\W*",
    re.IGNORECASE,
)
"""The month in which a paper or page appeared, alone or with its name: "Báo Hà Giang, 01/2024"."""


_LEAD = re.compile(
    r"(?:\([^()\d]{2,40}\)\s*[-–:]?\s*|[^\d.,;:]{0,40}[-–:)]\s*"
    r"|[^\W\d][^\d.,;:]{1,24},\s*(?=ngày ))?(?:vào )?"
    r"(?:hôm nay |(?:sáng|trưa|chiều|tối)(?: nay)?,? )?"
    rf"\(?(?:ngày )?(?:{DATE.pattern})\)?\s*[-–,:]",
    re.IGNORECASE,
)
"""How press begins: "Sáng 24/6/2021, tại …", "(KT) - Ngày 5/7/2022, UBND tỉnh …"."""
_SOONER = 3
"""Passages in which it stands."""


_TO_COME = re.compile(
    r"(?:(?:đến|tới|vào) (?:hết |cuối )?năm|năm học|nhiệm kỳ|giai đoạn|tầm nhìn(?: đến)?(?: năm)?)"
    r"\s*(?:\d{4}\s*[-–]\s*)?(?:19|20)\d\d"
    r"|[^.;:]*\b(?:phấn đấu|mục tiêu|chỉ tiêu|nhiệm vụ|phương hướng|kế hoạch|dự kiến)\b[^.;:]*",
    re.IGNORECASE,
)
"""Years that lie ahead of the day on which a text tells what is aimed at."""


def lead_day(prose: Sequence[str]) -> date | None:
    """The day that the first sentence of a release tells of; no later year may stand in it."""
    for text in chain.from_iterable(map(_first_two, prose[:_SOONER])):
        found = _LEAD.match(text)
        day = _day(*filter(None, found.groups())) if found else None
        if day is None or _DECREED.search(text[: text.find(". ") + 1 or len(text)]):
            continue
        told = _days(_TO_COME.sub(" ", line) for line in prose)
        past = [other for other in told if other.year > day.year]
        return day if day.year >= _OLDEST and not past else None
    return None


def _first_two(text: str) -> Iterator[str]:
    """A paragraph from its first sentence on, and from its second."""
    yield text
    stop = _STOP.search(text)
    if stop is not None and _HALF_DAY.match(text, stop.end()):
        yield text[stop.end() :]


_STOP = re.compile(r"[^\d\W]{2}\.\s+(?=[^\W\d])")
_HALF_DAY = re.compile(r"(?:Sáng|Trưa|Chiều|Tối)\b")
_DECREED = re.compile(r"(?:ban hành|có hiệu lực|ký ban|phê duyệt|thành lập)", re.IGNORECASE)
"""What is told of that day may lie long behind: "Ngày 5/3/2014, Chính phủ ban hành Nghị định …"."""


def named_period(titles: Iterable[str], context: PeriodContext) -> Period | None:
    """The first time that a title names for itself, and not to compare with.

    Where none does so in words, the one year that stands in it: "Festival hoa Đà Lạt 2022".
    """
    titles = list(titles)
    told, page = _in_words(titles, context), context.published_on
    bare = (p for p in map(_bare_year, titles) if p and (page is None or p.year <= page.year))
    return told or next(bare, None)


def _bare_year(title: str) -> Period | None:
    """The only year of a headline, with none of the words that time what is to come or was."""
    title = without_decrees(title).rstrip()
    found = {int(year) for year in _YEAR.findall(title)}
    hit = _NAME_AND_YEAR.search(title)
    if len(found) != 1 or hit is None:
        return None
    year = int(hit["year"])
    return Period(year, str(year), date(year, 1, 1), date(year, 12, 31), source="title")


_NAME_AND_YEAR = re.compile(
    r"^(?!.*\b(?:từ|đến|tới|trước|sau|kỷ niệm|nhiệm kỳ|giai đoạn|tầm nhìn|thành lập|khóa"
    r"|so với|cùng (?:kỳ|thời điểm))\b)"
    rf".*[^\W\d] (?P<year>20\d\d)(?=$|\s*[:.,|–-]|\s+[{CAPITALS}]"
    r"|\s+(?:khép lại|kết thúc|của|tại|ở)\b)"
)


def _in_words(titles: Sequence[str], context: PeriodContext) -> Period | None:
    for title in titles:
        if ISSUE.fullmatch(title):
            continue
        text = _ANNIVERSARY.sub(" ", without_decrees(title))
        for mention in without_terms(text, find_periods(text, context)):
            own = mention.comparison is None and not _NO_NAME.fullmatch(mention.text)
            own = own and (context.plan or not _AIMED.search(text, 0, mention.end))
            if mention.period is not None and own:
                return mention.period
    return None


_AIMED = sought(
    r"\b(?:quyết tâm|phấn đấu|hướng (?:tới|đến)|về đích|mục tiêu|sẽ)\b[^.;:]*"
    r"\b(?:đến|vào|trước|tới) (?:(?:hết|cuối) )?năm (?:19|20)\d\d$"
)
"""By when a headline wants something: "Quyết tâm về đích nông thôn mới vào năm 2027"."""
_NO_NAME = re.compile(r"năm\s+(?:trước|ngoái)|cuối\s+năm", re.IGNORECASE)
"""Said of the year before the text's own, or of a season: "kỳ họp cuối năm", in January, too."""
_ANNIVERSARY = sought(
    r"\(\s*(?P<day>\d{1,2}[/.-]\d{1,2})[/.-](?:19|20)\d\d"
    r"\s*[-–]\s*(?P=day)[/.-](?:19|20)\d\d\s*\)",
    flags=0,
)
"""What is celebrated, and no time of figures: "20 năm thành lập tỉnh (1/1/2004 - 1/1/2024)"."""


def map_date(
    period: Period | None,
    published: date | None,
    texts: Sequence[Sequence[str]],
    *,
    ahead: bool,
) -> date:
    """The end of the period, not later than the page; without both, the latest year mentioned.

    It is that of the first of `texts` that names one: the head, then the body. A plan is made
    before it begins, for the units of that day.
    """
    if period is not None:
        last = period.end or date(period.year, 12, 31)
        end = (period.start or last) if ahead else last
        if published or (period.start and period.start.year == end.year):
            return min(end, published or end)
        return _of_districts(end, texts)
    return published or _of_districts(_latest_named(texts), texts)


def _latest_named(texts: Sequence[Sequence[str]]) -> date:
    named = (_days(lines) for lines in texts)
    last = next((max(days) for days in named if days), UNDATED)
    undecided = last == date(REFORM.year, 6, 30)
    return REFORM if undecided and any(map(_two_levels, texts)) else last


_LIVING = re.compile(rf"\b(?i:huyện|thị xã|quận) (?=[{CAPITALS}])(?![^.;:()]{{0,40}}\bcũ\b)")
_REORGANISED = re.compile(r"\b(?:sáp nhập|sắp xếp|hợp nhất)\b|\bcũ\b", re.IGNORECASE)


def _of_districts(on: date, texts: Sequence[Sequence[str]]) -> date:
    """The last day of districts, for a text that looks beyond it and still speaks of some.

    "Phát triển chè giai đoạn 2022 - 2025 … huyện Thanh Sơn 2.410 ha, Tân Sơn 3.020 ha".
    """
    if on < REFORM:
        return on
    whole = "\n".join(line for lines in texts for line in lines)
    living = _LIVING.search(whole) is not None and _REORGANISED.search(whole) is None
    return UNDATED if living else on


_COMMUNE = re.compile(r"\b(?:xã|phường|đặc khu)\b", re.IGNORECASE)
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã|thị trấn)\b", re.IGNORECASE)


def _two_levels(lines: Sequence[str]) -> bool:
    """Does a text speak of communes and of no district: as offices write since 1 July 2025?"""
    text = "\n".join(lines)
    return _COMMUNE.search(text) is not None and _DISTRICT.search(text) is None


def _days(lines: Iterable[str]) -> list[date]:
    """The days that lines print, and the middle of each year that stands without its day."""
    days: list[date] = []
    for line in map(without_decrees, lines):
        whole = [day for hit in DATE.findall(line) if (day := _day(*filter(None, hit)))]
        years = _YEAR.findall(DATE.sub(" ", line) if whole else line)
        days += [*whole, *(date(int(year), 6, 30) for year in years)]
    return [day for day in days if 1990 <= day.year <= 2040]


def _day(day: str, month: str, year: str) -> date | None:
    """The day, also where a page's own clock prints its month first: "7/20/2021 12:00 AM"."""
    turned = int(month) > _MONTHS >= int(day)
    try:
        return date(int(year), *((int(day), int(month)) if turned else (int(month), int(day))))
    except ValueError:
        return None
