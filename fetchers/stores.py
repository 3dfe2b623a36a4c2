"""Documents in object stores: addresses like s3://bucket/folder, through fsspec.

Needs the extra `cluster`. Rights and endpoints come from the environment, as the store's own
tools take them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, ...).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from fetchers.source import Address, Fetched
from solieu.errors import DocumentError, FetchError

_ADDRESS = re.compile(r"(?!https?:|file:)[a-z][a-z0-9+.]+://", re.IGNORECASE)


def is_store(text: str) -> bool:
    """Whether `text` is an address in a store that fsspec knows, and no page on the web."""
    return _ADDRESS.match(text) is not None


def addresses(text: str) -> Iterator[Address]:
    """Every document at or below an address, in the order of their names."""
    try:
        with _told(text):
            system, path = _opened(text)
            found = sorted(system.find(path))
    except DocumentError as problem:
        yield Address(text, problem)
        return
    names = (str(name) for name in found)
    shown = [name for name in names if not any(p.startswith(".") for p in name.split("/"))]
    yield from (Address(system.unstrip_protocol(name)) for name in shown)
    if not shown:
        yield Address(text, _nothing(text))


def fetch(address: str, most: int) -> Fetched:
    """The bytes at an address, at most `most` of them.

    Raises:
        FetchError: they cannot be had.
    """
    with _told(address):
        system, path = _opened(address)
        state = system.info(path)
        content: bytes = system.cat_file(path, end=most + 1)
    written = next((v for v in map(state.get, ("LastModified", "mtime", "created")) if v), None)
    return Fetched(address, content, path.rpartition("/")[2], _time(written))


def state(address: str) -> tuple[int, str]:
    """Size in bytes, and a text that changes when the object does.

    Raises:
        FetchError: the store does not say.
    """
    with _told(address):
        system, path = _opened(address)
        known = system.info(path)
    marks = (known.get(name) for name in ("ETag", "etag", "LastModified", "mtime", "created"))
    return known.get("size") or 0, str([mark for mark in marks if mark])


def _opened(address: str) -> tuple[Any, str]:
    fsspec: Any = import_module("fsspec")  # of the extra
    system, path = fsspec.core.url_to_fs(address)
    return system, path


def _time(written: object) -> datetime:
    """To the second, as files on disk have it; the epoch where the store does not say."""
    if isinstance(written, datetime):
        return written.astimezone(UTC).replace(microsecond=0)
    return datetime.fromtimestamp(int(written) if isinstance(written, int | float) else 0, UTC)


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise FetchError(
            f"{address}: stores need the extra packages. Run: pip install 'solieu[cluster]'",
            f"{address}: cần cài thêm gói để đọc kho này. Hãy chạy: pip install 'solieu[cluster]'",
        ) from error
    except (OSError, ValueError) as error:
        raise FetchError(
            f"{address} cannot be read ({error}). Check the address and your rights.",
            f"Không đọc được {address} ({error}). Kiểm tra địa chỉ và quyền truy cập.",
        ) from error


def _nothing(text: str) -> FetchError:
    return FetchError(
        f"There is nothing at {text}. Check the address.",
        f"Không có gì ở {text}. Kiểm tra lại địa chỉ.",
    )
