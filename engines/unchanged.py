"""A run over the same documents with the same code has nothing to do: the output stands already.

Believed only where every file of the output is still as it was written, by size and time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_NAME = "last.json"


def fingerprint(parts: Iterable[str]) -> str:
    """One word for all that went into a run."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode(errors="surrogatepass"))
    return digest.hexdigest()


def remember(cache: Path, mark: str, files: Iterable[Path], summary: dict[str, Any]) -> None:
    """Note a complete run: what went in, the files that came out, the summary to tell again."""
    cache.mkdir(parents=True, exist_ok=True)
    states = {path.relative_to(cache.parent).as_posix(): _state(path) for path in files}
    text = json.dumps({"mark": mark, "files": states, "summary": summary}, ensure_ascii=False)
    (cache / _NAME).write_text(text, encoding="utf-8")


def recall(cache: Path, mark: str) -> dict[str, Any] | None:
    """The summary of the last run, where it was over the same and its output still stands."""
    try:
        known = json.loads((cache / _NAME).read_text(encoding="utf-8"))
        whole = known["mark"] == mark and all(
            _state(cache.parent / path) == state for path, state in known["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    summary: dict[str, Any] = known["summary"]
    return summary if whole else None


def _state(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]
