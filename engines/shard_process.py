"""One shard read in a process of its own: what documents do to it stays in it.

Started by a cluster's worker, which sends shards to its standard input; ends as soon as that input
is closed, so a worker that is killed leaves nothing running.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import BinaryIO

from engines import cache as caches
from engines import versions
from engines.limits import Limits
from engines.local import DEATHS, same_modules
from engines.outcomes import Read, Reader
from engines.parts import Shard, Store
from solieu.errors import SolieuError, UsageError


@dataclass(frozen=True, slots=True)
class Order:
    """What to read, how, and where the rows go."""

    shard: Shard
    read: Read
    limits: Limits
    store: str
    version: str
    folder: str
    """Where the run was started: relative paths begin there."""


class ProcessEnded(RuntimeError):
    """The process that reads a shard was killed: by the system for want of memory, or a person."""


def carry_out(order: Order) -> str:
    """Read a shard and write its part; the shard's name. Runs on a worker.

    Raises:
        UsageError: the worker has another version.
        OutputError: the store cannot be written to.
        ProcessEnded: the process that reads it was killed again and again.
    """
    if versions.observing() != order.version:
        raise other_version()
    for _ in range(DEATHS - 1):
        with suppress(ProcessEnded):
            return _carried_out(order)
    return _carried_out(order)


def _carried_out(order: Order) -> str:
    child = _idle.pop() if _idle else _started()
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        pickle.dump(order, child.stdin)
        child.stdin.flush()
        answer: SolieuError | None = pickle.load(child.stdout)  # noqa: S301 (from our own child)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        _bury(child)
        raise ProcessEnded(order.shard.name) from error
    _idle.append(child)
    if answer:
        raise answer
    return order.shard.name


def _bury(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    with suppress(BrokenPipeError):
        child.communicate()


_idle: list[subprocess.Popen[bytes]] = []
"""Children that wait for another shard: a new one takes seconds to import the readers."""


def _started() -> subprocess.Popen[bytes]:
    environment = {**os.environ, **same_modules()}
    command = [sys.executable, "-m", "engines.shard_process"]
    return subprocess.Popen(  # noqa: S603 (our own module)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )


def other_version() -> UsageError:
    """The refusal of a worker that would read otherwise than the rest."""
    return UsageError(
        "A worker has another version of solieu, of Python or of a library than this machine. "
        "Install the same wheel and requirements.lock on all of them.",
        "Một máy chạy phiên bản solieu, Python hoặc thư viện khác với máy này. "
        "Hãy cài cùng một gói wheel và requirements.lock trên mọi máy.",
    )


def main() -> None:
    """Carry out the orders that come on standard input, answer each on standard output."""
    orders: SimpleQueue[Order] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    while True:
        answer = _answer(orders.get())
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _listen(pipe: BinaryIO, orders: SimpleQueue[Order]) -> None:
    with suppress(EOFError):
        while True:
            orders.put(pickle.load(pipe))  # noqa: S301 (from the worker that started us)
    os._exit(0)


def _answer(order: Order) -> SolieuError | None:
    if Path(order.folder).is_dir():
        os.chdir(order.folder)
    try:
        with TemporaryDirectory(prefix="solieu-") as folder:
            cache = caches.below(Path(folder), keep=False)
            reader = Reader(order.read, cache, order.limits, workers=1)
            Store(order.store).write(order.shard.name, reader.outcomes(order.shard.tasks))
    except SolieuError as error:
        return error
    return None


if __name__ == "__main__":
    main()
