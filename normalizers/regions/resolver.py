"""A published name to the unit it meant on that day, or to the several it may mean.

A name is read at the date of the data and inside the territory the document speaks of. What stays
ambiguous is returned with its candidates; what lies outside, has ended, or is misspelt says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from normalizers.regions.candidates import hits_of, standing_inside
from normalizers.regions.gazetteer import COUNTRY, FIRST_DAY, LEVELS, Unit, gazetteer
from normalizers.regions.labels import (
    former,
    is_body,
    is_heading,
    parts,
    queries,
    special,
    tidy,
    without_issuer,
)
from normalizers.regions.names import Hit, exact
from normalizers.regions.narrowing import Scope, ended_by, inside, of_type, outside, pool_of
from normalizers.regions.units import parent_of, region_of, unit_of
from solieu.model import Level, Region
from solieu.quick import quick, replace

Status = Literal["one", "ambiguous", "none", "whole", "other"]


@quick
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


_CITY = re.compile(r"\b(?:thành phố|tp)$", re.IGNORECASE)


def _city_of(within: Region | None) -> Region | None:
    """The city that a ward lies in: "toàn thành phố" in its report is no ward; else the unit."""
    unit = within
    while unit is not None and unit.level != "country":
        if unit.name.startswith("Thành phố"):
            return unit
        unit = parent_of(unit)
    return within


def _special(text: str, within: Region | None) -> Match | None:
    word = special(text)
    if word is None:
        return None
    if word.kind == "whole":
        city = _CITY.search(word.text) is not None
        return _whole(word.name, _city_of(within) if city else within)
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
        match = _settled(hits_of(without_issuer(part), scope), scope.on)
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
        whole = _settled(standing_inside(text, scope), scope.on)
        if whole.status == "one":
            return whole
        match = _special(bare, within) or _settled(hits_of(bare, scope), scope.on)
    else:
        match = _settled(hits_of(bare, scope), scope.on)
    if match.status == "none" and not match.flags:
        match = _with_parents(bare, scope)
    return replace(match, flags=(*match.flags, "issuer")) if bare != text else match


@lru_cache(maxsize=1024)
def _by_title(code: str) -> dict[str, tuple[Unit, ...]]:
    """Units of any date below that of the code, by full title."""
    titles: dict[str, tuple[Unit, ...]] = {}
    for child in gazetteer().below(code):
        title = child.title.casefold()
        titles[title] = (*titles.get(title, ()), child)
    return titles


def _titled(title: str, within: Region | None, on: date) -> Region | None:
    """The territory's child of this full title, as which most labels are printed."""
    unit = unit_of(within) if within else None
    if on < FIRST_DAY or (within is not None and unit is None and within.level != "country"):
        return None
    spells = _by_title(unit.code if unit else "").get(title, ())
    standing = [child for child in spells if child.stands(on)]
    return region_of(standing[-1], on) if standing else None


@lru_cache(maxsize=65536)
def _resolve(name: str, on: date, within: Region | None, level: Level | None) -> Match:
    text, gone = former(tidy(name))
    if not text:
        return NOTHING
    named = _titled(text.casefold(), within, on)
    if named is not None and level in (None, named.level) and not gone:
        return Match("one", named, (named,), 1.0)
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
        pool = pool_of(query, scope, exact)
        past = [h for h in pool if h.unit.valid_to is not None and h.unit.valid_to <= scope.on]
        hits = inside(ended_by(past, scope.on), scope, typed=query.type is not None)
        if hits := hits or outside(ended_by(past, scope.on), scope, query):
            return _settled(of_type(hits, query.type), scope.on)
    return NOTHING


def resolve(name: str, on: date, within: Region | None = None, level: Level | None = None) -> Match:
    """The unit that a published name meant on `on`, inside `within` where that is known.

    `within` is the nearest territory named by heading, caption, title or issuer; a whole ("Toàn
    tỉnh", "Tổng số") resolves to it. `level` narrows a bare name ("Hải Dương" in a list of
    districts). Without either, "Phường 1" stays ambiguous.
    """
    return _resolve(name, on, within, level)
