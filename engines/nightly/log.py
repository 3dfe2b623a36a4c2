"""One JSON line per event, for whoever has to find out what happened at night."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from fetchers.clock import Clock


class Log:
    """The log file of a run; lines of a continued run follow those of the first attempt."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self._file = self._path.open("a", encoding="utf-8", newline="\n")
        return self

    def tell(self, event: str, facts: Mapping[str, object]) -> None:
        """Write one event; facts that are None say nothing and are left out."""
        said = {k: v for k, v in facts.items() if v is not None}
        line = json.dumps(
            {"at": self._clock.now().isoformat(), "event": event, **said}, ensure_ascii=False
        )
        with self._lock:
            assert self._file is not None
            self._file.write(line + "\n")
            self._file.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()
