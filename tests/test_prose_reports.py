"""Sentences of provincial reports, construction by construction, with all that they publish.

Each row of `data/prose_reports*.csv` is a text, its passages parted by " ¶ ", and its figures in
their order, parted by "; ": the print, scenario, measure, unit, metric ("-" for none), and behind
"@" the territory and in brackets the year where they are not the report's own. Rows of the family `apart` hold what a rule for
their neighbours must leave alone.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from normalizers.context import DocumentContext
from normalizers.regions import resolve
from normalizers.sentences.reading import read_passages
from solieu.model import Content, Observation, Passage


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


FILES = sorted((Path(__file__).parent / "data").glob("prose_reports*.csv"))
ROWS = [row for path in FILES for row in _rows(path)]
YEAR = 2024
HOME = resolve("Tỉnh Nghệ An", date(YEAR, 6, 30)).region
INSURANCE = Passage("Chính sách BHXH, BHYT trên địa bàn.", 99, "paragraph")


def read(text: str) -> list[Observation]:
    parts = enumerate(text.split(" ¶ "), 1)
    passages = [Passage(t, n, "item" if t[0] in "-+*" else "paragraph") for n, t in parts]
    context = DocumentContext(
        document_id="0" * 64,
        published_on=date(YEAR, 7, 10),
        region=HOME,
        year=YEAR,
        on=date(YEAR, 6, 30),
    )
    return list(read_passages(Content((*passages, INSURANCE)), context)[0])


def told(seen: Observation) -> str:
    figure, where = seen.figure, seen.region
    place = f" @ {where.name if where else '-'}" if where != HOME else ""
    year = seen.period.year if seen.period else 0
    place += f" ({year})" if year != YEAR else ""
    metric = seen.metric or "-"
    return f"{figure.raw} = {seen.scenario} {seen.measure} {figure.unit} {metric}{place}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_every_figure_of_a_report(row):
    assert "; ".join(map(told, read(row["text"]))) == row["told"]
