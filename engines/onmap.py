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
from functools import lru_cache
from itertools import groupby
from math import fsum
from operator import attrgetter, itemgetter
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, cast

import pyarrow.parquet as pq

from normalizers.regions.carried import Carried, Makers, carried, makers
from normalizers.regions.gazetteer import FIRST_DAY
from solieu.model import Level, Region
from writers.onmap import OF_FIGURES, write

Row = Mapping[str, Any]
Out = dict[str, Any]

_UNITS = ("province", "district", "commune")
_READ = ("observation_id", "document_id", "period_start", "period_end", *OF_FIGURES)
_NO_UNIT = dict.fromkeys(("region_code", "region_valid_from", "region_name", "region_path"))
_AT_ONCE = 4096
"""Rows that are read together."""
_CARRIED = frozenset({"same", "whole", "summed"})
_AMOUNTS = frozenset({"level", "change"})
_RATES = frozenset(
    {"percent", "per_mille", "percentage_point", "ratio", "times", "point", "degree", "age"}
    | {"degree_celsius", "year", "month", "day", "hour", "minute"}
)
_MEAN = ("bình quân", "trung bình", "mật độ", "tỷ lệ", "tỉ lệ", "tỷ trọng", "tuổi thọ", "chỉ số")
_TOTAL_ALL_THE_SAME = ("dân số trung bình", "dân số bình quân")


class _Kind(NamedTuple):
    """What must agree before two figures are added."""

    document: str
    metric: str | None
    label: str | None
    """Only where no metric is known."""
    scenario: str
    measure: str
    basis: str | None
    year: int | None
    period: str | None
    unit: str
    level: str


class _Figure(NamedTuple):
    """What is kept of a row until its group is complete: a large run has millions."""

    identifier: str
    kind: _Kind
    label: str
    region: Region
    value: float
    confidence: float
    qualifier: str | None


@dataclass(slots=True)
class _Group:
    """Figures of one kind that lie in one unit of the day."""

    to: Region
    made_of: Makers
    figures: list[_Figure] = field(default_factory=list)

    def units(self) -> set[Region]:
        return {figure.region for figure in self.figures}

    def by_unit(self) -> dict[Region, list[_Figure]]:
        """The figures by the unit that they are of."""
        found: dict[Region, list[_Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.region, []).append(figure)
        return found


def on_map(output: Path, goal: Path, on: date) -> Counter[str]:
    """Write the figures of a finished run as units of `on` have them; counts the rows by `how`."""
    counts: Counter[str] = Counter()

    def counted(found: Iterable[Out]) -> Iterator[Out]:
        for row in found:
            counts[row["how"]] += 1
            yield row

    with pq.ParquetFile(output / "observations.parquet") as file:
        batches = file.iter_batches(batch_size=_AT_ONCE, columns=list(_READ))
        rows = (row for batch in batches for row in batch.to_pylist())
        write(counted(mapped(rows, on)), goal)
    return counts


def mapped(rows: Iterable[Row], on: date) -> Iterator[Out]:
    """The rows of `on`; those of a document stand together, as every run writes them.

    What only several documents together can complete waits for the last of them.
    """
    waiting: dict[tuple[Any, ...], list[_Group]] = {}
    for _, document in groupby(rows, itemgetter("document_id")):
        groups: dict[tuple[Region, _Kind], _Group] = {}
        for row in document:
            region = _region(row)
            to = carried(region, on) if region is not None else Carried("unknown")
            if region is None or to.region is None:
                yield _as_published(row, region, to)
                continue
            kind = _kind(row)
            group = groups.get((to.region, kind))
            if group is None:
                group = _Group(to.region, _makers(to.region, region, row, on))
                groups[to.region, kind] = group
            group.figures.append(_figure(row, region, kind))
        for (region, kind), group in groups.items():
            # A label that is in no vocabulary may mean something else in the next document.
            if group.made_of.whole <= group.units() or not kind.metric:
                yield from _together(group)
            else:
                waiting.setdefault((region, *kind[1:]), []).append(group)
    for parts in waiting.values():
        for group in _joined(parts):
            yield from _together(group)


@lru_cache(maxsize=65536)
def _shared(kind: _Kind) -> _Kind:
    """The same kind, one object for all figures of it."""
    return _Kind._make(intern(said) if isinstance(said, str) else said for said in kind)


def _kind(row: Row) -> _Kind:
    return _shared(
        _Kind(
            row["document_id"],
            row["metric"],
            None if row["metric"] else row["metric_label"],
            row["scenario"],
            row["measure"],
            row["basis"],
            row["year"],
            row["period"],
            row["unit"],
            row["region_level"],
        )
    )


def _figure(row: Row, region: Region, kind: _Kind) -> _Figure:
    return _Figure(
        row["observation_id"],
        kind,
        intern(row["metric_label"]),
        region,
        row["value"],
        row["confidence"],
        row["qualifier"],
    )


def _joined(parts: list[_Group]) -> list[_Group]:
    """One group of all documents where only together they are a unit's whole."""
    joined = _Group(parts[0].to, parts[0].made_of, [f for part in parts for f in part.figures])
    figures = joined.by_unit()
    whole = joined.made_of.whole <= set(figures) and all(map(_one, figures.values()))
    return [joined] if whole else parts


def _region(row: Row) -> Region | None:
    level = row["region_level"]
    if level not in {*_UNITS, "country"} or row["region_name"] is None:
        return None
    return _named(
        row["region_name"],
        cast("Level", level),
        row["region_code"],
        row["region_valid_from"],
        row["region_path"],
    )


_named = lru_cache(maxsize=65536)(Region)


def _makers(to: Region, region: Region, row: Row, on: date) -> Makers:
    if region.level == "country":
        return Makers(frozenset({region}), frozenset(), sure=True)
    day = row["period_end"] or row["period_start"] or region.valid_from or FIRST_DAY
    return _made_of(to, region.level, max(day, region.valid_from or day), on)


_made_of = lru_cache(maxsize=65536)(makers)


def _together(group: _Group) -> Iterator[Out]:
    figures = group.by_unit()
    of = {region: told for region, told in ((r, _one(f)) for r, f in figures.items()) if told}
    alone = len(group.made_of.whole | set(figures)) == 1
    if len(of) < len(figures) or not (alone or _adds(group.figures[0])):
        how = "not_additive" if len(of) == len(figures) else "contradictory"
        for figure in (figure for told in figures.values() for figure in told):
            yield _out(group, [figure], how)
    elif alone:
        yield _out(group, list(of.values()), "same" if group.to in of else "whole")
    else:
        whole = group.made_of.whole <= set(of)
        yield _out(group, list(of.values()), "summed" if whole else "incomplete")


def _one(figures: list[_Figure]) -> _Figure | None:
    """The figure of a unit that a document may give in several places; None where they differ."""
    values = {figure.value for figure in figures}
    return max(figures, key=attrgetter("confidence")) if len(values) == 1 else None


def _adds(figure: _Figure) -> bool:
    """Whether amounts of parts add up to the amount of the whole."""
    label, unit = figure.label.casefold(), figure.kind.unit
    if figure.kind.measure not in _AMOUNTS or unit in _RATES or "/" in unit or " per " in unit:
        return False
    return any(w in label for w in _TOTAL_ALL_THE_SAME) or not any(w in label for w in _MEAN)


def _out(group: _Group, figures: list[_Figure], how: str) -> Out:
    older = [figure.region for figure in figures]
    kind = figures[0].kind
    documents = {figure.kind.document for figure in figures}
    return {
        "document_id": documents.pop() if len(documents) == 1 else None,
        "how": how,
        "region_code": group.to.code,
        "region_valid_from": group.to.valid_from,
        "region_name": group.to.name,
        "region_level": group.to.level,
        "region_path": group.to.path,
        "metric": kind.metric,
        "metric_label": figures[0].label,
        "scenario": kind.scenario,
        "measure": kind.measure,
        "basis": kind.basis,
        "year": kind.year,
        "period": kind.period,
        "unit": kind.unit,
        "value": fsum(figure.value for figure in figures),
        "confidence": min(figure.confidence for figure in figures),
        "qualifier": _common(figure.qualifier for figure in figures),
        "complete": how in _CARRIED and group.made_of.complete,
        "older_units": _paths(older),
        "missing_units": _paths(group.made_of.whole - set(older)),
        "divided_units": _paths(group.made_of.parts),
        "candidates": [],
        "observation_ids": [figure.identifier for figure in figures],
    }


def _common(qualifiers: Iterable[str | None]) -> str | None:
    """How near a sum is: as its terms, "about" where they differ."""
    said = set(qualifiers)
    return said.pop() if len(said) == 1 else "about"


def _as_published(row: Row, region: Region | None, to: Carried) -> Out:
    """A figure of a divided unit, or of one of which nothing is known: under no unit of the day."""
    return {
        **{name: row[name] for name in OF_FIGURES},
        **_NO_UNIT,
        "document_id": row["document_id"],
        "how": to.how,
        "complete": False,
        "older_units": _paths([region] if region else []) or [row["region_name"] or ""],
        "missing_units": [],
        "divided_units": [],
        "candidates": [region.path or region.name for region in to.candidates],
        "observation_ids": [row["observation_id"]],
    }


def _paths(regions: Iterable[Region]) -> list[str]:
    return sorted(region.path or region.name for region in regions)
