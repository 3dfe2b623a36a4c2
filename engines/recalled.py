"""Stored rows as the observations that they were made from, as far as a comparison needs them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from solieu.model import Figure, Observation, Period, Place, Region

COLUMNS = (
    "observation_id", "document_id", "region_code", "region_valid_from", "region_name",
    "region_level", "region_path", "region_text", "metric", "metric_label", "scenario", "measure",
    "basis", "year", "period", "value", "unit", "raw", "qualifier", "rounding", "is_total",
    "method", "table", "row", "column", "passage", "char_start", "char_end", "number_format",
    "confidence", "value_alternative",
)  # fmt: skip
"""Columns of `observations` that are looked at."""


def observation(row: dict[str, Any]) -> Observation:
    """The observation of a row that holds at least `COLUMNS`."""
    from auditors.facts import countable_unit  # noqa: PLC0415 (what only stores needs no laws)

    rounding = Decimal(repr(row["rounding"]))
    figure = Figure(
        row["observation_id"],
        _place(row),
        row["raw"],
        Decimal(repr(row["value"])),
        row["unit"],
        rounding,
        exact=rounding == 1 and countable_unit(row["unit"]),
        qualifier=row["qualifier"],
        number_format=row["number_format"],
        confidence=row["confidence"],
        legibility=_legibility(row),
    )
    return Observation(
        figure,
        row["metric_label"],
        row["method"],
        _region(row),
        row["region_text"],
        metric=row["metric"],
        scenario=row["scenario"],
        measure=row["measure"],
        basis=row["basis"],
        period=_period(row),
        is_total=row["is_total"],
    )


def _legibility(row: dict[str, Any]) -> float | None:
    """A statement is doubted for what it leaves unsaid; its digits only where two values fit."""
    plain = row["method"] == "prose" and row["value_alternative"] is None
    return 1.0 if plain else None


def _region(row: dict[str, Any]) -> Region | None:
    if row["region_name"] is None:
        return None
    return Region(
        row["region_name"],
        row["region_level"],
        row["region_code"],
        row["region_valid_from"],
        row["region_path"],
    )


def _period(row: dict[str, Any]) -> Period | None:
    if row["period"] is None:
        return None
    return Period(int(row["year"] or row["period"][:4]), row["period"])


def _place(row: dict[str, Any]) -> Place:
    return Place(
        table=row["table"],
        row=row["row"],
        column=row["column"],
        passage=row["passage"],
        start=row["char_start"],
        end=row["char_end"],
    )
