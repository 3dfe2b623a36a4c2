"""In which order documents are begun: what takes long first, lest it be the last to end."""

from __future__ import annotations

from collections.abc import Sequence

from engines.cache import Cache, key_of_loss
from engines.limits import Limits
from engines.tasks import Task, name_of

_LONG = 200_000
"""Effort from which a document is begun before all others; it is that of a page in bytes."""
_SHARE = 100
"""So is one that takes a hundredth of all effort: of few documents each counts."""
_EFFORT = {
    ".pdf": 2,
    ".xls": 4,
    ".csv": 8,
    ".docx": 8,
    ".ods": 8,
    ".txt": 8,
    ".xlsx": 8,
}
"""How many times as long a byte takes as one of a web page, whose bytes are markup: a text is read
sentence by sentence, and what is packed holds more than its bytes."""

_SLOW = 20_000
"""Bytes from which it may take longer to take a document apart than to begin a process for it."""


def known_key(task: Task, cache: Cache, limits: Limits) -> str | None:
    """Under which key the rows of a document wait that an earlier run has read."""
    if (key := task.key) is None:
        return None
    return next((k for k in (key, key_of_loss(key, limits)) if cache.results.has(k)), None)


def worth_beginning(tasks: Sequence[Task], cache: Cache, limits: Limits) -> list[Task]:
    """Which documents to take apart while no worker is there yet, the shortest first.

    Who is not done when the workers are there has worked in vain, and is then soon done. What lies
    elsewhere would be fetched twice.
    """
    missing = [i for i, task in enumerate(tasks) if known_key(task, cache, limits) is None]
    long, _ = long_first(tasks, missing)
    return [tasks[i] for i in reversed(long) if tasks[i].digest and tasks[i].size > _SLOW]


def long_first(tasks: Sequence[Task], missing: Sequence[int]) -> tuple[list[int], list[int]]:
    """Which of the tasks take long, the longest first, and the others as they stand."""
    efforts = {i: _effort(tasks[i]) for i in missing}
    limit = min(_LONG, sum(efforts.values()) // _SHARE)
    long = sorted((i for i in missing if efforts[i] > limit), key=lambda i: -efforts[i])
    return long, [i for i in missing if efforts[i] <= limit]


def _effort(task: Task) -> int:
    kind = name_of(task.address.text).lower().rpartition(".")[2]
    return task.size * _EFFORT.get(f".{kind}", 1)
