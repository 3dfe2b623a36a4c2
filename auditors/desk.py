"""What the laws look at: a document's tables as sheets of cells, and the meaning of its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from auditors import facts
from auditors.statements import Subject, subject
from solieu.model import Figure, Line, Observation, Reading, Region, Table

RegionChildren = Callable[[Region], Iterable[str]]
"""The names of all units one level below a region at the document's date."""


@dataclass(frozen=True)
class Sheet:
    """A table seen along one axis: `lines` are its rows, `crosses` its columns, or the reverse."""

    table: Table
    lines: tuple[Line, ...]
    crosses: tuple[Line, ...]
    cells: Mapping[tuple[int, int], Figure]
    """(line index, cross index) to the figure there."""
    holes: frozenset[tuple[int, int]]
    """Cells that hold something without a reading."""
    upright: bool = True
    """Lines are the table's rows."""

    @cached_property
    def turned(self) -> Sheet:
        """The same table with rows and columns exchanged."""
        return Sheet(
            self.table,
            self.crosses,
            self.lines,
            {(c, r): f for (r, c), f in self.cells.items()},
            frozenset((c, r) for r, c in self.holes),
            not self.upright,
        )

    @cached_property
    def filled(self) -> frozenset[int]:
        """Lines that hold anything; a heading among them lacks no figure."""
        return frozenset(line for line, _ in (*self.cells, *self.holes))

    def used(self, check: str) -> bool:
        """Did this law choose a reading of the table?"""
        return check in self.table.used


@dataclass(frozen=True)
class Desk:
    """One document laid out for the laws."""

    reading: Reading
    region_children: RegionChildren | None = None

    @cached_property
    def meaning(self) -> Mapping[str, Observation]:
        """Figure id to what the figure says; the first where one figure says two things."""
        found: dict[str, Observation] = {}
        for observation in self.reading.observations:
            found.setdefault(observation.figure.figure_id, observation)
        return found

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables, rows as lines."""
        holes: dict[int | None, set[tuple[int, int]]] = {}
        for unread in self.reading.unread:
            place = unread.place
            if place.row is not None and place.column is not None:
                holes.setdefault(place.table, set()).add((place.row, place.column))
        return tuple(_sheet(t, holes.get(t.number, set())) for t in self.reading.tables)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """What was read, with a value."""
        return tuple(o for o in self.reading.observations if o.figure.value is not None)

    @cached_property
    def subjects(self) -> Mapping[Subject, list[Observation]]:
        """Those that speak of the same region, period and scenario together."""
        found: dict[Subject, list[Observation]] = defaultdict(list)
        for observation, about in zip(self.observations, self.about, strict=True):
            found[about].append(observation)
        return found

    @cached_property
    def about(self) -> list[Subject]:
        """The subject of each of the observations."""
        return [subject(observation) for observation in self.observations]

    def measure(self, figure: Figure) -> str | None:
        """level, change, growth ... where the figure's meaning is known."""
        observation = self.meaning.get(figure.figure_id)
        return observation.measure if observation is not None else None


def _sheet(table: Table, holes: set[tuple[int, int]]) -> Sheet:
    cells = {}
    for place, figure in table.at().items():
        if figure.value is None:
            holes.add(place)
        else:
            cells[place] = figure
    return Sheet(table, table.rows, table.columns, cells, frozenset(holes - cells.keys()))


def additive(figure: Figure, *lines: Line) -> bool:
    """May this figure take part in a sum along its row or column?"""
    return facts.additive_unit(figure.unit) and all(facts.additive_labels(x.labels) for x in lines)
