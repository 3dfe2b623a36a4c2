"""The territory of one figure, as it was named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from normalizers.regions import Mention
from solieu.model import Region
from solieu.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Placed:
    """A figure's territory; `text` is what was printed for it, None where it was carried over."""

    region: Region | None
    text: str | None = None
    candidates: tuple[str, ...] = ()
    carried: bool = False


def lies_beside(told: Placed, places: Iterable[Placed]) -> bool:
    """Is one of the places a unit of the same kind beside the one that was told?"""
    unit = told.region
    others = (p.region for p in places if p.text and p.region is not None)
    return unit is not None and any(r != unit and r.level == unit.level for r in others)


def place_named(mention: Mention) -> Placed:
    """The territory that a mention names; where several share the name, only what is printed."""
    match = mention.match
    if match.status in {"one", "whole", "other"} and match.region is not None:
        return Placed(match.region, mention.text)
    return Placed(None, mention.text, tuple(r.path or r.name for r in match.candidates))
