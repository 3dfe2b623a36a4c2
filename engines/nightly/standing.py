"""Which documents stand, where and since when: derived from the state into passing tables.

The tables live in SQLite's temporary file and not in memory: twenty thousand pages are held no
differently than twenty.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from engines.nightly.vintages import Seen, Vintage, revisions, vintages
from fetchers.state import State

Row = dict[str, Any]

KINDS = ("new_document", "new_version", "revised_figure", "vanished_document")
"""In this order they are told."""

_PASSING = (
    ("stretches", "source, address, digest, first_seen, last_seen, superseded, vanished"),
    ("replaced", "source, address, before, after, seen_at"),
    ("news", "seen_at, kind, row"),
    ("standing", "digest, first_seen, last_seen, superseded, several"),
)
"""Name and columns, besides `place`, which counts the rows."""
_STANDING = (
    "INSERT INTO standing SELECT MIN(place), digest, MIN(first_seen), MAX(last_seen),"
    " CASE WHEN SUM(superseded IS NULL) THEN NULL ELSE MAX(superseded) END,"
    " MIN(address) <> MAX(address) FROM stretches GROUP BY digest"
)

_DOCUMENTS = (
    "SELECT d.digest, d.first_seen, d.last_seen, d.superseded, d.several, s.source, s.address,"
    " CASE WHEN ? THEN w.place END AS known FROM standing d JOIN stretches s ON s.place = d.place"
    " JOIN readings r ON r.digest = d.digest LEFT JOIN written w ON w.digest = d.digest"
    " WHERE (r.rows IS NOT NULL AND r.reader LIKE ? || '%') OR known IS NOT NULL"
    " ORDER BY d.place"
)
"""Documents that can be unpacked, or that the last output still holds."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address with the vintages of its figures."""

    address: str
    source: str
    found: tuple[Vintage, ...]
    versions: tuple[Seen, ...]
    vanished: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One document over all addresses that give it."""

    digest: str
    first_seen: str
    last_seen: str
    superseded: str | None
    source: str
    addresses: tuple[str, ...]
    labels: tuple[str, ...]
    place: int | None
    """Where its rows stand in the last output; None where they do not, or are others by now."""


def pages(state: State) -> Iterator[Page]:
    """Every address that gave a document, by source and address."""
    found = state.stream(
        "SELECT a.address, a.vanished_run, a.seen_run, v.run, v.digest, v.previous_seen,"
        "       r.status, r.figures,"
        "       (SELECT s.position || char(9) || s.name FROM owners o"
        "        JOIN sources s ON s.name = o.source WHERE o.address = a.address"
        "        ORDER BY s.position < 0, s.position, s.name LIMIT 1) AS owner"
        " FROM addresses a JOIN versions v ON v.address = a.address"
        " JOIN readings r ON r.digest = v.digest"
        " WHERE v.role IN ('document', 'member')"
        " ORDER BY owner IS NULL, CAST(owner AS INTEGER), owner, a.address, v.run"
    )
    for address, rows in groupby(found, lambda row: row[0]):
        every = list(rows)
        vanished, last_seen, owner = every[0][1], every[0][2], every[0][8]
        source = owner.partition("\t")[2] if owner else ""
        seen = tuple(Seen(run, digest, status, figures, before)
                     for _, _, _, run, digest, before, status, figures, _ in every)  # fmt: skip
        last = last_seen or seen[-1].run
        yield Page(address, source, tuple(vintages(seen, last)), seen, vanished)


def derive(state: State, runs: Sequence[str]) -> None:
    """Fill the passing tables from the state; `runs` are those whose discoveries are news."""
    with state.step() as db:
        for name, columns in _PASSING:
            db.execute(f"DROP TABLE IF EXISTS temp.{name}")
            db.execute(f"CREATE TEMP TABLE {name} (place INTEGER PRIMARY KEY, {columns})")
        for page in pages(state):
            _enter(db, page, runs)
        db.execute("CREATE INDEX temp.stretches_digest ON stretches (digest)")
        db.execute(_STANDING)


def _enter(db: sqlite3.Connection, page: Page, runs: Sequence[str]) -> None:
    where = page.source, page.address
    db.executemany(
        "INSERT INTO stretches (source, address, digest, first_seen, last_seen, superseded,"
        " vanished) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (*where, v.digest, v.first_seen, v.last_seen, v.superseded,
             page.vanished if v.superseded is None else None)
            for v in page.found
        ],
    )  # fmt: skip
    db.executemany(
        "INSERT INTO replaced (source, address, before, after, seen_at) VALUES (?, ?, ?, ?, ?)",
        [(*where, b.digest, a.digest, a.first_seen) for b, a in revisions(page.found)],
    )
    _tell(db, _news(page, runs))


def tell(state: State, rows: Iterable[Row]) -> None:
    """Add to the news."""
    with state.step() as db:
        _tell(db, rows)


def _tell(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    db.executemany(
        "INSERT INTO news (seen_at, kind, row) VALUES (?, ?, ?)",
        [
            (row["seen_at"], KINDS.index(row["change"]), json.dumps(row, ensure_ascii=False))
            for row in rows
        ],
    )


def _news(page: Page, runs: Sequence[str]) -> Iterator[Row]:
    """New bytes and the page's disappearance, as rows of `changes`; times as text."""
    before: str | None = None
    for version in page.versions:
        if version.run in runs:
            yield {
                "change": "new_version" if before else "new_document",
                "source": page.source,
                "address": page.address,
                "seen_at": version.run,
                "document_id_before": before,
                "document_id_after": version.digest,
            }
        before = version.digest
    if page.vanished in runs:
        yield {
            "change": "vanished_document",
            "source": page.source,
            "address": page.address,
            "seen_at": page.vanished,
            "document_id_before": before,
        }


def news(state: State, kind: str | None = None) -> Iterator[Row]:
    """What there is to tell, by time and kind; figures of a document stay in reading order."""
    found = state.stream(
        "SELECT row FROM news WHERE ? OR kind = ? ORDER BY seen_at, kind, place",
        kind is None,
        KINDS.index(kind or KINDS[0]),
    )
    for (row,) in found:
        told: Row = json.loads(row)
        yield told


def news_counts(state: State) -> dict[str, int]:
    """How much there is to tell of each kind."""
    counts = dict(state.rows("SELECT kind, COUNT(*) FROM news GROUP BY kind"))
    return {name: counts.get(number, 0) for number, name in enumerate(KINDS)}


def documents(state: State, readable: str, *, trusted: bool) -> Iterator[Standing]:
    """The documents of the output in its order.

    They have rows that begin with the mark `readable`, or still stand in an output that is
    `trusted` to hold what was written last.
    """
    sources = state.rows("SELECT name, labels FROM sources")
    labels = {name: tuple(json.loads(said)) for name, said in sources}
    rows = state.stream(_DOCUMENTS, trusted, readable)
    for digest, first, last, superseded, several, source, address, place in rows:
        addresses = tuple(_addresses(state, digest)) if several else (address,)
        said = labels.get(source, ())
        yield Standing(digest, first, last, superseded, source, addresses, said, place)


def note_places(db: sqlite3.Connection, readable: str, *, trusted: bool) -> None:
    """Remember at which place of the output each of `documents` stands, now that it is written."""
    db.execute("DROP TABLE IF EXISTS temp.placed")
    db.execute("CREATE TEMP TABLE placed (place INTEGER PRIMARY KEY, digest)")
    found = db.execute(_DOCUMENTS, (trusted, readable))
    db.executemany("INSERT INTO placed (digest) VALUES (?)", ((digest,) for digest, *_ in found))
    db.execute("DELETE FROM written")
    db.execute("INSERT INTO written SELECT digest, place - 1 FROM placed")


def _addresses(state: State, digest: str) -> Iterator[str]:
    found = state.rows(
        "SELECT address FROM stretches WHERE digest = ? GROUP BY address ORDER BY MIN(place)",
        digest,
    )
    yield from (address for (address,) in found)


def fingerprint(standing: Iterable[Standing], made_by: str) -> tuple[str, bool]:
    """A word for all that the tables hold but `last_seen`; whether the last output holds it too."""
    said = hashlib.sha256(made_by.encode())
    kept = True
    for number, one in enumerate(standing):
        kept = kept and one.place == number
        facts = one.digest, one.first_seen, one.superseded, one.source, one.addresses, one.labels
        said.update(repr(facts).encode())
    return said.hexdigest(), kept
