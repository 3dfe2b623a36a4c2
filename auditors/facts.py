"""Tables of facts that the laws read: units that add, words that forbid a sum, parts of metrics."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from solieu.text import one_line


@lru_cache(maxsize=16)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `auditors/data/<name>.csv`."""
    text = files("auditors").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _units() -> dict[str, dict[str, str]]:
    return {row["unit"]: row for row in rows("units")}


@lru_cache(maxsize=256)
def additive_unit(unit: str) -> bool:
    """May figures in this unit be added? A rate, an index or an amount per something may not."""
    known = _units().get(unit)
    if known is not None:
        return known["additive"] == "1"
    return "/" not in unit and "_per_" not in unit


@lru_cache(maxsize=256)
def countable_unit(unit: str) -> bool:
    """Does the unit count whole things, so that a number in it is never rounded by nature?"""
    known = _units().get(unit)
    return known is not None and known["countable"] == "1"


@lru_cache(maxsize=1)
def _forbidding() -> re.Pattern[str]:
    phrases = "|".join(re.escape(row["phrase"]) for row in rows("not_additive"))
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


@lru_cache(maxsize=8192)
def additive_labels(labels: tuple[str, ...]) -> bool:
    """Does nothing in the label speak of an average, a rate, a price or a running sum?"""
    return not any(_forbidding().search(_adding().sub(" ", _plain(x))) for x in labels)


def _plain(label: str) -> str:
    return one_line(label).casefold()


@lru_cache(maxsize=1)
def _adding() -> re.Pattern[str]:
    """Averages over time, which add over places: "dân số trung bình"."""
    phrases = "|".join(re.escape(row["phrase"]) for row in rows("additive"))
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


@dataclass(frozen=True, slots=True)
class Composition:
    """A metric that is the sum of others; `loose` where the wording may mean another union."""

    whole: str
    parts: tuple[str, ...]
    measure: str
    loose: bool


@lru_cache(maxsize=1)
def compositions() -> tuple[Composition, ...]:
    """Which metrics are made of which."""
    return tuple(
        Composition(
            row["whole"], tuple(row["parts"].split("|")), row["measure"], row["loose"] == "1"
        )
        for row in rows("compositions")
    )
