"""Which cut of each row: the one that headers and totals single out, or none.

Every row has one or more cuts. An identity that the header promises ("tăng so với" is b - a) is
evidence, not law: published rows break it, so a cut that keeps it is believed only when the chance
that it does so by accident is negligible. Column totals are looked at only where that leaves rows
open, and then every combination that meets them is searched for; a second one means no answer.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from normalizers.gluing.header import Identity
from normalizers.gluing.rows import NILS, SCALE, Cut, Options

ACCEPTED_RISK = 1e-4
"""Chance of one wrong cell in a table that is still taken for certain."""
_BROKEN = 0.05
"""Share of rows whose published difference or sum does not hold: typing errors, later revisions."""
_BELIEVED = 7.0
"""Log-odds from which rows bear out that a promise of the header is meant as it sounds."""
_BLANK = 0.03
"""Share of empty cells in tables that have any."""
_ANY_BLANK = 0.15
_ANY_BLANK_BESIDE_DASHES = 0.05
"""How many tables have any; a writer who sets dashes for nothing seldom leaves nothing as well."""
_LEAST_FREEDOM = 10.0
_NODES = 1500
_STEPS = 4
_MOST_OPEN = 100_000
"""Cuts of all rows together, beyond which totals are not asked: it would take minutes."""
_MOST_MISSES = 2
_EXPLAINED = -1.5
_OPEN_WITHIN = 14.0

Rows = Sequence[Sequence[Cut]]
Vector = tuple[int, ...]
Domains = list[list[tuple[int, Vector | None]]]
Bounds = list[tuple[int, int]]


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
    usual: tuple[int, ...]
    """How many of a row's cuts, the first ones, are taken into the search."""
    total: int | None
    columns: tuple[int, ...]
    """Value columns that add up: no rates."""
    slack: tuple[int, ...] = field(default=())
    """What rounding of the parts explains, per column of `columns`."""


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
    support = {i: s for i in identities if (s := _support(found, i)) > _BELIEVED}
    scored = _scored(found, total, list(support), identities, decimal)
    best = [max(range(len(w)), key=w.__getitem__) for w in scored.weights]
    risks = [_risk(w, b) for w, b in zip(scored.weights, best, strict=True)]
    led = sum(support.values())
    used = _discriminating(scored, best, list(support))
    if sum(risks) < ACCEPTED_RISK and not _vetoed(scored, best):
        return Outcome(_picked(scored.rows, best), used, led)
    by_total = _by_total(scored, best)
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
) -> _Scored:
    rows = [(*o.full, *o.short) for o in found]
    blank = math.log(_blank_chance(found))
    weights = tuple(
        tuple(_weight(cut, believed) + cut.blanks * blank for cut in cuts) for cuts in rows
    )
    rates = {i.target for i in promised if i.kind == "share"}
    columns = tuple(c for c in range(len(decimal)) if c not in rates)
    slack = tuple(_slack(rows, c) if decimal[c] else SCALE for c in columns)
    usual = tuple(len(o.full) or len(o.short) for o in found)
    return _Scored(rows, weights, usual, total, columns, slack)


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
    scored: _Scored,
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


def _weight(cut: Cut, identities: Sequence[Identity]) -> float:
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
    return max(_LEAST_FREEDOM, target / _unit(cut.printed[identity.target]))


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


def _support(found: Sequence[Options], identity: Identity) -> float:
    """Log-odds that the rows bear the identity out, against meeting it by accident."""
    return sum(_row_support(o.full, identity) for o in found if o.full)


def _row_support(cuts: Sequence[Cut], identity: Identity) -> float:
    if not any(holds(cut, identity) for cut in cuts):
        return math.log(_BROKEN)
    accident = sum(1 / _freedom(cut, identity) for cut in cuts)
    return max(0.0, math.log((1 - _BROKEN) / accident))


def _discriminating(
    scored: _Scored, best: Sequence[int], identities: Sequence[Identity]
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
    units = [_unit(cuts[0].printed[column]) for cuts in rows if cuts[0].printed[column]]
    return max(units, default=SCALE) * (len(rows) + 1) // 2


def _total_weight(miss: int, published: int, slack: int) -> float:
    """Log-weight of a published total that misses its rows by this much."""
    if miss <= 0:
        return 0.0
    if miss <= slack:
        return _EXPLAINED
    near = 0.03 * abs(published)
    window = 2 * near / SCALE + 20
    return (
        -math.log(2.5 * window) if miss <= near else -math.log(10 * (abs(published) / SCALE + 20))
    )


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


def _has_usable_total(scored: _Scored) -> bool:
    return scored.total is not None and sum(map(len, scored.rows)) <= _MOST_OPEN


def _vetoed(scored: _Scored, best: Sequence[int]) -> bool:
    """Totals may not choose here, but they may forbid: another cut fits them too well."""
    if not _has_usable_total(scored):
        return False
    return sum(_risks_with_total(scored, best)) > 10 * ACCEPTED_RISK


def _risks_with_total(scored: _Scored, picked: Sequence[int]) -> list[float]:
    """Per row the weight of its other cuts against the one picked, all other rows left alone."""
    return [
        sum(math.exp(min(g, 50.0)) for i, g in enumerate(row) if i != here)
        for row, here in zip(_gains(scored, picked), picked, strict=True)
    ]


def _gains(scored: _Scored, picked: Sequence[int]) -> list[list[float]]:
    """What each other cut of each row would gain in weight, alone."""
    assert scored.total is not None
    sums = _sums(scored, picked)
    total = scored.rows[scored.total][picked[scored.total]]
    stands = _fit(scored, sums, total)
    gains = []
    for r, cuts in enumerate(scored.rows):
        here, own = cuts[picked[r]], scored.weights[r]
        if r == scored.total:
            fits = [_fit(scored, sums, cut) for cut in cuts]
        else:
            fits = [_fit(scored, _moved(scored, sums, here, cut), total) for cut in cuts]
        gains.append([w - own[picked[r]] + f - stands for w, f in zip(own, fits, strict=True)])
    return gains


def _moved(scored: _Scored, sums: Sequence[int], old: Cut, new: Cut) -> list[int]:
    return [
        s + (new.values[c] or 0) - (old.values[c] or 0)
        for s, c in zip(sums, scored.columns, strict=True)
    ]


def _by_total(scored: _Scored, best: Sequence[int]) -> Sequence[int] | None:
    """The one combination that meets the column totals, where no other comes near."""
    if not _has_usable_total(scored) or len(scored.rows) < 3:
        return None
    if _nearly_settled(scored, best):
        settled = _settled(scored, best)
        if sum(_risks_with_total(scored, settled)) < ACCEPTED_RISK:
            return settled
    lists = [_shortlist(w[:u]) for w, u in zip(scored.weights, scored.usual, strict=True)]
    width = len(scored.columns)
    for misses in range(min(_MOST_MISSES, width - 2) + 1):
        found: set[tuple[int, ...]] = set()
        for matched in combinations(range(width), width - misses):
            search = _Search(scored, lists, matched)
            found.update(search.solutions())
            if search.exhausted:
                return None
        if found:
            return _clear_winner(scored, lists, found, misses)
    return None


def _nearly_settled(scored: _Scored, best: Sequence[int]) -> bool:
    """Whether it is enough to look at one row at a time: two wrong ones together are unlikely."""
    risks = [
        sum(math.exp(v - w[b]) for i, v in enumerate(w[:usual]) if i != b)
        for w, usual, b in zip(scored.weights, scored.usual, best, strict=True)
    ]
    return sum(risks) ** 2 < ACCEPTED_RISK


def _settled(scored: _Scored, best: Sequence[int]) -> list[int]:
    """Row by row the cut that fits the totals best, as long as that changes something."""
    picked = list(best)
    for _ in range(_STEPS):
        gains = [max((gain, i) for i, gain in enumerate(row)) for row in _gains(scored, picked)]
        gain, row = max((gain, r) for r, (gain, _) in enumerate(gains))
        if gain <= 0:
            break
        picked[row] = gains[row][1]
    return picked


def _shortlist(weights: Sequence[float]) -> list[int]:
    top = max(weights)
    return [i for i, w in enumerate(weights) if w >= top - _OPEN_WITHIN]


def _clear_winner(
    scored: _Scored,
    lists: Sequence[Sequence[int]],
    found: Collection[Sequence[int]],
    misses: int,
) -> Sequence[int] | None:
    ranked = sorted(found, key=lambda p: _weight_of(scored, p), reverse=True)
    best = _settled(scored, ranked[0])
    top = _weight_of(scored, best)
    rivals = sum(math.exp(_weight_of(scored, p) - top) for p in ranked if list(p) != best)
    alone = sum(_risks_with_total(scored, best))
    return best if rivals + alone + _accident(scored, lists, misses) < ACCEPTED_RISK else None


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
    """Depth first, the widest row first; at every step cuts that no column can take are dropped."""

    def __init__(
        self, scored: _Scored, lists: Sequence[Sequence[int]], matched: Sequence[int]
    ) -> None:
        self.scored = scored
        self.lists = lists
        self.matched = matched
        """Positions in `scored.columns` whose totals must be met."""
        self.nodes = 0

    @property
    def exhausted(self) -> bool:
        """The search was given up: what it found may not be all there is."""
        return self.nodes > _NODES

    def solutions(self) -> Iterator[tuple[int, ...]]:
        """Every choice of cuts that meets the matched totals."""
        total = self.scored.total
        if total is None:
            return
        for index in self.lists[total]:
            target = self._vector(total, index)
            domains: Domains = [
                [(i, self._vector(r, i)) for i in kept] if r != total else [(index, None)]
                for r, kept in enumerate(self.lists)
            ]
            yield from self._deeper(domains, target)

    def _vector(self, row: int, index: int) -> Vector:
        values = self.scored.rows[row][index].values
        return tuple(values[self.scored.columns[m]] or 0 for m in self.matched)

    def _deeper(self, domains: Domains, target: Vector) -> Iterator[tuple[int, ...]]:
        self.nodes += 1
        if self.exhausted:
            return
        narrowed = self._narrowed(domains, target)
        if narrowed is None:
            return
        open_rows = [r for r, options in enumerate(narrowed) if len(options) > 1]
        if not open_rows:
            yield tuple(options[0][0] for options in narrowed)
            return
        row = max(open_rows, key=lambda r: _spread(narrowed[r]))
        for option in narrowed[row]:
            yield from self._deeper([*narrowed[:row], [option], *narrowed[row + 1 :]], target)

    def _narrowed(self, domains: Domains, target: Vector) -> Domains | None:
        """Cuts that some choice in the other rows can still complete to the totals; None: none."""
        current = domains
        while True:
            bounds = [_bounds(options) for options in current]
            room = self._room(bounds, target)
            if room is None:
                return None
            kept = [
                options if len(options) == 1 else _fitting(options, bound, room)
                for options, bound in zip(current, bounds, strict=True)
            ]
            if not all(kept):
                return None
            if all(len(a) == len(b) for a, b in zip(kept, current, strict=True)):
                return kept
            current = kept

    def _room(self, bounds: Sequence[Bounds], target: Vector) -> list[tuple[int, int]] | None:
        """Per column: how far any one row may rise above its least, and fall below its most."""
        room = []
        for m, published in enumerate(target):
            slack = self.scored.slack[self.matched[m]]
            rise = published + slack - sum(b[m][0] for b in bounds if b)
            fall = sum(b[m][1] for b in bounds if b) - (published - slack)
            if rise < 0 or fall < 0:
                return None
            room.append((rise, fall))
        return room


def _bounds(options: Sequence[tuple[int, Vector | None]]) -> Bounds:
    vectors = [vector for _, vector in options if vector is not None]
    return [(min(column), max(column)) for column in zip(*vectors, strict=True)]


def _spread(options: Sequence[tuple[int, Vector | None]]) -> int:
    return max(high - low for low, high in _bounds(options))


def _fitting(
    options: Sequence[tuple[int, Vector | None]],
    bound: Bounds,
    room: Sequence[tuple[int, int]],
) -> list[tuple[int, Vector | None]]:
    limits = [
        (high - fall, low + rise) for (low, high), (rise, fall) in zip(bound, room, strict=True)
    ]
    return [
        (index, vector)
        for index, vector in options
        if vector is not None
        and all(low <= v <= high for v, (low, high) in zip(vector, limits, strict=True))
    ]
