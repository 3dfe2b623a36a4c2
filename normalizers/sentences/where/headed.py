"""Parts of a text under the name of a unit: "Huyện Một", and below it what holds there.

The name may stand without its type, and a few words on the unit behind it: "2. Khánh Hòa",
"Khánh Hòa - điểm sáng tăng trưởng".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from normalizers.context import DocumentContext
from normalizers.regions import resolve
from normalizers.spelling import NAME_WORD
from solieu.model import Passage, Region

_MARK = r"\W*(?:(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]\s*)?"
_NAME = re.compile(
    rf"{_MARK}"
    r"((?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|tx\.?|phường|xã|thị trấn|đặc khu) "
    r"[^\d:.,;()]{2,40})\s*:?\s*",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{_MARK}({NAME_WORD}(?:(?: | [-–] (?=Vũng)){NAME_WORD}){{1,3}})\s*"
    rf"(?::?|(?: [-–]|:) (?!{NAME_WORD} {NAME_WORD})[^\d.;]{{8,60}})[:.!]?\s*"
)
_LONGEST = 90
_DIGIT = re.compile(r"\d")
_FEWEST = 2


def units_over(
    passages: Sequence[Passage], skipped: Collection[int], context: DocumentContext
) -> dict[int, Region]:
    """Passage to the unit under whose name it stands, where at least two units have such parts.

    The last part is as long as the longest before it: what follows sums the parts up.
    """
    kept = [i for i in range(len(passages)) if i not in skipped]
    told = {a for a, b in pairwise(kept) if any(map(str.isdigit, passages[b].text))}
    heads = {i: r for i in kept if (r := _unit(passages[i], context, bare=i in told)) is not None}
    parts = [part for part in _parts(kept, heads) if _says_figures(passages, part)]
    levels = {heads[part[0]].level for part in parts}
    units = {heads[part[0]].code for part in parts}
    if len(units) < _FEWEST or len(levels) > 1 or len(parts) < len(heads):
        return {}
    longest = max(len(part) for part in parts[:-1])
    return {i: heads[part[0]] for part in parts for i in part[:longest] if i != part[0]}


def _unit(passage: Passage, context: DocumentContext, *, bare: bool) -> Region | None:
    """The unit inside the document's territory that the passage names, and names alone.

    A `bare` name may only stand over figures: a reporter's signs a text as well.
    """
    if len(passage.text) > _LONGEST or passage.kind == "title":
        return None
    name = _NAME.fullmatch(passage.text)
    if name is None:
        return _unit_of_bare(passage.text, context) if bare else None
    found = resolve(name[1].strip(), context.on, context.region).region
    return found if found is not None and found != context.region and found.code else None


_PROVINCES = ("tỉnh", "thành phố")
_DISTRICTS = ("huyện", "thị xã", "thành phố", "quận")


def _unit_of_bare(text: str, context: DocumentContext) -> Region | None:
    """The unit right below the document's whose name is the line, or leads what it says of it."""
    name, over = _BARE.fullmatch(text), context.region
    if name is None or (over is not None and over.level not in {"country", "province"}):
        return None
    kinds = _DISTRICTS if over is not None and over.level == "province" else _PROVINCES
    level = "district" if kinds is _DISTRICTS else "province"
    found = (resolve(f"{kind} {name[1]}", context.on, over) for kind in kinds)
    sure = (m.region for m in found if m.status == "one" and {*m.flags} <= _SURE)
    return next((r for r in sure if r is not None and r.level == level), None)


_SURE = {"alias", "bare"}


def _parts(kept: Sequence[int], heads: dict[int, Region]) -> list[list[int]]:
    """Each name with the passages up to the next one."""
    starts = [n for n, i in enumerate(kept) if i in heads]
    return [list(kept[a:b]) for a, b in pairwise([*starts, len(kept)])]


def _says_figures(passages: Sequence[Passage], part: Sequence[int]) -> bool:
    """Whether what follows the name directly holds a figure; in a list of names nothing does."""
    return len(part) > 1 and _DIGIT.search(passages[part[1]].text) is not None
