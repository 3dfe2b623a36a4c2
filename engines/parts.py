"""The dataset in parts: one Parquet file per table and shard, in any store that fsspec knows.

A shard is a few hundred documents, named by their digests and by what reads them. Its rows are
written in one go, `documents` last: where that file is, the shard is done, whoever did it. A part
that two workers write is written twice with the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engines.outcomes import Outcome, each_once
from engines.tasks import Task
from solieu.errors import DocumentError, NoText, OutputError
from writers.rows import DocumentFacts, Rows
from writers.schema import TABLES, empty

MOST_DOCUMENTS = 200
LEAST_DOCUMENTS = 20
SHARDS = 64
"""A smaller plan is cut into about so many, so that all workers have some."""
BYTES_PER_SHARD = 50_000_000
_DETAILS = "details"
_DETAIL_FIELDS: list[pa.Field[Any]] = [
    pa.field("document_id", pa.string()),
    pa.field("detail", pa.string()),
    pa.field("topics", pa.binary()),
]
_DETAIL_SCHEMA = pa.schema(_DETAIL_FIELDS)
_WRITTEN = (*(name for name in TABLES if name != "documents"), _DETAILS, "documents")
"""In this order: what is written last says that the rest is there."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents that one worker reads in one go."""

    name: str
    tasks: tuple[Task, ...]

    def singly(self) -> list[Shard]:
        """One shard per document, to find out which of them kills workers."""
        return [Shard(f"{self.name}-{n}", (task,)) for n, task in enumerate(self.tasks)]


def shards(tasks: Sequence[Task], version: str) -> list[Shard]:
    """Cut the plan into shards; the same documents and version give the same names."""
    found: list[Shard] = []
    waiting: list[Task] = []
    size = 0
    most = min(MOST_DOCUMENTS, max(LEAST_DOCUMENTS, len(tasks) // SHARDS))
    for task in tasks:
        if waiting and (len(waiting) >= most or size + task.size > BYTES_PER_SHARD):
            found.append(_shard(waiting, version))
            waiting, size = [], 0
        waiting.append(task)
        size += task.size
    return [*found, _shard(waiting, version)] if waiting else found


def _shard(tasks: Sequence[Task], version: str) -> Shard:
    digest = hashlib.sha256(version.encode())
    for task in tasks:
        digest.update(task.mark().encode(errors="surrogatepass"))
    return Shard(digest.hexdigest()[:24], tuple(tasks))


class Store:
    """A folder of parts: a path, or an address like s3://bucket/folder.

    Raises:
        OutputError: from every method, where the store cannot be reached or written to.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        with _told(address):
            fsspec: Any = import_module("fsspec")  # of the extra
            self._system, self._root = fsspec.core.url_to_fs(address)

    def _path(self, table: str, shard: str) -> str:
        return f"{self._root}/{table}/part-{shard}.parquet"

    def check(self) -> None:
        """Write and remove a small file, so that missing rights are told before any work."""
        probe = f"{self._root}/.writable"
        with _told(self.address):
            self._put(probe, b"?")
            self._system.rm_file(probe)

    def done(self) -> set[str]:
        """Names of the shards whose rows are all there."""
        with _told(self.address):
            self._system.invalidate_cache()
            paths = self._system.glob(f"{self._root}/documents/part-*.parquet")
        return {str(path).rpartition("/part-")[2].removesuffix(".parquet") for path in paths}

    def write(self, shard: str, outcomes: Iterable[Outcome]) -> None:
        """Put the rows of a shard in place."""
        kept = list(each_once(outcomes))
        tables = {
            name: pa.concat_tables([empty(name), *(getattr(o.rows, name) for o in kept)])
            for name in TABLES
        }
        details = [
            {"document_id": o.facts.document_id, "detail": o.detail, "topics": o.topics}
            for o in kept
        ]
        tables[_DETAILS] = pa.Table.from_pylist(details, schema=_DETAIL_SCHEMA)
        with _told(self.address):
            for name in _WRITTEN:
                self._put(self._path(name, shard), _parquet(tables[name]))

    def read(self, shard: str) -> list[Outcome]:
        """The outcomes of a shard that is done, in its order."""
        with _told(self.address):
            tables = {
                name: pq.read_table(io.BytesIO(self._system.cat_file(self._path(name, shard))))
                for name in _WRITTEN
            }
        return list(_outcomes(tables))

    def keep_only(self, shards: Container[str]) -> None:
        """Remove the parts of other documents and other versions."""
        for path in self._system.glob(f"{self._root}/*/part-*.parquet"):
            if str(path).rpartition("/part-")[2].removesuffix(".parquet") not in shards:
                self._system.rm_file(path)

    def _put(self, path: str, data: bytes) -> None:
        """Whole or not at all: object stores put files in place at once, disks by renaming."""
        if "file" not in _protocols(self._system):
            self._system.pipe_file(path, data)
            return
        draft = f"{path}.{hashlib.sha256(data).hexdigest()[:8]}.tmp"
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(draft, data)
        self._system.mv(draft, path)


def _protocols(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, ImportError) as error:  # each store has errors of its own
        known = error if isinstance(error, OSError) else OSError(str(error))
        raise OutputError.of(address, known) from error


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", version="2.6")
    return sink.getvalue()


def _outcomes(tables: dict[str, pa.Table]) -> Iterator[Outcome]:
    where = {name: _runs(tables[name]) for name in TABLES if name != "documents"}
    for n, row in enumerate(tables["documents"].to_pylist()):
        rows = {
            name: tables[name].slice(*where[name].get(row["document_id"] or "", (0, 0)))
            for name in where
        }
        facts = DocumentFacts(
            row["source"],
            row["document_id"],
            row["final_url"],
            row["media_type"],
            row["retrieved_at"],
            tuple(row["also_at"]),
        )
        documents = tables["documents"].slice(n, 1)
        detail, topics = (tables[_DETAILS][name][n].as_py() for name in ("detail", "topics"))
        yield Outcome(facts, Rows(documents, **rows), _error(row), detail, topics)


def _runs(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Document to the offset and number of its rows, which stand together."""
    runs: dict[str, tuple[int, int]] = {}
    start = 0
    for document_id, group in groupby(table["document_id"].to_pylist()):
        count = sum(1 for _ in group)
        runs[str(document_id)] = (start, count)
        start += count
    return runs


def _error(row: dict[str, Any]) -> DocumentError | None:
    if row["error"] is None:
        return None
    kind = NoText if row["status"] == NoText.status else DocumentError
    return kind(row["error"], row["error_vi"])
