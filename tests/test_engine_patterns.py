"""Patterns that were compiled before are the same as those compiled now, or are compiled again."""

import re
import sys

import pytest

from engines import patterns

TEXTS = [
    (r"\d+(?:[.,]\d+)*", 0),
    (r"(?P<year>năm \d{4})|(?P<month>tháng (\d{1,2}))(?!\d)", re.IGNORECASE),
    (r"(?<![^\W\d_])(?:Đắk|Đăk|Đắc)\s*[-–]?\s*(Lắk|Nông)(?(1)x|y)", 0),
    (r"^(?i:tỷ) [A-ZĐ]+ # đồng $", re.MULTILINE | re.VERBOSE),
    ("a" * 200 + "|(b)", re.ASCII),
    ("", 0),
]


@pytest.fixture
def using(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    begun = []

    def use():
        begun.append(patterns.Patterns(tmp_path / "kept" / "patterns"))
        begun[-1].begin()
        re.purge()
        return begun[-1]

    yield use
    for used in begun:
        used.end()
    re.purge()


def kept(using, texts):
    first = using()
    for text, flags in texts:
        re.compile(text, flags)
    first.keep()
    first.end()
    return first


@pytest.mark.parametrize(("text", "flags"), TEXTS)
def test_a_kept_pattern_is_the_one_that_re_compiles(using, text, flags):
    compiling = using()
    fresh = re.compile(text, flags)
    compiling.end()
    re.purge()
    kept(using, TEXTS)
    second = using()
    made = re.compile(text, flags)
    assert not second.new
    assert made is not fresh
    assert made == fresh
    assert (made.flags, made.groups, dict(made.groupindex)) == (
        fresh.flags,
        fresh.groups,
        dict(fresh.groupindex),
    )
    said = "Năm 2024, Đắk Lắk thu 1.204,5 tỷ ĐỒNG; tháng 12 năm 2022"
    found = [(m.span(), m.groupdict(), m.lastgroup) for m in made.finditer(said)]
    assert found == [(m.span(), m.groupdict(), m.lastgroup) for m in fresh.finditer(said)]


def test_other_flags_make_another_pattern(using):
    kept(using, [("năm", 0)])
    using()
    assert re.compile("năm", re.IGNORECASE).fullmatch("NĂM")
    assert not re.compile("năm").fullmatch("NĂM")


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b[:7], lambda b: b + b"x",
                                   lambda b: b[:60] + bytes([b[60] ^ 1]) + b[61:]])  # fmt: skip
def test_what_is_damaged_is_thrown_away(using, spoil):
    file = kept(using, TEXTS).file
    file.write_bytes(spoil(file.read_bytes()))
    again = using()
    assert not again.known
    assert not file.exists()
    assert re.compile(*TEXTS[0]).fullmatch("1.204,5")


def test_another_python_compiles_for_itself(using, monkeypatch):
    kept(using, TEXTS)
    monkeypatch.setattr(patterns, "_PYTHON", b"another")
    assert not using().known


def test_what_several_processes_add_is_all_there(using):
    one, other = using(), using()
    one.begin()
    re.compile("một")
    other.begin()
    re.compile("hai")
    one.keep()
    other.keep()
    assert {"một", "hai"} <= {text for text, _ in using().known}


def test_workers_keep_long_patterns_only(using):
    used = using()
    re.compile("a" * patterns.LONG)
    re.compile("Phú Mỹ")
    used.keep(patterns.LONG)
    assert {text for text, _ in using().known} == {"a" * patterns.LONG}


def test_a_file_that_grew_too_large_is_begun_anew(using, monkeypatch):
    kept(using, [("cũ", 0)])
    monkeypatch.setattr(patterns, "MOST_BYTES", 10)
    used = using()
    re.compile("mới")
    used.keep()
    assert {text for text, _ in using().known} == {"mới"}


def test_where_python_writes_no_byte_code_nothing_is_kept(using, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert not kept(using, TEXTS).file.exists()


def test_a_folder_that_cannot_be_written_to_is_no_error(using, tmp_path):
    (tmp_path / "kept").write_text("a file is here")
    assert kept(using, TEXTS).known


def test_bytes_and_mistakes_are_left_to_re(using):
    used = using()
    assert re.compile(rb"\d+").fullmatch(b"12")
    with pytest.raises(re.error):
        re.compile("(")
    assert not used.new
