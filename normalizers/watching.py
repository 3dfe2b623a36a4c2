"""Patterns that are tried only where a text holds one of the words that they cannot match without.

A sentence is asked by dozens of rules for their words, and most of these are not there. What a
pattern needs is read off the pattern itself; which patterns a word may serve is worked out once a
word, so that one look at each word of a sentence answers for all rules together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import count, product
from sys import maxsize
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_parse: Callable[[str, int], Any] = import_module("re._parser").parse
_bits: dict[str, int] = {}
"""Which patterns need a piece of a word, a bit for each."""
_LONGEST = 12
"""Letters of a piece that are looked up: no syllable has more, and runs without spaces may."""
_numbers = count(1)
_ALWAYS = 1
"""The bit of all patterns that need no word."""


class Watched:
    """A pattern with a bit of its own, which `served` sets for texts that it may match."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        needs = needed(pattern)
        self.bit = 1 << next(_numbers) if needs else _ALWAYS
        for need in needs:
            piece = need[:_LONGEST]
            _bits[piece] = _bits.get(piece, 0) | self.bit
        _served_by.cache_clear()
        served.cache_clear()

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        return self.pattern.search(text, start, end) if served(text) & self.bit else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text) if served(text) & self.bit else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text, start, end) if served(text) & self.bit else iter(())


def watched(pattern: str, flags: int = re.IGNORECASE) -> Watched:
    """`re.compile` for a pattern that asks whole sentences for words they seldom hold."""
    return Watched(re.compile(pattern, flags))


@lru_cache(maxsize=4096)  # the rules of a sentence ask one after the other
def served(text: str) -> int:
    """The patterns whose words the text holds, a bit for each."""
    found = _ALWAYS
    for word in set(_WORD.findall(text.lower())):
        found |= _served_by(word)
    return found


@lru_cache(maxsize=1 << 16)
def _served_by(word: str) -> int:
    found = 0
    for start in range(len(word)):
        for end in range(start + 1, min(start + _LONGEST, len(word)) + 1):
            found |= _bits.get(word[start:end], 0)
    return found


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Pieces of words, in lower case, of which every match holds one; none where none is sure.

    >>> sorted(needed(re.compile("(?<!chi )phí|(?:mức|giá) thu [0-9]+")))
    ['giá', 'mức', 'phí']
    """
    return spelt(parsed(pattern))


def parsed(pattern: re.Pattern[str]) -> Any:
    """What the pattern is made of."""
    return _parse(pattern.pattern, pattern.flags)


def spelt(items: Any) -> frozenset[str]:
    """The pieces of words that a parsed pattern needs."""
    spelling = _Spelling()
    spelling.follow(items)
    return spelling.words()


_NO_WIDTH = ("AT", "ASSERT_NOT")
_MOST_WAYS = 200


class _Spelling:
    """What a pattern spells out letter by letter, and the most telling words of it so far.

    `open` holds all ways to write what was spelled since the last part that may be anything.
    """

    def __init__(self) -> None:
        self.best: frozenset[str] = frozenset()
        self.open = {""}
        self.exact = True
        """Nothing of it may be anything: `open` is all that it matches."""

    def words(self) -> frozenset[str]:
        self._end()
        return self.best

    def follow(self, items: Any) -> None:
        steps = {
            "LITERAL": self._letter,
            "IN": self._one_of,
            "BRANCH": self._branch,
            "SUBPATTERN": self._group,
            "MAX_REPEAT": self._repeat,
            "MIN_REPEAT": self._repeat,
            "ASSERT": self._beside,
        }
        for operation, value in items:
            if str(operation) in steps:
                steps[str(operation)](value)
            elif str(operation) not in _NO_WIDTH:
                self._end()

    def _letter(self, code: int) -> None:
        self._go_on({chr(code).lower()})

    def _one_of(self, members: Any) -> None:
        if all(str(operation) == "LITERAL" for operation, _ in members):
            self._go_on({chr(code).lower() for _, code in members})
        else:
            self._end()

    def _group(self, value: Any) -> None:
        self.follow(value[-1])

    def _branch(self, value: Any) -> None:
        ways = [_Spelling() for _ in value[-1]]
        for way, items in zip(ways, value[-1], strict=True):
            way.follow(items)
        if all(way.exact for way in ways):
            self._go_on({text for way in ways for text in way.open})
            return
        self._end()
        told = [way.words() for way in ways]
        if all(told):
            self._offer(frozenset().union(*told))

    def _repeat(self, value: Any) -> None:
        least, most, items = value
        inner = _Spelling()
        inner.follow(items)
        # A run of blanks parts words as one does.
        if inner.exact and (most == 1 or (least and inner.open == {" "})):
            self._go_on(inner.open | ({""} if least == 0 else set()))
            return
        self._end()
        if least > 0:
            self._offer(inner.words())

    def _beside(self, value: Any) -> None:
        """What must follow stands in the text, too; what stands before may lie before its part."""
        direction, items = value
        if direction > 0:
            inner = _Spelling()
            inner.follow(items)
            self._offer(inner.words())

    def _go_on(self, ends: set[str]) -> None:
        if len(self.open) * len(ends) > _MOST_WAYS:
            self._end()
        if len(ends) <= _MOST_WAYS:  # else it may as well be anything
            self.open = {begun + end for begun, end in product(self.open, ends)}

    def _end(self) -> None:
        """Anything may follow what was spelled so far."""
        ways = [_WORD.findall(way) for way in self.open]
        self._offer(frozenset(max(way, key=len, default="") for way in ways))
        if len(ways) > 1:
            self._offer(_shared(ways))
        self.open, self.exact = {""}, False

    def _offer(self, words: frozenset[str]) -> None:
        if words and "" not in words and _telling(words) > _telling(self.best):
            self.best = words


def _shared(ways: Sequence[Sequence[str]]) -> frozenset[str]:
    """Few words of which every way holds one: first those that most of them share."""
    chosen: set[str] = set()
    left = list(ways)
    while left:
        counts = Counter(word for way in left for word in set(way))
        best = max(sorted(counts), key=lambda word: (counts[word], len(word)), default="")
        chosen.add(best)
        left = [way for way in left if best and best not in way]
    return frozenset(chosen)


def _telling(words: frozenset[str]) -> tuple[int, int]:
    """Long words tell more than short ones, few more than many."""
    return (min(map(len, words), default=0), -len(words))
