"""Corrections between two nights: which documents a changed file of corrections speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from engines.nightly.reading import readable
from fetchers.state import State
from solieu.corrected import TAKEN_OUT
from solieu.corrections import Corrections


def heed(state: State, folder: Path, corrections: Corrections) -> int:
    """Have documents read again of which other corrections speak than last time; their number.

    The figures that the last output holds say where a correction belongs, and where one was at
    work that is no longer there.
    """
    known = dict(state.rows("SELECT name, value FROM output WHERE name = 'corrections'"))
    if known.get("corrections", "") == corrections.digest:
        return 0
    touched = set(_touched(folder, corrections))
    with state.step() as db:
        db.executemany(
            "UPDATE readings SET reader = ? WHERE digest = ?",
            [(f"{readable()}:corrections", digest) for digest in sorted(touched)],
        )
        db.execute("INSERT OR REPLACE INTO output VALUES ('corrections', ?)", (corrections.digest,))
    return len(touched)


def _touched(folder: Path, corrections: Corrections) -> Iterator[str]:
    yield from (row.document_id for row in corrections.rows if row.document_id)
    wanted = {row.observation_id for row in corrections.rows if row.observation_id}
    for figure, document, applied in _columns(
        folder / "observations.parquet", "observation_id", "document_id", "corrections"
    ):
        if document and (applied or figure in wanted):
            yield document
    for document, reason in _columns(folder / "unread.parquet", "document_id", "reason"):
        if document and (reason or "").startswith(TAKEN_OUT):
            yield document


def _columns(path: Path, *names: str) -> Iterator[tuple[str | None, ...]]:
    if not path.is_file():
        return
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=list(names)):
            yield from zip(*(batch[name].to_pylist() for name in names), strict=True)
