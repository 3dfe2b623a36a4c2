"""Units declared for some columns only: "Trị giá: nghìn USD", "ĐVT: diện tích: ha; sản lượng: tấn".

Such a line is no unit of the whole table: beside the value in dollars the projects are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from normalizers.layout.sheet import is_unit_text
from normalizers.layout.words import word_key
from normalizers.units import Unit, find_unit
from solieu.text import one_line

_OPENING = re.compile(r"^\W*(?:(?:đơn vị(?: tính)?|đvt|đv tính|unit)\s*[:.]?\s*)?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(((?:đơn vị(?: tính)?|đvt|đv tính)\s*:[^()]*)\)", re.IGNORECASE)
_PART = re.compile(r"^\s*(?P<words>[^\d:()]{2,40}?)\s*(?::|\((?=[^()]*\)\s*$))\s*(?P<unit>[^:]+)$")
_APART = re.compile(r"^\s*(?:trong đó\s+)?riêng\s+", re.IGNORECASE)
_UNIT_WORDS = frozenset(
    {"đơn vị", "đơn vị tính", "đvt", "đv tính", "unit", "đơn vị đo", "nguồn", "ghi chú"}
)
_MOST_WORDS = 5

Declared = tuple[tuple[str, Unit], ...]
"""Words of heads or row labels in one spelling, and the unit of what stands under them."""


@lru_cache(maxsize=4096)
def declared_units(line: str) -> Declared:
    """The units that a line declares by name; empty for a line that declares none or one for all.

    >>> [(words, unit.code) for words, unit in declared_units("Lượng: Tấn; Trị giá: Nghìn USD")]
    [('lượng', 'tonne'), ('trị giá', 'USD')]
    """
    text = _declaration(line)
    if ":" not in text or len(text) > 160:
        return ()
    found: list[tuple[str, Unit]] = []
    parts = _parts(text)
    for number, part in enumerate(parts):
        match = _PART.match(_APART.sub("", part))
        if match is None and number == 0 and is_unit_text(part):
            continue
        if match is None:
            return ()
        words, unit = word_key(match["words"]), find_unit(match["unit"])
        named = words not in _UNIT_WORDS and len(words.split()) <= _MOST_WORDS
        if unit is None or not named or not is_unit_text(match["unit"]):
            return ()
        found.append((words, unit))
    return tuple(found)


def _declaration(line: str) -> str:
    """What a line declares, if only in brackets behind a title."""
    text = one_line(line)
    behind = _IN_BRACKETS.search(text)
    return behind[1] if behind else text.strip("() ")


def _parts(text: str) -> list[str]:
    return re.split(r"[;,]|\s[-–]\s", _OPENING.sub("", text))


def for_all(line: str) -> str:
    """Of a declaration what is said of no head by name; nothing where each head has its own.

    "ĐVT: con; riêng gia cầm: nghìn con" says "con" of all others.
    """
    if not declared_units(line):
        return line
    first = _parts(_declaration(line))[0]
    return "" if _PART.match(_APART.sub("", first)) else f"ĐVT: {first}"


def declared_for(labels: Sequence[str], declared: Declared) -> Unit | None:
    """The unit declared for the innermost of the labels that says the declared words."""
    for label in reversed(labels):
        key = f" {word_key(label)} "
        unit = next((unit for words, unit in declared if f" {words} " in key), None)
        if unit is not None:
            return unit
    return None


def all_declared(lines: Iterable[str]) -> Declared:
    """What the lines around a table declare, the first line that does."""
    return next((found for line in lines if (found := declared_units(line))), ())
