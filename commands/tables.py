"""`solieu tables`: the raw grids of one file."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from commands.language import Language, lang_option


@click.command("tables")
@click.argument("file", metavar="FILE")
@lang_option
def command(file: str, lang: Language) -> None:
    """Print the tables of FILE as JSON, cell by cell as published.

    A list of {"page", "bbox", "rows"}: a merged cell's text stands in its first position, null in
    the others that it covers.
    """
    from pipeline import fetch  # noqa: PLC0415 (start-up of --help)
    from solieu.errors import DocumentError  # noqa: PLC0415

    try:
        grids = _grids(fetch(file))
    except DocumentError as error:
        click.echo(error.message_vi if lang == "vi" else error.message_en, err=True)
        sys.exit(3)
    click.echo(json.dumps(grids, ensure_ascii=False))


def _grids(document: Any) -> list[dict[str, Any]]:
    from extractors import raw_grids  # noqa: PLC0415 (start-up of --help)

    return [_plain(grid) for grid in raw_grids(document)]


def _plain(grid: Any) -> dict[str, Any]:
    rows: list[list[str | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text or None
    spans = [
        [c.row - 1, c.column - 1, c.row + c.row_span - 2, c.column + c.column_span - 2]
        for c in grid.cells
        if c.row_span > 1 or c.column_span > 1
    ]
    return {
        "page": grid.page,
        "bbox": list(grid.box) if grid.box else None,
        "rows": rows,
        "spans": spans,
    }
