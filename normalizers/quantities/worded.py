"""Cells that hold a number and words: "≥ 95%", "7,5 - 8,0", "379.339 người", "47,322 tỷ đồng".

Only where the words are the number's own (how near, which unit) is the cell that number; "Tăng 5%
so với năm trước" in a column of amounts is a remark.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from normalizers.facts import rows
from normalizers.quantities.reading import Quantity, find_quantities
from solieu.text import one_line

_LONGEST = 48
_WORDS = re.compile(r"[^\W\d_]+|\d|[≥≤<>~≈]=?")
_LINKS = frozenset(("từ", "đến", "tới", "trở", "lên", "xuống", "là", "đạt", "còn"))
_FIGURES = frozenset(("amount", "percent"))


@cache
def _own_words() -> frozenset[str]:
    """Words that say how near a number is, and the small words beside them."""
    said = (row["phrase"] for row in rows("qualifiers.csv") if row["qualifier"])
    return _LINKS | {word for phrase in said for word in _WORDS.findall(phrase.casefold())}


@lru_cache(maxsize=4096)
def worded(text: str, dot: float) -> tuple[Quantity, ...]:
    """The number of a cell, or the two ends of its range; empty where the cell says more.

    `dot` is the probability that dots group thousands in this column.
    """
    line = one_line(text)
    if len(line) > _LONGEST or not any(c.isdecimal() for c in line):
        return ()
    found = tuple(find_quantities(line, dot))
    kinds = tuple(q.kind for q in found)
    if kinds != ("range_low", "range_high") and (len(found) != 1 or kinds[0] not in _FIGURES):
        return ()
    scaled_without_unit = any("unitless" in q.flags and q.unit_text for q in found)
    return () if scaled_without_unit or not _says_no_more(line, found) else found


def is_worded(text: str) -> bool:
    """Whether a text is a number with words of its own, whatever stands in its column.

    Bare whole numbers are not: "15-19" and "Dưới 60" are ages as often as figures.
    """
    found = worded(text, 0.5)
    return bool(found) and not any("unitless" in q.flags and q.rounding >= 1 for q in found)


def _says_no_more(line: str, found: tuple[Quantity, ...]) -> bool:
    rest, at = "", 0
    for quantity in found:
        rest += f"{line[at : quantity.start]} "
        at = _end(line, quantity)
    rest = f"{rest}{line[at:]}".casefold()
    return all(word in _own_words() for word in _WORDS.findall(rest))


def _end(line: str, quantity: Quantity) -> int:
    """Behind the figure and its unit; the low end of a range has its unit behind the high one."""
    if quantity.unit_text is None or quantity.kind == "range_low":
        return quantity.end
    unit = line.find(quantity.unit_text, quantity.start)
    return max(quantity.end, unit + len(quantity.unit_text)) if unit >= 0 else quantity.end
