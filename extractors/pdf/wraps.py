"""Rows by what fits: whose line a line of print is that holds nothing but part of a label.

Figures stand at the first line of their label, at its middle or at its last one, the same way in
all rows of a table. Each of the three ways says which lines go on with the line above them. A line
goes on where the one above had no room left for its first word, or where it begins with a small
letter; it begins a row where a mark or a number opens it, or where more blank parts it from the
line above than parts other lines. The way that these contradict least is the table's; rows that
another way reads otherwise, and hardly worse, are in doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractors.pdf.pieces import LONGEST_ORDINAL, Piece, PieceLine

_MOST = 25
"""Lines of one row, at most."""

_HEADING = 0.3
"""What a row counts that has no figures: such rows are fewer than lines of labels."""

_TOO_MANY = 0.7
"""What each of these counts more where there are more than one to three rows of figures."""

_CAPITAL = 0.25
"""What a line counts that goes on with a capital: names do, and so do labels of their own. Where it
does so in two languages side by side it counts twice."""

_MARGIN = 0.9
"""What another way must be worse by, for rows that it reads otherwise to be sure."""

_WIDER = 1.12
"""How much wider than the narrowest step between two lines a step between rows is."""

_TIGHT = 1.7
"""Heights of a line from one line of a label to the next, at most."""

_OPENS = re.compile(r"[+*•▪●]|\d{1,2}[.)]|[a-zđ]\)|[IVX]+\.|\(\d")
_ORDINAL = re.compile(r"\d{1,3}|[IVX]{1,4}|[A-ZĐ]")
_DASH = re.compile(r"[-–]")
_NEVER = float("inf")

_Way = Literal["top", "middle", "bottom"]
_WAYS: tuple[_Way, ...] = ("top", "middle", "bottom")


class Fit(NamedTuple):
    """For each line whether it goes on with the line above, None where that is not looked at.

    `doubtful` are the lines that may be of other rows.
    """

    joins: list[bool | None]
    doubtful: frozenset[int]


class _Joint(NamedTuple):
    """What speaks against a line going on with the line above it, and against its being apart."""

    join: float
    part: float


@dataclass(slots=True)
class _Step:
    """A piece and the one above it in its column."""

    upper: Piece
    lower: Piece
    size: float
    """From the top of one to the top of the other."""


class _Rows(NamedTuple):
    cost: float
    spans: tuple[tuple[int, int], ...]


def rows_that_fit(lines: Sequence[PieceLine], start: int) -> Fit:
    """Rows of a table's body, told by its labels; `start` is the first column of figures."""
    nothing = Fit([None] * len(lines), frozenset())
    anchors = [n for n, line in enumerate(lines) if line.numeric]
    if start < 1 or not anchors:
        return nothing
    table = _Table(lines, anchors, start)
    if not any(table.texts):
        return nothing
    found = sorted((table.rows(way) for way in _WAYS), key=lambda r: r.cost)
    if found[0].cost == _NEVER:
        return nothing
    return table.fit(found)


class _Table:
    """The lines from the first that may be of a row of figures to the last."""

    def __init__(self, lines: Sequence[PieceLine], anchors: Sequence[int], start: int) -> None:
        self.lines = lines
        self.anchors = frozenset(anchors)
        self.figures = _columns_of_figures([lines[n] for n in anchors], start)
        self.ordinals = _has_ordinals([lines[n] for n in anchors], start)
        self.marked = [self.ordinals and line.pieces[0].first == 0 for line in lines]
        self.texts = [self._is_text(line) for line in lines]
        self.first = anchors[0]
        while self.first > 0 and self.texts[self.first - 1]:
            self.first -= 1
        self.texts[: self.first] = [False] * self.first
        self.end = len(lines)
        self.rooms = self._rooms()
        self.steps = [self._steps_to(n) for n in range(self.first, self.end)]
        self.narrowest, self.parted = self._spacing()
        self.joints = [self._joint(n) for n in range(self.first, self.end)]

    def _is_text(self, line: PieceLine) -> bool:
        """Whether it has no figures, and nothing stands in a column of figures."""
        return not line.numeric and not any(
            p.first <= column <= p.last for p in line.pieces for column in self.figures
        )

    def _words(self, line: PieceLine) -> list[Piece]:
        """Its pieces but figures and ordinals."""
        return [
            p
            for p in line.pieces
            if p.first == p.last
            and p.first not in self.figures
            and not (self.ordinals and p.first == 0)
        ]

    def _rooms(self) -> dict[int, tuple[float, float, bool]]:
        """Of each column of words its edges, and whether its lines are set in the middle."""
        found: dict[int, list[Piece]] = {}
        for line in self.lines[self.first : self.end]:
            for piece in self._words(line):
                found.setdefault(piece.first, []).append(piece)
        return {column: _room(pieces) for column, pieces in found.items()}

    def _steps_to(self, at: int) -> list[_Step]:
        """From the pieces of a line to those close above them."""
        line = self.lines[at]
        reach = line.top - _TIGHT * (line.bottom - line.top)
        found: list[_Step] = []
        for piece in self._words(line):
            for above in reversed(self.lines[self.first : at]):
                if above.top < reach:
                    break
                upper = next((p for p in self._words(above) if p.first == piece.first), None)
                if upper is not None:
                    found.append(_Step(upper, piece, line.top - above.top))
                    break
        return found

    def _spacing(self) -> tuple[float, bool]:
        """The narrowest step, and whether rows of one line each stand further apart than that."""
        sizes = [step.size for steps in self.steps for step in steps]
        narrowest = min(sizes, default=0.0)
        rows = [
            step.size
            for at, steps in enumerate(self.steps, self.first)
            for step in steps
            if {at - 1, at} <= self.anchors
        ]
        return narrowest, bool(rows) and min(rows) > _WIDER * narrowest

    def _joint(self, at: int) -> _Joint:
        steps = self.steps[at - self.first]
        line = self.lines[at]
        opened = at not in self.anchors and self.marked[at]
        if not steps:
            apart = at == self.first or line.top > self.lines[at - 1].bottom
            return _Joint(1.0 if apart or opened else 0.0, 0.0)
        against = [self._against(step) for step in steps]
        capitals = len(steps) > 1 and not any(map(_is_small, steps))
        return _Joint(
            max(j.join for j in against) + _CAPITAL * capitals + opened,
            max(j.part for j in against) * (not opened),
        )

    def _against(self, step: _Step) -> _Joint:
        text = step.lower.phrase.text
        wide = step.size > _WIDER * self.narrowest
        small = _is_small(step)
        join = (
            float(wide) + (_OPENS.match(text) is not None) + 0.5 * (_DASH.match(text) is not None)
        )
        if not small:
            join += 1.0 if self._had_room(step) else _CAPITAL
        join += _style(step.upper) != _style(step.lower)
        return _Joint(join, float(small) + (self.parted and not wide))

    def _had_room(self, step: _Step) -> bool:
        """Whether the first word of a line would have fitted in the line above."""
        word, upper = step.lower.phrase.words[0], step.upper.phrase
        x0, x1, middle = self.rooms[step.lower.first]
        room = x1 - x0 - (upper.x1 - upper.x0) if middle else x1 - upper.x1
        return word.x1 - word.x0 + 0.2 * word.size <= room

    def rows(self, way: _Way) -> _Rows:
        """The rows that are least contradicted where figures stand so beside their labels."""
        best = [_Rows(0.0, ())]
        for end in range(self.first, self.end):
            options = [
                _Rows(
                    best[begin - self.first].cost + cost,
                    (*best[begin - self.first].spans, (begin, end)),
                )
                for begin, cost in self._ending(end, way)
            ]
            best.append(min(options, key=lambda r: r.cost, default=_Rows(_NEVER, ())))
        cost, spans = best[-1]
        headings = len(spans) - len(self.anchors)
        return _Rows(cost + _TOO_MANY * max(0.0, headings - len(self.anchors) / 3), spans)

    def _ending(self, end: int, way: _Way) -> Iterator[tuple[int, float]]:
        """Where a row may begin that ends with a line, and what speaks against it."""
        anchor: int | None = None
        joined = 0.0
        for begin in range(end, max(self.first, end - _MOST) - 1, -1):
            if not self.texts[begin]:
                if anchor is not None:
                    return
                anchor = begin
            joint = self.joints[begin - self.first]
            cost = self._row(begin, anchor, end, way)
            if cost < _NEVER:
                yield begin, joined + cost + (joint.part if begin > self.first else 0.0)
            if anchor is not None and anchor not in self.anchors:
                return
            joined += joint.join

    def _row(self, begin: int, anchor: int | None, end: int, way: _Way) -> float:
        """What speaks against lines as one row, beside what joins and parts them."""
        if anchor is None:
            return _HEADING
        above, below = anchor - begin, end - anchor
        if anchor not in self.anchors:
            return _NEVER if above + below else 0.0
        if (above, below) != _as_set(above + below, way):
            return _NEVER
        bare = not self._words(self.lines[anchor]) and not (above and below)
        return float(bare) + (sum(self.marked[begin : end + 1]) > 1)

    def fit(self, found: Sequence[_Rows]) -> Fit:
        """The rows of the least contradicted way, and the lines that others read otherwise."""
        best = found[0]
        joins: list[bool | None] = [None] * len(self.lines)
        for begin, end in best.spans:
            if begin == self.first > 0 and self._of_head(begin, end):
                continue
            joins[begin] = False if self._looked_at(begin) else None
            joins[begin + 1 : end + 1] = [True] * (end - begin)
        doubtful = {*self._contradicted(best)}
        for other in found[1:]:
            if other.cost - best.cost <= _MARGIN:
                for begin, end in set(best.spans) ^ set(other.spans):
                    doubtful |= {*range(begin, end + 1)}
        return Fit(joins, frozenset(doubtful))

    def _of_head(self, begin: int, end: int) -> bool:
        """Whether labels right below a head are no row of their own that an ordinal opens."""
        if not self.anchors.isdisjoint(range(begin, end + 1)):
            return False
        opening = self.lines[begin].pieces[0].phrase.text
        return not (self.marked[begin] and _ORDINAL.fullmatch(opening))

    def _contradicted(self, found: _Rows) -> Iterator[int]:
        """Lines of rows that go against what their words or steps say, as at a page's end."""
        above = range(0)
        for begin, end in found.spans:
            row, first = range(begin, end + 1), begin - self.first
            joins = sum(joint.join for joint in self.joints[first + 1 : end + 1 - self.first])
            bare = begin in self.anchors and not self._words(self.lines[begin])
            parted = self.joints[first].part >= _MARGIN and first > 0
            if joins >= _MARGIN or parted or (bare and begin == end):
                yield from row
            if parted:
                yield from above
            above = row

    def _looked_at(self, at: int) -> bool:
        """Whether it and the line above it are of labels or figures."""
        known = [self.texts[n] or n in self.anchors for n in (at - 1, at) if n >= self.first]
        return all(known)


def _as_set(others: int, way: _Way) -> tuple[int, int]:
    """How many lines of a label stand above and below its figures; none for an odd middle."""
    if way == "top":
        return 0, others
    return (others, 0) if way == "bottom" else (others // 2, others // 2)


def _columns_of_figures(rows: Sequence[PieceLine], start: int) -> frozenset[int]:
    """The columns that hold figures in some rows, and no words in more."""
    figures: Counter[int] = Counter()
    words: Counter[int] = Counter()
    for row in rows:
        for piece in row.pieces:
            if piece.last >= start:
                (figures if piece.numeric else words).update(range(piece.first, piece.last + 1))
    return frozenset(c for c, times in figures.items() if times > words[c])


def _has_ordinals(rows: Sequence[PieceLine], start: int) -> bool:
    """Whether the first column counts the rows, and labels stand in the second."""
    firsts = [row.pieces[0].phrase.text for row in rows if row.pieces[0].last == 0]
    short = sum(
        (len(text) <= LONGEST_ORDINAL and not text.isalpha()) or len(text) < 3 for text in firsts
    )
    return start > 1 and 2 * short > len(firsts)


def _room(pieces: Sequence[Piece]) -> tuple[float, float, bool]:
    lefts = [p.phrase.x0 for p in pieces]
    rights = [p.phrase.x1 for p in pieces]
    middles = [a + b for a, b in zip(lefts, rights, strict=True)]
    middle = (max(middles) - min(middles)) / 2 < 0.5 * (max(lefts) - min(lefts))
    return min(lefts), max(rights), middle


def _is_small(step: _Step) -> bool:
    first = step.lower.phrase.text[0]
    return first.islower() or first == "("


def _style(piece: Piece) -> tuple[bool, int]:
    words = piece.phrase.words
    return all(w.bold for w in words), round(words[0].size)
