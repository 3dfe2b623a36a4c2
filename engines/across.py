"""What several documents say of one figure: compared over the stored rows of a run.

Documents are read one by one and forgotten. All that is remembered of an observation is a number
for what it speaks of; only rows whose number more than one document has are looked at again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from auditors import audit_across
from auditors.repeats import topic
from engines import recalled
from engines.local import Crew
from solieu.model import Observation
from writers.rows import finding_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RECORD = np.dtype([("topic", "<u8"), ("row", "<u4"), ("document", "<u4")])
_AT_ONCE = 2_000_000
"""Records of 16 bytes that are in memory at one time."""
_COMPARED = 20_000
"""Rows that are Python objects at one time."""


def topics(observations: Iterable[Observation]) -> bytes:
    """Eight bytes for each observation: what it speaks of, or zeros where that is not known."""
    return b"".join(_number(topic(o)) for o in observations)


def _number(topic: tuple[str, ...] | None) -> bytes:
    if topic is None:
        return bytes(8)
    said = "\0".join(topic).encode(errors="surrogatepass")
    return hashlib.blake2b(said, digest_size=8).digest()


class Topics:
    """What the observations of a run speak of, on disk, in `file`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rows = 0
        self._documents = 0

    def add(self, numbers: bytes, rows: int) -> None:
        """Take in the next document: its `topics` and how many observations it has."""
        said = np.frombuffer(numbers, "<u8")
        known = np.flatnonzero(said)
        records = np.empty(len(known), _RECORD)
        records["topic"] = said[known]
        records["row"] = known + self._rows
        records["document"] = self._documents
        self._file.write(records.tobytes())
        self._rows += rows
        self._documents += 1

    def shared(self) -> Iterator[NDArray[np.uint32]]:
        """Rows of topics that several documents speak of, in parts that hold whole topics."""
        passes = -(-self._file.tell() // (_AT_ONCE * _RECORD.itemsize))
        for turn in range(passes):
            yield from _parts(self._of(turn, passes))

    def _of(self, turn: int, passes: int) -> NDArray[Any]:
        """The records whose topics have their turn."""
        self._file.seek(0)
        found = []
        while block := self._file.read(_AT_ONCE * _RECORD.itemsize // 16):
            records = np.frombuffer(block, _RECORD)
            found.append(records[records["topic"] % passes == turn])
        return np.concatenate(found)


def _parts(records: NDArray[Any]) -> Iterator[NDArray[np.uint32]]:
    records = records[np.argsort(records["topic"], kind="stable")]
    begins = np.flatnonzero(np.diff(records["topic"], prepend=records["topic"][:1] + 1))
    ends = np.append(begins[1:], len(records))
    several = records["document"][begins] != records["document"][ends - 1]
    waiting: list[NDArray[np.uint32]] = []
    count = 0
    for begin, end in zip(begins[several], ends[several], strict=True):
        waiting.append(records["row"][begin:end])
        count += end - begin
        if count >= _COMPARED:
            yield np.sort(np.concatenate(waiting))
            waiting, count = [], 0
    if waiting:
        yield np.sort(np.concatenate(waiting))


def findings_across(observations: Path, topics: Topics, crew: Crew) -> Iterator[pa.Table]:
    """Rows of `findings`: figures that two documents of a run give, in agreement or not."""
    parts = list(topics.shared())
    yield from crew.in_order(partial(_compared, observations=observations), parts)


def _compared(rows: NDArray[np.uint32], observations: Path) -> pa.Table:
    documents = (
        (document, [recalled.observation(row) for row in said])
        for document, said in groupby(_read(observations, rows), lambda row: row["document_id"])
    )
    return finding_rows(audit_across(documents))


def _read(path: Path, wanted: NDArray[np.uint32]) -> Iterator[dict[str, Any]]:
    """The rows of these numbers, which ascend."""
    with pq.ParquetFile(path) as file:
        begin = 0
        for n in range(file.num_row_groups):
            end = begin + file.metadata.row_group(n).num_rows
            first, last = np.searchsorted(wanted, (begin, end))
            if first < last:
                group = file.read_row_group(n, columns=list(recalled.COLUMNS))
                yield from group.take(wanted[first:last] - begin).to_pylist()
            begin = end
