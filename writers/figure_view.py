"""One figure in a notebook: printed, read, checked, and the piece of the page it stands on."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writers.report.safe import visible

if TYPE_CHECKING:
    import pyarrow as pa

_AROUND = (160.0, 60.0)
"""Points shown on both sides of a figure, across and down."""
_SHOWN = (
    ("raw", "Printed"),
    ("value", "Read as"),
    ("unit", "Unit"),
    ("confidence", "Confidence"),
    ("region_path", "Region"),
    ("metric_label", "Label"),
    ("metric", "Metric"),
    ("scenario", "Scenario"),
    ("measure", "Measure"),
    ("period", "Period"),
    ("corrected_by", "Corrected by"),
)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A row of `observations` with its document and the checks it takes part in."""

    row: dict[str, Any]
    document: dict[str, Any]
    checks: tuple[dict[str, Any], ...]

    @property
    def value(self) -> float:
        return float(self.row["value"])

    @property
    def unit(self) -> str:
        return str(self.row["unit"])

    @property
    def raw(self) -> str:
        return str(self.row["raw"])

    def crop(self) -> bytes | None:
        """A PNG of the page around the figure, its box drawn; None without page or file.

        The file must still be where it was read, with the same bytes.
        """
        box, page = self.row["bbox"], self.row["page"]
        content = _bytes_of(self.document)
        if box is None or page is None or content is None:
            return None
        from writers.report.pages import boxed  # noqa: PLC0415 (only for pages)

        x0, top, x1, bottom = box
        around = (x0 - _AROUND[0], top - _AROUND[1], x1 + _AROUND[0], bottom + _AROUND[1])
        return boxed(content, int(page), (x0, top, x1, bottom), around)

    def show(self) -> None:
        """Draw it in a notebook, or print it."""
        try:
            from IPython.display import HTML, display  # noqa: PLC0415 (there in notebooks only)
        except ImportError:
            print(self)  # noqa: T201 (what a person at a prompt asked for)
        else:
            display(HTML(self._repr_html_()))  # type: ignore[no-untyped-call] # IPython has no types

    def __str__(self) -> str:
        lines = [f"{name:13} {visible(str(value))}" for name, value in self._facts()]
        lines += [f"{c['status']:13} {visible(c['message_en'])}" for c in self.checks]
        return "\n".join(lines)

    def _facts(self) -> list[tuple[str, Any]]:
        found = [(name, self.row.get(column)) for column, name in _SHOWN]
        return [*((n, v) for n, v in found if v is not None), ("Source", self.document["source"])]

    def _repr_html_(self) -> str:
        crop = self.crop()
        picture = (
            f"<img alt='{_safe(self.raw)}' src='data:image/png;base64,"
            f"{base64.b64encode(crop).decode('ascii')}'>"
            if crop
            else f"<blockquote>{_safe(self.row['excerpt'])}</blockquote>"
        )
        facts = "".join(
            f"<tr><th style='text-align:left'>{name}</th><td style='text-align:left'>"
            f"<bdi>{_safe(value)}</bdi></td></tr>"
            for name, value in self._facts()
        )
        checks = "".join(
            f"<li><b>{_safe(c['status'])}</b> {_safe(c['message_en'])}</li>" for c in self.checks
        )
        return f"{picture}<table>{facts}</table><ul>{checks}</ul>"


def _safe(value: object) -> str:
    return escape(visible(str(value)), quote=True)


def _bytes_of(document: dict[str, Any]) -> bytes | None:
    path = Path(document["source"])
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        return None
    same = hashlib.sha256(content).hexdigest() == document["document_id"]
    return content if same else None


def view_of(
    identifier: str, observations: pa.Table, documents: pa.Table, findings: pa.Table
) -> FigureView:
    """The view of the one figure whose id begins so."""
    import pyarrow.compute as pc  # noqa: PLC0415 (the commands start without it)

    starts = getattr(pc, "starts_with")  # noqa: B009 (pyarrow makes it at run time, untyped)
    rows = observations.filter(starts(observations["observation_id"], identifier)).to_pylist()
    if len(rows) != 1 or not identifier:
        raise KeyError(f"{len(rows)} figures begin with {identifier!r}")
    (row,) = rows
    document = next(d for d in documents.to_pylist() if d["document_id"] == row["document_id"])
    checks = tuple(f for f in findings.to_pylist() if row["observation_id"] in f["observation_ids"])
    return FigureView(row, document, checks)
