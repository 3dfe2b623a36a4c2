"""Of when, and whether reached, each figure of a short text is: right, or visibly doubtful."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import extractors
import normalizers
from solieu.model import Observation, SourceDocument

TABLE = Path(__file__).parent / "data" / "statement_times.csv"
SURE = 0.95


def texts() -> list[tuple[str, list[dict[str, str]]]]:
    """Each text, its passages parted by "¶", with the rows of its figures."""
    found: list[tuple[str, list[dict[str, str]]]] = []
    with TABLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["text"]:
                found.append((row["text"], []))
            found[-1][1].append(row)
    return found


def told(text: str) -> list[Observation]:
    document = SourceDocument(
        "page", text.replace(" ¶ ", "\n\n").encode(), "text/plain", "page.txt"
    )
    return list(normalizers.normalize(extractors.extract(document), document.digest).observations)


def is_so(seen: Observation, row: dict[str, str]) -> bool:
    period = seen.period.code if seen.period else ""
    return seen.figure.raw == row["raw"] and (period, seen.scenario) == (
        row["period"],
        row["scenario"],
    )


@pytest.mark.parametrize(
    ("text", "rows"), texts(), ids=lambda x: x[:50] if isinstance(x, str) else ""
)
def test_of_when_a_figure_is(text: str, rows: list[dict[str, str]]) -> None:
    seen = told(text)
    missed = [r for r in rows if not any(is_so(o, r) for o in seen)]
    assert [r["raw"] for r in missed if not r["doubted"]] == []
    for row in missed:
        same = [o for o in seen if o.figure.raw == row["raw"]]
        assert all(o.figure.confidence < SURE for o in same)


def one(page: str, statement: str) -> str:
    """The time of the one figure of a page, or nothing."""
    seen = told(f"Yên Bái: Trồng rừng ¶ ({page} 08:00) ¶ {statement}")
    found = next(o for o in seen if o.figure.raw == "4.010")
    return found.period.code if found.period else ""


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_without_its_year_is_the_last_that_had_begun(month: int) -> None:
    """Or the one that begins within days: "chi trả lương hưu tháng 9" on 28 August."""
    page = f"28/{month:02d}/2024"
    for told_of in range(1, 13):
        year = 2024 if told_of <= month + 1 else 2023
        assert one(page, f"Tháng {told_of}, toàn tỉnh trồng 4.010 ha.") == f"{year}-{told_of:02d}"
        year = 2024 if told_of <= month else 2023
        day = f"Đến ngày 15/{told_of}, toàn tỉnh có 4.010 ha rừng."
        assert one(page, day) == f"{year}-{told_of:02d}-15"


@pytest.mark.parametrize("page", ["20/12/2023", "05/01/2024", "20/02/2024", "11/07/2024"])
@pytest.mark.parametrize(
    ("statement", "period"),
    [
        ("Năm 2022, toàn tỉnh trồng 4.010 ha rừng, tăng 5% so với năm 2021.", "2022"),
        ("Quý IV/2022, toàn tỉnh trồng 4.010 ha rừng.", "2022-Q4"),
        ("Diện tích tăng từ 3.900 ha năm 2021 lên 4.010 ha năm 2022.", "2022"),
        ("So với năm 2021, năm 2022 diện tích rừng tăng 4.010 ha.", "2022"),
        ("Năm 2022 đã trồng 4.010 ha; năm 2025 phấn đấu trồng 4.200 ha.", "2022"),
    ],
)
def test_a_year_that_is_named_is_so_on_any_page(page: str, statement: str, period: str) -> None:
    assert one(page, statement) == period
