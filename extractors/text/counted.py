"""Rows that a numbering column counts: 1, 2, 3 at equal distances under a head with "STT"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.text.cells import ROMAN, is_figure, may_be_value
from extractors.text.heads import head_cells, numbering_from, opens_head
from extractors.text.rows import Rows, in_row, unplaced
from solieu.model import Cell

_LEAST_RECORDS = 3
_WIDEST = 30
_YEAR = re.compile(r"(?:19|20)\d\d")
_ONE, _TWO = frozenset({"1", "01"}), frozenset({"2", "02"})
_ROMAN = re.compile(rf"{ROMAN}|[A-H]")


def find(texts: Sequence[str]) -> Iterator[Rows]:
    """Every table whose rows are counted, none inside another."""
    stop = 0
    for head, text in enumerate(texts):
        if head >= stop and opens_head(text):
            found = _under(texts, head)
            if found is not None:
                yield found
                stop = found.stop


def _under(texts: Sequence[str], head: int) -> Rows | None:
    further = texts[head + 3 : head + 4 * _WIDEST]
    if not any(text in _TWO for text in further):  # a page of heads without rows: no more looking
        return None
    for one in range(head + 1, min(head + 3 * _WIDEST, len(texts))):
        if texts[one] in _ONE and _has_label(texts, one):
            found = _from(texts, head, one)
            if found is not None:
                return found
    return None


def _from(texts: Sequence[str], head: int, one: int) -> Rows | None:
    """The rows from the one numbered 1, in the width that gives most of them."""
    widest = min(_WIDEST, len(texts) - 1 - one)
    walks = [
        _Walk(texts, one, width).run()
        for width in range(2, widest + 1)
        if _steps(texts, one, width)
    ]
    walks = [walk for walk in walks if walk.whole >= _LEAST_RECORDS]
    for walk in sorted(walks, key=lambda w: w.whole, reverse=True):
        above, top = _rows_above(texts, head, one, walk)
        start = head + numbering_from(texts[head:top], walk.width)
        cells = head_cells(texts[head:start], walk.width, 2 if walk.width > 2 else 1)
        if cells:
            numbering = [list(texts[start:top])] if start < top else []
            body = _placed([*numbering, *above, *walk.rows], walk)
            return Rows(head, walk.at, tuple(cells), tuple(body), walk.whole)
    return None


def _steps(texts: Sequence[str], one: int, width: int) -> bool:
    """Whether 2 follows 1 at this width, or a group's number does that has one row."""
    after = texts[one + width]
    return (after in _TWO or after == "II") and _has_label(texts, one + width)


def _has_label(texts: Sequence[str], at: int) -> bool:
    """Whether a name follows the number that stands here."""
    return at + 1 < len(texts) and bool(texts[at + 1]) and not is_figure(texts[at + 1])


@dataclass(slots=True)
class _Walk:
    """One way down the rows: `at` is the cell where the next row would begin."""

    texts: Sequence[str]
    at: int
    width: int
    rows: list[list[str]] = field(default_factory=list)
    whole: int = 0
    last: int = 0
    values: tuple[int, ...] = ()
    """Columns (from 0) that hold figures in the first row."""

    def run(self) -> _Walk:
        first = self.texts[self.at : self.at + self.width]
        self.values = tuple(c for c in range(2, self.width) if may_be_value(first[c]))
        while self.at < len(self.texts) and (row := self._row()) is not None:
            self.rows.append(row)
        return self

    def _row(self) -> list[str] | None:
        """The row that begins here, `at` moved behind it; None where none does."""
        text = self.texts[self.at]
        if self._is_next(self.at):
            row = self._counted(text)
        elif _ROMAN.fullmatch(text):
            row = self._group()
        elif not text:
            row = self._unnumbered()
        else:
            row = total_row(self.texts, self.at, self)
            self.at += 1 + len(self.values) if row else 0
            return row
        self.at += len(row or ())
        return row

    def _unnumbered(self) -> list[str] | None:
        """A whole row whose number is an empty cell: a total."""
        row = list(self.texts[self.at : self.at + self.width])
        if len(row) < self.width or not row[1] or is_figure(row[1]) or not self._fits(row):
            return None
        return row if any(row[c] for c in self.values) else None

    def _is_next(self, at: int) -> bool:
        """Whether a row's number stands here: one more than the last, or 1 again, and a label."""
        number = self.texts[at] if at < len(self.texts) else ""
        if not (number.isascii() and number.isdecimal()):
            return False
        return int(number) in {self.last + 1, 1} and _has_label(self.texts, at)

    def _counted(self, number: str) -> list[str] | None:
        row = list(self.texts[self.at : self.at + self.width])
        before, self.last = self.last, int(number)
        after = self.at + self.width
        fits = after <= len(self.texts) and self._fits(row)
        if not (fits and self._begins(after)):
            row = self._short() or (row if fits or self._begins(after) else [])
        self.whole += len(row) == self.width
        self.last = self.last if row else before
        return row or None

    def _begins(self, at: int) -> bool:
        return at < len(self.texts) and (
            self._is_next(at) or _ROMAN.fullmatch(self.texts[at]) is not None
        )

    def _fits(self, row: Sequence[str]) -> bool:
        return all(may_be_value(row[c]) for c in self.values)

    def _short(self) -> list[str] | None:
        """A row that lost a cell: the next one begins too early."""
        for stop in range(self.at + 2, min(self.at + self.width, len(self.texts))):
            if self._begins(stop):
                return list(self.texts[self.at : stop])
        return None

    def _group(self) -> list[str] | None:
        """A row with a Roman number: with figures of its own, or a name alone."""
        row = list(self.texts[self.at : self.at + self.width])
        if len(row) < 2 or not row[1] or is_figure(row[1]):
            return None
        if len(row) == self.width and self._fits(row) and any(row[c] for c in self.values):
            return row
        return row[:2] if self._is_next(self.at + 2) else None


def total_row(texts: Sequence[str], at: int, walk: _Walk) -> list[str] | None:
    """The row that begins here with a label, its figures under those of the other rows."""
    label = texts[at]
    values = list(texts[at + 1 : at + 1 + len(walk.values)])
    if not walk.values or not label or is_figure(label) or len(values) < len(walk.values):
        return None
    beyond = texts[at + 1 + len(values) : at + 2 + len(values)]
    if not all(map(is_figure, values)) or (beyond and _goes_on(beyond[0])):
        return None
    row = [""] * walk.width
    row[1] = label
    for column, value in zip(walk.values, values, strict=True):
        row[column] = value
    return row


def _goes_on(text: str) -> bool:
    """A figure more than there are columns: this is no row of the table."""
    return bool(text) and is_figure(text) and not text.isdecimal()


def _rows_above(
    texts: Sequence[str], head: int, one: int, walk: _Walk
) -> tuple[list[list[str]], int]:
    """Total and group rows between the head and the row numbered 1, and where they begin."""
    rows: list[list[str]] = []
    top = one
    while (found := _row_above(texts, head, top, walk)) is not None:
        row, top = found
        rows.insert(0, row)
    return rows, top


def _row_above(
    texts: Sequence[str], head: int, top: int, walk: _Walk
) -> tuple[list[str], int] | None:
    for size in (walk.width, 2):
        row = list(texts[top - size : top])
        if top - size > head and len(row) > 1 and _ROMAN.fullmatch(row[0]) and len(row[1]) > 1:
            figures = [row[c] for c in walk.values if c < size]
            if not is_figure(row[1]) and all(map(may_be_value, figures)):
                return row, top - size
    at = top - 1 - len(walk.values)
    if at > head:
        total = total_row(texts[:top], at, walk)
        if total is not None and not all(map(_YEAR.fullmatch, texts[at + 1 : top])):
            return total, at
    return None


def _placed(rows: Sequence[Sequence[str]], walk: _Walk) -> Iterator[Cell]:
    columns = [c + 1 for c in walk.values]
    for n, row in enumerate(rows, start=1):
        lost = 2 < len(row) < walk.width and bool(row[0])
        if lost and len(columns) > 1:
            yield from in_row(row[:2], n)
            yield from unplaced(row[2:], n, columns)
        else:
            yield from in_row(row, n)
