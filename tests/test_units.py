"""Units of headers and captions, and of the words behind a figure."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from normalizers.units import find_unit, lexicon, unit_at

DATA = Path(__file__).parent / "data" / "unit_labels.csv"


def rows() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", rows(), ids=lambda r: r["text"] or "empty")
def test_units_of_labels(row):
    unit = find_unit(row["text"])
    if not row["code"]:
        assert unit is None
    else:
        assert unit is not None
        assert (unit.code, unit.multiplier) == (row["code"], Decimal(row["multiplier"]))


@pytest.mark.parametrize("row", rows(), ids=lambda r: r["text"] or "empty")
def test_letter_case_changes_nothing(row):
    upper = find_unit(row["text"].upper())
    assert (upper.code if upper else "") == row["code"]


@pytest.mark.parametrize(
    ("text", "code", "multiplier", "scale"),
    [
        (" tỷ đồng, tăng", "VND", 10**9, " tỷ đồng"),
        (" triệu người", "person", 10**6, " triệu"),
        (" người", "person", 1, ""),
        ("%dân số", "percent", 1, "%"),
        (" nghìn tỷ đồng", "VND", 10**12, " nghìn tỷ đồng"),
        (" triệu đồng/người/năm", "VND/person/year", 10**6, " triệu đồng"),
        (" tỷ;", "count", 10**9, " tỷ"),
        (" bác sĩ trên 1 vạn dân", "person per 10,000", 1, ""),
    ],
)
def test_unit_behind_a_figure(text, code, multiplier, scale):
    match = unit_at(text)
    assert match is not None
    assert (match.unit.code, match.unit.multiplier) == (code, Decimal(multiplier))
    assert text[: match.scale_end] == scale


@pytest.mark.parametrize(
    "text",
    [" tỷ lệ", " tỉ trọng", " tỉnh lỵ", " đồng thời", " lần thứ 2", " năm trước", "", " abc"],
)
def test_words_that_only_begin_like_units(text):
    assert unit_at(text) is None


def test_a_caption_may_scale_with_a_number_and_a_sentence_may_not():
    assert unit_at("1000 tấn") is None
    scaled = unit_at("1000 tấn", figures=True)
    assert scaled is not None
    assert scaled.unit.multiplier == 1000


@pytest.mark.parametrize("label", ["Tổ chức tín dụng", "Khách sạn", "Du khách"])
def test_what_is_counted_behind_a_number_is_no_unit_of_its_own(label):
    assert find_unit(label) is None
    behind = unit_at(label)
    assert behind is not None
    assert behind.kind == "noun"


def test_every_word_has_a_kind_and_codes_are_words():
    kinds = {"magnitude", "currency", "percent", "measure", "noun", "counted", "time", "other"}
    for word, row in lexicon().items():
        assert word == word.strip().lower(), word
        assert row.kind in kinds, word
        assert bool(row.code) == (row.kind not in ("magnitude", "other")), word
        assert row.multiplier > 0, word


def test_no_word_stands_in_two_rows():
    path = Path(__file__).parents[1] / "normalizers" / "data" / "units.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        words = [w for row in csv.DictReader(lines) for w in row["words"].split("|")]
    assert sorted({w for w in words if words.count(w) > 1}) == []


@pytest.mark.parametrize(
    ("label", "code", "multiplier"),
    [
        ("Vận chuyển (Nghìn HK)", "person", 1000),
        ("Vận chuyển (Nghìn CTN)", "count", 1000),
        ("Container (1000 TEU)", "count", 1000),
        ("Điện (triệu kWh thương phẩm)", "kilowatt_hour", 10**6),
        ("Tổng giá trị (Triệu.đ)", "VND", 10**6),
        ("Cơ cấu (tỷ lệ)", "percent", 1),
        ("So sánh (tỷ trọng)", None, None),
        ("Bệnh (triệu chứng)", None, None),
    ],
)
def test_thousands_of_what_no_list_knows(label, code, multiplier):
    unit = find_unit(label)
    assert (unit and unit.code, unit and unit.multiplier) == (code, multiplier)
