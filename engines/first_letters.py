r"""Where a match of a pattern can begin, told to `re`, which asks it only of the plainest patterns.

A pattern that begins by a literal letter is looked for by that letter. One that begins by `\b`, by
a look behind it or in letters of either case is tried at every letter of a text instead, though its
first letter is known just as well. What is told here is what every match begins with at least, so
that nothing is found otherwise than before: only letters are passed over at which no match begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any

_sre: Any = import_module("_sre")
_casefix: Any = import_module("re._casefix")
_constants: Any = import_module("re._constants")
_combine: Any = import_module("re._compiler")._combine_flags  # noqa: SLF001
_LITERAL, _RANGE, _CATEGORY = _constants.LITERAL, _constants.RANGE, _constants.CATEGORY
_IGNORE, _LOCALE = _constants.SRE_FLAG_IGNORECASE, _constants.SRE_FLAG_LOCALE
_PLANE = 0x10000
_WIDEST = 512
"""Letters of a range that are told one by one where case does not count."""
_UNCASED = frozenset((_constants.CATEGORY_DIGIT, _constants.CATEGORY_SPACE))

Item = tuple[Any, Any]
"""A member of a set of letters, as `re` writes one: an operation and what it is of."""


class Unknown(Exception):
    """A match may begin with nearly anything."""


def charset(pattern: Any, flags: int) -> list[Item] | None:
    """What every match begins with a letter of; None where that is not known.

    Args:
        pattern: what `re._parser` makes of a pattern that matches one letter at least.
        flags: those that hold for all of it.
    """
    try:
        items, may_be_empty = _first(pattern.data, flags)
    except Unknown:
        return None
    return None if may_be_empty else sorted(items, key=repr) or None


def _first(data: Iterable[Item], flags: int) -> tuple[set[Item], bool]:
    """What a sequence begins with, and whether it may match nothing."""
    found: set[Item] = set()
    for op, what in data:
        if op is _constants.ASSERT and what[0] > 0 and not found:
            ahead = _looked_at(what[1], flags)
            if ahead is not None:
                return ahead, False
        items, may_be_empty = _of_one(op, what, flags)
        found |= items
        if not may_be_empty:
            return found, False
    return found, True


def _looked_at(data: Any, flags: int) -> set[Item] | None:
    """What a look ahead asks the first letter to be."""
    try:
        items, may_be_empty = _first(data, flags)
    except Unknown:
        return None
    return None if may_be_empty else items


def _of_one(op: Any, what: Any, flags: int) -> tuple[set[Item], bool]:
    if op is _constants.FAILURE or (op is _constants.ASSERT_NOT and not len(what[1])):
        return set(), False  # nothing begins so
    if op in _WITHOUT_WIDTH:
        return set(), True
    if op is _LITERAL:
        return _cased(what, flags), False
    if op is _constants.IN:
        return {item for told in what for item in _member(told, flags)}, False
    if op is _constants.BRANCH:
        ways = [_first(way, flags) for way in what[1]]
        return {item for items, _ in ways for item in items}, any(empty for _, empty in ways)
    return _of_part(op, what, flags)


def _of_part(op: Any, what: Any, flags: int) -> tuple[set[Item], bool]:
    if op is _constants.SUBPATTERN:
        _, added, taken, inner = what
        return _first(inner, _combine(flags, added, taken))
    if op is _constants.ATOMIC_GROUP:
        return _first(what, flags)
    if op in _REPEATS:
        least, _, inner = what
        items, may_be_empty = _first(inner, flags)
        return items, may_be_empty or least == 0
    raise Unknown


_WITHOUT_WIDTH = frozenset((_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT))
_REPEATS = frozenset((_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT))


def _member(told: Item, flags: int) -> Iterable[Item]:
    op, what = told
    if op is _LITERAL:
        return _cased(what, flags)
    if op is _CATEGORY and what in _UNCASED:
        return (told,)
    if op is _RANGE and not flags & _IGNORE:
        return (told,)
    if op is _RANGE and what[1] - what[0] < _WIDEST:
        return (item for letter in range(what[0], what[1] + 1) for item in _cased(letter, flags))
    raise Unknown


def _cased(letter: int, flags: int) -> set[Item]:
    """A letter, with all that are the same to `re` where case does not count."""
    if not flags & _IGNORE:
        return {(_LITERAL, letter)}
    if flags & _LOCALE or letter >= _PLANE:
        raise Unknown
    small = _sre.unicode_tolower(letter)
    alike = (small, *_casefix._EXTRA_CASES.get(small, ()))  # noqa: SLF001
    return {(_LITERAL, other) for one in alike for other in _written()[one]}


@lru_cache(maxsize=1)
def _written() -> dict[int, tuple[int, ...]]:
    """By a small letter, all letters that become it."""
    found: dict[int, tuple[int, ...]] = {}
    for letter in range(_PLANE):
        small = _sre.unicode_tolower(letter)
        found[small] = (*found.get(small, ()), letter)
    return found
