"""Where a match can begin is told to `re`; what is found where stays the same."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import normalizers
import solieu
from engines import patterns
from normalizers.seeking import Sought
from normalizers.watching import Watched

pytestmark = pytest.mark.skipif(not patterns.KNOWN, reason="this Python compiles as it does")
ROOT = Path(__file__).resolve().parents[1]


def told(text: str, flags: int = 0) -> set[str] | None:
    """The letters that a match begins with, as told to `re`."""
    from engines import first_letters

    parsed = importlib.import_module("re._parser").parse(text, flags)
    items = first_letters.charset(parsed, flags | parsed.state.flags)
    return items and {chr(what) if type(what) is int else str(what) for _, what in items}


@pytest.mark.parametrize(
    ("text", "flags", "letters"),
    [
        (r"\b(?:tăng|giảm)\b", 0, set("tg")),
        (r"\b(?:tăng|giảm)\b", re.IGNORECASE, set("tTgG")),
        (r"(?<!\d)(?:19|20)\d\d", re.IGNORECASE, set("12")),
        (r"(?<![\w/])(?i:k)m", 0, {"k", "K", "\u212a"}),
        (r"đạt|(?-i:Đ)ã", re.IGNORECASE, set("đĐ")),
        (r"ſ", re.IGNORECASE, set("sSſ")),
        (r"(?=[A-C])\w+", 0, {"(65, 67)"}),
        (r"(?=[a-c])\w+", re.IGNORECASE, set("abcABC")),
        (r"\(?x?y", 0, set("(xy")),
        (r"(?:(?!).|a)b", 0, set("a")),
        (r"(?>ab|c)", 0, set("ac")),
        (r"\d{2}", 0, {"CATEGORY_DIGIT"}),
        (r"\d*x", 0, {"CATEGORY_DIGIT", "x"}),
        (r".x", 0, None),
        (r"\w+x", 0, None),
        (r"[^a]b", 0, None),
        (r"(a)?(?(1)b|c)", 0, None),
        (r"a*", 0, None),
    ],
)
def test_letters_that_a_match_begins_with(text, flags, letters):
    assert told(text, flags) == letters


def ours() -> list[re.Pattern[str]]:
    """Every pattern that a module holds."""
    found = []
    for package in (normalizers, solieu):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("loading"):
                continue
            for held in vars(importlib.import_module(module.name)).values():
                one = held.pattern if isinstance(held, Sought | Watched) else held
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    found.append(one)
    return list(dict.fromkeys(found))


def lines() -> list[str]:
    """Lines of the samples, as they are and as a headline prints them."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "samples").rglob("*.txt"))]
    data = sorted((ROOT / "tests" / "data").glob("looked_at_releases_[12].csv"))
    texts += [p.read_text(encoding="utf-8")[:5_000] for p in data]
    said = [line for text in texts for line in text[:3_000].splitlines() if line.strip()]
    return [*said, *(line.upper() for line in said[::5])]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Each pattern compiled with and without its first letters."""
    using = patterns.Patterns(tmp_path_factory.mktemp("kept") / "patterns")
    every = ours()
    bare = [(p.pattern, int(p.flags) & ~re.UNICODE) for p in every]
    using.end()
    re.purge()
    without = [re.compile(text, flags) for text, flags in bare]
    using.begin()
    re.purge()
    with_letters = [re.compile(text, flags) for text, flags in bare]
    using.end()
    re.purge()
    yield list(zip(without, with_letters, strict=True))
    for begun in patterns._begun:
        begun.begin()


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], ...]]:
    return [hit.regs for hit in pattern.finditer(text)]


def test_most_patterns_have_letters(both):
    assert len(both) > 1000
    assert sum(one != other for one, other in both) > len(both) / 3


def test_nothing_else_is_found(both):
    said = lines()
    assert len(said) > 40
    whole = "\n".join(said)
    for one, other in both:
        assert spans(one, whole) == spans(other, whole), one.pattern


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aAăĂđĐkK\u212asSſiİıIßẞ12 .,(–", max_size=30))
def test_letters_of_either_case_are_the_same_letters(both_cases, text):
    for one, other in both_cases:
        assert spans(one, text) == spans(other, text)


@pytest.fixture(scope="module")
def both_cases(tmp_path_factory):
    told = [r"\b[a-k]+", r"\bk|\bs|\bi", r"(?<!x)ß", r"\bđ\w*", r"[ăđ]\b", r"(?<=\s)[iſ]"]
    using = patterns.Patterns(tmp_path_factory.mktemp("kept") / "patterns")
    re.purge()
    without = [re.compile(text, re.IGNORECASE) for text in told]
    using.begin()
    re.purge()
    with_letters = [re.compile(text, re.IGNORECASE) for text in told]
    using.end()
    re.purge()
    return list(zip(without, with_letters, strict=True))
