"""Grids drawn as text for tests: cells between bars, `<` continues the cell to the left, `^` the one above."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from normalizers.context import DocumentContext
from normalizers.periods.reading import PeriodContext, read_period
from solieu.model import Cell, Grid, Period, Region


def period_of(text: str) -> Period:
    """The time that the words name."""
    reading = read_period(text, PeriodContext())
    assert reading is not None
    assert reading.period is not None
    return reading.period


def drawn(picture: str, **about: object) -> Grid:
    """A grid of the picture; `#12.5` is a number that a spreadsheet holds, two leading dots an indent step."""
    rows = [[c.strip() for c in line.split("|")] for line in picture.strip().splitlines()]
    width = max(map(len, rows))
    spans: dict[tuple[int, int], list[int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if text == "<":
                owner[r, c] = owner[r, c - 1]
            elif text == "^":
                owner[r, c] = owner[r - 1, c]
            elif text:
                owner[r, c] = (r, c)
                spans[r, c] = [r, c]
            if (r, c) in owner:
                last = spans[owner[r, c]]
                last[:] = [max(last[0], r), max(last[1], c)]
    cells = tuple(_cell(rows[r - 1][c - 1], r, c, last) for (r, c), last in spans.items())
    return Grid(cells, len(rows), width, number=1, **about)  # type: ignore[arg-type] # test helper


def _cell(text: str, row: int, column: int, last: list[int]) -> Cell:
    indent = 0
    while text.startswith(".."):
        text, indent = text[2:], indent + 1
    number = Decimal(text[1:]) if text.startswith("#") and text[1:2].isdigit() else None
    return Cell(
        text[1:] if number is not None else text,
        row,
        column,
        last[0] - row + 1,
        last[1] - column + 1,
        number=number,
        indent=indent,
    )


def context(**known: object) -> DocumentContext:
    """A document context with nothing in it but what the test says."""
    values = {"document_id": "d", "on": date(2023, 12, 31), **known}
    return DocumentContext(**values)  # type: ignore[arg-type] # test helper


HAI_DUONG = Region("Tỉnh Hải Dương", "province", "30", None, "Tỉnh Hải Dương")

IN_2023 = period_of("năm 2023")
