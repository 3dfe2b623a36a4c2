"""A whole is the sum of its parts across metrics: compulsory and voluntary insurance make one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from auditors import facts
from auditors.desk import Desk
from auditors.facts import Composition
from auditors.identities import Claim, Term, make
from auditors.statements import nearest, together
from solieu.model import Observation


def part_wholes(desk: Desk) -> Iterator[Claim]:
    """Every known composition for which the document gives the whole and all parts."""
    for group in desk.subjects.values():
        known = {o.metric for o in group if o.metric is not None}
        for composition in facts.compositions():
            if composition.whole in known and known.issuperset(composition.parts):
                yield from _composed(group, composition)


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
