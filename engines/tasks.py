"""What a run is to read: each document once, in an order that does not depend on the machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from engines.cache import key_of
from engines.local import default_workers
from fetchers import local, stores, zipped
from fetchers.source import Address
from solieu.errors import DocumentError
from solieu.text import encodable


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read, and the other addresses that hold the same bytes."""

    address: Address
    also_at: tuple[str, ...] = ()
    digest: str | None = None
    """Of a file on this machine; None where the bytes are not known yet."""
    size: int = 0
    written: datetime | None = None
    state: str = ""
    """What a store says of an object instead of its digest: its tag, its time."""

    @property
    def shown(self) -> str:
        """Its address as it is written down; the one to open may hold bytes that are no letters."""
        return encodable(self.address.text)

    @property
    def key(self) -> str | None:
        """What its results are kept under, where its bytes are known."""
        return self.digest and key_of(self.digest, name_of(self.address.text))

    def mark(self) -> str:
        """Changes whenever a row of the output would."""
        problem = self.address.problem
        said = problem and problem.message_en
        return repr(
            (self.address.text, said, self.also_at, self.digest, str(self.written), self.state)
        )


def name_of(address: str) -> str:
    """The file name in a path, a URL or the address of a member of an archive."""
    return address.replace("\\", "/").rstrip("/").rpartition("/")[2]


def plan(asked: Iterable[str], leave_out: Path | None = None) -> list[Task]:
    """The documents to read in a stable order; files with the same bytes are one document."""
    firsts: dict[str, Task] = {}
    others: dict[str, list[str]] = {}
    with ThreadPoolExecutor(default_workers()) as threads:
        for task in threads.map(_identified, local.addresses(asked, leave_out=leave_out)):
            key = task.digest or task.address.text
            if key in firsts:
                others.setdefault(key, []).append(task.shown)
            else:
                firsts[key] = task
    return [replace(task, also_at=tuple(others.get(key, ()))) for key, task in firsts.items()]


def _identified(address: Address) -> Task:
    """The task of an address, with the digest of its bytes where they are on this machine."""
    if address.problem or local.is_url(address.text):
        return Task(address)
    if stores.is_store(address.text):
        return _object(address)
    if zipped.is_member(address.text):
        return _member(address)
    path = Path(address.text)
    try:
        status = path.stat()
        if status.st_size > local.MAX_BYTES:
            return Task(address)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return Task(address)
    written = datetime.fromtimestamp(int(status.st_mtime), UTC)
    return Task(address, (), digest, status.st_size, written)


def _object(address: Address) -> Task:
    try:
        size, state = stores.state(address.text)
    except DocumentError as problem:
        return Task(replace(address, problem=problem))
    return Task(address, size=size, state=state)


def _member(address: Address) -> Task:
    try:
        got = local.fetch(address.text)
    except DocumentError:
        return Task(address)
    digest = hashlib.sha256(got.content).hexdigest()
    return Task(address, (), digest, len(got.content), got.retrieved_at)
