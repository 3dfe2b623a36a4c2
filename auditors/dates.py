"""Dates that no calendar has: "31/6/2024", "ngày 30 tháng 2 năm 2023".

One of its parts is printed wrong, and with it the time that the figures beside it are for.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditors import messages
from auditors.desk import Desk
from solieu.model import Figure, Finding
from solieu.unit_names import LANGUAGES


def impossible_times(desk: Desk) -> Iterator[Finding]:
    """For every such date: the figures that are for it or compared with it."""
    beside: dict[str, list[Figure]] = {}
    for observation in desk.observations:
        for date in observation.misdated:
            beside.setdefault(date, []).append(observation.figure)
    for date, figures in beside.items():
        yield _finding(desk, date, figures)


def _finding(desk: Desk, date: str, figures: list[Figure]) -> Finding:
    said = desk.meaning.get(figures[0].figure_id)
    vi, en = (messages.say("impossible_date.off", lang, date=date) for lang in LANGUAGES)
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
