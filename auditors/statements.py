"""Figures with meaning, looked up by what they speak of: same place, time, metric and scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from solieu.model import Observation

Subject = tuple[str, str, str]
"""Region, period and scenario."""


def territory(observation: Observation) -> str:
    """The region as a key: its path where there is one, else what was printed."""
    region = observation.region
    if region is None:
        return f"?{observation.region_text or ''}"
    return f"{region.path or region.name}@{region.valid_from or ''}"


def time(observation: Observation) -> str:
    """The period as a key; a stock at the year's end ("đến hết năm 2023") is the year's figure."""
    return observation.period.code.removesuffix("-12-31") if observation.period is not None else ""


def subject(observation: Observation) -> Subject:
    """What has to be the same for two figures to be compared at all."""
    return territory(observation), time(observation), observation.scenario


def together(*observations: Observation) -> bool:
    """Do they stand in one sentence's reach: the same passage, or the same row of a table?"""
    places = [o.figure.place for o in observations]
    first = places[0]
    if first.passage is not None:
        return all(p.passage == first.passage for p in places)
    return first.row is not None and all(
        (p.table, p.row) == (first.table, first.row) for p in places
    )


def distance(one: Observation, other: Observation) -> tuple[int, int]:
    """How far apart two figures stand: same passage or row first, then by characters or columns."""
    a, b = one.figure.place, other.figure.place
    if together(one, other):
        if a.passage is not None:
            return 0, abs((a.start or 0) - (b.start or 0))
        return 0, abs((a.column or 0) - (b.column or 0))
    same_kind = (a.passage is None) == (b.passage is None)
    return 1 if same_kind else 2, abs((a.passage or a.row or 0) - (b.passage or b.row or 0))


def nearest(to: Observation, among: Iterable[Observation], most: int = 4) -> list[Observation]:
    """The observations nearest to one, without repeats of a value."""
    found: dict[object, Observation] = {}
    for other in sorted(among, key=lambda o: distance(to, o)):
        if other.figure.figure_id != to.figure.figure_id:
            found.setdefault(other.figure.value, other)
        if len(found) == most:
            break
    return list(found.values())


def levels(
    among: Iterable[Observation], metric: str | None, label: str | None = None
) -> Iterator[Observation]:
    """Absolute figures of a metric; where the metric is unknown, of the same printed label."""
    for observation in among:
        if observation.measure != "level" or observation.metric != metric:
            continue
        if metric is not None or (label is not None and observation.metric_label == label):
            yield observation
