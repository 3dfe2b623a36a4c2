"""The unit that a paper's or office's name or address tells: "(Baothanhhoa.vn) - …", "BPO - …"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from normalizers.branching import any_of
from normalizers.facts import rows
from normalizers.regions import COUNTRY, find_regions, parent_of, resolve
from normalizers.regions.gazetteer import gazetteer
from normalizers.regions.units import bare_name, children
from normalizers.seeking import Sought, sought
from solieu.model import Region
from solieu.text import fold


def of_domain(line: str, on: date) -> Region | None:
    """The province in the web address that a line holds, if any."""
    hit = _domain().search(line)
    return resolve(_slugs()[hit[1].lower()], on).region if hit is not None else None


@cache
def _slugs() -> dict[str, str]:
    """Names of provinces by their letters in an address: "thanhhoa"."""
    units = gazetteer()
    names = [u.name for u in (*units.below(""), *units.historical) if u.code]
    return {re.sub(r"[^a-z]", "", fold(name)): name for name in names}


@cache
def _domain() -> Sought:
    return sought(
        rf"(?<![a-z])(?:www\.)?(?:bao|dai)?({any_of(_slugs())})(?:tv|online)?"
        r"(?:\.(?:gov|com|org|net))*\.vn(?![a-z.])"
    )


def of_initials(line: str, on: date) -> Region | None:
    """The unit whose paper's initials begin a line: "BPO - …", "(KTO) - …"."""
    hit = _initials().match(line)
    return resolve(_papers()[hit["paper"]], on).region if hit is not None else None


@cache
def _papers() -> dict[str, str]:
    return {row["initials"]: row["unit"] for row in rows("papers.csv")}


@cache
def _initials() -> re.Pattern[str]:
    """The initials with the dash behind them, in brackets or without."""
    paper = rf"(?P<paper>{any_of(_papers())})"
    return re.compile(rf"\W{{0,3}}{paper}(?:\)\s*[-–—:]?|\s*[-–—:])(?=\s*[^\W_])")


_STATION = sought(
    r"\b(?:báo (?:điện tử )?(?:an ninh )?|đài (?:(?:phát thanh|pt|truyền hình|tiếng nói|th|ptth"
    r"|truyền thanh)(?:\s*(?:-|–|&|và)\s*)?){1,2} ?)(?:tỉnh )?(?=\S)"
)
_ONLINE = sought(r"(?<=\w) (?:online|điện tử|tv|plus)\b")


def of_press(line: str, on: date) -> Region | None:
    """The province whose paper or station a line names: "Báo Hà Giang", "Đài PT-TH Quảng Bình"."""
    hit = _STATION.search(line)
    named = find_regions(_ONLINE.sub("", line[hit.end() :]), on)[:1] if hit is not None else ()
    first = (m.match.region for m in named if m.start == 0)
    return next((r for r in first if r is not None and r.level == "province"), None)


_PORTAL = re.compile(
    r"\W*(?:https?://)?(?:www\.|ubnd|huyen)?(?P<own>[a-z]{5,24})(?:\.(?P<above>[a-z]{4,24}))?"
    r"(?:\.gov)?\.vn/?\W*",
    re.IGNORECASE,
)


def district_of_portal(line: str, on: date) -> Region | None:
    """The district whose address is all of a line; of a name that several share, in its province.

    "yenthe.vn", "donghy.thainguyen.gov.vn".
    """
    hit = _PORTAL.fullmatch(line)
    found = _districts(on).get(hit["own"].lower(), ()) if hit is not None else ()
    above = _slugs().get((hit["above"] or "").lower()) if hit is not None else None
    if above is not None:
        found = tuple(d for d in found if bare_name(parent_of(d) or COUNTRY) == above)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=8)
def _districts(on: date) -> dict[str, tuple[Region, ...]]:
    named: dict[str, tuple[Region, ...]] = {}
    for province in children(COUNTRY, on):
        for unit in children(province, on):
            slug = re.sub(r"[^a-z]", "", fold(bare_name(unit)))
            named[slug] = (*named.get(slug, ()), unit)
    return {slug: units for slug, units in named.items() if slug not in _slugs()}
