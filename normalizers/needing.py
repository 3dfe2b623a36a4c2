"""What a pattern cannot match without, read off the pattern itself.

Words, which are looked up one by one, and phrases, which are looked for as they are written: most
texts hold "năm", few "mười năm qua".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import product
from typing import Any

WORD = re.compile(r"[^\W\d_]+")
_parse: Callable[[str, int], Any] = import_module("re._parser").parse


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Pieces of words, in lower case, of which every match holds one; none where none is sure.

    >>> sorted(needed(re.compile("(?<!chi )phí|(?:mức|giá) thu [0-9]+")))
    ['phí', 'thu']
    """
    return _told(pattern).words()


def groups_of(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Pieces of text, in lower case and as printed: every match holds one of each group.

    The most telling group comes first.

    >>> [sorted(group) for group in groups_of(re.compile("thông qua .* (?:mục tiêu|đề án)"))]
    [['thông qua '], [' mục tiêu', ' đề án']]
    """
    spelling = _told(pattern)
    spelling.phrases()
    groups = sorted(dict.fromkeys(spelling.groups), key=_telling, reverse=True)
    return tuple(groups[:_MOST_GROUPS])


# A pattern is asked for its words, its phrases and its reach, one after the other.
@lru_cache(maxsize=1)
def parsed(pattern: re.Pattern[str]) -> Any:
    """What the pattern is made of."""
    return _parse(pattern.pattern, pattern.flags)


@lru_cache(maxsize=1)
def _told(pattern: re.Pattern[str]) -> _Spelling:
    return _spelling(parsed(pattern))


def _spelling(items: Any) -> _Spelling:
    spelling = _Spelling()
    spelling.follow(items)
    return spelling


_NO_WIDTH = ("AT", "ASSERT_NOT")
_MOST_WAYS = 200
_MOST_PHRASES = 32
"""More of them take longer to look for than most patterns to be tried."""
_MOST_GROUPS = 3
_RUN = "\0"
"""Stands for a run of blanks: it parts words as one does, and may be printed otherwise."""


class _Spelling:
    """What a pattern spells out letter by letter, and the most telling of it so far.

    `open` holds all ways to write what was spelled since the last part that may be anything.
    """

    def __init__(self) -> None:
        self.best: frozenset[str] = frozenset()
        self.printed: frozenset[str] = frozenset()
        self.groups: list[frozenset[str]] = []
        """All that was printed and tells something: each of them is needed."""
        self.open = {""}
        self.exact = True
        """Nothing of it may be anything: `open` is all that it matches."""

    def words(self) -> frozenset[str]:
        self._end()
        return self.best

    def phrases(self) -> frozenset[str]:
        self._end()
        return self.printed

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
        letters = _letters(members)
        if letters:
            self._go_on(letters)
        else:
            self._end()

    def _group(self, value: Any) -> None:
        self.follow(value[-1])

    def _branch(self, value: Any) -> None:
        ways = [_spelling(items) for items in value[-1]]
        if all(way.exact for way in ways):
            self._go_on({text for way in ways for text in way.open})
            return
        self._end()
        self._offer_all(way.words() for way in ways)
        self._print_all(way.phrases() for way in ways)

    def _repeat(self, value: Any) -> None:
        least, most, items = value
        inner = _spelling(items)
        if inner.exact and most == 1:
            self._go_on(inner.open | ({""} if least == 0 else set()))
        elif least and inner.exact and inner.open == {" "}:
            self._go_on({_RUN})
        else:
            self._end()
            if least and inner.exact and len(inner.open) == 1:
                self._print({way * least for way in inner.open})
            self._offer_all([inner.words()] * min(least, 1))
            self._print_all([inner.phrases()] * min(least, 1))

    def _beside(self, value: Any) -> None:
        """What must follow stands in the text, too; what stands before may lie before its part."""
        direction, items = value
        if direction > 0:
            inner = _spelling(items)
            self._offer_all([inner.words()])
            self._print_all([inner.phrases()])

    def _go_on(self, ends: set[str]) -> None:
        if len(self.open) * len(ends) > _MOST_WAYS:
            self._end()
        if len(ends) <= _MOST_WAYS:  # else it may as well be anything
            self.open = {begun + end for begun, end in product(self.open, ends)}

    def _end(self) -> None:
        """Anything may follow what was spelled so far."""
        ways = [WORD.findall(way) for way in self.open]
        self._offer(frozenset(max(way, key=len, default="") for way in ways))
        if len(ways) > 1:
            self._offer(_shared(ways))
        self._print({max(way.split(_RUN), key=len) for way in self.open})
        self.open, self.exact = {""}, False

    def _offer_all(self, told: Iterable[frozenset[str]]) -> None:
        ways = list(told)
        if ways and all(ways):
            self._offer(frozenset().union(*ways))

    def _print_all(self, told: Iterable[frozenset[str]]) -> None:
        ways = list(told)
        if ways and all(ways):
            self._print({phrase for way in ways for phrase in way})

    def _offer(self, words: frozenset[str]) -> None:
        if words and "" not in words and _telling(words) > _telling(self.best):
            self.best = words

    def _print(self, phrases: set[str]) -> None:
        few: list[str] = []
        for phrase in sorted(phrases, key=lambda p: (len(p), p)):
            if not any(piece in phrase for piece in few):
                few.append(phrase)
            if len(few) > _MOST_PHRASES:
                return
        if "" in few:
            return
        if all(map(str.strip, few)):
            self.groups.append(frozenset(few))
        if _telling(few) > _telling(self.printed):
            self.printed = frozenset(few)


def _letters(members: Any) -> set[str]:
    """The letters between brackets in lower case, where they are listed and no long ranges."""
    codes: set[int] = set()
    for operation, value in members:
        first, last = (value, value) if str(operation) == "LITERAL" else (0, _LONGEST_RANGE)
        if str(operation) == "RANGE":
            first, last = value
        if last - first >= _LONGEST_RANGE:
            return set()
        codes.update(range(first, last + 1))
    return {chr(code).lower() for code in codes}


_LONGEST_RANGE = 8


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


def _telling(words: Collection[str]) -> tuple[int, int]:
    """Long words tell more than short ones, few more than many."""
    return (min(map(len, words), default=0), -len(words))
