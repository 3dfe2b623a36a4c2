"""`solieu audit`: the verdict on the arithmetic of one or more documents."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from commands.corrections import corrections_option
from commands.failures import told
from commands.language import Language, lang_option, say
from commands.options import workers_option
from commands.progress import progress_bar


@click.command("audit")
@click.argument("addresses", metavar="PATH_OR_URL...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option(
    "--letter",
    is_flag=True,
    help="Print a letter in Vietnamese to the publisher of each document, with the evidence.",
)
@workers_option
@corrections_option
@lang_option
def command(
    addresses: tuple[str, ...],
    form: str,
    letter: bool,  # noqa: FBT001 (click passes flags by name)
    workers: int | None,
    corrections: Path | None,
    lang: Language,
) -> None:
    """Say which published figures cannot all be right, by how much, and where to look.

    The verdict comes first, then every contradiction as arithmetic that can be redone by hand.
    Exit code 1 where an error stands.
    """
    from commands import letters, verdict  # noqa: PLC0415 (start-up of --help)
    from engines.names import metric_names  # noqa: PLC0415
    from pipeline import run  # noqa: PLC0415
    from writers import report  # noqa: PLC0415

    if letter and form != "text":
        raise click.UsageError(say(lang, "letter_is_text"))
    with TemporaryDirectory(prefix="solieu-") as folder:
        with told(lang), progress_bar(lang, silent=form != "text") as progress:
            result = run(
                addresses,
                Path(folder),
                workers=workers,
                progress=progress,
                keep=False,
                corrections=corrections,
            )
        if form == "json":
            click.echo(json.dumps(verdict.as_json(result), ensure_ascii=False, indent=2))
        elif form == "html":
            click.echo(report.whole(Path(folder), metric_names()))
        elif letter:
            click.echo(letters.written(result))
        else:
            verdict.print_text(result, lang)
    if result.checks.get("error"):
        sys.exit(1)
    sys.exit(3 if result.unread else 0)
