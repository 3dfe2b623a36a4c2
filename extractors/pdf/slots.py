"""The cells of a table once its rows and columns are known, and labels over several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.figures import is_numeric
from extractors.pdf.columns import YEAR
from extractors.pdf.objects import Word
from extractors.pdf.text import join_words

_MOST_ROWS = 15


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
    unclear: bool = False
    """Its columns may be others: hardly any blank parts them, or what they hold disagrees."""
    doubtful: frozenset[int] = frozenset()
    """Rows with lines that may be of another row."""


def spread_labels(built: Built) -> Built:
    """Labels in the middle of groups of as many rows each, as one cell over all rows of theirs.

    Only the first column is looked at, and only where such groups are all that stands below the
    head: a label that stands over one row of its own says nothing of the rows around it.
    """
    filled = {
        (row, slot.column)
        for slot in built.slots
        if slot.words
        for row in range(slot.row, slot.last_row + 1)
    }
    last = len(built.ys) - 2
    first = min((s.row for s in built.slots if is_figure(s)), default=last)
    labelled = [row for row in range(first, last + 1) if (row, 0) in filled]
    rows = last - first + 1
    if len(labelled) < 2 or not all((row, 1) in filled for row in range(first, last + 1)):
        return built
    size = rows // len(labelled)
    middles = [first + size // 2 + n * size for n in range(len(labelled))]
    if size % 2 == 0 or not 3 <= size <= _MOST_ROWS or rows % size or labelled != middles:
        return built
    return Built(
        built.xs, built.ys, _spread(built.slots, first, size), built.unclear, built.doubtful
    )


def is_figure(slot: Slot) -> bool:
    """Whether a cell holds a figure, and no year or number of a row."""
    text = join_words(slot.words)
    return slot.column > 0 and is_numeric(text) and YEAR.fullmatch(text) is None


def _spread(slots: Sequence[Slot], first: int, size: int) -> list[Slot]:
    kept: list[Slot] = []
    for slot in slots:
        if slot.column or slot.row < first:
            kept.append(slot)
        elif slot.words:
            row = slot.row - size // 2
            kept.append(Slot(row, 0, row + size - 1, slot.last_column, slot.words))
    return sorted(kept, key=lambda s: (s.row, s.column))
