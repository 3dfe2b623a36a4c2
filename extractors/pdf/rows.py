"""Lines of print to rows: heads in levels, figures row by row, labels over several lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.pdf.columns import YEAR
from extractors.pdf.order import rows_of_lines
from extractors.pdf.pieces import LONGEST_ORDINAL, Columns, Piece, PieceLine
from extractors.pdf.wraps import Fit, rows_that_fit

_ROW_STEP = 1.5
"""Heights of a line between one row and the next, where lines of one cell stand closer."""


@dataclass(slots=True)
class Row:
    """A row of a table: the lines of print it holds."""

    lines: list[list[Piece]]
    top: float
    bottom: float
    doubtful: bool = False
    """Whether some of its lines may be of another row."""

    @property
    def pieces(self) -> list[Piece]:
        return [p for line in self.lines for p in line]


class RowFinder:
    """Groups the lines of a table's bands, top to bottom."""

    def __init__(self, columns: Columns, *, has_figures: bool, ordered: bool) -> None:
        self.room = columns
        self.ordered = ordered
        self.underlines = columns.underlines
        self.has_figures = has_figures
        self.seen_figures = False

    def rows(self, lines: list[PieceLine], *, ruled: bool) -> list[Row]:
        """The rows of one band; `ruled` where rules part most rows of the table."""
        rows = self._grouped(lines, ruled=ruled)
        self.seen_figures = self.seen_figures or any(line.numeric for line in lines)
        return rows

    def _grouped(self, lines: list[PieceLine], *, ruled: bool) -> list[Row]:
        if len(lines) < 2:
            return [_one_row(lines)] if lines else []
        if ruled and not _stacked(lines):
            return self._levels(lines)
        pitch = _pitch(lines)
        opened = _opening(lines, self.room)
        told = self._told(lines)
        rows = [_one_row(lines[:1])]
        rows[0].doubtful = 0 in told.doubtful
        figures = not self.has_figures or self.seen_figures or lines[0].numeric
        last = lines[0]
        for number, line in enumerate(lines[1:], 1):
            new = number in opened and not figures
            joins = told.joins[number]
            if joins is None:
                joins = not new and self._continues(rows[-1], last, line, pitch, header=not figures)
            if joins:
                rows[-1].lines.append(line.pieces)
                rows[-1].bottom = max(rows[-1].bottom, line.bottom)
            else:
                rows.append(_one_row([line]))
            rows[-1].doubtful |= number in told.doubtful
            figures = figures or line.numeric
            last = line
        return rows

    def _told(self, lines: Sequence[PieceLine]) -> Fit:
        """What the file's order or what fits where says of the rows."""
        start = _first_figures(lines)
        owners = rows_of_lines(lines, start) if self.ordered else []
        if not any(owner is not None for owner in owners):
            return rows_that_fit(lines, start)
        pairs = [(None, None), *pairwise(owners)]
        return Fit(
            [None if pair == (None, None) else pair[0] == pair[1] for pair in pairs], frozenset()
        )

    def _levels(self, lines: list[PieceLine]) -> list[Row]:
        """One row, but for a head that stands over several cells of its own band."""
        rows = [_one_row(lines[:1])]
        for line in lines[1:]:
            if any(self._heads(upper, line) for upper in rows[-1].pieces):
                wrapped = [p for p in line.pieces if _hangs(rows[-1], p)]
                rows[-1].lines.append(wrapped)  # "Số" / "TT" beside a head in levels
                pieces = [p for p in line.pieces if p not in wrapped]
                rows.append(Row([pieces], line.top, line.bottom))
            else:
                rows[-1].lines.append(line.pieces)
                rows[-1].bottom = max(rows[-1].bottom, line.bottom)
        return rows

    def _heads(self, upper: Piece, line: PieceLine) -> bool:
        """Whether a cell over several columns stands above cells of its own on the line."""
        below = _below(upper, line)
        if len(below) > 1 or self.seen_figures or line.numeric:
            return len(below) > 1
        return any(not _wraps(upper, p) for p in below)

    def _continues(
        self,
        row: Row,
        above: PieceLine,
        line: PieceLine,
        pitch: float,
        *,
        header: bool,
    ) -> bool:
        """Whether a line of print belongs to the row of the line above it."""
        distance = line.top - above.top
        size = line.bottom - line.top
        if not self.has_figures and self._complete(line):
            return False
        if header and not line.numeric:
            lone = len(line.pieces) == 1 and line.pieces[0].first == 0
            if lone and not self._full(above, line) and row.pieces[0].first == 0:
                return False
            return not self._conflict(row, above, line) and distance < 2.2 * size
        far = distance > 1.1 * pitch or distance > 1.6 * size
        if far or _rivals(row, line) or _overruns(row, line):
            return False
        return self._full(above, line) and not _open_in_two_languages(row, line)

    def _complete(self, line: PieceLine) -> bool:
        """A row of words that begins in the first column and fills most others."""
        filled = sum(p.last - p.first + 1 for p in line.pieces)
        return line.pieces[0].first == 0 and filled >= 0.6 * (len(self.room.xs) - 1)

    def _full(self, above: PieceLine, line: PieceLine) -> bool:
        """Whether the first word of a line would not have fitted in the line above."""
        start = line.pieces[0].phrase.words[0].text[0]
        if start.islower() or start == "(":
            return True
        for piece in line.pieces:
            upper = [p for p in above.pieces if p.first <= piece.first <= p.last]
            if not upper or piece.numeric:
                continue
            word = piece.phrase.words[0]
            room = self.room.columns[piece.first].x1 - upper[0].phrase.x1
            if word.x1 - word.x0 + 0.2 * word.size > room:
                return True
        return False

    def _conflict(self, row: Row, above: PieceLine, line: PieceLine) -> bool:
        """A cell over several columns stands above several cells: two header levels."""
        for upper in row.pieces:
            if upper.first == upper.last:
                continue
            below = _below(upper, line)
            if len(below) > 1 or any(not _wraps(upper, p) for p in below):
                return True
        return any(
            above.bottom - 2 <= rule.at <= line.top + 3
            and any(
                rule.start - 2 <= p.phrase.x0 and p.phrase.x1 <= rule.end + 2 for p in above.pieces
            )
            for rule in self.underlines
        )


def mark_figures(lines: Sequence[PieceLine]) -> None:
    """Say of each line whether it holds figures of the body, not numbers that head columns.

    Years, and numbers above the first line that has a label, are heads.
    """
    least = 1 if any(p.numeric and p.first > 0 for line in lines for p in line.pieces) else 0
    labelled = sum(1 for line in lines if line.pieces[0].first == 0) > 0.5 * len(lines)
    counted = all(_is_ordinal(p) for line in lines[-3:] for p in line.pieces if p.last == 0)
    begun = False
    for number, line in enumerate(lines):
        figures = [p for p in line.pieces if p.first >= least and p.phrase.numeric]
        if not begun and figures:
            years = all(YEAR.fullmatch(p.phrase.text) for p in figures)
            own = _labelled(line, counted=counted) or _between_labels(lines, number)
            begun = not years and (not labelled or own)
        line.numeric = begun and bool(figures)
    if not begun:
        for line in lines:
            line.numeric = any(p.first >= least and p.phrase.numeric for p in line.pieces)
    for number, line in enumerate(lines):
        if line.numeric and any(_beside(line, other) for other in _neighbours(lines, number)):
            line.numeric = False


def _is_ordinal(piece: Piece) -> bool:
    return len(piece.phrase.text) <= LONGEST_ORDINAL


def _labelled(line: PieceLine, *, counted: bool) -> bool:
    """Whether a row has its label; in the second column too, where the first counts the rows."""
    start = line.pieces[0]
    return start.first == 0 or (counted and start.first == start.last == 1 and not start.numeric)


def _neighbours(lines: Sequence[PieceLine], at: int) -> Sequence[PieceLine]:
    return [line for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]) if line.numeric]


def _beside(line: PieceLine, figures: PieceLine) -> bool:
    """Whether it is one of two lines of labels, numbers among them, that figures stand between."""
    if min(line.bottom, figures.bottom) <= max(line.top, figures.top):
        return False
    counts = [sum(p.numeric for p in found.pieces) for found in (line, figures)]
    return counts[0] < counts[1] and _apart_at_one_height(line, figures)


def _opening(lines: Sequence[PieceLine], room: Columns) -> set[int]:
    """Lines right above the first figures that open rows of the body, and end no head.

    They have nothing but labels, left of all figures or over all of them, and stand as far below
    as rows do.
    """
    first = next((n for n, line in enumerate(lines) if line.numeric), 0)
    start = _first_figures(lines)
    found: set[int] = set()
    for number in range(first - 1, 0, -1):
        line = lines[number]
        if any(p.last >= start for p in line.pieces) and not _over_all(line, start, room):
            break
        if _steps(lines, number):
            found.add(number)
    return found


def _steps(lines: Sequence[PieceLine], at: int) -> bool:
    """Whether a line stands as far below the one above it as rows do."""
    height = lines[at].bottom - lines[at].top
    return lines[at].top - lines[at - 1].top >= _ROW_STEP * height


def _over_all(line: PieceLine, start: int, room: Columns) -> bool:
    """Whether it is a lone phrase over several columns of figures, at their start or middle."""
    piece, phrase = line.pieces[0], line.pieces[0].phrase
    if (
        len(line.pieces) > 1
        or not 0 < start <= piece.first
        or phrase.x1 <= room.xs[piece.first + 1]
    ):
        return False
    middle = room.columns[start].x0 + room.columns[-1].x1
    return piece.first == start or abs(middle - phrase.x0 - phrase.x1) < 8


def spread_groups(lines: Sequence[PieceLine], room: Columns) -> None:
    """Give lone phrases that head the rows below them all columns of figures: "Người - Person"."""
    start = _first_figures(lines)
    for number, line in enumerate(lines[1:-1], 1):
        if line.numeric or not lines[number + 1].numeric or not _steps(lines, number):
            continue
        if _over_all(line, start, room):
            line.pieces[0].first, line.pieces[0].last = start, len(room.xs) - 2


def _first_figures(lines: Sequence[PieceLine]) -> int:
    """The first column that has figures in most rows, ordinals aside."""
    rows = [line for line in lines if line.numeric]
    columns = Counter(p.first for line in rows for p in line.pieces if p.numeric and p.first > 0)
    return min((c for c, times in columns.items() if times > 0.5 * len(rows)), default=0)


def _below(upper: Piece, line: PieceLine) -> list[Piece]:
    """The cells of a line that stand under a cell over several columns."""
    if upper.first == upper.last:
        return []
    return [p for p in line.pieces if upper.first <= p.first and p.last <= upper.last]


def _wraps(upper: Piece, piece: Piece) -> bool:
    """Whether it goes on with the cell above: as broad, centred under it, or flush with it."""
    if piece.last - piece.first >= upper.last - upper.first:
        return True
    a, b = upper.phrase, piece.phrase
    return abs(a.x0 + a.x1 - b.x0 - b.x1) < 8 or abs(a.x0 - b.x0) < 2


def _hangs(row: Row, piece: Piece) -> bool:
    """Whether a head of one column goes on in it, close below and in its middle."""
    word, phrase = piece.phrase.words[0], piece.phrase
    return piece.first == piece.last and any(
        q.first == q.last == piece.first
        and abs(q.phrase.x0 + q.phrase.x1 - phrase.x0 - phrase.x1) < 3
        and word.top - q.phrase.words[0].bottom < 0.4 * word.size
        for q in row.pieces
    )


def _between_labels(lines: Sequence[PieceLine], at: int) -> bool:
    inside = 0 < at < len(lines) - 1
    return inside and _astride(lines[at - 1], lines[at]) and _astride(lines[at + 1], lines[at])


def _astride(label: PieceLine, figures: PieceLine) -> bool:
    """Whether a line of labels overlaps the figures' line, which has none in their columns."""
    return not label.numeric and _apart_at_one_height(label, figures)


def _apart_at_one_height(first: PieceLine, second: PieceLine) -> bool:
    """Whether two lines overlap, and share no column."""
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap > 0.15 * (second.bottom - second.top) and not any(
        p.first <= q.last and q.first <= p.last for q in first.pieces for p in second.pieces
    )


def _rivals(row: Row, line: PieceLine) -> bool:
    """Whether a figure of the line would stand in a column that the row has filled."""
    return any(
        p.first <= q.last and q.first <= p.last
        for p in line.pieces
        if p.numeric and line.numeric
        for q in row.pieces
    )


def _overruns(row: Row, line: PieceLine) -> bool:
    """A lone phrase over columns in which the row has figures: a heading, no rest of a label."""
    over = line.pieces[0]
    return (
        len(line.pieces) == 1
        and over.last > over.first
        and any(p.numeric and over.first <= p.first <= over.last for p in row.pieces)
    )


def _open_in_two_languages(row: Row, line: PieceLine) -> bool:
    """Labels of their own at both sides of the figures: "Giường bệnh (Giường)", "Bed (Bed)".

    A heading and a row may stand so close; the rest of a label seldom needs a second line in both
    languages, and seldom begins like a label.
    """
    figures = [p.first for p in (*row.pieces, *line.pieces) if p.numeric]
    if not figures or len(row.pieces) < 2 or len(line.pieces) < 2:
        return False
    ends = [(row.lines[-1][0], row.lines[-1][-1]), (line.pieces[0], line.pieces[-1])]
    return all(
        left.last < min(figures)
        and right.first > max(figures)
        and all(p.phrase.words[0].text[:1].isupper() for p in (left, right))
        for left, right in ends
    )


def _one_row(lines: Sequence[PieceLine]) -> Row:
    return Row(
        [line.pieces for line in lines],
        min(line.top for line in lines),
        max(line.bottom for line in lines),
    )


def _stacked(lines: Sequence[PieceLine]) -> bool:
    """Whether figures stand over figures in a column: several rows between two rules."""
    seen: set[int] = set()
    twice: set[int] = set()
    for line in lines:
        for piece in line.pieces:
            if piece.numeric:
                (twice if piece.first in seen else seen).add(piece.first)
    return len(twice) >= 2 or (len(twice) == 1 and len(seen) <= 2)


def _pitch(lines: Sequence[PieceLine]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if a.numeric and b.numeric]
    return median(steps) if steps else float("inf")
