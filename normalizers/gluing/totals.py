"""What the column totals say where the rows themselves leave doubt.

A second combination that meets them means no answer.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import combinations

from normalizers.gluing.combinations import Search
from normalizers.gluing.cuts import SCALE, Cut
from normalizers.gluing.evidence import ACCEPTED_RISK, Scored

_STEPS = 4
_MOST_OPEN = 100_000
"""Cuts of all rows together, beyond which totals are not asked: it would take minutes."""
_MOST_MISSES = 2
_EXPLAINED = -1.5
_OPEN_WITHIN = 14.0


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


def _sums(scored: Scored, picked: Sequence[int]) -> list[int]:
    return [
        sum(scored.rows[r][p].values[c] or 0 for r, p in enumerate(picked) if r != scored.total)
        for c in scored.columns
    ]


def _fit(scored: Scored, sums: Sequence[int], total: Cut) -> float:
    return sum(
        _total_weight(abs(s - (total.values[c] or 0)), total.values[c] or 0, slack)
        for s, c, slack in zip(sums, scored.columns, scored.slack, strict=True)
    )


def _has_usable_total(scored: Scored) -> bool:
    return scored.total is not None and sum(map(len, scored.rows)) <= _MOST_OPEN


def vetoed(scored: Scored, best: Sequence[int]) -> bool:
    """Totals may not choose here, but they may forbid: another cut fits them too well."""
    if not _has_usable_total(scored):
        return False
    return sum(_risks_with_total(scored, best)) > 10 * ACCEPTED_RISK


def _risks_with_total(scored: Scored, picked: Sequence[int]) -> list[float]:
    """Per row the weight of its other cuts against the one picked, all other rows left alone."""
    return [
        sum(math.exp(min(g, 50.0)) for i, g in enumerate(row) if i != here)
        for row, here in zip(_gains(scored, picked), picked, strict=True)
    ]


def _gains(scored: Scored, picked: Sequence[int]) -> list[list[float]]:
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


def _moved(scored: Scored, sums: Sequence[int], old: Cut, new: Cut) -> list[int]:
    return [
        s + (new.values[c] or 0) - (old.values[c] or 0)
        for s, c in zip(sums, scored.columns, strict=True)
    ]


def meeting_totals(scored: Scored, best: Sequence[int]) -> Sequence[int] | None:
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
            search = Search(scored, lists, matched)
            found.update(search.solutions())
            if search.exhausted:
                return None
        if found:
            return _clear_winner(scored, lists, found, misses)
    return None


def _nearly_settled(scored: Scored, best: Sequence[int]) -> bool:
    """Whether it is enough to look at one row at a time: two wrong ones together are unlikely."""
    risks = [
        sum(math.exp(v - w[b]) for i, v in enumerate(w[:usual]) if i != b)
        for w, usual, b in zip(scored.weights, scored.usual, best, strict=True)
    ]
    return sum(risks) ** 2 < ACCEPTED_RISK


def _settled(scored: Scored, best: Sequence[int]) -> list[int]:
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
    scored: Scored,
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


def _weight_of(scored: Scored, picked: Sequence[int]) -> float:
    total = scored.rows[scored.total or 0][picked[scored.total or 0]]
    own = sum(w[p] for w, p in zip(scored.weights, picked, strict=True))
    return own + _fit(scored, _sums(scored, picked), total)


def _accident(scored: Scored, lists: Sequence[Sequence[int]], misses: int) -> float:
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
