"""Passages to observations: every figure of running text with what it measures, where and when.

Nothing is read from menus, teasers and footers. A figure whose subject cannot be told is kept out of
the observations and named among the unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from normalizers.boilerplate import boilerplate
from normalizers.clauses import Clause, clauses, sentences
from normalizers.context import DocumentContext, without_decrees
from normalizers.metrics import vocabulary
from normalizers.periods import PeriodContext, PeriodMention, find_periods
from normalizers.prose_filters import in_list, noise, sentence_noise
from normalizers.prose_meaning import (
    Meant,
    Subject,
    meaning,
    respective_metrics,
    share_ahead,
)
from normalizers.prose_places import Placed, mentions_in, named, national, place, respectively
from normalizers.prose_scenarios import of_section, scenario
from normalizers.prose_times import Timed, for_flow, time_of, usable, year_before
from normalizers.prose_words import says, spoken
from normalizers.quantities import Quantity, find_quantities
from normalizers.regions import COUNTRY, Mention
from normalizers.spelling import canonical, rows, words
from solieu.model import (
    Content,
    Figure,
    Observation,
    Passage,
    Period,
    Place,
    Region,
    Scenario,
    Unread,
)

_INSURANCE = re.compile(r"\bBH(?:XH|YT|TN)\b|bảo hiểm (?:xã hội|y tế|thất nghiệp)", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_EXCERPT = 600
_HEADS = frozenset({"title", "heading", "caption"})


@dataclass(frozen=True, slots=True)
class Carried:
    """What the sentences before have set."""

    subject: Subject = field(default_factory=Subject)
    period: Period | None = None
    placed: Placed = field(default_factory=lambda: Placed(None))


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every sentence of a document, and for one passage its place and default."""

    context: DocumentContext
    insurance: bool
    document_period: Period | None
    passage: Passage | None = None
    scenario: Scenario = "actual"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what was found in it; all offsets count from its first character."""

    text: str
    offset: int
    quantities: tuple[Quantity, ...]
    times: tuple[PeriodMention, ...]
    regions: tuple[Mention, ...]


def read_passages(
    content: Content, context: DocumentContext
) -> tuple[tuple[Observation, ...], tuple[Unread, ...]]:
    """All figures of a document's running text."""
    passages = content.passages
    skipped = boilerplate(passages)
    setting = _setting(passages, skipped, context)
    context = setting.context
    carried = Carried(placed=Placed(context.region, carried=True))
    found: list[tuple[Passage, Observation]] = []
    unread: list[Unread] = []
    headings: tuple[str, ...] = ()
    period = setting.document_period
    for i, passage in enumerate(passages):
        if i in skipped:
            continue
        if passage.kind == "heading":
            headings = (passage.text,)
        default = of_section(passage.section or headings, context.scenario)
        here = _here(setting, passage, default)
        if here.document_period != period:
            carried, period = replace(carried, period=None), here.document_period
        seen, lost, carried = read_passage(passage, here, _opening(passage, carried, context))
        found += [(passage, observation) for observation in seen]
        unread += lost
    return tuple(_agreed(found)), tuple(unread)


def _setting(passages: Sequence[Passage], skipped: set[int], context: DocumentContext) -> Setting:
    text = [p.text for i, p in enumerate(passages) if i not in skipped]
    mentions = sum(len(_INSURANCE.findall(t)) for t in (context.title or "", *text))
    context = _of_nation(context, passages[:_HEAD]) if context.region is None else context
    period = context.period
    if period is None and context.year is not None:
        period = Period(context.year, str(context.year), source="document")
    return Setting(context, mentions >= 2, period)


def _named_time(heading: str, context: DocumentContext) -> Period | None:
    day = _ISO_DATE.fullmatch(heading.strip())
    if day:
        when = date.fromisoformat(day.group(1))
        return Period(when.year, when.isoformat(), when, when, source="heading")
    found = find_periods(without_decrees(heading), _periods(context))
    return next((m.period for m in found if m.period and not m.comparison), None)


_HEAD = 4
"""Passages in which a report says whose figures it gives."""


def _of_nation(context: DocumentContext, opening: Sequence[Passage]) -> DocumentContext:
    """A report by a national agency, where nothing names a territory, is for the country."""
    names = sorted(
        (r["words"] for r in rows("issuers.csv") if r["reach"] == "national"), key=len, reverse=True
    )
    agency = "|".join(map(re.escape, names))
    told = re.compile(
        rf"(?:theo(?: (?:báo cáo|số liệu|thống kê|thông tin))?(?: (?:của|từ))? (?:{agency}))"
        rf"|(?:{agency})(?: \w+)? (?:cho biết|công bố|tổng kết|thông tin|báo cáo|thông báo)",
        re.IGNORECASE,
    )
    if any(told.search(p.text) for p in opening):
        return replace(context, region=COUNTRY)
    return context


def _here(setting: Setting, passage: Passage, default: Scenario) -> Setting:
    """A heading that names a time of its own sets it, and the map, for what stands below."""
    context = setting.context
    for heading in reversed(passage.section):
        period = _named_time(heading, context)
        if period is not None:
            on = min(period.end or context.on, context.on)
            context = replace(context, on=on, year=period.year, period=period)
            return replace(
                setting, context=context, passage=passage, scenario=default, document_period=period
            )
    return replace(setting, passage=passage, scenario=default)


def _opening(passage: Passage, carried: Carried, context: DocumentContext) -> Carried:
    """A new passage keeps time and, for list items, the subject; its territory is the document's."""
    if passage.kind == "item" or re.match(r"\s*[-+*•]", passage.text):
        return carried
    return replace(carried, subject=Subject(), placed=Placed(context.region, carried=True))


def read_passage(
    passage: Passage, setting: Setting, carried: Carried
) -> tuple[list[Observation], list[Unread], Carried]:
    """The figures of one passage, and what the next one may refer to."""
    found: list[Observation] = []
    unread: list[Unread] = []
    for start, end in sentences(passage.text):
        sentence = parse(passage.text[start:end], start, setting.context)
        seen, lost, carried = read_sentence(sentence, setting, carried)
        found += seen
        unread += lost
    return found, unread, carried


def parse(text: str, offset: int, context: DocumentContext) -> Sentence:
    """Find figures, times and territories, and keep the figures that count something."""
    found = find_quantities(text) if any(c.isdigit() for c in text) else []
    times = find_periods(text, _periods(context))
    quantities = [] if sentence_noise(text) else _figures(text, found, times)
    regions = mentions_in(text, context.on, context.region) if quantities else []
    ends = {m.end for m in regions}
    quantities = [q for q in quantities if not _of_no_territory(text, q, ends)]
    return Sentence(text, offset, tuple(quantities), tuple(times), tuple(regions))


def _of_no_territory(text: str, quantity: Quantity, ends: set[int]) -> bool:
    """A bracketed bare number whose name is no territory: a footnote, or a hospital's share."""
    before = text[: quantity.start]
    if quantity.unit not in {"", "count"} or not in_list(before, text[quantity.end :]):
        return False
    return len(before.rstrip("( ")) not in ends


def _periods(context: DocumentContext) -> PeriodContext:
    return PeriodContext(
        published_on=context.published_on,
        year=context.year,
        reference=context.period,
        plan=context.scenario == "plan",
    )


def _figures(
    text: str, found: Sequence[Quantity], times: Sequence[PeriodMention]
) -> list[Quantity]:
    taken = [(m.start, m.end) for m in times]
    return [q for q in found if noise(text, q, taken) is None]


def read_sentence(
    sentence: Sentence, setting: Setting, carried: Carried
) -> tuple[list[Observation], list[Unread], Carried]:
    """Bind every figure of a sentence."""
    territory = setting.context.region
    home = Placed(territory, carried=True)
    if not sentence.quantities:
        return [], [], replace(_mentioned(sentence, carried), placed=home)
    if not _goes_on(sentence.text):
        carried = replace(carried, placed=home)
    names = named(sentence.text, territory, sentence.regions)
    found = clauses(sentence.text, sentence.quantities)
    blanked = _blanked(sentence)
    bound = _meanings(found, blanked, setting, carried)
    places = _places(sentence, found, names, carried, territory)
    times = usable(sentence.text, sentence.times)
    seen: list[Observation] = []
    unread: list[Unread] = []
    for i, (clause, meant) in enumerate(zip(found, bound, strict=True)):
        timed = time_of(clause, times, carried.period, setting.document_period)
        if not meant.label:
            unread.append(
                Unread(_place(sentence, clause, setting), clause.quantity.raw, "no subject")
            )
            continue
        seen.append(_observation(sentence, clause, meant, places[i], timed, setting))
        if timed.found in {"own", "sentence"}:
            carried = replace(carried, period=timed.period)
    return (
        seen,
        unread,
        replace(carried, subject=_subject(bound, carried), placed=_kept(places, found, home)),
    )


def _kept(places: Sequence[Placed], found: Sequence[Clause], home: Placed) -> Placed:
    """The territory the next sentence may go on with: the one that all figures here were for."""
    first = places[0]
    if any(p.region != first.region for p in places) or any(c.bracketed for c in found):
        return home
    return replace(first, carried=True)


def _goes_on(text: str) -> bool:
    """Does the sentence go on with what the one before spoke of?"""
    plain = canonical(text[:40])
    return any(plain.startswith(word) for word in words("carries_place"))


def _mentioned(sentence: Sentence, carried: Carried) -> Carried:
    """A sentence without figures that ends in a colon names the subject of the list below it."""
    text = sentence.text.rstrip()
    if not text.endswith(":"):
        return carried
    times = usable(sentence.text, sentence.times)
    period = times[0].period if times else carried.period
    plain = canonical(text)
    subject = Subject(None, text.rstrip(": ")) if says(plain) else carried.subject
    return replace(carried, subject=subject, period=period)


def _blanked(sentence: Sentence) -> str:
    """The sentence with territories and the agencies in front of them as spaces."""
    text = sentence.text
    for mention in sentence.regions:
        agency = re.search(
            r"(?:BHXH|Bảo hiểm xã hội|UBND|HĐND)\s*$", text[: mention.start], re.IGNORECASE
        )
        start = agency.start() if agency else mention.start
        text = text[:start] + " " * (mention.end - start) + text[mention.end :]
    return text


def _meanings(
    found: Sequence[Clause], blanked: str, setting: Setting, carried: Carried
) -> list[Meant]:
    subject, before = carried.subject, None
    bound: list[tuple[Clause, Meant]] = []
    for clause in found:
        said = spoken(clause, blanked)
        meant = meaning(clause, said, subject, before, insurance=setting.insurance)
        if (meant.own and (meant.metric or meant.measure != "share")) or not subject.label:
            subject = Subject(meant.metric, meant.topic)
        bound.append((clause, meant))
        before = meant
    return _respective(found, share_ahead(bound), blanked, setting)


def _respective(
    found: Sequence[Clause], bound: list[Meant], blanked: str, setting: Setting
) -> list[Meant]:
    cue = re.search(r"\b(?:lần lượt|tương ứng)\b", blanked, re.IGNORECASE)
    if cue is None:
        return bound
    after = [i for i, c in enumerate(found) if c.quantity.start > cue.end()]
    if len(after) < 2:
        return bound
    first = found[after[0]]
    nouns = [(spoken(found[i], blanked).noun, found[i].quantity.unit) for i in after]
    matches = respective_metrics(
        blanked[first.start : first.quantity.start], len(after), nouns, insurance=setting.insurance
    )
    for i, match in zip(after, matches, strict=False):
        if match is not None:
            bound[i] = replace(bound[i], metric=match.metric)
    return bound


def _subject(bound: Sequence[Meant], carried: Carried) -> Subject:
    levels = [m for m in bound if m.own] or list(bound)
    last = levels[-1]
    return Subject(last.metric, last.topic) if last.topic else carried.subject


def _places(
    sentence: Sentence,
    found: Sequence[Clause],
    names: Sequence[Mention],
    carried: Carried,
    territory: Region | None,
) -> list[Placed]:
    paired = respectively(sentence.text, found, names)
    before = carried.placed
    placed: list[Placed] = []
    for i, clause in enumerate(found):
        here = paired.get(i) or place(sentence.text, clause, names, before, territory)
        placed.append(here)
        if clause.bracketed and national(clause.left):
            before = Placed(COUNTRY)
        elif not clause.bracketed and i not in paired:
            before = here
    return placed


def _place(sentence: Sentence, clause: Clause, setting: Setting) -> Place:
    passage = setting.passage
    start, end = sentence.offset + clause.quantity.start, sentence.offset + clause.quantity.end
    if passage is None:
        return Place(start=start, end=end)
    return Place(page=passage.page, box=passage.box, passage=passage.number, start=start, end=end)


def _observation(
    sentence: Sentence, clause: Clause, meant: Meant, placed: Placed, timed: Timed, setting: Setting
) -> Observation:
    period = year_before(timed.period) if meant.earlier else timed.period
    new = meant.measure == "change" and meant.basis == "period_start"
    return Observation(
        figure=_figure(sentence, clause, meant, timed, setting),
        metric_label=meant.label,
        method="prose",
        region=placed.region,
        region_text=placed.text,
        candidates=placed.candidates,
        metric=meant.metric,
        scenario=scenario(sentence.text[: clause.quantity.start], setting.scenario),
        measure=meant.measure,
        basis=_basis(meant, period),
        period=for_flow(meant.metric, period, new_in_period=new),
        flags=_flags(meant, placed, timed),
    )


def _basis(meant: Meant, period: Period | None) -> str | None:
    """ "so với năm 2022" is the year before where the figure is for 2023."""
    if meant.basis != f"năm {meant.base_year}":
        return meant.basis
    return "previous_year" if period and period.year - 1 == meant.base_year else meant.basis


def _flags(meant: Meant, placed: Placed, timed: Timed) -> tuple[str, ...]:
    flags = ("subject_carried",) if not meant.own else ()
    flags += ("region_ambiguous",) if placed.candidates else ()
    return flags + (("period_carried",) if timed.found == "carried" else ())


def _figure(
    sentence: Sentence, clause: Clause, meant: Meant, timed: Timed, setting: Setting
) -> Figure:
    quantity = clause.quantity
    place = _place(sentence, clause, setting)
    flip = meant.sign < 0 and quantity.value > 0
    alternative = quantity.alternative
    return Figure(
        figure_id=place.figure_id(setting.context.document_id),
        place=place,
        raw=quantity.raw,
        value=-quantity.value if flip else quantity.value,
        unit=_unit(quantity, meant),
        rounding=quantity.rounding,
        exact=quantity.exact,
        qualifier=quantity.qualifier,
        number_format=quantity.number_format,
        confidence=_confidence(quantity, meant, timed),
        alternative=-alternative if flip and alternative is not None else alternative,
        flags=quantity.flags,
        excerpt=_excerpt(sentence.text, clause),
    )


def _unit(quantity: Quantity, meant: Meant) -> str:
    """The unit the print leaves out: "94,66 KH giao" is a percent, "18.305 (người)" are people."""
    if meant.measure in {"plan_completion", "share", "growth"} and quantity.unit in {"", "count"}:
        return "percent"
    wanted = vocabulary().unit(meant.metric)
    if quantity.unit in {"", "count"} and wanted in {"person", "organisation", "commune"}:
        return wanted
    return quantity.unit or "count"


def _confidence(quantity: Quantity, meant: Meant, timed: Timed) -> float:
    doubt = 1.0 if meant.own else 0.97
    doubt *= 1.0 if timed.found in {"own", "sentence"} else 0.97
    return round(quantity.confidence * doubt, 4)


def _excerpt(text: str, clause: Clause) -> str:
    if len(text) <= _EXCERPT:
        return text
    start = max(0, clause.quantity.start - _EXCERPT // 2)
    return ("…" if start else "") + text[start : start + _EXCERPT] + "…"


def _agreed(found: Sequence[tuple[Passage, Observation]]) -> Iterator[Observation]:
    """A headline repeats a figure of the text in fewer words: it means what the text says."""
    body = [o for p, o in found if p.kind not in _HEADS]
    for passage, observation in found:
        yield _like_the_text(observation, body) if passage.kind in _HEADS else observation


def _like_the_text(head: Observation, body: Sequence[Observation]) -> Observation:
    same = [o for o in body if _repeats(head, o)]
    if not same:
        return head
    told = same[0]
    return replace(
        head,
        metric=told.metric,
        region=told.region,
        scenario=told.scenario,
        measure=told.measure,
        basis=told.basis,
        period=told.period,
    )


def _repeats(head: Observation, told: Observation) -> bool:
    a, b = head.figure, told.figure
    if a.value is None or b.value is None or a.unit != b.unit:
        return False
    if head.metric and told.metric and head.metric != told.metric:
        return False
    return abs(abs(a.value) - abs(b.value)) <= max(
        a.rounding if a.qualifier else Decimal(0), Decimal(0)
    )
