"""Units of the gazetteer as regions, and the way up and down between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from normalizers.regions.gazetteer import COUNTRY, FIRST_DAY, LEVELS, TYPES, Unit, gazetteer
from solieu.model import Region


def day_of(on: date) -> date:
    """The day to look up: never before the first state the compilation holds."""
    return max(on, FIRST_DAY)


def region_of(unit: Unit, on: date) -> Region:
    """The unit as a region, its path as of `on` (or the nearest day on which it stood)."""
    return _region_of(unit, unit.nearest(on if unit.historical else day_of(on)))


@lru_cache(maxsize=32768)
def _region_of(unit: Unit, day: date) -> Region:
    above = above_of(unit, day)
    path = f"{_region_of(above[0], day).path} / {unit.title}" if above else unit.title
    return Region(unit.title, LEVELS[unit.level], unit.code or None, unit.valid_from, path)


@lru_cache(maxsize=65536)
def above_of(unit: Unit, day: date) -> tuple[Unit, ...]:
    """Every unit above, the nearest first, as of that day."""
    parent = gazetteer().parent(unit, day)
    return (parent, *above_of(parent, day)) if parent else ()


@lru_cache(maxsize=32768)
def unit_of(region: Region) -> Unit | None:
    """The gazetteer's unit behind a region; None for the country and for other territories."""
    level = next((n for n, name in LEVELS.items() if name == region.level), None)
    if level is None:
        return None
    if region.code is None:
        spells: Sequence[Unit] = gazetteer().historical
    else:
        spells = gazetteer().coded(level, region.code)
    same = (u for u in spells if u.valid_from == region.valid_from and u.title == region.name)
    return next(same, None)


@lru_cache(maxsize=16384)
def parent_of(region: Region) -> Region | None:
    """The unit above, as the region's path has it; the country above a province."""
    unit = unit_of(region)
    if unit is None:
        return COUNTRY if region.level == "other" else None
    if not unit.parent:
        return COUNTRY
    above = (region.path or "").rpartition(" / ")[0]
    # What lies above a unit may be renamed while it stands: Thừa Thiên Huế, then Huế, in 2025.
    for spell in gazetteer().coded(1 if len(unit.parent) == 2 else 2, unit.parent):
        for day in (unit.valid_from or FIRST_DAY, date.max):
            found = region_of(spell, unit.nearest(spell.nearest(day)))
            if found.path == above:
                return found
    nearest = above_of(unit, unit.nearest(FIRST_DAY))
    return region_of(nearest[0], FIRST_DAY) if nearest else None


@lru_cache(maxsize=4096)
def child_units(unit: Unit | None, day: date) -> tuple[Unit, ...]:
    """The units directly below that stood on that day; None stands for the country."""
    below = gazetteer().below(unit.code if unit else "")
    return tuple(u for u in below if u.stands(day))


@lru_cache(maxsize=4096)
def children(region: Region, on: date) -> tuple[Region, ...]:
    """The units directly below on that day: provinces of the country, districts, communes."""
    unit = unit_of(region)
    if unit is None and region.level != "country":
        return ()
    return tuple(region_of(u, on) for u in child_units(unit, day_of(on)))


def bare_name(region: Region) -> str:
    """The name without its type word: "Bình Dương" of "Tỉnh Bình Dương"."""
    kind = next((k for k in TYPES if region.name.startswith(f"{k} ")), "")
    return region.name[len(kind) :].lstrip()


def same_unit(one: Unit, other: Unit) -> bool:
    """The same unit whatever it was called: code and level, on one side of the reform."""
    if (one.level, one.code) != (other.level, other.code):
        return False
    return (
        one.name == other.name
        or one.valid_to == other.valid_from
        or one.valid_from == other.valid_to
    )
