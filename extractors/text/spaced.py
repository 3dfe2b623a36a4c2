"""Rows whose cells have one space or nothing between them, under a head that names each column.

"1 Xã Một 420 431 102,6" is a row where the lines around it end in as many figures and the head
above has a title for each: "STT Đơn vị Kế hoạch Thực hiện Tỷ lệ (%)". Where the number of titles
does not fit, the lines stay running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.cues import is_cue
from extractors.text.cells import ROMAN, is_figure
from extractors.text.heads import head_cells, names_time, numbering_from, titles_in
from extractors.text.rows import in_row
from solieu.model import Cell, Grid
from solieu.quick import replace
from solieu.text import one_line

_ORDINAL = re.compile(rf"(\d{{1,3}}|{ROMAN})[.)]?\s+(?=[^\W\d_])")
_ON_LETTER = re.compile(r"(.*[^\W\d_)])(\d[\d.,]*)")
_TYPES = frozenset({"tỉnh", "huyện", "xã", "phường", "khu vực"})
_NUMBER = re.compile(r"\d{1,2}")
_BARE_TYPES = frozenset({"phường", "quận", "khu phố", "tổ dân phố", "tổ", "ấp", "thôn", "khóm"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 200
_LEAST_ROWS = 3
_HEAD_LINES = 6
_LONGEST_GROUP = 60
_SENTENCE_END = re.compile(r"[.:;!?…]\s*$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that ends in figures: its number, its label, and what follows the label."""

    line: int
    ordinal: str
    label: str
    values: tuple[str, ...]

    def widths(self) -> frozenset[int]:
        """How many columns of figures it may have: "Phường 1 95" has one or two."""
        count = len(self.values)
        numbered = self.label.casefold() in _BARE_TYPES and _NUMBER.fullmatch(self.values[0])
        return frozenset({count - 1} if numbered else {count})

    def cells(self, width: int, *, ordinals: bool) -> list[str]:
        """The texts of its cells, `width` of them figures."""
        extra = len(self.values) - width
        label = " ".join([self.label, *self.values[:extra]])
        return [*([self.ordinal] if ordinals else []), label, *self.values[extra:]]


def find(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    """Stretches of at least three such rows with their head above."""
    floor = 0
    for rows in _stretches(lines, taken):
        widths = frozenset.intersection(*(row.widths() for row in rows if row.values))
        for width in sorted(widths):
            found = _under_head(lines, taken, rows, width, floor)
            if found is not None:
                yield found
                floor = found[1]
                break


def _stretches(lines: Sequence[str], taken: Sequence[bool]) -> Iterator[list[_Row]]:
    """Rows one below the other; a group's name alone may stand between two of them."""
    rows: list[_Row] = []
    widths: frozenset[int] = frozenset()
    for i, line in enumerate(lines):
        text = one_line(line)
        if not text and rows and i - rows[-1].line <= 1:
            continue
        row = None if taken[i] or len(text) > _LONGEST else _row(i, text)
        if row is not None and not rows and (_ends_in_year(row, text) or _goes_on(row)):
            row = None
        common = _common(widths, row) if rows and row else frozenset()
        if rows and not common:
            yield from _whole(rows)
            rows = []
            row = None if row and not row.values else row
        if row and (rows or row.values):
            widths = common if rows else row.widths()
            rows.append(row)
    yield from _whole(rows)


def _ends_in_year(row: _Row, text: str) -> bool:
    """A head that ends in the year of its last column: "Địa phươngDân số năm 2022"."""
    opens = titles_in(text)[0]
    named = is_cue("stub", opens) or is_cue("ordinal", opens)
    return named and len(row.values) == 1 and _YEAR.fullmatch(row.values[0]) is not None


def _goes_on(row: _Row) -> bool:
    """A head's last line that looks like a row: "năm 2022 2023"."""
    return row.label[:1].islower() and bool(row.values) and all(map(_YEAR.fullmatch, row.values))


def _common(widths: frozenset[int], row: _Row) -> frozenset[int]:
    """The widths that a row leaves of those which the rows above may have."""
    return widths & row.widths() if row.values else widths


def _whole(rows: list[_Row]) -> Iterator[list[_Row]]:
    while rows and not rows[-1].values:
        rows = rows[:-1]
    if sum(bool(row.values) for row in rows) >= _LEAST_ROWS:
        yield rows


def _row(line: int, text: str) -> _Row | None:
    ordinal = _ORDINAL.match(text) if text[:1].isalnum() else None
    number = ordinal[1] if ordinal else ""
    words = text[ordinal.end() :].split() if ordinal else text.split()
    values: list[str] = []
    while words and is_figure(words[-1]):
        values.insert(0, words.pop())
    if not words and not number and len(values) > 1 and _YEAR.fullmatch(values[0]):
        return _Row(line, "", values[0], tuple(values[1:]))
    if words and not values and (glued := _ON_LETTER.fullmatch(words[-1])):
        words[-1], value = glued.groups()
        values = [value]
    label = " ".join(words)
    if not any(map(str.isalpha, label)):
        return None
    if not values and (not number or len(text) > _LONGEST_GROUP or _SENTENCE_END.search(text)):
        return None
    return _Row(line, number, label, tuple(values))


def _under_head(
    lines: Sequence[str], taken: Sequence[bool], rows: Sequence[_Row], values: int, floor: int
) -> tuple[int, int, Grid] | None:
    counted = sum(bool(row.ordinal) for row in rows)
    if values < 1 or (values == 1 and not _is_glued(lines, rows)):
        return None
    titles: list[str] = []
    below = ""  # the head's next line
    for i in range(rows[0].line - 1, max(floor, rows[0].line - 1 - _HEAD_LINES) - 1, -1):
        text = one_line(lines[i])
        if not text:
            continue
        if taken[i] or _SENTENCE_END.search(text) or is_cue("unit", text):
            return None
        found = _titles(text)
        if below and len(found) > 1 and _breaks_titles(below):
            return None
        below = text
        if len(found) > 1 and _ends_in_figure(found):
            return None
        titles = [*found, *titles]
        ordinals = is_cue("ordinal", titles[0])
        if ordinals or _is_stub(titles, rows):
            headed = titles if ordinals or not counted else ["", *titles]
            grid = _grid(headed, rows, values, ordinals=bool(ordinals or counted))
            return None if grid is None else (i, rows[-1].line + 1, grid)
    return None


def _breaks_titles(line: str) -> bool:
    """Whether a line of a head goes on with titles of the line above: which, nobody can tell.

    "Thực hiện So với" and below it "năm 2022 cùng kỳ", or "2022 kế hoạch năm".
    """
    first = line.split(maxsplit=1)[0]
    if _YEAR.fullmatch(first):
        return any(map(str.isalpha, line))
    return first[0].islower()


def _is_stub(titles: Sequence[str], rows: Sequence[_Row]) -> bool:
    """Whether the first title is that of the rows' names, of years where these are years."""
    if any(_YEAR.fullmatch(row.label) for row in rows):
        return names_time(titles[0]) and all(_YEAR.fullmatch(row.label) for row in rows)
    return is_cue("stub", titles[0]) and not _names_unit(titles)


def _names_unit(titles: Sequence[str]) -> bool:
    """Whether a line is rather the name of a unit than a head: "Huyện Kim Sơn"."""
    return titles[0].casefold() in _TYPES and all(text.isalpha() for text in titles[1:])


def _ends_in_figure(titles: Sequence[str]) -> bool:
    """A row above that lost a cell; a head ends in words, in a year or in a column's number."""
    last = titles[-1].split()[-1]
    if not is_figure(last) or _YEAR.fullmatch(last):
        return False
    return numbering_from(["", *titles], len(titles)) > 1


def _titles(text: str) -> list[str]:
    words = text.split()
    return words if numbering_from(["", *words], len(words)) == 1 else titles_in(text)


def _is_glued(lines: Sequence[str], rows: Sequence[_Row]) -> bool:
    """Rows with one figure each are a table where it stands right at the name."""
    return all(_ON_LETTER.search(one_line(lines[row.line])) for row in rows if row.values)


def _grid(
    titles: Sequence[str], rows: Sequence[_Row], values: int, *, ordinals: bool
) -> Grid | None:
    width = values + 1 + ordinals
    body = numbering_from(titles, width)
    head = _head(titles[:body], width, 1 + ordinals)
    if head is None:
        return None
    heads = max(cell.row + cell.row_span - 1 for cell in head)
    texts = [list(titles[body:])] if body < len(titles) else []
    texts += [row.cells(values, ordinals=ordinals) if row.values else _group(row) for row in rows]
    cells: list[Cell] = list(head)
    for n, row in enumerate(texts, start=heads + 1):
        cells += in_row(row, n)
    columns = max(cell.column + cell.column_span - 1 for cell in cells)
    return Grid(tuple(cells), heads + len(texts), columns, header_rows=heads)


def _head(titles: Sequence[str], width: int, stubs: int) -> list[Cell] | None:
    """The head's cells; the numbers of the rows may have no title."""
    if titles[0]:
        return head_cells(titles, width, stubs)
    cells = head_cells(titles[1:], width - 1, stubs - 1)
    return cells and [replace(cell, column=cell.column + 1) for cell in cells]


def _group(row: _Row) -> list[str]:
    return [row.ordinal, row.label]
