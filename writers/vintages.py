"""The dataset at an earlier time: vintages say which documents stood, their rows what they said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq


def known_at(folder: Path, moment: datetime, goal: Path | None = None) -> tuple[int, int]:
    """How many figures of how many documents were known just before `moment`.

    They are written to `goal`, a .parquet or .csv file, where there is one. `superseded_on` is
    left empty for what was only superseded later, as it was then.
    """
    vintages = pq.read_table(folder / "vintages.parquet")
    limit = pa.scalar(moment, type=pa.timestamp("us", tz="UTC"))
    begun = pc.less(vintages["first_seen"], limit)
    standing = pc.or_kleene(
        pc.is_null(vintages["superseded_on"]), pc.greater_equal(vintages["superseded_on"], limit)
    )
    documents = pc.unique(vintages.filter(pc.and_(begun, standing))["document_id"])
    figures = pq.read_table(folder / "observations.parquet")
    known = figures.filter(pc.is_in(figures["document_id"], documents))
    place = known.schema.get_field_index("superseded_on")
    field = known.schema.field(place)
    ends = [end if end and end < moment else None for end in known[place].to_pylist()]
    known = known.set_column(place, field, pa.array(ends, field.type))
    if goal:
        _write(known, goal)
    return known.num_rows, len(documents)


def _write(table: pa.Table, goal: Path) -> None:
    if goal.suffix == ".parquet":
        pq.write_table(table, goal, compression="zstd", version="2.6")
        return
    for place, field in enumerate(table.schema):
        if pa.types.is_list(field.type):  # CSV has no lists
            lists = table[place].to_pylist()
            texts = [None if v is None else "; ".join(map(str, v)) for v in lists]
            table = table.set_column(place, field.name, pa.array(texts, pa.string()))
    pacsv.write_csv(table, goal)
