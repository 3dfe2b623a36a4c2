"""An audit as a person reads it: the verdict, then each contradiction as arithmetic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from commands import places
from commands.frames import records
from commands.language import Language, number, say
from commands.summary import print_unread

if TYPE_CHECKING:
    import pandas as pd

    from engines.results import RunResult

Figures = dict[str, dict[str, Any]]
"""Rows of `observations` by their id."""

_RANK = {"error": 0, "warning": 1, "info": 2}

_MARKS = {
    "error": ("red", ""),
    "warning": ("yellow", "finding_question"),
    "info": ("yellow", "finding_last_place"),
}
"""What an error is needs no word; a question must not be taken for one."""

_COMPARED = {"copied_block", "order_of_magnitude"}
"""Figures that are held beside each other: the first are shown, and nothing is computed."""
SHOWN = 6


def print_text(result: RunResult, language: Language) -> None:
    """The verdict, then the failed checks document by document, the gravest first."""
    console = Console(highlight=False)
    console.print(f"[bold]{verdict(result, language)}[/bold]")
    findings = failed(result)
    figures = {row["observation_id"]: row for row in records(result.observations())}
    for source, rows in findings.groupby("source", sort=False):
        console.print(f"\n[bold underline]{escape(str(source))}[/bold underline]")
        for row in records(rows):
            _print_finding(console, row, figures, language)
    print_unread(result, language)


def verdict(result: RunResult, language: Language) -> str:
    """One sentence that an auditor may quote."""
    held, unknown = result.checks.get("pass", 0), result.checks.get("unknown", 0)
    errors = result.checks.get("error", 0)
    if not result.figures:
        return say(language, "verdict_nothing")
    key = {0: "verdict_clean", 1: "verdict_error"}.get(errors, "verdict_errors")
    sentences = [say(language, key, errors=errors, held=held, unknown=unknown)]
    questions = result.checks.get("warning", 0)
    if questions:
        sentences.append(say(language, "verdict_questions", questions=questions))
    return " ".join(sentences)


def failed(result: RunResult) -> pd.DataFrame:
    """Failed checks with the source they stand in: the gravest document first, then by severity."""
    documents = result.table("documents").reset_index(names="order")
    findings = result.table("findings")
    rows = findings[findings["status"] == "fail"].merge(
        documents[["document_id", "source", "order"]], on="document_id", how="left"
    )
    rows["rank"] = rows["severity"].map(_RANK)
    rows["gravest"] = rows.groupby("document_id")["rank"].transform("min")
    ranks = ["gravest", "order", "rank"]
    return rows.sort_values(ranks, kind="stable").drop(columns=ranks)


def _print_finding(
    console: Console, row: dict[str, Any], figures: Figures, language: Language
) -> None:
    colour, word = _MARKS[row["severity"]]
    told = f"{say(language, word)} " if word else ""
    console.print(f"\n[{colour}]■[/{colour}] {told}{escape(row[f'message_{language}'])}")
    for line in arithmetic(row, figures, language):
        console.print(f"    {escape(line)}", soft_wrap=True)
    console.print(f"    [dim]{row['check']}  {row['finding_id']}[/dim]")


def arithmetic(row: dict[str, Any], figures: Figures, language: Language) -> list[str]:
    """The figures of a finding as printed and where they stand, as a sum that can be redone.

    The whole comes last, with ≠ where it is not what the others give. Result and difference are in
    the scale in which the whole is printed.
    """
    whole, *ids = list(row["observation_ids"]) or [""]
    others = [i for i in ids if i in figures]
    lines = [
        (sign, *_named(figures[i], language))
        for sign, i in zip(_signs(row, len(others)), others, strict=True)
    ]
    if row["check"] in _COMPARED:
        more = [("", "…", "")] if len(lines) > SHOWN else []
        shown = [*lines[:SHOWN], *more]
        return _aligned(
            [("·", *_named(figures[whole], language)), *shown] if whole in figures else shown
        )
    scale = _scale(row)
    if row["expected"] is not None:
        lines.append(("=", number(language, row["expected"] / scale), say(language, "expected")))
    if whole in figures:
        sign = "≠" if row["status"] == "fail" else "="
        lines.append((sign, *_named(figures[whole], language)))
    if row["difference"] is not None:
        sign = "+" if row["difference"] > 0 else ""
        text = f"{sign}{number(language, row['difference'] / scale)}"
        lines.append(("", text, say(language, "difference")))
    return _aligned(lines)


def _aligned(lines: list[tuple[str, str, str]]) -> list[str]:
    width = max((len(text) for _, text, _ in lines), default=0)
    return [f"{sign:>1} {text:>{width}}  {name}".rstrip() for sign, text, name in lines]


def _scale(row: dict[str, Any]) -> float:
    """What one of the printed whole is worth: 1.000.000 where a table is in triệu đồng."""
    return float(_details(row).get("scale", 1))


def _details(row: dict[str, Any]) -> dict[str, str]:
    return json.loads(row["details"]) if row["details"] else {}


def _signs(row: dict[str, Any], count: int) -> list[str]:
    """The signs of a sum; none for a quotient, which the message itself writes out."""
    weights = _details(row).get("weights", "").split(",")
    if row["check"] in _SUMS and len(weights) != count:
        return ["+"] * count
    signed = len(weights) == count and row["check"] not in _QUOTIENTS
    return ["-" if w.startswith("-") else "+" for w in weights] if signed else ["·"] * count


_SUMS = {"column_total", "row_total"}
_QUOTIENTS = {"growth_rate", "plan_completion", "share", "repeated_figure", "revision"}


def _named(figure: dict[str, Any], language: Language) -> tuple[str, str]:
    """A figure as printed, and what it is and where."""
    region = figure["region_text"] or figure["region_name"]
    name = region if figure["method"] == "table" and region else figure["metric_label"]
    return figure["raw"], f"{shorten(name)}  ({places.describe(figure, language)})"


def shorten(text: str, longest: int = 60) -> str:
    """A name as far as a line has room for it: its end says most."""
    words = " ".join(text.split())
    return words if len(words) <= longest else "…" + words[-longest:].partition(" ")[2]


def as_json(result: RunResult) -> dict[str, Any]:
    """The audit for a program: counts, every failed check, what could not be read."""
    rows = failed(result).to_json(orient="records", force_ascii=False)
    return {
        "verdict": {"vi": verdict(result, "vi"), "en": verdict(result, "en")},
        "documents": result.documents,
        "figures": result.figures,
        "findings": dict(sorted(result.checks.items())),
        "failed": json.loads(rows),
        "unread": [
            {"source": s, "error": e.message_en, "error_vi": e.message_vi} for s, e in result.unread
        ],
    }
