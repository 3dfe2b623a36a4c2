"""What the first page of the report knows: counts, the failed checks, coverage, where to look."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import compute

from writers.findings import share_off
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


BATCH = 4_096
"""Rows that are Python objects at one time."""


def overview(folder: Path, detailed: frozenset[str]) -> dict[str, Any]:
    """The index as plain values; `detailed` are the documents that have a page of their own."""
    tally = Tally.of(folder / "findings.parquet")
    worst = _worst(folder / "findings.parquet")
    return {
        "counts": _counts(folder, tally),
        "documents": pack(
            (_document(d, tally, detailed) for d in _rows(folder / "documents.parquet")),
            DOCUMENT_COLUMNS,
            frozenset(("type", "reader", "region")),
        ),
        "findings": pack(
            _printed(worst.rows, folder / "observations.parquet"), FINDING_COLUMNS, FINDING_SHARED
        ),
        "failed": sum(tally.failed.values()),
        "unread": _reasons(folder),
        "coverage": pack(
            _coverage(folder / "observations.parquet", worst.wrong),
            COVERAGE_COLUMNS,
            COVERAGE_SHARED,
        ),
        "checks": tally.table(),
    }


def _rows(path: Path, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    for batch in _batches(path, columns):
        yield from batch.to_pylist()


def _batches(path: Path, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(BATCH, columns=columns)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings there are of each kind."""

    checks: Counter[tuple[str, str]]
    """By check and status."""
    kinds: Counter[tuple[str, str]]
    """By document and, for failed ones, severity; else status."""
    failed: Counter[str]
    """Failed ones by severity."""

    @classmethod
    def of(cls, path: Path) -> Tally:
        tally = cls(Counter(), Counter(), Counter())
        for batch in _batches(path, _COUNTED):
            for document, check, status, severity, count in _grouped(batch):
                tally.checks[(check, status)] += count
                tally.kinds[(document, severity if status == "fail" else status)] += count
                if status == "fail":
                    tally.failed[severity] += count
        return tally

    def status(self, wanted: str) -> int:
        return sum(count for (_, status), count in self.checks.items() if status == wanted)

    def table(self) -> list[list[Any]]:
        """Check, held, failed, undecided: how much was checked and by which law."""
        checks = sorted({check for check, _ in self.checks})
        return [[n, *(self.checks[(n, s)] for s in ("pass", "fail", "unknown"))] for n in checks]


_COUNTED = ["document_id", "check", "status", "severity"]


def _grouped(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """Each combination of values, and how often it is there."""
    table = pa.Table.from_batches([batch])
    counted = table.group_by(table.column_names, use_threads=False).aggregate([([], "count_all")])
    ordered = [*table.column_names, "count_all"]
    return zip(*(counted[name].to_pylist() for name in ordered), strict=True)


def _counts(folder: Path, tally: Tally) -> dict[str, int]:
    documents = pq.read_table(folder / "documents.parquet", columns=["status", "unread_count"])
    statuses = Counter(documents["status"].to_pylist())
    return {
        "documents": documents.num_rows,
        "not_read": documents.num_rows - statuses["ok"],
        "figures": pq.read_metadata(folder / "observations.parquet").num_rows,
        "unread": compute.sum(documents["unread_count"]).as_py() or 0,
        "pass": tally.status("pass"),
        "unknown": tally.status("unknown"),
        **{severity: tally.failed[severity] for severity in _SEVERITIES},
    }


def _document(row: Mapping[str, Any], tally: Tally, detailed: frozenset[str]) -> dict[str, Any]:
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
        "errors": tally.kinds[(key, "error")],
        "warnings": tally.kinds[(key, "warning")],
        "held": tally.kinds[(key, "pass")],
        "detail": int(key in detailed),
    }


@dataclass(slots=True)
class _Worst:
    """The failed checks, the gravest first: by severity, then by how far off they are."""

    rows: list[dict[str, Any]]
    """As many as are shown."""
    wrong: set[str]
    """The published figures of all that are errors."""


def _worst(path: Path) -> _Worst:
    worst = _Worst([], set())
    for batch in _batches(path):
        failed = batch.filter(compute.field("status") == "fail").to_pylist()
        errors = (r for r in failed if r["severity"] == "error")
        worst.wrong.update(i for r in errors for i in r["observation_ids"][:1])
        worst.rows += failed
        if len(worst.rows) > MOST_FINDINGS:
            worst.rows = sorted(worst.rows, key=_gravity)[:MOST_FINDINGS]
    worst.rows.sort(key=_gravity)
    return worst


def _gravity(row: Mapping[str, Any]) -> tuple[int, float, str]:
    return _SEVERITIES.index(row["severity"]), -share_off(row), row["finding_id"]


def _printed(rows: list[dict[str, Any]], observations: Path) -> Iterator[dict[str, Any]]:
    """The findings with the published figure as it is printed."""
    needed = pa.array([i for r in rows for i in r["observation_ids"][:1]], pa.string())
    prints: dict[str, tuple[str, str]] = {}
    if len(needed):
        for batch in _batches(observations, ["observation_id", "raw", "unit"]):
            for i, raw, unit in _wanted(batch, needed):
                prints[i] = (raw, unit)
    return (_finding(row, prints) for row in rows)


def _wanted(batch: pa.RecordBatch, ids: pa.StringArray) -> Iterator[tuple[Any, ...]]:
    there = batch.filter(compute.is_in(batch["observation_id"], value_set=ids))
    return zip(*(column.to_pylist() for column in there.columns), strict=True)


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


def _coverage(observations: Path, wrong: set[str]) -> list[dict[str, Any]]:
    """Figures per region, metric and year; larger territories first, so that a cut keeps them."""
    accused = pa.array(wrong, pa.string())
    counts: Counter[tuple[Any, ...]] = Counter()
    bad: Counter[tuple[Any, ...]] = Counter()
    for batch in _batches(observations, _OBSERVED):
        for *key, is_wrong, count in _grouped(_territories(batch, accused)):
            counts[tuple(key)] += count
            bad[tuple(key)] += count * is_wrong
    largest = heapq.nsmallest(MOST_COVERAGE, counts.items(), key=lambda p: _coverage_order(p[0]))
    return [
        dict(zip(COVERAGE_COLUMNS, (*key, count, bad[key]), strict=True)) for key, count in largest
    ]


_OBSERVED = ["observation_id", "region_path", "region_name", "region_level", "metric", "year"]


def _territories(batch: pa.RecordBatch, accused: pa.StringArray) -> pa.RecordBatch:
    figures, path, name, level, metric, year = batch.columns
    wrong = compute.is_in(figures, value_set=accused)
    columns = [compute.coalesce(path, name), level, metric, year, wrong]
    return pa.RecordBatch.from_arrays(columns, ["region", "level", "metric", "year", "wrong"])


def _coverage_order(key: tuple[Any, ...]) -> tuple[Any, ...]:
    region, level, metric, year = key
    rank = LEVELS.index(level) if level in LEVELS else len(LEVELS)
    return (metric is None, rank, region or "", metric or "", year or 0)
