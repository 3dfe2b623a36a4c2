"""Large documents taken apart while the words that say what they mean are still being loaded.

The process that workers are made of needs more than a second to load words, rules and laws; readers
of formats need a third of that. So the other cores take apart what is largest meanwhile and leave
the contents on the shelf, where a worker finds them as if an earlier run had left them there. When
the workers are ready, whoever still reads is ended, and a worker reads that document itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engines.cache import Cache
from engines.limits import Limits
from engines.local import limit_memory, same_modules
from engines.tasks import Task
from solieu.errors import DocumentError

TakeApart = Callable[[Task, Cache], object]
"""Leaves the content of one document on its shelf; importable by name."""

_MOST = 200
"""Documents; a number of one byte tells which is next."""
_SECONDS = 60
"""Of CPU time: should the run be killed, nobody else ends what reads a document without end."""


@dataclass(frozen=True, slots=True)
class _Order:
    take_apart: TakeApart
    cache: Cache
    tasks: Sequence[Task]
    processes: int
    memory: int


def free_cores() -> int:
    """How many cores have nothing to do now: on a busy machine the workers would only be delayed.

    This process and the one that loads words are on their way; this one will soon wait.
    """
    try:
        running = int(_LOAD.read_text(encoding="ascii").split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        return 0
    return (os.cpu_count() or 1) - max(running, 2) + 1


_LOAD = Path("/proc/loadavg")
"""Its fourth field is "running/all", of this moment."""


class EarlyReaders:
    """Processes that take documents apart until the workers are there or they are closed."""

    def __init__(self, take_apart: TakeApart) -> None:
        self._take_apart = take_apart
        self._first: subprocess.Popen[bytes] | None = None

    def begin(self, tasks: Sequence[Task], cache: Cache, limits: Limits, processes: int) -> None:
        """Nothing is begun where no content is kept, or no core is free."""
        processes = min(processes, free_cores())
        if not tasks or processes < 1 or cache.contents is None or sys.platform != "linux":
            return
        order = _Order(
            self._take_apart, cache, tasks[:_MOST], min(processes, len(tasks)), limits.memory
        )
        self._first = subprocess.Popen(
            [sys.executable, "-c", "from engines.ahead import read; read()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what goes wrong is told by the worker that reads it
            env={**os.environ, **same_modules()},
            start_new_session=True,
        )
        assert self._first.stdin is not None
        with suppress(BrokenPipeError), self._first.stdin as told:
            told.write(pickle.dumps(order))

    def close(self) -> None:
        """The first process waits for all others, so while it is there the group is theirs."""
        if self._first is not None and self._first.poll() is None:
            os.killpg(self._first.pid, signal.SIGKILL)
            self._first.wait()


def read() -> None:
    """The life of these processes: each takes whatever is next, the first waits for the others."""
    import resource  # noqa: PLC0415 (not there on Windows)

    gc.disable()  # for a second it is not worth while
    order: _Order = pickle.load(sys.stdin.buffer)  # noqa: S301 (from the process that began this)
    limit_memory(order.memory)
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    following, told = os.pipe()
    os.write(told, bytes(range(len(order.tasks))))
    os.close(told)
    if all(os.fork() for _ in range(order.processes)):
        with suppress(ChildProcessError):
            while os.wait():
                pass
        return
    while number := os.read(following, 1):
        with suppress(DocumentError):
            order.take_apart(order.tasks[number[0]], order.cache)
