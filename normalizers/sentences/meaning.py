"""What a figure of a sentence measures: metric, label, measure, basis, sign.

A clause with words of its own names its subject; one without ("đạt 93,15% kế hoạch") speaks of the
subject before it. A phrase that names something the vocabulary does not know gives no code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from normalizers.facts import rows
from normalizers.measures import RATES, Measured, basis_of, measured
from normalizers.metrics import (
    COVER,
    INSURANCE,
    MetricMatch,
    Vocabulary,
    match_phrase,
    vocabulary,
    without_agencies,
    without_base,
)
from normalizers.sentences.clauses import Clause, fragments
from normalizers.sentences.words import MONEY, Words, currency, label, says
from normalizers.spelling import canonical, contains, words
from solieu.model import Measure, Scenario

_BASES = frozenset(
    {"labour_force", "population", "receivable", "students", "plan", "plan_vss", "plan_local"}
)
_JOINED = re.compile(r"(?:và|hoặc|hay)?(?: ?(?:hơn|gần|khoảng|trên))?")
_IN_RATE = re.compile(r"(?:tương ứng|tương đương|hay)(?: với)?(?: tỷ lệ)?(?: tăng| giảm)?")
_OUT_OF = re.compile(r"(?:trên|trong) tổng(?: số)?")
_MOVED = re.compile(r" (?:tăng|giảm)(?= (?:từ|còn|xuống|lên)(?!\w))")
"""A change of a level that is named itself: "tỷ lệ hộ nghèo giảm từ 7,1% xuống còn 4,8%"."""
_PART = re.compile(r"(?<!\w)(?:trong đó|trong số này|với|cho biết)(?!\w)")


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
    topic: str = ""
    """What a later figure without a subject of its own may refer to."""
    own: bool = True
    """The clause names its subject itself."""
    earlier: bool = False
    """A bracket behind a change that holds last year's amount."""
    new: bool = False
    """A figure of what is new in the period, outside brackets: a list may go on with it."""
    scenario: Scenario | None = None
    """Where the place of the figure says it, and not a word before it."""


def meaning(
    clause: Clause, said: Words, subject: Subject, before: Meant | None, *, insurance: bool
) -> Meant:
    """The meaning of a figure from its clause, its subject so far and the figure before it."""
    how = measured(said.left, said.tail, clause.quantity.unit)
    continued = _continued(clause, said, how, before) if before else None
    if continued is not None:
        return continued
    match, own = _match(said, how, clause.quantity.unit, subject, insurance=insurance)
    if how.basis == "receivable" and not _is_money(match.metric if match else subject.metric):
        match, own = MetricMatch("insurance_arrears"), True
    if not own:
        carried = _meant(MetricMatch(subject.metric), how, label(clause, subject.label))
        if not _same_kind(carried, clause.quantity.unit):
            carried = replace(carried, metric=None)
        return replace(carried, topic=subject.label, own=False)
    partial = (match is None or match.metric is None) and len(says(said.phrase)) <= 4
    meant = _meant(match, how, label(clause, subject.label if partial else ""))
    return replace(meant, topic=label(clause), new=how.new and not clause.bracketed)


def _meant(match: MetricMatch | None, how: Measured, name: str) -> Meant:
    measure, basis = how.measure, how.basis
    if match is not None and measure == "level" and match.measure == "change":
        measure, basis = "change", match.basis
    if basis is None and match is not None and measure == match.measure:
        basis = match.basis
    metric = match.metric if match else None
    if measure == "share" and metric in _growth_rates():
        measure = "growth"
    return Meant(metric, name, measure, basis, how.sign, how.base_year, name)


@lru_cache(maxsize=1)
def _growth_rates() -> frozenset[str]:
    """Metrics that are rates of growth themselves: "tốc độ tăng trưởng GRDP đạt 7,12%"."""
    return frozenset(r["phrase"] for r in rows("cue_words.csv") if r["role"] == "growth_metric")


def _is_money(metric: str | None) -> bool:
    return (vocabulary().unit(metric) or "") in MONEY


def _same_kind(meant: Meant, unit: str) -> bool:
    """Money carries on from money, people from people."""
    wanted = vocabulary().unit(meant.metric)
    if (
        meant.measure not in {"level", "change"}
        or unit in {*RATES, "percentage_point"}
        or wanted is None
    ):
        return True
    return (wanted in MONEY) == (currency(unit) in MONEY)


# ---------------------------------------------------------------- continued statements


def _continued(clause: Clause, said: Words, how: Measured, before: Meant) -> Meant | None:
    """A figure that goes on with the statement before it."""
    if _names_money(re.split(r"(?<!\w)với(?!\w)", said.left)[-1]) and clause.quantity.unit in MONEY:
        return _companion(clause, said, before)
    if _OUT_OF.fullmatch(said.left):
        name = label(clause, before.topic)
        return Meant(None, name, "level", topic=before.topic, own=False)
    if before.measure == "plan_completion" and _the_plan(clause, said):
        name = label(clause, before.topic)
        return replace(before, measure="level", basis=None, label=name, own=False, scenario="plan")
    if before.earlier and clause.left.lstrip().startswith("/"):
        return replace(before, label=label(clause, before.topic), own=False)
    if before.measure in {"change", "growth"} and how.measure not in {"change", "growth"}:
        return _after_change(clause, said, how, before)
    return None


def _the_plan(clause: Clause, said: Words) -> bool:
    """The plan in a bracket behind its completion: "đạt 82,4% chỉ tiêu (5.800 tỷ đồng)"."""
    amount = clause.quantity.unit not in RATES
    return amount and clause.bracketed and not said.left and said.tail == ""


def _after_change(clause: Clause, said: Words, how: Measured, before: Meant) -> Meant | None:
    """What may go on with a change: its rate in brackets, a second amount, a part of it."""
    if clause.bracketed and not says(said.left):
        return _in_bracket(clause, said, before)
    rate = clause.quantity.unit in RATES
    if before.new and how.measure == "level" and not said.left:
        return _same_change(clause, said, before)
    if ";" in clause.left or (before.measure == "growth" and not rate):
        return None
    other = rate and how.basis is not None and "cùng" not in said.tail
    if rate and _IN_RATE.fullmatch(said.left):
        return _same_change(clause, said, before)
    goes_on = (
        _JOINED.fullmatch(said.left) or _part_of_change(said, how) or _in_all(said, how, before)
    )
    if how.measure == "plan_completion" or other or not goes_on:
        return None
    return _same_change(clause, said, before)


def _names_money(left: str) -> bool:
    said = set(left.split())
    return bool(said & {"tiền", "phí", "giá"}) and said <= set(words("companion"))


def _companion(clause: Clause, said: Words, before: Meant) -> Meant | None:
    """The money of what was just counted: "113 đối tượng, số tiền: 319.317.000 đồng"."""
    if not said.left or before.measure not in {"level", "change"}:
        return None
    metric = _money_of().get(before.metric or "")
    name = label(clause, before.topic)
    if metric is None:
        return replace(before, metric=None, label=name, own=False)
    return Meant(metric, name, "level", topic=name)


@lru_cache(maxsize=1)
def _money_of() -> dict[str, str]:
    """What the money behind a count is: "1.206 đơn vị chậm đóng với số tiền 142 tỷ đồng"."""
    return {r["counted"]: r["money"] for r in rows("companions.csv")}


def _in_bracket(clause: Clause, said: Words, before: Meant) -> Meant | None:
    """A rate in "tăng … 264.439 triệu đồng (1%)", the earlier amount in "tăng 16 ca (02 ca)"."""
    if clause.quantity.unit in RATES:
        basis, year = basis_of(said.tail)
        basis, year = (basis, year) if basis else (before.basis, before.base_year)
        return replace(before, measure="growth", basis=basis, base_year=year, own=False)
    if before.basis == "same_period_last_year":
        name = label(clause, f"cùng kỳ năm trước {before.topic}")
        return Meant(before.metric, name, "level", topic=before.topic, own=False, earlier=True)
    return None


def _part_of_change(said: Words, how: Measured) -> bool:
    """As in "phát triển mới 5.000 người, trong đó BHXH tự nguyện 1.000 người"."""
    words_before = set(said.left.split())
    return (
        how.measure == "level"
        and said.left.startswith("trong đó")
        and not words_before & {"nâng", "đưa", "tổng", "đạt", "lũy"}
    )


def _in_all(said: Words, how: Measured, before: Meant) -> bool:
    """As in "tháng 9 phát triển mới 1.342 người, lũy kế 9 tháng là 8.975 người"."""
    new = before.measure == "change" and before.basis == "period_start"
    summed = re.match(r"(?:lũy kế|tính chung|cộng dồn)(?!\w)", said.left) is not None
    return new and how.measure == "level" and summed and not says(said.bare_left)


def _same_change(clause: Clause, said: Words, before: Meant) -> Meant:
    unit = clause.quantity.unit
    speaks = says(said.bare_tail) or says(said.bare_left)
    match = match_phrase(said.phrase, said.noun, unit, insurance=True) if speaks else None
    again = measured("tăng", said.tail, unit)
    measure: Measure = "growth" if unit in RATES else "change"
    return replace(
        before,
        measure=measure,
        basis=again.basis if again.basis not in {None, "plan"} else before.basis,
        metric=match.metric if match else before.metric,
        label=label(clause, "" if match else before.topic),
        own=match is not None,
    )


# ---------------------------------------------------------------- metric


def _match(
    said: Words, how: Measured, unit: str, subject: Subject, *, insurance: bool
) -> tuple[MetricMatch | None, bool]:
    """The code that the clause names, and whether the clause names any subject at all."""
    if how.measure == "share" and how.basis is not None and how.basis not in _BASES:
        said = replace(said, bare_tail="", tail="")
    if (how.basis or "")[:4] != "plan" and any(
        contains(f"{said.near} {said.bare_tail}", word) for word in words("negated")
    ):
        return None, True
    own = vocabulary().own
    if own is not None and (mine := _of_user(own, said, how, unit)) is not None:
        return mine, True
    found = _slots(said, unit, insurance=insurance) or _part_of_scheme(said, unit, subject)
    if found is not None and (found.metric or says(said.bare_left)):
        return found, True
    bare = _bare_money(said, how, unit) if found is None and insurance else None
    if bare is not None:
        return MetricMatch(bare), True
    if unit in RATES and how.basis == "labour_force" and not says(without_base(said.bare_left)):
        return _of_labour_force(said)
    known = _known(said, how, unit, subject)
    amount = how.measure == "level" and unit not in RATES
    named = says(said.bare_left) or (amount and _names_more(said, subject, unit))
    return known, bool(known or named)


def _of_user(own: Vocabulary, said: Words, how: Measured, unit: str) -> MetricMatch | None:
    """A wording of the user's own vocabulary in the statement; it stands before all other rules."""
    for text in (f"{said.near} {said.bare_tail}", said.near, said.bare_tail):
        found = own.find(text)
        if found is not None and _unit_fits(found[0], how, unit):
            return found[0]
    return None


def _bare_money(said: Words, how: Measured, unit: str) -> str | None:
    """Of an insurance agency: a bare "thu đạt 574 tỷ đồng" is revenue, "nợ: 7 tỷ đồng" arrears."""
    named = set(says(said.near))
    if unit not in MONEY and how.measure not in {"plan_completion", "growth"}:
        return None
    if "thu" in named and named <= set(words("revenue_only")):
        return "insurance_contribution_revenue"
    owed = bool(named & {"nợ", "chậm"}) and named <= set(words("arrears_only"))
    return "insurance_arrears" if owed else None


def _part_of_scheme(said: Words, unit: str, subject: Subject) -> MetricMatch | None:
    """A part named without its scheme: "…tham gia BHYT, trong đó 40.218 người theo hộ gia đình"."""
    scheme = "bhyt" if subject.metric in _HEALTH else "bhxh" if subject.metric in _SOCIAL else None
    phrase = f"{said.near} {said.bare_tail}"
    if scheme is None or unit in RATES or INSURANCE & set(phrase.split()):
        return None
    if scheme == "bhxh":
        whole = re.sub(r"(?<!\w)(?=(?:bắt buộc|tự nguyện)(?!\w))", "bhxh ", phrase)
    else:
        whole = f"bhyt {phrase}"
    found = match_phrase(whole, said.noun, unit, insurance=True) if whole != phrase else None
    narrower = found is not None and found.metric not in {None, "health_insurance_participants"}
    return found if narrower else None


_HEALTH = frozenset(
    {
        "health_insurance_participants",
        "household_health_insurance_participants",
        "student_health_insurance_participants",
    }
)
_SOCIAL = frozenset(
    {
        "social_insurance_participants",
        "compulsory_social_insurance_participants",
        "voluntary_social_insurance_participants",
    }
)


def _names_more(said: Words, subject: Subject, unit: str) -> bool:
    """Do the words after an amount say more than what is counted: "45 hộ", "45 hộ cận nghèo"?"""
    only_noun = len(said.bare_tail.split()) == 1 and subject.label != ""
    again = said.bare_tail in words("counted_noun")
    if again and subject.metric and vocabulary().unit(subject.metric) == unit:
        return False
    return bool(says(said.bare_tail)) and not only_noun


def _of_labour_force(said: Words) -> tuple[MetricMatch | None, bool]:
    """As in "49% lực lượng lao động" goes on, "55% lực lượng lao động chưa tham gia" does not."""
    if "chưa" in said.bare_tail.split():
        return None, True
    return None, False


def _slots(said: Words, unit: str, *, insurance: bool) -> MetricMatch | None:
    """The slots on the words after the figure, then the last statement, then the whole clause."""
    after = without_agencies(said.bare_tail)
    if unit in RATES:
        after = without_base(after)
    near = f"{said.near} {said.bare_tail}"
    channel = match_phrase(near, said.noun, unit, insurance=insurance)
    if channel is not None and channel.measure:
        return channel
    for phrase in (after if INSURANCE & set(after.split()) else "", near, said.phrase):
        found = match_phrase(phrase, said.noun, unit, insurance=insurance) if phrase else None
        if found is not None:
            return found
    return None


def _known(said: Words, how: Measured, unit: str, subject: Subject) -> MetricMatch | None:
    """The general vocabulary: words before the figure, after it, and for a part of the subject."""
    left = _PART.split(said.bare_left)[-1].strip()
    texts = [left, said.near, said.bare_tail]
    if said.bare_left.startswith("trong đó"):
        texts.append(f"{_subject_only(subject.label)} {_subject_only(left)}")
    for i, text in enumerate(_MOVED.sub(" ", t) for t in texts):
        found = vocabulary().find(text, f"{said.bare_left} %" if unit in RATES else said.bare_left)
        if found and i == 3 and not _covers(found[0], left):
            continue
        if found is not None and _covers(found[0], text) and _unit_fits(found[0], how, unit):
            return replace(found[0], measure=None) if found[0].metric else found[0]
    return None


_VERB_AT_EDGE = re.compile(r"(?: (?:đạt|là|chiếm|bằng|còn))+$")


def _subject_only(text: str) -> str:
    return _VERB_AT_EDGE.sub("", canonical(text))


def _covers(match: MetricMatch, text: str) -> bool:
    said = [w for w in says(text) if w not in {"tỉnh", "nhà", "nước"}]
    explained = set(match.matched.split())
    return sum(w in explained for w in said) >= COVER * len(said)


def _unit_fits(match: MetricMatch, how: Measured, unit: str) -> bool:
    if how.measure in {"growth", "plan_completion"} or match.metric is None:
        return True
    wanted = vocabulary().unit(match.metric) or ""
    if unit in RATES or unit == "percentage_point":
        return wanted.startswith(("percent", "per mille"))
    if wanted in MONEY or currency(unit) in MONEY:
        return wanted == currency(unit)
    return not wanted.startswith(("percent", "per "))


# ---------------------------------------------------------------- comparisons


def comparison(found: Sequence[Clause]) -> str:
    """What the sentence sets out to compare with: "So với cùng kỳ, …"; "" where it does not."""
    for fragment in fragments(found[0].left):
        plain = canonical(fragment)
        if re.search(r"(?<!\w)(?:so với|so sánh với|so cùng kỳ)(?!\w)", plain):
            return plain
    return ""


def compared(meant: Meant, clause: Clause, before: Meant | None, against: str) -> Meant:
    """A change without a base of its own: that of the change before it, or of the sentence."""
    if meant.measure not in {"change", "growth"} or meant.basis not in {None, "period_start"}:
        return meant
    if meant.basis is None and clause.bracketed and before is not None and before.basis:
        return replace(meant, basis=before.basis, base_year=before.base_year)
    basis, base_year = basis_of(against) if against else (None, None)
    return replace(meant, basis=basis, base_year=base_year) if basis else meant


# ---------------------------------------------------------------- lists


def based_ahead(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """A change whose base is printed behind its rate: "tăng 12 người (4,1%) so với cùng kỳ"."""
    bound = list(found)
    for i in range(len(bound) - 2, -1, -1):
        (clause, this), after = bound[i], bound[i + 1][1]
        goes_on = after.measure == "growth" and not after.own and after.metric == this.metric
        if this.measure == "change" and this.basis is None and goes_on:
            bound[i] = (clause, replace(this, basis=after.basis, base_year=after.base_year))
    return bound


def share_ahead(found: Sequence[tuple[Clause, Meant]]) -> list[Meant]:
    """Rates of a list whose base is printed once, at its end: "quý I: 1,92%; quý II: 1,75% …"."""
    meant = [m for _, m in found]
    for i in range(len(meant) - 2, -1, -1):
        unit, after = found[i][0].quantity.unit, meant[i + 1]
        if unit != "percent" or found[i + 1][0].quantity.unit != unit:
            continue
        if meant[i].measure == "share" and meant[i].basis is None and after.basis:
            meant[i] = _with_base(meant[i], after)
    for i in range(1, len(meant)):
        if _bare_completion(found[i][0], meant[i], meant[:i]):
            done = next((m for m in meant[:i] if m.measure == "plan_completion"), None)
            basis = done.basis if done else "plan"
            meant[i] = replace(meant[i], measure="plan_completion", basis=basis)
        if _listed_rate(found[i][0], meant[i], meant[i - 1]):
            meant[i] = replace(meant[i], measure=meant[i - 1].measure, basis=meant[i - 1].basis)
    return meant


def _bare_completion(clause: Clause, rate: Meant, before: Sequence[Meant]) -> bool:
    """A bare "đạt 51%" behind an amount: of the plan, if it is money or its list names one."""
    if rate.measure != "share" or rate.basis is not None or rate.own:
        return False
    if canonical(clause.left) != "đạt" or canonical(clause.tail):
        return False
    planned = any(m.measure == "plan_completion" for m in before)
    return before[-1].measure == "level" and (planned or _is_money(rate.metric))


def _listed_rate(clause: Clause, rate: Meant, before: Meant) -> bool:
    """As in "xã A đạt 78% kế hoạch, xã B đạt 80%": the base is printed once, at its head."""
    alone = rate.measure == "share" and rate.basis is None and not rate.own
    listed = before.measure in {"plan_completion", "share"} and before.basis is not None
    verb = re.search(r"chiếm|tỷ lệ|tỉ lệ|bao phủ|bằng|tăng|giảm|\(", clause.left, re.IGNORECASE)
    return alone and listed and verb is None and clause.quantity.unit == "percent"


def _with_base(rate: Meant, after: Meant) -> Meant:
    other = rate.metric != after.metric and (rate.own or rate.metric is not None)
    if after.measure not in {"share", "plan_completion"} or (other and after.own):
        return rate
    return replace(
        rate, measure=after.measure, basis=after.basis, metric=rate.metric or after.metric
    )


def respective_metrics(
    left: str, count: int, nouns: Sequence[tuple[str, str]], *, insurance: bool
) -> list[MetricMatch | None]:
    """The metric of each subject in "A và B lần lượt là x và y"; [] where they are not `count`."""
    before = re.split(r"lần lượt|tương ứng", left)[0]
    parts = [p for p in re.split(r"\s+và\s+|\s*;\s*", before) if p.strip()]
    if len(parts) != count:
        parts = [p for p in re.split(r"\s+và\s+|\s*[;,]\s*", before) if p.strip()][-count:]
    if len(parts) != count or not all(map(says, map(canonical, parts))):
        return []
    return [
        match_phrase(part, noun, unit, insurance=insurance)
        for part, (noun, unit) in zip(parts, nouns, strict=True)
    ]
