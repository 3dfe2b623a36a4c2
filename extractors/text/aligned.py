"""Tables set in columns of blanks: what stands under one another belongs together.

Columns come from the lines that hold figures; a header chunk that reaches over several of them is a
merged cell.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.text.heads import numbering_from
from solieu.model import Cell, Grid
from solieu.text import clean

_CHUNK = re.compile(r"\S+(?: \S+)*")
_GAPPED = re.compile(r"\S {2,}\S")
_FIGURE = re.compile(r"[-+(]?\d[\d.,\s]*%?\)?|[-–—]|\.{2,}|…")
_DIGIT = re.compile(r"\d")
_TAB = 8
_LONGEST_ROW_LABEL = 120


@dataclass(frozen=True, slots=True)
class _Chunk:
    text: str
    start: int
    end: int


def find(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    """Stretches with at least three lines of figures whose columns do not run into one another."""
    for start, end in _stretches(lines, taken):
        rows = [_chunks(line) for line in lines[start:end] if line.strip()]
        columns = _columns([row for row in rows if _is_data(row) and not _is_numbering(row)])
        if columns:
            columns = _with_notes(rows, columns)
        if columns and len(columns) > 1:
            yield start, end, _grid(rows, columns)


def _stretches(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start, last, data = -1, -1, 0
    for i, line in enumerate(lines):
        if not line.strip() and start >= 0 and i - last <= 1:
            continue
        gapped = not taken[i] and _GAPPED.search(line) is not None
        if gapped:
            start, last = (i if start < 0 else start), i
            data += _is_data(_chunks(line))
        elif taken[i] or start < 0 or not _is_between(line, i - last):
            if data >= 3:
                yield start, last + 1
            start, data = -1, 0
    if data >= 3:
        yield start, last + 1


def _is_between(line: str, distance: int) -> bool:
    """A group row or a wrapped label: short, without figures' columns, right below a row."""
    return bool(line.strip()) and distance <= 2 and len(line) <= _LONGEST_ROW_LABEL


def _chunks(line: str) -> list[_Chunk]:
    plain = line.expandtabs(_TAB).replace("\u00a0", " ")
    return [_Chunk(m.group(), m.start(), m.end()) for m in _CHUNK.finditer(plain)]


def _is_data(row: Sequence[_Chunk]) -> bool:
    return len(row) >= 2 and any(
        _FIGURE.fullmatch(c.text) and _DIGIT.search(c.text) for c in row[1:]
    )


def _is_numbering(row: Sequence[_Chunk]) -> bool:
    """The row that numbers the columns, each number in the middle of its own: "A  B  1  2=3/1"."""
    texts = [c.text for c in row]
    return numbering_from(["", *texts], len(texts)) == 1


def _columns(rows: Sequence[Sequence[_Chunk]]) -> list[tuple[int, int]] | None:
    """Character ranges of the columns; None where a row has two chunks in one of them."""
    if len(rows) < 3:
        return None
    merged: list[tuple[int, int]] = []
    for start, end in sorted((c.start, c.end) for row in rows for c in row):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    starts = [s for s, _ in merged]
    for row in rows:
        places = [bisect_left(starts, c.end) - 1 for c in row]
        if len(set(places)) < len(places):
            return None
    return merged


def _with_notes(
    rows: Sequence[Sequence[_Chunk]], columns: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """One more column where a head ("Ghi chú") stands right of all figures, with nothing below."""
    body = next((i for i, row in enumerate(rows) if _is_data(row)), 0)
    start, end = columns[-1]
    ends = [row[-1] for row in rows[:body] if row]
    beyond = [c for c in ends if c.start >= end]
    inner = [c for row in rows[:body] for c in row if c.start < end and c.end > start]
    if not beyond or not inner:
        return columns
    return [*columns, (min(c.start for c in beyond), max(c.end for c in beyond))]


def _grid(rows: Sequence[Sequence[_Chunk]], columns: Sequence[tuple[int, int]]) -> Grid:
    cells: list[Cell] = []
    heads = _left_set(rows, columns)
    for r, row in enumerate(rows, start=1):
        cells += heads.get(r) or _row_cells(row, r, columns)
    return Grid(tuple(cells), len(rows), len(columns))


def _left_set(
    rows: Sequence[Sequence[_Chunk]], columns: Sequence[tuple[int, int]]
) -> dict[int, list[Cell]]:
    """Heads set at the left of columns whose figures stand at the right, so that they miss them.

    The lowest head line has a chunk for every column, or for every column but those whose head
    stands above; what stands higher begins over the column that it heads.
    """
    body = next((i for i, row in enumerate(rows) if _is_data(row)), 0)
    lowest = rows[body - 1] if body else ()
    beyond = [s for s, _ in columns if lowest and s >= lowest[-1].end]
    missing = len(columns) - len(lowest) - len(beyond)
    if not lowest or missing < 0 or not _misplaced(rows[:body], columns):
        return {}
    if missing and lowest[0].start < columns[missing - 1][1]:
        return {}
    starts = [*(s for s, _ in columns[:missing]), *(c.start for c in lowest), *beyond]
    if any(later <= before for before, later in pairwise(starts)):
        return {}
    found: dict[int, list[Cell]] = {}
    for r, row in enumerate(rows[:body], start=1):
        places = [max(1, bisect_right(starts, c.start)) for c in row]
        if len(set(places)) < len(places):
            return {}
        found[r] = [
            Cell(text=clean(c.text), row=r, column=n) for c, n in zip(row, places, strict=True)
        ]
    return found


def _misplaced(rows: Sequence[Sequence[_Chunk]], columns: Sequence[tuple[int, int]]) -> bool:
    """Whether two chunks of a head line would fall into one column, or one over none."""
    for row in rows:
        reaches = [_reach(chunk, columns) for chunk in row]
        if any(before[1] >= after[0] for before, after in pairwise(reaches)):
            return True
        if any(all(e <= c.start or c.end <= s for s, e in columns) for c in row):
            return True
    return False


def _row_cells(row: Sequence[_Chunk], r: int, columns: Sequence[tuple[int, int]]) -> list[Cell]:
    """Cells of one line; chunks that fall into one column become lines of one cell."""
    found: list[Cell] = []
    for chunk in row:
        first, last = _reach(chunk, columns)
        if found and first < found[-1].column + found[-1].column_span:
            before = found.pop()
            text = f"{before.text} {clean(chunk.text)}"
            first = before.column
            last = max(last, before.column + before.column_span - 1)
        else:
            text = clean(chunk.text)
        found.append(Cell(text=text, row=r, column=first, column_span=last - first + 1))
    return found


def _reach(chunk: _Chunk, columns: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """First and last column that a chunk stands over, from 1; the nearest where it is over none."""
    over = [n for n, (s, e) in enumerate(columns, 1) if s < chunk.end and chunk.start < e]
    if over:
        return over[0], over[-1]
    middle = (chunk.start + chunk.end) / 2
    nearest = min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle)) + 1
    return nearest, nearest
