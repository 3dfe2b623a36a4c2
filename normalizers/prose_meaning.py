"""What a figure of a sentence measures: metric, label, measure, basis, sign.

A clause with words of its own names its subject; one without ("đạt 93,15% kế hoạch") speaks of the
subject before it. A phrase that names something the vocabulary does not know gives no code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from normalizers.clauses import Clause
from normalizers.measures import RATES, Measured, measured
from normalizers.metrics import MetricMatch, content_words, match_phrase, vocabulary, without_base
from normalizers.quantities import Quantity
from normalizers.spelling import canonical, words
from solieu.model import Measure

_SPACES = re.compile(r"\s+")
_EDGES = ' \t\n,;:.()[]/+-–•*“”"_'
_LABEL = 240


@dataclass(frozen=True, slots=True)
class Subject:
    """What the text speaks of at a point."""

    metric: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The meaning of one figure."""

    metric: str | None
    label: str
    measure: Measure
    basis: str | None = None
    sign: int = 1
    base_year: int | None = None
    own: bool = True
    """The clause names its subject itself."""
    earlier: bool = False
    """A bracket behind a change that holds last year's amount."""


@dataclass(frozen=True, slots=True)
class Words:
    """A clause in the compared spelling, with and without the names of territories."""

    left: str
    tail: str
    bare_left: str
    bare_tail: str
    noun: str


def spoken(clause: Clause, blanked: str) -> Words:
    """The clause's words; `blanked` is the sentence with territories (and their agencies) blanked."""
    quantity = clause.quantity
    return Words(
        left=canonical(clause.left),
        tail=canonical(clause.tail),
        bare_left=canonical(blanked[clause.start : quantity.start]),
        bare_tail=canonical(blanked[quantity.end : clause.end]),
        noun=_noun(quantity, clause.tail),
    )


def _noun(quantity: Quantity, tail: str) -> str:
    if quantity.unit in RATES or quantity.unit in {"VND", "USD"}:
        return ""
    plain = canonical(tail)
    noun = canonical(quantity.noun or "")
    return plain if plain.startswith(noun) else noun


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    roles = ("empty", "hedge", "predicate", "pronoun", "estimate", "country")
    return frozenset(w for role in roles for phrase in words(role) for w in phrase.split())


def says(text: str) -> list[str]:
    """Words of a canonical text that name a subject: "đạt tỷ lệ" names none.

    >>> says("so với cùng kỳ đạt tỷ lệ")
    []
    """
    return [w for w in content_words(text) if w not in _empty() and not re.fullmatch(r"[\d/%]+", w)]


def meaning(
    clause: Clause,
    said: Words,
    subject: Subject,
    before: Meant | None,
    *,
    insurance: bool,
    year: int | None,
) -> Meant:
    """The meaning of a figure from its clause, its subject so far and the figure before it."""
    unit = clause.quantity.unit
    how = measured(said.left, said.tail, unit, year)
    parallel = _parallel(clause, said, how, before)
    if parallel is not None:
        return parallel
    match, own = _match(said, how, unit, insurance=insurance)
    if own:
        return _meant(match, how, _own_label(clause, subject, match, said), own=True)
    label = _joined(subject.label, clause)
    return _meant(MetricMatch(subject.metric), how, label, own=False)


def _meant(match: MetricMatch | None, how: Measured, label: str, *, own: bool) -> Meant:
    measure, basis = how.measure, how.basis
    if match is not None and measure == "level" and match.measure == "change":
        measure, basis = "change", match.basis
    if basis is None and match is not None and measure == match.measure:
        basis = match.basis
    metric = match.metric if match else None
    return Meant(metric, label, measure, basis, how.sign, how.base_year, own)


def _parallel(clause: Clause, said: Words, how: Measured, before: Meant | None) -> Meant | None:
    """A figure that only continues the statement before it: "tăng 3 người … và 5 người …", "(1%)"."""
    if (
        before is None
        or before.measure not in {"change", "growth"}
        or how.measure in {"change", "growth"}
    ):
        return None
    rate = clause.quantity.unit in RATES
    if clause.bracketed and not says(said.left):
        if rate:
            return replace(before, measure="growth", own=False)
        if before.basis == "same_period_last_year":
            label = f"cùng kỳ năm trước {before.label}"
            return Meant(before.metric, label[:_LABEL], "level", own=False, earlier=True)
        return None
    joined = re.fullmatch(r"(?:và|hoặc|hay)?(?: (?:hơn|gần|khoảng|trên))?", said.left) is not None
    if (
        not joined
        or how.measure == "plan_completion"
        or (rate and how.basis is not None and "cùng" not in said.tail)
    ):
        return None
    return _continued(clause, said, how, before)


def _continued(clause: Clause, said: Words, how: Measured, before: Meant) -> Meant:
    unit = clause.quantity.unit
    match = (
        match_phrase(said.bare_tail, said.noun, unit, insurance=True)
        if says(said.bare_tail)
        else None
    )
    again = measured("tăng", said.tail, unit)
    measure: Measure = "growth" if unit in RATES else "change"
    metric = match.metric if match else before.metric
    basis = again.basis if again.basis != "plan" else None
    return replace(
        before, measure=measure, basis=basis or before.basis, metric=metric, own=match is not None
    )


def _match(
    said: Words, how: Measured, unit: str, *, insurance: bool
) -> tuple[MetricMatch | None, bool]:
    """The code that the clause names, and whether the clause names any subject at all."""
    own_base = how.measure == "share" and how.basis not in _KNOWN_BASES and how.basis is not None
    tail = "" if own_base else said.bare_tail
    phrase = f"{said.bare_left} {tail}".strip()
    match = match_phrase(phrase, said.noun, unit, insurance=insurance)
    if match is not None and (match.metric or says(said.bare_left)):
        return match, True
    if (
        how.measure == "share"
        and how.basis == "labour_force"
        and not says(without_base(said.bare_left))
    ):
        rest = without_base(tail)
        return (MetricMatch(None), True) if "chưa" in rest.split() else (None, False)
    named = says(said.bare_left) if unit in RATES or how.measure != "level" else says(phrase)
    if not named:
        return None, False
    return _known(said, how, unit), True


_KNOWN_BASES = frozenset(
    {"labour_force", "population", "receivable", "students", "plan", "plan_vss", "plan_local"}
)


def _known(said: Words, how: Measured, unit: str) -> MetricMatch | None:
    """The general vocabulary, on the words before the figure and then on those after it."""
    for text in (_subject_phrase(said.bare_left), said.bare_tail):
        found = vocabulary().find(text, said.bare_left)
        if found is None or not _covers(found[0], text) or not _unit_fits(found[0], how, unit):
            continue
        return replace(found[0], measure=None)
    return None


def _subject_phrase(left: str) -> str:
    """The last statement's subject: without what stands before a verb of its own."""
    return re.split(r"(?<!\w)(?:trong đó|trong số này|với|cho biết)(?!\w)", left)[-1].strip()


def _covers(match: MetricMatch, text: str) -> bool:
    said = [w for w in says(text) if w not in {"tỉnh", "nhà", "nước"}]
    explained = set(match.matched.split())
    return sum(w in explained for w in said) >= 0.6 * len(said)


def _unit_fits(match: MetricMatch, how: Measured, unit: str) -> bool:
    if how.measure in {"growth", "plan_completion"}:
        return True
    wanted = vocabulary().unit(match.metric) or ""
    if unit in RATES or unit == "percentage_point":
        return wanted.startswith(("percent", "per mille"))
    if wanted in {"VND", "USD"} or unit in {"VND", "USD"}:
        return wanted == unit
    return not wanted.startswith("per")


def _own_label(clause: Clause, subject: Subject, match: MetricMatch | None, said: Words) -> str:
    """The clause's own words; with the subject before it where they name only a part of it."""
    own = _phrase(clause)
    needs = match is None and subject.label and len(says(f"{said.left} {said.tail}")) <= 4
    return f"{subject.label} / {own}"[:_LABEL] if needs else own[:_LABEL]


def _joined(label: str, clause: Clause) -> str:
    own = _phrase(clause)
    return f"{label} {own}".strip()[:_LABEL] if label else own[:_LABEL]


def _phrase(clause: Clause) -> str:
    left = _SPACES.sub(" ", clause.left).strip(_EDGES)
    tail = _SPACES.sub(" ", clause.tail).strip(_EDGES)
    return f"{left} {tail}".strip()


def share_ahead(found: Sequence[tuple[Clause, Meant]]) -> list[Meant]:
    """Rates of a list whose base is printed once, behind the last: "quý I: 1,92%; quý II: 1,75% …"."""
    meant = [m for _, m in found]
    for i in range(len(meant) - 2, -1, -1):
        clause, this = found[i]
        following = meant[i + 1]
        same = found[i + 1][0].quantity.unit == clause.quantity.unit == "percent"
        if (
            same
            and _open(this)
            and following.measure in {"share", "plan_completion"}
            and following.basis
        ):
            meant[i] = replace(
                this,
                measure=following.measure,
                basis=following.basis,
                metric=this.metric or following.metric,
            )
    return meant


def _open(meant: Meant) -> bool:
    return meant.measure == "share" and meant.basis is None


def respective_metrics(
    left: str, count: int, nouns: Sequence[tuple[str, str]], *, insurance: bool
) -> list[MetricMatch | None]:
    """ "A và B lần lượt là x và y": the metric of each of `count` subjects, or nothing to go by."""
    before = re.split(r"lần lượt|tương ứng", left)[0]
    parts = [p for p in re.split(r"\s+và\s+|\s*;\s*", before) if p.strip()]
    if len(parts) != count:
        return []
    return [
        match_phrase(part, noun, unit, insurance=insurance)
        for part, (noun, unit) in zip(parts, nouns, strict=True)
    ]
