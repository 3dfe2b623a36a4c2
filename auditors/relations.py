"""Laws between the columns of a table, found by trying them on its rows.

A law that holds in nearly every row is a law of the table whatever the columns are called; the rows
where it fails contradict themselves. One that holds in few rows was never meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditors import slips
from auditors.desk import Desk, Sheet
from auditors.facts import additive_unit
from auditors.identities import Claim, Term, make
from solieu.model import Figure, Line
from solieu.quick import quick

SAMPLE = 12

# A residual beyond this part of the largest figure is no small slip: ask, don't accuse.
WIDE = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Relation:
    """Whole column = factor x weighted sum of columns, or that divided by another such sum."""

    check: str
    whole: int
    terms: tuple[tuple[int, int], ...]
    """(column, weight)."""
    over: tuple[tuple[int, int], ...] = ()
    factor: Decimal = Decimal(1)
    named: bool = False
    """The table's own words or printed formula say so: less evidence is needed."""
    layout: str = "relation"

    @property
    def columns(self) -> frozenset[int]:
        """All columns that take part."""
        return frozenset((self.whole, *(c for c, _ in self.terms), *(c for c, _ in self.over)))


def claim(relation: Relation, sheet: Sheet, row: int) -> Claim | None:
    """The relation in one row; None where a cell is missing that it cannot do without."""
    whole = sheet.cells.get((row, relation.whole))
    if whole is None:
        return None
    terms, over = _terms(relation.terms, sheet, row), _terms(relation.over, sheet, row)
    if relation.check == "row_total" and relation.layout == "relation" and not _adds(whole, terms):
        return None
    blank = len(relation.terms) - len(terms)
    if len(over) < len(relation.over) or (blank and not _may_lack(relation, terms)):
        return None
    unread = sum((row, column) in sheet.holes for column, _ in relation.terms) if blank else 0
    return make(
        relation.check,
        whole,
        terms,
        over,
        relation.factor,
        layout=relation.layout,
        table=sheet.table.number,
        blank=blank - unread,
        unread=unread,
    )


def _adds(whole: Figure, terms: Sequence[Term]) -> bool:
    """Where every row has a unit of its own, some rows are rates, which do not add up."""
    return additive_unit(whole.unit) and all(t.figure.unit == whole.unit for t in terms)


def _may_lack(relation: Relation, terms: Sequence[Term]) -> bool:
    """A blank cell of a long sum is nothing to add; a difference needs both its figures."""
    return not relation.over and len(relation.terms) > 2 and len(terms) > 1


def _terms(weighted: Sequence[tuple[int, int]], sheet: Sheet, row: int) -> tuple[Term, ...]:
    cells = sheet.cells
    found = [(cells.get((row, column)), weight) for column, weight in weighted]
    return tuple([Term(figure, weight) for figure, weight in found if figure is not None])


def telling(claim: Claim) -> bool:
    """Does the row say anything about the law? Zeros obey every law, small numbers many.

    Where plan and outcome are even, 100 % is the one over the other and the other over the one.
    """
    if claim.over:
        even = len(claim.terms) == 1 and claim.terms[0].figure.value == claim.over[0].figure.value
        return bool(claim.whole.value) and bool(claim.expected) and not even
    sizes = [abs(f.value) for f in claim.figures if f.value]
    return len(sizes) > 2 and max(sizes) >= max(claim.tolerance, claim.whole.rounding) * 10


def largest(claim: Claim) -> Decimal:
    """The size of the largest figure of a sum."""
    return max(abs(f.value or Decimal(0)) for f in claim.figures)


def settled(relation: Relation, sheet: Sheet) -> list[Claim]:
    """The relation in all rows, once the rows show that it is a law of the table."""
    claims = [c for line in sheet.lines if (c := claim(relation, sheet, line.index)) is not None]
    return believed([c for c in claims if c.outcome != "open"], named=relation.named)


def believed(claims: Sequence[Claim], *, named: bool) -> list[Claim]:
    """The instances of a law with how sure a failure is; none where it is no law of the table."""
    judgeable = [c for c in claims if telling(c)]
    held, tried = sum(c.outcome == "holds" for c in judgeable), len(judgeable)
    enough = 1 if named else (4 if claims and claims[0].over else 3)
    if held < enough or held * 10 < tried * (6 if named else 8):
        return []
    sure = held * 10 >= tried * (8 if tried < 10 else 9) and held >= (3 if named else 5)
    untried = frozenset() if named else _untried(claims)
    return [
        replace(c, certainty="guess", reason="few_rows")
        if c.outcome == "off" and untried & _adding(c)
        else _weighed(c, sure=sure)
        for c in claims
    ]


def _untried(claims: Iterable[Claim]) -> frozenset[int]:
    """Columns that add something in fewer rows that hold than in rows that fail.

    A column that is blank wherever the law holds was never part of it: where all communes but one
    are rural, "nam + nữ + thành thị" gives the rural people of all the others.
    """
    record: Counter[int] = Counter()
    for claim in claims:
        for column in _adding(claim):
            record[column] += 1 if claim.outcome == "holds" else -1
    return frozenset(column for column, balance in record.items() if balance < 0)


def _adding(claim: Claim) -> frozenset[int]:
    """The columns of the terms that are not nothing."""
    places = [t.figure.place.column for t in claim.terms if t.figure.value]
    return frozenset(column for column in places if column is not None)


def _weighed(claim: Claim, *, sure: bool) -> Claim:
    if claim.outcome != "off":
        return claim
    gap = claim.relative if claim.over else abs(claim.residual) / largest(claim)
    wide = gap > WIDE and not slips.any_slip(claim)
    if not sure:
        return replace(claim, certainty="guess" if wide else "likely", reason="few_rows")
    if wide:
        return replace(claim, certainty="likely", reason="large_gap")
    return claim


def sample(sheet: Sheet) -> list[int]:
    """A few rows spread over the table, to drop most ideas quickly."""
    rows = [line.index for line in sheet.lines if line.role != "group"]
    step = max(1, len(rows) // SAMPLE)
    return rows[::step][: SAMPLE + 4]


def plausible(relation: Relation, sheet: Sheet, rows: Sequence[int]) -> bool:
    """Does the relation hold in enough of the sampled rows to be tried on all?"""
    tried = [c for r in rows if (c := claim(relation, sheet, r)) is not None and telling(c)]
    held = sum(c.outcome == "holds" for c in tried)
    return held > 0 and held * 10 >= len(tried) * 6


def found(ideas: Iterable[Relation], sheet: Sheet, rows: Sequence[int]) -> Iterator[Claim]:
    """For every column the one idea about it that its rows bear out best.

    Two columns that agree in most years make a wrong law look right in most rows; the right one
    then holds in all of them.
    """
    best: dict[tuple[str, int], list[Claim]] = {}
    taken: set[tuple[frozenset[int], tuple[tuple[int, int], ...]]] = set()
    for relation in ideas:
        # A sum of three columns is one law however it is turned, a quotient is not.
        same = (relation.columns, relation.over)
        if same in taken or not plausible(relation, sheet, rows):
            continue
        claims = settled(relation, sheet)
        if claims:
            taken.add(same)
            about = "quotient" if relation.over else relation.check, relation.whole
            best[about] = max(best.get(about, []), claims, key=_borne_out)
    for claims in best.values():
        yield from claims


def _borne_out(claims: Sequence[Claim]) -> tuple[int, int]:
    failed = sum(c.outcome == "off" for c in claims)
    held = sum(c.outcome == "holds" for c in claims)
    return held - 5 * failed, held


@quick
@dataclass(frozen=True, slots=True)
class Column:
    """A column with what its figures are, as far as the first of them tells."""

    line: Line
    index: int
    position: int
    first: Figure
    unit: str
    measure: str | None
    scenario: str | None
    year: int | None


def columns(desk: Desk, sheet: Sheet, rows: Sequence[int]) -> list[Column]:
    """The columns that hold figures, left to right."""
    result: list[Column] = []
    for line in sheet.crosses:
        cells = (sheet.cells.get((row, line.index)) for row in rows)
        first = next((f for f in cells if f is not None), None)
        if first is None:
            continue
        meaning = desk.meaning.get(first.figure_id)
        measure = meaning.measure if meaning is not None else None
        scenario = meaning.scenario if meaning is not None else None
        year = meaning.period.year if meaning is not None and meaning.period is not None else None
        told = (measure, scenario, year)
        result.append(Column(line, line.index, len(result), first, first.unit, *told))
    return result
