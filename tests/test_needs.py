"""What is kept of the patterns' needs is what the patterns say.

`UPDATE_GOLDEN=1 python3 dev.py test tests/test_needs.py` writes `normalizers/data/needs.jsonl` anew:
whenever many patterns were changed, since what the file lacks is read off them at each start.
"""

import importlib
import json
import os
import pkgutil
import re

import pytest

import normalizers
from normalizers import needs
from normalizers.facts import DATA
from solieu.model import Content, Passage

PATH = DATA / needs.NAME
TEXT = "Đến 31/5/2024, tỉnh có 83.554 người tham gia, vượt kế hoạch mười hai xã ĐH, CĐ. Ban hành"
LACKING = 0.2
"""Part of the patterns that may be missing: a change of a few rules is no change of the file."""


@pytest.fixture(scope="module")
def patterns():
    """All patterns that say what they need: those of the modules, those made when asked."""
    for module in pkgutil.walk_packages(normalizers.__path__, "normalizers."):
        importlib.import_module(module.name)
    normalizers.normalize(Content((Passage(TEXT, 1),)), "")
    return {needs.key_of(*pattern): pattern for pattern in needs.asked}


def test_the_file_says_what_the_patterns_say(patterns):
    if os.environ.get("UPDATE_GOLDEN"):
        told = [[key, *needs.read_off(*patterns[key])] for key in sorted(patterns)]
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in told)
        PATH.write_text("".join(lines), encoding="utf-8")
    rows = map(json.loads, PATH.read_text(encoding="utf-8").strip().split("\n"))
    kept = {key: told for key, *told in rows}
    shared = kept.keys() & patterns.keys()
    for key in shared:
        said = json.loads(json.dumps(needs.read_off(*patterns[key])))
        assert kept[key] == said, patterns[key]
    missing, unused = patterns.keys() - shared, kept.keys() - shared
    assert len(missing) <= LACKING * len(patterns), "write the file anew"
    assert len(unused) <= LACKING * len(patterns), "write the file anew"


def test_a_pattern_that_the_file_lacks_is_read_off():
    text = r"^\s*không có trong tệp \d+ (?:lần|lượt)\s*$"
    told = needs.needs_of(text, re.IGNORECASE)
    assert told == needs.read_off(text, re.IGNORECASE)
    assert told.groups[0] == ("không có trong tệp ",)
    assert (told.words, told.anchored) == (("không",), True)


def test_flags_make_another_pattern():
    assert needs.key_of("năm", 0) != needs.key_of("năm", re.IGNORECASE)
