"""Tables in plain text: by tabs, by bars, by columns of blanks, one cell per line, or glued.

Each way is looked for in the lines that the ways before it left; a run of lines is tried once, so
the time grows with the lines and not with their square.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors import limits
from extractors.text import aligned, glued, records, spaced
from extractors.text.cells import is_figure
from extractors.text.framed import BAR, BARS, framed, is_short_rule
from extractors.text.ragged import laid, with_totals_placed, without_glued_numbers
from solieu.model import Cell, Grid
from solieu.quick import replace
from solieu.text import clean

_RULE_MARKS = frozenset("|+:-=_─━═│├┼┤┌┬┐└┴┘║╔╗╚╝╠╣╦╩╬ \t")
_STROKES = ("--", "==", "__", "──", "━━", "══")
_DIGIT = re.compile(r"\d")
_LONGEST_LINE = 4000  # no table is set this wide without tabs
_LONGEST_LONE = 60  # a group row between tabbed rows is short; a sentence is not

Row = list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines it stands in, `start` included and `end` not, from 0."""

    start: int
    end: int
    grid: Grid


def find_tables(lines: Sequence[str]) -> list[Found]:
    """All tables in reading order; no line belongs to two."""
    taken = [len(line) > _LONGEST_LINE and "\t" not in line for line in lines]
    found: list[Found] = []
    for way in (_tabbed, _barred, glued.find, aligned.find, spaced.find, records.find):
        for start, end, grid in way(lines, taken):
            taken[start:end] = [True] * (end - start)
            found.append(Found(start, end, grid))
    return sorted(found, key=lambda f: f.start)


def runs(
    lines: Sequence[str], taken: Sequence[bool], belongs: Callable[[str], bool], gap: int = 1
) -> Iterator[tuple[int, int]]:
    """Stretches of lines that belong, with at most `gap` blank lines between two of them."""
    start = last = -1
    for i, line in enumerate(lines):
        if taken[i] or (line.strip() and not belongs(line)):
            if start >= 0:
                yield start, last + 1
            start = -1
        elif line.strip():
            if start >= 0 and i - last - 1 > gap:
                yield start, last + 1
                start = -1
            start, last = (i if start < 0 else start), i
    if start >= 0:
        yield start, last + 1


def grid_of(rows: Sequence[Row], header_rows: int | None = None) -> Grid:
    """Rows of texts as a grid, each text one cell."""
    if sum(map(len, rows)) > limits.MAX_TABLE_CELLS:
        limits.too_large("Cells", "Số ô", sum(map(len, rows)), limits.MAX_TABLE_CELLS)
    cells = tuple(
        Cell(text=clean(text), row=r, column=c, header=header_rows is not None and r <= header_rows)
        for r, row in enumerate(rows, start=1)
        for c, text in enumerate(row, start=1)
    )
    return Grid(
        cells=cells,
        row_count=len(rows),
        column_count=max(map(len, rows)),
        header_rows=header_rows,
    )


def _tabbed(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    between = {
        i
        for i in range(1, len(lines) - 1)
        if _is_lone(lines[i]) and _is_tabbed(lines[i - 1]) and _is_tabbed(lines[i + 1])
    }
    open_lines = [line if i not in between else f"{line}\t" for i, line in enumerate(lines)]

    def belongs(line: str) -> bool:
        return _is_tabbed(line) or line.endswith("\t")

    for start, end in runs(open_lines, taken, belongs):
        for first, stop in _single_tables(lines, start, end):
            rows = [line.split("\t") for line in lines[first:stop] if line.strip()]
            figures = any(map(_DIGIT.search, lines[first:stop]))
            if figures and sum(len(row) > 1 for row in rows) >= 2:
                yield first, stop, _tabbed_grid(_without_empty_margins(rows))


def _tabbed_grid(rows: Sequence[Row]) -> Grid:
    whole = with_totals_placed(without_glued_numbers(rows))
    found = laid(whole)
    if found is None:
        return grid_of(whole)
    cells, head = found
    return Grid(tuple(cells), max(c.row for c in cells), max(map(len, whole)), header_rows=head)


def _single_tables(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A row without figures after a blank line is the header of the next table."""
    first = start
    for i in range(start + 1, end):
        below_blank = not lines[i - 1].strip() and bool(lines[i].strip())
        if below_blank and not _DIGIT.search(lines[i]) and any(map(_DIGIT.search, lines[first:i])):
            yield first, i - 1
            first = i
    yield first, end


def _is_tabbed(line: str) -> bool:
    return "\t" in line and "\t" in line.strip()


def _is_barred(line: str) -> bool:
    bars = sum(line.count(bar) for bar in BARS)
    return bars > 1 or (bars == 1 and any(f" {bar} " in line for bar in BARS))


def _is_framed(line: str) -> bool:
    plain = line.strip()
    return len(plain) > 1 and plain[0] in BARS and plain[-1] in BARS


def _is_rule(line: str) -> bool:
    return any(stroke in line for stroke in _STROKES) and _RULE_MARKS.issuperset(line)


def _is_lone(line: str) -> bool:
    return bool(line.strip()) and "\t" not in line and len(line) <= _LONGEST_LONE


def _without_empty_margins(rows: list[Row]) -> list[Row]:
    """Trailing tabs make empty columns at the right, a tab before every line one at the left."""
    rows = [[cell.strip() for cell in row] for row in rows]
    width = max(max((c for c, t in enumerate(row, 1) if t), default=1) for row in rows)
    left = min(next((c for c, t in enumerate(row) if t), 0) for row in rows)
    return [row[left:width] for row in rows]


def _barred(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    def belongs(line: str) -> bool:
        return _is_barred(line) or _is_rule(line) or is_short_rule(line)

    for start, end in runs(lines, taken, belongs, gap=0):
        block = lines[start:end]
        merged = framed(block)
        if merged is not None:
            yield start, end, merged
        elif _is_even(block):
            grid = _barred_grid(block)
            if grid is not None:
                yield start, end, grid


def _is_even(block: Sequence[str]) -> bool:
    """Rows of one width; without a frame or a rule, three of them: menus use bars too."""
    rows = [line for line in block if BAR.search(line) and not _is_rule(line)]
    framed = len(rows) < len(block) or all(_is_framed(line) for line in rows)
    if len(rows) < (2 if framed else 3):
        return False
    filled = [cells for line in rows if len(cells := _filled(_bar_cells(line))) > 1]
    widths = Counter(map(len, filled))
    return bool(filled) and widths.most_common(1)[0][1] >= 0.8 * len(filled)


def _filled(cells: Row) -> Row:
    """The cells up to the last that holds something, none where that is the only one."""
    last = max((n for n, text in enumerate(cells, start=1) if text), default=0)
    return cells[:last] if sum(map(bool, cells)) > 1 else []


def _barred_grid(block: Sequence[str]) -> Grid | None:
    """Rows between rules; where every row has its own rules, lines of one row are joined."""
    groups: list[list[Row]] = [[]]
    for line in block:
        if _is_rule(line):
            groups.append([])
        else:
            groups[-1].append(_bar_cells(line))
    groups = [g for g in groups if g]
    if not groups:
        return None
    fully_ruled = len(groups) >= 3 and all(_is_one_row(g) for g in groups[1:])
    if fully_ruled and (len(groups[0]) > 1 and not _is_one_row(groups[0], first=True)):
        head_rows = groups.pop(0)
        rows = [*head_rows, *map(_joined, groups)]
        return grid_of(rows, len(head_rows)) if _holds_figures(rows) else None
    rows = [_joined(g) for g in groups] if fully_ruled else [row for g in groups for row in g]
    if not _holds_figures(rows):
        return None
    head = None
    if len(groups) > 1:
        head = 1 if fully_ruled else len(groups[0])
    return _with_banners(grid_of(rows, head))


def _with_banners(grid: Grid) -> Grid:
    """A text alone in its row, behind an empty first cell, was set over all columns there are."""
    kept: list[Cell] = []
    for cells in grid.by_row().values():
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1 and filled[0].column > 1 and not is_figure(filled[0].text):
            kept.append(replace(filled[0], column_span=grid.column_count + 1 - filled[0].column))
        else:
            kept += cells
    return replace(grid, cells=tuple(kept))


def _holds_figures(rows: Sequence[Row]) -> bool:
    return max(map(len, rows)) > 1 and any(_DIGIT.search(t) for row in rows for t in row)


def _bar_cells(line: str) -> Row:
    cells = [cell.strip() for cell in BAR.split(line.strip())]
    if len(cells) > 1 and not cells[0]:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def _is_one_row(group: list[Row], *, first: bool = False) -> bool:
    """Later lines of one row leave some of its cells empty.

    A cell that is filled in a later line only, beside one that goes on, is no broken phrase: the
    line above is a head merged over several columns.
    """
    if not all(not all(row) for row in group[1:]):
        return False
    return not first or not any(
        t and not above for t, above in zip(group[1], group[0], strict=False)
    )


def _joined(group: list[Row]) -> Row:
    width = max(map(len, group))
    padded = [row + [""] * (width - len(row)) for row in group]
    return ["\n".join(t for t in column if t) for column in zip(*padded, strict=True)]
