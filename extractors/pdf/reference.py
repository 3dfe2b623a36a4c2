"""The reference reader: the same words and rules through pdfplumber, many times slower.

Tests hold the fast reader against it, and it reads what pdfium cannot open.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.pdf import limits
from extractors.pdf.objects import PageObjects, Rule, Word, merge_rules
from solieu.model import Box

DAMAGE = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
    struct.error,
    zlib.error,
)
"""What pdfminer raises on damaged files: it checks little and stumbles where it stumbles."""

_THIN = 3.0

# what it logs about damaged files is for its authors; ours is said in notices
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


class PlumberReader:
    """A PDF opened by pdfplumber; raises one of `DAMAGE` where it cannot."""

    name = "pdfplumber"

    def __init__(self, content: bytes) -> None:
        self._pdf = pdfplumber.open(io.BytesIO(content))
        self.page_count = len(self._pdf.pages)
        title = str((self._pdf.metadata or {}).get("Title") or "").strip()
        self.title: str | None = title or None

    def close(self) -> None:
        self._pdf.close()

    def pages(self) -> Iterator[PageObjects]:
        for index in range(min(self.page_count, limits.PDF_PAGES)):
            yield self.page(index + 1)

    def page(self, number: int) -> PageObjects:
        try:
            page = self._pdf.pages[number - 1]
            try:
                return _read(page, number)
            finally:
                page.close()
        except DAMAGE:
            return PageObjects(number, 0.0, 0.0, [], failed=True)


def _read(page: Any, number: int) -> PageObjects:
    across: list[Rule] = []
    down: list[Rule] = []
    drawn: list[Box] = []
    for line in page.lines:
        _line(_box(line), across, down, drawn)
    for rect in page.rects:
        _rect(rect, across, down)
    drawn += [_box(curve) for curve in page.curves]
    words = page.extract_words(
        keep_blank_chars=False, use_text_flow=False, extra_attrs=["size", "fontname", "upright"]
    )
    return PageObjects(
        number,
        float(page.width),
        float(page.height),
        [_word(w) for w in words],
        merge_rules(across),
        merge_rules(down),
        drawn=drawn,
        images=[_box(image) for image in page.images],
    )


def _box(item: Mapping[str, Any]) -> Box:
    return (float(item["x0"]), float(item["top"]), float(item["x1"]), float(item["bottom"]))


def _word(item: Mapping[str, Any]) -> Word:
    x0, top, x1, bottom = _box(item)
    size = float(item["size"])
    font = str(item["fontname"])
    angle = 0 if item["upright"] else 270
    if not angle:
        # the same box round the base line that the fast reader makes
        base = bottom - 0.2 * (bottom - top)
        top, bottom = base - 0.8 * size, base + 0.2 * size
    return Word(
        str(item["text"]), x0, top, x1, bottom, size, font, "bold" in font.casefold(), angle
    )


def _line(box: Box, across: list[Rule], down: list[Rule], drawn: list[Box]) -> None:
    x0, top, x1, bottom = box
    if bottom - top <= _THIN:
        across.append(Rule((top + bottom) / 2, x0, x1))
    elif x1 - x0 <= _THIN:
        down.append(Rule((x0 + x1) / 2, top, bottom))
    else:
        drawn.append(box)


def _rect(rect: Mapping[str, Any], across: list[Rule], down: list[Rule]) -> None:
    x0, top, x1, bottom = box = _box(rect)
    if x1 - x0 <= _THIN or bottom - top <= _THIN:
        _line(box, across, down, [])
    elif rect.get("stroke"):
        across += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
        down += [Rule(x0, top, bottom), Rule(x1, top, bottom)]
