"""OpenDocument spreadsheets (.ods): the XML inside read directly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from extractors.sheets.model import Sheet, SheetCell
from solieu.archives import DAMAGE, check_zip
from solieu.errors import UnreadableDocument

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def sheets(content: bytes) -> list[Sheet]:
    """Every worksheet; raises UnreadableDocument for damaged files, LimitExceeded for bombs."""
    check_zip(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = archive.read("content.xml")
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (*DAMAGE, KeyError, etree.XMLSyntaxError) as error:
        why = type(error).__name__
        raise UnreadableDocument(
            f"The ODS file is damaged ({why}). Open it in a spreadsheet program and save it anew.",
            f"Tệp ODS bị hỏng ({why}). Hãy mở bằng phần mềm bảng tính và lưu lại.",
        ) from error
    hidden = _hidden_styles(root)
    return [_sheet(table, hidden) for table in root.iter(f"{_TABLE}table")]


def _hidden_styles(root: Any) -> set[str]:
    return {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for look in style.iter(f"{_STYLE}table-properties")
        if look.get(f"{_TABLE}display") == "false"
    }


def _sheet(table: Any, hidden: set[str]) -> Sheet:
    sheet = Sheet(table.get(f"{_TABLE}name", ""), table.get(f"{_TABLE}style-name") not in hidden)
    row_number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        found = list(_row_cells(row))
        # An empty row may be repeated a million times to the end of the sheet.
        for again in range(repeated if found else 0):
            for column, cell, (rows, columns) in found:
                here = row_number + again
                sheet.cells[here, column] = cell
                if rows > 1 or columns > 1:
                    sheet.merges.append((here, column, here + rows - 1, column + columns - 1))
        row_number += repeated
    return sheet


def _row_cells(row: Any) -> Iterator[tuple[int, SheetCell, tuple[int, int]]]:
    column = 1
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        held = _held(cell)
        if held is not None and cell.tag == f"{_TABLE}table-cell":
            span = tuple(
                int(cell.get(f"{_TABLE}number-{way}-spanned", "1")) for way in ("rows", "columns")
            )
            percent = cell.get(f"{_OFFICE}value-type") == "percentage"
            made = SheetCell(held, "0.00%" if percent else "General")
            for again in range(min(repeated, 1024)):
                yield column + again, made, (span[0], span[1])
        column += repeated


def _held(cell: Any) -> str | Decimal | None:
    if cell.get(f"{_OFFICE}value-type") in ("float", "currency", "percentage"):
        try:
            return Decimal(cell.get(f"{_OFFICE}value"))
        except (InvalidOperation, TypeError):
            return None
    text = "\n".join("".join(p.itertext()) for p in cell.iterchildren(f"{_TEXT}p"))
    return text or None
