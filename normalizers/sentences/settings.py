"""What sentences share: the document's defaults, the passage they stand in, what came before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, islice

from normalizers.context import DocumentContext
from normalizers.layout.titles import without_decrees
from normalizers.metrics import match_phrase
from normalizers.metrics.matches import COVERAGE_BASES
from normalizers.periods.reading import PeriodContext, PeriodMention, find_periods
from normalizers.periods.terms import without_terms
from normalizers.quantities.reading import Quantity, find_quantities
from normalizers.regions import Mention
from normalizers.seeking import sought
from normalizers.sentences.aims.next_year import next_term, next_year
from normalizers.sentences.clauses import SHARES_OUT
from normalizers.sentences.naming.meant import Meant, Subject
from normalizers.sentences.when.ahead import is_wished_for, names_tasks
from normalizers.sentences.when.document_years import document_years
from normalizers.sentences.where.national_text import beyond_units, of_nations_agency
from normalizers.sentences.where.placed import Placed
from normalizers.spelling import canonical, contains, contains_any, words
from solieu.model import Passage, Period, Region, Scenario
from solieu.quick import quick, replace

_INSURANCE = sought(
    r"\bBH(?:XH|YT|TN)\b|bảo hiểm (?:xã hội|y tế|thất nghiệp)"
    r"|(?:nợ(?: đọng)?|chậm đóng|trốn đóng) (?:[^.;:,]{0,30} tiền |tiền )?"
    r"(?:các loại |các quỹ )?bảo hiểm"
)
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_GOES_ON = re.compile(rf"\s*(?:[-+*•]|{SHARES_OUT}\b)", re.IGNORECASE)
_ACCORDINGLY = re.compile(
    r"\s*(?:theo (?:đó|nghị quyết|kế hoạch)|(?:một số|các|những) (?:chỉ tiêu|mục tiêu))\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-+*•]|\(?(?:\d{1,2}|[a-zđ])[.)])")
_SUMMED = re.compile(r"(?:lũy kế|ước (?:thực hiện |tính )?cả năm)(?!\w)")
_OPENING = 160
_HEAD = 4
"""Passages in which a report says whose figures it gives."""


@quick
@dataclass(frozen=True, slots=True)
class Carried:
    """What the sentences before have set."""

    subject: Subject = field(default_factory=Subject)
    period: Period | None = None
    placed: Placed = field(default_factory=lambda: Placed(None))
    past: Period | None = None
    """The time of the last result, where `period` is that of a target since."""
    headed: Subject = field(default_factory=Subject)
    """What the heading above names: "3. Tổng mức bán lẻ" over "Tháng 6 ước đạt 8.210 tỷ đồng"."""
    asked: bool = False
    """The subject is that of a question: the answer's paragraph goes on with it."""
    latest: Period | None = None
    """The last time of the latest year told so far: a look back ends with its paragraph."""
    listed: Scenario | None = None
    """What the opening of a list says its figures are: "phấn đấu đạt các chỉ tiêu sau:"."""
    section: Scenario | None = None
    """What the headings above say the figures are."""
    told: Scenario | None = None
    """What the sentence before told, a target or an estimate: "Trong đó …" tells of its parts."""
    mark: str = ""
    """How the opening of that list is marked itself: the next of its kind is no part of it."""
    expects: bool = False
    """The passage before ended in a colon or semicolon: what follows goes on with its list."""
    torn: bool = False
    """It ended in a comma: what follows is the rest of its sentence."""
    whole: Subject = field(default_factory=Subject)
    """What the last sentence told of first, whose parts it may have gone on with."""
    figures: tuple[tuple[str, Meant], ...] = ()
    """The units and meanings of the sentence before: "Tại tỉnh B, các con số tương ứng là …"."""
    parted: str = ""
    """What the paragraph has said to be shared out: "Cơ cấu kinh tế chuyển dịch tích cực. Dịch vụ
    chiếm 41%, …"."""
    periods: tuple[Period | None, ...] = ()
    """The times of those figures: "Tỷ lệ bao phủ tương ứng là 90,5%, 91,1% và 91,7%"."""
    counted: str = ""
    """The unit of what a list counts that was opened: "Tổng số giường bệnh: 2.411, gồm:"."""
    held: Placed | None = None
    """The territory of an item that begins with its name, or the last one told where the document
    has none: "- Bắc Ninh: đỗ 99,6%; 18 trường đỗ 100%. Hơn 15.000 thí sinh dự thi"."""
    heard: str = ""
    """The last of what was told: "toàn thị xã" is the town named there."""
    singled: Period | None = None
    """The time of a sentence alone, and of its parts: "Riêng 6 tháng, … 5.586 ca. Trong đó …"."""
    aims: bool = False
    """The paragraph lists goals behind a colon: "đề ra mục tiêu: Giảm 8.710 hộ nghèo. Thu …"."""
    goals: bool = False
    """It has told goals without a colon: "đặt mục tiêu GRDP tăng 8%. Kim ngạch 8,5 tỷ USD"."""
    reached: bool = False
    """It has said that goals were met, and tells results: "đạt và vượt kế hoạch. Nổi bật, …"."""
    adjusted: bool = False
    """The text has told of a plan that is changed."""
    adjusting: bool = False
    """It still tells of it: "sau điều chỉnh, thu nội địa 6.500 tỷ đồng; …"."""
    coverage: str | None = None
    """The metric of the last rate of coverage: what a bare "tỷ lệ bao phủ" speaks of."""


@quick
@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every sentence of a document, and for one passage its place and default."""

    context: DocumentContext
    insurance: bool
    document_period: Period | None
    topic: str = ""
    """Words of the title and the first lines that say whose report this is: "hải quan"."""
    passage: Passage | None = None
    scenario: Scenario = "actual"
    narrowed: tuple[str, ...] = ()
    """Metrics of which the title tells a part: a report on exports of rice has not the total."""
    results: Period | None = None
    """The year of results that name none, where it is not that of the document: the year before
    the one whose tasks its title names."""
    goals: Period | None = None
    """The year below headings of goals, where the title names it behind that of the results."""
    next_year: Period | None = None
    """The year of goals that a council sets in December, where nothing names it."""
    next_term: Period | None = None
    """The years of those that a congress sets, likewise."""
    assumed: Region | None = None
    """Nothing says the document's territory: the only unit it names, or the country."""


@quick
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what was found in it; all offsets count from its first character."""

    text: str
    offset: int
    quantities: tuple[Quantity, ...]
    times: tuple[PeriodMention, ...]
    regions: tuple[Mention, ...]
    doubtful: tuple[Quantity, ...] = ()
    """Numbers that may be figures, but the sentence does not say of what."""


def setting_of(passages: Sequence[Passage], skipped: set[int], context: DocumentContext) -> Setting:
    """What holds for the whole document; `skipped` are passages that are no part of the text."""
    texts = [p.text for i, p in enumerate(passages) if i not in skipped]
    named = chain.from_iterable(map(_INSURANCE.finditer, (context.title or "", *texts)))
    insurance = len(list(islice(named, 2))) == 2
    context, assumed = beyond_units(of_nations_agency(_below_wish(context), passages), texts)
    years = document_years(context, texts, periods_of(context))
    period = years.whole
    if period is not None and context.year is None and context.published_on is None:
        context = replace(context, year=period.year, year_flags=period.flags)
    topic, narrowed = _topic(passages, context), _narrowed(context.title)
    return Setting(
        context,
        insurance,
        period,
        topic,
        narrowed=narrowed,
        assumed=assumed,
        results=years.results,
        goals=years.goals,
        next_year=next_year(texts, context.published_on),
        next_term=next_term((context.title or "", *texts), period),
    )


def _below_wish(context: DocumentContext) -> DocumentContext:
    """A headline's years to come are no time of the text below it: that is the page's own."""
    page, told = context.published_on, context.period
    year = told.year if told is not None else context.year
    if page is None or year is None or context.scenario == "plan":
        return context
    if not is_wished_for(context.title or "", year, page):
        return context
    return replace(context, year=None, period=None, on=min(context.on, page))


_TRADE = {"xuất khẩu": "export_turnover", "nhập khẩu": "import_turnover"}


def _narrowed(title: str | None) -> tuple[str, ...]:
    """As in "Xuất khẩu nông, lâm, thủy sản 9 tháng vượt 52 tỷ USD"."""
    plain = canonical(title or "")
    return tuple(
        metric
        for trade, metric in _TRADE.items()
        if any(contains(plain, f"{trade} {goods}") for goods in words("goods"))
    )


def _topic(passages: Sequence[Passage], context: DocumentContext) -> str:
    lead = " ".join(p.text[:_OPENING] for p in passages[:_HEAD])
    said = canonical(f"{context.title or ''} {_NO_OFFICE.sub(' ', lead)}")
    return " ".join(word for word in words("topic") if contains(said, word))


_NO_OFFICE = re.compile(
    r"(?<![Cc]ục )(?<![Nn]gành )(?<!quan )\bhải quan\b(?! (?:tỉnh|thành phố|cửa khẩu|[A-ZĐ]))"
)
"""Customs among others that collect: "trong đó hải quan thu 64 tỷ đồng" is no report of theirs."""


def covered_by(title: str | None) -> str | None:
    """The scheme that a title names: what "tỷ lệ bao phủ" speaks of where the text does not say."""
    found = match_phrase(title, "người", "person", insurance=True) if title else None
    return found.metric if found and found.metric in COVERAGE_BASES else None


_MARKED = re.compile(
    r"\s*(?:Điều \d{1,2}[.:]|[*►➢■▪]|[IVX]{1,4}[.)]|\d{1,2}[.)]|[a-zđ]\))\s*(?=[^\W\d_])"
)
_SECTION = re.compile(
    r"(?:(?:một số|các|những|hệ thống)\s+)*"
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|phương hướng|kế hoạch|kết quả|tình hình|đánh giá)\b"
    r"[^.;:\d]*(?:\bvà \d{1,2} (?!tháng|quý)[^.;:\d]*)?"
    r"\b(?:năm|giai đoạn|nhiệm kỳ|quý [IV]+|tháng \d{1,2})(?:\s*[-–/]?\s*(?:19|20)\d\d)+\)?",
    re.IGNORECASE,
)
"""What opens a section where nothing marks it: "Một số chỉ tiêu chủ yếu (nhiệm kỳ 2020-2025)"."""
_LONGEST_MARKED = 120


def is_heading(passage: Passage) -> bool:
    """A heading, or in plain text a marked line of few words: "* Nhiệm vụ năm 2023"."""
    if passage.kind == "heading":
        return True
    text = passage.text.rstrip()
    short = len(text) <= _LONGEST_MARKED and text[-1:] not in ".;:,"
    opens = _MARKED.match(text) or _SECTION.fullmatch(text)
    marked = short and passage.kind != "title" and opens is not None
    return marked and not _tells_figure(text)


def _tells_figure(text: str) -> bool:
    """Is a line an item of a list, printed without its full stop: "2. Thu 6.000 tỷ đồng"?"""
    told = (q for q in find_quantities(text) if q.kind != "ordinal_or_code")
    return any(q.unit not in {"", "count"} for q in told)


@lru_cache(maxsize=4096)
def mark_of(text: str) -> str:
    """What marks an item: its bullet, "1" for a number, "a" for a letter; "" where nothing does."""
    mark = _ITEM.match(text)
    sign = mark.group().strip(" ().")[:1] if mark else ""
    return "1" if sign.isdigit() else "a" if sign.isalpha() else sign


def here(setting: Setting, passage: Passage, section: Sequence[str], default: Scenario) -> Setting:
    """A heading that names a time of its own sets it, and the map, for what stands below."""
    context = setting.context
    for heading in reversed(section):
        period = _named_time(heading, context)
        if period is not None:
            on = min(period.end or context.on, context.on)
            flags = tuple(flag for flag in context.year_flags if flag in period.flags)
            context = replace(context, on=on, year=period.year, period=period, year_flags=flags)
            return replace(
                setting,
                context=context,
                passage=passage,
                scenario=default,
                document_period=period,
                results=None,
            )
    if setting.goals is not None and default == "plan" and context.scenario != "plan":
        return replace(
            setting, passage=passage, scenario=default, document_period=setting.goals, results=None
        )
    return replace(setting, passage=passage, scenario=default)


def _named_time(heading: str, context: DocumentContext) -> Period | None:
    return _time_in(heading, periods_of(context))


@lru_cache(maxsize=4096)  # every paragraph of a part asks for its headings
def _time_in(heading: str, periods: PeriodContext) -> Period | None:
    day = _ISO_DATE.fullmatch(heading.strip())
    if day:
        when = date.fromisoformat(day.group(1))
        return Period(when.year, when.isoformat(), when, when, source="heading")
    plain = without_decrees(heading)
    found = without_terms(plain, find_periods(plain, periods))
    return next((m.period for m in found if m.period and not m.comparison), None)


def periods_of(context: DocumentContext) -> PeriodContext:
    """What `normalizers.periods.reading` needs to complete a bare "quý I" or "ngày 31/5"."""
    return PeriodContext(
        published_on=context.published_on,
        year=context.year,
        reference=context.period,
        plan=context.scenario == "plan",
        flags=context.year_flags,
    )


_FIELD = re.compile(
    r"\W*(?:(?:\d+|[a-zđIVX]+)[.)]\s*)?(?:về|(?:trên |trong )?lĩnh vực|(?:các |nhóm )?chỉ tiêu)\b"
    r"[^\d.;]{0,60}:\s*|\W*(?:\d+|[a-zđ]|[IVX]+)[.)]\s*về\b[^\d.;:]{0,60}"
    r"(?:\(\d+ [^()\d]{2,20}\))?\s*:?",
    re.IGNORECASE,
)


def names_field(text: str) -> bool:
    """Does a line only name a field of the list that it stands in: "Về văn hóa - xã hội:"?"""
    return _FIELD.fullmatch(text) is not None


def below(carried: Carried, passage: Passage, before: Period | None, setting: Setting) -> Carried:
    """What goes on where a heading sets another time, or ends a look back to years long ago.

    What a part on results told of goes no further than the part on goals behind it.
    """
    now, section = setting.document_period, setting.scenario
    if now != before or (carried.section == "actual" and section == "plan"):
        return replace(carried, period=None, latest=None, past=None, section=section)
    carried, told = replace(carried, section=section), carried.period
    long_ago = told is not None and now is not None and told.year < now.year - 1
    if long_ago and is_heading(passage):
        return replace(carried, period=None, latest=None, past=None)
    return carried


def without_school_year(carried: Carried, told: Period | None, passage: Passage) -> Carried:
    """A school year that an item names ends with it: the next item is of the time `told` before."""
    item = passage.kind == "item" or mark_of(passage.text)
    named = _is_school_year(carried.period) and not _is_school_year(told)
    return replace(carried, period=told) if item and named else carried


def _is_school_year(period: Period | None) -> bool:
    return period is not None and period.code.endswith("-09-01/P9M")


def _sums_up(text: str, start: str, carried: Carried) -> bool:
    """Does a paragraph go on with the amount told before: "Lũy kế 11 tháng ước đạt 15.535 tỷ"?"""
    if _SUMMED.match(start) is None:
        return False
    counted = [q.unit for q in find_quantities(text[:_OPENING]) if q.kind == "amount"]
    return counted[:1] in [[u] for u, m in carried.figures if m.metric == carried.subject.metric]


def _is_now(period: Period | None, document: Period | None) -> bool:
    """Is it the "now" of the document's months, which the next paragraph tells of again?"""
    if period is None or document is None or period.end != document.end:
        return False
    return (period.basis, period.source) == ("stock", "reference") and document.basis != "stock"


def _only_goals(carried: Carried, context: DocumentContext) -> bool:
    """Is a text whose title names goals at those of years ahead, and has told no result?"""
    told, past = carried.period, carried.past
    if told is None or past is None or carried.latest is not None:
        return False
    return told.year > past.year and names_tasks(context.title or "")


def opening(passage: Passage, carried: Carried, context: DocumentContext) -> Carried:
    """A new passage keeps the time; a list item also the subject and the territory."""
    mark = mark_of(passage.text)
    if mark and mark == carried.mark:
        carried = replace(carried, listed=None, mark="")
    below = carried.listed is not None and passage.kind not in {"heading", "title"}
    listed = below and (carried.expects or bool(mark))
    if passage.kind == "item" or listed or carried.torn or _GOES_ON.match(passage.text):
        return carried
    if carried.listed is not None and names_field(passage.text):
        return carried
    if carried.aims and _ACCORDINGLY.match(passage.text):
        return carried
    start = canonical(passage.text[:60])
    goes_on = contains_any(start, words("pronoun"))
    goes_on = goes_on or _sums_up(passage.text, start, carried)
    subject = carried.subject if goes_on or carried.asked else carried.headed
    placed = Placed(context.region, carried=True)
    period = carried.period if _only_goals(carried, context) else carried.past or carried.period
    if period and carried.latest and period.year < carried.latest.year:
        period = carried.latest
    if _is_now(period, context.period):
        period = None
    return replace(
        carried,
        subject=subject,
        placed=placed,
        period=period,
        listed=None,
        told=None,
        aims=False,
        goals=False,
        reached=False,
        counted="",
        parted="",
        asked=False,
        adjusting=False,
    )
