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
_LONGEST_LABEL = 120
_GAP = 4
_ORDINAL = re.compile(r"\s*(\d{1,3})(?=[^\W\d_])")
_LONG_TAIL = re.compile(r"\d{5,}|[.,]\d{3}|%")


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
    """From the first row to the last around lines that are glued beyond doubt.

    A row of small figures ("5Huyện Yên Định35") and a record broken over lines stand between them.
    """
    start, last, count, floor = -1, -1, 0, 0
    for i, line in enumerate(lines):
        if not line.strip() and start >= 0 and i - last <= 1:
            continue
        if not taken[i] and len(line) < _LONGEST_ROW and is_glued(line):
            start, last, count = (i if start < 0 else start), i, count + 1
        elif taken[i] or start < 0 or i - last > _GAP or not _is_between(lines, i):
            if count >= 2:
                stop = _stop(lines, taken, last + 1)
                yield _start(lines, taken, start, floor), stop
                floor = stop
            start, count = -1, 0
    if count >= 2:
        yield _start(lines, taken, start, floor), _stop(lines, taken, last + 1)


def _is_between(lines: Sequence[str], i: int) -> bool:
    """A row of few digits, or a label whose figures follow in the next line."""
    line = lines[i]
    if _ends_in_figures(line):
        return True
    if len(line) > _LONGEST_LABEL or _SENTENCE_END.search(line):
        return False
    after = lines[i + 1].strip() if i + 1 < len(lines) else ""
    return bool(_tail(line)) or (bool(after) and not _LETTER.search(after))


def _start(lines: Sequence[str], taken: Sequence[bool], body: int, floor: int) -> int:
    """Rows above the first glued line: they count down to it, or end in more than a year."""
    while body > floor and not taken[body - 1] and _is_row(lines[body - 1]):
        above = lines[body - 1]
        if not _LONG_TAIL.search(_tail(above)) and not _counts(above, lines[body]):
            break
        body -= 1
    return body


def _stop(lines: Sequence[str], taken: Sequence[bool], end: int) -> int:
    """Rows below the last glued line, with figures of more than one digit and no blank between."""
    while end < len(lines) and not taken[end] and _is_row(lines[end]):
        if len(_tail(lines[end])) < 2 or not _LETTER.search(lines[end]):
            break
        end += 1
    return end


def _is_row(line: str) -> bool:
    return len(line) <= _LONGEST_LABEL and bool(_tail(line)) and not _SENTENCE_END.search(line)


def _counts(above: str, line: str) -> bool:
    """Whether two rows begin with consecutive numbers."""
    one, other = _ORDINAL.match(above), _ORDINAL.match(line)
    return one is not None and other is not None and int(one[1]) + 1 == int(other[1])


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
