"""Rows, columns and merged cells inside a table's frame, from where its words stand.

A frame may be a full lattice of rules, a few horizontal rules, or nothing but a box round aligned
text; what the rules leave open is decided here: columns lie between rivers of white that no line of
the body crosses, rows are lines of print that figures share, and a label that ran out of room goes
on in the next line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from operator import attrgetter

from extractors.pdf.columns import cuts, printed, unclear
from extractors.pdf.doubts import misread
from extractors.pdf.lines import Lattice
from extractors.pdf.objects import Rule, Word
from extractors.pdf.pieces import Columns, Piece, PieceLine
from extractors.pdf.rows import Row, RowFinder, mark_figures, spread_groups
from extractors.pdf.slots import Built, Slot, spread_labels
from extractors.pdf.text import text_lines

_FIRST = attrgetter("first")
_PLACE = attrgetter("row", "column")


def build(lattice: Lattice, words: Sequence[Word], underlines: Sequence[Rule] = ()) -> Built:
    """The finished table inside a frame.

    `underlines` are horizontal rules shorter than the table, such as those under a header that
    stands over several columns.
    """
    held = _held(lattice, words)
    cells = [printed(part) for part in held]
    xs = sorted([*lattice.xs, *cuts(lattice, cells)])
    built = _Builder(lattice, held, Columns(xs, cells, underlines)).built()
    if len(lattice.xs) > 2:
        return built
    built.unclear = unclear(xs, cells) or misread(built)
    return spread_labels(built)


def _held(lattice: Lattice, words: Sequence[Word]) -> list[list[Word]]:
    xs, ys = lattice.xs, lattice.ys
    rows, columns = len(ys) - 1, len(xs) - 1
    held: list[list[Word]] = [[] for _ in lattice.cells]
    owner: list[list[list[Word]]] = [[[]] * columns for _ in range(rows)]
    for inside, (r0, c0, r1, c1) in zip(held, lattice.cells, strict=True):
        for units in owner[r0 : r1 + 1]:
            units[c0 : c1 + 1] = [inside] * (c1 - c0 + 1)
    for word in words:
        row = bisect_right(ys, (word.top + word.bottom) / 2) - 1
        column = bisect_right(xs, (word.x0 + word.x1) / 2) - 1
        if 0 <= row < rows and 0 <= column < columns:
            owner[row][column].append(word)
    return held


class _Builder:
    """Holds what all bands of one table share."""

    def __init__(self, lattice: Lattice, held: list[list[Word]], columns: Columns) -> None:
        self.lattice = lattice
        self.held = held
        self.columns = columns
        self.xs = columns.xs
        self.fine = [
            [n for n, x in enumerate(self.xs[:-1]) if a - 0.01 <= x < b - 0.01]
            for a, b in pairwise(lattice.xs)
        ]
        self.inside = [
            self.fine[c0] if c0 == c1 else list(chain.from_iterable(self.fine[c0 : c1 + 1]))
            for _, c0, _, c1 in lattice.cells
        ]
        self.spots: list[list[int]] = [[] for _ in lattice.ys[1:]]
        for spot, (r0, _, r1, _) in enumerate(lattice.cells):
            if r0 == r1:
                self.spots[r0].append(spot)
        self.bands = [self._band_lines(n) for n in range(len(lattice.ys) - 1)]
        lines = [line for band in self.bands for line in band]
        mark_figures(lines)
        self.finder = RowFinder(
            columns,
            has_figures=any(line.numeric for line in lines),
            ordered=len(lattice.xs) == 2,
        )
        if len(lattice.xs) == 2:
            columns.align(lines)
            columns.centre(lines)
            spread_groups(lines, columns)

    def built(self) -> Built:
        bands: list[list[Row]] = []
        ys = [self.lattice.ys[0]]
        starts: list[int] = []
        for band in range(len(self.lattice.ys) - 1):
            rows = self._band(band)
            starts.append(len(ys) - 1)
            bands.append(rows)
            for above, below in pairwise(rows):
                ys.append((above.bottom + below.top) / 2)
            ys.append(self.lattice.ys[band + 1])
        starts.append(len(ys) - 1)
        slots: list[Slot] = []
        plain = [_by_column(rows[0].pieces) if len(rows) == 1 else None for rows in bands]
        for spot, (r0, c0, r1, c1) in enumerate(self.lattice.cells):
            columns = self.inside[spot]
            held = plain[r0]
            if r0 == r1 and held is not None and len(columns) == 1 < self.lattice.cells_count:
                words = held.get(columns[0], [])
                slots.append(Slot(starts[r0], columns[0], starts[r0], columns[0], words))
            elif r0 != r1 or len(bands[r0]) == 0:
                slots.append(
                    Slot(starts[r0], columns[0], starts[r1 + 1] - 1, columns[-1], self.held[spot])
                )
            else:
                slots.extend(self._cell_slots(bands[r0], starts[r0], columns, single=c0 == c1))
        return Built(self.xs, ys, sorted(slots, key=_PLACE), doubtful=self._doubtful(bands, starts))

    @staticmethod
    def _doubtful(bands: Sequence[Sequence[Row]], starts: Sequence[int]) -> frozenset[int]:
        return frozenset(
            start + number
            for start, rows in zip(starts, bands, strict=False)
            for number, row in enumerate(rows)
            if row.doubtful
        )

    def _cell_slots(
        self, rows: list[Row], start: int, columns: list[int], *, single: bool
    ) -> list[Slot]:
        """One lattice cell, cut into the rows of its band and its own columns."""
        first, last = columns[0], columns[-1]
        parts: list[list[Piece]] = [
            [p for line in row.lines for p in line if p.last >= first and p.first <= last]
            for row in rows
        ]
        filled = [n for n, part in enumerate(parts) if part]
        whole = first == last or (not single and all(len(self._merged(p)) <= 1 for p in parts))
        if whole and len(filled) <= 1 and self.lattice.cells_count > 1:
            words = [w for part in parts for p in part for w in p.phrase.words]
            return [Slot(start, first, start + len(rows) - 1, last, words)]
        slots: list[Slot] = []
        for number, part in enumerate(parts):
            row = start + number
            if whole:
                words = [w for p in part for w in p.phrase.words]
                slots.append(Slot(row, first, row, last, words))
                continue
            at = first
            for a, b, words in self._merged(part):
                slots.extend(Slot(row, n, row, n) for n in range(at, a))
                slots.append(Slot(row, a, row, b, words))
                at = b + 1
            slots.extend(Slot(row, n, row, n) for n in range(at, last + 1))
        return slots

    @staticmethod
    def _merged(pieces: Iterable[Piece]) -> list[tuple[int, int, list[Word]]]:
        """Pieces that share a column as one cell, left to right."""
        found: list[tuple[int, int, list[Word]]] = []
        for piece in sorted(pieces, key=lambda p: (p.first, p.last)):
            if found and piece.first <= found[-1][1]:
                a, b, words = found[-1]
                found[-1] = (a, max(b, piece.last), words + piece.phrase.words)
            else:
                found.append((piece.first, piece.last, list(piece.phrase.words)))
        return found

    def _band(self, band: int) -> list[Row]:
        """The rows of print between two horizontal edges."""
        return self.finder.rows(self.bands[band], ruled=len(self.lattice.ys) > 4)

    def _band_lines(self, band: int) -> list[PieceLine]:
        """Its lines of print over all cells, each as pieces in columns."""
        spots = [spot for spot in self.spots[band] if self.held[spot]]
        owner = {id(word): spot for spot in spots for word in self.held[spot]}
        found: list[PieceLine] = []
        for line in text_lines([word for spot in spots for word in self.held[spot]]):
            pieces: list[Piece] = []
            by_cell: dict[int, list[Word]] = {}
            for word in line.words:
                by_cell.setdefault(owner[id(word)], []).append(word)
            for spot, inside in by_cell.items():
                pieces.extend(self.columns.pieces(inside, self.inside[spot]))
            if pieces:
                found.append(PieceLine(sorted(pieces, key=_FIRST), line.top, line.bottom))
        return found


def _by_column(pieces: Iterable[Piece]) -> dict[int, list[Word]]:
    """The words over each column of a row."""
    found: dict[int, list[Word]] = {}
    for piece in pieces:
        for column in range(piece.first, piece.last + 1):
            found.setdefault(column, []).extend(piece.phrase.words)
    return found
