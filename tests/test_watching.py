"""A watched pattern matches where it matched before: what it needs is never more than it needs."""

import csv
import re
from pathlib import Path

import pytest

from normalizers.facts import rows
from normalizers.needing import groups_of, needed
from normalizers.watching import served, watched

DATA = Path(__file__).parent / "data"
PROSE = ("quantities", "period_mentions", "prose_wordings", "releases_1", "releases_2", "scope")
NEEDS = [
    ("tổng kết|sơ kết", {"kết"}),
    ("tổng kết|sơ duyệt", {"tổng", "duyệt"}),
    ("(?<!chi )phí|mức (?:thu|đóng)", {"phí", "mức"}),
    ("tháng|thứ", {"tháng", "thứ"}),
    ("(?:đã )?giao", {"giao"}),
    ("giao(?: cho)?", {"giao"}),
    ("t[ỷỉ] lệ", {"lệ"}),
    ("t[ỷỉ] (?:lệ|số)", {"tỷ", "tỉ"}),
    ("(?:một )+lần", {"một"}),
    ("(?:của |cho )?(?:tôi|em)", {"tôi", "em"}),
    ("thu +(?:nội +địa|về)", {"thu"}),
    (r"\d+ (?=tháng|quý)", {"tháng", "quý"}),
    (r"(?<=tháng )\d", set()),
    (r"\d+ (?:người|hộ)", {"người", "hộ"}),
    ("[a-z]+ng", {"ng"}),
    ("năm (?!học)", {"năm"}),
    ("(?:năm)*", set()),
    (r"\d{4}", set()),
    ("năm|[0-9]+", set()),
    ("(?:năm|)", set()),
    ("ăn.", {"ăn"}),
    ("BHXH", {"bhxh"}),
]


@pytest.mark.parametrize(("pattern", "words"), NEEDS)
def test_what_a_pattern_needs(pattern, words):
    assert needed(re.compile(pattern, re.IGNORECASE)) == words


PHRASES = [
    (r"nhiệm kỳ|(?:\d+|mười) năm qua", {"nhiệm kỳ", " năm qua"}),
    (r"thu +về", {"thu"}),
    (r"thu (?:về|nội địa)", {"thu về", "thu nội địa"}),
    (r"(?:là )?một trong|trong số", {"một trong", "trong số"}),
    (r"\.{6,}|_{5,}", {"......", "_____"}),
    (r"^\W*(?:>>|»)", {">>", "»"}),
    (r"[⁴-⁶](?=\s)", {"⁴", "⁵", "⁶"}),
    (r"(?<=số )\d", set()),
    (r"tháng|\d+", set()),
]


@pytest.mark.parametrize(("pattern", "phrases"), PHRASES)
def test_which_phrases_a_pattern_needs(pattern, phrases):
    assert set().union(*groups_of(re.compile(pattern, re.IGNORECASE))[:1]) == phrases


def test_every_group_is_needed():
    groups = groups_of(re.compile(r"\bthông qua\b[^.]*\b(?:mục tiêu|đề án)\b[^.]*:"))
    assert groups == ({"thông qua"}, {"mục tiêu", "đề án"}, {":"})


def test_a_text_with_the_word_and_without_the_phrase_is_not_searched():
    pattern = watched(r"(?:\d+|mười) năm qua")
    assert served("Năm 2024 có 12 xã") & pattern.bit
    assert not pattern.may_match("Năm 2024 có 12 xã")
    assert pattern.search("Năm 2024 có 12 xã") is None
    assert pattern.search("Trong 5 NĂM QUA có 12 xã") is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("tổng kết", "Hội nghị TỔNG KẾT năm"),
        (r"(?:ca|số)\s*$", "tàu số"),
        (r"\d{4}", "năm 2024"),
        ("mật độ|[0-9]%", "đạt 5%"),
        ("giao", "được\ngiao."),
        ("thời điểm", "tại thời điểm 1/4"),
    ],
)
def test_it_finds_what_the_pattern_finds(pattern, text):
    found = watched(pattern).search(text)
    assert found is not None
    assert [m.span() for m in watched(pattern).finditer(text)] == [found.span()]


def test_a_text_without_its_words_is_not_served():
    pattern = watched("mật độ")
    assert not served("Toàn tỉnh có 12 xã") & pattern.bit
    assert pattern.search("Toàn tỉnh có 12 xã") is None
    assert not list(pattern.finditer("Toàn tỉnh có 12 xã"))


def test_a_pattern_made_later_is_known_for_texts_asked_before():
    text = "nuôi 12 con hươu"
    served(text)
    assert watched("hươu").search(text) is not None


def test_the_patterns_of_the_facts_keep_their_matches():
    texts = [value for name in PROSE for row in _rows(name) for value in row.values() if value]
    found = 0
    for row in rows("prose_noise.csv"):
        pattern = watched(row["pattern"])
        plain = [text for text in texts if pattern.pattern.search(text)]
        assert [text for text in texts if pattern.search(text)] == plain
        found += len(plain)
    assert found > 50


def _rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
