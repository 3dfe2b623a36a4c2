"""What documents say of each other: a page of its own earlier figures, two pages of one fact.

The laws are the auditors'; here the stored rows are brought before them.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyarrow.parquet as pq

from engines import recalled
from engines.across import Topics, findings_across
from engines.local import Crew
from engines.nightly.reading import kept_rows
from engines.nightly.standing import Row, Standing
from fetchers.state import State
from solieu.model import Content, Reading
from writers.rows import finding_rows

if TYPE_CHECKING:
    import pyarrow as pa


MOST_CONTRADICTIONS = 200
"""More are in the table of findings."""


class Documents:
    """The documents of an output, in its order; what they speak of waits in `file`."""

    def __init__(self, state: State, file: IO[bytes]) -> None:
        self._state = state
        self._topics = Topics(file)

    def add(self, one: Standing) -> None:
        """Take in the next document; what others took the place of contradicts nobody."""
        ((count, numbers),) = self._state.rows(
            "SELECT count, numbers FROM topics WHERE digest = ?", one.digest
        )
        stands = one.superseded is None and len(numbers) == 8 * count
        self._topics.add(numbers if stands else bytes(8 * count), count)

    def findings(self, observations: Path, crew: Crew) -> Iterator[pa.Table]:
        """Rows of `findings` over the complete table of `observations`; revisions are news."""
        yield from _revisions(self._state)
        yield from findings_across(observations, self._topics, crew)


def contradicted(
    state: State, folder: Path, runs: Sequence[str], own_findings: int
) -> Iterator[Row]:
    """What pages of one fact say differently, where one of them is news of `runs`.

    Findings between documents stand behind `own_findings` of single ones.
    """
    fresh = state.rows(
        "SELECT digest FROM standing WHERE first_seen IN (SELECT value FROM json_each(?))",
        json.dumps(list(runs)),
    )
    new = {digest for (digest,) in fresh}
    found = (row for row in _between(folder, own_findings) if new and _differs(row, new))
    for row in islice(found, MOST_CONTRADICTIONS):
        yield {
            "address": _address(state, row["document_id"]),
            "other_address": _address(state, json.loads(row["details"])["other_document"]),
            "message": row["message_en"],
            "message_vi": row["message_vi"],
        }


def _between(folder: Path, own_findings: int) -> Iterator[Row]:
    columns = ["document_id", "check", "status", "details", "message_en", "message_vi"]
    begin = 0
    with pq.ParquetFile(folder / "findings.parquet") as file:
        for n in range(file.num_row_groups):
            end = begin + file.metadata.row_group(n).num_rows
            if end > own_findings:
                rows = file.read_row_group(n, columns=columns)
                yield from rows.slice(max(0, own_findings - begin)).to_pylist()
            begin = end


def _differs(row: Row, new: Container[str]) -> bool:
    if row["check"] != "repeated_figure" or row["status"] != "fail":
        return False
    return row["document_id"] in new or json.loads(row["details"])["other_document"] in new


def _address(state: State, digest: str) -> str:
    found = state.rows(
        "SELECT address FROM stretches WHERE digest = ? ORDER BY place LIMIT 1", digest
    )
    return str(found[0][0]) if found else digest


def _revisions(state: State) -> Iterator[pa.Table]:
    from auditors.revisions import revised  # noqa: PLC0415 (most nights need no laws)

    pairs = state.stream(
        "SELECT before, after, MIN(place) FROM replaced GROUP BY before, after ORDER BY MIN(place)"
    )
    for earlier, later, _ in pairs:
        before, after = _reading(state, earlier), _reading(state, later)
        if before and after:
            yield finding_rows((later, finding) for finding in revised(before, after))


def revised_figures(state: State, runs: Sequence[str]) -> Iterator[Row]:
    """The rows of `changes` for figures that other figures replaced in one of `runs`."""
    from auditors.revisions import changed  # noqa: PLC0415 (most nights need no laws)

    found = state.rows(
        "SELECT source, address, before, after, seen_at FROM replaced"
        " WHERE seen_at IN (SELECT value FROM json_each(?)) ORDER BY place",
        json.dumps(list(runs)),
    )
    for source, address, earlier, later, seen_at in found:
        before, after = _reading(state, earlier), _reading(state, later)
        if before and after:
            for then, now in changed(before.observations, after.observations):
                region = now.region.name if now.region else now.region_text
                yield {
                    "change": "revised_figure",
                    "source": source,
                    "address": address,
                    "observation_id_before": then.figure.figure_id,
                    "observation_id_after": now.figure.figure_id,
                    "value_before": float(then.figure.value or 0),
                    "value_after": float(now.figure.value or 0),
                    "seen_at": seen_at,
                    "document_id_before": earlier,
                    "document_id_after": later,
                    "raw_before": then.figure.raw,
                    "raw_after": now.figure.raw,
                    "unit": now.figure.unit,
                    "region_name": region,
                    "metric_label": now.metric_label,
                    "period": now.period.code if now.period else None,
                }


def _reading(state: State, digest: str) -> Reading | None:
    kept = kept_rows(state, digest)
    if kept is None:
        return None
    rows = kept.rows.observations.select(recalled.COLUMNS).to_pylist()
    return Reading(digest, Content(()), observations=tuple(map(recalled.observation, rows)))
