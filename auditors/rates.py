"""A printed percentage against the figures it was worked out from.

Growth is the change over what was there before (the level less the change), completion the outcome
over the plan, a share the part over its base. A percentage stands for all that rounds to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from auditors import bases
from auditors.desk import Desk
from auditors.identities import Claim, Term, percent
from auditors.statements import Subject, levels, nearest, together
from solieu.model import Figure, Observation


def growth_rates(desk: Desk) -> Iterator[Claim]:
    """Growth in percent against the change and the level of the same sentence or row."""
    grown = any(o.measure == "growth" for o in desk.observations)
    told = _levels_by_row(desk) if grown else {}
    for group in desk.subjects.values():
        for growth in group:
            if growth.measure != "growth" or growth.figure.unit != "percent":
                continue
            row = _row_of(growth)
            now = told.get(row) if row else None
            before = told.get((*row[:3], row[3] - 1)) if row else None
            if now is None or before is None:
                if not _of_a_rate(growth, group):
                    yield from _growth(growth, group)
            else:
                # Where both levels stand in the row, they say what grew, and no third figure.
                more = (Term(now), Term(before, -1))
                yield percent("growth_rate", growth.figure, more, (Term(before),))


Row = tuple[int | None, int | None, str | None, int]


def _row_of(observation: Observation) -> Row | None:
    place, period = observation.figure.place, observation.period
    if place.row is None or period is None:
        return None
    return place.table, place.row, observation.metric, period.year


def _levels_by_row(desk: Desk) -> dict[Row, Figure]:
    """The level that a table row gives for a metric in a year; none where it gives several."""
    found: dict[Row, Figure] = {}
    several: set[Row] = set()
    for observation in desk.observations:
        if observation.measure != "level" or observation.scenario == "plan":
            continue
        row = _row_of(observation)
        if row is None:
            continue
        several |= {row} & found.keys()
        found[row] = observation.figure
    return {row: figure for row, figure in found.items() if row not in several}


def _of_a_rate(growth: Observation, group: Sequence[Observation]) -> bool:
    """May a growth be the points by which a rate rose, and not what the count behind it grew by?

    "134.951 người. Tỷ lệ tham gia là 28,3%, tăng 2%"; "tăng 3,77% về tỷ lệ dân số tham gia".
    """
    if _RATE.search(growth.metric_label):
        return True
    place = growth.figure.place
    told = [o for o in group if o.figure.place.passage == place.passage and _ahead_of(o, growth)]
    last = max(told, key=lambda o: o.figure.place.start or 0, default=None)
    return place.passage is not None and last is not None and last.measure == "share"


def _ahead_of(one: Observation, other: Observation) -> bool:
    return (one.figure.place.start or 0) < (other.figure.place.start or 0)


_RATE = re.compile(r"\bt[ỷỉ] lệ\b", re.IGNORECASE)


def _growth(growth: Observation, group: Sequence[Observation]) -> Iterator[Claim]:
    changes = [
        o
        for o in group
        if o.measure == "change"
        and o.basis == growth.basis
        and o.figure.unit != "percent"
        and _same_metric(o, growth)
        and together(o, growth)
    ]
    bases = [o for o in levels(group, growth.metric, growth.metric_label) if together(o, growth)]
    claims = [
        percent(
            "growth_rate",
            growth.figure,
            (Term(change.figure),),
            (Term(level.figure), Term(change.figure, -1)),
        )
        for change, level in product(nearest(growth, changes), nearest(growth, bases))
        if change.figure.unit == level.figure.unit and _grown_from_something(change, level)
    ]
    if claims:
        yield _first_holding(claims)


def _grown_from_something(change: Observation, level: Observation) -> bool:
    """A level that its own increase exceeds is the level of something else."""
    before = (level.figure.value or Decimal(0)) - (change.figure.value or Decimal(0))
    return before > 0


def _same_metric(one: Observation, other: Observation) -> bool:
    if one.metric is None or other.metric is None:
        return one.metric == other.metric and one.metric_label == other.metric_label
    return one.metric == other.metric


def _first_holding(claims: Sequence[Claim]) -> Claim:
    return next((c for c in claims if c.outcome == "holds"), claims[0])


def plan_completions(desk: Desk) -> Iterator[Claim]:
    """Completion of a plan, where the document gives outcome and plan in figures."""
    groups = desk.subjects
    plans = _plans(desk)
    for subject, group in groups.items():
        for rate in group:
            if rate.measure == "plan_completion" and rate.figure.unit == "percent":
                yield from _completion(rate, group, plans.get(_year(subject, rate), ()))


def _year(subject: Subject, observation: Observation) -> tuple[str, int | None]:
    return subject[0], observation.period.year if observation.period is not None else None


def _plans(desk: Desk) -> dict[tuple[str, int | None], list[Observation]]:
    found: dict[tuple[str, int | None], list[Observation]] = {}
    for observation, about in zip(desk.observations, desk.about, strict=True):
        if observation.scenario == "plan" and observation.measure == "level":
            found.setdefault(_year(about, observation), []).append(observation)
    return found


def _completion(
    rate: Observation, group: Sequence[Observation], plans: Iterable[Observation]
) -> Iterator[Claim]:
    outcomes = nearest(rate, levels(group, rate.metric, rate.metric_label), 3)
    targets = nearest(rate, levels(plans, rate.metric, rate.metric_label), 3)
    claims = [
        _apart(
            percent("plan_completion", rate.figure, (Term(o.figure),), (Term(t.figure),)),
            rate,
            o,
            t,
        )
        for o, t in product(outcomes, targets)
        if o.figure.unit == t.figure.unit and o.figure.figure_id != t.figure.figure_id
    ]
    told = _first_holding(claims) if claims else None
    open_which = _several(rate, outcomes) or _several(rate, targets)
    if told is not None and not (told.outcome == "off" and open_which):
        yield _perhaps_another(told)


def _several(rate: Observation, others: Sequence[Observation]) -> bool:
    """Of several plans in a row the columns say which was divided by, and not the nearest."""
    here = rate.figure.place
    row = [
        o for o in others if (o.figure.place.table, o.figure.place.row) == (here.table, here.row)
    ]
    return here.row is not None and len(row) > 1


# An outcome far from the only plan that is given was measured against another plan.
_ANOTHER = Decimal("0.25")


def _perhaps_another(claim: Claim) -> Claim:
    if claim.outcome == "off" and claim.relative > _ANOTHER:
        return replace(claim, certainty="likely", reason="large_gap")
    return claim


def _apart(claim: Claim, *observations: Observation) -> Claim:
    if together(*observations):
        return claim
    return replace(claim, certainty="likely", reason="apart")


def shares(desk: Desk) -> Iterator[Claim]:
    """Shares against count and base; where the base is not given, shares that have it in common."""
    for group in desk.subjects.values():
        pairs = [pair for share in group for pair in _pair(share, group)]
        for share, count in pairs:
            bases = nearest(share, levels(group, share.basis), 2) if share.basis else []
            claims = [
                _apart(
                    percent("share", share.figure, (Term(count.figure),), (Term(b.figure),)),
                    share,
                    b,
                )
                for b in bases
                if b.figure.unit == count.figure.unit
            ]
            if claims:
                yield _first_holding(claims)
        yield from _common_bases(pairs)


Pair = tuple[Observation, Observation]


def _pair(share: Observation, group: Sequence[Observation]) -> Iterator[Pair]:
    """The share with the count that it is the percentage of."""
    if share.measure != "share" or share.figure.unit != "percent" or share.metric is None:
        return
    near = [o for o in levels(group, share.metric) if together(o, share)]
    for count in nearest(share, near, 1):
        yield share, count


_OWN_BASES = frozenset({"same_period_last_year", "previous_year", "previous_month", "period_start"})
"""A share of what a figure was itself before has no base in common with another's: "bằng 84,5% so
với cùng kỳ"."""


def _common_bases(pairs: Sequence[Pair]) -> Iterator[Claim]:
    """Every count over its percentage gives the base as an interval; one base fits all of them."""
    by_basis: dict[str, dict[str, Pair]] = {}
    for share, count in pairs:
        if share.metric is None or share.basis is None:
            continue
        if share.basis not in _OWN_BASES:
            by_basis.setdefault(share.basis, {}).setdefault(share.metric, (share, count))
    for family in by_basis.values():
        ordered = sorted(family.values(), key=lambda p: -abs(p[1].figure.value or Decimal(0)))
        if len(ordered) < 2:
            continue
        for pair in ordered[1:]:
            yield from bases.compared(ordered[0], pair)
