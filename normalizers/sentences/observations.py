"""A bound figure as an observation, and headlines that mean what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from normalizers.measures import PLAN_BASES
from normalizers.metrics import vocabulary
from normalizers.periods.reading import misdated, misprints, trust_in
from normalizers.quantities.reading import Quantity
from normalizers.regions.gazetteer import REFORM
from normalizers.seeking import sought
from normalizers.sentences.aims.scenarios import (
    foreseen,
    of_time_gone,
    scenario,
    since_goal,
    tells_result,
)
from normalizers.sentences.aims.told_plans import is_given, sets_bound
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.labels import shown
from normalizers.sentences.naming.meant import Meant, counts_places
from normalizers.sentences.naming.words import MONEY, currency
from normalizers.sentences.settings import Sentence, Setting
from normalizers.sentences.when.times import Timed, for_flow, year_before
from normalizers.sentences.where.assumed import TRUST, flag_of
from normalizers.sentences.where.former import FORMER_UNIT, is_former
from normalizers.sentences.where.placed import Placed
from solieu.model import (
    Figure,
    Observation,
    Passage,
    Period,
    Place,
    Region,
    Scenario,
    make_figure,
    make_observation,
    make_place,
)
from solieu.quick import replace

_EXCERPT = 600
_HEADS = frozenset({"title", "heading", "caption"})


def told_as(
    sentence: Sentence, clause: Clause, meant: Meant, timed: Timed, setting: Setting
) -> Scenario:
    """What a figure is by its own words: a target, an estimate or a result."""
    said = meant.scenario or _scenario(sentence, clause, timed, setting)
    if said == "actual" and _is_goal(clause, meant):
        return "plan"
    if said == "actual" and counts_places(clause.quantity):
        filled = clause.quantity.kind == "fraction" or _FILLED.search(clause.left)
        return "actual" if filled else "plan"
    if said == "plan" and meant.basis in PLAN_BASES and _SHORT.search(clause.left):
        return "actual"
    if said == "plan" and meant.earlier:
        return "estimate" if _OF_ESTIMATE.search(_before(sentence.text, clause)) else "actual"
    known = meant.earlier or _is_base(sentence, clause, meant) or _is_toll(sentence, clause)
    return "actual" if said == "estimate" and known else said


def _is_goal(clause: Clause, meant: Meant) -> bool:
    """Do the words around it say so: handed out, or how much there is to be at least?"""
    if meant.measure == "level" and is_given(clause.left, clause.tail):
        return True
    return meant.measure in {"level", "share"} and sets_bound(clause.left, clause.tail)


_OF_ESTIMATE = sought(r"\bso với ước\b[^;,.()]*\(\s*$")
"""What a goal is compared with: "tăng 10% so với ước thực hiện năm 2024 (2.400 tỷ đồng)"."""
_SHORT = re.compile(r"\b(?:còn thiếu|hụt)\b[^,;]*$", re.IGNORECASE)
"""What lacks to a plan is no plan: "Chỉ tiêu là 13.200 người, còn thiếu 860 người"."""
_FILLED = re.compile(r"\b(?:đã|tuyển (?:được|đủ)|đủ|trúng tuyển|nhập học)\b", re.IGNORECASE)


def observation(
    sentence: Sentence,
    clause: Clause,
    meant: Meant,
    placed: Placed,
    timed: Timed,
    setting: Setting,
    said: Scenario,
) -> Observation:
    """One figure with all that was found out about it."""
    period = timed.period
    if meant.earlier:
        period = year_before(period, meant.base_year, meant.then)
    new = meant.measure == "change" and meant.basis == "period_start"
    return make_observation(
        figure=_figure(sentence, clause, meant, placed, timed, setting),
        metric_label=shown(meant.label) or sentence.text[:120],
        method="prose",
        region=_assumed(placed, setting) or placed.region,
        region_text=placed.text,
        candidates=placed.candidates,
        metric=meant.metric,
        scenario=said,
        measure=meant.measure,
        basis=_basis(meant, period),
        period=for_flow(meant.metric, period, new_in_period=new),
        flags=_flags(meant, placed, timed, setting),
        misdated=misdated(timed.period, _misprints(sentence, clause)),
    )


def _misprints(sentence: Sentence, clause: Clause) -> tuple[str, ...]:
    return misprints(m for m in sentence.times if clause.start <= m.start < clause.end)


def _scenario(sentence: Sentence, clause: Clause, timed: Timed, setting: Setting) -> Scenario:
    """What the words before a figure say, unless a time gone by begins a new statement."""
    default = "actual" if _before_plan(timed, setting) else setting.scenario
    said = scenario(_EARLIER.sub(" ", _before(sentence.text, clause)), default)
    if said == "estimate" and _since_estimate(sentence, clause, timed, setting):
        return "actual"
    if said != "plan" or setting.scenario == "plan" or not _gone(timed, setting):
        return said
    before = sentence.text[: clause.quantity.start]
    if timed.at is not None and since_goal(before, timed.at, setting.scenario):
        return setting.scenario
    if setting.context.published_on is None and setting.context.period is None:
        return said
    dated = timed.at is not None or _NOW.search(before) is not None
    gone = dated and foreseen(before, setting.scenario)
    return of_time_gone(before, setting.scenario) if gone else said


_ESTIMATED = re.compile(r"\bước\b", re.IGNORECASE)
_YEARS_ESTIMATE = re.compile(
    r"\bước(?: [^\W\d]+){0,3} (?:(?:cả|hết|cuối) năm|năm \d{4})\b(?:[^.;]|\.\d)*[,;]"
    r"\s*(?:riêng|trong đó|còn)?\s*$",
    re.IGNORECASE,
)


def _since_estimate(sentence: Sentence, clause: Clause, timed: Timed, setting: Setting) -> bool:
    """Is it of months gone by, behind an estimate of their year?

    "Ước cả năm đạt 2.200 tỷ đồng, riêng 7 tháng đạt 1.341 tỷ đồng".
    """
    if timed.at is None or timed.found != "own" or not _gone(timed, setting):
        return False
    before = sentence.text[: timed.at]
    again = _ESTIMATED.search(sentence.text, timed.at, clause.quantity.start)
    return again is None and _YEARS_ESTIMATE.search(before) is not None


def _before_plan(timed: Timed, setting: Setting) -> bool:
    """Is the time one that had gone by before the year that a whole document plans?"""
    period, planned = timed.period, setting.document_period
    if setting.scenario != "plan" or timed.found == "document" or planned is None:
        return False
    begins = planned.start or date(planned.year, 1, 1)
    return period is not None and period.end is not None and period.end < begins


_EARLIER = re.compile(
    r"^.*\(\s*(?=(?:so )?(?:(?:\d{1,2} tháng|quý [IV]+)(?: đầu)? )?"
    r"(?:cùng kỳ|năm (?:trước|ngoái|\d{4}))[^()]*$)",
    re.IGNORECASE,
)
"""What a bracket tells of a year gone by is no estimate: "ước đạt 7,58% (cùng kỳ tăng 2,97%)"."""
_BASE = sought(r"\bso (?:với )?(?:cùng kỳ|năm)\b[^();,]{0,30}\(\s*$")


def _is_base(sentence: Sentence, clause: Clause, meant: Meant) -> bool:
    """The amount of a year gone by: "ước đạt 6.120 tỷ đồng, tăng 4,1% so với năm 2022 (5.879)"."""
    return meant.measure == "level" and _BASE.search(_before(sentence.text, clause)) is not None


_DAMAGE = sought(
    r"(?:\b(?:thiệt hại|tổn thất)\b[^;.\d]{0,60}?\bước\b"
    r"|\bước\b[^;.\d]{0,40}?\b(?:thiệt hại|tổn thất)\b)"
    r"[^;.\d]{0,40}\d[\d.,]*(?: [^\W\d]+)? đồng\b(?!.*\bước\b)",
    re.IGNORECASE | re.DOTALL,
)


def _is_toll(sentence: Sentence, clause: Clause) -> bool:
    """What was counted behind an estimate of the damage: "… ước 12,5 tỷ đồng, 340 nhà bị ngập"."""
    if clause.quantity.unit in {*MONEY, "percent"}:
        return False
    return _DAMAGE.search(_before(sentence.text, clause)) is not None


_NOW = sought(r"\btrong (?:tháng|quý|kỳ)\b(?! (?:tới|sau|tiếp))")
"""The time that the text is at: "trong tháng dự kiến đạt 1.898 nghìn lượt"."""


def _gone(timed: Timed, setting: Setting) -> bool:
    """Does the time lie before the day of publication, or before that of the report's own time?"""
    end, context = timed.period.end if timed.period else None, setting.context
    told = context.period.end if context.period else None
    today = context.published_on or told or context.on
    return end is not None and end <= today + _SOON


_SOON = timedelta(days=31)
"""A release of December may say where the year will end."""


_REACH = 1200
"""Letters in which a sentence can have said that it speaks of a plan."""


def _before(text: str, clause: Clause) -> str:
    start = clause.quantity.start
    return _without_asides(text[max(0, start - _REACH) : start])


@lru_cache(maxsize=2048)  # several rules ask what stands before a figure
def _without_asides(text: str) -> str:
    return _ASIDE.sub(" ", text) if "(" in text else text


_ASIDE = re.compile(r"\([^()]*\d[^()]*\)")
"""What a closed bracket tells ends with it: "đạt 79,6% (kế hoạch 75%), trẻ sơ sinh đạt 82,3%"."""


def place_of(sentence: Sentence, quantity: Quantity, setting: Setting) -> Place:
    """The figure's characters in its passage."""
    passage = setting.passage
    start, end = sentence.offset + quantity.start, sentence.offset + quantity.end
    if passage is None:
        return make_place(start=start, end=end)
    return make_place(
        page=passage.page, box=passage.box, passage=passage.number, start=start, end=end
    )


_NAMED_YEAR = re.compile(r"năm (\d{4})")


def _basis(meant: Meant, period: Period | None) -> str | None:
    """The base "so với năm 2022" is the year before where the figure is for 2023."""
    named = _NAMED_YEAR.fullmatch(meant.basis) if meant.basis else None
    before = named is not None and period is not None and period.year - 1 == int(named.group(1))
    return "previous_year" if before else meant.basis


def _flags(meant: Meant, placed: Placed, timed: Timed, setting: Setting) -> tuple[str, ...]:
    flags: tuple[str, ...] = ("subject_carried",) if not meant.own else ()
    flags += ("region_ambiguous",) if placed.candidates else ()
    assumed = _assumed(placed, setting)
    flags += (flag_of(assumed),) if assumed else ()
    flags += (FORMER_UNIT,) if is_former(placed) else ()
    return flags + (("period_carried",) if timed.found == "carried" else ())


def _assumed(placed: Placed, setting: Setting) -> Region | None:
    return setting.assumed if placed.region is None and not placed.text else None


def _figure(
    sentence: Sentence, clause: Clause, meant: Meant, placed: Placed, timed: Timed, setting: Setting
) -> Figure:
    quantity = clause.quantity
    place = place_of(sentence, quantity, setting)
    flip = meant.sign < 0 and quantity.value > 0
    alternative = quantity.alternative
    doubted = _assumed(placed, setting) is not None or is_former(placed)
    trust = trust_in(timed.period) * (TRUST if doubted else 1.0)
    return make_figure(
        figure_id=place.figure_id(setting.context.document_id),
        place=place,
        raw=quantity.raw,
        value=-quantity.value if flip else quantity.value,
        unit=_administrative(sentence, clause, placed, setting) or _unit(quantity, meant),
        rounding=quantity.rounding,
        exact=quantity.exact,
        qualifier=quantity.qualifier,
        number_format=quantity.number_format,
        confidence=round(quantity.confidence * trust, 4),
        alternative=-alternative if flip and alternative is not None else alternative,
        flags=quantity.flags,
        excerpt=_excerpt(sentence.text, clause),
    )


_ADMINISTRATIVE = re.compile(r"\s*đơn vị hành chính\b(?! sự nghiệp)", re.IGNORECASE)
_NEXT_BELOW = {"province": "district", "district": "commune", "commune": "village"}


def _administrative(sentence: Sentence, clause: Clause, placed: Placed, setting: Setting) -> str:
    """What a unit is divided into: the 22 "đơn vị hành chính" of a district are communes."""
    quantity, unit = clause.quantity, placed.region
    counted = quantity.unit == "organisation" and unit is not None
    if not counted or _ADMINISTRATIVE.match(sentence.text, quantity.end) is None:
        return ""
    below = _NEXT_BELOW.get(unit.level, "") if unit is not None else ""
    return "commune" if below == "district" and setting.context.on >= REFORM else below


def _unit(quantity: Quantity, meant: Meant) -> str:
    """The unit the print leaves out: "94,66 KH giao" is a percent, "18.305 (người)" are people."""
    if meant.measure in {"plan_completion", "share", "growth"} and quantity.unit in {"", "count"}:
        return "percent"
    wanted = vocabulary().unit(meant.metric)
    if wanted in MONEY and currency(quantity.unit) == wanted:
        return wanted
    per_people = wanted is not None and wanted.endswith("per 10,000")
    if per_people and (quantity.unit.endswith("10,000") or quantity.unit in _COUNTED):
        return wanted or ""
    if quantity.unit in {"", "count"} and wanted in {"person", "organisation", "commune"}:
        return wanted
    if quantity.unit in {"", "count"} and quantity.noun is None and wanted in _UNSAID:
        return wanted
    return quantity.unit or "count"


_COUNTED = frozenset({"", "count", "bed", "person"})
_UNSAID = frozenset({"visit", "product", "account", "unit"})
"""Units of metrics that a bare number of them has: "lượng khách du lịch đạt 412.000"."""


def _excerpt(text: str, clause: Clause) -> str:
    if len(text) <= _EXCERPT:
        return text
    start = max(0, clause.quantity.start - _EXCERPT // 2)
    return ("…" if start else "") + text[start : start + _EXCERPT] + "…"


def agreed(found: Sequence[tuple[Passage, Observation]]) -> Iterator[Observation]:
    """A headline repeats a figure of the text in fewer words: it means what the text says."""
    heads = [o for p, o in found if p.kind in _HEADS and o.scenario == "plan"]
    told = [o if p.kind in _HEADS else _as_headed(o, heads) for p, o in found]
    body = [o for (p, _), o in zip(found, told, strict=True) if p.kind not in _HEADS]
    for (passage, _), observation in zip(found, told, strict=True):
        yield _like_the_text(observation, body) if passage.kind in _HEADS else observation


def _as_headed(told: Observation, heads: Sequence[Observation]) -> Observation:
    """The goal of a headline, told again by a sentence that says of nothing that it was done.

    "Phấn đấu 95% dân số tham gia BHYT" above "… các chỉ tiêu đề ra. 95% dân số tham gia BHYT".
    """
    if told.scenario != "actual" or told.metric is None or told.measure == "plan_completion":
        return told
    again = any(h.metric == told.metric and h.measure == told.measure for h in heads)
    same = again and any(_repeats(h, told) for h in heads if h.metric == told.metric)
    done = same and tells_result(told.figure.excerpt)
    return replace(told, scenario="plan") if same and not done else told


def _like_the_text(head: Observation, body: Sequence[Observation]) -> Observation:
    same = [o for o in body if _repeats(head, o)]
    if not same:
        return _dated(head, body)
    told = max(same, key=lambda o: _alike(head, o))
    return replace(
        head,
        metric=told.metric,
        region=told.region,
        scenario=told.scenario,
        measure=told.measure,
        basis=told.basis,
        period=told.period,
    )


def _alike(head: Observation, told: Observation) -> int:
    fields = ("scenario", "measure", "region")
    alike = sum(bool(getattr(head, f) == getattr(told, f)) for f in fields)
    return alike + 2 * int(head.metric is not None and head.metric == told.metric)


def _dated(head: Observation, body: Sequence[Observation]) -> Observation:
    """A headline that names no time speaks of the time that the text gives the same subject."""
    if head.period is not None and "year_of_publication" not in head.period.flags:
        return head
    told = [o for o in body if o.period is not None and o.metric == head.metric]
    return replace(head, period=told[0].period) if told else head


def _repeats(head: Observation, told: Observation) -> bool:
    a, b = head.figure, told.figure
    if a.value is None or b.value is None or a.unit != b.unit or _of_other_year(head, told):
        return False
    if head.metric and told.metric and head.metric != told.metric:
        return False
    beyond = abs(b.value) - abs(a.value)
    if head.metric is not None or a.qualifier is None:
        return abs(beyond) <= (a.rounding if a.qualifier else 0)
    wrong_side = {"more_than": beyond < 0, "nearly": beyond > 0}.get(a.qualifier, False)
    return not wrong_side and abs(beyond) <= min(_last_place(a.value), abs(a.value) / _NEAR)


def _of_other_year(head: Observation, told: Observation) -> bool:
    """A goal for a year that the headline names: "đặt mục tiêu năm 2022 … tăng từ 16%"."""
    if head.scenario != "plan" or head.period is None or told.period is None:
        return False
    named = "year_of_publication" not in head.period.flags and "period_carried" not in head.flags
    return named and head.period.year != told.period.year


_NEAR = 20
"""A headline whose words name no metric rounds by a twentieth at most: "hơn 1.300" for 1.326."""


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 100 for 1.300."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
