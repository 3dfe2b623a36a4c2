"""Dot or comma: one convention per column, decided from everything the table shows.

`1.888` and `1,888` are thousands in one column and three decimals in another; `58,6` and
`1.234.567` say themselves which they are. A numeral that decides itself is always read by its own
grammar; the others follow their column, and a column without evidence of its own follows the
columns beside it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from solieu.numerals import NumberReading, Numeral

Kind = Literal["counts", "money", "percent", "quantity", "unknown"]
Convention = Literal["dot_thousands", "comma_thousands"]
Shape = Literal["dot", "comma", "either_dot", "either_comma", "plain", "none"]

_TOKEN = re.compile(r"\d[\d.,]*\d|\d")
_GROUP_BY = {"dot_thousands": ".", "comma_thousands": ","}


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
"""What "three digits after one separator, in every cell" says for grouping, by the header's kind."""

_CALIBRATION: tuple[tuple[float, float], ...] = (
    (0.0, 0.55),
    (1.0, 0.70),
    (2.0, 0.85),
    (3.0, 0.93),
    (4.0, 0.97),
    (6.0, 0.99),
    (9.0, 0.998),
)
"""|score| from which a stated confidence holds: observed shares of docs/calibration.md."""

_DECIDABLE = 0.99
_DECIDABLE_IN_MIXED = 0.9
_MINORITY_CAP = 0.8
_DOUBT_BELOW = 0.95


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """A column's numerals by grid row, what its header counts, and which rows should add up."""

    numerals: Mapping[int, Numeral]
    kind: Kind = "unknown"
    total_row: int | None = None
    part_rows: tuple[int, ...] = ()
    unit: str | None = None


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
    """Separators that group in this column; both where a mixed column counts whole things."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The reading chosen for one cell; `alternative` is the other one, where doubt is left."""

    reading: NumberReading | None
    confidence: float
    alternative: NumberReading | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tally:
    """One column counted: cells that decide themselves, that do not, that have no separator."""

    dot: int
    comma: int
    either_dot: int
    either_comma: int
    plain_small: int
    plain_large: int
    arithmetic: float

    @property
    def mixed(self) -> bool:
        return bool(self.dot + self.either_dot) and bool(self.comma + self.either_comma)


def shape(numeral: Numeral) -> Shape:
    """What the print alone says: "32,9" is `dot` (its comma is decimal), "1.888" `either_dot`."""
    if numeral.status != "number" or not numeral.readings:
        return "none"
    found = _shape_of(numeral.raw)
    if found.startswith("either") and len({r.value for r in numeral.readings}) < 2:
        return "none"
    return found


def _shape_of(raw: str) -> Shape:
    if "." not in raw and "," not in raw:
        return "plain"
    match = _TOKEN.search(raw if " " not in raw else raw.replace(" ", ""))
    token = match.group() if match else ""
    dots, commas = token.count("."), token.count(",")
    if dots and commas:
        return "comma" if token.rfind(".") > token.rfind(",") else "dot"
    if not dots and not commas:
        return "plain"
    if dots + commas > 1:
        return "dot" if dots else "comma"
    head, tail = token.split("." if dots else ",")
    if len(tail) == 3 and len(head) <= 3 and head[0] != "0":
        return "either_dot" if dots else "either_comma"
    return "comma" if dots else "dot"


def decide(columns: Sequence[ColumnEvidence], prior: float = 0.93) -> list[Decision]:
    """One decision per column, in the order given; linear in the number of cells.

    `prior` is the probability of dot thousands that the document's own running text suggests; 0.93
    is what Vietnamese publications show when it says nothing.
    """
    tallies = [_tally(column) for column in columns]
    own = [_own_score(t, c.kind) for t, c in zip(tallies, columns, strict=True)]
    total, by_kind = sum(own), _sums_by_kind(columns, own)
    background = WEIGHTS.prior * _logit(prior)
    decisions = []
    for column, tally, score in zip(columns, tallies, own, strict=True):
        same = by_kind[column.kind] - score
        other = total - by_kind[column.kind]
        coupling = WEIGHTS.same_kind * same + WEIGHTS.other_kind * other
        coupled = score + _cap(coupling, WEIGHTS.coupling_cap)
        decisions.append(_decision(tally, column.kind, coupled, background))
    return decisions


def choose(numeral: Numeral, decision: Decision) -> Choice:
    """The reading of one cell under its column's decision; never moved by what a sum would like.

    A cell that decides itself keeps its own reading, also against its column.
    """
    if not numeral.readings:
        return Choice(None, 0.0)
    first = numeral.readings[0]
    found = shape(numeral)
    if not found.startswith("either"):
        return _own_grammar(first, found, decision)
    grouped, decimal = _two_readings(numeral.readings)
    separator = "." if found == "either_dot" else ","
    reading, other = (grouped, decimal) if separator in decision.grouping else (decimal, grouped)
    confidence, flags = decision.confidence, decision.flags
    if "mixed_convention" in flags:
        confidence = min(confidence, _MINORITY_CAP)
    return Choice(reading, confidence, other if confidence < _DOUBT_BELOW else None, flags)


def _own_grammar(reading: NumberReading, found: Shape, decision: Decision) -> Choice:
    if found in {"plain", "none"}:
        return Choice(reading, reading.confidence)
    agrees = decision.number_format.startswith(found)
    if agrees and "mixed_convention" not in decision.flags:
        return Choice(reading, min(reading.confidence, _DECIDABLE))
    flags = ("mixed_convention",)
    return Choice(reading, min(reading.confidence, _DECIDABLE_IN_MIXED), None, flags)


def _two_readings(readings: Sequence[NumberReading]) -> tuple[NumberReading, NumberReading]:
    """Grouped and decimal: of the same digits the grouped reading is the larger."""
    return max(readings, key=_size), min(readings, key=_size)


def _size(reading: NumberReading) -> Decimal:
    return abs(reading.value)


def _tally(column: ColumnEvidence) -> _Tally:
    shapes = {row: shape(n) for row, n in column.numerals.items()}
    counts: dict[str, int] = defaultdict(int)
    large = 0
    for row, found in shapes.items():
        counts[found] += 1
        if found == "plain" and abs(column.numerals[row].readings[0].value) >= 1000:
            large += 1
    return _Tally(
        counts["dot"],
        counts["comma"],
        counts["either_dot"],
        counts["either_comma"],
        counts["plain"] - large,
        large,
        _arithmetic(column, shapes),
    )


def _own_score(tally: _Tally, kind: Kind) -> float:
    """Log-odds for dot groups from one column alone."""
    decided = WEIGHTS.decidable * (tally.dot - tally.comma)
    score = _cap(decided, WEIGHTS.decidable_cap)
    direction = _sign(tally.either_dot - tally.either_comma)
    if direction:
        score += direction * _groups_vote(tally, kind)
    return score + tally.arithmetic


def _groups_vote(tally: _Tally, kind: Kind) -> float:
    """How far all ambiguous cells, voting once, speak for "their separator groups"."""
    vote = _GROUPS[kind]
    vote += min(WEIGHTS.plain_small, tally.plain_small)
    return vote - min(WEIGHTS.plain_large, tally.plain_large)


def _arithmetic(column: ColumnEvidence, shapes: Mapping[int, Shape]) -> float:
    """Which reading brings the total nearer to its rows: a ratio of misses, for totals are often wrong.

    Zero where every cell is ambiguous: then the sum holds equally well under both.
    """
    total = column.total_row
    rows = [row for row in column.part_rows if row in shapes]
    if total is None or total not in shapes or len(rows) < 2:
        return 0.0
    kinds = {shapes[row] for row in (*rows, total)}
    if not any(k.startswith("either") for k in kinds) or len(kinds) == 1:
        return 0.0
    miss_dot = _miss(column.numerals, rows, total, shapes, ".")
    miss_comma = _miss(column.numerals, rows, total, shapes, ",")
    ratio = math.log((miss_comma + 1e-4) / (miss_dot + 1e-4))
    return _cap(WEIGHTS.arithmetic * ratio, WEIGHTS.arithmetic_cap)


def _miss(
    numerals: Mapping[int, Numeral],
    rows: Iterable[int],
    total: int,
    shapes: Mapping[int, Shape],
    grouping: str,
) -> float:
    published = _value(numerals[total], shapes[total], grouping)
    added = sum(_value(numerals[row], shapes[row], grouping) for row in rows)
    return abs(added - published) / max(abs(added), abs(published), 1e-9)


def _value(numeral: Numeral, found: Shape, grouping: str) -> float:
    if not numeral.readings:
        return 0.0
    if not found.startswith("either"):
        return float(numeral.readings[0].value)
    grouped, decimal = _two_readings(numeral.readings)
    groups = (found == "either_dot") == (grouping == ".")
    return float(grouped.value if groups else decimal.value)


def _decision(tally: _Tally, kind: Kind, coupled: float, background: float) -> Decision:
    score = coupled + background
    chosen: Convention = "dot_thousands" if score >= 0 else "comma_thousands"
    grouping = _GROUP_BY[chosen]
    flags = []
    if tally.mixed:
        flags.append("mixed_convention")
        if kind == "counts":
            grouping = ".,"
    if coupled == 0:
        flags.append("convention_default")
    if _reads_decimals(tally, grouping):
        flags.append("three_decimals")
    return Decision(chosen, stated_confidence(abs(score)), tuple(flags), score, grouping)


def _reads_decimals(tally: _Tally, grouping: str) -> bool:
    by_dot = bool(tally.either_dot) and "." not in grouping
    return by_dot or (bool(tally.either_comma) and "," not in grouping)


def stated_confidence(strength: float) -> float:
    """The share of ambiguous cells that are read right at this |score|: measured, not hoped."""
    index = bisect_right(_CALIBRATION, (strength, 1.0)) - 1
    return _CALIBRATION[max(index, 0)][1]


def _sums_by_kind(columns: Sequence[ColumnEvidence], own: Sequence[float]) -> dict[Kind, float]:
    sums: dict[Kind, float] = defaultdict(float)
    for column, score in zip(columns, own, strict=True):
        sums[column.kind] += score
    return sums


def _cap(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _logit(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))
