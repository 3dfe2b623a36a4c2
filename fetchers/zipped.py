"""Documents inside a zip file: each is a document of its own, at the address `FILE.zip!/MEMBER`.

Word, Excel and OpenDocument files are zip files too; they are told by what is in them and stay
whole.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from fetchers.source import Address, Fetched
from solieu.archives import check_zip
from solieu.errors import DocumentError, FetchError, LimitExceeded

SEPARATOR = "!/"
MAX_MEMBER = 200 * 1024 * 1024
_OFFICE = {"[Content_Types].xml", "mimetype"}


def is_archive(path: Path) -> bool:
    """Whether the file is a plain zip file, and no office document."""
    with suppress(OSError, zipfile.BadZipFile, ValueError), path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive:
                return not _OFFICE.intersection(archive.namelist())
    return False


def addresses(path: Path) -> Iterator[Address]:
    """The documents inside, in the order of their names; or the archive with its problem."""
    try:
        check_zip(path)
        with zipfile.ZipFile(path) as archive:
            names = sorted(m.filename for m in archive.infolist() if _is_document(m))
    except DocumentError as problem:
        yield Address(str(path), problem)
        return
    yield from (Address(f"{path}{SEPARATOR}{name}") for name in names)
    if not names:
        yield Address(str(path), _nothing(path))


def _is_document(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not member.is_dir() and not hidden


def is_member(address: str) -> bool:
    """Whether the address names a document inside an archive."""
    archive, separator, _ = address.partition(SEPARATOR)
    return bool(separator) and Path(archive).is_file()


def fetch(address: str) -> Fetched:
    """The bytes of a member, within limits.

    Raises FetchError for locked or damaged members, LimitExceeded for those that are too large.
    """
    path, _, name = address.partition(SEPARATOR)
    try:
        with zipfile.ZipFile(path) as archive:
            member = archive.getinfo(name)
            if member.file_size > MAX_MEMBER:
                raise _too_large(address, member.file_size)
            with archive.open(member) as file:
                content = _read(address, file)
            written = _written(member, Path(path))
    except (KeyError, OSError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError) as error:
        # RuntimeError is how zipfile says that a member is encrypted.
        raise _unreadable(address, str(error)) from error
    return Fetched(address, content, PurePosixPath(name).name, written)


def _written(member: zipfile.ZipInfo, archive: Path) -> datetime:
    """When the member was last written; when the archive was, where it tells no such date.

    Programs that pack what they have just made leave the date empty: month 0 of 1980.
    """
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(int(archive.stat().st_mtime), UTC)


def _read(address: str, file: IO[bytes]) -> bytes:
    # The size in the directory may lie: never unpack more than the limit.
    content = file.read(MAX_MEMBER + 1)
    if len(content) > MAX_MEMBER:
        raise _too_large(address, len(content))
    return content


def _too_large(address: str, size: int) -> LimitExceeded:
    return LimitExceeded(
        f"{address} unpacks to more than {size // 2**20} MB. Unpack it yourself and split it.",
        f"{address} giải nén ra hơn {size // 2**20} MB. Hãy tự giải nén rồi chia nhỏ.",
    )


def _unreadable(address: str, reason: str) -> FetchError:
    return FetchError(
        f"{address} cannot be unpacked ({reason}). Unpack the archive and give its files.",
        f"Không giải nén được {address} ({reason}). Hãy giải nén rồi đưa từng tệp.",
    )


def _nothing(path: Path) -> FetchError:
    return FetchError(
        f"The archive {path} holds no documents.",
        f"Tệp nén {path} không có tài liệu nào.",
    )
