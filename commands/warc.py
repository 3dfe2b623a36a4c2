"""`solieu warc`: the archive of nightly runs as a web archive."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from commands.failures import refused
from commands.language import Language, lang_option, say
from commands.options import nightly_runs


@click.command("warc")
@click.argument("goal", metavar="FILE.warc.gz", type=click.Path(dir_okay=False, path_type=Path))
@nightly_runs
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
        refused(lang, "asof_not_nightly", folder=output)
    count = export(archive, goal, since=str(since.date()) if since else "")
    click.echo(say(lang, "warc_written", count=count, file=goal))
