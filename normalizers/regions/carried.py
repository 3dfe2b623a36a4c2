"""A unit of one day in the units of another, and which units make up one of that day together.

A whole unit can be carried over, a split one cannot: its figure is of no single newer unit, and
nothing here divides it. What no source says stays unknown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from normalizers.regions.changes import predecessors, successors
from normalizers.regions.gazetteer import FIRST_DAY, LEVELS, REFORM, Unit, gazetteer, loose
from normalizers.regions.units import parent_of, region_of, unit_of
from solieu.model import Level, Region

How = Literal["same", "whole", "split", "unknown"]


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a unit lies on another day.

    `same` it stands; `whole` all of it lies in `region`; `split` it lies in `candidates`; `unknown`
    no source says, or only what may have become of it (`candidates`).
    """

    how: How
    region: Region | None = None
    candidates: tuple[Region, ...] = ()


UNKNOWN = Carried("unknown")


@lru_cache(maxsize=65536)
def carried(region: Region, on: date) -> Carried:
    """The unit of `on` that holds all of a region.

    >>> from normalizers.regions.codes import by_code
    >>> carried(by_code("26", date(2024, 1, 1)), date(2026, 1, 1)).region.name
    'Tỉnh Phú Thọ'
    """
    if region.level == "country":
        return Carried("same", region)
    unit = unit_of(region)
    if unit is None:
        return UNKNOWN
    if unit.stands(on):
        return Carried("same", region)
    if unit.valid_from is not None and unit.valid_from > on:
        return _before(region, unit, on)
    return _after(region, on)


def _after(region: Region, on: date) -> Carried:
    later = successors(region, on)
    names = tuple(found for found, _ in later)
    if len(later) > 1:
        return Carried("split", None, names)
    if later and later[0][1] == "full":
        return Carried("whole", names[0])
    return Carried("unknown", None, names)


def _before(region: Region, unit: Unit, on: date) -> Carried:
    """A unit of the reform in those before: one that took over just one of them is that one."""
    if unit.valid_from != REFORM:
        return UNKNOWN
    older = predecessors(region)
    names = tuple(found for found, _ in older)
    if len(older) == 1 and older[0][1] == "full":
        former = unit_of(names[0])
        return Carried("whole", names[0]) if former and former.stands(on) else UNKNOWN
    return Carried("split", None, names) if older else UNKNOWN


@dataclass(frozen=True, slots=True)
class Makers:
    """The older units that a newer one is made of, wholly or in part."""

    whole: frozenset[Region]
    parts: frozenset[Region]
    sure: bool
    """False where it is not known what became of a neighbour of theirs: it may be a part, too."""

    @property
    def complete(self) -> bool:
        """The whole units are all of it."""
        return self.sure and not self.parts


@cache
def _turns() -> list[date]:
    """Every day on which some unit began or ended."""
    days = {day for unit in gazetteer() for day in (unit.valid_from, unit.valid_to) if day}
    days |= {u.valid_to for u in gazetteer().historical if u.valid_to}
    days |= {u.valid_from for u in gazetteer().historical if u.valid_from}
    return sorted(days)


def makers(region: Region, level: Level, day: date, on: date) -> Makers:
    """The units of a level that stood on `day` and lie in a unit of `on`."""
    turns = _turns()
    at = bisect_right(turns, day)
    state = turns[at - 1] if at else date.min
    whole, parts, unsure = _made(level, state, on)
    mine = whole.get(region, frozenset())
    around = {parent_of(old) for old in mine}
    return Makers(mine, parts.get(region, frozenset()), sure=not around & unsure)


_Made = dict[Region, frozenset[Region]]


@lru_cache(maxsize=64)
def _made(level: Level, day: date, on: date) -> tuple[_Made, _Made, frozenset[Region | None]]:
    whole: dict[Region, set[Region]] = {}
    parts: dict[Region, set[Region]] = {}
    unsure: set[Region | None] = set()
    for old in _standing(level, day):
        to = carried(old, on)
        if to.region is not None:
            whole.setdefault(to.region, set()).add(old)
        for candidate in to.candidates:
            parts.setdefault(candidate, set()).add(old)
        if to == UNKNOWN:
            unsure.add(parent_of(old))
    return _frozen(whole), _frozen(parts), frozenset(unsure)


def _frozen(found: dict[Region, set[Region]]) -> _Made:
    return {region: frozenset(old) for region, old in found.items()}


def _standing(level: Level, day: date) -> Iterator[Region]:
    """The units of that day; before the gazetteer its first ones and the older provinces."""
    number = next(n for n, name in LEVELS.items() if name == level)
    early = number == 1 and day < FIRST_DAY
    old = [u for u in gazetteer().historical if early and u.stands(day)]
    yield from (region_of(u, day) for u in old)
    names = {loose(name) for unit in old for name in (unit.name, *_born(unit))}
    at = max(day, FIRST_DAY)
    for unit in gazetteer():
        if unit.level == number and unit.stands(at) and loose(unit.name) not in names:
            yield region_of(unit, at)


def _born(unit: Unit) -> Iterator[str]:
    """Provinces that an older one was divided into, then or in several steps."""
    if len(unit.successors) > 1:
        yield from unit.successors
        for later in gazetteer().historical:
            if later.name in unit.successors and later.valid_from == unit.valid_to:
                yield from _born(later)
