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
