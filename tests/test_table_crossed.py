"""Rows under names: below each district "Kế hoạch", "Thực hiện" and "Đạt (%)" come again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from auditors import audit
from normalizers.tables.reading import read_tables
from solieu.model import Content, Observation, Reading
from tests.drawn import HAI_DUONG, context, drawn

MERGED = """
TT | Đơn vị | Nội dung | Số hộ dùng nước sạch (hộ) | <
^ | ^ | ^ | Thành thị | Nông thôn
1 | Huyện Nam Sách | KH năm | 1.200 | 4.100
^ | ^ | TH đến 30/6 | 900 | 3.075
^ | ^ | Đạt (%) | 75,0 | 75,0
2 | Huyện Tứ Kỳ | KH năm | 1.000 | 5.000
^ | ^ | TH đến 30/6 | 400 | 3.500
^ | ^ | Đạt (%) | 40,0 | 70,0
Toàn tỉnh | < | KH năm | 2.200 | 9.100
^ | ^ | TH đến 30/6 | 1.300 | 6.575
^ | ^ | Đạt (%) | 59,1 | 72,3
"""
REPEATED = """
Huyện | Chỉ tiêu | Hộ dùng nước sạch (hộ) | Hộ có nhà tiêu (hộ)
Huyện Nam Sách | KH năm | 1.200 | 4.100
Huyện Nam Sách | TH đến 30/6 | 900 | 3.075
Huyện Nam Sách | Đạt (%) | 75,0 | 75,0
Huyện Tứ Kỳ | KH năm | 1.000 | 5.000
Huyện Tứ Kỳ | TH đến 30/6 | 400 | 3.500
Huyện Tứ Kỳ | Đạt (%) | 40,0 | 70,0
"""
FIRST_ONLY = """
Địa phương | Nội dung | Hộ dùng nước sạch (hộ) | Hộ có nhà tiêu (hộ)
Huyện Nam Sách | KH năm | 1.200 | 4.100
 | TH đến 30/6 | 900 | 3.075
 | Đạt (%) | 75,0 | 75,0
Huyện Tứ Kỳ | KH năm | 1.000 | 5.000
 | TH đến 30/6 | 400 | 3.500
 | Đạt (%) | 40,0 | 70,0
"""


def observed(picture: str) -> list[Observation]:
    return list(read_tables(drawn(picture), context(region=HAI_DUONG, year=2023)).observations)


def places(found: Sequence[Observation]) -> list[str | None]:
    return [o.region.name if o.region else None for o in found]


@pytest.mark.parametrize("picture", [MERGED, REPEATED, FIRST_ONLY])
def test_the_outer_label_names_the_district_and_the_inner_one_says_what_is_meant(
    picture: str,
) -> None:
    found = observed(picture)
    assert places(found[:12]) == ["Huyện Nam Sách"] * 6 + ["Huyện Tứ Kỳ"] * 6
    assert [(o.scenario, o.measure, o.figure.unit) for o in found[:6:2]] == [
        ("plan", "level", "household"),
        ("actual", "level", "household"),
        ("actual", "plan_completion", "percent"),
    ]
    assert [o.period.code if o.period else None for o in found[:6:2]][:2] == ["2023", "2023-06-30"]
    assert [o.figure.value for o in found[:6:2]] == [1200, 900, Decimal("75.0")]


def test_the_rows_of_the_whole_are_totals_of_the_rows_with_their_label() -> None:
    (table,) = read_tables(drawn(MERGED), context(region=HAI_DUONG, year=2023)).tables
    lines = {line.index: line for line in table.rows}
    assert [lines[row].role for row in (9, 10, 11)] == ["total"] * 3
    assert [lines[row].parent for row in (3, 4, 5, 6, 7, 8)] == [9, 10, 11] * 2
    last = observed(MERGED)[-6:]
    assert places(last) == ["Tỉnh Hải Dương"] * 6
    assert all(o.is_total for o in last)


def test_a_total_in_the_column_of_ordinals_ends_the_district_before_it() -> None:
    found = observed(
        """
        TT | Huyện | Nội dung | Hộ dùng nước sạch (hộ)
        1 | Huyện Nam Sách | KH năm | 1.200
         | | TH đến 30/6 | 900
        2 | Huyện Tứ Kỳ | KH năm | 1.000
         | | TH đến 30/6 | 400
        Tổng cộng | | KH năm | 2.200
         | | TH đến 30/6 | 1.300
        """
    )
    assert places(found)[3:] == ["Huyện Tứ Kỳ", "Tỉnh Hải Dương", "Tỉnh Hải Dương"]


def test_indicators_under_districts_are_no_heads_but_their_percentages_stay_so() -> None:
    found = observed(
        """
        Huyện | Chỉ tiêu | Năm 2022 (hộ) | Năm 2023 (hộ)
        Huyện Nam Sách | Hộ nghèo | 1.200 | 1.100
         | Tỷ lệ hộ nghèo (%) | 3,5 | 3,1
        Huyện Tứ Kỳ | Hộ nghèo | 1.000 | 950
         | Tỷ lệ hộ nghèo (%) | 2,9 | 2,7
        """
    )
    assert places(found) == ["Huyện Nam Sách"] * 4 + ["Huyện Tứ Kỳ"] * 4
    assert [o.figure.unit for o in found[:4]] == ["household"] * 2 + ["percent"] * 2
    assert found[2].metric_label.endswith("Tỷ lệ hộ nghèo (%)")


def test_districts_under_crops_stay_the_territories() -> None:
    found = observed(
        """
        Cây trồng | Huyện | Diện tích (ha)
        Lúa | Huyện Nam Sách | 4.100
         | Huyện Tứ Kỳ | 6.200
        Ngô | Huyện Nam Sách | 310
         | Huyện Tứ Kỳ | 280
        """
    )
    assert places(found) == ["Huyện Nam Sách", "Huyện Tứ Kỳ"] * 2
    assert {o.figure.unit for o in found} == {"hectare"}


def test_a_heading_without_figures_names_the_whole_of_the_rows_below_it() -> None:
    found = observed(
        """
        Huyện/Năm | Hộ nghèo (hộ) | Hộ cận nghèo (hộ)
        HUYỆN NAM SÁCH | < | <
        Năm 2021 | 310 | 405
        Năm 2022 | 290 | 371
        HUYỆN TỨ KỲ | < | <
        Năm 2021 | 420 | 515
        Năm 2022 | 380 | 444
        TOÀN TỈNH | < | <
        Năm 2021 | 730 | 920
        Năm 2022 | 670 | 815
        """
    )
    assert places(found[6:]) == ["Huyện Tứ Kỳ"] * 2 + ["Tỉnh Hải Dương"] * 4
    assert [o.is_total for o in found] == [False] * 8 + [True] * 4
    assert found[8].metric_label == "Hộ nghèo (hộ)"
    assert [o.period.code if o.period else None for o in found[8::2]] == ["2021", "2022"]


SUMMED = """
STT | Nội dung chi | Dự toán 2022 | Dự toán 2023
 | TỔNG CHI (A+B) | 700 | {whole}
A | CHI CÂN ĐỐI | 600 | 640
1 | Chi đầu tư | 200 | 210
2 | Chi thường xuyên | 400 | 430
B | CHI MỤC TIÊU | 100 | 95
1 | Nông thôn mới | 70 | 60
2 | Giảm nghèo | 30 | 35
"""


def test_a_label_says_which_rows_it_adds_up() -> None:
    read = read_tables(drawn(SUMMED.format(whole="735")), context(region=HAI_DUONG, year=2023))
    parents = {line.index: line.parent for line in read.tables[0].rows}
    assert (parents[3], parents[6], parents[4]) == (2, 2, 3)


@pytest.mark.parametrize(("whole", "errors"), [("735", 0), ("753", 1)])
def test_a_total_that_is_not_the_sum_of_the_named_rows_is_found(whole: str, errors: int) -> None:
    grid = drawn(SUMMED.format(whole=whole))
    read = read_tables(grid, context(region=HAI_DUONG, year=2023))
    reading = Reading("d", Content((grid,)), read.tables, read.observations, ())
    found = [f for f in audit(reading) if f.severity == "error"]
    assert len(found) == errors


def test_ordinals_that_come_twice_name_no_row() -> None:
    picture = SUMMED.format(whole="735").replace("B | CHI", "A | CHI")
    read = read_tables(drawn(picture), context(region=HAI_DUONG, year=2023))
    assert all(line.parent != 2 for line in read.tables[0].rows)


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Cộng 2 huyện", None),
        ("Tổng cộng 2 huyện, thị xã", None),
        ("Tổng cộng 12 huyện, thị xã, thành phố", "Tỉnh Hải Dương"),
        ("Cộng", "Tỉnh Hải Dương"),
    ],
)
def test_a_total_of_some_districts_is_not_the_province(label: str, place: str | None) -> None:
    found = observed(
        f"""
        TT | Huyện | Hộ nghèo (hộ)
        1 | Huyện Nam Sách | 12
        2 | Huyện Tứ Kỳ | 14
         | {label} | 26
        """
    )
    assert found[-1].is_total
    assert places(found)[-1] == place
