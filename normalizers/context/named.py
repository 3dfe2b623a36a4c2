"""The single territory that a line names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from normalizers.regions import Mention, find_regions, parent_of, resolve
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS, NAME_WORD
from solieu.model import Region

_COUNTRY_NAMES = ("việt nam", "viet nam", "vietnam")
_COUNTRY_BEFORE = ("tại", "ở", "của", "đến", "vào", "toàn", "nước", "in", "of", "to")


_ORIGIN = sought(
    r"\b(?i:quê(?: quán| gốc)?|nguyên quán|sinh (?:ra )?(?:tại|ở)|cách|(?:tiếp )?giáp(?: ranh)?)"
    r"(?: (?i:tại|ở|với|trung tâm|thủ đô))*:? "
    r"(?:(?i:xã|phường|huyện|thị xã|thành phố|tỉnh) |TP\.? ?)?"
    rf"{NAME_WORD}(?:,? {NAME_WORD}){{0,5}}",
    flags=0,
)
"""Where somebody comes from, or a place lies from: "quê Phú Thọ", "cách TP.HCM 110 km"."""


def without_origins(text: str) -> str:
    """The text without the places that people in it come from, or that it is told to lie near."""
    return _ORIGIN.sub(" ", text)


_TYPES = ("huyện", "thị xã", "thành phố", "quận", "xã", "phường", "thị trấn")
_NAME = rf"(?:(?i:{'|'.join(_TYPES)}) )?{NAME_WORD}(?: [{CAPITALS}\d][\w'’]*){{0,3}}"
_PAIR = re.compile(
    r"(?:\W*|[^.:;]{0,90} (?:ở|tại|của|giữa) )(?:(?:[Hh]ai|[Cc]ác|2) )?"
    rf"(?P<one>{_NAME})(?:, | và )(?P<two>{_NAME})"
    r"(?=\s*[:(,]|\s+[a-zà-ỹđ]|$)"
)


def names_pair(title: str, on: date) -> bool:
    """Does a title speak of two units below the province, side by side: "Hoành Bồ, Hạ Long: …"?

    One that was merged since counts, as does a name that several share.
    """
    return bool(_pairs(title, on))


@lru_cache(maxsize=64)  # asked by three rules of each title, and by sentences
def _pairs(title: str, on: date) -> tuple[tuple[Region, Region], ...]:
    hit = _PAIR.match(title)
    one, two = (_units_of(hit[name], on) for name in ("one", "two")) if hit else ((), ())
    nested = any(lies_in(a, b) or lies_in(b, a) for a in one for b in two)
    alike = [(a, b) for a in one for b in two if a.level == b.level]
    if hit and not all(" " in hit[name] for name in ("one", "two")):
        alike = [(a, b) for a, b in alike if parent_of(a) == parent_of(b)]
    return tuple((a, b) for a, b in alike if not nested or a.level == "district")


def around_pair(title: str, on: date) -> Region | None:
    """The one unit that both of a title's two lie in: inside it their names are read."""
    above = {parent_of(a) for a, b in _pairs(title, on) if parent_of(a) == parent_of(b)}
    return above.pop() if len(above) == 1 else None


def _units_of(name: str, on: date) -> tuple[Region, ...]:
    """The districts or communes that a printed name may mean; none where it is a province's too."""
    typed = name.casefold().startswith(tuple(f"{kind} " for kind in _TYPES))
    if not typed and resolve(f"tỉnh {name}", on).status == "one":
        return ()
    found = (resolve(name if typed else f"{kind} {name}", on) for kind in _TYPES)
    sure = (m for m in found if not {"spelling", "type_differs"} & set(m.flags))
    return tuple(r for m in sure for r in m.candidates if r.level in {"district", "commune"})


def names_several(title: str, on: date) -> bool:
    """A title about two provinces is about neither alone."""
    if names_pair(title, on):
        return True
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
