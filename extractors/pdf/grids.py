"""From a table's geometry to a `Grid`: cell texts, footnote marks, indentation, turned headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from statistics import median, pstdev

from extractors.pdf.objects import PageObjects, Word
from extractors.pdf.slots import Built, Slot
from extractors.pdf.text import text_lines
from extractors.pdf.turn import on_shown_page
from solieu.model import Cell, Grid, make_cell
from solieu.quick import replace
from solieu.text import clean

_BOLD = attrgetter("bold")
_MARK = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z*†‡]{1,3})\)?(?:,\(?(?:\d{1,2}|[a-z*])\)?)*")
_BROKEN = re.compile(r"(?<=\d[-–])\n(?=\d)")
"""A line's end inside of "2021-2025"."""
DOUBTED = 0.6
"""The most that a figure of a doubtful table is sure: about so many of them are right."""
_POWERS = frozenset({"2", "3"})
_OF_FIGURES = "0123456789.,-+%() "
_INDENT = 4.0
"""Points that a label must stand in from the others to be subordinate."""


def grid_of(built: Built, page: PageObjects, *, marks: bool = True) -> Grid:
    """The grid as printed; with `marks` off, raised marks stay in the text where they stand.

    The boxes of its cells are those on the page as it is shown; its own is still the reader's.
    """
    built = _trimmed(built)
    xs, ys = [round(x, 2) for x in built.xs], [round(y, 2) for y in built.ys]
    shown_xs, shown_ys = _shrunk(xs, page), _shrunk(ys, page)
    cells = []
    for slot in built.slots:
        row, column, last_row, last_column = slot.row, slot.column, slot.last_row, slot.last_column
        words = slot.words
        text, noted = cell_text(words, marks=marks) if words else ("", ())
        box = (shown_xs[column], shown_ys[row], shown_xs[last_column + 1], shown_ys[last_row + 1])
        cells.append(
            make_cell(
                text,
                row + 1,
                column + 1,
                last_row - row + 1,
                last_column - column + 1,
                page=page.number,
                box=on_shown_page(box, page) if page.rotated else box,
                bold=bool(words) and all(map(_BOLD, words)),
                marks=noted,
                confidence=_confidence(slot, built),
            )
        )
    cells = _indented(cells, built.slots)
    box = (xs[0], ys[0], xs[-1], ys[-1])
    return Grid(tuple(cells), len(ys) - 1, len(xs) - 1, page=page.number, box=box)


def _confidence(slot: Slot, built: Built) -> float:
    """How surely its characters were read, and that they are of this cell."""
    read = min([w.confidence for w in slot.words]) if slot.words else 1.0
    if not (built.unclear or built.doubtful):
        return read
    rows = range(slot.row, slot.last_row + 1)
    doubted = built.unclear or not built.doubtful.isdisjoint(rows)
    return read * DOUBTED if doubted else read


def _shrunk(edges: Sequence[float], page: PageObjects) -> Sequence[float]:
    """Edges of a magnified page as they are shown, rounded once for all cells between them."""
    if page.rotated or page.scale == 1.0:
        return edges
    return [round(edge / page.scale, 2) for edge in edges]


def _trimmed(built: Built) -> Built:
    """Without the empty rows and columns at its edges, which rules far out leave."""
    filled = [s for s in built.slots if s.words]
    if not filled:
        return built
    rows = (min(s.row for s in filled), max(s.last_row for s in filled))
    columns = (min(s.column for s in filled), max(s.last_column for s in filled))
    if rows == (0, len(built.ys) - 2) and columns == (0, len(built.xs) - 2):
        return built
    slots = [
        Slot(
            max(s.row, rows[0]) - rows[0],
            max(s.column, columns[0]) - columns[0],
            min(s.last_row, rows[1]) - rows[0],
            min(s.last_column, columns[1]) - columns[0],
            s.words,
        )
        for s in built.slots
        if s.row <= rows[1]
        and s.last_row >= rows[0]
        and s.column <= columns[1]
        and s.last_column >= columns[0]
    ]
    xs, ys = built.xs[columns[0] : columns[1] + 2], built.ys[rows[0] : rows[1] + 2]
    doubtful = frozenset(row - rows[0] for row in built.doubtful)
    return Built(xs, ys, slots, built.unclear, doubtful)


def cell_text(words: Sequence[Word], *, marks: bool = True) -> tuple[str, tuple[str, ...]]:
    """A cell's words as its lines, one under the other, and its footnote marks apart from them."""
    if not words:
        return "", ()
    if len(words) == 1:
        return clean(words[0].text), ()
    turned = [w for w in words if w.angle in (90, 270)]
    if len(turned) > 0.5 * len(words):
        words = [turned_back(w, words[0].angle) for w in turned]
    noted: list[str] = []
    if marks and len(words) > 1:
        words, noted = _without_marks(words)
    text = "\n".join(line.text for line in text_lines(words))
    return clean(_BROKEN.sub("", text)), tuple(noted)


def turned_back(word: Word, angle: int) -> Word:
    """A word set upwards (270) or downwards (90) as if it were upright."""
    if angle == 90:
        return word._replace(x0=word.top, x1=word.bottom, top=-word.x1, bottom=-word.x0, angle=0)
    return word._replace(x0=-word.bottom, x1=-word.top, top=word.x0, bottom=word.x1, angle=0)


def _without_marks(words: Sequence[Word]) -> tuple[list[Word], list[str]]:
    """Words that are no raised small marks, and the texts of those that are."""
    sizes = [w.size for w in words]
    usual = sizes[0] if min(sizes) == max(sizes) else median(sizes)
    if min(sizes) > 0.8 * usual:
        return list(words), []
    kept: list[Word] = []
    noted: list[str] = []
    for line in text_lines(words):
        before: Word | None = None
        for word in line.words:
            if before is not None and _raised(word, before, usual):
                noted.append(word.text.strip("(),"))
            else:
                kept.append(word)
                before = word
    return kept, noted


def _raised(word: Word, before: Word, usual: float) -> bool:
    """A footnote mark: smaller, higher, close behind a word; not the 2 of km²."""
    small = word.size <= 0.8 * min(usual, before.size)
    high = word.base < before.base - 0.1 * before.size
    near = word.x0 - before.x1 < 0.5 * before.size
    power = word.text in _POWERS and before.text[-1:] in ("m", "M")
    return small and high and near and not power and _MARK.fullmatch(word.text) is not None


def _indented(cells: list[Cell], slots: Sequence[Slot]) -> list[Cell]:
    """Labels of the first column of words, with the steps that they stand in."""
    starts: dict[int, dict[int, float]] = {}
    for number, slot in enumerate(slots):
        if slot.words and slot.column == slot.last_column and slot.row > 0:
            text = cells[number].text
            if text.strip(_OF_FIGURES) and (text.isalpha() or any(c.isalpha() for c in text)):
                first = min([w.x0 for w in slot.words])
                starts.setdefault(slot.column, {})[number] = first
    if not starts:
        return cells
    letters = {c: sum(len(cells[n].text) for n in found) for c, found in starts.items()}
    column = max(letters, key=lambda c: (letters[c], -c))
    found = starts[column]
    levels = _levels(list(found.values()))
    if not 1 < len(levels) <= 5 or _centred([slots[n] for n in found]):
        return cells
    return [
        _with_indent(cell, levels, found[number]) if number in found else cell
        for number, cell in enumerate(cells)
    ]


def _centred(slots: Sequence[Slot]) -> bool:
    """Whether labels vary less in their middles than in their left edges."""
    lefts = [min(w.x0 for w in s.words) for s in slots]
    middles = [(min(w.x0 for w in s.words) + max(w.x1 for w in s.words)) / 2 for s in slots]
    return len(slots) > 2 and pstdev(middles) < pstdev(lefts)


def _levels(starts: Sequence[float]) -> list[float]:
    """The distinct left edges of labels; none where they are centred."""
    levels: list[float] = []
    for x in sorted(starts):
        if not levels or x - levels[-1] > _INDENT:
            levels.append(x)
    return levels


def _with_indent(cell: Cell, levels: Sequence[float], x: float) -> Cell:
    step = sum(1 for level in levels[1:] if x >= level - 0.5)
    return replace(cell, indent=step) if step else cell
