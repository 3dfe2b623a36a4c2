"""Whole sentences are asked for words by watched or sought patterns; the plain ones are explained.

A plain pattern tries every letter of a sentence to say that nothing is there, which takes ten times
as long as a look for its words, and there are hundreds of patterns.
"""

import importlib
import pkgutil
import re
import sys

import pytest

import normalizers
from normalizers.sentences import reading
from tests.releases import read, releases

FILES = ("releases_1.csv", "releases_2.csv", "adapted_releases_1.csv")
ROOMS = ("context", "measures", "metrics", "periods", "quantities", "regions", "sentences", "units")
PLAIN = {
    "sentences.parsing._DIGIT": "one letter of a class, and most sentences hold one",
    "quantities.not_figures._NEAR": "numbers are no words",
    "quantities.not_figures._ANCHOR": "numbers are no words",
    "context.dates.DATE": "numbers are no words",
    "context.head.DATE": "numbers are no words",
    "sentences.when.document_years._YEAR": "numbers are no words",
    "sentences.when.document_years._YEAR_IN": "numbers are no words",
    "periods.spots._START": "may begin with fifty words, and most sentences hold one",
    "quantities.reading._DIGITS": "numbers are no words",
    "regions.mentions._scanner": "any capital letter may begin a name",
    "regions.mentions._scanner_of": "any capital letter may begin a name",
    "context.sole._NAMES": "any capital letter of a title may begin a name",
    "context.issuers.issuer_pattern": "hundreds of offices, by their first letters",
    "sentences.clauses._END": "looks for six letters, each of which ends sentences",
    "context.dates._STOP": "a full stop, which most lines hold",
}
"""Patterns that whole sentences are asked as they are, and why."""
_OF_TEXTS = 1000
"""Caches of more entries hold texts: what was read before would not be asked again."""


class Asked:
    """A pattern that notes which texts it was asked from their first to their last letter."""

    def __init__(self, pattern, texts):
        self._pattern, self._texts = pattern, texts

    def __getattr__(self, name):
        return getattr(self._pattern, name)

    def _noted(self, text, start=0, end=sys.maxsize):
        anchored = self._pattern.pattern.startswith("^")
        if start == 0 and end >= len(text) and not anchored:
            self._texts.add(text)

    def search(self, text, *span):
        self._noted(text, *span)
        return self._pattern.search(text, *span)

    def finditer(self, text, *span):
        self._noted(text, *span)
        return self._pattern.finditer(text, *span)

    def sub(self, new, text, count=0):
        self._noted(text)
        return self._pattern.sub(new, text, count)


def _modules():
    for module in pkgutil.walk_packages(normalizers.__path__, "normalizers."):
        if module.name.split(".")[1] in ROOMS:
            yield importlib.import_module(module.name)


def _noting(patched, module, asked):
    """The module's patterns, and those that its cached functions make, note what they are asked."""
    for name, value in list(vars(module).items()):
        key = f"{module.__name__.removeprefix('normalizers.')}.{name}"
        if isinstance(value, re.Pattern):
            patched.setattr(module, name, Asked(value, asked.setdefault(key, set())))
        elif hasattr(value, "cache_clear") and value.__module__ == module.__name__:
            patched.setattr(module, name, _made(value, asked.setdefault(key, set())))


def _made(cached, texts):
    def made(*args, **kwargs):
        found = cached(*args, **kwargs)
        return Asked(found, texts) if isinstance(found, re.Pattern) else found

    made.cache_clear, made.cache_parameters = cached.cache_clear, cached.cache_parameters
    return made


def _forget():
    for module in _modules():
        for value in vars(module).values():
            size = getattr(value, "cache_parameters", dict)().get("maxsize") or 0
            if size > _OF_TEXTS:
                value.cache_clear()


def _asked_whole(patched):
    """The plain patterns that sentences were asked from end to end."""
    asked, sentences = {}, set()

    def parsed(text, *args):
        sentences.add(text)
        return parse(text, *args)

    for module in _modules():
        _noting(patched, module, asked)
    parse = reading.parse
    patched.setattr(reading, "parse", parsed)
    _forget()
    for name in FILES:
        for release in releases(name):
            read(release)
    return {name for name, texts in asked.items() if texts & sentences}


@pytest.fixture(scope="module")
def asked_whole():
    with pytest.MonkeyPatch.context() as patched:
        yield _asked_whole(patched)


def test_whole_sentences_are_asked_for_words_first(asked_whole):
    plain = asked_whole - set(PLAIN)
    assert plain == set(), "make them with `sought` or `watched` instead of `re.compile`"


def test_what_is_explained_is_asked(asked_whole):
    assert set(PLAIN) - asked_whole == set()


def test_a_plain_pattern_is_noticed():
    texts = set()
    plain = Asked(re.compile("ca"), texts)
    assert plain.search("có 5 ca") is not None
    assert plain.search("mưa to", 1) is None
    assert list(plain.finditer("không có", 0, 4)) == []
    assert plain.sub("", "ca mới") == " mới"
    assert Asked(re.compile("^ca"), texts).search("5 ca") is None
    assert texts == {"có 5 ca", "ca mới"}
