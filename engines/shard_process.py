"""One shard read in a process of its own: what documents do to it stays in it.

Started by a cluster's worker, with the shard on standard input; ends as soon as that input is
closed, so a worker that is killed leaves nothing running.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from engines import cache as caches
from engines import versions
from engines.limits import Limits
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


def carry_out(order: Order) -> str:
    """Read a shard and write its part; the shard's name. Runs on a worker.

    Raises:
        UsageError: the worker has another version.
        OutputError: the store cannot be written to.
    """
    if versions.observing() != order.version:
        raise other_version()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen(
        [sys.executable, "-m", "engines.shard_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(pickle.dumps(order))
        process.stdin.flush()
        said = process.stdout.read()  # ends with the process
        process.stdin.close()
        complaint = process.stderr.read().decode(errors="replace")
    if not said:
        raise RuntimeError(f"shard {order.shard.name}: {complaint[-2000:] or 'no answer'}")
    answer: SolieuError | None = pickle.loads(said)  # noqa: S301 (from our own child)
    if answer:
        raise answer
    return order.shard.name


def other_version() -> UsageError:
    """The refusal of a worker that would read otherwise than the rest."""
    return UsageError(
        "A worker has another version of solieu, of Python or of a library than this machine. "
        "Install the same wheel and requirements.lock on all of them.",
        "Một máy chạy phiên bản solieu, Python hoặc thư viện khác với máy này. "
        "Hãy cài cùng một gói wheel và requirements.lock trên mọi máy.",
    )


def main() -> None:
    """Read one order from standard input, carry it out, answer on standard output."""
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 (from the worker that started us)
    threading.Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
    answer: SolieuError | None = None
    try:
        if Path(order.folder).is_dir():
            os.chdir(order.folder)
        with TemporaryDirectory(prefix="solieu-") as folder:
            cache = caches.below(Path(folder), keep=False)
            reader = Reader(order.read, cache, order.limits, workers=1)
            Store(order.store).write(order.shard.name, reader.outcomes(order.shard.tasks))
    except SolieuError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


def _end_with(pipe: BinaryIO) -> None:
    pipe.read()
    os._exit(1)


if __name__ == "__main__":
    main()
