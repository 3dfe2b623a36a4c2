"""Whose figures a sentence gives when it names what a unit was made of."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.context import DocumentContext
from normalizers.regions import COUNTRY, resolve
from normalizers.sentences.reading import read_passages
from solieu.model import Content, Passage, Region

ON = date(2025, 10, 1)
COMMUNE = resolve("Xã Ea Kar", ON, None).region


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("Xã thành lập trên cơ sở sáp nhập thị trấn Ea Kar và 2 xã, có 48.216 người.", "Xã Ea Kar"),
        (
            "Xã Ea Kar thành lập từ xã Cư Huê và xã Ea Đar; toàn xã có 11.214 hộ dân.",
            "Xã Ea Kar",
        ),
        ("Sau sáp nhập, xã Ea Đar có 214 hộ nghèo.", "Xã Ea Đar"),
        ("Sau khi sáp nhập thị trấn Ea Kar, xã Ea Kar có 312 hộ cận nghèo.", "Xã Ea Kar"),
        ("Xã Ea Đar có 214 hộ nghèo trước khi hợp nhất với xã Cư Huê.", "Xã Ea Đar"),
    ],
)
def test_what_a_unit_was_made_of_owns_none_of_its_figures(text: str, territory: str) -> None:
    assert COMMUNE is not None
    context = DocumentContext("d", year=2025, region=COMMUNE, on=ON)
    seen, _ = read_passages(Content((Passage(text, 1, "paragraph"),)), context)
    last = seen[-1].region
    assert last is not None
    assert last.name == territory


@pytest.mark.parametrize(
    ("text", "territories"),
    [
        ("Theo UBND huyện Ninh Sơn, toàn huyện gieo 11.100 ha, có 3.200 con bò.", 2 * ["Huyện Ninh Sơn"]),
        ("Huyện Ninh Sơn gieo 11.100 ha. Toàn huyện có 15 trường học.", 2 * ["Huyện Ninh Sơn"]),
        ("Huyện Ninh Sơn gieo 11.100 ha. Gồm: cây lúa 3.502 ha.", 2 * ["Huyện Ninh Sơn"]),
        ("Huyện Ninh Sơn gieo 11.100 ha. Toàn tỉnh gieo 48.000 ha.", ["Huyện Ninh Sơn", "Tỉnh Ninh Thuận"]),
        ("Toàn huyện gieo 11.100 ha.", [None]),
    ],
)  # fmt: skip
def test_a_whole_district_in_a_provinces_report_is_the_one_told_before(text, territories):
    province = resolve("Tỉnh Ninh Thuận", date(2021, 6, 30)).region
    assert told(text, province) == territories


@pytest.mark.parametrize(
    ("text", "territories"),
    [
        (
            "Cả nước gieo 3.123 ha, trong đó các địa phương phía Bắc 1.117 ha; miền Nam 2.006 ha.",
            ["Việt Nam", "Các địa phương phía Bắc", "Miền Nam"],
        ),
        ("Tổng công ty Điện lực miền Bắc bán 300 triệu kWh.", ["Việt Nam"]),
    ],
)
def test_parts_of_the_country_are_no_country(text, territories):
    assert told(text, COUNTRY) == territories


def test_where_a_provinces_goods_go_is_not_whose_figure_it_is():
    province = resolve("Tỉnh Ninh Thuận", date(2021, 6, 30)).region
    assert told("Tỉnh bán ra miền Bắc 3.000 tấn nho.", province) == ["Tỉnh Ninh Thuận"]


def told(text: str, region: Region | None) -> list[str | None]:
    context = DocumentContext("d", year=2021, region=region, on=date(2021, 6, 30))
    seen, _ = read_passages(Content((Passage(text, 1, "paragraph"),)), context)
    return [o.region.name if o.region else None for o in seen]
