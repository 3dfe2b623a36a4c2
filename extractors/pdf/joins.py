"""One table over several pages: its parts become one grid, their repeated heads go.

Two parts belong together when the first ends its page, the second begins the next one, nothing but
running heads stands between them, and their columns are the same: at the same distances, or under
the same head, for each page may set them as wide as what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.continued import join, rows_repeated
from extractors.going_on import Block, in_one, is_grid
from extractors.pdf.cut_rows import with_whole_rows
from extractors.pdf.grids import DOUBTED
from extractors.surroundings import is_numbered
from solieu.model import Grid, Passage
from solieu.quick import replace
from solieu.text import fold

_SHIFT = 6.0
"""Points by which a column may differ between two parts after the shift of margins."""

_LONG = 60
"""Letters of a text that may go on with a figure; shorter ones are captions and headings."""
_FIGURE_FIRST = re.compile(r"\((?:tăng|giảm|đạt|bằng|chiếm) |\(?\d[\d.,]*\s?(?:%|[^\W\d_]{2,})")
_CONTINUED = re.compile(r"tiep(?: theo)?|continued|cont[.']?d?", re.IGNORECASE)


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the parts of a table over several pages as one grid."""
    return in_one(
        in_one(with_whole_rows(blocks), is_grid, _whole_table), _is_content, _whole_sentence
    )


def _whole_table(blocks: Sequence[Block], at: int, after: Block) -> list[Block] | None:
    before, between = blocks[at], blocks[at + 1 :]
    if not (isinstance(before, Grid) and isinstance(after, Grid)):
        return None
    if not _nothing_between(between) or _last_page(before) + 1 != after.page:
        return None
    one = same_columns(before, after) or rows_repeated(before, after) > 0
    made = join(before, _no_surer(after, before)) if one else None
    return [made, *between] if made is not None else None


def _no_surer(part: Grid, first: Grid) -> Grid:
    """A part that goes on under the heads of another: in doubt where all of that is."""
    if any(c.confidence > DOUBTED and c.text for c in first.cells):
        return part
    most = max((c.confidence for c in first.cells if c.text), default=1.0)
    if most > DOUBTED:
        return part
    cells = (replace(c, confidence=min(c.confidence, most)) for c in part.cells)
    return replace(part, cells=tuple(cells))


def _is_content(block: Block) -> bool:
    return not (isinstance(block, Passage) and block.kind == "boilerplate")


def _whole_sentence(blocks: Sequence[Block], at: int, after: Block) -> list[Block] | None:
    """A paragraph that a page break cuts in the middle of a sentence, as one."""
    before = blocks[at]
    if not (isinstance(before, Passage) and isinstance(after, Passage) and _goes_on(before, after)):
        return None
    return [replace(before, text=f"{before.text} {after.text}"), *blocks[at + 1 :]]


def _goes_on(before: Passage, after: Passage) -> bool:
    return (
        before.kind in {"paragraph", "item"}
        and after.kind == "paragraph"
        and _comes_next(before, after)
        and not before.text.endswith((".", ":", ";", "!", "?"))
        and (after.text[:1].islower() or _figures_on(before.text, after.text))
    )


def _comes_next(before: Passage, after: Passage) -> bool:
    """Whether the page or the column of text ends between them."""
    if before.page is None or after.page is None or before.box is None or after.box is None:
        return False
    beside = after.box[0] >= before.box[2] and after.box[1] < before.box[3]
    return after.page == before.page + 1 or (after.page == before.page and beside)


def _figures_on(before: str, after: str) -> bool:
    """A figure at the top that the sentence below the page was about to tell: "giảm" | "0,9%)."."""
    told = _FIGURE_FIRST.match(after) is not None and not is_numbered(after)
    return told and len(before) >= _LONG and before[-1].islower()


def _last_page(grid: Grid) -> int:
    pages = {c.page for c in grid.cells}
    return max((page for page in pages if page is not None), default=grid.page or 0)


def _nothing_between(blocks: Sequence[Block]) -> bool:
    """Only running heads, page numbers and "(tiếp theo)" between two parts."""
    return all(
        isinstance(b, Passage)
        and (
            b.kind == "boilerplate"
            or (len(b.text) < 150 and _CONTINUED.search(fold(b.text)) is not None)
            or len(b.text) <= 4
        )
        for b in blocks
    )


def _spans(grid: Grid) -> list[tuple[float, float]]:
    """From where to where each column runs, from the first's left, in the part's last page."""
    page = _last_page(grid)
    boxes = {
        c.column: c.box
        for c in reversed(grid.cells)
        if c.box is not None and c.page == page and c.column_span == 1
    }
    start = boxes[min(boxes)][0] if boxes else 0.0
    return [(boxes[c][0] - start, boxes[c][2] - start) for c in sorted(boxes)]


def same_columns(first: Grid, second: Grid) -> bool:
    """Whether two parts have their columns at the same places, if not as wide.

    Where no rules part columns, they are as wide as what stands in them on each page.
    """
    if first.column_count != second.column_count:
        return False
    a, b = _spans(first), _spans(second)
    return len(a) == len(b) and all(
        _within(x, y) and _within(y, x) for x, y in zip(a, b, strict=True)
    )


def _within(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether the middle of a column lies in another."""
    return other[0] - _SHIFT <= (one[0] + one[1]) / 2 <= other[1] + _SHIFT
