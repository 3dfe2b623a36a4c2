"""What surrounds an article on a page saved as plain text: teasers, counters, contacts, menus.

The reader of HTML marks these by the page's structure; in plain text only the words and their order
are left. Behind a heading such as "Tin liên quan" nothing belongs to the article any more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.spelling import rows
from solieu.model import Passage


@lru_cache(maxsize=4)
def _cues(role: str) -> re.Pattern[str]:
    patterns = (r["pattern"] for r in rows("boilerplate_cues.csv") if r["role"] == role)
    return re.compile("|".join(patterns), re.IGNORECASE)


def boilerplate(passages: Sequence[Passage]) -> set[int]:
    """Positions in `passages` that are no part of the article."""
    end = _article_end(passages)
    return {
        i
        for i, passage in enumerate(passages)
        if i >= end or passage.kind == "boilerplate" or _cues("line").search(passage.text.strip())
    }


def _article_end(passages: Sequence[Passage]) -> int:
    """The first line that opens what follows an article; no page ends before its text began."""
    seen = 0
    for i, passage in enumerate(passages):
        text = passage.text.strip()
        if seen > 200 and len(text) < 60 and _cues("end").match(text):
            return i
        if passage.kind in {"paragraph", "item"}:
            seen += len(text)
    return len(passages)
