"""Where a text names times: every phrase left to right, with what it stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from normalizers.branching import any_of
from normalizers.periods.clock import Clock
from normalizers.periods.compared import months_of
from normalizers.periods.phrases import Phrase, phrase_at
from normalizers.periods.scenarios import plan_words, scenario_words
from normalizers.seeking import sought
from solieu.model import Period
from solieu.quick import replace
from solieu.text import open_bracket

_FIRST_WORDS = (
    "so tính đến đết tới hết kết cuối đầu từ kể luỹ lũy lụy cộng tại vào ở thời ngày mùng mồng "
    "tuần tháng quý quí qúy cả trong các những năm nửa giai nhiệm kỳ kì khóa khoá niên cùng hiện "
    "nay hai ba bốn sáu bảy tám chín mười số có ngay bắt vụ tết hè đông xuân"
)
_START = re.compile(
    r"(?:(?<![\w/.,\-])|(?-i:(?<=[A-ZĐ]-)|(?<=\)-))(?=(?-i:[A-ZĐ])))"
    rf"(?:(?:{any_of(_FIRST_WORDS.split())}|thu(?=\W*đông))(?!\w)"
    r"|\d|T\.?\s?\d|Q\.?\s?[1-4I])",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    r"(?:so(?:\s+sánh)?\s+(?:với|từ|cùng(?!\s+(?:kỳ|kì|thời)))|so\s+sánh|so)\s+(?:với\s+)?(?:số\s+|mức\s+|thời\s+điểm\s+|tại\s+)?",
    re.IGNORECASE,
)
_PAPER = (
    r"(?:số(?!\s+[^\W\d_]{2,}\s)|nghị\s+định|quyết\s+định|thông\s+tư|nghị\s+quyết|chỉ\s+thị|công\s+văn|luật|/[A-ZĐ][\w\-]*|văn\s+bản)"
    r"[\s:]*(?:số\s*)?[\w/\-.&]*\s*,?\s*(?:ban\s+hành\s+|ký\s+)?"
)
_DECREE = re.compile(rf"{_PAPER}$", re.IGNORECASE)
_DECREE_DAY = re.compile(rf"{_PAPER}ngày\s+\d{{1,2}}\s+(?:tháng\s+\d{{1,2}},?\s+)?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\bsố\s*:?\s*\d+(?:/\d{4})?[-/][A-ZĐ][\w-]*(?:/[A-ZĐ][\w-]*)*"
    r"|\b(?:quyết\s+định|nghị\s+quyết|thông\s+tư|nghị\s+định|chỉ\s+thị)\s+số\s+\d+"
    r"|\b(?:theo|thi\s+hành|căn\s+cứ|quy\s+định\s+(?:của|tại|trong))\s+(?:bộ\s+luật|luật|pháp\s+lệnh)"
    r"(?:\s+[^\W\d]+){1,6})\s*,?\s*$",
    re.IGNORECASE,
)
"""A decree's number or a law's name, behind which its year may stand: "Nghị quyết số 30-NQ/HU năm
2020", "theo Luật Hợp tác xã năm 2012"."""
_WORDED = re.compile(r"tháng\s+\d|năm\s+(?:19|20)\d\d", re.IGNORECASE)
"""What is left of a day in words where its beginning was passed over."""
_DATED = re.compile(r"(?:ngày\s*)?\d{1,2}\s*(?:[/.\-]|tháng)", re.IGNORECASE)
_LAW_NUMBER = re.compile(
    r"(?:(?P<bare>(?<!\w)số)|(?:nghị\s+định|quyết\s+định|thông\s+tư|(?<!pháp )luật|nghị\s+quyết"
    r"|chỉ\s+thị)\s*(?:số)?)\s*$",
    re.IGNORECASE,
)
_PAPERS = ("số", "định", "tư", "luật", "quyết", "thị")
"""How all that `_LAW_NUMBER` finds ends."""
_PRICE_BASE = sought(
    r"(?:giá\s+(?:so\s+sánh|cố\s+định|gốc)|năm\s+gốc)(?:\s+năm)?\s+(?:19|20)\d\d"
    r"|giá\s+so\s+sánh(?=\s+\d)"
)


def without_price_base(text: str) -> str:
    """The year of constant prices ("giá so sánh 2010") is no time of a figure; offsets stay."""
    return _PRICE_BASE.sub(lambda hit: "·" * len(hit.group()), text)


def _of_decree(text: str, at: int) -> bool:
    """The day of a decision ("Quyết định số 1234/QĐ-UBND ngày 12/12/2022") dates no figure."""
    before = text[max(0, at - 60) : at]
    # most times stand behind other words: asked before the pattern is tried at each letter
    papered = before.rstrip().lower().endswith(_PAPERS)
    named = _LAW_NUMBER.search(before) if papered else None
    if named is not None and (not named["bare"] or text[at].isdigit()):
        return True
    if _WORDED.match(text, at) is not None:
        return (_DECREE_DAY.search(before) or _NUMBERED.search(before)) is not None
    return bool(_DATED.match(text, at)) and bool(_DECREE.search(before))


_PRINTED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHARED_YEAR = re.compile(
    r"\s*(?:(?:,|;)(?!\s*(?:tháng|quý))|và|&|\+)\s*(?:(?:ước|luỹ kế|lũy kế|tính chung)\s+)?"
    r"(?:cả|(?:\d{1,2}|sáu|chín|mười|mười một)\s+tháng|(?:tháng|quý)\s+\w{1,4})"
    r"(?:\s+đầu)?(?:,?\s*năm|\s*/)\s*(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
"""Two times that share their year: "tháng 11 và 11 tháng năm 2023"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A time phrase, where it stands and whether it is only compared with."""

    start: int
    phrase: Phrase
    versus: bool
    plan: bool


def spots(text: str, clock: Clock, *, plain: bool) -> Iterator[Spot]:
    """Every time phrase left to right; each own period is what the next relative word refers to."""
    at, outer, closes = 0, clock, -1
    while (hit := _START.search(text, at)) is not None:
        if 0 <= closes < hit.start():
            clock, closes = outer, -1
        spot = _spot(text, hit.start(), clock, plain=plain)
        if spot is None:
            at = hit.end()
            continue
        spot = _with_year_behind(text, spot, clock, plain=plain)
        yield spot
        at = max(spot.phrase.end, hit.start() + 1)
        told = not spot.versus and not _BASE.search(text, max(0, spot.start - 40), spot.start)
        told = told and not _SAME.match(text, spot.start)
        told = told and _LAST_YEAR.match(text, spot.start) is None
        if told and _speaks_of(spot.phrase.period, clock):
            if closes < 0 and _looks_back(spot.phrase.period, clock):
                outer, closes = clock, _closes(text, spot.start)
            clock = replace(clock, reference=spot.phrase.period, heard=True)


def _closes(text: str, at: int) -> int:
    """Where the bracket ends that a time stands in; -1 where it stands in none."""
    return text.find(")", at) if open_bracket(text, at) >= 0 else -1


def _looks_back(period: Period | None, clock: Clock) -> bool:
    """Does a bracket go back a year, behind which the text is at its own again?

    "6 tháng đầu năm 2024 tăng 6% (6 tháng đầu năm 2023 tăng 3%): quý I tăng 5%" tells of 2024.
    """
    told = clock.reference if clock.heard else None
    return told is not None and period is not None and period.year < told.year


def _with_year_behind(text: str, spot: Spot, clock: Clock, *, plain: bool) -> Spot:
    """A time whose year is printed with the next one, or is the one before it.

    "tháng 12, nhiệm vụ tháng 01 năm 2024" is of December 2023.
    """
    end = spot.phrase.end
    shared = _SHARED_YEAR.match(text, end) or _NEXT_TASKS.match(text, end)
    if shared is None or _PRINTED_YEAR.search(text, spot.start, end):
        return spot
    later = replace(clock, year=int(shared["year"]), reference=None, heard=False)
    read = _spot(text, spot.start, later, plain=plain) or spot
    if shared.re is not _NEXT_TASKS or not _begins_by(shared["next"], read.phrase.period):
        return read
    later = replace(later, year=int(shared["year"]) - 1)
    return _spot(text, spot.start, later, plain=plain) or spot


def _begins_by(printed: str, told: Period | None) -> bool:
    """Does the next time begin by the end of the one told, were they of one year?"""
    coming = phrase_at(printed, 0, Clock(year=told.year), plain=False) if told else None
    if told is None or told.end is None or coming is None or coming.period is None:
        return False
    start = coming.period.start
    return start is not None and start <= told.end


_NEXT_TASKS = re.compile(
    r"(?:\s+và\s+\d{1,2}\s+tháng(?:\s+đầu\s+năm)?)?\s*(?:[,;–-]|và\b)\s*(?:[^\W\d]+\s+){0,5}?"
    r"(?:nhiệm\s+vụ|phương\s+hướng|kế\s+hoạch|chương\s+trình|giải\s+pháp|công\s+tác|dự\s+kiến)"
    r"(?:\s+(?!tháng|quý)[^\W\d]+){0,8}?\s+"
    r"(?P<next>(?:tháng|quý)\s+\w{1,4}|\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+năm)"
    r"(?:,?\s*năm|\s*[/-])?\s*(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
"""What a report names behind its own time: "quý I, chương trình công tác quý II/2023"."""
_LAST_YEAR = re.compile(r"(?:năm|niên\s+vụ)\s+(?:trước|ngoái)\b", re.IGNORECASE)
"""No time that "năm nay" goes back to: "Năm trước trồng 1.420 ha; cả năm nay trồng 1.510 ha"."""
_BASE = re.compile(
    r"\bso(?:\s+sánh)?(?:\s+với)?(?:\s+(?:vụ|niên|cây|lúa|mùa|đông|xuân|hè|thu|chiêm|các|số))*\s*$",
    re.IGNORECASE,
)
"""A harvest that the next is measured by: "tăng 3% so vụ mùa năm trước; cả năm đạt 53 tạ/ha"."""


def _speaks_of(period: Period | None, clock: Clock) -> bool:
    """Whether later words can refer to it: not a range of years, not a day that lies ahead."""
    if period is None or period.end is None or (months_of(period) or 0) > 12:
        return False
    if period.basis != "stock":
        return True
    today = clock.published_on or (date(clock.year, 12, 31) if clock.year else None)
    return today is None or period.end <= today


_SAME = re.compile(r"cùng\s+(?:kỳ|kì|thời)", re.IGNORECASE)
_MEASURED = re.compile(
    r"(?:%|\blần|\bhơn|\bbằng|\bvới|\bso|trước\s+và|trước,)\s*(?:của\s+|mức\s+)?$", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _of_plan() -> re.Pattern[str]:
    """A percentage of a plan: "98,13% kế hoạch năm 2024"."""
    return re.compile(
        rf"%\s*(?:so\s+với\s+)?{plan_words().pattern}(?:\s+(?:được\s+)?giao|\s+cả"
        r"|(?:\s+(?:BHXH|BHYT|BHTN|bảo|hiểm|xã|hội|y|tế|toàn|dân|thu|chi|số|ngân|sách|nhà|nước)){1,8})?\s*$",
        re.IGNORECASE,
    )


_REPEATED = re.compile(
    r"(?:mỗi|hằng|hàng|từng|những|nhiều|vài|mấy|các|hai|ba|bốn|năm|\d)\s*$", re.IGNORECASE
)
_RATE = re.compile(
    r"(?:tháng|quý|năm)\s+(?:\d+\s+(?:lần|buổi|lượt|kỳ)|qua|trước)(?!\w)", re.IGNORECASE
)


_HOW_LONG = re.compile(r"(?:đến|tới)\s+\d{1,2}\s*tháng(?!\s*(?:đầu|cuối|\d|/))", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:từ|trên|đủ)\s+\d{1,2}(?:\s*tháng)?(?:\s*tuổi)?\s*$", re.IGNORECASE)


def _is_duration(text: str, at: int) -> bool:
    """How long and not until when: "chậm đóng từ 6 đến 12 tháng"."""
    if _HOW_LONG.match(text, at) is None:
        return False
    return _AT_LEAST.search(text, max(0, at - 24), at) is not None


def _spot(text: str, at: int, clock: Clock, *, plain: bool) -> Spot | None:
    versus = _VERSUS.match(text, at)
    begin, planned = at, None
    if versus is not None:
        planned = behind_plan(text, versus.end())
        begin = planned or _behind_scenario(text, versus.end())
    phrase = phrase_at(text, begin, clock, plain=plain, base=versus is not None)
    # most words that may open a time open none: only then is asked what stands before them
    if phrase is None or _dates_nothing(text, at):
        return None
    if versus is not None:
        return Spot(at, phrase, versus=True, plan=planned is not None)
    plan = bool(_of_plan().search(text, max(0, at - 60), at))
    based = plan or bool(_SAME.match(text, at) and _MEASURED.search(text, max(0, at - 24), at))
    based = based or _SINCE_EVENT.search(text, max(0, at - 90), at) is not None
    based = based or _of_a_whole(text, at, phrase.period, clock)
    return Spot(at, phrase, versus=based, plan=plan)


def _dates_nothing(text: str, at: int) -> bool:
    """A decree's day, how long something takes, or how often."""
    if _of_decree(text, at) or _is_duration(text, at):
        return True
    return bool(_RATE.match(text, at) and _REPEATED.search(text, max(0, at - 8), at))


_SINCE_EVENT = re.compile(
    r"\bso\s+(?:với\s+)?(?:(?:thời\s+điểm|lúc|trước\s+khi|sau\s+khi|khi|hồi|ngày)\s+)"
    r"(?:(?!(?:đạt|tăng|giảm|đến|trong)\s)[^\W\d]+\s+){1,9}(?:vào\s+|trong\s+|từ\s+)?$",
    re.IGNORECASE,
)
"""What happened in the year compared with: "tăng 2,4 lần so với thời điểm về đích năm 2014"."""
_WHOLE = re.compile(
    r"%\s*(?:(?:so\s+với|của|tổng)\s+)*(?:số\s+)?"
    r"(?:dân\s+số|lực\s+lượng\s+lao\s+động|số\s+phải\s+thu|(?:số\s+)?người\s+trong\s+độ\s+tuổi)"
    r"(?:\s+(?:trong\s+độ\s+tuổi|toàn|của|tỉnh|huyện|xã|thành|phố|trung|bình|tại|thời|điểm|cuối"
    r"|đầu|thống|kê|theo|số|liệu))*\s*$",
    re.IGNORECASE,
)
"""The people or the work force that something is a share of."""


def _of_a_whole(text: str, at: int, period: Period | None, clock: Clock) -> bool:
    """How many there were in a year gone by is what the share is of: "81% dân số năm 2016"."""
    told = clock.base_year()
    if period is None or told is None or period.year >= told:
        return False
    return _WHOLE.search(text, max(0, at - 80), at) is not None


def _behind_scenario(text: str, at: int) -> int:
    """Where the time begins behind "so với ước thực hiện"."""
    hit = scenario_words()[0].match(text, at)
    given = _GIVEN.match(text, hit.end()) if hit else None
    return given.end() if given else at


_GIVEN = re.compile(r"\s*(?:giao|đề\s+ra|được\s+giao|cả)?\s*", re.IGNORECASE)


def behind_plan(text: str, at: int) -> int | None:
    """Where the time begins behind "so với kế hoạch"."""
    hit = plan_words().match(text, at)
    given = _GIVEN.match(text, hit.end()) if hit else None
    return given.end() if given else None
