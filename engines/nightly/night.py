"""One night over many portals: fetch, read what is new, write the tables, say what changed.

Everything that is decided is in the state before it is acted on, so a night that is killed and
started again ends with the same files as one that was left alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from engines.limits import DEFAULT_LIMITS, Limits
from engines.local import default_workers
from engines.lock import FolderLock
from engines.nightly import tables
from engines.nightly.corrections import heed
from engines.nightly.fetching import Crawl, Scope, Sniff
from engines.nightly.log import Log
from engines.nightly.manifest import Manifest, manifest
from engines.nightly.reading import Desk, Read, words_in
from engines.nightly.tables import known_vintages
from fetchers.archive import Archive, put
from fetchers.clock import Clock, SystemClock
from fetchers.config import Config
from fetchers.failures import OutOfSpace
from fetchers.guard import Resolve, system_resolve
from fetchers.reopening import open_state
from fetchers.state import Damaged, State
from fetchers.web import Event, Manners, Web
from solieu.corrections import NAME as CORRECTIONS
from solieu.corrections import Corrections
from solieu.errors import OutputError
from writers.corrected import astray

RESUME_SECONDS = 12 * 3600.0
"""A run that broke off longer ago belongs to another night."""
SHOWN_EVERY = 0.2
"""Seconds between two looks at how far it has come: counting costs more than it tells."""
KEEP_REQUESTS = 60
"""Runs whose single requests are remembered."""

NO_CORRECTIONS = Corrections()

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How one night is run."""

    scope: Scope = field(default_factory=Scope)
    minutes: float | None = None
    workers: int | None = None
    limits: Limits = DEFAULT_LIMITS
    corrections: Corrections = NO_CORRECTIONS
    """What `read` of the surroundings applies."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a night stands on: clocks, names, readers. Tests bring their own."""

    read: Read
    sniff: Sniff
    clock: Clock = field(default_factory=SystemClock)
    resolve: Resolve = system_resolve
    progress: Progress | None = None


def run(config: Config, folder: Path, options: Options, around: Surroundings) -> Manifest:
    """Run one night into `folder`; what happened.

    Raises:
        UsageError: another run writes into `folder`.
        OutputError: the disk is full or not writable; everything so far is kept.
    """
    with FolderLock(folder):
        archive = Archive(folder / "archive")
        try:
            archive.open()
            state, mended = open_state(folder, archive)
            try:
                return _Night(config, folder, options, around, archive, state).run(mended)
            finally:
                state.close()
        except OutOfSpace as error:
            raise OutputError.of(folder, OSError(0, error.reason)) from error
        except Damaged as error:
            raise OutputError(
                f"The memory of earlier runs is damaged ({error}). Run again: it is made anew "
                "from the archive.",
                f"Bộ nhớ các lần chạy trước bị hỏng ({error}). Hãy chạy lại: nó sẽ được dựng lại "
                "từ kho lưu trữ.",
            ) from error
        except OSError as error:
            raise OutputError.of(folder, error) from error


@dataclass(slots=True)
class _Night:
    config: Config
    folder: Path
    options: Options
    around: Surroundings
    archive: Archive
    state: State

    def run(self, mended: str | None) -> Manifest:
        if mended:
            self._recall()
        run, resumed = self.state.begin_run(self.around.clock.now(), resume_within=RESUME_SECONDS)
        runs = self.folder / "runs"
        runs.mkdir(exist_ok=True)
        with Log(runs / f"{stem(run)}.jsonl", self.around.clock) as log:
            log.tell("begin", {"run": run, "resumed": resumed, "mended": mended})
            notes = list(_begun(mended, resumed=resumed))
            self._enter_sources()
            heed(self.state, self.folder, self.options.corrections)
            started = self.around.clock.steady()
            fetched = self._fetch(run, log, notes)
            read, left = self._desk().work(self.around.progress, self._late(self._left(started)))
            if left:
                notes.append(
                    (
                        f"{left} documents wait to be read by the next run",
                        f"{left} tài liệu chờ lần chạy sau đọc",
                    )
                )
            told = {"complete": fetched and not left, "documents_read": read}
            return self._write(run, log, told, notes)

    def _desk(self) -> Desk:
        paths = {s.vocabulary for s in self.config.sources if s.vocabulary}
        return Desk(
            self.state, self.archive, self.around.read, self.options.limits, self.options.workers,
            {str(path): words_in(path) for path in paths},
        )  # fmt: skip

    def _recall(self) -> None:
        """After the state was made anew: what the last output tells and the archive does not."""
        path = self.folder / "vintages.parquet"
        standing = list(known_vintages(path)) if path.is_file() else []
        with self.state.step() as db:
            db.executemany(
                "UPDATE addresses SET seen_run = MAX(seen_run, ?), vanished_run = ?"
                " WHERE address = ?",
                [(seen, gone, address) for address, seen, gone in standing],
            )
            for (run,) in db.execute("SELECT run FROM runs").fetchall():
                if not (self.folder / "runs" / f"{stem(run)}.json").is_file():
                    db.execute("UPDATE runs SET state = 'abandoned' WHERE run = ?", (run,))

    def _late(self, left: float | None) -> Callable[[], bool]:
        if left is None:
            return lambda: False
        ends = self.around.clock.steady() + left
        return lambda: self.around.clock.steady() >= ends

    def _left(self, started: float) -> float | None:
        """Seconds left for reading: at least a tenth of what was given for the whole."""
        if self.options.minutes is None:
            return None
        whole = self.options.minutes * 60
        return max(whole - (self.around.clock.steady() - started), whole / 10)

    def _enter_sources(self) -> None:
        with self.state.step() as db:
            db.execute("UPDATE sources SET position = -1")
            db.executemany(
                "INSERT INTO sources VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
                " SET position = excluded.position, rules = excluded.rules,"
                " labels = excluded.labels, vocabulary = excluded.vocabulary",
                [
                    (
                        s.name,
                        s.position,
                        s.digest,
                        json.dumps(s.labels, ensure_ascii=False),
                        str(s.vocabulary) if s.vocabulary else None,
                    )
                    for s in self.config.sources
                ],
            )

    def _fetch(self, run: str, log: Log, notes: list[tuple[str, str]]) -> bool:
        def heard(event: Event) -> None:
            at = self.around.clock.now().isoformat()
            self.state.log_request(run, at, event)
            log.tell("request", {
                "address": event.url, "status": event.status, "bytes": event.bytes,
                "seconds": round(event.seconds, 3), "conditional": event.conditional,
                "note": event.note or None,
            })  # fmt: skip

        web = Web(
            manners(self.config),
            private_hosts=self.config.private_hosts,
            resolve=self.around.resolve,
            clock=self.around.clock,
            tell=heard,
        )
        crawl = Crawl(
            self.config, self.state, self.archive, web, self.around.sniff, run,
            self._teller(run, log),
        )  # fmt: skip
        minutes = self.options.minutes
        try:
            crawl.plan(self.options.scope)
            return crawl.fetch(seconds=None if minutes is None else minutes * 60)
        finally:
            web.close()
            notes += [
                (
                    f"{source}: max_documents left out {count} links",
                    f"{source}: max_documents bỏ lại {count} liên kết",
                )
                for source, count in sorted(crawl.cut.items())
            ]

    def _teller(self, run: str, log: Log) -> Callable[[str, dict[str, object]], None]:
        last = 0.0

        def tell(event: str, facts: dict[str, object]) -> None:
            nonlocal last
            log.tell(event, facts)
            now = self.around.clock.steady()
            if self.around.progress and now - last > SHOWN_EVERY:
                last = now
                done, planned = self.state.counts(run)
                self.around.progress(done, planned, str(facts.get("address", "")))

        return tell

    def _write(
        self, run: str, log: Log, told: dict[str, Any], notes: list[tuple[str, str]]
    ) -> Manifest:
        untold = self.state.untold_runs(run)
        written = tables.write(self.state, self.folder, untold, self._processes())
        notes += [
            (f"{CORRECTIONS}, line {line}: {en}", f"{CORRECTIONS}, dòng {line}: {vi}")
            for line, en, vi in astray(self.folder, self.options.corrections)
        ]
        told |= {"notes": [en for en, _ in notes], "notes_vi": [vi for _, vi in notes]}
        made = manifest(self.state, self.config, run, self.around.clock.now(), written, told)
        text = json.dumps(made.facts, ensure_ascii=False, indent=2) + "\n"
        runs = self.folder / "runs"
        changes = (self.folder / "changes.parquet").read_bytes()
        put(runs / f"{stem(run)}.changes.parquet", changes)
        put(runs / f"{stem(run)}.json", text.encode())
        self.state.end_run(run, complete=made.complete, keep_requests=KEEP_REQUESTS)
        end = {"run": run, "complete": made.complete, "failures": len(made.failures)}
        log.tell("end", end)
        return made

    def _processes(self) -> int:
        return default_workers() if self.options.workers is None else self.options.workers


def _begun(mended: str | None, *, resumed: bool) -> Iterator[tuple[str, str]]:
    if mended:
        yield (
            f"the memory of earlier runs was made anew: {mended}",
            f"bộ nhớ các lần chạy trước đã được dựng lại: {mended}",
        )
    if resumed:
        yield "a run that broke off was continued", "đã chạy tiếp một lần chạy bị ngắt"


def manners(config: Config) -> Manners:
    """How the configuration wants the web to be asked."""
    return Manners(
        config.user_agent,
        delay=2.0,
        max_bytes=config.max_bytes,
        deadline=config.deadline,
        attempts=config.attempts,
        retry_wait=config.retry_seconds,
        delays=config.delays,
    )


def stem(run: str) -> str:
    """The name of a run's files: 2026-11-21T18-00-00Z.

    >>> stem("2026-11-21T18:00:00+00:00")
    '2026-11-21T18-00-00Z'
    """
    return datetime.fromisoformat(run).strftime("%Y-%m-%dT%H-%M-%SZ")


def dry_run(config: Config, folder: Path, scope: Scope) -> list[dict[str, Any]]:
    """What a night would ask first, without asking or writing anything."""
    known: dict[str, int] = {}
    path = folder / "state.sqlite"
    if path.is_file():
        state = State(path)
        found = state.rows(
            "SELECT o.source, COUNT(*) FROM owners o JOIN addresses a ON a.address = o.address"
            " WHERE a.role = 'document' GROUP BY o.source"
        )
        known = dict(found)
        state.close()
    return [
        {
            "source": s.name,
            "kind": s.kind,
            "start": list(s.start),
            "known_documents": known.get(s.name, 0),
            "delay_seconds": s.delay_seconds,
        }
        for s in config.sources
        if scope.covers(s)
    ]
