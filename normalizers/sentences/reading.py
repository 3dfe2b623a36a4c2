"""Passages to observations: every figure of running text with what it measures, where and when.

Nothing is read from menus, teasers and footers. A number that may be a figure, but counts nothing
that the sentence names, is kept out of the observations and named among the unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.bilingual import is_foreign
from normalizers.context import DocumentContext
from normalizers.metrics.matches import COVERAGE_BASES
from normalizers.periods.founded import is_when_young
from normalizers.periods.terms import of_year_over
from normalizers.quantities.reading import Quantity
from normalizers.regions import COUNTRY, Mention
from normalizers.seeking import sought
from normalizers.sentences.adjusted import adjusting, as_adjusted
from normalizers.sentences.aims.scenarios import of_section
from normalizers.sentences.alike import of_whole, summed_as_before, whole_told
from normalizers.sentences.binding.binding import meanings, subject_after
from normalizers.sentences.binding.counted import (
    counted_in,
    entry_unit,
    with_units,
)
from normalizers.sentences.binding.gapping import above_goals, with_verb_of_first
from normalizers.sentences.boilerplate import boilerplate
from normalizers.sentences.clauses import Clause, clauses, sentences
from normalizers.sentences.from_now import of_next_term, of_today
from normalizers.sentences.going_on import lists_goals, reached, sets_goals
from normalizers.sentences.naming.meant import Meant, Subject
from normalizers.sentences.naming.naming import named_by_heading
from normalizers.sentences.numbering import unnumbered
from normalizers.sentences.observations import agreed, place_of
from normalizers.sentences.opened import as_listed, listed_in, mentioned, shared_out
from normalizers.sentences.parsing import named_regions, parse
from normalizers.sentences.parts import with_parts_named
from normalizers.sentences.settings import (
    Carried,
    Sentence,
    Setting,
    below,
    here,
    is_heading,
    mark_of,
    opening,
    setting_of,
    without_school_year,
)
from normalizers.sentences.stories import leaves_story, opens_story
from normalizers.sentences.telling import last_told, observed
from normalizers.sentences.when.earlier import starts_earlier
from normalizers.sentences.where.former import as_former
from normalizers.sentences.where.headed import units_over
from normalizers.sentences.where.mentions import named, told_unit
from normalizers.sentences.where.nation import national
from normalizers.sentences.where.placed import Placed, lies_beside, place_named
from normalizers.sentences.where.places import (
    behind_list,
    label_of,
    named_behind,
    over_parts,
    place,
    sums_up,
    total_begins,
)
from normalizers.sentences.where.spoken import (
    acts,
    led_by_office,
    moved_on,
    of_many,
    of_nation_again,
    told_by_office,
    unit_meant,
)
from normalizers.sentences.where.turns import respectively
from normalizers.sentences.where.unmapped import of_hamlet, unmapped
from normalizers.sentences.wording import as_printed, reworded, unread_as_printed
from normalizers.spelling import canonical, words
from normalizers.watching import watched
from solieu.model import Content, Observation, Passage, Region, Unread, make_place
from solieu.quick import replace
from solieu.text import open_bracket


def read_passages(
    content: Content, context: DocumentContext
) -> tuple[tuple[Observation, ...], tuple[Unread, ...]]:
    """All figures of a document's running text."""
    passages = with_parts_named(content.passages)
    skipped = boilerplate(passages)
    foreign = _foreign(passages, skipped)
    skipped |= foreign
    setting = setting_of(passages, skipped, context)
    context = setting.context
    carried = Carried(placed=Placed(context.region, carried=True))
    found: list[tuple[Passage, Observation]] = []
    unread = [_not_ours(passages[i]) for i in sorted(foreign) if _DIGIT.search(passages[i].text)]
    headings: tuple[str, ...] = ()
    period = setting.document_period
    under = units_over(passages, skipped, context)
    for i, printed in enumerate(passages):
        if i in skipped:
            continue
        said = reworded(printed.text)
        passage = replace(printed, text=said.text) if said.edits else printed
        if is_heading(passage):
            headings = (passage.text,)
        above = tuple(reworded(line).text for line in passage.section)
        section = (*above, *(h for h in headings if h not in above))
        default = of_section(section, context.scenario)
        setting_here = here(setting, passage, section, default)
        if i in under:
            placed = replace(setting_here.context, region=under[i])
            setting_here = replace(setting_here, context=placed)
        carried = below(carried, passage, period, setting_here)
        period, told = setting_here.document_period, carried.period
        carried = replace(carried, headed=_headed(section))
        seen, lost, carried = read_passage(
            passage,
            setting_here,
            opening(passage, replace(carried, held=None), setting_here.context),
        )
        end = passage.text.rstrip()[-1:]
        carried = replace(carried, expects=end in {":", ";"}, torn=end == ",")
        carried = without_school_year(carried, told, passage)
        found += [(passage, as_printed(o, said, context.document_id)) for o in seen]
        unread += [unread_as_printed(u, said) for u in lost]
    return tuple(agreed(found)), tuple(unread)


def _foreign(passages: Sequence[Passage], skipped: set[int]) -> set[int]:
    """Positions of passages in another language: their words mean nothing to our rules."""
    return {i for i, p in enumerate(passages) if i not in skipped and is_foreign(p.text)}


def _not_ours(passage: Passage) -> Unread:
    place = make_place(page=passage.page, box=passage.box, passage=passage.number)
    return Unread(place, passage.text, "the passage is not in Vietnamese")


_DIGIT = re.compile(r"\d")


def _headed(section: Sequence[str]) -> Subject:
    """What the paragraphs below a heading that only names a metric speak of."""
    metric = named_by_heading(section[-1]) if section else None
    return Subject(metric, section[-1]) if metric else Subject()


def read_passage(
    passage: Passage, setting: Setting, carried: Carried
) -> tuple[list[Observation], list[Unread], Carried]:
    """The figures of one passage, and what the next one may refer to."""
    found: list[Observation] = []
    unread: list[Unread] = []
    story = False
    whole = unnumbered(passage.text)
    for start, end in sentences(whole):
        text = whole[start:end]
        story = opens_story(text) or (story and not leaves_story(text))
        if story:
            continue
        counted = carried.counted or entry_unit(text, carried.figures)
        sentence = parse(text, start, setting.context, counted, whole[:start], carried.period)
        if setting.results is not None:
            times = of_year_over(text, sentence.times, setting.results)
            sentence = replace(sentence, times=tuple(times))
        seen, carried = read_sentence(sentence, setting, carried)
        carried = replace(carried, heard=f"{carried.heard}\n{text}"[-_HEARD:])
        found += [o for o in seen if not _is_bound(o, text, start)]
        unread += [_unread(sentence, quantity, setting) for quantity in sentence.doubtful]
    return found, unread, carried


_HEARD = 1_500


_BOUND = sought(
    r"\b(?:không (?:quá|vượt quá|dưới|thấp hơn|ít hơn)|tối đa|tối thiểu)(?: là| từ)?\s*$"
)


def _is_bound(seen: Observation, text: str, offset: int) -> bool:
    """A bound that is no target is a rule: "tạm ứng không quá 30% giá trị hợp đồng"."""
    at = seen.figure.place.start
    return seen.scenario == "actual" and at is not None and bool(_BOUND.search(text[: at - offset]))


def _unread(sentence: Sentence, quantity: Quantity, setting: Setting) -> Unread:
    place = place_of(sentence, quantity, setting)
    return Unread(place, quantity.raw, "the sentence does not say what this number counts")


def read_sentence(
    sentence: Sentence, setting: Setting, carried: Carried
) -> tuple[list[Observation], Carried]:
    """Bind every figure of a sentence, and say what the next one may refer to."""
    home, carried = _home(sentence, setting, carried)
    setting, carried = shared_out(as_listed(sentence, setting, carried), sentence.text, carried)
    sentence, carried = summed_as_before(sentence, of_whole(sentence.text, carried))
    setting = as_adjusted(sentence.text, setting, carried)
    carried = adjusting(sentence.text, carried)
    if not sentence.quantities:
        held = _labelled(sentence, _first_named(sentence, setting), setting) or carried.held
        return [], replace(mentioned(sentence, carried, setting), placed=held or home, held=held)
    undated = setting.document_period is None
    carried = of_today(sentence.text, carried, setting.context.published_on, undated=undated)
    carried = of_next_term(sentence.text, carried)
    told, carried = _told(sentence, setting, carried, home)
    return list(told.seen), _passed_on(sentence, setting, carried, told)


def _home(sentence: Sentence, setting: Setting, carried: Carried) -> tuple[Placed, Carried]:
    """The territory that a sentence is of which names none."""
    territory, text = setting.context.region, sentence.text
    meant = unit_meant(text, territory, carried.heard, setting.context.on)
    if of_many(text, carried.held) or of_nation_again(text, territory):
        carried = replace(carried, held=None, placed=Placed(territory, carried=True))
    return carried.held or meant or Placed(territory, carried=True), carried


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures of a sentence, side by side in each field, and where it leaves the text."""

    found: Sequence[Clause]
    bound: Sequence[Meant]
    seen: Sequence[Observation]
    placed: Placed
    """The territory that the next sentence may go on with."""
    held: Placed | None
    """That of an item that began with its name."""


def _told(
    sentence: Sentence, setting: Setting, carried: Carried, home: Placed
) -> tuple[_Told, Carried]:
    """What a sentence with figures tells."""
    text, territory, on = sentence.text, setting.context.region, setting.context.on
    before = told_unit(sentence.regions, carried.placed.region, carried.heard, on)
    names = named(text, territory, sentence.regions, before)
    if not _goes_on(text):
        carried = replace(carried, placed=home)
    found = with_units(clauses(text, sentence.quantities), text, carried.subject.label)
    bound = meanings(text, found, _blanked(sentence), setting, carried)
    places = _places(sentence, found, names, carried, territory)
    seen, carried = observed(sentence, found, bound, places, setting, carried)
    seen = above_goals(found, bound, with_verb_of_first(found, seen))
    if not carried.adjusting:
        seen = starts_earlier(found, seen, f"{carried.heard}{text}")
    placed = _kept(text, places, found, home)
    begun = placed if territory is None and placed.region else _labelled(sentence, names, setting)
    if begun is not None and lies_beside(begun, places):
        begun = home  # a list of units speaks of none of them behind it
    held = begun or _still_held(carried.held, places, territory)
    return _Told(found, bound, seen, placed, held), carried


def _still_held(
    held: Placed | None, places: Sequence[Placed], territory: Region | None
) -> Placed | None:
    """The territory of the item, until the text returns to the whole or moves on."""
    back = any(p.text and p.region == territory for p in places)
    return None if back or moved_on(held, places, territory) else held


def _passed_on(sentence: Sentence, setting: Setting, carried: Carried, told: _Told) -> Carried:
    """What the next sentence may refer to."""
    text, found, bound, seen = sentence.text, told.found, told.bound, told.seen
    rates = [m.metric for m in bound if m.measure == "share" and m.metric in COVERAGE_BASES]
    scenario = last_told(seen, bound)
    return replace(
        carried,
        subject=subject_after(bound, carried),
        whole=whole_told(text, found, bound, carried),
        placed=told.placed,
        held=told.held,
        listed=listed_in(sentence, setting) or carried.listed,
        mark=_mark_of_list(sentence, setting) or carried.mark,
        told=scenario,
        aims=lists_goals(text, scenario, carried),
        reached=reached(text, scenario, carried),
        goals=sets_goals(sentence, [o.scenario for o in seen], scenario, carried),
        counted=counted_in(text, found[-1], seen[-1].measure) or carried.counted,
        figures=tuple((c.quantity.unit, m) for c, m in zip(found, bound, strict=True)),
        periods=tuple(o.period for o in seen),
        coverage=rates[-1] if rates else carried.coverage,
    )


def _mark_of_list(sentence: Sentence, setting: Setting) -> str:
    """How the item is marked that opens a list: the next of its kind is no part of it."""
    opens = setting.passage is not None and listed_in(sentence, setting) is not None
    return mark_of(setting.passage.text) if opens and setting.passage else ""


def _first_named(sentence: Sentence, setting: Setting) -> Sequence[Mention]:
    """The unit that a sentence without figures begins with: "Huyện Bá Thước có 21 xã"."""
    hit = _BEGINS.match(sentence.text)
    if hit is None:
        return ()
    begun = sentence.text[: hit.end() + _LONGEST_NAME]
    return named(begun, setting.context.region, named_regions(begun, setting.context))


_BEGINS = watched(r"[^.;:]{0,64}?\b(?:xã|huyện|phường|thị xã|thị trấn|thành phố|quận)\s")
_LONGEST_NAME = 60


_OF_PARTS = re.compile(r"\W*trong (?:đó|số (?:đó|này))\b", re.IGNORECASE)
"""The text returns to the whole: "Trong đó, huyện A 600 người. Riêng chỉ tiêu …". Behind "Cụ thể,
tại huyện A …" it goes on with what was singled out."""


def _kept(text: str, places: Sequence[Placed], found: Sequence[Clause], home: Placed) -> Placed:
    """The territory the next sentence may go on with: the one that all figures here were for."""
    first = places[0]
    if found[0].bracketed or any(p.region != first.region for p in places):
        return home
    if first.text and _OF_PARTS.match(text):
        return home
    return replace(first, carried=True)


def _labelled(sentence: Sentence, names: Sequence[Mention], setting: Setting) -> Placed | None:
    """The territory that an item begins with: "- Tại Bắc Giang, …", "- Huyện Nghi Lộc: …"."""
    passage = setting.passage
    opens = passage is not None and not passage.text[: sentence.offset].strip()
    office = setting.context.region is None and led_by_office(sentence.text, names)
    told = told_by_office(sentence.text, setting.context.region, names)
    if office or told or acts(sentence.text, names, opens=opens):
        return replace(place_named(names[0]), carried=True)
    if passage is None or not opens:
        return None
    item = passage.kind == "item" or mark_of(passage.text)
    return label_of(sentence.text, names) if item else None


def _goes_on(text: str) -> bool:
    """Does the sentence go on with what the one before spoke of?"""
    plain = canonical(text[:40])
    if _THESE.match(plain) or _THERE.search(text):
        return True
    return plain.startswith(words("carries_place"))


_THERE = sought(
    r"\b(?:ở đây|nơi (?:đây|này)|(?:tỉnh|thành phố|huyện|thị xã|xã|phường|địa phương) này)\b"
    r"(?![^,;.()\d]{0,40}(?:thuộc|của|tại) )"
)
"""Whose a sentence is: of the unit told of before it."""
_THESE = re.compile(
    r"(?:tại |ở |trong )?(?:các|những|\d+|hai|ba|bốn) "
    r"(?:khu vực|vùng|tỉnh|huyện|xã|phường|địa phương|nơi) (?:này|đó|trên)\b"
)


_LABELLED = sought(r"^\W*(?:Ông|Bà|Anh|Chị|PV|Phóng viên)\b[^:]{0,80}:(?=\s)", flags=0)


_SOURCE = sought(r"^\s*\([^()\d]{2,30}\)\s*[-–—:]\s", flags=0)
"""Who printed it: "(Dân sinh) - Tỷ lệ hộ nghèo …"."""


_AGENCY = sought(r"(?<!tham gia )(?<!đóng )(?<!hưởng )(?:BHXH|Bảo hiểm xã hội|UBND|HĐND)\s*$")
_AGENCY_REACH = 34


_MARK = sought(r"\b(?:bình quân|mức chung|so với|hơn)\b")
"""What a figure is compared with stands in passing: "thấp hơn bình quân cả nước (56,7%) và …"."""


def _blanked(sentence: Sentence) -> str:
    """The sentence with who speaks, times, territories and agencies in front of them as spaces."""
    text = _LABELLED.sub(lambda hit: " " * len(hit.group()), sentence.text)
    text = _SOURCE.sub(lambda hit: " " * len(hit.group()), text)
    for mention in sentence.regions:
        before = max(0, mention.start - _AGENCY_REACH)
        agency = _AGENCY.search(text[before : mention.start])
        start = before + agency.start() if agency else mention.start
        text = text[:start] + " " * (mention.end - start) + text[mention.end :]
    for time in (m for m in sentence.times if m.period is not None or is_when_young(m)):
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    return text


def _places(
    sentence: Sentence,
    found: Sequence[Clause],
    names: Sequence[Mention],
    carried: Carried,
    territory: Region | None,
) -> list[Placed]:
    paired = respectively(sentence.text, found, names)
    before = whole = outside = carried.placed
    placed: list[Placed] = []
    for i, clause in enumerate(found):
        aside = open_bracket(sentence.text, clause.quantity.start) >= 0
        before = before if aside else outside
        shared = over_parts(sentence.text, clause, names, whole, territory)
        before = shared or (whole if sums_up(clause.left) else before)
        before = carried.placed if behind_list(found[: i + 1], placed) else before
        own = names
        summed = total_begins(sentence.text, clause)
        if summed is not None:
            before, own = whole, [m for m in names if m.start > summed]
        here = paired.get(i) or place(sentence.text, clause, own, before, territory)
        here = unmapped(sentence.text, clause, here, sentence.regions) or here
        here = of_hamlet(sentence.text, clause, here, sentence.regions) or here
        here = as_former(sentence.text, clause, here)
        if not aside and not named_behind(clause, here, names):
            whole = here
        placed.append(here)
        if clause.bracketed and national(clause.left) and not _MARK.search(clause.left):
            before = outside = Placed(COUNTRY)
        elif not clause.bracketed and i not in paired:
            before = here
            outside = outside if aside else here
    return placed
