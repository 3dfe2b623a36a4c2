"""The value of a plan in the bracket behind its name.

"đạt 98% kế hoạch (1.200 tỷ đồng)", "thấp hơn 0,4% so với chỉ tiêu tỉnh giao (35,5%)". What a
bracket says itself ("kế hoạch giao (tăng 5%)") is no plan, nor is by how much it was exceeded
("vượt kế hoạch (2,9%)").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalizers.measures import PLAN_BASES, RATES
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant, counts_in
from normalizers.sentences.naming.words import Words
from normalizers.spelling import canonical
from solieu.model import Measure

_PLAN = (
    r"(?<!\S)(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết"
    r"|mức(?= phấn đấu(?!\S)| (?:\S+ ){0,4}giao(?!\S)))"
)
_NAMED = re.compile(
    _PLAN + r"(?: (?!tăng|giảm|cùng|nhưng|còn|trong đó|tiếp|xếp|đứng|cao|thấp)\S+){0,12}$"
)
_DECREE = re.compile(
    r" (?:(?:nêu |ghi )?(?:tại|theo|trong|ở) )?"
    r"(?:quyết định|nghị quyết|công văn|văn bản|chỉ thị|kế hoạch) số .*$"
)
"""Where it was given: "chỉ tiêu Chính phủ giao tại Quyết định số 546/QĐ-TTg ngày 29/4/2022"."""
_MET = re.compile(
    r"(?<!\S)(?:vượt|đạt|hoàn thành|bằng|dưới|(?:cao|thấp) hơn|so với)(?: \S+){0,4}? " + _PLAN
)
"""What a result did with its plan, behind a comma: ", vượt kế hoạch năm (12.000 người)"."""
_HOW_NEAR = frozenset({"là", "gần", "hơn", "trên", "khoảng"})
_IS = re.compile(r"\s*là\b")
"""Without a bracket: "tăng 5% so với kế hoạch đề ra là 4.000 tỷ đồng"."""
_STROKE = re.compile(r"\s*/\s*(?:kế hoạch|KH|chỉ tiêu|mục tiêu|kịch bản)(?!\w)", re.IGNORECASE)
"""What was reached and the plan of it: "đạt 96,1%/kế hoạch 97%"."""
_FAR = 2
"""A plan is within this factor of what was reached; by how much it was exceeded is not."""


def is_plan_value(
    clause: Clause, said: Words, before: Words, told: Sequence[tuple[Clause, Meant]]
) -> bool:
    """Is the figure the value of a plan that is named right before it?"""
    behind = _with_plan(clause) or _STROKE.match(clause.left) or _MEASURED_BY.search(clause.left)
    if behind or _rate_of_goal(clause, told):
        return clause.quantity.unit == told[-1][0].quantity.unit
    if said.left and _ALREADY_NAMED.search(before.tail) and set(said.left.split()) <= _FALL:
        return told[-1][1].basis in PLAN_BASES
    if _labelled(clause, *told[-1]) or _given(clause, told[-1][1]):
        return True
    outside, _, inside = clause.left.rpartition("(")
    stated = clause.bracketed or _IS.match(inside) is not None or not clause.left.strip()
    bare = stated and set(canonical(inside).split()) <= _HOW_NEAR
    unit = _MAGNITUDE.sub("", canonical(clause.quantity.unit_text or ""))
    counted = said.tail in {"", "năm", unit} or _OF_UNIT.fullmatch(said.tail.removeprefix(unit))
    if not (bare and counted) or clause.quantity.kind == "fraction":
        return False
    ahead = _DECREE.sub("", canonical(outside))
    if not ahead:
        named = _NAMED.search(_DECREE.sub("", before.tail)) is not None
        return named and _measured_by_plan(clause, *told[-1])
    met = _MET.search(ahead) is not None and _NAMED.search(ahead) is not None
    return met and _comparable(clause, told)


_MAGNITUDE = re.compile(r"^(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ) (?!đồng)")
"""Read with the number: "đạt 51% kế hoạch (1.285 nghìn tấn)"."""
_MEASURED_BY = re.compile(
    r"\bso với (?:mục tiêu|kế hoạch|chỉ tiêu|dự toán)(?: (?:là|hơn|gần|khoảng|trên))*\s*$",
    re.IGNORECASE,
)
"""As in "mới phát triển được hơn 80.000 người so với mục tiêu 105.000 người"."""
_ALREADY_NAMED = re.compile(_PLAN + r"(?: (?!giảm|tăng)\S+){0,6} là$")
_FALL = frozenset({"giảm", "tăng", "ít", "nhất", "tối", "thiểu", "từ", "trên", "hơn", "thêm"})
"""By how much it was to be moved: "đạt 111,5% kế hoạch đề ra là giảm ít nhất 4%/năm"."""


def _with_plan(clause: Clause) -> bool:
    """A plan between "so với" and its name: "giảm 3% so với 1,8% kế hoạch giao"."""
    if _BESIDE.search(canonical(clause.left)) is None:
        return False
    return names_plan(clause.tail) or _HANDED.match(canonical(clause.tail)) is not None


_OFF = re.compile(r"\b(?:(?:cao|thấp|nhiều|ít) hơn|hụt|vượt|kém|thiếu)\s*$", re.IGNORECASE)


def is_off_plan(clause: Clause, plan: Clause) -> bool:
    """Is it by how far the plan behind was missed: "thấp hơn 0,5% so với mức 31,7% được giao"?"""
    return _OFF.search(clause.left) is not None and _with_plan(plan)


def off_plan(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """What was missed by is measured against the plan whose value stands behind it."""
    behind = [clause for clause, _ in found[1:]]
    told = [
        (c, replace(m, basis="plan") if m.basis is None and is_off_plan(c, plan) else m)
        for (c, m), plan in zip(found, behind, strict=False)
    ]
    return [*told, *found[-1:]]


_HANDED = re.compile(
    r"(?:mà )?(?:(?!hiện|đã|cùng|năm)[^\W\d]+ ){0,6}(?:được |đã )?(?:giao|đề ra|đặt ra)(?!\S)"
)
"""Who gave it: "so với mức 35,5% mà UBND tỉnh giao", "so với 35,5% được giao"."""
_BESIDE = re.compile(r"^với(?: (?:mức|con số|tỷ lệ))?$|(?<!\S)so với(?: (?:mức|con số|tỷ lệ))?$")


_OF_UNIT = re.compile(r"(?: [a-zà-ỹđ]+){1,2}")
"""What the plan counts may be said again: "đạt 86% so mục tiêu (600 nghìn m3 gỗ)"."""
_GOAL = re.compile(r"\b(?:chỉ tiêu|kế hoạch|mục tiêu|nghị quyết|NQ|KH|giao)\b", re.IGNORECASE)


def _rate_of_goal(clause: Clause, told: Sequence[tuple[Clause, Meant]]) -> bool:
    """The rate behind a stroke, where goals are told: "chỉ tiêu chưa đạt: … (58,2%/60%)"."""
    stroke = clause.left.strip() == "/" and clause.quantity.unit in RATES
    return stroke and any(_GOAL.search(before.left) for before, _ in told)


_GROWTH = r"(?:KBTT|kịch bản tăng trưởng)(?!\w)"
_LABEL = re.compile(
    r"\s*\((?:theo )?"
    rf"(?:(?:kế hoạch|KH|chỉ tiêu|mục tiêu|dự toán|kịch bản|nghị quyết|NQ)(?!\w)"
    rf"|{_GROWTH}(?: \([A-ZĐ]+\))?)"
    r"(?: (?:năm(?: \d{4})?|cả năm|đề ra|đặt ra|đã|được|giao|tỉnh|là|số \S+))*\s*:?\s*"
    r"(?:(?:dưới|trên|hơn|từ|đạt|còn|khoảng|ít nhất|tối thiểu|tối đa|không quá)\s+)*",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\s*[(;]\s*(?:(?:số|dự toán|kế hoạch|chỉ tiêu) )?(?:do )?"
    r"(?:Trung ương|TW|Quốc hội|(?:Thủ tướng )?Chính phủ|Thủ tướng|Bộ Tài chính|BHXH Việt Nam"
    r"|cấp trên|(?:HĐND |UBND )?(?:tỉnh|thành phố|huyện|xã|phường)) giao(?: là)?\s*:?\s*",
    re.IGNORECASE,
)
"""Who gave it: "85% dự toán tỉnh giao (số Trung ương giao: 13.398 tỷ; số tỉnh giao 16.310 tỷ)"."""
_OF_GROWTH = re.compile(rf"\s*\((?:theo )?{_GROWTH}", re.IGNORECASE)


def _labelled(clause: Clause, measured: Clause, last: Meant) -> bool:
    """Is it the plan of the figure before its bracket: "tăng 7,18% (kế hoạch đề ra 8%)"?"""
    alike = clause.quantity.unit == measured.quantity.unit in RATES
    kept = last.measure in {"growth", "share"} and last.basis not in PLAN_BASES
    kept = kept or last.measure == "plan_completion"
    return alike and kept and _LABEL.fullmatch(clause.left) is not None


def _given(clause: Clause, last: Meant) -> bool:
    """Is it what was given, in the bracket behind a part of it or behind another one?"""
    amount = clause.quantity.unit not in RATES
    told = last.basis in PLAN_BASES or last.scenario == "plan"
    return amount and told and _GIVEN.fullmatch(clause.left) is not None


def of_growth(clause: Clause) -> bool:
    """Does a bracket name a scenario of growth: "dịch vụ ước đạt 7,22% (KBTT: 8,16%)"?"""
    return _OF_GROWTH.match(clause.left) is not None


_BEHIND = re.compile(r"(?:\w+ )?(?:kh|kế hoạch|chỉ tiêu|dự toán|nghị quyết)(?!\w)")


def names_plan(tail: str) -> bool:
    """Is what stands behind the stroke a plan: "15.530 ha/22.366 ha KH"?"""
    return _BEHIND.match(canonical(tail)) is not None


def _measured_by_plan(clause: Clause, measured: Clause, last: Meant) -> bool:
    """Does the figure before the bracket say how much of the plan, or how far from it?"""
    rate = clause.quantity.unit in RATES and measured.quantity.unit != "percentage_point"
    if last.measure == "share":
        return rate
    return last.basis in PLAN_BASES and not (rate and last.measure == "change")


def _comparable(clause: Clause, told: Sequence[tuple[Clause, Meant]]) -> bool:
    """Is it near what was reached: the last figure, or the last level before a change?"""
    changed = told[-1][1].measure in {"change", "growth"}
    if told[-1][1].measure == "plan_completion":
        return False
    levels = (c for c, m in reversed(told) if m.measure == "level" and not m.earlier)
    last = next(levels, told[-1][0]) if changed else told[-1][0]
    if last.quantity.unit != clause.quantity.unit:
        last = told[-1][0]  # "đạt 44 nghìn tỷ đồng, tăng 11%, vượt kế hoạch (8,6%)"
    return _is_near(clause, last)


def _is_near(clause: Clause, last: Clause) -> bool:
    one, two = clause.quantity, last.quantity
    if one.unit != two.unit:
        return False
    return abs(two.value) <= _FAR * abs(one.value) and abs(one.value) <= _FAR * abs(two.value)


def plan_value(clause: Clause, own: Meant, told: Sequence[tuple[Clause, Meant]]) -> Meant:
    """What the plan is of: what was measured by it, as it was measured itself."""
    last, unit = told[-1][1], clause.quantity.unit
    if len(told) > 1 and is_off_plan(told[-1][0], clause):
        told = told[:-1]  # by how far it was missed
        last = told[-1][1]
    reached = next((m for _, m in reversed(told) if m.basis not in PLAN_BASES), last)
    planned = replace(last, basis=None, label=own.label, own=False, sign=1, scenario="plan")
    if unit in RATES:
        growth = reached.measure == "growth"
        sign = reached.sign if growth or _LABEL.fullmatch(clause.left) else 1
        measure: Measure = "growth" if growth else "share"
        basis = None if reached.basis in PLAN_BASES else reached.basis
        return replace(planned, measure=measure, basis=basis, sign=sign)
    kept = next((m for m in (last, reached) if counts_in(m.metric, unit)), None)
    return replace(planned, measure="level", metric=kept.metric if kept else None)


_CLOSE = 0.6
"""How far a rate may be from what its two numbers give: they are rounded."""


def behind_strokes(found: Sequence[Clause], bound: Sequence[Meant]) -> list[Meant]:
    """The plans behind strokes: "ngô 14.662,5 ha/15.000 ha, đạt 97,8% kế hoạch".

    What else stands behind one in that sentence is a plan, too, though no rate is told of it.
    """
    behind = [i for i in range(1, len(found)) if _is_behind(found[i], found[i - 1])]
    told = list(bound)
    if any(_is_reached(found[i - 1 : i + 2], bound[i + 1 : i + 2]) for i in behind):
        for i in behind:
            told[i] = replace(told[i - 1], label=told[i].label, own=False, scenario="plan")
    return told


def _is_behind(clause: Clause, before: Clause) -> bool:
    plan, done = clause.quantity, before.quantity
    return clause.left.strip() == "/" and done.unit == plan.unit and bool(plan.value)


def _is_reached(three: Sequence[Clause], rate: Sequence[Meant]) -> bool:
    """Is the rate behind two numbers what the first is of the second?"""
    if not rate or rate[0].measure != "plan_completion":
        return False
    done, plan, told = (clause.quantity for clause in three)
    near = abs(100 * done.value / plan.value - told.value) < _CLOSE
    return told.unit == "percent" and near
