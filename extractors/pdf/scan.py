"""Scanned pages through Tesseract: rules cut the cells, every figure is read twice.

A figure whose two readings differ is never passed on as if it were sure: in a table its cell gets a
low confidence, in running text the digits in doubt are set as □.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pypdfium2

from extractors.pdf import limits, tesseract
from extractors.pdf.objects import PageObjects, Word
from extractors.pdf.scan_figures import reread
from extractors.pdf.scan_image import Picture, picture_of, write_image
from extractors.pdf.tesseract import INSTALL, Found
from solieu.errors import NoText
from solieu.model import Notice


def no_text(name: str, pages: int) -> NoText:
    """The error for a document of pictures where nothing can recognise them."""
    return NoText(
        f"{name}: all {pages} pages are pictures of text. Install Tesseract with Vietnamese "
        f"({INSTALL}; macOS: brew install tesseract tesseract-lang) and run again.",
        f"{name}: cả {pages} trang là ảnh chụp văn bản. Hãy cài Tesseract cùng dữ liệu tiếng Việt "
        f"({INSTALL}; macOS: brew install tesseract tesseract-lang) rồi chạy lại.",
    )


def unread_notice(pages: Sequence[int]) -> Notice:
    """Said of a document some of whose pages are pictures that nothing here can recognise."""
    which = _listed(pages)
    return Notice(
        "scanned_pages_unread",
        f"Trang {which} là ảnh chụp, chưa đọc được; hãy cài Tesseract ({INSTALL}) rồi chạy lại.",
        f"Pages {which} are pictures and were not read; install Tesseract ({INSTALL}), run again.",
        pages[0],
    )


def recognised_notice(pages: Sequence[int]) -> Notice:
    """Said of pages whose characters were recognised and not given by the file."""
    which = _listed(pages)
    return Notice(
        "recognised_pages",
        f"Trang {which} được nhận dạng từ ảnh; số chưa chắc chắn có độ tin cậy thấp hoặc ghi là □.",
        f"Pages {which} were recognised from pictures; figures in doubt have a low confidence or "
        "are set as □.",
        pages[0],
    )


def left_notice(pages: Sequence[int]) -> Notice:
    """Said of the pictures behind the most that are recognised of one document."""
    which = _listed(pages)
    return Notice(
        "scanned_pages_left",
        f"Mỗi tài liệu chỉ nhận dạng {limits.SCAN_PAGES} trang ảnh; chưa đọc trang {which}. "
        "Hãy chia nhỏ tệp.",
        f"At most {limits.SCAN_PAGES} pictures of one document are recognised; pages {which} were "
        "not read. Split the file.",
        pages[0],
    )


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:8]))
    return f"{shown} … ({len(pages)})" if len(pages) > 8 else shown


def recognised(content: bytes, pages: Sequence[int]) -> Iterator[PageObjects]:
    """The words and rules of a PDF's scanned pages, few pictures in memory at a time.

    pdfium is not made for threads, so pictures are drawn one after another and recognised side by
    side.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        for part in batched(pages, limits.SCAN_WORKERS):
            yield from read_pages([picture_of(document, number) for number in part])
    finally:
        document.close()


def batched(pages: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Runs of at most `size` pages."""
    for start in range(0, len(pages), size):
        yield pages[start : start + size]


def read_pages(pictures: Sequence[Picture]) -> list[PageObjects]:
    """Words and rules of scanned pages, each with how surely it was read; needs Tesseract."""
    workers = min(len(pictures), os.cpu_count() or 1, limits.SCAN_WORKERS)
    if workers < 2:
        return [read_page(picture) for picture in pictures]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(read_page, pictures))


def read_page(picture: Picture) -> PageObjects:
    """One scanned page: the words of the whole page, its figures read again one by one."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "page.pgm"
        write_image(picture.clean, whole)
        words = [word for _, word in tesseract.words(whole, picture.dpi, psm=4)]
        words = reread(picture, words, Path(folder))
    scale = 72 / picture.dpi
    usual = median(w.line[3] - w.line[1] for w in words) if words else 0.0
    return PageObjects(
        picture.number,
        picture.width * scale,
        picture.height * scale,
        [_word(word, scale, usual) for word in words],
        picture.across,
        picture.down,
    )


def _word(found: Found, scale: float, usual: float) -> Word:
    _, top, _, bottom = found.line
    # a line's box is as tall as its letters happen to be: only large differences are real
    height = usual if 0.6 * usual < bottom - top < 1.4 * usual else bottom - top
    size = height * scale
    return Word(
        found.text,
        found.x0 * scale,
        top * scale,
        found.x1 * scale,
        bottom * scale,
        size,
        confidence=found.confidence,
    )
