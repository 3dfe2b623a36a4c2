"""Rows of a data frame as the commands print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by column name, None for whatever is absent."""
    known = frame.astype(object).where(frame.notna(), None)
    return cast("list[dict[str, Any]]", known.to_dict("records"))
