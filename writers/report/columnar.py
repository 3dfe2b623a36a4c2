"""Rows as the page's scripts read them: names once, repeated text once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa


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
    words: dict[str, int] = {}
    kinds = [(c, c in shared) for c in columns]
    packed = []
    for row in rows:
        line = []
        for column, is_shared in kinds:
            value: Any = row[column]
            if is_shared:
                value = value if value is None else words.setdefault(value, len(words))
            elif isinstance(value, float):
                value = _plain(value)
            line.append(value)
        packed.append(line)
    return {
        "columns": list(columns),
        "shared": [c for c in columns if c in shared],
        "words": list(words),
        "rows": packed,
    }


def pack_table(table: pa.Table, shared: frozenset[str]) -> dict[str, Any]:
    """The same of a table, column by column, which is much faster."""
    words = Words()
    columns = [
        _numbered(table[name], words) if name in shared else _values(table[name])
        for name in table.column_names
    ]
    return {
        "columns": table.column_names,
        "shared": [name for name in table.column_names if name in shared],
        "words": words.list(),
        "rows": list(zip(*columns, strict=True)),
    }


def _numbered(column: pa.ChunkedArray[Any], words: Words) -> list[int | None]:
    coded = column.combine_chunks().dictionary_encode()
    numbers = [words.number(word) for word in coded.dictionary.to_pylist()]
    return [None if n is None else numbers[n] for n in coded.indices.to_pylist()]


def _values(column: pa.ChunkedArray[Any]) -> list[Any]:
    values: list[Any] = column.to_pylist()
    return [_plain(value) for value in values] if pa.types.is_floating(column.type) else values


def _plain(value: Any) -> Any:
    """Whole numbers without a point, which halves their bytes; JSON knows no infinity."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        if value.is_integer() and abs(value) < 2**53:
            return int(value)
    return value
