"""Tables whose cells are statements: read as sentences, each figure at its cell."""

from __future__ import annotations

import pytest

from normalizers import normalize
from normalizers.layout.laid import lay_out
from normalizers.stated import statements
from solieu.model import Content, Passage
from tests.drawn import drawn

STATED = """
Nội dung | Kết quả
Số xã đạt chuẩn nông thôn mới | 83/83 xã (100%)
Huyện đạt chuẩn nông thôn mới | 5 huyện
Tỷ lệ hộ nghèo đa chiều | 1,98% (giảm 0,45% so với năm 2022)
Sản phẩm OCOP | 112 sản phẩm (80 sản phẩm 3 sao, 32 sản phẩm 4 sao)
Ghi chú | Theo Quyết định số 12/QĐ-UBND ngày 3/1/2024
"""


def test_each_figure_stands_at_its_cell():
    title = Passage("Kết quả nông thôn mới tỉnh Hà Nam đến 31/12/2023", 1, "title")
    found = normalize(Content((title, drawn(STATED)), title.text), "d").observations
    seen = [(o.figure.raw, o.figure.place.row, o.figure.place.column, o.measure) for o in found]
    assert seen == [
        ("83/83", 2, 2, "level"),
        ("100%", 2, 2, "share"),
        ("5", 3, 2, "level"),
        ("1,98%", 4, 2, "share"),
        ("0,45%", 4, 2, "growth"),
        ("112", 5, 2, "level"),
        ("80", 5, 2, "level"),
        ("32", 5, 2, "level"),
    ]
    assert {o.region.name for o in found if o.region} == {"Tỉnh Hà Nam"}
    assert {o.period.code for o in found if o.period} == {"2023-12-31"}
    assert len({o.figure.figure_id for o in found}) == len(found)


def test_a_span_counts_from_the_begin_of_its_cell():
    found = normalize(Content((drawn(STATED),), "Hà Nam 2023"), "d").observations
    for o in found:
        cell = next(
            c
            for c in drawn(STATED).cells
            if (c.row, c.column) == (o.figure.place.row, o.figure.place.column)
        )
        assert cell.text[o.figure.place.start : o.figure.place.end] == o.figure.raw


@pytest.mark.parametrize(
    "picture",
    [
        """
        Nội dung | Kết quả
        Số hộ nghèo | 1.234
        Tỷ lệ | 5% (giảm 1%)
        Thu ngân sách | 5 tỷ đồng
        """,
        """
        Nội dung | Kết quả
        Số hộ nghèo | 1.234 hộ
        Thu ngân sách | 5,2 tỷ đồng
        """,
        """
        Địa chỉ | Số 5 Lê Lợi, thành phố Huế
        Điện thoại | 0234 3822 123 (máy lẻ 12)
        """,
        """
        Huyện | Số hộ | Ghi chú
        Nam Sách | 1.234 | giảm 12 hộ (5%)
        Kim Thành | 1.345 | tăng 15 hộ (6%)
        """,
    ],
)
def test_tables_of_plain_figures_and_of_addresses_are_none(picture):
    assert statements(drawn(picture), lay_out) == ()
