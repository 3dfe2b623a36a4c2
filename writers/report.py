"""The dataset for people: one page that opens from disk."""

from __future__ import annotations

from pathlib import Path

from solieu.model import Reading, SourceDocument


def detail(document: SourceDocument, reading: Reading) -> str | None:
    """What the report shows of one document, as it goes into the file beside the page."""
    return None


def add_detail(folder: Path, document_id: str | None, page: str | None) -> None:
    """Put the page of one document into the report below `folder`."""


def write(folder: Path) -> None:
    """Write `report/index.html` over the tables in `folder`."""
