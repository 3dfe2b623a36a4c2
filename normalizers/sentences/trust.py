"""How sure a whole statement is: that its figure has the right territory, time, metric and unit.

A numeral is read right far more often than all that a sentence leaves unsaid. What tells a sure
statement from an unsure one is counted: the rows of `trust_reasons.csv` are reasons to doubt, each
with how many figures it was met in and how many of them were right when their text was first read,
those of `trust.csv` the share that was right by the number of doubts. Reasons overlap, so that
their number says more than the product of their rates. docs/calibration.md says what it is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from normalizers.facts import rows
from normalizers.periods.clock import SPRING
from normalizers.regions import COUNTRY
from normalizers.seeking import sought
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.labels import BELOW
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.wordings import nears_metric
from normalizers.sentences.settings import Sentence, Setting
from normalizers.sentences.when.ahead import YEAR_ASSUMED
from normalizers.sentences.when.document_years import LAST_EARLY
from normalizers.sentences.where.mentions import mentions_in
from normalizers.sentences.where.placed import Placed
from normalizers.sentences.where.spoken import speaks_of_own
from normalizers.spelling import CAPITALS, canonical
from solieu.model import Observation, Scenario
from solieu.quick import quick, replace

_SMALL = frozenset({"district", "commune"})


@quick
@dataclass(frozen=True, slots=True)
class Told:
    """An observation and how it was come by; `before` is what the sentence before told."""

    seen: Observation
    sentence: Sentence
    clause: Clause
    meant: Meant
    placed: Placed
    setting: Setting
    before: Scenario | None


def trusted(told: Told) -> Observation:
    """The observation with the confidence that the whole of it deserves.

    What is doubted of its digits, its printed date or its country is no better for a clear
    sentence, so the lowest counts.
    """
    figure = told.seen.figure
    sure = min(figure.confidence, confidence(told))
    return replace(told.seen, figure=replace(figure, confidence=sure, legibility=figure.confidence))


def confidence(told: Told) -> float:
    """The share of figures with as many reasons to doubt them that were right."""
    doubts = sum([weight for doubted, weight in _weights() if doubted(told)])
    return next(share for least, share in _steps() if doubts >= least)


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[Callable[[Told], bool], int], ...]:
    return tuple((_REASONS[row["reason"]], int(row["doubts"])) for row in rows("trust_reasons.csv"))


@lru_cache(maxsize=1)
def _steps() -> tuple[tuple[int, float], ...]:
    """Doubts and confidence, most doubts first."""
    steps = ((int(row["doubts"]), float(row["confidence"])) for row in rows("trust.csv"))
    return tuple(sorted(steps, reverse=True))


_PLAN = sought(
    r"kế hoạch|mục tiêu|chỉ tiêu|dự kiến|dự toán|phấn đấu|đề ra"
    r"|\b(?:KH|giao|đến năm|sẽ)\b"
)
_WISH = sought(
    r"\b(?:muốn|cần|phải|hướng tới|đặt ra|nhằm|để|tiếp tục|bảo đảm|đảm bảo|nâng|duy trì"
    r"|từng bước|trở lên)\b"
)


def _beside_plan(told: Told) -> bool:
    seen = told.seen
    if seen.scenario != "actual" or seen.measure == "plan_completion":
        return False
    return _PLAN.search(told.clause.left) is not None


def _after_wish(told: Told) -> bool:
    if told.seen.scenario != "actual":
        return False
    return _WISH.search(told.sentence.text[: told.clause.quantity.start]) is not None


def _after_aim(told: Told) -> bool:
    return told.seen.scenario == "actual" and told.before in {"plan", "estimate"}


def _below_province(told: Told) -> bool:
    region, own = told.seen.region, told.setting.context.region
    return (
        own is not None
        and told.placed.text is None
        and region is not None
        and region.level in _SMALL
    )


def _near_metric(told: Told) -> bool:
    """Is a metric named in the figure's own words, or in those that it goes on with?"""
    if told.seen.metric is not None:
        return False
    own, label = told.meant.own, told.meant.label or told.seen.metric_label
    words = label.rsplit(BELOW, 1)[-1] if own else label.replace(BELOW, " ")
    return nears_metric(canonical(words), listed=own)


def _carried_over_stop(told: Told) -> bool:
    first = told.sentence.quantities[0].start
    return not told.meant.own and told.clause.quantity.start == first


def _few_unplaced(told: Told) -> bool:
    """Is it told in passing: by a sentence of one or two figures that names no territory?

    A sentence of three figures is a statistic; a short one that goes on with a place named before
    is as often on something else.
    """
    return told.placed.text is None and len(told.sentence.quantities) <= _FEW


_FEW = 2


def _title(told: Told) -> bool:
    passage = told.setting.passage
    return passage is not None and passage.kind == "title"


def _estimate_of_document(told: Told) -> bool:
    return told.seen.scenario == "estimate" and told.setting.scenario != "actual"


def _flagged(told: Told, flag: str) -> bool:
    period = told.seen.period
    return period is not None and flag in period.flags


def _early_page(told: Told) -> bool:
    """Does only the day of a page of January or February tell the year of a result?"""
    page = told.setting.context.published_on
    if page is None or page.month > LAST_EARLY or told.seen.scenario != "actual":
        return False
    return _flagged(told, "year_of_publication") or _flagged(told, "to_date")


_THIS_YEAR = sought(r"\b(?:năm nay|cuối năm|hết năm|cả năm|từ nay đến|những (?:tháng|ngày) cuối)\b")


def _late_aim(told: Told) -> bool:
    """Is a goal without a year told in December, so that it may be the next year's?"""
    page = told.setting.context.published_on
    if page is None or page.month < _LATE or told.seen.scenario != "plan":
        return False
    if not _flagged(told, "year_of_publication"):
        return False
    return _THIS_YEAR.search(told.sentence.text[: told.clause.quantity.start]) is None


_LATE = 12


def _carried_past(told: Told) -> bool:
    """Is a year long over at the page's day carried over, from another paragraph if not longer?"""
    page, period = told.setting.context.published_on, told.seen.period
    passage, own = told.setting.passage, told.setting.document_period
    if page is None or period is None or passage is None or own is None:
        return False
    over = period.year < page.year - (page.month <= SPRING)
    carried = "period_carried" in told.seen.flags and "year_of_publication" in own.flags
    long_ago = period.year < page.year - _LONG_AGO
    elsewhere = str(period.year) not in passage.text[: told.sentence.offset]
    return over and carried and (elsewhere or long_ago)


_ONCE = sought(
    r"\b(?:trước (?:đây|kia)|ngày (?:trước|xưa)|trước năm (?:19|20)\d\d|những ngày đầu"
    r"|thuở ban đầu)\b"
)


_NTH = sought(r"\bnăm (?:thứ (?:nhất|hai|ba|tư|năm|\d)|đầu tiên)\b")


def _once(told: Told) -> bool:
    """Is a figure of a time before, of which nobody says when it was: "Trước đây có 7.200 tàu"?

    Nor is it said of "năm thứ hai", where the years of a whole programme are all there is.
    """
    period, left = told.seen.period, told.clause.left
    if told.seen.scenario != "actual":
        return False
    spans = period is not None and period.start is not None and period.start.year < period.year
    return _ONCE.search(left) is not None or (spans and _NTH.search(left) is not None)


def _behind_stroke(told: Told) -> bool:
    """Is it a whole, a plan or an earlier amount, where only a stroke says so: "36 ha/45 ha"?"""
    if told.seen.scenario != "actual" or told.clause.left.strip() != "/":
        return False
    ahead = [q for q in told.sentence.quantities if q.end <= told.clause.quantity.start]
    return bool(ahead) and ahead[-1].unit == told.clause.quantity.unit


def _carried_in_nation(told: Told) -> bool:
    """Is a figure of a nation's text without a place behind a sentence on one province alone?

    "Tại Kon Tum có 300 vụ. Số người chết là 60" can be either's.
    """
    passage, context = told.setting.passage, told.setting.context
    if context.region != COUNTRY:
        return False
    silent = not told.sentence.regions and told.placed.carried and told.before is not None
    if passage is None or not silent:
        return False
    if told.seen.region != COUNTRY:
        return not speaks_of_own(told.sentence.text)
    ahead = _STOP.split(passage.text[: told.sentence.offset].rstrip())[-1]
    named = {m.match.region for m in mentions_in(ahead, context.on, context.region)}
    return len(named) == 1 and COUNTRY not in named


_STOP = re.compile(r"(?<=[.;!?…])\s+(?=[^\W\d_])")


def _excepted(told: Told) -> bool:
    """Is something left out of what the code counts: "Không tính tiền đất, thu nội địa đạt …"?"""
    if told.seen.metric is None:
        return False
    return _EXCEPT.search(told.sentence.text[: told.clause.quantity.start]) is not None


_EXCEPT = sought(
    r"\b(?:loại trừ|(?:nếu|đã|khi) trừ|(?:không|chưa) (?:kể|tính|bao gồm))\b(?! (?:từ|toán|đến))"
)
_FIRM = sought(
    rf"^\W*(?:[^,.;:]{{0,40}},\s*)?(?:(?:Riêng|Còn|Trong khi đó,|Về phía) )?"
    rf"(?:Tập đoàn|Tổng [Cc]ông ty|Công ty(?: [^\W\d_]+){{0,4}}?|CTCP|Ngân hàng TMCP)"
    rf" (?=[{CAPITALS}])",
    flags=0,
)


def _of_firm(told: Told) -> bool:
    """Is it a firm's own, which is no figure of where its text is: "Công ty X lãi 182 tỷ đồng"?"""
    silent = not told.placed.text and told.seen.metric is None
    return silent and _FIRM.match(told.sentence.text) is not None


_LONG_AGO = 2
_PROGRAMME = sought(
    r"\b(?:chương trình|đề án|kế hoạch|nghị quyết|dự án|chiến lược|đại hội)\b[^.;]{0,90}"
    r"\b(?:giai đoạn|nhiệm kỳ)"
)


def _programme_years(told: Told) -> bool:
    """Are the years of a programme, which may not be over, those of a result of no known day?"""
    period, context = told.seen.period, told.setting.context
    if period is None or period.start is None or context.published_on is not None:
        return False
    spans = told.seen.scenario == "actual" and period.start.year < period.year
    return spans and _PROGRAMME.search(told.sentence.text) is not None


_REASONS: dict[str, Callable[[Told], bool]] = {
    "no_place": lambda t: t.seen.region is None,
    "no_time": lambda t: t.seen.period is None,
    "no_unit": lambda t: "unitless" in t.clause.quantity.flags,
    "result_beside_plan_word": _beside_plan,
    "share_without_code": lambda t: t.seen.metric is None and t.seen.measure == "share",
    "share_without_base": lambda t: t.seen.basis is None and t.seen.measure == "share",
    "estimate_of_document": _estimate_of_document,
    "carried_code": lambda t: (
        not t.meant.own and t.seen.measure == "level" and t.seen.metric is not None
    ),
    "change_of_own": lambda t: t.meant.own and t.seen.measure == "change",
    "result_after_aim": _after_aim,
    "below_province": _below_province,
    "insurance_without_code": lambda t: t.setting.insurance and t.seen.metric is None,
    "near_metric": _near_metric,
    "rounded": lambda t: t.clause.quantity.qualifier is not None,
    "rate_in_bracket": lambda t: t.clause.bracketed and t.seen.measure != "level",
    "title": _title,
    "few_unplaced": _few_unplaced,
    "places": lambda t: len(t.sentence.regions) > 1,
    "item": lambda t: t.setting.passage is not None and t.setting.passage.kind == "item",
    "carried_over_stop": _carried_over_stop,
    "aimed": lambda t: t.seen.scenario == "plan",
    "result_after_wish": _after_wish,
    "year_assumed": lambda t: _flagged(t, YEAR_ASSUMED),
    "early_page": _early_page,
    "late_aim": _late_aim,
    "carried_past": _carried_past,
    "programme_years": _programme_years,
    "once": _once,
    "behind_stroke": _behind_stroke,
    "carried_in_nation": _carried_in_nation,
    "of_firm": _of_firm,
    "excepted": _excepted,
    "no_document_place": lambda t: t.setting.context.region is None and t.seen.region is not None,
}
