"""Vietnamese administrative units with the dates they stood for, packed to load in milliseconds.

A code alone is no key: 23 provinces and most communes kept an old code for a new territory on
1 July 2025. A unit is known by level, code and the date its name, type and parent began.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from normalizers.facts import DATA, rows
from solieu.model import Level, Region
from solieu.text import fold, tone_key

PACKED = DATA / "gazetteer.tsv.gz"

FIRST_DAY = date(2017, 8, 18)
"""The earliest state the compilation holds; earlier dates are answered with that state, flagged."""

REFORM = date(2025, 7, 1)
"""63 provinces became 34 and districts ended."""

COUNTRY = Region("Việt Nam", "country", path="Việt Nam")

TYPES = (
    "Tỉnh",
    "Thành phố",
    "Quận",
    "Huyện",
    "Thị xã",
    "Phường",
    "Xã",
    "Thị trấn",
    "Đặc khu",
)
LEVELS: dict[int, Level] = {1: "province", 2: "district", 3: "commune"}

Extent = Literal["full", "partial"]

_JOINTS = re.compile(r"\s*['’‘ʼ`´]\s*|\.")
_DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")
_NO_KEY = re.compile(r"[^a-z0-9]")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


@lru_cache(maxsize=65536)
def spoken(name: str) -> str:
    """The exact key of a name: tone marks at the end of the syllable, dashes and apostrophes out.

    >>> spoken("Bà Rịa – Vũng Tàu") == spoken("BÀ RỊA-VŨNG TÀU")
    True
    """
    return tone_key(_DASHES.sub(" ", _JOINTS.sub("", name)))


@lru_cache(maxsize=65536)
def loose(name: str) -> str:
    """The key under which names are looked up: no marks, no blanks, y as i, no leading zeros.

    >>> loose("Ea H'leo"), loose("Mỹ Tho"), loose("05")
    ('eahleo', 'mitho', '5')
    """
    return _ZEROS.sub("", _NO_KEY.sub("", fold(name)).replace("y", "i"))


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One unit with one name, type and parent over one interval of time.

    A row of the gazetteer becomes one object and no more, so units are compared, and looked up in
    caches, by identity.
    """

    code: str
    name: str
    type: str
    level: int
    parent: str
    """Code of the unit above: two digits a province, three a district, empty for a province."""
    valid_from: date | None
    valid_to: date | None
    """Exclusive; None while it stands."""
    successors: tuple[str, ...] = ()
    historical: bool = False
    """Ended before the compilation begins (SOURCES.md); then its successors are names, no codes."""

    @property
    def title(self) -> str:
        return f"{self.type} {self.name}"

    def stands(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )

    def gap(self, on: date) -> int:
        """Days between `on` and the nearest day this unit stood; 0 when it stands."""
        if self.valid_to is not None and on >= self.valid_to:
            return (on - self.valid_to).days + 1
        if self.valid_from is not None and on < self.valid_from:
            return (self.valid_from - on).days
        return 0

    def nearest(self, on: date) -> date:
        """`on`, or the nearest day to it on which this unit stood."""
        if self.valid_to is not None and on >= self.valid_to:
            return date.fromordinal(self.valid_to.toordinal() - 1)
        return max(on, self.valid_from) if self.valid_from else on


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _unit(line: str) -> Unit:
    level, code, name, kind, parent, start, end, successors = line.split("\t")
    return Unit(
        code,
        name,
        TYPES[int(kind)],
        int(level),
        parent,
        _day(start),
        _day(end),
        tuple(successors.split("|")) if successors else (),
    )


def _historical() -> Iterator[Unit]:
    for row in rows("provinces_historical.csv"):
        start, end = _day(row["valid_from"]), _day(row["valid_to"])
        later = tuple(row["successors"].split("|"))
        yield Unit(row["code"], row["name"], row["type"], 1, "", start, end, later, historical=True)


class Gazetteer:
    """All units by name key, by parent and by code; rows become objects when they are asked for."""

    def __init__(self, packed: str, historical: tuple[Unit, ...] = ()) -> None:
        units, index, parents, self._changes = packed.split("\f")
        self._lines = units.split("\n")
        self._index = dict(row.split("\t", 1) for row in index.split("\n"))
        self._parents = dict(row.split("\t", 1) for row in parents.split("\n"))
        self._units: dict[int, Unit] = {}
        self.historical = historical
        self._old: dict[str, list[Unit]] = {}
        for unit in historical:
            self._old.setdefault(loose(unit.name), []).append(unit)

    def __len__(self) -> int:
        return len(self._lines)

    def unit(self, row: int) -> Unit:
        unit = self._units.get(row)
        if unit is None:
            unit = self._units[row] = _unit(self._lines[row])
        return unit

    def __iter__(self) -> Iterator[Unit]:
        return (self.unit(row) for row in range(len(self._lines)))

    def named(self, name: str) -> list[Unit]:
        """Every unit of any date whose name has the same loose key."""
        key = loose(name)
        rows = self._index.get(key)
        found = [self.unit(int(row)) for row in rows.split()] if rows else []
        return found + self._old.get(key, [])

    def knows(self, name: str) -> bool:
        """Whether any unit of any date has a name with this loose key."""
        key = loose(name)
        return key in self._index or key in self._old

    def below(self, code: str) -> list[Unit]:
        """Every unit of any date whose parent has this code; "" gives the provinces."""
        bounds = self._parents.get(code)
        if bounds is None:
            return []
        first, last = bounds.split()
        return [self.unit(row) for row in range(int(first), int(last))]

    @cached_property
    def _upper(self) -> dict[tuple[int, str], list[Unit]]:
        found: dict[tuple[int, str], list[Unit]] = {}
        for unit in self.below(""):
            found.setdefault((1, unit.code), []).append(unit)
            for district in self.below(unit.code):
                if district.level == 2 and district not in found.get((2, district.code), ()):
                    found.setdefault((2, district.code), []).append(district)
        for unit in self.historical:
            if unit.code:
                found.setdefault((1, unit.code), []).append(unit)
        return found

    @cached_property
    def _communes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, line in enumerate(self._lines):
            if line[0] == "3":
                found.setdefault(line.split("\t", 2)[1], []).append(row)
        return found

    def coded(self, level: int, code: str) -> list[Unit]:
        """Every unit of any date that had this code at this level."""
        if level == 3:
            return [self.unit(row) for row in self._communes.get(code, ())]
        return self._upper.get((level, code), [])

    def parent(self, unit: Unit, on: date) -> Unit | None:
        """The unit above at that date, or at the nearest date at which `unit` stood."""
        if not unit.parent:
            return None
        level = 1 if len(unit.parent) == 2 else 2
        spells = self.coded(level, unit.parent)
        day = unit.nearest(max(on, FIRST_DAY))
        return min(spells, key=lambda u: u.gap(day), default=None)

    def province(self, unit: Unit, on: date) -> Unit:
        while (above := self.parent(unit, on)) is not None:
            unit = above
        return unit

    @cached_property
    def changes(self) -> tuple[dict[tuple[int, str], list[tuple[str, Extent]]], ...]:
        """The reform of 1 July 2025: old code to new ones, and new code to old ones."""
        ahead: dict[tuple[int, str], list[tuple[str, Extent]]] = {}
        back: dict[tuple[int, str], list[tuple[str, Extent]]] = {}
        for line in self._changes.split("\n"):
            level, old, new, mark = line.split("\t")
            extent: Extent = "full" if mark == "f" else "partial"
            ahead.setdefault((int(level), old), []).append((new, extent))
            back.setdefault((1 if level == "1" else 3, new), []).append((old, extent))
        return ahead, back


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packed gazetteer, read once per process."""
    packed = gzip.decompress(PACKED.read_bytes()).decode("utf-8")
    return Gazetteer(packed, tuple(_historical()))
