"""The audit over whole documents: what a format says about a figure decides what can be accused."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from extractors.sniff import media_type
from pipeline import observe
from solieu.model import SourceDocument
from tests.audited import failed, outcome

HEAD = "Bảo hiểm xã hội tỉnh Hải Dương giao chỉ tiêu phát triển người tham gia BHYT năm 2023.\n"


def read(name, content):
    return observe(SourceDocument(name, content, media_type(content, name), name))


def sheet(rows, number_format):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Số người tham gia BHYT tỉnh Hải Dương năm 2023 (người)"])
    page.append([])
    page.append(["STT", "Huyện, thị xã, thành phố", "Kế hoạch", "Thực hiện"])
    for row in rows:
        page.append(row)
    for line in page.iter_rows(min_row=4, min_col=3):
        for cell in line:
            cell.number_format = number_format
    file = BytesIO()
    book.save(file)
    return read("bang.xlsx", file.getvalue())


DISTRICTS = ("Huyện Nam Sách", "Huyện Thanh Hà", "Huyện Cẩm Giàng", "Huyện Bình Giang")


def computed(total, number_format):
    """Figures that a formula gave, to a tenth, and a typed total."""
    planned = [1000.4, 2000.4, 3000.4, 4000.4]
    rows = [[n, d, p, 2 * p] for n, (d, p) in enumerate(zip(DISTRICTS, planned, strict=True), 1)]
    return sheet([*rows, [None, "Tổng cộng", total, 20003.2]], number_format)


def test_decimals_that_a_sheet_does_not_show_are_no_contradiction():
    made = computed(10001, "#,##0")
    (total, other) = [f for f in made.findings if f.check == "column_total"]
    assert (total.status, other.status) == ("pass", "pass")
    assert {str(f.figure.rounding) for f in made.observations} == {"1"}
    assert str(made.observations[0].figure.value) == "1000.4"


def test_decimals_that_a_sheet_shows_have_to_add_up():
    wrong = [f for f in computed(10006, "#,##0.0").findings if f.status == "fail"]
    assert [(f.check, float(f.expected)) for f in wrong] == [("column_total", 10001.6)]


GLUED = """STT

Huyện, thị xã

Thực hiện 2022Kế hoạch 2023Số tăng so với năm 2022
1Huyện Nam Sách5.7927.5931.801
2Huyện Thanh Hà3.6545.2911.637
3Huyện Cẩm Giàng3.5514.9881.437
4Huyện Bình Giang3.4615.1371.676
5Huyện Gia Lộc3.1874.7391.552
6Huyện Tứ Kỳ3.2804.8451.565
Tổng cộng22.92532.5939.668
"""


SMALL = GLUED.replace("5.7927.5931.801", "59239180").replace(
    "22.92532.5939.668", "17.19225.2398.047"
)


def test_a_law_that_cut_a_glued_table_is_no_check_of_it():
    made = read("giao.txt", (HEAD + "\n" + SMALL).encode())
    (table,) = made.tables
    assert "row_difference" in table.used
    assert set(outcome(made.findings, "row_difference")) == {("unknown", "info")}
    assert {f.details.get("reason") for f in made.findings if f.check in table.used} <= {None}
    assert all("không tính là một lần kiểm tra" in f.message_vi for f in made.findings
               if f.check in table.used)  # fmt: skip
    assert not failed(made.findings)


def test_a_law_that_was_not_needed_to_cut_it_is_one():
    wrong = GLUED.replace("Tổng cộng22.92532.5939.668", "Tổng cộng22.92532.5949.669")
    found = read("giao.txt", (HEAD + "\n" + wrong).encode()).findings
    assert [(f.check, int(f.published), int(f.expected)) for f in failed(found)] == [
        ("column_total", 32594, 32593),
        ("column_total", 9669, 9668),
    ]
