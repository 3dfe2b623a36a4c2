"""Connections of the HTTP library that go only where the guard has looked, and end in time.

The library's own timeouts are per read, so a server that drips a byte a second never runs into
them: here every read and write gets only what is left of the request's time.
"""

from __future__ import annotations

import ssl
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpcore
import httpx

from fetchers.failures import Transient, failed, too_slow
from fetchers.guard import Guard
from solieu.errors import FetchError

Result = TypeVar("Result")

CONNECT_SECONDS = 15.0
READ_SECONDS = 30.0


class Deadline:
    """When the request under way must be over; shared by the connections of one lane."""

    def __init__(self) -> None:
        self.url = ""
        self.seconds = 0.0
        self._ends = 0.0

    def begin(self, url: str, seconds: float) -> None:
        self.url, self.seconds, self._ends = url, seconds, time.monotonic() + seconds

    def left(self, most: float) -> float:
        """Seconds that the next step may take. Raises FetchError where none are left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise too_slow(self.url, self.seconds)
        return min(left, most)


class Stream(httpcore.NetworkStream):
    """A connection whose every step ends before the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._within(lambda t: self._inner.read(max_bytes, t), READ_SECONDS)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._within(lambda t: self._inner.write(buffer, t), READ_SECONDS)

    def _within(self, step: Callable[[float], Result], most: float) -> Result:
        allowed = self._deadline.left(most)
        try:
            return step(allowed)
        except httpcore.TimeoutException:
            self._deadline.left(most)
            raise

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(
            ssl_context, server_hostname, self._deadline.left(CONNECT_SECONDS)
        )
        return Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Opens connections to addresses that the guard allowed, and to no others."""

    def __init__(self, guard: Guard, deadline: Deadline, proxy_host: str | None = None) -> None:
        self._guard = guard
        self._deadline = deadline
        self._proxy_host = proxy_host
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if host == self._proxy_host:
            addresses = [host]  # the machine's owner named the proxy
        else:
            addresses = self._guard.addresses(self._deadline.url, host, port)
        problem: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                inner = self._plain.connect_tcp(
                    address, port, self._deadline.left(CONNECT_SECONDS), None, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return Stream(inner, self._deadline)
        raise problem


class Transport(httpx.BaseTransport):
    """One connection to one host, HTTP/1.1 or 2, through `proxy` where there is one."""

    def __init__(
        self, guard: Guard, deadline: Deadline, context: ssl.SSLContext, proxy: str | None
    ) -> None:
        address = httpx.URL(proxy) if proxy else None
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            proxy=_proxy(address),
            max_connections=1,
            keepalive_expiry=120.0,
            http2=True,
            network_backend=Backend(guard, deadline, address.host if address else None),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _proxy(address: httpx.URL | None) -> httpcore.Proxy | None:
    if address is None:
        return None
    auth = (address.username.encode(), address.password.encode()) if address.username else None
    return httpcore.Proxy(
        httpcore.URL(
            scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=b"/"
        ),
        auth=auth,
    )


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for an address: HTTPS_PROXY, HTTP_PROXY, NO_PROXY."""
    parts = httpx.URL(url)
    if urllib.request.proxy_bypass(parts.netloc.decode("ascii")):
        return None
    named = urllib.request.getproxies()
    return named.get(parts.scheme) or named.get("all")


@contextmanager
def told(url: str) -> Iterator[None]:
    """Faults of the wire as errors that say whether asking again may help."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise _unproven(url, error.verify_message) from error
    except (httpcore.ConnectError, httpcore.ProxyError) as error:
        cause = _certificate_problem(error)
        if cause:
            raise _unproven(url, cause.verify_message) from error
        raise _broken(url, error) from error
    except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, httpx.InvalidURL) as error:
        raise failed(url, f"the address cannot be asked ({error})") from error
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpx.HTTPError,
        OSError,
    ) as error:
        raise _broken(url, error) from error


def _broken(url: str, error: Exception) -> Exception:
    what = str(error) or type(error).__name__
    return failed(url, f"the connection failed ({what})", f"kết nối bị lỗi ({what})", Transient)


class Unproven(FetchError):
    """The certificate could not be traced to a known root."""


def _unproven(url: str, reason: str) -> Exception:
    return failed(
        url,
        f"its certificate cannot be proven ({reason})",
        f"chứng chỉ không xác minh được ({reason})",
        Unproven,
    )


def _certificate_problem(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None
