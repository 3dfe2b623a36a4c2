"""A row that a table lacks: what it would have to hold, and which unit it would be.

All columns miss their total to the same side, so no single figure explains it. The gazetteer may
know the unit that an otherwise complete list leaves out. Where the page does not so much as name
that unit, it was not lost in reading, and the total is not the sum of what the table lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditors.coverage import coverage
from auditors.desk import Desk
from auditors.identities import Claim
from solieu.text import one_line

Key = tuple[str, int | None, int | None]

# Fewer columns than this may miss to the same side by chance.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class LostRow:
    """The columns that lack a row, with the units that the table does not list."""

    columns: tuple[Claim, ...]
    missing: tuple[str, ...] = ()


def key(claim: Claim) -> Key:
    """The total row that a claim is about."""
    return claim.check, claim.table, claim.whole.place.row


def lost_rows(desk: Desk, claims: Iterable[Claim]) -> dict[Key, LostRow]:
    """Every total row whose columns all lack something."""
    found: dict[Key, list[Claim]] = {}
    for claim in claims:
        if claim.check == "column_total" and claim.reason == "row_missing":
            found.setdefault(key(claim), []).append(claim)
    rows = {k: LostRow(tuple(those)) for k, those in found.items() if len(those) >= FEWEST}
    return {k: replace(row, missing=_missing(desk, k[1])) for k, row in rows.items()}


def _missing(desk: Desk, table: int | None) -> tuple[str, ...]:
    for sheet in desk.sheets:
        if sheet.table.number == table:
            covered = coverage(desk, sheet)
            return covered.missing if covered is not None else ()
    return ()


def weighed(desk: Desk, claims: Sequence[Claim], lost: dict[Key, LostRow]) -> list[Claim]:
    """The claims; where the one missing unit is known for certain, its columns fail clearly."""
    certain = {k for k, row in lost.items() if _certain(desk, row)}
    return [
        replace(c, certainty="clear") if c.reason == "row_missing" and key(c) in certain else c
        for c in claims
    ]


def _certain(desk: Desk, row: LostRow) -> bool:
    if len(row.missing) != 1 or any(c.blank or c.unread for c in row.columns):
        return False
    return not _named(desk, row.missing[0])


def _named(desk: Desk, unit: str) -> bool:
    """Does the page say the unit's name, without its type word, anywhere?"""
    bare = one_line(unit).casefold().partition(" ")[2]
    content = desk.reading.content
    texts = [p.text for p in content.passages]
    for grid in content.grids:
        texts += [cell.text for cell in grid.cells]
        texts += [grid.title or "", *grid.notes]
    return any(bare in one_line(text).casefold() for text in texts)
