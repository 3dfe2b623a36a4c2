"""From published documents to an audited dataset: fetch, extract, normalize, audit, write.

`observe` is the heart: pure, one document in, all that it says out. `run` maps it over many
documents and writes the tables; `audit` gives the contradictions and writes nothing.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import solieu.errors
from engines.limits import DEFAULT_LIMITS, Limits
from fetchers import local
from fetchers.source import Fetched, Stored
from solieu.errors import DocumentError, OutputError, UnreadableDocument
from solieu.model import Content, Reading, SourceDocument

if TYPE_CHECKING:
    import pandas as pd

    from engines.cache import Cache
    from engines.outcomes import Outcome, Progress
    from engines.tasks import Task
    from writers.rows import DocumentFacts


def observe(document: SourceDocument) -> Reading:
    """All that one document says: tables, observations, findings, and what could not be read.

    Raises DocumentError where the document cannot be read at all.
    """
    import extractors  # noqa: PLC0415 (the command starts without the readers)

    return interpret(document.digest, extractors.extract(document))


def interpret(document_id: str, content: Content) -> Reading:
    """What the blocks of a document mean, and whether they agree with each other."""
    import auditors  # noqa: PLC0415
    import normalizers  # noqa: PLC0415

    meaning = normalizers.normalize(content, document_id)
    reading = Reading(
        document_id,
        content,
        meaning.tables,
        meaning.observations,
        (),
        meaning.unread,
        meaning.region,
    )
    return replace(reading, findings=auditors.audit(reading))


def fetch(address: str) -> SourceDocument:
    """The document behind a path or URL, its type decided by its bytes."""
    from extractors.sniff import media_type  # noqa: PLC0415
    from fetchers import http  # noqa: PLC0415

    got: Fetched = http.fetch(address) if local.is_url(address) else local.fetch(address)
    kind = media_type(got.content, got.name)
    return SourceDocument(got.address, got.content, kind, got.name, got.final_url, got.retrieved_at)


def read(task: Task, cache: Cache | None = None) -> Outcome:
    """Fetch and observe one document; whatever goes wrong with it becomes its row."""
    from engines.outcomes import failed  # noqa: PLC0415
    from writers.rows import DocumentFacts  # noqa: PLC0415

    facts = DocumentFacts(task.address.text, also_at=task.also_at)
    if task.address.problem:
        return failed(facts, task.address.problem)
    return _read(lambda: fetch(task.address.text), facts, cache)


def read_stored(stored: Stored) -> Outcome:
    """Observe bytes that the archive holds; as with `read`, a failure becomes the row."""
    from extractors.sniff import media_type  # noqa: PLC0415
    from writers.rows import DocumentFacts  # noqa: PLC0415

    def document() -> SourceDocument:
        content = local.fetch(stored.path).content
        kind = media_type(content, stored.name)
        name, final, when = stored.name, stored.final_url, stored.retrieved_at
        return SourceDocument(stored.address, content, kind, name, final, when)

    facts = DocumentFacts(stored.address, stored.digest, stored.final_url, None, stored.retrieved_at)
    return _read(document, facts, None)


def _read(
    document: Callable[[], SourceDocument], facts: DocumentFacts, cache: Cache | None
) -> Outcome:
    from engines.outcomes import failed  # noqa: PLC0415

    try:
        found = document()
        facts = replace(
            facts,
            document_id=found.digest,
            final_url=found.final_url,
            media_type=found.media_type,
            retrieved_at=found.retrieved_at,
        )
        return _observed(found, facts, cache)
    except DocumentError as known:
        return failed(facts, known)
    except (MemoryError, OutputError):
        raise
    except Exception as unknown:  # noqa: BLE001 (the one border: the run goes on)
        return failed(facts, _unexpected(unknown))


def _observed(document: SourceDocument, facts: DocumentFacts, cache: Cache | None) -> Outcome:
    from engines.contents import extracted  # noqa: PLC0415
    from engines.outcomes import Outcome  # noqa: PLC0415
    from writers.report import detail  # noqa: PLC0415
    from writers.rows import rows_of  # noqa: PLC0415

    reading = interpret(document.digest, extracted(document, cache))
    return Outcome(facts, rows_of(facts, reading, None), None, detail(document, reading))


def _unexpected(error: Exception) -> UnreadableDocument:
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return UnreadableDocument(
        f"The document made the reader fail: {what}. Please report it with the document.",
        f"Tài liệu làm bộ đọc gặp lỗi: {what}. Xin gửi báo lỗi kèm tài liệu.",
    )


@dataclass(slots=True)
class RunResult:
    """A finished run: where it stands, and what a person wants to know first."""

    folder: Path
    documents: int = 0
    figures: int = 0
    unread: list[tuple[str, DocumentError]] = field(default_factory=list)
    findings: dict[str, int] = field(default_factory=dict)
    """Number of findings by `status`, failed ones by `severity`: pass, unknown, error, ..."""

    def observations(self) -> pd.DataFrame:
        """`observations.parquet` as a data frame."""
        return self.table("observations")

    def table(self, name: str) -> pd.DataFrame:
        """One of documents, observations, findings, unread as a data frame."""
        import pandas as pd  # noqa: PLC0415

        return pd.read_parquet(self.folder / f"{name}.parquet")

    def count(self, outcome: Outcome) -> None:
        """Take one document into the totals."""
        self.documents += 1
        self.figures += outcome.rows.observations.num_rows
        if outcome.error:
            self.unread.append((outcome.facts.source, outcome.error))
        columns = outcome.rows.findings.select(["status", "severity"]).to_pydict()
        for status, severity in zip(columns["status"], columns["severity"], strict=True):
            kind = severity if status == "fail" else status
            self.findings[kind] = self.findings.get(kind, 0) + 1

    def summary(self) -> dict[str, Any]:
        """All but the folder as JSON values."""
        return {
            "documents": self.documents,
            "figures": self.figures,
            "unread": [
                [source, type(error).__name__, error.message_en, error.message_vi]
                for source, error in self.unread
            ],
            "findings": self.findings,
        }

    @classmethod
    def again(cls, folder: Path, summary: dict[str, Any]) -> RunResult:
        """The result that had this `summary`."""
        unread = [
            (source, getattr(solieu.errors, kind)(message_en, message_vi))
            for source, kind, message_en, message_vi in summary["unread"]
        ]
        return cls(folder, summary["documents"], summary["figures"], unread, summary["findings"])


def run(
    asked: Iterable[str],
    output: Path | str,
    *,
    workers: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    keep: bool = True,
) -> RunResult:
    """Read everything that was asked for and write the dataset into `output`.

    Bad documents get a row with their error; the rest is complete. A run that is killed leaves the
    files of the last complete run as they were. With `keep`, what was read of each document stays
    below `output`: the next run reads only what is new, or what a killed one had not reached.

    Raises:
        UsageError: another run writes into `output`.
        OutputError: `output` cannot be written to.
    """
    from engines import cache as caches  # noqa: PLC0415
    from engines import unchanged  # noqa: PLC0415
    from engines.lock import FolderLock  # noqa: PLC0415
    from engines.outcomes import Reader  # noqa: PLC0415
    from engines.tasks import plan  # noqa: PLC0415

    folder = Path(output)
    with FolderLock(folder), _told(folder):
        tasks = plan(asked, folder)
        cache = caches.below(folder, keep=keep)
        mark = unchanged.fingerprint([cache.results.folder.name, *(task.mark() for task in tasks)])
        known = unchanged.recall(folder / caches.NAME, mark) if keep else None
        if known and all(task.digest for task in tasks):
            return RunResult.again(folder, known)
        with cache:
            reader = Reader(read, cache, limits, workers)
            result, files = _write(folder, reader.outcomes(tasks, progress))
        if keep:
            unchanged.remember(folder / caches.NAME, mark, files, result.summary())
    return result


def _write(folder: Path, outcomes: Iterable[Outcome]) -> tuple[RunResult, list[Path]]:
    """The dataset of these outcomes, and its files; they replace the last ones all together."""
    from writers import datapackage, report  # noqa: PLC0415
    from writers.parquet import OutputFolder  # noqa: PLC0415

    result = RunResult(folder)
    with OutputFolder(folder) as files:
        for outcome in outcomes:
            files.add(outcome.rows)
            report.add_detail(files.staging, outcome.facts.document_id, outcome.detail)
            result.count(outcome)
        files.finish()
        datapackage.write(files.staging)
        report.write(files.staging)
        return result, files.commit()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """A full disk or a missing right, told as what it is."""
    try:
        yield
    except OSError as error:
        raise OutputError.of(folder, error) from error


if __name__ == "__main__":
    from commands import main

    main()
