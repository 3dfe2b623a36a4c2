"""Patterns that look for their words first, and only where a match can begin.

Most rules of prose ask a piece of a sentence for words that are not there, and a regular expression
tries every letter of it. What a pattern cannot match without is read off the pattern, as in
`watching`, which is for sentences that dozens of rules ask. So is how far before the end a match
can begin where the pattern ends at the end ("giao cho …" right before a figure). A pattern is
compiled when a text first holds what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from sys import maxsize

from normalizers.needs import needs_of
from normalizers.watching import holds_each, lowered


class Sought:
    """A pattern with what it cannot match without, and where its matches begin."""

    def __init__(self, text: str, flags: int) -> None:
        self.text, self.flags = text, flags
        needs = needs_of(text, flags)
        words, groups = needs.words, needs.groups
        if words and (not groups or len(groups[0]) > len(words)):
            groups = (tuple(sorted(words)), *groups)
        self.groups = groups
        self.first = groups[0] if groups else ("",)
        """Of which a text must hold one, asked before all else; every text holds the empty one."""
        self.reach, self.anchored = needs.reach, needs.anchored

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.text, self.flags)

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
        if not holds_each(near, self.groups):
            return None
        if self.anchored:
            return self.pattern.match(text, start)
        return self.pattern.search(text, start)

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
    return Sought(pattern, flags)


class Together:
    """Patterns that one text is asked for in a row: most hold no word that any of them needs."""

    def __init__(self, *patterns: Sought) -> None:
        needed = {piece for pattern in patterns for piece in _rarest(pattern.groups)}
        self.needs = tuple(
            piece for piece in sorted(needed) if not any(n in piece for n in needed - {piece})
        )

    def may_match(self, text: str) -> bool:
        """May any of them match?"""
        said = lowered(text)
        for need in self.needs:  # noqa: SIM110 (a generator would take longer than most texts)
            if need in said:
                return True
        return False


def _rarest(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The group of which a text holds a piece most seldom, and is asked for in few looks."""
    return min(groups, key=lambda group: sum(2 + 200 * 0.5 ** len(p) for p in group), default=("",))
