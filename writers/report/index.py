"""What the first page of the report knows: counts, the failed checks, coverage, where to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import compute

from writers.report.columnar import names, pack

MOST_FINDINGS = 2000
MOST_COVERAGE = 12_000
MOST_REASONS = 30
LEVELS = ("country", "province", "district", "commune", "other")
_SEVERITIES = ("error", "warning", "info")

DOCUMENT_COLUMNS = names(
    "id source url type title published pages tables figures unread status error error_vi region "
    "reader notices notices_vi also errors warnings held detail"
)
FINDING_COLUMNS = names(
    "id document check severity region metric year published expected difference suspect whole "
    "unit raw vi en"
)
FINDING_SHARED = frozenset(names("document check severity region metric unit"))
COVERAGE_COLUMNS = ("region", "level", "metric", "year", "count", "wrong")
COVERAGE_SHARED = frozenset(("region", "level", "metric"))


BATCH = 10_000
"""Rows that are Python objects at one time."""


def overview(folder: Path, detailed: frozenset[str]) -> dict[str, Any]:
    """The index as plain values; `detailed` are the documents that have a page of their own."""
    documents = pq.read_table(folder / "documents.parquet").to_pylist()
    path = folder / "findings.parquet"
    findings = pq.read_table(path, columns=_FOUND, read_dictionary=_FOUND)
    observations = pq.read_table(
        folder / "observations.parquet", columns=_OBSERVED, read_dictionary=_REPEATED
    )
    failed = _failed(path, observations)
    return {
        "counts": _counts(documents, observations.num_rows, findings),
        "documents": pack(
            _documents(documents, findings, detailed),
            DOCUMENT_COLUMNS,
            frozenset(("type", "reader", "region")),
        ),
        "findings": pack(failed[:MOST_FINDINGS], FINDING_COLUMNS, FINDING_SHARED),
        "failed": len(failed),
        "unread": _reasons(folder),
        "coverage": pack(
            _coverage(observations, failed)[:MOST_COVERAGE], COVERAGE_COLUMNS, COVERAGE_SHARED
        ),
        "checks": _checks(findings),
    }


_FOUND = ["document_id", "check", "status", "severity"]
_REPEATED = ["region_path", "region_name", "region_level", "metric", "unit"]
"""Columns of few values: each is kept once, for the rows are many."""
_OBSERVED = [
    "observation_id",
    "region_path",
    "region_name",
    "region_level",
    "metric",
    "year",
    "raw",
    "unit",
]


def _counts(
    documents: Sequence[Mapping[str, Any]], figures: int, findings: pa.Table
) -> dict[str, int]:
    statuses = Counter(findings["status"].to_pylist())
    failed = Counter(
        severity
        for status, severity in zip(
            findings["status"].to_pylist(), findings["severity"].to_pylist(), strict=True
        )
        if status == "fail"
    )
    return {
        "documents": len(documents),
        "not_read": sum(d["status"] != "ok" for d in documents),
        "figures": figures,
        "unread": sum(d["unread_count"] for d in documents),
        "pass": statuses["pass"],
        "unknown": statuses["unknown"],
        **{severity: failed[severity] for severity in _SEVERITIES},
    }


def _checks(findings: pa.Table) -> list[list[Any]]:
    """Check, held, failed, undecided: how much was checked and by which law."""
    count = Counter(zip(findings["check"].to_pylist(), findings["status"].to_pylist(), strict=True))
    names = sorted({str(check) for check, _ in count})
    return [[n, *(count[(n, s)] for s in ("pass", "fail", "unknown"))] for n in names]


def _documents(
    documents: Iterable[Mapping[str, Any]], findings: pa.Table, detailed: frozenset[str]
) -> list[dict[str, Any]]:
    kinds: Counter[tuple[str, str]] = Counter()
    columns = findings.select(["document_id", "status", "severity"]).to_pydict()
    for document_id, status, severity in zip(*columns.values(), strict=True):
        kinds[(document_id, severity if status == "fail" else status)] += 1
    return [_document(d, kinds, detailed) for d in documents]


def _document(
    row: Mapping[str, Any], kinds: Counter[tuple[str, str]], detailed: frozenset[str]
) -> dict[str, Any]:
    key = row["document_id"] or ""
    return {
        "id": row["document_id"],
        "source": row["source"],
        "url": row["final_url"],
        "type": row["media_type"],
        "title": row["title"],
        "published": row["published_on"].isoformat() if row["published_on"] else None,
        "pages": row["page_count"],
        "tables": row["table_count"],
        "figures": row["observation_count"],
        "unread": row["unread_count"],
        "status": row["status"],
        "error": row["error"],
        "error_vi": row["error_vi"],
        "region": row["region_name"],
        "reader": row["reader"],
        "notices": row["notices"],
        "notices_vi": row["notices_vi"],
        "also": row["also_at"],
        "errors": kinds[(key, "error")],
        "warnings": kinds[(key, "warning")],
        "held": kinds[(key, "pass")],
        "detail": int(key in detailed),
    }


def _failed(path: Path, observations: pa.Table) -> list[dict[str, Any]]:
    """Failed checks, the gravest first: by severity, then by how far off they are."""
    rows = [
        row
        for batch in pq.ParquetFile(path).iter_batches(BATCH)
        for row in batch.filter(compute.field("status") == "fail").to_pylist()
    ]
    needed = {i for r in rows for i in r["observation_ids"][:1]}
    prints = _prints(observations, needed)
    rows.sort(key=lambda r: (_SEVERITIES.index(r["severity"]), -_share_off(r), r["finding_id"]))
    return [_finding(r, prints) for r in rows]


def _prints(observations: pa.Table, needed: set[str]) -> dict[str, tuple[str, str]]:
    columns = observations.select(["observation_id", "raw", "unit"])
    return {i: (raw, unit) for i, raw, unit in _each(columns) if i in needed}


def _each(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows as tuples, few of them in memory at a time."""
    for batch in table.to_batches(BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _share_off(row: Mapping[str, Any]) -> float:
    base = max(abs(row["published"] or 0), abs(row["expected"] or 0))
    return abs(row["difference"] or 0) / base if base else 0.0


def _finding(row: Mapping[str, Any], prints: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    whole = row["observation_ids"][0] if row["observation_ids"] else None
    raw, unit = prints.get(whole or "", (None, None))
    return {
        "id": row["finding_id"],
        "document": row["document_id"],
        "check": row["check"],
        "severity": row["severity"],
        "region": row["region_name"],
        "metric": row["metric"],
        "year": row["year"],
        "published": row["published"],
        "expected": row["expected"],
        "difference": row["difference"],
        "suspect": row["suspect_observation_id"],
        "whole": whole,
        "unit": unit,
        "raw": raw,
        "vi": row["message_vi"],
        "en": row["message_en"],
    }


def _reasons(folder: Path) -> list[list[Any]]:
    counts = Counter(
        pq.read_table(folder / "unread.parquet", columns=["reason"])["reason"].to_pylist()
    )
    return [[reason, n] for reason, n in sorted(counts.items(), key=lambda p: (-p[1], p[0]))][
        :MOST_REASONS
    ]


def _coverage(observations: pa.Table, failed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Figures per region, metric and year; larger territories first, so that a cut keeps them."""
    wrong = {f["whole"] for f in failed if f["severity"] == "error"}
    counts: Counter[tuple[Any, ...]] = Counter()
    bad: Counter[tuple[Any, ...]] = Counter()
    for row in _each(observations.select(_OBSERVED)):
        figure_id, path, name, level, metric, year, *_ = row
        key = (path or name, level, metric, year)
        counts[key] += 1
        bad[key] += figure_id in wrong
    return [
        dict(zip(COVERAGE_COLUMNS, (*key, n, bad[key]), strict=True))
        for key, n in sorted(counts.items(), key=lambda pair: _coverage_order(pair[0]))
    ]


def _coverage_order(key: tuple[Any, ...]) -> tuple[Any, ...]:
    region, level, metric, year = key
    rank = LEVELS.index(level) if level in LEVELS else len(LEVELS)
    return (metric is None, rank, region or "", metric or "", year or 0)


def document_ids(folder: Path) -> list[str | None]:
    """The documents' ids in the order of the dataset."""
    ids: list[str | None] = pq.read_table(folder / "documents.parquet", columns=["document_id"])[
        "document_id"
    ].to_pylist()
    return ids
