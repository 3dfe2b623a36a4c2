"""`solieu nightly`: fetch what is new, read it, say what changed."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.corrections import corrections_option
from commands.failures import NOT_WRITTEN, WRONG_USE, refused, told
from commands.language import Language, lang_option, say
from commands.options import workers_option
from commands.progress import progress_bar

if TYPE_CHECKING:
    from engines.nightly.fetching import Scope
    from engines.nightly.manifest import Manifest
    from fetchers.config import Config


@click.command("nightly")
@click.argument("sources", metavar="SOURCES.toml", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for archive, state and dataset; made when it is not there.",
)
@click.option("--check", is_flag=True, help="Only say what is wrong with SOURCES.toml.")
@click.option("--dry-run", is_flag=True, help="Only say what would be asked first.")
@click.option("--only", metavar="SOURCE", multiple=True, help="Only this source; may be repeated.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Leave known documents alone that were first seen before this day.",
)
@click.option(
    "--max-minutes",
    type=click.FloatRange(min=0, min_open=True),
    help="Stop cleanly after so many minutes; the summary says what was not reached.",
)
@corrections_option
@workers_option
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but failures.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@lang_option
def command(sources: Path, output: Path | None, *, lang: Language, **given: Any) -> None:
    """Fetch what the portals in SOURCES.toml published since the last run, and what they changed.

    Writes, beside the tables of `run`, changes.parquet, vintages.parquet, runs/<time>.json and the
    archive of raw bytes. A run that was killed goes on where it was. Exit code 3 where something
    failed or was not reached, 4 where the output could not be written.
    """
    config = _config(sources, lang)
    scope = _scope(config, given["only"], given["since"], lang)
    if given["check"]:
        _check(config, lang)
        return
    if output is None:
        raise click.UsageError("Missing option '--output' / '-o'.")
    if given["dry_run"]:
        _dry_run(config, output, scope, lang, as_json=given["as_json"])
        return
    with told(lang):
        made = _run(config, output, scope, given, lang)
    _tell(config, made, output, lang, quiet=given["quiet"], as_json=given["as_json"])
    sys.exit(3 if made.failed else 0)


def _config(path: Path, lang: Language) -> Config:
    from fetchers import config  # noqa: PLC0415 (start-up of --help)
    from solieu.errors import UsageError  # noqa: PLC0415

    try:
        found = config.load(path)
        _try_words(found)
    except UsageError as error:
        click.echo(error.message_vi if lang == "vi" else error.message_en, err=True)
        sys.exit(WRONG_USE)
    return found


def _try_words(config: Config) -> None:
    """Raises UsageError where a vocabulary of a source cannot be used."""
    from normalizers import metrics  # noqa: PLC0415 (start-up of --help)

    for words in {s.vocabulary for s in config.sources if s.vocabulary}:
        metrics.Vocabulary.load(words)


def _scope(config: Config, only: tuple[str, ...], since: datetime | None, lang: Language) -> Scope:
    from engines.nightly.fetching import Scope  # noqa: PLC0415 (start-up of --help)

    names = [s.name for s in config.sources]
    for name in only:
        if name not in names:
            listed = ", ".join(names)
            refused(lang, "night_unknown_source", name=name, file=config.path, names=listed)
    return Scope(frozenset(only), since.replace(tzinfo=UTC) if since else None)


def _check(config: Config, lang: Language) -> None:
    """Say that the configuration is good, and what its owner may have overlooked."""
    file = config.path
    if not config.contact:
        click.echo(say(lang, "night_check_contact", file=file))
    for source in config.sources:
        if source.delay_seconds < 1 and not source.allow_private:
            click.echo(say(lang, "night_check_delay", file=file, source=source.name))
    click.echo(say(lang, "night_check_good", file=file, count=len(config.sources)))


def _dry_run(config: Config, output: Path, scope: Scope, lang: Language, *, as_json: bool) -> None:
    from engines.nightly import dry_run  # noqa: PLC0415 (start-up of --help)

    rows = dry_run(config, output, scope)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(
            say(
                lang, "night_dry", source=row["source"], kind=row["kind"],
                start=" ".join(row["start"]), known=row["known_documents"],
                delay=row["delay_seconds"],
            )
        )  # fmt: skip


def _run(
    config: Config, output: Path, scope: Scope, given: dict[str, Any], lang: Language
) -> Manifest:
    from engines import cache as caches  # noqa: PLC0415 (start-up of --help)
    from engines import nightly  # noqa: PLC0415
    from extractors.sniff import media_type  # noqa: PLC0415
    from pipeline import read_stored  # noqa: PLC0415
    from solieu import corrections  # noqa: PLC0415
    from solieu.errors import OutputError, UsageError  # noqa: PLC0415
    from writers.lean import without_pandas  # noqa: PLC0415

    without_pandas()
    with progress_bar(lang, silent=given["quiet"] or given["as_json"]) as progress:
        try:
            said = corrections.of(output, given["corrections"])
            read = partial(read_stored, corrections=said, cache=caches.contents_below(output))
            around = nightly.Surroundings(read, media_type, progress=progress)
            options = nightly.Options(
                scope, given["max_minutes"], given["workers"], corrections=said
            )
            return nightly.run(config, output, options, around)
        except (UsageError, OutputError) as error:
            problem = error
    message = problem.message_vi if lang == "vi" else problem.message_en
    click.echo(message, err=True)
    _notify(config, {"failed": message}, message, lang, failed=True, news=False)
    sys.exit(WRONG_USE if isinstance(problem, UsageError) else NOT_WRITTEN)


def _tell(
    config: Config, made: Manifest, output: Path, lang: Language, *, quiet: bool, as_json: bool
) -> None:
    from commands import night_summary  # noqa: PLC0415 (start-up of --help)

    text = night_summary.text(made, output, lang)
    if as_json:
        click.echo(json.dumps(made.facts, ensure_ascii=False, indent=2))
    elif not quiet:
        click.echo(text)
    elif made.failed:
        click.echo(text, err=True)
    news = any(made.changes.values())
    _notify(config, made.facts, text, lang, failed=made.failed, news=news)


def _notify(
    config: Config, facts: dict[str, Any], text: str, lang: Language, *, failed: bool, news: bool
) -> None:
    from fetchers import notices  # noqa: PLC0415 (start-up of --help)

    if config.notify.on == "failure" and not failed:
        return
    if config.notify.on == "news" and not (failed or news):
        return
    for reason in notices.send(config.notify, facts, text, failed=failed):
        click.echo(say(lang, "night_notify_failed", reason=reason), err=True)
