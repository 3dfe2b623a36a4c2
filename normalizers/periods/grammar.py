"""The forms in which Vietnamese documents write a time, read at one position of a text.

A form without a year ("quý I", "ngày 31/5", "9 tháng đầu năm") waits for the year its surroundings
give; `normalizers.periods.reading` supplies it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from normalizers.facts import rows
from normalizers.periods import timespans
from normalizers.periods.timespans import Basis
from solieu.model import Period
from solieu.quick import quick, replace

Kind = Literal["day", "days", "week", "months", "years", "school", "relative"]
Relative = Literal[
    "this_year", "last_year", "next_year", "this_month", "last_month", "this_quarter",
    "last_quarter", "same_period", "today", "year_start", "so_far", "year_gone_by", "in_month",
    "in_week", "last_week", "years_ago",
]  # fmt: skip


class ImpossibleDate(ValueError):
    """A printed day that no calendar has: 31/6. Its text is the date, `year` the printed one."""

    def __init__(self, printed: str, year: int | None) -> None:
        super().__init__(printed)
        self.year = year


@quick
@dataclass(frozen=True, slots=True)
class Form:
    """A written time before its year is known.

    `count` is its length in months from `month`, the number of a week, the first of several days
    or how many years ago;
    `last` the last year of a range of years.
    """

    kind: Kind
    year: int | None = None
    month: int = 1
    count: int = 12
    day: int = 1
    last: int | None = None
    relative: Relative | None = None
    basis: Basis = "flow"
    ranged: bool = False
    """Both ends are printed: "tháng 1 đến tháng 5"."""

    def at(self, year: int) -> Period:
        """The period of this form in that year. Raises ImpossibleDate for 31/6."""
        if self.kind == "day":
            return timespans.day(self.on(year), self.basis)
        if self.kind == "days":
            return timespans.between(replace(self, day=self.count).on(year), self.on(year))
        if self.kind == "week":
            return timespans.week(year, self.count)
        if self.kind == "years":
            return timespans.years(year, self.last or year)
        if self.kind == "school":
            return timespans.months(year, 9, 9)
        return timespans.months(year, self.month, self.count, self.basis)

    def on(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            day = f"{self.day}/{self.month}"
            # A bare 29/2 is missing in that year only.
            told = self.year or (year if (self.month, self.day) == (2, 29) else None)
            raise ImpossibleDate(f"{day}/{told}" if told else day, self.year) from None


@lru_cache(maxsize=1)
def word_rows() -> tuple[tuple[str, str, str], ...]:
    """Kind, text and value of every row of period_words.csv."""
    return tuple((row["kind"], row["text"], row["value"]) for row in rows("period_words.csv"))


@lru_cache(maxsize=8)
def _numbers(kind: str) -> dict[str, int]:
    return {text: int(value) for k, text, value in word_rows() if k == kind}


def _choice(kind: str) -> str:
    return "|".join(sorted(map(re.escape, _numbers(kind)), key=len, reverse=True))


# ---------------------------------------------------------------- patterns

_YEAR = r"(?:19|20)\d\d"
_END = r"(?![\d%]|[.,]\d)"
_THIS = r"(?P<this>nay|trước|ngoái)\b"
_DASH = r"\s*[-–—]\s*"


def _pieces() -> dict[str, str]:
    """What the @NAMES@ in period_forms.csv stand for."""
    year = rf"(?P<y>{_YEAR}){_END}"
    tail = r"\s*[/.\-–]\s*|\s*,?\s*(?:của\s+)?năm\s+|\s+"
    return {
        "@D@": r"(?P<d>\d{1,2})",
        "@M@": r"(?P<m>\d{1,2})",
        "@Y@": year,
        "@Y2@": rf"(?P<y2>{_YEAR}){_END}",
        "@N@": rf"(?P<n>\d{{1,2}}|(?:{_choice('count')})(?=\s))",
        "@YEAR@": _YEAR,
        "@END@": _END,
        "@SEP@": r"\s*[/.\-–]\s*",
        "@DASH@": _DASH,
        "@TO@": rf"(?:{_DASH}|\s+(?:đến|tới)\s+(?:hết\s+)?)",
        "@TAIL@": rf"(?:(?:{tail}){year}|\s+(?:của\s+)?năm\s+{_THIS})?",
        "@THIS@": _THIS,
        "@MONTHS@": _choice("month"),
        "@QUARTERS@": _choice("quarter"),
    }


_Form = tuple[str, str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _forms() -> tuple[_Form, ...]:
    """Name, use and pattern of every form, in the order in which they are tried.

    Use "plain" is a time only in a header or behind a word such as "đến", "từ", "so với"; "cued"
    only behind such a word: a bare 30/6 is a fraction.
    """
    pieces = _pieces()
    return tuple(
        (
            row["name"],
            row["use"],
            re.compile(_PIECE.sub(lambda hit: pieces[hit.group()], row["pattern"]), re.IGNORECASE),
        )
        for row in rows("period_forms.csv")
    )


@lru_cache(maxsize=4)
def _used(*, plain: bool, cued: bool) -> tuple[_Form, ...]:
    left_out = {"plain": not plain, "cued": not cued}
    return tuple(form for form in _forms() if not left_out.get(form[1]))


@lru_cache(maxsize=4)
def _any_form(*, plain: bool, cued: bool) -> re.Pattern[str]:
    """Which form of these uses is the first to match: most places where one could hold none.

    Its group's number is the form's place in `_used`, from 1: none of the forms has other groups
    than by name.
    """
    forms = (_GROUP.sub("(?:", p.pattern) for _, _, p in _used(plain=plain, cued=cued))
    return re.compile("|".join(f"({form})" for form in forms), re.IGNORECASE)


def any_pattern(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """A pattern that matches where one of them does, without their groups."""
    return re.compile("|".join(_GROUP.sub("(?:", p.pattern) for p in patterns), re.IGNORECASE)


_GROUP = re.compile(r"\(\?P<\w+>")
_PIECE = re.compile(r"@[A-Z0-9]+@")


# ---------------------------------------------------------------- what a match says


def _year(hit: re.Match[str]) -> int | None:
    groups = hit.groupdict()
    text = groups.get("y") or groups.get("y2")
    return int(text) if text else None


def _tail(form: Form, hit: re.Match[str]) -> Form:
    """The year said in words: "quý I năm nay"."""
    this = hit.groupdict().get("this")
    if this is None:
        return form
    return replace(form, relative="this_year" if this.casefold() == "nay" else "last_year")


def _day(hit: re.Match[str]) -> Form | None:
    month, on = int(hit["m"]), int(hit["d"])
    if not (1 <= month <= 12 and 1 <= on <= 31):
        return None
    return Form("day", _year(hit), month, day=on)


def _days(hit: re.Match[str]) -> Form | None:
    form, first = _day(hit), int(hit["d1"])
    if form is None or not 1 <= first < form.day:
        return None
    return replace(form, kind="days", count=first, ranged=True)


def _week(hit: re.Match[str]) -> Form | None:
    number = int(hit["w"])
    return Form("week", _year(hit), count=number) if 1 <= number <= _WEEKS else None


_WEEKS = 52
"""A 53rd is in few years, and in a misprint in all."""


def _month(hit: re.Match[str]) -> Form | None:
    word = hit.groupdict().get("mw")
    month = _numbers("month")[word.casefold()] if word else int(hit["m"])
    return Form("months", _year(hit), month, 1) if 1 <= month <= 12 else None


def _month_range(hit: re.Match[str]) -> Form | None:
    first, last = int(hit["m"]), int(hit["m2"])
    if hit["y1"] or not 1 <= first < last <= 12:
        return None
    return Form("months", _year(hit), first, last - first + 1, ranged=True)


def _quarter(hit: re.Match[str]) -> Form:
    return Form("months", _year(hit), _numbers("quarter")[hit["q"].casefold()] * 3 - 2, 3)


def _n_quarters(hit: re.Match[str]) -> Form | None:
    """The first quarters together: "ba quý đầu năm" are its first nine months."""
    printed = hit["n"].casefold()
    count = int(printed) if printed.isdigit() else _numbers("count")[printed]
    if not 2 <= count <= 4:
        return None
    return Form("months", _year(hit), 1, 3 * count, basis="cumulative")


def _edge_quarter(hit: re.Match[str]) -> Form:
    return Form("months", _year(hit), 1 if hit["edge"].casefold() == "đầu" else 10, 3)


def _half(hit: re.Match[str]) -> Form:
    return Form("months", _year(hit), 1 if hit["half"].casefold() == "đầu" else 7, 6)


def _last_half(hit: re.Match[str]) -> Form:
    return Form("months", _year(hit), 7, 6)


def _n_months(hit: re.Match[str]) -> Form | None:
    printed = hit["n"].casefold()
    count = int(printed) if printed.isdigit() else _numbers("count")[printed]
    if not 2 <= count <= 12:
        return None
    return Form("months", _year(hit), 1, count, basis="cumulative")


def _n_months_over(hit: re.Match[str]) -> Form | None:
    printed = hit["n"].casefold()
    count = int(printed) if printed.isdigit() else _numbers("count").get(printed)
    if count is None:
        return None
    return Form("months", None, 1, count, basis="cumulative", relative="so_far")


def _years(hit: re.Match[str]) -> Form | None:
    first, last = int(hit["y"]), int(hit["last"])
    return Form("years", first, last=last, ranged=True) if first <= last <= first + 40 else None


def _school(hit: re.Match[str]) -> Form:
    return Form("school", int(hit["y"]))


def _season(hit: re.Match[str]) -> Form | None:
    """A crop over two years is in the year of its harvest: "vụ đông xuân 2020 - 2021" in 2021."""
    first = int(hit["y"])
    printed = hit["last"] or str(first)
    last = first - first % 100 + int(printed) if len(printed) == 2 else int(printed)
    return Form("years", last) if first <= last <= first + 1 else None


def _one_year(hit: re.Match[str]) -> Form:
    return Form("years", int(hit["y"]))


_RELATIVES: dict[str, Relative] = {
    "năm nay": "this_year",
    "cả năm": "this_year",
    "vụ này": "this_year",
    "niên vụ này": "this_year",
    "niên vụ trước": "last_year",
    "niên vụ ngoái": "last_year",
    "năm ngoái": "last_year",
    "năm trước": "last_year",
    "năm qua": "year_gone_by",
    "năm sau": "next_year",
    "năm tới": "next_year",
    "tháng này": "this_month",
    "tháng trước": "last_month",
    "tháng qua": "last_month",
    "quý này": "this_quarter",
    "quý trước": "last_quarter",
    "quý qua": "last_quarter",
    "hiện nay": "today",
    "đến nay": "today",
    "nay": "today",
    "giờ": "today",
    "bây giờ": "today",
    "tới nay": "today",
    "hiện tại": "today",
}


def _years_ago(hit: re.Match[str]) -> Form:
    printed = hit["n"].casefold()
    count = int(printed) if printed.isdigit() else _numbers("count")[printed]
    return Form("relative", relative="years_ago", count=count)


def _relative(hit: re.Match[str]) -> Form:
    return Form("relative", relative=_RELATIVES[" ".join(hit["rel"].casefold().split())])


_READERS: dict[str, Callable[[re.Match[str]], Form | None]] = {
    "date": _day,
    "in_month": lambda _: Form("relative", relative="in_month"),
    "week": _week,
    "days": _days,
    "in_week": lambda _: Form("relative", relative="in_week"),
    "last_week": lambda _: Form("relative", relative="last_week"),
    "date_words": _day,
    "date_bare_words": _day,
    "day_month": _day,
    "day_month_bare": _day,
    "month_range": _month_range,
    "last_half": _last_half,
    "half": _half,
    "n_months": _n_months,
    "n_months_bare": _n_months,
    "n_months_over": _n_months_over,
    "month": _month,
    "month_short": _month,
    "month_year": _month,
    "quarter": _quarter,
    "quarter_short": _quarter,
    "n_quarters": _n_quarters,
    "edge_quarter": _edge_quarter,
    "school": _school,
    "season": _season,
    "years": _years,
    "year_range_bare": _years,
    "year": _one_year,
    "year_bare": _one_year,
    "goal_year": _one_year,
    "year_behind_figure": _one_year,
    "relative": _relative,
    "years_ago": _years_ago,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A form that was read from a text, and where it ends."""

    form: Form
    end: int


def form_at(text: str, at: int, *, plain: bool = False, cued: bool = False) -> Found | None:
    """The form written at that position: `plain` in a header, `cued` behind "đến", "từ"."""
    if at and text[at - 1].isdigit():
        return None
    first = _any_form(plain=plain or cued, cued=cued).match(text, at)
    if first is None or first.lastindex is None:
        return None
    for name, _, pattern in _used(plain=plain or cued, cued=cued)[first.lastindex - 1 :]:
        hit = pattern.match(text, at)
        form = _READERS[name](hit) if hit else None
        if hit is not None and form is not None:
            return Found(_tail(form, hit), hit.end())
    return None
