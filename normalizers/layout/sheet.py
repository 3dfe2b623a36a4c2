"""A grid as something to ask: what stands at a place, of what kind it is, what a row holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from normalizers.bilingual import vietnamese_part
from normalizers.quantities.worded import is_worded
from normalizers.units import find_unit
from solieu.model import Cell, Grid
from solieu.numerals import Status, read_numeral
from solieu.text import one_line

Kind = Literal["blank", "number", "missing", "text"]
"""`missing` is a printed "-", "…", "x" or "#REF!": it stands where a number could."""

_UNIT_LINE = re.compile(r"^\W*(?:đơn vị(?: tính)?|đvt|đv tính|unit)\b", re.IGNORECASE)
_MULTIPLE = re.compile(
    r"^\(?\s*(?:nghìn|ngàn|triệu|tỷ|tỉ|vạn|thousand|million|billion)\b", re.IGNORECASE
)

_DITTO = frozenset({'"', "''", "”", "“", "″", "nt", "-nt-", '""', "như trên"})


FRACTION = re.compile(
    r"^(\d{1,3}(?:[.,]?\d{3})*)\s*/\s*(?!(?:19|20)\d{2}$)(\d{1,3}(?:[.,]?\d{3})*)$"
)
"""So many of so many: "41/56"; "5/2024" is a month."""
_ERROR = re.compile(r"^#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NULL!|NUM!|SPILL!|CALC!)$")


def is_error(text: str) -> bool:
    """What a spreadsheet shows where its own computation failed."""
    return _ERROR.match(text.strip()) is not None


_KINDS: dict[Status, Kind] = {
    "number": "number",
    "nil": "missing",
    "not_available": "missing",
    "not_applicable": "missing",
    "blank": "blank",
}


@lru_cache(maxsize=262144)
def _text_kind(text: str) -> Kind:
    status = read_numeral(text).status
    if status == "text":
        if is_error(text):
            return "missing"
        return "number" if FRACTION.match(text.strip()) else "text"
    return _KINDS[status]


def cell_kind(cell: Cell) -> Kind:
    """What stands in the cell, before anybody asks what it means."""
    return "number" if cell.number is not None else _text_kind(cell.text)


@lru_cache(maxsize=16384)
def is_unit_text(text: str) -> bool:
    """The text is a unit and little else: "Tỷ đồng", "(%)", "Đơn vị tính: 1.000 tấn"."""
    if _text_kind(text) == "number":
        return False
    line = one_line(text).strip("()[] ")
    if _UNIT_LINE.match(line):
        return True
    if not line or len(line) > 30:
        return False
    if _MULTIPLE.match(line):
        return len(line.split()) <= 4
    said = vietnamese_part(line)
    unit = find_unit(said)
    return unit is not None and said.casefold() == unit.text.casefold()


def names_unit(text: str) -> bool:
    """The text says that it gives a unit: "Đơn vị tính: %", not the bare "(%)"."""
    return _UNIT_LINE.match(one_line(text)) is not None


def is_ditto(text: str) -> bool:
    """A mark that repeats the cell above."""
    return one_line(text) in _DITTO


def _is_worded(rows: Iterable[Sequence[Cell]]) -> bool:
    beside = [cell for cells in rows for cell in cells if cell.column > 1]
    if any(cell_kind(cell) == "number" for cell in beside):
        return False
    return sum(is_worded(cell.text) for cell in beside) > 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lookups over one grid, made once."""

    grid: Grid
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    """Cells that begin in each row and hold something."""
    cover: dict[tuple[int, int], Cell] = field(default_factory=dict)
    worded: bool = False
    """Every figure has its unit in its own cell: "712,5 tỷ đồng", "500 hộ"."""

    @classmethod
    def of(cls, grid: Grid) -> Sheet:
        rows = {
            row: [c for c in cells if c.number is not None or _text_kind(c.text) != "blank"]
            for row, cells in grid.by_row().items()
        }
        return cls(grid, rows, grid.covering(), _is_worded(rows.values()))

    def kind(self, cell: Cell) -> Kind:
        """What stands in the cell, a figure with its unit being one where none stands alone."""
        found: Kind = "number" if cell.number is not None else _text_kind(cell.text)
        return "number" if self.worded and found == "text" and is_worded(cell.text) else found

    def filled(self, row: int) -> list[Cell]:
        """Cells that begin in the row and hold something."""
        return self.rows.get(row, [])

    def at(self, row: int, column: int) -> Cell | None:
        return self.cover.get((row, column))

    def texts(self, rows: Iterable[int]) -> tuple[str, ...]:
        """All words of the rows, line by line, for titles and notes."""
        return tuple(
            one_line(line)
            for row in rows
            for cell in self.filled(row)
            for line in cell.text.splitlines()
            if line.strip()
        )

    def is_unit_line(self, row: int) -> bool:
        cells = self.filled(row)
        return bool(cells) and all(c.number is None and is_unit_text(c.text) for c in cells)

    def is_banner(self, row: int) -> bool:
        """One text over nearly the whole width: a title or a group heading, no column's head."""
        cells = self.filled(row)
        wide = max(2, round(0.7 * self.grid.column_count))
        return len(cells) == 1 and cells[0].column_span >= wide and cells[0].number is None
