"""Tables in the forms that offices print most: every observation as a golden row, in two formats.

`UPDATE_GOLDEN=1 pytest tests/test_table_forms.py` writes the rows anew; read the difference. The
forms are true to life, their figures are made up.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag

import extractors
import normalizers
from extractors.sniff import media_type
from solieu.model import Observation, SourceDocument

FORMS = Path(__file__).resolve().parent / "data" / "table_forms"
GOLDEN = FORMS / "observations.csv"
NAMES = sorted(path.stem for path in FORMS.glob("*.html"))
HEAD = (
    *("form", "table", "row", "column", "region", "metric", "scenario", "measure", "basis"),
    *("period", "value", "unit", "sure"),
)
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?(?:0|[1-9]\d*)(?:,\d+)?")


def read(content: bytes, name: str) -> tuple[Observation, ...]:
    document = SourceDocument(name, content, media_type(content, name), name)
    return normalizers.normalize(extractors.extract(document), document.digest).observations


def told(seen: Observation) -> tuple[str, ...]:
    """What an observation says, in the order of HEAD from "region" to "unit"."""
    region = seen.region.name if seen.region else seen.region_text or ""
    period = seen.period.code if seen.period else ""
    value = f"{seen.figure.value.normalize():f}" if seen.figure.value is not None else ""
    said = (seen.metric, seen.scenario, seen.measure, seen.basis)
    return (region, *(part or "" for part in said), period, value, seen.figure.unit)


def rows(form: str) -> Iterator[tuple[str, ...]]:
    for seen in read((FORMS / f"{form}.html").read_bytes(), f"{form}.html"):
        place = seen.figure.place
        where = (str(place.table), str(place.row), str(place.column))
        yield (form, *where, *told(seen), "yes" if seen.figure.confidence >= 0.95 else "no")


def golden() -> dict[str, list[tuple[str, ...]]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        found: dict[str, list[tuple[str, ...]]] = {}
        for row in list(csv.reader(file))[1:]:
            found.setdefault(row[0], []).append(tuple(row))
    return found


def test_the_golden_rows_can_be_written() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        with GOLDEN.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEAD)
            writer.writerows(row for form in NAMES for row in rows(form))
    assert sorted(golden()) == NAMES


@pytest.mark.parametrize("form", NAMES)
def test_every_observation_of_a_form(form: str) -> None:
    assert list(rows(form)) == golden()[form]


def typed(text: str) -> str | int | float:
    """A printed number as a spreadsheet holds it."""
    if _NUMBER.fullmatch(text) is None:
        return text
    number = float(text.replace(".", "").replace(",", "."))
    return int(number) if number.is_integer() else number


def lines(element: Tag) -> list[str]:
    for cut in element.find_all("br"):
        cut.replace_with("\n")
    return [line.strip() for line in element.get_text().splitlines() if line.strip()]


def span(cell: Tag, name: str) -> int:
    return int(str(cell.get(name, 1)))


def workbook(page: str) -> bytes:
    """The page as a sheet: its lines and tables below each other, merged as they are."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for element in BeautifulSoup(page, "lxml").find_all(["p", "h1", "h2", "h3", "table"]):
        if element.find_parent("table"):
            continue
        if element.name != "table":
            for line in lines(element):
                sheet.cell(at, 1, line)
                at += 1
            continue
        taken: set[tuple[int, int]] = set()
        for row in element.find_all("tr"):
            column = 1
            for cell in row.find_all(["td", "th"]):
                while (at, column) in taken:
                    column += 1
                height, width = span(cell, "rowspan"), span(cell, "colspan")
                if text := "\n".join(lines(cell)):
                    sheet.cell(at, column, typed(text))
                taken |= {(at + i, column + j) for i in range(height) for j in range(width)}
                if height > 1 or width > 1:
                    last = (at + height - 1, column + width - 1)
                    sheet.merge_cells(None, at, column, *last)
                column += width
            at += 1
        at += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", NAMES)
def test_a_workbook_says_the_same_as_the_page(form: str) -> None:
    page = (FORMS / f"{form}.html").read_text(encoding="utf-8")
    asked = Counter(map(told, read(page.encode(), f"{form}.html")))
    assert Counter(map(told, read(workbook(page), f"{form}.xlsx"))) == asked
