"""OpenDocument spreadsheets (.ods): the XML inside read directly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from extractors import limits
from extractors.sheets.model import Sheet, SheetCell
from solieu.archives import DAMAGE, check_zip
from solieu.errors import UnreadableDocument

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST_LINES = 2**20
"""Rows of the largest sheet that any program has."""
_MOST_HIDDEN = 20_000
"""Hidden lines beyond these are the rest of the sheet, where nothing stands."""
_MOST_DIGITS = 400
"""A number with more is none; what the cell shows is read instead."""
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def sheets(content: bytes) -> list[Sheet]:
    """Every worksheet; raises UnreadableDocument for damaged files, LimitExceeded for bombs."""
    check_zip(content)
    try:
        root = _root(content)
        hidden = _hidden_styles(root)
        return [_sheet(table, hidden) for table in root.iter(f"{_TABLE}table")]
    except (*DAMAGE, KeyError, etree.XMLSyntaxError) as error:
        why = type(error).__name__
        raise UnreadableDocument(
            f"The ODS file is damaged ({why}). Open it in a spreadsheet program and save it anew.",
            f"Tệp ODS bị hỏng ({why}). Hãy mở bằng phần mềm bảng tính và lưu lại.",
        ) from error


def _root(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml")
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))


def _count(element: Any, name: str) -> int:
    """How often an element stands, or how far it reaches; ValueError for what no program writes.

    A wrong count would move figures under other heads, so a file that has one is refused.
    """
    told = int(element.get(f"{_TABLE}number-{name}", "1"))
    if not 1 <= told <= _MOST_LINES:
        raise ValueError(told)
    return told


def _hidden_styles(root: Any) -> set[str]:
    return {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for look in style.iter(f"{_STYLE}table-properties")
        if look.get(f"{_TABLE}display") == "false"
    }


def _sheet(table: Any, hidden: set[str]) -> Sheet:
    sheet = Sheet(
        table.get(f"{_TABLE}name", ""),
        table.get(f"{_TABLE}style-name") not in hidden,
        hidden_rows=frozenset(_hidden_lines(table, "row")),
        hidden_columns=frozenset(_hidden_lines(table, "column")),
    )
    row_number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = _count(row, "rows-repeated")
        found = list(_row_cells(row))
        # An empty row may be repeated a million times to the end of the sheet.
        held = len(sheet.cells) + repeated * len(found)
        if found and held > limits.MAX_TABLE_CELLS:
            limits.too_large(
                "Cells of a sheet", "Số ô của trang tính", held, limits.MAX_TABLE_CELLS
            )
        for again in range(repeated if found else 0):
            for column, cell, (rows, columns) in found:
                here = row_number + again
                sheet.cells[here, column] = cell
                if rows > 1 or columns > 1:
                    sheet.merges.append((here, column, here + rows - 1, column + columns - 1))
        row_number += repeated
    return sheet


def _hidden_lines(table: Any, kind: str) -> Iterator[int]:
    """Collapsed rows or columns, but for those of a group, which every reader can open."""
    number = 1
    for line in table.iter(f"{_TABLE}table-{kind}"):
        repeated = _count(line, f"{kind}s-repeated")
        grouped = line.getparent().tag == f"{_TABLE}table-{kind}-group"
        if number > _MOST_LINES:
            return
        if line.get(f"{_TABLE}visibility") == "collapse" and not grouped:
            yield from range(number, number + min(repeated, _MOST_HIDDEN))
        number += repeated


def _row_cells(row: Any) -> Iterator[tuple[int, SheetCell, tuple[int, int]]]:
    column = 1
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = _count(cell, "columns-repeated")
        held = _held(cell)
        if held is not None and cell.tag == f"{_TABLE}table-cell":
            span = (_count(cell, "rows-spanned"), _count(cell, "columns-spanned"))
            percent = cell.get(f"{_OFFICE}value-type") == "percentage"
            made = SheetCell(held, "0.00%" if percent else "General")
            for again in range(min(repeated, 1024)):
                yield column + again, made, span
        column += repeated


def _held(cell: Any) -> str | Decimal | None:
    if cell.get(f"{_OFFICE}value-type") in ("float", "currency", "percentage"):
        with suppress(InvalidOperation, TypeError):
            value = Decimal(cell.get(f"{_OFFICE}value"))
            if value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS:
                return value
    text = "\n".join("".join(p.itertext()) for p in cell.iterchildren(f"{_TEXT}p"))
    return text or None
