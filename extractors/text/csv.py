"""Comma, semicolon, tab and bar separated values; every cell keeps its text.

A file whose columns are sentences beside a date (bulletins) is no table: each sentence becomes a
passage whose section says the row's date.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence

from extractors import dates, limits
from extractors.charset import decode, legacy_notice
from extractors.text.quoted import Row, records, stray_quote_notice
from solieu.errors import UnreadableDocument
from solieu.legacy import decode_legacy
from solieu.model import Cell, Content, Grid, Passage, PassageKind, SourceDocument
from solieu.text import clean, one_line

_DELIMITERS = "\t;|,"
_SAMPLE_RECORDS = 200
_NUMBER = re.compile(r"[-+(]?\s*\d[\d.,\s]*\s*%?\)?")
_APART = re.compile(r"\S(?:\t+| {2,})\S")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_URL = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_PROSE_WORDS = 8  # a cell of this many words is a sentence and no label


def extract(document: SourceDocument) -> Content:
    """One grid, or passages where the cells are sentences."""
    limits.check_size(document.content)
    decoded = decode(document.content)
    text, legacy = decode_legacy(decoded.text)
    rows, stray = _rows(text)
    if not rows:
        raise UnreadableDocument(
            f"{document.name}: no rows; check that the file was saved whole",
            f"{document.name}: không có dòng nào; hãy kiểm tra tệp đã được lưu trọn vẹn chưa",
        )
    blocks = bulletins(rows) or (_grid(rows),)
    notices = (*decoded.notices, *legacy_notice(legacy), *([stray_quote_notice()] * stray))
    return Content(blocks=blocks, reader="csv", notices=notices, title=_title(rows))


def delimiter_of(text: str, *, hoped: bool = False) -> str | None:
    """What separates the values, None for no such file; `hoped` when the name says it is one."""
    told = _SEP_LINE.match(text)
    if told:
        return told[1]
    if not hoped and _is_drawn(text):
        return None
    able = _DELIMITERS.replace(",", "") if _decimals(text) else _DELIMITERS
    scores = {d: _evenness(text, d, hoped=hoped) for d in able if d in text}
    best = max(scores, key=lambda d: scores[d], default=None)
    return best if best and scores[best] > 0 else None


def _decimals(text: str) -> bool:
    """Commas of numbers in lines whose columns are set apart by tabs or blanks: "Cà Mau  86,48"."""
    lines = [line for line in text.splitlines()[:_SAMPLE_RECORDS] if "," in line]
    apart = sum(bool(_APART.search(line)) for line in lines)
    inside = sum(len(_DECIMAL.findall(line)) for line in lines)
    return apart * 2 > len(lines) and inside * 2 > sum(line.count(",") for line in lines)


def _is_drawn(text: str) -> bool:
    """A table drawn with a bar at both ends of its lines is text, whatever commas it holds."""
    lines = [line.strip() for line in text.splitlines()[:_SAMPLE_RECORDS] if line.strip()]
    framed = sum(len(line) > 1 and line[0] == line[-1] == "|" for line in lines)
    return framed > 2 and framed * 2 > len(lines)


def _evenness(text: str, delimiter: str, *, hoped: bool) -> float:
    """The share of records with the usual number of fields, 0 where it is too low to be a table."""
    found = [r for r in _sample(text, delimiter) if any(f.strip() for f in r)]
    if len(found) < (2 if hoped else 3):
        return 0.0
    usual, count = Counter(map(len, found)).most_common(1)[0]
    share = count / len(found)
    # running text has commas too: one per line proves nothing
    least = 2 if hoped or delimiter != "," or '"' in text else 3
    if usual < least or share < (0.6 if hoped else 0.9):
        return 0.0
    return 0.0 if not hoped and _is_running_text(found[0]) else share


def _is_running_text(first: Row) -> bool:
    return max(len(f) for f in first) > 100 or sum(1 for f in first if f.strip()) < len(first) / 2


def _sample(text: str, delimiter: str) -> list[Row]:
    found, _ = records(text, delimiter, _SAMPLE_RECORDS)
    whole = len(found) < _SAMPLE_RECORDS and text.endswith("\n")
    return found if whole or len(found) < 4 else found[:-1]


def _rows(text: str) -> tuple[list[Row], bool]:
    """The records without blank ones, and whether a stray quote was in their way."""
    delimiter = delimiter_of(text[:65536], hoped=True) or ","
    told = _SEP_LINE.match(text)
    found, stray = records(text[told.end() if told else 0 :], delimiter)
    rows = [r for r in ([clean(f) for f in record] for record in found) if any(r)]
    if sum(map(len, rows)) > limits.MAX_TABLE_CELLS:
        limits.too_large("Cells", "Số ô", sum(map(len, rows)), limits.MAX_TABLE_CELLS)
    return rows, stray


def bulletins(rows: Sequence[Row]) -> tuple[Passage, ...]:
    """Passages of a file of sentences, empty for a table.

    The sentences' columns have many words per cell, another column holds dates, and none holds
    numbers.
    """
    body = rows[1:]
    width = max(map(len, rows))
    columns = {c: [r[c] for r in body if c < len(r) and r[c]] for c in range(width)}
    prose = [c for c, cells in columns.items() if cells and _is_prose(cells)]
    days = [c for c, cells in columns.items() if cells and _share(cells, _is_date) >= 0.8]
    others = [c for c in columns if c not in {*prose, *days}]
    if not prose or not days or any(_share(columns[c], _is_number) > 0.5 for c in others):
        return ()
    labels = [c for c in others if _share(columns[c], _is_label) > 0.5]
    passages: list[Passage] = []
    for row in body:
        passages += _row_passages(row, prose, (days[0], *labels), len(passages))
    return tuple(passages)


def _row_passages(row: Row, prose: list[int], context: Sequence[int], count: int) -> list[Passage]:
    section = tuple(row[c] for c in context if c < len(row) and row[c])
    texts = [one_line(row[c]) for c in prose if c < len(row) and row[c]]
    found: list[Passage] = []
    for index, text in enumerate(texts):
        # one bulletin cut twice is one bulletin: the shorter copy is kept but not read
        copies = (t for i, t in enumerate(texts) if i != index and (len(t), i) > (len(text), index))
        kind: PassageKind = "boilerplate" if any(text in t for t in copies) else "paragraph"
        found.append(Passage(text, count + len(found) + 1, kind=kind, section=section))
    return found


def _share(cells: Sequence[str], test: object) -> float:
    if not cells or not callable(test):
        return 0.0
    return sum(1 for c in cells if test(c)) / len(cells)


def _is_prose(cells: Sequence[str]) -> bool:
    return statistics.median(len(c.split()) for c in cells) >= _PROSE_WORDS


def _is_date(cell: str) -> bool:
    return len(cell) <= 32 and dates.find_date(cell) is not None


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def _is_label(cell: str) -> bool:
    return len(cell) <= 80 and not _URL.match(cell) and not _is_number(cell)


def _title(rows: Sequence[Row]) -> str | None:
    """The first record's text where it stands alone over a wider table."""
    first = [f for f in rows[0] if f]
    wide = max(len([f for f in r if f]) for r in rows)
    return one_line(first[0]) if len(first) == 1 and wide > 1 else None


def _grid(rows: Sequence[Row]) -> Grid:
    cells = tuple(
        Cell(text=text, row=r, column=c)
        for r, row in enumerate(rows, start=1)
        for c, text in enumerate(row, start=1)
    )
    return Grid(
        cells=cells,
        row_count=len(rows),
        column_count=max(map(len, rows)),
        number=1,
        title=_title(rows),
    )
