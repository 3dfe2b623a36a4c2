"""Columns that rules do not give: rivers of white that no line of a table's body crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.pdf.lines import Lattice
from extractors.pdf.objects import Word
from extractors.pdf.text import Phrase, phrases, text_lines

WEAK_GAP = 0.55
"""A blank of this many letter sizes may part two columns, if every line of the body agrees."""

YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\s*(?:\W*|\(?\d\)?)")
"""A number that heads a column and is no figure of the body."""


def printed(words: Sequence[Word]) -> list[list[Phrase]]:
    """The lines of print of a cell, cut at blanks that may part columns."""
    if len(words) == 1:
        return [phrases(words, WEAK_GAP)]
    return [phrases(line.words, WEAK_GAP) for line in text_lines(words)]


def cuts(lattice: Lattice, cells: Sequence[Sequence[list[Phrase]]]) -> list[float]:
    """Where columns part between the lattice's upright edges, from what its cells print."""
    alone: list[int] = [0] * (len(lattice.xs) - 1)
    voters: list[tuple[int, int, list[Phrase]]] = []
    for (_, c0, _, c1), lines_of_cell in zip(lattice.cells, cells, strict=True):
        for parts in lines_of_cell:
            if len(parts) > 1:
                voters.append((c0, c1, parts))
            elif c0 == c1:
                alone[c0] += 1
    found: list[float] = []
    for column in range(len(lattice.xs) - 1):
        lines = [p for c0, c1, p in voters if c0 <= column <= c1]
        if len(lines) >= 2 and (
            len(lattice.xs) == 2 or len(lines) > alone[column] * (1 if len(lines) > 2 else 0.5)
        ):
            found.extend(_rivers(lines, lattice.xs[column], lattice.xs[column + 1]))
    return found


def _rivers(lines: list[list[Phrase]], left: float, right: float) -> list[float]:
    """White between two edges that most lines of the body keep free; the middle of each river."""
    body = [line for line in lines if any(p.numeric and not YEAR.fullmatch(p.text) for p in line)]
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
    return found + _beyond(lines, body)


def _beyond(lines: Sequence[Sequence[Phrase]], body: Sequence[Sequence[Phrase]]) -> list[float]:
    """Where a column begins that has a head and nothing else, right of all that is printed."""
    end = max(p.x1 for line in body for p in line)
    heads = [p for line in lines for p in line]
    apart = [p for p in heads if p.x0 > end]
    end = max([end, *(p.x1 for p in heads if p.x0 <= end)])
    start = min((p.x0 for p in apart), default=end)
    wide = bool(apart) and start - end > WEAK_GAP * apart[0].words[0].size
    return [(end + start) / 2] if wide else []


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
