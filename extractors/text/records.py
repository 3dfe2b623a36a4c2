"""Tables saved with one cell per line: the same number of lines over and over.

Taken only where the pattern is clear: a numbering column that counts 1, 2, 3 at equal distances, or
a label with the same number of figures at least three times. One missing line breaks the pattern,
and then the rest stays running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from extractors.cues import is_cue
from solieu.model import Cell, Grid
from solieu.text import clean

_FIGURE = re.compile(r"[-+(]?\d[\d.,]*(?:\s\d{3})*\s*%?\)?|[-–—]|\.{3}|…")
_LONGEST_CELL = 80
_LEAST_RECORDS = 3
_WIDEST = 30
_ONE, _TWO = frozenset({"1", "01"}), frozenset({"2", "02"})

Stretch = list[tuple[int, str]]


def find(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    """Tables among stretches of short lines."""
    for stretch in _stretches(lines, taken):
        texts = [text for _, text in stretch]
        gaps = [0, *(later - before for (before, _), (later, _) in pairwise(stretch))]
        found = _numbered(texts) or _labelled(texts, gaps)
        if found:
            first, stop, rows, head = found
            yield stretch[first][0], stretch[stop - 1][0] + 1, _grid(rows, head)


def _stretches(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[Stretch]:
    stretch: Stretch = []
    for i, line in enumerate(lines):
        text = clean(line)
        if not text and not taken[i]:
            continue
        if taken[i] or len(text) > _LONGEST_CELL:
            if len(stretch) >= 2 * _LEAST_RECORDS:
                yield stretch
            stretch = []
        else:
            stretch.append((i, text))
    if len(stretch) >= 2 * _LEAST_RECORDS:
        yield stretch


Records = tuple[int, int, list[list[str]], int]
"""First and last line (from 0, the last not included), the rows, and how many are header."""


def _numbered(texts: Sequence[str]) -> Records | None:
    """Records that begin with 1, 2, 3; the header begins with STT.

    Between the header and 1 a total row may stand, which has no number; a last column without
    anything in it ("Ghi chú") is in the header and in no record.
    """
    for head, text in enumerate(texts):
        if is_cue("ordinal", text):
            found = _counted(texts, head)
            if found is not None:
                return found
    return None


def _counted(texts: Sequence[str], head: int) -> Records | None:
    reach = range(head + 2, min(head + 2 * _WIDEST, len(texts)))
    further = texts[head + 4 : head + 3 * _WIDEST]
    if not any(text in _TWO for text in further):  # a page of heads without rows: no more looking
        return None
    for one in (i for i in reach if texts[i] in _ONE):
        widths = range(2, min(one - head, _WIDEST, len(texts) - 1 - one) + 1)
        for width in (w for w in widths if texts[one + w] in _TWO):
            count = _count_from(texts, one, width)
            if count < _LEAST_RECORDS:
                continue
            above = _above(texts, head, one, width)
            if above is not None:
                return _records(texts, head, one, (width, count), above)
    return None


def _above(texts: Sequence[str], head: int, one: int, width: int) -> tuple[int, bool] | None:
    """How many lines the header has, and whether a total row stands below it."""
    lines = one - head
    if lines in {width, width + 1}:
        return lines, False
    total = texts[one - width + 1 : one]
    if lines - len(total) not in {width, width + 1} or _FIGURE.fullmatch(total[0]):
        return None
    return (lines - len(total), True) if all(map(_FIGURE.fullmatch, total[1:])) else None


def _records(
    texts: Sequence[str], head: int, one: int, extent: tuple[int, int], above: tuple[int, bool]
) -> Records:
    (width, count), (header, totalled) = extent, above
    stop = one + count * width
    rows = [list(texts[head : head + header])]
    if totalled:
        rows.append(["", *texts[head + header : one]])
    rows += [list(texts[i : i + width]) for i in range(one, stop, width)]
    total = None if totalled else _total(texts, stop, [rows[0][:width], *rows[1:]])
    if total:
        rows.append(total[0])
    return head, stop + (total[1] if total else 0), rows, 1


def _count_from(texts: Sequence[str], one: int, width: int) -> int:
    count = 0
    while one + (count + 1) * width <= len(texts):
        mark = texts[one + count * width]
        if not mark.isdecimal() or int(mark) != count + 1:
            break
        count += 1
    return count


def _total(texts: Sequence[str], stop: int, rows: list[list[str]]) -> tuple[list[str], int] | None:
    """A total row has a label and a figure for each column of figures, but no number of its own."""
    width = len(rows[0])
    figures = [c for c in range(1, width) if all(_FIGURE.fullmatch(row[c]) for row in rows[1:])]
    if not figures or stop >= len(texts) or _FIGURE.fullmatch(texts[stop]):
        return None
    values = list(takewhile(_FIGURE.fullmatch, texts[stop + 1 : stop + 1 + width]))
    if len(values) != len(figures):
        return None
    row = [""] * width
    row[min(1, figures[0] - 1)] = texts[stop]
    for column, value in zip(figures, values, strict=True):
        row[column] = value
    return row, 1 + len(values)


def _labelled(texts: Sequence[str], gaps: Sequence[int]) -> Records | None:
    """A label and n figures, at least three times, under exactly n + 1 header lines."""
    shape = "".join("9" if _FIGURE.fullmatch(text) else "a" for text in texts)
    match = re.search(r"a(?P<figures>9{2,30})(?:a(?P=figures)(?!9)){2,}", shape)
    if match is None:
        return None
    width = len(match["figures"]) + 1
    body = match.start()
    head = body - width
    if head < 0 or "9" in shape[head:body] or not _begins(texts, shape, gaps, head, match.end()):
        return None
    rows = [list(texts[i : i + width]) for i in range(head, match.end(), width)]
    return head, match.end(), rows, 1


def _begins(texts: Sequence[str], shape: str, gaps: Sequence[int], head: int, stop: int) -> bool:
    """Whether the header begins here: with a stub's head, or after more room than within."""
    if head == 0 or shape[head - 1] == "9" or is_cue("stub", texts[head]):
        return True
    return gaps[head] > max(gaps[head + 1 : stop])


def _grid(rows: Sequence[Sequence[str]], head: int) -> Grid:
    cells = tuple(
        Cell(text=text, row=r, column=c, header=r <= head)
        for r, row in enumerate(rows, start=1)
        for c, text in enumerate(row, start=1)
    )
    return Grid(cells, len(rows), max(map(len, rows)), header_rows=head)
