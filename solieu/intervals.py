"""Printed numbers as intervals, added and divided exactly.

A number printed to a last place stands for every value that rounds to it (XBRL Calculations 1.1:
[v - half, v + half], both ends in), or that is cut to it (truncation: [v, v + place) above zero). A
count printed in full stands for itself. Nothing here uses floating point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Literal

from solieu.model import Figure
from solieu.quick import quick

Mode = Literal["round", "truncate"]

DOWN = Context(prec=80, rounding=ROUND_FLOOR, Emax=MAX_EMAX, Emin=MIN_EMIN)
UP = Context(prec=80, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN)

_ZERO = Decimal(0)
_INFINITE = Decimal("Infinity")
# A spreadsheet holds doubles: beyond the fifteenth digit a difference is the machine's.
_DOUBLE = Decimal("1e-14")


@quick
@dataclass(frozen=True, slots=True)
class Interval:
    """All values that a printed number, or a computation on printed numbers, may stand for."""

    low: Decimal
    high: Decimal
    open_low: bool = False
    open_high: bool = False

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            DOWN.add(self.low, other.low),
            UP.add(self.high, other.high),
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def __neg__(self) -> Interval:
        return Interval(
            self.high.copy_negate(), self.low.copy_negate(), self.open_high, self.open_low
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __contains__(self, value: Decimal) -> bool:
        return self.meets(Interval(value, value))

    def times(self, factor: Decimal) -> Interval:
        """The interval scaled by an exact factor."""
        if factor < 0:
            return -self.times(-factor)
        return Interval(
            DOWN.multiply(self.low, factor),
            UP.multiply(self.high, factor),
            self.open_low,
            self.open_high,
        )

    def over(self, divisor: Interval) -> Interval | None:
        """The quotient, rounded outwards; None where the divisor may be zero or has no end."""
        ends = (self.low, self.high, divisor.low, divisor.high)
        if divisor.low <= 0 <= divisor.high or not all(e.is_finite() for e in ends):
            return None
        corners = [(n, d) for n in (self.low, self.high) for d in (divisor.low, divisor.high)]
        return Interval(
            min(DOWN.divide(n, d) for n, d in corners), max(UP.divide(n, d) for n, d in corners)
        )

    def product(self, other: Interval) -> Interval:
        """The product, ends rounded outwards."""
        corners = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(DOWN.multiply(a, b) for a, b in corners), max(UP.multiply(a, b) for a, b in corners)
        )

    def meets(self, other: Interval) -> bool:
        """Do the two have a value in common?

        >>> one, two = Interval(Decimal(1), Decimal(2)), Interval(Decimal(2), Decimal(3))
        >>> one.meets(two), one.meets(Interval(Decimal(2), Decimal(3), open_low=True))
        (True, False)
        """
        if self.low > other.high or other.low > self.high:
            return False
        touch_above = self.low == other.high and (self.open_low or other.open_high)
        touch_below = other.low == self.high and (other.open_low or self.open_high)
        return not (touch_above or touch_below)

    def meet(self, other: Interval) -> Interval | None:
        """What the two have in common; None where that is nothing."""
        if not self.meets(other):
            return None
        return Interval(max(self.low, other.low), min(self.high, other.high))


def half_place(figure: Figure) -> Decimal:
    """How far the true value may lie from the printed one by rounding; nothing for a count."""
    value = figure.value
    if figure.exact or value is None:
        return _ZERO
    half = figure.rounding / 2
    if half * 1_000_000_000_000 < abs(value):
        return max(half, abs(value) * _DOUBLE)
    return half


def printed(value: Decimal, place: Decimal, *, mode: Mode = "round") -> Interval:
    """The interval that a number printed to `place` stands for.

    >>> printed(Decimal("32.9"), Decimal("0.1"))
    Interval(low=Decimal('32.85'), high=Decimal('32.95'), open_low=False, open_high=False)
    """
    if mode == "round":
        return Interval(value - place / 2, value + place / 2)
    if value == 0:
        return Interval(-place, place, open_low=True, open_high=True)
    if value < 0:
        return Interval(value - place, value, open_low=True)
    return Interval(value, value + place, open_high=True)


def of_figure(figure: Figure, *, mode: Mode = "round") -> Interval | None:
    """What a published figure stands for, its qualifier included; None where nothing was read.

    "hơn 63 triệu" is [63, 64] triệu, "gần 1.000" is [0, 1000], "từ 80% trở lên" has no upper end.
    """
    value = figure.value
    if value is None:
        return None
    if figure.qualifier is not None:
        return _qualified(value, figure)
    if figure.exact:
        return Interval(value, value)
    if mode == "truncate":
        return printed(value, figure.rounding, mode=mode)
    half = half_place(figure)
    return Interval(value - half, value + half)


def _qualified(value: Decimal, figure: Figure) -> Interval:
    """A qualified number is as coarse as its trailing zeros: "hơn 1.000" says nothing of units."""
    place = max(figure.rounding, coarse_place(value))
    # The sign is the direction ("giảm hơn 100" is -100): the qualifier speaks of the size.
    size = abs(value)
    spans = {
        "more_than": Interval(size, size + place),
        "nearly": Interval(size - place, size),
        "about": Interval(size - place, size + place),
        "at_least": Interval(size, _INFINITE),
        "at_most": Interval(-_INFINITE, size),
    }
    span = spans.get(figure.qualifier or "", Interval(size - place, size + place))
    return -span if value < 0 else span


def coarse_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero.

    >>> coarse_place(Decimal(12000)), coarse_place(Decimal("1.50"))
    (Decimal('1E+3'), Decimal('0.1'))
    """
    if value == 0:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals; zero for none."""
    result = Interval(_ZERO, _ZERO)
    for interval in intervals:
        result += interval
    return result
