"""Failures of the whole run, told in one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from commands.language import Language, say
from solieu.errors import SolieuError, UsageError

WRONG_USE = 2
NOT_WRITTEN = 4
_MAGIC = b"PAR1"
INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


@contextmanager
def told(language: Language) -> Iterator[None]:
    """End the program with a message where the run could not be made or was broken off."""
    try:
        yield
    except SolieuError as error:
        click.echo(error.message_vi if language == "vi" else error.message_en, err=True)
        sys.exit(WRONG_USE if isinstance(error, UsageError) else NOT_WRITTEN)
    except KeyboardInterrupt:
        click.echo(say(language, "interrupted"), err=True)
        sys.exit(INTERRUPTED)


def refused(language: Language, key: str, **values: object) -> NoReturn:
    """End the program with a message: it was called in a way that cannot work."""
    click.echo(say(language, key, **values), err=True)
    sys.exit(WRONG_USE)


def needs_run(output: Path, language: Language) -> None:
    """End the program where a folder holds no finished run, or one whose tables are cut off."""
    from writers.schema import TABLES  # noqa: PLC0415 (start-up of --help)

    if not all(_is_whole(output / f"{name}.parquet") for name in TABLES):
        refused(language, "explain_not_output", folder=output)


def _is_whole(table: Path) -> bool:
    """Whether a Parquet file is there to its end."""
    try:
        with table.open("rb") as file:
            file.seek(-len(_MAGIC), os.SEEK_END)
            return file.read() == _MAGIC
    except OSError:  # no such file, or shorter than that
        return False


def needs_table_name(goal: Path, language: Language) -> None:
    """End the program where a file for figures is neither Parquet nor CSV by its name."""
    if goal.suffix not in (".parquet", ".csv"):
        refused(language, "asof_kind", file=goal)
