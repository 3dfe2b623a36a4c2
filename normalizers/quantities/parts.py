"""Numerals of a sentence with the unit that follows each, and how its readings weigh in its light.

"5,792 người" is 5792 because nobody counts thousandths of a person; "47,322 tỷ" is most likely a
decimal; what is left open stays open.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from normalizers.quantities.not_figures import Span, spans
from normalizers.quantities.number_words import find_number_words
from normalizers.units import ONE, UnitMatch, unit_at
from solieu.numerals import PRIOR, NumberReading, Numeral, find_numerals, plain_marks
from solieu.quick import replace

Readings = tuple[NumberReading, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A numeral, its readings as its unit weighs them, and that unit."""

    numeral: Numeral
    readings: Readings
    unit: UnitMatch | None
    end: int
    """Where the numeral, its footnote mark and its unit end."""

    @property
    def start(self) -> int:
        return self.numeral.start

    @property
    def kind(self) -> str:
        return self.unit.kind if self.unit else ""

    @property
    def magnitude(self) -> Decimal:
        return self.unit.magnitude if self.unit else ONE

    @property
    def factor(self) -> Decimal:
        """The magnitude, also where it is half of the word for the money: "412 trđ"."""
        if self.unit is None or self.kind != "currency":
            return self.magnitude
        return self.unit.unit.multiplier

    @property
    def bare(self) -> bool:
        """A plain whole number: what ordinals, years and codes are printed as."""
        return self.numeral.raw.isdecimal()

    @property
    def value(self) -> Decimal:
        return self.readings[0].value if self.readings else Decimal(0)


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


DEFAULT_ODDS = _logit(PRIOR)
"""Log-odds that a dot groups thousands where a document says nothing about it."""


@lru_cache(maxsize=64)
def _odds(prior: float) -> float:
    return _logit(min(max(prior, 0.001), 0.999))


def _evidence(numerals: Sequence[Numeral]) -> float:
    """What decidable numerals say: positive where dots group, negative where commas do."""
    styles = [n.readings[0].number_format for n in numerals if len(n.readings) == 1]
    net = styles.count("dot_thousands") - styles.count("comma_thousands")
    return 0.8 * max(-3, min(3, net))


def _grouping_odds(unit: UnitMatch | None, *, dot: bool, vietnamese: float) -> float:
    """Log-odds that a mark before three digits groups thousands.

    Measured on published columns: three printed decimals are rare (1.1 against them where nothing
    else is known), percentages hardly ever reach thousands, and what is counted is whole.
    """
    kind = unit.kind if unit else ""
    if kind == "percent":
        # "tăng 1.100%" beside "28,3%": a writer of decimal commas groups with the dot here, too.
        told = max(0.0, vietnamese - DEFAULT_ODDS)
        return _logit(0.2) + told if dot else _logit(0.01)
    dong = kind == "currency" and unit is not None and unit.unit.code.startswith("VND")
    if (kind == "noun" or dong) and unit is not None and unit.unit.multiplier == 1:
        return _logit(0.99) if dot else _logit(0.93)
    if dot:
        return vietnamese
    scaled = unit is not None and unit.magnitude > 1
    return (1.5 if not scaled else 0.7) - vietnamese


def weighed(numeral: Numeral, unit: UnitMatch | None, vietnamese: float) -> Readings:
    """Its readings, best first; `vietnamese` is the log-odds of dots that group hereabouts."""
    if len(numeral.readings) != 2:
        return numeral.readings
    factor = sum(r.confidence for r in numeral.readings)
    decimal, grouped = sorted(numeral.readings, key=lambda r: -r.places)
    if _is_beyond(grouped, unit):
        return (replace(decimal, confidence=round(_CERTAIN * factor, 4)),)
    odds = _grouping_odds(unit, dot=grouped.number_format == "dot_thousands", vietnamese=vietnamese)
    p = 1 / (1 + math.exp(-odds))
    pair = (
        replace(grouped, confidence=round(p * factor, 4)),
        replace(decimal, confidence=round((1 - p) * factor, 4)),
    )
    return pair if p >= 0.5 else pair[::-1]


_MOST = {"person": 10**8 * 2, "household": 10**8, "organisation": 10**7}
"""More of them there are not in the country."""
_CERTAIN = 0.98
_CARRIED = ("hành khách", "hk", "khách")
"""Who travels is counted again each time."""


def _is_beyond(reading: NumberReading, unit: UnitMatch | None) -> bool:
    """Is it more than there can be: "14,551 triệu người" is no 14 thousand million people?"""
    if unit is None or unit.magnitude == 1 or unit.unit.text.endswith(_CARRIED):
        return False
    most = _MOST.get(unit.unit.code)
    return most is not None and reading.value * unit.unit.multiplier > most


def _masked(text: str, blocked: Sequence[Span]) -> str:
    """The text with everything in the spans blanked out, every character in its place."""
    pieces, at = [], 0
    for span in blocked:
        pieces += [text[at : span.start], "\x00" * (span.end - span.start)]
        at = span.end
    return "".join(pieces) + text[at:]


def _mark_end(text: str, numeral: Numeral) -> int:
    """Footnote marks stand between a numeral and its unit."""
    end = numeral.end
    while numeral.marks and end < len(text) and text[end] in "⁰¹²³⁴⁵⁶⁷⁸⁹*()0123456789":
        end += 1
    return end


_MEDALS = re.compile(
    r"(?:\d (?:tấm )?(?:vàng|bạc|HCV|HCB)\b[^.;()]{0,24}|\bhuy chương\b[^.;]{0,40})$", re.IGNORECASE
)
_FEW_MEDALS = 1000


def _unit_of(text: str, numeral: Numeral) -> UnitMatch | None:
    """The unit behind a numeral; "6 vàng, 4 bạc, 12 đồng" are medals and no dong."""
    unit = unit_at(text, _mark_end(text, numeral))
    if unit is None or unit.kind != "currency" or unit.unit.text.casefold() != "đồng":
        return unit
    few = bool(numeral.readings) and numeral.readings[0].value < _FEW_MEDALS
    medals = few and _MEDALS.search(text, max(0, numeral.start - _REACH), numeral.start)
    return None if medals else unit


_REACH = 60


def split(text: str, prior: float, decimal_comma: float) -> tuple[list[Part], list[Span], str]:
    """The numerals with units, the spans that hold no figure, and the text with plain marks."""
    plain = plain_marks(text)
    blocked = spans(plain)
    free = _masked(plain, blocked)
    numerals = find_numerals(free) + find_number_words(free)
    numerals.sort(key=lambda n: n.start)
    units = [_unit_of(free, n) for n in numerals]
    dots = _odds(prior) + _evidence(numerals)
    # "5,792" stands beside "32,9%" in many a document: percentages say nothing about commas.
    others = (n for n, u in zip(numerals, units, strict=True) if u is None or u.kind != "percent")
    commas = _odds(decimal_comma) + _evidence(list(others))
    found: list[Part] = []
    for numeral, unit in zip(numerals, units, strict=True):
        if found and numeral.start < found[-1].end:
            continue  # the 2 of "m2", the 10.000 of "bác sĩ/10.000 dân"
        readings = weighed(numeral, unit, dots if "." in numeral.raw else commas)
        found.append(Part(numeral, readings, unit, unit.end if unit else _mark_end(free, numeral)))
    return found, blocked, plain
