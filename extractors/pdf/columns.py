"""Columns that rules do not give: rivers of white that no line of a table's body crosses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.pdf.lines import Lattice
from extractors.pdf.objects import Word
from extractors.pdf.text import Phrase, phrases, set_apart, text_lines

WEAK_GAP = 0.55
"""A blank of this many letter sizes may part two columns, if every line of the body agrees."""

_CLEAR = 1.0
"""Letter sizes of blank that leave no doubt of two columns."""

YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\s*(?:\W*|\(?\d\)?)")
"""A number that heads a column and is no figure of the body."""


def printed(words: Sequence[Word]) -> list[list[Phrase]]:
    """The lines of print of a cell, cut at blanks that may part columns."""
    if len(words) < 2:
        return [phrases(words, WEAK_GAP)] if words else []
    return [phrases(line.words, WEAK_GAP) for line in text_lines(words)]


def cuts(lattice: Lattice, cells: Sequence[Sequence[list[Phrase]]]) -> list[float]:
    """Where columns part between the lattice's upright edges, from what its cells print."""
    alone: list[int] = [0] * (len(lattice.xs) - 1)
    voters: list[list[list[Phrase]]] = [[] for _ in alone]
    lines_of: list[list[list[Phrase]]] = [[] for _ in alone]
    for (_, c0, _, c1), lines_of_cell in zip(lattice.cells, cells, strict=True):
        several = [parts for parts in lines_of_cell if len(parts) > 1]
        for column in range(c0, c1 + 1):
            lines_of[column].extend(lines_of_cell)
            voters[column].extend(several)
        if c0 == c1:
            alone[c0] += len(lines_of_cell) - len(several)
    found: list[float] = []
    for column, lines in enumerate(voters):
        if len(lines) >= 2 and (
            len(lattice.xs) == 2 or len(lines) > alone[column] * (1 if len(lines) > 2 else 0.5)
        ):
            left, right = lattice.xs[column], lattice.xs[column + 1]
            found.extend(
                _shared(
                    _rivers(lines, lines_of[column], left, right), lines_of[column], left, right
                )
            )
    return found


def _shared(
    cuts: Sequence[float], lines: Sequence[Sequence[Phrase]], left: float, right: float
) -> list[float]:
    """The cuts that part what stands side by side.

    Ordinals of two kinds, or units and signs, may be set to two sides of one column: what no line
    prints beside the other is one.
    """
    kept: list[float] = []
    begin = _begin(lines)
    cuts = sorted(cuts)
    for at, cut in enumerate(cuts):
        low = kept[-1] if kept else left
        high = cuts[at + 1] if at + 1 < len(cuts) else right
        first, second = (_within(lines, a, b) for a, b in ((low, cut), (cut, high)))
        filled = _reaches(first, begin) and _reaches(second, begin)
        if not filled or _beside([*first, *second]):
            kept.append(cut)
    return kept


def _begin(lines: Sequence[Sequence[Phrase]]) -> float:
    """Where the first line with a figure of the body stands."""
    return min(
        (p.words[0].top for line in lines for p in line if p.numeric and not _is_year(p)),
        default=0.0,
    )


def _is_year(phrase: Phrase) -> bool:
    return YEAR.fullmatch(phrase.text) is not None


def unclear(xs: Sequence[float], cells: Sequence[Sequence[list[Phrase]]]) -> bool:
    """Whether a row of figures leaves little blank at an edge between two columns."""
    return any(
        not set_apart(before.words[-1], after.words[0])
        and after.x0 - before.x1 < _CLEAR * min(before.words[-1].size, after.words[0].size)
        and bisect_right(xs, before.x1) < bisect_right(xs, after.x0)
        for lines in cells
        for line in lines
        if any(p.numeric for p in line)
        for before, after in pairwise(line)
    )


def _within(lines: Sequence[Sequence[Phrase]], low: float, high: float) -> list[Phrase]:
    """The phrases with their middle between two edges."""
    return [p for line in lines for p in line if low <= (p.x0 + p.x1) / 2 < high]


def _reaches(phrases: Sequence[Phrase], begin: float) -> bool:
    return any(p.words[0].top >= begin for p in phrases)


def _beside(phrases: Sequence[Phrase]) -> bool:
    """Whether two of the phrases stand side by side."""
    spans = sorted((min(w.top for w in p.words), max(w.bottom for w in p.words)) for p in phrases)
    return any(below[0] < above[1] - 0.5 for above, below in pairwise(spans))


def _rivers(
    lines: list[list[Phrase]], every: Sequence[Sequence[Phrase]], left: float, right: float
) -> list[float]:
    """White between two edges that most lines of the body keep free; the middle of each river."""
    body = [line for line in lines if any(p.numeric and not _is_year(p) for p in line)]
    if len(body) < 2 or len(body) < 0.3 * len(lines):
        body = lines
    inside = [[p for p in line if p.x1 > left and p.x0 < right] for line in body]
    inside = [line for line in inside if line]
    found: list[float] = []
    begin = min(w.top for p in body[0] for w in p.words)
    between = [line for line in every if line and line[0].words[0].top > begin]
    for low, high in _white(inside):
        islands = _united(
            (p.x0, p.x1)
            for line in (*inside, *between)
            for p in line
            if low - 0.5 <= p.x0 and p.x1 <= high + 0.5
        )
        edges = [low, *(x for island in islands for x in island), high]
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            if b - a > 1.0 and _parts(inside, a, b):
                found.append(_between_heads(every, a, b))
    return found + _beyond(lines, body)


def _between_heads(lines: Sequence[Sequence[Phrase]], low: float, high: float) -> float:
    """The middle of the white between two columns, or of what their heads leave of it."""
    reach = [(p.x0, p.x1) for line in lines for p in line if p.x1 > low and p.x0 < high]
    ends = [low, *(b for a, b in reach if a < low and b < high)]
    starts = [high, *(a for a, b in reach if b > high and a > low)]
    free = min(starts) - max(ends)
    return (max(ends) + min(starts)) / 2 if free > 1.0 else (low + high) / 2


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
