"""Short heads, heads in two languages, and figures that what surrounds them leaves in doubt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from normalizers.bilingual import untranslated
from normalizers.layout.titles import without_decrees
from normalizers.layout.words import is_rank
from normalizers.periods.reading import PeriodContext
from normalizers.regions import resolve
from normalizers.tables.comparisons import head_comparison
from normalizers.tables.implied import implied_unit, likely
from normalizers.tables.meaning import label_unit
from normalizers.tables.reading import read_tables
from normalizers.tables.shorthand import spelled_out
from normalizers.tables.times import column_period, label_period
from normalizers.units import ONE, Unit
from solieu.model import Observation, Region
from tests.drawn import HAI_DUONG, IN_2023, context, drawn

AFTER_REFORM = date(2025, 10, 31)
IN_THE_YEAR = PeriodContext(year=2023)


def observed(picture: str, **known: object) -> list[Observation]:
    known = {"region": HAI_DUONG, "period": IN_2023, "year": 2023, **known}
    return list(read_tables(drawn(picture), context(**known)).observations)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("KH26", "KH 2026"),
        ("ƯTH'25", "ƯTH 2025"),
        ("So sánh (%) KH26/UTH25", "So sánh (%) KH 2026/UTH 2025"),
        ("Quý I/25", "Quý I/2025"),
        ("T5/25", "T5/2025"),
        ("Đến 31/12/24", "Đến 31/12/2024"),
        ("% CK", "% so với cùng kỳ"),
        ("TH/CK (%)", "TH so với cùng kỳ (%)"),
        ("SS (%)", "So sánh (%)"),
        ("LK 11T", "Lũy kế 11T"),
        ("DT (ha)", "Diện tích (ha)"),
        ("DT 2024 (ha)", "DT 2024 (ha)"),
        ("DT năm", "DT năm"),
        ("LKT", "LKT"),
        ("TH10 tháng", "TH10 tháng"),
        ("KH 12 tháng", "KH 12 tháng"),
        ("KH2026", "KH2026"),
        ("QĐ26", "QĐ26"),
        ("5/25", "5/25"),
        ("Dư nợ cuối kỳ (CK)", "Dư nợ cuối kỳ (CK)"),
        ("Đến 31/12/2024", "Đến 31/12/2024"),
    ],
)
def test_short_forms_are_spelled_out_where_no_other_reading_is_left(
    head: str, expected: str
) -> None:
    assert spelled_out(head) == expected


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (("Năm học - School year", "2019-2020"), "2019-09-01/P9M"),
        (("Năm học", "2023 - 2024"), "2023-09-01/P9M"),
        (("2023-2024",), None),
        (("2021-2025",), "2021-01-01/P5Y"),
        (("Kế hoạch", "2021 - 2025"), "2021-01-01/P5Y"),
        (("So sánh (%)", "KH26/UTH25"), "2026"),
        (("Số hộ nghèo đầu kỳ", "Số hộ"), "2023-01-01"),
        (("Hộ nghèo cuối năm", "Tỷ lệ (%)"), "2023-12-31"),
        (("Số hộ nghèo đầu năm 2022", "Hộ"), "2022-01-01"),
        (("KH 6T cuối năm",), "2023-S2"),
        (("6 tháng đầu năm",), "2023-S1"),
        (("Tổng số ca mắc (từ 27/4)",), None),
        (("Từ 15/7 đến 14/8",), "2023-07-15/P31D"),
        (("DT năm",), "2023"),
        (("Tăng so với đầu năm",), None),
    ],
)
def test_times_of_heads(path: tuple[str, ...], code: str | None) -> None:
    period = column_period(path, IN_THE_YEAR)
    assert (period.code if period else None) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Sơ bộ - Prel. 2022", "2022"),
        ("Sơ bộ 2022", "2022"),
        ("Ước tính/Est. 2024", "2024"),
        ("Sơ bộ chế biến 2022 tấn mía", None),
    ],
)
def test_preliminary_years_down_the_side(label: str, code: str | None) -> None:
    period = label_period(label, IN_THE_YEAR)
    assert (period.code if period else None) == code


@pytest.mark.parametrize(
    ("head", "measure"),
    [
        ("Biến động so với năm 2022 (ha)", "change"),
        ("Diện tích so với năm 2022 (ha)", None),
    ],
)
def test_what_was_gained_or_lost_is_a_change(head: str, measure: str | None) -> None:
    said = head_comparison(head, (None, None), rate=False, context=IN_THE_YEAR)
    assert said[0] == measure


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Thành phố Vị Thanh - Vi Thanh City", "Thành phố Vị Thanh"),
        ("Huyện Cần Đước Can Duoc district", "Huyện Cần Đước"),
        ("Hải Dương/Hai Duong", "Hải Dương"),
        ("Quận 1 - District 1", "Quận 1"),
        ("Xuân Hương - Đà Lạt", "Xuân Hương - Đà Lạt"),
        ("Phan Rang - Tháp Chàm", "Phan Rang - Tháp Chàm"),
        ("Xã Lung Lung", "Xã Lung Lung"),
    ],
)
def test_a_name_said_twice(name: str, expected: str) -> None:
    assert untranslated(name) == expected


def test_districts_in_two_languages_are_territories() -> None:
    found = observed(
        """
        | 2022 | 2023
        TỔNG SỐ - TOTAL | 30 | 33
        Huyện Nam Sách - Nam Sach district | 12 | 13
        Huyện Thanh Hà - Thanh Ha district | 18 | 20
        """
    )
    names = [o.region.name if o.region else None for o in found]
    assert names == [
        n for n in ("Tỉnh Hải Dương", "Huyện Nam Sách", "Huyện Thanh Hà") for _ in "ab"
    ]


@pytest.mark.parametrize(
    ("label", "rank"),
    [
        ("Xếp hạng", True),
        ("Xếp hạng cả nước 2023", True),
        ("Thứ hạng trong vùng", True),
        ("Xếp hạng di tích", False),
        ("Xếp loại tốt", False),
        ("Hạng mục", False),
    ],
)
def test_ranks(label: str, rank: bool) -> None:
    assert is_rank(label) is rank


def test_ranks_are_no_figures_and_scores_are_points() -> None:
    found = observed(
        """
        Chỉ số | 2022 | 2023
        Điểm tổng hợp | 65,13 | 66,02
        Xếp hạng cả nước | 32 | 30
        """
    )
    assert [(o.figure.value, o.figure.unit) for o in found] == [
        (Decimal("65.13"), "point"),
        (Decimal("66.02"), "point"),
    ]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Tử vong 2023", "person"),
        ("Bị thương", "person"),
        ("Điểm số DDCI", "point"),
        ("Điểm trường", "count"),
        ("Điểm bưu điện văn hóa", "count"),
        ("Tử vong trẻ em dưới 5 tuổi", "count"),
    ],
)
def test_units_that_the_words_imply(label: str, code: str) -> None:
    assert implied_unit((label,)).code == code


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Các khoản thu phân chia theo tỷ lệ (%)", None),
        ("Thu phân chia theo tỷ lệ phần trăm (%)", None),
        ("Tỷ lệ hộ nghèo (%)", "percent"),
        ("Thu nhập theo giá so sánh (%)", "percent"),
    ],
)
def test_what_is_divided_by_a_percentage_is_none(label: str, code: str | None) -> None:
    unit = label_unit(label)
    assert (unit.code if unit else None) == code


@pytest.mark.parametrize(
    ("value", "code", "label", "expected"),
    [
        ("52.14", "person", "Nam", False),
        ("20.4", "person", "Số học sinh bình quân một lớp", True),
        ("8.9", "person", "Số bác sĩ trên 1 vạn dân", True),
        ("52", "person", "Nam", True),
        ("0.44", "person", "Dân số trung bình / Nam", False),
        ("52.14", "tonne", "Sản lượng", True),
        ("1245000", "percent", "Thu phân chia", False),
        ("180.5", "percent", "Đạt (%)", True),
    ],
)
def test_figures_that_their_unit_hardly_lets_be(
    value: str, code: str, label: str, expected: bool
) -> None:
    assert likely(Decimal(value), Unit(code, ONE, code), label) is expected


@pytest.mark.parametrize(
    ("row", "sure"),
    [("Số lớp | 12", True), ("Kết quả khác | 12", False), ("Số hộ (hộ) | 12", True)],
)
def test_a_figure_of_which_nothing_says_what_it_counts_is_doubtful(row: str, sure: bool) -> None:
    found = observed(f"Chỉ tiêu | Thực hiện\n{row}\nSố xã (xã) | 3")
    assert (found[0].figure.confidence >= 0.95) is sure


def test_a_figure_without_any_time_is_doubtful() -> None:
    table = "Chỉ tiêu | Thực hiện\nSố hộ (hộ) | 12\nSố xã (xã) | 3"
    assert observed(table)[0].figure.confidence >= 0.95
    assert observed(table, period=None, year=None)[0].figure.confidence < 0.95


@pytest.mark.parametrize(
    ("head", "label", "name"),
    [
        ("Huyện", "Kỳ Anh", "Huyện Kỳ Anh"),
        ("Thị xã", "Kỳ Anh", "Thị xã Kỳ Anh"),
        ("Huyện, thị xã", "Kỳ Anh", None),
    ],
)
def test_a_shared_name_is_of_the_kind_that_the_head_says_and_in_doubt(
    head: str, label: str, name: str | None
) -> None:
    ha_tinh = Region("Tỉnh Hà Tĩnh", "province", "42", None, "Tỉnh Hà Tĩnh")
    found = observed(
        f"{head} | Số hộ\n{label} | 12\nCẩm Xuyên | 13\nHương Khê | 14\nVũ Quang | 15",
        region=ha_tinh,
    )
    region = found[0].region
    assert (region.name if region else None) == name
    assert found[0].figure.confidence < 0.95


@pytest.mark.parametrize(
    ("title", "year_stays"),
    [
        ("BẦU CỬ ĐẠI BIỂU HĐND CÁC CẤP NHIỆM KỲ 2021-2026", False),
        ("Kết quả bầu trưởng thôn nhiệm kỳ 2025-2027", False),
        ("Kết quả thực hiện chỉ tiêu nhiệm kỳ 2020-2025", True),
    ],
)
def test_a_councils_term_is_no_time_of_figures(title: str, year_stays: bool) -> None:
    assert ("20" in without_decrees(title)) is year_stays


def test_crops_over_their_areas_and_yields_are_headings() -> None:
    found = observed(
        """
        | Năm 2022 | Năm 2023
        Lúa
        Diện tích (ha) | 75.200 | 74.850
        Sản lượng (tấn) | 535.424 | 535.178
        Ngô
        Diện tích (ha) | 5.120 | 5.010
        Sản lượng (tấn) | 29.594 | 29.108
        """
    )
    assert [o.metric_label for o in found[::4]] == [
        "Năm 2022 / Lúa / Diện tích (ha)",
        "Năm 2022 / Ngô / Diện tích (ha)",
    ]


def test_an_item_left_blank_is_no_heading_of_the_total_below() -> None:
    found = observed(
        """
        Nội dung | Dự toán (triệu đồng)
        TỔNG SỐ THU | 900
        I. Thu tại xã | 300
        II. Thu bổ sung | 600
        - Bổ sung cân đối | 600
        - Bổ sung có mục tiêu |
        TỔNG SỐ CHI | 900
        I. Chi thường xuyên | 900
        """
    )
    assert [o.metric_label for o in found if o.figure.place.row == 7] == [
        "Dự toán (triệu đồng) / TỔNG SỐ CHI"
    ]


def test_an_unnumbered_sum_is_no_part_of_the_dash_above_it() -> None:
    found = observed(
        """
        Chỉ tiêu | Thực hiện (tỷ đồng)
        Tổng thu NSNN | 850
        - Thu nội địa | 800
        Tổng chi NSĐP | 1.020
        """
    )
    assert found[-1].metric_label == "Thực hiện (tỷ đồng) / Tổng chi NSĐP"


@pytest.mark.parametrize(
    ("head", "rate", "measure"),
    [
        ("Tăng/giảm Tỷ lệ (%)", True, "growth"),
        ("Tỷ lệ tăng dân số (%)", True, "share"),
        ("Tỷ lệ sử dụng dự toán (%)", True, "plan_completion"),
        ("Tỷ lệ (%)", True, "share"),
    ],
)
def test_a_rate_under_changes_is_growth(head: str, rate: bool, measure: str) -> None:
    said = head_comparison(head, ("share", None), rate=rate, context=IN_THE_YEAR)
    assert said[0] == measure


def test_against_the_month_before_goes_the_month() -> None:
    found = observed(
        """
        Chỉ tiêu | Tháng 4/2023 | Lũy kế 4T/2023 | So với tháng 3 (%) | So với cùng kỳ (%)
        Doanh thu (tỷ đồng) | 12 | 40 | 105,2 | 121,4
        """
    )
    periods = [o.period.code if o.period else None for o in found]
    assert periods == ["2023-04", "2023-01-01/P4M", "2023-04", "2023-01-01/P4M"]
    assert [o.figure.confidence >= 0.95 for o in found] == [True, True, True, False]


def test_a_comparison_beside_one_time_only_is_sure() -> None:
    found = observed(
        """
        Chỉ tiêu | KH năm 2023 | Tháng 4/2023 | So với cùng kỳ (%)
        Doanh thu (tỷ đồng) | 100 | 12 | 121,4
        """
    )
    assert found[-1].figure.confidence >= 0.95


def test_area_beside_yield_is_no_budget_estimate() -> None:
    found = observed(
        """
        Cây trồng | Kế hoạch | < | Thực hiện | <
        ^ | DT (ha) | SL (tấn) | DT (ha) | SL (tấn)
        Lúa | 1.950 | 7.508 | 1.962 | 7.671
        """
    )
    assert [o.scenario for o in found] == ["plan", "plan", "actual", "actual"]


@pytest.mark.parametrize(
    ("unit", "label", "code"),
    [("HS", "Số học sinh mầm non", "person"), ("Tấn", "Số học sinh", "tonne")],
)
def test_a_unit_that_no_list_knows_leaves_it_to_the_label(unit: str, label: str, code: str) -> None:
    found = observed(f"Chỉ tiêu | ĐVT | 2023\n{label} | {unit} | 6.120\nSố trường | Trường | 35")
    assert found[0].figure.unit == code


def test_rows_without_a_dash_stand_beside_each_other() -> None:
    found = observed(
        """
        Chỉ tiêu | 2023
        Lực lượng lao động (người) | 548
        - Thành thị | 98
        Tỷ lệ thất nghiệp (%) | 2,85
        """
    )
    assert found[-1].metric_label == "Tỷ lệ thất nghiệp (%)"


def test_a_total_of_neighbours_is_not_the_commune_that_the_office_bears_the_name_of() -> None:
    found = observed(
        """
        Xã | Số người tham gia BHXH (người)
        Xã Minh Châu | 12
        Xã Quảng Oai | 13
        Xã Vật Lại | 14
        Tổng cộng | 39
        """,
        region=resolve("Xã Ba Vì, thành phố Hà Nội", AFTER_REFORM).region,
        on=AFTER_REFORM,
    )
    assert found[-1].region is None
    assert found[-1].figure.confidence < 0.95


@pytest.mark.parametrize(
    ("head", "value", "unit", "measure"),
    [
        ("Tăng (+), giảm (-) 2030/2020", -12_800, "hectare", "change"),
        ("Năm 2030/2020", None, "percent", "share"),
        ("Tăng, giảm 2030/2020 (%)", None, "percent", "share"),
    ],
)
def test_what_was_added_between_two_years_is_no_ratio(
    head: str, value: int | None, unit: str, measure: str
) -> None:
    found = observed(
        f"""
        ĐVT: ha | < | < | <
        Loại đất | Năm 2020 | Năm 2030 | {head}
        Đất nông nghiệp | 425.100 | 412.300 | -12.800
        Đất ở | 58.200 | 73.400 | +15.200
        """
    )
    seen = found[2]
    assert (seen.figure.unit, seen.measure) == (unit, measure)
    assert value is None or seen.figure.value == value
