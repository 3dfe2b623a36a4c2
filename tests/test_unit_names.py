"""Every unit that figures are given in has a name that people use, in both languages."""

from __future__ import annotations

import pytest

from normalizers.units import lexicon
from solieu.unit_names import unit_names, unit_word

NAMELESS = {"", "count", "ratio", "code"}


def test_every_unit_of_the_lexicon_has_a_name():
    known = {entry.code for entry in lexicon().values()} - NAMELESS
    assert not known - unit_names().keys()


@pytest.mark.parametrize(
    ("unit", "vi", "en"),
    [
        ("case", "ca", "cases"),
        ("quintal/ha", "tạ/ha", "quintals/ha"),
        ("count", "", ""),
        ("count/commune", "/xã", "/communes"),
        ("passenger_kilometre", "lượt người.km", "passenger-kilometres"),
        ("basket", "basket", "basket"),
    ],
)
def test_a_unit_in_words(unit, vi, en):
    assert (unit_word(unit, "vi"), unit_word(unit, "en")) == (vi, en)
