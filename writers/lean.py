"""Arrow without pandas, for processes that have no data frames."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType


def without_pandas() -> None:
    """Keep Arrow from importing pandas, which it does to see whether a list is a data frame.

    That takes half a second and fifty megabytes of every process. From here on this process cannot
    turn Arrow tables into data frames.
    """
    if "pandas" in sys.modules:
        return
    with pandas_refused():
        import pyarrow as pa  # noqa: PLC0415 (the commands start without it)

        pa.array([0])


@contextmanager
def pandas_refused() -> Iterator[None]:
    """The same for as long as this lasts, and without importing Arrow before it is needed."""
    refusal = _Refusal()
    sys.meta_path.insert(0, refusal)
    try:
        yield
    finally:
        sys.meta_path.remove(refusal)


class _Refusal:
    """Finds pandas missing."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> None:
        del path, target
        if name == "pandas":
            raise ModuleNotFoundError(name)
