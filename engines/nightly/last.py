"""What the last output holds: rows that need not be made again, while its files stand untouched."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from sqlite3 import Connection as Db
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fetchers.state import State
from writers.schema import TABLES, empty, schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 4_096
"""Rows in memory at one time."""
_FILES = (*(f"{name}.parquet" for name in TABLES), "datapackage.json", "report/index.html")


@dataclass(frozen=True, slots=True)
class Record:
    """What is noted of an output once it is in place."""

    mark: str
    """Of all that it holds but `last_seen`."""
    own_findings: int
    """Findings of single documents, which stand before those between documents."""
    counts: dict[str, Any]


def remember(state: State, folder: Path, record: Record, places: Callable[[Db], None]) -> None:
    """Note the output in `folder`; `places` notes in the same step which rows it holds."""
    facts = {**asdict(record), "files": _states(folder), "columns": _columns()}
    with state.step() as db:
        places(db)
        db.execute("INSERT OR REPLACE INTO output VALUES ('last', ?)", (json.dumps(facts),))


def recall(state: State, folder: Path) -> Record | None:
    """The record of the output that stands, where every file of it is as it was written."""
    found = state.rows("SELECT value FROM output WHERE name = 'last'")
    if not found:
        return None
    facts = json.loads(found[0][0])
    if facts.pop("files") != _states(folder) or facts.pop("columns") != _columns():
        return None
    return Record(**facts)


def _columns() -> list[list[str]]:
    return [list(schema(name).names) for name in TABLES]


def _states(folder: Path) -> dict[str, list[int] | None]:
    return {name: _file_state(folder / name) for name in _FILES}


def _file_state(path: Path) -> list[int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def carry(path: Path, goal: Path) -> bool:
    """Have the same file stand at `goal` as well; whether there is one."""
    if not path.is_file():
        return False
    goal.parent.mkdir(parents=True, exist_ok=True)
    goal.unlink(missing_ok=True)
    try:
        os.link(path, goal)
    except OSError:  # not every file system has links
        shutil.copy2(path, goal)
    return True


class LastTables:
    """The tables of the last output, read once from their beginning, some documents at a time."""

    def __init__(self, folder: Path, own_findings: int) -> None:
        self._folder = folder
        self._most = {"findings": own_findings}
        self._open = ExitStack()
        self._tables: dict[str, _Table] = {}

    def __enter__(self) -> Self:
        ids = pq.read_table(self._folder / "documents.parquet", columns=["document_id"])
        known = ids["document_id"].combine_chunks()
        for name in TABLES:
            file = self._open.enter_context(pq.ParquetFile(self._folder / f"{name}.parquet"))
            self._tables[name] = _Table(file, name, known, self._most.get(name))
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def take(self, name: str, first: int, end: int) -> Iterator[pa.Table]:
        """Rows of the documents from place `first` to before `end`; places may only grow."""
        return self._tables[name].take(first, end)


@dataclass(slots=True)
class _Table:
    file: pq.ParquetFile
    name: str
    documents: pa.Array[Any]
    most: int | None
    _batches: Iterator[pa.RecordBatch] = field(init=False)
    _rows: pa.Table | None = None
    _places: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    _count: int = 0

    def __post_init__(self) -> None:
        self._batches = self.file.iter_batches(_BATCH)

    def take(self, first: int, end: int) -> Iterator[pa.Table]:
        while (rows := self._rows or self._next()) is not None:
            low, high = (int(n) for n in np.searchsorted(self._places, (first, end)))
            if low < high:
                yield rows.slice(low, high - low)
            if high < rows.num_rows:
                return
            self._rows = None

    def _next(self) -> pa.Table | None:
        batch = next(self._batches, None)
        if batch is None or (self.most is not None and self._count >= self.most):
            return None
        if self.most is not None:
            batch = batch.slice(0, self.most - self._count)
        self._count += batch.num_rows
        self._rows = pa.Table.from_arrays(batch.columns, schema=schema(self.name))
        places = pc.index_in(batch.column("document_id"), self.documents)
        self._places = places.to_numpy(zero_copy_only=False).astype(np.int64)
        return self._rows


def joined(pieces: Iterator[pa.Table], name: str) -> pa.Table:
    """The pieces as one table."""
    return pa.concat_tables([empty(name), *pieces])


def spans(places: Sequence[int | None], most: int) -> Iterator[tuple[int, int]]:
    """Where stretches begin and end whose places follow each other; others stand alone.

    >>> list(spans([0, 1, None, 2, 5], 100))
    [(0, 2), (2, 3), (3, 4), (4, 5)]
    """
    begin = 0
    for n in range(1, len(places) + 1):
        if n == len(places) or n - begin >= most or not _follows(places[n - 1], places[n]):
            yield begin, n
            begin = n


def _follows(before: int | None, after: int | None) -> bool:
    return before is not None and after == before + 1
