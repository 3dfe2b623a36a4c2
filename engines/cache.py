"""What a run keeps below its output, so that the next one reads only what is new.

Results are kept by document and by everything that made them (`engines.versions`). Contents of
documents that are slow to read are kept by the extractors' version alone: after a change of words
or checks they are normalised again without being read again.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from engines import versions
from engines.limits import Limits
from engines.shelf import Shelf

NAME = ".cache"


@dataclass(frozen=True, slots=True)
class Cache:
    """Shelves below one output folder. Left without an error, it forgets what no run needs."""

    results: Shelf
    """Rows by `key_of`."""
    passing: Shelf
    """Rows that hold for this run only: a page that could not be fetched may be there tomorrow."""
    contents: Shelf | None
    """Extracted contents by `key_of`; None where nothing is kept."""
    used: set[str] = field(default_factory=set)
    """Keys that this run read from `results`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.passing.folder, ignore_errors=True)
        if kind is None and self.contents is not None:
            self.results.keep_only(self.used)
            self.contents.keep_only(self.used)


def below(output: Path, *, keep: bool, corrections: str = "") -> Cache:
    """The cache of an output folder; without `keep` everything in it is of this run only.

    `corrections` is a digest of what readers corrected: other corrections are other results.
    """
    folder = output / NAME
    passing = Shelf(folder / "passing")
    if not keep:
        return Cache(passing, passing, None)
    results = Shelf(folder / "results" / f"{versions.observing()}{corrections}")
    return Cache(results, passing, Shelf(folder / "contents" / versions.extraction()))


def contents_below(output: Path) -> Cache:
    """The extracted contents of an output folder alone, for readings that are kept elsewhere.

    What other extractors made is forgotten; nothing else is: any document may be read again.
    """
    cache = below(output, keep=True)
    assert cache.contents is not None
    cache.contents.forget_other_versions()
    return cache


def key_of(digest: str, name: str) -> str:
    """The key of a document: its bytes, and its name, which error messages repeat."""
    return f"{digest}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"


def key_of_loss(key: str, limits: Limits) -> str:
    """The key of a document that broke its limits: other limits are another try."""
    return f"{key}-{limits.seconds:g}s-{limits.memory}"
