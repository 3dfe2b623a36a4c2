"""A figure that is published twice is the same figure: in a table and in prose, in two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from auditors import slips
from auditors.desk import Desk
from auditors.identities import Claim, Term, make
from auditors.statements import Subject, subject, territory, time
from solieu.intervals import coarse_place
from solieu.model import Figure, Observation
from solieu.quick import replace

# Two figures further apart than this are rather two different statistics under one name.
CLOSE = Decimal("0.05")

Topic = tuple[str, ...]


def topic(observation: Observation, about: Subject | None = None) -> Topic | None:
    """What a figure speaks of; None where something about it is not known."""
    if observation.metric is None or observation.region is None or observation.period is None:
        return None
    place, when, scenario = about or subject(observation)
    return (
        place,
        observation.metric,
        scenario,
        observation.measure,
        observation.basis or "",
        when,
        observation.figure.unit,
    )


def repeated_figures(desk: Desk) -> Iterator[Claim]:
    """Figures of one topic in different tables, or in a table and in the text."""
    for statements in _by_topic(desk).values():
        yield from _compared(statements)


def _by_topic(desk: Desk) -> dict[Topic, list[Observation]]:
    found: dict[Topic, list[Observation]] = defaultdict(list)
    for observation, told in zip(desk.observations, desk.about, strict=True):
        about = topic(observation, told)
        if about is not None:
            found[about].append(observation)
    return {about: those for about, those in found.items() if len(those) > 1}


def _compared(statements: Sequence[Observation]) -> Iterator[Claim]:
    """Each statement against the first; in one table a second figure is another breakdown."""
    tables = [o.figure.place.table for o in statements if o.method == "table"]
    if len(set(tables)) < len(tables):
        return
    ordered = sorted(statements, key=lambda o: (o.method != "table", not o.is_total))
    first, several = ordered[0], len({o.figure.value for o in statements}) > 2
    for other in ordered[1:]:
        claim = make("repeated_figure", coarse(other.figure), (Term(coarse(first.figure)),))
        yield _sure(claim, first, other, several=several)


def repeated_growths(desk: Desk) -> Iterator[Claim]:
    """One level said twice in the text, each time with another growth since the same time.

    The subject need not be in the vocabulary: the same amount under the same words is the same.
    """
    said: dict[tuple[object, ...], list[tuple[Observation, frozenset[str]]]] = defaultdict(list)
    for level, growth in _with_growth(desk.observations):
        words = frozenset(level.metric_label.casefold().split())
        about = (territory(growth), time(growth), growth.scenario, growth.basis)
        said[(*about, level.figure.value, level.figure.unit)].append((growth, words))
    for statements in said.values():
        first, words = statements[0]
        different = {o.figure.value: (o, w) for o, w in reversed(statements)}
        different.pop(first.figure.value)
        for other, more in list(different.values())[::-1] or statements[1:2]:
            few, many = sorted((words, more), key=len)
            if len(few) >= FEWEST_WORDS and few <= many:
                yield make("repeated_figure", other.figure, (Term(first.figure),), layout="growth")


# Labels of fewer words than this are too general to say that two figures are of one thing.
FEWEST_WORDS = 6
# A growth belongs to the level just before it in the sentence.
NEXT = 40


def _with_growth(
    observations: Iterable[Observation],
) -> Iterator[tuple[Observation, Observation]]:
    told = [o for o in observations if o.figure.place.passage is not None]
    told.sort(key=lambda o: (o.figure.place.passage or 0, o.figure.place.start or 0))
    for level, growth in pairwise(told):
        one, other = level.figure.place, growth.figure.place
        close = one.passage == other.passage and (other.start or 0) - (one.end or 0) <= NEXT
        same = level.metric == growth.metric and growth.figure.unit == "percent"
        if close and same and (level.measure, growth.measure) == ("level", "growth"):
            yield level, growth


def coarse(figure: Figure) -> Figure:
    """A round number in running text ("31.700 người") stands for what rounds to it."""
    if figure.value is None or figure.qualifier is not None:
        return figure
    place = coarse_place(figure.value)
    if place < 100 or place <= figure.rounding or abs(figure.value) < place * 10:
        return figure
    return replace(figure, rounding=place, exact=False)


def _sure(claim: Claim, first: Observation, other: Observation, *, several: bool) -> Claim:
    if claim.outcome != "off":
        return claim
    in_prose = first.method == "prose"
    slip = slips.is_slip(claim.whole, claim.expected)
    if several or claim.relative > CLOSE * 5 or (in_prose and not slip):
        return replace(claim, certainty="guess", reason="coarse")
    if in_prose or (claim.relative > CLOSE and not slip):
        return replace(claim, certainty="likely", reason="coarse")
    if first.metric_label != other.metric_label and first.method == other.method:
        return replace(claim, certainty="likely", reason="coarse")
    return claim
