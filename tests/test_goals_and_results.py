"""One figure a sentence: a goal, an estimate or a result; an amount, a change, a growth or a share."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.test_whole_documents import read

DATA = Path(__file__).parent / "data" / "goals_and_results.csv"
with DATA.open(encoding="utf-8") as lines:
    ROWS = [tuple(row.values()) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("text", "figure", "measure", "scenario", "falls"), ROWS)
def test_what_a_figure_is(text, figure, measure, scenario, falls):
    seen = read(f"Tỉnh Lai Châu: tình hình năm 2023 ¶ 20/12/2023 ¶ {text}")
    (found,) = [o for o in seen if o.figure.raw.split()[0].rstrip("%.,") == figure]
    assert (found.measure, found.scenario) == (measure, scenario)
    assert (found.figure.value < 0) is bool(falls)
