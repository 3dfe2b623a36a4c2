"""Whole tables to figures with their meaning."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalizers.metrics import match_header
from normalizers.periods.reading import PeriodContext, read_period
from normalizers.tables.reading import TablesRead, read_tables
from solieu.model import Grid, Observation
from tests.drawn import HAI_DUONG, context, drawn


def observed(
    picture: str, *, about: dict[str, object] | None = None, **known: object
) -> list[Observation]:
    return list(read_tables(drawn(picture, **(about or {})), context(**known)).observations)


def meaning(o: Observation) -> tuple[object, ...]:
    return (
        o.region.name if o.region else None,
        o.scenario,
        o.measure,
        o.period.code if o.period else None,
        o.figure.value,
        o.figure.unit,
    )


DISTRICTS = """
STT | Huyện, thành phố | BHXH TỰ NGUYỆN | < | <
^ | ^ | Thực hiện 2023 | Kế hoạch giao Năm 2024 | Số phát triển tăng so với năm 2023
1 | Huyện Nam Sách | 3,551 | 4,988 | 1,437
2 | Thị xã Kinh Môn | 3,461 | 5,137 | 1,676
3 | Huyện Tứ Kỳ | 3,770 | 5,375 | 1,605
TỔNG CỘNG | < | 10,782 | 15,500 | 4,718
"""


def test_regions_by_row_with_plan_outcome_and_increase() -> None:
    found = observed(DISTRICTS, region=HAI_DUONG)
    assert [meaning(o) for o in found[:3]] == [
        ("Huyện Nam Sách", "actual", "level", "2023", Decimal(3551), "person"),
        ("Huyện Nam Sách", "plan", "level", "2024", Decimal(4988), "person"),
        ("Huyện Nam Sách", "plan", "change", "2024", Decimal(1437), "person"),
    ]
    assert found[2].basis == "previous_year"
    assert {o.metric for o in found} == {"voluntary_social_insurance_participants"}
    assert [(o.region, o.is_total) for o in found[-3:]] == [(HAI_DUONG, True)] * 3
    assert found[0].metric_label == "BHXH TỰ NGUYỆN / Thực hiện 2023"
    assert found[0].figure.excerpt == "1 | Huyện Nam Sách | 3,551 | 4,988 | 1,437"
    assert found[0].figure.number_format == "comma_thousands"
    assert found[0].figure.exact


def test_siblings_name_the_province_that_nothing_else_names() -> None:
    found = observed(
        """
        Huyện | Số hộ
        Châu Thành | 10
        Trà Cú | 20
        Cầu Kè | 30
        Càng Long | 40
        Toàn tỉnh | 100
        """
    )
    assert [o.region.path for o in found if o.region] == [
        "Tỉnh Trà Vinh / Huyện Châu Thành",
        "Tỉnh Trà Vinh / Huyện Trà Cú",
        "Tỉnh Trà Vinh / Huyện Cầu Kè",
        "Tỉnh Trà Vinh / Huyện Càng Long",
        "Tỉnh Trà Vinh",
    ]
    assert "parent_from_siblings" in found[0].flags


def test_without_a_place_a_name_stays_ambiguous() -> None:
    found = observed(
        """
        Đơn vị | BHYT
        Phường 1 | 10.324
        Phường 2 | 3.444
        """
    )
    assert [o.region for o in found] == [None, None]
    assert len(found[0].candidates) > 5
    assert found[0].figure.confidence < 0.8


def test_metric_rows_with_units_ditto_marks_and_of_which() -> None:
    found = observed(
        """
        TT | Chỉ số hoạt động | ĐVT | Thực hiện trong tuần
        1 | Số lượt người khám bệnh | Lượt | 119
        1.1 | Trong đó: có thẻ BHYT | " | 110
        2 | Số giường bệnh | Giường | 30
        3 | Chi phí | triệu đồng | 1,5
        """,
        region=HAI_DUONG,
        year=2026,
        period=read_period("tháng 6/2026", PeriodContext()).period,  # type: ignore[union-attr] # it reads
    )
    assert [meaning(o)[0:4] for o in found] == [
        ("Tỉnh Hải Dương", "actual", "level", "2026-06")
    ] * 4
    assert [(o.figure.value, o.figure.unit) for o in found] == [
        (119, "visit"),
        (110, "visit"),
        (30, "bed"),
        (1500000, "VND"),
    ]
    assert found[1].metric_label == (
        "Thực hiện trong tuần / Số lượt người khám bệnh / Trong đó: có thẻ BHYT"
    )


def test_caption_unit_title_year_and_a_percent_head() -> None:
    found = observed(
        """
        DỰ TOÁN THU CHI NGÂN SÁCH CÁC TỈNH NĂM 2010 | < | < | <
          | | | Đơn vị tính: Triệu đồng
        TT | Tỉnh | TỔNG THU | TỶ LỆ (%) PHÂN CHIA
        1 | HÀ GIANG | #425000 | #100
        2 | CAO BẰNG | #367000 | #100
        """
    )
    assert [meaning(o) for o in found[:2]] == [
        ("Tỉnh Hà Giang", "plan", "level", "2010", Decimal(425000000000), "VND"),
        ("Tỉnh Hà Giang", "plan", "share", "2010", Decimal(100), "percent"),
    ]
    assert found[0].figure.rounding == 1000000


def test_years_in_group_rows_and_a_counted_whole() -> None:
    found = observed(
        """
        STT | TỈNH | DỰ TOÁN | QUYẾT TOÁN | SO SÁNH QT/DT (%)
        A | B | 1 | 2 | 3
        I | Năm 2020 | 14.579 | 15.718 | 108
        1 | Lào Cai | 2.434 | 2.377 | 98
        2 | Yên Bái | 12.145 | 13.341 | 110
        II | Năm 2021 | 15.127 | 15.334 | 101
        1 | Lào Cai | 8.416 | 8.163 | 97
        """,
        about={"title": "Quyết toán kinh phí của 2 tỉnh", "notes": ("Đơn vị: triệu đồng",)},
    )
    assert [meaning(o)[:4] for o in found[:4]] == [
        ("2 tỉnh", "plan", "level", "2020"),
        ("2 tỉnh", "actual", "level", "2020"),
        ("2 tỉnh", "actual", "plan_completion", "2020"),
        ("Tỉnh Lào Cai", "plan", "level", "2020"),
    ]
    assert meaning(found[-3])[3] == "2021"
    assert found[3].metric_label == "Quyết toán kinh phí của 2 tỉnh / DỰ TOÁN"


def test_communes_over_blocks_of_columns() -> None:
    found = observed(
        """
        Chỉ tiêu | ĐVT | Toàn huyện | < | UBND Xã Ka Đô | < | UBND Xã Ka Đơn | < | UBND Xã Tu Tra | <
        ^ | ^ | TH 2019 | KH2020 | TH 2019 | KH2020 | TH 2019 | KH2020 | TH 2019 | KH2020
        Diện tích lúa | Ha | 9 | 12 | 2 | 3 | 3 | 4 | 4 | 5
        Sản lượng lúa | Tấn | 90 | 120 | 20 | 30 | 30 | 40 | 40 | 50
        """
    )
    assert [meaning(o)[:4] for o in found[:3]] == [
        ("Huyện Đơn Dương", "actual", "level", "2019"),
        ("Huyện Đơn Dương", "plan", "level", "2020"),
        ("Xã Ka Đô", "actual", "level", "2019"),
    ]
    assert found[2].metric_label == "TH 2019 / Diện tích lúa"


def test_organisations_that_are_the_row_keep_their_name() -> None:
    found = observed(
        """
        STT | Tên cơ sở | Đã ký cam kết | Đã cấp chứng nhận
        1 | TYT PM Bắc | 21 | 26
        2 | TYT PM Bắc-CS2 | 9 | 12
        Tổng | < | 30 | 38
        """,
        region=HAI_DUONG,
    )
    assert [(o.region.name, o.region.level) for o in found if o.region] == [
        ("TYT PM Bắc", "other"),
        ("TYT PM Bắc", "other"),
        ("TYT PM Bắc-CS2", "other"),
        ("TYT PM Bắc-CS2", "other"),
        ("Tỉnh Hải Dương", "province"),
        ("Tỉnh Hải Dương", "province"),
    ]


def test_index_against_a_base_named_below() -> None:
    found = observed(
        """
               | Tháng 12 năm 2024 so với (%) | < | Tăng so với năm 2023 (%)
               | Tháng 11 năm 2024 | Tháng 12 năm 2023 | ^
        Vốn đăng ký | 69,6 | 77,2 | 3,5
        Lao động | 106,2 | 127,8 | 4,1
        """
    )
    assert [(o.measure, o.basis, o.period.code if o.period else None) for o in found[:3]] == [
        ("share", "previous_month", "2024-12"),
        ("share", "same_period_last_year", "2024-12"),
        ("growth", "previous_year", None),
    ]


def test_amount_and_value_of_a_caption_with_two_units() -> None:
    found = observed(
        """
                | Lượng | Trị giá
        Gạo     | 60    | 13,7
        Cà phê  | 50    | 45,0
        """,
        about={"notes": ("Đơn vị tính: Nghìn tấn và triệu USD",), "title": "Xuất khẩu tháng 1"},
    )
    assert [(o.figure.value, o.figure.unit) for o in found[:2]] == [
        (60000, "tonne"),
        (13700000, "USD"),
    ]


def test_what_is_no_figure() -> None:
    read = read_tables(
        drawn(
            """
            Tên | Điện thoại | Số hộ | Số người | Ghi chú
            Thôn A | 0912345678 | - | 12/15 | x
            Thôn B | 0912345679 | … | chưa rõ 5 | giảm 3
            Thôn C | 0912345670 | 7 | 9 |
            """
        ),
        context(),
    )
    (table,), found, unread = read.tables, read.observations, read.unread
    assert [o.figure.raw for o in found] == ["12/15", "7", "9"]
    assert found[0].figure.value == 12
    assert [(u.raw, u.place.row, u.place.column) for u in unread] == [("chưa rõ 5", 3, 4)]
    assert [f.reason for f in table.figures if f.value is None] == ["nil", "not_available"]


def test_failed_spreadsheet_cells_and_scratch_are_named() -> None:
    read = read_tables(
        drawn(
            """
            Tỉnh | Tổng thu |
            An Giang | #REF! | #7.25
            Cà Mau | #12 | #8.5
            """
        ),
        context(),
    )
    found, unread = read.observations, read.unread
    assert [o.figure.value for o in found] == [12]
    assert [u.reason for u in unread] == [
        "no heading stands over this column",
        "the spreadsheet's own computation failed",
    ]


def test_a_table_of_words_gives_nothing() -> None:
    words = drawn("Mục | Trang\nMở đầu | xem sau\nKết luận | xem sau")
    assert read_tables(words, context()) == TablesRead((), (), ())


def test_bank_rates_get_no_region_and_no_metric() -> None:
    found = observed(
        """
        Kỳ hạn | Lãi trả sau (%/năm) | Lãi trả trước (%/năm)
        1 tháng | 3,50 | 3,49
        6 tháng | 4,20 | 4,11
        """
    )
    assert len(found) == 4
    assert {(o.region, o.metric, o.period) for o in found} == {(None, None, None)}


def test_percent_format_and_decrease() -> None:
    found = observed(
        """
        Huyện | Tỷ lệ hộ nghèo | Số hộ nghèo giảm so với năm 2022
        Huyện Nam Sách | 1,52% | 134
        Huyện Tứ Kỳ | 2,07% | 1.250
        """,
        region=HAI_DUONG,
        year=2023,
        period=read_period("năm 2023", PeriodContext()).period,  # type: ignore[union-attr] # it reads
    )
    assert (found[0].figure.value, found[0].figure.unit, found[0].measure) == (
        Decimal("1.52"),
        "percent",
        "share",
    )
    assert (found[1].figure.value, found[1].measure) == (-134, "change")
    assert found[3].figure.value == -1250


def test_one_table_over_repeated_heads_and_two_tables_apart() -> None:
    sheet = drawn(
        """
        11. Dân số | <
        Địa phương | Số người
        An Giang | 100
        Cà Mau | 200

        11. (Tiếp theo) Dân số | <
        Địa phương | Số người
        Bạc Liêu | 300
        Hậu Giang | 400

        12. Lao động | <
        Địa phương | Số lao động
        An Giang | 50
        Cà Mau | 60
        """
    )
    found = read_tables(sheet, context())
    assert [len(t.figures) for t in found.tables] == [4, 2]
    assert [t.title for t in found.tables] == ["11. Dân số", "12. Lao động"]


def test_provinces_add_up_to_the_country_only_when_nearly_all_are_there() -> None:
    few = observed("Tỉnh | Thu\nTổng số | 30\nAn Giang | 10\nCà Mau | 20")
    assert [o.region for o in few if o.is_total] == [None]


def test_figure_ids_are_stable_and_distinct() -> None:
    once, again = observed(DISTRICTS), observed(DISTRICTS)
    ids = [o.figure.figure_id for o in once]
    assert ids == [o.figure.figure_id for o in again]
    assert len(set(ids)) == len(ids) == 12


@pytest.mark.parametrize("kind", ["cells", "glued"])
def test_empty_grids(kind: str) -> None:
    grid = Grid((), 0, 0, kind=kind)  # type: ignore[arg-type] # both kinds of the parameter
    found = read_tables(grid, context())
    assert (found.tables, found.observations) == ((), ())


def test_headers_of_the_examples_are_in_the_vocabulary() -> None:
    assert match_header(["BHXH TỰ NGUYỆN", "Thực hiện 2023"]).metric is not None


@pytest.mark.parametrize(
    "picture",
    [
        """
        Tỉnh | Năm | Dân số
        An Giang | 2019 | 1.908.000
        An Giang | 2020 | 1.904.000
        Cà Mau | 2019 | 1.194.000
        """,
        """
        Tỉnh | Năm | Dân số
        An Giang | 2019 | 1.908.000
        ^ | 2020 | 1.904.000
        Cà Mau | 2019 | 1.194.000
        """,
    ],
)
def test_a_column_of_years_is_no_figure(picture: str) -> None:
    assert [meaning(o)[0::3] for o in observed(picture)] == [
        ("Tỉnh An Giang", "2019"),
        ("Tỉnh An Giang", "2020"),
        ("Tỉnh Cà Mau", "2019"),
    ]


def test_counters_and_schedules_are_no_figures() -> None:
    assert (
        observed(
            """
            Số/Ký hiệu | Ngày ban hành | Trích yếu | Lượt xem
            12/QĐ-UBND | 03/01/2024 | Về việc phê duyệt | 245
            13/QĐ-UBND | 05/01/2024 | Về việc giao | 1.023
            """
        )
        == []
    )


def test_percent_of_plan_and_of_last_year_under_one_comparison() -> None:
    found = observed(
        """
        Nội dung | Dự toán năm 2023 | Thực hiện 9 tháng | So sánh (%) với | <
                 |                  |                   | Dự toán | Cùng kỳ
        Tổng thu NSNN trên địa bàn (I+II) | 8.450 | 6.120 | 72,4 | 105,1
        I. Thu nội địa | 7.900 | 5.620 | 71,1 | 104
        II. Thu xuất nhập khẩu | 550 | 500 | 90,9 | 112
        """,
        region=HAI_DUONG,
        about={"notes": ("ĐVT: tỷ đồng",)},
        year=2023,
        period=read_period("năm 2023", PeriodContext()).period,  # type: ignore[union-attr] # it reads
    )
    assert [
        (o.scenario, o.measure, o.basis, o.period.code if o.period else None) for o in found[:4]
    ] == [
        ("plan", "level", None, "2023"),
        ("actual", "level", None, "2023-01-01/P9M"),
        ("actual", "plan_completion", "plan", "2023-01-01/P9M"),
        ("actual", "share", "same_period_last_year", "2023-01-01/P9M"),
    ]
    assert found[0].metric == "state_budget_revenue_in_the_area"


def test_a_total_column_over_regions() -> None:
    found = observed(
        """
        Chỉ tiêu | Nam Sách | Kinh Môn | Tứ Kỳ | Tổng số
        BHYT | 12.000 | 13.000 | 14.000 | 39.000
        BHTN | 1.200 | 1.300 | 1.400 | 3.900
        """,
        region=HAI_DUONG,
    )
    assert [(o.region.name if o.region else None, o.is_total) for o in found[:4]] == [
        ("Huyện Nam Sách", False),
        ("Thị xã Kinh Môn", False),
        ("Huyện Tứ Kỳ", False),
        ("Tỉnh Hải Dương", True),
    ]


def test_abbreviated_types_are_no_ordinals() -> None:
    found = observed(
        "Đơn vị | Số hộ\nX. Tân Thông Hội | 10\nX. Phước Vĩnh An | 20\nTT. Củ Chi | 30"
    )
    assert [o.region.name for o in found if o.region] == [
        "Xã Tân Thông Hội",
        "Xã Phước Vĩnh An",
        "Thị trấn Củ Chi",
    ]
