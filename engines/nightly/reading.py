"""The reading half of a night: stored bytes to rows, each document once, results kept in the state.

A document is read again where what reads it has changed: the program, or the vocabulary of its
source. Nothing is fetched for that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import writers.packed
from engines import versions
from engines.limits import DEFAULT_LIMITS, Limits
from engines.local import Lost, default_workers, map_tasks
from engines.outcomes import Outcome, failed, lost
from engines.tasks import Task
from fetchers.archive import Archive
from fetchers.source import Address, Stored
from fetchers.state import State
from solieu.errors import UnreadableDocument
from writers.packed import Packed, pack, unpack
from writers.rows import DocumentFacts
from writers.schema import TABLES, schema

Row = dict[str, Any]

Read = Callable[[Stored], Outcome]
"""Observes one stored document; importable by name, so that a worker process can be told to."""

_AT_ONCE = 500
_MEANING = (
    "region_code", "region_name", "region_text", "metric", "metric_label", "scenario", "measure",
    "basis", "year", "period", "unit", "is_total", "method",
)  # fmt: skip
"""Columns of `observations` that say what a figure is about."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state keeps of one reading."""

    status: str
    figures: str
    rows: bytes
    count: int
    topics: bytes


@lru_cache(maxsize=1)
def readable() -> str:
    """How the mark of readings begins whose rows this program can still unpack.

    It changes when a table gets another column, or the rows are packed in another way.
    """
    said = hashlib.sha256(Path(writers.packed.__file__).read_bytes())
    said.update(repr([(name, schema(name).names) for name in TABLES]).encode())
    return said.hexdigest()[:8]


def reader(vocabulary: str = "") -> str:
    """What a reading is made by: the program, and the words of a source's own vocabulary."""
    return f"{readable()}:{versions.observing()}:{vocabulary}"


def words_in(vocabulary: Path | None) -> str:
    """A digest of a vocabulary; empty where there is none."""
    if vocabulary is None:
        return ""
    return hashlib.sha256(vocabulary.read_bytes()).hexdigest()[:12]


def figures_digest(rows: Iterable[Row]) -> str:
    """The same for documents that say the same figures in the same order."""
    names = (*_MEANING, "value", "qualifier")
    said = [[row[name] for name in names] for row in rows]
    text = json.dumps(said, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def packed(stored: Stored, read: Read) -> Kept:
    """Read one document in a worker, as the state keeps it."""
    outcome = read(stored)
    if outcome.facts.document_id != stored.digest:
        outcome = failed(DocumentFacts(stored.address, stored.digest), _damaged(stored))
        return replace(_kept(outcome), status="damaged")
    return _kept(outcome)


def _damaged(stored: Stored) -> UnreadableDocument:
    return UnreadableDocument(
        f"The archive's copy {stored.digest} is damaged. It is fetched again where the page still "
        "gives these bytes; else put it back from a backup.",
        f"Bản lưu {stored.digest} trong kho bị hỏng. Nó sẽ được tải lại nếu trang vẫn cho nội dung "
        "này; nếu không hãy khôi phục từ bản sao lưu.",
    )


def _kept(outcome: Outcome) -> Kept:
    rows = outcome.rows.observations.to_pylist()
    status = outcome.rows.documents.column("status")[0].as_py()
    if outcome.error is not None and outcome.error.status == "empty":
        status = "failed"  # nothing could be read: that says nothing about the figures
    whole = Packed(outcome.facts.media_type, outcome.rows, outcome.error, outcome.detail)
    return Kept(status, figures_digest(rows), pack(whole), len(rows), outcome.topics)


@dataclass(frozen=True, slots=True)
class Desk:
    """Reads what the archive holds and the state has no reading of."""

    state: State
    archive: Archive
    read: Read
    limits: Limits = DEFAULT_LIMITS
    workers: int | None = None
    vocabularies: Mapping[str, str] = field(default_factory=dict)
    """Digests of the sources' own vocabularies, by path."""
    broken: set[str] = field(default_factory=set)
    """Documents whose bytes were found damaged by this desk: once is enough."""

    def work(
        self,
        progress: Callable[[int, int, str], None] | None = None,
        late: Callable[[], bool] = lambda: False,
    ) -> tuple[int, int]:
        """Read every document that needs it until it is late; how many were read and were left."""
        waiting = sum(1 for _ in self._every())
        done = 0
        for stored, result in self._results(waiting):
            self._keep(stored, result)
            done += 1
            if progress:
                progress(done, waiting, stored.address)
            if late():
                break
        return done, waiting - done

    def _pending(self, *, fresh: bool) -> Iterator[Stored]:
        """Documents never read, or those read by something else than would read them now."""
        begin = ""
        while True:
            found = self.state.rows(
                "SELECT v.digest, MIN(v.run || ' ' || v.address), v.address, v.final_url, v.name,"
                " v.retrieved_at, r.reader, r.status,"
                " (SELECT s.vocabulary FROM owners o JOIN sources s ON s.name = o.source"
                "  WHERE o.address = v.address AND s.position >= 0 AND s.vocabulary IS NOT NULL"
                "  ORDER BY s.position LIMIT 1)"
                " FROM versions v LEFT JOIN readings r ON r.digest = v.digest"
                " WHERE v.role IN ('document', 'member') AND v.digest > ?"
                " AND (r.digest IS NULL) = ? GROUP BY v.digest ORDER BY v.digest LIMIT ?",
                begin,
                fresh,
                _AT_ONCE,
            )
            for digest, _, address, final, name, at, by, status, words in found:
                if digest in self.broken:
                    continue
                if status == "damaged" or by != reader(self.vocabularies.get(words or "", "")):
                    path, when = str(self.archive.path(digest)), datetime.fromisoformat(at)
                    yield Stored(path, digest, address, final, name, when, words)
            if len(found) < _AT_ONCE:
                return
            begin = found[-1][0]

    def _results(self, waiting: int) -> Iterator[tuple[Stored, Kept]]:
        if self.workers == 0:
            yield from ((stored, packed(stored, self.read)) for stored in self._every())
            return
        given: dict[int, Stored] = {}
        results = map_tasks(
            partial(packed, read=self.read),
            self._noted(given),
            workers=min(self.workers or default_workers(), waiting or 1),
            limits=self.limits,
        )
        for index, result in results:
            stored = given.pop(index)
            if isinstance(result, Lost):
                outcome = lost(Task(Address(stored.address), (), stored.digest), result)
                yield stored, _kept(outcome)
            else:
                yield stored, result

    def _every(self) -> Iterator[Stored]:
        """New documents before those to be read again."""
        yield from self._pending(fresh=True)
        yield from self._pending(fresh=False)

    def _noted(self, given: dict[int, Stored]) -> Iterator[Stored]:
        for number, stored in enumerate(self._every()):
            given[number] = stored
            yield stored

    def _keep(self, stored: Stored, result: Kept) -> None:
        digest, by = stored.digest, reader(self.vocabularies.get(stored.vocabulary or "", ""))
        if result.status == "damaged":
            self.broken.add(digest)
        with self.state.step() as db:
            db.execute("DELETE FROM written WHERE digest = ?", (digest,))
            db.execute(
                "INSERT OR REPLACE INTO topics VALUES (?, ?, ?)",
                (digest, result.count, result.topics),
            )
            db.execute(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)",
                (digest, by, result.status, result.figures, result.rows),
            )


def kept_rows(state: State, digest: str) -> Packed | None:
    """The reading of a document, where its rows are kept in a way that can still be unpacked."""
    found = state.rows(
        "SELECT rows FROM readings WHERE digest = ? AND reader LIKE ? || '%'", digest, readable()
    )
    return unpack(found[0][0]) if found and found[0][0] else None
