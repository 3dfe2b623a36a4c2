"""A night as a person reads it in the morning: news first, then what failed and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.language import Language, number, say

if TYPE_CHECKING:
    from engines.nightly.manifest import Manifest

MOST = 5
"""Failures of one source that are listed; the manifest has all."""
MOST_REVISIONS = 20
VIETNAM = timezone(timedelta(hours=7))

_KINDS = ("new_document", "new_version", "revised_figure", "vanished_document")


def text(made: Manifest, folder: Path, language: Language) -> str:
    """The summary as plain text."""
    return "\n".join(_lines(made.facts, folder, language))


def _lines(facts: dict[str, Any], folder: Path, language: Language) -> Iterator[str]:
    begun = datetime.fromisoformat(facts["run"]).astimezone(VIETNAM)
    yield say(language, "night_begun", day=begun.strftime("%d/%m/%Y %H:%M"))
    for note in facts["notes_vi" if language == "vi" else "notes"]:
        yield f"({note})"
    yield from _news(facts, language)
    yield from _revised(facts, language)
    yield from _contradicted(facts, language)
    yield from _vanished(facts, language)
    yield from _failures(facts, folder, language)
    if not facts["complete"]:
        yield ""
        yield _incomplete(facts, language)
    yield ""
    yield _traffic(facts, language)
    output = {k: number(language, facts["output"][k]) for k in ("documents", "figures")}
    yield say(language, "night_total", folder=folder, **output)


def _incomplete(facts: dict[str, Any], language: Language) -> str:
    if not facts["not_reached"]:
        return say(language, "night_incomplete_reading")
    return say(language, "night_incomplete", count=number(language, facts["not_reached"]))


def _news(facts: dict[str, Any], language: Language) -> Iterator[str]:
    asked = sum(s["addresses"] - s.get("not_reached", 0) for s in facts["sources"])
    pages = number(language, asked)
    if not any(facts["changes"].values()):
        yield say(language, "night_none", pages=pages)
        return
    yield say(language, "night_news", pages=pages)
    for kind in _KINDS:
        if count := facts["changes"][kind]:
            yield f"{number(language, count):>8}  {say(language, f'night_{kind}')}"


def _revised(facts: dict[str, Any], language: Language) -> Iterator[str]:
    if not facts["revised"]:
        return
    from solieu.unit_names import unit_word  # noqa: PLC0415 (start-up of --help)

    yield ""
    yield say(language, "night_revised_title")
    for row in facts["revised"][:MOST_REVISIONS]:
        parts = (row["region_name"], row["metric_label"], row["period"])
        line = say(
            language,
            "night_revised_line",
            about=", ".join(part for part in parts if part),
            before=row["raw_before"],
            after=row["raw_after"],
            unit=unit_word(row["unit"], language),
        )
        yield f"  • {line}"
        yield f"    {row['address']}"
    yield from _rest(facts["revised"], language)


def _rest(rows: Sequence[object], language: Language) -> Iterator[str]:
    """How many of a list are not printed."""
    if len(rows) > MOST_REVISIONS:
        yield f"  … {number(language, len(rows) - MOST_REVISIONS)}"


def _contradicted(facts: dict[str, Any], language: Language) -> Iterator[str]:
    message = "message_vi" if language == "vi" else "message"
    if facts["contradicted"]:
        yield ""
        yield say(language, "night_contradicted_title")
        for row in facts["contradicted"][:MOST_REVISIONS]:
            yield f"  • {row[message]}"
            yield f"    {row['address']}"
            yield f"    {row['other_address']}"
        yield from _rest(facts["contradicted"], language)


def _vanished(facts: dict[str, Any], language: Language) -> Iterator[str]:
    if facts["vanished"]:
        yield ""
        yield say(language, "night_vanished_title")
        yield from (f"  • {row['address']}" for row in facts["vanished"][:MOST_REVISIONS])


def _failures(facts: dict[str, Any], folder: Path, language: Language) -> Iterator[str]:
    reason = "reason_vi" if language == "vi" else "reason"
    if facts["failures"]:
        yield ""
        yield say(language, "night_failures_title")
        for source, found in groupby(facts["failures"], lambda row: row["source"]):
            rows = list(found)
            for row in rows[:MOST]:
                yield f"  • {source}: {row[reason]}"
            if len(rows) > MOST:
                more = number(language, len(rows) - MOST)
                file = folder / "runs"
                yield "    " + say(
                    language, "night_failures_more", count=more, source=source, file=file
                )
    if facts["unreadable"]:
        yield ""
        yield say(language, "night_unreadable_title")
        for row in facts["unreadable"][:MOST_REVISIONS]:
            yield f"  • {row['address']}"
            yield f"    {row[reason]}"
    if facts["refused"]:
        yield ""
        yield say(language, "night_refused_title", count=number(language, len(facts["refused"])))


def _traffic(facts: dict[str, Any], language: Language) -> str:
    asked = facts["requests"]
    return say(
        language,
        "night_traffic",
        requests=number(language, asked["all"]),
        conditional=number(language, asked["conditional"]),
        unchanged=number(language, asked["not_modified"]),
        bodies=number(language, asked["bodies"]),
        size=number(language, round(asked["bytes"] / 1e6, 1)),
        read=number(language, facts["documents_read"]),
    )
