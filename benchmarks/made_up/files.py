"""A made-up table in the formats that offices publish: HTML, xlsx, docx and PDF."""

from __future__ import annotations

import html
import io
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.made_up.regional import Sheet

Lines = Sequence[str]
Span = tuple[int, int, int, int, str]
"""Row, column, row span, column span (0-based) and text of a head cell."""
FONTS = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"),
)


def head_spans(sheet: Sheet) -> list[Span]:
    """The head's cells with their spans: a group over its columns, a short path down to the body."""
    found: list[Span] = []
    depth = sheet.depth

    def walk(columns: list[int], level: int) -> None:
        at = 0
        while at < len(columns):
            path = sheet.heads[columns[at]]
            text = path[level]
            end = at + 1
            while (
                end < len(columns)
                and len(path) > level + 1
                and len(sheet.heads[columns[end]]) > level + 1
                and sheet.heads[columns[end]][: level + 1] == path[: level + 1]
            ):
                end += 1
            inner = [c for c in columns[at:end] if len(sheet.heads[c]) > level + 1]
            rows = 1 if inner else depth - level
            found.append((level, columns[at], rows, end - at, text))
            if inner:
                walk(inner, level + 1)
            at = end

    walk(list(range(len(sheet.heads))), 0)
    return found


def write_html(rng: random.Random, sheet: Sheet, top: Lines, bottom: Lines) -> bytes:
    out = [
        "<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>",
        html.escape(next((t for t in top if len(t) > 25), "Số liệu")),
        "</title></head><body>",
    ]
    if rng.random() < 0.7:
        menu = "".join(
            f"<li><a href='#'>{m}</a></li>"
            for m in ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ")
        )
        out.append(f"<nav><ul>{menu}</ul></nav>")
    out.append("<div class='content'>")
    lines = [t for t in top if t != sheet.caption]
    out += [f"<p>{html.escape(t)}</p>" for t in lines]
    out.append("<table border='1'>")
    if sheet.caption:
        if rng.random() < 0.5:
            out.append(f"<caption>{html.escape(sheet.caption)}</caption>")
        else:
            out.insert(-1, f"<p><em>{html.escape(sheet.caption)}</em></p>")
    cell = "th" if rng.random() < 0.5 else "td"
    tag = rng.random() < 0.5
    spans = head_spans(sheet)
    out.append("<thead>" if tag else "")
    for level in range(sheet.depth):
        cells = "".join(
            f"<{cell} rowspan='{rs}' colspan='{cs}'><p><strong>{html.escape(text)}</strong></p></{cell}>"
            for row, _, rs, cs, text in spans
            if row == level
        )
        out.append(f"<tr>{cells}</tr>")
    out.append("</thead><tbody>" if tag else "")
    merged = rng.random() < 0.5 and sheet.stubs == 2
    for i, row in enumerate(sheet.rows):
        made = [f"<td>{html.escape(t) or '&nbsp;'}</td>" for t in row]
        if i in sheet.bold and merged:
            made = [f"<td colspan='2'><b>{html.escape(row[1])}</b></td>", *made[2:]]
        out.append("<tr>" + "".join(made) + "</tr>")
    out.append(("</tbody>" if tag else "") + "</table>")
    out += [f"<p>{html.escape(t)}</p>" for line in bottom for t in line.split("\n")]
    out.append(
        "</div><div class='footer'><p>Bản quyền thuộc về Cổng thông tin điện tử. Điện thoại: 0243.9361.778</p></div></body></html>"
    )
    return "\n".join(out).encode()


def write_xlsx(rng: random.Random, sheet: Sheet, top: Lines, bottom: Lines) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = rng.choice(["Sheet1", "Biểu 01", "Phụ lục"])
    row, width = 1, len(sheet.heads)
    for line in top:
        page.cell(row, width if line == sheet.caption else 1, line)
        if line != sheet.caption and rng.random() < 0.7:
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        row += 1
    row += rng.randint(0, 1)
    for r, c, rows, cols, text in head_spans(sheet):
        page.cell(row + r, c + 1, text)
        if rows > 1 or cols > 1:
            page.merge_cells(
                start_row=row + r,
                end_row=row + r + rows - 1,
                start_column=c + 1,
                end_column=c + cols,
            )
    row += sheet.depth
    if rng.random() < 0.15:
        for c in range(width):
            page.cell(row, c + 1, "AB"[c] if c < sheet.stubs else str(c - sheet.stubs + 1))
        row += 1
    typed = rng.random() < 0.8
    for line in sheet.rows:
        for c, text in enumerate(line):
            if not text:
                continue
            value: str | int | float = text
            if c == 0 and sheet.stubs == 2 and text.isdigit():
                value = int(text)
            elif typed and c >= sheet.stubs:
                value = _number(text, sheet)
            target = page.cell(row, c + 1, value)
            if isinstance(value, int | float) and c >= sheet.stubs:
                target.number_format = "#,##0" if isinstance(value, int) else "#,##0.00"
        row += 1
    for text in bottom:
        page.cell(row + 1, 1, text)
        row += 1
    book.properties.created = book.properties.modified = datetime(2024, 1, 1, tzinfo=UTC).replace(
        tzinfo=None
    )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _number(text: str, sheet: Sheet) -> str | int | float:
    plain = (
        text.replace(sheet.style.thousands, "")
        if sheet.style.thousands != sheet.style.decimal
        else text
    )
    if sheet.style.thousands == ",":
        plain = text if sheet.style.decimal == "," else text.replace(",", "")
    if sheet.style.thousands == sheet.style.decimal:
        return text
    plain = plain.replace(sheet.style.decimal, ".")
    try:
        value = Decimal(plain)
    except ArithmeticError:
        return text
    return int(value) if value == value.to_integral_value() else float(value)


def write_docx(_: random.Random, sheet: Sheet, top: Lines, bottom: Lines) -> bytes:
    from docx import Document

    page = Document()
    for line in top:
        page.add_paragraph(line)
    table = page.add_table(rows=sheet.depth + len(sheet.rows), cols=len(sheet.heads))
    table.style = "Table Grid"
    for r, c, rows, cols, text in head_spans(sheet):
        target = table.cell(r, c)
        if rows > 1 or cols > 1:
            target = target.merge(table.cell(r + rows - 1, c + cols - 1))
        target.text = text
    for r, row in enumerate(sheet.rows):
        cells = table.rows[sheet.depth + r].cells
        for c, text in enumerate(row):
            cells[c].text = text
    for line in bottom:
        page.add_paragraph(line)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def write_pdf(rng: random.Random, sheet: Sheet, top: Lines, bottom: Lines) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    if "Body" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Body", str(next(f for f in FONTS if f.exists()))))
    body = ParagraphStyle("body", fontName="Body", fontSize=10, leading=14)
    small = ParagraphStyle("small", parent=body, fontSize=8, leading=10, alignment=1)
    title = ParagraphStyle("title", parent=body, alignment=1)
    right = ParagraphStyle("right", parent=body, alignment=2)
    width = len(sheet.heads)
    grid: list[list[object]] = [[""] * width for _ in range(sheet.depth)]
    spans = []
    for r, c, rows, cols, text in head_spans(sheet):
        grid[r][c] = Paragraph(html.escape(text), small)
        if rows > 1 or cols > 1:
            spans.append(("SPAN", (c, r), (c + cols - 1, r + rows - 1)))
    grid += [list(row) for row in sheet.rows]
    lines = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    if rng.random() < 0.3:
        lines = ("LINEBELOW", (0, sheet.depth - 1), (-1, -1), 0.5, colors.black)
    page_size = landscape(A4) if width > 7 or rng.random() < 0.3 else A4
    room = page_size[0] - 100
    stub = [28, 130][2 - sheet.stubs :] if sheet.stubs == 2 else [140]
    widths = [*stub, *([(room - sum(stub)) / (width - sheet.stubs)] * (width - sheet.stubs))]
    table = Table(grid, repeatRows=sheet.depth, colWidths=widths)
    table.setStyle(
        TableStyle(
            [("FONT", (0, 0), (-1, -1), "Body", 8), lines, ("ALIGN", (sheet.stubs, sheet.depth), (-1, -1), "RIGHT"),
             ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]
        )
    )  # fmt: skip
    story: list[object] = [
        Paragraph(
            html.escape(t),
            right if t == sheet.caption else title if t.isupper() or len(t) < 60 else body,
        )
        for t in top
    ]
    story += [Spacer(1, 8), table, Spacer(1, 8)]
    story += [Paragraph(html.escape(t), body) for line in bottom for t in line.split("\n")]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=page_size, leftMargin=50, rightMargin=50, invariant=1).build(
        story
    )
    return stream.getvalue()


Writer = Callable[[random.Random, Sheet, Lines, Lines], bytes]
WRITERS: dict[str, tuple[str, Writer]] = {
    "html": ("html", write_html),
    "xlsx": ("xlsx", write_xlsx),
    "docx": ("docx", write_docx),
    "pdf": ("pdf", write_pdf),
}
