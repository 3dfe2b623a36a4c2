"""`solieu run`: documents to a dataset."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.corrections import corrections_option
from commands.failures import told
from commands.language import Language, lang_option
from commands.options import workers_option
from commands.progress import progress_bar

if TYPE_CHECKING:
    from engines.dask import ClusterAddress
    from engines.outcomes import Progress


@click.command("run")
@click.argument("addresses", metavar="PATH_OR_URL...", nargs=-1, required=True)
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the dataset; made when it is not there.",
)
@workers_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    help="Seconds that one document may take.",
)
@click.option(
    "--no-cache",
    is_flag=True,
    help="Read every document again and keep nothing for the next run.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where documents are read: here, or by the workers of a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Dask: tcp://HOST:8786.")
@click.option(
    "--store",
    metavar="FOLDER_OR_URL",
    help="Dask: where workers leave their parts, like s3://bucket/folder (default: below the "
    "output, on a disk that all machines share).",
)
@corrections_option
@click.option(
    "--vocabulary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of your own metrics: code, label_vi, label_en, unit, labels (separated by |).",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@lang_option
def command(  # noqa: PLR0913 (one argument per option)
    addresses: tuple[str, ...],
    output: Path,
    workers: int | None,
    timeout: float,
    *,
    no_cache: bool,
    engine: str,
    scheduler: str | None,
    store: str | None,
    corrections: Path | None,
    vocabulary: Path | None,
    quiet: bool,
    as_json: bool,
    lang: Language,
) -> None:
    """Read files, folders and URLs into one dataset.

    Writes documents, observations, findings and unread as Parquet, a data package and a report.
    A folder is read with all that is below it. Documents that cannot be read are listed with the
    reason; the rest is written all the same (exit code 3).

    What was read is kept below the output folder: the next run reads only what is new, and so does
    one that takes up where Ctrl-C ended this one.
    """
    _begin(output, engine)
    from engines.limits import Limits  # noqa: PLC0415 (start-up of --help)
    from pipeline import run  # noqa: PLC0415

    silent = quiet or as_json
    with told(lang), progress_bar(lang, silent=silent) as progress, _without_pandas(engine):
        result = run(
            addresses,
            output,
            workers=workers,
            limits=Limits(seconds=timeout),
            progress=_meanwhile(progress),
            keep=not no_cache,
            corrections=corrections,
            vocabulary=vocabulary,
            cluster=_cluster(engine, scheduler, store),
        )
    from commands import summary  # noqa: PLC0415 (see `_meanwhile`)

    if as_json:
        click.echo(json.dumps(summary.as_json(result), ensure_ascii=False, indent=2))
    elif quiet:
        summary.print_unread(result, lang)
    else:
        summary.print_summary(result, lang)
    sys.exit(3 if result.unread else 0)


def _begin(output: Path, engine: str) -> None:
    """Have the readers imported for the workers while this process imports what it needs."""
    from engines.cache import NAME  # noqa: PLC0415
    from engines.local import prepare  # noqa: PLC0415

    if engine == "local" and not (output / NAME).exists():
        prepare()


def _meanwhile(progress: Progress | None) -> Progress:
    """The same, and what the summary is printed with is imported while workers read."""

    def told(done: int, total: int, name: str) -> None:
        if progress:
            progress(done, total, name)
        if done:
            import commands.summary  # noqa: F401, PLC0415

    return told


def _without_pandas(engine: str) -> AbstractContextManager[None]:
    """Dask may want pandas for itself."""
    from writers.lean import pandas_refused, without_pandas  # noqa: PLC0415

    if engine == "local":
        return pandas_refused()
    without_pandas()
    return nullcontext()


def _cluster(engine: str, scheduler: str | None, store: str | None) -> ClusterAddress | None:
    if engine == "local":
        if scheduler or store:
            raise click.UsageError("--scheduler and --store need --engine dask")
        return None
    if scheduler is None:
        raise click.UsageError("--engine dask needs --scheduler ADDRESS")
    from engines.dask import ClusterAddress  # noqa: PLC0415 (start-up of --help)

    return ClusterAddress(scheduler, store)
