"""`solieu explain`: the way back from a figure or a finding to the published page."""

from __future__ import annotations

from pathlib import Path

import click

from commands.failures import needs_run, refused
from commands.language import Language, lang_option
from commands.options import finished_run


@click.command("explain")
@click.argument("identifier", metavar="ID")
@finished_run
@lang_option
def command(identifier: str, output: Path, lang: Language) -> None:
    """Show where a figure or a finding comes from. ID may be the beginning of one."""
    from commands import origin  # noqa: PLC0415 (start-up of --help)

    needs_run(output, lang)
    lines = origin.explain(identifier, output, lang)
    if lines is None:
        refused(lang, "explain_none", folder=output, id=identifier)
    click.echo("\n".join(lines))
