"""Subtotals that name their unit, headings that hold no figures, and a table over pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditors import audit
from extractors.pdf.joins import joined
from normalizers.layout.titles import without_decrees
from normalizers.tables.nesting import is_total, named_whole
from normalizers.tables.reading import read_tables
from solieu.model import Content, Grid, Passage, Reading
from tests.drawn import HAI_DUONG, context, drawn


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Cộng huyện Tứ Kỳ", "huyện Tứ Kỳ"),
        ("Cộng: TP. Hải Dương", "TP. Hải Dương"),
        ("TỔNG CỘNG HUYỆN TỨ KỲ", "HUYỆN TỨ KỲ"),
        ("Cộng phường 1", "phường 1"),
        ("II. Tổng số huyện Tứ Kỳ", "huyện Tứ Kỳ"),
        ("Tổng cộng (huyện Tứ Kỳ)", "huyện Tứ Kỳ"),
        ("Tổng số xã đạt chuẩn", None),
        ("TỔNG SỐ XÃ ĐẠT CHUẨN", None),
        ("TỔNG XÃ HỘI", None),
        ("Tổng số huyện", None),
        ("Cộng hòa Séc", None),
    ],
)
def test_a_total_may_name_its_unit(label: str, unit: str | None) -> None:
    assert named_whole(label) == unit
    assert is_total(label) or unit is None


SUBTOTALS = """
Huyện | STT | Xã | Số hộ
Huyện Tứ Kỳ | 1 | Xã An Thanh | 120
^ | 2 | Xã Cộng Lạc | 130
Cộng huyện Tứ Kỳ | < | < | 250
Huyện Nam Sách | 3 | Xã An Sơn | 70
^ | 4 | Xã Hợp Tiến | 80
Cộng huyện Nam Sách | < | < | 150
TỔNG CỘNG | < | < | {total}
"""

HEADINGS = """
TT | Xã | Số hộ | Số người
 | Toàn tỉnh | {total} | 1.400
Địa bàn huyện Tứ Kỳ (cũ) | < | < | <
1 | Xã An Thanh | 120 | 420
2 | Xã Cộng Lạc | 130 | 430
Địa bàn huyện Nam Sách (cũ) | < | < | <
3 | Xã An Sơn | 70 | 270
4 | Xã Hợp Tiến | 80 | 280
"""


def checked(picture: str) -> list[tuple[str, str]]:
    read = read_tables(drawn(picture), context(region=HAI_DUONG))
    found = audit(Reading("d", Content(()), read.tables, read.observations))
    return [(f.status, str(f.published)) for f in found if f.check == "column_total"]


def test_subtotals_stand_for_their_unit_and_add_up() -> None:
    found = read_tables(drawn(SUBTOTALS.format(total=400)), context(region=HAI_DUONG)).observations
    wholes = [
        (o.region.name if o.region else None, int(o.figure.value or 0)) for o in found if o.is_total
    ]
    assert wholes == [("Huyện Tứ Kỳ", 250), ("Huyện Nam Sách", 150), ("Tỉnh Hải Dương", 400)]
    assert checked(SUBTOTALS.format(total=400)) == [
        ("pass", "250"),
        ("pass", "150"),
        ("pass", "400"),
    ]


def test_a_heading_without_figures_is_no_blank_of_a_sum() -> None:
    assert ("pass", "400") in checked(HEADINGS.format(total=400))
    assert ("fail", "500") in checked(HEADINGS.format(total=500))


def test_who_published_a_decree_is_no_subject() -> None:
    assert (
        without_decrees(
            "Số hộ (Kèm theo Báo cáo số 36/BC-BHXH ngày 19/01/2024 của BHXH tỉnh Hải Dương)"
        ).strip(" )")
        == "Số hộ"
    )


def page(number: int, picture: str, places: tuple[float, ...]) -> Grid:
    grid = drawn(picture, page=number)
    cells = tuple(
        replace(c, page=number, box=(places[c.column - 1], 0.0, places[c.column - 1] + 9, 9.0))
        for c in grid.cells
    )
    return replace(grid, cells=cells)


FIRST = "Huyện | Số hộ | Số người\nTứ Kỳ | 12 | 40"


@pytest.mark.parametrize(
    ("second", "tables"),
    [
        ("Huyện | Số hộ | Số người\nNam Sách | 13 | 44", 1),
        ("Huyện | Số hộ | Số lao động\nNam Sách | 13 | 44", 2),
    ],
    ids=["the same head", "another head"],
)
def test_columns_of_another_width_go_on_under_the_same_head(second: str, tables: int) -> None:
    blocks = joined(
        [
            page(1, FIRST, (10, 100, 200)),
            Passage("Phụ lục 03 (tiếp theo)", 2, page=2),
            page(2, second, (10, 140, 240)),
        ]
    )
    assert sum(isinstance(b, Grid) for b in blocks) == tables
