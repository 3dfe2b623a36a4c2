"""What one writes on the first afternoon: pandas.read_html + pdfplumber + a regular expression.

    python benchmarks/speed/straightforward.py FOLDER OUT.csv

Every number of every document with the first wording of its row, and nothing else: no region, no
metric, no year, no unit, no check, no report. The yardstick of `against.py` and `clock.py`.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import warnings
from pathlib import Path

NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?")


def plumber(content: bytes) -> list:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def rows_of(name: str, content: bytes) -> list[list[str]]:
    import pandas as pd

    if name.endswith((".html", ".htm")):
        try:
            frames = pd.read_html(io.BytesIO(content), thousands=".", decimal=",")  # noqa: TID251 (the yardstick)
        except ValueError:
            return []
        return [list(map(str, row)) for frame in frames for row in frame.itertuples(index=False)]
    if name.endswith(".pdf"):
        return [[cell or "" for cell in row] for table in plumber(content) for row in table]
    if name.endswith((".xlsx", ".xls")):
        sheets = pd.read_excel(io.BytesIO(content), header=None, sheet_name=None).values()
        return [list(map(str, row)) for frame in sheets for row in frame.itertuples(index=False)]
    if name.endswith(".docx"):
        return word_rows(content)
    return [[line] for line in content.decode(errors="replace").splitlines()]


def word_rows(content: bytes) -> list[list[str]]:
    import docx

    document = docx.Document(io.BytesIO(content))
    lines = [[paragraph.text] for paragraph in document.paragraphs]
    return lines + [[c.text for c in row.cells] for table in document.tables for row in table.rows]


def figures(name: str, content: bytes) -> set[tuple[str, float]]:
    """(label, value) of every number found."""
    found = set()
    for row in rows_of(name, content):
        label = next((cell for cell in row if re.search(r"[^\W\d]{2}", cell) and cell != "nan"), "")
        for cell in row:
            for number in NUMBER.findall(cell):
                digits = number.replace(".0", "") if number.endswith(".0") else number
                found.add((label, float(re.sub(r"[.,](?=\d{3})", "", digits).replace(",", "."))))
    return found


def main(folder: Path, out: Path) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "label", "value"))
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder).as_posix()
            writer.writerows((name, *pair) for pair in sorted(figures(name, path.read_bytes())))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
