"""Several tables of different shape on one sheet, below one another and side by side."""

from __future__ import annotations

from decimal import Decimal

from normalizers.layout.blocks import blocks
from normalizers.layout.sheet import Sheet
from normalizers.tables.reading import read_tables
from solieu.model import Observation
from tests.drawn import HAI_DUONG, context, drawn


def observed(picture: str, **known: object) -> list[Observation]:
    return list(read_tables(drawn(picture), context(region=HAI_DUONG, **known)).observations)


def said(o: Observation) -> tuple[object, ...]:
    label = o.metric_label.split(" / ")[-1]
    period = o.period.code if o.period else None
    return o.region.name if o.region else None, label, period, o.figure.value, o.figure.unit


COMMUNES_THEN_QUARTERS = """
Bảng 1. Hộ nghèo các huyện năm 2022 | < | < | <
TT | Huyện | Hộ nghèo | Tỷ lệ (%)
1 | Huyện Nam Sách | 12 | 3,5
2 | Huyện Tứ Kỳ | 14 | 4,5

Bảng 2. Thu ngân sách năm 2023 | < | < |
 | | Đơn vị: triệu đồng |
Thời gian | Thu nội địa | Cộng |
Quý I | #11228 | #15769 |
Quý II | #18704 | #22297 |
"""


def test_each_table_has_labels_of_its_own() -> None:
    found = observed(COMMUNES_THEN_QUARTERS, year=2023)
    assert [said(o) for o in found[:2]] == [
        ("Huyện Nam Sách", "Hộ nghèo", "2022", Decimal(12), "household"),
        ("Huyện Nam Sách", "Tỷ lệ (%)", "2022", Decimal("3.5"), "percent"),
    ]
    assert [(said(o)[2], said(o)[3], said(o)[4]) for o in found[4:]] == [
        ("2023-Q1", 11228_000_000, "VND"),
        ("2023-Q1", 15769_000_000, "VND"),
        ("2023-Q2", 18704_000_000, "VND"),
        ("2023-Q2", 22297_000_000, "VND"),
    ]


def test_a_third_table_stands_beside_the_first() -> None:
    found = observed(
        """
        Bảng 1. Hộ nghèo năm 2022 | < | < | | Bảng 2. Đàn vật nuôi năm 2022 | <
        TT | Huyện | Số hộ | | Vật nuôi | Số con
        1 | Huyện Nam Sách | 12 | | Trâu | 9.120
        2 | Huyện Tứ Kỳ | 14 | | Bò | 10.480
        3 | Huyện Thanh Hà | 17 | | |

        Bảng 3. Thu ngân sách năm 2023 (triệu đồng) | < | | | |
        Quý | Thu nội địa | | | |
        Quý I | 11.228 | | | |
        Quý II | 18.704 | | | |
        """
    )
    values = {o.figure.place.row: o.figure.value for o in found if o.figure.place.column == 2}
    assert values == {9: 11228_000_000, 10: 18704_000_000}
    assert {said(o)[0] for o in found if o.figure.place.column == 3} == {
        "Huyện Nam Sách",
        "Huyện Tứ Kỳ",
        "Huyện Thanh Hà",
    }
    assert [said(o)[1] for o in found if o.figure.place.column == 6] == ["Trâu", "Bò"]


def cut(picture: str) -> int:
    return len(blocks(Sheet.of(drawn(picture))))


def test_groups_behind_a_blank_row_are_one_table() -> None:
    assert (
        cut(
            """
            Nội dung | Dự toán | Quyết toán
            A. Tổng thu | 900 | 950
            Thu nội địa | 900 | 950

            B. Tổng chi | 800 | 810

            Chi đầu tư | 300 | 310
            Chi khác | 500 | 500

            Người lập biểu | | Giám đốc
            """
        )
        == 1
    )


def test_the_head_printed_again_is_no_table_of_another_shape() -> None:
    assert cut("Huyện | Số hộ\nA | 1\nB | 2\n\nHuyện | Số hộ\nC | 3\nD | 4") == 1


def test_days_down_the_first_column_label_the_rows() -> None:
    found = observed("Ngày | Số ca mắc | Số ca khỏi\n15/7/2023 | 120 | 80\n16/7/2023 | 95 | 70")
    assert [(said(o)[2], said(o)[3]) for o in found] == [
        ("2023-07-15", 120),
        ("2023-07-15", 80),
        ("2023-07-16", 95),
        ("2023-07-16", 70),
    ]


def test_a_date_beside_a_name_is_no_label() -> None:
    found = observed(
        "Ngày sinh | Huyện | Số hộ\n15/7/1983 | Huyện Tứ Kỳ | 120\n1/2/1990 | Huyện Nam Sách | 8"
    )
    assert [said(o)[0] for o in found] == ["Huyện Tứ Kỳ", "Huyện Nam Sách"]


def test_a_caption_parts_tables_that_no_blank_row_parts() -> None:
    found = observed(
        """
        Biểu 1: Kết quả giảm nghèo năm 2022 | < | < | <
        STT | Huyện | Tổng số hộ | Số hộ nghèo
        1 | Huyện Tứ Kỳ | #15804 | #398
        2 | Huyện Nam Sách | #12904 | #372
        Biểu 2: Vốn thực hiện chương trình năm 2022 | | |
         | | | Đơn vị: triệu đồng
        Nguồn vốn | Kế hoạch | Giải ngân | Tỷ lệ giải ngân (%)
        Ngân sách trung ương | #28830 | #12600 | #43.7
        Ngân sách địa phương | #39583 | #5790 | #14.6
        """,
        year=2022,
    )
    values = {(o.figure.place.row, o.figure.place.column): o.figure.value for o in found}
    assert len(values) == 10
    assert values[8, 2] == 28830_000_000
    assert values[9, 3] == 5790_000_000
