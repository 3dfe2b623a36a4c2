"""Times ahead of the page's day: which figures are aims, and of which year results are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import extractors
import normalizers
from solieu.model import Observation, SourceDocument

TABLE = Path(__file__).parent / "data" / "times_ahead.csv"
FLAGS = ("period_carried", "year_of_publication", "year_assumed")


def cases() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def told(page: str, title: str, sentence: str, raw: str) -> Observation:
    day = f"({'/'.join(reversed(page.split('-')))} 08:00)" if page else ""
    text = "\n\n".join(filter(None, (title, day, sentence)))
    document = SourceDocument("page", text.encode(), "text/plain", "page.txt")
    found = normalizers.normalize(extractors.extract(document), document.digest).observations
    return next(o for o in found if o.figure.raw == raw)


def said(observation: Observation) -> tuple[str, str, str]:
    period = observation.period
    flags = (*observation.flags, *(period.flags if period else ()))
    flag = next((f for f in FLAGS if f in flags), "")
    return str(period.year) if period else "", observation.scenario, flag


@pytest.mark.parametrize(
    "case", cases(), ids=lambda c: f"{c['page']} {c['title'][9:30]} {c['sentence'][:40]}"
)
def test_what_lies_ahead_of_a_page_is_aimed_at(case: dict[str, str]) -> None:
    seen = told(case["page"], case["title"], case["sentence"], case["raw"])
    assert said(seen) == (case["year"], case["scenario"], case["flag"])
