"""What can go wrong with a document, and what its owner can do about it.

SolieuError
├── UsageError                 the command was called in a way that cannot work
├── OutputError                the results cannot be written; the last output stands as it was
└── DocumentError              one document; the run goes on
    ├── UnreadableDocument     damaged, encrypted, or not the format it claims to be
    ├── UnsupportedFormat      a format that nothing here reads
    ├── LimitExceeded          too large, too deep, too long
    ├── NoText                 pages without text: a scan that needs recognition
    └── FetchError             the bytes could not be had

A disagreement between published figures is never an error: it is a `Finding`.
"""

from __future__ import annotations

from solieu.text import encodable


class SolieuError(Exception):
    """Carries its message in both languages: what happened and what to do."""

    def __init__(self, message_en: str, message_vi: str) -> None:
        message_en, message_vi = encodable(message_en), encodable(message_vi)  # may quote a name
        super().__init__(message_en)
        self.message_en = message_en
        self.message_vi = message_vi

    def __reduce__(self) -> tuple[type[SolieuError], tuple[str, str]]:
        return type(self), (self.message_en, self.message_vi)


class UsageError(SolieuError):
    """The command was called in a way that cannot work."""


class OutputError(SolieuError):
    """The results cannot be written: a full disk, a folder without rights."""

    @classmethod
    def of(cls, place: object, error: OSError) -> OutputError:
        """The error for `place`, with what the operating system says."""
        reason = error.strerror or type(error).__name__
        return cls(
            f"Cannot write to {place} ({reason}). Free some space or check the rights, then run "
            "again: documents that were read are not read again.",
            f"Không ghi được vào {place} ({reason}). Hãy giải phóng dung lượng hoặc kiểm tra quyền "
            "rồi chạy lại: các tài liệu đã đọc sẽ không phải đọc lại.",
        )


class DocumentError(SolieuError):
    """One document could not be read; it gets a row that says why."""

    status: str = "failed"


class UnreadableDocument(DocumentError):
    """Damaged, encrypted, or not the format it claims to be."""


class UnsupportedFormat(DocumentError):
    """A format that nothing here reads."""


class LimitExceeded(DocumentError):
    """Too large, too deep or too slow to read within the limits."""


class NoText(DocumentError):
    """Pages that hold pictures of text: recognition is needed, and is not installed."""

    status = "empty"


class FetchError(DocumentError):
    """The bytes could not be had."""
