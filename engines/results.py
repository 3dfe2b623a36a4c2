"""What a run hands back: its tables, and what a person wants to know first."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import solieu.errors
from solieu.corrections import Problem
from solieu.errors import DocumentError
from writers.dataset import Dataset, MemoryDataset

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from engines.outcomes import Outcome
    from writers.figure_view import FigureView


@dataclass(slots=True)
class RunResult:
    """A finished run: where it stands, its counts, and its tables as data frames."""

    folder: Path
    documents: int = 0
    figures: int = 0
    unread: list[tuple[str, DocumentError]] = field(default_factory=list)
    """Source and reason of every document that could not be read."""
    checks: dict[str, int] = field(default_factory=dict)
    """Number of findings by `status`, failed ones by `severity`: pass, unknown, error, ..."""
    astray: list[Problem] = field(default_factory=list)
    """Corrections that did nothing: line of the file, the reason in English and Vietnamese."""
    kept: MemoryDataset | None = None
    """The tables, where no folder holds them."""

    @property
    def data(self) -> Dataset:
        """The tables for more than a data frame: Arrow, SQL, pictures."""
        return self.kept or Dataset(self.folder)

    def table(self, name: str) -> pd.DataFrame:
        """One of documents, observations, findings, unread as a data frame."""
        return self.data.table(name)

    def observations(self) -> pd.DataFrame:
        """One row for each published figure."""
        return self.data.observations()

    def findings(self, status: str | None = None) -> pd.DataFrame:
        """One row for each check; `status` keeps pass, fail or unknown."""
        return self.data.findings(status)

    def contradictions(self) -> pd.DataFrame:
        """The failed checks of severity error."""
        return self.data.contradictions()

    def figure(self, identifier: str) -> FigureView:
        """One figure with its page and its checks; `show()` draws it in a notebook."""
        return self.data.figure(identifier)

    def sql(self, query: str) -> pd.DataFrame:
        """The answer of DuckDB, which must be installed, to a query over the four tables."""
        return self.data.sql(query)

    def count(self, outcome: Outcome) -> None:
        """Take one document into the totals."""
        self.documents += 1
        self.figures += outcome.rows.observations.num_rows
        if outcome.error:
            self.unread.append((outcome.facts.source, outcome.error))
        self.count_findings(outcome.rows.findings)

    def count_findings(self, findings: pa.Table) -> None:
        """Take rows of `findings` into the totals."""
        columns = findings.select(["status", "severity"]).to_pydict()
        for status, severity in zip(columns["status"], columns["severity"], strict=True):
            kind = severity if status == "fail" else status
            self.checks[kind] = self.checks.get(kind, 0) + 1

    def summary(self) -> dict[str, Any]:
        """All but the tables as JSON values."""
        return {
            "documents": self.documents,
            "figures": self.figures,
            "unread": [
                [source, type(error).__name__, error.message_en, error.message_vi]
                for source, error in self.unread
            ],
            "findings": self.checks,
            "astray": self.astray,
        }

    @classmethod
    def again(cls, folder: Path, summary: dict[str, Any]) -> RunResult:
        """The result that had this `summary`."""
        unread = [
            (source, getattr(solieu.errors, kind)(message_en, message_vi))
            for source, kind, message_en, message_vi in summary["unread"]
        ]
        astray = [(line, en, vi) for line, en, vi in summary.get("astray", ())]
        counts = summary["documents"], summary["figures"]
        return cls(folder, *counts, unread, summary["findings"], astray)

    def _facts(self) -> list[tuple[str, int]]:
        return [
            ("documents", self.documents),
            ("figures", self.figures),
            ("not read", len(self.unread)),
            ("checks that hold", self.checks.get("pass", 0)),
            ("contradictions", self.checks.get("error", 0)),
        ]

    def __repr__(self) -> str:
        facts = ", ".join(f"{count:,} {name}" for name, count in self._facts())
        return f"<RunResult {facts}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{name}</th><td>{count:,}</td></tr>"
            for name, count in self._facts()
        )
        place = "" if self.kept else f"<caption>{escape(str(self.folder))}</caption>"
        return f"<table>{place}{rows}</table>"
