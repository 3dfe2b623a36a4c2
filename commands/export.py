"""`solieu export`: the dataset in a form that other programs ask for."""

from __future__ import annotations

from pathlib import Path

import click

from commands.failures import needs_run, told
from commands.language import Language, lang_option
from commands.options import finished_run


@click.command("export")
@finished_run
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "csvw", "sdmx-csv"]),
    default="csv",
    show_default=True,
    help="csv: a file per table; csvw: the same with metadata; sdmx-csv: figures as SDMX-CSV 2.0.",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write (default: a folder named after the format in the output folder).",
)
@lang_option
def command(output: Path, form: str, to: Path | None, lang: Language) -> None:
    """Write the dataset of a finished run as CSV, CSV on the Web or SDMX-CSV."""
    from writers import exports  # noqa: PLC0415 (start-up of --help)

    needs_run(output, lang)
    with told(lang):
        for path in exports.FORMATS[form](output, to or output / form):
            click.echo(str(path))
