"""Workbooks of the Office Open XML kind (.xlsx, .xlsm) through openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from extractors.raised import Run, without_marks
from extractors.sheets.loading import load
from extractors.sheets.merges import with_merges_cut
from extractors.sheets.model import Sheet, SheetCell, as_date, exact
from solieu.archives import DAMAGE, check_zip
from solieu.errors import UnreadableDocument

_UNCOMPUTED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)(?!\s*<(?:\w+:)?v(?:\s[^>]*)?>\s*[^<\s])"
)
"""A formula without the value that a spreadsheet program leaves behind it."""
_MOST_ROWS, _MOST_COLUMNS = 2**20, 2**14
"""Of the largest sheet that any program has; files may name lines far beyond."""


def sheets(content: bytes) -> list[Sheet]:
    """Every worksheet; raises UnreadableDocument for damaged files, LimitExceeded for bombs."""
    check_zip(content)
    content = with_merges_cut(content)
    values, formulas = _open(content, data_only=True), None
    if any(map(_lacks_values, values.worksheets)) and _holds_uncomputed(content):
        formulas = _open(content, data_only=False)
    return [_sheet(sheet, formulas) for sheet in values.worksheets]


def _open(content: bytes, *, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():
            # Extensions that openpyxl drops (slicers, validation lists) hold no figures.
            warnings.simplefilter("ignore")
            return load(content, data_only=data_only)
    except (
        *DAMAGE,
        InvalidFileException,
        KeyError,
        TypeError,
        AttributeError,
        SyntaxError,  # what the XML parser of the standard library raises
        IndexError,
        OverflowError,  # counts that no number of the library holds
    ) as error:
        why = type(error).__name__
        raise UnreadableDocument(
            f"The Excel file is damaged ({why}). Open it in a spreadsheet program and save it.",
            f"Tệp Excel bị hỏng ({why}). Hãy mở bằng phần mềm bảng tính và lưu lại.",
        ) from error


def _lacks_values(sheet: Any) -> bool:
    """Whether the sheet has cells without a value: they may be formulas never computed."""
    return any(cell.value is None and cell.data_type == "n" for cell in _used(sheet))


def _holds_uncomputed(content: bytes) -> bool:
    """Whether any lacks its value: to load a workbook again is dear, and few need it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.endswith(".xml")]
        return any(_UNCOMPUTED.search(_part(archive, name)) for name in parts)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file in the workbook; nothing where it is damaged, for what holds cells was read."""
    try:
        return archive.read(name)
    except DAMAGE:
        return b""


def _used(sheet: Any) -> list[Any]:
    # `_cells` holds only what the file holds; walking max_row x max_column of a sheet with a
    # stray format in row 1,048,576 would take minutes.
    return list(sheet._cells.values())  # noqa: SLF001


def _sheet(sheet: Any, formulas: Any | None) -> Sheet:
    twin = formulas[sheet.title] if formulas else None
    looks: dict[int, _Look] = {}
    cells = {}
    for cell in _used(sheet):
        formula = twin is not None and cell.value is None and _is_formula(twin, cell)
        if cell.value is None and not formula:
            continue
        style = id(cell._style)  # noqa: SLF001 (cells of one style share it, see `load`)
        look = looks.get(style) or looks.setdefault(style, _look(cell))
        # Of a text in several looks each part tells its own.
        if not look.struck_out or isinstance(cell.value, CellRichText):
            cells[cell.row, cell.column] = _cell(cell, look, formula=formula)
    merges = [(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges]
    shown = sheet.sheet_state == "visible"
    rows, columns = _hidden_rows(sheet), _hidden_columns(sheet)
    return Sheet(sheet.title, shown, cells, merges, rows, columns)


class _Look(NamedTuple):
    """What a style says of its cells; asked once for all of them, for each answer is copied."""

    struck_out: bool
    number_format: str
    font: str
    bold: bool
    indent: int


def _look(cell: Any) -> _Look:
    font, alignment = cell.font, cell.alignment
    return _Look(
        bool(font and font.strike),
        str(cell.number_format or "General"),
        (font.name if font else None) or "",
        bool(font and font.bold),
        int(alignment.indent or 0) if alignment else 0,
    )


def _hidden_rows(sheet: Any) -> frozenset[int]:
    lines = sheet.row_dimensions.items()
    hidden = (n for n, line in lines if line.hidden and not line.outlineLevel)
    filtered = list(_filtered(sheet))
    return frozenset(n for n in hidden if not any(n in rows for rows in filtered))


def _filtered(sheet: Any) -> Iterator[range]:
    """The rows under each filter that is set, of the sheet and of the tables that it declares."""
    told = (sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values()))
    for one in told:
        if one is not None and one.ref and one.filterColumn:
            _, first, _, last = range_boundaries(one.ref)
            yield range(first or 1, (last or _MOST_ROWS) + 1)


def _hidden_columns(sheet: Any) -> frozenset[int]:
    """The file tells neighbours with one look together: columns `min` to `max`."""
    lines = [d for d in sheet.column_dimensions.values() if d.hidden and not d.outlineLevel]
    spans = ((d.min, min(d.max, _MOST_COLUMNS)) for d in lines if d.min and d.max)
    return frozenset(n for first, last in spans for n in range(first, last + 1))


def _is_formula(twin: Any, cell: Any) -> bool:
    other = twin._cells.get((cell.row, cell.column))  # noqa: SLF001 (see _used)
    return other is not None and other.data_type == "f"


def _cell(cell: Any, look: _Look, *, formula: bool) -> SheetCell:
    value = cell.value
    marks: tuple[str, ...] = ()
    if isinstance(value, CellRichText):
        value, marks = without_marks(_runs(value))
    return SheetCell(
        "" if formula else _held(value),
        look.number_format,
        look.font,
        look.bold,
        look.indent,
        formula_without_value=formula,
        marks=marks,
    )


def _runs(text: CellRichText) -> Iterator[Run]:
    """The parts of a text that are set apart; what is struck out is said no more."""
    for part in text:
        look = part.font if isinstance(part, TextBlock) else None
        if look is None or not look.strike:
            yield str(part), look is not None and look.vertAlign == "superscript"


def _held(value: Any) -> Any:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        try:
            return exact(value)
        except (OverflowError, ValueError):  # no number that a spreadsheet can hold
            return str(value)
    if isinstance(value, (datetime, date)):
        return as_date(value.year, value.month, value.day)
    return value.isoformat() if isinstance(value, time) else str(value)
