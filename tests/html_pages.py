"""Pages for tests, and what is asked of their reading."""

from __future__ import annotations

from extractors import html
from solieu.model import Content, Grid, SourceDocument


def read(page: str | bytes) -> Content:
    content = page.encode() if isinstance(page, str) else page
    return html.extract(SourceDocument("page.html", content, "text/html", "page.html"))


def only_grid(page: str) -> Grid:
    (grid,) = read(page).grids
    return grid


def texts(grid: Grid) -> list[list[str | None]]:
    """Rows of texts, a merged cell's text at its first position."""
    rows: list[list[str | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text
    return rows


def kinds(content: Content) -> dict[str, str]:
    return {p.text: p.kind for p in content.passages}


HEAD = "<tr><th>Tên</th><th>Số</th></tr>"


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
