"""What time and which target a text is at, figure by figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from normalizers.periods.reading import PeriodMention
from normalizers.seeking import sought
from normalizers.sentences.aims.next_year import coming_time
from normalizers.sentences.aims.scenarios import foretells, tells_result
from normalizers.sentences.clauses import PARTS_FOLLOW, Clause
from normalizers.sentences.going_on import ends_goal, next_goal, still_aimed
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.observations import observation, told_as
from normalizers.sentences.results import past_base
from normalizers.sentences.settings import Carried, Sentence, Setting
from normalizers.sentences.trust import Told, trusted
from normalizers.sentences.when.ahead import YEAR_ASSUMED, Outlook, Stated, settled
from normalizers.sentences.when.compared import told_before, told_beside
from normalizers.sentences.when.earlier import is_mark, of_marks
from normalizers.sentences.when.in_turn import (
    respective_years,
    same_of_two_years,
    spans_in_turn,
    times_in_turn,
)
from normalizers.sentences.when.school import school_years_passed
from normalizers.sentences.when.times import (
    Timed,
    closed_off,
    in_brackets,
    is_compared,
    looked_back,
    moments,
    of_count,
    of_others,
    of_span,
    of_starts,
    passed_by,
    time_of,
    usable,
)
from normalizers.sentences.when.untold import untold
from normalizers.sentences.where.placed import Placed
from normalizers.watching import watched
from solieu.model import Observation, Period, Scenario
from solieu.quick import quick, replace
from solieu.text import open_bracket


def observed(
    sentence: Sentence,
    found: Sequence[Clause],
    bound: Sequence[Meant],
    places: Sequence[Placed],
    setting: Setting,
    carried: Carried,
) -> tuple[list[Observation], Carried]:
    """The figures of a sentence, each at its time, and the time that the next may go on with.

    A time told for one sentence alone holds for its parts as well, behind "Trong đó".
    """
    alone = carried.singled if PARTS_FOLLOW.match(sentence.text) else None
    here = replace(carried, period=alone) if alone is not None else carried
    later = past_base(sentence, here, setting)
    here = replace(here, period=later) if later is not None else here
    seen, after = _observed(sentence, found, bound, places, setting, here)
    if later is not None and after.period == later and seen[-1].scenario == "plan":
        after = replace(after, period=carried.period)
    if alone is not None and after.period == alone:
        after = replace(after, period=carried.period)
    single = seen[-1].period if _SINGLED_TIME.match(sentence.text) else None
    return seen, replace(after, singled=alone or single)


_SINGLED_TIME = re.compile(
    r"\W*(?:chỉ )?(?:tính )?riêng (?:trong )?(?:năm|tháng|quý|\d+ tháng)\b", re.IGNORECASE
)


@quick
@dataclass(frozen=True, slots=True)
class _Times:
    """The times of a sentence, by the part that they play in it."""

    told: list[PeriodMention]
    yearly: dict[int, Timed]
    """Those of figures that go through several years in turn."""
    aside: list[PeriodMention]
    momentary: list[PeriodMention]
    counting: list[PeriodMention]
    """Days on which something was counted."""
    passing: frozenset[int | None]
    """Where those stand that no later figure is of."""
    beside: frozenset[int | None]
    in_passing: bool
    """The whole sentence looks back."""


def _times_in(
    sentence: Sentence, found: Sequence[Clause], setting: Setting, carried: Carried
) -> _Times:
    text, times = sentence.text, usable(sentence.text, sentence.times)
    yearly = respective_years(text, found)
    if not times and not yearly:
        yearly = times_in_turn(text, found, carried.periods)
    now = next((m.period for m in times), None) or carried.period or setting.document_period
    yearly = yearly or spans_in_turn(text, found, times, now.year if now else None)
    yearly = yearly | same_of_two_years(text, found, now)
    in_passing = told_before(text, carried.periods)
    if not times:
        return _Times([], yearly, [], [], [], frozenset(), frozenset(), in_passing)
    aside = in_brackets(text, times, sentence.quantities)
    momentary = moments(text, times)
    return _Times(
        told=times,
        yearly=yearly,
        aside=[*aside, *of_starts(found, times), *of_marks(found, times)],
        momentary=momentary,
        counting=of_count(text, times),
        passing=frozenset(m.start for m in momentary),
        beside=frozenset(m.start for m in told_beside(text, times)),
        in_passing=in_passing,
    )


def _observed(
    sentence: Sentence,
    found: Sequence[Clause],
    bound: Sequence[Meant],
    places: Sequence[Placed],
    setting: Setting,
    carried: Carried,
) -> tuple[list[Observation], Carried]:
    times = _times_in(sentence, found, setting, carried)
    before, before_told = carried, carried.told
    counted = {m.start for m in times.counting}
    seen: list[Observation] = []
    told: Period | None = None
    for i, (clause, meant, placed) in enumerate(zip(found, bound, places, strict=True)):
        first_untold = untold(clause, sentence.times, setting.document_period or before.latest)
        timed = times.yearly.get(i) or first_untold
        timed = timed or _named_time(sentence, found, clause, times, setting, carried, before)
        said = _aimed_or_told(sentence, clause, meant, timed, setting, carried)
        if ends_goal(said, timed, before, sentence, setting.context.published_on):
            said = "plan"
        done = _as_settled(said, timed, sentence, setting, carried)
        timed = replace(timed, period=done.period)
        one = observation(sentence, clause, meant, placed, timed, setting, done.scenario)
        one = trusted(Told(one, sentence, clause, meant, placed, setting, before=before_told))
        seen.append(one)
        stays = _is_in_passing(times, timed, told, carried.period or setting.document_period)
        stays = stays or _beside_result(seen, setting) or _within_first(found, timed, seen)
        if not (stays or _of_this_alone(sentence.text, clause, timed, setting, carried)):
            told = timed.period
            aimed = timed.at in counted or _is_target(one, setting)
            results = setting.results if setting.scenario != "plan" else None
            home_year = results or setting.document_period
            carried = at_time(carried, timed.period, home_year, target=aimed)
        elif first_untold is not None and "(" not in clause.left:
            carried = replace(carried, period=None, past=None)
    return seen, carried


def _named_time(
    sentence: Sentence,
    found: Sequence[Clause],
    clause: Clause,
    times: _Times,
    setting: Setting,
    carried: Carried,
    before: Carried,
) -> Timed:
    """The figure's time by the sentence; `before` is what was carried where the sentence began."""
    text, told, first = sentence.text, times.told, found[0].quantity.start
    if not told:  # half of all sentences: there is nothing to choose from
        return time_of(clause, told, carried.period, setting.document_period)
    others = [
        *times.aside,
        *of_others(text, clause, times.momentary),
        *closed_off(text, clause, told),
        *looked_back(text, clause, told, first),
        *school_years_passed(text, clause, told, first),
    ]
    brought = [m for m in times.counting if of_span(text, clause, m)]
    now = carried.period or setting.document_period
    over = passed_by(text, clause, told, sentence.quantities, now)
    ahead = [m for m in told if m not in over]
    goes_on = (before.past or before.period) if brought else carried.period
    return time_of(clause, ahead, goes_on, setting.document_period, [*others, *brought])


def _aimed_or_told(
    sentence: Sentence,
    clause: Clause,
    meant: Meant,
    timed: Timed,
    setting: Setting,
    carried: Carried,
) -> Scenario:
    """What the figure is by its own words, or as the goals before it go on."""
    said = told_as(sentence, clause, meant, timed, setting)
    goes_on = still_aimed(said, timed, carried, sentence.text[: clause.quantity.start])
    return "plan" if goes_on or next_goal(said, timed, carried, sentence) else said


def _is_in_passing(times: _Times, timed: Timed, told: Period | None, now: Period | None) -> bool:
    """Does a time go no further for where and how it is told?"""
    return (
        timed.found not in {"own", "sentence"}
        or timed.back
        or timed.at in times.passing
        or times.in_passing
        or (timed.at in times.beside and (now is None or _looks_back(timed.period, now)))
        or _looks_back(timed.period, told)
    )


def _of_this_alone(
    text: str, clause: Clause, timed: Timed, setting: Setting, carried: Carried
) -> bool:
    """Does a time go no further for the figure that it is of?"""
    return (
        is_mark(clause)
        or is_compared(clause)
        or _singled_out(text, timed, carried)
        or _of_its_year(clause, timed, carried, setting)
        or _aside_in_bracket(text, clause, timed)
        or _in_overtime(text, timed, carried)
    )


def _within_first(found: Sequence[Clause], timed: Timed, seen: Sequence[Observation]) -> bool:
    """Is it a day within the months that the sentence opened with, told of one thing alone?

    "6 tháng đầu năm, gieo 1.200 ha; thu ngân sách đến ngày 20/6 đạt 113 tỷ đồng."
    """
    first, told = seen[0].period, timed.period
    if told is None or first is None or timed.at is None or told.basis != "stock":
        return False
    if first.start is None or first.end is None or told.end is None or first.start == first.end:
        return False
    later = timed.at > found[0].quantity.end
    return later and first.basis != "stock" and first.start < told.end <= first.end


def _as_settled(
    said: Scenario, timed: Timed, sentence: Sentence, setting: Setting, carried: Carried
) -> Stated:
    """The figure's scenario and time once the page's day has had its say."""
    context = setting.context
    listed = carried.aims or carried.listed == "plan"
    coming = coming_time(sentence.text, setting.next_year, setting.next_term, listed=listed)
    outlook = Outlook(
        context.published_on, context.title or "", setting.document_period, setting.results, coming
    )
    done = tells_result(sentence.text)
    foretold = foretells(sentence.text, sentence.quantities[0].start)
    aimed, past = carried.told == "plan", carried.past
    stated = Stated(said, timed.period, timed.found, done, foretold, aimed, past, carried.latest)
    if said == "actual" and _is_counted(sentence.text, timed, context.published_on):
        return stated
    if said == "actual" and _opens_school(sentence, timed, context.published_on):
        return replace(stated, period=_of_either_year(stated.period))
    if said == "actual" and _is_sown(sentence.text, timed, context.published_on):
        return replace(stated, period=_of_either_year(stated.period))
    return settled(stated, outlook)


_COUNTED_AT = re.compile(r"(?:tính đến\b(?! hết| cuối)|đến năm (?P<year>\d{4})\b)", re.IGNORECASE)


def _is_counted(text: str, timed: Timed, page: date | None) -> bool:
    """Is it told as counted, though its time is not over: "Dân số tính đến năm 2020 là 613.480"?

    So is what is so by the page's own year: "Đến năm 2025, xã hết hộ nghèo" in July 2025.
    """
    hit = _COUNTED_AT.match(text, timed.at) if timed.at is not None else None
    return hit is not None and (not hit["year"] or page is None or int(hit["year"]) == page.year)


_HAS = sought(r"\b(?:có|huy động được|đã|tổng số|quy mô)\b")


def _opens_school(sentence: Sentence, timed: Timed, page: date | None) -> bool:
    """Is it what there is as a school year begins: "Bước vào năm học mới, huyện có 58 trường"?"""
    told = timed.period
    if page is None or told is None or told.start is None or not told.code.endswith(_SCHOOL_YEAR):
        return False
    begins = timedelta(0) < told.start - page <= _HOLIDAYS
    at = sentence.quantities[0].start
    return begins and _HAS.search(sentence.text, 0, at) is not None


_SCHOOL_YEAR = "-09-01/P9M"
_HOLIDAYS = timedelta(days=45)
"""Before a school year begins, in which its schools and classes are told of as they are."""
_CROP = re.compile(
    r"(?:niên )?(?:vụ|đông|thu)\b[^\d,;.]{0,24}(?P<year>(?:19|20)\d\d)"
    r"\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d)\b",
    re.IGNORECASE,
)
_SOWING = 8
"""The month from which a crop is sown that is harvested in the next year."""


def _is_sown(text: str, timed: Timed, page: date | None) -> bool:
    """Is it a crop of two years that had begun: "vụ đông 2022 - 2023" in October 2022?"""
    hit = _CROP.match(text, timed.at) if timed.at is not None else None
    return hit is not None and page is not None and page >= date(int(hit["year"]), _SOWING, 1)


def _of_either_year(period: Period | None) -> Period | None:
    """Of two years it is told for the last, as of the harvest; others may read otherwise."""
    return replace(period, flags=(*period.flags, YEAR_ASSUMED)) if period is not None else None


def last_told(seen: Sequence[Observation], bound: Sequence[Meant]) -> Scenario:
    """What the last figure was, but for a plan in the bracket behind it."""
    said = (o.scenario for o, m in zip(seen[::-1], bound[::-1], strict=True) if m.scenario is None)
    return next(said, seen[-1].scenario)


_SINGLED = re.compile(
    r"(?:.*\d[^;.]*[;,])?\W*(?:chỉ )?riêng (?:trong )?"
    r"(?:(?:tháng|quý|tuần|năm|ngày)[^(,;]{1,14}\((?:từ )?)?$",
    re.IGNORECASE,
)


def _singled_out(text: str, timed: Timed, carried: Carried) -> bool:
    """Is a time told for its sentence alone: "Riêng tháng 3, toàn tỉnh đón 520.000 lượt khách"?

    One of a later year is what the text goes on with.
    """
    told, before = timed.period, carried.period
    if told is not None and before is not None and told.year > before.year:
        return False
    return timed.at is not None and _SINGLED.match(text[: timed.at]) is not None


def _of_its_year(clause: Clause, timed: Timed, carried: Carried, setting: Setting) -> bool:
    """Is a year only told behind a figure, in a text that is at some months of it?

    "6 tháng đầu năm 2024 … Toàn huyện có 8 sản phẩm đăng ký trong năm 2024": no year's report.
    """
    told, at = timed.period, carried.period or setting.document_period
    if told is None or at is None or timed.at is None or timed.at < clause.quantity.end:
        return False
    whole = told.code == str(told.year) and told.basis != "stock"
    return whole and at.year == told.year and at.basis == "cumulative" and at.code != told.code


def _is_target(seen: Observation, setting: Setting) -> bool:
    """Does its time end with its paragraph: a goal's, and what lies before the year of a plan?"""
    if setting.scenario != "plan":
        return seen.scenario == "plan"
    planned = setting.document_period
    return planned is not None and seen.period is not None and seen.period.year < planned.year


def _aside_in_bracket(text: str, clause: Clause, timed: Timed) -> bool:
    """Is a figure told in one bracket with its time: "215 tỷ đồng (năm 2022 thu 198 tỷ đồng)"?"""
    opened = open_bracket(text, clause.quantity.start)
    return opened >= 0 and timed.at is not None and timed.at > opened


_PAYS_OUT = watched(r"\b(?:giải ngân|thanh toán|quyết toán)\b")


def _in_overtime(text: str, timed: Timed, carried: Carried) -> bool:
    """Is it the last day to spend a year's budget: "ước giải ngân đến 31/01/2026 đạt 95%"?"""
    period, before = timed.period, carried.period
    if period is None or period.end is None or before is None:
        return False
    last = period.basis == "stock" and (period.end.month, period.end.day) == (1, 31)
    return last and before.year == period.year - 1 and _PAYS_OUT.search(text) is not None


def _beside_result(seen: Sequence[Observation], setting: Setting) -> bool:
    """A target told behind a result is told in passing: "chiếm 29,1%, mục tiêu năm 2025 là 30%"."""
    first, last = seen[0].scenario, seen[-1].scenario
    return setting.scenario != "plan" and last == "plan" and first != "plan"


def at_time(
    carried: Carried, period: Period | None, document: Period | None = None, *, target: bool
) -> Carried:
    """The time the text is at; that of a target goes no further than its paragraph."""
    if not target:
        latest = carried.latest
        if period and (latest is None or period.year >= latest.year):
            latest = period
        return replace(carried, period=period, past=None, latest=latest)
    return replace(carried, period=period, past=carried.past or carried.period or document)


def _looks_back(period: Period | None, told: Period | None) -> bool:
    """A year before the one the sentence tells of ("cùng kỳ năm 2017 là …") goes no further."""
    return period is not None and told is not None and period.year < told.year
