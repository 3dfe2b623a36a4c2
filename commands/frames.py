"""Rows of a data frame with the types that the rest of the commands expects."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by column name."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
