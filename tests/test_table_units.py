"""Units that a caption declares: for all, for some heads or rows, for money alone, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalizers.layout.declared import declared_units
from normalizers.layout.words import word_key
from normalizers.tables.reading import read_tables
from solieu.model import Observation
from tests.drawn import IN_2023, context, drawn


def observed(picture: str, *, about: dict[str, object] | None = None, **known: object):  # type: ignore[no-untyped-def]
    return list(read_tables(drawn(picture, **(about or {})), context(**known)).observations)


def at(found: list[Observation], row: int, column: int) -> Observation:
    return next(o for o in found if (o.figure.place.row, o.figure.place.column) == (row, column))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Trị giá: Nghìn USD", [("trị giá", "USD")]),
        ("Lượng: Tấn; Trị giá: Triệu USD", [("lượng", "tonne"), ("trị giá", "USD")]),
        ("ĐVT: Diện tích: ha; Sản lượng: tấn", [("diện tích", "hectare"), ("sản lượng", "tonne")]),
        ("Đơn vị tính: triệu đồng", []),
        ("Nguồn: Cục Thống kê", []),
        ("Kết quả như sau: đạt 5 tỷ đồng", []),
    ],
)
def test_units_declared_by_name(line: str, expected: list[tuple[str, str]]) -> None:
    found = [(words, unit.code) for words, unit in declared_units(line)]
    assert found == [(word_key(words), code) for words, code in expected]


def test_a_unit_declared_for_one_head_leaves_the_others() -> None:
    found = observed(
        """
        Mặt hàng | ĐVT lượng | Tháng 5/2023 | < | So với tháng 4/2023 (%)
        ^ | ^ | Lượng | Trị giá | ^
        Chè | Tấn | 27.480 | 573 | 95,1
        Cà phê | Tấn | 24.720 | 258 | 116,5
        """,
        about={"notes": ("Trị giá: Nghìn USD",)},
    )
    units = {o.figure.place.column: o.figure.unit for o in found}
    assert units == {3: "tonne", 4: "USD", 5: "percent"}
    assert at(found, 3, 4).figure.value == Decimal(573000)


@pytest.mark.parametrize("note", ["Đơn vị tiền: tỷ đồng", "ĐVT tiền tệ: tỷ đồng", "ĐVT: tỷ đồng"])
def test_a_unit_of_money_is_that_of_every_amount_and_of_no_count(note: str) -> None:
    found = observed(
        """
        Khối | Số đơn vị | Số thẻ cấp mới | Phải thu | Đã thu | Tỷ lệ thu (%)
        Doanh nghiệp có vốn nước ngoài | 31 | 4.205 | 96 | 84 | 87,5
        Hợp tác xã | 12 | 318 | 7 | 6 | 85,7
        """,
        about={"notes": (note,)},
    )
    units = {o.figure.place.column: o.figure.unit for o in found}
    assert (units[4], units[5], units[6]) == ("VND", "VND", "percent")
    assert "VND" not in {units[2], units[3]}
    assert at(found, 2, 4).figure.value == Decimal(96_000_000_000)


def test_a_unit_of_money_reaches_the_rows_that_are_amounts() -> None:
    found = observed(
        """
        Chỉ tiêu | Năm 2022 | Năm 2023
        Doanh nghiệp có vốn nước ngoài | 31 | 33
        Tổng số thu | 96 | 104
        """,
        about={"notes": ("Đơn vị tiền: tỷ đồng",)},
    )
    assert [o.figure.unit == "VND" for o in found] == [False, False, True, True]


LOANS = """
Chương trình | Dư nợ đầu năm | Doanh số cho vay | Số hộ còn dư nợ | Dư nợ tăng, giảm (+/-)
Cho vay hộ nghèo | 469.088 | 83.687 | 8.228 | 24.605
Cho vay nhà ở xã hội | 272.390 | 13.761 | 4.995 | -7.437
"""


@pytest.mark.parametrize(("column", "unit"), [(2, "VND"), (3, "VND"), (4, "household"), (5, "VND")])
def test_of_several_units_of_a_caption_each_column_has_its_own(column: int, unit: str) -> None:
    found = observed(LOANS, about={"notes": ("Đơn vị: triệu đồng, hộ",)})
    assert at(found, 2, column).figure.unit == unit


DIFFERENCES = """
Lĩnh vực | Dự toán | Thực hiện | So sánh TH/DT | <
^ | ^ | ^ | Tuyệt đối | Tương đối (%)
Chi đầu tư | 128.615 | 129.761 | 1.146 | 100,9
Chi thường xuyên | 444.756 | 434.941 | -9.815 | 97,8
"""


def test_an_absolute_comparison_has_the_unit_of_what_is_compared() -> None:
    found = observed(DIFFERENCES, about={"notes": ("Đơn vị: triệu đồng",)})
    figures = [at(found, 4, column) for column in (4, 5)]
    assert [(o.figure.value, o.figure.unit, o.measure, o.basis) for o in figures] == [
        (Decimal(-9_815_000_000), "VND", "change", "plan"),
        (Decimal("97.8"), "percent", "plan_completion", "plan"),
    ]


@pytest.mark.parametrize(
    ("heads", "cell", "flags"),
    [
        ("Chỉ tiêu | Thực hiện", "712.480", ("unit_assumed",)),
        ("Chỉ tiêu | Thực hiện (triệu đồng)", "712.480", ()),
        ("ĐVT: triệu đồng | <\nChỉ tiêu | Thực hiện", "712.480", ()),
    ],
)
def test_money_whose_unit_nothing_prints_is_doubtful(
    heads: str, cell: str, flags: tuple[str, ...]
) -> None:
    found = observed(f"{heads}\nThu nội địa | {cell}\nChi thường xuyên | {cell}", period=IN_2023)[0]
    assert (found.figure.unit, found.flags) == ("VND", flags)
    assert (found.figure.confidence < 0.95) is bool(flags)


@pytest.mark.parametrize("rate", ["Tỷ lệ", "Tỷ lệ (%)", "Đạt (%)"])
@pytest.mark.parametrize("caption", ["Đơn vị tính: người", "Đơn vị: triệu đồng", ""])
def test_a_rate_in_a_table_of_people_counts_none(rate: str, caption: str) -> None:
    picture = f"""Huyện | BHXH tự nguyện | < | < | Tỷ lệ bao phủ BHYT (%)
        ^ | KH giao | TH | {rate} | ^
        Huyện Nam Sách | 3.210 | 2.915 | 90,8 | 96,1"""
    notes = {"notes": (caption,)} if caption else None
    figures = [at(observed(picture, about=notes), 3, column) for column in (4, 5)]
    assert [o.figure.unit for o in figures] == ["percent", "percent"]
    assert [o.measure for o in figures] == ["plan_completion", "share"]


def test_a_part_has_the_unit_of_its_whole() -> None:
    picture = """Huyện | Gia cầm (1000 con) | Trong đó: Gà | Số doanh nghiệp | Trong đó: Vốn (tỷ đồng)
        Huyện Nam Sách | 512,3 | 410,0 | 31 | 212"""
    found = [at(observed(picture), 2, column).figure for column in (2, 3, 4, 5)]
    assert [f.value for f in found] == [512300, 410000, 31, 212 * 10**9]
    assert [f.unit for f in found][3] == "VND"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Số tiêu chí đạt năm 2021", "count"),
        ("Chia theo ngành", "case"),
    ],
)
def test_what_a_title_counts_is_not_what_those_further_off_do(title: str, unit: str) -> None:
    about = {"title": title, "section": ("Số ca mắc mới năm 2021",)}
    picture = """Xã | Y tế | Giáo dục
        Xã Nam Tân | 9 | 10
        Xã Nam Hưng | 8 | 7"""
    assert {o.figure.unit for o in observed(picture, about=about)} == {unit}


def test_a_title_of_money_gives_no_code_to_what_is_counted() -> None:
    picture = """Huyện | Số đơn vị (đơn vị) | Số tiền (tỷ đồng)
        Huyện Nam Sách | 3.210 | 2.120,5
        Huyện Kim Thành | 1.210 | 1.520,5"""
    found = observed(picture, about={"title": "Tình hình nợ BHXH năm 2022"})
    assert at(found, 2, 2).metric is None
    assert at(found, 2, 2).figure.unit == "organisation"


def test_rates_under_a_title_in_per_mille() -> None:
    picture = """Năm | Tỷ suất sinh thô | Tỷ lệ tăng tự nhiên | Tỷ lệ biết chữ (%)
        2018 | 11,2 | 4,1 | 98,1
        2019 | 11,0 | 3,7 | 98,2"""
    found = observed(picture, about={"title": "Tỷ suất sinh và tỷ lệ tăng tự nhiên (‰)"})[:3]
    assert [o.figure.unit for o in found] == ["per_mille", "per_mille", "percent"]


def test_codes_of_the_budget_are_no_money() -> None:
    picture = """Chương | Loại | Khoản | Mục | Nội dung | Số quyết toán
        422 | 070 | 074 | 6000 | Tiền lương | 5.120.345.000
        422 | 070 | 074 | 6100 | Phụ cấp lương | 2.010.200.000"""
    found = observed(picture, about={"notes": ("ĐVT: đồng",)})
    assert [o.figure.place.column for o in found] == [6, 6]
    assert "Tiền lương" in found[0].metric_label


def test_a_difference_in_hectares_is_a_change() -> None:
    picture = """Loại đất | Diện tích (ha) | So với năm 2021 (ha) | So với năm 2021 (%)
        Đất nông nghiệp | 105.210,3 | -12,5 | 99,9
        Đất phi nông nghiệp | 5.512,7 | 12,5 | 100,2"""
    found = observed(picture, about={"title": "Hiện trạng đất năm 2022"})[:3]
    assert [(o.measure, o.basis) for o in found] == [
        ("level", None),
        ("change", "previous_year"),
        ("share", "previous_year"),
    ]
