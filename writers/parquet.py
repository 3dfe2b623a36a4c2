"""Rows to Parquet files that are whole or not there.

Every file is written under a temporary name, flushed to the disk and moved when the run is
complete: a killed run leaves the last good output as it was. The same rows give the same bytes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from writers.rows import Rows
from writers.schema import TABLES, empty, schema

ROW_GROUP = 16_384
"""Rows that are written together, and wait in memory until there are so many."""
WIDE_ROW_GROUP = 4_096
"""The same for findings, which carry sentences."""
STAGING = ".incomplete"
_LOOSE = 64
"""Small tables that wait before they are copied into one: each holds on to what it was cut from."""


class _Waiting:
    """Rows of one table on their way into its file, in groups of one size."""

    def __init__(self, name: str, path: Path) -> None:
        self._size = WIDE_ROW_GROUP if name == "findings" else ROW_GROUP
        self._name = name
        self._file = pq.ParquetWriter(path, schema(name), compression="zstd", version="2.6")
        self._firm: list[pa.Table] = []
        self._loose: list[pa.Table] = []
        self._count = 0

    def add(self, rows: pa.Table) -> None:
        if not rows.num_rows:
            return
        self._loose.append(rows)
        self._count += rows.num_rows
        if len(self._loose) > _LOOSE:
            self._firm.append(self._joined(self._loose))
            self._loose = []
        if self._count >= self._size:
            self._write(self._count - self._count % self._size)

    def _joined(self, tables: list[pa.Table]) -> pa.Table:
        return pa.concat_tables([empty(self._name), *tables]).combine_chunks()

    def _write(self, count: int) -> None:
        """Write the first rows that wait, keep the others."""
        rows = self._joined([*self._firm, *self._loose])
        self._file.write_table(rows.slice(0, count), row_group_size=self._size)
        self._count -= count
        self._firm, self._loose = [], []
        if self._count:
            self._firm = [_copied(rows.slice(count))]
        pa.default_memory_pool().release_unused()

    def close(self) -> None:
        if self._count:
            self._write(self._count)
        self._file.close()

    def drop(self) -> None:
        """Close the file, whatever is in it."""
        self._file.close()


def _copied(rows: pa.Table) -> pa.Table:
    """A slice would hold on to all that was written; `take` imports pandas."""
    (batch,) = rows.combine_chunks().to_batches()
    return pa.Table.from_batches([pa.ipc.read_record_batch(batch.serialize(), rows.schema)])


class OutputFolder:
    """The tables of a run, row by row; `commit` moves them into place together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / STAGING
        self._open: dict[str, _Waiting] = {}

    def __enter__(self) -> Self:
        _use_thrifty_memory()
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.mkdir(parents=True)
        self._open = {name: _Waiting(name, self._path(name)) for name in TABLES}
        return self

    def _path(self, name: str) -> Path:
        return self._staging / f"{name}.parquet"

    def add(self, rows: Rows) -> None:
        for name in TABLES:
            self._open[name].add(getattr(rows, name))

    def add_findings(self, rows: pa.Table) -> None:
        """Findings that no single document gives."""
        self._open["findings"].add(rows)

    def completed(self, name: str) -> Path:
        """The file of one table, complete and readable; nothing can be added to it any more."""
        self._open.pop(name).close()
        return self._path(name)

    @property
    def staging(self) -> Path:
        """Where files wait that belong to the run: written here, they are moved by `commit`."""
        return self._staging

    def finish(self) -> None:
        """Complete the tables in the staging folder; they can be read there from now on."""
        for name in list(self._open):
            self.completed(name)

    def commit(self) -> list[Path]:
        """Move everything into place: from here on the new output stands. The files it is in."""
        self.finish()
        within = (path.relative_to(self._staging) for path in self._staging.rglob("*"))
        files = sorted(path for path in within if (self._staging / path).is_file())
        tables = [path for path in files if len(path.parts) == 1]
        for path in tables:
            # The many small files of the report can be made again from the tables.
            _flush_to_disk(self._staging / path)
        for path in tables:
            (self._staging / path).replace(self._folder / path)
        for name in sorted({path.parts[0] for path in files if len(path.parts) > 1}):
            self._replace_folder(name)
        return [self._folder / path for path in files]

    def _replace_folder(self, name: str) -> None:
        """As a whole: ten thousand files one by one take half a minute on a busy disk."""
        goal = self._folder / name
        if goal.exists():
            goal.rename(self._staging / f"{name}.last")  # removed with the rest of the staging
        (self._staging / name).rename(goal)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for waiting in self._open.values():
            waiting.drop()
        shutil.rmtree(self._staging, ignore_errors=True)


def _use_thrifty_memory() -> None:
    """Give freed memory back: Arrow's usual allocator keeps hundreds of megabytes of a long run."""
    try:
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    except NotImplementedError:  # not built in everywhere
        pa.set_memory_pool(pa.system_memory_pool())


def _flush_to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
