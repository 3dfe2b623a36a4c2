"""The province that a paper's or office's address names: "(Baothanhhoa.vn) - …"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from normalizers.branching import any_of
from normalizers.regions import gazetteer, resolve
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
