"""What stands in front of a row (A, I, 1, 1.1, -) says how deep it lies."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOTAL, HEADING, LETTER, ROMAN, PLAIN, NUMBER, DOTTED, SMALL, DASH, PLUS = range(10)
"""Outer to inner: what stands in front of a row says how deep it lies."""
_KINDS = (
    (re.compile(r"[IVXLC]+"), ROMAN),
    (re.compile(r"[A-ZĐ]{1,3}"), LETTER),
    (re.compile(r"\d+"), NUMBER),
    (re.compile(r"\d+(?:\.\d+)+"), DOTTED),
    (re.compile(r"[-–—*•]"), DASH),
    (re.compile(r"\+"), PLUS),
)


def ordinal_kinds(ordinals: Sequence[str | None]) -> list[int | None]:
    """LETTER, ROMAN, NUMBER ... per row; whether I, V, X, C are letters, the sequence decides."""
    kinds: list[int | None] = []
    letter = roman = 0
    for position, ordinal in enumerate(ordinals):
        kind = _plain_kind(ordinal)
        if kind == ROMAN and ordinal is not None:
            number, place = _roman(ordinal), _LETTERS.find(ordinal) + 1
            follows = place == letter + 1 and letter > 0
            if follows and not (number == roman + 1 and not _next_is(ordinals, position, place)):
                kind = LETTER
        if kind == LETTER and ordinal is not None:
            letter, roman = _LETTERS.find(ordinal) + 1, 0
        elif kind == ROMAN and ordinal is not None:
            roman = _roman(ordinal)
        kinds.append(kind)
    return kinds


def _next_is(ordinals: Sequence[str | None], position: int, place: int) -> bool:
    """The next capital after this one is the next letter and no roman numeral."""
    for later in ordinals[position + 1 :]:
        if later is not None and _plain_kind(later) in {LETTER, ROMAN}:
            return place < len(_LETTERS) and later == _LETTERS[place] and later != "II"
    return False


def _plain_kind(ordinal: str | None) -> int | None:
    if not ordinal:
        return None
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(ordinal)), SMALL)


def _roman(text: str) -> int:
    total, last = 0, 0
    for letter in reversed(text):
        value = _ROMANS.get(letter, 0)
        total += value if value >= last else -value
        last = max(last, value)
    return total
