"""A whole is the sum of its parts: across metrics, and across a table that lacks a total row.

Compulsory and voluntary insurance make one; a total that only the text gives is the sum of the
units that the table lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from auditors import facts
from auditors.desk import Desk
from auditors.facts import Composition
from auditors.identities import Claim, Term, make
from auditors.statements import nearest, time, together
from auditors.verdicts import NEAR
from solieu.model import Observation


def part_wholes(desk: Desk) -> Iterator[Claim]:
    """Every known composition for which the document gives the whole and all parts."""
    columns: dict[tuple[object, ...], list[Claim]] = {}
    for group in desk.subjects.values():
        known = {o.metric for o in group if o.metric is not None}
        for composition in facts.compositions():
            if composition.whole in known and known.issuperset(composition.parts):
                for claim in _contest(_composed(group, composition)):
                    columns.setdefault(_columns(claim), []).append(claim)
    for claims in columns.values():
        yield from _by_column(claims)


def _contest(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Of several wholes that one row has for the same parts, the one that fits them best.

    A column "Trong đó: tham gia mới" bears the name of the whole, too, and is not the whole.
    """
    rivals: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        place = claim.whole.place
        parts = tuple(t.figure.figure_id for t in claim.terms)
        lone = claim.whole.figure_id if place.table is None else None
        rivals.setdefault((place.table, place.row, lone, parts), []).append(claim)
    for several in rivals.values():
        yield min(several, key=lambda claim: (claim.outcome != "holds", claim.relative))


def _columns(claim: Claim) -> tuple[object, ...]:
    """The columns over which a claim is made; claims over running text stand alone."""
    figures = (claim.whole, *(t.figure for t in claim.terms))
    if any(f.place.table is None for f in figures):
        return (claim.whole.figure_id, claim.key)
    return tuple((f.place.table, f.place.column) for f in figures)


def _by_column(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Where columns differ widely in most rows, names alone took them for a whole and its parts."""
    held = sum(claim.outcome == "holds" for claim in claims)
    far = sum(claim.outcome == "off" and claim.relative > NEAR for claim in claims)
    unlike = len(claims) > 2 and far > held
    for claim in claims:
        if unlike and claim.outcome == "off" and claim.certainty == "clear":
            yield replace(claim, certainty="guess", reason="not_exhaustive")
        else:
            yield claim


def told_totals(desk: Desk) -> Iterator[Claim]:
    """A region's figure in the text against its units' figures in a table without a total row."""
    columns: dict[tuple[object, ...], list[Observation]] = {}
    metrics = {o.metric for o in desk.observations if o.method == "prose"} - {None}
    for cell in desk.observations if metrics else ():
        if cell.method == "table" and cell.metric in metrics and cell.region is not None:
            place = cell.figure.place
            said = (cell.metric, cell.scenario, cell.measure, time(cell), cell.figure.unit)
            columns.setdefault((*said, place.table, place.column), []).append(cell)
    for key, cells in columns.items():
        if len(cells) > 2 and not any(c.is_total for c in cells) and _listed_once(cells):
            for told in desk.observations:
                known = (told.metric, told.scenario, told.measure, time(told), told.figure.unit)
                if told.method == "prose" and known == key[:5] and _above(told, cells):
                    yield _told(told, cells)


def _listed_once(cells: Sequence[Observation]) -> bool:
    first = cells[0]
    names = {c.region.path or c.region.name for c in cells if c.region is not None}
    levels = {c.region.level for c in cells if c.region is not None}
    return first.measure == "level" and len(names) == len(cells) and len(levels) == 1


def _above(told: Observation, cells: Sequence[Observation]) -> bool:
    """Is the text's region the one that the table's units lie in?"""
    if told.region is None:
        return False
    path = told.region.path or told.region.name
    return told.region.level == "country" or all(
        c.region is not None and (c.region.path or "").startswith(f"{path} / ") for c in cells
    )


def _told(told: Observation, cells: Sequence[Observation]) -> Claim:
    claim = make("part_whole", told.figure, tuple(Term(c.figure) for c in cells))
    near = claim.relative <= NEAR
    return replace(
        claim, certainty="likely" if near else "guess", reason="apart" if near else "not_exhaustive"
    )


def _composed(group: Sequence[Observation], composition: Composition) -> Iterator[Claim]:
    for whole in group:
        if whole.metric != composition.whole or whole.measure != composition.measure:
            continue
        choices = [nearest(whole, _parts(group, whole, metric)) for metric in composition.parts]
        if all(choices):
            yield _best(whole, choices, composition)


def _parts(group: Sequence[Observation], whole: Observation, metric: str) -> Iterator[Observation]:
    for part in group:
        if (part.metric, part.measure, part.figure.unit) != (
            metric,
            whole.measure,
            whole.figure.unit,
        ):
            continue
        if whole.measure == "level" or part.basis in {whole.basis, None}:
            yield part


def _best(whole: Observation, choices: list[list[Observation]], composition: Composition) -> Claim:
    """The combination that holds, else the nearest; clear only where the figures stand together."""
    claims = [_claim(whole, parts, composition) for parts in product(*choices)]
    return next((c for c in claims if c.outcome == "holds"), claims[0])


def _claim(whole: Observation, parts: Sequence[Observation], composition: Composition) -> Claim:
    claim = make("part_whole", whole.figure, tuple(Term(p.figure) for p in parts))
    if composition.loose:
        return replace(claim, certainty="guess", reason="loose_union")
    if not together(whole, *parts):
        return replace(claim, certainty="likely", reason="apart")
    return claim
