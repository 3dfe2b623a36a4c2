"""Figures and observations to findings: one file per law of arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import localcontext

from auditors import (
    coverage,
    dates,
    differences,
    footnotes,
    formulas,
    lists,
    lost,
    magnitudes,
    parts,
    rates,
    ratios,
    repeats,
    totals,
    vouching,
)
from auditors.desk import Desk, RegionChildren
from auditors.identities import Claim
from auditors.report import Clerk
from auditors.revisions import audit_across, revised
from solieu.model import Finding, Reading

# Beyond this many rows in which one law of columns holds, they are told in one finding.
MANY = 500

CHECKS: dict[str, Callable[[Desk], Iterable[Claim]]] = {
    "formula": formulas.printed_formulas,
    "column_total": totals.column_totals,
    "row_total": totals.row_totals,
    "row_difference": differences.row_differences,
    "part_whole": parts.part_wholes,
    "listed_parts": lists.listed_parts,
    "told_total": parts.told_totals,
    "column_ratio": ratios.column_ratios,
    "share_of_total": ratios.shares_of_total,
    "growth_rate": rates.growth_rates,
    "plan_completion": rates.plan_completions,
    "share": rates.shares,
    "repeated_figure": repeats.repeated_figures,
    "repeated_growth": repeats.repeated_growths,
    "order_of_magnitude": magnitudes.orders_of_magnitude,
    "jumping_block": magnitudes.jumping_blocks,
    "copied_block": magnitudes.copied_blocks,
}
"""Name to law; the order decides who tells first where two laws find the same sum."""


def audit(reading: Reading, region_children: RegionChildren | None = None) -> tuple[Finding, ...]:
    """Every check that the figures of one document allow, held or not.

    `region_children` names the units that a breakdown of a region should list; without it coverage
    is not checked.
    """
    with localcontext() as context:
        context.prec = 60
        desk = Desk(reading, region_children)
        claims = vouching.vouched(
            _distinct(claim for law in CHECKS.values() for claim in law(desk))
        )
        gone = lost.lost_rows(desk, claims)
        claims = lost.weighed(desk, claims, gone)
        claims = footnotes.noted(desk, claims)
        clerk = Clerk(desk, claims, gone)
        found = [clerk.finding(c) for c in _condensed(claims)]
        return (*found, *coverage.region_coverage(desk), *dates.impossible_times(desk))


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    found: dict[tuple[object, ...], Claim] = {}
    wrong: set[tuple[object, ...]] = set()
    for claim in claims:
        key = claim.key
        if claim.outcome == "off" and claim.over:
            # One wrong rate is one contradiction, by whichever figures it is computed.
            told = (claim.check, claim.whole.figure_id, round(claim.expected, 6))
            if told in wrong and key not in found:
                continue
            wrong.add(told)
        first = found.setdefault(key, claim)
        if first is not claim and claim.outcome == "off" == first.outcome:
            found[key] = _surer(first, claim)
    return _told_once(list(found.values()))


def _told_once(claims: list[Claim]) -> list[Claim]:
    """Without the parts that exceed a whole whose complete breakdown fails anyway."""
    broken = {c.whole.figure_id: c for c in claims if _clear_sum(c)}
    return [
        c for c in claims if not (c.of_which and c.whole.figure_id in broken and _within(c, broken))
    ]


def _clear_sum(claim: Claim) -> bool:
    return (
        claim.outcome == "off"
        and claim.certainty == "clear"
        and not claim.over
        and not claim.of_which
    )


def _within(claim: Claim, broken: dict[str, Claim]) -> bool:
    known = {f.figure_id for f in broken[claim.whole.figure_id].figures}
    return {f.figure_id for f in claim.figures} <= known


_SURE = {"guess": 0, "likely": 1, "clear": 2}


def _surer(first: Claim, other: Claim) -> Claim:
    """Of two laws over the same figures the one that is meant more surely, told as the first.

    What the table calls "trong đó" is no complete list because neighbouring columns make one, but
    because the metrics do.
    """
    words = first.of_which or first.reason == "not_exhaustive"
    if _SURE[other.certainty] <= _SURE[first.certainty] or (words and other.check != "part_whole"):
        return first
    across = words and len({f.place.row for f in first.figures}) == 1
    return replace(other, check="row_total" if across else other.check, table=first.table)


def _condensed(claims: Iterable[Claim]) -> list[Claim]:
    """Failures one by one; a law of columns that holds in more rows than anybody reads, once."""
    shown: list[Claim] = []
    same: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if claim.outcome == "holds" and claim.layout in {"relation", "formula"}:
            law = (claim.table, claim.check, claim.whole.place.column, len(claim.figures))
            same.setdefault(law, []).append(claim)
        elif claim.outcome != "open":
            shown.append(claim)
    for held in same.values():
        shown += held if len(held) <= MANY else [replace(held[0], rows=len(held))]
    return shown


__all__ = ["CHECKS", "audit", "audit_across", "revised"]
