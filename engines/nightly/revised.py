"""What two vintages of one page say differently: figure by figure, by meaning and not by place."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]

_MEANING = (
    "region_code", "region_name", "region_text", "metric", "metric_label", "scenario", "measure",
    "basis", "year", "period", "unit", "is_total", "method",
)  # fmt: skip
"""Columns of `observations` that say what a figure is about."""


def meaning(row: Row) -> tuple[Any, ...]:
    """What a figure is about, without its value and its place."""
    return tuple(row[name] for name in _MEANING)


def digest(rows: Iterable[Row]) -> str:
    """The same for documents that say the same figures in the same order."""
    said = [[*meaning(row), row["value"], row["qualifier"]] for row in rows]
    text = json.dumps(said, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def revised(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pairs of a figure and what it became, in the order of `after`.

    Figures that both versions hold are set aside; of what is left, figures about the same thing are
    pairs where both sides have equally many, in their order. The others were added or left out.
    """
    kept = _common(before, after)
    old, new = _left(before, kept), _left(after, kept)
    pairs: list[tuple[Row, Row]] = []
    for key, rows in new.items():
        if len(old.get(key, ())) == len(rows):
            pairs += zip(old[key], rows, strict=True)
    order = {row["observation_id"]: n for n, row in enumerate(after)}
    return sorted(pairs, key=lambda pair: order[pair[1]["observation_id"]])


def _common(before: Sequence[Row], after: Sequence[Row]) -> Counter[tuple[Any, ...]]:
    return Counter(map(_said, before)) & Counter(map(_said, after))


def _said(row: Row) -> tuple[Any, ...]:
    return (*meaning(row), row["value"])


def _left(rows: Sequence[Row], kept: Counter[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[Row]]:
    """The rows beyond the common ones, by what they are about."""
    budget = Counter(kept)
    left: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if budget[_said(row)] > 0:
            budget[_said(row)] -= 1
        else:
            left[meaning(row)].append(row)
    return left
