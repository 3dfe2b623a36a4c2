"""A grid laid out: its cells as they are looked up, and where its tables begin and end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from normalizers.layout.segments import Segment, segments
from normalizers.layout.sheet import Sheet
from solieu.model import Grid


@dataclass(frozen=True, slots=True)
class Laid:
    """What both the document's context and the reading of its tables ask for."""

    sheet: Sheet
    segments: tuple[Segment, ...]


LayOut = Callable[[Grid], Laid]


def lay_out(grid: Grid) -> Laid:
    """The layout of one grid, worked out anew."""
    sheet = Sheet.of(grid)
    return Laid(sheet, tuple(segments(sheet)))


def once() -> LayOut:
    """The same worked out once for each grid, for as long as one document is read."""
    known: dict[int, tuple[Grid, Laid]] = {}

    def laid(grid: Grid) -> Laid:
        found = known.get(id(grid))
        if found is None:
            found = known[id(grid)] = (grid, lay_out(grid))
        return found[1]

    return laid
