"""Many documents on one machine: worker processes that may die without taking the run along.

The standard pool stops altogether when one worker dies, and has no limit on how long a task may
take. Here the parent gives each worker one task at a time over a pipe, so it always knows which
document a dead or silent worker was holding.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, cast

from engines.limits import DEFAULT_LIMITS, Limits
from solieu.errors import SolieuError

Task = TypeVar("Task")
Result = TypeVar("Result")

TASKS_PER_WORKER = 500
"""Then the worker is replaced: libraries that read PDFs keep a little memory of each."""
RESTING_MEMORY = 350 * 1024**2
"""A worker that holds more after a document is replaced at once."""
DEATHS = 5
"""A document is given up when so many workers were killed over it: kills come from outside as well,
from a system short of memory or a person, and may meet the same document twice."""
CRASHES = 2
"""The same for workers that crashed or ended by themselves, which is hardly ever chance."""
_NO_LIMITS = Limits(seconds=86_400.0, memory=0)
_FROM_OUTSIDE = {-9, -15}
_PRELOADED = ["engines.warm"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose worker died, ran out of time or of memory."""

    why: Literal["died", "timeout", "memory"]
    detail: str


@dataclass(slots=True)
class _Job(Generic[Task]):
    index: int
    task: Task
    deaths: int = 0


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a worker sends back: a result, the error that ends the run, or neither for memory."""

    result: object = None
    stop: SolieuError | None = None
    out_of_memory: bool = False
    resting: int = 0


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    job: _Job[Task] | None = None
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
    limits: Limits = DEFAULT_LIMITS,
    started: Callable[[Task], None] | None = None,
) -> Iterator[tuple[int, Result | Lost]]:
    """Index of the task and its result, in the order in which they end.

    `function` must be importable by name, its argument and result picklable. A task that hangs
    beyond `limits.seconds`, outgrows `limits.memory` or whose workers died `DEATHS` times comes
    back as `Lost`; it is never tried again. A SolieuError of `function` ends everything.
    """
    pool = _Pool[Task, Result](function, limits, started)
    try:
        yield from pool.run(iter(enumerate(tasks)), max(1, workers))
    finally:
        pool.close()


class Crew:
    """Workers for work of our own, which must not fail; they stay until the crew is closed."""

    def __init__(self, workers: int) -> None:
        self._size = max(1, workers)
        self._pool = _Pool[_Order, object](_carried_out, _NO_LIMITS, None)

    def in_order(
        self, function: Callable[[Task], Result], tasks: Sequence[Task], most: int | None = None
    ) -> Iterator[Result]:
        """Results in the order of the tasks, by `most` workers or as many as there are.

        A single task goes to a worker too: what it imports stays out of the parent. What no worker
        could do is done here.
        """
        early: dict[int, object] = {}
        orders = enumerate((function, task) for task in tasks)
        results = self._pool.run(orders, min(most or self._size, len(tasks)))
        for turn, task in enumerate(tasks):
            while turn not in early:
                early.update([next(results)])
            result = early.pop(turn)
            yield function(task) if isinstance(result, Lost) else cast("Result", result)

    def close(self) -> None:
        self._pool.close()


_Order = tuple[Callable[[Any], object], object]


def _carried_out(order: _Order) -> object:
    function, task = order
    return function(task)


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
        self._workers: list[_Worker[Task]] = []
        self._again: deque[_Job[Task]] = deque()
        self._ended: deque[tuple[int, Result | Lost]] = deque()

    def run(
        self, tasks: Iterator[tuple[int, Task]], size: int
    ) -> Iterator[tuple[int, Result | Lost]]:
        """Workers get their next task before the caller gets the results: none waits for it."""
        while True:
            self._give_out(tasks, size)
            if not any(w.job for w in self._workers):
                return
            self._collect()
            self._give_out(tasks, size)
            while self._ended:
                yield self._ended.popleft()

    def _give_out(self, tasks: Iterator[tuple[int, Task]], size: int) -> None:
        while idle := self._idle(size):
            if (following := next(tasks, None)) is not None:
                job = _Job(*following)
            elif self._again:
                # After all others: whatever kills workers now may be over by then.
                job = self._again.popleft()
            else:
                return
            self._give(idle[0], job)

    def _idle(self, size: int) -> list[_Worker[Task] | None]:
        """Workers without a task; None for one that may still be started."""
        idle: list[_Worker[Task] | None] = [w for w in self._workers if w.job is None]
        return idle or [None] * (size - len(self._workers))

    def _start(self) -> _Worker[Task]:
        context = _context()
        here, there = context.Pipe()
        process = context.Process(  # type: ignore[attr-defined] # typeshed gives it no Process
            target=_work, args=(there, self._function, self._limits.memory), daemon=True
        )
        process.start()
        there.close()
        return _Worker(process, here)

    def _give(self, worker: _Worker[Task] | None, job: _Job[Task]) -> None:
        if worker is None:
            worker = self._start()
            self._workers.append(worker)
        if self._started:
            self._started(job.task)
        worker.job, worker.started = job, time.monotonic()
        worker.tasks += 1
        # A worker that died meanwhile is found by `_collect`, with its task.
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.pipe.send(job.task)

    def _collect(self) -> None:
        """Take in what has ended; waits for something to end or to run out of time."""
        busy = {w.pipe: w for w in self._workers if w.job}
        next_end = min(w.started for w in busy.values()) + self._limits.seconds
        ready = wait(list(busy), timeout=max(0.0, next_end - time.monotonic()))
        for pipe in ready:
            self._receive(busy.pop(cast("Connection", pipe)))
        for worker in busy.values():
            if time.monotonic() - worker.started >= self._limits.seconds:
                self._end(worker, Lost("timeout", f"{self._limits.seconds:.0f} s"))
                self._replace(worker)

    def _receive(self, worker: _Worker[Task]) -> None:
        try:
            answer: _Answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        if answer.stop:
            raise answer.stop
        if answer.out_of_memory:
            self._end(worker, Lost("memory", f"{self._limits.memory // 2**20} MB"))
        else:
            self._end(worker, cast("Result", answer.result))
        if (
            answer.out_of_memory
            or worker.tasks >= TASKS_PER_WORKER
            or answer.resting > RESTING_MEMORY
        ):
            self._replace(worker)

    def _died(self, worker: _Worker[Task]) -> None:
        worker.process.join(5)
        job = worker.job
        assert job is not None
        job.deaths += 1
        if job.deaths < (DEATHS if worker.process.exitcode in _FROM_OUTSIDE else CRASHES):
            worker.job = None
            self._again.append(job)
        else:
            self._end(worker, Lost("died", f"exit code {worker.process.exitcode}"))
        self._replace(worker)

    def _end(self, worker: _Worker[Task], result: Result | Lost) -> None:
        assert worker.job is not None
        self._ended.append((worker.job.index, result))
        worker.job = None

    def _replace(self, worker: _Worker[Task]) -> None:
        _stop(worker)
        self._workers.remove(worker)

    def close(self) -> None:
        for worker in self._workers:  # all of them, and then wait: it takes each a while to end
            worker.process.kill()
        for worker in self._workers:
            _stop(worker)
        self._workers.clear()


def _stop(worker: _Worker[Task]) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join(5)


def prepare() -> None:
    """Begin to import what workers need, in the process that they are made of."""
    _context()


def _context() -> BaseContext:
    """A fresh interpreter per worker: forking a process that runs threads may deadlock."""
    method = "forkserver" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(_PRELOADED)
        with _environment(same_modules()):
            forkserver.ensure_running()
    return context


def same_modules() -> dict[str, str]:
    """The environment in which another interpreter finds the modules that this one finds.

    By itself it would look into the current folder first, where somebody's own `pipeline.py` may
    lie.
    """
    places = [place or str(Path.cwd()) for place in sys.path]
    return {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(places)}


@contextmanager
def _environment(said: Mapping[str, str]) -> Iterator[None]:
    """What a process that is started meanwhile inherits besides."""
    before = {name: os.environ.get(name) for name in said}
    os.environ.update(said)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _work(pipe: Connection, function: Callable[[Task], Result], memory: int) -> None:
    """The worker's life: a task in, an answer out, until the parent closes the pipe."""
    limit_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    with suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send(_answer(function, pipe.recv()))


def _answer(function: Callable[[Task], Result], task: Task) -> _Answer:
    try:
        return _Answer(function(task), resting=_resting_memory())
    except MemoryError:
        return _Answer(out_of_memory=True)
    except SolieuError as error:
        return _Answer(stop=error)


def _resting_memory() -> int:
    """Bytes in memory now; 0 where the system does not say."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def limit_memory(memory: int) -> None:
    """Bytes that this process may have at most; 0 for any number."""
    if memory and sys.platform == "linux":
        import resource  # noqa: PLC0415 (not there on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
