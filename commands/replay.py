"""`solieu replay`: a finding once more, from the published bytes alone."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.failures import needs_run, told
from commands.language import Language, lang_option
from commands.options import finished_run

SAME, OTHER, WRONG_USE, NO_BYTES = 0, 1, 2, 3


@click.command("replay")
@click.argument("finding_id", metavar="FINDING_ID")
@finished_run
@lang_option
def command(finding_id: str, output: Path, lang: Language) -> None:
    """Recompute a finding from the bytes that were published, and compare.

    The bytes come from the archive of the output folder, else from where the document was read;
    their SHA-256 must be the one on record. FINDING_ID may be the beginning of one.

    Exit codes: 0 the same; 1 not the same; 2 no such finding; 3 the bytes are gone or changed.
    """
    from commands import replayed  # noqa: PLC0415 (start-up of --help)

    needs_run(output, lang)
    with told(lang):
        try:
            lines, same = replayed.replay(finding_id, output, lang)
        except replayed.NoFinding as none:
            click.echo(none.text(lang), err=True)
            sys.exit(WRONG_USE)
        except replayed.NoBytes as gone:
            click.echo(gone.text(lang), err=True)
            sys.exit(NO_BYTES)
    click.echo("\n".join(lines))
    sys.exit(SAME if same else OTHER)
