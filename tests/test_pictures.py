"""Pictures of pages: recognised where recognition is installed, refused with its command elsewhere."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image, ImageDraw, ImageFont

import extractors
from extractors.pdf import tesseract
from extractors.sniff import media_type
from solieu.errors import LimitExceeded, NoText, UnreadableDocument
from solieu.model import Content, SourceDocument

KINDS = ["PNG", "JPEG", "TIFF"]


def page() -> Image.Image:
    """Half an A4 page at 200 dots an inch: a ruled table of two columns."""
    picture = Image.new("L", (1654, 1100), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(36)
    pen.text((200, 100), "Bieu 1. So nguoi tham gia nam 2023", 0, font)
    rows = [
        ("Don vi", "So nguoi"),
        ("An Binh", "12.480"),
        ("Binh Loc", "8.913"),
        ("Tong", "21.393"),
    ]
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            pen.text((230 + 500 * j, 218 + 80 * i), text, 0, font)
            pen.rectangle((200 + 500 * j, 200 + 80 * i, 700 + 500 * j, 280 + 80 * i), None, 0, 3)
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def read(content: bytes) -> Content:
    return extractors.extract(
        SourceDocument("trang", content, media_type(content, "trang"), "trang")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_without_recognition_the_command_is_named(kind, monkeypatch):
    monkeypatch.setattr(tesseract, "version", lambda: None)
    with pytest.raises(NoText, match="apt-get install tesseract-ocr"):
        read(saved(page(), kind))


@pytest.mark.skipif(
    tesseract.version() is None and not os.environ.get("SOLIEU_NOTHING_SKIPPED"),
    reason="Tesseract with Vietnamese is not installed",
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photographed_table_is_read(kind):
    content = read(saved(page(), kind))
    assert [c.text for c in content.grids[0].cells if c.column == 2][1:] == [
        "12.480",
        "8.913",
        "21.393",
    ]
    assert "recognised_pages" in [n.code for n in content.notices]


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_cut_short_is_damaged(kind):
    content = saved(page(), kind)
    with pytest.raises(UnreadableDocument):
        read(content[: len(content) // 3])


def test_a_picture_as_large_as_a_wall_is_refused():
    with pytest.raises(LimitExceeded):
        read(saved(Image.new("1", (11_000, 10_000)), "PNG"))
