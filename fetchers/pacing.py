"""How long to leave a host alone between two requests.

The rule of AutoThrottle: the delay moves half way towards the host's own answering time, never
below the minimum, and an error never shortens it. 429 and 503 are obeyed: for as long as
Retry-After says, or twice the delay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST = 60.0
"""Seconds that a slow host can stretch the delay to."""
BUSY = frozenset({429, 503})
LEAST_WHEN_BUSY = 5.0


@dataclass(slots=True)
class Pace:
    """The pace of one host; times are seconds of the steady clock."""

    minimum: float
    delay: float = 0.0
    free_at: float = 0.0

    def __post_init__(self) -> None:
        self.delay = max(self.delay, self.minimum)

    def wait(self, now: float) -> float:
        """Seconds until the next request may go out."""
        return max(0.0, self.free_at - now)

    def answered(
        self, now: float, latency: float, status: int, retry_after: float | None = None
    ) -> None:
        """Take in an answer that came to its end at `now`, `latency` seconds after the request."""
        if status in BUSY:
            self.troubled(now, retry_after)
            return
        middle = (self.delay + latency) / 2
        if status < 400 or middle > self.delay:
            self.delay = min(max(middle, self.minimum), max(MOST, self.minimum))
        self.free_at = now + self.delay

    def troubled(self, now: float, retry_after: float | None = None) -> None:
        """Take in a refusal, a reset or silence: the delay doubles."""
        base = LEAST_WHEN_BUSY if self.minimum >= 1 else self.minimum
        self.delay = min(max(2 * self.delay, base), max(MOST, self.minimum))
        self.free_at = now + max(self.delay, retry_after or 0.0)


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for; None where it says nothing usable.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        day = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # no date that a calendar holds
        return None
    if day.tzinfo is None:
        day = day.replace(tzinfo=UTC)
    return max(0.0, (day - now).total_seconds())
