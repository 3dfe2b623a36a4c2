"""The dataset as CSV, CSV on the Web and SDMX-CSV.

Parquet is the dataset; these are copies for programs that do not read it. Text that a spreadsheet
would take for a formula gets an apostrophe before it in `csv`; the other two are read by programs
and keep every letter.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from writers.schema import TABLES, schema
from writers.whole import whole_file

_FORMULA = re.compile(r"[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it.

    >>> guarded("=1+1"), guarded("-12,5")
    ("'=1+1", '-12,5')
    """
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def to_csv(source: Path, goal: Path) -> list[Path]:
    """One CSV per table, for people and spreadsheets: UTF-8 with a byte order mark."""
    return [_table(source, goal, name, guard=True) for name in TABLES]


def to_csvw(source: Path, goal: Path) -> list[Path]:
    """The same as plain CSV, and `csv-metadata.json` with types, meanings and keys."""
    files = [_table(source, goal, name, guard=False) for name in TABLES]
    path = goal / "csv-metadata.json"
    text = json.dumps(metadata(), ensure_ascii=False, indent=2)
    with whole_file(path) as draft:
        draft.write_text(text + "\n", encoding="utf-8")
    return [*files, path]


def _table(source: Path, goal: Path, name: str, *, guard: bool) -> Path:
    path = goal / f"{name}.csv"
    encoding = "utf-8-sig" if guard else "utf-8"
    with whole_file(path) as draft, draft.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(schema(name).names)
        for batch in pq.ParquetFile(source / f"{name}.parquet").iter_batches():
            columns = [_cells(batch.column(n), guard=guard) for n in schema(name).names]
            writer.writerows(zip(*columns, strict=True))
    return path


def _cells(column: pa.Array[Any], *, guard: bool) -> Iterator[str]:
    return (_cell(value, guard=guard) for value in column.to_pylist())


def _cell(value: Any, *, guard: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list):
        value = " | ".join(str(v) for v in value)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    text = text.replace("+00:00", "Z") if hasattr(value, "isoformat") else text
    return guarded(text) if guard and isinstance(value, str) else text


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


_DATATYPES = {
    pa.string(): "string",
    pa.int32(): "integer",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", tz="UTC"): "dateTime",
}
_KEYS = {"observations": "observation_id", "findings": "finding_id"}


def metadata() -> dict[str, Any]:
    """The CSVW description of the four files (W3C, Metadata Vocabulary for Tabular Data)."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [_described(name) for name in TABLES],
    }


def _described(name: str) -> dict[str, Any]:
    table: dict[str, Any] = {"columns": [_column(field) for field in schema(name)]}
    if name in _KEYS:
        table["primaryKey"] = _KEYS[name]
    return {"url": f"{name}.csv", "tableSchema": table}


def _column(field: pa.Field[Any]) -> dict[str, Any]:
    said = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:description": [
            {"@value": said["description"], "@language": "en"},
            {"@value": said["description_vi"], "@language": "vi"},
        ],
    }
    if pa.types.is_list(field.type):
        column |= {"datatype": "string", "separator": " | "}
    else:
        column["datatype"] = _DATATYPES[field.type]
        column["required"] = not field.nullable and field.type != pa.string()
    return column


# SDMX-CSV 2.0. A published figure is no cell of a cube: the same region, metric and period is
# printed twice, and twice differently. So the figure's own id is a dimension, and its place
# and certainty are attributes.

STRUCTURE = "dataflow"
STRUCTURE_ID = "SOLIEU:FIGURES(1.0)"
DIMENSIONS = {
    "FIGURE": "observation_id",
    "REF_AREA": "region_code",
    "INDICATOR": "metric",
    "SCENARIO": "scenario",
    "MEASURE": "measure",
    "BASIS": "basis",
    "UNIT_MEASURE": "unit",
}
ATTRIBUTES = {
    "OBS_STATUS": "value_alternative",
    "REF_AREA_NAME": "region_path",
    "INDICATOR_LABEL": "metric_label",
    "PRINTED": "raw",
    "CONFIDENCE": "confidence",
    "DOCUMENT": "document_id",
    "PAGE": "page",
}
_ABSENT = "_Z"
"""SDMX's code for "not applicable": dimensions may not be empty."""


def to_sdmx(source: Path, goal: Path) -> list[Path]:
    """`figures.csv` in SDMX-CSV 2.0, which has no place for figures without a period."""
    path = goal / "figures.csv"
    head = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "TIME_PERIOD", "OBS_VALUE"]
    needed = sorted({*DIMENSIONS.values(), *ATTRIBUTES.values(), "period", "value", "flags"})
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*head, *ATTRIBUTES])
        for batch in pq.ParquetFile(source / "observations.parquet").iter_batches(columns=needed):
            writer.writerows(_sdmx_rows(batch.to_pylist()))
    return [path]


def _sdmx_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    for row in rows:
        if row["period"] is None:
            continue
        yield [
            STRUCTURE,
            STRUCTURE_ID,
            "I",
            *(_cell(row[column], guard=False) or _ABSENT for column in DIMENSIONS.values()),
            row["period"],
            _number(row["value"]),
            *(_attribute(name, row) for name in ATTRIBUTES),
        ]


def _attribute(name: str, row: Mapping[str, Any]) -> str:
    if name == "OBS_STATUS":
        # SDMX code list CL_OBS_STATUS: U low reliability, E estimate, A normal.
        if row["value_alternative"] is not None or row["confidence"] < 0.95:
            return "U"
        return "E" if row["scenario"] == "estimate" else "A"
    return _cell(row[ATTRIBUTES[name]], guard=False)


FORMATS: dict[str, Callable[[Path, Path], list[Path]]] = {
    "csv": to_csv,
    "csvw": to_csvw,
    "sdmx-csv": to_sdmx,
}
