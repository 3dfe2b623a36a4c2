"""One document's rows as bytes, to wait on disk until their turn to be written."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Final

import pyarrow as pa

import solieu.errors
from solieu.errors import DocumentError
from writers.rows import DocumentFacts, Rows, with_facts
from writers.schema import TABLES, empty, schema

_CODEC: Final = "zstd"
_ALIGNED = 64
"""Arrow reads columns where they lie, and they must lie at multiples of this."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was read of a document, apart from where and when it was found."""

    media_type: str | None
    rows: Rows
    error: DocumentError | None
    detail: str | None
    topics: bytes = b""
    """What each observation speaks of, as numbers; see `engines.across`."""


def pack(packed: Packed) -> bytes:
    """The same as bytes. Nothing in them is code: a folder from elsewhere can be trusted."""
    tables = [_batch_bytes(getattr(packed.rows, name)) for name in TABLES]
    error = packed.error
    head = json.dumps(
        {
            "media_type": packed.media_type,
            "error": error and [type(error).__name__, error.message_en, error.message_vi],
            "detail": packed.detail is not None,
            "lengths": [len(part) for part in (*tables, packed.topics)],
        }
    ).encode()
    head = head.ljust(-(-(len(head) + 4) // _ALIGNED) * _ALIGNED - 4)
    rows = _squeezed(b"".join((len(head).to_bytes(4, "little"), head, *tables, packed.topics)))
    return len(rows).to_bytes(8, "little") + rows + _squeezed((packed.detail or "").encode())


def unpack(data: bytes) -> Packed:
    """What `pack` was given."""
    middle = 8 + int.from_bytes(data[:8], "little")
    whole = _expanded(data[8:middle])
    start = 4 + int.from_bytes(whole[:4], "little")
    head = json.loads(whole[4:start].to_pybytes())
    parts: list[pa.Buffer] = []
    for length in head["lengths"]:
        parts.append(whole.slice(start, length))
        start += length
    tables = {name: _table(name, part) for name, part in zip(TABLES, parts, strict=False)}
    # Apart from the rows, which may wait in memory and would hold on to it.
    detail = _expanded(data[middle:]).to_pybytes().decode() if head["detail"] else None
    topics = parts[-1].to_pybytes()
    return Packed(head["media_type"], Rows(**tables), _error(head["error"]), detail, topics)


def _squeezed(data: bytes) -> bytes:
    return len(data).to_bytes(8, "little") + pa.compress(data, codec=_CODEC, asbytes=True)


def _expanded(data: bytes) -> pa.Buffer:
    size = int.from_bytes(data[:8], "little")
    whole: pa.Buffer = pa.decompress(data[8:], decompressed_size=size, codec=_CODEC)
    return whole


def found_at(packed: Packed, facts: DocumentFacts) -> Packed:
    """The same reading for a document that was found at another place or time."""
    rows = packed.rows
    documents = with_facts(rows.documents, facts)
    moved = Rows(documents, rows.observations, rows.findings, rows.unread)
    return replace(packed, rows=moved)


def _error(kept: list[str] | None) -> DocumentError | None:
    if kept is None:
        return None
    kind: Any = getattr(solieu.errors, kept[0], DocumentError)
    error: DocumentError = kind(*kept[1:])
    return error


def _batch_bytes(table: pa.Table) -> bytes:
    """The rows without the names and descriptions of their columns, which every table shares."""
    if not table.num_rows:
        return b""
    (batch,) = table.combine_chunks().to_batches()
    return batch.serialize().to_pybytes()


def _table(name: str, data: pa.Buffer) -> pa.Table:
    if not len(data):
        return empty(name)
    return pa.Table.from_batches([pa.ipc.read_record_batch(data, schema(name))])
