"""Every choice of cuts whose columns meet the published totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.gluing.evidence import Scored

_NODES = 1500
Vector = tuple[int, ...]
Domains = list[list[tuple[int, Vector | None]]]
Bounds = list[tuple[int, int]]


class Search:
    """Depth first, the widest row first; at every step cuts that no column can take are dropped."""

    def __init__(
        self, scored: Scored, lists: Sequence[Sequence[int]], matched: Sequence[int]
    ) -> None:
        self.scored = scored
        self.lists = lists
        self.matched = matched
        """Positions in `scored.columns` whose totals must be met."""
        self.nodes = 0

    @property
    def exhausted(self) -> bool:
        """The search was given up: what it found may not be all there is."""
        return self.nodes > _NODES

    def solutions(self) -> Iterator[tuple[int, ...]]:
        """Every choice of cuts that meets the matched totals."""
        total = self.scored.total
        if total is None:
            return
        for index in self.lists[total]:
            target = self._vector(total, index)
            domains: Domains = [
                [(i, self._vector(r, i)) for i in kept] if r != total else [(index, None)]
                for r, kept in enumerate(self.lists)
            ]
            yield from self._deeper(domains, target)

    def _vector(self, row: int, index: int) -> Vector:
        values = self.scored.rows[row][index].values
        return tuple(values[self.scored.columns[m]] or 0 for m in self.matched)

    def _deeper(self, domains: Domains, target: Vector) -> Iterator[tuple[int, ...]]:
        self.nodes += 1
        if self.exhausted:
            return
        narrowed = self._narrowed(domains, target)
        if narrowed is None:
            return
        open_rows = [r for r, options in enumerate(narrowed) if len(options) > 1]
        if not open_rows:
            yield tuple(options[0][0] for options in narrowed)
            return
        row = max(open_rows, key=lambda r: _spread(narrowed[r]))
        for option in narrowed[row]:
            yield from self._deeper([*narrowed[:row], [option], *narrowed[row + 1 :]], target)

    def _narrowed(self, domains: Domains, target: Vector) -> Domains | None:
        """Cuts that some choice in the other rows can still complete to the totals; None: none."""
        current = domains
        while True:
            bounds = [_bounds(options) for options in current]
            room = self._room(bounds, target)
            if room is None:
                return None
            kept = [
                options if len(options) == 1 else _fitting(options, bound, room)
                for options, bound in zip(current, bounds, strict=True)
            ]
            if not all(kept):
                return None
            if all(len(a) == len(b) for a, b in zip(kept, current, strict=True)):
                return kept
            current = kept

    def _room(self, bounds: Sequence[Bounds], target: Vector) -> list[tuple[int, int]] | None:
        """Per column: how far any one row may rise above its least, and fall below its most."""
        room = []
        for m, published in enumerate(target):
            slack = self.scored.slack[self.matched[m]]
            rise = published + slack - sum(b[m][0] for b in bounds if b)
            fall = sum(b[m][1] for b in bounds if b) - (published - slack)
            if rise < 0 or fall < 0:
                return None
            room.append((rise, fall))
        return room


def _bounds(options: Sequence[tuple[int, Vector | None]]) -> Bounds:
    vectors = [vector for _, vector in options if vector is not None]
    return [(min(column), max(column)) for column in zip(*vectors, strict=True)]


def _spread(options: Sequence[tuple[int, Vector | None]]) -> int:
    return max(high - low for low, high in _bounds(options))


def _fitting(
    options: Sequence[tuple[int, Vector | None]],
    bound: Bounds,
    room: Sequence[tuple[int, int]],
) -> list[tuple[int, Vector | None]]:
    limits = [
        (high - fall, low + rise) for (low, high), (rise, fall) in zip(bound, room, strict=True)
    ]
    return [
        (index, vector)
        for index, vector in options
        if vector is not None
        and all(low <= v <= high for v, (low, high) in zip(vector, limits, strict=True))
    ]
