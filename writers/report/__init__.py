"""The dataset for people: one page that opens from disk, details in files beside it.

`index.html` holds its scripts, styles and the overview. What a document says, all figures, and
which document an id belongs to wait in scripts beside it, which hold data and nothing else; the
page loads them when they are asked for. Nothing comes from a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from solieu.model import Reading, SourceDocument
from writers.report import document as documents
from writers.report import figures, index
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


def write(folder: Path, metrics: Names = MappingProxyType({})) -> None:
    """Write `report/index.html` over the tables in `folder`, and the files it loads.

    `metrics` gives codes their Vietnamese and English names.
    """
    goal = folder / FOLDER
    _write(goal / "index.html", _index(folder, {}, metrics))
    for name, script in _data(folder):
        _write(goal / f"{name}.js", script)


def whole(folder: Path, metrics: Names = MappingProxyType({})) -> str:
    """The report as one page that needs no file beside it."""
    beside = {
        f"documents/{path.stem}": path.read_text(encoding="utf-8")
        for path in sorted((folder / FOLDER / "documents").glob("*.js"))
    }
    return _index(folder, beside | dict(_data(folder)), metrics)


def _index(folder: Path, inside: dict[str, str], metrics: Names) -> str:
    detailed = frozenset(p.stem for p in (folder / FOLDER / "documents").glob("*.js"))
    found = index.overview(folder, detailed)
    found["parts"] = -(-found["counts"]["figures"] // figures.PER_FILE)
    used = set(found["coverage"]["words"])
    found["metrics"] = {c: list(names) for c, names in metrics.items() if c in used}
    found["letters"], _ = figures.lookups(folder, {})
    return render(found, inside)


def _data(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of the scripts beside the page, without the documents'; one at a time."""
    for n, part in enumerate(figures.parts(folder)):
        yield f"figures/{n}", data_script(f"figures/{n}", part)
    ids = index.document_ids(folder)
    _, files = figures.lookups(folder, {i: n for n, i in enumerate(ids) if i})
    for start, found in files.items():
        yield f"ids/_{start}", data_script(f"ids/_{start}", found)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
