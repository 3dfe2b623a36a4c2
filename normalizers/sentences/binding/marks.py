"""The amount in the bracket behind what a figure is compared with.

"đạt 59.177 người so với cùng kỳ năm 2019 (55.317 người)" holds that year's amount, "bằng 13,57% so
với lực lượng lao động (436.210 người)" the whole. By how much a figure was above it ("cao hơn so
với năm 2019 (1,2%)") is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.measures import RATES, YEAR_BEFORE, basis_of
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant, counts_in
from normalizers.sentences.naming.words import says
from normalizers.spelling import canonical
from solieu.quick import replace

_COMPARED = re.compile(
    r"(?<!\S)so (?:với|sánh với|cùng) (?:(?!tăng|giảm|cao|thấp|vượt)\S+ ?){1,8}$"
)
_MOVED = re.compile(
    r"(?<!\S)(?:tăng|giảm|vượt|(?:cao|thấp|nhiều|ít) hơn(?! (?:rất |khá )?(?:nhiều|xa|hẳn) so))"
    r"(?: \S+){0,3} so "
)
"""A move whose size the bracket may tell, and no "thấp hơn nhiều so với năm 2019 (226 triệu)"."""
_WHOLES = {"labour_force": "labour_force", "population": "average_population"}
_SAME = 20
"""What is told anew, exactly, is within a twentieth of it."""
_FAR = 5
"""An amount of the year before is within this factor of that of now."""


def told_exactly(clause: Clause, own: Meant, told: Sequence[tuple[Clause, Meant]]) -> Meant | None:
    """The same change without rounding: "giảm khoảng 71.000 tỷ đồng (71.337 tỷ đồng)"."""
    outside, _, inside = clause.left.rpartition("(")
    if not told or not clause.bracketed or says(canonical(inside)) or outside.strip(" ,"):
        return None
    rounded, last = told[-1][0].quantity, told[-1][1]
    if last.measure != "change" or rounded.unit != clause.quantity.unit or rounded.unit in RATES:
        return None
    beyond = abs(abs(clause.quantity.value) - abs(rounded.value))
    same = beyond * _SAME <= abs(rounded.value)
    return replace(last, label=own.label, own=False) if same else None


_SAME_TIME = re.compile(
    r"\s*\(\s*(?:so )?cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?(?: (?:là|đạt|bằng))?\s*", re.IGNORECASE
)


def completed_then(clause: Clause, told: Sequence[tuple[Clause, Meant]]) -> Meant | None:
    """How far the plan had come a year before: "đạt 27,1% kế hoạch (cùng kỳ 24,9%)"."""
    rate = clause.quantity.unit in RATES and _SAME_TIME.fullmatch(clause.left) is not None
    if not (rate and told) or canonical(clause.tail) or told[-1][1].measure != "plan_completion":
        return None
    return replace(told[-1][1], own=False, scenario=None)


def in_bracket(clause: Clause, own: Meant, told: Sequence[tuple[Clause, Meant]]) -> Meant | None:
    """The meaning of such an amount; None where the figure is none."""
    outside, _, inside = clause.left.rpartition("(")
    amount = clause.quantity.kind == "amount" and clause.quantity.unit not in RATES
    amount = amount and not clause.signed
    if not (amount and clause.bracketed and told) or says(canonical(inside)):
        return None
    if _BY_HOW_MUCH.match(canonical(inside)):
        return None
    ahead = canonical(outside.strip(" ,;")) or canonical(told[-1][0].tail)
    if _COMPARED.search(ahead) is None or _MOVED.search(ahead):
        return None
    return _of_before(clause, own, ahead, told) or _whole(clause, own, told[-1][1])


_BY_HOW_MUCH = re.compile(r"(?:tăng|giảm)(?!\S)(?! từ)")
"""And not from where: "tăng 51% so với cùng kỳ (tăng 221 nghìn tấn)"."""


def _of_before(
    clause: Clause, own: Meant, ahead: str, told: Sequence[tuple[Clause, Meant]]
) -> Meant | None:
    """The amount of the time that a level is compared with."""
    basis, year = basis_of(ahead)
    if basis not in YEAR_BEFORE and not (basis or "").startswith("năm "):
        return None
    now = next((m for c, m in reversed(told) if m.measure == "level" and _alike(c, clause)), None)
    if now is None:
        return None
    kept = replace(now, label=own.label, own=False, earlier=True, scenario="actual")
    return replace(kept, basis=None, base_year=year)


def _alike(one: Clause, two: Clause) -> bool:
    a, b = abs(one.quantity.value), abs(two.quantity.value)
    return one.quantity.unit == two.quantity.unit and a <= _FAR * b and b <= _FAR * a


def _whole(clause: Clause, own: Meant, share: Meant) -> Meant | None:
    """What a rate is a share of: the labour force, the population."""
    whole = _WHOLES.get(share.basis or "") if share.measure == "share" else None
    if whole is None or not counts_in(whole, clause.quantity.unit):
        return None
    return Meant(whole, own.label, "level", topic=own.topic, own=False)
