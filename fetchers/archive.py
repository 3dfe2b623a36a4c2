"""Raw bytes by their digest, written once and never changed, with a journal of what they are.

The journal is the second memory: one line per version of an address, written before the database
knows of it, so that a damaged database can be made anew from the archive alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from io import BufferedRandom
from pathlib import Path
from typing import Any

from fetchers.failures import OutOfSpace

JOURNAL = "versions.jsonl"
_INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Version:
    """Bytes that an address gave, and when they were first seen; times are ISO 8601 in UTC."""

    address: str
    digest: str
    run: str
    """Start of the night that first saw it: what `first_seen` will say."""
    retrieved_at: str
    final_url: str
    name: str
    size: int
    source: str
    role: str
    """document, index (a listing, sitemap, feed), archive (a zip file), member (a file in it)."""
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    previous_seen: str | None = None
    """The last run that still found the bytes before these."""


class Archive:
    """The folder `archive/`: blobs by SHA-256 and the journal of their versions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / _INCOMING
        self._lock = threading.Lock()
        self._flushed = 0.0

    def open(self) -> None:
        """Make the folders; clear what a killed run left half received or half written."""
        with disk():
            self._incoming.mkdir(parents=True, exist_ok=True)
            for leftover in self._incoming.iterdir():
                leftover.unlink()
            _mend_last_line(self.folder / JOURNAL)

    def receive(self) -> Incoming:
        """A sink for a body on its way into the archive."""
        return Incoming(self, self._incoming / uuid.uuid4().hex)

    def path(self, digest: str) -> Path:
        """Where the bytes of `digest` are or would be."""
        return self.folder / digest[:2] / digest[2:4] / digest

    def is_whole(self, digest: str, size: int) -> bool:
        """Whether the bytes are there in full length; a truncated file is not."""
        try:
            return self.path(digest).stat().st_size == size
        except OSError:
            return False

    def read(self, digest: str) -> bytes | None:
        """The bytes, or None where they are missing or no longer what their name says."""
        try:
            content = self.path(digest).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def keep(self, temporary: Path, digest: str, size: int) -> None:
        """Move received bytes to their place; a whole blob that is there stays as it is."""
        goal = self.path(digest)
        if self.is_whole(digest, size):
            temporary.unlink()
            return
        with disk():
            goal.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(goal)
            _flush_folder(goal.parent)

    def record(self, version: Version) -> None:
        """Append a version to the journal; it is seen onto the disk once a second."""
        line = json.dumps(asdict(version), ensure_ascii=False, sort_keys=True) + "\n"
        with self._lock, disk(), (self.folder / JOURNAL).open("ab") as file:
            file.write(line.encode())
            file.flush()
            if time.monotonic() - self._flushed >= 1:
                os.fsync(file.fileno())
                self._flushed = time.monotonic()

    def versions(self) -> Iterator[Version]:
        """The journal from its beginning; lines that a crash cut or doubled are passed over."""
        known = {f.name for f in fields(Version)}
        seen: set[tuple[str, str, str]] = set()
        path = self.folder / JOURNAL
        if not path.is_file():
            return
        with path.open("rb") as file:
            for line in file:
                row = _parsed(line)
                if row is None or not known >= row.keys():
                    continue
                version = Version(**row)
                key = (version.address, version.digest, version.run)
                if key not in seen:
                    seen.add(key)
                    yield version


class Incoming:
    """A body being received: hashed on the way, on disk in full before it gets its name."""

    def __init__(self, archive: Archive, path: Path) -> None:
        self._archive = archive
        self._path = path
        self._hash = hashlib.sha256()
        self._file: BufferedRandom | None = None
        self.size = 0

    def begin(self) -> None:
        self._hash, self.size = hashlib.sha256(), 0
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()

    def write(self, piece: bytes) -> None:
        with disk():
            if self._file is None:
                self._file = self._path.open("w+b")
            self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def content(self, most: int = -1) -> bytes:
        """What was received, or its first bytes, for looking into it."""
        if self._file is None:
            return b""
        self._file.seek(0)
        found = self._file.read(most)
        self._file.seek(0, os.SEEK_END)
        return found

    def keep(self) -> str:
        """Put the body into the archive; its digest."""
        with disk():
            if self._file is None:
                self._file = self._path.open("w+b")
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        self._archive.keep(self._path, self.digest, self.size)
        return self.digest

    def drop(self) -> None:
        """Forget the body; nothing to do once it was kept."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        self._path.unlink(missing_ok=True)


class disk:  # noqa: N801 (reads as `with disk():`)
    """Faults of the disk stop the run: going on would lose what it cannot write."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise OutOfSpace(error.strerror or str(error)) from error


def put(path: Path, content: bytes) -> None:
    """Write a file that is whole or not there."""
    temporary = path.with_name(f".{path.name}.incomplete")
    with disk():
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _mend_last_line(path: Path) -> None:
    """Cut a last line that a crash left without its end."""
    if not path.is_file():
        return
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - 65536)
        file.seek(start)
        tail = file.read()
        if tail and not tail.endswith(b"\n"):
            file.truncate(start + tail.rfind(b"\n") + 1)


def _flush_folder(folder: Path) -> None:
    """See a new name onto the disk; Windows has no such thing and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
