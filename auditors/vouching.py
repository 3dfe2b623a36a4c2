"""A wide gap accuses only where the figures around it vouch for one another.

A rate of 2,25 where its row gives -2,75 may be a misread row, unless the figures it was worked out
from obey other laws. A column whose total misses by a tenth may be none that adds, unless it is the
difference of columns that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from auditors.identities import Claim
from auditors.relations import telling
from solieu.model import Figure

_WIDE = {"large_gap", "not_a_sum"}
_SUMS = {"column_total", "row_total"}


def vouched(claims: Sequence[Claim]) -> list[Claim]:
    """The claims; a wide gap that nothing but the whole can explain is a clear failure."""
    wide = [c for c in claims if c.outcome == "off" and c.reason in _WIDE]
    if not wide:
        return list(claims)
    laws = _laws(claims, {f.figure_id for c in wide for f in c.figures})
    summed = {_sum_key(c): c for c in claims if c.check in _SUMS and _adds(c)}
    return [_clear(c) if _alone(c, laws) or _implied(c, laws, summed) else c for c in claims]


def _laws(claims: Iterable[Claim], wanted: set[str]) -> Mapping[str, list[Claim]]:
    """Figure id to the laws between columns or rows that it obeys."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.outcome == "holds" and not claim.of_which and telling(claim):
            for figure in claim.figures:
                if figure.figure_id in wanted:
                    found.setdefault(figure.figure_id, []).append(claim)
    return found


def _alone(claim: Claim, laws: Mapping[str, list[Claim]]) -> bool:
    """Does every figure but the whole obey another law, and the whole none?"""
    between_columns = claim.layout in {"relation", "formula"} and claim.certainty == "likely"
    if claim.reason != "large_gap" or not between_columns or claim.whole.figure_id in laws:
        return False
    return all(
        any(claim.whole not in law.figures for law in laws.get(f.figure_id, ()))
        for f in claim.figures[1:]
    )


def _implied(
    claim: Claim, laws: Mapping[str, list[Claim]], summed: Mapping[tuple[object, ...], Claim]
) -> bool:
    """Is the whole a sum or difference of totals whose columns, or rows, do add up?"""
    if claim.check not in _SUMS or claim.reason not in _WIDE:
        return False
    return any(
        not law.over
        and law.check != claim.check
        and all((claim.check, f.figure_id, len(claim.terms)) in summed for f in _others(law, claim))
        for law in laws.get(claim.whole.figure_id, ())
    )


def _others(law: Claim, claim: Claim) -> list[Figure]:
    return [f for f in law.figures if f.figure_id != claim.whole.figure_id]


def _sum_key(claim: Claim) -> tuple[object, ...]:
    return (claim.check, claim.whole.figure_id, len(claim.terms))


def _adds(claim: Claim) -> bool:
    return claim.outcome == "holds" or (claim.outcome == "off" and claim.certainty == "clear")


def _clear(claim: Claim) -> Claim:
    return replace(claim, certainty="clear", reason="")
