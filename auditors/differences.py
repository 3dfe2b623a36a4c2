"""A change is the later figure less the earlier; some columns are the sum of their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditors.desk import Desk, Sheet
from auditors.facts import additive_unit
from auditors.identities import Claim
from auditors.relations import Column, Relation, columns, found, sample
from solieu import intervals
from solieu.model import Figure

# How far apart the columns of one law may stand, and how many columns a sum may run over.
REACH = 5
LONGEST_RUN = 14


def row_differences(desk: Desk) -> Iterator[Claim]:
    """Columns that are the difference or the sum of others."""
    for sheet in desk.sheets:
        rows = sample(sheet)
        known = columns(desk, sheet, rows)
        yield from found(_ideas(sheet, known, rows), sheet, rows)


def _ideas(sheet: Sheet, known: Sequence[Column], rows: Sequence[int]) -> Iterator[Relation]:
    for column in known:
        if column.measure == "change":
            yield from _changes(column, known)
    for column in known:
        if additive_unit(column.unit):
            yield from _runs(sheet, column, known, rows)
    yield from _families(known)


def _families(known: Sequence[Column]) -> Iterator[Relation]:
    """Columns that repeat for every region, and the same columns for the whole of them.

    "Toàn huyện / KH 2020" is the sum of "Xã A / KH 2020", "Xã B / KH 2020" ... wherever they stand.
    """
    families: dict[str, list[int]] = {}
    for column in known:
        if len(column.line.labels) > 1:
            said = "/".join(column.line.labels[1:]).casefold()
            families.setdefault("".join(said.split()), []).append(column.index)
    for members in families.values():
        if len(members) > 2:
            for whole, parts in ((members[0], members[1:]), (members[-1], members[:-1])):
                yield Relation("row_total", whole, tuple((c, 1) for c in parts))


def _changes(change: Column, known: Sequence[Column]) -> Iterator[Relation]:
    """The nearest two columns first; later less earlier, then the reverse."""
    near = [
        c
        for c in known[max(0, change.position - REACH) : change.position + REACH + 1]
        if c.unit == change.unit and c.measure != "change"
    ]
    pairs = [(a, b) for n, a in enumerate(near) for b in near[n + 1 :]]
    pairs.sort(key=lambda p: sum(abs(c.position - change.position) for c in p))
    for a, b in pairs:
        for later, earlier in ((b, a), (a, b)):
            terms = ((later.index, 1), (earlier.index, -1))
            yield Relation("row_difference", change.index, terms, named=True)


def _runs(
    sheet: Sheet, whole: Column, known: Sequence[Column], rows: Sequence[int]
) -> Iterator[Relation]:
    """A column that is the sum of the columns just after it, or just before it."""
    after, before = known[whole.position + 1 :], known[: whole.position][::-1]
    for side in (after, before):
        run: list[int] = []
        sums = list(_sums(sheet, whole.index, rows))
        for column in side[:LONGEST_RUN]:
            if column.unit != whole.unit:
                break
            run.append(column.index)
            for row in sums:
                row.add(sheet.cells.get((row.index, column.index)))
            if len(run) > 1 and any(row.comes_near() for row in sums):
                yield Relation("row_total", whole.index, tuple((c, 1) for c in sorted(run)))


def _sums(sheet: Sheet, whole: int, rows: Sequence[int]) -> Iterator[_Sum]:
    for row in rows:
        top = sheet.cells.get((row, whole))
        if top is not None and top.value:
            yield _Sum(row, float(top.value), intervals.half_place(top))


@dataclass(slots=True)
class _Sum:
    """A quick look in floating point at one row while a run of columns grows."""

    index: int
    whole: float
    slack: Decimal
    total: float = 0.0
    count: int = 0

    def add(self, part: Figure | None) -> None:
        if part is not None:
            self.total += float(part.value or 0)
            self.slack += intervals.half_place(part)
            self.count += 1

    def comes_near(self) -> bool:
        gap = abs(self.whole - self.total)
        return self.count > 1 and gap <= float(self.slack) * 2 + abs(self.whole) * 1e-9
