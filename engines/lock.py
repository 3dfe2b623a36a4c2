"""One run at a time into one output folder.

The operating system holds the lock for as long as the process lives, so a run that was killed
leaves none behind. The file only names the owner.
"""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from solieu.errors import OutputError, UsageError

NAME = ".lock"


class FolderLock:
    """Held from `with` to its end; UsageError where another run holds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = (self._folder / NAME).open("a+", encoding="utf-8")
        except OSError as error:
            raise OutputError.of(self._folder, error) from error
        if not _taken(file):
            file.seek(0)
            owner = file.read()
            file.close()
            raise _busy(self._folder, owner)
        file.truncate(0)
        file.write(json.dumps(_owner()))
        file.flush()
        self._file = file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.truncate(0)
            self._file.close()


def _owner() -> dict[str, str | int]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"process": os.getpid(), "host": socket.gethostname(), "since": now}


def _taken(file: IO[str]) -> bool:
    """Whether the lock is ours now; also where the file system knows no locks."""
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 (Windows only)

        file.seek(0x7FFFFFFF)  # far behind the owner's name, which others must be able to read
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined] # Windows
        except OSError:
            return False
        return True
    import fcntl  # noqa: PLC0415 (not on Windows)

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _busy(folder: Path, owner: str) -> UsageError:
    try:
        known = json.loads(owner)
        who = f"process {known['process']} on {known['host']} since {known['since']}"
        who_vi = f"tiến trình {known['process']} trên {known['host']} từ {known['since']}"
    except (ValueError, TypeError, KeyError):
        who, who_vi = "another process", "một tiến trình khác"
    return UsageError(
        f"Another run is writing into {folder}: {who}. Wait for it, or give another --output.",
        f"Một lượt chạy khác đang ghi vào {folder}: {who_vi}. Hãy chờ, hoặc chọn --output khác.",
    )
