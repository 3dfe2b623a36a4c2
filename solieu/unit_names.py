"""What people call a unit of the dataset, in Vietnamese and English."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("vi", "en")


@lru_cache(maxsize=1)
def unit_names() -> dict[str, tuple[str, str]]:
    """Vietnamese and English name by the unit's code: "case" is ("ca", "cases").

    A bare count and an index have none.
    """
    text = files("solieu").joinpath("units.csv").read_text(encoding="utf-8")
    return {row["unit"]: (row["vi"], row["en"]) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=512)
def unit_word(unit: str, lang: str) -> str:
    """The unit as people call it; the code itself where nobody named it.

    >>> unit_word("quintal/ha", "vi")
    'tạ/ha'
    """
    known, at = unit_names(), LANGUAGES.index(lang)
    parts = ("" if part in _NAMELESS else part for part in unit.split("/"))
    return "/".join(known[part][at] if part in known else part for part in parts)


_NAMELESS = frozenset({"count", "index", "ratio"})
