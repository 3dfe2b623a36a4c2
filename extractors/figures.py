"""What a cell of figures looks like, whatever the format."""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]")
_PLACEHOLDER = re.compile(r"[-–—−.…:*]{1,5}|n/?[adks]\.?|n\.\s?[adk]\.?|x|c|\.\.+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=65536)
def is_numeric(text: str) -> bool:
    """A figure or what stands in its place (dash, n/a), with at most one letter beside it.

    >>> is_numeric("1.234,5 %"), is_numeric("1269 (19.9%)"), is_numeric("-"), is_numeric("Năm 2020")
    (True, True, True, False)
    """
    if _DIGIT.search(text):
        return len(_LETTERS.findall(text)) <= 1
    return _PLACEHOLDER.fullmatch(text) is not None
