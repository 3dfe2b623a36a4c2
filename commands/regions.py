"""`solieu regions`: which administrative unit a name stands for on a day."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

import click

from commands.language import Language, lang_option, say


@click.command("regions")
@click.argument("name", metavar="NAME")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the name is for (default: today). Units changed in 2019-2021 and July 2025.",
)
@click.option("--in", "within", metavar="PARENT", help="Look below this unit only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
def command(
    name: str, on: datetime | None, within: str | None, *, as_json: bool, lang: Language
) -> None:
    """Look up an administrative unit by NAME, as it stood on a day.

    An ambiguous name gives all its candidates; exit code 1 where there is no such unit.
    """
    from normalizers.regions import region_rows, resolve  # noqa: PLC0415 (start-up of --help)

    day = on.date() if on else date.today()  # noqa: DTZ011 (a day in the reader's own calendar)
    parent = resolve(within, day).region if within else None
    if within and parent is None:
        click.echo(say(lang, "region_none", name=within, day=day.isoformat()), err=True)
        sys.exit(1)
    rows = region_rows(name, day, parent)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif rows:
        for row in rows:
            click.echo("  ".join(str(value) for value in row.values() if value))
    else:
        click.echo(say(lang, "region_none", name=name, day=day.isoformat()), err=True)
    sys.exit(0 if rows else 1)
