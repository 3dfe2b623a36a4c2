"""Numbers in running text that are no published figures: dates, references, prices, norms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from normalizers.quantities import Quantity
from normalizers.spelling import rows


@lru_cache(maxsize=1)
def _noise() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for row in rows("prose_noise.csv"):
        start = r"(?<!\w)" if row["where"] == "before" else ""
        pattern = re.compile(start + row["pattern"], re.IGNORECASE)
        found.setdefault(row["where"], []).append((pattern, row["reason"]))
    return found


def sentence_noise(sentence: str) -> str | None:
    """Why no number of this sentence is a figure, or None."""
    return next((why for p, why in _noise()["sentence"] if p.search(sentence)), None)


def noise(sentence: str, quantity: Quantity, taken: Iterable[tuple[int, int]]) -> str | None:
    """Why this number is no figure, or None; `taken` are the spans of dates and periods."""
    if quantity.kind == "ordinal_or_code":
        return "code"
    if any(start < quantity.end and quantity.start < end for start, end in taken):
        return "period"
    if _NEVER & set(quantity.flags):
        return next(iter(sorted(_NEVER & set(quantity.flags))))
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    return _around(before, after, rate=quantity.unit == "percent") or _bare(before, after, quantity)


_NEVER = frozenset({"norm", "price"})


def _around(before: str, after: str, *, rate: bool) -> str | None:
    near = before[-120:]
    for pattern, why in _noise()["before"]:
        if (rate or why != "rate_of_benefit") and pattern.search(near):
            return why
    for pattern, why in _noise()["after"]:
        if pattern.search(after[:60]):
            return why
    left = re.split(r"[;]", near)[-1]
    return next((why for p, why in _noise()["left"] if p.search(left)), None)


_SAID = re.compile(
    r"(?:[:(]|\b(?:là|đạt|có|được|còn|gồm|với|hơn|gần|khoảng|trên|tăng|giảm|ước)\s*)\s*$",
    re.IGNORECASE,
)
_PLAN_NEXT = re.compile(r"^\s*(?:so với\s+)?(?:KH|kế hoạch|chỉ tiêu|dự toán)\b", re.IGNORECASE)


def _bare(before: str, after: str, quantity: Quantity) -> str | None:
    """A number without unit or noun is a figure only where the words before it announce one."""
    if quantity.unit not in {"", "count"} or quantity.noun:
        return None
    if _PLAN_NEXT.match(after):
        return None
    follows = re.match(r"\s*\(?[^\W\d_]{2,}", after)
    if follows or _SAID.search(before):
        return None
    return "bare number"
