"""Small tables and statements for the auditors' tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from auditors import audit
from solieu.model import (
    Content,
    Figure,
    Finding,
    Line,
    Observation,
    Period,
    Place,
    Reading,
    Region,
    Table,
    Unread,
)

HAI = Region("Tỉnh Hải An", "province", "99")


def figure(text: str, place: Place, unit: str = "person", **more: object) -> Figure:
    """A figure printed as in a Vietnamese page; counts are exact, decimals and percent are not."""
    number = text.rstrip("%").strip()
    value = Decimal(number.replace(".", "").replace(",", "."))
    places = len(number.split(",")[1]) if "," in number else 0
    unit = "percent" if text.endswith("%") else unit
    known = {
        "rounding": Decimal(1).scaleb(-places),
        "exact": unit in {"person", "count"} and not places,
        "number_format": "dot_thousands",
    }
    return Figure(place.figure_id("d"), place, text, value, unit, **(known | more))  # type: ignore[arg-type]


def lines(labels: Sequence[str | Line]) -> tuple[Line, ...]:
    """Rows or columns from labels: "Σ" begins a total, "#" a group, "~" an "of which"."""
    roles = {"Σ": "total", "#": "group", "~": "of_which"}
    return tuple(
        replace(x, index=n)
        if isinstance(x, Line)
        else Line(n, (x.lstrip("Σ#~ "),), roles.get(x[0], "part"))  # type: ignore[arg-type]
        for n, x in enumerate(labels, start=1)
    )


def table(
    rows: Sequence[str | Line],
    columns: Sequence[str | Line],
    cells: str,
    units: Sequence[str] = (),
    used: tuple[str, ...] = (),
) -> Table:
    """A table from rows of printed cells; "." stands for a blank one."""
    figures = []
    for row, text in enumerate(cells.strip().splitlines(), start=1):
        for column, cell in enumerate(text.split(), start=1):
            if cell != ".":
                unit = units[column - 1] if units else "person"
                figures.append(figure(cell, Place(table=1, row=row, column=column), unit))
    return Table(1, lines(rows), lines(columns), tuple(figures), used=used)


def reading(
    *tables: Table,
    observations: Sequence[Observation] = (),
    unread: Sequence[Unread] = (),
) -> Reading:
    return Reading("d", Content(()), tables, tuple(observations), (), tuple(unread))


def said(
    text: str,
    metric: str | None,
    measure: str = "level",
    *,
    passage: int = 1,
    start: int = 0,
    unit: str = "person",
    **more: object,
) -> Observation:
    """A statement in running text."""
    facts = {
        "region": HAI,
        "period": Period(2024, "2024"),
        "scenario": "actual",
        "basis": None,
    } | more
    made = figure(text, Place(passage=passage, start=start, end=start + len(text)), unit)
    return Observation(made, metric or "số người", "prose", metric=metric, measure=measure, **facts)  # type: ignore[arg-type]


def meant(made: Figure, metric: str, measure: str = "level", **more: object) -> Observation:
    """The meaning of a cell."""
    facts = {"region": HAI, "period": Period(2024, "2024")} | more
    return Observation(made, metric, "table", metric=metric, measure=measure, **facts)  # type: ignore[arg-type]


def findings(*tables: Table, **more: object) -> tuple[Finding, ...]:
    return audit(reading(*tables, **more))  # type: ignore[arg-type]


def failed(found: Sequence[Finding], severity: str = "error") -> list[Finding]:
    return [f for f in found if f.status == "fail" and f.severity == severity]


def outcome(found: Sequence[Finding], check: str) -> list[tuple[str, str]]:
    return [(f.status, f.severity) for f in found if f.check == check]
