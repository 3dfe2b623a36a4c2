"""A total row is the sum of its rows, a total column the sum of its columns.

What a table means by "Tổng cộng" is first read from the layout and then tried on all columns: a
reading that holds for most columns makes the others contradictions, one that holds for none is no
law of this table, and nobody is accused by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditors import layout, verdicts
from auditors.desk import Desk, Sheet, additive
from auditors.identities import Claim, Term, make
from auditors.layout import Breakdown
from auditors.relations import believed
from auditors.verdicts import Trial
from solieu.model import Line


def column_totals(desk: Desk) -> Iterator[Claim]:
    """Total rows against their rows, in every column that adds."""
    for sheet in desk.sheets:
        trials = list(_trials(sheet, "column_total"))
        yield from verdicts.settled(trials, {x.index: x for x in sheet.lines})


def row_totals(desk: Desk) -> Iterator[Claim]:
    """Total columns against their parts, in every row.

    Where a total column ends is seldom said, so here the rows have to show that the law is meant.
    """
    for sheet in desk.sheets:
        for trial in _trials(sheet.turned, "row_total"):
            if trial.breakdown.kind == "of_which":
                yield from verdicts.partial(trial)
            else:
                yield from believed(trial.claims, named=trial.breakdown.stated)


def _trials(sheet: Sheet, check: str) -> Iterator[Trial]:
    """For every line that may be a sum, the reading of its parts that the figures bear out best."""
    lines = {line.index: line for line in sheet.lines}
    for ways in layout.breakdowns(sheet.lines):
        tried = [Trial(b, tuple(_claims(sheet, lines, b, check))) for b in ways]
        tried = [t for t in tried if t.claims]
        if not tried:
            continue
        best = max(tried, key=lambda t: t.rank)
        blocks = list(_blocks(sheet, lines, best, check))
        yield from blocks or [best]


def _blocks(sheet: Sheet, lines: dict[int, Line], trial: Trial, check: str) -> Iterator[Trial]:
    """A whole that is broken down twice: by kind, then by owner, each adding up to it."""
    if trial.breakdown.kind != "total" or trial.supported or trial.breakdown.last:
        return
    parts, claim = trial.breakdown.parts, max(trial.claims, key=lambda c: len(c.terms))
    whole, since, running = claim.whole.value or Decimal(0), 0, Decimal(0)
    cross = claim.whole.place.column if sheet.upright else claim.whole.place.row
    for n, part in enumerate(parts):
        figure = sheet.cells.get((part, cross or 0))
        running += figure.value or Decimal(0) if figure is not None else Decimal(0)
        if abs(running - whole) <= claim.tolerance and n > since:
            way = Breakdown(trial.breakdown.whole, parts[since : n + 1], "total")
            block = Trial(way, tuple(_claims(sheet, lines, way, check)))
            if block.supported:
                yield block
                since, running = n + 1, Decimal(0)


def _claims(sheet: Sheet, lines: dict[int, Line], way: Breakdown, check: str) -> Iterator[Claim]:
    filled = sum([part in sheet.filled for part in way.parts])
    for cross in sheet.crosses:
        claim = _claim(sheet, lines, way, cross, check, filled)
        if claim is not None:
            yield claim


def _claim(
    sheet: Sheet, lines: dict[int, Line], way: Breakdown, cross: Line, check: str, filled: int
) -> Claim | None:
    """The law in one line across; `filled` of its parts hold anything in any."""
    whole = sheet.cells.get((way.whole, cross.index))
    if whole is None or not additive(whole, lines[way.whole], cross):
        return None
    terms, unread = [], 0
    at, cells = cross.index, sheet.cells
    for part in way.parts:
        figure = cells.get((part, at))
        if figure is None:
            unread += (part, at) in sheet.holes
        elif figure.unit == whole.unit:
            terms.append(Term(figure))
        else:
            unread += 1
    if len(terms) < 2 and way.kind != "of_which":
        return None
    blank = filled - len(terms) - unread
    return make(
        check,
        whole,
        tuple(terms),
        layout="last" if way.last else "first",
        table=sheet.table.number,
        of_which=way.kind == "of_which",
        blank=blank,
        unread=unread,
    )
