"""Tables that text extraction flattened: every observation and every contradiction as golden rows.

One cell a line, rows with a blank or nothing between their cells, heads set down in turn, pages that
draw tables with paragraphs. `UPDATE_GOLDEN=1 pytest tests/test_flat_forms.py` writes the rows anew;
read the difference. What may not be known stands as "no" in the last column, or is not there.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import pipeline
from extractors.sniff import media_type
from solieu.model import Observation, Reading, SourceDocument

FORMS = Path(__file__).resolve().parent / "data" / "flat_forms"
GOLDEN, FALSE = FORMS / "observations.csv", FORMS / "contradictions.csv"
PAGES = {path.stem: path for path in FORMS.iterdir() if path.suffix in {".txt", ".html"}}
HEAD = (
    *("form", "region", "metric", "scenario", "measure", "basis", "period", "value", "unit"),
    *("is_total", "sure"),
)
FALSE_HEAD = ("form", "check", "region", "published", "expected")


@cache
def reading(form: str) -> Reading:
    content = PAGES[form].read_bytes()
    name = PAGES[form].name
    return pipeline.observe(SourceDocument(name, content, media_type(content, name), name))


def told(form: str, seen: Observation) -> tuple[str, ...]:
    region = seen.region.name if seen.region else seen.region_text or ""
    period = seen.period.code if seen.period else ""
    value = f"{seen.figure.value.normalize():f}" if seen.figure.value is not None else ""
    said = (seen.metric or "", seen.scenario, seen.measure, seen.basis or "")
    flags = ["yes" if told else "no" for told in (seen.is_total, seen.figure.confidence >= 0.95)]
    return (form, region, *said, period, value, seen.figure.unit, *flags)


def observations(form: str) -> list[tuple[str, ...]]:
    return [told(form, seen) for seen in reading(form).observations]


def amount(value: Decimal | None) -> str:
    return "" if value is None else f"{round(value, 4).normalize():f}"


def contradictions(form: str) -> list[tuple[str, ...]]:
    return [
        (
            form,
            found.check,
            found.region_name or "",
            *map(amount, (found.published, found.expected)),
        )
        for found in reading(form).findings
        if found.status == "fail"
    ]


def rows(path: Path) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from map(tuple, list(csv.reader(file))[1:])


def write(path: Path, head: tuple[str, ...], lines: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def test_the_golden_rows_can_be_written() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        names = sorted(PAGES)
        write(GOLDEN, HEAD, (row for form in names for row in observations(form)))
        write(FALSE, FALSE_HEAD, (row for form in names for row in contradictions(form)))
    assert {row[0] for row in rows(GOLDEN)} <= set(PAGES)
    assert {row[0] for row in rows(FALSE)} <= set(PAGES)


@pytest.mark.parametrize("form", sorted(PAGES))
def test_every_observation_of_a_form(form: str) -> None:
    assert observations(form) == [row for row in rows(GOLDEN) if row[0] == form]


@pytest.mark.parametrize("form", sorted(PAGES))
def test_every_contradiction_of_a_form(form: str) -> None:
    assert contradictions(form) == [row for row in rows(FALSE) if row[0] == form]
