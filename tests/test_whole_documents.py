"""Of which unit and year the figures of short documents are, by what stands over and around them.

Each row of `data/whole_documents*.csv` is a text, its passages parted by " ¶ ", and the territory
and year of its figures in their order; several figures alike are told once, as "3 x …". Rows of the
family `apart` hold what a rule for their neighbours must leave alone.
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest

import extractors
import normalizers
from solieu.model import Observation, SourceDocument

DATA = Path(__file__).parent / "data"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


ROWS = [row for path in sorted(DATA.glob("whole_documents*.csv")) for row in rows(path)]


def read(text: str) -> tuple[Observation, ...]:
    data = text.replace(" ¶ ", "\n\n").encode()
    document = SourceDocument("report.txt", data, "text/plain", "report.txt")
    return tuple(normalizers.normalize(extractors.extract(document), document.digest).observations)


def told(seen: Observation) -> str:
    where = seen.region.name if seen.region else "-"
    when = seen.period.year if seen.period else "-"
    return f"{where} {when}{' plan' * (seen.scenario == 'plan')}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_territory_and_year(row):
    runs = [(place, len(list(same))) for place, same in groupby(map(told, read(row["text"])))]
    assert "; ".join(f"{n} x {place}" for place, n in runs) == row["told"]
