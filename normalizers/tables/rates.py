"""What a bare "Tỷ lệ (%)" is the rate of: the figures right before it, or the head above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.metrics import MetricMatch, Vocabulary, content_words, match_header, vocabulary
from normalizers.metrics.matches import COVERAGE_BASES
from normalizers.spelling import canonical
from normalizers.tables.comparisons import tells_change
from normalizers.tables.neighbours import ColumnMeaning
from normalizers.units import PERCENTAGES, is_rate
from solieu.quick import replace


def rated_beside(columns: dict[int, ColumnMeaning]) -> dict[int, ColumnMeaning]:
    """A bare "Tỷ lệ (%)" right behind "Số hộ nghèo" is their rate, "bao phủ" a scheme's."""
    made: dict[int, ColumnMeaning] = {}
    before: ColumnMeaning | None = None
    for index, column in columns.items():
        made[index] = column if before is None else _rate_beside(column, before)
        before = column
    return made


def _rate_beside(column: ColumnMeaning, counted: ColumnMeaning) -> ColumnMeaning:
    silent = column.measure == "share" and column.metric is None and column.basis is None
    if not (silent and column.path and counted.path and is_rate(column.unit)):
        return column
    alike = counted.measure is None or (
        counted.measure == "change" and tells_change(column.path[-1])
    )
    if not alike or column.path[:-1] != counted.path[:-1]:
        return column
    named = _NUMBER_OF.sub("", re.sub(r"\([^()]*\)", "", counted.path[-1])).strip()
    if counted.metric in COVERAGE_BASES and _COVERAGE.search(column.path[-1]):
        return replace(column, metric=counted.metric, basis=COVERAGE_BASES[counted.metric])
    match = rate_of((named, column.path[-1]), vocabulary())
    if match is None or canonical(named) not in match.matched:
        return column
    return replace(column, metric=match.metric, vocabulary_unit=match.unit)


_COVERAGE = re.compile(r"bao phủ", re.IGNORECASE)
_NUMBER_OF = re.compile(r"^(?:tổng )?số (?:lượng )?", re.IGNORECASE)


def rate_of(path: Sequence[str], words: Vocabulary) -> MetricMatch | None:
    """A bare "Tỷ lệ (%)" under "Hộ nghèo" is their rate, whatever time stands between."""
    if content_words(canonical(path[-1])):
        return None
    named = next((e for e in reversed(path) if content_words(canonical(e))), None)
    moved = named is None or canonical(named).startswith(("giảm ", "tăng "))  # of its plan, then
    found = None if moved else match_header((f"Tỷ lệ {named}",), words)
    return found if found and found.metric and found.unit in PERCENTAGES else None
