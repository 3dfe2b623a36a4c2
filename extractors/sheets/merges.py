"""Merged cells of a workbook that reach to the end of the sheet, cut to what the sheet holds.

openpyxl makes an object for every cell under a merged one: two columns merged as a whole are two
million objects and half a minute, a sheet merged as a whole never ends.
"""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from extractors.limits import MAX_TABLE_CELLS, too_large
from solieu.archives import DAMAGE

_MERGE = re.compile(rb"(<(?:\w+:)?mergeCell\s+ref=[\"'])([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)(?=[\"'])")
_PLACE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3}\d+)[\"']")
_WIDE = 100_000
"""Cells under a merged one above which it was drawn to the end of the sheet."""


def with_merges_cut(content: bytes) -> bytes:
    """The workbook, its widest merged cells ending with the sheet's last row and column in use.

    The same bytes where none is wide. Raises LimitExceeded where what is merged stays too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if _is_sheet(name)}
    except DAMAGE:
        return content
    cut = {name: shorter for name, part in parts.items() if (shorter := _cut(part)) != part}
    return _with_parts(content, cut) if cut else content


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _cut(part: bytes) -> bytes:
    areas = [_area(m[2].decode()) for m in _MERGE.finditer(part)]
    if max(areas, default=0) <= _WIDE:
        _refuse_above(sum(areas))
        return part
    used = [CellRange(m[1].decode()) for m in _PLACE.finditer(part)]
    last = max((c.min_col for c in used), default=1), max((c.min_row for c in used), default=1)
    shorter = _MERGE.sub(lambda m: m[1] + _within(m[2].decode(), last).encode(), part)
    _refuse_above(sum(_area(m[2].decode()) for m in _MERGE.finditer(shorter)))
    return shorter


def _area(reference: str) -> int:
    size = CellRange(reference).size
    return int(size["rows"] * size["columns"])


def _refuse_above(area: int) -> None:
    if area > MAX_TABLE_CELLS:
        too_large("Cells under merged ones", "Số ô bị gộp", area, MAX_TABLE_CELLS)


def _within(reference: str, last: tuple[int, int]) -> str:
    if _area(reference) <= _WIDE:
        return reference
    whole = CellRange(reference)
    column = max(whole.min_col, min(whole.max_col, last[0]))
    row = max(whole.min_row, min(whole.max_row, last[1]))
    return f"{get_column_letter(whole.min_col)}{whole.min_row}:{get_column_letter(column)}{row}"


def _with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return changed.getvalue()
