"""Pages set in two columns of print: each column is looked at by itself.

A white gutter alone is no sign, tables have those too. It parts columns of print where the lines on
one side are full, as running text is, and both sides hold words of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.figures import is_numeric
from extractors.pdf.objects import Word
from extractors.pdf.text import TextLine, text_lines

_BIN = 4.0
_LEAST_LINES = 6
_FULL = 0.6
"""The part of a column's lines that must reach its right edge for it to be running text."""

_WIDEST = 14_400
"""Points: the widest page that the format allows; broken files claim more."""


def zones(words: Sequence[Word], width: float) -> list[list[TextLine]]:
    """The lines of a page, part by part: full breadth, then left and right column, and so on."""
    lines = text_lines(words)
    gutter = _gutter(lines, width)
    if gutter is None:
        return [lines]
    found: list[list[TextLine]] = []
    whole: list[TextLine] = []
    for run in _runs(lines, gutter):
        parts = _parts(run, gutter)
        if parts is None:
            whole.extend(run)
            continue
        if whole:
            found.append(whole)
            whole = []
        found.extend(parts)
    if whole:
        found.append(whole)
    return found


def _runs(lines: Sequence[TextLine], gutter: float) -> list[list[TextLine]]:
    """Lines in order, cut before and after those that cross the gutter."""
    runs: list[list[TextLine]] = []
    open_ = False
    for line in lines:
        crossing = _crosses(line, gutter)
        if open_ and not crossing:
            runs[-1].append(line)
        else:
            runs.append([line])
        open_ = not crossing
    return runs


def _gutter(lines: Sequence[TextLine], width: float) -> float | None:
    """The place near the middle that most lines with a gap leave white."""
    if width > _WIDEST:
        return None
    votes = [0] * (int(width / _BIN) + 1)
    low, high = 0.3 * width, 0.7 * width
    for line in lines:
        parts = line.phrases
        for left, right in pairwise(parts):
            first = int(max(left.x1, low) / _BIN) + 1
            last = int(min(right.x0, high) / _BIN)
            for spot in range(first, min(last, len(votes) - 1) + 1):
                votes[spot] += 1
    best = max(votes, default=0)
    if best < _LEAST_LINES:
        return None
    spots = [n for n, count in enumerate(votes) if count == best]
    return (spots[0] + spots[-1]) / 2 * _BIN


def _crosses(line: TextLine, x: float) -> bool:
    return any(p.x0 < x < p.x1 for p in line.phrases)


def _parts(run: list[TextLine], gutter: float) -> tuple[list[TextLine], list[TextLine]] | None:
    """A run of lines as its left and its right column, or None where it is one."""
    if len(run) < _LEAST_LINES:
        return None
    words = [w for line in run for w in line.words]
    left = text_lines(w for w in words if w.x1 <= gutter)
    right = text_lines(w for w in words if w.x1 > gutter)
    if len(left) < _LEAST_LINES or len(right) < _LEAST_LINES:
        return None
    if not (_worded(left) and _worded(right)) or not (_full(left) or _full(right)):
        return None
    return left, right


def _worded(lines: Sequence[TextLine]) -> bool:
    """Whether a side has words of its own, and is not the figures of the other side's labels."""
    texts = sum(any(not is_numeric(p.text) for p in line.phrases) for line in lines)
    return texts >= 0.4 * len(lines)


def _full(lines: Sequence[TextLine]) -> bool:
    """Running text: lines of several words, unbroken, most as long as the column is wide."""
    right = max(line.x1 for line in lines)
    whole = sum(len(line.phrases) == 1 for line in lines)
    reach = sum(right - line.x1 < 2.0 * line.size for line in lines)
    words = sum(len(line.words) for line in lines)
    return whole >= 0.8 * len(lines) and reach >= _FULL * len(lines) and words >= 4.5 * len(lines)
