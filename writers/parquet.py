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
from writers.schema import TABLES, schema

ROW_GROUP = 16_384
"""Rows that wait in memory at most; findings carry sentences, so these are some ten megabytes."""
STAGING = ".incomplete"
_LOOSE = 64
"""Small tables that wait before they are copied into one: each holds on to what it was cut from."""


class OutputFolder:
    """The tables of a run, row by row; `commit` moves them into place together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / STAGING
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
        self._counts: dict[str, int] = dict.fromkeys(TABLES, 0)

    def __enter__(self) -> Self:
        _use_thrifty_memory()
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.mkdir(parents=True)
        self._writers = {name: self._writer(name) for name in TABLES}
        return self

    def _writer(self, name: str) -> pq.ParquetWriter:
        path = self._staging / f"{name}.parquet"
        return pq.ParquetWriter(path, schema(name), compression="zstd", version="2.6")

    def add(self, rows: Rows) -> None:
        for name in TABLES:
            table: pa.Table = getattr(rows, name)
            if table.num_rows:
                self._waiting[name].append(table)
                self._counts[name] += table.num_rows
                if len(self._waiting[name]) > _LOOSE:
                    self._waiting[name] = [pa.concat_tables(self._waiting[name]).combine_chunks()]
                if self._counts[name] >= ROW_GROUP:
                    self._flush(name)

    def _flush(self, name: str) -> None:
        if self._waiting[name]:
            self._writers[name].write_table(
                pa.concat_tables(self._waiting[name]).combine_chunks(), row_group_size=ROW_GROUP
            )
        self._waiting[name], self._counts[name] = [], 0
        pa.default_memory_pool().release_unused()

    def add_findings(self, rows: pa.Table) -> None:
        """Findings that no single document gives."""
        self._waiting["findings"].append(rows)

    def completed(self, name: str) -> Path:
        """The file of one table, complete and readable; nothing can be added to it any more."""
        self._flush(name)
        self._writers.pop(name).close()
        return self._staging / f"{name}.parquet"

    @property
    def staging(self) -> Path:
        """Where files wait that belong to the run: written here, they are moved by `commit`."""
        return self._staging

    def finish(self) -> None:
        """Complete the tables in the staging folder; they can be read there from now on."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()
        self._writers = {}

    def commit(self) -> list[Path]:
        """Move everything into place: from here on the new output stands. The files it is in."""
        self.finish()
        files = sorted(p for p in self._staging.rglob("*") if p.is_file())
        for path in files:
            # The many small files of the report can be made again from the tables.
            if path.parent == self._staging:
                _flush_to_disk(path)
        goals = [self._folder / path.relative_to(self._staging) for path in files]
        for path, goal in zip(files, goals, strict=True):
            goal.parent.mkdir(parents=True, exist_ok=True)
            path.replace(goal)
        _remove_others(self._folder, goals)
        return goals

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for writer in self._writers.values():
            writer.close()
        shutil.rmtree(self._staging, ignore_errors=True)


def _use_thrifty_memory() -> None:
    """Give freed memory back: Arrow's usual allocator keeps hundreds of megabytes of a long run."""
    try:
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    except NotImplementedError:  # not built in everywhere
        pa.set_memory_pool(pa.system_memory_pool())


def _remove_others(folder: Path, files: list[Path]) -> None:
    """Files of an earlier run in the folders of this one: documents that are no longer there."""
    ours = set(files)
    for name in {path.relative_to(folder).parts[0] for path in files if path.parent != folder}:
        for path in (folder / name).rglob("*"):
            if path.is_file() and path not in ours:
                path.unlink()


def _flush_to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
