"""What patterns cannot match without, kept in `data/needs.jsonl`: no start reads it off them.

Reading it off three hundred patterns takes as long as compiling them. The file is made from the
patterns by `UPDATE_GOLDEN=1 python3 dev.py test tests/test_needs.py`; what it does not hold is read
off, so a pattern that was changed since is only slower.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from normalizers.facts import DATA
from normalizers.needing import groups_of, needed, parsed

NAME = "needs.jsonl"
_parser: Any = import_module("re._parser")
_FARTHEST = 200
"""Letters from which it is no shorter way to look at the end only."""
_SPACE = "[(IN, [(CATEGORY, CATEGORY_SPACE)])]"


class Needs(NamedTuple):
    """What a pattern cannot match without, and where its matches begin."""

    words: tuple[str, ...]
    """Pieces of words, in lower case; every match holds one of them, if there are any."""
    groups: tuple[tuple[str, ...], ...]
    """Pieces of text, in lower case; every match holds one of each group."""
    reach: int | None
    """How many letters before the end a match begins at most, blanks at the end not counted."""
    anchored: bool
    """It begins at the start of the text: at all other letters it would be tried in vain."""


asked: dict[tuple[str, int], Needs] = {}
"""All that patterns were asked for so far."""


def needs_of(text: str, flags: int) -> Needs:
    """What the pattern of this text needs."""
    known = asked.get((text, flags))
    if known is None:
        known = _kept(key_of(text, flags)) or read_off(text, flags)
        asked[text, flags] = known
    return known


def key_of(text: str, flags: int) -> str:
    """The name of a pattern in the file."""
    return hashlib.blake2b(f"{int(flags)} {text}".encode(), digest_size=8).hexdigest()


def read_off(text: str, flags: int) -> Needs:
    """What the file says of the pattern, or would say."""
    pattern = re.compile(text, flags)
    return Needs(
        tuple(sorted(needed(pattern))),
        tuple(tuple(sorted(group)) for group in groups_of(pattern)),
        reach(pattern),
        _from_the_start(pattern),
    )


def _kept(key: str) -> Needs | None:
    if (said := _file().get(key)) is None:
        return None
    words, groups, reach, anchored = said
    return Needs(tuple(words), tuple(map(tuple, groups)), reach, anchored)


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    path = DATA / NAME
    lines = path.read_text(encoding="utf-8").strip().split("\n") if path.exists() else []
    # A line each, so that two changes of rules are put together line by line.
    return {key: needs for key, *needs in map(json.loads, lines)}


def reach(pattern: re.Pattern[str]) -> int | None:
    r"""How many letters before the end a match begins at most, blanks at the end not counted.

    None where the pattern need not end there or may be of any length.

    >>> reach(re.compile(r"từ(?: mức| trên)?\s*$")), reach(re.compile(r"giao[^;]*$"))
    (7, None)
    """
    whole = parsed(pattern)
    *items, last = [*whole] or [(None, None)]
    if (
        pattern.flags & re.MULTILINE
        or str(last[0]) != "AT"
        or str(last[1]) not in {"AT_END", "AT_END_STRING"}
    ):
        return None
    if items and _is_blanks(items[-1]):
        items.pop()
    longest = int(_parser.SubPattern(whole.state, items).getwidth()[1])
    return longest if longest <= _FARTHEST else None


def _from_the_start(pattern: re.Pattern[str]) -> bool:
    first = next(iter(parsed(pattern)), (None, None))
    return not pattern.flags & re.MULTILINE and str(first[1]) == "AT_BEGINNING"


def _is_blanks(item: Any) -> bool:
    operation, value = item
    if str(operation) != "MAX_REPEAT":
        return False
    return str(value[-1]) == _SPACE
