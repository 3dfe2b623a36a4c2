"""Grids and passages to figures and observations: knows Vietnamese, knows no format."""

from __future__ import annotations

from dataclasses import dataclass

from solieu.model import Content, Observation, Region, Table, Unread


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the tables and sentences of one document say."""

    tables: tuple[Table, ...]
    observations: tuple[Observation, ...]
    unread: tuple[Unread, ...]
    region: Region | None


def normalize(content: Content, document_id: str) -> Meaning:
    """Read every table and every passage of a document."""
    from normalizers.context import document_context  # noqa: PLC0415 (start-up stays light)
    from normalizers.layout.laid import once  # noqa: PLC0415
    from normalizers.layout.openings import lines_above  # noqa: PLC0415
    from normalizers.sentences.reading import read_passages  # noqa: PLC0415
    from normalizers.stated import read_statements, statements  # noqa: PLC0415
    from normalizers.tables.reading import read_tables  # noqa: PLC0415
    from normalizers.told_above import times_above  # noqa: PLC0415
    from solieu.quick import replace  # noqa: PLC0415

    laid = once()
    context = document_context(content, document_id, laid)
    tables: list[Table] = []
    said, unclear = read_passages(content, context)
    observations, unread = list(said), list(unclear)
    above = lines_above(content)
    times = times_above(content, context)
    for grid in content.grids:
        if rows := statements(grid, laid):
            stated, lost = read_statements(grid, rows, above.get(grid.number, ()), context)
            observations += stated
            unread += lost
            continue
        led = replace(context, told=times.get(grid.number))
        read = read_tables(grid, led, above.get(grid.number, ()), laid)
        tables += read.tables
        observations += read.observations
        unread += read.unread
    return Meaning(tuple(tables), tuple(observations), tuple(unread), context.region)
