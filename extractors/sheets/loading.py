# ruff: noqa: SLF001 (this is how the library itself fills its cells)
"""openpyxl's own way to load a workbook, without what only writing one needs.

The library reads the XML of a sheet by a parser in Python, which refuses entities; where a sheet
declares no document type it can have none, and the parser in C reads it in a fifth of the time.
Merged cells get the borders of their corners, each cell a style of its own so that it may be
changed, and every row and column an object. Without these, loading takes half as long.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from types import FunctionType
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.reader import excel
from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet import _reader
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange


def load(content: bytes, *, data_only: bool) -> Any:
    """The workbook as `openpyxl.load_workbook` gives it, whose cells are only to be read.

    Cells of one style share it, and cells under merged ones have none. Of rows and columns only
    those are told that say whether they are hidden. Links are left out: they hold what other
    workbooks said, often more than the workbook itself.
    """
    reader = _Workbook(io.BytesIO(content), data_only=data_only, keep_links=False, rich_text=True)
    reader.read()
    return reader.wb


def _elements(source: Any) -> Iterator[tuple[str, Any]]:
    """What `iterparse` gives of the XML of a sheet."""
    told = source.read()
    plain = b"<!DOCTYPE" not in told and b"\0" not in told[:_FIRST]
    parse: Any = ET.iterparse if plain else _SAFE
    found: Iterator[tuple[str, Any]] = parse(io.BytesIO(told))
    return found


_SAFE: Any = _reader.__dict__["iterparse"]
"""The parser that the library has chosen."""
_FIRST = 4
"""Bytes by which UTF-16 and UTF-32 can be told: in them a declaration is written otherwise."""


def _with(function: Any, **own: object) -> Any:
    """A function of the library that finds these names instead of its own."""
    return FunctionType(function.__code__, {**function.__globals__, **own})


def _row_and_column(reference: str) -> tuple[int, int]:
    """The place of a cell by its name, such as "AB12"."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_index_from_string(letters)


class _Rows(_reader.WorkSheetParser):
    parse = _with(_reader.WorkSheetParser.parse, iterparse=_elements)
    parse_cell = _with(_reader.WorkSheetParser.parse_cell, coordinate_to_tuple=_row_and_column)


class _Worksheet(_reader.WorksheetReader):
    __init__ = _with(_reader.WorksheetReader.__init__, WorkSheetParser=_Rows)

    def bind_cells(self) -> None:
        sheet: Any = self.ws
        cells, styles = sheet._cells, sheet.parent._cell_styles
        for _, row in self.parser.parse():
            for told in row:
                cell: Any = Cell.__new__(Cell)
                cell.parent, cell._style = sheet, styles[told["style_id"]]
                cell.row, cell.column = told["row"], told["column"]
                cell._value, cell.data_type = told["value"], told["data_type"]
                cell._hyperlink = cell._comment = None
                cells[cell.row, cell.column] = cell

    def bind_merged_cells(self) -> None:
        """All cells of a merged one but the first hold nothing."""
        if not self.parser.merged_cells:
            return
        sheet = self.ws
        merged = [CellRange(told.ref) for told in self.parser.merged_cells.mergeCell]
        for area in merged:
            sheet.cell(area.min_row, area.min_col)
            for row, column in islice(area.cells, 1, None):
                sheet._cells[row, column] = MergedCell(sheet, row, column)
        sheet.merged_cells = MultiCellRange(merged)

    def bind_row_dimensions(self) -> None:
        told = self.parser.row_dimensions
        self.parser.row_dimensions = {row: look for row, look in told.items() if "hidden" in look}
        super().bind_row_dimensions()

    def bind_col_dimensions(self) -> None:
        told = self.parser.column_dimensions
        self.parser.column_dimensions = {at: look for at, look in told.items() if "hidden" in look}
        super().bind_col_dimensions()


class _Workbook(excel.ExcelReader):
    read_worksheets = _with(excel.ExcelReader.read_worksheets, WorksheetReader=_Worksheet)
