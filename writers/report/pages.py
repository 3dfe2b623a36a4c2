"""Pictures of the PDF pages that a reader will want to see beside the figures."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np

from solieu.model import Box
from writers.report.png import Grey, grey_png

DOTS = 96 / 72
"""Pixels per point: text of nine points can just be read."""
MOST_PAGES = 12
"""Pages pictured per document; those with contradictions come first."""
WIDEST = 1400
MARGIN = 18.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part of a page to picture: the tables or lines on it that hold figures."""

    page: int
    box: Box | None
    weight: int
    """How much speaks for showing it: contradictions, then doubts, then figures."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page as a PNG; `box` says which part, in points."""

    page: int
    box: Box
    png: str
    """Base64."""


def pictures(content: bytes, wanted: Iterable[Wanted]) -> list[Picture]:
    """The most wanted parts of the PDF in page order; none where pdfium cannot open it."""
    chosen = sorted(wanted, key=lambda w: (-w.weight, w.page))[:MOST_PAGES]
    if not chosen:
        return []
    import pypdfium2  # noqa: PLC0415 (only documents with pages need it)

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return []
    with closing(pdf):
        return [p for w in sorted(chosen, key=lambda w: w.page) if (p := _picture(pdf, w))]


def boxed(content: bytes, number: int, box: Box, around: Box) -> bytes | None:
    """A PNG of the part `around` of a page, with a black frame about `box`."""
    import pypdfium2  # noqa: PLC0415

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    with closing(pdf):
        found = _rendered(pdf, Wanted(number, around, 0))
    if found is None:
        return None
    grey, part, scale = found
    height, width = grey.shape
    left, top, right, bottom = (
        round((box[n] - part[n % 2] + (-2, 2)[n > 1]) * scale) for n in range(4)
    )
    down, along = np.ogrid[:height, :width]
    inside = (top <= down) & (down <= bottom) & (left <= along) & (along <= right)
    edge = (down < top + 2) | (down > bottom - 2) | (along < left + 2) | (along > right - 2)
    grey[inside & edge] = 0
    return grey_png(grey)


Rendered = tuple[Grey, Box, float]
"""The pixels, the part of the page in points, pixels per point."""


def _picture(pdf: Any, wanted: Wanted) -> Picture | None:
    found = _rendered(pdf, wanted)
    if found is None:
        return None
    grey, part, _ = found
    return Picture(wanted.page, part, base64.b64encode(grey_png(grey)).decode("ascii"))


def _rendered(pdf: Any, wanted: Wanted) -> Rendered | None:
    if not 0 < wanted.page <= len(pdf):
        return None
    with closing(pdf[wanted.page - 1]) as page:
        width, height = page.get_size()
        box = _inside(wanted.box, width, height)
        crop = (box[0], height - box[3], width - box[2], box[1])
        scale = min(DOTS, WIDEST / max(1.0, box[2] - box[0], box[3] - box[1]))
        with closing(page.render(scale=scale, crop=crop, grayscale=True)) as bitmap:
            return np.array(bitmap.to_numpy()), box, scale


def _inside(box: Box | None, width: float, height: float) -> Box:
    if box is None:
        return (0.0, 0.0, width, height)
    x0, top, x1, bottom = box
    part = (
        max(0.0, x0 - MARGIN),
        max(0.0, top - MARGIN),
        min(width, x1 + MARGIN),
        min(height, bottom + MARGIN),
    )
    if part[2] - part[0] < 1 or part[3] - part[1] < 1:
        return (0.0, 0.0, width, height)
    return part
