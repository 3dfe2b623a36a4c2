"""Pages of portals."""

from extractors.html.document import extract

__all__ = ["extract"]
