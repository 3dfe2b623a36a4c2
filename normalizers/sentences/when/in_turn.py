"""Times that a sentence lists for its figures: "năm 2021 và 2022 lần lượt là x và y"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods.timespans import years_off
from normalizers.sentences.clauses import IN_TURN, Clause
from normalizers.sentences.when.times import Timed
from normalizers.watching import watched
from solieu.model import Period

_YEARS = watched(
    r"năm (\d{4}(?:(?:\s*,\s*|\s*;\s*|\s+và\s+)(?:năm )?\d{4})+)[^;.]*?\b(?:lần lượt|tương ứng)\b"
)


_STRETCH = watched(
    r"(?:giai đoạn|từ năm|các năm|những năm) (\d{4}\s*(?:-|–|đến|đến năm)\s*\d{4})"
    r"[^;.]*?\b(?:lần lượt|tương ứng)\b"
)


def respective_years(sentence: str, found: Sequence[Clause]) -> dict[int, Timed]:
    """The years of "năm 2021, 2022 và 2023 lần lượt là x, y và z", by the number of the clause."""
    listed = _YEARS.search(sentence) or _STRETCH.search(sentence)
    if listed is None:
        return {}
    years = [int(y) for y in re.findall(r"\d{4}", listed.group(1))]
    if listed.re is _STRETCH.pattern:
        years = list(range(years[0], years[1] + 1))
    after = [i for i, c in enumerate(found) if c.quantity.start >= listed.end()]
    if len(after) < len(years):
        return {}
    return {
        i: Timed(Period(y, str(y), source="sentence"), "own")
        for i, y in zip(after, years, strict=False)
    }


_SAME_OF_TWO = watched(
    r"(?<![\d.,])(\d[\d.,]*)\s*%? và (\d[\d.,]*)\s*%?[^;.\d]{0,24}? cùng kỳ (?:các )?năm (\d{4})"
    r" và (?:năm )?(\d{4})(?!\d)"
)


def same_of_two_years(
    sentence: str, found: Sequence[Clause], now: Period | None
) -> dict[int, Timed]:
    """Marks and their years: "cao hơn mức 4,7% và 5,17% của cùng kỳ năm 2020 và 2021"."""
    told = _SAME_OF_TWO.search(sentence)
    if told is None or now is None:
        return {}
    years = {told.start(1): int(told[3]), told.start(2): int(told[4])}
    then = {i: years.get(c.quantity.start) for i, c in enumerate(found)}
    return {
        i: Timed(years_off(now, year - now.year), "own", back=True)
        for i, year in then.items()
        if year is not None
    }


def times_in_turn(
    sentence: str, found: Sequence[Clause], told: Sequence[Period | None]
) -> dict[int, Timed]:
    """The times of the figures of the sentence before, for one that goes on with them in turn."""
    cue = IN_TURN.search(sentence)
    after = [i for i, c in enumerate(found) if cue and c.quantity.start > cue.end()]
    if (
        len(after) < len(found)
        or len(after) < 2
        or len(after) != len(told)
        or len(set(told)) != len(told)
    ):
        return {}
    return {i: Timed(period, "carried") for i, period in zip(after, told, strict=True)}
