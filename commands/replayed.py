"""A finding recomputed: the bytes by their digest, everything else anew."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Any

import pandas as pd

import pipeline
from auditors import audit_across
from commands import verdict
from commands.frames import records
from commands.language import Language, number, say
from extractors.sniff import media_type
from fetchers.archive import Archive
from solieu import corrections
from solieu.errors import DocumentError
from solieu.model import Finding, Reading, SourceDocument

_COMPARED = ("status", "severity", "published", "expected", "tolerance")


class _Told(Exception):
    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self._key, self._values = key, values

    def text(self, language: Language) -> str:
        """What to tell the user."""
        return say(language, self._key, **self._values)


class NoFinding(_Told):
    """No finding, or more than one, has an id that begins so."""


class NoBytes(_Told):
    """The document cannot be had any more, or has other bytes now."""


def replay(identifier: str, folder: Path, language: Language) -> tuple[list[str], bool]:
    """What the finding says now, line by line, and whether that is what it said then.

    Raises:
        NoFinding: `identifier` begins no finding of the folder, or several.
        NoBytes: a document that it needs is gone or changed.
    """
    row = _recorded(identifier, folder)
    figures = pd.read_parquet(folder / "observations.parquet")
    involved = figures[figures["observation_id"].isin(list(row["observation_ids"]))]
    ids = dict.fromkeys([*involved["document_id"], row["document_id"]])
    documents = pd.read_parquet(folder / "documents.parquet")
    rows = [_document(documents, document_id) for document_id in ids]
    readings = [_read(document, folder) for document in rows]
    now = _found(readings, row)
    lines = [
        line
        for document in rows
        for line in (
            f"{say(language, 'document')}: {document['final_url'] or document['source']}",
            f"{say(language, 'digest')}: {document['document_id']}",
        )
    ]
    shown = {r["observation_id"]: r for r in records(involved)}
    lines += ["", row[f"message_{language}"], *verdict.arithmetic(row, shown, language), ""]
    if now is None:
        return [*lines, say(language, "replay_gone")], False
    changes = _changes(row, now, language)
    key = "replay_other" if changes else "replay_same"
    return [*lines, say(language, key, id=row["finding_id"]), *changes], not changes


def _recorded(identifier: str, folder: Path) -> dict[str, Any]:
    table = pd.read_parquet(folder / "findings.parquet")
    ids = table["finding_id"]
    found = table[ids == identifier]
    found = found if len(found) else table[ids.str.startswith(identifier)]
    if not identifier or not len(found):
        raise NoFinding("explain_none", folder=folder, id=identifier)
    if len(found) > 1:
        raise NoFinding("explain_many", count=len(found), id=identifier)
    return records(found)[0]


def _document(documents: pd.DataFrame, document_id: str) -> dict[str, Any]:
    return records(documents[documents["document_id"] == document_id])[0]


def _read(document: dict[str, Any], folder: Path) -> Reading:
    source = _source(document, folder)
    file = folder / corrections.NAME
    known = corrections.load(file) if file.is_file() else pipeline.NO_CORRECTIONS
    return pipeline.observe(source, known)


def _source(document: dict[str, Any], folder: Path) -> SourceDocument:
    digest, address = document["document_id"], document["source"]
    kept = Archive(folder / "archive").read(digest)
    if kept is not None:
        name = Path(document["final_url"] or address).name
        return SourceDocument(address, kept, media_type(kept, name), name)
    try:
        source = pipeline.fetch(address)
    except DocumentError as error:
        raise NoBytes("replay_no_bytes", source=address, digest=digest) from error
    if hashlib.sha256(source.content).hexdigest() != digest:
        raise NoBytes("replay_other_bytes", source=address, digest=digest, now=source.digest)
    return source


def _found(readings: list[Reading], row: dict[str, Any]) -> Finding | None:
    own = next(r for r in readings if r.document_id == row["document_id"])
    found = [(own.document_id, f) for f in own.findings]
    if len(readings) > 1:
        found += audit_across((r.document_id, r.observations) for r in readings)
    for document_id, finding in found:
        if finding.finding_id(document_id) == row["finding_id"]:
            return finding
    return None


def _changes(row: dict[str, Any], now: Finding, language: Language) -> list[str]:
    """What differs between the record and the recomputation."""
    lines = []
    for name in _COMPARED:
        then, value = row[name], getattr(now, name)
        if not _equal(then, value):
            shown = [
                str(x) if isinstance(x, str) or x is None else number(language, float(x))
                for x in (then, value)
            ]
            lines.append(say(language, "replay_change", name=name, then=shown[0], now=shown[1]))
    return lines


def _equal(then: Any, now: Any) -> bool:
    if then is None or now is None or isinstance(then, str):
        return bool(then == now)
    return math.isclose(float(then), float(now), rel_tol=1e-12)
