"""Old binary workbooks (.xls) through xlrd."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from extractors.raised import Run, without_marks
from extractors.sheets.model import Sheet, SheetCell, as_date, exact
from solieu.errors import UnreadableDocument

_ERRORS = xlrd.error_text_from_code
_DAMAGE = (
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What xlrd raises for records that are cut off or point nowhere."""


Part = tuple[int, int]
"""Where a part of a text begins, and the number of its font."""


def sheets(content: bytes) -> list[Sheet]:
    """Every worksheet; raises UnreadableDocument for damaged or encrypted files."""
    try:
        # xlrd reports oddities of a file on a stream: they are no concern of the terminal.
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
        # A cell whose style is lost is no cell to guess: 0.314 may have been 31,4%.
        return [_sheet(book, sheet) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise UnreadableDocument(
                "The workbook is protected by a password. Save it without one and run again.",
                "Tệp Excel có mật khẩu. Hãy lưu lại không mật khẩu rồi chạy lại.",
            ) from error
        raise _damaged(str(error)) from error
    except _DAMAGE as error:
        raise _damaged(type(error).__name__) from error


def _damaged(why: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"The Excel file is damaged ({why}). Open it in a spreadsheet program and save it anew.",
        f"Tệp Excel bị hỏng ({why}). Hãy mở bằng phần mềm bảng tính và lưu lại.",
    )


def _sheet(book: Any, sheet: Any) -> Sheet:
    cells = {(r + 1, c + 1): cell for r, c, cell in _cells(book, sheet)}
    merges = [(r0 + 1, c0 + 1, r1, c1) for r0, r1, c0, c1 in sheet.merged_cells]
    rows, columns = _hidden(sheet.rowinfo_map), _hidden(sheet.colinfo_map)
    return Sheet(sheet.name, sheet.visibility == 0, cells, merges, rows, columns)


def _hidden(lines: Mapping[int, Any]) -> frozenset[int]:
    return frozenset(n + 1 for n, i in lines.items() if i.hidden and not i.outline_level)


def _cells(book: Any, sheet: Any) -> Iterator[tuple[int, int, SheetCell]]:
    for r in range(sheet.nrows):
        for c, (kind, value) in enumerate(
            zip(sheet.row_types(r), sheet.row_values(r), strict=True)
        ):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and value != "":
                set_apart = sheet.rich_text_runlist_map.get((r, c), ())
                style = sheet.cell_xf_index(r, c)
                if set_apart or not _font(book, style).struck_out:
                    yield r, c, _cell(book, style, kind, value, set_apart)


def _font(book: Any, style: int) -> Any:
    return book.font_list[book.xf_list[style].font_index]


def _cell(book: Any, style: int, kind: int, value: Any, set_apart: Sequence[Part]) -> SheetCell:
    look = book.xf_list[style]
    font = _font(book, style)
    number_format = book.format_map[look.format_key].format_str
    held = _held(book, kind, value)
    marks: tuple[str, ...] = ()
    if set_apart and isinstance(held, str):
        held, marks = without_marks(_runs(book, held, set_apart))
    indent = look.alignment.indent_level
    return SheetCell(held, number_format, font.name, bool(font.bold), indent, marks=marks)


def _runs(book: Any, text: str, set_apart: Sequence[Part]) -> Iterator[Run]:
    """The parts of a text that are set apart; what is struck out is said no more."""
    starts = [start for start, _ in set_apart]
    yield text[: starts[0]], False
    for (start, number), end in zip(set_apart, [*starts[1:], len(text)], strict=True):
        look = book.font_list[number]
        if not look.struck_out:
            yield text[start:end], look.escapement == 1


def _held(book: Any, kind: int, value: Any) -> Any:
    if kind == xlrd.XL_CELL_NUMBER:
        return exact(value)
    if kind == xlrd.XL_CELL_DATE:
        try:
            return as_date(*xlrd.xldate_as_tuple(value, book.datemode)[:3])
        except xlrd.xldate.XLDateError:
            return exact(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    return _ERRORS.get(value, "#ERROR") if kind == xlrd.XL_CELL_ERROR else str(value)
