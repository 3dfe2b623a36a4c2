"""What can go wrong on the way to the bytes, and whether asking again may help."""

from __future__ import annotations

from solieu.errors import FetchError, LimitExceeded


class Transient(FetchError):
    """May be gone at the next try: a reset, a timeout, a server in trouble."""


class HostClosed(FetchError):
    """The host asked to be left alone, or does not answer: no more of it in this run."""


class Refused(FetchError):
    """The server answers with a 4xx: it is there and does not give this."""


class Gone(Refused):
    """There is nothing (any more) at this address: 404 or 410."""


class Forbidden(FetchError):
    """robots.txt asks not to fetch it."""


class OutOfSpace(Exception):
    """The disk is full or not writable: the run stops, what it has stays."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def failed(
    url: str, reason: str, reason_vi: str | None = None, kind: type[FetchError] = FetchError
) -> FetchError:
    """The error for `url`, with advice."""
    return kind(
        f"{url} could not be fetched: {reason}. Open it in a browser, or save it and read that.",
        f"Không tải được {url}: {reason_vi or reason}. "
        "Thử mở bằng trình duyệt, hoặc lưu về rồi đọc từ tệp.",
    )


def unresolved(url: str, host: str) -> FetchError:
    """The error for a name without an address."""
    return failed(
        url,
        f"the name {host} cannot be resolved",
        f"không phân giải được tên miền {host}",
        Transient,
    )


def too_large(url: str, limit: int, *, unpacked: bool) -> LimitExceeded:
    """The error for a body over the limit, as sent or as unpacked."""
    size = f"{limit / 2**20:.0f} MB" if limit >= 2**20 else f"{limit} B"
    how, how_vi = (" when unpacked", " sau khi giải nén") if unpacked else ("", "")
    return LimitExceeded(
        f"{url} sends more than {size}{how}. Download it and split it.",
        f"{url} gửi hơn {size}{how_vi}. Hãy tải về và chia nhỏ.",
    )


def too_slow(url: str, seconds: float) -> FetchError:
    """The error for an answer that is not complete in time."""
    return failed(
        url,
        f"no complete answer within {seconds:.0f} seconds",
        f"chưa nhận đủ trong {seconds:.0f} giây",
    )
