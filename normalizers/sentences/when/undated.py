"""The year of a text without a date: what it names for itself, compares with, or is elected in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalizers.layout.titles import without_decrees
from normalizers.periods.reading import PeriodContext, find_periods
from normalizers.sentences.clauses import sentences
from normalizers.sentences.when.times import usable
from solieu.model import Period

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_LAST = re.compile(
    r"\bso (?:với )?(?:số |mức )?(?:cùng (?:kỳ|kì|vụ)|vụ [^\W\d]+(?: [^\W\d]+)?)(?: của)?(?: năm)?"
    r" (?P<year>(?:19|20)\d\d)(?!\d|\s*[-–/])",
    re.IGNORECASE,
)
"""What a text of this year is compared with: "tăng 2,3% so với vụ xuân năm 2023"."""
_CONGRESS = re.compile(
    r"\bđại hội\b[^.;]{0,100}?\bnhiệm kỳ (?P<year>(?:19|20)\d\d) ?[-–/] ?(?:19|20)\d\d",
    re.IGNORECASE,
)
"""A congress is held as its term begins."""
_AHEAD = re.compile(
    r"\b(?:phấn đấu|mục tiêu|dự kiến|sẽ|định hướng|tầm nhìn|quyết tâm)\b"
    r"|\bđề ra (?:(?:\d+|một số|các|những|nhóm) )*(?:chỉ tiêu|nhiệm vụ)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:phương hướng|nhiệm vụ|chỉ tiêu|kế hoạch|dự toán|mục tiêu)(?: (?!năm)[^\W\d]+){0,5}"
    r" (?:của )?$",
    re.IGNORECASE,
)
"""What else a session decides: "báo cáo kết quả năm 2025 và bàn nhiệm vụ năm 2026"."""
_ASIDE = re.compile(r"\([^()]*$")
_OPENING = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A year that a text names as its own, in a bracket or not, of a target or not."""

    year: int
    aside: bool
    ahead: bool


def years_of_text(texts: Iterable[str], clock: PeriodContext) -> frozenset[int]:
    """The years that an undated text names, here or there, as its own.

    Where it names none, it is the one behind that of "so với cùng kỳ năm 2023", or of its congress.
    """
    lines = list(texts)
    named = [told for text in lines if _YEAR.search(text) for told in _named(text, clock)]
    if named:
        return _own(named)
    compared = {int(hit["year"]) + 1 for text in lines for hit in _LAST.finditer(text)}
    opening = lines[:_OPENING]
    held = {int(hit["year"]) for text in opening for hit in _CONGRESS.finditer(text)}
    return frozenset(compared or held)


def _own(named: Sequence[Named]) -> frozenset[int]:
    """Without targets, and without the year before, which brackets tell of to compare with."""
    told = [one for one in named if not one.ahead] or named
    years = {one.year for one in told if not one.aside}
    before = {year - n for year in years for n in (0, 1)}
    return frozenset(years | ({one.year for one in told} - before)) if years else frozenset()


def of_year(years: frozenset[int]) -> Period | None:
    """The year of a text that names no other."""
    if len(years) != 1:
        return None
    year = max(years)
    return Period(year, str(year), source="text", flags=("year_of_text",))


def _named(text: str, clock: PeriodContext) -> Iterable[Named]:
    for start, end in sentences(text):
        sentence = without_decrees(text[start:end])
        ahead = _AHEAD.search(sentence) is not None
        for mention in usable(sentence, find_periods(sentence, clock)):
            if mention.period is not None and in_one_year(mention.period):
                aside = _ASIDE.search(sentence[: mention.start]) is not None
                later = ahead or _NEXT.search(sentence, 0, mention.start) is not None
                yield Named(mention.period.year, aside, later)


def in_one_year(period: Period) -> bool:
    """Does a time lie within one year?"""
    return period.start is None or period.end is None or period.start.year == period.end.year
