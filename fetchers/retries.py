"""Asking again: only for what may be gone next time, with growing waits that are never equal."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from fetchers.failures import Transient

Result = TypeVar("Result")

ATTEMPTS = 4


def with_retries(
    request: Callable[[], Result], *, attempts: int = ATTEMPTS, wait: float = 1.0
) -> Result:
    """The result of `request`, tried up to `attempts` times while it raises Transient.

    `wait` is the first pause in seconds; each further one is twice as long, up to 20 times `wait`.
    """
    import stamina  # noqa: PLC0415 (a run over local files asks nobody)

    _quiet()
    for attempt in stamina.retry_context(
        on=Transient,
        attempts=attempts,
        timeout=None,
        wait_initial=wait,
        wait_max=20 * wait,
        wait_jitter=wait,
    ):
        with attempt:
            return request()
    raise AssertionError("unreachable: the last attempt raises")


@lru_cache(maxsize=1)
def _quiet() -> None:
    """Retries are told in the log of the run, not in the library's own."""
    from stamina.instrumentation import set_on_retry_hooks  # noqa: PLC0415

    set_on_retry_hooks([])
