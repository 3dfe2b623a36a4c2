"""Tables as many offices print them: side by side, with words that only neighbours explain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from normalizers import normalize
from normalizers.bilingual import vietnamese_part
from normalizers.context import document_context
from normalizers.layout.scenarios import scenario_of
from normalizers.periods.reading import PeriodContext, find_periods
from normalizers.tables.reading import read_tables
from solieu.model import Content, Observation, Passage, Region
from tests.drawn import HAI_DUONG, context, drawn

LANG_SON = Region("Tỉnh Lạng Sơn", "province", "20", None, "Tỉnh Lạng Sơn")


def observed(picture: str, *, about: dict[str, object] | None = None, **known: object):  # type: ignore[no-untyped-def]
    return list(read_tables(drawn(picture, **(about or {})), context(**known)).observations)


def at(found: list[Observation], row: int, column: int) -> Observation:
    return next(o for o in found if (o.figure.place.row, o.figure.place.column) == (row, column))


def kind(o: Observation) -> tuple[object, ...]:
    return o.scenario, o.measure, o.period.code if o.period else None


SIDE_BY_SIDE = """
PHẦN THU | Số tiền | PHẦN CHI | Số tiền
Tổng thu | 8.400 | Tổng chi | 8.150
1. Thu tại xã | 2.400 | 1. Chi đầu tư | 3.000
2. Thu bổ sung | 6.000 | 2. Chi thường xuyên | 5.150
 | | Kết dư | 250
"""


def test_two_tables_side_by_side_have_labels_of_their_own() -> None:
    found = observed(SIDE_BY_SIDE, about={"notes": ("ĐVT: triệu đồng",)})
    assert {(o.figure.place.row, o.figure.place.column): o.metric_label for o in found} == {
        (2, 2): "Số tiền / Tổng thu",
        (3, 2): "Số tiền / Tổng thu / Thu tại xã",
        (4, 2): "Số tiền / Tổng thu / Thu bổ sung",
        (2, 4): "Số tiền / Tổng chi",
        (3, 4): "Số tiền / Tổng chi / Chi đầu tư",
        (4, 4): "Số tiền / Tổng chi / Chi thường xuyên",
        (5, 4): "Số tiền / Tổng chi / Kết dư",
    }


def test_a_list_in_two_halves_with_ordinals() -> None:
    found = observed(
        """
        STT | Huyện | Số hộ | STT | Huyện | Số hộ
        1 | Huyện Nam Sách | 120 | 3 | Huyện Tứ Kỳ | 95
        2 | Huyện Thanh Hà | 80 | 4 | Huyện Ninh Giang | 60
        """,
        region=HAI_DUONG,
    )
    assert {o.region.name if o.region else None: o.figure.value for o in found} == {
        "Huyện Nam Sách": 120,
        "Huyện Thanh Hà": 80,
        "Huyện Tứ Kỳ": 95,
        "Huyện Ninh Giang": 60,
    }


def test_a_text_between_figures_is_no_second_table() -> None:
    found = observed(
        """
        Dự án | Vốn (triệu đồng) | Chủ đầu tư | Giải ngân (triệu đồng)
        Đường liên xã | 1.200 | Ban Quản lý dự án | 800
        Trường tiểu học | 2.500 | Phòng Giáo dục | 2.100
        Trạm bơm | 900 | Ban Quản lý dự án | 300
        """
    )
    assert at(found, 2, 4).metric_label == "Giải ngân (triệu đồng) / Đường liên xã"


def test_visitors_of_a_page_are_no_figures() -> None:
    assert observed("Đang truy cập | 36\nHôm nay | 845\nTổng số | 787985") == []
    assert observed("Online: | 6\nTuần này: | 912\nTất cả: | 1.787.985") == []
    assert len(observed("Năm nay | 36\nTổng số | 845")) == 2


def test_ranks_measure_nothing() -> None:
    found = observed(
        "STT | Huyện | Điểm | Xếp hạng\n1 | Huyện Nam Sách | 88,5 | 2\n2 | Huyện Tứ Kỳ | 90,1 | 1",
        region=HAI_DUONG,
    )
    assert [o.figure.raw for o in found] == ["88,5", "90,1"]


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (
            """Xã | Dân số | Số có thẻ đến 31/12/2025 | Tỷ lệ (%) | Chỉ tiêu năm 2026 | Phải tăng thêm
            Xã A | 9.000 | 8.100 | 90,0 | 8.400 | 300""",
            [
                ("actual", "level", "2025-12-31"),
                ("actual", "level", "2025-12-31"),
                ("actual", "share", "2025-12-31"),
                ("plan", "level", "2026"),
                ("plan", "change", "2026"),
            ],
        ),
        (
            """Chỉ tiêu | Kế hoạch vốn năm 2026 | Giải ngân đến 30/9/2026 | Tỷ lệ giải ngân (%)
            Xã A | 9.000 | 8.100 | 90,0""",
            [
                ("plan", "level", "2026"),
                ("actual", "level", "2026-09-30"),
                ("actual", "share", "2026-09-30"),
            ],
        ),
    ],
)
def test_in_a_plan_what_is_dated_before_it_is_an_outcome(
    picture: str, expected: list[tuple[object, ...]]
) -> None:
    found = observed(picture, about={"title": "CHỈ TIÊU NĂM 2026 GIAO CHO CÁC XÃ"})
    assert [kind(o) for o in found] == expected


def test_the_years_of_a_plan_of_several_years_are_planned() -> None:
    found = observed(
        """
        Nguồn vốn | Kế hoạch giai đoạn 2021 - 2025 | Chia ra kế hoạch từng năm | < | Giải ngân 2020
                  |                                | Năm 2021 | Năm 2022 |
        Vốn xổ số | 900 | 400 | 500 | 120
        """,
        about={"title": "KẾ HOẠCH ĐẦU TƯ CÔNG TRUNG HẠN GIAI ĐOẠN 2021 - 2025"},
    )
    assert [(o.scenario, o.period.year if o.period else None) for o in found] == [
        ("plan", 2025),
        ("plan", 2021),
        ("plan", 2022),
        ("actual", 2020),
    ]


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        (
            "Tháng 6/2023 | Tháng 6/2024 | Tăng/giảm",
            "188 | 171 | -17",
            ("actual", "change", "2024-06"),
        ),
        (
            "Năm 2024 | Cùng kỳ 2023 | Tăng, giảm (%)",
            "188 | 171 | 9,9",
            ("actual", "growth", "2024"),
        ),
        (
            "Kế hoạch 2024 | Thực hiện 2024 | Chênh lệch",
            "188 | 171 | -17",
            ("actual", "change", "2024"),
        ),
        (
            "Dự toán năm 2023 | Thực hiện quý III năm 2023 | So sánh (%) cùng kỳ năm trước",
            "188 | 171 | 104,5",
            ("actual", "share", "2023-Q3"),
        ),
    ],
)
def test_a_difference_is_of_the_later_of_its_neighbours(
    heads: str, cells: str, expected: tuple[object, ...]
) -> None:
    found = observed(f"Chỉ tiêu | {heads}\nSố ca mắc | {cells}\nSố ca tử vong | {cells}", year=2023)
    assert kind(at(found, 2, 4)) == expected


def test_one_comparison_over_several_bases() -> None:
    found = observed(
        """
        Nội dung | Dự toán năm 2023 | Thực hiện quý III năm 2023 | So sánh (%) | <
                 |                  |                            | DT TW giao | Cùng kỳ năm trước
        Thu nội địa | 8.450 | 6.120 | 72,4 | 105,1
        Thu viện trợ | 50 | 20 | 40 | 90
        """
    )
    assert kind(at(found, 3, 4)) == ("actual", "plan_completion", "2023-Q3")
    assert kind(at(found, 3, 5)) == ("actual", "share", "2023-Q3")


def test_an_amount_is_no_share_though_its_label_says_rate() -> None:
    found = observed(
        "Nội dung | Quyết toán\nThu phân chia theo tỷ lệ phần trăm | 1.273\nThu bổ sung | 948",
        about={"notes": ("ĐVT: đồng",)},
    )
    assert [o.measure for o in found] == ["level", "level"]


def test_the_first_name_of_a_row_is_its_territory() -> None:
    found = observed(
        """
        STT | Tên xã, phường mới | Sắp xếp từ các đơn vị | Dân số (người)
        1 | Phường Đông Kinh | Phường Vĩnh Trại, Xã Mai Pha | 25.705
        2 | Phường Lương Văn Tri | Phường Chi Lăng, Xã Quảng Lạc | 28.248
        3 | Phường Kỳ Lừa | Phường Hoàng Văn Thụ | 34.001
        """,
        region=LANG_SON,
        on=date(2024, 4, 10),
    )
    names = [(o.region.path, o.flags) for o in found if o.region]
    assert names == [
        ("Tỉnh Lạng Sơn / Phường Đông Kinh", ()),
        ("Tỉnh Lạng Sơn / Phường Lương Văn Tri", ()),
        ("Tỉnh Lạng Sơn / Phường Kỳ Lừa", ()),
    ]


def test_one_row_under_heads_needs_no_label() -> None:
    found = observed(
        "Số người tham gia | < | Thu (triệu đồng)\nBHXH bắt buộc | BHYT | ^\n18.944 | 306.118 | 812"
    )
    assert [(o.metric_label, o.figure.raw) for o in found] == [
        ("Số người tham gia / BHXH bắt buộc", "18.944"),
        ("Số người tham gia / BHYT", "306.118"),
        ("Thu (triệu đồng)", "812"),
    ]


def test_a_total_in_two_languages() -> None:
    found = observed(
        "Đơn vị - Unit | 2021 | Prel. 2022\nTỔNG SỐ - TOTAL | 300 | 310\n"
        "Huyện Nam Sách | 100 | 110\nHuyện Tứ Kỳ | 200 | 200",
        region=HAI_DUONG,
        about={"title": "Sản lượng lương thực có hạt"},
    )
    total = at(found, 2, 2)
    assert (total.is_total, total.region) == (True, HAI_DUONG)
    assert at(found, 3, 3).metric_label == "Sản lượng lương thực có hạt / Prel. 2022"


def test_a_line_that_completes_the_title_is_none() -> None:
    found = observed(
        "Nội dung | Năm 2023\nThu nội địa | 8.450\nThu viện trợ | 50",
        about={"notes": ("ĐVT: tỷ đồng",), "title": "TRÊN ĐỊA BÀN TỈNH HẢI DƯƠNG"},
        title="TÌNH HÌNH THU NGÂN SÁCH NHÀ NƯỚC NĂM 2023",
    )
    assert "ĐỊA BÀN" not in " ".join(o.metric_label for o in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("XUẤT KHẨU THÁNG 11 VÀ 11 THÁNG NĂM 2023", ["2023-11", "2023-01-01/P11M"]),
        ("quý II và 6 tháng đầu năm 2023", ["2023-Q2", "2023-S1"]),
        ("tháng 5, 5 tháng đầu năm 2024", ["2024-05", "2024-01-01/P5M"]),
        ("tháng 12 và cả năm 2023", ["2023-12", "2023"]),
        ("Diện tích, dân số năm 2022 phân theo địa phương", ["2022"]),
        ("theo Nghị quyết số 2022 của Hội đồng", []),
    ],
)
def test_two_times_share_their_year(text: str, expected: list[str]) -> None:
    known = PeriodContext(published_on=date(2023, 5, 3))
    assert [m.period.code for m in find_periods(text, known) if m.period] == expected


def _page(*lines: str) -> Content:
    return Content(tuple(Passage(line, n, "heading") for n, line in enumerate(lines, 1)))


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (
            (
                "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "XÃ VĨNH HẢI Độc lập - Tự do - Hạnh phúc",
                "QUYẾT TOÁN NGÂN SÁCH XÃ NĂM 2021",
            ),
            None,
        ),
        (
            ("UBND HUYỆN NINH HẢI", "UBND XÃ VĨNH HẢI", "QUYẾT TOÁN NGÂN SÁCH XÃ NĂM 2021"),
            "Tỉnh Ninh Thuận / Huyện Ninh Hải / Xã Vĩnh Hải",
        ),
        (
            ("QUYẾT TOÁN NGÂN SÁCH XÃ VĨNH HẢI, HUYỆN NINH HẢI NĂM 2021",),
            "Tỉnh Ninh Thuận / Huyện Ninh Hải / Xã Vĩnh Hải",
        ),
    ],
)
def test_a_commune_that_shares_its_name(lines: tuple[str, ...], path: str | None) -> None:
    region = document_context(_page(*lines), "d").region
    assert region is not None
    assert (region.name, region.level, region.path) == ("Xã Vĩnh Hải", "commune", path)


def test_figures_of_a_shared_name_are_in_doubt() -> None:
    page = _page("ỦY BAN NHÂN DÂN", "XÃ VĨNH HẢI", "QUYẾT TOÁN NGÂN SÁCH XÃ NĂM 2021")
    grid = drawn("Nội dung | Số tiền (đồng)\nTổng thu | 9.773.880.000\nTổng chi | 9.285.186.000")
    found = normalize(Content((*page.blocks, grid)), "d").observations
    assert {(o.region.name if o.region else None, o.flags) for o in found} == {
        ("Xã Vĩnh Hải", ("region_ambiguous",))
    }
    assert all(o.figure.confidence < 0.7 for o in found)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            "Dân số trung bình Average population (Nghìn người - Thous. pers.)",
            "Dân số trung bình (Nghìn người)",
        ),
        ("Diện tích Area (Km2)", "Diện tích (Km2)"),
        (
            "Sản lượng lúa phân theo huyện Production of paddy by district",
            "Sản lượng lúa phân theo huyện",
        ),
        ("Thu BHXH (triệu đồng)", "Thu BHXH (triệu đồng)"),
        ("Number of schools", "Number of schools"),
        ("Nam - Male", "Nam"),
        ("Tổng vốn FDI", "Tổng vốn FDI"),
    ],
)
def test_the_english_beside_a_label(label: str, expected: str) -> None:
    assert vietnamese_part(label) == expected


def test_heads_in_two_languages_have_metric_and_unit() -> None:
    found = observed(
        """
        Địa phương | Dân số trung bình | Diện tích
         | Average population | Area
         | (Nghìn người - Thous. pers.) | (Km2)
        Huyện Nam Sách | 120,4 | 109,0
        Huyện Tứ Kỳ | 165,2 | 170,1
        """,
        region=HAI_DUONG,
    )
    people = at(found, 4, 2)
    assert (people.metric, people.figure.unit) == ("average_population", "person")
    assert people.figure.value == Decimal(120400)


@pytest.mark.parametrize(
    ("picture", "caption", "metric", "unit"),
    [
        (
            "Huyện | Hộ nghèo | <\n^ | Số hộ | Tỷ lệ (%)\nHuyện Nam Sách | 1.200 | 2,5",
            "ĐVT: hộ",
            "multidimensional_poverty_rate",
            "percent",
        ),
        (
            "Huyện | BHYT | <\n^ | Học sinh, sinh viên | Hộ gia đình\nHuyện Nam Sách | 1.200 | 25",
            "ĐVT: người",
            "household_health_insurance_participants",
            "person",
        ),
    ],
)
def test_a_leaf_is_read_with_what_stands_above_it(
    picture: str, caption: str, metric: str, unit: str
) -> None:
    found = observed(picture, about={"notes": (caption,)}, region=HAI_DUONG)
    assert (found[-1].metric, found[-1].figure.unit) == (metric, unit)


def test_what_of_which_names_is_a_metric() -> None:
    found = observed(
        "Chỉ tiêu | Năm 2023\nTổng thu NSNN trên địa bàn | 8.450\nTrong đó: Thu nội địa | 7.900",
        about={"notes": ("ĐVT: tỷ đồng",)},
    )
    assert [o.metric for o in found] == ["state_budget_revenue_in_the_area", "domestic_revenue"]


def test_years_as_headings_with_their_totals() -> None:
    found = observed(
        """
        Huyện | Trường | Học sinh
        Năm 2022 | |
        TỔNG SỐ | 31 | 7.000
        Huyện Nam Sách | 14 | 3.000
        Huyện Tứ Kỳ | 17 | 4.000
        Năm 2023 | |
        TỔNG SỐ | 33 | 7.300
        Huyện Nam Sách | 15 | 3.200
        Huyện Tứ Kỳ | 18 | 4.100
        """,
        region=HAI_DUONG,
    )
    years = [(o.figure.place.row, o.period.year if o.period else None) for o in found]
    assert years == [(r, 2022 if r < 6 else 2023) for r in (3, 4, 5, 7, 8, 9) for _ in range(2)]


def test_a_heading_with_its_unit_stands_over_the_rows_below() -> None:
    found = observed(
        """
        Chỉ tiêu | 2022 | Sơ bộ 2023
        Cơ sở y tế (Cơ sở) | |
        Bệnh viện | 41 | 43
        Trạm y tế xã, phường | 462 | 463
        Giường bệnh (Giường) | |
        Bệnh viện | 9.871 | 10.235
        Trạm y tế xã, phường | 2.310 | 2.320
        """,
        region=HAI_DUONG,
        about={"title": "MỘT SỐ CHỈ TIÊU VỀ Y TẾ"},
    )
    assert {(o.metric_label.split(" / ", 1)[1], o.region, o.figure.unit) for o in found[:2]} == {
        ("Cơ sở y tế (Cơ sở) / Bệnh viện", HAI_DUONG, "organisation"),
    }
    assert at(found, 6, 2).metric_label == "2022 / Giường bệnh (Giường) / Bệnh viện"


@pytest.mark.parametrize(
    ("head", "scenario"),
    [
        ("Kế hoạch Thủ tướng Chính phủ giao", "plan"),
        ("Dự toán HĐND tỉnh giao", "plan"),
        ("Kế hoạch vốn được giao", "plan"),
        ("Giải ngân đến 30/9/2025", "actual"),
        ("Chỉ tiêu kinh tế", None),
    ],
)
def test_who_gave_a_plan_may_stand_in_its_name(head: str, scenario: str | None) -> None:
    assert scenario_of((head,)) == scenario


def test_parts_have_the_plan_and_the_name_of_their_whole() -> None:
    found = observed(
        """
        Nội dung | Dự toán năm 2022 | Bao gồm | < | Quyết toán năm 2022 | Bao gồm | <
        ^ | ^ | Cấp tỉnh | Cấp huyện | ^ | Cấp tỉnh | Cấp huyện
        Chi đầu tư | 30 | 20 | 10 | 33 | 22 | 11
        """,
        about={"notes": ("ĐVT: tỷ đồng",)},
    )
    assert [o.scenario for o in found] == ["plan"] * 3 + ["actual"] * 3
    assert {o.period.code for o in found if o.period} == {"2022"}


def test_a_column_of_which_is_named_with_its_whole() -> None:
    found = observed(
        "Huyện | BHXH tự nguyện | Trong đó: tham gia mới\nHuyện Nam Sách | 2.607 | 524",
        region=HAI_DUONG,
    )
    assert found[1].metric_label == "BHXH tự nguyện / Trong đó: tham gia mới"


def test_a_year_that_is_preliminary_labels_its_row() -> None:
    found = observed(
        "Năm | Tổng số | Nữ\n2020 | 1.012,7 | 514,7\nSơ bộ 2021 | 987,5 | 497,9",
        about={"title": "LAO ĐỘNG ĐANG LÀM VIỆC", "notes": ("ĐVT: nghìn người",)},
    )
    assert [o.period.code for o in found if o.period] == ["2020", "2020", "2021", "2021"]


OWED = """
Huyện | Số đơn vị nợ | Số nợ (triệu đồng) | Kế hoạch thu (triệu đồng) | Đã thu (triệu đồng)
Huyện Nam Sách | 120 | 12.345 | 100.232 | 92.832
Huyện Tứ Kỳ | 98 | 8.102 | 80.320 | 71.919
"""


@pytest.mark.parametrize(
    ("title", "metrics"),
    [
        (
            "Tình hình thu, nợ BHXH, BHYT năm 2023",
            {
                "employers_in_arrears",
                "insurance_arrears",
                "insurance_contribution_revenue",
            },
        ),
        ("Tình hình thu, nợ tiền thuê đất năm 2023", {None}),
    ],
)
def test_whose_debts_a_head_speaks_of_stands_in_the_title(title, metrics) -> None:
    found = observed(OWED, about={"title": title}, region=HAI_DUONG, on=date(2023, 6, 1))
    assert len(found) == 8
    assert {o.metric for o in found} == metrics


def test_a_rate_of_coverage_is_of_the_scheme_beside_it() -> None:
    found = observed(
        """
        Huyện | Số người tham gia BHYT | Tỷ lệ bao phủ (%) | Số hộ nghèo | Tỷ lệ (%)
        Huyện Nam Sách | 100.232 | 92,8 | 612 | 1,2
        Huyện Tứ Kỳ | 80.320 | 91,9 | 701 | 1,4
        """,
        region=HAI_DUONG,
        on=date(2023, 6, 1),
    )
    assert at(found, 2, 3).metric == "health_insurance_participants"
    assert at(found, 2, 5).metric == "multidimensional_poverty_rate"
