"""The tables of one page: ruled ones first, then those that only their columns give away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.figures import is_numeric
from extractors.pdf.beside import by_table, rows_of_tables
from extractors.pdf.charts import is_chart, is_plot, is_scale
from extractors.pdf.grids import cell_text, grid_of
from extractors.pdf.lines import Lattice, bands_outside, find_lattices, with_band
from extractors.pdf.objects import PageObjects, Rule, Word, box_of
from extractors.pdf.streams import find_frames
from extractors.pdf.structure import build
from extractors.pdf.text import TextLine, text_lines
from extractors.pdf.zones import zones
from solieu.model import Box, Grid, Passage


@dataclass(slots=True)
class PageTables:
    """What a page holds: grids, the lines outside of them, and the words of charts."""

    grids: list[Grid] = field(default_factory=list)
    rest: list[TextLine] = field(default_factory=list)
    boilerplate: list[Passage] = field(default_factory=list)


def page_tables(page: PageObjects, *, marks: bool = True) -> PageTables:
    """Find and read the tables of a page; `marks` as in `grid_of`."""
    found = PageTables()
    rest = page.words
    for ruled in find_lattices(page.across, page.down):
        lattice = _extended(ruled, page, rest)
        inside, outside = _parted(rest, lattice.box)
        if is_chart(page, lattice.box, inside) or is_plot(page, lattice, inside):
            found.boilerplate.extend(_labels(page, inside))
            rest = outside
            continue
        grid = _grid(page, lattice, inside, marks=marks)
        if grid is not None and grid.column_count > 1:
            found.grids.append(grid)
            rest = outside
    parts = zones([w for w in rest if not w.angle], page.width)
    for frame in find_frames(page, parts):
        if is_chart(page, frame.lattice.box, frame.words):
            continue
        grid = _grid(page, frame.lattice, frame.words, frame.underlines, marks=marks)
        if grid is not None and grid.column_count > 1 and not _scales(grid):
            found.grids.append(grid)
            taken = {id(w) for w in frame.words}
            rest = [w for w in rest if id(w) not in taken]
    if sum(len(line.words) for zone in parts for line in zone) != len(rest):
        parts = zones(rest, page.width)
    found.rest = [line for zone in parts for line in zone]
    for row in rows_of_tables(found.grids):
        found.rest = by_table(found.rest, row)
    return found


def _grid(
    page: PageObjects,
    lattice: Lattice,
    words: Sequence[Word],
    underlines: Sequence[Rule] = (),
    *,
    marks: bool,
) -> Grid | None:
    built = build(lattice, words, underlines)
    if sum(1 for s in built.slots if s.words) < 2:
        return None
    return grid_of(built, page, marks=marks)


def _labels(page: PageObjects, words: Sequence[Word]) -> list[Passage]:
    """The words of a chart: kept, never read."""
    return [
        Passage(cell_text(line.words)[0], 0, "boilerplate", page.number, box_of(line.words))
        for line in text_lines(words)
    ]


def _extended(lattice: Lattice, page: PageObjects, words: Sequence[Word]) -> Lattice:
    """A lattice with the rows at its ends that have no upright rules."""
    x0, _, x1, _ = lattice.box
    for band in bands_outside(lattice, page.across):
        if band is None:
            continue
        inside, _ = _parted(words, (x0, band[0], x1, band[1]))
        lines = text_lines(inside)
        if 0 < len(lines) <= 3 and max(len(line.phrases) for line in lines) > 1:
            lattice = with_band(lattice, band)
    return lattice


def _scales(grid: Grid) -> bool:
    """Whether every column of figures is the scale of a chart."""
    columns: dict[int, list[str]] = {}
    for cell in grid.cells:
        if is_numeric(cell.text) and any(c.isdigit() for c in cell.text):
            columns.setdefault(cell.column, []).append(cell.text)
    return bool(columns) and all(is_scale(texts) for texts in columns.values())


def _parted(words: Sequence[Word], box: Box) -> tuple[list[Word], list[Word]]:
    inside: list[Word] = []
    outside: list[Word] = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        within = box[0] <= x <= box[2] and box[1] <= y <= box[3]
        (inside if within else outside).append(word)
    return inside, outside
