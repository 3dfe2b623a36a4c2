"""Rows by the order in which the file sets its cells: the label of a row, then its figures.

A label may run over any number of lines above and below the figures that stand in its middle, and
where lines stand as close as rows their distance tells nothing. Files that set whole cells, one
behind the other, tell it: the last line of such a label comes before figures that stand above it.
Files that set whole lines say no more than the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.pdf.pieces import Piece, PieceLine

_OFF_CENTRE = 0.4
"""Heights of a line by which figures may stand off the middle of their label."""

_TIGHT = 1.3
"""Heights of a line from one line of a label to the next, at most."""


class _Anchor(NamedTuple):
    """A line of figures, and the pieces of text that the file sets from its first to its last."""

    line: PieceLine
    number: int
    first: int
    last: int


def rows_of_lines(lines: Sequence[PieceLine], start: int) -> list[int | None]:
    """For each line of print the row it belongs to; None where the file's order does not tell.

    `start` is the first column of figures. Rows have the number of their line of figures.
    """
    nobody: list[int | None] = [None] * len(lines)
    anchors = _anchors(lines, start)
    if len(anchors) < 2 or start < 1 or not _cell_by_cell(lines, anchors, start):
        return nobody
    owners = list(nobody)
    heads = _end_of_head(lines[: anchors[0].number], start)
    for number, line in enumerate(lines):
        found = {_row_of(piece, anchors, start, heads) for piece in line.pieces}
        if len(found) > 1:
            return nobody
        owners[number] = found.pop()
    if not _in_turn(owners):
        return nobody
    for anchor in anchors:
        mine = [n for n, owner in enumerate(owners) if owner == anchor.number]
        kept = _label_of(lines, mine, anchor, start)
        if kept is None:
            return nobody
        for number in mine:
            owners[number] = anchor.number if number in kept else None
    return owners


def _anchors(lines: Sequence[PieceLine], start: int) -> list[_Anchor]:
    """The lines of figures in the file's order; none where that is not the order of the page."""
    found: list[_Anchor] = []
    for number, line in enumerate(lines):
        places = [w.place for p in line.pieces if p.first >= start for w in p.phrase.words]
        if not line.numeric or not places:
            continue
        if min(places) == 0 or (found and min(places) <= found[-1].last):
            return []
        found.append(_Anchor(line, number, min(places), max(places)))
    return found


def _cell_by_cell(lines: Sequence[PieceLine], anchors: Sequence[_Anchor], start: int) -> bool:
    """Whether a line below some figures is set before them, and every piece has its place."""
    below = lines[anchors[0].number :]
    if any(p.phrase.words[0].place == 0 for line in below for p in line.pieces):
        return False
    ends = [anchor.number for anchor in anchors[1:]] + [len(lines)]
    return any(
        p.last < start and p.phrase.words[0].place < anchor.first
        for anchor, end in zip(anchors, ends, strict=True)
        for line in lines[anchor.number + 1 : end]
        for p in line.pieces
    )


def _end_of_head(lines: Sequence[PieceLine], start: int) -> int:
    """The last piece of text that the head has over the figures."""
    return max(
        (w.place for line in lines for p in line.pieces if p.last >= start for w in p.phrase.words),
        default=0,
    )


def _row_of(piece: Piece, anchors: Sequence[_Anchor], start: int, heads: int) -> int | None:
    place = piece.phrase.words[0].place
    if place <= heads:
        return None
    if piece.first < start:
        after = bisect_right(anchors, place, key=lambda a: a.first)
        own = next((a for a in anchors[max(0, after - 1) : after] if place <= a.last), None)
        row = own or (anchors[after] if after < len(anchors) else None)
    else:
        before = bisect_right(anchors, place, key=lambda a: a.first) - 1
        row = anchors[before] if before >= 0 and not _over(piece, anchors[before]) else None
    return row.number if row is not None else None


def _over(piece: Piece, anchor: _Anchor) -> bool:
    """Whether a text stands over figures of a row: it heads rows, and is in none."""
    return any(
        p.numeric and p is not piece and p.first <= piece.last and piece.first <= p.last
        for p in anchor.line.pieces
    )


def _in_turn(owners: Sequence[int | None]) -> bool:
    """Whether rows stand below one another."""
    rows = [owner for owner in owners if owner is not None]
    return rows == sorted(rows)


def _label_of(
    lines: Sequence[PieceLine], mine: Sequence[int], anchor: _Anchor, start: int
) -> set[int] | None:
    """The lines of a row without the headings above it; None where its label fits nowhere."""
    labels = [n for n in mine if any(p.first < start for p in lines[n].pieces)]
    for skipped in range(sum(n <= anchor.number for n in labels) + 1):
        kept = labels[skipped:]
        if not kept or _fits([lines[n] for n in kept], anchor.line):
            above = set(labels[:skipped])
            return {n for n in mine if n not in above} | {anchor.number}
    return None


def _fits(label: Sequence[PieceLine], figures: PieceLine) -> bool:
    """Whether a label has the figures at half its height, or at its first or last line."""
    height = figures.bottom - figures.top
    middle = (label[0].top + label[-1].bottom - figures.top - figures.bottom) / 2
    steps = [below.top - above.top for above, below in pairwise(label)]
    close = all(step <= _TIGHT * height for step in steps)
    level = label[0] is figures or label[-1] is figures
    return close and (level or abs(middle) < _OFF_CENTRE * height)
