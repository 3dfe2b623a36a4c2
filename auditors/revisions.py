"""What several documents say of one figure: versions of one address, two addresses of one fact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from auditors.desk import Desk
from auditors.identities import Claim, Term, make
from auditors.repeats import CLOSE, coarse, topic
from auditors.report import Clerk
from solieu.model import Content, Finding, Observation, Reading

Key = tuple[object, ...]


def revised(before: Reading, after: Reading) -> tuple[Finding, ...]:
    """The figures that a later version of the same address changed."""
    pairs = changed(before.observations, after.observations)
    claims = [
        replace(
            make("revision", now.figure, (Term(then.figure),), certainty="likely"),
            outcome="off",
            layout="question",
        )
        for then, now in pairs
    ]
    return _written(after.document_id, claims, (*before.observations, *after.observations))


def changed(
    before: Sequence[Observation], after: Sequence[Observation]
) -> list[tuple[Observation, Observation]]:
    """Pairs of a figure and what it became, in the order of `after`.

    Figures are matched by what they speak of and not by where they stand, so that menus, counters
    and moved rows make no false revision. What both versions say is set aside; of the rest, figures
    of one meaning are pairs where both sides have equally many, in their order: first under the
    same label, then under the same metric. The others were added or left out.
    """
    old, new = list(before), list(after)
    pairs: list[tuple[Observation, Observation]] = []
    for meaning in (_labelled, topic):
        old, new = _beyond(old, new, meaning)
        pairs += _paired(old, new, meaning)
        taken = {id(o) for pair in pairs for o in pair}
        old, new = ([o for o in rest if id(o) not in taken] for rest in (old, new))
    order = {id(o): n for n, o in enumerate(after)}
    return sorted(pairs, key=lambda pair: order[id(pair[1])])


Meaning = Callable[[Observation], Key | None]


def _labelled(observation: Observation) -> Key:
    """What a figure is about in the words of the page."""
    o, region, period = observation, observation.region, observation.period
    return (
        (region.path or region.name, region.code) if region else o.region_text,
        o.metric, o.metric_label, o.scenario, o.measure, o.basis, period.code if period else None,
        o.figure.unit, o.is_total, o.method,
    )  # fmt: skip


def _beyond(
    before: Sequence[Observation], after: Sequence[Observation], meaning: Meaning
) -> tuple[list[Observation], list[Observation]]:
    """Both sides without what they have in common, as often as they have it."""

    def said(observation: Observation) -> Key:
        return (meaning(observation) or _labelled(observation), observation.figure.value)

    common = Counter(map(said, before)) & Counter(map(said, after))
    return _without(before, common, said), _without(after, common, said)


def _without(
    observations: Iterable[Observation],
    common: Counter[Key],
    said: Callable[[Observation], Key],
) -> list[Observation]:
    left = Counter(common)
    rest = []
    for observation in observations:
        key = said(observation)
        if left[key] > 0:
            left[key] -= 1
        else:
            rest.append(observation)
    return rest


def _paired(
    before: Iterable[Observation], after: Iterable[Observation], meaning: Meaning
) -> Iterator[tuple[Observation, Observation]]:
    old, new = _by(before, meaning), _by(after, meaning)
    for key, these in new.items():
        if len(those := old.get(key, ())) == len(these):
            yield from zip(those, these, strict=True)


def _by(observations: Iterable[Observation], meaning: Meaning) -> dict[Key, list[Observation]]:
    found: dict[Key, list[Observation]] = defaultdict(list)
    for observation in observations:
        key = meaning(observation)
        if key is not None and observation.figure.value is not None:
            found[key].append(observation)
    return found


def _single(observations: Iterable[Observation]) -> dict[Key, Observation]:
    found: dict[Key, Observation | None] = {}
    for observation in observations:
        key = topic(observation)
        assert key is not None
        earlier = found.get(key, observation)
        same = earlier is not None and earlier.figure.value == observation.figure.value
        found[key] = earlier if same else None
    return {key: o for key, o in found.items() if o is not None and o.figure.value is not None}


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
