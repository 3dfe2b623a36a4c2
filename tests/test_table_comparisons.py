"""Columns that compare others, by their heads or by the formula under them; heads of months."""

from __future__ import annotations

import pytest

from normalizers.layout.scenarios import scenario_of
from normalizers.periods.reading import PeriodContext
from normalizers.tables.reading import read_tables
from normalizers.tables.times import element_period, written_out
from solieu.model import Observation
from tests.drawn import HAI_DUONG, context, drawn


def observed(picture: str, *, about: dict[str, object] | None = None, **known: object):  # type: ignore[no-untyped-def]
    return list(read_tables(drawn(picture, **(about or {})), context(**known)).observations)


def kind(o: Observation) -> tuple[object, ...]:
    return o.scenario, o.measure, o.basis, o.period.code if o.period else None


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        pytest.param(
            """Nội dung | Dự toán | Quyết toán | So sánh | <
            ^ | ^ | ^ | Tuyệt đối | Tương đối (%)
            A | 1 | 2 | 3=2-1 | 4=2/1
            Chi thường xuyên | 9.119 | 9.214 | 95 | 101,0""",
            [("actual", "change", "plan", "2022"), ("actual", "plan_completion", "plan", "2022")],
            id="outcome against plan, as the formula says",
        ),
        pytest.param(
            """Nội dung | Năm 2021 | Năm 2022 | So sánh | <
            ^ | ^ | ^ | Số tiền | Tỷ lệ (%)
            (1) | (2) | (3) | (4)=(3)-(2) | (5)=(3)/(2)*100
            Thu nội địa | 4.119 | 4.214 | 95 | 102,3""",
            [
                ("actual", "change", "previous_year", "2022"),
                ("actual", "share", "previous_year", "2022"),
            ],
            id="a year against the year before",
        ),
        pytest.param(
            """Nội dung | Kế hoạch | Thực hiện | So sánh | <
            ^ | ^ | ^ | Giá trị tuyệt đối | Tương đối (%)
            Vốn đầu tư | 9.119 | 9.214 | 95 | 101,0""",
            [("actual", "change", None, "2022"), ("actual", "plan_completion", "plan", "2022")],
            id="without a formula the two columns before it are compared",
        ),
        pytest.param(
            """Chỉ tiêu | TH năm 2021 | KH năm 2022 | TH năm 2022 | So sánh (%) | <
            ^ | ^ | ^ | ^ | Với kế hoạch | Với năm trước
            (A) | (1) | (2) | (3) | (4)=(3):(2) | (5)=(3):(1)
            Sản lượng (tấn) | 400 | 500 | 450 | 90,0 | 112,5""",
            [
                ("actual", "plan_completion", "plan", "2022"),
                ("actual", "share", "previous_year", "2022"),
            ],
            id="plan and year before side by side",
        ),
        pytest.param(
            """Nội dung | 9 tháng năm 2021 | 9 tháng năm 2022 | So sánh (%)
            A | 1 | 2 | 3=2/1
            Thu nội địa | 4.119 | 4.214 | 102,3""",
            [
                ("actual", "level", None, "2022-01-01/P9M"),
                ("actual", "share", "same_period_last_year", "2022-01-01/P9M"),
            ],
            id="nine months against the same of the year before",
        ),
        pytest.param(
            """Huyện | Dân số | Số người có thẻ | Số chưa có thẻ | Tỷ lệ (%)
            A | 1 | 2 | 3=1-2 | 4=2/1
            Huyện Tứ Kỳ | 9.000 | 8.100 | 900 | 90,0""",
            [("actual", "level", None, "2022"), ("actual", "share", None, "2022")],
            id="who has no card is no change, and who has one no part of a plan",
        ),
    ],
)
def test_columns_computed_from_others(picture: str, expected: list[tuple[object, ...]]) -> None:
    found = observed(picture, about={"title": "Quyết toán năm 2022"}, year=2022, region=HAI_DUONG)
    assert [kind(o) for o in found[-2:]] == expected


@pytest.mark.parametrize(
    ("over", "below", "expected"),
    [
        ("So với chỉ tiêu giao", "Tăng (+), giảm (-)", ("change", "plan", "person")),
        ("So với kế hoạch", "Tăng/giảm", ("change", "plan", "person")),
        ("So sánh với kế hoạch", "Tăng, giảm", ("change", "plan", "person")),
        ("So với kế hoạch giao", "Số người", ("change", "plan", "person")),
        ("Thực hiện so với chỉ tiêu", "Số người còn thiếu", ("change", "plan", "person")),
        ("So với chỉ tiêu giao", "Tỷ lệ (%)", ("plan_completion", "plan", "percent")),
        ("So với kế hoạch", "Đạt tỷ lệ %", ("plan_completion", "plan", "percent")),
    ],
)
def test_an_amount_against_the_plan_is_no_part_of_it(
    over: str, below: str, expected: tuple[str, str, str]
) -> None:
    found = observed(
        f"""Tên xã | Số người tham gia BHYT | {over}
        ^ | ^ | {below}
        Xã Long Xuyên | 4.010 | 30""",
        year=2022,
        region=HAI_DUONG,
    )[-1]
    assert (found.measure, found.basis, found.figure.unit) == expected
    assert found.scenario == "actual"


def test_what_is_compared_gives_plan_and_year() -> None:
    found = observed(
        """Chỉ tiêu | Ước TH 2024 | KH 2025 | So sánh (%) | <
        ^ | ^ | ^ | Ước TH 2024/KH 2024 | KH 2025/ Ước TH 2024
        Giá trị sản xuất (tỷ đồng) | 4.548,0 | 4.753,6 | 99,7 | 104,5"""
    )
    assert [kind(o) for o in found[-2:]] == [
        ("estimate", "plan_completion", "plan", "2024"),
        ("plan", "share", "previous_year", "2025"),
    ]


@pytest.mark.parametrize(
    ("head", "scenario"),
    [
        ("Kế hoạch giải quyết việc làm", "plan"),
        ("Kế hoạch trồng rừng (ha)", "plan"),
        ("Dự toán chi thường xuyên", "plan"),
        ("KH trồng mới", "plan"),
        ("Tổng kế hoạch vốn", "plan"),
        ("Kế hoạch hóa gia đình", None),
        ("Kế hoạch và Đầu tư", None),
        ("KHHGĐ", None),
        ("Chỉ tiêu kinh tế", None),
    ],
)
def test_what_is_planned_may_follow_the_plan(head: str, scenario: str | None) -> None:
    assert scenario_of((head,)) == scenario


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("T1", "2023-01"),
        ("T.12", "2023-12"),
        ("TH T5", "2023-05"),
        ("9T", "2023-01-01/P9M"),
        ("Lũy kế 6T", "2023-S1"),
        ("QIV", "2023-Q4"),
        ("T13", None),
        ("Đường T2", None),
        ("1.5 T", None),
    ],
)
def test_short_names_of_months_and_quarters(head: str, code: str | None) -> None:
    period = element_period(head, PeriodContext(year=2023))
    assert (period.code if period else None) == code


def test_a_name_with_a_t_in_it_stays() -> None:
    assert written_out("Nhà máy T2") == "Nhà máy T2"


def test_months_over_columns_measure_what_the_title_says() -> None:
    found = observed(
        """
        TT | Huyện | Chia theo tháng | < | Cộng
        ^ | ^ | T1 | T2 | ^
        1 | Huyện Nam Sách | 120 | 130 | 250
        2 | Huyện Tứ Kỳ | 210 | 220 | 430
        """,
        about={"title": "SỐ THU BHXH, BHYT, BHTN NĂM 2023", "notes": ("ĐVT: triệu đồng",)},
        region=HAI_DUONG,
    )
    assert {o.metric for o in found} == {"insurance_contribution_revenue"}
    assert found[0].metric_label.startswith("SỐ THU BHXH, BHYT, BHTN")
    assert [o.period.code if o.period else None for o in found[:3]] == [
        "2023-01",
        "2023-02",
        "2023",
    ]


def test_territories_over_columns_measure_what_the_title_says() -> None:
    found = observed(
        """
        Năm | Toàn huyện | Chia theo xã, thị trấn | <
        ^ | ^ | Thị trấn Nam Sách | Xã An Sơn
        2021 | 40.106 | 8.089 | 7.004
        2022 | 40.618 | 8.146 | 7.106
        """,
        about={"title": "Dân số trung bình phân theo xã, thị trấn"},
        region=HAI_DUONG,
    )
    assert {o.metric for o in found} == {"average_population"}


def test_parts_of_the_outcome_do_not_hide_the_plan() -> None:
    found = observed(
        """
        Huyện | Kế hoạch | Số lao động được giải quyết việc làm | Trong đó: lao động nữ | Đạt tỷ lệ (%)
        Huyện Tứ Kỳ | 900 | 990 | 400 | 110,0
        """,
        about={"title": "Kết quả giải quyết việc làm năm 2022"},
        year=2022,
        region=HAI_DUONG,
    )
    assert kind(found[-1]) == ("actual", "plan_completion", "plan", "2022")
    assert found[1].metric == found[-1].metric == "jobs_created"


def test_a_plan_may_be_what_is_compared_in_words() -> None:
    found = observed(
        """Chỉ tiêu | Ước TH 2024 | KH 2025 | So sánh (%) | <
        ^ | ^ | ^ | ƯTH 2024 so với KH | KH 2025 so với ƯTH 2024
        Giá trị sản xuất (tỷ đồng) | 4.548,0 | 4.753,6 | 99,7 | 104,5"""
    )
    assert [kind(o) for o in found[-2:]] == [
        ("estimate", "plan_completion", "plan", "2024"),
        ("plan", "share", "previous_year", "2025"),
    ]


def test_quarters_in_a_column_of_their_own_belong_to_the_year_beside() -> None:
    found = observed(
        """
        Năm | Quý | Huyện | Số doanh nghiệp
        2023 | Quý I | Huyện Tứ Kỳ | 12
        2023 | Quý II | Huyện Tứ Kỳ | 15
        """,
        region=HAI_DUONG,
    )
    assert [o.period.code if o.period else None for o in found] == ["2023-Q1", "2023-Q2"]


@pytest.mark.parametrize(
    ("heads", "codes", "measure"),
    [
        ("2021/2022 | 2022/2023", ["2021", "2022"], "level"),
        ("Năm 2021/2022 | Năm 2022/2023", ["2021", "2022"], "level"),
        (
            "Năm học 2021/2022 | Năm học 2022/2023",
            ["2021-09-01/P9M", "2022-09-01/P9M"],
            "level",
        ),
        ("2022/2021 (%) | 2023/2022 (%)", ["2022", "2023"], "share"),
    ],
)
def test_school_years_are_no_percentages(heads: str, codes: list[str], measure: str) -> None:
    picture = f"""Huyện | {heads}
        Huyện Nam Sách | 9.119 | 9.214
        Huyện Kim Thành | 8.119 | 8.214"""
    found = observed(picture, about={"title": "Số học sinh phổ thông"}, region=HAI_DUONG)
    assert [o.period.code for o in found if o.period] == codes * 2
    assert {o.measure for o in found} == {measure}
    assert {o.figure.unit == "percent" for o in found} == {measure == "share"}


MONTHLY = "Một số chỉ tiêu chủ yếu tháng 10 và 10 tháng năm 2022"


@pytest.mark.parametrize(
    ("head", "values", "expected"),
    [
        ("Tháng 10 so tháng trước", "102,6", ("share", "previous_month", "2022-10")),
        ("Tháng 10 so với cùng kỳ", "113,2", ("share", "same_period_last_year", "2022-10")),
        ("Tháng 10 so cùng kỳ", "113,2", ("share", "same_period_last_year", "2022-10")),
        (
            "10 tháng so cùng kỳ",
            "112,8",
            ("share", "same_period_last_year", "2022-01-01/P10M"),
        ),
        ("Tăng/giảm 10 tháng so CK", "12,8", ("growth", "same_period_last_year", None)),
    ],
)
def test_heads_that_name_both_sides_below_a_head_of_comparison(head, values, expected):
    picture = f"""Chỉ tiêu | ĐVT | Thực hiện | So sánh (%)
        ^ | ^ | Cộng dồn 10 tháng | {head}
        Tổng mức bán lẻ hàng hóa | Tỷ đồng | 3.912,4 | {values}
        Khách du lịch | Lượt | 912.000 | {values}"""
    found = observed(picture, about={"title": MONTHLY}, region=HAI_DUONG)[1]
    assert (found.measure, found.basis) == expected[:2]
    assert expected[2] is None or (found.period and found.period.code == expected[2])


@pytest.mark.parametrize(
    ("head", "measure"),
    [
        ("So với KH (+/-)", "change"),
        ("So KH (+,-)", "change"),
        ("Chênh lệch so với kế hoạch", "change"),
        ("Vượt so với kế hoạch (người)", "change"),
        ("So với KH (%)", "plan_completion"),
        ("Đạt % KH", "plan_completion"),
    ],
)
def test_how_much_more_than_the_plan_is_no_part_of_it(head: str, measure: str) -> None:
    values = ("416", "25") if measure == "change" else ("91,6", "104,2")
    picture = f"""Đơn vị | BHXH tự nguyện | < | <
        ^ | Kế hoạch | Thực hiện | {head}
        Huyện Nam Sách | 4.500 | 4.916 | {values[0]}
        Huyện Kim Thành | 2.475 | 2.500 | {values[1]}"""
    found = observed(picture, about={"title": MONTHLY}, region=HAI_DUONG)
    assert [(o.measure, o.basis) for o in found[2::3]] == [(measure, "plan")] * 2


@pytest.mark.parametrize(
    ("values", "measure"),
    [
        (("+12,4", "103", "-3,1"), "growth"),
        (("12,4", "5", "7,2"), "growth"),
        (("112,4", "95", "107,2"), "share"),
        (("112,4", "5", "107,2"), "share"),
        (("12,4", "-", "..."), "share"),
    ],
)
def test_figures_tell_growth_from_percentages_of_the_year_before(values, measure):
    picture = f"""Xã | Thu ngân sách (triệu đồng) | So CK (%)
        Xã Nam Tân | 9.119 | {values[0]}
        Xã Nam Hưng | 8.119 | {values[1]}
        Xã An Sơn | 7.119 | {values[2]}"""
    found = [o for o in observed(picture, region=HAI_DUONG) if o.figure.unit == "percent"]
    assert {(o.measure, o.basis) for o in found} == {(measure, "same_period_last_year")}


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("7 tháng", "2023-01-01/P7M"),
        ("Ước 7 tháng", "2023-01-01/P7M"),
        ("Cộng dồn 11 tháng", "2023-01-01/P11M"),
        ("Dưới 7 tháng", None),
        ("Từ 3 đến 7 tháng", None),
        ("Số đầu kỳ", "2023-01-01"),
        ("Cuối kỳ", "2023-12-31"),
        ("Số dư cuối năm 2022", "2022-12-31"),
        ("Tăng trong năm", "2023"),
    ],
)
def test_times_as_heads_say_them(head, code):
    period = element_period(head, PeriodContext(year=2023))
    assert (period.code if period else None) == code


def test_a_quarter_has_no_edge_that_a_head_names():
    quarter = element_period("Quý III", PeriodContext(year=2023))
    inside = PeriodContext(year=2023, reference=quarter)
    assert element_period("Số đầu kỳ", inside) is None


def test_terms_of_loans_are_no_times():
    picture = """Ngân hàng | 1 tháng | 3 tháng | 6 tháng | 12 tháng
        Ngân hàng A | 3,3 | 4,1 | 5,0 | 6,0
        Ngân hàng B | 3,2 | 4,2 | 5,1 | 6,1"""
    found = observed(picture, about={"title": "Lãi suất tháng 8/2022 (%/năm)"})
    assert {o.period.code for o in found if o.period} == {"2022-08"}


def test_what_stood_at_the_ends_of_a_year_and_what_changed_within_it():
    picture = """Huyện | Hộ nghèo | < | < | <
        ^ | Đầu kỳ | Cuối kỳ | < | Giảm trong năm
        ^ | ^ | Số hộ | Tỷ lệ (%) | ^
        Huyện Nam Sách | 212 | 150 | 7,45 | 62
        Huyện Kim Thành | 402 | 350 | 31,67 | 52"""
    found = observed(picture, about={"title": "Hộ nghèo năm 2022"}, region=HAI_DUONG)[:4]
    assert [kind(o)[1:] for o in found] == [
        ("level", None, "2022-01-01"),
        ("level", None, "2022-12-31"),
        ("share", None, "2022-12-31"),
        ("change", None, "2022"),
    ]
    assert found[2].metric == "multidimensional_poverty_rate"
    assert found[3].figure.value == -62


PRICES = """Nhóm | Tháng 10 năm 2022 so với | < | < | <
        ^ | Tháng 10 năm 2021 | Tháng 12 năm 2021 | Tháng 9 năm 2022 | Tháng 7 năm 2022
        Lương thực | 104,3 | 103,9 | 100,6 | 101,2"""


def test_months_that_prices_are_compared_with() -> None:
    found = observed(PRICES, about={"notes": ("Đơn vị tính: %",)}, region=HAI_DUONG)
    assert [o.basis for o in found] == [
        "same_period_last_year",
        "period_start",
        "previous_month",
        "previous_period",
    ]
    assert {o.period.code for o in found if o.period} == {"2022-10"}


def test_days_that_stand_side_by_side() -> None:
    picture = """Huyện | 01/8 | 02/8 | Cộng
        Huyện Nam Sách | 12 | 15 | 27
        Huyện Kim Thành | 32 | 25 | 57"""
    title = {"title": "Số ca mắc sốt xuất huyết từ 01/8 đến 02/8/2022"}
    codes = [o.period.code for o in observed(picture, about=title, region=HAI_DUONG) if o.period]
    assert codes[:2] == ["2022-08-01", "2022-08-02"]
    assert codes[2].startswith("2022-08-01/")


def test_one_head_of_a_half_is_no_day() -> None:
    picture = """Huyện | 1/2 | Cộng
        Huyện Nam Sách | 12 | 15
        Huyện Kim Thành | 32 | 25"""
    found = observed(picture, about={"title": "Số hộ năm 2022"}, region=HAI_DUONG)
    assert {o.period.code for o in found if o.period} == {"2022"}


def test_goals_of_a_congress_are_planned() -> None:
    picture = """Chỉ tiêu | NQ ĐH giai đoạn 2021-2025 | TH 2021 | KH 2025
        Số xã đạt chuẩn nông thôn mới (xã) | 16 | 3 | 17"""
    assert [o.scenario for o in observed(picture, region=HAI_DUONG)] == ["plan", "actual", "plan"]


def test_counts_below_percentages_of_last_year_are_percentages() -> None:
    picture = """Ngành | 9 tháng năm 2022 | < | So với cùng kỳ năm trước (%) | < | <
        ^ | Số doanh nghiệp | Lao động (người) | Số doanh nghiệp | Lao động | Tăng (người)
        Xây dựng | 1.212 | 9.876 | 97,2 | 102,3 | 31
        Dịch vụ | 2.212 | 8.876 | 98,2 | 101,3 | 35"""
    found = observed(picture, region=HAI_DUONG)[:5]
    assert [o.figure.unit for o in found] == [
        *("organisation", "person", "percent", "percent", "person")
    ]
    assert {(o.measure, o.basis) for o in found[2:4]} == {("share", "same_period_last_year")}
