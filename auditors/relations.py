"""Laws between the columns of a table, found by trying them on its rows.

A sum or difference that holds in nearly every row is a law of the table whatever the columns are
called; the rows where it fails contradict themselves. One that holds in few rows was never meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from auditors.desk import Desk, Sheet
from auditors.identities import Claim, Term, judged
from solieu import intervals
from solieu.model import Figure, Line

# How far apart columns of one law may stand, and how many parts a run may have.
REACH = 5
LONGEST_RUN = 14
SAMPLE = 12


@dataclass(frozen=True, slots=True)
class Relation:
    """Whole column = weighted sum of other columns, or a quotient of two such sums."""

    check: str
    whole: int
    terms: tuple[tuple[int, int], ...]
    """(column, weight)."""
    over: tuple[tuple[int, int], ...] = ()
    named: bool = False
    """The table's own words say so: less evidence is needed."""

    @property
    def columns(self) -> frozenset[int]:
        return frozenset((self.whole, *(c for c, _ in self.terms), *(c for c, _ in self.over)))


def claim(relation: Relation, sheet: Sheet, row: int) -> Claim | None:
    """The relation in one row; None where a cell is missing."""
    whole = sheet.cells.get((row, relation.whole))
    terms = _terms(relation.terms, sheet, row)
    over = _terms(relation.over, sheet, row)
    if whole is None or terms is None or over is None:
        return None
    factor = Decimal(100) if relation.over else Decimal(1)
    return judged(
        Claim(
            relation.check,
            whole,
            terms,
            over,
            factor,
            layout="relation",
            table=sheet.table.number,
        )
    )


def _terms(weighted: Sequence[tuple[int, int]], sheet: Sheet, row: int) -> tuple[Term, ...] | None:
    found = []
    for column, weight in weighted:
        figure = sheet.cells.get((row, column))
        if figure is None:
            return None
        found.append(Term(figure, weight))
    return tuple(found)


def telling(claim: Claim) -> bool:
    """Does the row say anything about the law? Zeros obey every law."""
    if claim.over:
        return bool(claim.whole.value) and claim.expected != 0
    return sum(bool(f.value) for f in claim.figures) > 2 or len(claim.figures) == 2


def settled(relation: Relation, sheet: Sheet) -> Iterator[Claim]:
    """The relation in all rows, once the rows show that it is a law of the table."""
    claims = [c for line in sheet.lines if (c := claim(relation, sheet, line.index)) is not None]
    judgeable = [c for c in claims if c.outcome != "open" and telling(c)]
    held = sum(c.outcome == "holds" for c in judgeable)
    if not believed(held, len(judgeable), named=relation.named):
        return
    sure = held * 10 >= len(judgeable) * 8 and held >= (2 if relation.named else 5)
    for c in claims:
        if c.outcome == "off" and not sure:
            yield replace(c, certainty="likely", reason="few_rows")
        elif c.outcome != "open":
            yield c


def believed(held: int, tried: int, *, named: bool) -> bool:
    """Is a relation that held `held` times out of `tried` a law?"""
    if named:
        return held >= 1 and held * 10 >= tried * 6
    return held >= 3 and held * 10 >= tried * 8


def sample(sheet: Sheet) -> list[int]:
    """A few rows spread over the table, to drop most ideas quickly."""
    rows = [line.index for line in sheet.lines]
    step = max(1, len(rows) // SAMPLE)
    return rows[::step][: SAMPLE + 4]


def plausible(relation: Relation, sheet: Sheet, rows: Sequence[int]) -> bool:
    """Does the relation hold in enough of the sampled rows to be tried on all?"""
    tried = [c for r in rows if (c := claim(relation, sheet, r)) is not None and telling(c)]
    held = sum(c.outcome == "holds" for c in tried)
    return held > 0 and held * 10 >= len(tried) * 6


def sums(desk: Desk) -> Iterator[Claim]:
    """Columns that are the sum or the difference of others."""
    for sheet in desk.sheets:
        yield from _sheet_sums(desk, sheet)


def _sheet_sums(desk: Desk, sheet: Sheet) -> Iterator[Claim]:
    rows = sample(sheet)
    taken: set[frozenset[int]] = set()
    for relation in _ideas(desk, sheet, rows):
        if relation.columns in taken or not plausible(relation, sheet, rows):
            continue
        claims = list(settled(relation, sheet))
        if claims:
            taken.add(relation.columns)
            yield from claims


def _ideas(desk: Desk, sheet: Sheet, rows: Sequence[int]) -> Iterator[Relation]:
    columns = [c for c in sheet.crosses if _unit(sheet, c, rows) is not None]
    measures = {c.index: _measure(desk, sheet, c, rows) for c in columns}
    yield from _differences(sheet, columns, measures, rows)
    yield from _runs(sheet, columns, rows)


def _unit(sheet: Sheet, column: Line, rows: Sequence[int]) -> str | None:
    for row in rows:
        figure = sheet.cells.get((row, column.index))
        if figure is not None:
            return figure.unit
    return None


def _measure(desk: Desk, sheet: Sheet, column: Line, rows: Sequence[int]) -> str | None:
    for row in rows:
        figure = sheet.cells.get((row, column.index))
        if figure is not None:
            return desk.measure(figure)
    return None


def _differences(
    sheet: Sheet,
    columns: Sequence[Line],
    measures: dict[int, str | None],
    rows: Sequence[int],
) -> Iterator[Relation]:
    """A change column against two columns near it, later less earlier, or the reverse."""
    for n, change in enumerate(columns):
        if measures[change.index] not in {"change", None}:
            continue
        near = [c for c in columns[max(0, n - REACH) : n + REACH + 1] if c is not change]
        near = [c for c in near if _unit(sheet, c, rows) == _unit(sheet, change, rows)]
        named = measures[change.index] == "change"
        check = "row_difference" if named else "row_total"
        for a, b in _pairs(near, columns.index(change), columns):
            if named and "change" in {measures[a.index], measures[b.index]}:
                continue
            for terms in (((b.index, 1), (a.index, -1)), ((a.index, 1), (b.index, -1))):
                if named:
                    yield Relation(check, change.index, terms, named=True)


def _pairs(near: Sequence[Line], at: int, columns: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Earlier and later column, the nearest on the left first."""
    order = {c.index: n for n, c in enumerate(columns)}
    found = [(a, b) for n, a in enumerate(near) for b in near[n + 1 :]]
    return sorted(found, key=lambda p: sum(abs(order[c.index] - at) for c in p))


def _runs(sheet: Sheet, columns: Sequence[Line], rows: Sequence[int]) -> Iterator[Relation]:
    """A column that is the sum of the columns just after it, or just before it."""
    for n, whole in enumerate(columns):
        unit = _unit(sheet, whole, rows)
        for side in (columns[n + 1 :], columns[:n][::-1]):
            run = []
            for column in side[:LONGEST_RUN]:
                if _unit(sheet, column, rows) != unit:
                    break
                run.append(column.index)
                if len(run) > 1 and _adds_up(sheet, whole.index, run, rows):
                    terms = tuple((c, 1) for c in sorted(run))
                    yield Relation("row_total", whole.index, terms)


def _adds_up(sheet: Sheet, whole: int, run: Sequence[int], rows: Sequence[int]) -> bool:
    """A quick look in floating point: does any sampled row come near?"""
    for row in rows:
        top = sheet.cells.get((row, whole))
        parts = [sheet.cells.get((row, c)) for c in run]
        if top is None or not top.value or any(p is None for p in parts):
            continue
        if _close(top, [p for p in parts if p is not None]):
            return True
    return False


def _close(whole: Figure, parts: Sequence[Figure]) -> bool:
    assert whole.value is not None
    slack = float(sum(intervals.half_place(p) for p in parts) + intervals.half_place(whole))
    gap = abs(float(whole.value) - sum(float(p.value or 0) for p in parts))
    return gap <= slack * 2 + abs(float(whole.value)) * 1e-9


__all__ = ["Relation", "pairwise", "settled", "sums"]
