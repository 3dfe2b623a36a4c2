"""The time that a table's head or a row's label names: "TH T5", "Lũy kế 9T", "Đầu kỳ"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from normalizers.bilingual import vietnamese_part
from normalizers.layout.segments import is_day
from normalizers.layout.titles import has_content
from normalizers.layout.words import bare_label
from normalizers.periods.compared import months_of
from normalizers.periods.reading import PeriodContext, find_periods, read_period
from normalizers.tables.comparisons import (
    before_comparison,
    compared_years,
    compares_by_itself,
    is_of_plan,
    opens_comparison,
    running_year,
    unmarked,
)
from normalizers.tables.shorthand import spelled_out
from solieu.model import Period
from solieu.quick import replace

_LONE_YEAR = re.compile(r"(?<![\d/.,-])((?:19|20)\d{2})(?![\d/.,-])")
_MONTHS = re.compile(
    r"(?<!\d)([369] tháng)(?=\s*(?:$|[(:,]))"
    r"|(?:(?<=^)|(?<=thực hiện )|(?<=ước )|(?<=th )|(?<=cộng dồn )|(?<=lũy kế )|(?<=luỹ kế ))"
    r"((?:1[01]|0?[2-9]) tháng)(?=\s*(?:$|\(|so (?:với )?(?:cùng|kế)))",
    re.IGNORECASE,
)
"""Heads write "Thực hiện 9 tháng" for the first nine months of the year."""
_FIRST_MONTHS = r"\g<0> đầu năm"
_WHOLE_YEAR = re.compile(
    r"(?:cả|trong|(?:kế hoạch|kh|dự toán|dt|chỉ tiêu)(?: giao)?(?: cả)?) năm\W*(?:\(.*\))?$",
    re.IGNORECASE,
)
_PRELIMINARY = re.compile(
    r"(?:sơ bộ|chính thức|ước tính|ước|prel\.?)[\s/–-]*"
    r"(?:prel\.?|preliminary|estimated?|est\.?)?\s*(?=(?:năm )?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"^((?:19|20)\d\d)-(\d\d)-(\d\d)$")
_IS_TIME = re.compile(r"^(?:năm|quý|tháng|giai đoạn|sơ bộ|ước|kế hoạch|\d)", re.IGNORECASE)
_TERM = re.compile(
    r"\W*(?:kỳ hạn )?(?:từ )?(?P<from>\d{1,2}(?: ?tháng)? ?(?:[-–]|đến(?: dưới)?) ?)?"
    r"(?P<months>\d{1,2}) ?(?:tháng|T)\W*$",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(
    r"\W*(?:lũy|luỹ) kế(?: (?:từ )?đầu năm| đến nay| năm)?\W*$|\W*cộng dồn\W*$", re.IGNORECASE
)
_EDGE = re.compile(
    r"\W*(?:(?:số|có|tại|đến|thời điểm|số dư) )*(?P<edge>đầu|cuối) (?P<of>năm|kỳ)"
    r"(?: (?P<year>(?:19|20)\d\d))?\W*$",
    re.IGNORECASE,
)
_EDGE_OF = re.compile(
    r"(?<!\w)(?<!từ )(?<!tháng )(?<!quý )(?<!so )(?<!với )(?<!kể từ )(?<!cuối )(?<!đợt )"
    r"(?<!\d[tT] )(?P<edge>đầu|cuối) (?P<of>năm|kỳ)(?: (?P<year>(?:19|20)\d{2}))?\W*$",
    re.IGNORECASE,
)
"""Of what is named before: "Số hộ nghèo cuối kỳ", not "6 tháng đầu năm", "Tăng so với đầu năm"."""
_SHORT_TIME = re.compile(
    r"(?<![\w./])(?:T[. ]?(?P<month>1[0-2]|0?[1-9])|(?P<months>1[01]|[2-9])[. ]?T|"
    r"Q[. ]?(?P<quarter>IV|I{1,3}))(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?<![\d/.,])(?P<first>(?:19|20)\d{2})\s*[-–]\s*(?P<last>(?:19|20)\d{2})(?![\d/.,]|-\d)"
)
_SCHOOL_YEAR = re.compile(r"\W*(?:năm học|niên (?:học|khóa|khoá|vụ))(?!\w)", re.IGNORECASE)
_LATE = re.compile(r"\s*(?:đầu|cuối) năm", re.IGNORECASE)
_SINCE = re.compile(
    r"(?<!\w)(?:(?:tính|kể) )?từ (?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])"
    r"(?!\s*(?:[-–]|đến (?:ngày|hết|\d)|tới))",
    re.IGNORECASE,
)
"""Where counting began: "Tổng số ca mắc (từ 27/4)" is of today."""
_PART_OF_YEAR = re.compile(r"tháng|quý|ngày|kỳ|giai đoạn|(?<!\w)vụ(?!\w)", re.IGNORECASE)


def first_period(text: str, periods: PeriodContext) -> Period | None:
    """The first time that a caption or a head names, nothing it is compared with."""
    if periods.year is not None:
        text = _MONTHS.sub(_FIRST_MONTHS, text)
    for mention in find_periods(text, periods):
        if mention.period is not None and mention.comparison is None:
            return mention.period
    return None


def caption_period(text: str, periods: PeriodContext) -> Period | None:
    """The time of a caption; of a year and the day that was reached in it the day.

    Days in brackets that end elsewhere say what is meant: "10 tháng năm 2024 (từ 01/10/2023 đến
    31/7/2024)"; "Quý I (từ 15/12 đến 14/3)" is a quarter all the same.
    """
    first = first_period(text, periods)
    if first is not None and (spelled := _SPELLED.search(text)) is not None:
        return _ending_elsewhere(first_period(spelled.group(), periods), first) or first
    if first is None or first.code != str(first.year) or (until := _UNTIL.search(text)) is None:
        return first
    inner = replace(periods, year=first.year, reference=first)
    day = first_period(until.group(), inner)
    reached = day is not None and day.year == first.year and not day.code.endswith("-12-31")
    return day if reached and _FROM_DAY.search(text[: until.start()]) is None else first


def _ending_elsewhere(days: Period | None, named: Period) -> Period | None:
    if days is None or days.year != named.year or days.end is None or named.end is None:
        return None
    return days if abs((days.end - named.end).days) > _MONTH else None


_MONTH = 31
_FROM_DAY = re.compile(r"từ (?:ngày )?\d{1,2}[/.-]\d", re.IGNORECASE)


_SPELLED = re.compile(
    r"\(\W*(?:tính |số liệu )*từ (?:ngày )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})? "
    r"đến (?:hết )?(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*\)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?<!\w)(?:tính |số liệu )*đến (?:hết )?(?:ngày )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?!\d)",
    re.IGNORECASE,
)
"""Beside "niên độ 2024": "(đến 31/10/2024)"."""


def column_period(path: Sequence[str], context: PeriodContext) -> Period | None:
    """The innermost element that names a time, completed by those above it."""
    found = None
    opened = False
    over, around = "", context
    for element in _under_school_years(path):
        if opened and not _compared(element) and not compares_by_itself(element):
            continue
        period = element_period(element, context)
        if period is not None and found is not None and _BARE_YEAR.fullmatch(element.strip()):
            same = replace(around, year=period.year, reference=period)
            period = element_period(over, same) or period
        if period is not None:
            over, around = element, context
            found = replace(period, source="column")
            context = replace(context, year=period.year, reference=period)
        opened = opened or opens_comparison(element)
    return found


_BARE_YEAR = re.compile(r"(?:năm )?(?:19|20)\d{2}", re.IGNORECASE)
"""Under "Lũy kế 7 tháng" it says of which year those months are."""


def _under_school_years(path: Sequence[str]) -> Iterator[str]:
    """The heads from the outside; "2019-2020" under "Năm học - School year" is one."""
    running = ""
    for element in map(spelled_out, path):
        span = _SPAN.fullmatch(element.strip())
        yield f"{running} {element}" if running and span is not None else element
        said = _SCHOOL_YEAR.match(element)
        running = said.group().strip() if said is not None else running


def counts_since(element: str) -> bool:
    """Whether it says from which day on something was counted, and not until when."""
    return _SINCE.search(element) is not None


def are_terms(heads: Iterable[str]) -> bool:
    """Whether "6 tháng" is how long money is lent: "12 tháng" or "3 - 5T" stands beside it."""
    terms = (term for head in heads if (term := _TERM.match(head)) is not None)
    return any(term["from"] or not 2 <= int(term["months"]) <= 11 for term in terms)


def is_term(head: str) -> bool:
    """A number of months, or a span of such, and nothing else."""
    return _TERM.match(head) is not None


def day_of(head: str, context: PeriodContext) -> Period | None:
    """The day that "01/8" is where several such heads stand side by side."""
    if context.year is None or not is_day(head):
        return None
    period = _read(f"ngày {head.strip()}", context)
    return replace(period, source="column") if period else None


def is_same_period(head: str) -> bool:
    """Whether a head says nothing but "Cùng kỳ 2023": of how many months, its neighbour says."""
    return _SAME_PERIOD.match(head) is not None


_SAME_PERIOD = re.compile(
    r"\W*(?:số liệu |thực hiện |th |số )?cùng (?:kỳ|kì|thời (?:kỳ|điểm))"
    r"(?: (?:năm )?(?:trước|ngoái|(?:19|20)\d\d))?\W*$",
    re.IGNORECASE,
)


def sums_up(head: str) -> bool:
    """Whether a head says no more than that the months before are added up: "Lũy kế"."""
    return _SUMS_UP.match(head) is not None


def since_new_year(month: Period, context: PeriodContext) -> Period | None:
    """From the year's begin to the end of that month."""
    if month.end is None:
        return None
    period = _read(f"{month.end.month} tháng đầu năm {month.year}", context)
    return replace(period, source="column") if period and month.end.month > 1 else month


@lru_cache(maxsize=16384)
def written_out(element: str) -> str:
    """The short names of months and quarters that fill narrow heads: "T1", "QIV", "ƯTH 6T".

    >>> written_out("TH T5"), written_out("Lũy kế 9T"), written_out("Nhà máy T2")
    ('TH Tháng 5', 'Lũy kế 9 tháng đầu năm', 'Nhà máy T2')
    """
    match = _SHORT_TIME.search(element)
    if match is None or has_content(f"{element[: match.start()]} {element[match.end() :]}"):
        return element
    if match["months"]:
        late = _LATE.match(element[match.end() :]) is not None
        said = f"{match['months']} tháng" if late else f"{match['months']} tháng đầu năm"
    else:
        said = f"Tháng {match['month']}" if match["month"] else f"Quý {match['quarter'].upper()}"
    return f"{element[: match.start()]}{said}{element[match.end() :]}"


@lru_cache(maxsize=16384)
def element_period(element: str, context: PeriodContext) -> Period | None:
    """The time a head element is for; what it is compared with does not count."""
    element = _DURATION.sub(" ", _SINCE.sub("", vietnamese_part(element)))
    element = written_out(unmarked(spelled_out(element)))
    if (edge := _at_edge(element, context)) is not None:
        return edge
    element = _with_previous(element, context.reference)
    years = _compared(element)
    if years:
        return _year(years[0], context)
    found = first_period(element, context)
    if found is not None:
        return _within_year(element, found, context)
    whole = _WHOLE_YEAR.search(element) and not is_of_plan(element)
    if whole and context.year is not None:
        return _year(str(context.year), context)
    if (span := _SPAN.search(before_comparison(element))) is not None:
        return _of_span(span, context)
    alone = set(_LONE_YEAR.findall(before_comparison(element)))
    year = alone.pop() if len(alone) == 1 else running_year(element)
    return _year(year, context) if year else None


def _of_span(span: re.Match[str], context: PeriodContext) -> Period | None:
    """Years from one to another; one over the next may be a school year or a crop as well."""
    years = int(span["last"]) - int(span["first"])
    return _read(f"giai đoạn {span['first']}-{span['last']}", context) if years > 1 else None


_DURATION = re.compile(
    r"(?<!\w)(?:(?:dưới|trên|quá|hơn) (?:\d{1,2} ?(?:[-–]|đến) ?)?\d{1,2} tháng"
    r"|(?:từ )?\d{1,2}(?: tháng)? ?(?:[-–]|đến)(?: dưới)? ?\d{1,2} tháng"
    r"|(?:từ )?(?:đủ )?\d{1,2} tháng trở (?:lên|xuống))(?! (?:đầu|cuối) năm)(?!\w)",
    re.IGNORECASE,
)
"""How long something is owed, and no time of figures: "Nợ từ 1 - dưới 3 tháng"."""


def _with_previous(element: str, of: Period | None) -> str:
    """Beside "Kỳ báo cáo" a "Kỳ trước" is the month or the quarter before that of the report."""
    if of is None or _PREVIOUS.search(element) is None:
        return element
    if before_comparison(element) != element:
        return element
    kind = "tháng" if months_of(of) == 1 else "quý" if months_of(of) == _QUARTER else None
    kind = "năm" if of.code == str(of.year) else kind
    return _PREVIOUS.sub(f"{kind} trước", element) if kind else element


_PREVIOUS = re.compile(r"(?<!\w)kỳ (?:báo cáo )?trước(?! đó)(?!\w)", re.IGNORECASE)
_QUARTER = 3


def _at_edge(element: str, context: PeriodContext) -> Period | None:
    """The first or the last day of a year: "Đầu kỳ", "Hộ nghèo cuối năm", "Có đến đầu năm 2023"."""
    edge = _EDGE.match(element) or _EDGE_OF.search(before_comparison(element))
    if edge is None:
        return None
    first = edge["edge"].casefold() == "đầu"
    known = _edge_year(edge, context, first=first)
    if known is None:
        return None
    return _read(f"thời điểm {'01/01' if first else '31/12'}/{known}", context)


def _edge_year(edge: re.Match[str], context: PeriodContext, *, first: bool) -> int | None:
    """A period's first and last day are known where it is a year; a year's first day always is."""
    if said := edge["year"]:
        return int(said)
    of = context.reference
    whole = of is None or of.code in {str(of.year), f"{of.year}-12-31"}
    return context.year if whole or (first and edge["of"].casefold() == "năm") else None


def _within_year(element: str, year: Period, context: PeriodContext) -> Period:
    """The quarter or month that a head names behind its year: "Năm 2023 Quý III"."""
    if len(year.code) > len("2023"):
        return year
    inner = replace(context, year=year.year, reference=year)
    said = (m.period for m in find_periods(before_comparison(element), inner) if not m.comparison)
    finer = {p for p in said if p is not None and p.year == year.year and p.code != year.code}
    return finer.pop() if len(finer) == 1 else year


def _compared(element: str) -> tuple[str, ...]:
    """Of "KH 2025/ƯTH 2024" and "KH 2025 so với ƯTH 2024" the year that is compared."""
    if years := compared_years(element):
        return years
    before = before_comparison(element)
    alone = set(_LONE_YEAR.findall(before))
    bare = before != element and not _PART_OF_YEAR.search(before)
    return (alone.pop(),) if bare and len(alone) == 1 else ()


def year_planned(until: Period) -> Period:
    """What was planned, in a report until a day or of the months until now, is the year's."""
    since = until.start is None or (until.start.month, until.start.day) == (1, 1)
    months = until.code.endswith("-S1") or len(until.code) > len("2024-05")
    if not months or until.code.endswith("-12-31") or not since:
        return until
    whole = _year(str(until.year), PeriodContext(year=until.year))
    return replace(whole, source=until.source) if whole else until


def _year(year: str, context: PeriodContext) -> Period | None:
    return _read(f"năm {year}", context)


def _read(text: str, context: PeriodContext) -> Period | None:
    reading = read_period(text, context)
    return reading.period if reading else None


@lru_cache(maxsize=16384)
def label_period(label: str, context: PeriodContext) -> Period | None:
    """The time that a row's label is: "Năm 2017", "Quý I"; not "Lúa cả năm 2017 (ha)"."""
    text = spelled_out(label)
    text = written_out(_PRELIMINARY.sub("", bare_label(text)).strip(" .:()"))
    if iso := _ISO.match(text):
        text = f"{iso[3]}/{iso[2]}/{iso[1]}"
    if _LONE_YEAR.fullmatch(text):
        period = _year(text, context)
        return replace(period, source="row") if period else None
    if not _IS_TIME.match(text):
        return None
    if context.year is not None:
        text = _MONTHS.sub(_FIRST_MONTHS, text)
    for mention in find_periods(text, context):
        letters = sum(c.isalnum() for c in text[mention.start : mention.end])
        if mention.period is not None and letters >= 0.6 * sum(c.isalnum() for c in text):
            return replace(mention.period, source="row")
    return None
