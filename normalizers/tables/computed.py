"""What the row under a head says a column is computed from: "3=2-1", "(8)=(6)/(5)", "7=5:4*100".

The formula names both sides of a comparison whose head is silent ("So sánh", "Tăng, giảm").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.layout.titles import names_quantity
from normalizers.metrics import content_words
from normalizers.spelling import canonical
from normalizers.tables.comparisons import only_changes
from normalizers.tables.headers import Column
from normalizers.tables.neighbours import RATED, ColumnMeaning
from solieu.model import Measure
from solieu.quick import replace

_TWO = re.compile(
    r"=\s*[\[(]?\s*(\d{1,3})\s*\)?\s*([-–/:])\s*\(?\s*(\d{1,3})\s*[\])]?"
    r"\s*(?:%|[x*×]\s*100\s*%?)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Computed:
    """Two columns, and whether the first is divided by the second or lessened by it."""

    ratio: bool
    above: int
    below: int


def computed(columns: Sequence[Column]) -> dict[int, Computed]:
    """The columns that are made of two others, by index."""
    numbered = {c.number: c.index for c in columns if c.number and c.kind == "value"}
    found: dict[int, Computed] = {}
    for column in columns:
        match = _TWO.search(column.formula or "")
        if match is None or match[1] not in numbered or match[3] not in numbered:
            continue
        found[column.index] = Computed(match[2] in "/:", numbered[match[1]], numbered[match[3]])
    return found


def compared(
    columns: Mapping[int, ColumnMeaning], rules: Mapping[int, Computed]
) -> dict[int, ColumnMeaning]:
    """All columns, those that are computed with the base, time and plan that the formula names."""
    return {i: _compared(c, rules.get(i), columns) for i, c in columns.items()}


def _compared(
    column: ColumnMeaning, rule: Computed | None, columns: Mapping[int, ColumnMeaning]
) -> ColumnMeaning:
    above, below = (columns.get(i) for i in (rule.above, rule.below)) if rule else (None, None)
    if rule is None or above is None or below is None:
        return column
    if rule.ratio and _is_completion(column, above, below):
        return _of_outcome(column, above)
    if not _is_one_quantity(above, below):
        return column
    measure = _measure(column, rule, above, below)
    if measure is None:
        return column
    return replace(
        column,
        measure=measure,
        basis=column.basis or _basis(above, below),
        period=column.period or above.period,
        scenario=column.scenario or above.scenario,
        metric=column.metric or above.metric,
        vocabulary_unit=column.vocabulary_unit or above.vocabulary_unit,
    )


def _is_completion(column: ColumnMeaning, above: ColumnMeaning, below: ColumnMeaning) -> bool:
    """Over "4=3/1" a "Tỷ lệ TH/KH" is of column 3, whichever stands nearer."""
    planned = below.scenario == "plan" and above.scenario != "plan"
    return planned and column.measure == "plan_completion" and above.measure not in RATED


def _of_outcome(column: ColumnMeaning, above: ColumnMeaning) -> ColumnMeaning:
    return replace(
        column,
        period=column.period or above.period,
        scenario=column.scenario or above.scenario,
        metric=column.metric or above.metric,
        vocabulary_unit=column.vocabulary_unit or above.vocabulary_unit,
    )


def _measure(
    column: ColumnMeaning, rule: Computed, above: ColumnMeaning, below: ColumnMeaning
) -> Measure | None:
    """What the formula makes of a silent comparison; None where its head says it already."""
    if column.basis is not None:
        return None
    if rule.ratio:
        done = below.scenario == "plan" and above.scenario != "plan"
        return None if column.measure != "share" else "plan_completion" if done else "share"
    silent = column.measure is None and not column.names_quantity
    return "change" if column.measure == "change" or silent or only_changes(column.path) else None


def _basis(above: ColumnMeaning, below: ColumnMeaning) -> str | None:
    if below.scenario == "plan" and above.scenario != "plan":
        return "plan"
    then, now = below.period, above.period
    if then is None or now is None or now.year - then.year != 1:
        return None
    part = now.code[len("2024") :]
    same = part not in {"", _YEAR_END} and part == then.code[len("2023") :]
    return "same_period_last_year" if same else "previous_year"


_YEAR_END = "-12-31"


def _is_one_quantity(above: ColumnMeaning, below: ColumnMeaning) -> bool:
    """The same thing planned and done, or then and now: what has a card is no growth of people."""
    if {above.measure, below.measure} & RATED:
        return False
    return _said(above) == _said(below)


def _said(column: ColumnMeaning) -> list[str]:
    return content_words(canonical(" ".join(e for e in column.path if names_quantity(e))))
