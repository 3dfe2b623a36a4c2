"""Tables without a full lattice: where lines of print keep columns, with or without rules.

A line speaks for a table when it falls into phrases far apart and one of them is a figure, or when
there are three. Such lines that follow one another make a body; the lines above it that fit its
columns, up to the top rule or the end of the tight spacing, are its head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.pdf.lines import Lattice
from extractors.pdf.objects import PageObjects, Rule, Word, rules_between
from extractors.pdf.text import (
    NEARLY_ALL,
    WORD_BY_WORD,
    Phrase,
    TextLine,
    is_caption,
    is_leader,
    phrases,
)

_PROSE_WORDS = 9
"""A single phrase with so many words is running text."""

_SAME = 8.0
"""Rules whose ends differ by no more than this many points frame one table."""

_SET_APART = 0.99
"""Letter sizes of blank that part two phrases; less where the file sets them apart."""

_LONGEST_LABEL = 16
"""Lines of print from one row's figures to the next, at most."""

_ALIGNED = 2.0
"""Points by which the right edges of figures in one column may differ."""


@dataclass(slots=True)
class Frame:
    """A region that holds a table, as a lattice of one column and the bands its rules give."""

    lattice: Lattice
    words: list[Word]
    underlines: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    line: TextLine
    parts: list[Phrase]
    numbers: int

    @property
    def places(self) -> tuple[int, int]:
        """The first and the last of its pieces of text in the file's order; 0 where unknown."""
        places = [w.place for w in self.line.words]
        return min(places), max(places)

    @property
    def top(self) -> float:
        return self.line.top

    @property
    def bottom(self) -> float:
        return self.line.bottom

    @property
    def row(self) -> bool:
        """Whether it looks like a row of figures."""
        if len(self.parts) < 2:
            return False
        if len(self.parts) == 2 and self.numbers == 1 and self.parts[0].numeric:
            return len(self.parts[1].words) < 5
        if self.figured:
            return True
        longest = max(len(p.words) for p in self.parts[1:])
        return (self.numbers > 0 or len(self.parts) > 2) and longest < _PROSE_WORDS

    @property
    def figured(self) -> bool:
        """Whether it ends in several figures: then the label before them may be long."""
        return len(self.parts) > 3 and all(p.numeric for p in self.parts[-2:])

    @property
    def caption(self) -> bool:
        return is_caption(self.line.text)

    @property
    def prose(self) -> bool:
        return not self.figured and max(len(p.words) for p in self.parts) >= _PROSE_WORDS


def find_frames(page: PageObjects, parts: Sequence[Sequence[TextLine]]) -> list[Frame]:
    """Regions of the page that hold a table, among the lines that no lattice has taken."""
    return [frame for zone in parts for frame in _zone_frames(page, zone)]


def _zone_frames(page: PageObjects, zone: Sequence[TextLine]) -> list[Frame]:
    lines = []
    for line in zone:
        parts = line.phrases
        if parts:
            lines.append(_Line(line, parts, sum(p.numeric for p in parts)))
    frames = []
    taken = 0
    for start, end in _bodies(lines, page.across):
        first = max(_head(lines, start, page.across), taken)
        last = _foot(lines, end, page.across)
        if not _contents(lines[first : last + 1]):
            frames.append(_frame(page, lines[first : last + 1]))
            taken = last + 1
    return frames


def _contents(lines: Sequence[_Line]) -> bool:
    """Whether it is a table of contents: leaders to page numbers that never fall."""
    led = [line for line in lines if any(is_leader(w.text) for w in line.line.words)]
    if len(led) < 0.4 * len(lines) or any(len(line.parts) > 2 for line in led):
        return False
    ends = [line.parts[-1].text for line in lines if len(line.parts) == 2]
    pages = [int(end) for end in ends if end.isdecimal()]
    return len(pages) >= 0.8 * len(ends) and pages == sorted(pages)


def _bodies(lines: Sequence[_Line], across: Sequence[Rule]) -> list[tuple[int, int]]:
    """(first, last) line numbers of runs of rows; a few short lines may stand between."""
    found: list[tuple[int, int]] = []
    first = last = None
    for number, line in enumerate(lines):
        if line.row:
            if first is None or last is None or not _follows(lines, last, number):
                if first is not None and last is not None:
                    found.append((first, last))
                first = number
            last = number
        elif line.prose and first is not None and last is not None and not _divides(lines, number):
            found.append((first, last))
            first = last = None
    if first is not None and last is not None:
        found.append((first, last))
    found = [(a, _figured(lines, a, b)) for a, b in found]
    return [
        (a, b)
        for a, b in found
        if sum(line.row for line in lines[a : b + 1])
        >= (3 if not _ruled(lines, a, b, across) else 2)
    ]


def _divides(lines: Sequence[_Line], number: int) -> bool:
    """Whether a long lone phrase heads a part of the table: its columns go on below it.

    "Tốc độ tăng so với cùng kỳ năm trước (%) - Growth rate (%)" among rows that end alike.
    """
    here = lines[number]
    above, below = lines[max(0, number - 2) : number], lines[number + 1 : number + 3]
    if len(here.parts) > 1 or not above or not below:
        return False
    if any(_label_of(here, row) for row in (above[-1], below[0])):
        return True
    room = max(here.top - above[-1].bottom, below[0].top - here.bottom)
    if room > 1.3 * here.line.size:
        return False
    ends = [_ends(next((x for x in part if x.numbers), None)) for part in (above[::-1], below)]
    flush = any(
        abs(here.line.x0 - p.x0) < here.line.size
        for line in (*above, *below)
        for p in line.parts[:2]
    )
    return flush and len(ends[0]) > 1 and _alike(*ends)


def _label_of(line: _Line, row: _Line) -> bool:
    """Whether it is half of a label that a row of figures stands in the middle of."""
    overlap = min(line.bottom, row.bottom) - max(line.top, row.top)
    return (
        row.numbers > 0
        and overlap > 0.15 * line.line.size
        and all(p.x1 < line.line.x0 or p.x0 > line.line.x1 for p in row.parts)
    )


def _ends(line: _Line | None) -> list[float]:
    return [p.x1 for p in line.parts if p.numeric] if line is not None else []


def _alike(first: Sequence[float], second: Sequence[float]) -> bool:
    return len(first) == len(second) and all(
        abs(a - b) <= _ALIGNED for a, b in zip(first, second, strict=True)
    )


def _figured(lines: Sequence[_Line], first: int, last: int) -> int:
    """The last line with figures, where the body has any: notes below may be set wide."""
    if not any(line.numbers for line in lines[first : last + 1]):
        return last
    while not lines[last].numbers:
        last -= 1
    return last


def _follows(lines: Sequence[_Line], last: int, number: int) -> bool:
    """Whether a row goes on with the table of an earlier row."""
    if number - last > 4 and not _label_between(lines, last, number):
        return False
    for above, below in zip(lines[last:number], lines[last + 1 : number + 1], strict=True):
        if below.top - above.bottom > 2.2 * above.line.size:
            return False
    return True


def _label_between(lines: Sequence[_Line], last: int, number: int) -> bool:
    """Whether all between two rows is beside their figures: labels and notes of many lines."""
    figures = [p for n in (last, number) for p in lines[n].parts[1:] if p.numeric]
    left = min((p.x0 for p in figures), default=0.0)
    right = max((p.x1 for p in figures), default=0.0)
    return number - last < _LONGEST_LABEL and all(
        p.x1 < left or p.x0 > right for line in lines[last + 1 : number] for p in line.parts
    )


def _first_figure(line: _Line) -> float:
    """Where the figures of a row begin, behind its label or ordinal."""
    return min((p.x0 for p in line.parts[1:] if p.numeric), default=0.0)


def _wide(across: Sequence[Rule], low: float, high: float, x0: float, x1: float) -> list[Rule]:
    """Rules between two heights that reach over most of the breadth, not far beyond it."""
    return [
        r
        for r in rules_between(across, low, high)
        if min(r.end, x1) - max(r.start, x0) >= 0.6 * (x1 - x0) and r.length < 1.7 * (x1 - x0)
    ]


def _breadth(lines: Sequence[_Line]) -> tuple[float, float]:
    return min(line.line.x0 for line in lines), max(line.line.x1 for line in lines)


def _ruled(lines: Sequence[_Line], first: int, last: int, across: Sequence[Rule]) -> bool:
    x0, x1 = _breadth(lines[first : last + 1])
    size = lines[first].line.size
    return bool(_wide(across, lines[first].top - 6 * size, lines[first].top + 2, x0, x1))


def _head(lines: Sequence[_Line], first: int, across: Sequence[Rule]) -> int:
    """The first line of the table's head."""
    x0, x1 = _breadth(lines[first : first + 1])
    widest = _breadth(lines[first : first + 6])
    top = first
    best = first
    ruled = False
    while top > 0 and first - top < 8:
        above, here = _in_cells(lines[top - 1], lines[top : first + 4]), lines[top]
        between = _wide(across, above.bottom - 4, here.top + 4, x0, x1)
        if between and top != first:
            best, ruled = top, True
        room = here.top - above.bottom
        if above.caption:
            return best
        broad = _widest(above) > 0.5 * max(x1 - x0, widest[1] - widest[0])
        running = above.prose and broad and len(above.parts) < 3
        if (
            running
            or _titles(above, lines[first])
            or room > (3.0 if between else 1.3) * here.line.size
        ):
            break
        heads = len(above.parts) > 1 or _heads_some(
            above, lines[top : top + 2], min(x0, widest[0]), max(x1, widest[1])
        )
        if between and top != first and not heads and not _half_way(lines, top - 1):
            break
        if not ruled and heads:
            best = top - 1
        top -= 1
        x0, x1 = min(x0, above.line.x0), max(x1, above.line.x1)
        if top == 0 and _wide(across, above.top - above.line.size, above.top + 2, x0, x1):
            best = top
    return best


def _in_cells(line: _Line, below: Sequence[_Line]) -> _Line:
    """A line of a head whose cells stand no further apart than words, but were set apart.

    Each of them must stand over cells of its own: a title may be set in several pieces too.
    """
    parts = phrases(line.line.words, _SET_APART)
    most = max((len(b.parts) for b in below), default=0)
    many = len(line.line.words) >= max(WORD_BY_WORD, NEARLY_ALL * most)
    if len(parts) == len(line.parts) and not many:
        return line
    cells = [p for b in below for p in phrases(b.line.words, _SET_APART)]
    if len(parts) > len(line.parts) and all(_over(parts, cells)):
        return _Line(line.line, parts, line.numbers)
    words = [Phrase([word]) for word in line.line.words]
    if many and all(_over(words, cells)):
        return _Line(line.line, words, line.numbers)
    return line


def _over(parts: Sequence[Phrase], cells: Sequence[Phrase]) -> Iterator[bool]:
    """For each part of a line whether it stands over cells that no part before it stands over."""
    end = -1.0
    for part in parts:
        over = [p.x0 for p in cells if p.x0 < part.x1 and part.x0 < p.x1]
        yield bool(over) and min(over) > end
        end = max([end, *over])


def _half_way(lines: Sequence[_Line], at: int) -> bool:
    """Whether a line stands at half the height of two lines of a head in levels."""
    line = lines[at]
    return at > 0 and line.top < lines[at - 1].bottom and line.bottom > lines[at + 1].top


def _titles(line: _Line, row: _Line) -> bool:
    """A lone phrase in larger letters than the table's: above it stands no head of a column."""
    return len(line.parts) == 1 and line.line.size > 1.15 * row.line.size


def _widest(line: _Line) -> float:
    return max(p.x1 - p.x0 for p in line.parts)


def _heads_some(line: _Line, below: Sequence[_Line], x0: float, x1: float) -> bool:
    """Whether a lone phrase heads some of the columns, and is no title of the table.

    A title or a unit is set at an edge of the table or in its middle, or in letters of another
    size; a head in the middle of its columns, or of the phrase that it goes on in.
    """
    phrase, size = line.parts[0], line.line.size
    if abs(size - below[0].line.size) > 0.05 * size or phrase.x0 - x0 < 3 * size:
        return False
    middle = (phrase.x0 + phrase.x1) / 2
    wrapped = any(abs(p.x0 + p.x1 - 2 * middle) < 4 for b in below for p in b.parts)
    inside = x1 - phrase.x1 > 0.5 * size
    return abs(2 * middle - x0 - x1) > 2.5 * size and (inside or wrapped)


def _foot(lines: Sequence[_Line], last: int, across: Sequence[Rule]) -> int:
    """The last line: one more where the rule that ends the table stands below it."""
    x0, x1 = _breadth(lines[max(0, last - 3) : last + 1])
    ends = last
    while last + 1 < len(lines) and (
        _of_last_row(lines, last, ends) or _goes_on(lines, last, ends)
    ):
        last += 1
    for number in range(last + 1, min(last + 3, len(lines))):
        line = lines[number]
        if line.top < lines[last].bottom - 0.15 * line.line.size:
            last = number  # the rest of a label that its figures stand in the middle of
            continue
        if line.prose or line.top - lines[number - 1].bottom > 1.5 * line.line.size:
            break
        if _wide(across, lines[number - 1].bottom - 3, line.top + 3, x0, x1):
            break
        if _wide(across, line.bottom - 3, line.bottom + line.line.size, x0, x1):
            return number
    return last


def _of_last_row(lines: Sequence[_Line], last: int, row: int) -> bool:
    """Whether the next line is of the last row's label: set before the figures, close below."""
    line = lines[last + 1]
    close = line.top - lines[last].bottom < 0.5 * line.line.size
    figures = [w.place for p in lines[row].parts[1:] if p.numeric for w in p.words]
    return close and bool(figures) and 0 < line.places[0] <= line.places[1] < min(figures)


def _goes_on(lines: Sequence[_Line], last: int, row: int) -> bool:
    """Whether the next line is of the last row's label: the line above had no room for it.

    Asked where labels above take lines of their own too.
    """
    line, edge = lines[last + 1].line, _first_figure(lines[row])
    above = lines[max(0, row - _LONGEST_LABEL) : last + 1]
    alone = any(not x.numbers and x.line.x1 < edge for x in above)
    if not alone or line.x1 >= edge or line.top - above[-1].bottom > 0.5 * line.size:
        return False
    labels = [
        p
        for x in above
        for p in x.parts
        if not p.numeric and line.x0 < p.x1 < edge and p.x0 < line.x1
    ]
    if not labels or line.x0 < min(p.x0 for p in labels) - 1:
        return False
    word, right = line.words[0], max(p.x1 for p in labels)
    return word.text[0].islower() or word.x1 - word.x0 + 0.2 * word.size > right - labels[-1].x1


def _frame(page: PageObjects, lines: Sequence[_Line]) -> Frame:
    words = [w for line in lines for p in line.parts for w in p.words]
    x0, x1 = _breadth(lines)
    top, bottom = lines[0].top, lines[-1].bottom
    size = lines[0].line.size
    inside = [
        r
        for r in rules_between(page.across, top - size, bottom + size)
        if r.end > x0 and r.start < x1
    ]
    x0 = min([x0, *(r.start for r in inside if r.length < 1.3 * (x1 - x0))]) - 1
    x1 = max([x1, *(r.end for r in inside if r.length < 1.3 * (x1 - x0))]) + 1
    full = [r for r in inside if r.length >= 0.85 * (x1 - x0)]
    ys = [top - 1]
    for rule in full:
        if top + 0.5 * size < rule.at < bottom - 0.5 * size and rule.at - ys[-1] > 0.5 * size:
            ys.append(rule.at)
    ys.append(bottom + 1)
    lattice = Lattice([x0, x1], ys, [(n, 0, n, 0) for n in range(len(ys) - 1)])
    underlines = [r for r in inside if r.length < 0.85 * (x1 - x0)]
    return Frame(lattice, words, underlines)
