"""Every figure for the page's filters, charts and downloads, in files that load when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import compute

from writers.report.columnar import names, pack_table
from writers.report.states import RANK, SURE, of_members

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAME = names(
    "metric scenario measure basis year period value unit raw method page table row column"
)
_READ = [
    *_SAME,
    *names(
        "observation_id document_id region_path region_name region_level metric_label is_total "
        "confidence value_alternative"
    ),
]
BATCH = 4_096
"""Rows that are Python objects at one time."""
COLUMNS = names(
    "id document region level metric label scenario measure basis year period value unit raw total "
    "method page table row column confidence state"
)
SHARED = frozenset(
    names("document region level metric label scenario measure basis period unit method state")
)


def file_count(folder: Path) -> int:
    """How many files the figures are in: one for each group of rows."""
    return pq.read_metadata(folder / "observations.parquet").num_row_groups


def part(folder: Path, number: int, marks: NDArray[np.uint8]) -> dict[str, Any]:
    """The figures of one file, `marks` being what the checks say of each."""
    with pq.ParquetFile(folder / "observations.parquet") as file:
        read: Any = file.read_row_group(number, columns=_READ)
    other_reading = read["value_alternative"].is_valid().to_numpy()
    doubts = other_reading | (read["confidence"].to_numpy() < SURE)
    states = np.maximum(marks, np.where(doubts, RANK.index("doubt"), 0))
    made: dict[str, Any] = {
        "id": read["observation_id"],
        "document": read["document_id"],
        "region": compute.coalesce(read["region_path"], read["region_name"]),
        "level": read["region_level"],
        "label": read["metric_label"],
        "total": compute.cast(read["is_total"], pa.int8()),
        "confidence": compute.round(read["confidence"], 3),
        "state": pa.chunked_array([np.asarray(RANK, dtype=object)[states]], pa.string()),
        **{name: read[name] for name in _SAME},
    }
    return pack_table(pa.table({name: made[name] for name in COLUMNS}), SHARED)


def marks(folder: Path) -> list[NDArray[np.uint8]]:
    """What the checks say of the figures, as places in `RANK`, for each file of figures."""
    path = folder / "observations.parquet"
    ids = [_numbers(b.column(0)) for b in _batches(path, ["observation_id"])]
    numbers = np.concatenate(ids) if ids else np.empty(0, np.uint64)
    order = np.argsort(numbers)
    found = np.zeros(len(numbers), np.uint8)
    for batch in _batches(folder / "findings.parquet", _CHECKED):
        for figures, states in _checked(batch):
            at = np.searchsorted(numbers, figures, sorter=order)
            rows = order[np.minimum(at, len(order) - 1)] if len(order) else at[:0]
            known = numbers[rows] == figures[: len(rows)]
            np.maximum.at(found, rows[known], states[: len(rows)][known])
    counts = [pq.read_metadata(path).row_group(n).num_rows for n in range(file_count(folder))]
    return np.split(found, np.cumsum(counts)[:-1]) if counts else []


_CHECKED = ["status", "severity", "observation_ids", "suspect_observation_id"]


def _checked(batch: pa.RecordBatch) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.uint8]]]:
    """Numbers of the figures that findings speak of, and what these say of them."""
    status, severity, figures, _ = cast("list[Any]", batch.columns)
    said = np.array(
        [
            RANK.index(of_members(*both))
            for both in zip(status.to_pylist(), severity.to_pylist(), strict=True)
        ],
        np.uint8,
    )
    parents = np.asarray(compute.list_parent_indices(figures))
    yield _numbers(figures.flatten()), said[parents]
    accusing = batch.filter(pa.array(said == RANK.index("part")))
    named = [
        suspect or (figures[0] if figures else "")
        for _, _, figures, suspect in zip(*(c.to_pylist() for c in accusing.columns), strict=True)
    ]
    yield (
        _numbers(pa.array(named, pa.string())),
        np.full(len(named), RANK.index("wrong"), np.uint8),
    )


def _batches(path: Path, columns: list[str]) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(BATCH, columns=columns)


_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)


def _numbers(ids: pa.Array[Any]) -> NDArray[np.uint64]:
    """A number for each id, of its first sixteen letters."""
    letters = ids.to_numpy(zero_copy_only=False).astype("S16")
    mixed: NDArray[np.uint64] = (letters.view("<u8").reshape(-1, 2) * _MIX).sum(
        axis=1, dtype=np.uint64
    )
    return mixed
