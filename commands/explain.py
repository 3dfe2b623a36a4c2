"""`solieu explain`: the way back from a figure or a finding to the published page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.language import Language, lang_option, say
from commands.options import finished_run


@click.command("explain")
@click.argument("identifier", metavar="ID")
@finished_run
@lang_option
def command(identifier: str, output: Path, lang: Language) -> None:
    """Show where a figure or a finding comes from. ID may be the beginning of one."""
    from commands import origin  # noqa: PLC0415 (start-up of --help)

    if not (output / "observations.parquet").is_file():
        click.echo(say(lang, "explain_not_output", folder=output), err=True)
        sys.exit(2)
    lines = origin.explain(identifier, output, lang)
    if lines is None:
        click.echo(say(lang, "explain_none", folder=output, id=identifier), err=True)
        sys.exit(2)
    click.echo("\n".join(lines))
