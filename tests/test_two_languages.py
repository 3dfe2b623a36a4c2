"""Headings said in two languages at both sides of the figures, and the unit they give."""

from __future__ import annotations

from extractors.pdf import page_grids
from normalizers.tables.reading import read_tables
from tests.drawn import HAI_DUONG, context, drawn
from tests.pdf_pages import Page, document, pdf, texts

YEARBOOK = """
 | 2022 | 2023 |
Cơ sở y tế (Cơ sở) | | | Health establishments (Establishment)
Tổng số | 222 | 211 | Total
Bệnh viện | 12 | 13 | Hospital
Giường bệnh (Giường) | | | Patient beds (Bed)
Tổng số | 2.748 | 2.745 | Total
Bệnh viện | 1.753 | 1.763 | Hospital
Tỷ lệ giường (%) | 63,8 | 64,2 | Rate (%)
"""


def test_a_heading_in_two_languages_is_no_head_of_columns() -> None:
    found = read_tables(drawn(YEARBOOK), context(region=HAI_DUONG)).observations
    assert {o.region.name for o in found if o.region} == {"Tỉnh Hải Dương"}
    assert [(o.metric_label, o.figure.unit) for o in found if o.figure.place.column == 2] == [
        ("2022 / Cơ sở y tế (Cơ sở) / Tổng số", "organisation"),
        ("2022 / Cơ sở y tế (Cơ sở) / Bệnh viện", "organisation"),
        ("2022 / Giường bệnh (Giường) / Tổng số", "bed"),
        ("2022 / Giường bệnh (Giường) / Bệnh viện", "bed"),
        ("2022 / Giường bệnh (Giường) / Tỷ lệ giường (%)", "percent"),
    ]


def test_headings_and_rows_set_close_in_two_languages_stay_apart() -> None:
    edges = [60, 205, 260, 320, 380, 560]
    rows = [
        ["", "2021", "2022", "2023", ""],
        ["Co so (Co so)", "", "", "", "Establishments (Unit)"],
        ["Tong so", "222", "211", "201", "Total"],
        ["Tram y te xa, phuong, thi tran", "193", "181", "171", "Medical service unit"],
        ["Giuong benh (Giuong)", "", "", "", "Patient beds (Bed)"],
        ["Tong so", "2748", "2745", "2741", "Total"],
        ["Tram y te xa, phuong, thi tran", "867", "868", "871", "Medical service unit"],
        ["va khac", "", "", "", "and others"],
    ]

    def draw(page: Page) -> None:
        bottom = page.rows(100, edges, rows, step=13)
        for y in (100, 113, bottom):
            page.line(60, y, 560, y)

    (grid,) = page_grids(document(pdf(draw)))
    assert [row[0] for row in texts(grid)] == [
        *(row[0] for row in rows[:6]),
        "Tram y te xa, phuong, thi tran\nva khac",
    ]
