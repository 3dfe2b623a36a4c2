"""How officials word each metric: one figure a sentence, in a report of nine months."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import extractors
import normalizers
from solieu.model import SourceDocument

WORDINGS = Path(__file__).parent / "data" / "prose_wordings.csv"
TITLES = {
    "insurance": "BHXH tỉnh Ninh Bình: công tác BHXH, BHYT 9 tháng",
    "province": "Tình hình kinh tế - xã hội tỉnh Ninh Bình: kết quả 9 tháng",
}


def figures(report: str, sentence: str) -> list[tuple[str, str]]:
    """Metric and measure of every figure of a report that says nothing else."""
    text = f"{TITLES[report]}\n\n10/10/2024\n\n{sentence}"
    document = SourceDocument("report.txt", text.encode(), "text/plain", "report.txt")
    content = extractors.extract(document)
    found = normalizers.normalize(content, document.digest).observations
    return [(o.metric or "", o.measure) for o in found]


def rows() -> list[dict[str, str]]:
    with WORDINGS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("metric", sorted({row["metric"] for row in rows()}))
def test_wordings_of_a_metric(metric):
    wrong = {
        row["sentence"]: found
        for row in rows()
        if row["metric"] == metric
        and (found := figures(row["report"], row["sentence"])) != [(metric, row["measure"])]
    }
    assert not wrong


def test_nearly_every_metric_of_the_vocabulary_is_worded():
    assert len({row["metric"] for row in rows()}) >= 90
    assert len(rows()) >= 680
