"""Units by printed name: spelt exactly, without its marks, or with a few letters wrong.

Misspelt names are only looked for among the children of a known parent, and only a unique best one
is taken: two children as near as each other are both refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from normalizers.facts import rows
from normalizers.regions.gazetteer import Unit, gazetteer, loose, spoken
from normalizers.regions.labels import LEVELS_OF_TYPE, Query
from solieu.quick import replace
from solieu.text import fold


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that a name may mean, with what is doubtful about it (`Match` explains the flags)."""

    unit: Unit
    flags: tuple[str, ...] = ()

    def but(self, flag: str) -> Hit:
        return replace(self, flags=(*self.flags, flag))


@lru_cache(maxsize=1)
def _aliases() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows("region_aliases.csv"):
        targets = [(name, int(row["level"])) for name in row["names"].split("|")]
        found.setdefault(spoken(row["alias"]), []).extend(targets)
    return found


_SAME_VOWEL = str.maketrans("y", "i")
_NO_BLANKS = str.maketrans("", "", " ")


_DAK = re.compile(r"(?<!\w)đ[ăa]k(?!\w)")
"""The river of the highlands, as offices there write it: "huyện Đăk Hà"."""


def _exact_key(name: str) -> str:
    return _DAK.sub(spoken("đắk"), spoken(name)).translate(_SAME_VOWEL).translate(_NO_BLANKS)


def known(query: Query) -> bool:
    """Whether any unit bears the name in any spelling: most labels of a table are no units."""
    return gazetteer().knows(query.name) or spoken(query.name) in _aliases()


@lru_cache(maxsize=16384)
def exact(query: Query) -> tuple[Hit, ...]:
    """Units of any date with that very name, tone marks in either place, y for i, an alias."""
    key = _exact_key(query.name)
    same = [u for u in gazetteer().named(query.name) if _exact_key(u.name) == key]
    verbatim = [u for u in same if spoken(u.name) == spoken(query.name)]
    if query.type is not None and all(u.type != query.type for u in verbatim):
        verbatim = []
    hits = [Hit(u) for u in verbatim or same]
    if len(key) > 2 or query.type:
        hits += _by_alias(query.name)
    return tuple(hits)


def _by_alias(name: str) -> Iterable[Hit]:
    for target, level in _aliases().get(spoken(name), ()):
        for unit in gazetteer().named(target):
            if unit.level == level and spoken(unit.name) == spoken(target):
                yield Hit(unit, ("alias",))


@lru_cache(maxsize=16384)
def unmarked(query: Query) -> tuple[Hit, ...]:
    """Units whose name is the printed one once its marks are taken off: "Hai Duong"."""
    if fold(query.name) != query.name.casefold().strip():
        return ()
    return tuple(Hit(u, ("no_diacritics",)) for u in gazetteer().named(query.name))


@lru_cache(maxsize=16384)
def mismarked(query: Query) -> tuple[Hit, ...]:
    """Provinces whose name differs from the printed one in its marks alone: "Quãng Nam"."""
    units = gazetteer().named(query.name)
    return tuple(Hit(u, ("diacritics",)) for u in units if u.level == 1)


# ---------------------------------------------------------------- misspelt names

_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=65536)
def _shape(name: str) -> tuple[str, list[str]]:
    plain = fold(name)
    return plain, _DIGITS.findall(plain)


def _allowed(length: int, *, typed: bool) -> int:
    """How many letters may be wrong: none in a short name, more behind a type word.

    "THÀNH PHỐ" as the head of a column is two letters off "Thanh Hóa".
    """
    if typed:
        return (length >= 4) + (length >= 8) + (length >= 14)
    return (length >= 4) + (length >= 12) + (length >= 18)


def _gap(name: str, printed: str, *, typed: bool) -> int | None:
    """How many characters a printed name is off, None beyond what may be repaired.

    Wrong marks are slips of the scanner more often than another name, so two more of them may be
    wrong than letters. Digits are never repaired: "Phường 2" is not a slip for "Phường 3".
    """
    (ours, own_digits), (theirs, digits) = _shape(name), _shape(printed)
    limit = _allowed(len(ours), typed=typed)
    if abs(len(ours) - len(theirs)) > limit or own_digits != digits:
        return None
    if Levenshtein.distance(ours, theirs, score_cutoff=limit) > limit:
        return None
    most = limit + 2
    marked = ((name.casefold(), printed.casefold()), (spoken(name), spoken(printed)))
    off = min(Levenshtein.distance(a, b, score_cutoff=most) for a, b in marked)
    return off if off <= most else None


def _off(unit: Unit, query: Query) -> tuple[int, int] | None:
    """Characters off, then whether the type word is another."""
    if query.type is None:
        gaps = [_gap(name, query.name, typed=False) for name in (unit.name, unit.title)]
    elif unit.level in LEVELS_OF_TYPE[query.type]:
        gaps = [_gap(unit.name, query.name, typed=True)]
    else:
        return None
    found = [g for g in gaps if g is not None]
    return (min(found), int(query.type not in (None, unit.type))) if found else None


@dataclass(frozen=True, slots=True)
class Repair:
    """The one child that a misspelt label can be, and how many characters it is off."""

    hit: Hit
    off: int


def _capitalised(name: str) -> bool:
    """A name and no common words: "Nam Sácn" or "nam Sách", not "năm trước" or "Đường kính"."""
    words = name.split()
    return any(not word[0].islower() for word in words[1:] or words)


_FURTHEST = 3
"""No name may be more letters off than this."""


@lru_cache(maxsize=4096)
def _by_length(pool: tuple[Unit, ...]) -> dict[int, list[Unit]]:
    """Units by the letters of their names, with and without the type word."""
    found: dict[int, list[Unit]] = {}
    for unit in pool:
        for length in {len(fold(unit.name)), len(fold(unit.title))}:
            found.setdefault(length, []).append(unit)
    return found


def _comparable(pool: tuple[Unit, ...], ways: Iterable[Query]) -> Iterable[Unit]:
    """The units whose names are long enough, and short enough, to be meant."""
    lengths = {len(fold(way.name)) for way in ways}
    reach = {n for m in lengths for n in range(m - _FURTHEST, m + _FURTHEST + 1)}
    sized = _by_length(pool)
    return dict.fromkeys(unit for n in reach for unit in sized.get(n, ()))


def misspelt(ways: Iterable[Query], pool: tuple[Unit, ...], *, listed: bool) -> Repair | None:
    """The nearest of the pool, if no other is as near.

    `listed` says that the label stands among units, so that its capitals need not prove it a name.
    """
    readings = tuple(way for way in ways if listed or way.type or _capitalised(way.name))
    scored: list[tuple[tuple[int, int], Unit]] = []
    for unit in _comparable(pool, readings) if readings else ():
        offs = [off for off in (_off(unit, way) for way in readings) if off is not None]
        if offs:
            scored.append((min(offs), unit))
    if not scored:
        return None
    scored.sort(key=lambda pair: pair[0])
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None
    (off, other_type), unit = scored[0]
    same_letters = any(loose(unit.name) == loose(way.name) for way in readings)
    hit = Hit(unit, ("diacritics" if same_letters else "spelling",))
    return Repair(hit.but("type_differs") if other_type else hit, off)
