"""Every figure for the page's filters, charts and downloads, in files that load when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from writers.report.columnar import names, pack
from writers.report.states import Check, State, graver, reading_state, states

PER_FILE = 20_000
PER_LOOKUP = 20_000
ID_SHOWN = 8
"""Characters of an id that a lookup keeps: two in 4,000 million share them."""

_READ = names(
    "observation_id document_id region_path region_name region_level metric metric_label scenario "
    "measure basis year period value unit raw is_total method page table row column confidence "
    "value_alternative"
)
COLUMNS = names(
    "id document region level metric label scenario measure basis year period value unit raw total "
    "method page table row column confidence state"
)
SHARED = frozenset(
    names("document region level metric label scenario measure basis period unit method state")
)


def parts(folder: Path) -> Iterator[dict[str, Any]]:
    """The figures in files of at most `PER_FILE`, in the order of the dataset."""
    marks = _marks(folder)
    file = pq.ParquetFile(folder / "observations.parquet")
    for batch in file.iter_batches(batch_size=PER_FILE, columns=list(_READ)):
        yield pack([_row(r, marks) for r in batch.to_pylist()], COLUMNS, SHARED)


def _marks(folder: Path) -> dict[str, State]:
    columns = ["status", "severity", "observation_ids", "suspect_observation_id"]
    table = pq.read_table(folder / "findings.parquet", columns=columns)
    return states(Check(*row) for row in zip(*table.to_pydict().values(), strict=True))


def _row(row: Mapping[str, Any], marks: Mapping[str, State]) -> dict[str, Any]:
    own = reading_state(row["confidence"], other_reading=row["value_alternative"] is not None)
    return {
        "id": row["observation_id"],
        "document": row["document_id"],
        "region": row["region_path"] or row["region_name"],
        "level": row["region_level"],
        "label": row["metric_label"],
        "total": int(row["is_total"]),
        "confidence": round(row["confidence"], 3),
        "state": graver(own, marks.get(row["observation_id"], "none")),
        **{k: row[k] for k in _SAME},
    }


_SAME = names(
    "metric scenario measure basis year period value unit raw method page table row column"
)


_NAMED = (("observations", "observation_id"), ("findings", "finding_id"))


def lookups(folder: Path, order: Mapping[str, int]) -> tuple[int, dict[str, dict[str, int]]]:
    """Which document an id belongs to: by the first letters of the id, then by eight of them.

    `order` gives the documents' numbers. The first value is how many letters name a file.
    """
    count = sum(pq.read_metadata(folder / f"{name}.parquet").num_rows for name, _ in _NAMED)
    letters = 0
    while count > PER_LOOKUP * 16**letters:
        letters += 1
    files: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one, document_id in _ids(folder) if order else ():
        if document_id in order:
            files[one[:letters]][one[:ID_SHOWN]] = order[document_id]
    return letters, dict(files)


def _ids(folder: Path) -> Iterator[tuple[str, str]]:
    for name, key in _NAMED:
        file = pq.ParquetFile(folder / f"{name}.parquet")
        for batch in file.iter_batches(columns=[key, "document_id"]):
            yield from zip(*(batch[c].to_pylist() for c in (key, "document_id")), strict=True)
