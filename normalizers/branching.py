"""One pattern for many words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


class _Branches(dict[str, "_Branches"]):
    """What may follow a letter, by letter; `ends` where a word may end there."""

    def __init__(self) -> None:
        super().__init__()
        self.ends = False


def any_of(words: Iterable[str], not_behind: Sequence[str] = ()) -> str:
    """A pattern for any of these words, the longest first, any run of spaces between them.

    Words that begin alike share a branch, so that a letter which none goes on with ends the search.
    What must not stand before a word is asked behind its first letter: that a pattern begins with
    letters is what lets the engine pass over all others.
    """
    root = _Branches()
    for word in words:
        at = root
        for letter in word:
            at = at.setdefault(letter, _Branches())
        at.ends = True
    return _branched(root, not_behind)


def _branched(branches: _Branches, not_behind: Sequence[str] = ()) -> str:
    ways = [
        _letter(letter)
        + "".join(f"(?<!{before}{_letter(letter)})" for before in not_behind)
        + _branched(after)
        for letter, after in branches.items()
    ]
    if not ways:
        return ""
    if len(ways) == 1 and not branches.ends:
        return ways[0]
    return f"(?:{'|'.join(ways)})" + ("?" if branches.ends else "")


def _letter(letter: str) -> str:
    return " +" if letter == " " else re.escape(letter)
