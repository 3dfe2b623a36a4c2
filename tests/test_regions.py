"""Regions: every name to its unit of the day, or to its candidates, never to a guess."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.regions import (
    COUNTRY,
    build_gazetteer,
    children,
    find_regions,
    parent_of,
    predecessors,
    region_rows,
    resolve,
    successors,
)
from normalizers.regions.gazetteer import FIRST_DAY, Gazetteer, Unit, gazetteer, loose
from normalizers.regions.units import above_of, region_of, unit_of
from solieu.model import Region

DATA = Path(__file__).parent / "data"
FIXTURES = Path(__file__).parents[2] / "shared" / "fixtures" / "regions.csv"
DATES = [
    date(2017, 9, 1),
    date(2018, 7, 31),
    date(2020, 6, 30),
    date(2023, 4, 23),
    date(2025, 3, 15),
    date(2025, 7, 1),
    date(2026, 7, 1),
]
APRIL_2023 = date(2023, 4, 23)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def walk(path: str, on: date) -> Region | None:
    """The region that "Tỉnh Trà Vinh / Thành phố Trà Vinh" leads to."""
    region = None
    for name in filter(None, path.split(" / ")):
        region = resolve(name, on, region).region
        assert region is not None, name
    return region


def province(name: str, on: date = APRIL_2023) -> Region:
    region = resolve(name, on).region
    assert region is not None
    return region


@lru_cache(maxsize=1)
def some_units() -> tuple[tuple[date, Unit], ...]:
    """Every ninth unit at each of the seven dates; benchmarks/regions.py goes through them all."""
    return tuple(
        (on, unit)
        for shift, on in enumerate(DATES)
        for unit in [u for u in gazetteer() if u.stands(on)][shift::9]
    )


def parent(unit: Unit, on: date) -> Region | None:
    above = above_of(unit, on)
    return region_of(above[0], on) if above else None


@pytest.mark.parametrize(
    "row",
    [r for n in ("", "_2") for r in rows(DATA / f"regions_held_back{n}.csv")],
    ids=lambda r: f"{r['input']} {r['date']}",
)
def test_held_back_names(row: dict[str, str]) -> None:
    on = date.fromisoformat(row["date"])
    match = resolve(row["input"], on, walk(row["within"], on), row["level"] or None)  # type: ignore[arg-type]
    found = match.region.name if match.region else ""
    assert (match.status, found) == (row["status"], row["name"])
    if row["parent"]:
        assert match.region is not None
        above = parent_of(match.region)
        assert above is not None
        assert above.name == row["parent"]


@pytest.mark.skipif(not FIXTURES.exists(), reason="shared fixtures are not part of the repository")
def test_shared_fixtures() -> None:
    wrong = []
    for row in rows(FIXTURES):
        on, code = date.fromisoformat(row["date"]), row["context_code"]
        units = gazetteer().coded(1 if len(code) == 2 else 2, code) if code else []
        within = next((region_of(u, on) for u in units if u.stands(on)), None)
        region = resolve(row["input"], on, within).region
        if region is None or region.code != row["code"]:
            wrong.append((row["input"], region))
    assert wrong == []


@pytest.mark.parametrize("on", [date(2018, 7, 31), date(2023, 4, 23), date(2026, 3, 1)])
def test_communes_by_their_full_address(on: date) -> None:
    """Also those with a dash in their own name or in their province's."""
    wrong = []
    for unit in [u for u in gazetteer() if u.level == 3 and u.stands(on)][::3]:
        region = region_of(unit, on)
        above = reversed((region.path or "").split(" / "))
        if resolve(", ".join(above), on).region != region:
            wrong.append(region.path)
    assert wrong == []


def test_every_unit_is_found_by_its_name_inside_its_parent() -> None:
    lost = [
        (on, unit.title, found)
        for on, unit in some_units()
        if (found := resolve(unit.title, on, parent(unit, on))).region != region_of(unit, on)
    ]
    assert lost == []


def test_a_bare_name_inside_its_parent_is_right_or_ambiguous() -> None:
    wrong = [
        (on, unit.title, match.region)
        for on, unit in some_units()
        if (match := resolve(unit.name, on, parent(unit, on))).status == "one"
        and match.region != region_of(unit, on)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("on", "provinces", "districts", "communes"),
    [
        (date(2023, 4, 23), 63, 705, 10598),
        (date(2025, 3, 15), 63, 696, 10035),
        (date(2025, 7, 1), 34, 0, 3321),
        (date(2026, 7, 1), 34, 0, 3321),
    ],
)
def test_official_totals(on: date, provinces: int, districts: int, communes: int) -> None:
    levels = [u.level for u in gazetteer() if u.stands(on)]
    assert (levels.count(1), levels.count(2), levels.count(3)) == (provinces, districts, communes)


def spellings(name: str) -> list[str]:
    return [
        unicodedata.normalize("NFD", name),
        name.upper(),
        name.lower(),
        f"  {name}\u00a0",
        f"1. {name}",
        f"- {name} (2)",
        f"UBND {name[0].lower()}{name[1:]}",
    ]


@given(st.integers(0, 62), st.integers(0, 6))
def test_a_spelling_changes_nothing(number: int, how: int) -> None:
    region = children(COUNTRY, APRIL_2023)[number]
    assert resolve(spellings(region.name)[how], APRIL_2023).region == region


@pytest.mark.parametrize(
    ("printed", "within", "name", "flag"),
    [
        ("Huyện Nam Sácn", "Tỉnh Hải Dương", "Huyện Nam Sách", "spelling"),
        ("Huyện Cẫm Giàng", "Tỉnh Hải Dương", "Huyện Cẩm Giàng", "diacritics"),
        ("Huyen Nam Sach", "Tỉnh Hải Dương", "Huyện Nam Sách", "no_diacritics"),
        ("huyện Chí Linh", "Tỉnh Hải Dương", "Thành phố Chí Linh", "type_differs"),
        ("TPHCM", "", "Thành phố Hồ Chí Minh", "alias"),
        ("BHXH tỉnh Nghệ An", "", "Tỉnh Nghệ An", "issuer"),
        ("Hà Tây (cũ)", "", "Tỉnh Hà Tây", "former"),
        ("Phường Điện Biên", "Thành phố Hà Nội / Quận Ba Đình", "Phường Điện Biên", ""),
        ("tỉnh Thanh Hóa", "Tỉnh Hải Dương", "Tỉnh Thanh Hóa", "outside"),
    ],
)
def test_doubt_is_flagged(printed: str, within: str, name: str, flag: str) -> None:
    match = resolve(printed, APRIL_2023, walk(within, APRIL_2023))
    assert match.region is not None
    assert match.region.name == name
    assert (flag in match.flags) if flag else match.flags == ()


def test_a_slip_is_repaired_only_inside_a_parent() -> None:
    assert resolve("Huyện Nam Sácn", APRIL_2023).status == "none"


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("năm trước", "Tỉnh Nam Định"),
        ("Đường kính", "Thành phố Hải Phòng"),
        ("Ô tô", "Tỉnh Quảng Ninh"),
        ("tuyển quân", "Tỉnh Tuyên Quang"),
        ("Tổng sản phẩm", "Tỉnh Hải Dương"),
        ("Nhãn - Longan", "Tỉnh An Giang"),
    ],
)
def test_common_words_are_no_misspelt_names(label: str, within: str) -> None:
    assert resolve(label, APRIL_2023, walk(within, APRIL_2023)).status == "none"


def test_a_province_outweighs_a_commune_of_its_name_that_ended() -> None:
    match = resolve("Hòa Bình", APRIL_2023, province("Cà Mau"))
    assert match.region is not None
    assert match.region.name == "Tỉnh Hoà Bình"


def test_two_equally_near_children_are_both_refused() -> None:
    """Xã Hoằng Thanh and Xã Hoằng Thành are children of one district."""
    within = walk("Tỉnh Thanh Hóa / Huyện Hoằng Hóa", APRIL_2023)
    assert resolve("Xã Hoằng Thảnh", APRIL_2023, within).region is None


def test_digits_are_never_repaired() -> None:
    """Phường 2 and 6 of Trà Vinh ended on 1 January 2025; they are not Phường 3."""
    march = date(2025, 3, 15)
    match = resolve("Phường 2", march, walk("Tỉnh Trà Vinh / Thành phố Trà Vinh", march))
    assert match.region is not None
    assert (match.region.code, match.flags) == ("29245", ("not_in_force",))
    assert resolve("Phường 42", march, walk("Tỉnh Trà Vinh", march)).status == "none"


def test_a_reused_code_is_another_region_before_and_after_the_reform() -> None:
    before, after = province("Bắc Giang"), province("Bắc Ninh", date(2025, 12, 6))
    assert before.code == after.code == "24"
    assert before.valid_from != after.valid_from
    assert unit_of(before) != unit_of(after)


def test_a_town_that_ended_is_not_the_commune_that_took_its_name() -> None:
    match = resolve("Thị trấn Nam Sách", date(2026, 1, 1))
    assert match.region is not None
    assert (match.region.name, match.flags) == ("Thị trấn Nam Sách", ("not_in_force",))


def test_whole_words_take_the_level_they_name() -> None:
    district = walk("Tỉnh Hải Dương / Huyện Nam Sách", APRIL_2023)
    match = resolve("Toàn tỉnh", APRIL_2023, district)
    assert match.region is not None
    assert (match.status, match.region.name) == ("whole", "Tỉnh Hải Dương")
    assert resolve("Toàn huyện", APRIL_2023, province("Hải Dương")).region is None


def test_the_country_has_provinces_and_a_province_the_country() -> None:
    assert len(children(COUNTRY, APRIL_2023)) == 63
    assert parent_of(province("Hà Nội")) == COUNTRY
    assert parent_of(COUNTRY) is None


def test_children_of_the_day() -> None:
    hai_phong = province("Hải Phòng", date(2026, 1, 1))
    assert {r.level for r in children(hai_phong, date(2026, 1, 1))} == {"commune"}
    assert len(children(province("Hải Dương"), APRIL_2023)) == 12


@given(st.sampled_from(some_units()))
def test_a_path_leads_back(item: tuple[date, Unit]) -> None:
    on, unit = item
    region = region_of(unit, on)
    assert unit_of(region) == unit
    above = parent_of(region)
    assert above is not None
    if unit.parent:
        assert (region.path or "").startswith(f"{above.path} / ")


@pytest.mark.parametrize("province", ["Thành phố Huế", "Tỉnh Thừa Thiên Huế"])
def test_what_lies_above_a_district_that_outlived_a_province(province: str) -> None:
    on = date(2025, 3, 15) if province == "Thành phố Huế" else date(2024, 3, 15)
    region = resolve("Xã Quảng Thái", on, resolve(province, on).region).region
    assert region is not None
    above = parent_of(region)
    assert above is not None
    assert above.path == f"{province} / Huyện Quảng Điền"


@pytest.mark.parametrize("row", rows(DATA / "region_mentions.csv"), ids=lambda r: r["text"][:40])
def test_mentions_in_sentences(row: dict[str, str]) -> None:
    on = date.fromisoformat(row["date"])
    found = find_regions(row["text"], on, walk(row["within"], on))
    named = "|".join(f"{m.text}={m.match.region.name if m.match.region else ''}" for m in found)
    assert named == row["mentions"]
    assert all(row["text"][m.start : m.end] == m.text for m in found)


def test_a_whole_unit_is_carried_over_and_a_split_one_only_in_part() -> None:
    day = date(2026, 7, 1)
    assert [(r.name, e) for r, e in successors(province("Hải Dương"), day)] == [
        ("Thành phố Hải Phòng", "full")
    ]
    district = walk("Tỉnh Hải Dương / Huyện Nam Sách", APRIL_2023)
    assert district is not None
    extents = {extent for _, extent in successors(district, day)}
    assert extents == {"partial"}


def test_back_from_today() -> None:
    today = province("Hải Phòng", date(2026, 7, 1))
    assert [r.name for r, _ in predecessors(today)] == ["Tỉnh Hải Dương", "Thành phố Hải Phòng"]


def test_a_province_that_ended_long_ago() -> None:
    old = province("Hà Tây", date(2003, 12, 31))
    assert [(r.name, e) for r, e in successors(old, date(2026, 7, 1))] == [
        ("Thành phố Hà Nội", "full")
    ]


def test_rows_for_the_command_line() -> None:
    listed = region_rows("Huyện Châu Thành", APRIL_2023)
    assert {row["relation"] for row in listed} == {"candidate"}
    assert len(listed) > 5
    found = region_rows("Hải Dương", APRIL_2023)
    assert [row["relation"] for row in found] == ["match", "today"]


def test_a_small_gazetteer_packs_and_loads() -> None:
    unit = {
        "code": "01", "name": "Hà Nội", "type": "Thành phố", "level": "1", "parent_code": "",
        "valid_from": "", "valid_to": "", "src": "M", "successor_codes": "",
    }  # fmt: skip
    unlicensed = {**unit, "code": "99", "name": "Khác", "src": "D"}
    change = {"level": "1", "old_code": "01", "new_code": "01", "extent": "full"}
    packed = build_gazetteer.pack([unit, unlicensed], [change])
    assert packed == build_gazetteer.pack([unit, unlicensed], [change])
    import gzip

    small = Gazetteer(gzip.decompress(packed).decode())
    assert [u.name for u in small] == ["Hà Nội"]
    assert small.named("ha noi")[0].stands(FIRST_DAY)


def test_name_keys_hold_no_blanks_or_marks() -> None:
    assert all(loose(u.name).isalnum() and loose(u.name).isascii() for u in gazetteer())
