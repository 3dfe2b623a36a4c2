"""What each figure of a sentence measures, from those before it and what the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from normalizers.measures import RATES, Measured, basis_of
from normalizers.metrics import INSURANCE, without_agencies
from normalizers.metrics.matches import COVERAGE_BASES
from normalizers.seeking import sought
from normalizers.sentences.aims.planned import behind_strokes, is_plan_value, off_plan, plan_value
from normalizers.sentences.alike import as_summed, whole_again
from normalizers.sentences.binding.bases import (
    as_told_before,
    based_ahead,
    compared,
    comparison,
    completed_in_brackets,
    completed_later,
    completions,
    fallen_to,
    likened,
    of_plan_behind,
    paid_of_plan,
    share_ahead,
)
from normalizers.sentences.binding.grown import grown
from normalizers.sentences.binding.in_part import (
    EXCEPTED,
    IN_DOLLARS,
    is_part,
    is_rest,
    told_in_part,
)
from normalizers.sentences.binding.insured import debtors, joined, liable, of_rates_before, paid_out
from normalizers.sentences.binding.lists import (
    against_each,
    bracketed_alike,
    moved,
    ranges,
    repeated,
    respective,
)
from normalizers.sentences.binding.marks import completed_then, in_bracket, told_exactly
from normalizers.sentences.binding.meaning import meaning
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.labels import side_by_side
from normalizers.sentences.naming.meant import Meant, Subject, is_money, recalled, tells_again
from normalizers.sentences.naming.naming import named_metric
from normalizers.sentences.naming.rates import of_count
from normalizers.sentences.naming.wordings import before_figure
from normalizers.sentences.naming.words import MONEY, Words, says, spoken
from normalizers.sentences.settings import Carried, Setting, covered_by
from normalizers.sentences.when.earlier import difference, earlier_amount, earlier_rate
from normalizers.spelling import CAPITALS, canonical, contains_any, words
from solieu.model import Measure
from solieu.quick import replace
from solieu.text import open_bracket


@dataclass(frozen=True, slots=True)
class _Before:
    """The figure before, and what its clause said."""

    meant: Meant
    said: Words


@dataclass(frozen=True, slots=True)
class _Aside:
    """The part that a bracket last named, of which what it goes on with is.

    "(bắt buộc 16.009 người, tăng 1,8%; tự nguyện 1.499 người, tăng 10,7%)".
    """

    opened: int = -1
    subject: Subject = field(default_factory=Subject)


def meanings(
    text: str, found: Sequence[Clause], blanked: str, setting: Setting, carried: Carried
) -> list[Meant]:
    """The meaning of each figure; `blanked` is the sentence as `spoken` wants it."""
    subject = carried.subject
    every: list[_Before] = []
    outside: list[_Before] = []
    against = comparison(found)
    narrowed = (*setting.narrowed, *told_in_part(text))
    if EXCEPTED.match(text):
        subject = Subject(None, subject.label)
    bound: list[tuple[Clause, Meant]] = []
    told = list(carried.figures)
    aside = _Aside()
    for at, clause in enumerate(found):
        opened = open_bracket(blanked, clause.quantity.start)
        inside = opened >= 0
        ahead = every if inside else outside or every
        before = ahead[-1] if ahead else None
        said = spoken(clause, blanked, setting.topic)
        whole = whole_again(text, clause, bound)
        subject = whole or subject
        again = recalled(said, clause.quantity.unit, told)
        about = aside.subject if inside and aside.opened == opened else subject
        meant = _meant(clause, said, again, about, before, setting, bound)
        rate = of_count(meant, said, [(b.meant, b.said) for b in ahead])
        if rate.metric != meant.metric:
            meant, subject = rate, Subject(rate.metric, meant.topic)
        meant = _of_named_part(clause, _of_its_kind(clause, said, meant, bound), blanked)
        meant = _of_sector(clause, said, meant, [m for _, m in told])
        if clause.quantity.unit == "percent" and said.left != said.bare_left:
            meant = of_rates_before(said, meant, carried.figures)
        covering = _covering(meant, said.phrase, carried, setting, [m for _, m in bound])
        held = at > 0 and found[at - 1].bracketed and not clause.bracketed
        base = (held and comparison(found[at - 1 :])) or against
        meant = compared(covering, clause, before.meant if before else None, base)
        if is_part(clause, meant) or is_rest(clause, meant, bound):
            meant = replace(meant, metric=None, own=True)
        meant = as_summed(clause, meant, bound) if whole is None else meant
        if meant.own and meant.metric in narrowed and not contains_any(said.left, _ALL):
            meant = replace(meant, metric=None)
        subject = _spoken_of(clause, meant, subject, blanked)
        if inside and meant.own and meant.measure == "level":
            aside = _Aside(opened, Subject(meant.metric, meant.topic))
        bound.append((clause, meant))
        told.append((clause.quantity.unit, meant))
        every.append(_Before(meant, said))
        outside += [] if inside else every[-1:]
    return _together(text, found, blanked, setting, carried, every, bound)


def _together(
    text: str,
    found: Sequence[Clause],
    blanked: str,
    setting: Setting,
    carried: Carried,
    every: Sequence[_Before],
    bound: Sequence[tuple[Clause, Meant]],
) -> list[Meant]:
    """The meanings in the light of each other; `every` has each as it was read by itself."""
    rated = any(c.quantity.unit == "percent" or m.measure == "share" for c, m in bound)
    several = len(found) > 1  # much is said of figures beside each other, or of rates, alone
    ahead = based_ahead(off_plan(bound)) if several else bound
    if rated:
        shared = _rates_together(text, found, setting, carried, every, ahead)
    else:
        shared = [m for _, m in liable(debtors(ahead))] if several else [m for _, m in ahead]
    spoken_all = [b.said for b in every]
    shared = paid_out(found, spoken_all, shared, insurance=setting.insurance)
    titled = covered_by(setting.context.title) if setting.insurance else None
    shared = joined(found, spoken_all, shared, carried.figures, titled)
    listed = moved(text, found, shared) if rated else shared
    if several:
        listed = against_each(text, found, respective(found, listed, blanked, setting))
        listed = bracketed_alike(found, behind_strokes(found, listed)) if rated else listed
    listed = repeated(text, found, listed, carried.figures)
    listed = _with_transfers(found, listed) if several else listed
    listed = grown(found, listed, carried.figures) if rated else listed
    return side_by_side(ranges(found, listed)) if several else listed


def _rates_together(
    text: str,
    found: Sequence[Clause],
    setting: Setting,
    carried: Carried,
    every: Sequence[_Before],
    bound: Sequence[tuple[Clause, Meant]],
) -> list[Meant]:
    """The meanings of a sentence with rates: what each is of, as the others say it."""
    moved_by = likened(paid_of_plan(fallen_to(bound)))
    done = completed_in_brackets(completions(of_plan_behind(text, moved_by)))
    shared = completed_later(found, share_ahead(liable(debtors(done))))
    return as_told_before(found, _named_late(found, every, shared, setting), carried.figures)


_IN_THE_AREA = re.compile(
    r"\W*trong đó,? (?:tổng )?thu (?:ngân sách |NSNN |ngân sách nhà nước )?trên địa bàn\b",
    re.IGNORECASE,
)


def _with_transfers(found: Sequence[Clause], bound: Sequence[Meant]) -> list[Meant]:
    """All that a budget takes in, of which what the area yields is a part, is none of its revenue.

    "Tổng thu ngân sách 25.188 tỷ đồng, trong đó thu trên địa bàn 4.522 tỷ đồng".
    """
    parts = [i for i, clause in enumerate(found) if _IN_THE_AREA.match(clause.left)]
    whole = parts[0] if parts else 0
    return [
        replace(m, metric=None) if i < whole and m.metric == _REVENUE else m
        for i, m in enumerate(bound)
    ]


_REVENUE = "state_budget_revenue_in_the_area"


def _named_late(
    found: Sequence[Clause], told: Sequence[_Before], bound: list[Meant], setting: Setting
) -> list[Meant]:
    """Rates of a plan that is named behind them: "Thu nội địa quý I đạt 12%, quý II 35% kế hoạch".

    Money has no share; that it is a part of its plan was not known when the metric was asked for.
    """
    metric: str | None = None
    for i, (clause, was, now) in enumerate(zip(found, told, bound, strict=True)):
        late = (was.meant.measure, now.measure) == ("share", "plan_completion")
        if late and now.metric is None and now.own:
            how = Measured("plan_completion", now.basis)
            unit, about = clause.quantity.unit, Subject(None, now.topic)
            match, _ = named_metric(was.said, how, unit, about, insurance=setting.insurance)
            metric = match.metric if match else None
        elif now.own or (now.metric is not None and not clause.bracketed):
            metric = None
        if metric is not None and not (now.own and now.metric):
            bound[i] = replace(now, metric=metric)
    return bound


_ALL = ("hàng hóa", "kim ngạch", "của tỉnh", "toàn tỉnh", "của thành phố", "của cả nước")
"""What says of exports that they are all, where the title tells of some goods."""


def _counts_others(clause: Clause, said: Words, told: Sequence[tuple[Clause, Meant]]) -> bool:
    """Is a change over, where its base is told and others of its kind are counted behind it?

    "Giảm 6.251 việc so với năm 2018 và 23.912 việc chưa có điều kiện": nothing fell by as much.
    """
    last = told[-1][0] if told else None
    unit = clause.quantity.unit
    if last is None or last.quantity.unit != unit or unit in RATES or unit in MONEY:
        return False
    alone = clause.left.strip() == "và" and "so với" in last.tail
    return alone and len(says(said.bare_tail)) > 1 and basis_of(said.tail)[0] is None


def _of_the_same(clause: Clause, told: Sequence[tuple[Clause, Meant]]) -> bool:
    """Is it what those counted before its stroke come to: "thi hành 3.105 việc/214,6 tỷ đồng"?"""
    counted = told[-1][0].quantity.unit if told else ""
    other = counted not in {"", "count", clause.quantity.unit} and counted not in MONEY
    return other and clause.left.strip() == "/" and clause.quantity.unit in MONEY


def _meant(
    clause: Clause,
    said: Words,
    again: Subject | None,
    subject: Subject,
    before: _Before | None,
    setting: Setting,
    told: Sequence[tuple[Clause, Meant]],
) -> Meant:
    """A figure's meaning by its own words; `again` is what a pronoun in them goes back to."""
    if before is not None and _CONTRIBUTES.search(clause.left) and clause.quantity.unit in _POINTS:
        name = f"{before.meant.topic} / {clause.left.strip(' ,;')}"
        measure: Measure = "level" if clause.quantity.unit == "percentage_point" else "share"
        return Meant(None, name, measure, topic=before.meant.topic, own=False)
    ahead = before.meant if before and not _of_whole(clause, before.meant, told) else None
    ahead = None if _counts_others(clause, said, told) or _of_the_same(clause, told) else ahead
    meant = meaning(clause, said, again or subject, ahead, insurance=setting.insurance)
    if again is not None and (not meant.own or tells_again(said)):
        meant = replace(meant, metric=again.metric, own=False)
    if before is not None and is_plan_value(clause, said, before.said, told):
        return plan_value(clause, meant, told)
    again_exactly = told_exactly(clause, meant, told)
    if meant.earlier or again_exactly is not None:
        return again_exactly or difference(clause, meant, told) or meant
    expected = _MEASURED_BY.fullmatch(clause.left) and _EXPECTED.search(clause.tail)
    if expected or _PLAN_ASIDE.fullmatch(clause.left):
        return replace(meant, scenario="plan")
    if (then := completed_then(clause, told)) is not None:
        return then
    before_it = earlier_rate(clause, said, meant, told) or earlier_amount(clause, meant, told)
    return in_bracket(clause, meant, told) or before_it or meant


_CONTRIBUTES = re.compile(
    r"^\W*(?:và )?(?:đã )?(?:đóng )?góp(?: (?:được|thêm|vào|cho))*"
    r"(?: (?:mức|tốc độ) tăng(?: trưởng)?(?: chung)?)?(?: (?:gần|hơn|trên|khoảng|tới))?\s*$",
    re.IGNORECASE,
)
"""What is told in passing of whom the sentence goes on with: ", đóng góp 4,5 điểm %, chiếm 55%"."""
_POINTS = frozenset({"percentage_point", "percent"})
_TAKES_UP = re.compile(r"^\W*(?:và )?chiếm(?: (?:gần|hơn|trên|khoảng|tới))?\s*$", re.IGNORECASE)
_OF_PRODUCT = re.compile(r"(?:trong |của )?(?:tổng |quy mô |cơ cấu )?grdp(?!\S)")
_LEADS = re.compile(r"^(?:trong (?:đó|số đó)|riêng|còn)[ ,]*")


def _of_sector(clause: Clause, said: Words, meant: Meant, told: Sequence[Meant]) -> Meant:
    """The share in GRDP of the sector that was told of: "dịch vụ tăng 9%, chiếm 28,3% GRDP".

    The next sector's is told without "GRDP".
    """
    if meant.metric is not None or meant.measure != "share" or not _TAKES_UP.match(clause.left):
        return meant
    again = not said.bare_tail and any((m.metric or "").endswith("_in_grdp") for m in told)
    topic = _LEADS.sub("", canonical(meant.label.partition(" / ")[0]))
    found = before_figure(topic, "grdp", "") if again or _OF_PRODUCT.match(said.tail) else None
    return replace(meant, metric=found[0]) if found and topic.startswith(found[1]) else meant


_MEASURED_BY = re.compile(
    r"\W*So (?:sánh )?với(?: (?:chỉ tiêu|kế hoạch|mục tiêu))?(?: (?:hơn|gần|khoảng))?\s*"
)
_PLAN_ASIDE = re.compile(r"\s*\(\s*KH(?: năm| giao)?\s*:?\s*", re.IGNORECASE)
"""The plan of what stands before: "9.118 lượt (KH: 8.500)"."""
_EXPECTED = re.compile(
    r"^[^,;]*\b(?:dự kiến|kế hoạch|chỉ tiêu|mục tiêu|đề ra|đặt ra|được giao)\b", re.IGNORECASE
)
"""As in "So với 800 đơn vị máu dự kiến, đã tiếp nhận 1.173 đơn vị máu"."""


def _of_whole(clause: Clause, change: Meant, told: Sequence[tuple[Clause, Meant]]) -> bool:
    """Is "trong đó" said of the whole: "thụ lý 7.259 vụ, tăng 435 vụ, trong đó hình sự 320 vụ"?

    Of what is new in the period it is a part, if it is not more.
    """
    if change.measure != "change" or not canonical(clause.left).startswith("trong đó"):
        return False
    unit = clause.quantity.unit
    alike = [(c.quantity, m) for c, m in told if c.quantity.unit == unit]
    new = next((q for q, m in alike if m is change), None)
    if new is None or change.basis == "period_start":
        return new is not None and clause.quantity.value > new.value
    return any(m.measure == "level" for _, m in alike)


def _spoken_of(clause: Clause, meant: Meant, subject: Subject, blanked: str) -> Subject:
    """What the text speaks of behind this figure."""
    if not subject.label:
        return Subject(meant.metric, meant.topic)
    if _named_in_bracket(blanked, clause) or (clause.bracketed and not meant.own):
        return subject
    if _other_money(clause, meant, subject):
        return Subject(None, meant.topic)
    moved = meant.metric not in {None, subject.metric} and meant.measure == "level"
    if meant.metric == "urban_unemployment_rate" and "thất nghiệp" not in canonical(clause.left):
        return subject  # that of the country goes on behind it
    found = _RATE.search(canonical(clause.left)) if meant.own else None
    # That a sentence opens with is what it goes on with, whatever was told before it.
    rate = found is not None and (subject.metric is None or clause.start + found.start() == 0)
    rate = rate or _PART_OF_ALL.match(canonical(clause.left)) is not None
    named = meant.own and (meant.metric is not None or meant.measure != "share" or rate)
    return Subject(meant.metric, meant.topic) if named or moved else subject


_RATE = re.compile(r"(?<!\S)(?:tỷ lệ|tỷ suất|tỷ số|tỷ trọng)(?! (?:này|trên|đó))(?: \S+){2}")
"""A rate with a name, though it has no code: its parts go on with it."""
_PART_OF_ALL = re.compile(r"(?:trong (?:đó|số đó|số này)|riêng) (?:\S+ ){1,12}?chiếm(?!\S)")
"""What is told of by its share first: "trong đó thu từ đất chiếm 22,1%, đạt 1.010 tỷ đồng"."""


def _of_its_kind(
    clause: Clause, said: Words, meant: Meant, told: Sequence[tuple[Clause, Meant]]
) -> Meant:
    """What a change without words is of: "8.412 đơn vị … với 214.512 lao động, tăng 412 đơn vị"."""
    unit = clause.quantity.unit
    bare = not says(said.bare_left) and said.tail == canonical(clause.quantity.unit_text or "")
    if meant.metric is not None or meant.measure != "change" or not bare:
        return meant
    alike = (m for c, m in reversed(told) if c.quantity.unit == unit and m.measure == "level")
    first = next(alike, None)
    return replace(meant, metric=first.metric) if first is not None else meant


_FIRST_NAMED = sought(
    rf":\s*(?:thị trường )?(?P<name>[{CAPITALS}][^,;:.()\d]{{1,30}})\(\s*$", flags=0
)


def _of_named_part(clause: Clause, meant: Meant, blanked: str) -> Meant:
    """The first part of a list has its whole's code no more than the next ones have.

    "366 lao động đi làm việc ở nước ngoài, phần lớn ở: Nhật Bản (191 người), Đài Loan (101 người)";
    names of territories, whose figures are what the whole is, are blanked.
    """
    if not clause.bracketed or meant.own or meant.measure != "level":
        return meant
    named = _FIRST_NAMED.search(blanked, 0, clause.quantity.start)
    part = named is not None and says(canonical(named["name"]))
    return replace(meant, metric=None) if part else meant


def _other_money(clause: Clause, meant: Meant, subject: Subject) -> bool:
    """Money without a code behind a count: "113 lượt, chi phí 319 triệu đồng, bằng 52% dự toán".

    So are đồng behind dollars: what "272 triệu USD và 50 tỷ đồng, tăng 5%" rose by is of both.
    """
    counted = subject.metric is not None and not is_money(subject.metric)
    counted = counted or (subject.metric == IN_DOLLARS and clause.quantity.unit == "VND")
    return (
        counted
        and clause.quantity.unit in MONEY
        and (meant.metric, meant.measure) == (None, "level")
    )


def _named_in_bracket(text: str, clause: Clause) -> bool:
    """Does a bracket name a part of what the sentence goes on with: "(bắt buộc 31.905 người)"?"""
    at = clause.quantity.start
    opened = open_bracket(text, at)
    return opened >= 0 and bool(says(canonical(text[opened:at])))


def _covering(
    meant: Meant, phrase: str, carried: Carried, setting: Setting, told: Sequence[Meant]
) -> Meant:
    """A bare "tỷ lệ bao phủ đạt 93%" speaks of the scheme covered before, or of the title's.

    Beside a rate of the same sentence it is that: "năm 2023 … đạt 90%; năm 2024 độ bao phủ đạt …".
    """
    if not contains_any(phrase, words("coverage")):
        return meant
    named = INSURANCE & set(without_agencies(phrase).split())
    last = next((m for m in reversed(told) if m.measure == "share" and m.own), None)
    if (
        last is not None
        and last.basis == "students"
        and carried.coverage not in {None, last.metric}
    ):
        last = None  # what all are covered by was told before
    if last is not None and meant.metric is None and not named and _is_cover(last):
        meant = replace(meant, metric=last.metric, basis=meant.basis or _share_of(meant, last))
    if meant.measure != "share":
        return meant
    metric = None if meant.metric in _GROUPS and not (named or meant.own) else meant.metric
    if metric != meant.metric or (metric is None and not named and carried.subject.metric is None):
        metric = carried.coverage or covered_by(setting.context.title)
    return replace(meant, metric=metric, basis=meant.basis or COVERAGE_BASES.get(metric or ""))


_GROUPS = frozenset(
    {
        "household_health_insurance_participants",
        "agricultural_household_health_insurance_participants",
    }
)
"""Groups of the insured, of whom no rate of coverage is told: what it says is that of all."""


def _is_cover(rate: Meant) -> bool:
    """Is a rate of those insured: of one of the schemes, or of its pupils and students?"""
    return rate.metric in COVERAGE_BASES or rate.basis == "students"


def _share_of(meant: Meant, rate: Meant) -> str | None:
    return rate.basis if meant.measure == "share" else None


def subject_after(bound: Sequence[Meant], carried: Carried) -> Subject:
    """What the next sentence may go on with."""
    levels = [m for m in bound if m.own] or list(bound)
    last = levels[-1]
    return Subject(last.metric, last.topic) if last.topic else carried.subject
