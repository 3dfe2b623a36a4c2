"""The units that a breakdown of a region should list, on the day that a document speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from solieu.model import Reading, Region


def units_below(reading: Reading) -> Callable[[Region], Iterable[str]]:
    """The names of all units one level below a region.

    The day is that of the document; without one, the middle of the last year it has figures for, so
    that a table of 2018 is held against the units of 2018. Before the gazetteer begins nobody can
    say which units there were.
    """
    from normalizers.regions import children  # noqa: PLC0415
    from normalizers.regions.gazetteer import FIRST_DAY  # noqa: PLC0415 (the gazetteer loads late)

    day = _day(reading)

    def below(region: Region) -> Iterable[str]:
        known = day is not None and day > FIRST_DAY
        return [unit.name for unit in children(region, day)] if day is not None and known else ()

    return below


def _day(reading: Reading) -> date | None:
    if reading.content.published_on is not None:
        return reading.content.published_on
    years = [o.period.year for o in reading.observations if o.period is not None]
    return date(max(years), 6, 30) if years else None
