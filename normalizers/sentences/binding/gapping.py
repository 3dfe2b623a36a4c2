"""The verb that a list says once: "tôm ước đạt 19 triệu USD (tăng 5%); dệt may 66 triệu USD"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.words import says
from normalizers.spelling import canonical, words
from solieu.model import Observation
from solieu.quick import replace


def with_verb_of_first(found: Sequence[Clause], seen: Sequence[Observation]) -> list[Observation]:
    """What the first of a list says of itself, an estimate, holds for those without a verb."""
    told, first, shared = list(seen), -1, False
    for i, (clause, observed) in enumerate(zip(found, seen, strict=True)):
        of_another_plan = observed.measure == "plan_completion" and _AND.match(clause.left)
        if _NEXT.match(clause.left) and not of_another_plan:
            alike = first >= 0 and _alike(clause, found[first])
            shared = alike and told[first].scenario == "estimate" and _without_verb(clause.left)
        elif not _of_the_same(observed):
            shared = False
        if shared and observed.scenario == "actual":
            told[i] = replace(observed, scenario="estimate")
        if observed.measure == "level" and not clause.bracketed:
            first = i
    return told


def _alike(clause: Clause, first: Clause) -> bool:
    """Do both count in one unit, or begin alike: "vận tải hành khách …; vận tải hàng hóa …"?

    What was grown, made or sold may be weighed in several: "gỗ ước 12.540 m3; củi 61.200 ste".
    """
    brought = {clause.quantity.unit, first.quantity.unit} <= _OUTPUT
    if brought and _NAMED.fullmatch(clause.left):
        return True
    heads = [canonical(c.left).split()[:2] for c in (clause, first)]
    return clause.quantity.unit == first.quantity.unit or heads[0] == heads[1]


_OUTPUT = frozenset({
    "hectare", "tonne", "quintal", "cubic_metre", "stere", "kilowatt_hour", "VND", "USD", "visit",
    "passenger_kilometre", "tonne_kilometre",
})  # fmt: skip
_NAMED = re.compile(r"; (?:[^\W\d]+ ){1,5}")
_NEXT = re.compile(r"\s*(?:[;)…]|\.{3})*\s*(?:;|,(?!\s*(?:tăng|giảm|bằng|đạt|vượt)\b)|và\b)")
"""What parts the items of a list."""


def _of_the_same(observed: Observation) -> bool:
    """Is it what the item before grew by, or reached of its plan?"""
    return observed.measure in {"growth", "change", "plan_completion"}


_AND = re.compile(r"\s*và\b")
"""As in "bằng 86% DT tỉnh giao và 79% DT thành phố giao"."""


def _without_verb(left: str) -> bool:
    plain = canonical(left)
    return bool(says(plain)) and _verbs().search(_AS_NOUN.sub("", plain)) is None


_AS_NOUN = re.compile(r"^(?:[;,…) ]|và )*(?:(?:tổng )?(?:thu|chi) ngân sách|huy động vốn)\b")
"""A title that is no verb at the head of an item: "; thu ngân sách 1.987 tỷ đồng"."""


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    """What a statement of its own holds."""
    roles = ("predicate", "result", "target", "estimate", "outlook")
    verbs = _MORE.union(*(words(role) for role in roles))
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(verbs, key=len, reverse=True))})(?!\w)")


_MORE = frozenset(("được", "thu", "chi", "đón", "nộp", "tạo", "thực hiện", "trồng", "gieo", "cấp"))


_MOVES = re.compile(r"\s*,\s*(?:tăng|giảm)(?: (?:khoảng|hơn|gần|trên))?\s*", re.IGNORECASE)


def above_goals(
    found: Sequence[Clause], bound: Sequence[Meant], seen: Sequence[Observation]
) -> list[Observation]:
    """By how much a goal is above what was estimated: "ước 24 tỷ; dự toán 26 tỷ đồng, tăng 8%"."""
    told = list(seen)
    for i, (clause, meant) in enumerate(zip(found[1:], bound[1:], strict=True), 1):
        moved = meant.measure in {"change", "growth"} and not meant.own
        aimed = told[i - 1].scenario == "plan" and bound[i - 1].scenario is None
        if aimed and moved and told[i].scenario == "estimate" and _MOVES.fullmatch(clause.left):
            told[i] = replace(told[i], scenario="plan")
    return told
