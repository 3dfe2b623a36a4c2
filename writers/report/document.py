"""What the report shows of one document: its tables, text, figures, checks and page pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from solieu.model import (
    Cell,
    Figure,
    Finding,
    Grid,
    Observation,
    Passage,
    Reading,
    SourceDocument,
    Table,
)
from writers.report.columnar import Words, names, pack, packed_rows, plain
from writers.report.pages import Wanted, pictures
from writers.report.source import source_tables
from writers.report.states import RANK, Check, State, graver, reading_state, states

FIGURE_COLUMNS = names(
    "id table row column passage start end page box raw value unit rounding confidence format "
    "alternative reason qualifier label region region_text metric scenario measure basis period "
    "flags total corrections state"
)
FIGURE_SHARED = frozenset(
    names(
        "unit format reason qualifier label region region_text metric scenario measure basis "
        "period flags state"
    )
)
FINDING_COLUMNS = names(
    "id check status severity figures published expected difference tolerance suspect suggestion "
    "weights reason vi en"
)
FINDING_SHARED = frozenset(names("check status severity weights reason suggestion"))
MOST_CELLS = 60_000
"""Cells shown per document; a table beyond that is left to the dataset."""


def describe(document: SourceDocument, reading: Reading) -> dict[str, Any]:
    """The document's page as plain values for JSON."""
    figures = _figures(reading)
    marks = states(
        Check(f.status, f.severity, f.figure_ids, f.suspect_id) for f in reading.findings
    )
    numbers = {figure_id: n for n, figure_id in enumerate(figures)}
    words = Words()
    found = [(f, o, _state(f, marks)) for f, o in figures.values()]
    rows = [_figure(f, o, state, words) for f, o, state in found]
    shown, left_out = _tables(reading)
    return {
        "id": reading.document_id,
        "figures": packed_rows(rows, FIGURE_COLUMNS, FIGURE_SHARED, words),
        "findings": pack(
            [_finding(f, reading.document_id, numbers) for f in reading.findings],
            FINDING_COLUMNS,
            FINDING_SHARED,
        ),
        "tables": shown,
        "left_out": left_out,
        "passages": list(_passages(reading)),
        "unread": [_unread(u.place, u.raw, u.reason) for u in reading.unread],
        "pictures": _pictures(document, rows, [state for _, _, state in found], reading),
        "sources": (
            {str(n): t for n, t in source_tables(document.content, reading.content.grids).items()}
            if document.media_type in {"text/html", "application/xhtml+xml"}
            else {}
        ),
    }


def _figures(reading: Reading) -> dict[str, tuple[Figure, Observation | None]]:
    """Every figure once, with its meaning where it has one, in reading order."""
    found: dict[str, tuple[Figure, Observation | None]] = {
        f.figure_id: (f, None) for t in reading.tables for f in t.figures
    }
    for observation in reading.observations:
        found[observation.figure.figure_id] = (observation.figure, observation)
    return found


def _state(figure: Figure, marks: Mapping[str, State]) -> State:
    own = reading_state(figure.confidence, other_reading=figure.alternative is not None)
    return graver(own, marks.get(figure.figure_id, "none"))


def _figure(
    figure: Figure, observation: Observation | None, state: State, words: Words
) -> list[Any]:
    """The `FIGURE_COLUMNS` of one figure; a large table has thousands, so no name is looked up."""
    place = figure.place
    return [
        figure.figure_id,
        place.table,
        place.row,
        place.column,
        place.passage,
        place.start,
        place.end,
        place.page,
        [round(v, 1) for v in place.box] if place.box else None,
        figure.raw,
        _number(figure.value),
        words[figure.unit],
        _number(figure.rounding),
        plain(round(figure.confidence, 3)),
        words[figure.number_format],
        _number(figure.alternative),
        words[figure.reason],
        words[figure.qualifier],
        *(_meaning(observation, words) if observation else _no_meaning(figure, words)),
        words[state],
    ]


def _no_meaning(figure: Figure, words: Words) -> list[Any]:
    """None from `label` to `period`."""
    return [*[None] * 8, words[" ".join(sorted(figure.flags))], 0, 0]


def _meaning(observation: Observation, words: Words) -> list[Any]:
    """What stands from `label` to `corrections`."""
    region, period = observation.region, observation.period
    return [
        words[observation.metric_label],
        words[(region.path or region.name) if region else None],
        words[observation.region_text],
        words[observation.metric],
        words[observation.scenario],
        words[observation.measure],
        words[observation.basis],
        words[period.code if period else None],
        words[" ".join(observation.doubts())],
        int(observation.is_total),
        [
            [c.field, c.value, c.original, c.reason, c.by, c.on and c.on.isoformat()]
            for c in observation.corrections
        ]
        or 0,
    ]


def _finding(finding: Finding, document_id: str, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": finding.finding_id(document_id),
        "check": finding.check,
        "status": finding.status,
        "severity": finding.severity,
        "figures": [numbers[f] for f in finding.figure_ids if f in numbers],
        "published": _number(finding.published),
        "expected": _number(finding.expected),
        "difference": _number(finding.difference),
        "tolerance": _number(finding.tolerance),
        "suspect": numbers.get(finding.suspect_id or ""),
        "suggestion": finding.suggestion,
        "weights": finding.details.get("weights"),
        "reason": finding.details.get("reason"),
        "vi": finding.message_vi,
        "en": finding.message_en,
    }


def _number(value: Decimal | None) -> Any:
    return None if value is None else plain(float(value))


def _tables(reading: Reading) -> tuple[list[dict[str, Any]], int]:
    """The tables with their cells, and how many were left out because there are too many."""
    read = {t.number: t for t in reading.tables}
    shown: list[dict[str, Any]] = []
    cells = left_out = 0
    for grid in reading.content.grids:
        table = read.get(grid.number)
        drawn = _glued(table) if grid.kind == "glued" and table else _drawn(grid)
        cells += len(drawn["cells"])
        if cells > MOST_CELLS and shown:
            left_out += 1
            continue
        shown.append(
            {
                "number": grid.number,
                "title": grid.title,
                "notes": list(grid.notes),
                "name": grid.name,
                "page": grid.page,
                "read": table is not None,
                **drawn,
            }
        )
    return shown, left_out


def _drawn(grid: Grid) -> dict[str, Any]:
    heads = grid.header_rows or 0
    return {
        "row_count": grid.row_count,
        "column_count": grid.column_count,
        "cells": [_cell(c, heads) for c in sorted(grid.cells, key=lambda c: (c.row, c.column))],
    }


def _cell(cell: Cell, heads: int) -> list[Any]:
    """Row, column, spans, text and whether it is a head; the usual ends are left away."""
    head = cell.header or cell.row <= heads
    row: list[Any] = [cell.row, cell.column, cell.display or cell.text]
    if head or cell.row_span > 1 or cell.column_span > 1:
        row += [cell.row_span, cell.column_span, int(head)]
    return row


def _glued(table: Table) -> dict[str, Any]:
    """A table whose borders were lost, drawn as it was cut."""
    first = min((line.index for line in table.rows), default=2)
    cells: list[list[Any]] = [
        [1, c.index, " / ".join(c.labels), 1, 1, 1] for c in table.columns if c.labels
    ]
    shift = 2 - first
    cells += [[r.index + shift, 1, " / ".join(r.labels)] for r in table.rows]
    cells += [
        [f.place.row + shift, f.place.column, f.raw]
        for f in table.figures
        if f.place.row is not None and f.place.column is not None
    ]
    return {
        "row_count": max((line.index for line in table.rows), default=1) + shift,
        "column_count": max((c.index for c in table.columns), default=1),
        "cells": sorted(cells, key=lambda c: (c[0], c[1])),
        "shift": shift,
    }


def _passages(reading: Reading) -> Iterator[list[Any]]:
    """Passages that hold a figure or something unread, and the headings over them."""
    spoken = {f.place.passage for f in reading.figures()} | {
        u.place.passage for u in reading.unread
    }
    waiting: list[Passage] = []
    for passage in reading.content.passages:
        if passage.kind in ("title", "heading"):
            waiting = [*waiting[-1:], passage]
        if passage.number in spoken:
            yield from (_passage(p) for p in waiting if p.number != passage.number)
            waiting = []
            yield _passage(passage)


def _passage(passage: Passage) -> list[Any]:
    return [passage.number, passage.kind, passage.text, passage.page]


def _unread(place: Any, raw: str, reason: str) -> list[Any]:
    return [place.page, place.table, place.row, place.column, place.passage, raw, reason]


def _pictures(
    document: SourceDocument,
    rows: Iterable[Sequence[Any]],
    states: Iterable[State],
    reading: Reading,
) -> list[dict[str, Any]]:
    if document.media_type != "application/pdf":
        return []
    boxes: dict[int, list[Any]] = {}
    weights: dict[int, int] = {}
    for row, state in zip(rows, states, strict=True):
        page, box = row[_PAGE], row[_BOX]
        if page and box:
            boxes.setdefault(page, []).append(box)
            weights[page] = weights.get(page, 0) + _weight(state, in_table=bool(row[_TABLE]))
    for grid in reading.content.grids:
        if grid.page in boxes and grid.box:
            boxes[grid.page].append(grid.box)
    wanted = [Wanted(page, _around(found), weights[page]) for page, found in boxes.items()]
    return [
        {"page": p.page, "box": [round(v, 1) for v in p.box], "png": p.png}
        for p in pictures(document.content, wanted)
    ]


_TABLE, _PAGE, _BOX = map(FIGURE_COLUMNS.index, ("table", "page", "box"))


def _weight(state: State, *, in_table: bool) -> int:
    """How much speaks for picturing a figure's page: a sentence can be read without its page."""
    grave: int = 1000 ** max(0, RANK.index(state) - 2)
    return grave * (20 if in_table else 1)


def _around(boxes: Iterable[Any]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))
