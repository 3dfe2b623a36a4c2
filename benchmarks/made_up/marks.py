"""Scores of readings against what the documents say, by the rule of a gold file.

A figure counts as found only if region, metric, scenario, measure, year, unit and value are all
right; a figure stated twice in a document counts once; every other observation is a false positive.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.made_up.gold import Document, Fact, Plant

FIELDS = ("region", "metric", "scenario", "measure", "year", "unit")
Key = tuple[object, ...]


@dataclass(slots=True)
class Mark:
    """How one document came out."""

    document: str
    family: str
    hits: int = 0
    required: int = 0
    spurious: int = 0
    plants: int = 0
    plants_hit: int = 0
    false_errors: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = 2 * self.hits + self.spurious + self.required - self.hits
        return 2 * self.hits / total if total else 1.0


def _name(text: object) -> str:
    return (
        unicodedata.normalize("NFC", str(text or ""))
        .replace("\u2019", "'")
        .replace("–", "-")
        .replace("oà", "òa")
        .replace("oá", "óa")
        .replace("uỷ", "ủy")
        .replace("uý", "úy")
    )


def close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6)


def _digits(value: float) -> str:
    return f"{value:.9g}"


def fact_key(fact: Fact) -> Key:
    return (
        _name(fact.region),
        fact.metric,
        fact.scenario,
        fact.measure,
        fact.year,
        fact.unit,
        _digits(float(fact.value)),
    )


def row_key(row: dict[str, Any]) -> Key:
    return (
        _name(row["region_name"]),
        row["metric"],
        row["scenario"],
        row["measure"],
        row["year"],
        row["unit"],
        _digits(row["value"]),
    )


def mark(
    document: Document, rows: Sequence[dict[str, Any]], findings: Iterable[dict[str, Any]]
) -> Mark:
    made = Mark(document.name, document.family)
    wanted = {fact_key(f): f for f in document.facts if f.required}
    optional = {_digits(float(f.value)) for f in document.facts if not f.required}
    got = {row_key(r): r for r in rows}
    made.required = len(wanted)
    made.hits = len(wanted.keys() & got.keys())
    spare = {k: r for k, r in got.items() if k not in wanted and k[-1] not in optional}
    made.spurious = len(spare)
    for key, fact in wanted.items():
        if key not in got:
            made.missed.append(f"{key} raw={fact.raw}")
            near = [k for k in spare if k[-1] == key[-1]]
            if near:
                best = max(near, key=lambda k: sum(a == b for a, b in zip(k, key, strict=True)))
                wrong = [
                    f"{n}:{b}->{a}" for n, a, b in zip(FIELDS, best, key, strict=False) if a != b
                ]
                made.wrong[
                    "; ".join(w if not w.startswith("region") else "region" for w in wrong)
                ] += 1
            else:
                made.wrong["not found"] += 1
    values = {k[-1] for k in wanted}
    for key, row in spare.items():
        made.extra.append(f"{key} raw={row['raw']} label={row['metric_label']!r}")
        if key[-1] not in values:
            made.wrong["false figure"] += 1
    _findings(document.plants, findings, made)
    return made


def _findings(plants: Sequence[Plant], findings: Iterable[dict[str, Any]], made: Mark) -> None:
    left = [f for f in findings if f["status"] == "fail" and f["severity"] == "error"]
    for plant in (p for p in plants if p.required):
        made.plants += 1
        expected = float(plant.expected)
        found = next(
            (
                f
                for f in left
                if f["check"] == plant.check
                and close(f["published"], float(plant.published))
                and abs(f["expected"] - expected) <= max(0.01 * abs(expected), 0.05)
                and (plant.check != "column_total" or close(f["expected"], expected))
            ),
            None,
        )
        if found is None:
            made.findings.append(
                f"missed {plant.check} {plant.metric} {plant.region} published {plant.published} expected {plant.expected}"
            )
        else:
            left.remove(found)
            made.plants_hit += 1
    for plant in (p for p in plants if not p.required):
        left = [
            f
            for f in left
            if not (
                f["check"] == plant.check
                and f["metric"] == plant.metric
                and _name(f["region_name"]) == _name(plant.region)
            )
        ]
    made.false_errors = len(left)
    made.findings += [
        f"extra {f['check']} {f['metric']} {f['region_name']} published {f['published']} expected {f['expected']}: {f['message_vi']}"
        for f in left
    ]
