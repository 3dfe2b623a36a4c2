"""Tables that a page sets as paragraphs: a cell in each, or a row in each with blanks between.

The paragraphs that stand beside one another are lines, and in lines tables are found as in a text
file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from extractors.html.drafts import Draft, TableDraft
from extractors.text.tables import find_tables

_FEWEST_LINES = 6
_FEWEST_FIGURES = 4
_LINKED = 0.5
_BLANK = "\u00a0"
"""What stands for an empty cell."""


def with_tables(drafts: Iterable[Draft | TableDraft]) -> list[Draft | TableDraft]:
    """The drafts, those that are cells or rows of a table put together."""
    found: list[Draft | TableDraft] = []
    for _, group in groupby(drafts, _place):
        beside = list(group)
        found += _read(beside) if len(beside) >= _FEWEST_LINES else beside
    return [draft for draft in found if isinstance(draft, TableDraft) or draft.text]


def lines_of_table(lines: Sequence[str]) -> bool:
    """Whether lines that only a break parts draw a table."""
    return _may_be_table(lines) and bool(find_tables(lines))


def _place(draft: Draft | TableDraft) -> object:
    """What is the same for drafts side by side; a wrapper around one of them is none."""
    if isinstance(draft, TableDraft) or draft.kind == "heading":
        return id(draft)
    if draft.links and draft.link_share >= _LINKED:
        return id(draft)
    home = draft.home
    while home is not None and len(home) == 1:
        home = home.getparent()
    return home


def _read(drafts: Sequence[Draft | TableDraft]) -> Iterator[Draft | TableDraft]:
    lines = [draft.text or _BLANK for draft in drafts if isinstance(draft, Draft)]
    at = 0
    for table in find_tables(lines) if _may_be_table(lines) else ():
        yield from drafts[at : table.start]
        yield TableDraft(table.grid, drafts[table.start].boxes)
        at = table.end
    yield from drafts[at:]


def _may_be_table(lines: Sequence[str]) -> bool:
    if len(lines) < _FEWEST_LINES:
        return False
    return sum(line[-1:].isdigit() for line in lines) >= _FEWEST_FIGURES
