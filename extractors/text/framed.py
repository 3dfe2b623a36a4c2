"""Tables drawn with strokes and corners, where cells are merged by what the frame leaves out.

A border that a line does not draw lets its cell reach over the next column; a rule that is blank
over a column lets the cell go on below. The places of the borders decide, so a frame whose bars do
not stand under one another is left to the simpler reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors import limits
from solieu.model import Cell, Grid
from solieu.text import clean

_STROKE = re.compile(r"[-=_─━═]{2,}")
BARS = "|│║"
BAR = re.compile(f"[{BARS}]")
_CORNER = re.compile(r"[+├┼┤┌┬┐└┴┘╔╦╗╠╬╣╚╩╝╞╪╡╟╫╢╤╧╥╨]")
_BORDER = re.compile(r"[|│║+├┼┤┌┬┐└┴┘╔╦╗╠╬╣╚╩╝╞╪╡╟╫╢╤╧╥╨]")
_FEWEST = 3
"""Borders of a frame with two columns."""

Segment = tuple[int, int, str]
"""First and last column, from 0, and what stands between their borders."""


def framed(lines: Sequence[str]) -> Grid | None:
    """The table that the lines draw; None where nothing is merged or the borders do not fit."""
    borders = _borders(lines)
    if len(borders) < _FEWEST:
        return None
    places = {at: n for n, at in enumerate(borders)}
    split = [_segments(line, places) for line in lines]
    if not all(split) or not _merges(split, len(borders) - 1):
        return None
    return _grid(_bands(split), len(borders) - 1)


def is_short_rule(line: str) -> bool:
    """Words and a rule in one line: "| Huyện A  +-------+------+"."""
    plain = line.strip()
    if len(plain) < _FEWEST or not (_BORDER.match(plain[0]) and _BORDER.match(plain[-1])):
        return False
    return any(_STROKE.fullmatch(text) for text in _BORDER.split(plain[1:-1]))


def _borders(lines: Sequence[str]) -> list[int]:
    """Where corners stand in the lines that are strokes and corners alone."""
    found: set[int] = set()
    for line in lines:
        if _STROKE.search(line) and not _STROKE.sub("", _BORDER.sub("", line)).strip():
            found.update(m.start() for m in _CORNER.finditer(line))
    return sorted(found)


def _segments(line: str, places: Mapping[int, int]) -> list[Segment]:
    """What stands between the borders that the line draws; nothing where it draws others.

    `places` has where each border stands, in order, and its number. A line that is a little out of
    place still fits where it has a bar for every border.
    """
    drawn = [m.start() for m in _BORDER.finditer(line) if m.start() in places]
    stray = any(m.start() not in places for m in BAR.finditer(line))
    ends = [places[at] for at in (*drawn[:1], *drawn[-1:])]
    if stray or ends != [0, len(places) - 1]:
        texts = BAR.split(line.strip().strip(BARS))
        fits = len(texts) == len(places) - 1
        return [(n, n, text) for n, text in enumerate(texts)] if fits else []
    return [(places[a], places[b] - 1, line[a + 1 : b]) for a, b in pairwise(drawn)]


def _merges(split: Sequence[Sequence[Segment]], width: int) -> bool:
    """Some cell is wider than its column, or a rule is blank over some columns."""
    for segments in split:
        strokes = [_is_stroke(text) for _, _, text in segments]
        if not any(strokes) and len(segments) < width:
            return True
        if any(strokes) and not all(strokes):
            return True
    return False


def _is_stroke(text: str) -> bool:
    return _STROKE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class _Band:
    """The lines between two rules, with the rule above them."""

    rule: list[Segment]
    lines: list[list[Segment]]

    @property
    def ruled_off(self) -> bool:
        return all(_is_stroke(text) for _, _, text in self.rule)

    def is_one_row(self) -> bool:
        """Later lines of one row leave some of its cells empty."""
        return all(not all(text.strip() for _, _, text in line) for line in self.lines[1:])

    def rows(self, *, joined: bool) -> list[list[Segment]]:
        if not joined or len({tuple(s[:2] for s in line) for line in self.lines}) > 1:
            return self.lines
        columns = zip(*self.lines, strict=True)
        return [[(c[0][0], c[0][1], "\n".join(text for _, _, text in c)) for c in columns]]


def _bands(split: Sequence[list[Segment]]) -> list[_Band]:
    found = [_Band([], [])]
    for segments in split:
        if any(_is_stroke(text) for _, _, text in segments):
            found.append(_Band(segments, []))
        else:
            found[-1].lines.append(segments)
    return [band for band in found if band.lines]


def _grid(bands: Sequence[_Band], width: int) -> Grid:
    """The bands up to the first whole rule below them are the head."""
    count = next((n for n, band in enumerate(bands) if n and band.ruled_off), 0)
    joined = all(band.is_one_row() for band in bands[count:])
    drawn: list[_Drawn] = []
    above: dict[int, _Drawn] = {}
    row = head = 0
    for n, band in enumerate(bands):
        rule = band.rule if n else []
        for segments in band.rows(joined=joined or n < count):
            row += 1
            here = _drawn_row(segments, row, rule, above)
            drawn += (cell for cell in here if cell.row == row)
            above, rule = {cell.first: cell for cell in here}, []
        if len(drawn) > limits.MAX_TABLE_CELLS:
            limits.too_large("Cells", "Số ô", len(drawn), limits.MAX_TABLE_CELLS)
        head = row if n < count else head
    cells = tuple(c.cell(head) for c in drawn)
    return Grid(cells, row, width, header_rows=head or None)


@dataclass(slots=True)
class _Drawn:
    """A cell while its lines are gathered."""

    row: int
    first: int
    last: int
    parts: list[str]
    rows: int = 1

    def cell(self, head: int) -> Cell:
        lines = (" ".join(part.split()) for part in "\n".join(self.parts).split("\n"))
        text = clean("\n".join(line for line in lines if line))
        wide = self.last - self.first + 1
        return Cell(text, self.row, self.first + 1, self.rows, wide, header=self.row <= head)


def _drawn_row(
    segments: Sequence[Segment], row: int, rule: Sequence[Segment], above: Mapping[int, _Drawn]
) -> list[_Drawn]:
    """The cells that stand in a row; where the rule above is blank, the cell above goes on."""
    blank = {n: text for a, b, text in rule if not _is_stroke(text) for n in range(a, b + 1)}
    found: list[_Drawn] = []
    for first, last, text in segments:
        cell = above.get(first)
        goes_on = all(n in blank for n in range(first, last + 1))
        if cell is not None and cell.last == last and goes_on:
            cell.rows += 1
            cell.parts += [blank[first], text]
        else:
            cell = _Drawn(row, first, last, [text])
        found.append(cell)
    return found
