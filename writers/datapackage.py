"""A Frictionless description of the output tables: `datapackage.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from writers.schema import TABLES, schema

_TITLES = {
    "documents": "Documents that were read, or could not be",
    "observations": "Published figures",
    "findings": "Arithmetic checks of the published figures, held or not",
    "unread": "Places that hold something and gave no figure, with the reason",
    "changes": "What the last nightly run found: new, changed, revised, vanished",
    "vintages": "Which figures stood at an address, from when to when",
}
# Readers of packages take Parquet through data frames, where an absent value has these names.
_MISSING = ["", "nan", "NaN", "NaT", "None"]
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def describe(folder: Path) -> dict[str, Any]:
    """The package of the tables in `folder`; it holds no times: the same rows, the same text."""
    return {
        "$schema": _PROFILE,
        "name": "solieu",
        "title": "Published figures of Vietnam, read and audited",
        "resources": [_resource(name, folder / f"{name}.parquet") for name in _tables(folder)],
    }


def write(folder: Path) -> None:
    """Write `datapackage.json` beside the tables in `folder`."""
    text = json.dumps(describe(folder), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _tables(folder: Path) -> list[str]:
    """The tables of every run, and those of a nightly one where they are there."""
    nightly = (name for name in ("changes", "vintages") if (folder / f"{name}.parquet").is_file())
    return [*TABLES, *nightly]


def _resource(name: str, path: Path) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "title": _TITLES[name],
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rowCount": pq.read_metadata(path).num_rows,
        "schema": {
            "fields": [_field(field) for field in schema(name)],
            "missingValues": _MISSING,
            **_keys(name),
        },
    }


def _keys(name: str) -> dict[str, Any]:
    return {
        "observations": {"primaryKey": ["observation_id"]},
        "findings": {"primaryKey": ["finding_id"]},
    }.get(name, {})


def _field(field: pa.Field[Any]) -> dict[str, Any]:
    metadata = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    described = {
        "name": field.name,
        "type": _type(field.type),
        "arrowType": str(field.type),
        "description": metadata["description"],
        "description_vi": metadata["description_vi"],
    }
    if not field.nullable:
        described["constraints"] = {"required": True}  # type: ignore[assignment] # JSON, any value
    return described


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        # A data frame hands lists over as its own arrays, which the type "array" does not admit.
        return "any"
    if pa.types.is_timestamp(kind):
        return "datetime"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    return "number" if pa.types.is_floating(kind) else "string"
