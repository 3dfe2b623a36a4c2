"""What is known of a figure or a finding, line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from commands import places, verdict
from commands.frames import records
from commands.language import Language, number, say

# Details that the lines of the sum already show.
_IN_THE_SUM = {"weights", "candidates", "slips"}


def explain(identifier: str, folder: Path, language: Language) -> list[str] | None:
    """Lines about the one figure or finding whose id begins with `identifier`; None for none."""
    tables = {
        name: pd.read_parquet(folder / f"{name}.parquet")
        for name in ("documents", "observations", "findings")
    }
    figures = _starting(tables["observations"], "observation_id", identifier)
    findings = _starting(tables["findings"], "finding_id", identifier)
    found = len(figures) + len(findings)
    if not identifier or not found:
        return None
    if found > 1:
        return [say(language, "explain_many", count=found, id=identifier)]
    if len(figures):
        return _figure(records(figures)[0], tables, language)
    return _finding(records(findings)[0], tables, language)


def _starting(table: pd.DataFrame, column: str, start: str) -> pd.DataFrame:
    exact = table[table[column] == start]
    return exact if len(exact) else table[table[column].str.startswith(start)]


def _figure(
    figure: dict[str, Any], tables: dict[str, pd.DataFrame], language: Language
) -> list[str]:
    value = f"{number(language, figure['value'])} {figure['unit']}"
    nothing = say(language, "not_said")
    if figure["value_alternative"] is not None:
        other = number(language, figure["value_alternative"])
        value += f" ({say(language, 'alternative')} {other})"
    pairs = [
        *_document(figure["document_id"], tables["documents"]),
        ("place", places.describe(figure, language)),
        ("printed", figure["raw"]),
        ("read_as", value),
        ("confidence", f"{figure['confidence']:.2f}"),
        ("region", figure["region_path"] or nothing),
        ("metric", figure["metric"] or say(language, "unknown_metric")),
        ("label", figure["metric_label"]),
        ("measure", f"{figure['scenario']}, {figure['measure']}"),
        ("period", figure["period"] or nothing),
        ("excerpt", figure["excerpt"]),
    ]
    lines = _aligned(pairs, language)
    checks = tables["findings"]
    used = checks[checks["observation_ids"].map(lambda ids: figure["observation_id"] in ids)]
    if len(used):
        lines += ["", say(language, "checks") + ":"]
        lines += [
            f"  {row['status']:8}{row[f'message_{language}']}  {row['finding_id']}"
            for row in records(used)
        ]
    return lines


def _finding(
    finding: dict[str, Any], tables: dict[str, pd.DataFrame], language: Language
) -> list[str]:
    figures = {row["observation_id"]: row for row in records(tables["observations"])}
    pairs = [
        ("check", finding["check"]),
        ("status", f"{finding['status']}, {finding['severity']}"),
        *_document(finding["document_id"], tables["documents"]),
    ]
    lines = [finding[f"message_{language}"], "", *_aligned(pairs, language)]
    if finding["suggestion"]:
        lines += _aligned([("suggestion", finding["suggestion"])], language)
    lines += ["", say(language, "figures") + ":"]
    lines += [f"  {line}" for line in verdict.arithmetic(finding, figures, language)]
    lines += ["", "  " + ", ".join(finding["observation_ids"])]
    details = json.loads(finding["details"]) if finding["details"] else {}
    return lines + [f"  {k}: {v}" for k, v in details.items() if v and k not in _IN_THE_SUM]


def _document(document_id: str, documents: pd.DataFrame) -> list[tuple[str, str]]:
    row = records(documents[documents["document_id"] == document_id])[0]
    return [("document", row["final_url"] or row["source"]), ("digest", document_id)]


def _aligned(pairs: list[tuple[str, str]], language: Language) -> list[str]:
    words = [(say(language, key), text) for key, text in pairs]
    width = max(len(word) for word, _ in words)
    return [f"{word:<{width}}  {text}" for word, text in words]
