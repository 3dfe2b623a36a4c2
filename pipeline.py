"""From published documents to an audited dataset: fetch, extract, normalize, audit, write.

`observe` is the heart: pure, one document in, all that it says out. `run` maps it over many
documents and writes the tables; `audit` gives the contradictions and writes nothing.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engines.local import Limits, Lost, default_workers, map_tasks
from fetchers import local
from fetchers.source import Address, Fetched
from solieu.errors import DocumentError, LimitExceeded, UnreadableDocument
from solieu.model import Reading, SourceDocument

if TYPE_CHECKING:
    import pandas as pd

    from writers.rows import DocumentFacts, Rows

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the name of the one just begun or ended."""


def observe(document: SourceDocument) -> Reading:
    """All that one document says: tables, observations, findings, and what could not be read.

    Raises DocumentError where the document cannot be read at all.
    """
    import auditors  # noqa: PLC0415 (the command starts without the readers)
    import extractors  # noqa: PLC0415
    import normalizers  # noqa: PLC0415

    content = extractors.extract(document)
    meaning = normalizers.normalize(content, document.digest)
    reading = Reading(
        document.digest,
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


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read, and the other addresses that hold the same bytes."""

    address: Address
    also_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its rows, and the page of the report that shows it."""

    facts: DocumentFacts
    rows: Rows
    error: DocumentError | None
    detail: str | None = None


def read(task: Task) -> Outcome:
    """Fetch and observe one document; whatever goes wrong with it becomes its row."""
    from writers.report import detail  # noqa: PLC0415
    from writers.rows import DocumentFacts, rows_of  # noqa: PLC0415

    facts = DocumentFacts(task.address.text, also_at=task.also_at)
    reading: Reading | None = None
    error, page = task.address.problem, None
    if error is None:
        try:
            document = fetch(task.address.text)
            facts = DocumentFacts(
                document.address,
                document.digest,
                document.final_url,
                document.media_type,
                document.retrieved_at,
                task.also_at,
            )
            reading = observe(document)
            page = detail(document, reading)
        except DocumentError as known:
            error = known
        except MemoryError:
            raise
        except Exception as unknown:  # noqa: BLE001 (the one border: the run goes on)
            error = _unexpected(unknown)
    return Outcome(facts, rows_of(facts, reading, error), error, page)


def _unexpected(error: Exception) -> UnreadableDocument:
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return UnreadableDocument(
        f"The document made the reader fail: {what}. Please report it with the document.",
        f"Tài liệu làm bộ đọc gặp lỗi: {what}. Xin gửi báo lỗi kèm tài liệu.",
    )


def _lost(task: Task, lost: Lost) -> Outcome:
    from writers.rows import DocumentFacts, rows_of  # noqa: PLC0415

    what_en, what_vi = {
        "timeout": ("took longer than", "đọc lâu hơn"),
        "memory": ("needed more memory than", "cần nhiều bộ nhớ hơn"),
        "died": ("ended the reading process:", "làm tiến trình đọc dừng đột ngột:"),
    }[lost.why]
    error = LimitExceeded(
        f"The document {what_en} {lost.detail}. Split it, or raise the limit with --timeout.",
        f"Tài liệu {what_vi} {lost.detail}. Hãy chia nhỏ, hoặc nâng giới hạn bằng --timeout.",
    )
    facts = DocumentFacts(
        task.address.text, _digest_of_file(task.address.text), also_at=task.also_at
    )
    return Outcome(facts, rows_of(facts, None, error), error)


def plan(asked: Iterable[str], leave_out: Path | None = None) -> list[Task]:
    """The documents to read in a stable order; files with the same bytes are one document."""
    firsts: dict[str, Address] = {}
    others: dict[str, list[str]] = {}
    for address in local.addresses(asked, leave_out=leave_out):
        key = _digest_of_file(address.text) or address.text
        if key in firsts:
            others.setdefault(key, []).append(address.text)
        else:
            firsts[key] = address
    return [Task(address, tuple(others.get(key, ()))) for key, address in firsts.items()]


def _digest_of_file(address: str) -> str | None:
    path = Path(address)
    if local.is_url(address) or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def outcomes(
    tasks: Sequence[Task],
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Read every document in worker processes; outcomes come in the order of `tasks`.

    `workers` 0 reads in this process, without limits.
    """
    done = 0

    def tell(task: Task) -> None:
        if progress:
            progress(done, len(tasks), task.address.text)

    results: Iterator[tuple[int, Outcome | Lost]]
    if workers == 0:
        results = ((i, read(task)) for i, task in enumerate(tasks))
    else:
        count = min(workers or default_workers(), len(tasks))
        results = map_tasks(read, tasks, workers=count, limits=limits or Limits(), started=tell)
    waiting: dict[int, Outcome] = {}
    turn = 0
    for done, (index, result) in enumerate(results, 1):  # noqa: B007 (told by `tell`)
        task = tasks[index]
        waiting[index] = _lost(task, result) if isinstance(result, Lost) else result
        tell(task)
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


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


def run(
    asked: Iterable[str],
    output: Path | str,
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Read everything that was asked for and write the dataset into `output`.

    Bad documents get a row with their error; the rest is complete. A run that is killed leaves the
    files of the last complete run as they were.
    """
    from writers import datapackage, report  # noqa: PLC0415
    from writers.parquet import OutputFolder  # noqa: PLC0415

    folder = Path(output)
    result = RunResult(folder)
    with OutputFolder(folder) as files:
        for outcome in outcomes(
            plan(asked, folder), workers=workers, limits=limits, progress=progress
        ):
            files.add(outcome.rows)
            report.add_detail(files.staging, outcome.facts.document_id, outcome.detail)
            result.count(outcome)
        files.finish()
        datapackage.write(files.staging)
        report.write(files.staging)
        files.commit()
    return result


if __name__ == "__main__":
    from commands import main

    main()
