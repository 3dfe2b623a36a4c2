"""What several documents say of one figure: versions of one address, two addresses of one fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditors.desk import Desk
from auditors.identities import Claim, Term, make
from auditors.repeats import CLOSE, coarse, topic
from auditors.report import Clerk
from solieu.model import Content, Finding, Observation, Reading

Key = tuple[object, ...]


def revised(before: Reading, after: Reading) -> tuple[Finding, ...]:
    """The figures that a later version of the same address changed.

    Figures are matched by what they speak of, so that menus and counters make no false revision;
    where a version says two things under one name it is not compared.
    """
    old, new = _single(before.observations), _single(after.observations)
    claims = []
    for key, now in new.items():
        then = old.get(key)
        if then is not None and then.figure.value != now.figure.value:
            claim = make("revision", now.figure, (Term(then.figure),), certainty="likely")
            claims.append(replace(claim, outcome="off", layout="question"))
    return _written(after.document_id, claims, (*before.observations, *after.observations))


def _single(observations: Iterable[Observation]) -> dict[Key, Observation]:
    found: dict[Key, Observation | None] = {}
    for observation in observations:
        key = _key(observation)
        earlier = found.get(key, observation)
        same = earlier is not None and earlier.figure.value == observation.figure.value
        found[key] = earlier if same else None
    return {key: o for key, o in found.items() if o is not None and o.figure.value is not None}


def _key(observation: Observation) -> Key:
    about = topic(observation)
    if about is not None:
        return about
    period = observation.period.code if observation.period is not None else None
    region = observation.region.name if observation.region is not None else observation.region_text
    return (region, observation.metric_label, observation.scenario, observation.measure, period)


def audit_across(
    documents: Iterable[tuple[str, Sequence[Observation]]],
) -> tuple[tuple[str, Finding], ...]:
    """Figures of one topic in several documents, each against the first document that gives it.

    The result pairs a finding with the later document's id. Two authorities may count differently,
    so a difference is a question.
    """
    first: dict[Key, tuple[str, Observation]] = {}
    found: list[tuple[str, Finding]] = []
    for document_id, observations in documents:
        for key, now in _single(o for o in observations if topic(o) is not None).items():
            earlier, then = first.setdefault(key, (document_id, now))
            if earlier != document_id:
                finding = _compared(document_id, then, now)
                found.append((document_id, _beside(finding, earlier)))
    return tuple(found)


def _compared(document_id: str, then: Observation, now: Observation) -> Finding:
    claim = make("repeated_figure", coarse(now.figure), (Term(coarse(then.figure)),))
    far = claim.outcome == "off" and claim.relative > CLOSE * 5
    weighed = replace(
        claim,
        certainty="guess" if far else "likely",
        reason="two_documents",
        layout="two_documents",
    )
    return _written(document_id, [weighed], (then, now))[0]


def _beside(finding: Finding, other: str) -> Finding:
    """The finding with the document that it is compared with."""
    return replace(finding, details={**finding.details, "other_document": other})


def _written(
    document_id: str, claims: Sequence[Claim], observations: Sequence[Observation]
) -> tuple[Finding, ...]:
    desk = Desk(Reading(document_id, Content(()), observations=tuple(observations)))
    clerk = Clerk(desk, claims)
    return tuple(clerk.finding(claim) for claim in claims)
