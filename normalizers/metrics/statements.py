"""What a statement with one figure measures."""

from __future__ import annotations

import re

from normalizers.measures import measured
from normalizers.metrics.dictionary import vocabulary
from normalizers.metrics.matches import MetricMatch
from normalizers.metrics.slots import match_phrase
from normalizers.spelling import canonical

_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*(?:/\d+)?\s*(%)?")
_YEAR = re.compile(r"năm \d{4}|\d{1,2}/\d{4}")
_MAGNITUDE = re.compile(r"^(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)*(đồng|đ\b|vnđ|vnd)?")


def match_prose(text: str) -> MetricMatch | None:
    """What a statement with one figure measures; None where the vocabulary has no code for it.

    >>> match_prose("đạt 94,57% KH giao").measure
    'plan_completion'
    """
    number = _NUMBER.search(_YEAR.sub(lambda m: "x" * len(m.group()), text))
    if number is None:
        return vocabulary().longest(canonical(text))
    left, right = text[: number.start()], text[number.end() :]
    unit, noun, tail = _counted(right, percent=number.group(1) is not None)
    how = measured(canonical(left), canonical(tail), unit)
    if how.measure == "plan_completion":
        unit = "percent"
    match = match_phrase(f"{left} {tail}", noun, unit, insurance=True)
    metric = match.metric if match else None
    if metric is None and how.measure == "share" and how.basis == "labour_force":
        metric = "social_insurance_participants"
    measure = how.measure if how.measure != "level" else match.measure if match else None
    if metric is None and measure is None:
        return None
    return MetricMatch(metric, unit, measure, None, how.basis or (match.basis if match else None))


def _counted(right: str, *, percent: bool) -> tuple[str, str, str]:
    """Unit, counted noun and the words after a number."""
    words = right.strip()
    if percent:
        return "percent", "", words
    money = _MAGNITUDE.match(words)
    rest = words[money.end() :].strip() if money else words
    if money and money.group(1):
        return "VND", "", rest
    return "", rest, rest
