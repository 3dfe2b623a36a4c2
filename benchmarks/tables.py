"""Table finding against the truth of the ICDAR 2013 competition, peers side by side, and its speed.

    python benchmarks/tables.py FOLDER [--scorer score_tables.py] [--peers pdfplumber,camelot] [--repeat 3]

FOLDER holds `*.pdf` with `*-str.xml`. The scorer is a program that takes FOLDER and a folder of JSON
predictions. Peers run where they are installed: pdfplumber (a dependency), camelot, tablers, pymupdf
(AGPL or commercial: only when asked for). Speed is CPU time of one process; readers take turns file
by file, so that other work on the machine meets all of them alike, and the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from extractors.pdf import extract, page_grids
from extractors.pdf.pdfium import PdfiumReader
from solieu.model import Grid, SourceDocument

Tables = list[dict[str, Any]]


def document(path: Path) -> SourceDocument:
    return SourceDocument(str(path), path.read_bytes(), "application/pdf", path.name)


def as_json(grids: Iterable[Grid]) -> Tables:
    tables: Tables = []
    for grid in grids:
        rows: list[list[str | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
        spans = []
        for cell in grid.cells:
            rows[cell.row - 1][cell.column - 1] = cell.text or None
            if cell.row_span > 1 or cell.column_span > 1:
                last = (cell.row + cell.row_span - 2, cell.column + cell.column_span - 2)
                spans.append([cell.row - 1, cell.column - 1, *last])
        tables.append({"page": grid.page, "bbox": grid.box, "rows": rows, "spans": spans})
    return tables


def ours(path: Path) -> Tables:
    return as_json(page_grids(document(path)))


def ours_whole(path: Path) -> Tables:
    return as_json(extract(document(path)).grids)


def pdfplumber_tables(path: Path) -> Tables:
    import pdfplumber

    found: Tables = []
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        for page in pdf.pages:
            found += [
                {"page": page.page_number, "bbox": None, "rows": t} for t in page.extract_tables()
            ]
            page.close()
    return found


def camelot_tables(path: Path) -> Tables:
    import camelot

    read = camelot.read_pdf(str(path), pages="all", flavor="hybrid")
    return [{"page": t.page, "bbox": None, "rows": t.df.to_numpy().tolist()} for t in read]


def tablers_tables(path: Path) -> Tables:
    import tablers

    found: Tables = []
    with tablers.Document(str(path)) as pdf:
        for number, page in enumerate(pdf.pages(), 1):
            for table in tablers.find_tables(page, extract_text=True):
                found.append(
                    {
                        "page": number,
                        "bbox": None,
                        "rows": [[c.text if c else None for c in r.cells] for r in table.rows],
                    }
                )
    return found


def pymupdf_tables(path: Path) -> Tables:
    import pymupdf

    found: Tables = []
    with pymupdf.open(path) as pdf:
        for number, page in enumerate(pdf, 1):
            found += [
                {"page": number, "bbox": None, "rows": t.extract()}
                for t in page.find_tables().tables
            ]
    return found


PEERS: dict[str, tuple[str, Callable[[Path], Tables]]] = {
    "pdfplumber": ("pdfplumber", pdfplumber_tables),
    "camelot": ("camelot", camelot_tables),
    "tablers": ("tablers", tablers_tables),
    "pymupdf": ("pymupdf", pymupdf_tables),
}


def accuracy(
    name: str, read: Callable[[Path], Tables], files: list[Path], folder: Path, scorer: Path
) -> None:
    with tempfile.TemporaryDirectory() as out:
        for path in files:
            try:
                tables = read(path)
            except Exception as error:  # noqa: BLE001 - a peer's failure on one file is a result, not ours to sort
                print(f"{name}: {path.name}: {type(error).__name__}: {error}")
                tables = []
            (Path(out) / f"{path.stem}.json").write_text(json.dumps(tables, default=str))
        done = subprocess.run(
            [sys.executable, str(scorer), str(folder), out],
            capture_output=True,
            text=True,
            check=True,
        )
        print(f"{name:22} {done.stdout.splitlines()[0]}")


def speed(readers: dict[str, Callable[[Path], Tables]], files: list[Path], repeat: int) -> None:
    pages = sum(PdfiumReader(p.read_bytes()).page_count for p in files)
    spent = dict.fromkeys(readers, 0.0)
    for path in files:
        best = dict.fromkeys(readers, float("inf"))
        for turn in range(repeat):
            for name, read in readers.items():
                if turn and best[name] > 1.0:
                    continue
                start = time.process_time()
                read(path)
                best[name] = min(best[name], time.process_time() - start)
        for name, seconds in best.items():
            spent[name] += seconds
    base = spent.get("pdfplumber")
    for name, seconds in spent.items():
        ratio = f"  {base / seconds:5.1f} times pdfplumber" if base else ""
        print(f"{name:22} {pages / seconds:7.1f} pages a second{ratio}")


def memory(pages: int) -> None:
    """Peak of Python's memory while a long PDF is read, for half as many pages and for all."""
    from reportlab.pdfgen.canvas import Canvas

    for count in (pages // 2, pages):
        out = io.BytesIO()
        canvas = Canvas(out)
        for page in range(count):
            for row in range(40):
                canvas.drawString(60, 800 - 18 * row, f"District {row}")
                canvas.drawRightString(300, 800 - 18 * row, f"{page * 40 + row}.{row:03}")
                canvas.line(50, 795 - 18 * row, 310, 795 - 18 * row)
            canvas.showPage()
        canvas.save()
        content = out.getvalue()
        tracemalloc.start()
        most = 0
        for _ in PdfiumReader(content).pages():
            most = max(most, tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        print(f"{count} pages: {most / 1e6:.1f} MB at most while reading")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--peers", default="pdfplumber,camelot,tablers")
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    files = sorted(asked.folder.glob("*.pdf"))
    readers: dict[str, Callable[[Path], Tables]] = {
        "solieu tables": ours,
        "solieu whole document": ours_whole,
    }
    for name in filter(None, asked.peers.split(",")):
        module, read = PEERS[name]
        if importlib.util.find_spec(module):
            readers[name] = read
        else:
            print(f"{name}: not installed")
    if asked.scorer:
        for name, read in readers.items():
            if read is not ours_whole:
                accuracy(name, read, files, asked.folder, asked.scorer)
    speed(readers, files, asked.repeat)
    memory(260)


if __name__ == "__main__":
    main()
