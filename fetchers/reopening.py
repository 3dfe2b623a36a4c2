"""The nightly job's memory as it is found: whole, damaged or missing; then it is made anew."""

from __future__ import annotations

from pathlib import Path

from fetchers.archive import Archive
from fetchers.state import Damaged, State, add_version

NAME = "state.sqlite"


def open_state(folder: Path, archive: Archive) -> tuple[State, str | None]:
    """The database of an output folder, made anew from the archive where it is damaged or missing.

    The second value says what was wrong, None where nothing was.
    """
    path = folder / NAME
    try:
        fresh = not path.exists()
        state = State(path)
    except Damaged as damage:
        aside = path.with_suffix(".damaged")
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.replace(aside)
        state = State(path)
        rebuild(state, archive)
        return state, str(damage)
    if fresh and rebuild(state, archive):
        return state, "the database was missing"
    return state, None


def rebuild(state: State, archive: Archive) -> int:
    """Enter every version of the journal whose bytes are whole; the number of them.

    Validators are left out, so that the next run looks at every page anew.
    """
    count = 0
    runs: set[str] = set()
    with state.step() as db:
        for version in archive.versions():
            if not archive.is_whole(version.digest, version.size):
                continue
            db.execute(
                "INSERT OR IGNORE INTO addresses (address, role) VALUES (?, ?)",
                (version.address, "document" if version.role == "archive" else version.role),
            )
            db.execute(
                "INSERT OR IGNORE INTO owners (address, source) VALUES (?, ?)",
                (version.address, version.source),
            )
            # Of two lines of one night the later one stands: a crash came between them.
            db.execute(
                "DELETE FROM versions WHERE address = ? AND run = ?", (version.address, version.run)
            )
            add_version(db, version)
            db.execute(
                "UPDATE addresses SET seen_run = ?, checked_run = ?, outcome = 'new'"
                " WHERE address = ?",
                (version.run, version.run, version.address),
            )
            runs.add(version.run)
            count += 1
        db.executemany(
            "INSERT OR IGNORE INTO runs (run, state, complete) VALUES (?, 'written', 1)",
            [(run,) for run in sorted(runs)],
        )
    return count
