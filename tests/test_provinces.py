"""Provinces that ended before the gazetteer begins, against the acts that ended them.

Sources: resolutions of the National Assembly, each with the day it took effect; the number of
provinces after each act is the one that the acts themselves and the statistical yearbooks give
(tests/test_onmap.py counts them).
"""

from datetime import date

import pytest

from normalizers.regions.gazetteer import FIRST_DAY, gazetteer, loose

ACTS = {
    "Nghị quyết 29/12/1978, kỳ họp 4 Quốc hội khóa VI": (
        date(1978, 12, 29),
        {"Cao Lạng": ("Cao Bằng", "Lạng Sơn")},
    ),
    "Nghị quyết 30/6/1989, kỳ họp 5 Quốc hội khóa VIII": (
        date(1989, 7, 1),
        {
            "Bình Trị Thiên": ("Quảng Bình", "Quảng Trị", "Thừa Thiên Huế"),
            "Nghĩa Bình": ("Quảng Ngãi", "Bình Định"),
            "Phú Khánh": ("Phú Yên", "Khánh Hòa"),
        },
    ),
    "Nghị quyết 12/8/1991, kỳ họp 9 Quốc hội khóa VIII": (
        date(1991, 8, 12),
        {
            "Hà Sơn Bình": ("Hà Tây", "Hòa Bình"),
            "Hà Tuyên": ("Hà Giang", "Tuyên Quang"),
            "Hoàng Liên Sơn": ("Yên Bái", "Lào Cai"),
            "Nghệ Tĩnh": ("Nghệ An", "Hà Tĩnh"),
            "Gia Lai - Kon Tum": ("Gia Lai", "Kon Tum"),
        },
    ),
    "Nghị quyết 26/12/1991, kỳ họp 10 Quốc hội khóa VIII": (
        date(1991, 12, 26),
        {
            "Hà Nam Ninh": ("Nam Hà", "Ninh Bình"),
            "Thuận Hải": ("Ninh Thuận", "Bình Thuận"),
            "Hậu Giang": ("Cần Thơ", "Sóc Trăng"),
            "Cửu Long": ("Vĩnh Long", "Trà Vinh"),
        },
    ),
    "Nghị quyết 6/11/1996, kỳ họp 10 Quốc hội khóa IX": (
        date(1997, 1, 1),
        {
            "Bắc Thái": ("Bắc Kạn", "Thái Nguyên"),
            "Hà Bắc": ("Bắc Giang", "Bắc Ninh"),
            "Hải Hưng": ("Hải Dương", "Hưng Yên"),
            "Minh Hải": ("Cà Mau", "Bạc Liêu"),
            "Nam Hà": ("Hà Nam", "Nam Định"),
            "Quảng Nam - Đà Nẵng": ("Quảng Nam", "Đà Nẵng"),
            "Sông Bé": ("Bình Dương", "Bình Phước"),
            "Vĩnh Phú": ("Vĩnh Phúc", "Phú Thọ"),
        },
    ),
    "Nghị quyết 22/2003/QH11": (
        date(2004, 1, 1),
        {
            "Cần Thơ": ("Cần Thơ", "Hậu Giang"),
            "Đắk Lắk": ("Đắk Lắk", "Đắk Nông"),
            "Lai Châu": ("Lai Châu", "Điện Biên"),
        },
    ),
    "Nghị quyết 15/2008/QH12": (date(2008, 8, 1), {"Hà Tây": ("Hà Nội",)}),
}
ENDED = [
    (act, day, name, became)
    for act, (day, provinces) in ACTS.items()
    for name, became in provinces.items()
]


def keys(names):
    return [loose(name) for name in names]


@pytest.mark.parametrize(("act", "day", "name", "became"), ENDED, ids=str)
def test_each_province_ended_by_the_act_that_names_it(act, day, name, became):
    (row,) = [
        u for u in gazetteer().historical if loose(u.name) == loose(name) and u.valid_to == day
    ]
    assert keys(row.successors) == keys(became), act
    assert row.valid_from is not None
    assert row.valid_from < day


def test_no_act_is_missing():
    assert len(gazetteer().historical) == len(ENDED)


@pytest.mark.parametrize(("act", "day", "name", "became"), ENDED, ids=str)
def test_what_it_became_begins_on_that_day(act, day, name, became):
    """A later province of the table begins that day; the others stand when the gazetteer begins."""
    for successor in became:
        spells = [u for u in gazetteer().named(successor) if u.level == 1]
        older = [u for u in spells if u.historical and u.valid_from == day]
        assert older or any(u.stands(FIRST_DAY) for u in spells if not u.historical), act


def test_the_last_reform():
    """Resolution 202/2025/QH15: 34 provinces from 1 July 2025, 63 on the day before."""
    provinces = [u for u in gazetteer() if u.level == 1]
    assert sum(u.stands(date(2025, 7, 1)) for u in provinces) == 34
    assert sum(u.stands(date(2025, 6, 30)) for u in provinces) == 63


def test_hue_is_a_city_since_2025():
    """Resolution 175/2024/QH15, in force on 1 January 2025."""
    names = {
        d: [u.title for u in gazetteer().named("Huế") if u.level == 1 and u.stands(d)]
        for d in (date(2024, 12, 31), date(2025, 1, 1))
    }
    assert names == {date(2024, 12, 31): [], date(2025, 1, 1): ["Thành phố Huế"]}
