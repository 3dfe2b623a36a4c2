"""Where a figure stands, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.language import Language, say


def describe(figure: Mapping[str, Any], language: Language) -> str:
    """Page, table, row and column of a cell, or passage and characters of a span.

    `figure` is a row of `observations`, None for what is absent.
    """
    if figure["table"] is None:
        spot = {k: int(v) for k in ("passage", "char_start", "char_end") if (v := figure[k])}
        return say(
            language,
            "place_text",
            passage=spot.get("passage", "?"),
            start=spot.get("char_start", "?"),
            end=spot.get("char_end", "?"),
        )
    cell = {k: int(figure[k]) for k in ("table", "row", "column")}
    if figure["page"] is not None:
        return say(language, "place_cell", page=int(figure["page"]), **cell)
    return say(language, "place_cell_no_page", **cell)
