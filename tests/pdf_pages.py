"""Small PDFs drawn for tests; text stands at its base line, y counts from the top of the page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from extractors.pdf import page_grids
from solieu.model import Grid, SourceDocument

WIDTH, HEIGHT = 595.0, 842.0
EDGES = [60, 200, 300, 400, 500]
HEAD = ["District", "Plan", "Actual", "Rate"]
ROWS = [
    ["Nam Sach", "5.792", "7.593", "131,1"],
    ["Kim Thanh", "1.888", "1.750", "92,7"],
    ["Tu Ky", "12.345", "-", "0,0"],
    ["Total", "20.025", "9.343", "46,7"],
]


class Page:
    """One page to draw on, from the upper left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.size = 10.0

    def text(
        self, x: float, y: float, text: str, *, right: bool = False, bold: bool = False
    ) -> None:
        font = "Helvetica-Bold" if bold else "Helvetica"
        self.canvas.setFont(font, self.size)
        draw = self.canvas.drawRightString if right else self.canvas.drawString
        draw(x, HEIGHT - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def rows(
        self, y: float, edges: Sequence[float], rows: Sequence[Sequence[str]], step: float = 18
    ) -> float:
        """Words of a table without its rules; figures to the right. Gives the y below the last row."""
        for row in rows:
            for x0, x1, cell in zip(edges, edges[1:], row, strict=False):
                if cell[:1].isdigit() or cell[:1] in "-+":
                    self.text(x1 - 4, y + step - 5, cell, right=True)
                else:
                    self.text(x0 + 4, y + step - 5, cell)
            y += step
        return y

    def table(
        self, y: float, edges: Sequence[float], rows: Sequence[Sequence[str]], step: float = 18
    ) -> float:
        """A fully ruled table."""
        bottom = self.rows(y, edges, rows, step)
        for number in range(len(rows) + 1):
            self.line(edges[0], y + number * step, edges[-1], y + number * step)
        for x in edges:
            self.line(x, y, x, bottom)
        return bottom


def pdf(*draw: Callable[[Page], None], rotate: int = 0, **options: object) -> bytes:
    """A PDF with one page for each function."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True, **options)
    for function in draw:
        if rotate:
            canvas.setPageRotation(rotate)
        function(Page(canvas))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def document(content: bytes) -> SourceDocument:
    return SourceDocument("drawn.pdf", content, "application/pdf", "drawn.pdf")


def texts(grid: Grid) -> list[list[str]]:
    """The grid's rows; a covered position is an empty text."""
    rows = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text
    return rows


def raw_pdf(stream: bytes, fonts: bytes, more: bytes = b"") -> bytes:
    """A PDF written by hand, for what no library writes; damaged in nothing but its missing index."""
    return b"".join(
        [
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R",
            b"/Resources<<",
            fonts,
            b">>>>endobj\n4 0 obj<</Length %d>>stream\n" % len(stream),
            stream,
            b"\nendstream endobj\n",
            more,
            b"\ntrailer<</Root 1 0 R>>\n",
        ]
    )


def only(content: bytes) -> Grid:
    (grid,) = page_grids(document(content))
    return grid


def part(rows: list[list[str]], title: str | None = None, at: float = 100):
    def draw(page: Page) -> None:
        if title:
            page.text(60, at - 12, title)
        page.table(at, EDGES, rows)
        page.text(290, 820, "7")

    return draw
