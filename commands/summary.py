"""The end of a run as a person reads it, and the same as JSON."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from commands.language import Language, number, say
from writers.findings import share_off

if TYPE_CHECKING:
    from engines.results import RunResult

WORST = 5


def print_summary(result: RunResult, language: Language) -> None:
    """Documents, figures, checks, what could not be read, the gravest contradictions."""
    console = Console(highlight=False)
    table = Table.grid(padding=(0, 2))
    for label, value in _counts(result, language):
        table.add_row(label, value)
    console.print(table)
    worst = worst_findings(result)
    if worst:
        console.print(f"\n[bold]{say(language, 'worst')}[/bold]")
        for row in worst:
            _print_finding(console, row, language)
    _print_unread(console, result, language)
    _print_astray(console, result, language)
    console.print(f"\n{escape(say(language, 'summary_written', folder=result.folder))}")


def _counts(result: RunResult, language: Language) -> list[tuple[str, str]]:
    made = sum(result.checks.values())
    held, unknown = result.checks.get("pass", 0), result.checks.get("unknown", 0)
    errors, warnings = result.checks.get("error", 0), result.checks.get("warning", 0)
    counts = f"{held} {say(language, 'summary_held')}, {unknown} {say(language, 'summary_unknown')}"
    unread = len(result.unread)
    return [
        (say(language, "summary_documents"), number(language, result.documents)),
        (say(language, "summary_figures"), number(language, result.figures)),
        (say(language, "summary_unread"), f"[red]{unread}[/red]" if unread else "0"),
        (say(language, "summary_checks"), f"{number(language, made)} ({counts})"),
        (say(language, "summary_errors"), f"[red bold]{errors}[/red bold]" if errors else "0"),
        (say(language, "summary_warnings"), str(warnings)),
    ]


def worst_findings(result: RunResult, most: int = WORST) -> list[dict[str, Any]]:
    """The failed checks of severity error with the largest relative difference, with `source`."""
    return nsmallest(most, result.data.accusations(), key=lambda row: -share_off(row))


def _print_finding(console: Console, row: dict[str, Any], language: Language) -> None:
    console.print(f"[red]•[/red] {escape(str(row[f'message_{language}']))}")
    console.print(f"  [dim]{escape(str(row['source']))}  {row['finding_id']}[/dim]", soft_wrap=True)


def print_unread(result: RunResult, language: Language) -> None:
    """The documents that could not be read and idle corrections, on standard error."""
    console = Console(stderr=True, highlight=False)
    _print_unread(console, result, language)
    _print_astray(console, result, language)


def _print_unread(console: Console, result: RunResult, language: Language) -> None:
    if not result.unread:
        return
    console.print(f"\n[bold]{say(language, 'unread_title')}[/bold]")
    for source, error in result.unread:
        text = error.message_vi if language == "vi" else error.message_en
        console.print(f"[yellow]•[/yellow] {escape(source)}", soft_wrap=True)
        console.print(f"  {escape(text)}")


def _print_astray(console: Console, result: RunResult, language: Language) -> None:
    if not result.astray:
        return
    console.print(f"\n[bold]{say(language, 'corrections_astray')}[/bold]")
    for line, english, vietnamese in result.astray:
        text = vietnamese if language == "vi" else english
        console.print(escape(say(language, "corrections_line", line=line, text=text)))


def as_json(result: RunResult) -> dict[str, Any]:
    """The summary for a nightly job."""
    return {
        "output": str(result.folder),
        "documents": result.documents,
        "figures": result.figures,
        "findings": dict(sorted(result.checks.items())),
        "unread": [
            {"source": s, "status": e.status, "error": e.message_en, "error_vi": e.message_vi}
            for s, e in result.unread
        ],
        "worst": [{name: row[name] for name in _TOLD} for row in worst_findings(result)],
        "corrections_astray": [
            {"line": line, "reason": english, "reason_vi": vietnamese}
            for line, english, vietnamese in result.astray
        ],
    }


_TOLD = (
    "finding_id", "source", "check", "published", "expected", "difference", "message_vi",
    "message_en",
)  # fmt: skip
