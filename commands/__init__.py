"""The command line: `solieu run`, `audit`, `explain`, `tables`, `regions`.

Commands are imported when they are called: `solieu --help` reads no Parquet and no PDF library.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

_COMMANDS = {
    "run": "commands.run",
    "audit": "commands.audit",
    "nightly": "commands.nightly",
    "asof": "commands.asof",
    "warc": "commands.warc",
    "explain": "commands.explain",
    "replay": "commands.replay",
    "tables": "commands.tables",
    "corrections": "commands.corrections",
    "export": "commands.export",
    "regions": "commands.regions",
    "onmap": "commands.onmap",
}


class _Group(click.Group):
    """Commands by name, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name]).command
        return command


@click.command(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="solieu", prog_name="solieu")
def cli() -> None:
    """Read what Vietnamese authorities publish into one audited dataset.

    \b
    solieu run DOCUMENTS --output DIR     documents to Parquet: region / metric / year figures
    solieu audit DOCUMENT                 which published totals do not add up
    solieu explain ID --output DIR        where a figure or a finding comes from
    solieu replay ID --output DIR         recompute a finding from the published bytes
    solieu nightly SOURCES.toml -o DIR    what portals published or changed since the last run

    Messages come in Vietnamese with --lang vi, or where the locale is Vietnamese.

    Exit codes: 0 done; 1 audit found an error in the published arithmetic; 2 wrong usage;
    3 at least one document could not be read (the rest was written).
    """  # noqa: D301 (\b keeps click from joining the lines)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A terminal that cannot show Vietnamese letters gets question marks and no crash.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # The cores are for the processes that read, not for idle threads of a library for matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        cli(prog_name="solieu")
    finally:
        gc.freeze()  # nothing is looked through for garbage at the very end
