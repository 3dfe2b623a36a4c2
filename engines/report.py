"""The report of a run, written by workers: here Arrow would import pandas for it, and not there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from engines.local import Crew
from engines.names import metric_names
from writers import report


def write_report(folder: Path, crew: Crew, most: int | None = None) -> None:
    """Write the report over the tables in `folder` into it, by `most` workers or the whole crew."""
    (pieces,) = crew.in_order(report.pieces, [folder])
    write = partial(report.write_piece, folder=folder, metrics=metric_names())
    for _ in crew.in_order(write, pieces, most):
        pass
