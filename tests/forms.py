"""Files of tables with the meaning of every figure, and how many a reading gets right.

A field of the list may hold several fair readings, parted by "|"; an empty territory, year, period
or metric is not asked. What is reported beyond the list is spurious.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import extractors
import normalizers
from extractors.sniff import media_type
from solieu.model import Observation, SourceDocument
from solieu.text import tone_key

DATA = Path(__file__).parent / "data" / "blind_forms"
ASKED = ("unit", "measure", "scenario")
ASKED_WHERE_TOLD = ("region", "year", "period", "metric")
SURE = 0.95


@dataclass(frozen=True)
class Read:
    """How the tables of a set were read."""

    documents: int
    wanted: int
    right: int
    reported: int
    silent: int
    """Figures that are wrong or spurious and stated as sure."""


def read(path: Path) -> list[Observation]:
    content = path.read_bytes()
    document = SourceDocument(path.name, content, media_type(content, path.name), path.name)
    return list(normalizers.normalize(extractors.extract(document), "x").observations)


def told(seen: Observation) -> dict[str, str]:
    period = seen.period
    return {
        "unit": seen.figure.unit,
        "measure": seen.measure,
        "scenario": seen.scenario,
        "region": tone_key(seen.region.name) if seen.region else "",
        "year": str(period.year) if period else "",
        "period": period.code if period else "",
        "metric": seen.metric or "",
    }


def is_right(row: dict[str, str], seen: Observation) -> bool:
    if seen.figure.value != Decimal(row["value"]):
        return False
    said = told(seen)
    asked = (*ASKED, *(name for name in ASKED_WHERE_TOLD if row[name]))
    return all(said[name] in fair(row, name) for name in asked)


def fair(row: dict[str, str], name: str) -> list[str]:
    readings = row[name].split("|")
    return [tone_key(r) for r in readings] if name == "region" else readings


def digits(printed: str) -> str:
    return re.sub(r"\D", "", printed)


def score(name: str) -> Read:
    """How the files of `blind_forms/NAME` are read, by the list NAME.csv."""
    lists: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (DATA / f"{name}.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            lists[row["document"]].append(row)
    scored = [_scored(rows, read(DATA / name / document)) for document, rows in lists.items()]
    return Read(len(scored), *(sum(part) for part in zip(*scored, strict=True)))


def _scored(rows: list[dict[str, str]], seen: list[Observation]) -> tuple[int, int, int, int]:
    left = list(seen)
    wanted = right = 0
    optional = []
    for row in rows:
        found = next((o for o in left if is_right(row, o)), None)
        if row["required"] == "1":
            wanted, right = wanted + 1, right + (found is not None)
        elif found is None:
            optional.append(row)
        if found is not None:
            left.remove(found)
    wrong = [o for o in left if not any(_same_print(row, o) for row in optional)]
    silent = sum(o.figure.confidence >= SURE for o in wrong)
    return wanted, right, right + len(wrong), silent


def _same_print(row: dict[str, str], seen: Observation) -> bool:
    return digits(row["raw"]) == digits(seen.figure.raw)
