"""Rows of a label and so many figures, over and over, under a title for every column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.cues import is_cue
from extractors.text.cells import is_figure
from extractors.text.heads import head_cells, names_time, numbering_from
from extractors.text.rows import Rows, in_row
from solieu.model import Cell

_BODY = re.compile(r"a(?P<values>[9_]{2,30})(?:a?a(?P=values)(?![9_])){2,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD_REACH = 3


def find(texts: Sequence[str], gaps: Sequence[int]) -> Iterator[Rows]:
    """Every table whose rows are alike, none inside another."""
    shape = "".join(_shape(text) for text in texts)
    kinds = _with_years(texts, shape)
    stop = 0
    for match in _BODY.finditer(kinds):
        found = _in(texts, gaps, kinds, match) if match.start() >= stop else None
        if found is not None and found.start >= stop:
            yield found
            stop = found.stop


def _shape(text: str) -> str:
    if not text:
        return "_"
    return "9" if is_figure(text) else "a"


def _with_years(texts: Sequence[str], shape: str) -> str:
    """Years that count on, at equal distances under "Năm", are labels."""
    years = [i for i, text in enumerate(texts) if _YEAR.fullmatch(text)]
    steps = {b - a for a, b in pairwise(years)}
    counting = all(int(texts[b]) - int(texts[a]) == 1 for a, b in pairwise(years))
    if len(years) < 3 or len(steps) > 1 or not counting:
        return shape
    step = steps.pop()
    head = years[0] - step
    if head < 0 or not names_time(texts[head]):
        return shape
    return "".join("a" if i in years else kind for i, kind in enumerate(shape))


def _in(texts: Sequence[str], gaps: Sequence[int], shape: str, match: re.Match[str]) -> Rows | None:
    width = len(match["values"]) + 1
    body = match.start()
    if _counts_years(texts[body + 1 : body + width]):  # the first of them is the head
        cells = head_cells(texts[body : body + width], width, 1)
        rows = list(_rows(texts, shape, body + width, match.end(), width))
        return _found(body, match.end(), cells or [], rows)
    head, cells = _head(texts, shape, gaps, body, width)
    if cells is None:
        return None
    numbering = head + numbering_from(texts[head:body], width)
    rows = [list(texts[numbering:body])] if numbering < body else []
    below = list(_rows(texts, shape, body, match.end(), width))
    if _counts_rows(below, width):
        return None
    return _found(head, match.end(), cells, [*rows, *below])


def _found(start: int, stop: int, cells: Sequence[Cell], rows: Sequence[Sequence[str]]) -> Rows:
    placed = [cell for n, row in enumerate(rows, start=1) for cell in in_row(row, n)]
    return Rows(start, stop, tuple(cells), tuple(placed), len(rows))


def _counts_rows(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a column holds the numbers of the rows: then the rows begin with it, not here."""
    columns = list(zip(*(row for row in rows if len(row) == width), strict=True))[1:]
    return any(
        all(map(str.isdecimal, column))
        and all(int(b) - int(a) == 1 for a, b in pairwise(column))
        and int(column[0]) <= 2
        for column in columns
    )


def _counts_years(texts: Sequence[str]) -> bool:
    """Whether a row holds years one after the other."""
    if not all(map(_YEAR.fullmatch, texts)):
        return False
    return all(int(b) > int(a) for a, b in pairwise(texts))


def _rows(
    texts: Sequence[str], shape: str, body: int, stop: int, width: int
) -> Iterator[list[str]]:
    at = body
    while at < stop:
        size = 1 if shape[at + 1] == "a" else width
        yield list(texts[at : at + size])
        at += size


def _head(
    texts: Sequence[str], shape: str, gaps: Sequence[int], body: int, width: int
) -> tuple[int, list[Cell] | None]:
    """Where the head begins and its cells: from a stub's title, or after more room than within."""
    stubs = [
        i
        for i in range(max(0, body - _HEAD_REACH * width), body - 1)
        if is_cue("stub", texts[i]) or names_time(texts[i])
    ]
    for start in reversed(stubs):
        stop = start + numbering_from(texts[start:body], width)
        cells = head_cells(texts[start:stop], width, 1)
        if cells and stop - start >= width:
            return start, cells
    start = body - width
    if start >= 0 and "9" not in shape[start:body] and _begins(texts, shape, gaps, start, body):
        return start, head_cells(texts[start:body], width, 1)
    return _without_stub(texts, shape, body, width)


def _begins(texts: Sequence[str], shape: str, gaps: Sequence[int], start: int, body: int) -> bool:
    """Whether the head begins here: at the start, behind a figure or a unit, after more room."""
    if start == 0 or shape[start - 1] == "9":
        return True
    above = texts[start - 1]
    if is_cue("unit", above) or above.endswith(":"):
        return True
    return gaps[start] > max(gaps[start + 1 : body + 1])


def _without_stub(
    texts: Sequence[str], shape: str, body: int, width: int
) -> tuple[int, list[Cell] | None]:
    """A head whose corner is empty: an empty cell, then a title for each column of figures."""
    filled = [i for i in range(body) if texts[i]]
    titles = filled[1 - width :]
    if len(titles) < width - 1 or titles[-1] - titles[0] != width - 2:
        return body, None
    before = titles[0] - 1
    if before < 0 or shape[before] != "_" or "9" in shape[titles[0] : body]:
        return body, None
    cells = [Cell(texts[i], 1, n, header=True) for n, i in enumerate(titles, start=2)]
    return titles[0], cells
