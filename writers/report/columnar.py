"""Rows as the page's scripts read them: names once, repeated text once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa


def names(text: str) -> tuple[str, ...]:
    """The words of a text as names of columns."""
    return tuple(text.split())


class Words(dict[str | None, int | None]):
    """Texts by number, each kept once, in the order in which they are first met; None is none."""

    def __init__(self) -> None:
        self[None] = None

    def __missing__(self, text: str | None) -> int:
        self[text] = number = len(self) - 1
        return number

    def list(self) -> list[str]:
        return [text for text in self if text is not None]


def pack(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], shared: frozenset[str]
) -> dict[str, Any]:
    """`columns` of the rows as lists; values of the `shared` ones are numbers into `words`.

    >>> pack([{"a": "x", "n": 1}, {"a": "x", "n": 2}], ("a", "n"), frozenset({"a"}))
    {'columns': ['a', 'n'], 'shared': ['a'], 'words': ['x'], 'rows': [[0, 1], [0, 2]]}
    """
    words = Words()
    kinds = [(c, c in shared) for c in columns]
    packed = [
        [words[row[column]] if is_shared else plain(row[column]) for column, is_shared in kinds]
        for row in rows
    ]
    return packed_rows(packed, columns, shared, words)


def packed_rows(
    rows: Sequence[Sequence[Any]], columns: Sequence[str], shared: frozenset[str], words: Words
) -> dict[str, Any]:
    """Rows that hold numbers into `words` already."""
    return {
        "columns": list(columns),
        "shared": [c for c in columns if c in shared],
        "words": words.list(),
        "rows": rows,
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
    numbers = [words[word] for word in coded.dictionary.to_pylist()]
    return [None if n is None else numbers[n] for n in coded.indices.to_pylist()]


def _values(column: pa.ChunkedArray[Any]) -> list[Any]:
    values: list[Any] = column.to_pylist()
    return [plain(value) for value in values] if pa.types.is_floating(column.type) else values


def plain(value: Any) -> Any:
    """Whole numbers without a point, which halves their bytes; JSON knows no infinity."""
    if not isinstance(value, float):
        return value
    if value.is_integer():
        return int(value) if abs(value) < _EXACT else value
    return value if math.isfinite(value) else None


_EXACT = 2.0**53
"""Up to it a float holds every whole number."""
