"""Which years a document is about: that of its results and that of all else, and how sure that is.

What a title names is surest, then what the sentences name for themselves, then the day of the page,
then what results are compared with: "tăng 5% so với năm 2018" is told of 2019. A page of January
sums up the year before, and so does one whose title names the tasks of a year that has just begun.
What was worked out is flagged, and the statements that rest on it are doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from normalizers.context import DocumentContext
from normalizers.context.dates import ISSUE
from normalizers.layout.titles import without_decrees
from normalizers.periods.reading import PeriodContext, PeriodMention, find_periods
from normalizers.seeking import sought
from normalizers.sentences.clauses import sentences
from normalizers.sentences.when.ahead import YEAR_ASSUMED, of_page
from normalizers.sentences.when.compared import is_same, told_beside, told_to_compare
from normalizers.sentences.when.events import CONGRESS
from normalizers.sentences.when.implied import FROM_FIGURE
from normalizers.sentences.when.times import usable
from solieu.model import Period

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_YEAR_IN = re.compile(r"(?:19|20)\d\d")
"""Digits of a year anywhere: a sentence without them names none."""
_AHEAD = sought(
    r"\b(?:phấn đấu|mục tiêu|dự kiến|sẽ|định hướng|tầm nhìn|quyết tâm)\b"
    r"|\bđề ra (?:(?:\d+|một số|các|những|nhóm) )*(?:chỉ tiêu|nhiệm vụ)\b"
)
_NEXT = sought(
    r"\b(?:phương hướng|nhiệm vụ|chỉ tiêu|kế hoạch|dự toán|mục tiêu)(?: (?!năm)[^\W\d]+){0,5}"
    r" (?:của )?$|\b(?:năm mới|thềm|(?:bước|sang|đón|chào|mừng) (?:sang|vào|đón|chào)?) ?$"
)
"""What else a session decides: "báo cáo kết quả năm 2025 và bàn nhiệm vụ năm 2026"."""
_ASIDE = re.compile(r"\([^()]*$")
_OPENING = 3
Role = Literal["own", "aside", "ahead", "until", "behind"]


@dataclass(frozen=True, slots=True)
class Told:
    """The years that a text names for itself, in brackets or as goals, and `behind` its bases."""

    own: frozenset[int] = frozenset()
    aside: frozenset[int] = frozenset()
    ahead: frozenset[int] = frozenset()
    until: frozenset[int] = frozenset()
    """The years by whose end goals are to be reached."""
    behind: frozenset[int] = frozenset()
    """The years after those that results are compared with."""


@dataclass(frozen=True, slots=True)
class DocumentYears:
    """The time of what names none, and of its results where they are of another year."""

    whole: Period | None
    results: Period | None = None
    goals: Period | None = None
    """Of what stands below a heading of goals: "kết quả năm 2021, nhiệm vụ năm 2022"."""


def document_years(
    context: DocumentContext, texts: Sequence[str], clock: PeriodContext
) -> DocumentYears:
    """The years a document is about."""
    page, named = context.published_on, _named_year(context)
    if named is not None:
        known = page is not None and page.month > LAST_EARLY and page.year >= named.year
        if known or not _names_tasks(context.title, named.year):
            return DocumentYears(named, goals=_next_tasks(context.title, named.year))
        return DocumentYears(named, _before_tasks(named.year, page, texts, clock))
    if page is not None:
        summed = _sums_up_before(page, texts, clock)
        return DocumentYears(of_page(page), _gone_by(page.year - 1) if summed else None)
    told = years_told([_BEGUN.sub(" ", text) for text in texts], clock)
    return DocumentYears(_of_text(told, texts) or _of_anniversary((context.title or "", *texts)))


_ANNIVERSARY = sought(
    r"\b(?P<count>\d{1,3}) năm\b[^.;()]{0,80}\(\s*(?:\d{1,2}[/.-]){0,2}(?P<begun>(?:19|20)\d\d)"
    r"\s*[-–]\s*(?:\d{1,2}[/.-]){0,2}(?P<year>(?:19|20)\d\d)\s*\)"
)


def _of_anniversary(lines: Sequence[str]) -> Period | None:
    """The year in which something is celebrated: "Kỷ niệm 70 năm … (01/11/1950 - 01/11/2020)"."""
    hits = (_ANNIVERSARY.search(line) for line in lines[: _OPENING + 1])
    hit = next(filter(None, hits), None)
    if hit is None or int(hit["begun"]) + int(hit["count"]) != int(hit["year"]):
        return None
    return Period(int(hit["year"]), hit["year"], source="text", flags=(YEAR_ASSUMED,))


_BEGUN = sought(
    r"\b(?:(?:đầu|cuối|từ|trước) )?năm (?:19|20)\d\d,? (?=(?:khi|lúc|thời điểm|ngày) )"
    r"|\btrước (?:khi )?(?:sáp nhập|hợp nhất),? (?:vào )?năm (?:19|20)\d\d\b"
    r"|\b(?:thành lập|tái lập|chia tách|ra đời|lập) (?:(?:từ|vào|ngày|đầu|cuối) ){0,3}"
    r"(?:\d{1,2}(?:[/.-]\d{1,2}[/.-]| tháng \d{1,2} năm )|(?:tháng \d{1,2} )?năm )(?:19|20)\d\d\b"
    r"|(?<=\bkhi )(?:(?:mới )?(?:bắt đầu|bắt tay|triển khai|tái lập|thành lập)[^.,;\d]{0,60}"
    r"năm (?:19|20)\d\d)",
)
"""When what is told of began, and no year of the text: "Năm 2011, khi bắt tay xây dựng nông thôn
mới, … Đến nay, …", "Huyện được thành lập năm 2004"."""


def _named_year(context: DocumentContext) -> Period | None:
    if context.period is None and context.year is not None:
        return Period(context.year, str(context.year), source="document")
    return context.period


def _gone_by(year: int) -> Period:
    return Period(year, str(year), source="publication", flags=(YEAR_ASSUMED,))


# ---------------------------------------------------------------- results of the year before

LAST_EARLY = 2
"""The last month in which a text without a time may sum up the year before."""
_STILL = 4
"""The last month in which what it compares with may say so."""
_SUMS_UP = sought(
    r"\b(?:tổng kết(?! (?:đợt|\d|cao điểm|chương trình|chiến dịch|tuần|tháng|lễ hội|cuộc|hội|giải"
    r"|mô hình|dự án|nhiệm kỳ))|năm qua|năm vừa qua|cả năm(?! \d)"
    r"|trong năm(?= ?[,.;]| (?:đã|toàn|có|ngành))|12 tháng|khép lại|kết thúc năm|cuối năm)\b"
)
_DONE = sought(
    r"\b(?:kết quả|thực hiện|tình hình|tổng kết|đánh giá|sơ kết"
    r"|giao|phân bổ|thông qua|ban hành|điều chỉnh|công khai)\b"
)
"""No tasks to begin with: what was done, or targets handed out."""


def _names_tasks(title: str | None, year: int, behind: int | None = None) -> bool:
    """Is the year of a title that of tasks and no result: "Triển khai nhiệm vụ năm 2022"?"""
    said = (title or "").lower()
    said = said.partition(str(behind))[2] if behind else said
    hit = re.search(rf"(?:năm )?{year}(?!\d)", said)
    if hit is None or _NEXT.search(said, 0, hit.start()) is None:
        return False
    return _DONE.search(said, 0, hit.start()) is None


def _next_tasks(title: str | None, year: int) -> Period | None:
    """The year of tasks that a title names behind that of what was done."""
    named = [int(hit.group()) for hit in _YEAR.finditer(title or "")]
    coming = [y for y in named if y == year + 1 and _names_tasks(title, y, behind=year)]
    return Period(coming[0], str(coming[0]), source="title") if coming else None


def _before_tasks(
    year: int, page: date | None, texts: Sequence[str], clock: PeriodContext
) -> Period | None:
    """The year of the results beside the tasks of a year that has not begun, or only just."""
    if page is not None:
        return _gone_by(min(page.year, year - 1))
    told = years_told(texts, clock)
    summed = max(told.behind, default=0) == year - 1 or (year - 1 in told.own)
    return _gone_by(year - 1) if summed or _sums_up(texts) else None


def _sums_up_before(page: date, texts: Sequence[str], clock: PeriodContext) -> bool:
    """Does a page of January or February tell of the year before it, if it names no time?"""
    if page.month > _STILL:
        return False
    told, before = years_told(texts, clock), page.year - 1
    if max(told.behind, default=0) == before and page.year not in told.own:
        return True
    if page.year in told.own | told.behind:
        return False
    ended = {int(hit[hit.lastgroup or 0]) for t in texts for hit in _ENDED.finditer(t)}
    if page.month > LAST_EARLY:
        return before in ended
    begun = page.month == 1 and any(_OF_YEAR_BEGUN.search(t) or _whole_year_gone(t) for t in texts)
    return page.year in told.ahead | told.until or before in ended or begun or _sums_up(texts)


_OF_YEAR_BEGUN = sought(
    r"\b(?:mục tiêu|chỉ tiêu|kế hoạch|phấn đấu|dự kiến|nhiệm vụ)\b[^.;]{0,60}\bnăm nay\b"
    r"|\bnăm nay\b[^.;]{0,40}\b(?:mục tiêu|phấn đấu|dự kiến|sẽ)\b"
    r"|\b(?:GRDP|tổng sản phẩm trên địa bàn)\b[^.;\d]{0,40}\b(?:tăng|đạt)\s+\d"
)
"""What nobody can tell in January but of the year before, or wants of the year that has begun."""


def _whole_year_gone(text: str) -> bool:
    """Does a statement give a result of all the year: "chỉ số sản xuất cả năm tăng 14,02%"?"""
    if "cả năm" not in text.lower():
        return False
    return any(_WHOLE.search(said) and not _AIMED.search(said) for said in re.split("[.;]", text))


_WHOLE = re.compile(
    r"\bcả năm\b(?! 20\d\d)[^,\d]{0,24}\b(?:tăng|giảm|đạt|được|ước)\b", re.IGNORECASE
)
_AIMED = re.compile(
    r"\b(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|dự kiến|dự toán|dự báo|kịch bản|nhiệm vụ)\b",
    re.IGNORECASE,
)


_ENDED = sought(
    r"\b(?:chỉ tiêu|kế hoạch|nhiệm vụ|mục tiêu)\b[^.;\d]{0,40}\bnăm (?P<year>(?:19|20)\d\d)"
    r"[^.;\d]{0,30}\b(?:đạt|vượt|hoàn thành)\b"
    r"|\bkết quả [^.;\d]{0,80} năm (?P<counted>(?:19|20)\d\d)"
    r"|\bnăm (?P<went>(?:19|20)\d\d) (?:vẫn |tiếp tục |đã |cơ bản )*"
    r"(?:thắng lợi|được mùa|khép lại|trôi qua|có nhiều (?:chuyển biến|khởi sắc|khó khăn))\b"
)
"""What became of a year's plan, or was counted of it: "các chỉ tiêu của năm 2018 đều đạt và vượt",
"kết quả rà soát hộ nghèo năm 2021 đã được phê duyệt"."""


def _sums_up(texts: Sequence[str]) -> bool:
    return any(_SUMS_UP.search(text) for text in texts[:_OPENING])


# ---------------------------------------------------------------- texts without a day


def _of_text(told: Told, texts: Sequence[str]) -> Period | None:
    """The only year that a text names, else the one behind its comparisons, or its congress's."""
    own = _own(told)
    behind = max(told.behind, default=0)
    if behind > max(own, default=0) and len(own) <= 1:
        return Period(behind, str(behind), source="text", flags=(YEAR_ASSUMED,))
    flag = "year_of_text" if own else YEAR_ASSUMED
    if not own:
        held = (hit for text in texts[:_OPENING] for hit in CONGRESS.finditer(text))
        own = frozenset(int(hit["year"]) for hit in held) or told.aside or told.ahead
    if len(own) > 1 and any(map(_THIS_YEAR.search, texts)):
        flag = YEAR_ASSUMED  # the last year that a text tells of is the one it speaks in
    elif len(own) != 1:
        return None
    year = max(own)
    return Period(year, str(year), source="text", flags=(flag,))


_THIS_YEAR = sought(r"\bnăm nay\b")


def _own(told: Told) -> frozenset[int]:
    """Without the year before, which brackets tell of to compare with."""
    before = {year - n for year in told.own for n in (0, 1)}
    return told.own | (told.aside - before) if told.own else frozenset()


def years_told(texts: Iterable[str], clock: PeriodContext) -> Told:
    """The years that a text names, by what it says of them."""
    found: dict[Role, set[int]] = {role: set() for role in get_args(Role)}
    for text in texts:
        if _YEAR.search(text) and not ISSUE.fullmatch(text):
            for role, year in _roles(text, clock):
                found[role].add(year)
    return Told(**{role: frozenset(years) for role, years in found.items()})


@lru_cache(maxsize=4096)  # asked for the document's years, and for those of its tables
def _roles(text: str, clock: PeriodContext) -> tuple[tuple[Role, int], ...]:
    return tuple(_each_role(text, clock))


def _each_role(text: str, clock: PeriodContext) -> Iterator[tuple[Role, int]]:
    passed = _years_passed(text)
    for start, end in sentences(text):
        if not _YEAR_IN.search(text, start, end):
            continue
        sentence = without_decrees(text[start:end])
        ahead = _AHEAD.search(sentence) is not None
        mentions = find_periods(sentence, clock)
        own = usable(sentence, mentions)
        beside = told_beside(sentence, own)
        for mention in mentions:
            period = mention.period
            if period is None or not _tells(mention, period, clock.published_on):
                continue
            compared = mention in beside or told_to_compare(sentence, mention)
            if _starts_a_change(sentence, mention):
                continue
            if compared and _FAR.search(sentence, 0, mention.start) and not is_same(mention):
                continue
            if (mention in own and not compared) or mention.comparison == "plan":
                yield _named(sentence, mention, ahead=ahead), period.year
            elif compared and (base := _base(sentence, mention)) is not None:
                yield ("ahead" if ahead else "behind"), base + passed


_PASSED = sought(
    r"\b(?:(?P<count>\d{1,2}|năm|mười) năm (?:vừa )?qua|nhiệm kỳ (?:vừa )?qua|sau một nhiệm kỳ)\b"
)
_WORDED = {"năm": 5, "mười": 10}
_TERM = 5


def _years_passed(text: str) -> int:
    """Between what a text tells of and what it compares with: "Năm năm qua … so với năm 2005"."""
    hit = _PASSED.search(text)
    if hit is None:
        return 1
    count = hit["count"].lower() if hit["count"] else ""
    return _WORDED.get(count) or int(count or _TERM)


_FROM_FIGURE = re.compile(
    rf"(?P<verb>\b(?:tăng|giảm|nâng|đưa|chuyển) (?:[^\W\d]+ ){{0,4}}?)?{FROM_FIGURE}(?:vào )?$",
    re.IGNORECASE,
)
_TO_FIGURE = re.compile(
    r"\)?,? (?:(?:đã|nay|hiện|đến nay) )?(?:tăng|giảm|còn|xuống|lên|chỉ còn)\b", re.IGNORECASE
)


def _starts_a_change(sentence: str, mention: PeriodMention) -> bool:
    """Is it where a change starts: "tăng từ 32 triệu đồng năm 2018 lên 48 triệu", told later?"""
    hit = _FROM_FIGURE.search(sentence, 0, mention.start)
    return hit is not None and bool(hit["verb"] or _TO_FIGURE.match(sentence, mention.end))


_FAR = sought(r"\bgấp\b[^,;]*$|\d lần\b[^,;]*$|\bnếu(?: như)?\b[^;]*$|\btrong khi[^,;]*$")
"""What it was long ago: "gấp 2,8 lần so với năm 2010"."""


def _tells(mention: PeriodMention, period: Period, page: date | None) -> bool:
    """Does a time print one year, and more than the day on which something took place?"""
    event = page is not None and period.start is not None and period.start == period.end
    return in_one_year(period) and not event and _YEAR.search(mention.text) is not None


def _named(sentence: str, mention: PeriodMention, *, ahead: bool) -> Role:
    if ahead or _NEXT.search(sentence, 0, mention.start) is not None:
        by_then = mention.period and mention.period.basis == "stock"
        return "until" if by_then and not _WHOLE_DAY.search(mention.text) else "ahead"
    return "aside" if _ASIDE.search(sentence[: mention.start]) is not None else "own"


_WHOLE_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
"""By a day goals are set for the year that ends there: "đến 31/12/2009 sẽ thu 25.000 tỷ đồng"."""


def _base(sentence: str, mention: PeriodMention) -> int | None:
    """The year compared with, where it is one: whole, its end, or the same months of it."""
    period = mention.period
    if period is None:
        return None
    if period.end is not None and (period.basis == "stock" or period.start == period.end):
        return _ends_year(period.end)
    months = mention.comparison in {"previous_month", "previous_quarter", "previous_period"}
    return _before_month(sentence[: mention.start], period) if months else period.year


_BARE_MONTH = re.compile(r"\btháng (\d{1,2})(?! năm|[\d/])", re.IGNORECASE)


def _before_month(before: str, period: Period) -> int | None:
    """The year before that of a result which a month of a year is told to compare with.

    A later month of the result is of the same year, "tháng 4 …, tăng 2% so với tháng 3/2019", one
    no later of the next, and nothing is of the year of its December.
    """
    if period.end is None or period.end.month == _DECEMBER:
        return period.year if period.end is not None else None
    told = [int(hit[1]) for hit in _BARE_MONTH.finditer(before)]
    return period.year - (told[-1] > period.end.month) if told else None


_DECEMBER = 12


def _ends_year(day: date) -> int | None:
    """The year that ends there: 2019 for "so với đầu năm 2020" and for "so với 31/12/2019"."""
    years = {(12, 31): day.year, (1, 1): day.year - 1}
    return years.get((day.month, day.day))


def in_one_year(period: Period) -> bool:
    """Does a time lie within one year?"""
    return period.start is None or period.end is None or period.start.year == period.end.year
