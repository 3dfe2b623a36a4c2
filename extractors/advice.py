"""What to tell the owner of a document that nothing here reads: rows of `data/refused.csv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from solieu.archives import check_zip
from solieu.errors import DocumentError, UnreadableDocument, UnsupportedFormat
from solieu.model import SourceDocument


class Advice(NamedTuple):
    """Why a media type is refused and what to do instead; one that ends in / is a whole family."""

    media_type: str
    what_en: str
    what_vi: str
    do_en: str
    do_vi: str


_DAMAGED = frozenset(
    {"application/x-empty", "application/octet-stream", "application/x-encrypted-office"}
)


_ZIP = "application/zip"


@cache
def refused() -> dict[str, Advice]:
    """Media type, or its family with the slash ("image/"), to what is said about it."""
    text = files("extractors").joinpath("data/refused.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return {row[0]: Advice(*row) for row in rows}


def refusal(document: SourceDocument) -> DocumentError:
    """The error for a document without an extractor."""
    kind = document.media_type
    if kind == _ZIP and (problem := _zip_problem(document.content)):
        return problem
    found = refused().get(kind) or refused().get(kind.split("/")[0] + "/")
    if found is None:
        return UnsupportedFormat(
            f"{document.name}: {kind} is not read; save it as PDF, XLSX, DOCX or HTML",
            f"{document.name}: không đọc được {kind}; hãy lưu thành PDF, XLSX, DOCX hoặc HTML",
        )
    error = UnreadableDocument if kind in _DAMAGED else UnsupportedFormat
    return error(
        f"{document.name}: {found.what_en}; {found.do_en}",
        f"{document.name}: {found.what_vi}; {found.do_vi}",
    )


def _zip_problem(content: bytes) -> DocumentError | None:
    """What is wrong with an archive that could not be unpacked into its documents."""
    try:
        check_zip(content)
    except DocumentError as problem:
        return problem
    return None
