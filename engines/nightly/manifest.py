"""What a night was: counts, times, failures with their reasons, and whether it was all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from engines import versions
from engines.nightly.reading import kept_rows, words_in
from engines.nightly.tables import Written
from fetchers.config import Config
from fetchers.state import State

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of a run as JSON values."""

    facts: dict[str, Any]

    @property
    def failures(self) -> list[Row]:
        found: list[Row] = self.facts["failures"]
        return found

    @property
    def complete(self) -> bool:
        return bool(self.facts["complete"])

    @property
    def changes(self) -> dict[str, int]:
        found: dict[str, int] = self.facts["changes"]
        return found

    @property
    def failed(self) -> bool:
        """Whether somebody should look: something failed, or was not reached."""
        return bool(self.failures or self.facts["unreadable"]) or not self.complete


def manifest(
    state: State,
    config: Config,
    run: str,
    now: datetime,
    written: Written,
    told: Mapping[str, Any],
) -> Manifest:
    """The facts of `run`, whose tables are written; `told` joins them as it is."""
    return Manifest(
        {
            "run": run,
            "ended_at": now.isoformat(),
            **told,
            "attempts": state.rows("SELECT attempts FROM runs WHERE run = ?", run)[0][0],
            "configuration": {"path": config.path.name, "digest": config.digest},
            "software": {"version": software(), "reader": versions.observing()},
            "vocabularies": {
                s.name: words_in(s.vocabulary) for s in config.sources if s.vocabulary
            },
            "requests": _requests(state, run),
            "changes": written.changes,
            "output": {
                "documents": written.documents,
                "figures": written.figures,
                "findings": dict(sorted(written.findings.items())),
            },
            "sources": _sources(state, config, run),
            "failures": _problems(state, run, "failed"),
            "refused": _problems(state, run, "refused"),
            "unreadable": _unreadable(state, run),
            "not_reached": _not_reached(state, run),
            "revised": _revised(written),
            "vanished": _vanished(written),
            "contradicted": written.contradicted,
        }
    )


def software() -> str:
    """The version of this program."""
    try:
        return version("solieu")
    except PackageNotFoundError:
        return "unknown"


def _requests(state: State, run: str) -> Row:
    ((every, conditional, unchanged, bodies, size, broken),) = state.rows(
        "SELECT COUNT(*), COALESCE(SUM(conditional), 0), COALESCE(SUM(status = 304), 0),"
        " COALESCE(SUM(status = 200), 0), COALESCE(SUM(bytes), 0),"
        " COALESCE(SUM(status IS NULL OR status >= 400), 0) FROM requests WHERE run = ?",
        run,
    )
    return {
        "all": every,
        "conditional": conditional,
        "not_modified": unchanged,
        "bodies": bodies,
        "bytes": size,
        "failed": broken,
    }


def _sources(state: State, config: Config, run: str) -> list[Row]:
    counts: dict[str, Counter[str]] = {}
    for source, outcome, count in state.rows(
        "SELECT source, COALESCE(outcome, 'not_reached'), COUNT(*) FROM work WHERE run = ?"
        " GROUP BY source, outcome",
        run,
    ):
        counts.setdefault(source, Counter())[outcome] = count
    return [
        {
            "name": s.name,
            "addresses": counts[s.name].total(),
            **dict(sorted(counts[s.name].items())),
        }
        for s in config.sources
        if s.name in counts
    ]


def _problems(state: State, run: str, outcome: str) -> list[Row]:
    found = state.rows(
        "SELECT source, address, reason_en, reason_vi FROM work WHERE run = ? AND outcome = ?"
        " ORDER BY source, address",
        run,
        outcome,
    )
    return [
        {"source": source, "address": address, "reason": en, "reason_vi": vi}
        for source, address, en, vi in found
    ]


def _unreadable(state: State, run: str) -> list[Row]:
    found = state.rows(
        "SELECT v.address, v.digest FROM versions v JOIN readings r ON r.digest = v.digest"
        " WHERE v.role IN ('document', 'member')"
        " AND (r.status = 'damaged' OR (r.status = 'failed' AND v.run = ?))"
        " ORDER BY v.address",
        run,
    )
    rows: list[Row] = []
    for address, digest in found:
        kept = kept_rows(state, digest)
        error = kept.error if kept else None
        rows.append(
            {
                "address": address,
                "reason": error.message_en if error else "",
                "reason_vi": error.message_vi if error else "",
            }
        )
    return rows


def _not_reached(state: State, run: str) -> int:
    ((count,),) = state.rows("SELECT COUNT(*) FROM work WHERE run = ? AND state = 'todo'", run)
    return int(count)


def _revised(written: Written) -> list[Row]:
    about = ("source", "address", "region_name", "metric_label", "period")
    wanted = (*about, "raw_before", "raw_after", "unit")
    return [{key: row[key] for key in wanted} for row in written.revised]


def _vanished(written: Written) -> list[Row]:
    return [{"source": row["source"], "address": row["address"]} for row in written.vanished]
