"""Heads and captions of tables whose print lost a border, or whose lines stand in odd places."""

from __future__ import annotations

import pytest

from normalizers import normalize
from normalizers.layout.openings import lines_above
from normalizers.layout.scenarios import scenario_of
from normalizers.layout.titles import names_quantity, title_scenario
from normalizers.tables.comparisons import only_changes
from normalizers.tables.reading import read_tables
from solieu.model import Cell, Content, Grid, Observation, Passage
from tests.drawn import HAI_DUONG, context, drawn


def observed(
    picture: str, *, about: dict[str, object] | None = None, **known: object
) -> list[Observation]:
    return list(read_tables(drawn(picture, **(about or {})), context(**known)).observations)


def test_years_with_figures_of_their_own_stand_over_the_rows_below() -> None:
    found = observed(
        """
        Năm - Year | Tổng số - Total | Nam - Male
        2021 | 562 | 281
        Thành thị - Urban | 184 | 91
        Nông thôn - Rural | 378 | 190
        2022 | 565 | 283
        Thành thị - Urban | 186 | 92
        Nông thôn - Rural | 379 | 191
        """,
        about={"title": "Dân số trung bình phân theo giới tính, thành thị và nông thôn"},
    )
    years = [o.period.code if o.period else None for o in found]
    assert years == ["2021"] * 6 + ["2022"] * 6
    assert all(o.metric_label.startswith("Dân số trung bình") for o in found)


def test_a_series_of_years_stays_flat() -> None:
    found = observed("Năm | Số xã\n2020 | 12\n2021 | 13\n2022 | 14\nBình quân | 13")
    assert [o.period.code if o.period else None for o in found] == ["2020", "2021", "2022", None]


def test_a_unit_alone_stands_over_both_halves() -> None:
    found = observed(
        """
        ĐVT: nghìn đồng | <
        NỘI DUNG THU | SỐ TIỀN | NỘI DUNG CHI | SỐ TIỀN
        Tổng thu | 8.400 | Tổng chi | 8.150
        Thu bổ sung | 6.000 | Chi thường xuyên | 5.150
        """
    )
    assert [int(o.figure.value or 0) for o in found] == [8400000, 6000000, 8150000, 5150000]


def _lost_border() -> Grid:
    grid = drawn(
        """
        Mặt hàng | Tháng 7/2024 | < | So với cùng kỳ năm 2023 (%) |
        ^ | Lượng | Trị giá | Lượng | Trị giá
        Gạo | 567 | 679 | 117,6 | 80,0
        Chè | 56 | 61 | 104,9 | 85,8
        """,
        notes=("Trị giá: Triệu USD",),
    )
    return Grid((*grid.cells, Cell("", 1, 5)), grid.row_count, grid.column_count, number=1)


def test_a_head_whose_border_was_lost_stands_over_both_columns() -> None:
    found = read_tables(_lost_border(), context()).observations
    rates = [o for o in found if o.figure.place.column in {4, 5}]
    assert {o.figure.unit for o in rates} == {"percent"}
    assert {o.metric_label.split(" / ")[0] for o in rates} == {"So với cùng kỳ năm 2023 (%)"}


def test_telephone_numbers_are_no_figures() -> None:
    picture = "Họ và tên | Điện thoại cơ quan | Di động\nTrần A | 0204.3816897 | 0969.140.840"
    assert observed(picture) == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("So sánh số vụ (+, -)", True),
        ("Tăng (+), giảm (-)", True),
        ("Số phải tăng thêm", True),
        ("Chênh lệch", True),
        ("Số hộ thoát nghèo", False),
        ("Kinh phí giảm nghèo", False),
    ],
)
def test_heads_that_say_a_difference(head: str, expected: bool) -> None:
    assert only_changes((head,)) is expected


@pytest.mark.parametrize(
    ("head", "scenario"),
    [
        ("Chỉ tiêu tuyển sinh", "plan"),
        ("Chỉ tiêu giường bệnh", "plan"),
        ("Số học sinh đăng ký", "actual"),
        ("Chỉ tiêu chi tiết", None),
    ],
)
def test_quotas_and_what_was_registered(head: str, scenario: str | None) -> None:
    assert scenario_of((head,)) == scenario


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Phân theo giới tính", False),
        ("Chia ra", False),
        ("Nữ - Female", False),
        ("Số ca mắc", True),
    ],
)
def test_how_figures_are_divided_names_no_quantity(head: str, expected: bool) -> None:
    assert names_quantity(head) is expected


def test_a_line_that_is_only_a_unit_belongs_to_the_table_below() -> None:
    grid = drawn("Xã | Số người\nXã A | 12")
    page = Content((Passage("KẾT QUẢ NĂM 2023", 1), Passage("Nghìn người", 2), grid))
    assert lines_above(page)[1][0] == "Nghìn người"


def test_a_heading_of_people_is_no_unit_row() -> None:
    found = observed(
        "Huyện | Hộ nghèo | <\n^ | Số hộ | Tỷ lệ (%)\nHuyện Nam Sách | 1.200 | 2,5",
        region=HAI_DUONG,
    )
    assert [o.metric_label for o in found] == ["Hộ nghèo / Số hộ", "Hộ nghèo / Tỷ lệ (%)"]


def test_heads_that_are_counted_things_are_heads() -> None:
    found = observed(
        """
        TT | Thôn, buôn | Số hộ | Số khẩu | Trong đó | <
        ^ | ^ | ^ | ^ | Nam | Nữ
        1 | Thôn 1 | 245 | 1.012 | 503 | 509
        2 | Buôn Hồ | 198 | 834 | 421 | 413
        Tổng cộng | < | 443 | 1.846 | 924 | 922
        """,
        region=HAI_DUONG,
    )
    assert [o.metric_label for o in found[:4]] == [
        "Số hộ",
        "Số khẩu",
        "Số khẩu / Trong đó / Nam",
        "Số khẩu / Trong đó / Nữ",
    ]
    assert [(o.region.name, o.region.level) for o in found[::4] if o.region] == [
        ("Thôn 1", "other"),
        ("Buôn Hồ", "other"),
        ("Tỉnh Hải Dương", "province"),
    ]


def test_who_builds_and_where_labels_no_row() -> None:
    found = observed(
        """
        STT | Tên dự án | Địa điểm xây dựng | Chủ đầu tư | Kế hoạch vốn năm 2024
        I | Giao thông | | | 20.900
        1 | Đường nối hai xã | Xã Xuân Bái | Ban Quản lý dự án huyện | 15.600
        2 | Cầu qua sông | Xã Xuân Hòa | Ban Quản lý dự án huyện | 5.300
        """,
        region=HAI_DUONG,
        about={"notes": ("ĐVT: triệu đồng",)},
    )
    assert {o.region for o in found} == {HAI_DUONG}
    assert found[1].metric_label.endswith("Giao thông / Đường nối hai xã")


def test_a_comparison_that_says_what_is_compared() -> None:
    found = observed(
        """
        Nội dung | Dự toán năm 2024 | Ước thực hiện quý I năm 2024 | So sánh ước thực hiện với (%) | <
        ^ | ^ | ^ | Dự toán năm | Cùng kỳ năm trước
        Thu nội địa | 3.380 | 871 | 25,8 | 112,6
        Thu viện trợ | 20 | 5 | 25 | 101
        """
    )
    assert [(o.measure, o.period.code if o.period else None) for o in found[2:4]] == [
        ("plan_completion", "2024-Q1"),
        ("share", "2024-Q1"),
    ]


def test_done_beside_a_quota_is_how_much_of_it() -> None:
    found = observed(
        "Trạm y tế | Chỉ tiêu giao | Đã khám | Đạt %\nTYT phường An Bình | 812 | 790 | 97,3",
        year=2024,
    )
    assert [(o.scenario, o.measure) for o in found] == [
        ("plan", "level"),
        ("actual", "level"),
        ("actual", "plan_completion"),
    ]


@pytest.mark.parametrize(
    ("title", "scenario"),
    [
        ("UBND HUYỆN KỲ SƠN PHÂN BỔ DỰ TOÁN THU NGÂN SÁCH NĂM 2025", "plan"),
        ("UBND HUYỆN KỲ SƠN QUYẾT TOÁN THU NGÂN SÁCH NĂM 2023", "actual"),
        ("UBND THÀNH PHỐ PHAN RANG - THÁP CHÀM DỰ TOÁN NGÂN SÁCH NĂM 2024", "plan"),
        ("SỞ KẾ HOẠCH VÀ ĐẦU TƯ TỈNH NGHỆ AN", None),
        ("CỤC THUẾ TỈNH BẮC NINH THU NGÂN SÁCH VƯỢT DỰ TOÁN", None),
        ("BHXH TỈNH NAM ĐỊNH: NƯỚC RÚT CHO MỤC TIÊU CẢ NĂM", None),
        ("CỤC THUẾ KHÁNH HÒA THU NỘI ĐỊA 10 THÁNG ĐẠT 87,9% DỰ TOÁN", None),
    ],
)
def test_a_letterhead_that_ran_into_the_title(title: str, scenario: str | None) -> None:
    assert title_scenario([title]) == scenario


def test_a_plan_of_2025_is_for_the_districts_of_its_making() -> None:
    title = "DỰ TOÁN THU NGÂN SÁCH NĂM 2025 CHO CÁC XÃ CỦA HUYỆN KỲ SƠN, TỈNH NGHỆ AN"
    grid = drawn(
        """
        STT | Đơn vị | Tổng thu (triệu đồng)
        1 | Thị trấn Mường Xén | 1.208
        2 | Xã Na Ngoi | 455
        3 | Xã Tà Cạ | 752
        | Tổng số | 2.415
        """
    )
    found = normalize(Content((Passage(title, 1, "title"), grid)), "d").observations
    assert [o.region.path for o in found if o.region] == [
        "Tỉnh Nghệ An / Huyện Kỳ Sơn / Thị trấn Mường Xén",
        "Tỉnh Nghệ An / Huyện Kỳ Sơn / Xã Na Ngoi",
        "Tỉnh Nghệ An / Huyện Kỳ Sơn / Xã Tà Cạ",
        "Tỉnh Nghệ An / Huyện Kỳ Sơn",
    ]


QUARTERS = """
Nhóm ngành | Cả năm | Quý I | Quý II
Giá trị (Tỷ đồng) | | |
TỔNG SỐ | 410,5 | 200,2 | 210,3
  Nông nghiệp | 210,5 | 100,2 | 110,3
  Dịch vụ | 200,0 | 100,0 | 100,0
Tốc độ tăng so với cùng kỳ năm trước (%) | | |
TỔNG SỐ | 5,2 | 4,1 | 6,2
  Nông nghiệp | 3,0 | 2,1 | 4,0
  Dịch vụ | 7,5 | 6,2 | 8,3
"""


def test_a_total_right_below_a_heading_is_measured_as_the_heading_says() -> None:
    found = observed(QUARTERS, about={"title": "Tổng sản phẩm các quý năm 2023"})
    totals = [o for o in found if o.is_total and o.figure.place.column == 3]
    said = [(o.figure.unit, o.measure) for o in totals]
    assert said == [("VND", "level"), ("percent", "growth")]
    assert "Tốc độ tăng" in totals[1].metric_label


def test_a_total_under_a_heading_has_not_the_code_of_the_title() -> None:
    found = observed(
        """
        Chỉ tiêu | Năm 2020 | Năm 2021
        Dân số (người) | |
        Tổng số | 61.300 | 62.400
        Thành thị | 21.100 | 22.200
        Lao động (người) | |
        Tổng số | 31.310 | 32.410
        Thành thị | 11.110 | 12.205
        """,
        about={"title": "Dân số trung bình tỉnh Hải Dương"},
    )
    totals = [o.metric for o in found if o.is_total]
    assert totals == ["average_population"] * 2 + [None] * 2


def test_heads_broken_word_by_word_end_with_their_units() -> None:
    found = observed(
        """
        Chỉ tiêu | ĐVT | Thực | Ước | Tháng 5
         | | hiện | tháng | so với
         | | tháng | 5/2023 | tháng
         | | 4/2023 | | trước
         | | | | (%)
        Lúa đông xuân | ha | 10.200 | 11.150 | 109,31
        Trâu | con | 910 | 905 | 99,45
        """,
        year=2023,
    )
    said = [
        (o.figure.unit, o.scenario, o.measure, o.period.code if o.period else None)
        for o in found[3:]
    ]
    assert [o.figure.unit for o in found[:3]] == ["hectare", "hectare", "percent"]
    assert said[0][1:] == ("actual", "level", "2023-04")
    assert said[1][1:] == ("estimate", "level", "2023-05")
    assert said[2] == ("percent", "estimate", "share", "2023-05")


def test_a_unit_line_between_a_title_and_its_head_is_no_head() -> None:
    found = observed(
        """
        Dân số các huyện | | | ĐVT: người
        Huyện | Nam | Nữ | Chung
        Huyện Nam Sách | 10.200 | 11.150 | 21.350
        Huyện Tứ Kỳ | 910 | 905 | 1.815
        """,
        region=HAI_DUONG,
    )
    assert {o.figure.unit for o in found} == {"person"}
    assert found[0].metric_label.endswith("Nam")


def test_a_quarter_behind_its_year_in_one_head_is_that_quarter() -> None:
    found = observed(
        """
        Huyện | Số vụ năm 2022 quý III | Năm 2022 tháng 5 | Năm 2022 so với năm 2021 (%)
        Huyện Nam Sách | 12 | 4 | 101,5
        """,
        region=HAI_DUONG,
        year=2023,
    )
    assert [o.period.code if o.period else None for o in found] == ["2022-Q3", "2022-05", "2022"]
