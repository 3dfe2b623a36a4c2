"""Results on disk by document and version: written whole or not there, verified when read.

An entry that was cut short or changed counts as missing, and is made anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from solieu.errors import OutputError

_SUM = 16


@dataclass(frozen=True, slots=True)
class Shelf:
    """Entries of one kind and one version; keys are hex digits, from a digest."""

    folder: Path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def has(self, key: str) -> bool:
        """Whether there is an entry; it may still turn out to be damaged."""
        return self._path(key).is_file()

    def get(self, key: str) -> bytes | None:
        """The entry as it was put, or None where it is missing or damaged."""
        try:
            stored = self._path(key).read_bytes()
        except OSError:
            return None
        payload = memoryview(stored)[_SUM:]
        return bytes(payload) if stored[:_SUM] == _checksum(payload) else None

    def put(self, key: str, payload: bytes) -> None:
        """Keep an entry; another process may put the same one at the same time.

        Raises:
            OutputError: the disk is full, or the folder may not be written to.
        """
        path = self._path(key)
        draft = path.with_name(f"{key}.{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_checksum(payload) + payload)
            draft.replace(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise OutputError.of(self.folder, error) from error

    def forget_other_versions(self) -> None:
        """Remove what lies beside this shelf, made by another program."""
        for other in _children(self.folder.parent):
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)

    def keep_only(self, keys: Container[str]) -> None:
        """Forget every other entry, and every other version beside this one."""
        self.forget_other_versions()
        for group in _children(self.folder):
            for path in _children(group):
                if path.name not in keys:
                    path.unlink(missing_ok=True)


def _children(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _checksum(payload: bytes | memoryview) -> bytes:
    return hashlib.blake2b(payload, digest_size=_SUM).digest()
