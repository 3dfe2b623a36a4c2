"""Many machines: a Dask scheduler hands out shards, every worker writes its own parts.

Nothing but names of shards travels back, so the scheduler and this process stay small. A shard
whose workers died is tried again document by document, and the document that kills alone is
recorded as failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from engines import versions
from engines.limits import DEFAULT_LIMITS, Limits
from engines.local import DEATHS, Lost
from engines.outcomes import Outcome, Progress, Read, lost
from engines.parts import Shard, Store, shards
from engines.shard_process import Order, ProcessEnded, carry_out, other_version
from engines.tasks import Task
from solieu.errors import SolieuError, UsageError

SECONDS_TO_CONNECT = 15
_DIED = Lost("died", "worker of the cluster")


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where a cluster is, and where its workers leave the parts."""

    scheduler: str
    store: str | None = None
    """A folder that all machines see, or an address like s3://bucket/folder; None: a hidden folder
    below the output."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """How documents are read by the workers of a Dask cluster."""

    read: Read
    store: Store
    scheduler: str
    limits: Limits = DEFAULT_LIMITS
    corrections: str = ""
    """Digest of the corrections that `read` knows."""

    def outcomes(
        self, tasks: Sequence[Task], progress: Progress | None = None
    ) -> Iterator[Outcome]:
        """Read every document whose part is not in the store yet; outcomes in order."""
        cut = shards(tasks, versions.observing() + self.corrections)
        self.store.check()
        there = self.store.done()
        missing = [shard for shard in cut if shard.name not in there]
        read = sum(len(shard.tasks) for shard in cut if shard.name in there)

        def tell(shard: Shard) -> None:
            nonlocal read
            read += len(shard.tasks)
            if progress:
                progress(read, len(tasks), shard.tasks[-1].shown)

        if missing:
            self._make(missing, tell)
        for shard in cut:
            yield from self.store.read(shard.name)

    def _make(self, missing: Sequence[Shard], tell: Callable[[Shard], None]) -> None:
        with _connected(self.scheduler) as client:
            _check_versions(client)
            for shard in list(self._run(client, missing, tell)):
                alone = shard.singly()
                for single in self._run(client, alone, tell):
                    self.store.write(single.name, [lost(single.tasks[0], _DIED)])
                found = [self.store.read(single.name) for single in alone]
                self.store.write(shard.name, [outcome for one in found for outcome in one])

    def _run(
        self, client: Any, wanted: Sequence[Shard], tell: Callable[[Shard], None]
    ) -> Iterator[Shard]:
        """Have shards read; those whose workers died again and again come back."""
        distributed = import_module("distributed")
        by_future = {
            client.submit(
                carry_out, self._order(shard), key=f"solieu-{shard.name}", pure=True
            ): shard
            for shard in wanted
        }
        for future in distributed.as_completed(list(by_future), loop=client.loop):
            shard = by_future.pop(future)
            error = future.exception()
            if isinstance(error, (distributed.KilledWorker, ProcessEnded)):
                yield shard
            elif error is not None:
                raise error
            else:
                tell(shard)
            future.release()

    def _order(self, shard: Shard) -> Order:
        store, version = self.store.address, versions.observing()
        return Order(shard, self.read, self.limits, store, version, str(Path.cwd()))


def cluster_at(
    address: ClusterAddress, output: Path, read: Read, limits: Limits, corrections: str = ""
) -> Cluster:
    """The engine of a run into `output`.

    Raises:
        UsageError: the extra packages are missing.
        OutputError: there is no such store.
    """
    store = Store(address.store or str((output / ".parts").absolute()))
    return Cluster(read, store, address.scheduler, limits, corrections)


def _connected(address: str) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise UsageError(
            "The Dask engine is not installed. Run: pip install 'solieu[cluster]'",
            "Chưa cài bộ chạy Dask. Hãy chạy: pip install 'solieu[cluster]'",
        ) from error
    try:
        return distributed.Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address}. Start one with: dask scheduler",
            f"Không có bộ điều phối Dask nào ở {address}. Hãy khởi động bằng: dask scheduler",
        ) from error


def _check_versions(client: Any) -> None:
    """Refuse a cluster without workers, or with workers that would read otherwise."""
    if set(_versions(client)) != {versions.observing()}:
        raise other_version()


def _versions(client: Any) -> list[str]:
    for _ in range(DEATHS):
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except TimeoutError as error:
            raise _no_workers() from error
        try:
            found: dict[str, str] = client.run(versions.observing)
        except SolieuError:
            raise
        except OSError:
            continue  # a worker died while it was asked
        except Exception as error:  # whatever a worker without this package raises
            raise other_version() from error
        else:
            if found:
                return list(found.values())
    raise _no_workers()


def _no_workers() -> UsageError:
    return UsageError(
        "The Dask scheduler has no workers. Start some with: dask worker ADDRESS",
        "Bộ điều phối Dask chưa có máy chạy nào. Hãy khởi động bằng: dask worker ĐỊA_CHỈ",
    )
