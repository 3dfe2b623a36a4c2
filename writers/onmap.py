"""The figures on another day's map as a file, Parquet or CSV by its ending."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from writers.exports import guarded
from writers.parquet import ROW_GROUP
from writers.schema import schema
from writers.whole import whole_file

LISTS = ("older_units", "missing_units", "divided_units", "candidates", "observation_ids")
OF_FIGURES = (
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
"""Columns that rows have as figures have them."""


def columns() -> pa.Schema:
    """The columns, those of figures with the types that they have in observations."""
    figures = schema("observations")
    texts = pa.list_(pa.string())
    fields: list[pa.Field[Any]] = [
        pa.field("how", pa.string(), nullable=False),
        pa.field("complete", pa.bool_(), nullable=False),
        *(figures.field(name).with_nullable(nullable=True) for name in OF_FIGURES),
        *(pa.field(name, texts, nullable=False) for name in LISTS),
        pa.field("document_id", pa.string()),
    ]
    return pa.schema(fields)


def write(rows: Iterable[Mapping[str, Any]], goal: Path) -> None:
    """Write the rows as they come; CSV for spreadsheets, lists joined with "; "."""
    with whole_file(goal) as path:
        if goal.suffix == ".parquet":
            _as_parquet(rows, path)
        else:
            _as_sheet(rows, path)


def _as_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    rows = iter(rows)
    with pq.ParquetWriter(path, columns(), compression="zstd", version="2.6") as file:
        while some := [dict(row) for row in islice(rows, ROW_GROUP)]:
            file.write_table(pa.Table.from_pylist(some, schema=columns()))


def _as_sheet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    names = columns().names
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(names)
        out.writerows([_text(row.get(name)) for name in names] for row in rows)


def _text(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(value)
    return guarded(value) if isinstance(value, str) else value
