"""The reading half of a night: new bytes to rows, each document once, results kept in the state."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial

from engines import versions
from engines.limits import DEFAULT_LIMITS, Limits
from engines.local import Lost, default_workers, map_tasks
from engines.nightly import revised
from engines.outcomes import Outcome, failed, lost
from engines.tasks import Task
from fetchers.archive import Archive
from fetchers.source import Address, Stored
from fetchers.state import State
from solieu.errors import UnreadableDocument
from writers.packed import Packed, pack, unpack
from writers.rows import DocumentFacts
from writers.schema import TABLES, schema

Read = Callable[[Stored], Outcome]
"""Observes one stored document; importable by name, so that a worker process can be told to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the state keeps of one reading."""

    status: str
    figures: str
    rows: bytes


def reader() -> str:
    """What a reading was made by, and the columns that it fills."""
    return f"{versions.observing()}:{columns()}"


@lru_cache(maxsize=1)
def columns() -> str:
    """Changes when a table gets another column: rows kept before no longer fit."""
    said = [(name, schema(name).names) for name in TABLES]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:8]


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
    return Kept(status, revised.digest(rows), pack(whole))


@dataclass(frozen=True, slots=True)
class Desk:
    """Reads what the archive holds and the state has no reading of."""

    state: State
    archive: Archive
    read: Read
    limits: Limits = DEFAULT_LIMITS
    workers: int | None = None

    def work(
        self,
        runs: Sequence[str],
        progress: Callable[[int, int, str], None] | None = None,
        late: Callable[[], bool] = lambda: False,
    ) -> int:
        """Read every document that needs it until it is late; how many were read."""
        waiting = list(self.pending(runs))
        done = 0
        for stored, result in self._results(waiting):
            self._keep(stored.digest, result)
            done += 1
            if progress:
                progress(done, len(waiting), stored.address)
            if late():
                break
        return done

    def pending(self, runs: Sequence[str]) -> Iterator[Stored]:
        """Documents never read, read before a column was added, or to be compared by one reader."""
        found = self.state.rows(
            "SELECT v.digest, v.address, v.final_url, v.name, v.retrieved_at,"
            " (SELECT s.vocabulary FROM owners o JOIN sources s ON s.name = o.source"
            "  WHERE o.address = v.address AND s.position >= 0 AND s.vocabulary IS NOT NULL"
            "  ORDER BY s.position LIMIT 1)"
            " FROM versions v LEFT JOIN readings r ON r.digest = v.digest"
            " WHERE v.role IN ('document', 'member') AND ("
            "  r.digest IS NULL"
            "  OR r.status = 'damaged'"
            "  OR (r.rows IS NOT NULL AND r.reader NOT LIKE ?)"
            "  OR (r.reader != ? AND (r.status = 'failed' OR v.address IN ("
            "    SELECT address FROM versions WHERE run IN (SELECT value FROM json_each(?)))))"
            " ) ORDER BY v.run, v.address",
            f"%:{columns()}",
            reader(),
            json.dumps(list(runs)),
        )
        seen: set[str] = set()
        for digest, address, final, name, at, words in found:
            if digest not in seen:
                seen.add(digest)
                when = datetime.fromisoformat(at)
                path = str(self.archive.path(digest))
                yield Stored(path, digest, address, final, name, when, words)

    def _results(self, waiting: Sequence[Stored]) -> Iterator[tuple[Stored, Kept]]:
        if self.workers == 0:
            yield from ((stored, packed(stored, self.read)) for stored in waiting)
            return
        results = map_tasks(
            partial(packed, read=self.read),
            waiting,
            workers=min(self.workers or default_workers(), len(waiting) or 1),
            limits=self.limits,
        )
        for index, result in results:
            stored = waiting[index]
            if isinstance(result, Lost):
                outcome = lost(Task(Address(stored.address), (), stored.digest), result)
                yield stored, _kept(outcome)
            else:
                yield stored, result

    def _keep(self, digest: str, result: Kept) -> None:
        with self.state.step() as db:
            db.execute(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)",
                (digest, reader(), result.status, result.figures, result.rows),
            )


def kept_rows(state: State, digest: str) -> Packed | None:
    """The reading of a document, where its rows are kept."""
    found = state.rows("SELECT rows FROM readings WHERE digest = ?", digest)
    return unpack(found[0][0]) if found and found[0][0] else None
