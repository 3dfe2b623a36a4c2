"""One run at a time per output folder.

The lock belongs to the process and ends with it, so a killed run leaves none behind; the file only
says who holds it.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from solieu.errors import UsageError

NAME = ".nightly.lock"


@contextmanager
def only_run(folder: Path, started_at: str) -> Iterator[str | None]:
    """Hold the folder; gives what a run that died left behind: "process 4711 on host since ...".

    Raises UsageError where another run holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with path.open("a+", encoding="utf-8") as file:
        owner = _owner(file)
        if not _take(file):
            who = owner or "another process"
            raise UsageError(
                f"{folder} is in use by {who}. Wait for it, or use another output folder.",
                f"{folder} đang được {who} sử dụng. Hãy chờ, hoặc dùng thư mục khác.",
            )
        _write(file, {"pid": os.getpid(), "host": platform.node(), "since": started_at})
        try:
            yield owner
        finally:
            _write(file, None)


def _owner(file: IO[str]) -> str | None:
    file.seek(0)
    try:
        held = json.loads(file.read())
    except ValueError:
        return None
    if not isinstance(held, dict):
        return None
    return f"process {held.get('pid')} on {held.get('host')} since {held.get('since')}"


def _write(file: IO[str], owner: dict[str, object] | None) -> None:
    file.seek(0)
    file.truncate()
    if owner:
        json.dump(owner, file)
    file.flush()


def _take(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 (Windows only)

            file.seek(2**20)  # the range behind the text: others may still read who holds it
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 (not there on Windows)

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
