"""Portal systems as rows: which links are documents, which leads on, which are files.

A portal that needs more than selectors gets one small file here and a row in `READERS`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files

from fetchers.portals import sharepoint

Attributes = Mapping[str, str]

READERS: dict[str, Callable[[Attributes], str | None]] = {"sharepoint": sharepoint.address}
"""Portal to what finds an address in an element that is no plain link."""


@lru_cache(maxsize=1)
def presets() -> dict[str, dict[str, tuple[str, ...]]]:
    """Portal name to its keys as a source would have them; several selectors are cut at "|"."""
    text = (files("fetchers.portals") / "presets.csv").read_text(encoding="utf-8")
    return {row.pop("portal"): _keys(row) for row in csv.DictReader(text.splitlines())}


def _keys(row: dict[str, str]) -> dict[str, tuple[str, ...]]:
    lists = {
        key: tuple(part.strip() for part in row[key].split(" | ") if part.strip())
        for key in ("follow", "next", "attachment_links")
    }
    return {**lists, "exclude": (row["exclude"],) if row["exclude"] else ()}
