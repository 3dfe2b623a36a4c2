"""What several documents say of one figure: compared over the stored rows of a run.

Documents are read one by one and forgotten, so this looks at the finished table instead: first for
topics that more than one document speaks of, by a number for each row, then at those rows only.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from solieu.model import Figure, Observation, Period, Place, Region

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_TOPIC = [
    "region_path", "region_name", "region_valid_from", "metric", "scenario", "measure", "basis",
    "period", "unit",
]  # fmt: skip
_COLUMNS = [
    *_TOPIC, "document_id", "observation_id", "region_level", "region_code", "metric_label",
    "value", "raw", "qualifier", "rounding", "is_total", "method", "table", "row", "column",
    "passage", "char_start", "char_end", "number_format", "confidence", "year",
]  # fmt: skip
_BATCH = 8_192
"""Rows that are Python objects at one time."""
_NEEDED = ("metric", "region_name", "period")


def findings_across(observations: Path) -> pa.Table:
    """Rows of `findings`: figures that two documents of a run give, in agreement or not."""
    from auditors import audit_across  # noqa: PLC0415 (a run of one document needs none of this)
    from writers.rows import finding_rows  # noqa: PLC0415

    shared = _shared(observations)
    documents = (
        (document, [_observation(row) for row in rows])
        for document, rows in groupby(_rows(observations, shared), lambda row: row["document_id"])
    )
    return finding_rows(audit_across(documents) if len(shared) else ())


def _shared(path: Path) -> NDArray[np.uint64]:
    """The numbers of topics that more than one document speaks of."""
    pairs = []
    for frame in _frames(path, [*_TOPIC, "document_id"]):
        both = np.column_stack([_topics(frame), _numbers(frame[["document_id"]])])
        pairs.append(np.unique(both, axis=0))
    if not pairs:
        return np.empty(0, dtype=np.uint64)
    distinct: NDArray[np.uint64] = np.unique(np.concatenate(pairs), axis=0)
    topics, documents = np.unique(distinct[:, 0], return_counts=True)
    return np.asarray(topics[documents > 1], dtype=np.uint64)


def _frames(path: Path, columns: list[str]) -> Iterator[pd.DataFrame]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH, columns=columns):
            frame = batch.to_pandas()
            frame = frame[frame[list(_NEEDED)].notna().all(axis=1)]
            if len(frame):
                yield frame


def _topics(frame: pd.DataFrame) -> NDArray[np.uint64]:
    said = frame[_TOPIC].astype("object")
    # A stock at the year's end is the year's figure.
    said["period"] = said["period"].str.removesuffix("-12-31")
    return _numbers(said)


def _numbers(frame: pd.DataFrame) -> NDArray[np.uint64]:
    import pandas as pd  # noqa: PLC0415

    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)


def _rows(path: Path, shared: NDArray[np.uint64]) -> Iterator[dict[str, Any]]:
    if not len(shared):
        return
    for frame in _frames(path, _COLUMNS):
        kept = frame[np.isin(_topics(frame), shared)].astype(object)
        rows = kept.where(kept.notna(), None).to_dict("records")
        yield from cast("list[dict[str, Any]]", rows)


def _observation(row: dict[str, Any]) -> Observation:
    """The observation of a stored row, as far as a comparison needs it."""
    from auditors.facts import countable_unit  # noqa: PLC0415

    rounding = Decimal(repr(row["rounding"]))
    figure = Figure(
        row["observation_id"],
        _place(row),
        row["raw"],
        Decimal(repr(row["value"])),
        row["unit"],
        rounding,
        exact=rounding == 1 and countable_unit(row["unit"]),
        qualifier=row["qualifier"],
        number_format=row["number_format"],
        confidence=row["confidence"],
    )
    region = Region(
        row["region_name"],
        row["region_level"],
        row["region_code"],
        row["region_valid_from"],
        row["region_path"],
    )
    return Observation(
        figure,
        row["metric_label"],
        row["method"],
        region,
        metric=row["metric"],
        scenario=row["scenario"],
        measure=row["measure"],
        basis=row["basis"],
        period=Period(int(row["year"] or row["period"][:4]), row["period"]),
        is_total=row["is_total"],
    )


def _place(row: dict[str, Any]) -> Place:
    return Place(
        table=_whole(row["table"]),
        row=_whole(row["row"]),
        column=_whole(row["column"]),
        passage=_whole(row["passage"]),
        start=_whole(row["char_start"]),
        end=_whole(row["char_end"]),
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
