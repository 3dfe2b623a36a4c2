"""What a page says itself about a sum that does not add up: footnotes, and remarks in the table.

"(*) Không bao gồm 343 người do tỉnh quản lý" is the answer to a gap of 343. A note on a figure that
gives no such number may be the answer as well, so the sum is asked about and accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from auditors import messages
from auditors.desk import Desk
from auditors.identities import Claim
from solieu.model import Cell, Grid
from solieu.text import one_line

# A mark at the end of a label or a number: *, (*), (1), (a), ¹.
_MARK = re.compile(r"(?<=\S)\s*(\(\*{1,3}\)|\*{1,3}|\([0-9a-zđ]\)|[¹²³⁴⁵⁶⁷⁸⁹])\s*$", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*(?:Ghi chú\s*:?\s*)?(\(\*{1,3}\)|\*{1,3}|\(?[0-9a-zđ]\)|[¹²³⁴⁵⁶⁷⁸⁹])(?=[\s:.\w])",
    re.IGNORECASE,
)
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_DIGITS = re.compile(r"\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?")
# A gap of fewer digits turns up in a note by chance ("12 huyện").
LEAST = 100
LONGEST = 160


def noted(desk: Desk, claims: list[Claim]) -> list[Claim]:
    """The claims; a failed sum of a table that the page explains is no contradiction."""
    return [_weighed(desk, c) if c.outcome == "off" and c.table is not None else c for c in claims]


def _weighed(desk: Desk, claim: Claim) -> Claim:
    if claim.certainty == "guess" or claim.layout == "question":
        return claim
    if reconciling(desk, claim):
        return replace(claim, certainty="guess", reason="footnote_says")
    if claim.certainty == "clear" and marked(desk, claim):
        return replace(claim, certainty="likely", reason="footnote")
    return claim


def note(desk: Desk, claim: Claim) -> str:
    """The words of the page that may explain a failed sum."""
    text = reconciling(desk, claim) or marked(desk, claim)
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + "…"


def reconciling(desk: Desk, claim: Claim) -> str:
    """A note of the table, or a remark in one of the rows, that gives the very gap."""
    grid = _grid(desk, claim)
    if grid is None:
        return ""
    gap = _figures(messages.amount(abs(claim.residual), claim.whole, "vi"))
    own = [marked(desk, claim), *_remarks(grid, claim)]
    if gap and abs(claim.residual) >= LEAST * claim.whole.rounding:
        own += _notes(desk, grid)
    return next((text for text in own if gap & _figures(text)), "")


def marked(desk: Desk, claim: Claim) -> str:
    """The footnote on a figure of the sum, on its row or on its column."""
    grid = _grid(desk, claim)
    if grid is None:
        return ""
    notes = {m: text for text in _notes(desk, grid) if (m := _opening(text))}
    if not notes:
        return ""
    return next((notes[m] for m in _marks(grid, claim) if m in notes), "")


def _grid(desk: Desk, claim: Claim) -> Grid | None:
    return next((g for g in desk.reading.content.grids if g.number == claim.table), None)


def _figures(text: str) -> set[str]:
    """The numbers in a text, as digits."""
    return {re.sub(r"\D", "", n) for n in _DIGITS.findall(text)}


@lru_cache(maxsize=4096)
def _opening(text: str) -> str:
    """The mark that a footnote begins with: "(*) Chưa bao gồm ..."; "1. ..." begins a chapter."""
    found = _OPENING.match(text)
    return _bare(found.group(1)) if found else ""


def _bare(mark: str) -> str:
    return mark.strip().translate(_SUPERSCRIPTS).strip("()").casefold()


def _notes(desk: Desk, grid: Grid) -> list[str]:
    """The table's own notes, and what stands below it as far as it begins like a note."""
    blocks = desk.reading.content.blocks
    at = next((n for n, b in enumerate(blocks) if b is grid), len(blocks))
    after = []
    for block in blocks[at + 1 : at + 8]:
        if isinstance(block, Grid):
            break
        after.append(block.text)
    below = [t for t in after if _opening(t) or one_line(t).casefold().startswith("ghi chú")]
    return [line for text in (*grid.notes, *below) for line in text.splitlines()]


def _marks(grid: Grid, claim: Claim) -> Iterator[str]:
    """The marks on the figures of a sum, on the names of their rows and on their column's head."""
    spots = {(f.place.row, f.place.column) for f in claim.figures}
    rows = {row for row, _ in spots}
    columns = {column for _, column in spots}
    for cell in grid.cells:
        inside = (cell.row, cell.column) in spots or (cell.row in rows and _is_name(cell))
        head = cell.header or (grid.header_rows is not None and cell.row <= grid.header_rows)
        if inside or (head and len(columns) == 1 and cell.column in columns):
            yield from (_bare(m) for m in cell.marks)
            found = _MARK.search(cell.text)
            if found is not None:
                yield _bare(found.group(1))


def _is_name(cell: Cell) -> bool:
    return cell.number is None and any(c.isalpha() for c in cell.text)


def _remarks(grid: Grid, claim: Claim) -> list[str]:
    """Text in the rows of the sum that is no name: a column of remarks at the end."""
    rows = {f.place.row for f in claim.figures}
    last = max((f.place.column or 0) for f in claim.figures)
    return [
        c.text for c in grid.cells if c.row in rows and c.column > last and " " in c.text.strip()
    ]
