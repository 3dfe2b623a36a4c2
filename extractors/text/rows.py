"""Rows of a table whose cells came one after the other, and how their cells are placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solieu.model import Cell

_ANYWHERE = 0.4
"""How sure a figure is of its column where one of its row is lost."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table among cells `start` to `stop`: its head, its other rows (from 1), the whole ones."""

    start: int
    stop: int
    head: tuple[Cell, ...]
    body: tuple[Cell, ...]
    whole: int


def in_row(texts: Sequence[str], row: int) -> Iterator[Cell]:
    """Cells of a row one beside the other."""
    for column, text in enumerate(texts, start=1):
        yield Cell(text, row, column)


def unplaced(texts: Sequence[str], row: int, columns: Sequence[int]) -> Iterator[Cell]:
    """Figures of a row that lost one: a single cell over all columns that they may belong to."""
    said = [text for text in texts if text]
    if said:
        wide = columns[-1] - columns[0] + 1
        text = " | ".join(said)
        yield Cell(text, row, columns[0], column_span=wide, confidence=_ANYWHERE)
