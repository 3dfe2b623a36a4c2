"""Files for people that are whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from solieu.errors import OutputError


@contextmanager
def whole_file(goal: Path) -> Iterator[Path]:
    """A path to write to; what was written becomes `goal` at the end, or nothing does.

    Raises:
        OutputError: it cannot be written.
    """
    draft = goal.with_name(f".{goal.name}.incomplete")
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield draft
            draft.replace(goal)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError.of(goal, error) from error
