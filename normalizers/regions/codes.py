"""Codes to units: the way back from what a person writes down."""

from __future__ import annotations

from datetime import date

from normalizers.regions.gazetteer import gazetteer
from normalizers.regions.units import region_of
from solieu.model import Region

_LEVELS = {2: 1, 3: 2, 5: 3}
"""Digits of a code to the gazetteer's level: province, district, commune."""


def by_code(code: str, on: date | None) -> Region | None:
    """The unit that a code stood for on a day; without a day, the last that had it.

    >>> by_code("291", date(2020, 1, 1)).name
    'Huyện Nam Sách'
    """
    units = gazetteer().coded(_LEVELS.get(len(code), 0), code)
    if on is not None:
        units = [unit for unit in units if unit.stands(on)] or units
    if not units:
        return None
    last = max(units, key=lambda unit: unit.valid_from or date.min)
    return region_of(last, last.nearest(on or date.max))
