"""What the nightly job remembers, in SQLite: every step is one transaction.

A run that is killed between two steps finds, when it starts again, exactly the steps that were
finished. Bytes go into the archive before the step that names them.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from fetchers.archive import Version
from fetchers.failures import OutOfSpace
from fetchers.web import Event
from fetchers.work import NOTHING, Brought, Done, Known, Link, Work


class Damaged(Exception):
    """The database cannot be read; it can be made anew from the archive."""


class State:
    """The database of one output folder; safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        with told(path):
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            try:
                self._prepare()
            except (sqlite3.DatabaseError, Damaged):
                self._db.close()
                raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA busy_timeout = 10000")
        found = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if found[0] != "ok":
            raise Damaged(str(found[0]))
        self._db.executescript((files("fetchers") / "state.sql").read_text(encoding="utf-8"))

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def step(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it happens, or nothing."""
        with self._lock, told(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, told(self.path):
            return self._db.execute(query, values).fetchall()

    def stream(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, some at a time; nothing may write meanwhile."""
        cursor = self._db.execute(query, values)
        while rows := cursor.fetchmany(500):
            yield from rows

    # runs

    def begin_run(self, now: datetime, *, resume_within: float) -> tuple[str, bool]:
        """The run to work on and whether it was begun before.

        An open run that began less than `resume_within` seconds ago goes on. Times of runs only
        ever go forward, also where the machine's clock was set back.
        """
        with self.step() as db:
            last = db.execute("SELECT run, state FROM runs ORDER BY run DESC LIMIT 1").fetchone()
            if last and last[1] == "open":
                age = (now - datetime.fromisoformat(last[0])).total_seconds()
                if age < resume_within:
                    db.execute("UPDATE runs SET attempts = attempts + 1 WHERE run = ?", (last[0],))
                    return last[0], True
                db.execute("UPDATE runs SET state = 'abandoned' WHERE run = ?", (last[0],))
            run = _after(now, last[0] if last else None)
            db.execute("INSERT INTO runs (run, state, attempts) VALUES (?, 'open', 1)", (run,))
            return run, False

    def end_run(self, run: str, *, complete: bool, keep_requests: int) -> None:
        """The outputs of the run stand; abandoned runs before it are told with it."""
        with self.step() as db:
            db.execute(
                "UPDATE runs SET state = 'written', complete = ? WHERE run = ?", (complete, run)
            )
            db.execute("UPDATE runs SET state = 'written' WHERE state = 'abandoned'")
            db.execute("DELETE FROM work WHERE run < ?", (run,))
            db.execute(
                "DELETE FROM requests WHERE run NOT IN"
                " (SELECT run FROM runs ORDER BY run DESC LIMIT ?)",
                (keep_requests,),
            )

    def untold_runs(self, run: str) -> list[str]:
        """This run and the abandoned ones whose discoveries no output has told yet."""
        return [r for (r,) in self.rows("SELECT run FROM runs WHERE state != 'written'")] or [run]

    def counts(self, run: str) -> tuple[int, int]:
        """Pieces of work that are done, and all of them."""
        ((done, planned),) = self.rows(
            "SELECT COALESCE(SUM(state != 'todo'), 0), COUNT(*) FROM work WHERE run = ?", run
        )
        return done, planned

    # addresses and work

    def known(self, address: str) -> Known:
        """What earlier requests left about an address."""
        found = self.rows(
            "SELECT address, digest, size, etag, last_modified, checked_run, outcome,"
            " seen_run FROM addresses WHERE address = ?",
            address,
        )
        return Known(*found[0]) if found else Known(address)

    def plan(self, run: str, source: str, links: Iterable[tuple[Link, str]]) -> None:
        """Add addresses, each with its host, to the work of a source."""
        with self.step() as db:
            _plan(db, run, source, links)

    def todo(self, run: str, host: str, most: int) -> list[Work]:
        """The next pieces of work at a host: indexes first, in the order of the addresses."""
        found = self.rows(
            "SELECT source, address, role, host, depth, hop, attached FROM work"
            " WHERE run = ? AND host = ? AND state = 'todo'"
            " ORDER BY role DESC, depth, hop, source, address LIMIT ?",
            run,
            host,
            most,
        )
        return [Work(*row) for row in found]

    def busy_hosts(self, run: str) -> list[str]:
        """Hosts with work left, those that were checked longest ago first."""
        return [
            host
            for (host,) in self.rows(
                "SELECT w.host FROM work w LEFT JOIN addresses a ON a.address = w.address"
                " WHERE w.run = ? AND w.state = 'todo'"
                " GROUP BY w.host ORDER BY MIN(COALESCE(a.checked_run, '')), w.host",
                run,
            )
        ]

    def finish(
        self,
        run: str,
        work: Work,
        done: Done,
        brought: Brought = NOTHING,
        onward: Iterable[tuple[Link, str]] = (),
    ) -> None:
        """End a piece of work: what it found, what it brought, the work that follows from it."""
        with self.step() as db:
            _touch(db, run, work, done)
            _remember(db, run, work, brought)
            _plan(db, run, work.source, onward)
            db.execute(
                "UPDATE work SET state = ?, outcome = ?, reason_en = ?, reason_vi = ?"
                " WHERE run = ? AND source = ? AND address = ?",
                (
                    done.state,
                    done.outcome,
                    done.reason_en,
                    done.reason_vi,
                    run,
                    work.source,
                    work.address,
                ),
            )

    def links(self, source: str, address: str, digest: str, rules: str) -> list[Link] | None:
        """The links found in these bytes under these rules; None where nobody looked yet."""
        found = self.rows(
            "SELECT found FROM links WHERE source = ? AND address = ? AND digest = ? AND rules = ?",
            source,
            address,
            digest,
            rules,
        )
        return [Link(*row) for row in json.loads(found[0][0])] if found else None

    def log_request(self, run: str, at: str, event: Event) -> None:
        with self.step() as db:
            db.execute(
                "INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (run, at, event.url, event.status, event.bytes, round(event.seconds, 3),
                 event.conditional, event.note),
            )  # fmt: skip


def _remember(db: sqlite3.Connection, run: str, work: Work, brought: Brought) -> None:
    if brought.members is not None:
        _touch_members(db, run, work, brought.members)
    for version in brought.versions:
        add_version(db, version)
    if brought.validators:
        db.execute(
            "UPDATE addresses SET etag = ?, last_modified = ? WHERE address = ?",
            (*brought.validators, work.address),
        )
    if brought.links:
        db.execute(
            "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)",
            (work.source, work.address, *brought.links),
        )


def _touch(db: sqlite3.Connection, run: str, work: Work, done: Done) -> None:
    db.execute(
        "INSERT INTO addresses (address, role) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (work.address, work.role),
    )
    db.execute(
        "INSERT OR IGNORE INTO owners VALUES (?, ?, ?, ?)",
        (work.address, work.source, work.depth, work.attached),
    )
    db.execute(
        "UPDATE addresses SET checked_run = ?, outcome = ? WHERE address = ?",
        (run, done.outcome, work.address),
    )
    if done.outcome == "vanished":
        db.execute(
            "UPDATE addresses SET vanished_run = COALESCE(vanished_run, ?)"
            " WHERE address = ? OR (address >= ? AND address < ?)",
            (run, work.address, *_inside(work.address)),
        )
    elif done.state == "done":
        db.execute(
            "UPDATE addresses SET seen_run = ?, vanished_run = NULL WHERE address = ?",
            (run, work.address),
        )
        db.execute(
            "UPDATE addresses SET seen_run = ?"
            " WHERE address >= ? AND address < ? AND vanished_run IS NULL",
            (run, *_inside(work.address)),
        )


def _inside(address: str) -> tuple[str, str]:
    """Whatever begins with the address and "!/" lies between the two: "0" follows "/"."""
    return f"{address}!/", f"{address}!0"


def _touch_members(db: sqlite3.Connection, run: str, work: Work, members: Sequence[str]) -> None:
    """The files inside a zip file are there or gone with this version of it."""
    db.execute(
        "UPDATE addresses SET vanished_run = COALESCE(vanished_run, ?)"
        " WHERE address >= ? AND address < ?",
        (run, *_inside(work.address)),
    )
    for member in members:
        db.execute(
            "INSERT INTO addresses (address, role, seen_run) VALUES (?, 'member', ?)"
            " ON CONFLICT DO UPDATE SET seen_run = excluded.seen_run, vanished_run = NULL",
            (member, run),
        )
        db.execute(
            "INSERT OR IGNORE INTO owners (address, source) VALUES (?, ?)", (member, work.source)
        )


def add_version(db: sqlite3.Connection, v: Version) -> None:
    """Enter one version of a page; one that is there stays."""
    db.execute(
        "INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (v.address, v.run, v.digest, v.role, v.retrieved_at, v.final_url, v.name, v.size,
         v.content_type, v.previous_seen),
    )  # fmt: skip
    db.execute(
        "UPDATE addresses SET digest = ?, size = ? WHERE address = ?",
        (v.digest, v.size, v.address),
    )


def _plan(db: sqlite3.Connection, run: str, source: str, links: Iterable[tuple[Link, str]]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO work (run, source, address, role, host, depth, hop, attached, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'todo')",
        [
            (run, source, link.address, link.role, host, link.depth, link.hop, link.attached)
            for link, host in links
        ],
    )


def _after(now: datetime, last: str | None) -> str:
    text = now.isoformat()
    if last is None or text > last:
        return text
    from datetime import timedelta  # noqa: PLC0415 (clocks are set back once in a while)

    return (datetime.fromisoformat(last) + timedelta(seconds=1)).isoformat()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """A full disk and a damaged file told apart from mistakes."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error) or "readonly" in str(error):
            raise OutOfSpace(str(error)) from error
        if "malformed" in str(error) or "not a database" in str(error):
            raise Damaged(str(error)) from error
        raise
    except sqlite3.DatabaseError as error:
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise
        raise Damaged(f"{path.name}: {error}") from error
