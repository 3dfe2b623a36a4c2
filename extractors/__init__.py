"""Bytes to grids and passages: knows formats, knows no metric and no region.

A new format is one module or package with `extract(document) -> Content`, and one row in
`EXTRACTORS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from extractors import advice
from solieu.model import Content, Grid, SourceDocument


class Extractor(Protocol):
    """One format's door: bytes in, blocks in reading order out."""

    def __call__(self, document: SourceDocument) -> Content: ...


def _in(module: str) -> Extractor:
    """The `extract` of a module that is imported when the first such document comes."""

    def extract(document: SourceDocument) -> Content:
        return cast("Extractor", import_module(f"extractors.{module}").extract)(document)

    return extract


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

EXTRACTORS: dict[str, Extractor] = {
    "text/html": _in("html"),
    "application/xhtml+xml": _in("html"),
    "text/plain": _in("text"),
    "text/csv": _in("text.csv"),
    "text/tab-separated-values": _in("text.csv"),
    "application/pdf": _in("pdf"),
    f"{_OPEN_XML}.wordprocessingml.document": _in("word"),
    f"{_OPEN_XML}.spreadsheetml.sheet": _in("sheets"),
    f"{_OPEN_DOCUMENT}.spreadsheet": _in("sheets"),
    "application/vnd.ms-excel": _in("sheets"),
    "image/jpeg": _in("pictures"),
    "image/png": _in("pictures"),
    "image/tiff": _in("pictures"),
}
"""Media type to extractor."""


def extract(document: SourceDocument) -> Content:
    """Read a document by its media type.

    Raises:
        DocumentError: it cannot be read; the message says what to do, in both languages.
    """
    extractor = EXTRACTORS.get(document.media_type)
    if extractor is None:
        raise advice.refusal(document)
    return extractor(document)


def raw_grids(document: SourceDocument) -> tuple[Grid, ...]:
    """The tables as they stand on the page: one that runs over three pages is three grids.

    Raises:
        DocumentError: as `extract`.
    """
    if document.media_type == "application/pdf":
        from extractors.pdf.document import page_grids  # noqa: PLC0415 (a page of HTML needs no PDF reader)

        return tuple(page_grids(document))
    return extract(document).grids
