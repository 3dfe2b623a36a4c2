"""A district with the name of another province, in a list of its own province's districts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from normalizers.regions import Mention, resolve
from normalizers.regions.units import bare_name
from solieu.model import Region
from solieu.quick import replace

_TYPES = ("Huyện", "Thị xã", "Thành phố")
_LISTED = 2
"""Other districts of the province that make a list of it."""


def among_districts(named: Sequence[Mention], within: Region | None, on: date) -> list[Mention]:
    """The mentions of a text on a province, each district as one.

    "Bố Trạch 2,0%; Quảng Ninh 2,2%; Lệ Thủy 2,0%" of Quảng Bình tells of its district Quảng Ninh.
    """
    if within is None or within.level != "province":
        return list(named)
    regions = [m.match.region for m in named]
    inside = sum(r is not None and r.level == "district" and _lies(r, within) for r in regions)
    if inside < _LISTED:
        return list(named)
    return [_district(m, within, on) or m for m in named]


def _district(mention: Mention, within: Region, on: date) -> Mention | None:
    region = mention.match.region
    if region is None or region.level != "province" or region.name == within.name:
        return None
    if mention.text.casefold() != bare_name(region).casefold():
        return None
    found = (resolve(f"{kind} {mention.text}, {within.name}", on) for kind in _TYPES)
    own = (m for m in found if m.region is not None and _lies(m.region, within))
    match = next((m for m in own if m.region is not None and m.region.level == "district"), None)
    return replace(mention, match=match) if match is not None else None


def _lies(region: Region, within: Region) -> bool:
    return (region.path or "").startswith(f"{within.path} / ")
