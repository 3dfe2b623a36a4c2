"""One origin: its connection, and whether it still wants to be asked, at the pace of its host."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fetchers import bodies
from fetchers.clock import Clock
from fetchers.failures import HostClosed, failed
from fetchers.guard import Guard
from fetchers.pacing import BUSY, Pace, retry_after

if TYPE_CHECKING:
    import ssl

    import httpx

    from fetchers.wire import Deadline

MOST_PATIENCE = 600.0
"""Seconds of Retry-After that are waited for; a host that wants longer is left for the next run."""
MOST_FAILURES = 24
"""Server errors in a row, retries included, after which a host counts as down."""
SILENCE = 3
"""How many server errors a broken connection counts for: silence costs more time than an error."""
MOST_UNKEPT = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Manners(Protocol):
    """The part of `web.Manners` that a lane keeps."""

    @property
    def user_agent(self) -> str: ...
    @property
    def deadline(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """One hop's answer; its body has gone to the sink."""

    status: int
    phrase: str
    headers: Mapping[str, str]
    size: int
    location: str | None


class Turn:
    """Whose turn it is at one host, which may answer under http and https: one at a time."""

    def __init__(self, least_delay: float) -> None:
        self.lock = threading.RLock()  # a certificate's address may lead back here
        self.pace = Pace(least_delay)


class Lane:
    """Everything about one origin; the caller holds `lock` around a request."""

    def __init__(
        self,
        origin: str,
        guard: Guard,
        clock: Clock,
        manners: Manners,
        turn: Turn,
        certificate: Callable[[str], bytes],
    ) -> None:
        self.lock = turn.lock
        self.pace = turn.pace
        self._origin = origin
        self._guard = guard
        self._clock = clock
        self._manners = manners
        self._certificate = certificate
        self._client: httpx.Client | None = None
        self._deadline: Deadline | None = None
        self._intermediates: tuple[bytes, ...] = ()
        self._failures = 0
        self._closed: tuple[str, str] | None = None

    def wait_for_turn(self, url: str) -> None:
        """Sleep until the host may be asked. Raises HostClosed where it is to be left alone."""
        wait = self.pace.wait(self._clock.steady())
        if wait > MOST_PATIENCE and not self._closed:
            self._closed = (
                f"the host asked to be left alone for {wait:.0f} seconds",
                f"máy chủ đề nghị chờ {wait:.0f} giây",
            )
        if self._closed:
            raise failed(url, *self._closed, HostClosed)
        self._clock.sleep(wait)

    def send(
        self, url: str, headers: Mapping[str, str], write: Callable[[bytes], None], limit: int
    ) -> Reply:
        """One request; a missing intermediate certificate is completed and the request repeated."""
        from fetchers.wire import Unproven  # noqa: PLC0415 (start-up without the network)

        try:
            return self._send(url, headers, write, limit)
        except Unproven:
            if self._intermediates:
                raise
            self._complete_certificates(url)
            return self._send(url, headers, write, limit)

    def _send(
        self, url: str, headers: Mapping[str, str], write: Callable[[bytes], None], limit: int
    ) -> Reply:
        from fetchers import wire  # noqa: PLC0415 (start-up without the network)

        client, deadline = self._connection(url)
        deadline.begin(url, self._manners.deadline)
        size = 0
        with wire.told(url), client.stream("GET", url, headers=dict(headers)) as answer:
            if answer.status_code == 200:
                for piece in bodies.unpacked(
                    url, answer.iter_raw(), answer.headers.get("content-encoding", ""), limit
                ):
                    size += len(piece)
                    write(piece)
            else:
                for piece in answer.iter_raw():  # the page that explains: read so that the
                    size += len(piece)  # connection can go on, and not kept
                    if size > MOST_UNKEPT:
                        break
            return _reply(answer, size)

    def _connection(self, url: str) -> tuple[httpx.Client, Deadline]:
        import httpx  # noqa: PLC0415 (start-up without the network)

        from fetchers import wire  # noqa: PLC0415

        if self._client is None or self._deadline is None:
            self._deadline = wire.Deadline()
            transport = wire.Transport(
                self._guard, self._deadline, self._context(), wire.proxy_for(url)
            )
            self._client = httpx.Client(
                transport=transport,
                trust_env=False,
                headers={
                    "User-Agent": self._manners.user_agent,
                    "Accept-Encoding": bodies.ACCEPTED,
                    "Accept-Language": "vi, en;q=0.5",
                },
            )
        return self._client, self._deadline

    def _context(self) -> ssl.SSLContext:
        from fetchers import tls  # noqa: PLC0415 (start-up without the network)

        if not self._origin.startswith("https:"):
            return tls.unused()
        return tls.context(self._intermediates) if self._intermediates else tls.usual()

    def _complete_certificates(self, url: str) -> None:
        from fetchers import tls  # noqa: PLC0415 (needed by broken portals only)

        host, port = self._guard.check(url)
        address = self._guard.addresses(url, host, port)[0]
        self._intermediates = tls.missing_intermediates(
            url, host, (address, port), self._certificate
        )
        self.close()

    def answered(self, reply: Reply, seconds: float) -> None:
        """Take the answer into the pace; trouble on the server's side counts as failure."""
        later = None
        if reply.status in BUSY:
            later = retry_after(reply.headers.get("retry-after"), self._clock.now())
        self.pace.answered(self._clock.steady(), seconds, reply.status, later)
        self._count(1 if reply.status >= 500 else 0)

    def failed(self, *, transient: bool) -> None:
        """Take a broken request into the pace."""
        if transient:
            self.pace.troubled(self._clock.steady())
            self.close()  # a connection that broke once is not trusted with another answer
        else:
            self.pace.free_at = self._clock.steady() + self.pace.delay
        self._count(SILENCE if transient else 0)

    def _count(self, weight: int) -> None:
        self._failures = self._failures + weight if weight else 0
        if self._failures >= MOST_FAILURES:
            self._closed = (
                "the host failed many times in a row and was given up for this run",
                "máy chủ lỗi nhiều lần liên tiếp nên bỏ qua trong lần chạy này",
            )

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


def _reply(answer: httpx.Response, size: int) -> Reply:
    location = answer.headers.get("location") if answer.status_code in REDIRECTS else None
    return Reply(answer.status_code, answer.reason_phrase, dict(answer.headers), size, location)
