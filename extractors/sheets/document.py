"""Spreadsheets: every visible sheet is a grid, its cells as they are held.

A number in a cell needs no reading: `Cell.number` is what the sheet holds, `display` what its
format shows. Old workbooks hold text typed in TCVN3 or VNI fonts, which the font's name gives away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from extractors.sheets import ods, xls, xlsx
from extractors.sheets.model import Sheet, SheetCell
from extractors.sheets.number_formats import display, is_percent
from solieu.legacy import decode_legacy, from_tcvn3, from_vni
from solieu.model import Cell, Content, Grid, Notice, SourceDocument
from solieu.text import clean

_OOXML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READERS: dict[str, tuple[str, Callable[[bytes], list[Sheet]]]] = {
    "application/vnd.ms-excel": ("xlrd", xls.sheets),
    _OOXML: ("openpyxl", xlsx.sheets),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods", ods.sheets),
}


def extract(document: SourceDocument) -> Content:
    """One grid per visible sheet that holds anything; hidden sheets are named and not read.

    Raises UnreadableDocument or LimitExceeded.
    """
    reader, read = READERS[document.media_type]
    found = read(document.content)
    shown = [s for s in found if s.visible and s.cells]
    grids = tuple(_grid(sheet, number) for number, sheet in enumerate(shown, 1))
    return Content(
        grids, grids[0].title if grids else None, None, len(shown), reader, tuple(_notices(found))
    )


def _notices(found: list[Sheet]) -> Iterator[Notice]:
    hidden = [s.name for s in found if not s.visible]
    if hidden:
        names = ", ".join(hidden)
        yield Notice(
            "hidden_sheets",
            f"Trang tính ẩn, không đọc: {names}",
            f"Hidden sheets, not read: {names}",
        )
    for sheet in found:
        if not sheet.visible:
            continue
        if sheet.hidden_lines:
            yield Notice(
                "hidden_lines",
                f"Trang tính {sheet.name} có dòng hoặc cột ẩn; chúng vẫn được đọc.",
                f"Sheet {sheet.name} has hidden rows or columns; they are read all the same.",
            )
        lost = sum(c.formula_without_value for c in sheet.cells.values())
        if lost:
            yield Notice(
                "formula_without_value",
                f"Trang tính {sheet.name}: {lost} công thức không lưu kết quả, không đọc được. "
                "Hãy mở bằng phần mềm bảng tính và lưu lại.",
                f"Sheet {sheet.name}: {lost} formulas without a stored result were not read. "
                "Open the file in a spreadsheet program and save it.",
            )


def _grid(sheet: Sheet, number: int) -> Grid:
    spans = {(m[0], m[1]): (m[2] - m[0] + 1, m[3] - m[1] + 1) for m in sheet.merges}
    covered = _covered(sheet)
    decode = _decoder(sheet)
    cells = tuple(
        _cell(position, cell, spans.get(position, (1, 1)), decode)
        for position, cell in sorted(sheet.cells.items())
        if position not in covered and not cell.formula_without_value
    )
    cells = tuple(c for c in cells if c.text)
    rows = max((c.row + c.row_span - 1 for c in cells), default=0)
    columns = max((c.column + c.column_span - 1 for c in cells), default=0)
    return Grid(cells, rows, columns, number, name=sheet.name)


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Positions under a merged cell, of those that hold something."""
    return {
        (row, column)
        for row, column in sheet.cells
        for r0, c0, r1, c1 in sheet.merges
        if r0 <= row <= r1 and c0 <= column <= c1 and (row, column) != (r0, c0)
    }


def _cell(
    position: tuple[int, int],
    cell: SheetCell,
    span: tuple[int, int],
    decode: Callable[[SheetCell], str],
) -> Cell:
    row, column = position
    if isinstance(cell.value, Decimal):
        percent = is_percent(cell.number_format)
        held = cell.value.scaleb(2) if percent else cell.value
        text = f"{held.normalize():f}" + ("%" if percent else "")
        number, shown = cell.value, display(cell.value, cell.number_format)
    else:
        percent, number, shown, text = False, None, None, decode(cell)
    return Cell(
        text,
        row,
        column,
        span[0],
        span[1],
        number=number,
        display=shown,
        percent=percent,
        indent=cell.indent + _leading(cell.value),
        bold=cell.bold,
    )


def _leading(value: str | Decimal) -> int:
    """Indentation typed as blanks: two count as a step."""
    if isinstance(value, Decimal):
        return 0
    return (len(value) - len(value.lstrip(" \u00a0"))) // 2


def _decoder(sheet: Sheet) -> Callable[[SheetCell], str]:
    """How to read the texts of a sheet: by each cell's font, or by the look of the whole sheet."""
    texts = [c.value for c in sheet.cells.values() if isinstance(c.value, str)]
    _, encoding = decode_legacy("\n".join(texts[:500]))

    def decode(cell: SheetCell) -> str:
        text = str(cell.value)
        font = cell.font.lower()
        if font.startswith((".vn", "abc")) or (encoding == "TCVN3" and not font.startswith("vni")):
            read = from_tcvn3(text)
            # Fonts whose name ends in H show capitals for small letters.
            text = read.upper() if font.startswith(".vn") and font.endswith("h") else read
        elif font.startswith("vni") or encoding == "VNI":
            text = from_vni(text)
        return clean(text)

    return decode
