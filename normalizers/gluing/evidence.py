"""What speaks for a cut of a row: the identities that the header promises.

A published row breaks one now and then, so a cut that keeps it is only likelier, never certain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from normalizers.gluing.cuts import SCALE, Cut, Options
from normalizers.gluing.header import Identity

ACCEPTED_RISK = 1e-4
"""Chance of one wrong cell in a table that is still taken for certain."""
_BROKEN = 0.05
"""Share of rows whose published difference or sum does not hold: typing errors, later revisions."""
_LEAST_FREEDOM = 10.0
Rows = Sequence[Sequence[Cut]]


@dataclass(frozen=True, slots=True)
class Scored:
    """Rows with the log-weight of each cut, and the column sums they should meet."""

    rows: Rows
    weights: tuple[tuple[float, ...], ...]
    usual: tuple[int, ...]
    """How many of a row's cuts, the first ones, are taken into the search."""
    total: int | None
    columns: tuple[int, ...]
    """Value columns that add up: no rates."""
    slack: tuple[int, ...] = field(default=())
    """What rounding of the parts explains, per column of `columns`."""


def weight_by(cut: Cut, identities: Sequence[Identity]) -> float:
    """0 where all identities hold, else the log of how seldom print breaks them in this way."""
    weight = 0.0
    for identity in identities:
        if any(not cut.printed[i] for i in (identity.target, *identity.inputs)):
            weight -= math.log(_LEAST_FREEDOM)
        elif not holds(cut, identity):
            weight -= math.log(_freedom(cut, identity) / _BROKEN)
    return weight


def _freedom(cut: Cut, identity: Identity) -> float:
    """How many values the target might as well have had: 1 over it is the chance of an accident."""
    target = abs(cut.values[identity.target] or 0)
    return max(_LEAST_FREEDOM, target / last_place(cut.printed[identity.target]))


def last_place(printed: str) -> int:
    """The last printed place in thousandths, decimals taken for what they look like."""
    tail = printed.rstrip("%").replace(",", ".").rpartition(".")
    places = len(tail[2]) if tail[1] and len(tail[2]) < 3 else 0
    return SCALE // (1, 10, 100)[places]


def holds(cut: Cut, identity: Identity) -> bool:
    """Whether the printed values keep what the header promises, to the last printed place."""
    target = cut.values[identity.target]
    inputs = [cut.values[i] for i in identity.inputs]
    if identity.kind == "share":
        return target is not None and _is_rate(target, inputs, cut.printed[identity.target])
    amounts = [v or 0 for v in inputs]
    if identity.kind == "row_difference":
        return abs(amounts[1] - amounts[0]) == abs(target or 0)
    return sum(amounts) == (target or 0)


def _is_rate(target: int, inputs: Sequence[int | None], printed: str) -> bool:
    first, second = inputs
    if not first or not second:
        return False
    half = Fraction(last_place(printed), 2 * SCALE)
    rate = Fraction(target, SCALE)
    return any(
        abs(Fraction(over * 100, under) - rate) <= half
        for over, under in ((second, first), (first, second))
    )


def support_of(found: Sequence[Options], identity: Identity) -> float:
    """Log-odds that the rows bear the identity out, against meeting it by accident."""
    return sum(_row_support(o.full, identity) for o in found if o.full)


def _row_support(cuts: Sequence[Cut], identity: Identity) -> float:
    if not any(holds(cut, identity) for cut in cuts):
        return math.log(_BROKEN)
    accident = sum(1 / _freedom(cut, identity) for cut in cuts)
    return max(0.0, math.log((1 - _BROKEN) / accident))
