"""Times of figures, from headers and from sentences.

The year comes from the words themselves, then from the span spoken of, then from the heading; the
page's own date only completes a day, month or quarter that is printed without its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from normalizers.periods.clock import Clock
from normalizers.periods.compared import versus_kind
from normalizers.periods.phrases import Phrase, phrase_at
from normalizers.periods.scenarios import plan_words, scenario_before, scenario_of
from normalizers.periods.spots import behind_plan, spots, without_price_base
from solieu.model import Period, Scenario
from solieu.quick import quick, replace
from solieu.text import one_line

__all__ = [
    "PeriodContext",
    "PeriodMention",
    "PeriodReading",
    "find_periods",
    "misdated",
    "misprints",
    "read_period",
    "trust_in",
]


@dataclass(frozen=True, slots=True)
class PeriodContext:
    """What is known around a text.

    `year` is that of the nearest heading or caption, `reference` the span the text speaks of (the
    base of "cùng kỳ" and "tháng trước"), `plan` says that days without a year lie ahead, `flags`
    how that year was worked out.
    """

    published_on: date | None = None
    year: int | None = None
    reference: Period | None = None
    plan: bool = False
    flags: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By what differs between two: all readings of times are kept under it."""
        return hash((self.published_on, self.year, self.plan))

    def base_year(self) -> int | None:
        """The year that the surroundings speak of."""
        return _clock(self).base_year()


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """What a header says: its own period, and what it is compared with.

    "Tăng so với năm 2023" has no period of its own; `compared_to` is 2023. "2024/2023 (%)" is for
    2024, compared with 2023. `comparison` is previous_year, same_period_last_year, previous_month,
    previous_quarter, period_start, plan, previous_period or year:2019.
    """

    period: Period | None
    scenario: Scenario | None
    comparison: str | None
    text: str
    compared_to: Period | None = None
    misprint: str = ""
    """The date in it that no calendar has."""


@quick
@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time in a sentence. With a `comparison`, `period` is the base compared with."""

    start: int
    end: int
    text: str
    period: Period | None
    scenario: Scenario | None = None
    comparison: str | None = None
    misprint: str = ""
    """The date in it that no calendar has."""


_SPLIT = re.compile(
    r"(?<!\w)(?:so(?:\s+sánh)?\s+(?:với|cùng)|so\s+sánh|ss\s+(?:với)?|so)(?!\w)\s*", re.IGNORECASE
)
_RATIO = re.compile(
    r"(?P<a>.*(?<!\d)(?:19|20)\d\d)\s*(?:\(%\))?\s*/\s*(?P<b>(?:\D*|\D*\d{1,2}\D{1,12})(?:19|20)\d\d(?!\d).*)$"
)


def _sides(text: str) -> tuple[str, str | None]:
    """The header's own part, and the part it is compared with."""
    hit = _SPLIT.search(text)
    rest = text[hit.end() :] if hit else text
    ratio = _RATIO.match(rest)
    if ratio and (hit is None or not text[: hit.start()].strip(" (%")):
        return ratio["a"], ratio["b"]
    if hit is None:
        return text, None
    base = rest[len("với ") :] if rest.casefold().startswith("với ") else rest
    return text[: hit.start()], base


def _clock(context: PeriodContext) -> Clock:
    return Clock(context.published_on, context.year, context.reference, context.plan)


def _own(text: str, clock: Clock) -> Phrase | None:
    return next((s.phrase for s in spots(text, clock, plain=True) if not s.versus), None)


def _share_of_plan(text: str, clock: Clock) -> Phrase | None:
    """The year of the plan in "Tỷ lệ % kế hoạch năm 2024": the share is of that year too."""
    return next((s.phrase for s in spots(text, clock, plain=True) if s.plan), None)


def _base(text: str, clock: Clock) -> Phrase | None:
    planned = behind_plan(text, 0)
    first = phrase_at(text, planned or 0, clock, plain=True, base=True)
    return first or _own(text, clock)


def read_period(text: str, context: PeriodContext = PeriodContext()) -> PeriodReading | None:
    """The time a header, caption or cell names; None where it names none.

    >>> reading = read_period("Kế hoạch giao Năm 2024")
    >>> (reading.period.code, reading.scenario) if reading and reading.period else None
    ('2024', 'plan')
    """
    return _read(one_line(text), context)


@lru_cache(maxsize=16384)
def _read(text: str, context: PeriodContext) -> PeriodReading | None:
    left, right = _sides(without_price_base(text))
    clock = _clock(context)
    if right is None and (of_plan := _share_of_plan(left, clock)) is not None:
        period = of_plan.period
        return PeriodReading(period, None, "plan", text, period, of_plan.misprint)
    own = _own(left, clock)
    scenario = scenario_of(left, timed=own is not None)
    period = own.period if own else None
    misprint = own.misprint if own else ""
    if right is None:
        found = own is not None or scenario is not None
        return PeriodReading(period, scenario, None, text, None, misprint) if found else None
    speaking = replace(clock, reference=period, heard=True) if period is not None else clock
    base = _base(right, speaking)
    compared = base.period if base else None
    kind = _comparison(scenario, right, period, compared)
    if kind is None and period is None and scenario is None:
        return None
    if kind == "plan" and period is None:
        period = compared
    return PeriodReading(period, scenario, kind, text, compared, misprint)


def _comparison(
    scenario: Scenario | None, right: str, period: Period | None, compared: Period | None
) -> str | None:
    if plan_words().search(right) and (scenario != "plan" or compared is None):
        return "plan"
    return versus_kind(right, period, compared)


def find_periods(text: str, context: PeriodContext = PeriodContext()) -> list[PeriodMention]:
    """Every time a sentence names. Days of decrees are none; of 31/6/2024 only the year is left."""
    return list(_mentions(text, context))


def misprints(mentions: Iterable[PeriodMention]) -> tuple[str, ...]:
    """The dates among them that no calendar has."""
    return tuple(dict.fromkeys(m.misprint for m in mentions if m.misprint))


def misdated(period: Period | None, beside: Sequence[str]) -> tuple[str, ...]:
    """The dates that no calendar has, of a figure's own time and of those beside it."""
    own = (period.misprint,) if period is not None and period.misprint else ()
    if not own and not beside:
        return ()
    return tuple(dict.fromkeys((*own, *beside)))


def trust_in(period: Period | None) -> float:
    """How sure a figure is for its time's sake."""
    return 0.9 if period is not None and period.misprint else 1.0


# Titles, captions and heads are asked again by every table and sentence below them.
@lru_cache(maxsize=4096)
def _mentions(text: str, context: PeriodContext) -> tuple[PeriodMention, ...]:
    found: list[PeriodMention] = []
    own: Period | None = context.reference
    floor = 0
    for spot in spots(without_price_base(text), _clock(context), plain=False):
        phrase = spot.phrase
        printed = text[spot.start : phrase.end]
        kind = None
        if spot.versus:
            kind = "plan" if spot.plan else versus_kind(printed, own, phrase.period)
        elif phrase.period is not None:
            own = phrase.period
        scenario = None if spot.versus else scenario_before(text, spot.start, floor)
        found.append(
            PeriodMention(
                spot.start,
                phrase.end,
                printed,
                _flagged(phrase.period, printed, context),
                scenario,
                kind,
                phrase.misprint,
            )
        )
        floor = phrase.end
    return tuple(found)


def _flagged(period: Period | None, printed: str, context: PeriodContext) -> Period | None:
    """The period, with how its year was worked out where none is printed."""
    if period is None or not context.flags or _PRINTED.search(printed):
        return period
    return replace(period, flags=(*period.flags, *context.flags))


_PRINTED = re.compile(r"(?:19|20)\d\d")
