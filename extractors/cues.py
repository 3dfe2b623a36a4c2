"""The words by which pages set their furniture apart: rows of `data/cues.csv`.

Kinds: `end` (a heading after which no article follows), `noise` (a line of furniture),
`widget` (a heading over today's prices or weather), `unit`,
`note` and `caption` (lines that belong to a table), `document` (the type word over an official
title), `site` (names of sites), `ordinal` (heads of a numbering column), `stub`
(heads of the column that labels the rows), `box` (class, id words).
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from extractors.lines import flat

Kind = Literal[
    "end",
    "noise",
    "widget",
    "unit",
    "note",
    "caption",
    "document",
    "site",
    "ordinal",
    "stub",
    "box",
    "plan_leaf",
    "sex_leaf",
    "count_leaf",
]
_EDGES = " \t:.…*-–—•>»«<|()[]"
_LONGEST_CUE = 64
_TOKENS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@cache
def _rows() -> dict[str, dict[str, frozenset[str]]]:
    text = files("extractors").joinpath("data/cues.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, set[str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["kind"], {}).setdefault(row["match"], set()).add(row["text"])
    return {k: {m: frozenset(t) for m, t in by.items()} for k, by in found.items()}


@cache
def _prefix(kind: str) -> re.Pattern[str] | None:
    words = sorted(_rows()[kind].get("prefix", ()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None


@lru_cache(maxsize=16384)
def is_cue(kind: Kind, line: str) -> bool:
    """Whether a line is (or begins with) a cue of this kind, in any case.

    >>> is_cue("unit", "(Đơn vị tính: Triệu đồng)")
    True
    """
    words = _begin(line[:_LONGEST_CUE])
    exact = _rows()[kind].get("exact", ()) if len(line) < _LONGEST_CUE else ()
    if words.rstrip(_EDGES + "0123456789") in exact:
        return True
    prefix = _prefix(kind)
    return prefix is not None and prefix.match(words) is not None


@lru_cache(maxsize=16384)  # a line of a page is asked for three kinds
def _begin(line: str) -> str:
    return flat(line).casefold().lstrip(_EDGES)


@lru_cache(maxsize=16384)
def is_box(names: str) -> bool:
    """Whether class and id words speak of furniture: "main-menu", "tinLienQuan", "sidebar"."""
    boxes = _rows()["box"]["token"]
    whole = {re.sub(r"[-_]", "", name).casefold() for name in names.split()}
    parts = {part.casefold() for part in _TOKENS.findall(names)}
    return not boxes.isdisjoint(whole | parts)
