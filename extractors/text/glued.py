"""Tables that lost their cell borders: each line ends in figures with nothing between them.

"1Thành phố Hải Dương5,7927,5931,801" is handed over as it is printed, a row of one cell, together
with the header lines above; where to cut is a question of meaning and not of format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.cues import is_cue
from solieu.model import Cell, Grid
from solieu.text import one_line

_TAIL_MARKS = "0123456789.,% \t\u00a0"
_GLUED = re.compile(
    r"[.,]\d{4,}[.,]\d|[.,]\d{5,}$|\d%\d|[.,]\d{3}\d{1,3}[.,]\d{3}|,\d+,\d+\.|\.\d+\.\d+,\d{3}"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3}){2,}")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"[.:;!?…]\s*$|[.;]\s+[A-ZĐ]")
_HEADER_LINES = 14
_LONGEST_HEADER = 600
_SHORTEST_TAIL = 4
_LONGEST_ROW = 300


def find(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    """Stretches of at least two glued lines, with the short lines above as their header."""
    floor = 0
    for start, end in _bodies(lines, taken):
        top = _header_start(lines, taken, start, floor)
        yield top, end, _grid(lines[top:end], sum(1 for x in lines[top:start] if x.strip()))
        floor = end


def is_glued(line: str) -> bool:
    """Whether a line ends in digits that no single number is printed with."""
    tail = _tail(line)
    return _GLUED.search(tail) is not None and _GROUPED.fullmatch(tail) is None


def _tail(line: str) -> str:
    """The figures at the end of a line."""
    end = line[len(line.rstrip(_TAIL_MARKS)) :]
    return end.lstrip(".,% \t\u00a0").rstrip()


def _ends_in_figures(line: str) -> bool:
    return len(line) < _LONGEST_ROW and len(_tail(line)) >= _SHORTEST_TAIL


def _bodies(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """From the first to the last glued line; lines between them may end in plain figures."""
    start, last, count = -1, -1, 0
    for i, line in enumerate(lines):
        if not line.strip() and start >= 0 and i - last <= 1:
            continue
        if not taken[i] and len(line) < _LONGEST_ROW and is_glued(line):
            start, last, count = (i if start < 0 else start), i, count + 1
        elif taken[i] or not (start >= 0 and _ends_in_figures(line) and i - last <= 3):
            if count >= 2:
                yield start, last + 1
            start, count = -1, 0
    if count >= 2:
        yield start, last + 1


def _header_start(lines: Sequence[str], taken: Sequence[bool], body: int, floor: int) -> int:
    """The first header line: the numbering column's head, else the line below a sentence."""
    top, seen, blanks = body, 0, 0
    for i in range(body - 1, floor - 1, -1):
        text = one_line(lines[i])
        if not text:
            blanks += 1
            continue
        if taken[i] or seen == _HEADER_LINES or _ends_header(text) or blanks > 2:
            break
        top, seen, blanks = i, seen + 1, 0
        if is_cue("ordinal", text):
            break
    return top


def _ends_header(text: str) -> bool:
    if len(text) > _LONGEST_HEADER or is_cue("unit", text) or is_cue("caption", text):
        return True
    return _SENTENCE_END.search(text) is not None or not _LETTER.search(text)


def _grid(lines: Sequence[str], header: int) -> Grid:
    rows = [text for text in map(one_line, lines) if text]
    cells = tuple(
        Cell(text=text, row=r, column=1, header=r <= header) for r, text in enumerate(rows, start=1)
    )
    return Grid(cells, len(rows), 1, kind="glued", header_rows=header or None)
