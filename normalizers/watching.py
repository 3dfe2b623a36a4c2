"""Patterns that are tried only where a text holds one of the words that they cannot match without.

A sentence is asked by dozens of rules for their words, and most of these are not there. What a
pattern needs is read off the pattern itself; which patterns a word may serve is worked out once a
word, so that one look at each word of a sentence answers for all rules together. Where a word is
there, the phrases are looked for that the pattern needs: "năm" is in most texts, "năm qua" in few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import count
from sys import maxsize

from normalizers.needs import needs_of

_bits: dict[str, int] = {}
"""Which patterns need a piece of a word, a bit for each."""
_LONGEST = 12
"""Letters of a piece that are looked up: no syllable has more, and runs without spaces may."""
_numbers = count(1)
_ALWAYS = 1
"""The bit of all patterns that need no word."""


class Watched:
    """A pattern with a bit of its own, which `served` sets for texts that it may match."""

    def __init__(self, text: str, flags: int) -> None:
        self.text, self.flags = text, flags
        needs = needs_of(text, flags)
        self.groups = tuple(group for group in needs.groups if not {*group} <= {*needs.words})
        self.bit = 1 << next(_numbers) if needs.words else _ALWAYS
        for need in needs.words:
            piece = need[:_LONGEST]
            _bits[piece] = _bits.get(piece, 0) | self.bit
        _served_by.cache_clear()
        served.cache_clear()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first holds what it needs: few documents ask for most of them."""
        return re.compile(self.text, self.flags)

    def may_match(self, text: str) -> bool:
        """Does the text, whose words serve the pattern, hold one of each group of its phrases?"""
        return holds_each(lowered(text), self.groups)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        served_here = served(text) & self.bit and self.may_match(text)
        return self.pattern.search(text, start, end) if served_here else None

    def match(self, text: str) -> re.Match[str] | None:
        served_here = served(text) & self.bit and self.may_match(text)
        return self.pattern.match(text) if served_here else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        served_here = served(text) & self.bit and self.may_match(text)
        return self.pattern.finditer(text, start, end) if served_here else iter(())


def holds_each(text: str, groups: tuple[tuple[str, ...], ...]) -> bool:
    """Does the text hold a piece of each group?"""
    for group in groups:
        for piece in group:  # a generator would take longer than most texts
            if piece in text:
                break
        else:
            return False
    return True


def watched(pattern: str, flags: int = re.IGNORECASE) -> Watched:
    """`re.compile` for a pattern that asks whole sentences for words they seldom hold."""
    return Watched(pattern, flags)


@lru_cache(maxsize=4096)  # the rules of a sentence ask one after the other
def served(text: str) -> int:
    """The patterns whose words the text holds, a bit for each."""
    found = _ALWAYS
    for word in set(lowered(text).split()):  # with its signs: no piece that is needed holds any
        found |= _served_by(word)
    return found


@lru_cache(maxsize=4096)  # what stands before a figure is asked by a dozen rules
def lowered(text: str) -> str:
    """The text in lower case."""
    return text.lower()


@lru_cache(maxsize=1 << 16)
def _served_by(word: str) -> int:
    found = 0
    for start in range(len(word)):
        for end in range(start + 1, min(start + _LONGEST, len(word)) + 1):
            found |= _bits.get(word[start:end], 0)
    return found
