"""How grave a failed check is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def share_off(row: Mapping[str, Any]) -> float:
    """How far a published figure is off, as a share of it, in a row of `findings`."""
    base = max(abs(row["published"] or 0), abs(row["expected"] or 0))
    return abs(row["difference"] or 0) / base if base else 0.0
