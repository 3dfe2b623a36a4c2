"""Plain text, and values parted by commas or tabs (`csv`)."""

from extractors.text.document import extract

__all__ = ["extract"]
