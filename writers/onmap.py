"""The figures on another day's map as a file, Parquet or CSV by its ending."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from writers.exports import guarded
from writers.schema import schema

LISTS = ("older_units", "missing_units", "divided_units", "candidates", "observation_ids")
_OF_FIGURES = (
    "region_code",
    "region_valid_from",
    "region_name",
    "region_level",
    "region_path",
    "metric",
    "metric_label",
    "scenario",
    "measure",
    "basis",
    "year",
    "period",
    "value",
    "unit",
    "qualifier",
    "confidence",
)


def columns() -> pa.Schema:
    """The columns, those of figures with the types that they have in observations."""
    figures = schema("observations")
    texts = pa.list_(pa.string())
    fields: list[pa.Field[Any]] = [
        pa.field("how", pa.string(), nullable=False),
        pa.field("complete", pa.bool_(), nullable=False),
        *(figures.field(name).with_nullable(nullable=True) for name in _OF_FIGURES),
        *(pa.field(name, texts, nullable=False) for name in LISTS),
        pa.field("document_id", pa.string()),
    ]
    return pa.schema(fields)


def write(rows: Iterable[Mapping[str, Any]], goal: Path) -> None:
    """Write the rows; CSV for spreadsheets, lists joined with "; "."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    if goal.suffix == ".parquet":
        table = pa.Table.from_pylist([dict(row) for row in rows], schema=columns())
        pq.write_table(table, goal, compression="zstd", version="2.6")
        return
    names = columns().names
    with goal.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(names)
        out.writerows([_text(row.get(name)) for name in names] for row in rows)


def _text(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(value)
    return guarded(value) if isinstance(value, str) else value
