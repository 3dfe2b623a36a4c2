"""One table in several parts, the later ones under "(tiếp theo)": their rows in one grid.

Yearbooks break a long table at the end of a page or a sheet and print title and head again. Parts
are one table only where the head is the same or the later part has none; the same title over other
columns is another part of the yearbook and another table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from operator import attrgetter

from extractors.cues import is_cue
from extractors.figures import is_numeric
from extractors.going_on import Block, in_one, is_grid
from solieu.model import Cell, Grid, Passage
from solieu.quick import replace
from solieu.text import fold

_MARK = re.compile(
    r"[(\[]\s*(?:tiep(?: theo)?(?: (?:trang|to|bang|bieu|sheet)(?: (?:truoc|so|[\d.]+))*)?"
    r"|continued|cont[.']?d?)\.?\s*[)\]]|\btiep theo\s*$|\bcontinued\s*$"
)
_NUMBER = re.compile(r"(?:bang|bieu|table|phu luc)\s*(?:so\s*)?(\d+(?:[.\-]\d+)*)")
_ORDINAL = re.compile(r"\(?(?:\d{1,2}|[a-z]{1,2})\)?(?:\s*=.*)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAGE = re.compile(r"(?:trang |page )?[-–—]?\s*\d{1,3}\s*[-–—]?", re.IGNORECASE)
_MOST_HEAD_ROWS = 8
_MOST_LOOKED_AT = 2 * _MOST_HEAD_ROWS + 1
"""Rows of lines over a head, of the head, and one that shows that the lines ended."""
_MOST_BETWEEN = 6
_LONGEST_LINE = 200


def goes_on(text: str) -> bool:
    """Whether a title says that the table began before it.

    >>> goes_on("Bảng 5. Dân số (tiếp theo)"), goes_on("5. (Cont.) Population"), goes_on("Tiếp")
    (True, True, False)
    >>> goes_on("(tiếp theo trang 1)"), goes_on("(tiếp trang trước)"), goes_on("(tiếp nhận hồ sơ)")
    (True, True, False)
    """
    return _MARK.search(fold(text)) is not None


def with_parts_joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document without pages, each table that goes on as one grid."""
    return in_one(blocks, is_grid, _whole)


def _whole(blocks: Sequence[Block], at: int, after: Block) -> list[Block] | None:
    """Both parts as one, where what stands between them or leads the second says so."""
    before = blocks[at]
    if not (isinstance(before, Grid) and isinstance(after, Grid)):
        return None
    lead = _lead(_rows(after))
    between = _lines(blocks[at + 1 :])
    if len(between) > _MOST_BETWEEN or not all(map(_belongs, between)):
        return None
    if between and not lead and all(map(_PAGE.fullmatch, between)) and _same_head(before, after):
        made = _made(before, after)
        return made and [*made, *blocks[at + 1 :]]
    titles = [*between, after.title or "", *(text for row in lead for text in row)]
    over = [*_lines(blocks[max(0, at - _MOST_BETWEEN) : at]), before.title or ""]
    over += [text for row in _lead(_rows(before)) for text in row]
    if not any(map(goes_on, titles)) or not _numbers(titles) <= _numbers(over):
        return None
    return _made(before, _without_rows(after, len(lead)))


def _made(before: Grid, after: Grid) -> list[Block] | None:
    made = join(before, after, len(_lead(_rows(before))))
    return [made] if made is not None else None


def _same_head(before: Grid, after: Grid) -> bool:
    """Whether a new page begins with the head of the table again, words over its columns."""
    rows, again = _rows(before), _rows(after)
    head = again[: _repeated(rows[len(_lead(rows)) :], again)]
    return any(sum(bool(c.text) and not is_numeric(c.text) for c in row) > 1 for row in head)


def _lines(blocks: Sequence[Block]) -> list[str]:
    return [b.text for b in blocks if isinstance(b, Passage)]


def _belongs(line: str) -> bool:
    """Lines that may stand between two parts: the title again, the unit, a page's number."""
    return len(line) < _LONGEST_LINE and (
        goes_on(line) or len(line) <= 4 or is_cue("unit", line) or is_cue("caption", line)
    )


def _numbers(titles: Sequence[str]) -> set[str]:
    return {number for text in titles for number in _NUMBER.findall(fold(text))}


def _lead(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The lines set over a sheet's head: leading rows with one text, or with none."""
    lead: list[list[str]] = []
    for row in rows:
        texts = [c.text for c in row if c.text]
        if len(texts) > 1 or len(lead) == _MOST_HEAD_ROWS:
            return lead
        lead.append(texts)
    return []


def _without_rows(grid: Grid, count: int) -> Grid:
    cells = tuple(replace(c, row=c.row - count) for c in grid.cells if c.row > count)
    return replace(grid, cells=cells, row_count=grid.row_count - count)


def join(first: Grid, second: Grid, lead: int = 0) -> Grid | None:
    """Both parts as one grid without the second's repeated head; None for two different tables.

    `lead` rows of the first stand over its head.
    """
    if not second.row_count:
        return None
    above, rows = _rows(first)[lead:], _rows(second)
    head = _repeated(above, rows)
    if head == 0 and (
        first.column_count != second.column_count
        or _has_own_head(rows)
        or _begins_alike(above, rows)
    ):
        return None
    shift = first.row_count - head
    moved = [replace(c, row=c.row + shift) for c in second.cells if c.row > head]
    return replace(
        first,
        cells=first.cells + tuple(moved),
        row_count=first.row_count + second.row_count - head,
        column_count=max(first.column_count, second.column_count),
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
    )


def rows_repeated(first: Grid, second: Grid) -> int:
    """How many rows of the first one's head the second part begins with, column by column."""
    if first.column_count != second.column_count:
        return 0
    return _repeated(_rows(first), _rows(second))


def _rows(grid: Grid) -> list[list[Cell]]:
    """The rows in which its head and the lines over it stand: a part of a long table has many."""
    rows: list[list[Cell]] = [[] for _ in range(min(grid.row_count, _MOST_LOOKED_AT))]
    for cell in grid.cells:
        if cell.row <= _MOST_LOOKED_AT:
            rows[cell.row - 1].append(cell)
    for row in rows:
        row.sort(key=attrgetter("column"))
    return rows


def _key(row: Sequence[Cell]) -> tuple[tuple[int, str], ...]:
    return tuple((c.column, fold(c.text)) for c in row if c.text)


def _repeated(first: list[list[Cell]], second: list[list[Cell]]) -> int:
    """How many leading rows of the second part repeat rows of the first one's head."""
    head = [_key(row) for row in first[:_MOST_HEAD_ROWS]]
    count = 0
    for row in second[:_MOST_HEAD_ROWS]:
        key = _key(row)
        if key and key not in head:
            break
        if not key and count == 0:
            break
        count += 1
    while count and not _key(second[count - 1]):
        count -= 1
    return min(count, len(second))


def _begins_alike(first: list[list[Cell]], second: list[list[Cell]]) -> bool:
    """Whether a part begins with the words of the other's head, over other years."""
    head = list(takewhile(_is_head, map(_key, first[:_MOST_HEAD_ROWS])))
    begun = _key(second[0])
    years = [_years(row) for row in head if _years(row)]
    if years and _years(begun) and _years(begun) != years[-1]:
        return True
    return bool(begun) and begun[0][1] in {row[0][1] for row in head if len(row) > 1}


def _years(row: Sequence[tuple[int, str]]) -> list[str]:
    """The years over columns, where a row holds nothing else but the head of its labels."""
    found = [m.group() for _, text in row if (m := _YEAR.search(text)) and len(text) < 16]
    return found if len(found) > 1 and len(found) >= len(row) - 1 else []


def _is_head(row: Sequence[tuple[int, str]]) -> bool:
    return not any(is_numeric(text) and not _YEAR.fullmatch(text) for _, text in row)


def _has_own_head(rows: list[list[Cell]]) -> bool:
    """Whether a part begins with a row of words over most columns: the head of another table."""
    filled = [c for c in rows[0] if c.text]
    words = [c for c in filled if not is_numeric(c.text)]
    if all(_ORDINAL.fullmatch(c.text.casefold()) for c in filled):
        return False
    return len(words) >= 2 and len(words) == len(filled) and len(filled) >= 0.6 * len(rows[0])
