"""A law that figures should obey, and whether they do.

Whole = factor x sum of terms, or factor x sum of terms / sum of divisors. A sum of printed numbers
may miss its total by what rounding explains and no more; counts may not miss it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import Literal

from solieu import intervals
from solieu.intervals import Interval
from solieu.model import Figure

Certainty = Literal["clear", "likely", "guess"]
"""How surely the figures are meant to obey the law: only a clear law can accuse."""

Outcome = Literal["holds", "off", "open"]

# A reading below this is a question to the page, not evidence against the publisher.
DOUBT = 0.8

_HUNDRED = Decimal(100)

# A quotient is stated to this many digits; whether it holds is decided on exact intervals.
SHOWN = Context(prec=16)


@dataclass(frozen=True, slots=True)
class Term:
    """A figure with its sign in a sum."""

    figure: Figure
    weight: int = 1


@dataclass(frozen=True, slots=True)
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
    blank: int = 0
    """Cells among the terms that hold nothing."""
    unread: int = 0
    """Cells among the terms that hold something nobody could read."""

    @property
    def residual(self) -> Decimal:
        """Published minus expected, in the whole's unit."""
        return (self.whole.value or Decimal(0)) - self.expected

    @property
    def relative(self) -> Decimal:
        """The residual against the larger of whole and expected, 0 to 1 for figures of one sign."""
        size = max(abs(self.whole.value or Decimal(0)), abs(self.expected))
        return abs(self.residual) / size if size else Decimal(0)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The whole first, then the terms and divisors, each once."""
        found = {t.figure.figure_id: t.figure for t in (*self.terms, *self.over)}
        found.pop(self.whole.figure_id, None)
        found |= {f.figure_id: f for f in self.also if f.figure_id != self.whole.figure_id}
        return (self.whole, *found.values())

    @property
    def key(self) -> tuple[object, ...]:
        """The same for the same law over the same figures, however it was found."""
        members = frozenset(f.figure_id for f in self.figures)
        return (bool(self.over), members, self.whole.figure_id if self.over else "")

    @property
    def doubtful(self) -> bool:
        """Is one of the figures read with less than usual confidence?"""
        return any(f.confidence < DOUBT for f in self.figures)


def judged(claim: Claim) -> Claim:
    """The claim with its outcome; `open` where a figure is missing or the quotient has no value."""
    if any(f.value is None for f in claim.figures):
        return claim
    plain = all(f.qualifier is None for f in claim.figures)
    if claim.over:
        return _judged_quotient(claim)
    return _judged_sum(claim) if plain else _judged_interval(claim)


def _judged_sum(claim: Claim) -> Claim:
    point = slack = Decimal(0)
    for term in claim.terms:
        assert term.figure.value is not None
        point += term.weight * term.figure.value
        slack += abs(term.weight) * intervals.half_place(term.figure)
    point, slack = point * claim.factor, slack * abs(claim.factor)
    tolerance = slack + intervals.half_place(claim.whole)
    assert claim.whole.value is not None
    if abs(claim.whole.value - point) <= tolerance:
        return replace(claim, outcome="holds", expected=point, tolerance=tolerance)
    cut = bool(tolerance) and _meets(claim, mode="truncate")
    return replace(
        claim,
        outcome="holds" if cut else "off",
        expected=point,
        tolerance=tolerance,
        truncated=cut,
    )


def _meets(claim: Claim, *, mode: intervals.Mode) -> bool:
    whole = intervals.of_figure(claim.whole, mode=mode)
    computed = computed_interval(claim, mode=mode)
    return whole is not None and computed is not None and whole.meets(computed)


def _judged_interval(claim: Claim) -> Claim:
    """A sum with "hơn", "gần" or "trở lên" in it: intervals with ends of their own."""
    point = claim.factor * sum(t.weight * (t.figure.value or 0) for t in claim.terms)
    whole, computed = intervals.of_figure(claim.whole), computed_interval(claim)
    assert whole is not None
    assert computed is not None
    reach = (whole.high - whole.low + computed.high - computed.low) / 2
    tolerance = reach if reach.is_finite() else Decimal(0)
    outcome: Outcome = "holds" if whole.meets(computed) else "off"
    return replace(claim, outcome=outcome, expected=point, tolerance=tolerance)


def _judged_quotient(claim: Claim) -> Claim:
    computed = computed_interval(claim)
    divisor = sum(t.weight * (t.figure.value or Decimal(0)) for t in claim.over)
    whole = intervals.of_figure(claim.whole)
    if computed is None or whole is None or not divisor:
        return claim
    dividend = sum(t.weight * (t.figure.value or Decimal(0)) for t in claim.terms)
    point = SHOWN.divide(claim.factor * dividend, Decimal(divisor))
    tolerance = (computed.high - computed.low) / 2 + (claim.whole.rounding / 2)
    if whole.meets(computed):
        return replace(claim, outcome="holds", expected=point, tolerance=tolerance)
    cut = _meets(claim, mode="truncate")
    return replace(
        claim,
        outcome="holds" if cut else "off",
        expected=point,
        tolerance=tolerance,
        truncated=cut,
    )


def computed_interval(claim: Claim, *, mode: intervals.Mode = "round") -> Interval | None:
    """What the terms allow for the whole."""
    dividend = _weighted(claim.terms, mode)
    if dividend is None:
        return None
    dividend = dividend.times(claim.factor)
    if not claim.over:
        return dividend
    divisor = _weighted(claim.over, mode)
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
    changed = {
        f.figure_id: replace(f, value=values(f), qualifier=f.qualifier) for f in claim.figures
    }
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


def percent(
    check: str,
    whole: Figure,
    terms: tuple[Term, ...],
    over: tuple[Term, ...],
    certainty: Certainty = "clear",
) -> Claim:
    """The claim that a printed percentage is 100 x terms / divisors, judged."""
    return judged(Claim(check, whole, terms, over, _HUNDRED, certainty))
