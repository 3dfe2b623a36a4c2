"""The code that the rules by slots give a statement: the scheme, what is counted, the base."""

from __future__ import annotations

import re

from normalizers.measures import RATES
from normalizers.metrics import (
    INSURANCE,
    MetricMatch,
    match_phrase,
    without_agencies,
    without_base,
)
from normalizers.sentences.naming.words import Words
from normalizers.spelling import contains_any


def slotted(said: Words, unit: str, *, insurance: bool) -> MetricMatch | None:
    """The slots on the words after the figure, then the last statement, then the whole clause."""
    near = f"{said.near} {said.bare_tail}"
    channel = match_phrase(near, said.noun, unit, insurance=insurance)
    if channel is None or not channel.measure:
        through = f"{said.bare_left} {said.bare_tail}" if _THROUGH.match(said.bare_left) else near
        channel = match_phrase(through, said.noun, unit, insurance=insurance)
    if channel is not None and channel.measure:
        return channel
    phrases = [phrase for tail in _tails(said) for phrase in _with_tail(said, tail, unit)]
    for phrase in (*phrases, said.phrase):
        found = match_phrase(phrase, said.noun, unit, insurance=insurance)
        if found is not None:
            return found
    return None


def _tails(said: Words) -> tuple[str, ...]:
    """What follows the figure: of its own statement, then all of it."""
    return (said.stated, said.bare_tail) if said.stated else (said.bare_tail,)


def _with_tail(said: Words, tail: str, unit: str) -> tuple[str, ...]:
    """The words behind a figure by themselves, where they name a scheme, then the statement."""
    after = without_agencies(tail)
    if unit in RATES:
        after = without_base(after)
    paid = contains_any(said.near, _PAID_BACK)
    paid = paid or (contains_any(said.near, _COLLECTED) and contains_any(after, _OWED))
    scheme = not paid and not INSURANCE.isdisjoint(after.split())
    whole = f"{said.near} {tail}"
    return (after, whole) if scheme and not contains_any(said.near, _LEADS) else (whole,)


_THROUGH = re.compile(r"(?:thông )?qua (?!đó|đây)")
_LEADS = (
    *("diện bắt buộc", "diện tự nguyện", "nhóm bắt buộc", "nhóm tự nguyện", "loại hình"),
    *("mời", "tham dự", "dự hội nghị", "đến dự"),
)
"""Whose kind is told in front of an amount: "diện bắt buộc có 28.640 người đóng BHXH"."""
_COLLECTED, _OWED = ("thu được", "đã thu", "thu về"), ("nợ", "nợ đọng", "chậm đóng")
_PAID_BACK = ("thu hồi", "thu hồi được", "khắc phục", "nộp", "nộp khắc phục", "truy thu")
