"""PDFs that are locked, cut, endless or empty: refused or cut with a reason, and never a crash."""

from __future__ import annotations

import random

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from extractors.pdf import extract, limits, tesseract
from extractors.pdf.guard import check_forms
from extractors.pdf.pdfium import PdfiumReader
from solieu.errors import LimitExceeded, NoText, UnreadableDocument
from tests.pdf_pages import (
    EDGES,
    HEAD,
    ROWS,
    document,
    pdf,
    raw_pdf,
)

# --- bad input ---------------------------------------------------------------------


def test_a_locked_file_says_password():
    content = pdf(lambda p: p.text(60, 60, "1"), encrypt=StandardEncryption("secret"))
    with pytest.raises(UnreadableDocument, match="password") as caught:
        extract(document(content))
    assert "mật khẩu" in caught.value.message_vi


def test_a_title_that_is_no_text_is_none():
    whole = pdf(lambda p: (p.canvas.setTitle("T" * 14), p.text(60, 60, "12.345")))
    assert PdfiumReader(whole).title == "T" * 14
    half = b"<FEFFD8000041>"  # half of a pair of code units
    content = whole.replace(b"(" + b"T" * 14 + b")", half.ljust(16))
    assert half in content
    assert PdfiumReader(content).title is None


def test_letters_that_a_font_maps_to_half_a_code_are_said_to_be_none():
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <D810> endbfchar"
    more = (
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>endobj\n"
        b"6 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(cmap), cmap)
    )
    content = raw_pdf(b"BT /F1 12 Tf 60 700 Td (A12 people) Tj ET", b"/Font<</F1 5 0 R>>", more)
    assert extract(document(content)).passages[0].text == "\ufffd12 people"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", random.Random(7).randbytes(9000)])
def test_what_is_no_pdf_is_refused(content: bytes):
    with pytest.raises(UnreadableDocument):
        extract(document(content))


def test_cut_short_it_is_read_or_refused_and_never_crashes():
    whole = pdf(*[lambda p: p.table(100, EDGES, [HEAD, *ROWS])] * 3)
    for end in range(200, len(whole), len(whole) // 25):
        try:
            extract(document(whole[:end]))
        except UnreadableDocument:
            continue


def test_mutated_bytes_never_crash(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tesseract, "version", lambda: None)
    whole = pdf(lambda p: p.table(100, EDGES, [HEAD, *ROWS]))
    chance = random.Random(11)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            extract(document(bytes(broken)))
        except (UnreadableDocument, NoText, LimitExceeded):
            continue


def form(number: int, child: int, times: int) -> bytes:
    body = b"/F Do " * times
    return (
        b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length %d>>stream\n%s\nendstream endobj\n"
        % (
            number,
            child,
            len(body),
            body,
        )
    )


def test_forms_that_draw_themselves_are_refused_before_they_are_drawn():
    looped = raw_pdf(b"/F Do", b"/XObject<</F 9 0 R>>", form(9, 9, 2))
    bomb = raw_pdf(
        b"/F Do", b"/XObject<</F 10 0 R>>", b"".join(form(n, n + 1, 2) for n in range(10, 40))
    )
    for content in (looped, bomb):
        with pytest.raises(LimitExceeded):
            extract(document(content))


def test_forms_within_reason_are_read():
    check_forms(
        raw_pdf(
            b"/F Do", b"/XObject<</F 10 0 R>>", b"".join(form(n, n + 1, 2) for n in range(10, 20))
        )
    )
    check_forms(raw_pdf(b"/F Do", b"/XObject<</F 9 0 R>>", form(9, 9, 1)))


def test_pages_beyond_the_limit_are_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PDF_PAGES", 3)
    content = extract(document(pdf(*[lambda p: p.text(60, 60, "A sentence stands here.")] * 5)))
    assert content.page_count == 5
    assert len(content.passages) == 3
    assert [n.code for n in content.notices] == ["pages_left"]


def test_a_page_with_too_much_on_it_is_cut_and_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PDF_PAGE_CHARACTERS", 100)
    content = extract(document(pdf(lambda p: p.rows(60, EDGES, [ROWS[0]] * 20))))
    assert "page_truncated" in [n.code for n in content.notices]


def test_a_blank_page_is_empty_and_no_error():
    content = extract(document(pdf(lambda _: None)))
    assert content.blocks == ()
    assert content.page_count == 1
