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
    key = "verdict_errors" if errors else "verdict_clean"
    return say(language, key, errors=errors, held=held, unknown=unknown)


def failed(result: RunResult) -> pd.DataFrame:
    """Failed checks with the source they stand in: by document, then by severity."""
    documents = result.table("documents").reset_index(names="order")
    findings = result.table("findings")
    rows = findings[findings["status"] == "fail"].merge(
        documents[["document_id", "source", "order"]], on="document_id", how="left"
    )
    rows["rank"] = rows["severity"].map(_RANK)
    return rows.sort_values(["order", "rank"], kind="stable").drop(columns=["order", "rank"])


def _print_finding(
    console: Console, row: dict[str, Any], figures: Figures, language: Language
) -> None:
    colour = "red" if row["severity"] == "error" else "yellow"
    console.print(f"\n[{colour}]■[/{colour}] {escape(row[f'message_{language}'])}")
    for line in arithmetic(row, figures, language):
        console.print(f"    {escape(line)}", soft_wrap=True)
    if row["suggestion"]:
        console.print(f"    {say(language, 'suggestion')}: {escape(row['suggestion'])}")
    console.print(f"    [dim]{row['check']}  {row['finding_id']}[/dim]")


def arithmetic(row: dict[str, Any], figures: Figures, language: Language) -> list[str]:
    """The figures of a finding as printed and where they stand, then the sum to redo."""
    lines = []
    for figure_id in row["observation_ids"]:
        if figure := figures.get(figure_id):
            region = figure["region_text"] or figure["region_name"]
            name = region if figure["method"] == "table" and region else figure["metric_label"]
            lines.append(f"{figure['raw']:>22}  {name}  ({places.describe(figure, language)})")
    lines.append(
        f"{say(language, 'published')} {number(language, row['published'])}, "
        f"{say(language, 'expected')} {number(language, row['expected'])}, "
        f"{say(language, 'difference')} {number(language, row['difference'])}"
    )
    return lines


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
