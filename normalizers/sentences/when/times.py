"""The period each figure of a sentence is for.

A statement has its own time: named in it, before it in the sentence, in the sentence before, else
the document's. "so với cùng kỳ năm 2016" is a comparison and never the figure's time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from normalizers.facts import rows
from normalizers.periods.reading import PeriodContext, PeriodMention, find_periods
from normalizers.periods.timespans import years_off
from normalizers.quantities.reading import Quantity
from normalizers.seeking import sought
from normalizers.sentences.clauses import IN_TURN, Clause
from normalizers.sentences.when.ahead import Found
from normalizers.sentences.when.compared import SAME_TIME, stands_behind_base
from normalizers.sentences.when.events import of_event
from normalizers.watching import watched
from solieu.model import Period
from solieu.quick import replace
from solieu.text import open_bracket

_REFERENCE = re.compile(r"\d+(?:\s*/\s*[A-ZĐ][\w-]*|-[A-ZĐ]{2,}/[A-ZĐ]{2,}),?\s*(?:\w+\s+)?$")
"""A decree's number, whose date follows."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A figure's period and how it was found."""

    period: Period | None
    found: Found
    at: int | None = None
    """Where the sentence names it."""
    back: bool = False
    """It is a time compared with, told in passing: "trong khi cùng kỳ năm 2020 đạt 84,1%"."""


def usable(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions that can be a figure's time, in order."""
    told = [m for m in mentions if m.period is not None and not _compared(sentence, m)]
    told = [m for m in told if _HANDED_ON.match(sentence, m.end) is None]
    told = [m for m in told if not _spent_before(sentence, m)]
    told = [m for m in told if not _SINCE.search(sentence, max(0, m.start - _LONG), m.start)]
    told = [m for m in told if not (of_event(sentence, m) or _of_the_same_time(sentence, m))]
    told = [m for i, m in enumerate(told) if not _of_plan(sentence, m, told[:i])]
    return [m for i, m in enumerate(told) if not (told[i + 1 :] and _behind_goal(sentence, m))]


_MET_BEFORE = sought(
    r"^\W*(?:(?:sau khi|đã|cơ bản|cùng với việc) )*(?:hoàn thành|đạt|vượt)(?: (?!năm)[^\W\d]+){0,6}"
    r" (?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)(?: (?!năm)[^\W\d]+){0,4}\s+$"
)


def _behind_goal(sentence: str, mention: PeriodMention) -> bool:
    """Is it the year of what was met before: "Vượt các chỉ tiêu năm 2025, xã đặt mục tiêu …"?"""
    left_off = sentence[mention.end :].lstrip().startswith(",")
    return left_off and _MET_BEFORE.search(sentence[: mention.start]) is not None


_SAME_ELSEWHERE = re.compile(
    r"\W*(?:trong khi(?: đó)?,? )?(?:(?:bình quân|mức (?:tăng )?chung) (?:của )?)?"
    r"(?:cả nước|toàn (?:quốc|vùng|tỉnh|huyện|ngành)) cùng kỳ(?! (?:của )?năm\b)",
    re.IGNORECASE,
)


def _of_the_same_time(sentence: str, mention: PeriodMention) -> bool:
    """Is another unit told of at the time told before: "Cả nước cùng kỳ tăng 6,93%"?"""
    if _SAME_MOMENT.fullmatch(mention.text):
        return _BASE.search(sentence, max(0, mention.start - _LONG), mention.start) is None
    hit = _SAME_ELSEWHERE.match(sentence) if SAME_TIME.match(mention.text) else None
    return hit is not None and mention.start < hit.end()


_SAME_MOMENT = re.compile(r"cùng thời (?:điểm|gian)", re.IGNORECASE)
_BASE = re.compile(r"\b(?:so|với|hơn|bằng|như|của|kém|[,(])\s*$", re.IGNORECASE)


_HANDED_ON = re.compile(r"\s+(?:chuyển (?:sang|qua)|để lại)\b", re.IGNORECASE)
"""Of when what is still open is: "năm 2018 chuyển sang 39 bản án, thụ lý mới 15 bản án"."""
_CARRIED_INTO = watched(
    r"\b(?:chi|số|kinh phí|vốn) chuyển nguồn\b[^;.]*\b(?:19|20)\d\d,? (?:chuyển )?sang (?:năm )?$"
)


def _spent_before(sentence: str, mention: PeriodMention) -> bool:
    """Is it the year that money is kept for: "chi chuyển nguồn năm 2022 sang năm 2023"?"""
    ahead = sentence[max(0, mention.start - _LONG) : mention.start]
    return _CARRIED_INTO.search(ahead) is not None


_SINCE = sought(r"\bkể từ (?!(?:đầu |cuối |giữa )?(?:năm|tháng|quý|ngày)\b)[^,;.()\d]{3,60}$")
"""An event since which: "kể từ Hội nghị xúc tiến đầu tư năm 2018, đã thu hút 32 dự án"."""
_LONG = 80
_PLAN_OF = re.compile(
    r"%\s*(?:so với )?(?:kế hoạch|dự toán|chỉ tiêu)(?: (?!năm)[^\W\d]+){0,5}\s+$", re.IGNORECASE
)


def _of_plan(sentence: str, mention: PeriodMention, before: Sequence[PeriodMention]) -> bool:
    """Is it the year of a plan, behind a time in it: "đến 15/2/2024 … 11% dự toán năm 2024"?"""
    period = mention.period
    if period is not None and _is_goal_passed(sentence, mention):
        return True
    if period is None or len(period.code) != len("2024"):
        return False
    told = any(m.period and m.period.year == period.year for m in before)
    return told and _PLAN_OF.search(sentence[: mention.start]) is not None


_PASSED = sought(
    r"\b(?:vượt(?: xa)?|về đích|hoàn thành|trước|so với|bằng)"
    r" (?:chỉ tiêu|mục tiêu|kế hoạch)(?: (?!năm)[^\W\d]+){0,6}\s+$"
)
_IS_TOLD = re.compile(r"\s*(?:là\b|:|\(?\d)")


def _is_goal_passed(sentence: str, mention: PeriodMention) -> bool:
    """Is it the year of a goal that was met, and that nothing more is told of?

    "Có 149 xã đạt chuẩn, vượt mục tiêu đến năm 2025": they are so today.
    """
    stock = mention.period is not None and mention.period.basis == "stock"
    if not stock or _IS_TOLD.match(sentence, mention.end):
        return False
    return _PASSED.search(sentence[: mention.start]) is not None


_PARTS = re.compile(r",? (?:trong đó )?(?:bao )?gồm\b", re.IGNORECASE)
"""Of the parts of a whole, too: "có 318 trường (năm học 2018 - 2019), gồm: 12 trường THCS"."""


def in_brackets(
    sentence: str, mentions: Sequence[PeriodMention], figures: Sequence[Quantity]
) -> list[PeriodMention]:
    """The times in a bracket without figures: "giảm từ 189 tỷ đồng (cuối năm 2023) xuống còn …"."""
    hits = _BRACKET.finditer(sentence) if "(" in sentence else ()
    brackets = [m.span() for m in hits if _PARTS.match(sentence, m.end()) is None]
    spans = [(a, b) for a, b in brackets if not any(a < q.start < b for q in figures)]
    return [m for m in mentions if any(a < m.start and m.end < b for a, b in spans)]


_FROM = sought(r"\btừ(?: mức| khoảng| gần| trên| hơn| xấp xỉ)*\s*$")
_TO = sought(r"(?<!trở )\b(?:lên|xuống|còn)\b")


def of_starts(found: Sequence[Clause], mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The times of where changes start: "tăng từ 71,2% năm 2023 lên 74,6%"."""
    return [
        m
        for clause, after in pairwise(found)
        if is_start(clause, after)
        for m in mentions
        if clause.quantity.end <= m.start < after.quantity.start and m.start < clause.end
    ]


def is_start(clause: Clause, after: Clause) -> bool:
    """Is the first of two figures where a change starts that ends with the second?"""
    begun = _FROM.search(clause.left) is not None
    return begun and _TO.search(f"{clause.tail} {after.left}") is not None


_MOMENT = watched(r"[^\W\d_][^;,.:\d]*\s(?:tại|ở|vào) thời điểm(?:\s+ngày)?\s*\d")


_SURVEYED = re.compile(r"\b(?:điều tra|khảo sát|số liệu|kết quả|kiểm kê)\b", re.IGNORECASE)
"""Its day is that of all that it found: "Kết quả điều tra tại thời điểm 1/4 cho thấy, …"."""
_DAY_OF_COUNT = watched(r"(?:tại|ở|vào) thời điểm(?:\s+ngày)?\s*\d")
_OF_SPAN = re.compile(
    r"\b(?:sản lượng|xuất chuồng|doanh thu|giá trị (?:sản xuất|xuất khẩu)|kim ngạch)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"[;.]\s|,\s(?=(?:và )?(?:tổng )?(?:sản lượng|doanh thu|giá trị|kim ngạch))"
)


def of_count(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The days on which something was counted: "tại thời điểm 1/4/2016, đàn lợn có …"."""
    ends = [hit.end() for hit in _DAY_OF_COUNT.finditer(sentence)]
    return [m for m in mentions if any(m.start < end <= m.end for end in ends)]


def of_span(sentence: str, clause: Clause, day: PeriodMention) -> bool:
    """Does a statement behind the day of a count tell of what a span of time brought?

    "Tại thời điểm 1/4, đàn lợn có 794 nghìn con; sản lượng thịt đạt 77 nghìn tấn": of no day.
    """
    between = sentence[day.end : clause.quantity.start]
    ends = [hit.end() for hit in _STATEMENT.finditer(between)]
    spoken = [hit.start() for hit in _OF_SPAN.finditer(between)]
    return bool(ends and spoken) and spoken[-1] >= ends[-1]


_ENDED = re.compile(r"\s*(?:\([^()\d]*\)\s*)?;")


def passed_by(
    sentence: str,
    clause: Clause,
    mentions: Sequence[PeriodMention],
    figures: Sequence[Quantity],
    now: Period | None,
) -> list[PeriodMention]:
    """The years in which something was, told in statements without figures that are over.

    "Xã đạt chuẩn năm 2017; bê tông hóa 24 km đường": the roads are of no earlier year.
    """
    found: list[PeriodMention] = []
    for mention in mentions:
        gone = mention.period is not None and now is not None and mention.period.year < now.year
        over = _ENDED.match(sentence, mention.end) if gone else None
        if over is None or over.end() > clause.quantity.start:
            continue
        begin = sentence.rfind(";", 0, mention.start) + 1
        told = any(begin <= q.start < mention.start for q in figures)
        if sentence[begin : mention.start].strip() and not told:
            found.append(mention)
    return found


def moments(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The times that are for one statement: "tổng đàn lợn tại thời điểm 1/4 là 794 nghìn con"."""
    hits = _MOMENT.finditer(sentence)
    ends = [hit.end() for hit in hits if not _SURVEYED.search(hit.group())]
    return [m for m in mentions if any(m.start < end <= m.end for end in ends)]


def of_others(
    sentence: str, clause: Clause, momentary: Sequence[PeriodMention]
) -> list[PeriodMention]:
    """The `moments` of statements that a semicolon ends before the figure."""
    return [m for m in momentary if ";" in sentence[m.end : clause.quantity.start]]


_BRACKET = sought(r"(?<=[^\W\d_])\s*\([^()]*\)", flags=0)
_CLOSED = re.compile(r"\([^()]*\)")


def closed_off(
    sentence: str, clause: Clause, mentions: Sequence[PeriodMention]
) -> list[PeriodMention]:
    """The times in brackets closed before a figure: "412 ca (cùng kỳ 1.236 ca); cúm 96 ca"."""
    if ")" not in sentence[: clause.quantity.start] or not mentions:
        return []
    hits = _CLOSED.finditer(sentence, 0, clause.quantity.start)
    spans = [m.span() for m in hits if _PARTS.match(sentence, m.end()) is None]
    return [m for m in mentions if any(a < m.start and m.end < b for a, b in spans)]


_FIRST_SINCE = watched(
    r"\b(?:lần đầu(?: tiên)?|nhất) (?:kể )?từ (?:sau )?(?:năm )?(?:19|20)\d\d"
    r"(?: (?:đến|tới) nay| trở lại đây)?\s*$"
)
"""Since when there was nothing like it: "lần đầu tiên kể từ năm 1990 vượt mốc 15.000 người"."""
_PEAK = re.compile(r"\d[^;.]*[,(]\s*[^,;.()\d]{0,40}\bnhất\b[^,;.()\d]{0,24}$", re.IGNORECASE)
_ENDS = re.compile(r"[^,;.()\d]*(?:[,;).]|$)")


def _is_of_peak(sentence: str, mention: PeriodMention) -> bool:
    """Years of which a figure is the highest: "tăng 36%, cao nhất trong các năm 2017 - 2022"."""
    period = mention.period
    if period is None or period.start is None or period.start.year == period.year:
        return False
    if _ENDS.match(sentence, mention.end) is None:
        return False
    return _PEAK.search(sentence, max(0, mention.start - 2 * _LONG), mention.start) is not None


_OF_NORM = watched(
    r"\b(?:chuẩn (?:hộ )?nghèo|theo (?:bộ )?(?:quy chuẩn|tiêu chuẩn|chuẩn|tiêu chí)|bộ tiêu chí)"
    r"(?: (?!trong\b|cả\b)[^\W\d]+){0,10} \(?(?=(?:giai đoạn|thời kỳ) \d)"
)
"""The years for which a norm was made: "theo chuẩn nghèo đa chiều giai đoạn 2022 - 2025"."""


_MOVED = re.compile(
    r"\s*[,(]?\s*(?:và )?(?:tăng|giảm)(?: (?:thêm|hơn|gần|khoảng|trên|tới))*\s*", re.IGNORECASE
)


def looked_back(
    sentence: str, clause: Clause, mentions: Sequence[PeriodMention], first: int
) -> list[PeriodMention]:
    """The times compared with, told in passing, behind which the sentence is at its own again.

    "Có 980 người, cùng kỳ năm 2013 là 1.855 người, giảm 47,2%; 534 bệnh nhân" are of this year.
    """
    at = clause.quantity.start
    told = [m for m in mentions if first < m.start < clause.start]
    if not told:
        return []
    passing = [m for m in told if SAME_TIME.match(m.text) or _is_of_mark(sentence, m)]
    bracket = open_bracket(sentence, at)
    passing = [m for m in passing if not -1 < bracket < m.start]  # "(cùng kỳ … 36%, tăng 14%)"
    back = _MOVED.fullmatch(clause.left) is not None
    ended = [m for m in passing if back or _left_behind(sentence, m, at)]
    return [*ended, *(m for m in told if _beside_item(sentence, m, mentions, at))]


_YEAR_IS = re.compile(
    r"\s*(?:là|đạt|có|còn|chỉ)(?: (?:gần|hơn|trên|khoảng|là|đạt))* \d", re.IGNORECASE
)
_ITEM_STARTS = re.compile(r"[;(:]")


def _beside_item(
    sentence: str, mention: PeriodMention, mentions: Sequence[PeriodMention], at: int
) -> bool:
    """Is a year told behind an item of a list only to set its figure beside it?

    "Đại học 9,4%, năm 2020 là 5,3%; sức khỏe loại 1 là 78,3%": the second item is of this year.
    """
    ended = sentence.find(";", mention.end, at)
    if ended < 0 or _YEAR_IS.match(sentence, mention.end) is None:
        return False
    begin = max((hit.end() for hit in _ITEM_STARTS.finditer(sentence, 0, mention.start)), default=0)
    item = sentence[begin : mention.start]
    dated = any(begin <= m.start < mention.start for m in mentions)
    return not dated and re.search(r"\d[^,]*,\s*(?:còn |trong khi )?$", item) is not None


_OF_MARK = sought(
    r"\bso (?:sánh )?với (?:(?:mức|con số|gần|hơn|trên|khoảng) )*\d[\d.,]*\s[^,;.()\d]{1,40}$"
)


_IS_MARK = re.compile(
    r"\bso (?:sánh )?với(?: (?:mức|con số|gần|hơn|trên|khoảng))*\s*$", re.IGNORECASE
)


def is_compared(clause: Clause) -> bool:
    """Is a figure told only to compare with: "…, so với 83 nghìn lượt của năm 2023 tăng 165%"?"""
    return _IS_MARK.search(clause.left) is not None


def _is_of_mark(sentence: str, mention: PeriodMention) -> bool:
    """Is it of when the mark was: "221 nghìn lượt, so với 83 nghìn lượt của năm 2023 tăng 165%"?"""
    return _OF_MARK.search(sentence, max(0, mention.start - _LONG), mention.start) is not None


def _left_behind(sentence: str, mention: PeriodMention, at: int) -> bool:
    """Does a semicolon end what a time is told for, that neither a bracket nor an order spans?"""
    bracketed = open_bracket(sentence, mention.start) >= 0
    around = sentence[max(0, mention.start - _AHEAD) : at]
    ended = ";" in sentence[mention.end : at]
    return ended and not bracketed and IN_TURN.search(around) is None


_AHEAD = 40


def _made_for(sentence: str, mention: PeriodMention) -> bool:
    """Is it for these years that the norm named before them was made?"""
    hits = _OF_NORM.finditer(sentence, max(0, mention.start - 90), mention.end)
    return any(hit.end() == mention.start for hit in hits)


_EVER = sought(r"từ trước\s*$")


def _compared(sentence: str, mention: PeriodMention) -> bool:
    before = sentence[max(0, mention.start - 60) : mention.start]
    if _EVER.search(before):
        return True  # "mức cao nhất từ trước tới nay" names no time
    if _FIRST_SINCE.search(sentence, max(0, mention.start - 60), mention.end):
        return True
    if _made_for(sentence, mention):
        return True
    if mention.comparison or _REFERENCE.search(before) or _is_of_peak(sentence, mention):
        return True
    return stands_behind_base(sentence, mention)


def time_of(
    clause: Clause,
    mentions: Sequence[PeriodMention],
    carried: Period | None,
    document: Period | None,
    aside: Sequence[PeriodMention] = (),
) -> Timed:
    """The period of one figure; times `aside`, in brackets, are for the figure before them."""
    own = [m for m in mentions if clause.start <= m.start < clause.quantity.start]
    tail = [m for m in mentions if clause.quantity.end <= m.start < clause.end]
    tail = [m for m in tail if not _only_then(clause, m)]
    before = [m for m in mentions if m.end <= clause.quantity.start and m not in aside]
    if own:
        return Timed(
            own[-1].period, "own", own[-1].start, SAME_TIME.match(own[-1].text) is not None
        )
    if tail:
        return Timed(tail[0].period, "aside" if tail[0] in aside else "own", tail[0].start)
    if before:
        last = before[-1]
        return Timed(last.period, "sentence", last.start, _is_back(last))
    if carried is not None:
        return Timed(carried, "carried")
    return Timed(document, "document")


def _is_back(mention: PeriodMention) -> bool:
    return SAME_TIME.match(mention.text) is not None


def _only_then(clause: Clause, mention: PeriodMention) -> bool:
    """Does a statement of its own say what was not so before: "12 ca (cùng kỳ không có ca nào)"?"""
    ahead = clause.tail[: mention.start - clause.quantity.end].rstrip()
    return ahead.endswith((",", "(")) and SAME_TIME.match(mention.text) is not None


def for_flow(metric: str | None, period: Period | None, *, new_in_period: bool) -> Period | None:
    """A flow "tính đến ngày 31/3/2019" runs from the start of the year: 2019-Q1."""
    if period is None or period.basis != "stock" or period.end is None:
        return period
    if metric not in _flows() and not new_in_period:
        return period
    return from_new_year(period, period.end)


@lru_cache(maxsize=1)
def _flows() -> frozenset[str]:
    return frozenset(r["phrase"] for r in rows("cue_words.csv") if r["role"] == "flow_metric")


def from_new_year(period: Period, end: date) -> Period:
    """1 January to a month's end as a cumulated period; another day leaves the period as it is."""
    if end.day != calendar.monthrange(end.year, end.month)[1]:
        return period
    code = {3: f"{end.year}-Q1", 6: f"{end.year}-S1", 12: f"{end.year}"}.get(
        end.month, f"{end.year}-01-01/P{end.month}M"
    )
    return replace(period, code=code, start=date(end.year, 1, 1), basis="cumulative")


def year_before(period: Period | None, named: int | None, then: str = "") -> Period | None:
    """The same time one year earlier, or of the year named, for a figure of "cùng kỳ năm trước".

    An amount of a time with a name of its own, `then`, is of that: "so với tháng 5/2023 (412)".
    """
    if period is None:
        return None
    clock = PeriodContext(year=period.year)
    told = next((m.period for m in find_periods(then, clock) if m.period), None) if then else None
    same = told or years_off(period, (named or period.year - 1) - period.year)
    year = named or period.year - 1
    return replace(same or Period(year, str(year)), source=period.source, flags=("base_year",))
