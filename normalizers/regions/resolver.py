"""A published name to the unit it meant on that day, or to the several it may mean.

A name is read at the date of the data and inside the territory the document speaks of. What stays
ambiguous is returned with its candidates; what lies outside, has ended, or is misspelt says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from normalizers.regions.gazetteer import COUNTRY, FIRST_DAY, LEVELS, REFORM, Unit
from normalizers.regions.labels import (
    LEVELS_OF_TYPE,
    Query,
    former,
    is_body,
    is_heading,
    parts,
    queries,
    special,
    tidy,
    without_issuer,
)
from normalizers.regions.names import Hit, Repair, exact, known, mismarked, misspelt, unmarked
from normalizers.regions.units import (
    above_of,
    child_units,
    day_of,
    parent_of,
    region_of,
    same_unit,
    unit_of,
)
from solieu.model import Level, Region

Status = Literal["one", "ambiguous", "none", "whole", "other"]


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means.

    Flags: `before_gazetteer` the date precedes the compilation, the earliest state answered;
    `not_in_force` the unit did not stand on that date; `former` the text itself says "cũ";
    `type_differs` the printed type word is not the unit's; `no_diacritics` marks are missing,
    `diacritics` wrong, `spelling` letters are wrong (repaired inside the parent); `alias`;
    `outside` the unit lies outside the territory given; `bare` a district or commune known by its
    bare name alone; `breakdown` a split of the population, `heading` words for kinds of units, both
    no territory; `issuer` an office's name stood before it.
    """

    status: Status
    region: Region | None = None
    candidates: tuple[Region, ...] = ()
    confidence: float = 0.0
    flags: tuple[str, ...] = ()


NOTHING = Match("none")
HEADING = Match("none", flags=("heading",))

_TRUST = {
    "bare": 0.9,
    "before_gazetteer": 0.99,
    "not_in_force": 0.8,
    "type_differs": 0.85,
    "no_diacritics": 0.95,
    "diacritics": 0.9,
    "spelling": 0.85,
    "alias": 0.97,
    "outside": 0.85,
}


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


# ---------------------------------------------------------------- narrowing


def _in_force(hits: Iterable[Hit], on: date) -> list[Hit]:
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


def _ended(hits: Iterable[Hit], on: date) -> list[Hit]:
    """The spell nearest to that day of each unit that did not stand on it."""
    nearest: dict[tuple[int, str, str], Hit] = {}
    for hit in hits:
        key = (hit.unit.level, hit.unit.code, hit.unit.parent)
        if key not in nearest or hit.unit.gap(on) < nearest[key].unit.gap(on):
            nearest[key] = hit
    return [h.but("not_in_force") for h in nearest.values()]


def _of_type(hits: list[Hit], kind: str | None) -> list[Hit]:
    """Hits of the printed type; else those of its level, flagged."""
    right = [h for h in hits if kind in (None, h.unit.type)]
    if right or kind is None:
        return right
    near = hits
    if len(LEVELS_OF_TYPE[kind]) > 1:
        near = [h for h in hits if h.unit.level == 2] or hits
    return [h.but("type_differs") for h in near]


def _inside(hits: list[Hit], scope: Scope, *, typed: bool) -> list[Hit]:
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


def _outside(hits: list[Hit], scope: Scope, query: Query) -> list[Hit]:
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


def _pool(query: Query, scope: Scope, find: Callable[[Query], Iterable[Hit]]) -> list[Hit]:
    levels = LEVELS_OF_TYPE[query.type] if query.type else (1, 2, 3)
    return [
        h for h in find(query) if h.unit.level in levels and scope.level in (None, h.unit.level)
    ]


# ---------------------------------------------------------------- the steps of a search


def _standing_inside(text: str, scope: Scope) -> list[Hit]:
    """Units of that name in force inside the territory."""
    for find in (exact, unmarked):
        for query in queries(text):
            pool = _pool(query, scope, find)
            hits = _inside(_in_force(pool, scope.on), scope, typed=query.type is not None)
            if hits:
                typed = _of_type(hits, query.type)
                return _across_reform(typed, pool, query, scope) or typed
    return []


def _across_reform(found: list[Hit], pool: list[Hit], query: Query, scope: Scope) -> list[Hit]:
    """Units of the printed type from the other side of 1 July 2025, where none of that day has it.

    "Thị trấn Nam Sách" of a text of 2026 is the town that ended, not the commune named after it.
    """
    if any("type_differs" not in h.flags for h in found):
        return []
    later = scope.on >= REFORM
    other = [
        h
        for h in pool
        if h.unit.type == query.type
        and not h.unit.historical
        and ((h.unit.valid_from or FIRST_DAY) >= REFORM) != later
    ]
    return _inside(_ended(other, scope.on), scope, typed=True)


def _ended_inside(text: str, scope: Scope) -> list[Hit]:
    """Units of that name inside the territory that ended before, or began after, that day."""
    for query in queries(text):
        hits = _ended(_pool(query, scope, exact), scope.on)
        found = _inside(hits, scope, typed=query.type is not None)
        if found:
            return _of_type(found, query.type)
    return []


def _elsewhere(text: str, scope: Scope) -> list[Hit]:
    """Units of that name outside the territory, in force or not."""
    for narrow in (_in_force, _ended):
        for query in queries(text):
            hits = _outside(narrow(_pool(query, scope, exact), scope.on), scope, query)
            if hits:
                return _of_type(hits, query.type)
    return []


def _provinces_mismarked(text: str, scope: Scope) -> list[Hit]:
    for query in queries(text):
        hits = _of_type(_in_force(_pool(query, scope, mismarked), scope.on), query.type)
        if hits:
            return hits
    return []


def _rivals(text: str, scope: Scope, found: list[Hit]) -> list[Hit]:
    """Provinces that share their bare name with the smaller units found: both may be meant.

    "Trà Vinh" of 2026 may be the province that ended, "Quảng Ninh" in Quảng Bình its district.
    """
    if scope.level is not None or scope.on < FIRST_DAY or any(h.unit.level == 1 for h in found):
        return []
    if queries(text)[0].type is not None:
        return []
    hits = [h for h in exact(Query(None, text)) if h.unit.level == 1 and h.unit.code]
    standing = [h.but("outside") for h in _in_force(hits, scope.on)]
    return standing or _ended(hits, scope.on)


def _weighed(text: str, scope: Scope) -> list[Hit]:
    """A name that no unit inside bears: misspelt, ended, or of a unit elsewhere.

    A slip of one letter in a child's name outweighs a namesake in another province; where an ended
    unit or a neighbour has that very name, both are candidates.
    """
    repair = _repair(text, scope)
    ended = _ended_inside(text, scope)
    if ended:
        namesakes = _rivals(text, scope, ended)
        if any("outside" in h.flags for h in namesakes):
            return namesakes
        return [*ended, repair.hit] if repair and repair.off == 1 else ended
    away = _elsewhere(text, scope)
    if repair is None:
        return away or _provinces_mismarked(text, scope)
    if not away or (away[0].unit.level > 1 and scope.nearness(away[0].unit) == 4):
        return [repair.hit]
    return away if away[0].unit.level == 1 else [*away, repair.hit]


def _repair(text: str, scope: Scope) -> Repair | None:
    return misspelt(queries(text), scope.children(), listed=scope.level is not None)


def _hits(text: str, scope: Scope) -> list[Hit]:
    if not any(known(query) for query in queries(text)):
        repair = _repair(text, scope)
        return [repair.hit] if repair else []
    found = _standing_inside(text, scope)
    return found + _rivals(text, scope, found) if found else _weighed(text, scope)


# ---------------------------------------------------------------- the door


def _settled(hits: list[Hit], on: date) -> Match:
    if not hits:
        return NOTHING
    regions = {region_of(h.unit, on): h for h in hits}
    if len(regions) > 1:
        flags = tuple(sorted({f for h in hits for f in h.flags}))
        return Match("ambiguous", None, tuple(regions), 0.0, flags)
    region, hit = next(iter(regions.items()))
    trust = 1.0
    for flag in hit.flags:
        trust *= 1.0 if flag == "outside" and hit.unit.level == 1 else _TRUST[flag]
    return Match("one", region, (region,), round(trust, 3), hit.flags)


def _whole(level: str, within: Region | None) -> Match:
    """For "Toàn tỉnh" the province of the territory given, for "Tổng số" the territory itself."""
    region = within
    while level and region is not None and region.level not in (level, "country"):
        region = parent_of(region)
    if level and region is not None and region.level != level:
        region = None
    return Match("whole", region, (region,) if region else (), 0.95 if region else 0.0)


def _special(text: str, within: Region | None) -> Match | None:
    word = special(text)
    if word is None:
        return None
    if word.kind == "whole":
        return _whole(word.name, within)
    if word.kind == "country":
        return Match("one", COUNTRY, (COUNTRY,), 1.0)
    if word.kind == "area":
        return _other(word.name, 1.0)
    return Match("none", flags=("breakdown",))


def _other(name: str, confidence: float) -> Match:
    region = Region(name, "other", path=name)
    return Match("other", region, (region,), confidence)


def _with_parents(text: str, scope: Scope) -> Match:
    """The last part first, each inside the one behind it: "Phường 4, TP Đà Lạt, Lâm Đồng"."""
    found = (_in_each_other(named, scope) for named in parts(text))
    return next((match for match in found if match.status != "none"), NOTHING)


def _in_each_other(named: list[str], scope: Scope) -> Match:
    match = NOTHING
    for part in reversed(named):
        match = _settled(_hits(without_issuer(part), scope), scope.on)
        unit = unit_of(match.region) if match.region else None
        if part is named[0]:
            break
        if unit is None:
            return NOTHING
        scope = Scope(scope.on, unit, None, listed=True)
    return match


def _unit_match(text: str, scope: Scope, within: Region | None) -> Match:
    """A territory behind an office's name, one named with its parents, or a name as it stands."""
    bare = without_issuer(text)
    if bare != text:
        whole = _settled(_standing_inside(text, scope), scope.on)
        if whole.status == "one":
            return whole
        match = _special(bare, within) or _settled(_hits(bare, scope), scope.on)
    else:
        match = _settled(_hits(bare, scope), scope.on)
    if match.status == "none" and not match.flags:
        match = _with_parents(bare, scope)
    return replace(match, flags=(*match.flags, "issuer")) if bare != text else match


@lru_cache(maxsize=4096)
def _by_title(within: Region | None, on: date) -> dict[str, Match]:
    """Children of the territory by full title, for the label that is printed in full: most are."""
    unit = unit_of(within) if within else None
    if on < FIRST_DAY or (within is not None and unit is None and within.level != "country"):
        return {}
    titles: dict[str, Match] = {}
    for child in child_units(unit, on):
        region = region_of(child, on)
        titles[child.title.casefold()] = Match("one", region, (region,), 1.0)
    return titles


@lru_cache(maxsize=65536)
def _resolve(name: str, on: date, within: Region | None, level: Level | None) -> Match:
    text, gone = former(tidy(name))
    if not text:
        return NOTHING
    named = _by_title(within, on).get(text.casefold())
    if named is not None and named.region and level in (None, named.region.level) and not gone:
        return named
    found = _special(text, within)
    if found is not None:
        return found
    if is_heading(text):
        return HEADING
    number = next((n for n, named in LEVELS.items() if named == level), None)
    scope = Scope(on, unit_of(within) if within else None, number, listed=within is not None)
    match = _gone(text, scope) if gone else NOTHING
    if match.status == "none":
        match = _unit_match(text, scope, within)
    if match.status == "none":
        return _other(text, 0.8) if is_body(text) else NOTHING
    return replace(match, flags=(*match.flags, "former")) if gone else match


def _gone(text: str, scope: Scope) -> Match:
    """The unit that ended, where the text says "cũ"."""
    bare = without_issuer(text)
    for query in queries(bare):
        pool = _pool(query, scope, exact)
        past = [h for h in pool if h.unit.valid_to is not None and h.unit.valid_to <= scope.on]
        hits = _inside(_ended(past, scope.on), scope, typed=query.type is not None)
        if hits := hits or _outside(_ended(past, scope.on), scope, query):
            return _settled(_of_type(hits, query.type), scope.on)
    return NOTHING


def resolve(name: str, on: date, within: Region | None = None, level: Level | None = None) -> Match:
    """The unit that a published name meant on `on`, inside `within` where that is known.

    `within` is the nearest territory named by heading, caption, title or issuer; a whole ("Toàn
    tỉnh", "Tổng số") resolves to it. `level` narrows a bare name ("Hải Dương" in a list of
    districts). Without either, "Phường 1" stays ambiguous.
    """
    return _resolve(name, on, within, level)


def resolve_column(
    names: Iterable[str], on: date, within: Region | None = None
) -> tuple[Match, ...]:
    """The labels of one column, read together: most of them say at which level the others lie.

    "Hải Dương" above "Chí Linh" and "Nam Sách" is the city, above "Hải Phòng" the province.
    """
    labels = tuple(names)
    alone = tuple(resolve(name, on, within) for name in labels)
    levels = [m.region.level for m in alone if m.status == "one" and m.region]
    units = [level for level in levels if level in LEVELS.values()]
    if not units:
        return alone
    usual = max(set(units), key=units.count)
    if units.count(usual) * 3 < len(units) * 2 or len(units) < 2:
        return alone
    return tuple(
        _at_level(match, name, on, within, usual) for match, name in zip(alone, labels, strict=True)
    )


def _at_level(match: Match, name: str, on: date, within: Region | None, level: Level) -> Match:
    if match.status != "ambiguous":
        return match
    narrowed = resolve(name, on, within, level)
    return narrowed if narrowed.status == "one" else match
