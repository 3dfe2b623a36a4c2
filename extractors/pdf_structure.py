"""Rows, columns and merged cells inside a table's frame, from where its words stand.

A frame may be a full lattice of rules, a few horizontal rules, or nothing but a box round aligned
text; what the rules leave open is decided here: columns lie between rivers of white that no line of
the body crosses, rows are lines of print that figures share, and a label that ran out of room goes on
in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.pdf_lines import Lattice, locate
from extractors.pdf_objects import Rule, Word, rules_between
from extractors.pdf_text import Phrase, TextLine, phrases, text_lines

_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\s*(?:\W*|\(?\d\)?)")

_WEAK_GAP = 0.55
"""A blank of this many letter sizes may part two columns, if every line of the body agrees."""


@dataclass(slots=True)
class Slot:
    """A cell of the finished table: rows and columns from 0, both ends included."""

    row: int
    column: int
    last_row: int
    last_column: int
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Built:
    """A finished table: edges and cells."""

    xs: list[float]
    ys: list[float]
    slots: list[Slot]


@dataclass(slots=True)
class Piece:
    """A phrase and the columns it stands in."""

    phrase: Phrase
    first: int
    last: int

    @property
    def numeric(self) -> bool:
        return self.phrase.numeric


@dataclass(slots=True)
class _Column:
    """The room that a column's words take."""

    x0: float
    x1: float


@dataclass(slots=True)
class _Row:
    lines: list[list[Piece]]
    top: float
    bottom: float

    @property
    def pieces(self) -> list[Piece]:
        return [p for line in self.lines for p in line]


@dataclass(slots=True)
class _Line:
    pieces: list[Piece]
    top: float
    bottom: float

    numeric: bool = False


def build(lattice: Lattice, words: Sequence[Word], underlines: Sequence[Rule] = ()) -> Built:
    """The finished table inside a frame.

    `underlines` are horizontal rules shorter than the table, such as those under a header that
    stands over several columns.
    """
    held = _held(lattice, words)
    columns, cuts = _columns(lattice, held)
    xs = sorted([*lattice.xs, *cuts])
    return _Builder(lattice, held, xs, columns, underlines).built()


def _held(lattice: Lattice, words: Sequence[Word]) -> list[list[Word]]:
    owner = {
        (r, c): n
        for n, (r0, c0, r1, c1) in enumerate(lattice.cells)
        for r in range(r0, r1 + 1)
        for c in range(c0, c1 + 1)
    }
    held: list[list[Word]] = [[] for _ in lattice.cells]
    for word in words:
        row = locate(lattice.ys, (word.top + word.bottom) / 2)
        column = locate(lattice.xs, (word.x0 + word.x1) / 2)
        if row is not None and column is not None:
            held[owner[row, column]].append(word)
    return held


# --- columns --------------------------------------------------------------


def _columns(lattice: Lattice, held: Sequence[Sequence[Word]]) -> tuple[list[_Column], list[float]]:
    """The room each column takes, and the cuts that the rules do not give."""
    alone: list[int] = [0] * (len(lattice.xs) - 1)
    voters: list[tuple[int, int, list[Phrase]]] = []
    for (_, c0, _, c1), words in zip(lattice.cells, held, strict=True):
        for line in text_lines(words):
            parts = phrases(line.words, _WEAK_GAP)
            if len(parts) > 1:
                voters.append((c0, c1, parts))
            elif c0 == c1:
                alone[c0] += 1
    cuts: list[float] = []
    for column in range(len(lattice.xs) - 1):
        lines = [p for c0, c1, p in voters if c0 <= column <= c1]
        if len(lines) >= 2 and (
            len(lattice.xs) == 2 or len(lines) > alone[column] * (1 if len(lines) > 2 else 0.5)
        ):
            cuts.extend(_rivers(lines, lattice.xs[column], lattice.xs[column + 1]))
    xs = sorted([*lattice.xs, *cuts])
    return [_Column(a, b) for a, b in pairwise(xs)], cuts


def _rivers(lines: list[list[Phrase]], left: float, right: float) -> list[float]:
    """White between two edges that most lines of the body keep free; the middle of each river."""
    body = [line for line in lines if any(p.numeric and not _YEAR.fullmatch(p.text) for p in line)]
    if len(body) < 2 or len(body) < 0.3 * len(lines):
        body = lines
    inside = [[p for p in line if p.x1 > left and p.x0 < right] for line in body]
    inside = [line for line in inside if line]
    found: list[float] = []
    for low, high in _white(inside):
        islands = _united(
            (p.x0, p.x1)
            for line in inside
            for p in line
            if low - 0.5 <= p.x0 and p.x1 <= high + 0.5
        )
        edges = [low, *(x for island in islands for x in island), high]
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            if b - a > 1.0 and _parts(inside, a, b):
                found.append((a + b) / 2)
    return found


def _white(lines: Sequence[Sequence[Phrase]]) -> list[tuple[float, float]]:
    """Stretches that more lines leave blank between two phrases than print over."""
    events: list[tuple[float, int, int]] = []
    for line in lines:
        for phrase in line:
            events += [(phrase.x0, 1, 0), (phrase.x1, -1, 0)]
        for before, after in pairwise(line):
            events += [(before.x1, 0, 1), (after.x0, 0, -1)]
    events.sort()
    found: list[tuple[float, float]] = []
    start: float | None = None
    printed = blank = 0
    for x, over, free in events:
        white = blank > 0 and printed <= 0.5 * blank
        printed, blank = printed + over, blank + free
        now = blank > 0 and printed <= 0.5 * blank
        if now and not white:
            start = x if start is None else start
        elif white and not now and start is not None:
            if found and start - found[-1][1] < 0.01:
                found[-1] = (found[-1][0], x)
            elif x - start > 0.01:
                found.append((start, x))
            start = None
    return found


def _united(spans: Iterable[tuple[float, float]]) -> list[list[float]]:
    """Overlapping intervals as one."""
    room: list[list[float]] = []
    for x0, x1 in sorted(spans):
        if room and x0 <= room[-1][1]:
            room[-1][1] = max(room[-1][1], x1)
        else:
            room.append([x0, x1])
    return room


def _parts(lines: Sequence[Sequence[Phrase]], low: float, high: float) -> bool:
    """Whether few enough lines have a word across the white for it to part columns."""
    apart = crossed = 0
    for line in lines:
        if any(w.x0 < low - 0.5 and w.x1 > high + 0.5 for p in line for w in p.words):
            crossed += 1
        elif any(p.x1 <= low + 0.5 for p in line) and any(p.x0 >= high - 0.5 for p in line):
            apart += 1
        else:
            crossed += any(p.x0 < low and p.x1 > high and not _blank_at(p, low, high) for p in line)
    return apart > 0 and (crossed <= 0.25 * apart or (crossed == 1 and apart >= 2))


def _blank_at(phrase: Phrase, low: float, high: float) -> bool:
    return any(a.x1 <= high and b.x0 >= low for a, b in pairwise(phrase.words))


# --- rows -----------------------------------------------------------------


class _Builder:
    """Holds what all bands of one table share."""

    def __init__(
        self,
        lattice: Lattice,
        held: list[list[Word]],
        xs: list[float],
        columns: list[_Column],
        underlines: Sequence[Rule],
    ) -> None:
        self.lattice = lattice
        self.held = held
        self.xs = xs
        self.underlines = sorted(underlines)
        self.fine = [
            [n for n, x in enumerate(xs[:-1]) if a - 0.01 <= x < b - 0.01]
            for a, b in pairwise(lattice.xs)
        ]
        self.columns = self._extents(columns)
        self.seen_figures = False
        self.bands = [self._band_lines(n) for n in range(len(lattice.ys) - 1)]
        lines = [line for band in self.bands for line in band]
        _mark_figures(lines)
        self.has_figures = any(line.numeric for line in lines)
        if len(lattice.xs) == 2:
            self._centre(lines)

    def _extents(self, columns: list[_Column]) -> list[_Column]:
        """Shrink each column from its edges to the words that stand in it alone.

        Where there are rows of figures they speak: heads may be set to the other side of a column.
        """
        lines = [
            phrases(line.words, _WEAK_GAP) for words in self.held for line in text_lines(words)
        ]
        body = [line for line in lines if any(p.numeric for p in line)]
        room = [_Column(c.x1, c.x0) for c in columns]
        for chosen in (body, lines):
            empty = [column.x0 > column.x1 for column in room]
            for phrase in (p for line in chosen for p in line):
                spot = locate(self.xs, (phrase.x0 + phrase.x1) / 2)
                if spot is not None and empty[spot] and self._alone(phrase, spot):
                    room[spot].x0 = min(room[spot].x0, phrase.x0)
                    room[spot].x1 = max(room[spot].x1, phrase.x1)
        for taken, whole in zip(room, columns, strict=True):
            if taken.x0 > taken.x1:
                taken.x0, taken.x1 = whole.x0, whole.x1
        return room

    def _alone(self, phrase: Phrase, spot: int) -> bool:
        return self.xs[spot] - 1 <= phrase.x0 and phrase.x1 <= self.xs[spot + 1] + 1

    def built(self) -> Built:
        bands: list[list[_Row]] = []
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
        for spot, (r0, c0, r1, c1) in enumerate(self.lattice.cells):
            columns = [n for c in range(c0, c1 + 1) for n in self.fine[c]]
            if r0 != r1 or len(bands[r0]) == 0:
                slots.append(
                    Slot(starts[r0], columns[0], starts[r1 + 1] - 1, columns[-1], self.held[spot])
                )
            else:
                slots.extend(self._cell_slots(bands[r0], starts[r0], columns, c0 == c1))
        return Built(self.xs, ys, sorted(slots, key=lambda s: (s.row, s.column)))

    def _cell_slots(
        self, rows: list[_Row], start: int, columns: list[int], single: bool
    ) -> list[Slot]:
        """One lattice cell, cut into the rows of its band and its own columns."""
        first, last = columns[0], columns[-1]
        parts: list[list[Piece]] = [
            [p for p in row.pieces if p.last >= first and p.first <= last] for row in rows
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

    def _band(self, band: int) -> list[_Row]:
        """The rows of print between two horizontal edges."""
        lines = self.bands[band]
        rows = self._grouped(lines, ruled=len(self.lattice.ys) > 4)
        self.seen_figures = self.seen_figures or any(line.numeric for line in lines)
        return rows

    def _band_lines(self, band: int) -> list[_Line]:
        """Its lines of print over all cells, each as pieces in columns."""
        owner: dict[int, int] = {}
        words: list[Word] = []
        for spot, (r0, _, r1, _) in enumerate(self.lattice.cells):
            if r0 == r1 == band:
                words.extend(self.held[spot])
                owner.update((id(w), spot) for w in self.held[spot])
        found: list[_Line] = []
        for line in text_lines(words):
            pieces: list[Piece] = []
            by_cell: dict[int, list[Word]] = {}
            for word in line.words:
                by_cell.setdefault(owner[id(word)], []).append(word)
            for spot, inside in by_cell.items():
                _, c0, _, c1 = self.lattice.cells[spot]
                columns = [n for c in range(c0, c1 + 1) for n in self.fine[c]]
                pieces.extend(self._pieces(inside, columns))
            if pieces:
                found.append(_Line(sorted(pieces, key=lambda p: p.first), line.top, line.bottom))
        return found

    def _pieces(self, words: list[Word], columns: list[int]) -> list[Piece]:
        """The words of one line of one cell, cut at the columns' edges."""
        if len(columns) == 1:
            return [Piece(Phrase(words), columns[0], columns[0])]
        made: list[Piece] = []
        found = phrases(words, _WEAK_GAP)
        for phrase in found:
            for part in self._at_cuts(phrase) if len(found) > 1 else [phrase]:
                first, last = self._span(part, columns)
                made.append(Piece(part, first, last))
        made = self._in_order(made, columns) or _unshared(made)
        for number, piece in enumerate(made):
            under = self._underlined(piece.phrase, columns)
            others = [p for n, p in enumerate(made) if n != number]
            if under and all(p.last < under[0] or p.first > under[1] for p in others):
                piece.first, piece.last = under
        return made

    def _in_order(self, made: list[Piece], columns: list[int]) -> list[Piece] | None:
        """One phrase to each column, where they are as many and their places leave it open."""
        if len(made) == len(columns) - 1 and made[0].phrase.x0 > self.columns[columns[0]].x1:
            columns = columns[1:]
        if len(made) != len(columns):
            return None
        clash = any(a.last >= b.first for a, b in pairwise(made))
        floating = any(not self._touched(p.phrase, columns) for p in made)
        if not (clash and floating) or any(p.last > p.first for p in made):
            return None
        return [Piece(p.phrase, n, n) for p, n in zip(made, columns, strict=True)]

    def _at_cuts(self, phrase: Phrase) -> list[Phrase]:
        """A phrase over an edge of columns, cut there where its blank is wider than its others."""
        words = phrase.words
        if len(words) < 2 or locate(self.xs, phrase.x0) == locate(self.xs, phrase.x1):
            return [phrase]
        blanks = [b.x0 - a.x1 for a, b in pairwise(words)]
        usual = max(min(blanks) if len(blanks) > 1 else 0.0, 0.25 * words[0].size)
        parts, start = [], 0
        for number, blank in enumerate(blanks, 1):
            left, right = words[number - 1], words[number]
            if blank > 1.35 * usual and locate(self.xs, (left.x0 + left.x1) / 2) != locate(
                self.xs, (right.x0 + right.x1) / 2
            ):
                parts.append(Phrase(words[start:number]))
                start = number
        parts.append(Phrase(words[start:]))
        return parts

    def _touched(self, phrase: Phrase, columns: list[int]) -> list[int]:
        """The columns whose words stand over or under a good part of the phrase."""
        touched = []
        for n in columns:
            column = self.columns[n]
            overlap = min(phrase.x1, column.x1) - max(phrase.x0, column.x0)
            least = min(phrase.x1 - phrase.x0, column.x1 - column.x0)
            if overlap > 0.3 * least and overlap > 0:
                touched.append(n)
        return touched

    def _span(self, phrase: Phrase, columns: list[int]) -> tuple[int, int]:
        touched = self._touched(phrase, columns)
        if touched:
            return touched[0], touched[-1]
        middle = (phrase.x0 + phrase.x1) / 2
        nearest = min(
            columns,
            key=lambda n: abs((self.columns[n].x0 + self.columns[n].x1) / 2 - middle),
        )
        return nearest, nearest

    def _centre(self, lines: Sequence[_Line]) -> None:
        """Give header cells set in the middle over several columns the columns they stand over.

        Only above the first row of figures, where the next line has a cell in each of them.
        """
        headed: set[int] = set()
        for at, line in enumerate(lines[:-1]):
            if line.numeric:
                return
            for number, piece in enumerate(line.pieces):
                low = line.pieces[number - 1].last + 1 if number else 0
                after = line.pieces[number + 1 :]
                high = after[0].first - 1 if after else len(self.columns) - 1
                if headed.isdisjoint(range(piece.first, piece.last + 1)):
                    while any(n in headed for n in range(low, piece.first)):
                        low += 1
                    while any(n in headed for n in range(piece.last + 1, high + 1)):
                        high -= 1
                    self._widen(piece, _under(lines[at + 1 : at + 5], low, high))
            headed.update(n for p in line.pieces for n in range(p.first, p.last + 1))

    def _widen(self, piece: Piece, under: list[Piece]) -> None:
        middle = (piece.phrase.x0 + piece.phrase.x1) / 2
        best: tuple[int, int] | None = None
        for a, first in enumerate(under):
            for last in under[a + 1 :]:
                centre = (first.phrase.x0 + last.phrase.x1) / 2
                rooms = (self.columns[first.first].x0 + self.columns[last.last].x1) / 2
                inside = first.first <= piece.first and piece.last <= last.last
                near = min(abs(centre - middle), abs(rooms - middle)) <= max(
                    4.0, 0.15 * (last.phrase.x1 - first.phrase.x0)
                )
                if (
                    inside
                    and near
                    and (best is None or last.last - first.first > best[1] - best[0])
                ):
                    best = (first.first, last.last)
        if best is not None:
            piece.first, piece.last = best

    def _underlined(self, phrase: Phrase, columns: list[int]) -> tuple[int, int] | None:
        """The columns over which a rule runs close under the phrase."""
        word = phrase.words[0]
        middle = (phrase.x0 + phrase.x1) / 2
        for rule in rules_between(
            self.underlines, word.bottom - 0.3 * word.size, word.bottom + 0.8 * word.size
        ):
            if (
                not rule.start - 2 <= middle <= rule.end + 2
                or rule.length < phrase.x1 - phrase.x0 - 4
            ):
                continue
            over = [
                n
                for n in columns
                if rule.start - 2 <= (self.columns[n].x0 + self.columns[n].x1) / 2 <= rule.end + 2
            ]
            if len(over) > 1:
                return over[0], over[-1]
        return None

    # rows of a band

    def _grouped(self, lines: list[_Line], *, ruled: bool) -> list[_Row]:
        if not lines:
            return []
        if ruled and not _stacked(lines):
            return self._levels(lines)
        pitch = _pitch(lines)
        rows = [_one_row(lines[:1])]
        figures = not self.has_figures or self.seen_figures or lines[0].numeric
        last = lines[0]
        for number, line in enumerate(lines[1:], 1):
            after = lines[number + 1] if number + 1 < len(lines) else None
            if self._continues(rows[-1], last, line, after, pitch, header=not figures):
                rows[-1].lines.append(line.pieces)
                rows[-1].bottom = max(rows[-1].bottom, line.bottom)
            else:
                rows.append(_one_row([line]))
            figures = figures or line.numeric
            last = line
        return rows

    def _levels(self, lines: list[_Line]) -> list[_Row]:
        """One row, but for a head that stands over several cells of its own band."""
        rows = [_one_row(lines[:1])]
        for line in lines[1:]:
            if any(len(_below(upper, line)) > 1 for upper in rows[-1].pieces):
                rows.append(_one_row([line]))
            else:
                rows[-1].lines.append(line.pieces)
                rows[-1].bottom = max(rows[-1].bottom, line.bottom)
        return rows

    def _continues(
        self,
        row: _Row,
        above: _Line,
        line: _Line,
        after: _Line | None,
        pitch: float,
        *,
        header: bool,
    ) -> bool:
        """Whether a line of print belongs to the row of the line above it."""
        distance = line.top - above.top
        size = line.bottom - line.top
        if not self.has_figures and self._complete(line):
            return False
        if header and not line.numeric:
            lone = len(line.pieces) == 1 and line.pieces[0].first == 0
            if lone and not self._full(above, line) and row.pieces[0].first == 0:
                return False
            return not self._conflict(row, above, line) and distance < 2.2 * size
        if distance > 1.1 * pitch or distance > 1.6 * size or _rivals(row, line):
            return False
        if line.numeric or not above.numeric:
            return self._full(above, line)
        if after is not None and after.top - line.top < distance - 1:
            return False
        return self._full(above, line)

    def _complete(self, line: _Line) -> bool:
        """A row of words that begins in the first column and fills most others."""
        filled = sum(p.last - p.first + 1 for p in line.pieces)
        return line.pieces[0].first == 0 and filled >= 0.6 * len(self.columns)

    def _full(self, above: _Line, line: _Line) -> bool:
        """Whether the first word of a line would not have fitted in the line above."""
        start = line.pieces[0].phrase.words[0].text[0]
        if start.islower() or start == "(":
            return True
        for piece in line.pieces:
            upper = [p for p in above.pieces if p.first <= piece.first <= p.last]
            if not upper or piece.numeric:
                continue
            word = piece.phrase.words[0]
            room = self.columns[piece.first].x1 - upper[0].phrase.x1
            if word.x1 - word.x0 + 0.2 * word.size > room:
                return True
        return False

    def _conflict(self, row: _Row, above: _Line, line: _Line) -> bool:
        """A cell over several columns stands above several cells: two header levels."""
        for upper in row.pieces:
            if upper.first == upper.last:
                continue
            below = _below(upper, line)
            if len(below) > 1 or any(not _wraps(upper, p) for p in below):
                return True
        return any(
            above.bottom - 2 <= rule.at <= line.top + 3
            and any(
                rule.start - 2 <= p.phrase.x0 and p.phrase.x1 <= rule.end + 2 for p in above.pieces
            )
            for rule in self.underlines
        )


def _mark_figures(lines: Sequence[_Line]) -> None:
    """Say of each line whether it holds figures of the body, not numbers that head columns.

    Years, and numbers above the first line that has a label, are heads.
    """
    least = 1 if any(p.numeric and p.first > 0 for line in lines for p in line.pieces) else 0
    labelled = sum(1 for line in lines if line.pieces[0].first == 0) > 0.5 * len(lines)
    begun = False
    for line in lines:
        figures = [p for p in line.pieces if p.numeric and p.first >= least]
        if not begun and figures:
            years = all(_YEAR.fullmatch(p.phrase.text) for p in figures)
            begun = not years and (not labelled or line.pieces[0].first == 0)
        line.numeric = begun and bool(figures)
    if not begun:
        for line in lines:
            line.numeric = any(p.numeric and p.first >= least for p in line.pieces)


def _unshared(pieces: list[Piece]) -> list[Piece]:
    """Neighbours on one line that claim the same column: one cell, unless it can be divided."""
    made: list[Piece] = []
    for piece in pieces:
        if made and piece.first <= made[-1].last:
            before = made[-1]
            if before.last > before.first:
                before.last = max(before.first, piece.first - 1)
            if piece.first <= before.last and piece.last > piece.first:
                piece.first = before.last + 1
            if piece.first <= before.last:
                before.phrase = Phrase(before.phrase.words + piece.phrase.words)
                before.last = max(before.last, piece.last)
                continue
        made.append(piece)
    return made


def _under(lines: Sequence[_Line], low: int, high: int) -> list[Piece]:
    """The cells of the next line that has any between two columns."""
    for line in lines:
        under = [p for p in line.pieces if low <= p.first and p.last <= high]
        if under or line.numeric:
            return under
    return []


def _below(upper: Piece, line: _Line) -> list[Piece]:
    """The cells of a line that stand under a cell over several columns."""
    if upper.first == upper.last:
        return []
    return [p for p in line.pieces if upper.first <= p.first and p.last <= upper.last]


def _wraps(upper: Piece, piece: Piece) -> bool:
    """Whether it goes on with the cell above: as broad, centred under it, or flush with it."""
    if piece.last - piece.first >= upper.last - upper.first:
        return True
    a, b = upper.phrase, piece.phrase
    return abs(a.x0 + a.x1 - b.x0 - b.x1) < 8 or abs(a.x0 - b.x0) < 2


def _rivals(row: _Row, line: _Line) -> bool:
    """Whether a figure of the line would stand in a column that the row has filled."""
    return any(
        p.first <= q.last and q.first <= p.last
        for p in line.pieces
        if p.numeric and line.numeric
        for q in row.pieces
    )


def _one_row(lines: Sequence[_Line]) -> _Row:
    return _Row(
        [line.pieces for line in lines],
        min(line.top for line in lines),
        max(line.bottom for line in lines),
    )


def _stacked(lines: Sequence[_Line]) -> bool:
    """Whether figures stand over figures in a column: several rows between two rules."""
    seen: set[int] = set()
    twice: set[int] = set()
    for line in lines:
        for piece in line.pieces:
            if piece.numeric:
                (twice if piece.first in seen else seen).add(piece.first)
    return len(twice) >= 2 or (len(twice) == 1 and len(seen) <= 2)


def _pitch(lines: Sequence[_Line]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if a.numeric and b.numeric]
    return median(steps) if steps else float("inf")


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """The lines of print of a region."""
    return text_lines(words)
