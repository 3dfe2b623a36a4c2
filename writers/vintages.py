"""The dataset at an earlier time: vintages say which documents stood, their rows what they said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from writers.schema import schema
from writers.whole import whole_file


def known_at(folder: Path, moment: datetime, goal: Path | None = None) -> tuple[int, int]:
    """How many figures of how many documents were known just before `moment`.

    They are written to `goal`, a .parquet or .csv file, where there is one. `superseded_on` is
    left empty for what was only superseded later, as it was then.
    """
    limit = pa.scalar(moment, type=pa.timestamp("us", tz="UTC"))
    documents = _standing(folder, limit)
    figures = 0
    with ExitStack() as open_files:
        path = open_files.enter_context(whole_file(goal)) if goal else None
        write = _writer(path, open_files, goal.suffix) if path and goal else None
        for rows in _figures(folder, documents, limit):
            figures += rows.num_rows
            if write and rows.num_rows:
                write.write_table(rows)
    return figures, len(documents)


def _standing(folder: Path, limit: pa.Scalar[Any]) -> pa.Array[Any]:
    vintages = pq.read_table(
        folder / "vintages.parquet", columns=["document_id", "first_seen", "superseded_on"]
    )
    begun = pc.less(vintages["first_seen"], limit)
    standing = pc.or_kleene(
        pc.is_null(vintages["superseded_on"]), pc.greater_equal(vintages["superseded_on"], limit)
    )
    known = vintages.filter(pc.and_(begun, standing))["document_id"]
    return pc.unique(known.combine_chunks())


def _figures(folder: Path, documents: pa.Array[Any], limit: pa.Scalar[Any]) -> Iterator[pa.Table]:
    """The rows of these documents, some at a time."""
    columns = schema("observations")
    place = columns.get_field_index("superseded_on")
    with pq.ParquetFile(folder / "observations.parquet") as file:
        for batch in file.iter_batches():
            rows = pa.Table.from_batches([batch])
            known = rows.filter(pc.is_in(rows["document_id"], documents))
            ends = known[place]
            by_then = pc.if_else(pc.less(ends, limit), ends, pa.scalar(None, ends.type))
            yield known.set_column(place, columns.field(place), by_then).cast(columns)


def _writer(path: Path, open_files: ExitStack, kind: str) -> pq.ParquetWriter | _Sheet:
    if kind == ".parquet":
        file = pq.ParquetWriter(path, schema("observations"), compression="zstd", version="2.6")
        return open_files.enter_context(file)
    return _Sheet(path, open_files)


class _Sheet:
    """A CSV file, which has no lists."""

    def __init__(self, goal: Path, open_files: ExitStack) -> None:
        columns = [
            pa.field(f.name, pa.string()) if pa.types.is_list(f.type) else f
            for f in schema("observations")
        ]
        self._file = open_files.enter_context(pacsv.CSVWriter(goal, pa.schema(columns)))

    def write_table(self, table: pa.Table) -> None:
        for place, field in enumerate(table.schema):
            if pa.types.is_list(field.type):
                texts = [
                    None if value is None else "; ".join(map(str, value))
                    for value in table[place].to_pylist()
                ]
                table = table.set_column(place, field.name, pa.array(texts, pa.string()))
        self._file.write_table(table)
