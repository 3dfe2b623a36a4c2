"""Tables side by side on a page: each has its own title and unit, which stand on common lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.pdf.text import Phrase, TextLine
from solieu.model import Box, Grid

_REACH = 2.5
"""How many lines' heights may lie between a table and its title, or between two lines of that."""

Row = tuple[Box, ...]
"""The tables that stand beside each other, from left to right."""


def rows_of_tables(grids: Sequence[Grid]) -> list[Row]:
    """The tables that begin at about the same height, beside each other and not in one another."""
    boxes = sorted((g.box for g in grids if g.box is not None), key=lambda b: b[1])
    rows: list[list[Box]] = []
    for box in boxes:
        if rows and _begin_together(rows[-1][0], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    made = [tuple(sorted(row)) for row in rows if len(row) > 1]
    return [row for row in made if all(a[2] <= b[0] for a, b in pairwise(row))]


def by_table(lines: Sequence[TextLine], row: Row) -> list[TextLine]:
    """The lines with those just above the tables cut between them, the left table's first.

    What stands at the right edge alone, just above the tables, is said of them all.
    """
    top = min(box[1] for box in row)
    end = sum(line.bottom <= top + line.size / 2 for line in lines)
    cut: list[list[TextLine]] = []
    for line in reversed(lines[:end]):
        parts = _parts(line, row) if top - line.bottom < _REACH * line.size else None
        if parts is None:
            break
        common = not cut and not any(p.words for p in parts[:-1]) and _at_the_edge(line, row)
        cut.insert(0, [line] * len(row) if common else parts)
        top = line.top
    while cut and sum(bool(p.words) for p in cut[0]) < len(row):
        cut.pop(0)
    ordered = [part for parts in zip(*cut, strict=True) for part in parts if part.words]
    return [*lines[: end - len(cut)], *ordered, *lines[end:]]


def _at_the_edge(line: TextLine, row: Row) -> bool:
    return abs(row[-1][2] - line.x1) < 2 * line.size


def _begin_together(one: Box, other: Box) -> bool:
    return other[1] - one[1] < 0.2 * min(one[3] - one[1], other[3] - other[1])


def _parts(line: TextLine, row: Row) -> list[TextLine] | None:
    """What a line says over each of the tables; None where a phrase reaches over two of them."""
    found: list[list[Phrase]] = [[] for _ in row]
    for phrase in line.phrases:
        over = [n for n, box in enumerate(row) if box[0] < phrase.x1 and phrase.x0 < box[2]]
        if len(over) != 1:
            return None
        found[over[0]].append(phrase)
    return [
        TextLine([word for phrase in said for word in phrase.words], line.top, line.bottom)
        for said in found
    ]
