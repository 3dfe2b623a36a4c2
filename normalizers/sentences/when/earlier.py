"""Figures of an earlier time that names none itself.

The rate in the bracket behind what a rate is above it: "đạt 99,54%, cao hơn 0,32 điểm phần trăm so
với năm 2023 (99,22%)"; where a change of a year starts: "Năm 2023, … giảm từ 6,41% xuống 5,15%".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from normalizers.measures import RATES, YEAR_BEFORE
from normalizers.periods.reading import PeriodMention
from normalizers.seeking import sought
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.words import Words, says
from normalizers.sentences.when.times import is_start, year_before
from solieu.model import Figure, Observation, Period
from solieu.quick import replace


def earlier_rate(
    clause: Clause, said: Words, own: Meant, told: Sequence[tuple[Clause, Meant]]
) -> Meant | None:
    """The meaning of such a rate; None where the figure is none."""
    bare = clause.bracketed and clause.quantity.unit in RATES and not says(said.left)
    if is_mark(clause):
        return _mark(clause, own, told)
    if clause.quantity.unit in RATES and (below := _BELOW.search(clause.left)):
        year = int(below["year"]) if below["year"] else None
        return replace(own, measure="share", basis=None, sign=1, earlier=True, base_year=year)
    if not bare or not told or told[-1][1].basis not in YEAR_BEFORE | {_named_year(told[-1][1])}:
        return None
    changed, change = told[-1]
    reached = next((pair for pair in reversed(told[:-1]) if _is_rate(*pair)), None)
    if change.measure not in {"change", "growth"} or reached is None:
        return None
    if not _adds_up(clause, reached[0], changed, change.sign):
        return None
    kept = replace(reached[1], label=own.label, own=False, earlier=True)
    return replace(kept, base_year=change.base_year, then=_named_year(change))


def earlier_amount(
    clause: Clause, own: Meant, told: Sequence[tuple[Clause, Meant]]
) -> Meant | None:
    """An amount alone in its bracket: "(42 ca) so với cùng kỳ năm 2021 (7 ca)"."""
    unit = clause.quantity.unit
    if (
        unit not in RATES
        and own.measure == "level"
        and (base := _OF_BASE.search(clause.left)) is not None
    ):
        return replace(own, earlier=True, base_year=int(base[1]) if base[1] else None)
    if not told or clause.left.strip() != "(" or unit in RATES:
        return None
    now, meant = told[-1]
    same = _THE_SAME.search(now.tail)
    if same is None or now.quantity.unit != unit or clause.signed:
        return None
    year = int(same[1]) if same[1] else None
    return replace(meant, label=own.label, own=False, earlier=True, base_year=year)


_OF_BASE = re.compile(
    r"(?:(?:^|[,;.])\W*|(?<!tăng )(?<!giảm )(?<!hơn )\b)so (?:sánh )?(?:với )?"
    r"(?:(?:thực hiện|cùng kỳ|cùng thời điểm|của|cuối) )*"
    r"năm (?:trước|ngoái|(\d{4}))(?: (?:là|có|đạt))? ?\(\s*$",
    re.IGNORECASE,
)
"""The amount of what is compared with: "So với năm 2022 (133 ha), … tăng 47 ha"."""


_MARK = sought(
    r"\b(?:(?:cao|thấp|nhanh|chậm|nhiều|ít) hơn (?:so với |nhiều )?(?:mức|tốc độ|con số)"
    r"|so với(?: (?:mức|tốc độ|con số|tỷ lệ))?)"
    r"(?: bình quân| trung bình| thực hiện)?(?P<pace> (?:tăng|giảm))?(?: trưởng)?"
    r"(?: (?:gần|hơn|trên|khoảng))?\s*$"
)
_SAME_OF_YEAR = re.compile(
    r"\s*(?:của |trong |ở )*cùng kỳ"
    r"(?: (?:của )?(?:năm (?:trước|ngoái)|(?:năm )?(\d{4})))?(?!\w)",
    re.IGNORECASE,
)
"""Any other time that is named behind such a rate is its own."""
_OF_PLAN = re.compile(
    r"\s*(?:đồng )?(?:(?:của|trong|theo|mà) )*"
    r"(?:kịch bản|kế hoạch|chỉ tiêu|mục tiêu|nghị quyết|dự toán|(?:đã )?(?:đề|đặt) ra"
    r"|(?:\S+ ){0,4}giao)(?!\w)",
    re.IGNORECASE,
)


def _mark(clause: Clause, own: Meant, told: Sequence[tuple[Clause, Meant]]) -> Meant:
    """What was above or below it is measured as it is: "5,2%, cao hơn mức 4,9% của cùng kỳ"."""
    last = _compared_with(clause, told) or own
    pace = _MARK.search(clause.left)
    if pace is None or not pace["pace"]:
        own = replace(own, measure=last.measure, metric=last.metric, sign=1)
    if _OF_PLAN.match(clause.tail):
        return replace(own, basis=None, scenario="plan")
    named = _SAME_OF_YEAR.match(clause.tail)
    year = int(named[1]) if named and named[1] else None
    return replace(own, basis=None, scenario="actual", earlier=named is not None, base_year=year)


def _compared_with(clause: Clause, told: Sequence[tuple[Clause, Meant]]) -> Meant | None:
    """The figure that is above or below it, and not by how much that changed: "18%, giảm 1%"."""
    for before, meant in reversed(told):
        if before.quantity.unit != clause.quantity.unit:
            return None
        if meant.own or meant.measure not in {"growth", "change"}:
            return meant
    return told[-1][1] if told else None


def is_mark(clause: Clause) -> bool:
    """Is a figure what another was above or below: "tăng 13,4%, cao hơn mức tăng 9,1% cùng kỳ"?"""
    return _MARK.search(clause.left) is not None


def of_marks(found: Sequence[Clause], mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The times behind such figures, which no later one is of: "thấp hơn mức 14% của năm 2021"."""
    marks = [clause for clause in found if is_mark(clause)]
    return [m for m in mentions if any(c.quantity.end <= m.start < c.end for c in marks)]


def difference(clause: Clause, own: Meant, told: Sequence[tuple[Clause, Meant]]) -> Meant | None:
    """By how much a rate changed an amount, in its bracket: "giảm 4,1% (1.244 người)".

    The bracket may hold the earlier amount as well; the amount told before says which.
    """
    changed, rate = told[-1] if told else (clause, own)
    unit = clause.quantity.unit
    if not clause.bracketed or rate.measure != "growth" or unit in RATES:
        return None
    now = next(
        (c for c, m in reversed(told) if m.measure == "level" and c.quantity.unit == unit), None
    )
    grown = 100 + rate.sign * abs(changed.quantity.value)
    if now is None or grown <= 0:
        return None
    before = now.quantity.value * 100 / grown
    by, value = abs(now.quantity.value - before), abs(clause.quantity.value)
    if abs(value - by) * _NEAR > by or abs(value - by) >= abs(value - before):
        return None
    return replace(rate, measure="change", label=own.label, own=False)


_NEAR = 5
"""Rates and amounts are rounded, and counted on different days: within a fifth of it."""
_BELOW = re.compile(
    r"\b(?:cao|thấp) hơn (?:so với |mức |của )*"
    r"(?:cùng kỳ(?: (?:của )?(?:năm )?(?P<year>(?:19|20)\d\d))?|năm (?:trước|ngoái))"
    r"[^();,\d]{0,24}\(\s*$",
    re.IGNORECASE,
)
"""The rate of the year before stands behind its name: "thấp hơn cùng kỳ năm trước (52,1%)"."""
_THE_SAME = re.compile(
    r"\bso (?:với )?cùng (?:kỳ|thời điểm)(?: (?:của )?năm (?:trước|ngoái|(\d{4})))?\s*$",
    re.IGNORECASE,
)
"""Behind an amount in its own bracket: "số tử vong (42 ca) so với cùng kỳ năm 2021 (7 ca)"."""


def _named_year(change: Meant) -> str:
    return change.basis or "" if (change.basis or "").startswith("năm ") else ""


def _is_rate(clause: Clause, meant: Meant) -> bool:
    rate = clause.quantity.unit in RATES and meant.measure in {"share", "growth"}
    return rate and meant.scenario != "plan" and not meant.earlier


def _adds_up(clause: Clause, reached: Clause, changed: Clause, sign: int) -> bool:
    """Is what was reached the earlier rate and the change, in the print's own places?"""
    figures = (clause.quantity, reached.quantity, changed.quantity)
    doubt = sum((f.rounding for f in figures), Decimal(0))
    before = reached.quantity.value - sign * abs(changed.quantity.value)
    return abs(before - clause.quantity.value) <= doubt


_TERM = sought(r"\b(?:nhiệm kỳ|giai đoạn)\b|\b(?:\d+|năm|mười) năm qua\b")


def starts_earlier(
    found: Sequence[Clause], seen: Sequence[Observation], heard: str
) -> list[Observation]:
    """The figures with the starts of a year's changes in the year before.

    Behind the years of a term, told in what was `heard`, nobody knows when a change started.
    """
    told = list(seen)
    of_term = len(found) > 1 and _TERM.search(heard) is not None
    for i, (clause, after) in enumerate(pairwise(found)):
        period = told[i].period
        if not is_start(clause, after):
            continue
        if _before_the_goal(told[i], told[i + 1]):
            told[i] = replace(told[i], scenario="actual")
        if period != told[i + 1].period:
            continue
        grew = i > 0 and _grew_by(told[i - 1 : i + 2])
        if grew or _is_annual(period):
            before = None if of_term and not grew else year_before(period, None)
            flags = (*told[i].flags, "period_carried")
            # Where a target starts from is no target: "phấn đấu giảm từ 5,15% xuống dưới 4%".
            told[i] = replace(told[i], period=before, scenario="actual", flags=flags)
    return told


def _grew_by(three: Sequence[Observation]) -> bool:
    """Is it what grew in a year's months: "9 tháng tăng 97% (từ 8,86 lên 17,5 triệu tấn)"?"""
    rate, start, end = three
    year = rate.basis in YEAR_BEFORE or (rate.basis is None and _is_told_span(start.period))
    if not year or rate.measure != "growth" or not start.figure.value:
        return False
    values = rate.figure.value, start.figure.value, end.figure.value
    if None in values or start.figure.unit != end.figure.unit:
        return False
    least, most = _between(start.figure, end.figure)
    return least - _ABOUT <= (rate.figure.value or 0) <= most + _ABOUT


def _between(start: Figure, end: Figure) -> tuple[Decimal, Decimal]:
    """The least and the most that one grew to the other, as they are rounded."""
    begun, reached = abs(start.value or Decimal(1)), abs(end.value or Decimal(0))
    least = (reached - end.rounding) / (begun + start.rounding)
    most = (reached + end.rounding) / max(begun - start.rounding, begun / 2)
    return 100 * least - 100, 100 * most - 100


_ABOUT = 3
"""Points of a percent by which a rate may miss what its rounded amounts give."""


def _is_told_span(period: Period | None) -> bool:
    told = period is not None and period.source not in {"document", "publication"}
    return told and period is not None and period.basis == "cumulative"


def _before_the_goal(start: Observation, goal: Observation) -> bool:
    """Is what a goal starts from of an earlier year: "từ 10% năm 2020 xuống còn 6%"?"""
    then, ahead = start.period, goal.period
    aimed = start.scenario == goal.scenario == "plan"
    return aimed and then is not None and ahead is not None and then.year < ahead.year


def _is_annual(period: Period | None) -> bool:
    if period is None or period.source in {"document", "publication"}:
        return False
    year_end = period.end == date(period.year, 12, 31)
    return period.code == str(period.year) or (period.basis == "stock" and year_end)
