"""What the state knows as the tables of the output folder, the same bytes for the same state.

Rows of documents that the last output holds are taken from there; a night that changed nothing
writes anew only when the figures were last seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from engines import versions
from engines.local import Crew
from engines.nightly import between, last, standing
from engines.nightly.last import LastTables, Record, carry, joined, spans
from engines.nightly.reading import kept_rows, readable
from engines.nightly.standing import Row, Standing
from engines.report import write_report
from fetchers.state import State
from writers import datapackage, report
from writers.parquet import OutputFolder
from writers.rows import Rows
from writers.schema import TABLES, empty, schema

_TOGETHER = 500
"""Documents that are dated in one go."""
_UNTOUCHED = ("documents", "findings", "unread")
"""Tables that say nothing of when something was last seen."""
_AT_ONCE = 5_000


@dataclass(slots=True)
class Written:
    """What the output holds, for the summary."""

    documents: int = 0
    figures: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    revised: list[Row] = field(default_factory=list)
    vanished: list[Row] = field(default_factory=list)
    contradicted: list[Row] = field(default_factory=list)
    """Figures of new documents that other pages give differently, the first few."""


def write(state: State, folder: Path, runs: Sequence[str], workers: int) -> Written:
    """All tables, the data package and the report into `folder`.

    `runs` are those whose discoveries `changes` tells.
    """
    standing.derive(state, runs)
    standing.tell(state, between.revised_figures(state, runs))
    known = last.recall(state, folder)
    trusted = known is not None
    mark, kept = standing.fingerprint(
        standing.documents(state, readable(), trusted=trusted), versions.observing()
    )
    if known and kept and mark == known.mark:
        _redate(state, folder)
        counts = known.counts
        record = known
    else:
        work = _Whole(state, folder, known, workers)
        counts, own = work.write()
        record = Record(mark, own, counts)
    places = partial(standing.note_places, readable=readable(), trusted=trusted)
    last.remember(state, folder, record, places)
    return Written(
        **counts,
        changes=standing.news_counts(state),
        revised=list(standing.news(state, "revised_figure")),
        vanished=list(standing.news(state, "vanished_document")),
        contradicted=list(between.contradicted(state, folder, runs, record.own_findings)),
    )


def _redate(state: State, folder: Path) -> None:
    """The last output again, with the night that saw its figures."""
    with OutputFolder(folder) as files:
        with LastTables(folder, 0) as tables:
            for span in _spans(standing.documents(state, readable(), trusted=True)):
                for rows in _observations(tables, span):
                    files.add(_nothing_but(observations=rows))
        for name in _UNTOUCHED:
            carry(folder / f"{name}.parquet", files.completed(name))
        files.finish()
        _news_and_vintages(state, files.staging)
        datapackage.write(files.staging)
        files.commit()


@dataclass(frozen=True, slots=True)
class _Whole:
    """The output written anew, out of readings and out of what the last output holds."""

    state: State
    folder: Path
    known: Record | None
    workers: int

    def write(self) -> tuple[dict[str, Any], int]:
        """What the output holds, and how many findings are of single documents."""
        with OutputFolder(self.folder) as files, closing(Crew(self.workers)) as crew:
            with TemporaryFile(dir=files.staging) as file:
                others = between.Documents(self.state, file)
                own = self._documents(files, others)
                for findings in others.findings(files.completed("observations"), crew):
                    files.add_findings(findings)
            files.finish()
            _news_and_vintages(self.state, files.staging)
            datapackage.write(files.staging)
            write_report(files.staging, crew)
            counts = _counts(files.staging)
            files.commit()
            return counts, own

    def _documents(self, files: OutputFolder, others: between.Documents) -> int:
        findings = 0
        for rows, span in self._rows(files):
            files.add(rows)
            findings += rows.findings.num_rows
            for one in span:
                others.add(one)
        return findings

    def _rows(self, files: OutputFolder) -> Iterator[tuple[Rows, Sequence[Standing]]]:
        known = self.known
        found = standing.documents(self.state, readable(), trusted=known is not None)
        if known is None:
            for span in _spans(found):
                yield self._read(files, span[0]), span
            return
        with LastTables(self.folder, known.own_findings) as tables:
            for span in _spans(found):
                if span[0].place is None:
                    yield self._read(files, span[0]), span
                else:
                    self._details(files, span)
                    yield from ((rows, ()) for rows in _again(tables, span))
                    yield _nothing_but(), span

    def _read(self, files: OutputFolder, one: Standing) -> Rows:
        kept = kept_rows(self.state, one.digest)
        assert kept is not None
        report.add_detail(files.staging, one.digest, kept.detail)
        rows = kept.rows
        return replace(
            rows,
            documents=_described(rows.documents, [one]),
            observations=_dated(rows.observations, [one]),
        )

    def _details(self, files: OutputFolder, span: Sequence[Standing]) -> None:
        for one in span:
            page = Path(report.FOLDER) / "documents" / f"{one.digest}.js"
            carry(self.folder / page, files.staging / page)


def _spans(found: Iterator[Standing]) -> Iterator[Sequence[Standing]]:
    """Documents whose rows stand together in the last output, in its order; others singly."""
    reached = -1
    while some := list(islice(found, _TOGETHER)):
        for n, one in enumerate(some):
            if one.place is not None and one.place <= reached:
                some[n] = replace(one, place=None)
            reached = max(reached, one.place or 0) if one.place is not None else reached
        for begin, end in spans([one.place for one in some], _TOGETHER):
            yield some[begin:end]


def _again(tables: LastTables, span: Sequence[Standing]) -> Iterator[Rows]:
    """The rows of the last output for these documents, with what may have changed around them."""
    first, end = _place(span[0]), _place(span[-1]) + 1
    documents = joined(tables.take("documents", first, end), "documents")
    yield _nothing_but(documents=_described(documents, span))
    for rows in _observations(tables, span):
        yield _nothing_but(observations=rows)
    for name in ("findings", "unread"):
        for rows in tables.take(name, first, end):
            yield _nothing_but(**{name: rows})


def _observations(tables: LastTables, span: Sequence[Standing]) -> Iterator[pa.Table]:
    for rows in tables.take("observations", _place(span[0]), _place(span[-1]) + 1):
        yield _dated(rows, span)


def _place(one: Standing) -> int:
    assert one.place is not None
    return one.place


def _nothing_but(**tables: pa.Table) -> Rows:
    return Rows(**{name: tables.get(name, empty(name)) for name in TABLES})


def _described(documents: pa.Table, span: Sequence[Standing]) -> pa.Table:
    """Rows of `documents`, one for each of `span`, with where they were found."""
    return _set(
        documents,
        source=[one.addresses[0] for one in span],
        also_at=[list(one.addresses[1:]) for one in span],
        source_name=[one.source or None for one in span],
        labels=[list(one.labels) for one in span],
    )


def _dated(observations: pa.Table, span: Sequence[Standing]) -> pa.Table:
    """Rows of `observations` with when their documents were seen."""
    ids = pa.array([one.digest for one in span], pa.string())
    which = pc.index_in(observations["document_id"].combine_chunks(), ids)
    times = {
        "first_seen": [time(one.first_seen) for one in span],
        "last_seen": [time(one.last_seen) for one in span],
        "superseded_on": [time(one.superseded) for one in span],
    }
    kind = schema("observations").field("first_seen").type
    return _set(observations, **{n: pa.array(t, kind).take(which) for n, t in times.items()})


def _set(table: pa.Table, **columns: Any) -> pa.Table:
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        kind = table.schema.field(place)
        column = values if isinstance(values, pa.Array) else pa.array(values, kind.type)
        table = table.set_column(place, kind, column)
    return table


def _news_and_vintages(state: State, folder: Path) -> None:
    news = ({**row, "seen_at": time(row["seen_at"])} for row in standing.news(state))
    _table(folder, "changes", news)
    found = state.stream(
        "SELECT source, address, digest, first_seen, last_seen, superseded, vanished"
        " FROM stretches ORDER BY place"
    )
    _table(folder, "vintages", map(_stretch, found))


def _stretch(row: tuple[Any, ...]) -> Row:
    source, address, digest, *times = row
    names = ("first_seen", "last_seen", "superseded_on", "vanished_on")
    dated = dict(zip(names, map(time, times), strict=True))
    return {"source": source, "address": address, "document_id": digest, **dated}


def _table(folder: Path, name: str, rows: Iterator[Row]) -> None:
    columns = schema(name)
    path = folder / f"{name}.parquet"
    with pq.ParquetWriter(path, columns, compression="zstd", version="2.6") as file:
        while some := list(islice(rows, _AT_ONCE)):
            file.write_table(pa.Table.from_pylist(some, schema=columns))


def _counts(folder: Path) -> dict[str, Any]:
    """Documents, figures and findings by kind."""
    kinds: dict[str, int] = {}
    with pq.ParquetFile(folder / "findings.parquet") as file:
        for batch in file.iter_batches(columns=["status", "severity"]):
            pairs = zip(*(batch[name].to_pylist() for name in ("status", "severity")), strict=True)
            for status, severity in pairs:
                kind = severity if status == "fail" else status
                kinds[kind] = kinds.get(kind, 0) + 1
    return {
        "documents": pq.read_metadata(folder / "documents.parquet").num_rows,
        "figures": pq.read_metadata(folder / "observations.parquet").num_rows,
        "findings": dict(sorted(kinds.items())),
    }


def known_vintages(path: Path) -> Iterator[tuple[str, str, str | None]]:
    """Address, last run that saw it and run that missed it, of what an earlier output has."""
    columns = ["address", "superseded_on", "last_seen", "vanished_on"]
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                if row["superseded_on"] is None:
                    gone = row["vanished_on"]
                    yield row["address"], row["last_seen"].isoformat(), gone and gone.isoformat()


def time(run: str | None) -> datetime | None:
    """A run's name as the time that its discoveries are dated with."""
    return datetime.fromisoformat(run) if run else None
