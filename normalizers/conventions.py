"""Dot or comma: one convention per column, decided from everything the table shows.

`1.888` and `1,888` are thousands in one column and three decimals in another; `58,6` and
`1.234.567` say themselves which they are. A numeral that decides itself is always read by its own
grammar; the others follow their column, and a column without evidence of its own follows the
columns beside it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from solieu.numerals import NumberReading, Numeral
from solieu.quick import maker, quick

Kind = Literal["counts", "money", "percent", "quantity", "unknown"]
Convention = Literal["dot_thousands", "comma_thousands"]
Shape = Literal["dot", "comma", "either_dot", "either_comma", "plain", "none"]

_DECIDED: dict[str, Shape] = {"dot_thousands": "dot", "comma_thousands": "comma"}
_AMBIGUOUS: dict[str, Shape] = {
    "dot_thousands": "either_dot",
    "comma_thousands": "either_comma",
}
_MARKS: dict[Shape, str] = {"either_dot": ".", "either_comma": ","}
_NAMES = {".": "dot", ",": "comma"}


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds for "dot groups" of one piece of evidence; measured by benchmarks/conventions.py."""

    decidable: float = 2.5
    decidable_cap: float = 15.0
    """Twenty cells of one writer are not twenty witnesses."""
    plain_small: float = 3.0
    plain_large: float = 4.0
    arithmetic: float = 1.5
    arithmetic_cap: float = 6.0
    same_kind: float = 0.5
    other_kind: float = 0.12
    coupling_cap: float = 4.0
    prior: float = 0.6


WEIGHTS = Weights()
_GROUPS: Mapping[Kind, float] = {
    "counts": 5.5,
    "money": 1.5,
    "percent": -6.0,
    "quantity": 0.0,
    "unknown": 1.5,
}
"""What "three digits after one mark, in every cell" says for grouping, by the header's kind."""

_MONEY_GROUPS = ((Decimal(10) ** 9, 0.0), (Decimal(10) ** 6, 2.5), (Decimal(1000), 3.5))
"""The same for money by its scale: three decimals are usual in tỷ and rare in triệu."""

_CALIBRATION: tuple[tuple[float, float], ...] = (
    (0.0, 0.65),
    (0.5, 0.80),
    (2.0, 0.95),
    (3.5, 0.98),
    (5.5, 0.995),
    (7.0, 0.999),
)
"""|score| from which a stated confidence holds: observed shares of docs/calibration.md."""

_WHOLE_COUNTS = 8.0
"""People and households are whole: their ambiguous cells are grouped, whatever groups them."""
_DECIDED_AGAINST = 0.9
_MIXED = 0.95
_MIXED_MINORITY = 0.8
_DOUBT_BELOW = 0.95


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """A column's numerals by grid row, what its header counts, and which rows should add up."""

    numerals: Mapping[int, Numeral]
    kind: Kind = "unknown"
    total_row: int | None = None
    part_rows: tuple[int, ...] = ()
    unit: str | None = None
    scale: Decimal | None = None
    """What the header's unit multiplies by: 1000000000 for "tỷ đồng"; None where not known."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a column's ambiguous cells are read.

    Flags: `mixed_convention` both ways of writing stand in the column; `convention_default` nothing
    but the prior spoke; `three_decimals` the ambiguous cells' separator is taken for a decimal one.
    """

    number_format: Convention
    confidence: float
    flags: tuple[str, ...] = ()
    score: float = 0.0
    """Log-odds for "dot groups"."""
    grouping: str = "."
    """Separators that group in this column; both where a mixed column shows whole numbers."""


@quick
@dataclass(frozen=True, slots=True)
class Choice:
    """The reading chosen for one cell; `alternative` is the other one, where doubt is left."""

    reading: NumberReading | None
    confidence: float
    alternative: NumberReading | None = None
    flags: tuple[str, ...] = ()


_choice = maker(Choice)


@quick
@dataclass(frozen=True, slots=True)
class _Tally:
    """One column counted: cells that decide themselves, that do not, that have no separator."""

    dot: int
    comma: int
    either_dot: int
    either_comma: int
    plain_small: int
    plain_large: int
    whole_dot: int
    """Cells that decide themselves and show no decimals, "1.234.567"; the same for commas below."""
    whole_comma: int
    decimals: int
    """Cells that decide themselves by their decimals."""
    three: int
    """Those with three of them: "0,451"."""
    arithmetic: float

    @property
    def both(self) -> bool:
        """Written in both ways: by cells that say so, or by ambiguous cells with either mark."""
        decided = self.dot and self.comma
        return bool(decided or (self.either_dot and self.either_comma))

    def groups(self, mark: str) -> int:
        """Cells that show whole numbers grouped by the mark, if it groups at all."""
        return (
            self.either_dot + self.whole_dot
            if mark == "."
            else (self.either_comma + self.whole_comma)
        )

    def undecided(self, mark: str) -> int:
        return self.either_dot if mark == "." else self.either_comma


def shape(numeral: Numeral) -> Shape:
    """What the print alone says: "32,9" is `dot` (its comma is decimal), "1.888" `either_dot`.

    A "%" behind three decimals settles them: "47,322%" is no forty-seven thousand.
    """
    readings = numeral.readings
    if not readings:
        return "none"
    first = readings[0]
    if len(readings) == 1:
        return _DECIDED.get(first.number_format, "plain")
    if "percent" not in numeral.flags:
        for other in readings[1:]:
            if other.places != first.places:
                grouped = first if first.places < other.places else other
                return _AMBIGUOUS.get(grouped.number_format, "none")
    return _DECIDED.get(first.number_format, "plain")


def decide(columns: Sequence[ColumnEvidence], prior: float = 0.93) -> list[Decision]:
    """One decision per column, in the order given; linear in the number of cells.

    `prior` is the probability of dot thousands that the document's own running text suggests; 0.93
    is what Vietnamese publications show when it says nothing.
    """
    tallies = [_tally(column) for column in columns]
    own = [_own_score(t, c) for t, c in zip(tallies, columns, strict=True)]
    families = [_family(t, c.kind) for t, c in zip(tallies, columns, strict=True)]
    sums: dict[str, float] = defaultdict(float)
    for family, score in zip(families, own, strict=True):
        sums[family] += score
    total, background = sum(own), WEIGHTS.prior * _logit(prior)
    decisions = []
    for column, tally, family, score in zip(columns, tallies, families, own, strict=True):
        same, other = sums[family] - score, total - sums[family]
        coupling = WEIGHTS.same_kind * same + WEIGHTS.other_kind * other
        coupled = score + _cap(coupling, WEIGHTS.coupling_cap)
        decisions.append(_decision(tally, column.kind, coupled, background))
    return decisions


def _family(tally: _Tally, kind: Kind) -> str:
    """Rates are often typed by another hand than amounts.

    A column with no word on it is an amount where any of its cells could be grouped.
    """
    undecided = tally.either_dot + tally.either_comma + tally.whole_dot + tally.whole_comma
    return "rates" if kind == "percent" or (kind == "unknown" and not undecided) else "amounts"


def choose(numeral: Numeral, decision: Decision) -> Choice:
    """The reading of one cell under its column's decision; never moved by what a sum would like.

    A cell that decides itself keeps its own reading, also against its column.
    """
    if not numeral.readings:
        return _choice(None, 0.0)
    found = shape(numeral)
    if found not in _MARKS:
        return _own_grammar(numeral.readings, found, decision)
    grouped, decimal = _two_readings(numeral.readings)
    mark = _MARKS[found]
    reading, other = (grouped, decimal) if mark in decision.grouping else (decimal, grouped)
    confidence, flags = decision.confidence, decision.flags
    if flags and "mixed_convention" in flags:
        minority = not decision.number_format.startswith(_NAMES[mark])
        confidence = min(confidence, _MIXED_MINORITY if minority else _MIXED)
    if len(numeral.readings) > 2 or numeral.flags:
        print_trust = _trust(numeral.readings, reading)
        if print_trust < confidence:
            other = _otherwise(numeral.readings, reading) or other
        confidence = round(confidence * print_trust, 4)
    return _choice(reading, confidence, other if confidence < _DOUBT_BELOW else None, flags)


def _own_grammar(readings: Sequence[NumberReading], found: Shape, decision: Decision) -> Choice:
    reading, confidence = readings[0], readings[0].confidence
    flags: tuple[str, ...] = ()
    if found not in {"plain", "none"} and not decision.number_format.startswith(found):
        confidence, flags = min(confidence, _DECIDED_AGAINST), ("mixed_convention",)
    other = _otherwise(readings, reading) if confidence < _DOUBT_BELOW else None
    return _choice(reading, confidence, other, flags)


def _trust(readings: Sequence[NumberReading], chosen: NumberReading) -> float:
    """How sure the digits and the sign are, whichever separator groups: "(1.234)", "l.234"."""
    same_sign = (r.confidence for r in readings if (r.value < 0) == (chosen.value < 0))
    return min(1.0, round(sum(same_sign), 4))


def _otherwise(readings: Sequence[NumberReading], chosen: NumberReading) -> NumberReading | None:
    """The same digits with the other sign, where the print allows it."""
    return next((r for r in readings if r.value == -chosen.value and r.value), None)


def _two_readings(readings: Sequence[NumberReading]) -> tuple[NumberReading, NumberReading]:
    """Grouped and decimal, the likeliest of each."""
    if len(readings) == 2:
        first, second = readings
        return (first, second) if first.places <= second.places else (second, first)
    return min(readings, key=_places), max(readings, key=_places)


def _places(reading: NumberReading) -> int:
    return reading.places


def _tally(column: ColumnEvidence) -> _Tally:
    shapes = {row: shape(n) for row, n in column.numerals.items()}
    counts: dict[str, int] = dict.fromkeys(get_args(Shape), 0)
    large = decimals = three = 0
    whole = {"dot": 0, "comma": 0}
    for row, found in shapes.items():
        counts[found] += 1
        first = column.numerals[row].readings[0] if found != "none" else None
        if first is None or found in _MARKS:
            continue
        if found == "plain":
            large += first.value.adjusted() >= 3
        elif first.places:
            decimals += 1
            three += first.places == 3
        else:
            whole[found] += 1
    return _Tally(
        dot=counts["dot"],
        comma=counts["comma"],
        either_dot=counts["either_dot"],
        either_comma=counts["either_comma"],
        plain_small=counts["plain"] - large,
        plain_large=large,
        whole_dot=whole["dot"],
        whole_comma=whole["comma"],
        decimals=decimals,
        three=three,
        arithmetic=_arithmetic(column, shapes),
    )


def _own_score(tally: _Tally, column: ColumnEvidence) -> float:
    """Log-odds for dot groups from one column alone."""
    decided = WEIGHTS.decidable * (tally.dot - tally.comma)
    score = _cap(decided, WEIGHTS.decidable_cap)
    direction = _sign(tally.either_dot - tally.either_comma)
    if direction:
        score += direction * _groups_vote(tally, column)
    return score + tally.arithmetic


def _groups_vote(tally: _Tally, column: ColumnEvidence) -> float:
    """How far all ambiguous cells, voting once, speak for "their separator groups"."""
    vote = _GROUPS[column.kind]
    if column.kind == "money" and column.scale is not None:
        vote = next((v for least, v in _MONEY_GROUPS if column.scale >= least), _GROUPS["counts"])
    vote += min(WEIGHTS.plain_small, tally.plain_small)
    return vote - min(WEIGHTS.plain_large, tally.plain_large)


def _arithmetic(column: ColumnEvidence, shapes: Mapping[int, Shape]) -> float:
    """Which reading brings the total nearer to its rows: a ratio, as totals are often off.

    Zero where every cell is ambiguous: then the sum holds equally well under both.
    """
    total = column.total_row
    rows = [row for row in column.part_rows if row in shapes]
    if total is None or total not in shapes or len(rows) < 2:
        return 0.0
    kinds = {shapes[row] for row in (*rows, total)}
    if len(kinds) == 1 or kinds.isdisjoint(_MARKS):
        return 0.0
    miss_dot = _miss(column.numerals, rows, total, shapes, "either_dot")
    miss_comma = _miss(column.numerals, rows, total, shapes, "either_comma")
    ratio = math.log((miss_comma + 1e-4) / (miss_dot + 1e-4))
    return _cap(WEIGHTS.arithmetic * ratio, WEIGHTS.arithmetic_cap)


def _miss(
    numerals: Mapping[int, Numeral],
    rows: Iterable[int],
    total: int,
    shapes: Mapping[int, Shape],
    grouping: Shape,
) -> float:
    published = _value(numerals[total], shapes[total], grouping)
    added = sum(_value(numerals[row], shapes[row], grouping) for row in rows)
    return abs(added - published) / max(abs(added), abs(published), 1e-9)


def _value(numeral: Numeral, found: Shape, grouping: Shape) -> float:
    if found == "none":
        return 0.0
    if found not in _MARKS:
        return float(numeral.readings[0].value)
    grouped, decimal = _two_readings(numeral.readings)
    return float(grouped.value if found == grouping else decimal.value)


def _decision(tally: _Tally, kind: Kind, coupled: float, background: float) -> Decision:
    score = coupled + background
    chosen: Convention = "dot_thousands" if score >= 0 else "comma_thousands"
    mark, other = (".", ",") if score >= 0 else (",", ".")
    flags = []
    grouping = mark
    if tally.undecided(other) and _other_groups(tally, kind, mark):
        grouping = ".,"
    if tally.both or (grouping == ".," and tally.groups(mark)):
        flags.append("mixed_convention")
    if coupled == 0:
        flags.append("convention_default")
    if tally.undecided(other) and other not in grouping:
        flags.append("three_decimals")
    whole = kind == "counts" and not tally.decimals
    strength = max(abs(score), _WHOLE_COUNTS) if whole else abs(score)
    return Decision(chosen, stated_confidence(strength), tuple(flags), score, grouping)


def _other_groups(tally: _Tally, kind: Kind, mark: str) -> bool:
    """Whether the separator that should start decimals groups instead, "1,452" among "1.888".

    Counts have no decimals; elsewhere three decimals would show in the other cells too.
    """
    if kind == "counts" and not tally.decimals:
        return True
    return kind != "percent" and tally.groups(mark) > 0 and not tally.three


def stated_confidence(strength: float) -> float:
    """The share of ambiguous cells that are read right at this |score|: measured, not hoped."""
    index = bisect_right(_CALIBRATION, (strength, 1.0)) - 1
    return _CALIBRATION[max(index, 0)][1]


def _cap(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _logit(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))
