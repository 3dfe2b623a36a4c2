"""The fast reader: words and rules of each page through pdfium's C interface."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.pdf import limits
from extractors.pdf.frame import Frame
from extractors.pdf.guard import check_forms
from extractors.pdf.letters import SMALL_PRINT, PageText
from extractors.pdf.objects import PageObjects, merge_rules
from extractors.pdf.paths import PathReader
from solieu.errors import UnreadableDocument

_SCALED_TO = 9.0
"""Points that letters of small print are magnified to."""


class PdfiumReader:
    """A PDF opened by pdfium; pages are loaded one at a time and closed."""

    name = "pdfium"

    def __init__(self, content: bytes) -> None:
        check_forms(content)
        try:
            self._document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(error) from error
        self.page_count = len(self._document)
        self.title = _title(self._document)

    def close(self) -> None:
        self._document.close()

    def pages(self) -> Iterator[PageObjects]:
        """Pages in order; a page that pdfium cannot load comes without words."""
        for index in range(min(self.page_count, limits.PDF_PAGES)):
            yield self.page(index + 1)

    def page(self, number: int) -> PageObjects:
        page = pdfium.FPDF_LoadPage(self._document.raw, number - 1)
        if not page:
            return PageObjects(number, 0.0, 0.0, [], failed=True)
        try:
            return _read(page, number)
        finally:
            pdfium.FPDF_ClosePage(page)


def _title(document: pypdfium2.PdfDocument) -> str | None:
    """What the file says it is called; nothing where that is no text."""
    try:
        return document.get_metadata_value("Title").strip() or None
    except UnicodeDecodeError:
        return None


def _unreadable(error: pypdfium2.PdfiumError) -> UnreadableDocument:
    code = getattr(error, "err_code", None)
    if (
        code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        or "password" in str(error).lower()
    ):
        return UnreadableDocument(
            "The PDF is protected by a password. Ask the publisher for an open copy, or save one "
            "without the password, and run again.",
            "Tệp PDF được bảo vệ bằng mật khẩu. Hãy xin cơ quan công bố bản không khóa, hoặc lưu "
            "lại không mật khẩu rồi chạy lại.",
        )
    return damaged()


def damaged() -> UnreadableDocument:
    """The error for a file that no library can open."""
    return UnreadableDocument(
        "The PDF is damaged or cut short and cannot be opened. Download it again.",
        "Tệp PDF bị hỏng hoặc bị cắt cụt, không mở được. Hãy tải lại tệp.",
    )


def _frame(page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    return Frame(left, bottom, right, top, pdfium.FPDFPage_GetRotation(page) * 90 % 360)


def _read(page: Any, number: int) -> PageObjects:
    frame = _frame(page)
    text = PageText(page, frame)
    try:
        size = text.usual_size()
        if 0 < size < SMALL_PRINT:
            frame = text.frame = frame._replace(scale=_SCALED_TO / size)
        paths = PathReader(frame)
        paths.read(page)
        across, down = merge_rules(paths.across), merge_rules(paths.down)
        truncated = paths.truncated or len(across) + len(down) > limits.PDF_PAGE_RULES
        if truncated:
            across, down = across[: limits.PDF_PAGE_RULES], down[: limits.PDF_PAGE_RULES]
        words = text.words(down)
        return PageObjects(
            number,
            frame.width,
            frame.height,
            words,
            across,
            down,
            paths.fills,
            paths.drawn,
            paths.images,
            tuple(sorted(text.unmapped)),
            scale=frame.scale,
            truncated=text.truncated or truncated,
        )
    finally:
        text.close()
