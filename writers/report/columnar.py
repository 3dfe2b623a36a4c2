"""Rows as the page's scripts read them: names once, repeated text once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def names(text: str) -> tuple[str, ...]:
    """The words of a text as names of columns."""
    return tuple(text.split())


class Words:
    """Texts by number, each kept once, in the order in which they are first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int | None:
        if text is None:
            return None
        return self._numbers.setdefault(text, len(self._numbers))

    def list(self) -> list[str]:
        return list(self._numbers)


def pack(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], shared: frozenset[str]
) -> dict[str, Any]:
    """`columns` of the rows as lists; values of the `shared` ones are numbers into `words`.

    >>> pack([{"a": "x", "n": 1}, {"a": "x", "n": 2}], ("a", "n"), frozenset({"a"}))
    {'columns': ['a', 'n'], 'shared': ['a'], 'words': ['x'], 'rows': [[0, 1], [0, 2]]}
    """
    words = Words()
    packed = [
        [words.number(row[c]) if c in shared else _plain(row[c]) for c in columns] for row in rows
    ]
    return {
        "columns": list(columns),
        "shared": [c for c in columns if c in shared],
        "words": words.list(),
        "rows": packed,
    }


def _plain(value: Any) -> Any:
    """Whole numbers without a point, which halves their bytes; JSON knows no infinity."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        if value.is_integer() and abs(value) < 2**53:
            return int(value)
    return value
