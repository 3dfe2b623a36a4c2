"""Ruled tables: where horizontal and upright rules cross, cells lie between them.

A border that is missing between two cells joins them; that is how a merged cell is drawn. Tables
open at a side (their horizontal rules stick out past the last upright one) get that side back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.pdf.objects import SNAP, Rule, rules_between
from solieu.model import Box

_OPEN_SIDE = 8.0
"""Points that rules must stick out for a table to be open at that side."""

_STRIP = 40.0
"""How far from a lattice a row without upright rules may reach."""

_COVERED = 0.6
"""The part of a cell's side that must be drawn for it to be a border."""


@dataclass(slots=True)
class Lattice:
    """A ruled table's geometry: edges, and the rectangles of unit cells that are one cell."""

    xs: list[float]
    ys: list[float]
    cells: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(first row, first column, last row, last column), from 0, in reading order."""

    @property
    def cells_count(self) -> int:
        return len(self.cells)

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_lattices(across: Sequence[Rule], down: Sequence[Rule]) -> list[Lattice]:
    """The page's ruled tables, top to bottom; single boxes are not among them."""
    found = []
    for horizontal, upright in _components(across, down):
        lattice = _lattice(horizontal, upright)
        if lattice is not None:
            found.append(lattice)
    return sorted(found, key=lambda t: (t.ys[0], t.xs[0]))


def bands_outside(
    lattice: Lattice, across: Sequence[Rule]
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """The strips just above and just below a lattice that a rule of the same breadth closes.

    Their upright rules were left out by whoever drew the table; each is (top, bottom) or None.
    """
    x0, top, x1, bottom = lattice.box
    same = [
        r.at
        for r in rules_between(across, top - _STRIP, bottom + _STRIP)
        if abs(r.start - x0) <= _OPEN_SIDE and abs(r.end - x1) <= _OPEN_SIDE
    ]
    above = max((y for y in same if y < top - SNAP), default=None)
    below = min((y for y in same if y > bottom + SNAP), default=None)
    return (
        None if above is None else (above, top),
        None if below is None else (bottom, below),
    )


def with_band(lattice: Lattice, band: tuple[float, float]) -> Lattice:
    """The lattice with one more row of a single cell, above or below it."""
    last = len(lattice.xs) - 2
    if band[0] < lattice.ys[0]:
        moved = [(r0 + 1, c0, r1 + 1, c1) for r0, c0, r1, c1 in lattice.cells]
        return Lattice(lattice.xs, [band[0], *lattice.ys], [(0, 0, 0, last), *moved])
    row = len(lattice.ys) - 1
    return Lattice(lattice.xs, [*lattice.ys, band[1]], [*lattice.cells, (row, 0, row, last)])


def _components(
    across: Sequence[Rule], down: Sequence[Rule]
) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together by crossing or touching."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first = {id(rule): n for n, rule in enumerate(across)}
    for number, upright in enumerate(down, len(across)):
        for rule in rules_between(across, upright.start - SNAP, upright.end + SNAP):
            if rule.start - SNAP <= upright.at <= rule.end + SNAP:
                parent[root(first[id(rule)])] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate(across):
        groups[root(number)][0].append(rule)
    for number, rule in enumerate(down, len(across)):
        groups[root(number)][1].append(rule)
    return groups.values()


def _edges(positions: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > SNAP:
            edges.append(position)
    return edges


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    if len(across) < 2 or not down:
        return None
    xs, ys = _edges(r.at for r in down), _edges(r.at for r in across)
    across, down = list(across), list(down)
    left, right = min(r.start for r in across), max(r.end for r in across)
    top, bottom = _open_ends(down, ys[0], ys[-1])
    if xs[0] - left > _OPEN_SIDE:
        xs.insert(0, left)
        down.append(Rule(left, top, bottom))
    if right - xs[-1] > _OPEN_SIDE:
        xs.append(right)
        down.append(Rule(right, top, bottom))
    if ys[0] - top > _OPEN_SIDE:
        ys.insert(0, top)
        across.append(Rule(top, left, right))
    if bottom - ys[-1] > _OPEN_SIDE:
        ys.append(bottom)
        across.append(Rule(bottom, left, right))
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    lattice = Lattice(xs, ys)
    lattice.cells = _cells(xs, ys, across, down)
    return lattice if len(lattice.cells) > 1 else None


def _open_ends(down: Sequence[Rule], top: float, bottom: float) -> tuple[float, float]:
    """How far upright rules run on beyond the horizontal ones; one alone of many is no sign."""
    starts, ends = sorted(r.start for r in down), sorted(r.end for r in down)
    start, end = (starts[1], ends[-2]) if len(down) > 3 else (starts[0], ends[-1])
    return min(top, start), max(bottom, end)


def _spans(rules: Iterable[Rule], edges: list[float]) -> dict[int, list[Rule]]:
    """Edge number to the rules drawn on it."""
    found: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        spot = bisect_left(edges, rule.at - SNAP)
        if spot < len(edges) and abs(edges[spot] - rule.at) <= SNAP:
            found[spot].append(rule)
    return found


def _drawn(rules: Sequence[Rule], low: float, high: float) -> bool:
    covered, enough = 0.0, _COVERED * (high - low)
    for _, start, end in rules:
        if start <= low and end >= high:
            return True
        if start < high and end > low:
            covered += min(high, end) - max(low, start)
    return covered >= enough


def _cells(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> list[tuple[int, int, int, int]]:
    """Unit cells joined where no border is drawn between them, made rectangular."""
    rows, columns = len(ys) - 1, len(xs) - 1
    sides, floors = _spans(down, xs), _spans(across, ys)
    parent = list(range(rows * columns))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _drawn(sides[column + 1], ys[row], ys[row + 1]):
                parent[root(here + 1)] = root(here)
            if row + 1 < rows and not _drawn(floors[row + 1], xs[column], xs[column + 1]):
                parent[root(here + columns)] = root(here)
    groups: dict[int, list[int]] = defaultdict(list)
    for spot in range(rows * columns):
        groups[root(spot)].append(spot)
    rectangles = []
    for spots in groups.values():
        rectangles.extend(_rectangles(spots, columns))
    return sorted(rectangles)


def _rectangles(spots: list[int], columns: int) -> list[tuple[int, int, int, int]]:
    """A group of unit cells as rectangles: one if it is one, else its runs row by row."""
    if len(spots) == 1:
        row, column = divmod(spots[0], columns)
        return [(row, column, row, column)]
    rows = [s // columns for s in spots]
    cols = [s % columns for s in spots]
    r0, r1, c0, c1 = min(rows), max(rows), min(cols), max(cols)
    if len(spots) == (r1 - r0 + 1) * (c1 - c0 + 1):
        return [(r0, c0, r1, c1)]
    runs: list[tuple[int, int, int, int]] = []
    for spot in sorted(spots):
        row, column = divmod(spot, columns)
        if runs and runs[-1][0] == row and runs[-1][3] == column - 1:
            runs[-1] = (row, runs[-1][1], row, column)
        else:
            runs.append((row, column, row, column))
    return runs


def locate(edges: Sequence[float], value: float) -> int | None:
    """Which interval between sorted edges holds the value; None outside of them."""
    spot = bisect_right(edges, value) - 1
    return spot if 0 <= spot < len(edges) - 1 else None
