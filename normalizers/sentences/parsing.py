"""What a sentence holds: its figures, times and territories, before any of them is bound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.context import DocumentContext
from normalizers.context.named import around_pair
from normalizers.periods.founded import when_young
from normalizers.periods.reading import PeriodMention, find_periods
from normalizers.periods.terms import at_years_end, without_terms
from normalizers.quantities.reading import Quantity, find_quantities
from normalizers.regions import Mention
from normalizers.seeking import sought
from normalizers.sentences.beside import reasons
from normalizers.sentences.binding.counted import (
    as_its_change,
    as_its_part,
    as_rates,
    as_the_base,
    as_the_last,
    as_the_whole,
    entries,
    in_dong,
    out_of,
)
from normalizers.sentences.boilerplate import is_torn_row
from normalizers.sentences.clocks import clock_of
from normalizers.sentences.filters import around, in_list, sentence_noise
from normalizers.sentences.opened import tells_time
from normalizers.sentences.settings import (
    Sentence,
    periods_of,
)
from normalizers.sentences.when.implied import (
    summed_up,
    without_dateline,
    year_starts,
)
from normalizers.sentences.when.school import as_school_years, same_school_year
from normalizers.sentences.where.mentions import mentions_in
from normalizers.sentences.where.namesakes import among_districts, with_communes
from normalizers.sentences.where.shares import shared_as_told, shared_by_places
from normalizers.watching import watched
from solieu.model import Period

_DIGIT = re.compile(r"\d")
_SPELT_OUT = watched(r"(?<!\w)(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)")
"""As in "hai triệu rưỡi"."""


def parse(
    text: str,
    offset: int,
    context: DocumentContext,
    whole: str = "",
    told: str = "",
    heard: Period | None = None,
) -> Sentence:
    """Find figures, times and territories, and keep the figures that count something.

    `whole` is the unit of what the list counts that the sentence may be an entry of, `told` what
    its passage says before it.
    """
    printed = _DIGIT.search(text) or _SPELT_OUT.search(text)
    found = _quantities(text, context) if printed else []
    times = _times(text, found, context, told, heard)
    taken = [(m.start, m.end) for m in times]
    times = summed_up(text, times) if times else times
    read = bool(found) and sentence_noise(text) is None
    why = _reasons(text, found, taken, whole, context) if read else {}
    why = dict.fromkeys(found, "bare number") if read and is_torn_row(text) else why
    counted = [q for q, reason in why.items() if reason is None]
    regions = named_regions(text, context) if counted else []
    ends = {m.end for m in regions}
    figures = tuple(q for q in counted if not _of_no_territory(text, q, ends))
    kept = {q.start for q in figures}
    doubtful = tuple(
        q for q, reason in why.items() if reason in {None, "bare number"} and q.start not in kept
    )
    times = at_years_end(text, times, heard)
    return Sentence(text, offset, figures, tuple(times), tuple(regions), doubtful)


def _times(
    text: str, found: Sequence[Quantity], context: DocumentContext, told: str, heard: Period | None
) -> list[PeriodMention]:
    # Without figures a time matters only to what the sentence opens (`mentioned`).
    if not (found or text.rstrip().endswith((":", "?")) or tells_time(text)):
        return []
    first = next((q.start for q in found if q.kind != "ordinal_or_code"), 0)
    clock = clock_of(text, first, periods_of(context), heard)
    named = as_school_years(text, find_periods(text, clock))
    times = without_dateline(text, year_starts(text, named, clock))
    times = without_terms(text, same_school_year(text, times, told, clock))
    times = when_young(text, times, context.founded, heard)
    shares = [q for q in found if q.kind == "fraction" and q.noun is not None]
    return [m for m in times if not any(q.start < m.end <= q.end for q in shares)]


def _reasons(
    text: str,
    found: Sequence[Quantity],
    taken: Sequence[tuple[int, int]],
    whole: str,
    context: DocumentContext,
) -> dict[Quantity, str | None]:
    """Why each number is no figure, or None, with the units that its neighbours lend it."""
    why = entries(text, out_of(text, reasons(text, found, taken)), whole)
    why = as_the_last(text, as_its_change(text, in_dong(text, why)))
    why = as_rates(text, as_the_base(text, as_its_part(text, as_the_whole(text, why))))
    why = shared_as_told(text, why, whole, lambda: named_regions(text, context))
    return shared_by_places(text, why, lambda: named_regions(text, context))


def _quantities(text: str, context: DocumentContext) -> list[Quantity]:
    return find_quantities(text, context.prior, context.decimal_comma)


def named_regions(text: str, context: DocumentContext) -> list[Mention]:
    """The territories of a sentence; the one province it names says whose districts it lists."""
    found = mentions_in(text, context.on, context.region)
    told = {m.match.region for m in found if m.match.status == "one"}
    provinces = {r for r in told if r is not None and r.level == "province"}
    if context.region is None and len(provinces) == 1:
        return mentions_in(text, context.on, provinces.pop())
    within = around_pair(context.title or "", context.on) if context.region is None else None
    if within is not None:
        return mentions_in(text, context.on, within)
    found = with_communes(text, found, context.on)
    return among_districts(found, context.region, context.on)


_WHOLE = sought(
    r"\bso với (?:tổng (?:số )?)?(?:lực lượng lao động|LLLĐ|dân số)[^;,.()\d]{0,30}\(\s*$"
)
"""What a rate is of: "13,57% so với lực lượng lao động (436.210)"."""


_PLANNED = re.compile(r"\(\s*(?:KH|[Kk]ế hoạch|[Cc]hỉ tiêu)(?: năm| giao)?\s*:?\s*$")


def _of_no_territory(text: str, quantity: Quantity, ends: set[int]) -> bool:
    """A bracketed bare number whose name is no territory: a footnote, or a hospital's share."""
    before, after = around(text, quantity)
    if quantity.unit not in {"", "count"} or not in_list(before, after):
        return False
    if _WHOLE.search(before) or _PLANNED.search(before):
        return False
    return quantity.start - len(before) + len(before.rstrip("( ")) not in ends
