"""A law that figures should obey, and whether they do.

Whole = factor x sum of terms, or factor x sum of terms / sum of divisors. A sum of printed numbers
may miss its total by what rounding explains and no more; counts may not miss it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from solieu import intervals
from solieu.intervals import Interval
from solieu.model import Figure

Certainty = Literal["clear", "likely", "guess"]
"""How surely the figures are meant to obey the law: only a clear law can accuse."""

Outcome = Literal["holds", "off", "open"]

# A reading below this is a question to the page, not evidence against the publisher.
DOUBT = 0.8

_ZERO = Decimal(0)
_ONE = Decimal(1)
_HUNDRED = Decimal(100)

# A quotient is stated to this many digits; whether it holds is decided on exact intervals.
SHOWN = Context(prec=16)


class Term(NamedTuple):
    """A figure with its sign in a sum."""

    figure: Figure
    weight: int = 1


@dataclass(frozen=True)
class Claim:
    """One instance of a law over figures that were all read, and how it came out.

    `expected` is what the other figures give for the whole, `tolerance` what rounding explains.
    """

    check: str
    whole: Figure
    terms: tuple[Term, ...]
    over: tuple[Term, ...] = ()
    factor: Decimal = Decimal(1)
    certainty: Certainty = "clear"
    reason: str = ""
    """Key of the message that says why a failure is no accusation."""
    layout: str = ""
    """Key of the message form: how the law lies on the page."""
    table: int | None = None
    outcome: Outcome = "open"
    expected: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    truncated: bool = False
    """Holds only if the publisher cut instead of rounding."""
    of_which: bool = False
    """The terms need not exhaust the whole."""
    also: tuple[Figure, ...] = ()
    """Figures that take part in another way, so that a reader sees all of them."""
    rows: int = 1
    """In how many rows the law holds, where one claim stands for all of them."""
    blank: int = 0
    """Cells among the terms that hold nothing."""
    unread: int = 0
    """Cells among the terms that hold something nobody could read."""

    @cached_property
    def residual(self) -> Decimal:
        """Published minus expected, in the whole's unit."""
        return (self.whole.value or Decimal(0)) - self.expected

    @cached_property
    def relative(self) -> Decimal:
        """The residual against the larger of whole and expected, 0 to 1 for figures of one sign."""
        size = max(abs(self.whole.value or Decimal(0)), abs(self.expected))
        return abs(self.residual) / size if size else Decimal(0)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The whole first, then the terms and divisors, each once."""
        members = [self.whole, *[t.figure for t in self.terms], *[t.figure for t in self.over]]
        return tuple({f.figure_id: f for f in (*members, *self.also)}.values())

    @property
    def key(self) -> tuple[object, ...]:
        """The same for the same law over the same figures, however it was found."""
        members = frozenset([f.figure_id for f in self.figures])
        return (bool(self.over), members, self.whole.figure_id if self.over else "")

    @property
    def doubtful(self) -> bool:
        """Is one of the figures read with less than usual confidence?

        It matters how its digits were read: the claim names places and times as they were read.
        """
        return any((f.legibility or f.confidence) < DOUBT for f in self.figures)


class Verdict(NamedTuple):
    """How a law came out on its figures."""

    outcome: Outcome
    expected: Decimal = _ZERO
    tolerance: Decimal = _ZERO
    truncated: bool = False


def make(
    check: str,
    whole: Figure,
    terms: tuple[Term, ...],
    over: tuple[Term, ...] = (),
    factor: Decimal = _ONE,
    **more: Any,
) -> Claim:
    """A claim with its outcome."""
    verdict = judge(whole, terms, over, factor)
    return Claim(check, whole, terms, over, factor, **more, **verdict._asdict())


def judged(claim: Claim) -> Claim:
    """The same claim with its outcome worked out anew."""
    verdict = judge(claim.whole, claim.terms, claim.over, claim.factor)
    return replace(claim, **verdict._asdict())


def judge(
    whole: Figure, terms: tuple[Term, ...], over: tuple[Term, ...], factor: Decimal
) -> Verdict:
    """How the law comes out; `open` where a figure is missing or the quotient has no value."""
    members = [whole, *[t.figure for t in terms], *[t.figure for t in over]]
    for figure in members:
        if figure.value is None:  # `None in` would ask every Decimal whether it is equal
            return Verdict("open")
    if over:
        return _quotient(whole, terms, over, factor)
    if any([f.qualifier for f in members]):  # noqa: C419 (a list is faster, and this runs per row)
        return _interval_sum(whole, terms, factor)
    return _sum(whole, terms, factor)


def _sum(whole: Figure, terms: tuple[Term, ...], factor: Decimal) -> Verdict:
    point = slack = _ZERO
    for figure, weight in terms:
        assert figure.value is not None
        point += figure.value if weight == 1 else weight * figure.value
        if not figure.exact:
            slack += abs(weight) * intervals.half_place(figure)
    if factor != 1:
        point, slack = point * factor, slack * abs(factor)
    tolerance = slack if whole.exact else slack + intervals.half_place(whole)
    assert whole.value is not None
    if whole.value == point:
        return Verdict("holds", point, tolerance)
    gap = abs(whole.value - point)
    if gap <= tolerance:
        return Verdict("holds", point, tolerance)
    near = bool(tolerance) and gap <= tolerance * 3
    cut = near and _meets(whole, terms, (), factor, mode="truncate")
    return Verdict("holds" if cut else "off", point, tolerance, cut)


def _interval_sum(whole: Figure, terms: tuple[Term, ...], factor: Decimal) -> Verdict:
    """A sum with "hơn", "gần" or "trở lên" in it: intervals with ends of their own."""
    printed, computed = intervals.of_figure(whole), _computed(terms, (), factor, "round")
    assert printed is not None
    assert computed is not None
    reach = (printed.high - printed.low + computed.high - computed.low) / 2
    tolerance = reach if reach.is_finite() else _ZERO
    outcome: Outcome = "holds" if printed.meets(computed) else "off"
    return Verdict(outcome, factor * point_sum(terms), tolerance)


def _quotient(
    whole: Figure, terms: tuple[Term, ...], over: tuple[Term, ...], factor: Decimal
) -> Verdict:
    divisor = point_sum(over)
    if not divisor or whole.value is None:
        return Verdict("open")
    point = SHOWN.divide(factor * point_sum(terms), divisor)
    half, gap = intervals.half_place(whole), abs(whole.value - point)
    if whole.qualifier is None and gap < half:
        # The plain quotient rounds to what was printed: no interval can say otherwise.
        return Verdict("holds", point, half)
    computed, printed = _computed(terms, over, factor, "round"), intervals.of_figure(whole)
    if computed is None or printed is None:
        return Verdict("open")
    tolerance = (computed.high - computed.low) / 2 + half
    if printed.meets(computed):
        return Verdict("holds", point, tolerance)
    near = gap <= tolerance * 3 + whole.rounding
    cut = near and _meets(whole, terms, over, factor, mode="truncate")
    return Verdict("holds" if cut else "off", point, tolerance, cut)


def _meets(
    whole: Figure,
    terms: tuple[Term, ...],
    over: tuple[Term, ...],
    factor: Decimal,
    *,
    mode: intervals.Mode,
) -> bool:
    printed, computed = intervals.of_figure(whole, mode=mode), _computed(terms, over, factor, mode)
    return printed is not None and computed is not None and printed.meets(computed)


def point_sum(terms: Iterable[Term]) -> Decimal:
    """The weighted sum of what was printed."""
    return sum((t.weight * (t.figure.value or _ZERO) for t in terms), _ZERO)


def _computed(
    terms: tuple[Term, ...], over: tuple[Term, ...], factor: Decimal, mode: intervals.Mode
) -> Interval | None:
    """What the terms allow for the whole."""
    dividend = _weighted(terms, mode)
    if dividend is None:
        return None
    dividend = dividend.times(factor)
    if not over:
        return dividend
    divisor = _weighted(over, mode)
    return None if divisor is None else dividend.over(divisor)


def _weighted(terms: Iterable[Term], mode: intervals.Mode) -> Interval | None:
    result = Interval(Decimal(0), Decimal(0))
    for term in terms:
        interval = intervals.of_figure(term.figure, mode=mode)
        if interval is None:
            return None
        result += interval.times(Decimal(term.weight))
    return result


def with_values(claim: Claim, values: Callable[[Figure], Decimal | None]) -> Claim:
    """The claim as it would be if figures had other values; judged anew."""
    changed = {f.figure_id: _read_as(f, values(f)) for f in claim.figures}
    return judged(
        replace(
            claim,
            whole=changed[claim.whole.figure_id],
            terms=tuple(Term(changed[t.figure.figure_id], t.weight) for t in claim.terms),
            over=tuple(Term(changed[t.figure.figure_id], t.weight) for t in claim.over),
            outcome="open",
            truncated=False,
        )
    )


def _read_as(figure: Figure, value: Decimal | None) -> Figure:
    """The figure with another value; its other reading moves the last place as well."""
    if value is None or value != figure.alternative or not value or not figure.value:
        return replace(figure, value=value)
    return replace(figure, value=value, rounding=figure.rounding * value / figure.value)


def percent(
    check: str,
    whole: Figure,
    terms: tuple[Term, ...],
    over: tuple[Term, ...],
    certainty: Certainty = "clear",
) -> Claim:
    """The claim that a printed percentage is 100 x terms / divisors, judged."""
    return make(check, whole, terms, over, _HUNDRED, certainty=certainty)
