"""`solieu onmap`: the figures of a run on the administrative map of another day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from commands.failures import needs_run, needs_table_name, told
from commands.language import Language, lang_option, number, say
from commands.options import finished_run

_HOW = (
    "same",
    "whole",
    "summed",
    "incomplete",
    "not_additive",
    "contradictory",
    "split",
    "unknown",
)


@click.command("onmap")
@finished_run
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day whose units are wanted (default: today). 2025-06-30 is the eve of the reform.",
)
@click.option(
    "--to",
    "goal",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File for the figures, .parquet or .csv.",
)
@lang_option
def command(output: Path, on: datetime | None, goal: Path, lang: Language) -> None:
    """Give the figures of a finished run by the units of another day.

    A figure is carried over where all of its unit lies in one unit of that day; amounts of merged
    units are added, and those that lack a unit are marked incomplete. Figures of units that were
    divided stay as published, under no unit of that day: nothing is prorated.
    """
    from engines.onmap import on_map  # noqa: PLC0415 (start-up of --help)

    needs_run(output, lang)
    needs_table_name(goal, lang)
    day = on.date() if on else date.today()  # noqa: DTZ011 (a day in the reader's own calendar)
    with told(lang):
        counts = on_map(output, goal, day)
    for how in _HOW:
        if counts[how]:
            click.echo(f"{number(lang, counts[how]):>9}  {say(lang, f'onmap_{how}')}")
    click.echo(say(lang, "summary_written", folder=goal))
