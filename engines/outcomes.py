"""Documents in, their outcomes out in the same order, however many processes read them.

Workers leave rows on a shelf on disk and say only where, so the parent's memory does not grow with
the number of documents, and what was read stays read when the run is broken off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from engines import patterns
from engines.ahead import EarlyReaders
from engines.cache import Cache, key_of, key_of_loss
from engines.limits import DEFAULT_LIMITS, Limits
from engines.local import Lost, default_workers, map_tasks
from engines.order import known_key, long_first
from engines.tasks import Task, name_of
from solieu.errors import DocumentError, LimitExceeded
from writers.packed import Packed, found_at, pack, unpack
from writers.rows import DocumentFacts, Rows, rows_of

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the name of the one just begun or ended."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its rows, and the page of the report that shows it."""

    facts: DocumentFacts
    rows: Rows
    error: DocumentError | None
    detail: str | None = None
    topics: bytes = b""
    """What its observations speak of, to find other documents that speak of the same."""


def failed(facts: DocumentFacts, error: DocumentError) -> Outcome:
    """The outcome of a document that could not be read."""
    return Outcome(facts, rows_of(facts, None, error), error)


Read = Callable[[Task, Cache | None], Outcome]
"""Reads one document; importable by name, so that a worker process can be told to."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An outcome that waits on disk."""

    facts: DocumentFacts
    key: str
    kept: bool = True


class _Held:
    """Outcomes that were loaded before their turn: at the end of a run all would wait for them."""

    def __init__(self) -> None:
        self._outcomes: dict[int, Outcome] = {}
        self._size = 0

    def has_room(self) -> bool:
        return self._size < _MOST_HELD

    def put(self, turn: int, outcome: Outcome) -> None:
        self._outcomes[turn] = outcome
        self._size += _size(outcome)

    def take(self, turn: int) -> Outcome | None:
        outcome = self._outcomes.pop(turn, None)
        self._size -= _size(outcome) if outcome else 0
        return outcome


_MOST_HELD = 32 * 1024**2
"""Bytes: the parent's memory does not grow with the documents."""


def _size(outcome: Outcome) -> int:
    rows = outcome.rows
    tables = (rows.documents, rows.observations, rows.findings, rows.unread)
    return sum(t.nbytes for t in tables) + len(outcome.detail or "") + len(outcome.topics)


@dataclass(frozen=True, slots=True)
class Reader:
    """How documents are read, by how many processes, and where their rows wait."""

    read: Read
    cache: Cache
    limits: Limits = DEFAULT_LIMITS
    workers: int | None = None
    """None: as many as there are cores."""
    early: EarlyReaders | None = None
    """Who reads until the first worker is there."""

    def outcomes(
        self, tasks: Sequence[Task], progress: Progress | None = None
    ) -> Iterator[Outcome]:
        """Read every document that the cache does not know; what takes long is begun at once."""
        ended = {i: known for i, task in enumerate(tasks) if (known := self._known(task))}
        long, short = long_first(tasks, [i for i in range(len(tasks)) if i not in ended])
        cores = self.workers or default_workers()
        workers = min(cores, len(long) + len(short) or 1)
        return self._outcomes(tasks, ended, long + short, workers, progress)

    def _outcomes(
        self,
        tasks: Sequence[Task],
        ended: dict[int, Stored],
        missing: Sequence[int],
        workers: int,
        progress: Progress | None,
    ) -> Iterator[Outcome]:
        done = len(ended)

        def tell(task: Task) -> None:
            if progress:
                progress(done, len(tasks), task.shown)

        def started(task: Task) -> None:
            if self.early:
                self.early.close()
            tell(task)

        results = map_tasks(
            self._store(),
            (tasks[i] for i in missing),
            workers=workers,
            limits=self.limits,
            started=started,
        )
        held = _Held()
        for turn, task in enumerate(tasks):
            while turn not in ended:
                place, result = next(results)
                index, done = missing[place], done + 1
                ended[index] = stored = self._settled(tasks[index], result)
                tell(tasks[index])
                if held.has_room():  # nothing else is to do here until the next one ends
                    held.put(index, self._load(tasks[index], stored))
            stored = ended.pop(turn)
            yield held.take(turn) or self._load(task, stored)

    def _store(self) -> Callable[[Task], Stored]:
        """What every worker is told once; the list of keys used so far is not for it."""
        return partial(store, read=self.read, cache=replace(self.cache, used=set()))

    def _known(self, task: Task) -> Stored | None:
        """Where the rows of a document wait that an earlier run has read."""
        key = known_key(task, self.cache, self.limits)
        return Stored(_facts(task), key) if key else None

    def _settled(self, task: Task, result: Stored | Lost) -> Stored:
        """A death may have come from outside and is tried again by the next run; a limit stands."""
        if isinstance(result, Stored):
            return result
        outcome = lost(task, result)
        kept = task.key is not None and result.why != "died"
        key = key_of_loss(task.key or _key_of_address(task), self.limits)
        _shelve(outcome, key, self.cache, kept=kept)
        return Stored(outcome.facts, key, kept)

    def _load(self, task: Task, stored: Stored) -> Outcome:
        shelf = self.cache.results if stored.kept else self.cache.passing
        if stored.kept:
            self.cache.used.add(stored.key)
        data = shelf.get(stored.key)
        if data is None:  # damaged since it was written
            ((_, result),) = map_tasks(self._store(), [task], workers=1, limits=self.limits)
            return self._load(task, self._settled(task, result))
        packed = found_at(unpack(data), stored.facts)
        facts = replace(stored.facts, media_type=packed.media_type)
        return Outcome(facts, packed.rows, packed.error, packed.detail, packed.topics)


def each_once(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The rows of each document once, though it is known by two addresses.

    The same bytes at two addresses of the web are known as the same only when fetched.
    """
    seen: set[str] = set()
    for outcome in outcomes:
        document_id = outcome.facts.document_id
        if document_id in seen:
            rows = outcome.rows
            empty = Rows(rows.documents, rows.observations[:0], rows.findings[:0], rows.unread[:0])
            yield replace(outcome, rows=empty, detail=None, topics=b"")
        else:
            yield outcome
        if document_id is not None:
            seen.add(document_id)


def _facts(task: Task) -> DocumentFacts:
    return DocumentFacts(task.shown, task.digest, retrieved_at=task.written, also_at=task.also_at)


def _key_of_address(task: Task) -> str:
    return hashlib.sha256(task.address.text.encode(errors="surrogatepass")).hexdigest()


def store(task: Task, read: Read, cache: Cache) -> Stored:
    """Read one document and leave its rows on a shelf.

    Raises:
        OutputError: they cannot be written.
    """
    outcome = read(task, cache)
    facts = outcome.facts
    kept = facts.document_id is not None
    key = (
        key_of(facts.document_id, name_of(facts.source))
        if facts.document_id
        else _key_of_address(task)
    )
    _shelve(outcome, key, cache, kept=kept)
    patterns.keep_new()
    return Stored(facts, key, kept)


def _shelve(outcome: Outcome, key: str, cache: Cache, *, kept: bool) -> None:
    media_type = outcome.facts.media_type
    packed = Packed(media_type, outcome.rows, outcome.error, outcome.detail, outcome.topics)
    (cache.results if kept else cache.passing).put(key, pack(packed))


_LOST = {
    "timeout": (
        "The document took longer than {}. Split it, or raise the limit with --timeout.",
        "Tài liệu đọc lâu hơn {}. Hãy chia nhỏ, hoặc nâng giới hạn bằng --timeout.",
    ),
    "memory": (
        "The document needed more memory than {}. Split it.",
        "Tài liệu cần nhiều bộ nhớ hơn {}. Hãy chia nhỏ.",
    ),
    "died": (
        "The document ended the reading process each time ({}). Please report it with the file.",
        "Tài liệu làm tiến trình đọc dừng đột ngột mỗi lần đọc ({}). Xin gửi báo lỗi kèm tệp.",
    ),
}


def lost(task: Task, loss: Lost) -> Outcome:
    """The outcome of a document that no worker came back from."""
    message_en, message_vi = (text.format(loss.detail) for text in _LOST[loss.why])
    return failed(_facts(task), LimitExceeded(message_en, message_vi))
