"""`solieu asof`: the dataset as it was known on a day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import click

from commands.failures import needs_table_name, refused, told
from commands.language import Language, lang_option, number, say
from commands.options import nightly_runs

VIETNAM = timezone(timedelta(hours=7))


@click.command("asof")
@click.argument("day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]))
@nightly_runs
@click.option(
    "--to",
    "goal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for the figures, .parquet or .csv; without it they are only counted.",
)
@lang_option
def command(day: datetime, output: Path, goal: Path | None, lang: Language) -> None:
    """Give the observations as they were known at the end of DATE, Vietnamese time.

    A figure is known from the night that first found it until the night that found another in its
    place.
    """
    from writers.vintages import known_at  # noqa: PLC0415 (start-up of --help)

    if not (output / "vintages.parquet").is_file():
        refused(lang, "asof_not_nightly", folder=output)
    if goal:
        needs_table_name(goal, lang)
    midnight = day.replace(tzinfo=VIETNAM) + timedelta(days=1)
    with told(lang):
        figures, documents = known_at(output, midnight, goal)
    counts = {"figures": number(lang, figures), "documents": number(lang, documents)}
    click.echo(say(lang, "asof_counts", day=day.strftime("%d/%m/%Y"), **counts))
    if goal:
        click.echo(say(lang, "summary_written", folder=goal))
