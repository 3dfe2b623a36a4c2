"""Short documents as plain text, construction by construction, with all that they publish.

Each row of `data/prose_documents*.csv` is a text, its passages parted by " ¶ ", and its figures in
their order, parted by "; ": the print, scenario, measure, unit, metric ("-" for none), behind "@"
the territory and the period. Rows of the family `apart` hold what a rule for their neighbours must
leave alone.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import extractors
import normalizers
from solieu.model import Observation, SourceDocument

DATA = Path(__file__).parent / "data"


def rows() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted(DATA.glob("prose_documents*.csv")):
        with path.open(encoding="utf-8") as lines:
            found += csv.DictReader(lines)
    return found


ROWS = rows()


def read(text: str) -> tuple[Observation, ...]:
    data = text.replace(" ¶ ", "\n\n").encode()
    document = SourceDocument("report.txt", data, "text/plain", "report.txt")
    return tuple(normalizers.normalize(extractors.extract(document), document.digest).observations)


def told(seen: Observation) -> str:
    figure = seen.figure
    where = seen.region.name if seen.region else "-"
    when = seen.period.code if seen.period else "-"
    metric = seen.metric or "-"
    meant = f"{seen.scenario} {seen.measure} {figure.unit} {metric} @ {where} {when}"
    return f"{figure.raw} = {meant}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_every_figure_of_a_document(row):
    assert "; ".join(map(told, read(row["text"]))) == row["told"]


def test_the_plan_of_a_fall_is_a_fall():
    (_, planned) = read("Tỉnh Kon Tum năm 2023 ¶ Tỷ lệ hộ nghèo giảm 1,2% (kế hoạch đề ra 1%).")
    assert (planned.scenario, planned.figure.value) == ("plan", -1)


def test_negative_growth_is_a_fall():
    (fell,) = read("Tỉnh Kon Tum năm 2021 ¶ Khu vực dịch vụ tăng trưởng âm 2,5% so với năm 2020.")
    assert (fell.measure, fell.figure.value) == ("growth", -2.5)


def test_ratios_to_a_comparison_that_the_head_of_a_list_names():
    text = "Tỉnh Thái Bình năm 2019 ¶ Nhiều nơi thấp hơn cùng kỳ: Vũ Thư bằng 57%, Kiến Xương 76%."
    assert [seen.basis for seen in read(text)] == ["same_period_last_year"] * 2
    (share,) = read(
        "Tỉnh Thái Bình năm 2019 ¶ Đàn lợn thấp hơn cùng kỳ; lợn nái bằng 12% tổng đàn."
    )
    assert share.basis == "tổng đàn"
