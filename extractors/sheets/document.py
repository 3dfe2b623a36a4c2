"""Spreadsheets: every visible sheet is a grid, its cells as they are held.

A number in a cell needs no reading: `Cell.number` is what the sheet holds, `display` what its
format shows. Old workbooks hold text typed in TCVN3 or VNI fonts, which the font's name gives away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise, product, starmap

from extractors.continued import with_parts_joined
from extractors.cues import is_cue
from extractors.sheets import ods, xls, xlsx
from extractors.sheets.model import Position, Sheet, SheetCell
from extractors.sheets.number_formats import display, in_scale, is_percent
from extractors.surroundings import numbered
from solieu.legacy import decode_legacy, from_tcvn3, from_vni
from solieu.model import Cell, Content, Grid, Notice, SourceDocument
from solieu.quick import replace
from solieu.text import clean

_WIDE_SPAN = 1_000
"""Rows or columns above which a merged cell was drawn to the end of the sheet."""
_FAR_ROWS, _FAR_COLUMNS = 10_000, 1_000
"""Empty lines after which nothing belongs to the table before them."""
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
    unseen = {s.name: out for s in found if s.visible and (out := _cut_hidden(s))}
    strays = {s.name: far for s in found if s.visible and (far := _cut_strays(s))}
    shown = [s for s in found if s.visible and s.cells]
    grids = tuple(_grid(sheet, number) for number, sheet in enumerate(shown, 1))
    grids = _joined(grids)
    return Content(
        grids,
        grids[0].title if grids else None,
        None,
        len(shown),
        reader,
        (
            *_notices(found),
            *starmap(_hidden_notice, unseen.items()),
            *starmap(_stray_notice, strays.items()),
        ),
    )


def _joined(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """A table that goes on over sheets as one, the sheet's number kept in each of its cells."""
    if len(with_parts_joined(grids)) == len(grids):
        return grids
    paged = [replace(g, cells=tuple(replace(c, page=g.number) for c in g.cells)) for g in grids]
    whole = numbered(with_parts_joined(paged))
    return tuple(b for b in whole if isinstance(b, Grid))


def _cut_hidden(sheet: Sheet) -> int:
    """Take away what stands in hidden rows and columns, and say how many cells that were.

    Authors hide their checks and last year's figures there; no reader sees them. A merged cell
    that reaches into what is shown is shown; a unit that stood in the corner still holds.
    """
    rows, columns = sheet.hidden_rows, sheet.hidden_columns
    if not rows and not columns:
        return 0
    ends = {(r0, c0): (r1, c1) for r0, c0, r1, c1 in sheet.merges}
    unseen = [
        (row, column)
        for (row, column), cell in sheet.cells.items()
        if (row in rows or column in columns)
        and not _is_shown((row, column), ends.get((row, column)), sheet)
        and (row in rows or not is_cue("unit", str(cell.value)))
    ]
    for position in unseen:
        del sheet.cells[position]
    return len(unseen)


def _is_shown(first: Position, last: Position | None, sheet: Sheet) -> bool:
    if last is None:
        return False
    reach = zip(first, last, (sheet.hidden_rows, sheet.hidden_columns), strict=True)
    return all(any(n not in hidden for n in range(a, b + 1)) for a, b, hidden in reach)


def _hidden_notice(name: str, count: int) -> Notice:
    return Notice(
        "hidden_lines",
        f"Trang tính {name}: {count} ô nằm trong dòng hoặc cột ẩn, không đọc. Hãy bỏ ẩn nếu đó là "
        "số liệu công bố.",
        f"Sheet {name}: {count} cells in hidden rows or columns were not read. Unhide them if they "
        "are published figures.",
    )


def _cut_strays(sheet: Sheet) -> int:
    """Take away what stands far from the sheet's tables, and say how many cells that were.

    A blank or a figure that fell into the last row would make a table of a million rows.
    """
    rows = _end({row for row, _ in sheet.cells}, _FAR_ROWS)
    columns = _end({column for _, column in sheet.cells}, _FAR_COLUMNS)
    far = [p for p in sheet.cells if p[0] > rows or p[1] > columns]
    for position in far:
        del sheet.cells[position]
    return len(far)


def _end(used: set[int], most: int) -> int:
    """The last line before a gap of more than `most` lines."""
    lines = sorted(used)
    return next((a for a, b in pairwise(lines) if b - a > most), lines[-1] if lines else 0)


def _stray_notice(name: str, count: int) -> Notice:
    return Notice(
        "stray_cells",
        f"Trang tính {name}: {count} ô nằm cách xa bảng, không đọc. Hãy đưa chúng lại gần hoặc "
        "xóa các dòng trống ở giữa.",
        f"Sheet {name}: {count} cells stand far from the tables and were not read. Move them "
        "closer or delete the empty rows between.",
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
    spans = _spans(sheet)
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


def _spans(sheet: Sheet) -> dict[Position, tuple[int, int]]:
    """Rows and columns of each merged cell; one merged to the sheet's edge ends with the cells."""
    last_row = max((row for row, _ in sheet.cells), default=1)
    last_column = max((column for _, column in sheet.cells), default=1)
    return {
        (r0, c0): (_reach(r0, r1, last_row), _reach(c0, c1, last_column))
        for r0, c0, r1, c1 in sheet.merges
    }


def _reach(first: int, last: int, held: int) -> int:
    wide = last - first + 1
    return wide if wide <= _WIDE_SPAN else max(1, min(wide, held - first + 1))


def _covered(sheet: Sheet) -> set[Position]:
    """Positions under a merged cell, of those that hold something."""
    covered: set[Position] = set()
    for r0, c0, r1, c1 in sheet.merges:
        rows, columns = range(r0, r1 + 1), range(c0, c1 + 1)
        # most merges are small and most sheets are large: look at whichever is less
        small = len(rows) * len(columns) <= len(sheet.cells)
        inside: Iterable[Position] = product(rows, columns) if small else sheet.cells
        covered.update(p for p in inside if p[0] in rows and p[1] in columns and p != (r0, c0))
    return covered


def _cell(
    position: tuple[int, int],
    cell: SheetCell,
    span: tuple[int, int],
    decode: Callable[[SheetCell], str],
) -> Cell:
    row, column = position
    if isinstance(cell.value, Decimal):
        percent = is_percent(cell.number_format)
        number = in_scale(cell.value, cell.number_format)
        held = number.scaleb(2) if percent else number
        text = f"{held.normalize():f}" + ("%" if percent else "")
        shown = display(cell.value, cell.number_format)
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
        marks=cell.marks,
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
