"""The units that a name may mean: standing inside the territory, ended, elsewhere, or misspelt."""

from __future__ import annotations

from normalizers.regions.gazetteer import FIRST_DAY, REFORM
from normalizers.regions.labels import (
    Query,
    queries,
)
from normalizers.regions.names import Hit, Repair, exact, known, mismarked, misspelt, unmarked
from normalizers.regions.narrowing import (
    Scope,
    ended_by,
    in_force,
    inside,
    of_type,
    outside,
    pool_of,
)


def standing_inside(text: str, scope: Scope) -> list[Hit]:
    """Units of that name in force inside the territory."""
    for find in (exact, unmarked):
        for query in queries(text):
            pool = pool_of(query, scope, find)
            hits = inside(in_force(pool, scope.on), scope, typed=query.type is not None)
            if hits:
                typed = of_type(hits, query.type)
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
    return inside(ended_by(other, scope.on), scope, typed=True)


def _ended_inside(text: str, scope: Scope) -> list[Hit]:
    """Units of that name inside the territory that ended before, or began after, that day."""
    for query in queries(text):
        hits = ended_by(pool_of(query, scope, exact), scope.on)
        found = inside(hits, scope, typed=query.type is not None)
        if found:
            return of_type(found, query.type)
    return []


def _elsewhere(text: str, scope: Scope) -> list[Hit]:
    """Units of that name outside the territory, in force or not."""
    for narrow in (in_force, ended_by):
        for query in queries(text):
            hits = outside(narrow(pool_of(query, scope, exact), scope.on), scope, query)
            if hits:
                return of_type(hits, query.type)
    return []


def _provinces_mismarked(text: str, scope: Scope) -> list[Hit]:
    for query in queries(text):
        hits = of_type(in_force(pool_of(query, scope, mismarked), scope.on), query.type)
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
    standing = [h.but("outside") for h in in_force(hits, scope.on)]
    return standing or ended_by(hits, scope.on)


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


def hits_of(text: str, scope: Scope) -> list[Hit]:
    """All units that a name may mean there; none where nothing bears it or one like it."""
    if not any(known(query) for query in queries(text)):
        repair = _repair(text, scope)
        return [repair.hit] if repair else []
    found = standing_inside(text, scope)
    return found + _rivals(text, scope, found) if found else _weighed(text, scope)
