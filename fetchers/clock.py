"""Time as the fetchers see it, so that tests can own it.

Waiting and deadlines use the steady clock, which nobody can set back; the wall clock is only
written down. `SOURCE_DATE_EPOCH` fixes what is written down, for runs that must repeat exactly.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the nightly job asks of time."""

    def now(self) -> datetime:
        """The wall clock in UTC."""

    def steady(self) -> float:
        """Seconds that only ever go forward."""

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        if fixed := os.environ.get("SOURCE_DATE_EPOCH"):
            return datetime.fromtimestamp(int(fixed), UTC)
        return datetime.now(UTC).replace(microsecond=0)

    def steady(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)


class FixedClock(SystemClock):
    """A wall clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def advance(self, step: timedelta) -> None:
        with self._lock:
            self._now += step
