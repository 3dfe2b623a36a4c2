"""The report of a run, written by workers: here Arrow would import pandas for it, and not there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from engines.local import in_order
from engines.names import metric_names
from writers import report


def write_report(folder: Path, workers: int) -> None:
    """Write the report over the tables in `folder` into it, shared out to so many workers."""
    (pieces,) = in_order(report.pieces, [folder], workers)
    write = partial(report.write_piece, folder=folder, metrics=metric_names())
    for _ in in_order(write, pieces, workers):
        pass
