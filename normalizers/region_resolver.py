"""A published name to the unit it meant on that day, or to the several it may mean.

A name is read at the date of the data and inside the territory the document speaks of; what stays
ambiguous is returned with its candidates, and a misspelt name is only repaired among the children
of a known parent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from normalizers.gazetteer import (
    COUNTRY,
    FIRST_DAY,
    LEVELS,
    Gazetteer,
    Unit,
    gazetteer,
    loose,
    spoken,
)
from normalizers.region_labels import (
    LEVELS_OF_TYPE,
    Query,
    former,
    is_body,
    parts,
    queries,
    rows_of,
    special,
    tidy,
    without_issuer,
)
from solieu.model import Level, Region
from solieu.text import fold

Status = Literal["one", "ambiguous", "none", "whole", "other"]


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means.

    Flags: `before_gazetteer` the date precedes the compilation, the earliest state answered;
    `not_in_force` the unit did not stand on that date; `former` the text itself says "cũ";
    `type_differs` the printed type word is not the unit's; `no_diacritics`, `diacritics` (marks
    missing, marks wrong), `spelling` (letters wrong, repaired inside the parent); `alias`;
    `outside` the unit lies outside the territory given; `breakdown` a split of the population, no
    territory; `issuer` an office's name stood before it.
    """

    status: Status
    region: Region | None = None
    candidates: tuple[Region, ...] = ()
    confidence: float = 0.0
    flags: tuple[str, ...] = ()


NOTHING = Match("none")

_DOUBT = {
    "before_gazetteer": 0.99,
    "not_in_force": 0.8,
    "former": 1.0,
    "type_differs": 0.85,
    "no_diacritics": 0.95,
    "diacritics": 0.9,
    "spelling": 0.85,
    "alias": 0.97,
    "outside": 0.85,
    "bare": 0.97,
}


@dataclass(frozen=True, slots=True)
class Hit:
    unit: Unit
    flags: tuple[str, ...] = ()


# ---------------------------------------------------------------- units and regions


def _day(on: date) -> date:
    return max(on, FIRST_DAY)


def region_of(unit: Unit, on: date) -> Region:
    """The unit as a region, its path as of `on` (or the nearest day on which it stood)."""
    return _region_of(unit, unit.nearest(on) if unit.historical else unit.nearest(_day(on)))


@lru_cache(maxsize=32768)
def _region_of(unit: Unit, day: date) -> Region:
    above = gazetteer().parent(unit, day)
    path = f"{_region_of(above, day).path} / {unit.title}" if above else unit.title
    return Region(unit.title, LEVELS[unit.level], unit.code or None, unit.valid_from, path)


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
    same = [u for u in spells if u.valid_from == region.valid_from and u.title == region.name]
    return same[0] if same else None


def parent_of(region: Region) -> Region | None:
    """The unit above, as the region's path has it; the country for a province, None for the country."""
    unit = unit_of(region)
    if unit is None:
        return COUNTRY if region.level == "other" else None
    if not unit.parent:
        return COUNTRY
    spells = gazetteer().coded(1 if len(unit.parent) == 2 else 2, unit.parent)
    above = (region.path or "").rpartition(" / ")[0]
    for spell in spells:
        found = region_of(spell, unit.nearest(spell.nearest(_day(unit.valid_from or FIRST_DAY))))
        if found.path == above:
            return found
    return region_of(spells[-1], unit.nearest(FIRST_DAY)) if spells else None


@lru_cache(maxsize=4096)
def child_units(unit: Unit | None, day: date) -> tuple[Unit, ...]:
    below = gazetteer().below(unit.code if unit else "")
    return tuple(u for u in below if u.stands(day))


@lru_cache(maxsize=4096)
def children(region: Region, on: date) -> tuple[Region, ...]:
    """The units directly below on that day: provinces of the country, districts, communes."""
    unit = unit_of(region)
    if unit is None and region.level != "country":
        return ()
    return tuple(region_of(u, on) for u in child_units(unit, _day(on)))


# ---------------------------------------------------------------- matching names


@lru_cache(maxsize=1)
def _aliases() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows_of("region_aliases.csv"):
        targets = [(name, int(row["level"])) for name in row["names"].split("|")]
        found.setdefault(spoken(row["alias"]), []).extend(targets)
    return found


_SAME_VOWEL = str.maketrans("y", "i")


def _closeness(name: str, query: str) -> tuple[str, ...] | None:
    """Flags for how a unit's name equals the printed one; None where it does not."""
    ours, theirs = spoken(name), spoken(query)
    if ours == theirs or ours.translate(_SAME_VOWEL) == theirs.translate(_SAME_VOWEL):
        return ()
    if loose(name) != loose(query):
        return None
    if ours.replace(" ", "") == theirs.replace(" ", "") or ours.isascii():
        return ()
    plain = fold(query)
    if plain == query.casefold().strip() or plain == theirs:
        return ("no_diacritics",)
    return ("diacritics",)


def _by_name(query: Query) -> list[Hit]:
    """Units of any date with that name: the exact spelling if there is one, else the looser ones."""
    by_flag: dict[tuple[str, ...], list[Hit]] = {}
    for unit in gazetteer().named(query.name):
        flags = _closeness(unit.name, query.name)
        if flags is not None:
            by_flag.setdefault(flags, []).append(Hit(unit, flags))
    for name, level in _aliases().get(spoken(query.name), ()):
        if len(loose(query.name)) > 2 or query.type:
            hits = [Hit(u, ("alias",)) for u in gazetteer().named(name) if u.level == level]
            by_flag.setdefault((), []).extend(
                h for h in hits if spoken(h.unit.name) == spoken(name)
            )
    for flags in ((), ("no_diacritics",), ("diacritics",)):
        if flags in by_flag:
            return by_flag[flags]
    return []


def _of_type(hits: list[Hit], kind: str | None) -> list[Hit]:
    """Hits of the printed type; else those of its level, flagged."""
    if kind is None:
        return hits
    right = [h for h in hits if h.unit.type == kind]
    if right:
        return right
    levels = LEVELS_OF_TYPE[kind]
    near = [h for h in hits if h.unit.level in levels]
    if len(levels) > 1:
        near = [h for h in near if h.unit.level == 2] or near
    return [replace(h, flags=(*h.flags, "type_differs")) for h in near]


def _in_force(hits: list[Hit], on: date) -> list[Hit]:
    """The spells that stood on that day; a historical one replaces the later unit of its name."""
    if on >= FIRST_DAY:
        return [h for h in hits if h.unit.stands(on)]
    old = [h for h in hits if h.unit.historical and h.unit.stands(on)]
    later = [h for h in hits if not h.unit.historical and h.unit.stands(FIRST_DAY)]
    names = {h.unit.name for h in old}
    later = [h for h in later if h.unit.level > 1 or h.unit.name not in names]
    return old + [replace(h, flags=(*h.flags, "before_gazetteer")) for h in later]


def _ended(hits: list[Hit], on: date) -> list[Hit]:
    """The spell nearest to that day of each unit that did not stand on it."""
    nearest: dict[tuple[int, str, str], Hit] = {}
    for hit in hits:
        key = (hit.unit.level, hit.unit.code, hit.unit.parent)
        if key not in nearest or hit.unit.gap(on) < nearest[key].unit.gap(on):
            nearest[key] = hit
    return [replace(h, flags=(*h.flags, "not_in_force")) for h in nearest.values()]


# ---------------------------------------------------------------- the territory around


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the name was printed: the day, the territory, the level asked for."""

    on: date
    within: Unit | None
    level: int | None

    @property
    def gazetteer(self) -> Gazetteer:
        return gazetteer()

    def nearness(self, unit: Unit) -> int:
        """0 a child of the territory, 1 deeper, 2 itself or above it, 3 same province, 4 elsewhere."""
        if self.within is None:
            return 0
        above = self._line(unit)
        if _same(unit, self.within) or any(_same(unit, a) for a in self._line(self.within)):
            return 2
        for depth, ancestor in enumerate(above):
            if _same(ancestor, self.within):
                return min(depth, 1)
        top = above[-1] if above else unit
        ours = self._line(self.within)
        return 3 if _same(top, ours[-1] if ours else self.within) else 4

    def _line(self, unit: Unit) -> list[Unit]:
        found: list[Unit] = []
        above = self.gazetteer.parent(unit, self.on)
        while above is not None:
            found.append(above)
            above = self.gazetteer.parent(above, self.on)
        return found


def _same(one: Unit, other: Unit) -> bool:
    """The same unit, whatever it was called: code and level, on the same side of the reform."""
    return (one.level, one.code) == (other.level, other.code) and (
        one.name == other.name
        or one.valid_to == other.valid_from
        or one.valid_from == other.valid_to
    )


def _nearest_in(hits: list[Hit], scope: Scope, *, typed: bool) -> list[Hit]:
    """The hits that lie nearest to the territory; those outside are flagged or refused."""
    if scope.within is None:
        provinces = [h for h in hits if h.unit.level == 1]
        return provinces if provinces and not typed else hits
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(scope.nearness(hit.unit), []).append(hit)
    if not typed and scope.level is None and 0 in groups and 2 in groups:
        return groups[0] + groups[2]
    for near in (0, 1, 2):
        if near in groups:
            return groups[near]
    outside = groups.get(3, []) or groups.get(4, [])
    if not typed:
        outside = [h for h in outside if h.unit.level == 1]
    return [replace(h, flags=(*h.flags, "outside")) for h in outside]


def _readings(text: str, scope: Scope, choose: Callable[[list[Hit]], list[Hit]]) -> list[Hit]:
    """The hits of the first way to read the label that has any."""
    for query in _ordered(queries(text)):
        hits = [h for h in _by_name(query) if scope.level in (None, h.unit.level)]
        found = _nearest_in(choose(_typed_pool(hits, query)), scope, typed=query.type is not None)
        if found:
            return _of_type(found, query.type)
    return []


def _typed_pool(hits: list[Hit], query: Query) -> list[Hit]:
    if query.type is None:
        return hits
    return [h for h in hits if h.unit.level in LEVELS_OF_TYPE[query.type]]


def _ordered(ways: tuple[Query, ...]) -> Iterable[Query]:
    return ways


# ---------------------------------------------------------------- misspelt names

_DIGITS = re.compile(r"\d+")


def _allowed(name: str) -> int:
    """How many letters may be wrong: none in a short name, three in a long one."""
    return (len(name) >= 4) + (len(name) >= 8) + (len(name) >= 14)


def _misspelt(text: str, scope: Scope) -> list[Hit]:
    """The one child of the territory that the label can be, with one to three letters wrong."""
    pool = child_units(scope.within, _day(scope.on))
    pool = tuple(u for u in pool if scope.level in (None, u.level))
    scored: list[tuple[tuple[int, int], Unit]] = []
    ways = queries(text)
    for unit in pool:
        best = min((s for s in (_distance(unit, way) for way in ways) if s), default=None)
        if best is not None:
            scored.append((best, unit))
    scored.sort(key=lambda pair: pair[0])
    if not scored or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return []
    return [Hit(scored[0][1], ("spelling",))]


def _distance(unit: Unit, query: Query) -> tuple[int, int] | None:
    """Letters and marks wrong between a unit and a label, None beyond what may be repaired."""
    if query.type and unit.level not in LEVELS_OF_TYPE[query.type]:
        return None
    ours = [unit.name] if query.type else [unit.name, unit.title]
    return min((d for d in (_gap(name, query.name) for name in ours) if d), default=None)


def _gap(name: str, printed: str) -> tuple[int, int] | None:
    ours, theirs = fold(name), fold(printed)
    if _DIGITS.findall(ours) != _DIGITS.findall(theirs):
        return None
    limit = _allowed(ours)
    if abs(len(ours) - len(theirs)) > limit:
        return None
    letters = Levenshtein.distance(ours, theirs, score_cutoff=limit)
    if letters > limit:
        return None
    marks = Levenshtein.distance(spoken(name), spoken(printed))
    return (marks, letters) if marks <= limit + 2 else None


# ---------------------------------------------------------------- the door


def _settled(hits: list[Hit], scope: Scope) -> Match:
    regions = {region_of(h.unit, scope.on): h for h in hits}
    if len(regions) > 1:
        flags = tuple(sorted({f for h in hits for f in h.flags}))
        return Match("ambiguous", None, tuple(regions), 0.0, flags)
    region, hit = next(iter(regions.items()))
    confidence = 1.0
    for flag in hit.flags:
        confidence *= _DOUBT[flag]
    return Match("one", region, (region,), round(confidence, 3), hit.flags)


def _rivals(text: str, scope: Scope, found: list[Hit]) -> list[Hit]:
    """Provinces that ended and gave their bare name to a smaller unit: both may be meant."""
    if scope.level is not None or any(h.unit.level == 1 for h in found):
        return []
    if queries(text)[0].type is not None or scope.on < FIRST_DAY:
        return []
    hits = [h for h in _by_name(Query(None, text)) if h.unit.level == 1 and not h.unit.historical]
    return [
        replace(h, flags=(*h.flags, "not_in_force")) for h in hits if not h.unit.stands(scope.on)
    ]


def _resolve_unit(text: str, scope: Scope) -> Match:
    found = _readings(text, scope, lambda hits: _in_force(hits, scope.on))
    if found:
        return _settled(found + _rivals(text, scope, found), scope)
    found = _readings(text, scope, lambda hits: _ended(hits, scope.on))
    if found and scope.within is not None and "outside" in found[0].flags:
        found = _misspelt(text, scope) or found
    if not found and scope.within is not None:
        found = _misspelt(text, scope)
    return _settled(found, scope) if found else NOTHING


def _whole(level: str, within: Region | None) -> Match:
    """ "Toàn tỉnh" is the province of the territory given, "Tổng số" the territory itself."""
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
        area = Region(word.name, "other", path=word.name)
        return Match("other", area, (area,), 1.0)
    return Match("none", flags=("breakdown",))


def _with_parents(text: str, scope: Scope) -> Match:
    """ "Phường 4, TP Đà Lạt, Lâm Đồng": the last part first, each inside the one behind it."""
    named = parts(text)
    if len(named) < 2:
        return NOTHING
    match = NOTHING
    for part in reversed(named):
        match = _resolve_unit(without_issuer(part), scope)
        unit = unit_of(match.region) if match.region else None
        if unit is None or (part is not named[-1] and "outside" in match.flags):
            return NOTHING if unit is None and match.status == "none" else match
        scope = Scope(scope.on, unit, None)
    return match


def _body(text: str) -> Match:
    if not is_body(text):
        return NOTHING
    body = Region(text, "other", path=text)
    return Match("other", body, (body,), 0.8)


@lru_cache(maxsize=65536)
def _resolve(name: str, on: date, within: Region | None, level: Level | None) -> Match:
    text, gone = former(tidy(name))
    if not text:
        return NOTHING
    found = _special(text, within)
    if found is not None:
        return found
    number = next((n for n, named in LEVELS.items() if named == level), None)
    scope = Scope(on, unit_of(within) if within else None, number)
    bare = without_issuer(text)
    match = _special(bare, within) if bare != text else None
    if match is None or match.status == "none":
        match = _resolve_unit(bare, scope)
    if match.status == "none":
        match = _with_parents(bare, scope)
    if match.status == "none":
        return _body(text)
    flags = (*match.flags, *(("former",) if gone else ()), *(("issuer",) if bare != text else ()))
    return replace(match, flags=flags)


def resolve(name: str, on: date, within: Region | None = None, level: Level | None = None) -> Match:
    """The unit that a published name meant on `on`, inside `within` where that is known.

    `within` is the nearest territory named by heading, caption, title or issuer; a whole ("Toàn
    tỉnh", "Tổng số") resolves to it. `level` narrows a bare name ("Hải Dương" in a list of
    districts). Without either, "Phường 1" stays ambiguous.
    """
    return _resolve(name, on, within, level)
