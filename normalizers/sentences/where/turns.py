"""Lists in turn: "A và B, lần lượt là x và y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from normalizers.regions import Mention
from normalizers.sentences.clauses import IN_TURN, Clause
from normalizers.sentences.where.mentions import level_of
from normalizers.sentences.where.placed import Placed, place_named
from normalizers.spelling import canonical


def listed_after(found: Sequence[Clause], at: int) -> list[int]:
    """The clauses of a list that begins behind `at`: between its figures only "và" or a comma."""
    after = [i for i, c in enumerate(found) if c.quantity.start > at]
    moved = bool(after) and _MOVED_IN_TURN.search(found[after[0]].left) is not None
    own = (i for i in after[1:] if not set(canonical(found[i].left).split()) <= _LINKS[moved])
    end = next(own, len(found))
    return [i for i in after if i < end]


_LINKS = {False: frozenset({"và", "là", "đạt", "âm"}), True: frozenset({"và", "tăng", "giảm"})}
_MOVED_IN_TURN = re.compile(r"\b(?:lần lượt|tương ứng) (?:tăng|giảm)\b", re.IGNORECASE)
"""As in "5 doanh nghiệp với 70 lao động, lần lượt tăng 42% và giảm 4,9%"."""


def respectively(
    sentence: str, found: Sequence[Clause], usable: Sequence[Mention]
) -> dict[int, Placed]:
    """The territories in "A và B, lần lượt là x và y", by the number of the clause."""
    cue = IN_TURN.search(sentence)
    if cue is None:
        return _two_each(sentence, found, usable)
    after = listed_after(found, cue.end())
    names = [m for m in usable if m.end <= cue.start()]
    if not after or len(names) < len(after):
        return {}
    chosen = names[-len(after) :]
    return {i: place_named(name) for i, name in zip(after, chosen, strict=True)}


_REACH = 80
_AND = re.compile(r"\s*và\s*")


def _two_each(
    sentence: str, found: Sequence[Clause], usable: Sequence[Mention]
) -> dict[int, Placed]:
    """Two names and two rates of one thing: "Xã A và B có tỷ lệ thấp nhất là 0,5% và 1,5%"."""
    for i, (one, two) in enumerate(pairwise(found)):
        names = [m for m in usable if one.start <= m.start < one.quantity.start][-2:]
        alike = one.quantity.unit == two.quantity.unit and canonical(two.left) == "và"
        if not alike or len(names) < 2 or _COMPARED.search(two.tail):
            continue
        near = one.quantity.start - names[1].end <= _REACH
        joined = _AND.fullmatch(sentence, names[0].end, names[1].start) is not None
        if near and joined and level_of(names[0]) == level_of(names[1]):
            return {i: place_named(names[0]), i + 1: place_named(names[1])}
    return {}


_COMPARED = re.compile(r"\bso (?:với|cùng)\b|\b(?:về|tương ứng)\b", re.IGNORECASE)
"""Two rates of one thing, and not of two places: "giảm 7% và 8% so với chỉ tiêu và cùng kỳ"."""
