"""Which numbers of running text are published figures, and which are prices, norms or stories.

Each row of `data/scope.csv` is a sentence with the figures that it publishes, in their order; the
rows of the family `kept` hold words that elsewhere make a number none ("bị phạt", "giá", "tôi").
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from normalizers.context import DocumentContext
from normalizers.sentences.reading import read_passages
from solieu.model import Content, Passage

with (Path(__file__).parent / "data/scope.csv").open(encoding="utf-8") as lines:
    ROWS = list(csv.DictReader(lines))


def figures(text: str) -> list[str]:
    insurance = Passage("Chính sách BHXH, BHYT trên địa bàn.", 2, "paragraph")
    content = Content((Passage(text, 1, "paragraph"), insurance))
    context = DocumentContext(document_id="0" * 64, published_on=date(2024, 7, 10), year=2024)
    seen, _ = read_passages(content, context)
    return [observation.figure.raw for observation in seen]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_only_published_figures(row):
    assert figures(row["text"]) == [raw for raw in row["kept"].split("|") if raw]


def test_rows_speak_of_many_kinds():
    assert len({row["family"] for row in ROWS}) >= 16
    assert sum(row["family"] == "kept" for row in ROWS) >= 40
