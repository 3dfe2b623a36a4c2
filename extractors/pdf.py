"""PDFs: tables and running text in reading order, whatever way the tables are drawn.

Dates in a PDF's properties say when the file was made, not when the figures were published, so they are
not taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.pdf_charts import is_chart, is_plot, is_scale
from extractors.pdf_lines import Lattice, find_lattices
from extractors.pdf_objects import PageObjects, Rule, Word, box_of
from extractors.pdf_pdfium import PdfiumReader
from extractors.pdf_structure import build
from extractors.pdf_streams import find_frames
from extractors.pdf_text import block_text, is_numeric, text_lines
from solieu.model import Box, Cell, Content, Grid, Passage, SourceDocument


def extract(document: SourceDocument) -> Content:
    """Tables and passages of a PDF; raises `UnreadableDocument` for damaged and locked files."""
    reader = PdfiumReader(document.content)
    try:
        blocks: list[Passage | Grid] = []
        for page in reader.pages():
            blocks.extend(_page_blocks(page))
        return Content(
            tuple(_numbered(blocks)),
            title=reader.title,
            page_count=reader.page_count,
            reader=reader.name,
        )
    finally:
        reader.close()


def page_grids(document: SourceDocument) -> list[Grid]:
    """The tables of each page as printed, before any joining over pages."""
    reader = PdfiumReader(document.content)
    try:
        return [b for page in reader.pages() for b in _page_blocks(page) if isinstance(b, Grid)]
    finally:
        reader.close()


def _numbered(blocks: Iterable[Passage | Grid]) -> Iterable[Passage | Grid]:
    grids = passages = 0
    for block in blocks:
        if isinstance(block, Grid):
            grids += 1
            yield replace(block, number=grids)
        else:
            passages += 1
            yield replace(block, number=passages)


def _page_blocks(page: PageObjects) -> list[Passage | Grid]:
    grids: list[Grid] = []
    rest = page.words
    charts: list[Word] = []
    for lattice in find_lattices(page.across, page.down):
        inside, outside = _parted(rest, lattice.box)
        if is_chart(page, lattice.box, inside) or is_plot(page, lattice, inside):
            charts += inside
            rest = outside
            continue
        grid = _grid(lattice, inside, page)
        if grid is not None:
            grids.append(grid)
            rest = outside
    for frame in find_frames(page, rest):
        if is_chart(page, frame.lattice.box, frame.words):
            continue
        grid = _grid(frame.lattice, frame.words, page, frame.underlines)
        if grid is not None and grid.column_count > 1 and not _scales(grid):
            grids.append(grid)
            taken = {id(w) for w in frame.words}
            rest = [w for w in rest if id(w) not in taken]
    blocks: list[tuple[float, Passage | Grid]] = [(g.box[1] if g.box else 0.0, g) for g in grids]
    for line in text_lines(rest):
        box = box_of(line.words)
        blocks.append((box[1], Passage(line.text, 0, page=page.number, box=box)))
    for line in text_lines(charts):
        box = box_of(line.words)
        blocks.append((box[1], Passage(line.text, 0, "boilerplate", page=page.number, box=box)))
    return [b for _, b in sorted(blocks, key=lambda pair: pair[0])]


def _scales(grid: Grid) -> bool:
    """Whether every column of figures is the scale of a chart."""
    columns: dict[int, list[str]] = {}
    for cell in grid.cells:
        if is_numeric(cell.text) and any(c.isdigit() for c in cell.text):
            columns.setdefault(cell.column, []).append(cell.text)
    return bool(columns) and all(is_scale(texts) for texts in columns.values())


def _parted(words: Sequence[Word], box: Box) -> tuple[list[Word], list[Word]]:
    inside, outside = [], []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        within = box[0] <= x <= box[2] and box[1] <= y <= box[3]
        (inside if within else outside).append(word)
    return inside, outside


def _grid(
    lattice: Lattice, words: Sequence[Word], page: PageObjects, underlines: Sequence[Rule] = ()
) -> Grid | None:
    built = build(lattice, words, underlines)
    filled = sum(1 for s in built.slots if s.words)
    if filled < 2:
        return None
    xs, ys = built.xs, built.ys
    cells = tuple(
        Cell(
            block_text(s.words),
            s.row + 1,
            s.column + 1,
            s.last_row - s.row + 1,
            s.last_column - s.column + 1,
            page=page.number,
            box=(xs[s.column], ys[s.row], xs[s.last_column + 1], ys[s.last_row + 1]),
            bold=bool(s.words) and all(w.bold for w in s.words),
        )
        for s in built.slots
    )
    return Grid(cells, len(ys) - 1, len(xs) - 1, page=page.number, box=lattice.box)
