"""Many documents on one machine: worker processes that may die without taking the run along.

The standard pool stops altogether when one worker dies, and has no limit on how long a task may
take. Here the parent gives each worker one task at a time over a pipe, so it always knows which
document a dead or silent worker was holding.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Generic, Literal, TypeVar, cast

Task = TypeVar("Task")
Result = TypeVar("Result")

DEFAULT_SECONDS = 300.0
DEFAULT_MEMORY = 4 * 1024**3
TASKS_PER_WORKER = 500
"""Then the worker is replaced: libraries that read PDFs keep a little memory of each."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    seconds: float = DEFAULT_SECONDS
    memory: int = DEFAULT_MEMORY
    """Bytes of address space; 0 for no limit. Enforced on Linux only."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose worker died, ran out of time or of memory."""

    why: Literal["died", "timeout", "memory"]
    detail: str


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    index: int | None = None
    started: float = 0.0
    tasks: int = 0


def default_workers() -> int:
    """The cores this process may use."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_tasks(
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    *,
    workers: int,
    limits: Limits = Limits(),
    started: Callable[[Task], None] | None = None,
) -> Iterator[tuple[int, Result | Lost]]:
    """Index of the task and its result, in the order in which they end.

    `function` must be importable by name, its argument and result picklable. A task whose worker
    dies, hangs beyond `limits.seconds` or outgrows `limits.memory` comes back as `Lost`; it is
    never tried again.
    """
    pool = _Pool[Task, Result](function, limits, started)
    try:
        yield from pool.run(iter(enumerate(tasks)), max(1, workers))
    finally:
        pool.close()


class _Pool(Generic[Task, Result]):
    def __init__(
        self,
        function: Callable[[Task], Result],
        limits: Limits,
        started: Callable[[Task], None] | None,
    ) -> None:
        self._function = function
        self._limits = limits
        self._started = started
        self._context = _context()
        self._workers: list[_Worker[Task]] = []

    def run(
        self, tasks: Iterator[tuple[int, Task]], size: int
    ) -> Iterator[tuple[int, Result | Lost]]:
        for index, task in tasks:
            if len(self._workers) < size:
                self._workers.append(self._start())
                self._give(self._workers[-1], index, task)
                continue
            yield from self._until_idle()
            self._give(next(w for w in self._workers if w.index is None), index, task)
        while any(w.index is not None for w in self._workers):
            yield from self._collect()

    def _until_idle(self) -> Iterator[tuple[int, Result | Lost]]:
        while all(w.index is not None for w in self._workers):
            yield from self._collect()

    def _start(self) -> _Worker[Task]:
        here, there = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined] # typeshed gives it no Process
            target=_work, args=(there, self._function, self._limits.memory), daemon=True
        )
        process.start()
        there.close()
        return _Worker(process, here)

    def _give(self, worker: _Worker[Task], index: int, task: Task) -> None:
        if self._started:
            self._started(task)
        worker.index, worker.started = index, time.monotonic()
        worker.tasks += 1
        worker.pipe.send(task)

    def _collect(self) -> Iterator[tuple[int, Result | Lost]]:
        """What has ended; waits for something to end or to run out of time."""
        busy = {w.pipe: w for w in self._workers if w.index is not None}
        next_end = min(w.started for w in busy.values()) + self._limits.seconds
        ready = wait(list(busy), timeout=max(0.0, next_end - time.monotonic()))
        for pipe in ready:
            worker = busy.pop(cast("Connection", pipe))
            index, result = worker.index, self._receive(worker)
            assert index is not None
            if isinstance(result, Lost) or worker.tasks >= TASKS_PER_WORKER:
                self._replace(worker)
            else:
                worker.index = None
            yield index, result
        for worker in busy.values():
            if time.monotonic() - worker.started >= self._limits.seconds:
                index = worker.index
                assert index is not None
                self._replace(worker)
                yield index, Lost("timeout", f"{self._limits.seconds:.0f} s")

    def _receive(self, worker: _Worker[Task]) -> Result | Lost:
        try:
            done: tuple[bool, Result] = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            return Lost("died", f"exit code {worker.process.exitcode}")
        finished, result = done
        return result if finished else Lost("memory", f"{self._limits.memory // 2**20} MB")

    def _replace(self, worker: _Worker[Task]) -> None:
        _stop(worker)
        self._workers[self._workers.index(worker)] = self._start()

    def close(self) -> None:
        for worker in self._workers:
            _stop(worker)
        self._workers.clear()


def _stop(worker: _Worker[Task]) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join(5)


def _context() -> BaseContext:
    """A fresh interpreter per worker: forking a process that runs threads may deadlock."""
    method = "forkserver" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["pipeline"])
    return context


def _work(pipe: Connection, function: Callable[[Task], Result], memory: int) -> None:
    """The worker's life: a task in, a result out, until the parent closes the pipe."""
    _limit_memory(memory)
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            task = pipe.recv()
            try:
                answer: tuple[bool, Result | None] = (True, function(task))
            except MemoryError:
                answer = (False, None)
            pipe.send(answer)


def _limit_memory(memory: int) -> None:
    if memory and sys.platform == "linux":
        import resource  # noqa: PLC0415 (not there on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
