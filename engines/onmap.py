"""The figures of a run on the map of another day: old units in today's, today's in the old ones.

A figure goes with its unit where all of it lies in one unit of that day; amounts of several such
units are added, and it is said whether they are all of it. A figure of a divided unit stays as it
is, with the units that hold its parts. Nothing is divided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import fsum
from pathlib import Path
from typing import Any, cast

from normalizers.regions.carried import Carried, Makers, carried, makers
from normalizers.regions.gazetteer import FIRST_DAY
from solieu.model import Level, Region

Row = Mapping[str, Any]
Out = dict[str, Any]

_UNITS = ("province", "district", "commune")
_SAID = ("document_id", "metric", "metric_label", "scenario", "measure", "basis", "year", "period")
_READ = (
    *_SAID,
    "observation_id",
    "region_code",
    "region_valid_from",
    "region_name",
    "region_level",
    "region_path",
    "period_start",
    "period_end",
    "value",
    "unit",
    "qualifier",
    "confidence",
)
_CARRIED = frozenset({"same", "whole", "summed"})
_AMOUNTS = frozenset({"level", "change"})
_RATES = frozenset(
    {"percent", "per_mille", "percentage_point", "ratio", "times", "point", "degree", "age"}
    | {"degree_celsius", "year", "month", "day", "hour", "minute"}
)
_MEAN = ("bình quân", "trung bình", "mật độ", "tỷ lệ", "tỉ lệ", "tỷ trọng", "tuổi thọ", "chỉ số")
_TOTAL_ALL_THE_SAME = ("dân số trung bình", "dân số bình quân")


@dataclass(slots=True)
class _Group:
    """Figures of one kind that lie in one unit of the day, by the unit that they are of."""

    to: Region
    made_of: Makers
    figures: dict[Region, list[Row]] = field(default_factory=dict)


def on_map(output: Path, goal: Path, on: date) -> Counter[str]:
    """Write the figures of a finished run as units of `on` have them; counts the rows by `how`."""
    import pyarrow.parquet as pq  # noqa: PLC0415 (start-up stays light)

    from writers.onmap import write  # noqa: PLC0415

    rows: list[Row] = []
    for batch in pq.ParquetFile(output / "observations.parquet").iter_batches(columns=list(_READ)):
        rows += batch.to_pylist()
    found = list(mapped(rows, on))
    write(found, goal)
    return Counter(row["how"] for row in found)


def mapped(rows: Iterable[Row], on: date) -> Iterator[Out]:
    """The rows of `on`, those that could be carried over first."""
    groups: dict[tuple[Any, ...], _Group] = {}
    left: list[Out] = []
    for row in rows:
        region = _region(row)
        to = carried(region, on) if region is not None else Carried("unknown")
        if region is None or to.region is None:
            left.append(_as_published(row, region, to))
            continue
        key = (to.region, *_kind(row))
        if key not in groups:
            groups[key] = _Group(to.region, _makers(to.region, region, row, on))
        groups[key].figures.setdefault(region, []).append(row)
    for group in _completed(groups):
        yield from _together(group)
    yield from left


def _kind(row: Row) -> tuple[Any, ...]:
    """What must agree before two figures are added; a label only where no metric is known."""
    label = None if row["metric"] else row["metric_label"]
    said = (row[n] for n in _SAID if n != "metric_label")
    return (*said, label, row["unit"], row["region_level"])


def _completed(groups: Mapping[tuple[Any, ...], _Group]) -> Iterator[_Group]:
    """Groups of one document each; of several where only together they are a unit's whole.

    A label that is in no vocabulary may mean something else in the next document.
    """
    apart: dict[tuple[Any, ...], list[_Group]] = {}
    for (to, document, *said), group in groups.items():
        first = next(iter(group.figures.values()))[0]
        alone = group.made_of.whole <= set(group.figures) or not first["metric"]
        apart.setdefault((to, *said, document if alone else None), []).append(group)
    for together in apart.values():
        figures: dict[Region, list[Row]] = {}
        for group in together:
            for region, rows in group.figures.items():
                figures.setdefault(region, []).extend(rows)
        joined = _Group(together[0].to, together[0].made_of, figures)
        whole = joined.made_of.whole <= set(figures) and all(map(_one, figures.values()))
        yield from [joined] if whole else together


def _region(row: Row) -> Region | None:
    level = row["region_level"]
    if level not in {*_UNITS, "country"} or row["region_name"] is None:
        return None
    return Region(
        row["region_name"],
        cast("Level", level),
        row["region_code"],
        row["region_valid_from"],
        row["region_path"],
    )


def _makers(to: Region, region: Region, row: Row, on: date) -> Makers:
    if region.level == "country":
        return Makers(frozenset({region}), frozenset(), sure=True)
    day = row["period_end"] or row["period_start"] or region.valid_from or FIRST_DAY
    return makers(to, region.level, max(day, region.valid_from or day), on)


def _together(group: _Group) -> Iterator[Out]:
    chosen = {region: _one(rows) for region, rows in group.figures.items()}
    of = {region: row for region, row in chosen.items() if row is not None}
    alone = len(group.made_of.whole | set(chosen)) == 1
    if len(of) < len(chosen) or not (alone or _adds(group)):
        how = "not_additive" if len(of) == len(chosen) else "contradictory"
        for region, rows in group.figures.items():
            yield from (_out(group, {region: row}, how) for row in rows)
    elif alone:
        yield _out(group, of, "same" if group.to in of else "whole")
    else:
        yield _out(group, of, "summed" if group.made_of.whole <= set(of) else "incomplete")


def _one(rows: list[Row]) -> Row | None:
    """The figure of a unit that a document may give in several places; None where they differ."""
    values = {row["value"] for row in rows}
    return max(rows, key=lambda row: row["confidence"]) if len(values) == 1 else None


def _adds(group: _Group) -> bool:
    """Whether amounts of parts add up to the amount of the whole."""
    row = next(iter(group.figures.values()))[0]
    label, unit = row["metric_label"].casefold(), row["unit"]
    if row["measure"] not in _AMOUNTS or unit in _RATES or "/" in unit or " per " in unit:
        return False
    return any(w in label for w in _TOTAL_ALL_THE_SAME) or not any(w in label for w in _MEAN)


def _out(group: _Group, rows: Mapping[Region, Row], how: str) -> Out:
    missing = group.made_of.whole - set(rows)
    first = next(iter(rows.values()))
    documents = {row["document_id"] for row in rows.values()}
    return _row(first) | {
        "document_id": documents.pop() if len(documents) == 1 else None,
        "how": how,
        "region_code": group.to.code,
        "region_valid_from": group.to.valid_from,
        "region_name": group.to.name,
        "region_level": group.to.level,
        "region_path": group.to.path,
        "value": fsum(row["value"] for row in rows.values()),
        "confidence": min(row["confidence"] for row in rows.values()),
        "qualifier": _common(row["qualifier"] for row in rows.values()),
        "complete": how in _CARRIED and group.made_of.complete,
        "older_units": _paths(rows),
        "missing_units": _paths(missing),
        "divided_units": _paths(group.made_of.parts),
        "candidates": [],
        "observation_ids": [row["observation_id"] for row in rows.values()],
    }


def _common(qualifiers: Iterable[str | None]) -> str | None:
    """How near a sum is: as its terms, "about" where they differ."""
    said = set(qualifiers)
    return said.pop() if len(said) == 1 else "about"


def _as_published(row: Row, region: Region | None, to: Carried) -> Out:
    """A figure of a divided unit, or of one of which nothing is known: under no unit of the day."""
    return _row(row) | {
        "how": to.how,
        **dict.fromkeys(("region_code", "region_valid_from", "region_name", "region_path")),
        "region_level": row["region_level"],
        "value": row["value"],
        "confidence": row["confidence"],
        "qualifier": row["qualifier"],
        "complete": False,
        "older_units": _paths([region] if region else []) or [row["region_name"] or ""],
        "missing_units": [],
        "divided_units": [],
        "candidates": [region.path or region.name for region in to.candidates],
        "observation_ids": [row["observation_id"]],
    }


def _row(row: Row) -> Out:
    return {name: row[name] for name in (*_SAID, "unit")}


def _paths(regions: Iterable[Region]) -> list[str]:
    return sorted(region.path or region.name for region in regions)
