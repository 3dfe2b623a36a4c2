"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

finished_run = click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of a finished run.",
)

nightly_runs = click.option(
    "--output",
    "-o",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of nightly runs.",
)

workers_option = click.option(
    "--workers", type=click.IntRange(min=1), help="Processes (default: all cores)."
)
