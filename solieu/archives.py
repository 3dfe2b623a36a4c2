"""Zip files, looked at before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from solieu.errors import LimitExceeded, UnreadableDocument

MAX_UNPACKED = 600 * 1024 * 1024
MAX_RATIO = 200
"""Text of a spreadsheet packs 10 to 30 times; hundreds of times is a bomb."""
MAX_MEMBERS = 20_000
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # locked members, and what is packed or numbered in ways of no version
)
"""What `zipfile` raises for archives that are cut off, changed or locked."""


def check_zip(archived: bytes | Path) -> None:
    """Raise LimitExceeded for a bomb, UnreadableDocument for what is no zip file.

    Of a file on disk no more is read than its directory, however large it is.
    """
    try:
        file = io.BytesIO(archived) if isinstance(archived, bytes) else archived
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except DAMAGE as error:
        raise UnreadableDocument(
            "The file is cut off or damaged: its directory cannot be read. Download it again.",
            "Tệp bị cắt cụt hoặc hỏng: không đọc được mục lục bên trong. Hãy tải lại.",
        ) from error
    unpacked = sum(m.file_size for m in members)
    packed = max(1, sum(m.compress_size for m in members))
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or (unpacked > 50 * 2**20 and unpacked / packed > MAX_RATIO)
    ):
        raise LimitExceeded(
            f"The file would unpack to {unpacked // 2**20} MB in {len(members)} parts, "
            "which is refused. Unpack it yourself and give its documents.",
            f"Tệp giải nén ra {unpacked // 2**20} MB trong {len(members)} phần nên bị từ chối. "
            "Hãy tự giải nén rồi đưa từng tài liệu.",
        )
