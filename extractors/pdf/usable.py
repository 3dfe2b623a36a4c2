"""Whether a page's text can be used, or the page is a picture that must be recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from extractors.pdf.objects import PageObjects, Word

PageKind = Literal["text", "picture", "blank"]

_COVERED = 0.5
"""A picture over this part of the page may be the page itself."""

_WHOLE = 0.85
"""A picture over this part is."""

_STAMP = 250
"""Characters on such a page that may be a signature's stamp and nothing more."""

_PLAIN = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*|\W*\d[\d.,:/%\W]*\w?\W*|[^\w\s]{1,3}")
_VOWEL = re.compile("[aeiouy]")


def page_kind(page: PageObjects) -> PageKind:
    """Text to be read, a picture to be recognised, or nothing at all."""
    covered = _covered(page)
    if not page.words:
        return "picture" if covered > 0.02 or len(page.drawn) > 20 else "blank"
    if covered >= _WHOLE and sum(len(w.text) for w in page.words) <= _STAMP:
        return "picture"
    if covered >= _COVERED and is_garbage(page.words):
        return "picture"
    if page.unmapped and is_garbage(page.words):
        return "picture"
    return "text"


def _covered(page: PageObjects) -> float:
    """The part of the page under pictures; strips side by side add up."""
    area = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in page.images)
    return min(1.0, area / max(page.width * page.height, 1.0))


def is_garbage(words: Sequence[Word]) -> bool:
    """Whether most words are no words: a text layer of a failed recognition, or glyph numbers."""
    longer = [w.text for w in words if len(w.text) > 1]
    if len(longer) < 5:
        return False
    good = sum(_plausible(text) for text in longer)
    return good < 0.5 * len(longer)


def _plausible(text: str) -> bool:
    core = text.strip("()[]{}<>«»“”\"'‘’.,;:!?…-–—*/")
    if not core:
        return True
    if any(unicodedata.category(c) in {"Co", "Cn", "Cc", "So"} or c == "\ufffd" for c in core):
        return False
    if any(c.isdigit() for c in core):
        return _PLAIN.fullmatch(core) is not None or len(re.findall(r"[^\W\d_]", core)) <= 6
    if _PLAIN.fullmatch(core) is None:
        return False
    plain = unicodedata.normalize("NFD", core.casefold())
    return len(core) <= 3 or _VOWEL.search(plain) is not None
