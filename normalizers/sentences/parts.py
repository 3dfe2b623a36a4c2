"""Parts of a report whose heading stands on two lines: "Phần thứ nhất" over what it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from solieu.model import Passage
from solieu.quick import replace

_BARE = re.compile(
    r"\W*(?:phần|chương|mục) (?:thứ )?(?:nhất|hai|ba|bốn|tư|một|[ivx]{1,4}|\d{1,2}|[abcd])\W*",
    re.IGNORECASE,
)
_FIRST = "pcmPCM"
_LONGEST = 160


def with_parts_named(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, with the line under "Phần thứ nhất" as the heading of that part."""
    if not any(_is_bare(passage.text) for passage in passages):
        return tuple(passages)
    named: list[Passage] = []
    bare = title = ""
    for passage in passages:
        if bare and not title and _may_name(passage):
            title = passage.text
            named.append(replace(passage, kind="heading"))
        elif title and passage.section and passage.section[-1] == bare:
            named.append(replace(passage, section=(*passage.section[:-1], title)))
        else:
            named.append(passage)
        if _is_bare(passage.text):
            bare, title = passage.text, ""
        elif bare and not title:
            bare = ""
    return tuple(named)


def _is_bare(text: str) -> bool:
    first = text[:1]  # of most lines this letter alone says no
    return (first in _FIRST or not first.isalnum()) and _BARE.fullmatch(text) is not None


def _may_name(passage: Passage) -> bool:
    text = passage.text.strip()
    return len(text) <= _LONGEST and text[-1:] not in ".;,:" and passage.kind != "item"
