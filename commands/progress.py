"""What a person sees while documents are read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from commands.language import Language, say

if TYPE_CHECKING:
    from engines.outcomes import Progress


@contextmanager
def progress_bar(language: Language, *, silent: bool) -> Iterator[Progress | None]:
    """A bar with a count and the current name on standard error; None where nobody looks."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 (a job without a terminal needs none)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (
        TextColumn(say(language, "reading")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, name="")

        def show(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=PurePath(name).name)

        yield show
