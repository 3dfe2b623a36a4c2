"""What the state knows as the tables of the output folder, the same bytes for the same state."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engines.names import metric_names
from engines.nightly import revised
from engines.nightly.reading import kept_rows
from engines.nightly.vintages import Seen, Vintage, revisions, vintages
from fetchers.state import State
from solieu.model import Finding
from writers import datapackage, report
from writers.packed import Packed
from writers.parquet import OutputFolder
from writers.rows import Rows, finding_row
from writers.schema import schema

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One address with the vintages of its figures."""

    address: str
    source: str
    labels: tuple[str, ...]
    found: tuple[Vintage, ...]
    versions: tuple[Seen, ...]
    vanished: str | None


@dataclass(slots=True)
class Standing:
    """One document over all addresses that give it."""

    first_seen: str
    last_seen: str
    superseded: str | None
    addresses: list[str]
    source: str
    labels: tuple[str, ...]

    def join(self, vintage: Vintage, address: str) -> None:
        """Take in another address or another stretch of time."""
        self.first_seen = min(self.first_seen, vintage.first_seen)
        self.last_seen = max(self.last_seen, vintage.last_seen)
        ends = (self.superseded, vintage.superseded)
        self.superseded = None if None in ends else max(e for e in ends if e)
        if address not in self.addresses:
            self.addresses.append(address)


@dataclass(slots=True)
class Written:
    """What the output holds, for the summary."""

    documents: int = 0
    figures: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    changes: list[Row] = field(default_factory=list)


def pages(state: State) -> Iterator[Page]:
    """Every address that gave a document, by source and address."""
    found = state.stream(
        "SELECT a.address, a.vanished_run, a.seen_run, v.run, v.digest, v.previous_seen,"
        "       r.status, r.figures,"
        "       (SELECT s.position || char(9) || s.name FROM owners o"
        "        JOIN sources s ON s.name = o.source WHERE o.address = a.address"
        "        ORDER BY s.position < 0, s.position, s.name LIMIT 1) AS owner"
        " FROM addresses a JOIN versions v ON v.address = a.address"
        " JOIN readings r ON r.digest = v.digest"
        " WHERE v.role IN ('document', 'member')"
        " ORDER BY owner IS NULL, CAST(owner AS INTEGER), owner, a.address, v.run"
    )
    said = state.rows("SELECT name, labels FROM sources")
    labels = {name: tuple(json.loads(text)) for name, text in said}
    for address, rows in groupby(found, lambda row: row[0]):
        every = list(rows)
        vanished, last_seen, owner = every[0][1], every[0][2], every[0][8]
        source = owner.partition("\t")[2] if owner else ""
        seen = tuple(Seen(run, digest, status, figures, before)
                     for _, _, _, run, digest, before, status, figures, _ in every)  # fmt: skip
        last = last_seen or seen[-1].run
        yield Page(
            address, source, labels.get(source, ()), tuple(vintages(seen, last)), seen, vanished
        )


def write(state: State, folder: OutputFolder, runs: Sequence[str]) -> Written:
    """All tables, the data package and the report into the staging folder of `folder`.

    `runs` are those whose discoveries `changes` tells.
    """
    result = Written()
    documents: dict[str, Standing] = {}
    stretches: list[Row] = []
    revision_rows: dict[str, list[Row]] = {}
    for page in list(pages(state)):
        for vintage in page.found:
            _join(documents, page, vintage)
            stretches.append(_stretch(page, vintage))
        for before, after in revisions(page.found):
            pairs = _pairs(state, before, after)
            revision_rows.setdefault(after.digest, []).extend(_findings(pairs))
            if after.first_seen in runs:
                result.changes += [_revised(page, before, after, pair) for pair in pairs]
        result.changes += _of_page(page, runs)
    for digest, standing in documents.items():
        kept = kept_rows(state, digest)
        if kept is None:
            continue
        rows = _dated(kept, standing, revision_rows.get(digest, []))
        folder.add(rows)
        report.add_detail(folder.staging, digest, kept.detail)
        _count(result, rows)
    folder.finish()
    _table(folder, "changes", sorted(result.changes, key=_order))
    _table(folder, "vintages", stretches)
    datapackage.write(folder.staging)
    report.write(folder.staging, metric_names())
    return result


def known_vintages(path: Path) -> list[tuple[str, str, str | None]]:
    """Address, last run that saw it and run that missed it, of what an earlier output has."""
    rows = pq.read_table(path, columns=["address", "superseded_on", "last_seen", "vanished_on"])
    return [
        (row["address"], row["last_seen"].isoformat(), gone and gone.isoformat())
        for row in rows.to_pylist()
        if row["superseded_on"] is None
        for gone in [row["vanished_on"]]
    ]


def _join(documents: dict[str, Standing], page: Page, vintage: Vintage) -> None:
    known = documents.get(vintage.digest)
    if known:
        known.join(vintage, page.address)
    else:
        documents[vintage.digest] = Standing(
            vintage.first_seen, vintage.last_seen, vintage.superseded, [page.address],
            page.source, page.labels,
        )  # fmt: skip


def _stretch(page: Page, vintage: Vintage) -> Row:
    return {
        "source": page.source,
        "address": page.address,
        "document_id": vintage.digest,
        "first_seen": _time(vintage.first_seen),
        "last_seen": _time(vintage.last_seen),
        "superseded_on": _time(vintage.superseded),
        "vanished_on": _time(page.vanished) if vintage.superseded is None else None,
    }


def _dated(kept: Packed, standing: Standing, extra: list[Row]) -> Rows:
    """The rows of a document with its times, its addresses and the revisions that led to it."""
    documents = _set(
        kept.rows.documents,
        source=standing.addresses[0],
        also_at=standing.addresses[1:],
        source_name=standing.source or None,
        labels=list(standing.labels),
    )
    observations = _set(
        kept.rows.observations,
        first_seen=_time(standing.first_seen),
        last_seen=_time(standing.last_seen),
        superseded_on=_time(standing.superseded),
    )
    findings = kept.rows.findings
    if extra:
        more = pa.Table.from_pylist(extra, schema=schema("findings"))
        findings = pa.concat_tables([findings, more])
    return Rows(documents, observations, findings, kept.rows.unread)


def _set(table: pa.Table, **values: Any) -> pa.Table:
    for name, value in values.items():
        place = table.schema.get_field_index(name)
        kind = table.schema.field(place)
        column = pa.array([value] * table.num_rows, kind.type)
        table = table.set_column(place, kind, column)
    return table


def _pairs(state: State, before: Vintage, after: Vintage) -> list[tuple[Row, Row]]:
    old, new = kept_rows(state, before.digest), kept_rows(state, after.digest)
    if old is None or new is None:
        return []
    return revised.revised(old.rows.observations.to_pylist(), new.rows.observations.to_pylist())


def _findings(pairs: Iterable[tuple[Row, Row]]) -> list[Row]:
    return [_finding(before, after) for before, after in pairs]


def _finding(before: Row, after: Row) -> Row:
    """A revision is a question to the publisher, not an error of arithmetic."""
    label, unit = after["metric_label"], after["unit"]
    region = after["region_name"] or after["region_text"]
    about = f"{region}, {label}" if region else label
    finding = Finding(
        check="revision",
        status="fail",
        severity="info",
        figure_ids=(before["observation_id"], after["observation_id"]),
        published=Decimal(str(after["value"])),
        expected=Decimal(str(before["value"])),
        region_name=after["region_name"],
        metric=after["metric"],
        scenario=after["scenario"],
        measure=after["measure"],
        year=after["year"],
        message_vi=f"{about}: cùng một địa chỉ trước đây ghi {before['raw']}, nay ghi "
        f"{after['raw']} ({unit}).",
        message_en=f"{about}: the same address said {before['raw']} before and says "
        f"{after['raw']} now ({unit}).",
    )
    return finding_row(after["document_id"], finding)


def _revised(page: Page, old: Vintage, new: Vintage, pair: tuple[Row, Row]) -> Row:
    before, after = pair
    return {
        "change": "revised_figure",
        "source": page.source,
        "address": page.address,
        "observation_id_before": before["observation_id"],
        "observation_id_after": after["observation_id"],
        "value_before": before["value"],
        "value_after": after["value"],
        "seen_at": _time(new.first_seen),
        "document_id_before": old.digest,
        "document_id_after": new.digest,
        "raw_before": before["raw"],
        "raw_after": after["raw"],
        "unit": after["unit"],
        "region_name": after["region_name"] or after["region_text"],
        "metric_label": after["metric_label"],
        "period": after["period"],
    }


def _of_page(page: Page, runs: Sequence[str]) -> Iterator[Row]:
    """New bytes and the page's disappearance, as rows of `changes`."""
    before: str | None = None
    for version in page.versions:
        if version.run in runs:
            yield {
                "change": "new_version" if before else "new_document",
                "source": page.source,
                "address": page.address,
                "seen_at": _time(version.run),
                "document_id_before": before,
                "document_id_after": version.digest,
            }
        before = version.digest
    if page.vanished in runs:
        yield {
            "change": "vanished_document",
            "source": page.source,
            "address": page.address,
            "seen_at": _time(page.vanished),
            "document_id_before": before,
        }


_KINDS = ("new_document", "new_version", "revised_figure", "vanished_document")


def _order(row: Row) -> tuple[Any, ...]:
    """By time and kind; within a document the figures stay in reading order."""
    return row["seen_at"], _KINDS.index(row["change"])


def _table(folder: OutputFolder, name: str, rows: list[Row]) -> None:
    table = pa.Table.from_pylist(rows, schema=schema(name))
    path = folder.staging / f"{name}.parquet"
    pq.write_table(table, path, compression="zstd", version="2.6")


def _count(result: Written, rows: Rows) -> None:
    result.documents += 1
    result.figures += rows.observations.num_rows
    columns = rows.findings.select(["status", "severity"]).to_pydict()
    for status, severity in zip(columns["status"], columns["severity"], strict=True):
        kind = severity if status == "fail" else status
        result.findings[kind] = result.findings.get(kind, 0) + 1


def _time(run: str | None) -> datetime | None:
    return datetime.fromisoformat(run) if run else None
