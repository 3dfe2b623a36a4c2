"""Units of a name down to those that stood on the day, of the printed type, near the territory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from normalizers.regions.gazetteer import FIRST_DAY, Unit
from normalizers.regions.labels import (
    LEVELS_OF_TYPE,
    Query,
)
from normalizers.regions.names import Hit
from normalizers.regions.units import (
    above_of,
    child_units,
    day_of,
    same_unit,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the name was printed: the day, the territory, the level asked for."""

    on: date
    within: Unit | None
    level: int | None
    listed: bool
    """A territory was given, so its children can be searched for misspelt names."""

    def nearness(self, unit: Unit) -> int:
        """0 a child of the territory, 1 deeper, 2 itself or above, 3 same province, 4 elsewhere."""
        if self.within is None:
            return 0
        day = day_of(self.on)
        around = above_of(self.within, day)
        if any(same_unit(unit, a) for a in (self.within, *around)):
            return 2
        above = above_of(unit, day)
        for depth, ancestor in enumerate(above):
            if same_unit(ancestor, self.within):
                return min(depth, 1)
        top = above[-1] if above else unit
        return 3 if same_unit(top, around[-1] if around else self.within) else 4

    def children(self) -> tuple[Unit, ...]:
        pool = child_units(self.within, day_of(self.on)) if self.listed else ()
        return pool if self.level is None else tuple(u for u in pool if u.level == self.level)


def in_force(hits: Iterable[Hit], on: date) -> list[Hit]:
    """The spells that stood on that day; a historical one replaces the later unit of its name."""
    if on >= FIRST_DAY:
        return [h for h in hits if h.unit.stands(on)]
    old = [h for h in hits if h.unit.historical and h.unit.stands(on)]
    names = {h.unit.name for h in old}
    later = [
        h.but("before_gazetteer")
        for h in hits
        if not h.unit.historical
        and h.unit.stands(FIRST_DAY)
        and (h.unit.level > 1 or h.unit.name not in names)
    ]
    return old + later


def ended_by(hits: Iterable[Hit], on: date) -> list[Hit]:
    """The spell nearest to that day of each unit that did not stand on it."""
    nearest: dict[tuple[int, str, str], Hit] = {}
    for hit in hits:
        key = (hit.unit.level, hit.unit.code, hit.unit.parent)
        if key not in nearest or hit.unit.gap(on) < nearest[key].unit.gap(on):
            nearest[key] = hit
    return [h.but("not_in_force") for h in nearest.values()]


def of_type(hits: list[Hit], kind: str | None) -> list[Hit]:
    """Hits of the printed type; else those of its level that stand, flagged.

    A commune that is asked for is no ward of its name that ended: both would have to be misprints.
    """
    right = [h for h in hits if kind in (None, h.unit.type)]
    if right or kind is None:
        return right
    near = hits = [h for h in hits if "not_in_force" not in h.flags]
    if len(LEVELS_OF_TYPE[kind]) > 1:
        near = [h for h in hits if h.unit.level == 2] or hits
    return [h.but("type_differs") for h in near]


def inside(hits: list[Hit], scope: Scope, *, typed: bool) -> list[Hit]:
    """The hits nearest to the territory: its children, deeper ones, then it and those above it."""
    if scope.within is None:
        return hits if typed else _bare_anywhere(hits, scope)
    groups = _by_nearness(hits, scope)
    if not typed and scope.level is None and 0 in groups and 2 in groups:
        return groups[0] + groups[2]
    return groups.get(0) or groups.get(1) or groups.get(2) or []


def _bare_anywhere(hits: list[Hit], scope: Scope) -> list[Hit]:
    """Bare names without a smaller territory around: provinces; else what the country has once.

    In a table of provinces "Hà Lan" is a country and no commune; a commune of one syllable ("Vải")
    or one that has ended is not taken from its bare name.
    """
    provinces = [h for h in hits if h.unit.level == 1]
    if provinces or (scope.listed and scope.level is None):
        return provinces
    sure = (h for h in hits if h.unit.level == 2 or "not_in_force" not in h.flags)
    return [h.but("bare") for h in sure if h.unit.level == 2 or " " in h.unit.name]


def outside(hits: list[Hit], scope: Scope, query: Query) -> list[Hit]:
    """Provinces elsewhere, and smaller units elsewhere only with their right type word."""
    if scope.within is None:
        return []
    sure = [h for h in hits if h.unit.level == 1 or query.type == h.unit.type]
    groups = _by_nearness(sure, scope)
    return [h.but("outside") for h in groups.get(3) or groups.get(4) or []]


def _by_nearness(hits: list[Hit], scope: Scope) -> dict[int, list[Hit]]:
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(scope.nearness(hit.unit), []).append(hit)
    return groups


def pool_of(query: Query, scope: Scope, find: Callable[[Query], Iterable[Hit]]) -> list[Hit]:
    """The hits of a search that are of a level that type word and scope allow."""
    levels = LEVELS_OF_TYPE[query.type] if query.type else (1, 2, 3)
    return [
        h for h in find(query) if h.unit.level in levels and scope.level in (None, h.unit.level)
    ]
