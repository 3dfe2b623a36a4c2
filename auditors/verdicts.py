"""Whether a sum that fails is a contradiction, a question, or no law of the table at all.

The evidence is the rest of the table: the same rows adding up in other columns, the same column
adding up for other wholes, rows that are numbered without a gap, a slip that explains the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditors import slips
from auditors.identities import Certainty, Claim
from auditors.layout import Breakdown
from solieu.model import Figure, Line

# A published total misses its rows by a slip or a forgotten row: up to some six percent so far.
# Beyond a quarter the rows are more likely not the total's parts at all.
NEAR = Decimal("0.06")
FAR = Decimal("0.25")
TINY = Decimal("0.002")
MISSING = Decimal("0.35")
# Lines in which a law has to hold before the ones that break it contradict themselves.
ENOUGH = 5

Verdict = tuple[Certainty, str]

CLEAR: Verdict = ("clear", "")


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
    adding = (t for t in claim.terms if t.figure.value)
    return next(adding, None) is not None and next(adding, None) is not None


def settled(trials: Sequence[Trial], lines: dict[int, Line]) -> Iterator[Claim]:
    """The claims of all trials of a table, each with how sure a failure is."""
    barred = _never_adding(trials)
    custom = _custom([t for t in trials if t.breakdown.kind in {"group", "nested"}], barred)
    habits = _habits(trials)
    for trial in trials:
        if trial.breakdown.kind == "of_which":
            yield from partial(trial)
        elif trial.breakdown.kind == "total" or custom:
            yield from (_by_habit(c, habits) for c in _weighed(trial, lines, barred))
        else:
            yield from trial.held


def _custom(groups: Sequence[Trial], barred: frozenset[int]) -> bool:
    """Is it this table's custom that a group's own figures are the sum of its members?"""
    held = sum(len(t.held) for t in groups)
    failed = [c for t in groups for c in t.failed if _cross(c) not in barred]
    near = sum(c.relative <= TINY for c in failed)
    return bool(held) and held + near >= 2 and held * 10 >= (held + len(failed)) * 5


def _habits(trials: Sequence[Trial]) -> frozenset[int]:
    """Columns that add up for at least two wholes and fail for no more than one."""
    held: dict[int, int] = {}
    failed: dict[int, int] = {}
    for trial in trials:
        if trial.breakdown.kind != "of_which":
            for claim in trial.held:
                held[_cross(claim)] = held.get(_cross(claim), 0) + 1
            for claim in trial.failed:
                failed[_cross(claim)] = failed.get(_cross(claim), 0) + 1
    return frozenset(c for c, times in held.items() if times > 1 and failed.get(c, 0) < 2)


def _by_habit(claim: Claim, habits: frozenset[int]) -> Claim:
    """A wide gap that one slip explains, in a column that adds up for every other whole."""
    if claim.outcome != "off" or claim.certainty != "guess" or claim.reason != "not_a_sum":
        return claim
    if _cross(claim) not in habits or not slips.any_slip(claim):
        return claim
    return replace(claim, certainty="likely", reason="other_wholes")


def _never_adding(trials: Sequence[Trial]) -> frozenset[int]:
    """Columns that add up for none of several wholes while others do: averages, rates, ranks.

    A whole for which no column adds up tells nothing of any: it is no sum of the lines below it.
    """
    held: set[int] = set()
    failed: dict[int, int] = {}
    for trial in trials:
        if trial.breakdown.kind != "of_which" and trial.held:
            held |= {_cross(c) for c in trial.held}
            for claim in trial.failed:
                failed[_cross(claim)] = failed.get(_cross(claim), 0) + (claim.relative > TINY)
    return frozenset(c for c, times in failed.items() if held and times > 1 and c not in held)


def _weighed(trial: Trial, lines: dict[int, Line], barred: frozenset[int]) -> Iterator[Claim]:
    twice = _double_counted(trial)
    lost = "row_missing" if _gap(trial.breakdown, lines) else _one_sided(trial, barred)
    complete = _numbered(trial.breakdown, lines)
    told = False
    for claim in trial.claims:
        if claim.outcome != "off":
            if claim.outcome == "holds":
                yield claim
            continue
        if twice:
            verdict: Verdict = ("guess", "double_counted")
        elif _cross(claim) in barred:
            verdict = ("guess", "not_a_sum")
        else:
            verdict = _certainty(trial, claim, complete=complete)
            unsure = not complete and not trial.supported
            fits = lost != "row_missing" or claim.residual > 0
            if lost and fits and _at_least_its_parts(claim) and (unsure or verdict[0] == "guess"):
                verdict = ("guess" if told else "likely", lost)
                told = True
        yield replace(claim, certainty=verdict[0], reason=verdict[1])


def _one_sided(trial: Trial, barred: frozenset[int]) -> str:
    """Is every column off in the same direction, as if a row were missing or one too many?"""
    tried = [c for c in trial.claims if c.outcome != "open" and _cross(c) not in barred]
    tried = [c for c in tried if _at_least_its_parts(c)]
    failed = sorted((c for c in tried if c.outcome == "off"), key=lambda c: c.relative)
    if len(failed) < 2 or len(failed) < len(tried):
        return ""
    typical = failed[len(failed) // 2].relative
    if all(c.residual > 0 for c in failed) and typical <= MISSING:
        return "row_missing"
    return "row_extra" if typical <= NEAR and all(c.residual < 0 for c in failed) else ""


def _at_least_its_parts(claim: Claim) -> bool:
    """A whole smaller than one of its parts is rather an average or a rank."""
    largest = max(abs(t.figure.value or Decimal(0)) for t in claim.terms)
    return abs(claim.whole.value or Decimal(0)) >= largest


def _certainty(trial: Trial, claim: Claim, *, complete: bool) -> Verdict:
    slip = slips.explains(claim) or _swapped(claim, trial)
    if trial.breakdown.kind == "total" and not trial.supported:
        return _unsupported(trial, claim, complete=complete, slip=slip)
    if trial.breakdown.kind == "nested" and not trial.held:
        return "guess", "not_a_sum"
    if claim.relative <= NEAR:
        return CLEAR
    shown = len(trial.held) > 1 or trial.breakdown.kind != "total"
    most = len(trial.held) * 2 >= len(trial.claims) and len(trial.held) > 1
    if not _at_least_its_parts(claim):
        mended = slip or (most and slips.any_slip(claim))
        return ("likely", "large_gap") if mended else ("guess", "not_a_sum")
    if (slip and shown) or (most and claim.relative <= FAR and slips.any_slip(claim)):
        return CLEAR
    near = claim.relative <= FAR or slip or (most and slips.any_slip(claim))
    return ("likely", "large_gap") if near else ("guess", "not_a_sum")


def _unsupported(trial: Trial, claim: Claim, *, complete: bool, slip: bool) -> Verdict:
    """No column shows it: the label alone says that this is the sum."""
    far = sum(c.relative > NEAR for c in trial.failed)
    if claim.relative > NEAR or far * 2 > len(trial.failed):
        return ("likely", "large_gap") if slip else ("guess", "not_a_sum")
    if slip or (complete and trial.breakdown.last):
        return CLEAR
    return "likely", "row_missing" if claim.residual > 0 else "row_extra"


def _swapped(claim: Claim, trial: Trial) -> bool:
    """Would exchanging two cells of one row mend this column and another one?"""
    return any(
        other.residual == -claim.residual and any(True for _ in slips.swaps(claim, other))
        for other in trial.failed
        if other is not claim
    )


def _cross(claim: Claim) -> int:
    place = claim.whole.place
    return (place.column if claim.check == "column_total" else place.row) or 0


def _numbered(way: Breakdown, lines: dict[int, Line]) -> bool:
    """Do the parts count 1, 2, 3 ... without a gap, so that no row was lost on the way here?"""
    numbers = [(lines[p].number or "").strip(" .)") for p in way.parts]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _gap(way: Breakdown, lines: dict[int, Line]) -> bool:
    """Do the parts count on, but with one number left out (1, 2, 4 ...)?"""
    numbers = [(lines[p].number or "").strip(" .)") for p in way.parts]
    if len(numbers) < 3 or not all(n.isdecimal() for n in numbers):
        return False
    counted = [int(n) for n in numbers]
    one_more = range(1, len(counted) + 2)
    return (
        counted[-1] == len(counted) + 1
        and set(counted) < set(one_more)
        and (counted == sorted(set(counted)))
    )


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


def partial(trial: Trial) -> Iterator[Claim]:
    """What is "trong đó" may leave something out and may overlap; no part exceeds its whole.

    Where it does neither in nearly every line, it is the whole breakdown whatever its head says.
    """
    if _whole_breakdown(trial):
        yield from (_broken_down(c) for c in trial.claims if c.outcome != "open")
        return
    exhausts = len(trial.held) * 2 >= len(trial.claims) and len(trial.held) > 1
    for claim in trial.claims:
        if claim.outcome == "holds":
            yield claim
        elif claim.outcome == "off":
            yield partial_claim(claim, exhausts=exhausts)


def _whole_breakdown(trial: Trial) -> bool:
    failed = sum(weighty(c) for c in trial.failed)
    held = len(trial.held)
    return held >= ENOUGH and (failed <= 1 or held >= failed * 9)


def _broken_down(claim: Claim) -> Claim:
    """Parts that exceed their whole contradict it; a rest may have come up in this one line."""
    claim = replace(claim, of_which=False)
    if claim.outcome == "holds":
        return claim
    if claim.residual > 0 and not slips.explains(claim):
        return replace(claim, certainty="likely", reason="not_exhaustive")
    slip = claim.relative <= NEAR or slips.any_slip(claim)
    return claim if slip else replace(claim, certainty="likely", reason="large_gap")


def partial_claim(claim: Claim, *, exhausts: bool) -> Claim:
    """A failed sum of "trong đó" with how sure the failure is."""
    whole = claim.whole.value or Decimal(0)
    if claim.residual > 0 or whole < 0:
        return replace(claim, check="part_whole", certainty="guess", reason="not_exhaustive")
    if any((t.figure.value or 0) > whole + claim.tolerance for t in claim.terms):
        sure: Certainty = "clear" if claim.relative <= FAR else "likely"
        return replace(claim, check="part_whole", certainty=sure, reason="part_exceeds")
    sure = "clear" if exhausts and claim.relative <= NEAR else "likely"
    return replace(claim, check="part_whole", certainty=sure, reason="overlap")
