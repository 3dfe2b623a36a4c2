"""Phrases to columns: which columns of a table each phrase of a line stands in.

A phrase belongs to the columns whose words stand over or under it. Heads may be set to the other
side of a column, in the middle over several, or be marked by a rule that runs under them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

from extractors.pdf.columns import WEAK_GAP
from extractors.pdf.lines import locate
from extractors.pdf.objects import Rule, Word, rules_between
from extractors.pdf.text import NEARLY_ALL, WORD_BY_WORD, Phrase, phrases

_OFF_MIDDLE = 4.0
"""Points that a head may stand off the middle of the columns below it."""

_ALIKE = 1.0
_BLANK = 0.3
"""A blank as broad as fonts set it, in letter sizes: no less is unusual."""

LONGEST_ORDINAL = 5
_MOST_COLUMNS = 12
"""Columns among which those of a few phrases are chosen by trying all."""
_BELOW_HALF = 2.0
"""Points by which what a head stands over lies below the middle of the whole head, at least."""


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
class PieceLine:
    """A line of print of a table; `numeric` where it holds figures of the body."""

    pieces: list[Piece]
    top: float
    bottom: float
    numeric: bool = False


@dataclass(slots=True)
class Room:
    """What a column's words take."""

    x0: float
    x1: float


class Columns:
    """The columns of one table, and the rules that are shorter than it."""

    def __init__(
        self,
        xs: list[float],
        cells: Sequence[Sequence[list[Phrase]]],
        underlines: Sequence[Rule],
    ) -> None:
        self.xs = xs
        self.underlines = sorted(underlines)
        self._cells = cells
        self._rooms: list[Room] | None = None

    @property
    def columns(self) -> list[Room]:
        """What each column's words take; asked for where phrases may stand in several."""
        if self._rooms is None:
            edges = [Room(a, b) for a, b in pairwise(self.xs)]
            self._rooms = self._extents(edges)
        return self._rooms

    def _extents(self, columns: list[Room]) -> list[Room]:
        """Shrink each column from its edges to the words that stand in it alone.

        Where there are rows of figures they speak: heads may be set to the other side of a column.
        """
        lines = [line for cell in self._cells for line in cell]
        body = [line for line in lines if any(p.numeric for p in line)]
        room = [Room(c.x1, c.x0) for c in columns]
        for chosen in (body, lines):
            empty = [column.x0 > column.x1 for column in room]
            for phrase in chain.from_iterable(chosen) if any(empty) else ():
                x0, x1 = phrase.words[0].x0, phrase.words[-1].x1
                spot = locate(self.xs, (x0 + x1) / 2)
                if spot is not None and empty[spot] and self._alone(x0, x1, spot):
                    taken = room[spot]
                    taken.x0, taken.x1 = min(taken.x0, x0), max(taken.x1, x1)
        for taken, whole in zip(room, columns, strict=True):
            if taken.x0 > taken.x1:
                taken.x0, taken.x1 = whole.x0, whole.x1
        return room

    def _alone(self, x0: float, x1: float, spot: int) -> bool:
        return self.xs[spot] - 1 <= x0 and x1 <= self.xs[spot + 1] + 1

    def pieces(self, words: list[Word], columns: list[int]) -> list[Piece]:
        """The words of one line of one cell, cut at the columns' edges."""
        if len(columns) == 1:
            return [Piece(Phrase(words), columns[0], columns[0])]
        made: list[Piece] = []
        found = self._one_each(words, columns) or phrases(words, WEAK_GAP)
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

    def _one_each(self, words: Sequence[Word], columns: Sequence[int]) -> list[Phrase]:
        """Words that stand alone in a column each and fill nearly all: "Month Month Month"."""
        if len(words) < max(WORD_BY_WORD, NEARLY_ALL * len(columns)):
            return []
        spots = [locate(self.xs, (w.x0 + w.x1) / 2) for w in words]
        alone = all(
            spot is not None and self._alone(w.x0, w.x1, spot)
            for w, spot in zip(words, spots, strict=True)
        )
        return [Phrase([w]) for w in words] if alone and len(set(spots)) == len(spots) else []

    def _in_order(self, made: list[Piece], columns: list[int]) -> list[Piece] | None:
        """One phrase to each column, the nearest in turn, where two claim one and stand in none."""
        if all(a.last < b.first for a, b in pairwise(made)) or len(columns) > _MOST_COLUMNS:
            return None
        touched = [self._touched(p.phrase, columns) for p in made]
        if all(touched) or any(len(spots) > 1 for spots in touched):
            return None
        taken = min(
            (
                spots
                for spots in combinations(columns, len(made))
                if all(not own or own[0] == spot for own, spot in zip(touched, spots, strict=True))
            ),
            key=lambda spots: sum(
                abs(self._middle(spot) - p.phrase.x0 - p.phrase.x1)
                for p, spot in zip(made, spots, strict=True)
            ),
            default=None,
        )
        if taken is None:
            return None
        return [Piece(p.phrase, n, n) for p, n in zip(made, taken, strict=True)]

    def _middle(self, column: int) -> float:
        """Twice the middle of what stands in a column."""
        return self.columns[column].x0 + self.columns[column].x1

    def _at_cuts(self, phrase: Phrase) -> list[Phrase]:
        """A phrase over an edge of columns, cut there where its blank is wider than its others."""
        words = phrase.words
        if len(words) < 2 or locate(self.xs, phrase.x0) == locate(self.xs, phrase.x1):
            return [phrase]
        blanks = [b.x0 - a.x1 for a, b in pairwise(words)]
        usual = max(min(blanks) if len(blanks) > 1 else 0.0, _BLANK * words[0].size)
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
        inside = [n for n in columns if self._alone(phrase.x0, phrase.x1, n)]
        if inside:
            return inside[0], inside[0]
        middle = (phrase.x0 + phrase.x1) / 2
        nearest = min(
            columns,
            key=lambda n: abs((self.columns[n].x0 + self.columns[n].x1) / 2 - middle),
        )
        return nearest, nearest

    def align(self, lines: Sequence[PieceLine]) -> None:
        """Give phrases of a head that stand over no figures the columns of what they go on."""
        above: list[Piece] = []
        for line in lines:
            if line.numeric:
                return
            spots = [self._aligned(piece, above) for piece in line.pieces]
            if all(a[1] < b[0] for a, b in pairwise(spots)):
                for piece, spot in zip(line.pieces, spots, strict=True):
                    piece.first, piece.last = spot
                above.extend(line.pieces)

    def _aligned(self, piece: Piece, above: Sequence[Piece]) -> tuple[int, int]:
        """Its columns, or the one of the nearest piece above that has its edge or its middle."""
        if piece.first == piece.last and not self._touched(piece.phrase, [piece.first]):
            for upper in reversed(above):
                if upper.first == upper.last and _flush(upper.phrase, piece.phrase):
                    return upper.first, upper.last
        return piece.first, piece.last

    def centre(self, lines: Sequence[PieceLine]) -> None:
        """Give header cells set in the middle over several columns the columns they stand over.

        Only above the first row of figures, where the next line has a cell in each of them.
        """
        headed: set[int] = set()
        above: list[Piece] = []
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
                    under = under_line(lines[at : at + 7], low, high)
                    self._widen(piece, under, lone=self._lone(line, lines[at + 1]))
                elif over := _narrowest(piece, above):
                    bounds = max(low, over.first), min(high, over.last)
                    self._widen(piece, under_line(lines[at : at + 7], *bounds), lone=False)
            above.extend(line.pieces)
            headed.update(n for p in line.pieces for n in range(p.first, p.last + 1))

    def _lone(self, line: PieceLine, below: PieceLine) -> bool:
        """Whether a head has a line to itself, over a line with a cell in each column."""
        filled = sum(p.last - p.first + 1 for p in below.pieces)
        return len(line.pieces) == 1 and filled == len(self.xs) - 1

    def _widen(self, piece: Piece, under: list[Piece], *, lone: bool) -> None:
        """The columns in whose middle it stands; of ranges that fit alike the widest.

        A lone head leaves no columns to a neighbour, so it need not fit as well.
        """
        fits: list[tuple[float, Piece, Piece]] = []
        for a, first in enumerate(under):
            for b, last in enumerate(under[a + 1 :], a + 2):
                inside = first.first <= piece.first and piece.last <= last.last
                if inside and not _wrapped(piece, under[a:b]):
                    off = self._off_middle(piece.phrase, first, last)
                    if off <= max(_OFF_MIDDLE, 0.15 * (last.phrase.x1 - first.phrase.x0)):
                        fits.append((off, first, last))
        if fits:
            least = min(off for off, _, _ in fits)
            alike = [(a, b) for off, a, b in fits if lone or off <= least + _ALIKE]
            first, last = max(alike, key=lambda f: f[1].last - f[0].first)
            piece.first, piece.last = first.first, last.last

    def _off_middle(self, phrase: Phrase, first: Piece, last: Piece) -> float:
        """How far a phrase stands from the middle of the cells below it, or of their columns."""
        a, b = first.phrase, last.phrase
        twice = (
            a.x0 + b.x1,
            (a.x0 + a.x1 + b.x0 + b.x1) / 2,
            self.columns[first.first].x0 + self.columns[last.last].x1,
        )
        return min(abs(t - phrase.x0 - phrase.x1) / 2 for t in twice)

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


def _flush(above: Phrase, below: Phrase) -> bool:
    left, right = above.x0 - below.x0, above.x1 - below.x1
    return min(abs(left), abs(right), abs(left + right) / 2) < _ALIKE


def under_line(lines: Sequence[PieceLine], low: int, high: int) -> list[Piece]:
    """The nearest cell below the first line in each column between two, down to the first figures.

    Labels of the other columns are often set at half the height of a head in levels: what stands
    in the very next line is not all that stands below, and such a label stands beside the head.
    """
    head = [lines[0]]
    under: list[Piece] = []
    for at, line in enumerate(lines[1:], 1):
        here = [p for p in line.pieces if low <= p.first and p.last <= high]
        if line.numeric:
            under = under or here
            break
        if _opens_rows(lines, at) and {*range(max(low, 1), high + 1)} <= _covered(under):
            break
        head.append(line)
        under += [p for p in here if all(p.last < q.first or p.first > q.last for q in under)]
    half = (head[0].top + head[-1].bottom) / 2
    heights = [(_height(p, head[1:]), p) for p in under]
    if any(at > half + _BELOW_HALF for at, _ in heights):
        under = [p for at, p in heights if abs(at - half) > _BELOW_HALF]
    return sorted(under, key=lambda p: p.first)


def _narrowest(piece: Piece, above: Sequence[Piece]) -> Piece | None:
    """The last cell above a piece, where that stands over more columns than the piece."""
    over = [p for p in above if p.first <= piece.last and piece.first <= p.last]
    inside = over and over[-1].first <= piece.first and piece.last <= over[-1].last
    broader = inside and over[-1].last - over[-1].first > piece.last - piece.first + 1
    return over[-1] if broader else None


def _opens_rows(lines: Sequence[PieceLine], at: int) -> bool:
    """A lone label right above figures: "Giá trị (Tỷ đồng)" over its rows, or over its own end.

    It stands in the first column, or in the second where the first counts the rows.
    """
    pieces = lines[at].pieces
    if len(pieces) != 1 or at + 1 == len(lines) or not lines[at + 1].numeric:
        return False
    start = lines[at + 1].pieces[0]
    counted = start.last == 0 and len(start.phrase.text) <= LONGEST_ORDINAL
    return pieces[0].last <= counted


def _covered(pieces: Sequence[Piece]) -> set[int]:
    return {n for p in pieces for n in range(p.first, p.last + 1)}


def _wrapped(piece: Piece, under: Sequence[Piece]) -> bool:
    """Whether a head of one column goes on close below it, where its neighbours stand elsewhere."""
    word, phrase = piece.phrase.words[0], piece.phrase
    for p in under:
        top = p.phrase.words[0].top
        close = top - word.bottom < 0.4 * word.size
        middle = abs(p.phrase.x0 + p.phrase.x1 - phrase.x0 - phrase.x1) < 3
        if close and middle and any(abs(q.phrase.words[0].top - top) > 2 for q in under):
            return True
    return False


def _height(piece: Piece, head: Sequence[PieceLine]) -> float:
    """Half the height of a cell of a head and all that stands below it."""
    words = [
        w
        for line in head
        for p in line.pieces
        if p.first <= piece.last and p.last >= piece.first
        for w in p.phrase.words
    ] or piece.phrase.words
    return (min(w.top for w in words) + max(w.bottom for w in words)) / 2


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
