"""Patterns that look for their words first, and only where a match can begin.

Most rules of prose ask a piece of a sentence for words that are not there, and a regular expression
tries every letter of it. What a pattern cannot match without is read off the pattern, as in
`watching`, which is for sentences that dozens of rules ask. So is how far before the end a match
can begin where the pattern ends at the end ("giao cho …" right before a figure).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from sys import maxsize
from typing import Any

from normalizers.needing import groups_of, needed, parsed
from normalizers.watching import holds_each, lowered

_parser: Any = import_module("re._parser")
_FARTHEST = 200
"""Letters from which it is no shorter way to look at the end only."""
_SPACE = "[(IN, [(CATEGORY, CATEGORY_SPACE)])]"


class Sought:
    """A pattern with what it cannot match without, and where its matches begin."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        items = parsed(pattern)
        words, groups = needed(pattern), [tuple(sorted(g)) for g in groups_of(pattern)]
        if words and (not groups or len(groups[0]) > len(words)):
            groups.insert(0, tuple(sorted(words)))
        self.groups = tuple(groups)
        self.first = groups[0] if groups else ("",)
        """Of which a text must hold one, asked before all else; every text holds the empty one."""
        self.reach = _reach(items, pattern.flags)
        self.anchored = _from_the_start(items, pattern.flags)
        self._found = pattern.match if self.anchored else pattern.search

    @property
    def asks_first(self) -> bool:
        """Is there anything it cannot match without?"""
        return bool(self.groups)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        said = lowered(text)
        for need in self.first:
            if need in said:
                return self._search(text, start, end)
        return None

    def _search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        if end < len(text):
            text = text[:end]
        if self.reach is not None:
            start = max(start, len(text.rstrip()) - self.reach)
        near = lowered(text[start:] if start else text)
        return self._found(text, start) if holds_each(near, self.groups) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text) if self._served(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self._served(text) else iter(())

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        if not self._served(text) or (self.anchored and self.pattern.match(text) is None):
            return text
        return self.pattern.sub(new, text)

    def _served(self, text: str) -> bool:
        return holds_each(lowered(text), self.groups)


def sought(pattern: str, flags: int = re.IGNORECASE) -> Sought:
    """`re.compile` for a pattern that asks a text for words it seldom holds."""
    return Sought(re.compile(pattern, flags))


def reach(pattern: re.Pattern[str]) -> int | None:
    r"""How many letters before the end a match begins at most, blanks at the end not counted.

    None where the pattern need not end there or may be of any length.

    >>> reach(re.compile(r"từ(?: mức| trên)?\s*$")), reach(re.compile(r"giao[^;]*$"))
    (7, None)
    """
    return _reach(parsed(pattern), pattern.flags)


def _reach(whole: Any, flags: int) -> int | None:
    *items, last = [*whole] or [(None, None)]
    if (
        flags & re.MULTILINE
        or str(last[0]) != "AT"
        or str(last[1]) not in {"AT_END", "AT_END_STRING"}
    ):
        return None
    if items and _is_blanks(items[-1]):
        items.pop()
    longest = int(_parser.SubPattern(whole.state, items).getwidth()[1])
    return longest if longest <= _FARTHEST else None


def _from_the_start(items: Any, flags: int) -> bool:
    """Whether it begins with "^": at all other letters it would be tried in vain."""
    first = next(iter(items), (None, None))
    return not flags & re.MULTILINE and str(first[1]) == "AT_BEGINNING"


def _is_blanks(item: Any) -> bool:
    operation, value = item
    if str(operation) != "MAX_REPEAT":
        return False
    return str(value[-1]) == _SPACE
