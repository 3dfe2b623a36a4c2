"""The single territory that a line names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from normalizers.regions import Mention, find_regions
from solieu.model import Region

_COUNTRY_NAMES = ("việt nam", "viet nam", "vietnam")
_COUNTRY_BEFORE = ("tại", "ở", "của", "đến", "vào", "toàn", "nước", "in", "of", "to")


def names_several(title: str, on: date) -> bool:
    """A title about two provinces is about neither alone."""
    found = {m.match.region for m in find_regions(title, on) if m.match.status == "one"}
    return len({r for r in found if r is not None and r.level != "country"}) > 1


def named_territory(text: str, on: date, within: Region | None = None) -> Region | None:
    """The single territory that a line names, the innermost where one lies in the other.

    None for several side by side, and for a country that is only part of another name ("Việt Nam
    đồng", "BHXH Việt Nam").
    """
    found: list[Region] = []
    for mention in find_regions(text, on, within):
        if mention.match.status == "ambiguous":
            return None
        region = mention.match.region if mention.match.status == "one" else None
        if region is None or (region.level == "country" and not _is_the_country(text, mention)):
            continue
        found.append(region)
    if not found:
        return None
    inner = max(found, key=lambda r: len(r.path or r.name))
    chain = (inner.path or inner.name).split(" / ")
    return inner if all(r.level == "country" or r.name in chain for r in found) else None


def _is_the_country(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start].casefold(), text[mention.end :].casefold().lstrip()
    if after.startswith(("đồng", "dong")) or mention.text.casefold() not in _COUNTRY_NAMES:
        return not after.startswith(("đồng", "dong"))
    return before.rstrip().endswith(_COUNTRY_BEFORE)


def told_in_full(region: Region | None, body: Iterable[str], on: date) -> Region | None:
    """The unit of a name that several share, as the text tells it once: "xã A, huyện B"."""
    if region is None or region.code is not None:
        return region
    found = (
        m.match
        for text in body
        if region.name.casefold() in text.casefold()
        for m in find_regions(text, on)
    )
    units = {
        match.region
        for match in found
        if match.status == "one" and match.region is not None and _alike(match.region, region)
    }
    return units.pop() if len(units) == 1 else region


def _alike(unit: Region, told: Region) -> bool:
    return (unit.name, unit.level) == (told.name, told.level)


def lies_in(region: Region, outer: Region) -> bool:
    """Whether a region is the outer one or a part of it."""
    path = region.path or region.name
    return path == outer.path or path.startswith(f"{outer.path} / ")
