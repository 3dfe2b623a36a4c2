"""Files and folders on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from fetchers import stores, zipped
from fetchers.source import Address, Fetched
from solieu.errors import FetchError, LimitExceeded

MAX_BYTES = 200 * 1024 * 1024
"""A yearbook with pictures stays below; what lies above is a disk image, not a publication."""


def is_url(text: str) -> bool:
    """Whether `text` is an address on the web and no path."""
    return text.lower().startswith(("http://", "https://"))


def addresses(asked: Iterable[str], *, leave_out: Path | None = None) -> Iterator[Address]:
    """Every document below what was asked for, in a stable order, each once.

    Hidden files are passed over, and so is `leave_out` (the folder that the run writes to).
    A path that is not there and a folder with nothing in it come back with their problem.
    """
    seen: set[str] = set()
    for text in asked:
        for address in _expand(text, leave_out):
            if address.text not in seen:
                seen.add(address.text)
                yield address


def _expand(text: str, leave_out: Path | None) -> Iterator[Address]:
    path = Path(text)
    if is_url(text) or zipped.is_member(text):
        yield Address(text)
    elif stores.is_store(text):
        yield from stores.addresses(text)
    elif path.is_file():
        yield from _documents(path)
    elif not path.exists():
        yield Address(text, _not_there(text))
    elif not path.is_dir():
        yield Address(text, _no_file(text))
    else:
        found = sorted(_files(path, leave_out.resolve() if leave_out else None))
        for file in found:
            yield from _documents(file)
        if not found:
            yield Address(text, _empty_folder(text))


def _documents(path: Path) -> Iterator[Address]:
    return zipped.addresses(path) if zipped.is_archive(path) else iter((Address(str(path)),))


def _files(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = [
            f for f in folders if not f.startswith(".") and (here / f).resolve() != leave_out
        ]
        yield from (here / name for name in names if not name.startswith("."))


def fetch(address: str) -> Fetched:
    """The bytes of a file.

    `retrieved_at` is when the file was last written: a second run over the same files gives the
    same rows.
    """
    if zipped.is_member(address):
        return zipped.fetch(address)
    if stores.is_store(address):
        got = stores.fetch(address, MAX_BYTES)
        if len(got.content) > MAX_BYTES:
            raise _too_large(address, len(got.content))
        return got
    path = Path(address)
    try:
        status = path.stat()
        if status.st_size > MAX_BYTES:
            raise _too_large(address, status.st_size)
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FetchError(
            f"The file cannot be opened ({reason}). Check that it exists and may be read.",
            f"Không mở được tệp ({reason}). Kiểm tra tệp có tồn tại và có quyền đọc.",
        ) from error
    written = datetime.fromtimestamp(int(status.st_mtime), UTC)
    return Fetched(address, content, path.name, written)


def _not_there(text: str) -> FetchError:
    return FetchError(
        f"There is no file or folder {text}. Check the spelling of the path.",
        f"Không có tệp hay thư mục {text}. Kiểm tra lại đường dẫn.",
    )


def _no_file(text: str) -> FetchError:
    return FetchError(
        f"{text} is neither a file nor a folder. Give the path of a document.",
        f"{text} không phải tệp cũng không phải thư mục. Hãy chỉ tới một tài liệu.",
    )


def _empty_folder(text: str) -> FetchError:
    return FetchError(
        f"The folder {text} holds no documents. Put the files to read into it, or name another.",
        f"Thư mục {text} không có tài liệu nào. Đặt tệp cần đọc vào đó hoặc chọn thư mục khác.",
    )


def _too_large(address: str, size: int) -> LimitExceeded:
    return LimitExceeded(
        f"{address} has {size / 1e6:.0f} MB; documents above {MAX_BYTES / 1e6:.0f} MB "
        "are not read. Split it into parts.",
        f"{address} nặng {size / 1e6:.0f} MB; tài liệu trên {MAX_BYTES / 1e6:.0f} MB "
        "không được đọc. Hãy chia thành nhiều phần.",
    )
