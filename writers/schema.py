"""The columns of a run's tables: names, types, what they mean and their units.

Types and meanings are a contract that notebooks and nightly jobs rely on: columns may be added,
none changes. The descriptions travel in the Parquet metadata and in the data package.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

import pyarrow as pa

TABLES = ("documents", "observations", "findings", "unread")

_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int32": pa.int32(),
    "double": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "list<string>": pa.list_(pa.string()),
    "list<double>": pa.list_(pa.float64()),
}


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    text = (files("writers") / "columns.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=len(TABLES))
def schema(table: str) -> pa.Schema:
    """The Arrow schema of one of `TABLES`, descriptions in its fields' metadata."""
    fields = [
        pa.field(
            row["column"],
            _TYPES[row["type"]],
            nullable=row["nullable"] == "yes",
            metadata={"description": row["description"], "description_vi": row["description_vi"]},
        )
        for row in _rows()
        if row["table"] == table
    ]
    return pa.schema(fields, metadata={"solieu_table": table})


@lru_cache(maxsize=len(TABLES))
def empty(table: str) -> pa.Table:
    """A table without rows. Arrow's own way imports pandas, half a second of its process's time."""
    return pa.Table.from_batches([], schema(table))
