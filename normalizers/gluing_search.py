"""Which cut of each row: the one that headers and totals single out, or none.

Every row has one or more cuts. An identity that the header promises ("tăng so với" is b - a) is
evidence, not law: published rows break it, so a cut that keeps it is believed only when the chance
that it does so by accident is negligible. Column totals are looked at only where that leaves rows
open, and then every combination that meets them is searched for; a second one means no answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from normalizers.gluing_header import Identity
from normalizers.gluing_rows import SCALE, Cut

ACCEPTED_RISK = 1e-4
"""Chance of one wrong cell in a table that is still taken for certain."""
_ROW_RISK = 1e-5
_BROKEN = 0.05
"""Share of rows whose published difference or sum does not hold: typing errors, later revisions."""
_BELIEVED = 7.0
"""Log-odds from which rows bear out that a promise of the header is meant as it sounds."""
_NODES = 30_000
_EXPLAINED = -1.5
_OPEN_WITHIN = 14.0

Rows = Sequence[Sequence[Cut]]


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


@dataclass(frozen=True, slots=True)
class _Scored:
    """Rows with the log-weight of each cut, and the column sums they should meet."""

    rows: Rows
    weights: tuple[tuple[float, ...], ...]
    total: int | None
    columns: tuple[int, ...]
    """Value columns that add up: no rates."""
    slack: tuple[int, ...] = field(default=())
    """What rounding of the parts explains, per column of `columns`."""


def choose(
    rows: Rows, total: int | None, identities: Sequence[Identity], decimal: Sequence[bool]
) -> Outcome:
    """One cut per row, by identities first and column totals where those leave doubt.

    `total` is the index of the total row among `rows`, `decimal` tells the columns that are not
    counted in whole things.
    """
    believed = [(i, s) for i in identities if (s := _support(rows, i)) > _BELIEVED]
    kept = [identity for identity, _ in believed]
    support = sum(s for _, s in believed)
    weights = tuple(_weights(cuts, kept) for cuts in rows)
    rates = {i.target for i in identities if i.kind == "share"}
    columns = tuple(c for c in range(len(rows[0][0].values)) if c not in rates)
    slack = tuple(_slack(rows, c) if decimal[c] else SCALE for c in columns)
    scored = _Scored(rows, weights, total, columns, slack)
    best = [max(range(len(w)), key=w.__getitem__) for w in weights]
    risks = [_risk(w, b) for w, b in zip(weights, best, strict=True)]
    used = _discriminating(rows, best, kept)
    if sum(risks) < ACCEPTED_RISK and not _vetoed(scored, best):
        return Outcome(_picked(rows, best), used, support)
    by_total = _by_total(scored)
    if by_total is not None:
        return Outcome(
            _picked(rows, by_total),
            (*_discriminating(rows, by_total, kept), "column_total"),
            support + 10,
        )
    return _in_part(scored, best, risks, used, support)


def _picked(rows: Rows, best: Sequence[int]) -> tuple[Cut, ...]:
    return tuple(cuts[i] for cuts, i in zip(rows, best, strict=True))


def _in_part(
    scored: _Scored,
    best: Sequence[int],
    risks: Sequence[float],
    used: tuple[str, ...],
    support: float,
) -> Outcome:
    """Rows that are certain by themselves; the total row goes with the first row that is not.

    A total whose rows are not all read would look like a false one.
    """
    chosen: list[Cut | None] = [
        cuts[b] if risk < _ROW_RISK else None
        for cuts, b, risk in zip(scored.rows, best, risks, strict=True)
    ]
    if scored.total is not None and None in chosen:
        chosen[scored.total] = None
    return Outcome(tuple(chosen), used, support)


def _risk(weights: Sequence[float], best: int) -> float:
    return sum(math.exp(w - weights[best]) for i, w in enumerate(weights) if i != best)


def _weights(cuts: Sequence[Cut], identities: Sequence[Identity]) -> tuple[float, ...]:
    return tuple(sum(_weight(cut, identity) for identity in identities) for cut in cuts)


def _weight(cut: Cut, identity: Identity) -> float:
    """0 where the identity holds, else the log of how seldom print breaks it in just this way."""
    if holds(cut, identity):
        return 0.0
    return -math.log(_freedom(cut, identity) / _BROKEN)


def _freedom(cut: Cut, identity: Identity) -> float:
    """How many values the target might as well have had: 1 over it is the chance of an accident."""
    target = abs(cut.values[identity.target] or 0)
    return max(10.0, target / _unit(cut.printed[identity.target]))


def _unit(printed: str) -> int:
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
    half = Fraction(_unit(printed), 2 * SCALE)
    rate = Fraction(target, SCALE)
    return any(
        abs(Fraction(over * 100, under) - rate) <= half
        for over, under in ((second, first), (first, second))
    )


def _support(rows: Rows, identity: Identity) -> float:
    """Log-odds that the rows bear the identity out, against meeting it by accident."""
    return sum(_row_support(cuts, identity) for cuts in rows)


def _row_support(cuts: Sequence[Cut], identity: Identity) -> float:
    if not any(holds(cut, identity) for cut in cuts):
        return math.log(_BROKEN)
    accident = sum(1 / _freedom(cut, identity) for cut in cuts)
    return max(0.0, math.log((1 - _BROKEN) / accident))


def _discriminating(
    rows: Rows, best: Sequence[int], identities: Sequence[Identity]
) -> tuple[str, ...]:
    """The identities without which a row would have had more than one cut."""
    used = {
        identity.kind
        for cuts, b in zip(rows, best, strict=True)
        if len(cuts) > 1
        for identity in identities
        if holds(cuts[b], identity) and not all(holds(cut, identity) for cut in cuts)
    }
    return tuple(sorted(used))


def _slack(rows: Rows, column: int) -> int:
    units = [_unit(cuts[0].printed[column]) for cuts in rows]
    return max(units, default=SCALE) * (len(rows) + 1) // 2


def _total_weight(miss: int, published: int, slack: int) -> float:
    """Log-weight of a published total that misses its rows by this much."""
    if miss <= 0:
        return 0.0
    if miss <= slack:
        return _EXPLAINED
    near = 0.03 * abs(published)
    window = 2 * near / SCALE + 20
    return -math.log(2.5 * window) if miss <= near else -math.log(10 * (published / SCALE + 20))


def _sums(scored: _Scored, picked: Sequence[int]) -> list[int]:
    return [
        sum(scored.rows[r][p].values[c] or 0 for r, p in enumerate(picked) if r != scored.total)
        for c in scored.columns
    ]


def _fit(scored: _Scored, sums: Sequence[int], total: Cut) -> float:
    return sum(
        _total_weight(abs(s - (total.values[c] or 0)), total.values[c] or 0, slack)
        for s, c, slack in zip(sums, scored.columns, scored.slack, strict=True)
    )


def _vetoed(scored: _Scored, best: Sequence[int]) -> bool:
    """Totals may not choose here, but they may forbid: another cut fits them too well."""
    if scored.total is None:
        return False
    return _single_risk(scored, best) > 10 * ACCEPTED_RISK


def _single_risk(scored: _Scored, picked: Sequence[int]) -> float:
    """Weight of all tables that differ in one row, against the one picked, totals included."""
    if scored.total is None:
        return math.inf
    sums = _sums(scored, picked)
    total = scored.rows[scored.total][picked[scored.total]]
    stands = _fit(scored, sums, total)
    risk = 0.0
    for r, cuts in enumerate(scored.rows):
        for i, cut in enumerate(cuts):
            if i == picked[r]:
                continue
            gain = scored.weights[r][i] - scored.weights[r][picked[r]]
            if r == scored.total:
                gain += _fit(scored, sums, cut) - stands
            else:
                gain += _fit(scored, _moved(scored, sums, cuts[picked[r]], cut), total) - stands
            risk += math.exp(min(gain, 50.0))
    return risk


def _moved(scored: _Scored, sums: Sequence[int], old: Cut, new: Cut) -> list[int]:
    return [
        s + (new.values[c] or 0) - (old.values[c] or 0)
        for s, c in zip(sums, scored.columns, strict=True)
    ]


def _by_total(scored: _Scored) -> list[int] | None:
    """The one combination that meets the column totals, where no other comes near."""
    if scored.total is None or len(scored.rows) < 3:
        return None
    lists = [_shortlist(w) for w in scored.weights]
    for misses in range(len(scored.columns) - 1):
        search = _Search(scored, lists, misses)
        found = list(search.solutions())
        if search.exhausted:
            return None
        if found:
            return _clear_winner(scored, lists, found, misses)
    return None


def _shortlist(weights: Sequence[float]) -> list[int]:
    top = max(weights)
    return [i for i, w in enumerate(weights) if w >= top - _OPEN_WITHIN]


def _clear_winner(
    scored: _Scored, lists: Sequence[Sequence[int]], found: Sequence[list[int]], misses: int
) -> list[int] | None:
    ranked = sorted(found, key=lambda p: _weight_of(scored, p), reverse=True)
    best = ranked[0]
    top = _weight_of(scored, best)
    rivals = sum(math.exp(_weight_of(scored, p) - top) for p in ranked[1:])
    risk = rivals + _single_risk(scored, best) + _accident(scored, lists, misses)
    return best if risk < ACCEPTED_RISK else None


def _weight_of(scored: _Scored, picked: Sequence[int]) -> float:
    total = scored.rows[scored.total or 0][picked[scored.total or 0]]
    own = sum(w[p] for w, p in zip(scored.weights, picked, strict=True))
    return own + _fit(scored, _sums(scored, picked), total)


def _accident(scored: _Scored, lists: Sequence[Sequence[int]], misses: int) -> float:
    """How many false combinations would meet these totals by chance."""
    chance = float(math.prod(len(kept) for kept in lists))
    odds = []
    for c in scored.columns:
        spread = 0
        for r, kept in enumerate(lists):
            values = [scored.rows[r][i].values[c] or 0 for i in kept]
            spread += max(values) - min(values)
        odds.append(min(1.0, 3 / (spread / SCALE + 1)))
    for factor in sorted(odds)[misses:]:
        chance *= factor
    return chance * math.comb(len(odds), misses)


class _Search:
    """Depth first over the rows, the widest spread first, cut off by what can still fit."""

    def __init__(self, scored: _Scored, lists: Sequence[Sequence[int]], misses: int) -> None:
        self.scored = scored
        self.misses = misses
        self.nodes = 0
        self.lists = lists
        parts = [r for r in range(len(lists)) if r != scored.total]
        self.order = sorted(parts, key=self._spread, reverse=True)
        self.lowest, self.highest = self._reach()

    @property
    def exhausted(self) -> bool:
        """The search was given up: what it found may not be all there is."""
        return self.nodes > _NODES

    def _vector(self, row: int, index: int) -> tuple[int, ...]:
        values = self.scored.rows[row][index].values
        return tuple(values[c] or 0 for c in self.scored.columns)

    def _spread(self, row: int) -> int:
        vectors = [self._vector(row, i) for i in self.lists[row]]
        return max(max(column) - min(column) for column in zip(*vectors, strict=True))

    def _reach(self) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
        """The least and the most that the rows from each depth on can still add, by column."""
        width = len(self.scored.columns)
        lowest, highest = [(0,) * width], [(0,) * width]
        for row in reversed(self.order):
            vectors = [self._vector(row, i) for i in self.lists[row]]
            columns = list(zip(*vectors, strict=True))
            lowest.append(tuple(a + min(c) for a, c in zip(lowest[-1], columns, strict=True)))
            highest.append(tuple(a + max(c) for a, c in zip(highest[-1], columns, strict=True)))
        return lowest[::-1], highest[::-1]

    def solutions(self) -> Iterator[list[int]]:
        """Every choice that meets the totals in all columns but `misses`."""
        total = self.scored.total
        if total is None:
            return
        for index in self.lists[total]:
            picked = [0] * len(self.lists)
            picked[total] = index
            yield from self._deeper(0, self._vector(total, index), picked)

    def _deeper(self, depth: int, left: tuple[int, ...], picked: list[int]) -> Iterator[list[int]]:
        self.nodes += 1
        if self.exhausted or self._out_of_reach(depth, left) > self.misses:
            return
        if depth == len(self.order):
            yield list(picked)
            return
        row = self.order[depth]
        for index in self.lists[row]:
            picked[row] = index
            vector = self._vector(row, index)
            rest = tuple(a - b for a, b in zip(left, vector, strict=True))
            yield from self._deeper(depth + 1, rest, picked)

    def _out_of_reach(self, depth: int, left: tuple[int, ...]) -> int:
        low, high = self.lowest[depth], self.highest[depth]
        return sum(
            not (a - slack <= value <= b + slack)
            for value, a, b, slack in zip(left, low, high, self.scored.slack, strict=True)
        )
