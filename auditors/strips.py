"""A quick look in floating point at which columns may make which, before any exact arithmetic.

Of all pairs and runs of columns hardly any obeys a law. What a strip calls impossible misses by
more than twice what rounding explains, in every row; all else is judged exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import add

from auditors.desk import Sheet
from solieu import intervals
from solieu.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Strip:
    """A column's sampled figures in floating point, for a quick look at what may add up."""

    values: tuple[float, ...]
    slacks: tuple[float, ...]
    """How far rounding may have moved each."""
    counts: tuple[int, ...]
    """How many figures stand there: none where the cell is blank."""
    qualified: bool = False
    """One of them is "more than" or "nearly" a number, and may be another."""

    @classmethod
    def of(cls, sheet: Sheet, column: int, rows: Sequence[int]) -> Strip:
        cells = [sheet.cells.get((row, column)) for row in rows]
        return cls(
            tuple([0.0 if f is None else float(f.value or 0) for f in cells]),
            tuple([0.0 if f is None else float(intervals.half_place(f)) for f in cells]),
            tuple([int(f is not None) for f in cells]),
            any(f is not None and f.qualifier for f in cells),
        )

    def plus(self, other: Strip) -> Strip:
        if not self.values:
            return other
        return Strip(
            tuple(map(add, self.values, other.values)),
            tuple(map(add, self.slacks, other.slacks)),
            tuple(map(add, self.counts, other.counts)),
            self.qualified or other.qualified,
        )

    def turned(self) -> Strip:
        """The same figures with the other sign."""
        return replace(self, values=tuple([-value for value in self.values]))

    def comes_near(self, whole: Strip, *, nothing: bool = False) -> bool:
        """Whether two figures or more are about as much as the whole beside them in any row."""
        for total, slack, count, top, half in zip(
            self.values, self.slacks, self.counts, whole.values, whole.slacks, strict=True
        ):
            # A little more than twice the slack: the exact sum may not be missed by a last bit.
            reach = (slack + half) * _TWICE + abs(top) * 1e-9
            if count > 1 and (top or nothing) and abs(top - total) <= reach:
                return True
        return False

    def may_rate(self, below: Strip, rate: Strip, *, less: int = 0) -> bool:
        """Whether in any row the rate may be 100 x self / below, `less` times below taken off.

        False only where it is so in no row, whatever the figures stand for.
        """
        if self.qualified or below.qualified or rate.qualified:
            return True
        rows = zip(self.values, self.slacks, below.values, below.slacks, strict=True)
        for (a, slack_a, b, slack_b), printed, half in zip(
            rows, rate.values, rate.slacks, strict=True
        ):
            if abs(b) <= 2 * slack_b:
                if b or slack_b:
                    return True  # the divisor may be anything about zero
                continue
            share = a / b - less
            moved = 100 * (slack_a + (less + abs(share)) * slack_b) / (abs(b) - slack_b)
            if abs(printed - 100 * share) <= _AMPLY * (moved + half) + abs(share) * 1e-7:
                return True
        return False

    def may_be(self, whole: Strip) -> bool:
        """False only where the figures add up to the whole in no row, whatever they stand for."""
        return self.qualified or whole.qualified or self.comes_near(whole, nothing=True)


NOTHING = Strip((), (), ())
_TWICE = 2.000001
_AMPLY = 4.0
