"""Readings to rows of the output tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from solieu.errors import DocumentError
from solieu.model import Correction, Finding, Observation, Reading, Unread
from writers.schema import schema

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a document besides its reading: one row of `documents`."""

    source: str
    document_id: str | None = None
    final_url: str | None = None
    media_type: str | None = None
    retrieved_at: datetime | None = None
    also_at: tuple[str, ...] = ()


def document_row(facts: DocumentFacts, reading: Reading | None, error: DocumentError | None) -> Row:
    """One row of `documents`: what was read, or why nothing was."""
    content = reading.content if reading else None
    count = len(reading.observations) if reading else 0
    return {
        "document_id": facts.document_id,
        "source": facts.source,
        "final_url": facts.final_url,
        "media_type": facts.media_type,
        "title": content.title if content else None,
        "published_on": content.published_on if content else None,
        "retrieved_at": facts.retrieved_at,
        "page_count": content.page_count if content else None,
        "table_count": len(content.grids) if content else 0,
        "observation_count": count,
        "status": error.status if error else "ok" if count else "empty",
        "error": error.message_en if error else None,
        "error_vi": error.message_vi if error else None,
        "also_at": list(facts.also_at),
        "reader": (content.reader or None) if content else None,
        "region_name": reading.region.name if reading and reading.region else None,
        "unread_count": len(reading.unread) if reading else 0,
        "notices": [n.message_en for n in content.notices] if content else [],
        "notices_vi": [n.message_vi for n in content.notices] if content else [],
    }


def with_facts(documents: pa.Table, facts: DocumentFacts) -> pa.Table:
    """The rows of `documents` with another place and time of finding."""
    found = {
        "source": facts.source,
        "final_url": facts.final_url,
        "retrieved_at": facts.retrieved_at,
        "also_at": list(facts.also_at),
    }
    if _told_of(documents) == [found] * documents.num_rows:
        return documents
    for name, value in found.items():
        field = documents.schema.field(name)
        column = pa.array([value] * documents.num_rows, field.type)
        documents = documents.set_column(documents.schema.get_field_index(name), field, column)
    return documents


def _told_of(documents: pa.Table) -> list[Row]:
    """Place and time of finding.

    Arrow imports pandas before it makes a time, or anything else, of Python or for it. Most rows
    stand as they were read in this run, and half a second is much in the parent of all workers.
    """
    told = documents.select(["source", "final_url", "also_at"]).to_pylist()
    passed = map(_moment, documents["retrieved_at"].cast(pa.int64()).to_pylist())
    return [{**row, "retrieved_at": at} for row, at in zip(told, passed, strict=True)]


_EPOCH = datetime.fromtimestamp(0, UTC)


def _moment(since: int | None) -> datetime | None:
    return None if since is None else _EPOCH + timedelta(microseconds=since)


def observation_row(document_id: str, observation: Observation) -> Row:
    """One row of `observations`. The figure must have a value."""
    figure, place = observation.figure, observation.figure.place
    region, period = observation.region, observation.period
    assert figure.value is not None
    return {
        "observation_id": figure.figure_id,
        "document_id": document_id,
        "region_code": region.code if region else None,
        "region_valid_from": region.valid_from if region else None,
        "region_name": region.name if region else None,
        "region_level": region.level if region else None,
        "region_path": (region.path or region.name) if region else None,
        "metric": observation.metric,
        "metric_label": observation.metric_label,
        "scenario": observation.scenario,
        "measure": observation.measure,
        "basis": observation.basis,
        "year": period.year if period else None,
        "period": period.code if period else None,
        "value": float(figure.value),
        "unit": figure.unit,
        "raw": figure.raw,
        "qualifier": figure.qualifier,
        "rounding": float(figure.rounding),
        "is_total": observation.is_total,
        "method": observation.method,
        "page": place.page,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "bbox": list(place.box) if place.box else None,
        "excerpt": figure.excerpt,
        "number_format": figure.number_format,
        "confidence": figure.confidence,
        "value_alternative": None if figure.alternative is None else float(figure.alternative),
        "region_text": observation.region_text,
        "region_candidates": list(observation.candidates),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "time_basis": period.basis if period else None,
        "period_source": (period.source or None) if period else None,
        "flags": list(observation.doubts()),
        "passage": place.passage,
        "char_start": place.start,
        "char_end": place.end,
        **_corrections(observation.corrections),
    }


def _corrections(made: Sequence[Correction]) -> Row:
    """What readers said of a figure; empty columns where nobody did."""
    if not made:
        return {}
    before = [c.original for c in made if c.field == "value"]
    return {
        "corrected_by": _joined(c.by for c in made),
        "corrected_on": max((c.on for c in made if c.on), default=None),
        "correction_reason": _joined(c.reason for c in made),
        "value_original": _double(before[0]) if before else None,
        "note": _joined(c.value for c in made if c.field == "note") or None,
        "corrections": json.dumps(
            [{**asdict(c), "on": c.on.isoformat() if c.on else None} for c in made],
            ensure_ascii=False,
        ),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def finding_row(document_id: str, finding: Finding) -> Row:
    """One row of `findings`."""
    return {
        "finding_id": finding.finding_id(document_id),
        "document_id": document_id,
        "check": finding.check,
        "status": finding.status,
        "severity": finding.severity,
        "region_name": finding.region_name,
        "metric": finding.metric,
        "scenario": finding.scenario,
        "measure": finding.measure,
        "year": finding.year,
        "published": _double(finding.published),
        "expected": _double(finding.expected),
        "difference": _double(finding.difference),
        "tolerance": _double(finding.tolerance),
        "observation_ids": list(finding.figure_ids),
        "suspect_observation_id": finding.suspect_id,
        "suggestion": finding.suggestion,
        "message_vi": finding.message_vi,
        "message_en": finding.message_en,
        "details": (
            json.dumps(dict(finding.details), ensure_ascii=False, sort_keys=True)
            if finding.details
            else None
        ),
    }


def finding_rows(found: Iterable[tuple[str, Finding]]) -> pa.Table:
    """Rows of `findings` from findings with the document that each belongs to."""
    return _table("findings", [finding_row(document, finding) for document, finding in found])


def unread_row(document_id: str, unread: Unread) -> Row:
    """One row of `unread`."""
    place = unread.place
    return {
        "document_id": document_id,
        "page": place.page,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "passage": place.passage,
        "raw": unread.raw,
        "reason": unread.reason,
    }


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that one document adds to each output table."""

    documents: pa.Table
    observations: pa.Table
    findings: pa.Table
    unread: pa.Table


def rows_of(facts: DocumentFacts, reading: Reading | None, error: DocumentError | None) -> Rows:
    """All rows of one document, observations in reading order."""
    document_id = facts.document_id or ""
    read = stored(reading) if reading else []
    return Rows(
        _table("documents", [document_row(facts, reading, error)]),
        _table("observations", [observation_row(document_id, o) for o in read]),
        _table("findings", _findings(document_id, reading.findings if reading else ())),
        _table("unread", [unread_row(document_id, u) for u in reading.unread] if reading else []),
    )


def stored(reading: Reading) -> list[Observation]:
    """The observations of a reading that become rows, in the order of these."""
    return sorted((o for o in reading.observations if o.figure.value is not None), key=_order)


def _findings(document_id: str, findings: Sequence[Finding]) -> list[Row]:
    return [finding_row(document_id, finding) for finding in findings]


def _order(observation: Observation) -> tuple[int, ...]:
    place = observation.figure.place
    spot = (place.passage, place.table, place.row, place.column, place.start)
    return (int(observation.method == "prose"), *(n or 0 for n in spot))


def _table(name: str, rows: Iterable[Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema(name))


def _double(value: object) -> float | None:
    return None if value is None else float(str(value))
