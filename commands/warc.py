"""`solieu warc`: the archive of nightly runs as a web archive."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from commands.language import Language, lang_option, say


@click.command("warc")
@click.argument("goal", metavar="FILE.warc.gz", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of nightly runs.",
)
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was fetched from this day on."
)
@lang_option
def command(goal: Path, output: Path, since: datetime | None, lang: Language) -> None:
    """Write every version of every page to a WARC file, as web archives keep them."""
    from fetchers.archive import JOURNAL, Archive  # noqa: PLC0415 (start-up of --help)
    from fetchers.warc import export  # noqa: PLC0415

    archive = Archive(output / "archive")
    if not (archive.folder / JOURNAL).is_file():
        click.echo(say(lang, "asof_not_nightly", folder=output), err=True)
        sys.exit(2)
    count = export(archive, goal, since=str(since.date()) if since else "")
    click.echo(say(lang, "warc_written", count=count, file=goal))
