"""Of when, and whether reached, each figure of a short text is: right, or visibly doubtful."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import extractors
import normalizers
from solieu.model import Observation, SourceDocument

TABLE = Path(__file__).parent / "data" / "statement_times.csv"
SURE = 0.95


def texts() -> list[tuple[str, list[dict[str, str]]]]:
    """Each text, its passages parted by "¶", with the rows of its figures."""
    found: list[tuple[str, list[dict[str, str]]]] = []
    with TABLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["text"]:
                found.append((row["text"], []))
            found[-1][1].append(row)
    return found


def told(text: str) -> list[Observation]:
    document = SourceDocument(
        "page", text.replace(" ¶ ", "\n\n").encode(), "text/plain", "page.txt"
    )
    return list(normalizers.normalize(extractors.extract(document), document.digest).observations)


def is_so(seen: Observation, row: dict[str, str]) -> bool:
    period = seen.period.code if seen.period else ""
    return seen.figure.raw == row["raw"] and (period, seen.scenario) == (
        row["period"],
        row["scenario"],
    )


@pytest.mark.parametrize(
    ("text", "rows"), texts(), ids=lambda x: x[:50] if isinstance(x, str) else ""
)
def test_of_when_a_figure_is(text: str, rows: list[dict[str, str]]) -> None:
    seen = told(text)
    missed = [r for r in rows if not any(is_so(o, r) for o in seen)]
    assert [r["raw"] for r in missed if not r["doubted"]] == []
    for row in missed:
        same = [o for o in seen if o.figure.raw == row["raw"]]
        assert all(o.figure.confidence < SURE for o in same)
