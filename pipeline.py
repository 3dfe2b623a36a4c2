"""From published documents to an audited dataset: fetch, extract, normalize, audit, write.

`observe` is the heart: pure, one document in, all that it says out. `run` maps it over many
documents and writes the tables; `audit` gives the contradictions and writes nothing.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engines.limits import DEFAULT_LIMITS, Limits
from engines.results import RunResult
from fetchers import local
from fetchers.source import Fetched, Stored
from solieu.corrections import NAME as CORRECTIONS
from solieu.corrections import Corrections, load
from solieu.errors import DocumentError, OutputError, UnreadableDocument
from solieu.model import Content, Reading, SourceDocument
from solieu.text import encodable

NO_CORRECTIONS = Corrections()

if TYPE_CHECKING:
    from engines.cache import Cache
    from engines.dask import Cluster, ClusterAddress
    from engines.outcomes import Outcome, Progress
    from engines.tasks import Task
    from writers.rows import DocumentFacts


def observe(document: SourceDocument, corrections: Corrections = NO_CORRECTIONS) -> Reading:
    """All that one document says: tables, observations, findings, and what could not be read.

    Raises DocumentError where the document cannot be read at all.
    """
    import extractors  # noqa: PLC0415 (the command starts without the readers)

    return interpret(document.digest, extractors.extract(document), corrections)


def interpret(
    document_id: str, content: Content, corrections: Corrections = NO_CORRECTIONS
) -> Reading:
    """What the blocks of a document mean, and whether they agree with each other."""
    import auditors  # noqa: PLC0415
    import normalizers  # noqa: PLC0415
    from engines.units import units_below  # noqa: PLC0415
    from normalizers.regions.codes import by_code  # noqa: PLC0415
    from solieu.corrected import corrected  # noqa: PLC0415

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
    reading = corrected(reading, corrections, by_code)
    children = units_below(reading)
    return replace(reading, findings=auditors.audit(reading, children))


def fetch(address: str) -> SourceDocument:
    """The document behind a path or URL, its type decided by its bytes."""
    from extractors.sniff import media_type  # noqa: PLC0415
    from fetchers import http  # noqa: PLC0415

    got: Fetched = http.fetch(address) if local.is_url(address) else local.fetch(address)
    kind = media_type(got.content, got.name)
    address, name = encodable(got.address), encodable(got.name)
    return SourceDocument(address, got.content, kind, name, got.final_url, got.retrieved_at)


def read(
    task: Task,
    cache: Cache | None = None,
    corrections: Corrections = NO_CORRECTIONS,
    vocabulary: Path | None = None,
) -> Outcome:
    """Fetch and observe one document; whatever goes wrong with it becomes its row."""
    from engines.outcomes import failed  # noqa: PLC0415
    from normalizers.metrics import use  # noqa: PLC0415
    from writers.rows import DocumentFacts  # noqa: PLC0415

    use(vocabulary)
    facts = DocumentFacts(task.shown, also_at=task.also_at)
    if task.address.problem:
        return failed(facts, task.address.problem)
    return _read(lambda: fetch(task.address.text), facts, cache, corrections)


def take_apart(task: Task, cache: Cache) -> None:
    """Leave the content of a document with the cache, where `read` finds it.

    Raises:
        DocumentError: it cannot be read.
    """
    from engines.contents import extracted  # noqa: PLC0415

    extracted(fetch(task.address.text), cache)


def read_stored(
    stored: Stored, corrections: Corrections = NO_CORRECTIONS, cache: Cache | None = None
) -> Outcome:
    """Observe bytes that the archive holds; as with `read`, a failure becomes the row."""
    from extractors.sniff import media_type  # noqa: PLC0415
    from normalizers.metrics import use  # noqa: PLC0415
    from writers.rows import DocumentFacts  # noqa: PLC0415

    def document() -> SourceDocument:
        use(Path(stored.vocabulary) if stored.vocabulary else None)
        content = local.fetch(stored.path).content
        kind = media_type(content, stored.name)
        name, final, when = stored.name, stored.final_url, stored.retrieved_at
        return SourceDocument(stored.address, content, kind, name, final, when)

    facts = DocumentFacts(stored.address, stored.digest, stored.final_url)
    return _read(document, facts, cache, corrections)


def _read(
    document: Callable[[], SourceDocument],
    facts: DocumentFacts,
    cache: Cache | None,
    corrections: Corrections,
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
        return _observed(found, facts, cache, corrections)
    except DocumentError as known:
        return failed(facts, known)
    except (MemoryError, OutputError):
        raise
    except Exception as unknown:  # noqa: BLE001 (the one border: the run goes on)
        return failed(facts, _unexpected(unknown))


def _observed(
    document: SourceDocument, facts: DocumentFacts, cache: Cache | None, corrections: Corrections
) -> Outcome:
    from engines.across import topics  # noqa: PLC0415
    from engines.contents import extracted  # noqa: PLC0415
    from engines.outcomes import Outcome  # noqa: PLC0415
    from writers.report import detail  # noqa: PLC0415
    from writers.rows import rows_of, stored  # noqa: PLC0415

    reading = interpret(document.digest, extracted(document, cache), corrections)
    rows, page = rows_of(facts, reading, None), detail(document, reading)
    return Outcome(facts, rows, None, page, topics(stored(reading)))


def _unexpected(error: Exception) -> UnreadableDocument:
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return UnreadableDocument(
        f"The document made the reader fail: {what}. Please report it with the document.",
        f"Tài liệu làm bộ đọc gặp lỗi: {what}. Xin gửi báo lỗi kèm tài liệu.",
    )


def run(  # noqa: PLR0913 (each has a default and a name)
    asked: Iterable[str],
    output: Path | str,
    *,
    workers: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    keep: bool = True,
    corrections: Path | None = None,
    vocabulary: Path | None = None,
    cluster: ClusterAddress | None = None,
) -> RunResult:
    """Read everything that was asked for and write the dataset into `output`.

    Bad documents get a row with their error; the rest is complete. A run that is killed leaves the
    files of the last complete run as they were. With `keep`, what was read of each document stays
    below `output`: the next run reads only what is new, or what a killed one had not reached.

    Corrections are read from `corrections`, else from `corrections.csv` in `output`; wordings of
    `vocabulary`, a CSV with the columns of the shipped one, stand before the shipped ones.

    Raises:
        UsageError: another run writes into `output`; the corrections or the vocabulary have
            mistakes.
        OutputError: `output` cannot be written to.

    With `cluster`, its workers read the documents: they must see the same paths.
    """
    from engines import cache as caches  # noqa: PLC0415
    from engines import unchanged  # noqa: PLC0415
    from engines.ahead import EarlyReaders  # noqa: PLC0415
    from engines.local import default_workers, prepare  # noqa: PLC0415
    from engines.lock import FolderLock  # noqa: PLC0415
    from engines.order import worth_beginning  # noqa: PLC0415
    from engines.tasks import plan  # noqa: PLC0415

    folder = Path(output)
    said = load(corrections) if corrections else _beside(folder)
    with FolderLock(folder), _told(folder):
        if not (cluster or (folder / caches.NAME).exists()):
            prepare()  # all is to be read, so its words are being loaded meanwhile
        theirs = said.digest + _vocabulary_in_use(vocabulary)
        cache = caches.below(folder, keep=keep, corrections=theirs)
        if not (cluster or cache.results.folder.exists()):
            prepare()  # by another version, so all is to be read again
        tasks = plan(asked, folder)
        mark = unchanged.fingerprint([cache.results.folder.name, *(task.mark() for task in tasks)])
        known = unchanged.recall(folder / caches.NAME, mark) if keep else None
        if known and all(task.digest for task in tasks):
            return RunResult.again(folder, known)
        with cache, closing(EarlyReaders(take_apart)) as early:
            how = partial(read, corrections=said, vocabulary=vocabulary)
            cores = workers or default_workers()
            reader: Reader | Cluster
            if cluster:
                from engines.dask import cluster_at  # noqa: PLC0415

                reader = cluster_at(cluster, folder, how, limits, theirs)
            else:
                # One core loads words meanwhile, and so does this process Arrow, which is slow.
                early.begin(worth_beginning(tasks, cache, limits), cache, limits, cores - 1)
                from engines.outcomes import Reader  # noqa: PLC0415

                reader = Reader(how, cache, limits, workers, early)
            result, files = _write(folder, reader.outcomes(tasks, progress), said, cores)
        if keep:
            unchanged.remember(folder / caches.NAME, mark, files, result.summary())
    return result


def _vocabulary_in_use(extra: Path | None) -> str:
    """Use a user's vocabulary in this process, and a digest of it: another gives other results."""
    from normalizers.metrics import use, vocabulary  # noqa: PLC0415

    use(extra)
    if extra is None:
        return ""
    vocabulary()
    return hashlib.sha256(extra.read_bytes()).hexdigest()[:12]


def _beside(folder: Path) -> Corrections:
    """The corrections that lie in the output folder, where there are any."""
    path = folder / CORRECTIONS
    return load(path) if path.exists() else NO_CORRECTIONS


def _write(
    folder: Path, outcomes: Iterable[Outcome], corrections: Corrections, workers: int
) -> tuple[RunResult, list[Path]]:
    """The dataset of these outcomes, and its files; they replace the last ones all together."""
    from tempfile import TemporaryFile  # noqa: PLC0415

    from engines.across import Topics, findings_across  # noqa: PLC0415
    from engines.local import Crew  # noqa: PLC0415
    from engines.outcomes import each_once  # noqa: PLC0415
    from engines.report import write_report  # noqa: PLC0415
    from writers import datapackage, report  # noqa: PLC0415
    from writers.corrected import astray  # noqa: PLC0415
    from writers.parquet import OutputFolder  # noqa: PLC0415

    result = RunResult(folder)
    with OutputFolder(folder) as files, TemporaryFile(dir=files.staging) as seen:
        topics = Topics(seen)
        for outcome in each_once(outcomes):
            files.add(outcome.rows)
            topics.add(outcome.topics, outcome.rows.observations.num_rows)
            report.add_detail(files.staging, outcome.facts.document_id, outcome.detail)
            result.count(outcome)
        with closing(Crew(workers)) as crew:
            for found in findings_across(files.completed("observations"), topics, crew):
                files.add_findings(found)
                result.count_findings(found)
            files.finish()
            result.astray = astray(files.staging, corrections)
            datapackage.write(files.staging)
            write_report(files.staging, crew, None if result.figures > FEW_FIGURES else 1)
        return result, files.commit()


FEW_FIGURES = 20_000
"""Up to so many, the report is made sooner than processes to share it."""


def audit(
    asked: Iterable[str], *, workers: int | None = None, corrections: Path | None = None
) -> RunResult:
    """The same reading and checks as `run`, written nowhere: the tables stay in memory."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from writers.dataset import in_memory  # noqa: PLC0415

    with TemporaryDirectory(prefix="solieu-") as folder:
        result = run(asked, folder, workers=workers, keep=False, corrections=corrections)
        return replace(result, kept=in_memory(result.data))


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
