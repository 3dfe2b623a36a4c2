"""Which document an id belongs to, in files by the first letters of the id."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from numpy.typing import NDArray

PER_FILE = 20_000
SHOWN = 8
"""Letters of an id that a file keeps: two ids in 4,000 million share them."""
_AT_ONCE = 1_000_000
"""Ids in memory at one time."""
_NAMED = (("observations", "observation_id"), ("findings", "finding_id"))


def letters(folder: Path) -> int:
    """How many letters of an id name the file that it is in."""
    count, found = _count(folder), 0
    while count > PER_FILE * 16**found:
        found += 1
    return found


def passes(folder: Path) -> int:
    """In how many goes the files are made: each holds the ids of its files only."""
    return min(int(16 ** letters(folder)), -(-_count(folder) // _AT_ONCE))


def files(folder: Path, turn: int, turns: int) -> Iterator[tuple[str, dict[str, int]]]:
    """Name of a file and its ids with the numbers of their documents; those of one turn."""
    shift = 4 * (SHOWN - letters(folder))
    starts = 16 ** letters(folder)
    first, end = (starts * n // turns for n in (turn, turn + 1))
    ids, documents = _between(folder, first << shift, end << shift)
    edges = np.searchsorted(ids, np.arange(first, end + 1, dtype=np.uint64) << np.uint64(shift))
    for n, (begin, until) in enumerate(pairwise(edges.tolist()), first):
        if begin < until:
            texts = (f"{i:0{SHOWN}x}" for i in ids[begin:until].tolist())
            name = f"{n:0{letters(folder)}x}" if starts > 1 else ""
            yield name, dict(zip(texts, documents[begin:until].tolist(), strict=True))


def _count(folder: Path) -> int:
    return sum(pq.read_metadata(folder / f"{name}.parquet").num_rows for name, _ in _NAMED)


def _between(folder: Path, low: int, high: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The ids from one number to another in ascending order, and the numbers of their documents."""
    order = _documents(folder)
    found = [(np.empty(0, np.uint64), np.empty(0, np.int32))]
    for name, key in _NAMED:
        with pq.ParquetFile(folder / f"{name}.parquet") as file:
            for batch in file.iter_batches(columns=[key, "document_id"]):
                ids, owners = _numbers(batch.column(key)), _owners(batch["document_id"], order)
                wanted = (ids >= low) & (ids < high) & (owners >= 0)
                found.append((ids[wanted], owners[wanted]))
    every, documents = (np.concatenate(column) for column in zip(*found, strict=True))
    ascending = np.argsort(every, kind="stable")
    return every[ascending], documents[ascending]


def _documents(folder: Path) -> dict[str, int]:
    ids = pq.read_table(folder / "documents.parquet", columns=["document_id"])["document_id"]
    return {i: n for n, i in enumerate(ids.to_pylist()) if i}


def _owners(column: pa.Array[Any], order: dict[str, int]) -> NDArray[np.int32]:
    coded = column.dictionary_encode()
    names: list[Any] = coded.dictionary.to_pylist()
    numbers = np.array([order.get(i, -1) for i in names], np.int32)
    owners: NDArray[np.int32] = numbers[np.asarray(coded.indices)]
    return owners


def _numbers(ids: pa.Array[Any]) -> NDArray[np.uint64]:
    """The first letters of ids, which are hexadecimal digits, as numbers."""
    shown = ids.to_numpy(zero_copy_only=False).astype(f"S{SHOWN}")
    digits = shown.view(np.uint8).reshape(-1, SHOWN)
    values = np.where(digits > ord("9"), digits - (ord("a") - 10), digits - ord("0"))
    numbers: NDArray[np.uint64] = values.astype(np.uint64) @ (
        np.uint64(16) ** np.arange(SHOWN - 1, -1, -1, dtype=np.uint64)
    )
    return numbers
