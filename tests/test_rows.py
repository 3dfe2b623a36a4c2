"""Which row lies inside which, and what part of a sum it is."""

from __future__ import annotations

import pytest

from normalizers.layout.segments import segments
from normalizers.layout.sheet import Sheet
from normalizers.tables.headers import columns
from normalizers.tables.nesting import RowLine, is_total, nested, row_lines
from normalizers.tables.rows import body_rows
from tests.drawn import drawn


def lines_of(picture: str) -> list[RowLine]:
    sheet = Sheet.of(drawn(picture))
    segment = segments(sheet)[0]
    return row_lines(body_rows(sheet, segment, columns(sheet, segment)))


def shape(picture: str) -> list[tuple[int, str, int | None]]:
    return [(line.row.index, line.role, line.parent) for line in lines_of(picture)]


def test_total_first_then_groups_by_roman_numerals() -> None:
    assert shape(
        """
        TT | Tỉnh | Thu
           | TỔNG SỐ | 100
        I  | MIỀN NÚI | 40
        1  | Hà Giang | 15
        2  | Cao Bằng | 25
        II | TÂY NGUYÊN | 60
        3  | Gia Lai | 60
        """
    ) == [
        (2, "total", None),
        (3, "group", None),
        (4, "part", 3),
        (5, "part", 3),
        (6, "group", None),
        (7, "part", 6),
    ]


def test_letters_romans_numbers_and_dashes() -> None:
    found = lines_of(
        """
        TT | Chỉ tiêu | Kế hoạch
        A  | Nông nghiệp | 9
        I  | Trồng trọt | 5
        1  | Lúa | 3
        -  | Đông xuân | 2
        -  | Hè thu | 1
        2  | Ngô | 2
        II | Chăn nuôi | 4
        B  | Công nghiệp | 7
        """
    )
    assert [(line.level, line.parent) for line in found] == [
        (0, None), (1, 2), (2, 3), (3, 4), (3, 4), (2, 3), (1, 2), (0, None),
    ]  # fmt: skip
    assert found[4].path == ("Nông nghiệp", "Trồng trọt", "Lúa", "Hè thu")


def test_the_letter_i_after_h_is_no_roman_one() -> None:
    found = lines_of(
        """
        TT | Chỉ tiêu | Số
        G  | Sản lượng | 20
        I  | Cà phê | 12
        II | Tiêu | 8
        H  | Thịt | 5
        I  | Thủy sản | 6
        J  | Lương thực | 7
        K  | Giá trị | 9
        I  | Dịch vụ | 9
        """
    )
    assert [line.parent for line in found] == [None, 2, 2, None, None, None, None, 8]


def test_of_which_rows() -> None:
    assert shape(
        """
        TT  | Chỉ số | Lượt
        1   | Khám bệnh | 119
        1.1 | Trong đó: có thẻ BHYT | 110
            | Trong đó: Trẻ em | 10
        2   | Điều trị | 30
        """
    ) == [(2, "part", None), (3, "of_which", 2), (4, "of_which", 2), (5, "part", None)]


def test_a_bare_of_which_passes_its_rows_to_the_whole_above() -> None:
    assert shape(
        """
        Chỉ tiêu   | Số
        Tổng thu nội địa | 100
        Trong đó:  |
        ..Thuế     | 60
        ..Phí      | 20
        Thu khác   | 10
        """
    ) == [
        (2, "part", None),
        (3, "of_which", 2),
        (4, "of_which", 2),
        (5, "of_which", 2),
        (6, "part", None),
    ]


def test_indentation_and_label_columns() -> None:
    assert [line.parent for line in lines_of(
        """
        Chỉ tiêu | Số
        Nông nghiệp | 9
        ..Trồng trọt | 5
        ....Lúa | 3
        ..Chăn nuôi | 4
        Dịch vụ | 7
        """
    )] == [None, 2, 3, 2, None]  # fmt: skip
    assert [line.parent for line in lines_of(
        """
                       |          | Năm 2024
        1. Vụ đông xuân |         | #9
                       | Miền Bắc | #5
                       | Miền Nam | #4
        2. Vụ hè thu   |          | #7
        """
    )] == [None, 2, 2, None]  # fmt: skip


def test_a_subtotal_adds_up_its_heading_and_the_last_total_everything() -> None:
    assert shape(
        """
        TT | Xã | Số hộ
        I  | Huyện A |
        1  | Xã B | 4
        2  | Xã C | 5
           | Cộng | 9
        II | Huyện D |
        1  | Xã E | 6
           | Cộng | 6
           | Tổng cộng | 15
        """
    ) == [
        (2, "group", None),
        (3, "part", 2),
        (4, "part", 2),
        (5, "total", 2),
        (6, "group", None),
        (7, "part", 6),
        (8, "total", 6),
        (9, "total", None),
    ]


def test_merged_stubs_name_the_rows_beside_them() -> None:
    found = lines_of(
        """
        Huyện   | Xã   | Số dân
        Huyện A | Xã B | 1000
        ^       | Xã C | 2000
        Huyện D | Xã E | 3000
        """
    )
    assert [(line.row.stubs, line.row.label) for line in found] == [
        (("Huyện A",), "Xã B"),
        (("Huyện A",), "Xã C"),
        (("Huyện D",), "Xã E"),
    ]


def test_notes_below_are_no_rows_and_budget_sources_are() -> None:
    found = lines_of(
        """
        Nội dung   | Số tiền
        Nguồn vốn ngân sách |
        Trung ương | 10
        Địa phương | 20
        Ghi chú: số liệu chưa quyết toán |
        Nguồn: Sở Tài chính |
        """
    )
    assert [line.row.label for line in found] == ["Nguồn vốn ngân sách", "Trung ương", "Địa phương"]


def test_the_head_printed_again_is_no_row() -> None:
    found = lines_of(
        """
        STT | Tên | Số
        1 | Lúa | 5
        STT | Tên | Số
        2 | Ngô | 6
        """
    )
    assert [line.row.label for line in found] == ["Lúa", "Ngô"][: len(found)]


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("TỔNG CỘNG", True),
        ("I. Tổng số (A+B)", True),
        ("Toàn tỉnh", True),
        ("Cả nước", True),
        ("Tổng cộng 12 huyện", True),
        ("Cộng:", True),
        ("Tổng thu ngân sách", False),
        ("Tổng công ty Điện lực", False),
        ("Cộng tác viên", False),
    ],
)
def test_total_words(label: str, total: bool) -> None:
    assert is_total(label) is total


def test_flat_regions_are_nested_by_what_they_are() -> None:
    flat = lines_of(
        """
        Địa phương | Dân số
        CẢ NƯỚC | 100
        Tây Nguyên | 40
        Gia Lai | 15
        Kon Tum | 25
        Đông Nam Bộ | 60
        Bình Phước | 60
        """
    )
    depths = {3: 1, 4: 2, 5: 2, 6: 1, 7: 2}
    assert [(line.role, line.parent) for line in nested(flat, depths)] == [
        ("total", None),
        ("group", None),
        ("part", 3),
        ("part", 3),
        ("group", None),
        ("part", 6),
    ]
