"""Which cut of each row: the one that headers and totals single out, or none.

Every row has one or more cuts. An identity that the header promises ("tăng so với" is b - a) is
evidence, not law: published rows break it, so a cut that keeps it is believed only when the chance
that it does so by accident is negligible. Column totals are looked at only where that leaves rows
open, and then every combination that meets them is searched for; a second one means no answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.gluing.cuts import NILS, SCALE, Cut, Options
from normalizers.gluing.evidence import (
    ACCEPTED_RISK,
    Rows,
    Scored,
    holds,
    last_place,
    support_of,
    weight_by,
)
from normalizers.gluing.header import Identity
from normalizers.gluing.totals import meeting_totals, vetoed

_BELIEVED = 7.0
"""Log-odds from which rows bear out that a promise of the header is meant as it sounds."""
_BLANK = 0.03
"""Share of empty cells in tables that have any."""
_ANY_BLANK = 0.15
_ANY_BLANK_BESIDE_DASHES = 0.05
"""How many tables have any; a writer who sets dashes for nothing seldom leaves nothing as well."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The cut chosen per row (None where none is certain), and what it took to choose."""

    chosen: tuple[Cut | None, ...]
    used: tuple[str, ...] = ()
    support: float = 0.0
    """Log-odds by which identities and totals speak for this reading of the whole table."""

    @property
    def complete(self) -> bool:
        return None not in self.chosen


def choose(
    found: Sequence[Options],
    total: int | None,
    identities: Sequence[Identity],
    decimal: Sequence[bool],
) -> Outcome:
    """One cut per row, by identities first and column totals where those leave doubt.

    `total` is the index of the total row among `found`, `decimal` tells the columns that are not
    counted in whole things.
    """
    support = {i: s for i in identities if (s := support_of(found, i)) > _BELIEVED}
    scored = _scored(found, total, list(support), identities, decimal)
    best = [max(range(len(w)), key=w.__getitem__) for w in scored.weights]
    risks = [_risk(w, b) for w, b in zip(scored.weights, best, strict=True)]
    led = sum(support.values())
    used = _discriminating(scored, best, list(support))
    if sum(risks) < ACCEPTED_RISK and not vetoed(scored, best):
        return Outcome(_picked(scored.rows, best), used, led)
    by_total = meeting_totals(scored, best)
    if by_total is not None:
        used = (*_discriminating(scored, by_total, list(support)), "column_total")
        return Outcome(_picked(scored.rows, by_total), used, led + 10)
    return _in_part(scored, best, risks, used, led)


def _scored(
    found: Sequence[Options],
    total: int | None,
    believed: Sequence[Identity],
    promised: Sequence[Identity],
    decimal: Sequence[bool],
) -> Scored:
    rows = [(*o.full, *o.short) for o in found]
    blank = math.log(_blank_chance(found))
    weights = tuple(
        tuple(weight_by(cut, believed) + cut.blanks * blank for cut in cuts) for cuts in rows
    )
    rates = {i.target for i in promised if i.kind == "share"}
    columns = tuple(c for c in range(len(decimal)) if c not in rates)
    slack = tuple(_slack(rows, c) if decimal[c] else SCALE for c in columns)
    usual = tuple(len(o.full) or len(o.short) for o in found)
    return Scored(rows, weights, usual, total, columns, slack)


def _blank_chance(found: Sequence[Options]) -> float:
    """How likely a cell was printed empty, by the rows that could not hide it."""
    if not all(o.full for o in found):
        return _BLANK
    open_cells = sum(len(o.full[0].values) for o in found if not o.short)
    dashes = any(v in NILS for o in found for cut in o.full[:1] for v in cut.printed)
    some = _ANY_BLANK_BESIDE_DASHES if dashes else _ANY_BLANK
    return _BLANK * some * (1 - _BLANK) ** open_cells


def _picked(rows: Rows, best: Sequence[int]) -> tuple[Cut, ...]:
    return tuple(cuts[i] for cuts, i in zip(rows, best, strict=True))


def _in_part(
    scored: Scored,
    best: Sequence[int],
    risks: Sequence[float],
    used: tuple[str, ...],
    support: float,
) -> Outcome:
    """Rows that are certain by themselves; the total row goes with the first row that is not.

    A total whose rows are not all read would look like a false one.
    """
    chosen: list[Cut | None] = [None] * len(best)
    spent = 0.0
    for row in sorted(range(len(best)), key=risks.__getitem__):
        spent += risks[row]
        if spent < ACCEPTED_RISK:
            chosen[row] = scored.rows[row][best[row]]
    if scored.total is not None and None in chosen:
        chosen[scored.total] = None
    return Outcome(tuple(chosen), used, support)


def _risk(weights: Sequence[float], best: int) -> float:
    return sum(math.exp(w - weights[best]) for i, w in enumerate(weights) if i != best)


def _discriminating(
    scored: Scored, best: Sequence[int], identities: Sequence[Identity]
) -> tuple[str, ...]:
    """The identities without which a row would have had more than one cut."""
    used = {
        identity.kind
        for cuts, b in zip(scored.rows, best, strict=True)
        if len(cuts) > 1
        for identity in identities
        if holds(cuts[b], identity) and not all(holds(cut, identity) for cut in cuts)
    }
    return tuple(sorted(used))


def _slack(rows: Rows, column: int) -> int:
    units = [last_place(cuts[0].printed[column]) for cuts in rows if cuts[0].printed[column]]
    return max(units, default=SCALE) * (len(rows) + 1) // 2
