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

_EARLIER = frozenset(
    {"same_period_last_year", "previous_year", "previous_month", "previous_period", "period_start"}
)
_SIGNS = ("+", "-", "\u2212", "\u2013")
_HALF = 50
_ENOUGH = 3
"""One figure below half may be a collapse, three and nothing else are growth."""


def told_by_figures(
    columns: Mapping[int, ColumnMeaning], cells: Iterable[Printed]
) -> Mapping[int, ColumnMeaning]:
    """The same columns, those with growth under a head of shares called so."""
    asked = {i for i, c in columns.items() if c.measure == "share" and c.basis in _EARLIER}
    if not asked:
        return columns
    below: dict[int, list[Printed]] = {i: [] for i in asked}
    for printed in cells:
        if printed.column in asked:
            below[printed.column].append(printed)
    grown = {i for i, found in below.items() if _is_growth(found)}
    return {i: replace(c, measure="growth") if i in grown else c for i, c in columns.items()}


def _is_growth(cells: Sequence[Printed]) -> bool:
    values = [value for printed in cells if (value := _value(printed)) is not None]
    if any(v < 0 for v in values) or any(_is_signed(printed) for printed in cells):
        return True
    return len(values) >= _ENOUGH and max(values) < _HALF


def _is_signed(printed: Printed) -> bool:
    text = printed.cell.text.strip()
    return text.startswith(_SIGNS) and text[1:].strip()[:1].isdigit()


def _value(printed: Printed) -> Decimal | None:
    if printed.cell.number is not None:
        return printed.cell.number
    best = printed.numeral.best if printed.numeral else None
    return best.value if best else None
