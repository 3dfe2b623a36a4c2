"""Old units in today's, and today's in the old ones.

A whole unit can be carried over; a split one cannot, so every pair says how much of the older unit
lies in the newer. Nothing here divides a figure.
"""

from __future__ import annotations

from datetime import date

from normalizers.regions.gazetteer import FIRST_DAY, REFORM, Extent, Unit, gazetteer
from normalizers.regions.resolver import Match, resolve
from normalizers.regions.units import region_of, unit_of
from solieu.model import Region

Carried = tuple[tuple[Region, Extent], ...]


def _at(level: int, code: str, on: date) -> Unit | None:
    return next((u for u in gazetteer().coded(level, code) if u.stands(on)), None)


def _of_old_name(unit: Unit, on: date) -> Carried:
    """Provinces that ended before the compilation: the table names their successors."""
    units = (u for name in unit.successors for u in gazetteer().named(name))
    found = [u for u in units if u.level == 1 and not u.historical and u.stands(FIRST_DAY)]
    later = dict.fromkeys(region for first in found for region, _ in _after(first, on))
    extent: Extent = "full" if len(later) == 1 else "partial"
    return tuple((region, extent) for region in later)


def _reformed(unit: Unit, on: date) -> Carried:
    """The units of 1 July 2025 that hold the territory; a district's are those of its communes."""
    ahead, _ = gazetteer().changes
    pairs = ahead.get((unit.level, unit.code))
    level = 1 if unit.level == 1 else 3
    if pairs is None and unit.level == 2:
        pairs = [(code, "partial") for code in unit.successors]
    found: list[tuple[Region, Extent]] = []
    for code, extent in pairs or ():
        newer = _at(level, code, REFORM)
        if newer is not None:
            found.extend((region, extent) for region, _ in _after(newer, on))
    return tuple(found)


def _after(unit: Unit, on: date) -> Carried:
    if unit.stands(on) or unit.valid_to is None:
        return ((region_of(unit, on), "full"),)
    if unit.valid_to == REFORM:
        return _reformed(unit, on)
    same = [u for u in gazetteer().coded(unit.level, unit.code) if u.valid_from == unit.valid_to]
    steps: list[tuple[Region, Extent]] = []
    for newer in same:
        # A code under another name may be of another territory; a province's was only renamed.
        extent: Extent = "full" if unit.level == 1 or newer.name == unit.name else "partial"
        for region, further in _after(newer, on):
            steps.append((region, extent if further == "full" else "partial"))
    return tuple(steps)


def successors(region: Region, on: date | None = None) -> Carried:
    """The units of `on` (today's by default) that hold the region's territory.

    "full": all of it lies there. "partial": a part, or a whole that no source confirms (a unit that
    kept its code under another name). Empty where no source says what became of a unit dissolved
    between 2017 and March 2025.
    """
    unit = unit_of(region)
    if unit is None:
        return ()
    day = on or date.today()  # noqa: DTZ011 - a calendar day, not an instant
    return _of_old_name(unit, day) if unit.historical else _after(unit, day)


def predecessors(region: Region) -> Carried:
    """The units of 30 June 2025 whose territory the region holds, wholly or in part."""
    unit = unit_of(region)
    if unit is None or unit.historical or (unit.valid_to is not None and unit.valid_to <= REFORM):
        return ()
    _, back = gazetteer().changes
    eve = date(2025, 6, 30)
    level = 1 if unit.level == 1 else 3
    found: list[tuple[Region, Extent]] = []
    for code, extent in back.get((level, unit.code), ()):
        older = _at(level, code, eve) or _at(2, code, eve)
        if older is not None:
            found.append((region_of(older, eve), extent))
    return tuple(found)


Row = dict[str, str]


def _row(relation: str, region: Region, note: str) -> Row:
    return {
        "relation": relation,
        "code": region.code or "",
        "level": region.level,
        "name": region.name,
        "path": region.path or "",
        "valid_from": region.valid_from.isoformat() if region.valid_from else "",
        "note": note,
    }


def region_rows(name: str, on: date, within: Region | None = None) -> list[Row]:
    """What `solieu regions NAME` prints: the match or its candidates, then what came of it."""
    match = resolve(name, on, within)
    rows = [
        _row("match" if match.status != "ambiguous" else "candidate", r, _note(match))
        for r in match.candidates
    ]
    if match.status == "one" and match.region is not None:
        rows += [_row("today", r, extent) for r, extent in successors(match.region)]
        rows += [_row("before_2025_07_01", r, extent) for r, extent in predecessors(match.region)]
    return rows


def _note(match: Match) -> str:
    return " ".join((match.status, *match.flags))
