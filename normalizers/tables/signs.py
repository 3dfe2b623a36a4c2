"""What the figures under a comparison's head tell of it: "So với cùng kỳ (%)" heads both kinds.

A percentage of an earlier figure has no sign and lies about 100: "+12,4" and "-3,1" under that
head are what was added to it, and so is a column in which nothing reaches half of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from normalizers.tables.neighbours import ColumnMeaning
from normalizers.tables.values import Printed
from solieu.model import Measure

_EARLIER = frozenset(
    {"same_period_last_year", "previous_year", "previous_month", "previous_period", "period_start"}
)
_SIGNS = ("+", "-", "\u2212", "\u2013")
_HALF = 50
_LEAST_INDEX = 70
_MOST_INDEX = 140
_ENOUGH = 3
"""One figure below half may be a collapse, three and nothing else are growth."""


def told_by_figures(
    columns: Mapping[int, ColumnMeaning], cells: Iterable[Printed]
) -> Mapping[int, ColumnMeaning]:
    """The same columns, growth under a head of shares called so, and indices under one of growth.

    What figures say against the head is doubted.
    """
    below: dict[int, list[Printed]] = {i: [] for i, c in columns.items() if _is_asked(c)}
    if not below:
        return columns
    for printed in cells:
        if printed.column in below:
            below[printed.column].append(printed)
    found: dict[int, ColumnMeaning] = {}
    before: ColumnMeaning | None = None
    for i, column in columns.items():
        found[i] = _told(column, below[i], before) if i in below else column
        before = column if column.measure is None else before
    return found


def _is_asked(column: ColumnMeaning) -> bool:
    """A comparison whose head may be short of the word that tells growth from a share."""
    if column.measure == "growth":
        return column.basis is not None
    earlier = column.measure == "share" and column.basis in _EARLIER
    return earlier or column.measure == "plan_completion"


def _told(
    column: ColumnMeaning, cells: Sequence[Printed], before: ColumnMeaning | None
) -> ColumnMeaning:
    values = [value for printed in cells if (value := _value(printed)) is not None]
    signed = any(v < 0 for v in values) or any(map(_is_signed, cells))
    if column.measure == "growth":
        index = not signed and column.sign > 0 and _is_index(values)
        measure: Measure = "plan_completion" if column.basis == "plan" else "share"
        return replace(column, measure=measure, torn=True) if index else column
    if column.measure == "plan_completion":
        return replace(column, measure="growth", torn=True) if signed else column
    if signed and before is not None and _counts(column, values):
        return replace(column, measure="change", unit=before.unit, torn=True)
    small = len(values) >= _ENOUGH and max(values) < _HALF
    return replace(column, measure="growth") if signed or small else column


def _counts(column: ColumnMeaning, values: Sequence[Decimal]) -> bool:
    """Whole numbers under a head without "%": "+1", "-2" of what is counted to its left."""
    return "%" not in " ".join(column.path) and all(v == v.to_integral_value() for v in values)


def _is_index(values: Sequence[Decimal]) -> bool:
    """All about 100: nothing grows by 104,5 %, 98,7 % and 101,2 % side by side."""
    return len(values) >= _ENOUGH and min(values) >= _LEAST_INDEX and max(values) <= _MOST_INDEX


def _is_signed(printed: Printed) -> bool:
    text = printed.cell.text.strip()
    return text.startswith(_SIGNS) and text[1:].strip()[:1].isdigit()


def _value(printed: Printed) -> Decimal | None:
    if printed.cell.number is not None:
        return printed.cell.number
    best = printed.numeral.best if printed.numeral else None
    return best.value if best else None
