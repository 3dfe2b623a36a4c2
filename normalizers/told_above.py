"""The time of a table that names none: what the text above it tells of, else the document's year.

"Tính đến hết ngày 30/9, tổng thu đạt 312,5 tỷ đồng. Kết quả cụ thể như sau:" and a table whose
heads say "Dự toán" and "Thực hiện".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.context import DocumentContext
from normalizers.layout.openings import is_dated
from normalizers.layout.titles import without_decrees
from normalizers.periods.reading import PeriodContext
from normalizers.sentences.clauses import sentences
from normalizers.sentences.when.document_years import document_years
from normalizers.tables.times import first_period
from solieu.model import Content, Grid, Period
from solieu.quick import replace
from solieu.text import one_line

_NEAR = 6
"""Passages above a table in which it may be introduced."""


def times_above(content: Content, context: DocumentContext) -> dict[int, Period]:
    """By a table's number, the time told above it; nothing where the document's title names one."""
    if context.period is not None or not content.grids:
        return {}
    texts = [p.text for p in content.passages if p.kind != "boilerplate"]
    whole = document_years(context, texts, context.periods()).whole
    clock = replace(context.periods(), year=whole.year if whole else None)
    found: dict[int, Period] = {}
    before: list[str] = []
    last = whole
    for block in content.blocks:
        if isinstance(block, Grid):
            last = _nearest(before[-_NEAR:], clock) or last
            found |= {block.number: last} if last else {}
            before = []
        elif block.kind != "boilerplate":
            before.append(one_line(block.text))
    return found


def _nearest(before: Sequence[str], clock: PeriodContext) -> Period | None:
    told = (p for text in _said(before) if (p := first_period(text, clock)) is not None)
    return next((replace(p, source="text") for p in told), None)


def _said(before: Sequence[str]) -> Iterator[str]:
    """The sentences above a table, the nearest first, without the page's own day and decrees."""
    for text in reversed(before):
        if not is_dated(text):
            for start, end in reversed(sentences(text)):
                yield without_decrees(text[start:end])
