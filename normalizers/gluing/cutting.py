"""Tables whose cell borders were lost in print: cut with certainty, or left unread with a reason.

`1Thành phố Hải Dương5,7927,5931,801` is a row of three figures. The grammar of grouped numbers, the
number of columns that the head names, the identities its words promise and the totals below decide
where to cut; where more than one cut is left nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalizers.gluing.cuts import COMMA, DOT, UNGROUPED, Cut, Style, numbered_alike, options
from normalizers.gluing.header import Plan, accepts, identities, plans
from normalizers.gluing.records import Record, Sheet, sheet
from normalizers.gluing.search import Outcome, choose
from solieu.model import Cell, Grid, Place, Unread
from solieu.quick import replace

NO_ROWS = "glued table: no row with figures was found in it"
NO_COLUMNS = "glued table: its header does not say which columns it has"
NO_CUT = "glued table: no cut of its rows gives one figure for each column of the header"
AMBIGUOUS = "glued table: more than one cut of its digits is possible"
UNCERTAIN_ROW = "glued row: more than one cut of its digits is possible"
_CLEARLY = 20.0
"""Log-odds by which one reading of the whole table must lead any other."""


@dataclass(frozen=True, slots=True)
class CutResult:
    """A normal grid, or the reason why there is none; every line that gave no cells is in `unread`.

    `used` names the identities that chose a cut: they are no independent evidence in an audit.
    """

    grid: Grid | None = None
    used: tuple[str, ...] = ()
    reason: str | None = None
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    plan: Plan
    outcome: Outcome


def cut(grid: Grid) -> CutResult:
    """The table that the glued lines were, or a refusal that keeps every line."""
    lines = [""] * grid.row_count
    for cell in grid.cells:
        lines[cell.row - 1] = f"{lines[cell.row - 1]} {cell.text}".strip(" ")
    printed = sheet(lines)
    if printed is None or len([r for r in printed.records if r.run]) < 2:
        return _refused(grid, lines, NO_ROWS)
    layouts = plans(printed.header)
    if not layouts:
        return _refused(grid, lines, NO_COLUMNS)
    readings = list(_readings(printed, layouts))
    if not readings:
        return _refused(grid, lines, NO_CUT)
    reading = _leading(readings)
    if reading is None:
        return _refused(grid, lines, AMBIGUOUS)
    return _result(grid, printed, reading)


def _readings(printed: Sheet, layouts: Sequence[Plan]) -> Iterator[_Reading]:
    """What each layout and each way of grouping makes of the rows, where it makes anything."""
    rows = [r for r in printed.records if r.run]
    digits = "".join(r.run for r in rows)
    styles = (DOT, COMMA) if "." in digits or "," in digits else (UNGROUPED,)
    for plan in layouts:
        for style in styles:
            outcome = _outcome(rows, plan, style)
            if outcome:
                yield _Reading(plan, outcome)


def _outcome(rows: Sequence[Record], plan: Plan, style: Style) -> Outcome | None:
    columns = accepts(plan)
    found = [options(row, columns, style) for row in rows]
    held = [o for o in found if o is not None]
    if len(held) < len(found):
        return Outcome((None,) * len(rows))
    if 3 * sum(bool(o.full) for o in held) < 2 * len(held):
        return None
    if not all(o.full or o.short for o in held):
        return None
    held = numbered_alike(rows, held)
    totals = [i for i, row in enumerate(rows) if row.is_total]
    total = totals[0] if len(totals) == 1 else None
    return choose(held, total, identities(plan), [c.decimal for c in columns])


def _leading(readings: Sequence[_Reading]) -> _Reading | None:
    """The only reading, or the one that identities and totals set far above the others."""
    ranked = sorted(readings, key=lambda r: r.outcome.support, reverse=True)
    best = ranked[0]
    if len(ranked) > 1 and best.outcome.support < ranked[1].outcome.support + _CLEARLY:
        return None
    decided = sum(choice is not None for choice in best.outcome.chosen)
    return best if 2 * decided >= len(best.outcome.chosen) else None


def _refused(grid: Grid, lines: Sequence[str], reason: str) -> CutResult:
    unread = tuple(
        _unread(grid, row, line, reason) for row, line in enumerate(lines, 1) if line.strip()
    )
    return CutResult(reason=reason, unread=unread)


def _unread(grid: Grid, row: int, text: str, reason: str) -> Unread:
    return Unread(Place(page=grid.page, table=grid.number, row=row, column=1), text, reason)


def _result(grid: Grid, printed: Sheet, reading: _Reading) -> CutResult:
    plan, outcome = reading.plan, reading.outcome
    with_figures = iter(outcome.chosen)
    table = _Layout(plan, any(r.ordinal for r in printed.records))
    cells = list(table.head())
    unread: list[Unread] = []
    for row, record in enumerate(printed.records, table.head_rows + 1):
        chosen = next(with_figures) if record.run else None
        cells.extend(table.row(row, record, chosen))
        if record.run and chosen is None:
            unread.append(_unread(grid, row, record.text, UNCERTAIN_ROW))
    placed = tuple(replace(cell, page=grid.page) for cell in cells)
    new = replace(
        grid,
        cells=placed,
        row_count=table.head_rows + len(printed.records),
        column_count=table.width,
        kind="cells",
        notes=(*grid.notes, *plan.units, *printed.footer),
        header_rows=table.head_rows,
    )
    return CutResult(new, outcome.used, None, tuple(unread))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the cells of the new grid stand: ordinal, label, values, remarks."""

    plan: Plan
    ordinals: bool

    @property
    def head_rows(self) -> int:
        return 2 if self.plan.groups else 1

    @property
    def first(self) -> int:
        """Grid column of the first value."""
        return 3 if self._has_ordinal else 2

    @property
    def width(self) -> int:
        return self.first - 1 + len(self.plan.leaves) + bool(self.plan.note)

    @property
    def _has_ordinal(self) -> bool:
        return self.ordinals or self.plan.ordinal is not None

    def head(self) -> Iterator[Cell]:
        """Header cells: a group's title spans its leaves, the others span both rows."""
        tall = self.head_rows
        if self._has_ordinal:
            yield Cell(self.plan.ordinal or "", 1, 1, tall, header=True)
        yield Cell(self.plan.label or "", 1, self.first - 1, tall, header=True)
        for group in self.plan.groups:
            column = self.first + group.first
            yield Cell(group.title, 1, column, 1, group.width, header=True)
        for index, leaf in enumerate(self.plan.leaves):
            yield Cell(leaf, tall, self.first + index, header=True)
        if self.plan.note:
            yield Cell(self.plan.note, 1, self.width, tall, header=True)

    def row(self, row: int, record: Record, chosen: Cut | None) -> Iterator[Cell]:
        """Ordinal, label and values of one record; a row without a certain cut has no values."""
        if record.ordinal:
            yield Cell(record.ordinal, row, 1)
        label = chosen.label if chosen else " ".join(record.label.split())
        yield Cell(label, row, self.first - 1)
        for index, printed in enumerate(chosen.printed if chosen else ()):
            yield Cell(printed, row, self.first + index)
