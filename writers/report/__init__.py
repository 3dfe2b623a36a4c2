"""The dataset for people: one page that opens from disk, details in files beside it.

`index.html` holds its scripts, styles and the overview. What a document says, all figures, and
which document an id belongs to wait in scripts beside it, which hold data and nothing else; the
page loads them when they are asked for. Nothing comes from a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np

from solieu.model import Reading, SourceDocument
from writers.report import document as documents
from writers.report import figures, index, lookups
from writers.report.page import data_script, render

FOLDER = "report"

Names = Mapping[str, tuple[str, str]]


def detail(document: SourceDocument, reading: Reading) -> str | None:
    """What the report shows of one document, as it goes into the file beside the page."""
    value = documents.describe(document, reading)
    return data_script(f"documents/{reading.document_id}", value)


def add_detail(folder: Path, document_id: str | None, page: str | None) -> None:
    """Put the page of one document into the report below `folder`."""
    if document_id and page:
        _write(folder / FOLDER / "documents" / f"{document_id}.js", page)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the report that can be written by itself, by any process."""

    kind: Literal["index", "figures", "ids"]
    number: int = 0
    of: int = 1
    marks: bytes = b""
    """Of `figures`: what the checks say of each."""


def pieces(folder: Path) -> list[Piece]:
    """What the report over the tables in `folder` consists of, besides the documents' pages."""
    turns = lookups.passes(folder)
    return [
        Piece("index"),
        *(Piece("ids", n, turns) for n in range(turns)),
        *(Piece("figures", n, marks=m.tobytes()) for n, m in enumerate(figures.marks(folder))),
    ]


def write_piece(piece: Piece, folder: Path, metrics: Names) -> None:
    """Write one piece; `metrics` gives codes their Vietnamese and English names."""
    goal = folder / FOLDER
    if piece.kind == "index":
        _write(goal / "index.html", _index(folder, {}, metrics))
    for name, script in _scripts(folder, piece):
        _write(goal / f"{name}.js", script)


def write(folder: Path, metrics: Names = MappingProxyType({})) -> None:
    """Write `report/index.html` over the tables in `folder`, and the files it loads."""
    for piece in pieces(folder):
        write_piece(piece, folder, metrics)


def whole(folder: Path, metrics: Names = MappingProxyType({})) -> str:
    """The report as one page that needs no file beside it."""
    beside = {
        f"documents/{path.stem}": path.read_text(encoding="utf-8")
        for path in sorted((folder / FOLDER / "documents").glob("*.js"))
    }
    scripts = (found for piece in pieces(folder) for found in _scripts(folder, piece))
    return _index(folder, beside | dict(scripts), metrics)


def _index(folder: Path, inside: dict[str, str], metrics: Names) -> str:
    detailed = frozenset(p.stem for p in (folder / FOLDER / "documents").glob("*.js"))
    found = index.overview(folder, detailed)
    found["parts"] = figures.file_count(folder)
    used = set(found["coverage"]["words"])
    found["metrics"] = {c: list(names) for c, names in metrics.items() if c in used}
    found["letters"] = lookups.letters(folder)
    return render(found, inside)


def _scripts(folder: Path, piece: Piece) -> Iterator[tuple[str, str]]:
    """Name and text of the scripts that a piece has beside the page."""
    if piece.kind == "figures":
        name = f"figures/{piece.number}"
        marks = np.frombuffer(piece.marks, np.uint8)
        yield name, data_script(name, figures.part(folder, piece.number, marks))
    elif piece.kind == "ids":
        for start, found in lookups.files(folder, piece.number, piece.of):
            yield f"ids/_{start}", data_script(f"ids/_{start}", found)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
