"""Dates that no calendar has: "31/6/2024", "ngày 30 tháng 2 năm 2023".

One of its parts is printed wrong, and with it the time that the figures beside it are for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from auditors import messages
from auditors.desk import Desk, Sheet
from solieu.model import Figure, Finding

_FULL = re.compile(
    r"(?<![\w/.,-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2})(?![\w/-]|[.,]\d)"
    r"|ngày (\d{1,2}) tháng (\d{1,2}) năm ((?:19|20)\d{2})"
)
_SHORT = re.compile(r"(?:ngày|đến|từ|hết) (\d{1,2})/(\d{1,2})(?![\w/-]|[.,]\d)")
_NUMBERED = re.compile(r"(?<!\w)số:? ?$", re.IGNORECASE)
_LEAP = 2024


def impossible_dates(text: str) -> tuple[str, ...]:
    """The printed dates of a text whose month lacks that day; a 13th month may be a month first.

    >>> impossible_dates("Tính đến 31/6/2024, so với ngày 30/6/2023")
    ('31/6/2024',)
    """
    found = []
    for match in _FULL.finditer(text):
        day, _, month, year, *written = match.groups()
        if not day:
            day, month, year = written
        if not _NUMBERED.search(text[: match.start()]) and _lacks(int(day), int(month), int(year)):
            found.append(match.group())
    short = (m for m in _SHORT.finditer(text) if _lacks(int(m[1]), int(m[2]), _LEAP))
    found += [f"{m[1]}/{m[2]}" for m in short]
    return tuple(dict.fromkeys(found))


def _lacks(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 28 < day <= 31 and day > monthrange(year, month)[1]


def impossible_times(desk: Desk) -> Iterator[Finding]:
    """For every passage or table with impossible dates: the figures that stand with them."""
    spoken: dict[int, list[Figure]] = {}
    for observation in desk.observations:
        if observation.figure.place.passage is not None:
            spoken.setdefault(observation.figure.place.passage, []).append(observation.figure)
    for passage in desk.reading.content.passages:
        if passage.number in spoken:
            printed = impossible_dates(passage.text)
            if printed:
                yield _finding(desk, printed, spoken[passage.number])
    for sheet in desk.sheets:
        yield from _headed(desk, sheet)


def _headed(desk: Desk, sheet: Sheet) -> Iterator[Finding]:
    printed: list[str] = []
    below: list[Figure] = []
    for line in sheet.crosses:
        if dates := impossible_dates(" / ".join(line.labels)):
            printed += dates
            below += [f for (_, cross), f in sheet.cells.items() if cross == line.index]
    if below:
        yield _finding(desk, tuple(dict.fromkeys(printed)), below)


def _finding(desk: Desk, dates: tuple[str, ...], figures: list[Figure]) -> Finding:
    date = ", ".join(dates)
    said = desk.meaning.get(figures[0].figure_id)
    vi, en = (messages.say("impossible_date.off", lang, date=date) for lang in messages.LANGUAGES)
    return Finding(
        check="impossible_date",
        status="fail",
        severity="warning",
        figure_ids=tuple(dict.fromkeys(f.figure_id for f in figures)),
        published=None,
        expected=None,
        region_name=said.region.name if said is not None and said.region is not None else None,
        message_vi=vi,
        message_en=en,
        details={"date": date},
    )
