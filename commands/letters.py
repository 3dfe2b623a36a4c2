"""Letters to publishers: what does not fit, where, by how much, and what is asked.

They are written in Vietnamese whatever the language of the command: the publisher reads them.
A letter accuses nobody; it gives the evidence and asks which figure is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands import verdict
from commands.frames import records
from commands.language import say

if TYPE_CHECKING:
    from engines.results import RunResult

_ASKED = {"error": "letter_errors", "warning": "letter_questions"}


def written(result: RunResult) -> str:
    """One letter for each document with something to ask about, a form feed between them."""
    findings = verdict.failed(result)
    figures = {row["observation_id"]: row for row in records(result.observations())}
    letters = [
        _letter(document, asked, figures)
        for document in records(result.table("documents"))
        if (asked := _asked(findings, document["document_id"]))
    ]
    return "\n\f\n".join(letters) if letters else verdict.verdict(result, "vi")


def _asked(findings: Any, document_id: str | None) -> list[dict[str, Any]]:
    rows = records(findings[findings["document_id"] == document_id])
    return [row for row in rows if row["severity"] in _ASKED]


def _letter(document: dict[str, Any], asked: list[dict[str, Any]], figures: verdict.Figures) -> str:
    parts = [_head(document)]
    number = 0
    for severity, title in _ASKED.items():
        those = [row for row in asked if row["severity"] == severity]
        if those:
            parts.append(say("vi", title))
        for row in those:
            number += 1
            parts.append(_item(number, row, figures))
    return "\n\n".join([*parts, say("vi", "letter_end")])


def _head(document: dict[str, Any]) -> str:
    facts = [
        ("letter_title", document["title"]),
        ("letter_address", document["final_url"] or document["source"]),
        ("letter_published", _day(document["published_on"])),
        ("letter_retrieved", _day(document["retrieved_at"])),
        ("digest", document["document_id"]),
    ]
    lines = [f"  {say('vi', key)}: {value}" for key, value in facts if value]
    return "\n".join([say("vi", "letter_greeting"), "", *lines, "", say("vi", "letter_opening")])


def _day(day: Any) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day is not None else ""


def _item(number: int, row: dict[str, Any], figures: verdict.Figures) -> str:
    lines = [f"{number}. {row['message_vi']}"]
    lines += [f"    {line}" for line in verdict.arithmetic(row, figures, "vi")]
    key = "letter_ask" if row["severity"] == "error" else "letter_ask_meaning"
    lines.append(f"   {say('vi', key)}")
    lines.append(f"   ({say('vi', 'letter_id')} {row['finding_id']})")
    return "\n".join(lines)
