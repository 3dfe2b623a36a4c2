"""Small whole documents of every format that is read, with tables and sentences of our own."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

HEAD = ["STT", "Đơn vị", "BHXH bắt buộc (người)", "BHXH tự nguyện (người)", "Tỷ lệ (%)"]
ROWS = [
    ["1", "Huyện An Bình", "12.480", "1.205", "31,4"],
    ["2", "Huyện Bình Lộc", "8.913", "977", "28,06"],
    ["3", "Thị xã Cẩm Tân", "20.077", "1.888", "44,90"],
    ["", "Tổng cộng", "41.470", "4.070", "35,2"],
]
TITLE = "Số người tham gia bảo hiểm xã hội năm 2023"
SAID = (
    "Đến hết ngày 31/12/2023, toàn tỉnh có 41.470 người tham gia BHXH bắt buộc, đạt 98,7% kế hoạch."
)

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
ORIGINALS = {
    "html": "text/html",
    "xhtml": "application/xhtml+xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "pdf": "application/pdf",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xls": "application/vnd.ms-excel",
}
"""Format to media type."""


@cache
def originals(kind: str) -> tuple[bytes, ...]:
    """The whole documents of a format; the same bytes each time."""
    return _MAKERS[kind]()


def _folder(*parts: str) -> Path:
    return Path(__file__).resolve().parents[1].joinpath(*parts)


def _html() -> tuple[bytes, ...]:
    spanned = (
        '<tr><th rowspan="2">STT</th><th rowspan="2">Đơn vị</th><th colspan="2">Số người</th>'
        '<th rowspan="2">Tỷ lệ (%)</th></tr><tr><th>Bắt buộc</th><th>Tự nguyện</th></tr>'
    )
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in ROWS)
    text = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>"
        f"<div class='menu'><a href='/'>Trang chủ</a></div><h1>{TITLE}</h1><p>{SAID}</p>"
        f"<table border='1'>{spanned}{body}</table><ul><li>{SAID}</li></ul></body></html>"
    )
    divs = "".join(
        f"<div class='row'>{''.join(f'<div class=cell>{c}</div>' for c in r)}</div>"
        for r in [HEAD, *ROWS]
    )
    page = f"<html><body><h2>{TITLE}</h2><div class='table'>{divs}</div><p>{SAID}</p></body></html>"
    return (
        text.encode(),
        page.encode(),
        _folder("samples", "giao-chi-tieu-hai-duong-2024.html").read_bytes(),
    )


def _xhtml() -> tuple[bytes, ...]:
    start = b'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
    return (_html()[0].replace(b"<!DOCTYPE html><html>", start),)


def _text() -> tuple[bytes, ...]:
    lines = "\n".join(" | ".join(row) for row in [HEAD, *ROWS])
    aligned = "\n".join("".join(c.ljust(24) for c in row) for row in [HEAD, *ROWS])
    glued = "\n".join("".join(row) for row in [HEAD, *ROWS])
    own = (
        f"{TITLE}\n\n{SAID}\n\n{table}\n\n- {SAID}\n".encode() for table in (lines, aligned, glued)
    )
    return (*own, *(p.read_bytes() for p in sorted(_folder("samples").glob("*.txt"))))


def _separated(mark: str) -> tuple[bytes, ...]:
    table = "\n".join(mark.join(f'"{c}"' for c in row) for row in [HEAD, *ROWS])
    return (f"{TITLE}\n{table}\n".encode(), f"{table}\n".encode("utf-16"))


def _pdf() -> tuple[bytes, ...]:
    return (
        *(
            _drawn_pdf(ruled=ruled, packed=packed)
            for ruled in (True, False)
            for packed in (True, False)
        ),
        _folder("samples", "ke-hoach-tra-vinh-2023.pdf").read_bytes(),
    )


def _drawn_pdf(*, ruled: bool, packed: bool) -> bytes:
    """Letters of the built-in fonts: a PDF of a few kilobytes, most of it what is to be damaged."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    page = Canvas(out, invariant=True, pageCompression=packed)
    page.setFont("Helvetica", 9)
    for y, text in (
        (800, "Bieu 1. So nguoi tham gia nam 2023"),
        (400, "Toan tinh co 41.470 nguoi tham gia."),
    ):
        page.drawString(60, y, text)
    for i, row in enumerate([["STT", "Don vi", "Bat buoc", "Tu nguyen", "Ty le"], *ROWS]):
        for j, text in enumerate(row):
            page.drawString(65 + 90 * j, 760 - 20 * i, text.encode("ascii", "replace").decode())
    if ruled:
        page.grid([60 + 90 * j for j in range(6)], [775 - 20 * i for i in range(6)])
    page.showPage()
    page.drawString(60, 800, "Trang hai khong co bang.")
    page.save()
    return out.getvalue()


def _settled(archive: bytes) -> bytes:
    """The same without the time at which it was made."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            told = re.sub(
                rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", old.read(name)
            )
            new.writestr(zipfile.ZipInfo(name), told)
    return out.getvalue()


def _docx() -> tuple[bytes, ...]:
    from docx import Document

    document = Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(SAID)
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in [HEAD, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(4, 0).merge(table.cell(4, 1))
    out = BytesIO()
    document.save(out)
    return (_settled(out.getvalue()),)


def _xlsx() -> tuple[bytes, ...]:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.merge_cells("A1:E1")
    for row in [HEAD, *ROWS]:
        sheet.append(row)
    for i, value in enumerate((12480, 8913.5, 0.314), 3):
        sheet.cell(i, 3, value).number_format = ("#,##0", "0.00", "0.0%")[i - 3]
    sheet.cell(6, 3, "=SUM(C3:C5)")
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("An").sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return (_settled(out.getvalue()),)


def _ods() -> tuple[bytes, ...]:
    cells = "".join(
        f"<table:table-row>{''.join(_ods_cell(c) for c in row)}</table:table-row>"
        for row in [HEAD, *ROWS]
    )
    names = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text", "style")
    )
    title = f'<table:table-row><table:table-cell table:number-columns-spanned="5"><text:p>{TITLE}</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="4"/></table:table-row>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Bieu 1">{title}{cells}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ORIGINALS["ods"])
        archive.writestr(zipfile.ZipInfo("content.xml"), content)
    return (out.getvalue(),)


def _ods_cell(text: str) -> str:
    plain = text.replace(".", "").replace(",", ".")
    kind = f' office:value-type="float" office:value="{plain}"' if plain[:1].isdigit() else ""
    return f"<table:table-cell{kind}><text:p>{text}</text:p></table:table-cell>"


_MAKERS = {
    "html": _html,
    "xhtml": _xhtml,
    "txt": _text,
    "csv": lambda: _separated(","),
    "tsv": lambda: _separated("\t"),
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "ods": _ods,
    "xls": lambda: (_folder("tests", "data", "tcvn3.xls").read_bytes(),),
}
