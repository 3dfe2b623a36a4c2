"""Whose figures a table's are, where heads over columns or groups of rows name the territories."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.regions import resolve
from normalizers.tables.reading import read_tables
from solieu.model import Observation
from tests.drawn import HAI_DUONG, IN_2023, context, drawn

NESTED = """
Chỉ tiêu | Huyện Nam Sách | < | Huyện Kim Thành | <
^ | Xã An Bình | Xã Hợp Tiến | Xã Kim Anh | Xã Kim Liên
Số hộ nghèo | 12 | 13 | 14 | 15
Dân số | 9.112 | 9.213 | 9.314 | 9.415
"""
UNLISTED = """
Chỉ tiêu | Huyện Nam Sách | Huyện Kim Thành | Huyện Vô Danh
Số hộ nghèo | 12 | 13 | 14
Dân số | 90.112 | 90.213 | 90.314
"""
NO_NAMES = """
Chỉ tiêu | Huyện Nam Sách | Huyện Kim Thành | Tỉnh giao | Xã loại 1
Số hộ nghèo | 12 | 13 | 25 | 4
Dân số | 90.112 | 90.213 | 180.325 | 9.112
"""
GROUPS = """
Chỉ tiêu | Đơn vị | Năm 2023
I. Huyện Nam Sách | |
Số hộ nghèo | hộ | 12
Dân số trung bình | người | 90.112
II. Xã Vô Danh | |
Số hộ nghèo | hộ | 3
III. Huyện Kim Thành | |
Số hộ nghèo | hộ | 13
IV. Khối doanh nghiệp | |
Số hộ nghèo | hộ | 1
"""


def told(picture: str) -> list[Observation]:
    known = context(region=HAI_DUONG, year=2023, period=IN_2023)
    return list(read_tables(drawn(picture), known).observations)


def place(o: Observation) -> tuple[str | None, str | None, bool]:
    """The name resolved, the name printed, and whether it may be published without a doubt."""
    return (o.region.name if o.region else None), o.region_text, o.figure.confidence >= 0.95


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        pytest.param(
            NESTED,
            [
                ("Xã An Bình", "Xã An Bình", True),
                ("Xã Hợp Tiến", "Xã Hợp Tiến", True),
                ("Xã Kim Anh", "Xã Kim Anh", True),
                ("Xã Kim Liên", "Xã Kim Liên", True),
            ],
            id="communes under their districts",
        ),
        pytest.param(
            UNLISTED,
            [
                ("Huyện Nam Sách", "Huyện Nam Sách", True),
                ("Huyện Kim Thành", "Huyện Kim Thành", True),
                ("Huyện Vô Danh", "Huyện Vô Danh", False),
            ],
            id="a district that no list knows is not the province",
        ),
        pytest.param(
            NO_NAMES,
            [
                ("Huyện Nam Sách", "Huyện Nam Sách", True),
                ("Huyện Kim Thành", "Huyện Kim Thành", True),
                (HAI_DUONG.name, HAI_DUONG.name, True),
                (HAI_DUONG.name, HAI_DUONG.name, True),
            ],
            id="a type word alone names nothing",
        ),
        pytest.param(
            GROUPS,
            [
                ("Huyện Nam Sách", "Huyện Nam Sách", True),
                ("Huyện Nam Sách", "Huyện Nam Sách", True),
                ("Xã Vô Danh", "Xã Vô Danh", False),
                ("Huyện Kim Thành", "Huyện Kim Thành", True),
                (HAI_DUONG.name, HAI_DUONG.name, True),
            ],
            id="a heading that no list knows is not the province",
        ),
    ],
)
def test_territories_of_heads(
    picture: str, expected: list[tuple[str | None, str | None, bool]]
) -> None:
    assert [place(o) for o in told(picture)][: len(expected)] == expected


def test_a_bare_name_of_a_province_and_its_city_needs_the_list_around_it() -> None:
    assert resolve("Hải Dương", date(2023, 4, 23), HAI_DUONG).status == "ambiguous"
    listed = """
        Đơn vị | Số hộ nghèo
        Hải Dương | 12
        Chí Linh | 13
        Nam Sách | 14
        Tổng số | 39
    """
    names = [o.region.name for o in told(listed) if o.region]
    cities = ["Thành phố Hải Dương", "Thành phố Chí Linh"]
    assert names == [*cities, "Huyện Nam Sách", HAI_DUONG.name]


def test_a_commune_is_read_inside_the_district_over_it() -> None:
    paths = [o.region.path for o in told(NESTED) if o.region]
    assert paths[0] == f"{HAI_DUONG.name} / Huyện Nam Sách / Xã An Bình"
    assert "Xã An Bình" not in told(NESTED)[0].metric_label


INDICATORS = """
Chỉ tiêu | Đơn vị | 2021 | 2022
1. Số hộ nghèo | Hộ | 9.000 | 8.000
- Nam Sách | Hộ | 4.000 | 3.600
- Kim Thành | Hộ | 5.000 | 4.400
2. Số giường bệnh | Giường | 300 | 320
- Nam Sách | " | 140 | 150
- Kim Thành | " | 160 | 170
"""


def test_places_that_come_again_below_each_indicator_are_its_parts() -> None:
    found = [o for o in told(INDICATORS) if o.period and o.period.code == "2022"]
    assert [(o.region.name if o.region else "", o.figure.unit) for o in found] == [
        (HAI_DUONG.name, "household"),
        ("Huyện Nam Sách", "household"),
        ("Huyện Kim Thành", "household"),
        (HAI_DUONG.name, "bed"),
        ("Huyện Nam Sách", "bed"),
        ("Huyện Kim Thành", "bed"),
    ]
    assert all("Số hộ nghèo" in o.metric_label for o in found[:3])
    assert not any("Nam Sách" in o.metric_label for o in found)


def test_offices_above_places_named_once_stay_rows_of_their_own() -> None:
    names = [
        o.region.name if o.region else ""
        for o in told("""
            Đơn vị | Số hồ sơ
            Sở Xây dựng | 12
            Nam Sách | 13
            Kim Thành | 14
        """)
    ]
    assert names == ["Sở Xây dựng", "Huyện Nam Sách", "Huyện Kim Thành"]


@pytest.mark.parametrize(
    "head",
    [
        "Mã tỉnh | Tên tỉnh | Năm | Chỉ tiêu | Giá trị | Đơn vị tính",
        "ma_tinh | ten_tinh | nam | chi_tieu | gia_tri | don_vi",
    ],
)
def test_open_data_with_one_figure_a_row(head: str) -> None:
    found = told(f"""
        {head}
        01 | Hà Nội | 2022 | Dân số trung bình | 8435,6 | Nghìn người
        48 | Đà Nẵng | 2021 | Số doanh nghiệp | 26475 | Doanh nghiệp
    """)
    assert [
        (o.region and o.region.name, o.period and o.period.code, o.metric, o.figure.unit)
        for o in found
    ] == [
        ("Thành phố Hà Nội", "2022", "average_population", "person"),
        ("Thành phố Đà Nẵng", "2021", None, "organisation"),
    ]


@pytest.mark.parametrize(
    "picture",
    [
        """
        Tỉnh | Ngày | Số ca mắc mới
        Bình Dương | 01/08/2021 | 1523
        Long An | 02/08/2021 | 312
        """,
        """
        Ngày | Tỉnh | Số ca mắc mới
        2021-08-01 | Bình Dương | 1523
        2021-08-02 | Long An | 312
        """,
    ],
)
def test_days_down_a_column_are_those_of_their_rows(picture: str) -> None:
    found = told(picture)
    assert [o.period and o.period.code for o in found] == ["2021-08-01", "2021-08-02"]
    names = [o.region and o.region.name for o in found]
    assert names == ["Tỉnh Bình Dương", "Tỉnh Long An"]
