"""One pattern for many words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_Branches = dict[str, "_Branches"]
"""What may follow a letter, by letter; the empty one where a word may end."""


def any_of(words: Iterable[str], not_behind: Sequence[str] = ()) -> str:
    """A pattern for any of these words, the longest first, any run of spaces between them.

    Words that begin alike share a branch, so that a letter which none goes on with ends the search.
    What must not stand before a word is asked behind its first letter: that a pattern begins with
    letters is what lets the engine pass over all others.
    """
    root: _Branches = {}
    for word in words:
        at = root
        for letter in word:
            following = at.get(letter)
            if following is None:
                following = at[letter] = {}
            at = following
        at[""] = {}
    return _branched(root, not_behind)


def _branched(branches: _Branches, not_behind: Sequence[str] = ()) -> str:
    ways = [_way(letter, after, not_behind) for letter, after in branches.items() if letter]
    if not ways:
        return ""
    if len(ways) == 1 and "" not in branches:
        return ways[0]
    return f"(?:{'|'.join(ways)})" + ("?" if "" in branches else "")


def _way(letter: str, after: _Branches, not_behind: Sequence[str]) -> str:
    said = [_letter(letter), *(f"(?<!{before}{_letter(letter)})" for before in not_behind)]
    while len(after) == 1:
        ((letter, after),) = after.items()
        said.append(_letter(letter))
    return "".join(said) + _branched(after)


@lru_cache(maxsize=1024)
def _letter(letter: str) -> str:
    return " +" if letter == " " else re.escape(letter)
