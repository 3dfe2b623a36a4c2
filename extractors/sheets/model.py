"""A worksheet as any spreadsheet format gives it, before it is a grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from solieu.quick import quick

Position = tuple[int, int]
"""Row and column, from 1."""


@quick
@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell holds and how it is set."""

    value: str | Decimal
    number_format: str = "General"
    font: str = ""
    bold: bool = False
    indent: int = 0
    formula_without_value: bool = False
    marks: tuple[str, ...] = ()
    """Footnote marks, raised behind the text."""


@dataclass(slots=True)
class Sheet:
    """One worksheet; `merges` are first row, first column, last row, last column."""

    name: str
    visible: bool = True
    cells: dict[Position, SheetCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    """What no reader sees; not what a group's [+] or a filter opens for everybody."""


def exact(value: float) -> Decimal:
    """The shortest decimal that a spreadsheet's binary number stands for.

    >>> exact(1754.8), exact(419278223.0)
    (Decimal('1754.8'), Decimal('419278223'))
    """
    if value == int(value) and abs(value) < 1e15:
        return Decimal(int(value))
    # Fifteen digits are what a spreadsheet shows at most; more is binary noise (0.1 + 0.2).
    return Decimal(f"{value:.15g}")


def as_date(year: int, month: int, day: int) -> str:
    """A date as Vietnamese documents print it.

    >>> as_date(2018, 7, 31)
    '31/7/2018'
    """
    return f"{day}/{month}/{year}"
