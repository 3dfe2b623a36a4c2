"""One document's rows as bytes, to wait on disk until their turn to be written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

import solieu.errors
from solieu.errors import DocumentError
from writers.rows import DocumentFacts, Rows, with_facts
from writers.schema import TABLES, schema

_CODEC: Final = "zstd"


@dataclass(frozen=True, slots=True)
class Packed:
    """What was read of a document, apart from where and when it was found."""

    media_type: str | None
    rows: Rows
    error: DocumentError | None
    detail: str | None


def pack(packed: Packed) -> bytes:
    """The same as bytes. Nothing in them is code: a folder from elsewhere can be trusted."""
    tables = [_table_bytes(getattr(packed.rows, name)) for name in TABLES]
    detail = (packed.detail or "").encode()
    error = packed.error
    head = json.dumps(
        {
            "media_type": packed.media_type,
            "error": error and [type(error).__name__, error.message_en, error.message_vi],
            "detail": packed.detail is not None,
            "lengths": [len(part) for part in (*tables, detail)],
        }
    ).encode()
    whole = b"".join((len(head).to_bytes(4, "little"), head, *tables, detail))
    squeezed = pa.compress(whole, codec=_CODEC, asbytes=True)
    return len(whole).to_bytes(8, "little") + squeezed


def unpack(data: bytes) -> Packed:
    """What `pack` was given."""
    size = int.from_bytes(data[:8], "little")
    whole: pa.Buffer = pa.decompress(data[8:], decompressed_size=size, codec=_CODEC)
    start = 4 + int.from_bytes(whole[:4], "little")
    head = json.loads(whole[4:start].to_pybytes())
    parts: list[pa.Buffer] = []
    for length in head["lengths"]:
        parts.append(whole.slice(start, length))
        start += length
    tables = {name: _table(name, part) for name, part in zip(TABLES, parts, strict=False)}
    detail = parts[-1].to_pybytes().decode() if head["detail"] else None
    return Packed(head["media_type"], Rows(**tables), _error(head["error"]), detail)


def found_at(packed: Packed, facts: DocumentFacts) -> Packed:
    """The same reading for a document that was found at another place or time."""
    rows = packed.rows
    documents = with_facts(rows.documents, facts)
    moved = Rows(documents, rows.observations, rows.findings, rows.unread)
    return Packed(packed.media_type, moved, packed.error, packed.detail)


def _error(kept: list[str] | None) -> DocumentError | None:
    if kept is None:
        return None
    kind: Any = getattr(solieu.errors, kept[0], DocumentError)
    error: DocumentError = kind(*kept[1:])
    return error


def _table_bytes(table: pa.Table) -> bytes:
    """The columns without their descriptions, which would outweigh a small document's rows."""
    if not table.num_rows:
        return b""
    sink = pa.BufferOutputStream()
    bare = table.replace_schema_metadata(None)
    plain = pa.schema([pa.field(f.name, f.type) for f in bare.schema])
    with pa.ipc.new_stream(sink, plain) as stream:
        for batch in bare.cast(plain).combine_chunks().to_batches():
            stream.write_batch(batch)
    return sink.getvalue().to_pybytes()


def _table(name: str, data: pa.Buffer) -> pa.Table:
    if not len(data):
        return schema(name).empty_table()
    with pa.ipc.open_stream(data) as stream:
        return pa.Table.from_arrays(stream.read_all().columns, schema=schema(name))
