"""`solieu corrections check`: can a file of corrections be used, and what does it still meet?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.failures import told
from commands.language import Language, lang_option, say

corrections_option = click.option(
    "--corrections",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Corrections of the reading (default: corrections.csv in the output folder).",
)


@click.group("corrections")
def command() -> None:
    """Corrections of how the print was read.

    A correction is an interpretation of the print: what the publisher printed wrong is annotated
    (field note), never changed.
    """


@command.command("check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="A finished run: every correction must speak of a figure in it, and have taken hold.",
)
@lang_option
def check(file: Path | None, output: Path | None, lang: Language) -> None:
    """Check FILE, or the corrections.csv in the output folder; exit code 1 where it has faults."""
    from solieu import corrections  # noqa: PLC0415 (start-up of --help)
    from writers.corrected import astray  # noqa: PLC0415

    if file is None:
        if output is None:
            raise click.UsageError(say(lang, "corrections_which"))
        file = output / corrections.NAME
    with told(lang):
        rows, problems = corrections.read(file)
        if output is not None and not problems:
            problems = astray(output, corrections.Corrections(tuple(rows)))
    for line, english, vietnamese in problems:
        text = vietnamese if lang == "vi" else english
        click.echo(say(lang, "corrections_line", line=line, text=text), err=True)
    if problems:
        sys.exit(1)
    click.echo(say(lang, "corrections_good", count=len(rows), file=file))
