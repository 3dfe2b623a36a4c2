"""Times that a sentence lists for its figures: "năm 2021 và 2022 lần lượt là x và y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from normalizers.periods.reading import PeriodMention
from normalizers.periods.timespans import between, months, week, years_off
from normalizers.sentences.clauses import IN_TURN, Clause
from normalizers.sentences.when.times import Timed
from normalizers.spelling import canonical
from normalizers.watching import watched
from solieu.model import Period
from solieu.quick import replace

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


_NUMBER = r"(?:\d{1,2}|[IVX]{1,3})"
_SPANS = watched(
    rf"\b(?P<kind>[Tt]háng|[Qq]uý|[Tt]uần) (?P<listed>{_NUMBER}(?:(?:\s*,\s*(?:và\s+)?|\s+và\s+)"
    rf"(?:(?:tháng|quý|tuần) )?{_NUMBER})+)(?:(?:/| năm )(?P<year>(?:19|20)\d\d))?(?![\w/.]*\d)"
    r"(?!\s*(?:ngày|người|ca|vụ|tuổi)\b)",
    flags=0,
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def spans_in_turn(
    sentence: str, found: Sequence[Clause], times: Sequence[PeriodMention], year: int | None
) -> dict[int, Timed]:
    """The months, quarters or weeks that a sentence lists, each for its figure, or all for one.

    "Các tuần 26, 27 và 28 lần lượt có 120, 135 và 150 ca"; "Trong các tuần 26, 27 có 255 ca".
    """
    told: dict[int, Timed] = {}
    for listed in _SPANS.finditer(sentence):
        told |= _of_list(sentence, found, times, year, listed)
    return told


def _of_list(
    sentence: str,
    found: Sequence[Clause],
    times: Sequence[PeriodMention],
    year: int | None,
    listed: re.Match[str],
) -> dict[int, Timed]:
    of_year = int(listed["year"]) if listed["year"] else year
    spans = _spans(listed["kind"].casefold(), listed["listed"], of_year)
    end = next((m.start for m in times if m.start >= listed.end()), len(sentence))
    after = [i for i, c in enumerate(found) if listed.end() <= c.quantity.start < end]
    if len(spans) < _FEWEST or not after:
        return {}
    in_turn = IN_TURN.search(sentence, listed.end(), found[after[-1]].quantity.start)
    if len(after) == len(spans) and (in_turn or _side_by_side([found[i] for i in after])):
        return {i: Timed(span, "own") for i, span in zip(after, spans, strict=True)}
    starts, ends = spans[0].start, spans[-1].end
    unread = re.search(r"\d", sentence[listed.end() : found[after[0]].quantity.start])
    if in_turn or unread or starts is None or ends is None or not _follow(spans):
        return {}
    whole = replace(between(starts, ends), source="sentence")
    return dict.fromkeys(after, Timed(whole, "sentence", listed.start()))


_FEWEST = 2


def _spans(kind: str, listed: str, year: int | None) -> list[Period]:
    printed = re.findall(_NUMBER, listed)
    told = [_ROMAN.get(n) or int(n) for n in printed if n in _ROMAN or n.isdigit()]
    count, most = _READ[kind]
    if year is None or any(not 0 < n <= most for n in told):
        return []
    if kind == "tuần":
        return [replace(week(year, n), source="sentence") for n in told]
    return [replace(months(year, (n - 1) * count + 1, count), source="sentence") for n in told]


_READ = {"tháng": (1, 12), "quý": (3, 4), "tuần": (0, 53)}
"""Months of each kind of span, and the largest number of its kind."""


def _follow(spans: Sequence[Period]) -> bool:
    """Does each begin where the one before it ends?"""
    days = [(a.end, b.start) for a, b in pairwise(spans)]
    return all(a is not None and b is not None and (b - a).days == 1 for a, b in days)


def _side_by_side(listed: Sequence[Clause]) -> bool:
    """Are figures told with nothing between them: "120, 135 và 150 ca"?"""
    alike = len({c.quantity.unit for c in listed}) == 1
    return alike and all(set(canonical(c.left).split()) <= {"và"} for c in listed[1:])


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
