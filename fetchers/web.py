"""The one safe way to ask the web: every hop judged, paced, bounded and ended in time.

Each origin has a lane, which is one connection; the lanes of one host share its pace, and one
request is under way at a time. Redirects leave the lane and enter the next by hand, so a page can
lead nowhere that its source did not allow.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from fetchers.clock import Clock, SystemClock
from fetchers.failures import Gone, Refused, Transient, failed
from fetchers.guard import Guard, Resolve, system_resolve
from fetchers.lanes import Lane, Reply, Turn
from fetchers.retries import with_retries
from fetchers.urls import canonical, host_of, origin_of
from solieu.errors import FetchError

MAX_BYTES = 100 * 1024 * 1024
MAX_REDIRECTS = 5
DEADLINE_SECONDS = 120.0
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})


Headers = Mapping[str, str]


class Sink(Protocol):
    """Where a body goes; `begin` forgets what an earlier attempt left."""

    def begin(self) -> None: ...

    def write(self, piece: bytes) -> None: ...


class Memory:
    """A body kept in memory."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def begin(self) -> None:
        self._pieces = []

    def write(self, piece: bytes) -> None:
        self._pieces.append(piece)

    @property
    def content(self) -> bytes:
        return b"".join(self._pieces)


@dataclass(frozen=True, slots=True)
class Manners:
    """How the web is asked."""

    user_agent: str
    delay: float = 0.0
    max_bytes: int = MAX_BYTES
    deadline: float = DEADLINE_SECONDS
    attempts: int = 1
    retry_wait: float = 1.0
    delays: Mapping[str, float] = field(default_factory=dict)
    """Least seconds between two requests, by host, where it is not `delay`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: 200 with its body in the sink, or 304 without one."""

    status: int
    url: str
    """After redirects."""
    headers: Mapping[str, str]
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One request on the wire, for the log."""

    url: str
    status: int | None
    bytes: int
    seconds: float
    conditional: bool
    note: str = ""


Allow = Callable[[str], None]
"""Raises FetchError for an address that must not be asked."""


def _anywhere(_: str) -> None:
    return None


class Web:
    """Asks addresses; safe to use from many threads."""

    def __init__(
        self,
        manners: Manners,
        *,
        private_hosts: frozenset[str] = frozenset(),
        resolve: Resolve = system_resolve,
        clock: Clock | None = None,
        tell: Callable[[Event], None] | None = None,
    ) -> None:
        self.manners = manners
        self.guard = Guard(private_hosts, resolve)
        self.clock = clock or SystemClock()
        self._tell = tell or (lambda _: None)
        self._lanes: dict[str, Lane] = {}
        self._turns: dict[str, Turn] = {}
        self._lock = threading.Lock()

    def get(
        self,
        url: str,
        sink: Sink,
        *,
        headers: Mapping[str, str] | None = None,
        allow: Allow = _anywhere,
        max_bytes: int | None = None,
    ) -> Answer:
        """The answer behind `url`, its body written to `sink`.

        Raises FetchError for refused addresses, failed connections and HTTP errors (Gone for 404
        and 410), LimitExceeded for bodies that are too large.
        """
        limit = max_bytes or self.manners.max_bytes
        return with_retries(
            lambda: self._follow(url, sink, headers or {}, allow, limit),
            attempts=self.manners.attempts,
            wait=self.manners.retry_wait,
        )

    def _follow(
        self, url: str, sink: Sink, headers: Mapping[str, str], allow: Allow, limit: int
    ) -> Answer:
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            self.guard.check(here)
            allow(here)
            reply = self._ask(here, sink, headers, limit)
            if reply.location is None:
                return self._judged(url, here, reply)
            here = canonical(reply.location, here) or reply.location
        raise failed(
            url,
            f"more than {MAX_REDIRECTS} redirects",
            f"chuyển hướng quá {MAX_REDIRECTS} lần",
        )

    def _ask(self, url: str, sink: Sink, headers: Mapping[str, str], limit: int) -> Reply:
        lane = self._lane(url)
        with lane.lock:
            lane.wait_for_turn(url)
            sink.begin()
            began = self.clock.steady()
            conditional = bool(headers)
            try:
                reply = lane.send(url, headers, sink.write, limit)
            except FetchError as error:
                lane.failed(transient=isinstance(error, Transient))
                took = self.clock.steady() - began
                self._tell(Event(url, None, 0, took, conditional, error.message_en))
                raise
            took = self.clock.steady() - began
            lane.answered(reply, took)
            self._tell(Event(url, reply.status, reply.size, took, conditional))
            return reply

    def _judged(self, asked: str, final: str, reply: Reply) -> Answer:
        status = reply.status
        if status in (200, 304):
            return Answer(status, final, reply.headers, reply.size, self.clock.now())
        reason = f"HTTP {status} {reply.phrase}".strip()
        if status in RETRIED:
            raise failed(asked, reason, kind=Transient)
        kind = Gone if status in (404, 410) else Refused if 400 <= status < 500 else FetchError
        raise failed(asked, reason, kind=kind)

    def _lane(self, url: str) -> Lane:
        origin = origin_of(url)
        with self._lock:
            if origin not in self._lanes:
                host = host_of(url)
                least = self.manners.delays.get(host, self.manners.delay)
                turn = self._turns.setdefault(host, Turn(least))
                self._lanes[origin] = Lane(
                    origin, self.guard, self.clock, self.manners, turn, self._certificate
                )
            return self._lanes[origin]

    def slow_down(self, url: str, delay: float) -> None:
        """Keep at least `delay` seconds between requests to this origin from now on."""
        pace = self._lane(url).pace
        pace.minimum = max(pace.minimum, delay)
        pace.delay = max(pace.delay, delay)

    def _certificate(self, url: str) -> bytes:
        """A certificate that another one names: small, and asked once."""
        from fetchers.tls import MOST_BYTES  # noqa: PLC0415 (needed by broken portals only)

        memory = Memory()
        self._follow(url, memory, {}, _anywhere, MOST_BYTES)
        return memory.content

    def close(self) -> None:
        for lane in self._lanes.values():
            lane.close()
