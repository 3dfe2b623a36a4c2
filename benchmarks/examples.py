"""One example for each format: a picture of the page, its table as a grid, its observations.

    python benchmarks/examples.py [--chromium /usr/bin/chromium]

Writes docs/examples.md and docs/pictures/format-*.png from the files in samples/. The sample plan
also becomes a scan, a Word file, a workbook and a CSV file here. Pages of PDFs are drawn by pdfium,
pages of HTML and text by Chromium; Word files and workbooks are drawn from their cells, since no
office program is needed for anything else. Needs reportlab, Tesseract with Vietnamese, Chromium.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pyarrow.parquet as pq
import pypdfium2
from PIL import Image, ImageChops

sys.path.insert(0, str(Path(__file__).parents[1]))

import pipeline
from benchmarks.scans import ROUGH, scanned
from extractors import extract, raw_grids
from extractors.sniff import media_type
from solieu.model import Grid, SourceDocument

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
PICTURES = ROOT / "docs" / "pictures"
PLAN = SAMPLES / "ke-hoach-tra-vinh-2023.pdf"
PAGE = SAMPLES / "giao-chi-tieu-hai-duong-2024.html"
TEXT = SAMPLES / "loai-hinh-bao-hiem-lam-dong-2018.txt"
TITLE = "Kế hoạch phát triển người tham gia trên địa bàn thành phố Trà Vinh năm 2023"
UNIT = "Đơn vị tính: người"
ROWS_SHOWN, OBSERVATIONS_SHOWN = 5, 4
WIDTH = 760
MOST_BYTES = 75_000
HEAD = "# One example for each format\n\nWritten by `python benchmarks/examples.py` from the files in `samples/`; what a scan or a workbook\nwould hold is made from the sample plan. Each table is cut after its first rows."


@dataclass(frozen=True, slots=True)
class Example:
    """A document of one format and the page that a reader sees."""

    format: str
    name: str
    content: bytes
    shown: str | None = None
    """HTML to draw; None where pdfium draws the document."""
    said: str = ""


def examples() -> list[Example]:
    plan, text = PLAN.read_bytes(), TEXT.read_text(encoding="utf-8")
    table = _rows(extract(_document(PLAN.name, plan)).grids[0])
    sheet = [[TITLE], [UNIT], table[0], *[[_number(c) for c in row] for row in table[1:]]]
    lines = "\n".join(";".join(row) for row in table)
    made = "Drawn from the cells of the file."
    return [
        Example("HTML", PAGE.name, PAGE.read_bytes(), PAGE.read_text(encoding="utf-8")),
        Example("PDF", PLAN.name, plan),
        Example("Scan", "scan.pdf", scanned(plan, ROUGH), said=f"The plan at {ROUGH.name}."),
        Example("Word", "plan.docx", _word(table), _drawn([[TITLE], [UNIT], *table]), made),
        Example("Excel", "plan.xlsx", _workbook(sheet), _drawn([[TITLE], [UNIT], *table]), made),
        Example("Text", TEXT.name, text.encode(), _typed(text)),
        Example("CSV", "nam-2023.csv", f"{TITLE}\n{lines}\n".encode(), _typed(f"{TITLE}\n{lines}")),
    ]


def _document(name: str, content: bytes) -> SourceDocument:
    return SourceDocument(name, content, media_type(content, name), name)


def _rows(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text.replace("\n", " ")
    return rows


def _number(text: str) -> str | int:
    digits = text.replace(".", "")
    return int(digits) if digits.isdigit() else text


def _word(table: Sequence[Sequence[str]]) -> bytes:
    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_paragraph(UNIT)
    grid = made.add_table(len(table), len(table[0]))
    for row, texts in zip(grid.rows, table, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _workbook(rows: Sequence[Sequence[str | int]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in book.active.iter_rows(min_row=4, min_col=3):
        for cell in cells:
            cell.number_format = "#,##0"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _drawn(rows: Sequence[Sequence[str]]) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>"
        for row in rows
        if len(row) > 1
    )
    lead = "".join(f"<p>{html.escape(row[0])}</p>" for row in rows if len(row) == 1)
    style = "body{font:14px sans-serif}table{border-collapse:collapse}td{border:1px solid;padding:3px 8px}"
    return f"<meta charset=utf-8><style>{style}</style>{lead}<table>{body}</table>"


def _typed(text: str) -> str:
    style = "pre{font:13px monospace;white-space:pre-wrap;tab-size:24}"
    return f"<meta charset=utf-8><style>{style}</style><pre>{html.escape(text)}</pre>"


def picture(example: Example, chromium: str) -> Image.Image:
    """The page as a reader sees it, its margins cut off."""
    if example.shown is None:
        pdf = pypdfium2.PdfDocument(example.content)
        image = pdf[0].render(scale=1.4).to_pil()
    else:
        image = _browsed(example.shown, chromium)
    image = image.convert("L")
    box = ImageChops.invert(image).point(lambda ink: 255 if ink > 60 else 0).getbbox()
    x0, top, x1, bottom = box or (0, 0, *image.size)
    image = image.crop(
        (max(0, x0 - 8), max(0, top - 8), min(x1 + 8, image.width), min(bottom + 8, image.height))
    )
    if image.width > WIDTH:
        image = image.resize(
            (WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS
        )
    return image


def save(image: Image.Image, path: Path) -> None:
    """As PNG in few greys, smaller until it is small: the noise of a scan packs badly."""
    image.quantize(8).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        size = (image.width * 4 // 5, image.height * 4 // 5)
        save(image.resize(size, Image.Resampling.LANCZOS), path)


def _browsed(page: str, chromium: str) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        options += [f"--window-size={WIDTH + 40},900", f"--screenshot={shot}"]
        subprocess.run([chromium, *options, str(source)], check=True, capture_output=True)
        return Image.open(shot).copy()


def observations(examples: Sequence[Example]) -> dict[str, list[dict[str, Any]]]:
    """The observations of all examples, by file name, in the order of the page."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        for example in examples:
            (source / example.name).write_bytes(example.content)
        pipeline.run([str(source)], out, workers=1)
        names = {
            d["document_id"]: Path(d["source"]).name
            for d in pq.read_table(out / "documents.parquet").to_pylist()
        }
        found: dict[str, list[dict[str, Any]]] = {}
        for row in pq.read_table(out / "observations.parquet").to_pylist():
            found.setdefault(names[row["document_id"]], []).append(row)
    for rows in found.values():
        rows.sort(key=lambda r: (r["table"] or 999, r["row"] or 0, r["column"] or 0))
    return found


def _markdown(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def _section(example: Example, found: Sequence[dict[str, Any]]) -> str:
    grid = raw_grids(_document(example.name, example.content))[0]
    rows = _rows(grid)
    shown = [[n, *row] for n, row in enumerate(rows[:ROWS_SHOWN], 1)]
    columns = ["", *map(str, range(1, grid.column_count + 1))]
    said = [
        [
            o["region_name"] or o["region_text"],
            o["metric"] or o["metric_label"],
            o["period"],
            o["raw"],
            f"{o['value']:g}" if abs(o["value"]) < 100_000 else f"{o['value']:.0f}",
            o["unit"],
            f"table {o['table']}, row {o['row']}, column {o['column']}",
            f"{o['confidence']:.2f}",
        ]
        for o in [o for o in found if o["table"]][:OBSERVATIONS_SHOWN]
    ]
    head = ["region", "metric", "period", "printed", "value", "unit", "place", "confidence"]
    name = f"format-{example.format.lower()}.png"
    return "\n\n".join(
        [
            f"## {example.format}",
            *([example.said] if example.said else []),
            f"![{example.format} as a reader sees it](pictures/{name})",
            f"The grid, {grid.row_count} rows and {grid.column_count} columns:",
            _markdown(columns, shown),
            f"{len(found)} observations, the first of the table:",
            _markdown(head, said),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    made = examples()
    found = observations(made)
    for example in made:
        path = PICTURES / f"format-{example.format.lower()}.png"
        save(picture(example, asked.chromium), path)
        print(json.dumps({path.name: path.stat().st_size}))
    sections = [_section(e, found.get(e.name, [])) for e in made]
    text = "\n\n".join([HEAD, *sections]) + "\n"
    (ROOT / "docs" / "examples.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
