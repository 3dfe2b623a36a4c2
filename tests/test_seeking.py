"""A sought pattern finds what it found before, and is not tried where it cannot match."""

import csv
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import normalizers
from normalizers.facts import rows
from normalizers.needs import reach
from normalizers.seeking import Sought, sought

DATA = Path(__file__).parent / "data"
REACHES = [
    (r"từ(?: mức| trên)?\s*$", 7),
    (r"(?<!hoạch )\bgiao(?: cho)?\s*$", 8),
    (r"\(\s*$", 1),
    (r"thu\b[^;]{0,20}$", 23),
    (r"giao[^;]*$", None),
    (r"nghị\s+quyết\s*$", None),
    (r"giao|chi\s*$", None),
    (r"giao cho", None),
    (r"(?m:giao)$", 4),
]


@pytest.mark.parametrize(("pattern", "letters"), REACHES)
def test_how_far_from_the_end_a_match_begins(pattern, letters):
    assert reach(re.compile(pattern, re.IGNORECASE)) == letters


@pytest.mark.parametrize(
    ("pattern", "text", "span"),
    [
        (r"giao(?: cho)?\s*$", "Kế hoạch UBND tỉnh GIAO cho  ", (19, 29)),
        (r"giao(?: cho)?\s*$", "giao cho huyện", None),
        (r"(?<!được )giao\s*$", "chỉ tiêu được giao", None),
        (r"\bgiao\s*$", "Bàngiao", None),
        (r"^\s*lần\b", " lần thứ hai", (0, 4)),
        (r"^\s*lần\b", "2 lần", None),
        (r"^năm|^tháng", "tháng 5", (0, 5)),
        (r"\d+\s*$", "năm 2024", (4, 8)),
    ],
)
def test_it_finds_what_the_pattern_finds(pattern, text, span):
    plain = re.compile(pattern, re.IGNORECASE).search(text)
    found = sought(pattern).search(text)
    assert (found and found.span()) == (plain and plain.span()) == span


def test_what_is_replaced_and_what_is_listed():
    hoped = sought("phấn đấu ")
    assert hoped.sub("", "kế hoạch phấn đấu 5%") == "kế hoạch 5%"
    assert hoped.sub("", "kế hoạch 5%") == "kế hoạch 5%"
    assert [m.start() for m in hoped.finditer("phấn đấu phấn đấu ")] == [0, 9]
    assert not list(hoped.finditer("kế hoạch"))


def test_a_search_may_begin_later_and_end_earlier():
    assert sought("giao").search("giao chỉ tiêu", 1) is None
    assert sought("chỉ tiêu").search("giao chỉ tiêu", 0, 8) is None
    assert sought(r"giao\s*$").search("được giao chỉ tiêu", 0, 10).span() == (5, 10)


def test_what_begins_at_the_start_is_replaced_there_only():
    labelled = sought(r"^\W*(?:Ông|Bà)[^:]*:", flags=0)
    assert labelled.sub("", "- Ông A: có 5 xã") == " có 5 xã"
    assert labelled.sub("", "Theo Ông A: có 5 xã") == "Theo Ông A: có 5 xã"
    assert labelled.match("Bà B: 5") is not None
    assert labelled.match("Xã B: 5") is None


def _patterns():
    """Every sought pattern of the normalizers, and the noise around figures."""
    for module in pkgutil.walk_packages(normalizers.__path__, "normalizers."):
        names = vars(importlib.import_module(module.name))
        yield from (one for one in names.values() if isinstance(one, Sought))
    yield from (sought(row["pattern"]) for row in rows("prose_noise.csv"))


def test_the_patterns_of_the_rules_keep_their_matches():
    texts = [text for row in _prose() for text in row.values() if text]
    pieces = [text[:end] for text in texts for end in range(len(text), 0, -37)]
    found = 0
    for pattern in _patterns():
        plain = [_span(pattern.pattern.search(piece)) for piece in pieces]
        assert [_span(pattern.search(piece)) for piece in pieces] == plain
        found += sum(span is not None for span in plain)
    assert found > 100


def _span(match):
    return match and match.span()


def _prose():
    for name in ("prose_wordings", "releases_1", "period_mentions"):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
