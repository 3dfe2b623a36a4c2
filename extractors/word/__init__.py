"""Word documents (.docx)."""

from extractors.word.document import extract

__all__ = ["extract"]
