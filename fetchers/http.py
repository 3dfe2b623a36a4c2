"""Documents on the web: the one place that imports the HTTP library.

Redirects are followed by hand and every address is checked at every hop, since a public page may
point at a machine inside the network. Timeouts of the library are per read, so a total deadline
stands over the whole request.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from fetchers.source import Fetched
from solieu.errors import FetchError, LimitExceeded

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 100 * 1024 * 1024
MAX_REDIRECTS = 5
DEADLINE_SECONDS = 120.0
USER_AGENT = "solieu/0.1 (published figures of Vietnam; reads single pages on request)"


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """The bytes behind `url` after at most five redirects.

    Raises FetchError for refused addresses, failed connections and HTTP errors, LimitExceeded for
    bodies that are too large.
    """
    import httpx  # noqa: PLC0415 (a run over local files needs no network library)

    ends = time.monotonic() + DEADLINE_SECONDS
    here = url
    with httpx.Client(headers={"User-Agent": USER_AGENT}, timeout=20.0) as client:
        for _ in range(MAX_REDIRECTS + 1):
            check_address(here, allow_private=allow_private)
            try:
                with client.stream("GET", here) as answer:
                    if answer.is_redirect:
                        here = urljoin(here, answer.headers["location"])
                        continue
                    return _read(url, here, answer, ends)
            except httpx.HTTPError as error:
                raise _failed(url, str(error) or type(error).__name__) from error
    raise _failed(url, f"more than {MAX_REDIRECTS} redirects")


def _read(asked: str, final: str, answer: httpx.Response, ends: float) -> Fetched:
    if answer.status_code != 200:
        raise _failed(asked, f"HTTP {answer.status_code} {answer.reason_phrase}")
    content = b"".join(_limited(asked, answer.iter_bytes(), ends))
    name = _declared_name(answer.headers.get("content-disposition", ""), final)
    declared = answer.headers.get("content-type", "").partition(";")[0].strip() or None
    return Fetched(asked, content, name, datetime.now(UTC), final, declared)


def _limited(url: str, pieces: Iterator[bytes], ends: float) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_BYTES:
            raise LimitExceeded(
                f"{url} sends more than {MAX_BYTES // 2**20} MB. Download it and split it.",
                f"{url} gửi hơn {MAX_BYTES // 2**20} MB. Hãy tải về và chia nhỏ.",
            )
        if time.monotonic() > ends:
            raise _failed(url, f"no complete answer within {DEADLINE_SECONDS:.0f} seconds")
        yield piece


def _declared_name(disposition: str, url: str) -> str:
    header = Message()
    header["content-disposition"] = disposition or "inline"
    name = header.get_filename()
    return (
        re.sub(r"[/\\\x00]", "_", name) if name else unquote(urlsplit(url).path.rpartition("/")[2])
    )


def check_address(url: str, *, allow_private: bool) -> None:
    """Refuse what is not http(s) and, unless allowed, every address inside a network.

    Raises FetchError with the reason.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _failed(url, "only http and https addresses are read")
    if allow_private:
        return
    for address in _resolved(url, parts.hostname):
        if not ipaddress.ip_address(address).is_global:
            raise _failed(
                url, f"{parts.hostname} is the inside address {address}, which is refused"
            )


def _resolved(url: str, host: str) -> set[str]:
    try:
        return {str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise _failed(url, f"the name {host} cannot be resolved") from error


def _failed(url: str, reason: str) -> FetchError:
    return FetchError(
        f"{url} could not be fetched: {reason}. Open it in a browser, or save it and read that.",
        f"Không tải được {url}: {reason}. Thử mở bằng trình duyệt, hoặc lưu về rồi đọc từ tệp.",
    )
