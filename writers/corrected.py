"""Which corrections took hold in a dataset, and which no longer speak of anything in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from solieu.corrected import TAKEN_OUT
from solieu.corrections import Corrections, Problem, Row

_COLUMNS = ["observation_id", "document_id", "table", "row", "column", "raw", "corrections"]


def astray(folder: Path, corrections: Corrections) -> list[Problem]:
    """Line and reason of every correction that did nothing in the tables of `folder`."""
    if not corrections.rows:
        return []
    figures = _figures(folder, corrections)
    taken_out = _taken_out(folder)
    return [p for row in corrections.rows for p in _problem(row, figures, taken_out)]


def _figures(folder: Path, corrections: Corrections) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    wanted = {row.target for row in corrections.rows}
    found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for batch in pq.ParquetFile(folder / "observations.parquet").iter_batches(columns=_COLUMNS):
        keys = zip(*(batch.column(name).to_pylist() for name in _COLUMNS[:5]), strict=True)
        for n, (figure_id, *cell) in enumerate(keys):
            for key in ((figure_id,), tuple(cell)):
                if key in wanted:
                    found[key] = batch.slice(n, 1).to_pylist()[0]
    return found


def _taken_out(folder: Path) -> list[str]:
    table = pq.read_table(folder / "unread.parquet", columns=["reason"])
    return [r for r in table["reason"].to_pylist() if r and r.startswith(TAKEN_OUT)]


def _problem(
    row: Row, figures: Mapping[tuple[Any, ...], Mapping[str, Any]], taken_out: list[str]
) -> Iterator[Problem]:
    figure = figures.get(row.target)
    if row.field == "figure":
        if figure is None and not any(_speaks_of(row, reason) for reason in taken_out):
            yield _nothing(row)
    elif figure is None:
        yield _nothing(row)
    elif f'"field": "{row.field}"' not in (figure["corrections"] or ""):
        yield _refused(row, figure["raw"])


def _speaks_of(row: Row, reason: str) -> bool:
    if row.observation_id:
        return f"[{row.observation_id}]" in reason
    return f"of {row.by}: {row.reason} [" in reason


def _nothing(row: Row) -> Problem:
    return (
        row.line,
        "No such figure in this dataset: the document changed, or is not among those read.",
        "Không có con số này trong bộ số liệu: tài liệu đã đổi, hoặc không nằm trong lần đọc này.",
    )


def _refused(row: Row, raw: str) -> Problem:
    if row.field == "value":
        return (
            row.line,
            f"“{raw}” cannot be read as {row.value}: a wrong print is annotated (field note).",
            f"“{raw}” không thể đọc là {row.value}: số in sai thì chỉ ghi chú (trường note).",
        )
    return (
        row.line,
        f"“{row.value}” is not known for the field {row.field}.",
        f"Không có “{row.value}” cho trường {row.field}.",
    )
