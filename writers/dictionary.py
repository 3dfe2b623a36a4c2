"""The data dictionary as a page, made from the schema: `python -m writers.dictionary`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writers.schema import TABLES, schema

if TYPE_CHECKING:
    import pyarrow as pa

_INTRO = """# Data dictionary / Từ điển dữ liệu

Made from `writers/columns.csv` by `python -m writers.dictionary > docs/data-dictionary.md`; a test
fails when it is stale. The same words travel in the Parquet metadata and in the data package.
"""


def dictionary() -> str:
    """Every table with its columns: type, whether it may be empty, meaning in both languages."""
    return "\n".join([_INTRO, *(_section(name) for name in TABLES), _flags()])


def flags() -> dict[str, tuple[str, str]]:
    """What each code in `observations.flags` says, in English and Vietnamese (`flags.csv`)."""
    with Path(__file__).with_name("flags.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["code"]: (row["description"], row["description_vi"]) for row in rows}


def _flags() -> str:
    head = "| code | meaning | ý nghĩa |\n|---|---|---|"
    lines = [f"| `{code}` | {en} | {vi} |" for code, (en, vi) in sorted(flags().items())]
    return "\n".join(["## Codes in `observations.flags`", "", head, *lines, ""])


def _section(name: str) -> str:
    head = "| column | type | null | meaning | ý nghĩa |\n|---|---|---|---|---|"
    lines = [_line(field) for field in schema(name)]
    return "\n".join([f"## {name}", "", head, *lines, ""])


def _line(field: pa.Field[Any]) -> str:
    said = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    empty = "yes" if field.nullable else ""
    cells = (f"`{field.name}`", str(field.type), empty, said["description"], said["description_vi"])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a text file in any shell
    sys.stdout.write(dictionary())
