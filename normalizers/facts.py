"""The facts this room knows, as rows of CSV files in `normalizers/data`."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file; a byte order mark, as spreadsheets write it, does not matter."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))


@lru_cache(maxsize=128)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one file of `normalizers/data`, read once."""
    return read_rows(DATA / name)
