"""What surrounds an article on a page saved as plain text: teasers, counters, contacts, menus.

The reader of HTML marks these by the page's structure; in plain text only the words and their order
are left. Behind a heading such as "Tin liên quan" nothing belongs to the article any more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.facts import rows
from normalizers.seeking import Sought, sought
from solieu.model import Passage

_LONGEST_LINK = 160
_MARKS = " *•-–+>»▶►→"


def _cues(role: str) -> list[str]:
    return [r["pattern"] for r in rows("boilerplate_cues.csv") if r["role"] == role]


@lru_cache(maxsize=1)
def _alone() -> re.Pattern[str]:
    """An end cue that is the whole line: "Xem thêm: Giá vàng hôm nay" is one link in an article."""
    return re.compile(
        rf"(?:{'|'.join(_cues('end'))})(?:\s+\w+){{0,2}}[\s:.…»>()\d]*", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _link() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_cues('end'))})\s*[:>»]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _line() -> tuple[re.Pattern[str], Sought]:
    """What a line that is none of the article's begins with, and what stands anywhere in one."""
    begins = [p for p in _cues("line") if p.startswith("^")]
    holds = [p for p in _cues("line") if not p.startswith("^")]
    return re.compile("|".join(begins), re.IGNORECASE), sought("|".join(holds))


def boilerplate(passages: Sequence[Passage]) -> set[int]:
    """Positions in `passages` that are no part of the article."""
    end = _article_end(passages)
    return {
        i
        for i, passage in enumerate(passages)
        if i >= end or passage.kind == "boilerplate" or _beside(passage.text.strip())
    }


def _beside(text: str) -> bool:
    """A line that stands in the article without being part of it: a counter, an address, a link."""
    begins, holds = _line()
    if begins.match(text) or holds.search(text):
        return True
    return len(text) < _LONGEST_LINK and _link().match(text.lstrip(_MARKS)) is not None


def _article_end(passages: Sequence[Passage]) -> int:
    """The first line that opens what follows an article; no page ends before its text began."""
    seen = 0
    for i, passage in enumerate(passages):
        text = passage.text.strip()
        if seen > 200 and _alone().fullmatch(text):
            return i
        if passage.kind in {"paragraph", "item"}:
            seen += len(text)
    return len(passages)


_CELL = re.compile(r"[-+(]?\d[\d.,]*%?\)?")


def is_torn_row(sentence: str) -> bool:
    """A table's row without its head: "3 Đàn gia cầm 1000 con 159 146 147 91,6" says nothing."""
    last = sentence.rsplit(maxsplit=3)[1:] if sentence[-1:] in "0123456789%)" else []
    return len(last) == 3 and all(map(_CELL.fullmatch, last))
