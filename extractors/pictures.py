"""Pictures of pages (PNG, JPEG, TIFF), read as the scanned pages of a PDF are."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractors import pdf
from extractors.limits import too_large
from extractors.pdf import limits
from solieu.errors import UnreadableDocument
from solieu.model import Content, SourceDocument

_PAGE_INCHES = 8.27
"""A4 is as wide: cameras do not say how large the paper was."""
_MOST_PIXELS = 100_000_000
"""A4 at 1000 dots an inch."""


def extract(document: SourceDocument) -> Content:
    """Tables and passages of each page that was photographed or scanned.

    Raises UnreadableDocument, LimitExceeded, or NoText where no recognition is installed.
    """
    return pdf.extract(replace(document, content=_as_pdf(document.content)))


def _as_pdf(content: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd entries of a file's properties
            first, *rest = _pages(content)
            dots = min(first.size) / _PAGE_INCHES
            first.save(out, "PDF", save_all=True, append_images=rest, resolution=dots, quality=95)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        ArithmeticError,
        LookupError,
    ) as error:
        raise UnreadableDocument(
            f"The picture is damaged ({type(error).__name__}). Scan or download it again.",
            f"Tệp ảnh bị hỏng ({type(error).__name__}). Hãy quét hoặc tải lại.",
        ) from error
    return out.getvalue()


def _pages(content: bytes) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(content)) as opened:
        for number, frame in enumerate(ImageSequence.Iterator(opened), 1):
            if number > limits.SCAN_PAGES:
                too_large("Pages of a picture", "Số trang của ảnh", number, limits.SCAN_PAGES)
            pixels = frame.width * frame.height
            if pixels > _MOST_PIXELS:
                too_large("Pixels of a picture", "Số điểm ảnh", pixels, _MOST_PIXELS)
            yield ImageOps.exif_transpose(frame).convert("L")
