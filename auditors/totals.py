"""A total row is the sum of its rows, a total column the sum of its columns.

What a table means by "Tổng cộng" is first read from the layout and then tried on all columns: a
reading that holds for most columns makes the others contradictions, one that holds for none is no
law of this table, and nobody is accused by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditors import layout, slips
from auditors.desk import Desk, Sheet, additive
from auditors.identities import Certainty, Claim, Term, judged
from auditors.layout import Breakdown
from solieu.model import Figure, Line

# A published total misses its rows by a slip or a forgotten row: up to some six percent so far.
# Beyond a quarter the rows are more likely not the total's parts at all.
NEAR = Decimal("0.06")
FAR = Decimal("0.25")
TINY = Decimal("0.002")


@dataclass(frozen=True, slots=True)
class Trial:
    """A breakdown with how it came out in every column where it could be tried."""

    breakdown: Breakdown
    claims: tuple[Claim, ...]

    @property
    def held(self) -> tuple[Claim, ...]:
        """Columns where it holds and had something to add up."""
        return tuple(c for c in self.claims if c.outcome == "holds" and weighty(c))

    @property
    def failed(self) -> tuple[Claim, ...]:
        return tuple(c for c in self.claims if c.outcome == "off")

    @property
    def supported(self) -> bool:
        """Does it hold, or nearly, in at least half of the columns?"""
        near = len(self.held) + sum(c.relative <= TINY for c in self.failed)
        return bool(near) and near * 2 >= len(self.claims)

    @property
    def rank(self) -> tuple[int, int, int]:
        """More columns held, then more nearly held, then fewer far off."""
        near = sum(c.relative <= TINY for c in self.failed)
        return len(self.held), near, -sum(c.relative > NEAR for c in self.failed)


def weighty(claim: Claim) -> bool:
    """Do at least two terms add something? One part that equals its whole proves nothing."""
    return sum(bool(t.figure.value) for t in claim.terms) > 1


def column_totals(desk: Desk) -> Iterator[Claim]:
    """Total rows against their rows, in every column that adds."""
    for sheet in desk.sheets:
        yield from sheet_totals(sheet, "column_total")


def row_totals(desk: Desk) -> Iterator[Claim]:
    """Total columns against their parts, in every row."""
    for sheet in desk.sheets:
        yield from sheet_totals(sheet.turned(), "row_total")


def sheet_totals(sheet: Sheet, check: str) -> Iterator[Claim]:
    """All sums along one axis of a sheet."""
    lines = {line.index: line for line in sheet.lines}
    trials = []
    for ways in layout.breakdowns(sheet.lines):
        tried = [Trial(b, tuple(_claims(sheet, lines, b, check))) for b in ways]
        tried = [t for t in tried if t.claims]
        if tried:
            trials.append(max(tried, key=lambda t: t.rank))
    groups = [t for t in trials if t.breakdown.kind in {"group", "nested"}]
    custom = _custom(groups)
    for trial in trials:
        if trial.breakdown.kind == "of_which":
            yield from _partial(trial)
        elif trial.breakdown.kind == "total" or custom:
            yield from _settled(trial, lines)
        else:
            yield from trial.held


def _claims(sheet: Sheet, lines: dict[int, Line], way: Breakdown, check: str) -> Iterator[Claim]:
    for cross in sheet.crosses:
        claim = _claim(sheet, lines, way, cross, check)
        if claim is not None:
            yield claim


def _claim(
    sheet: Sheet, lines: dict[int, Line], way: Breakdown, cross: Line, check: str
) -> Claim | None:
    whole = sheet.cells.get((way.whole, cross.index))
    if whole is None or not additive(whole, lines[way.whole], cross):
        return None
    terms, unread = [], 0
    for part in way.parts:
        figure = sheet.cells.get((part, cross.index))
        if figure is None:
            unread += (part, cross.index) in sheet.holes
        elif figure.unit == whole.unit:
            terms.append(Term(figure))
        else:
            unread += 1
    if len(terms) < 2 and way.kind != "of_which":
        return None
    blank = len(way.parts) - len(terms) - unread
    claim = Claim(check, whole, tuple(terms), layout="last" if way.last else "first", blank=blank)
    claim = replace(claim, unread=unread, table=sheet.table.number, of_which=way.kind == "of_which")
    return judged(claim)


def _custom(groups: Sequence[Trial]) -> bool:
    """Is it this table's custom that a group's own figures are the sum of its members?"""
    held = sum(len(t.held) for t in groups)
    tried = held + sum(len(t.failed) for t in groups)
    return held >= 2 and held * 10 >= tried * 7


Verdict = tuple[Certainty, str]


def _settled(trial: Trial, lines: dict[int, Line]) -> Iterator[Claim]:
    """The trial's claims, each with how sure a failure is."""
    twice = _double_counted(trial)
    for claim in trial.claims:
        if claim.outcome == "holds":
            yield claim
        elif claim.outcome == "off":
            sure, reason = _certainty(trial, claim, lines)
            if twice:
                sure, reason = "guess", "double_counted"
            yield replace(claim, certainty=sure, reason=reason)


def _certainty(trial: Trial, claim: Claim, lines: dict[int, Line]) -> Verdict:
    slip = slips.explains(claim)
    if trial.breakdown.kind != "total":
        return _group_certainty(claim, slip=slip)
    if trial.supported:
        return _supported(trial, claim, slip=slip)
    return _unsupported(trial, claim, lines, slip=slip)


def _supported(trial: Trial, claim: Claim, *, slip: bool) -> Verdict:
    """Other columns show that these rows do make up this total."""
    most = len(trial.held) * 2 >= len(trial.claims)
    if claim.relative <= NEAR or (slip and len(trial.held) > 1):
        return "clear", ""
    if claim.relative <= FAR:
        return ("clear", "") if most and len(trial.held) > 1 else ("likely", "large_gap")
    return ("likely", "large_gap") if most and len(trial.held) > 1 else ("guess", "not_a_sum")


def _unsupported(trial: Trial, claim: Claim, lines: dict[int, Line], *, slip: bool) -> Verdict:
    """No column shows it: the label alone says that this is the sum."""
    if claim.relative > NEAR:
        return ("likely", "large_gap") if slip and trial.breakdown.last else ("guess", "not_a_sum")
    one_way = len({c.residual > 0 for c in trial.failed}) == 1
    complete = _numbered(trial.breakdown, lines)
    if one_way and len(trial.failed) > 1 and not complete:
        return "likely", "row_missing" if claim.residual > 0 else "row_extra"
    if slip or (complete and trial.breakdown.last):
        return "clear", ""
    return "likely", "row_missing" if claim.residual > 0 else "row_extra"


def _group_certainty(claim: Claim, *, slip: bool) -> Verdict:
    if claim.relative <= NEAR or slip:
        return "clear", ""
    return ("likely", "large_gap") if claim.relative <= FAR else ("guess", "not_a_sum")


def _numbered(way: Breakdown, lines: dict[int, Line]) -> bool:
    """Do the parts count 1, 2, 3 ... without a gap, so that no row was lost on the way here?"""
    numbers = [(lines[p].number or "").strip(" .)") for p in way.parts]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _double_counted(trial: Trial) -> bool:
    """Would every column hold without one same row? Then that row is part of another."""
    if not trial.failed:
        return False
    lines = [
        {_line(t.figure, c.check): t.figure.value or Decimal(0) for t in c.terms}
        for c in trial.claims
    ]
    return any(
        all(
            abs(c.residual + values.get(part, 0)) <= c.tolerance
            for c, values in zip(trial.claims, lines, strict=True)
        )
        for part in trial.breakdown.parts
    )


def _line(figure: Figure, check: str) -> int | None:
    return figure.place.row if check == "column_total" else figure.place.column


def _partial(trial: Trial) -> Iterator[Claim]:
    """What is "trong đó" may leave something out and may overlap; no part exceeds its whole."""
    exhausts = len(trial.held) * 2 >= len(trial.claims) and len(trial.held) > 1
    for claim in trial.claims:
        if claim.outcome == "holds":
            yield claim
        elif claim.outcome == "off":
            yield _partial_claim(claim, exhausts=exhausts)


def _partial_claim(claim: Claim, *, exhausts: bool) -> Claim:
    whole = claim.whole.value or Decimal(0)
    if claim.residual > 0 or whole < 0:
        return replace(claim, check="part_whole", certainty="guess", reason="not_exhaustive")
    if any((t.figure.value or 0) > whole + claim.tolerance for t in claim.terms):
        sure: Certainty = "clear" if claim.relative <= FAR else "likely"
        return replace(claim, check="part_whole", certainty=sure, reason="part_exceeds")
    sure = "clear" if exhausts and claim.relative <= NEAR else "likely"
    return replace(claim, check="part_whole", certainty=sure, reason="overlap")
