"""Where tables begin, what stands over each column and what each column is for."""

from __future__ import annotations

import pytest

from normalizers.layout.segments import is_numbering, segments
from normalizers.layout.sheet import Sheet
from normalizers.tables.headers import column_lines, columns
from tests.drawn import drawn


def heads(picture: str, **about: object) -> tuple[tuple[str, ...], ...]:
    sheet = Sheet.of(drawn(picture, **about))
    return tuple(c.path for c in columns(sheet, segments(sheet)[0]))


def kinds(picture: str) -> list[str]:
    sheet = Sheet.of(drawn(picture))
    return [c.kind for c in columns(sheet, segments(sheet)[0])]


def test_merged_levels_become_paths() -> None:
    assert heads(
        """
        STT | Đơn vị | BHXH tự nguyện | < | BHYT | <
        ^   | ^      | TH 2023 | KH 2024 | TH 2023 | KH 2024
        1   | Xã A   | 12 | 13 | 1.200 | 1.300
        2   | Xã B   | 14 | 15 | 1.400 | 1.500
        """
    )[2:] == (
        ("BHXH tự nguyện", "TH 2023"),
        ("BHXH tự nguyện", "KH 2024"),
        ("BHYT", "TH 2023"),
        ("BHYT", "KH 2024"),
    )


def test_a_phrase_broken_over_rows_without_merged_cells_is_one_head() -> None:
    assert heads(
        """
           |        | TỔNG THU | BỔ SUNG TỪ TRUNG ƯƠNG | < | <
        SỐ |        | NSNN     |      |  BỔ SUNG | BỔ SUNG
        TT | TỈNH   | TRÊN     | TỔNG | CÂN      | CÓ
           |        | ĐỊA BÀN  | SỐ   | ĐỐI      | MỤC TIÊU
        1  | Tỉnh A | #100 | #30 | #10 | #20
        2  | Tỉnh B | #200 | #50 | #20 | #30
        """
    ) == (
        ("SỐ TT",),
        ("TỈNH",),
        ("TỔNG THU NSNN TRÊN ĐỊA BÀN",),
        ("BỔ SUNG TỪ TRUNG ƯƠNG", "TỔNG SỐ"),
        ("BỔ SUNG TỪ TRUNG ƯƠNG", "BỔ SUNG CÂN ĐỐI"),
        ("BỔ SUNG TỪ TRUNG ƯƠNG", "BỔ SUNG CÓ MỤC TIÊU"),
    )


def test_an_unmerged_head_spreads_over_the_blanks_under_its_own_parent_only() -> None:
    found = heads(
        """
             | CHI CÂN | BỔ SUNG | <       | <
             | ĐỐI     | LƯƠNG   | MỤC TIÊU |
        TỈNH |         |         | ĐẦU TƯ  | SỰ NGHIỆP
        Hà Nam | #15   | #25     | #35     | #45
        Hà Tĩnh | #16  | #26     | #36     | #46
        """
    )
    assert found[1] == ("CHI CÂN ĐỐI",)
    assert found[2] == ("BỔ SUNG", "LƯƠNG")
    assert found[3:] == (("BỔ SUNG", "MỤC TIÊU", "ĐẦU TƯ"), ("BỔ SUNG", "MỤC TIÊU", "SỰ NGHIỆP"))


def test_years_typed_as_numbers_belong_to_the_head() -> None:
    assert heads(
        """
                | Sơ bộ   | Ước     |
                | quý III | quý IV  | Cả năm
                | năm     | năm     | #2024
                | #2024   | #2024   |
        Trồng trọt | #12.5 | #13.5 | #26
        Chăn nuôi  | #10.5 | #11.5 | #22
        """
    )[1:] == (("Sơ bộ quý III năm 2024",), ("Ước quý IV năm 2024",), ("Cả năm 2024",))


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("A | B | 1 | 2 | 3", True),
        ("(1) | (2) | (3) | (4)=(3)/(2) | (5)", True),
        ("#1 | #2 | #3 | 4=5+6 | #5", True),
        ("(1) | (2) | (3)=(4)+…+(6) | (4) | (5) | (6)", True),
        ("(1) | (2) | = cột 4 đến 6 | (4) | (5) | (6)", True),
        ("(1) | (2) | (3) = (4) đến (6) | (4) | (5) | (6)", True),
        ("(1) | (2) | 5,4 | (7) | (8) | (9)", False),
        ("| | (1) | (2) | (3)", True),
        ("| | 0 | 1 | 2", False),
        ("1 | Xã A | 1 | 2 | 3", False),
        ("1 | 2 | 4 | 8 | 16", False),
    ],
)
def test_numbering_rows(row: str, numbers: bool) -> None:
    sheet = Sheet.of(drawn(row))
    assert is_numbering(sheet.filled(1), 5 if "|" in row else 1) is numbers


def test_formulas_of_the_numbering_row_reach_the_columns() -> None:
    sheet = Sheet.of(
        drawn(
            """
            STT | Tỉnh | Tổng số | Lương | Đầu tư | Tỷ lệ (%)
            A | B | 1=2+3 | 2 | 3 | 4=3/1
            1 | An Giang | 5 | 2 | 3 | 60
            2 | Cà Mau | 8 | 4 | 4 | 50
            """
        )
    )
    lines = column_lines(columns(sheet, segments(sheet)[0]))
    assert [(line.number, line.formula) for line in lines] == [
        ("1", "1=2+3"),
        ("2", None),
        ("3", None),
        ("4", "4=3/1"),
    ]


def test_a_total_column_is_the_parent_of_those_under_the_same_head() -> None:
    sheet = Sheet.of(
        drawn(
            """
            Tỉnh | Chung | <   | Thành thị | <
            ^    | Tổng số | TĐ: Nữ | Tổng số | TĐ: Nữ
            A    | 10 | 6 | 4 | 2
            B    | 20 | 9 | 8 | 5
            """
        )
    )
    lines = column_lines(columns(sheet, segments(sheet)[0]))
    assert [(line.role, line.parent) for line in lines] == [
        ("total", None),
        ("of_which", 2),
        ("total", None),
        ("of_which", 4),
    ]


def test_what_is_no_column_of_figures() -> None:
    assert kinds(
        """
        STT | Chỉ tiêu | ĐVT | Mã số | Kế hoạch 2023 | Ghi chú
        1 | Diện tích lúa | ha | 101 | 1.200 | giảm do hạn
        2 | Sản lượng | tấn | 102 | 7.500 |
        """
    ) == ["ordinal", "label", "unit", "code", "value", "note"]


def test_don_vi_over_names_is_a_label_and_over_units_a_unit() -> None:
    assert kinds("STT | Đơn vị | Số thu\n1 | Phường 1 | 12\n2 | Phường 2 | 13")[1] == "label"
    assert kinds("Chỉ tiêu | Đơn vị | Số\nThan | Tấn | 12\nGạo | Tấn | 13")[1] == "unit"


def test_scratch_beside_the_table_is_no_value() -> None:
    assert kinds(
        """
               | Năm 2023 | Năm 2024 |  | Tổng
               |          |          |  | #233.419
        Lúa    | #10      | #12      |  | #7.1
        Ngô    | #20      | #21      | #-3 | #8.2
        """
    ) == ["label", "value", "value", "stray", "stray"]


def test_titles_and_unit_lines_stay_above_the_head() -> None:
    sheet = Sheet.of(
        drawn(
            """
            QUYẾT TOÁN THU NĂM 2008 | < | < | <
            (Kèm theo Quyết định số 1/QĐ-BTC ngày 14/7/2010) | < | < | <
              |      |          | Đơn vị: Triệu đồng
            TT | Tỉnh | Tổng thu | Tổng chi
            1 | A | 5 | 6
            2 | B | 7 | 8
            """
        )
    )
    (segment,) = segments(sheet)
    assert segment.head == (4,)
    assert segment.lead == (
        "QUYẾT TOÁN THU NĂM 2008",
        "(Kèm theo Quyết định số 1/QĐ-BTC ngày 14/7/2010)",
        "Đơn vị: Triệu đồng",
    )


def test_group_rows_before_the_first_figures_are_body() -> None:
    sheet = Sheet.of(
        drawn(
            """
                       | Năm 2023 | Năm 2024
            I. Cây lâu năm |      |
            Diện tích (Nghìn ha) |  |
            Chè        | 120      | 121
            Cà phê     | 718      | 730
            """
        )
    )
    (segment,) = segments(sheet)
    assert (segment.head, segment.body) == ((1,), (2, 3, 4, 5))


def test_two_tables_in_one_sheet() -> None:
    sheet = Sheet.of(
        drawn(
            """
            7. Chăn nuôi | < | <
                     | Năm 2023 | Năm 2024
            Thịt lợn | #10      | #11
            Thịt bò  | #3       | #4

            8. Lâm nghiệp | < | <
                     | Quý III | Quý IV
            Gỗ       | #100    | #110
            Củi      | #50     | #51
            """
        )
    )
    first, second = segments(sheet)
    assert (first.lead, second.lead) == (("7. Chăn nuôi",), ("8. Lâm nghiệp",))
    assert [c.path for c in columns(sheet, second)][1:] == [("Quý III",), ("Quý IV",)]


def test_a_grid_of_words_holds_no_table() -> None:
    assert (
        segments(Sheet.of(drawn("STT | Ký hiệu | Nghĩa\n1 | NS | Ngân sách\n2 | KH | Kế hoạch")))
        == []
    )


def test_declared_head_with_years_only() -> None:
    assert heads("Tỉnh | 2017 | 2018\nA | 5 | 6\nB | 7 | 8", header_rows=1)[1:] == (
        ("2017",),
        ("2018",),
    )
    assert heads("Tỉnh | 2017 | 2018\nA | 5 | 6\nB | 7 | 8")[1:] == (("2017",), ("2018",))
