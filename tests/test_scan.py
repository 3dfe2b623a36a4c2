"""Scanned pages: what is a picture, how it is made ready, and that no doubtful figure passes as sure."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from benchmarks import scans
from extractors.pdf import limits, scan, tesseract
from extractors.pdf.document import extract, page_blocks, page_grids
from extractors.pdf.objects import Word
from extractors.pdf.prose import passages
from extractors.pdf.scan_figures import (
    Reading,
    agree,
    confirmed,
    hidden_figures,
    settled,
    uncovered,
)
from extractors.pdf.scan_image import (
    picture_of,
    prepare,
    resized,
    skew,
    threshold,
    turned,
    write_image,
)
from extractors.pdf.tesseract import Found
from extractors.pdf.text import text_lines
from solieu.errors import NoText
from solieu.model import Grid
from tests.pdf_pages import Page, document, pdf, texts

needs_tesseract = pytest.mark.skipif(
    tesseract.version() is None and not os.environ.get("SOLIEU_NOTHING_SKIPPED"),
    reason="Tesseract with Vietnamese is not installed",
)


def picture_pdf(*pages: bytes) -> bytes:
    """The pages of a PDF as pictures in a new one, the way a scanner leaves them."""
    made = pypdfium2.PdfDocument.new()
    for content in pages:
        source = pypdfium2.PdfDocument(content)
        page = source[0]
        bitmap = page.render(scale=200 / 72)
        width, height = page.get_size()
        image = pypdfium2.PdfImage.new(made)
        image.set_bitmap(bitmap)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        target = made.new_page(width, height)
        target.insert_obj(image)
        target.gen_content()
        bitmap.close()
        page.close()
        source.close()
    out = io.BytesIO()
    made.save(out)
    made.close()
    return out.getvalue()


ROWS = [
    ["District", "2019", "2020"],
    ["North", "1.234", "5.792"],
    ["South", "12.345", "98,5"],
    ["Total", "13.579", "379.339"],
]


def table(page: Page) -> None:
    page.text(60, 60, "The number of people in the province reached 379.339 in 2020.")
    page.table(100, [60, 200, 320, 440], ROWS, step=24)


# --- without recognition -----------------------------------------------------


def test_pictures_without_recognition_name_the_command(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tesseract, "version", lambda: None)
    with pytest.raises(NoText) as caught:
        extract(document(picture_pdf(pdf(table))))
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in caught.value.message_en
    assert "Hãy cài Tesseract" in caught.value.message_vi
    assert caught.value.status == "empty"


def test_tables_of_pictures_without_recognition_name_the_command(monkeypatch):
    monkeypatch.setattr(tesseract, "version", lambda: None)
    with pytest.raises(NoText):
        page_grids(document(picture_pdf(pdf(table))))


def test_some_pictures_among_pages_of_text_are_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tesseract, "version", lambda: None)
    mixed = pypdfium2.PdfDocument.new()
    for content in (pdf(table), picture_pdf(pdf(table))):
        mixed.import_pages(pypdfium2.PdfDocument(content))
    out = io.BytesIO()
    mixed.save(out)
    content = extract(document(out.getvalue()))
    assert len(content.grids) == 1
    assert [(n.code, n.page) for n in content.notices] == [("scanned_pages_unread", 2)]


# --- with recognition ---------------------------------------------------------


@needs_tesseract
def test_a_scanned_table_is_read_and_nothing_wrong_is_sure():
    content = extract(document(picture_pdf(pdf(table))))
    (grid,) = content.grids
    assert content.reader.startswith("tesseract")
    assert [n.code for n in content.notices] == ["recognised_pages"]
    assert (grid.row_count, grid.column_count) == (4, 3)
    right = [
        [c == w for c, w in zip(row, wanted, strict=True)]
        for row, wanted in zip(texts(grid), ROWS, strict=True)
    ]
    assert sum(map(sum, right)) >= 11
    wanted = {(r, c): text for r, row in enumerate(ROWS, 1) for c, text in enumerate(row, 1)}
    silently_wrong = [
        c for c in grid.cells if c.text != wanted[c.row, c.column] and c.confidence > 0.5
    ]
    assert silently_wrong == []
    assert any("379.339" in p.text or "□" in p.text for p in content.passages)


@needs_tesseract
def test_raw_tables_of_pictures_are_recognised_too():
    mixed = pypdfium2.PdfDocument.new()
    for content in (picture_pdf(pdf(table)), pdf(table)):
        mixed.import_pages(pypdfium2.PdfDocument(content))
    out = io.BytesIO()
    mixed.save(out)
    grids = page_grids(document(out.getvalue()))
    assert [(g.page, g.row_count, g.column_count) for g in grids] == [(1, 4, 3), (2, 4, 3)]


@needs_tesseract
def test_a_skewed_noisy_scan_is_straightened_and_no_wrong_figure_is_sure():
    source = pypdfium2.PdfDocument(pdf(table))
    grey = picture_of(source, 1, 150).grey
    noise = np.random.default_rng(5).normal(0, 18, grey.shape)
    rough = np.clip(turned(grey, -0.7) + noise, 0, 255).astype(np.uint8)
    picture = prepare(resized(rough, 2.25), 1, 337)
    (grid,) = [b for b in page_blocks(scan.read_page(picture)) if isinstance(b, Grid)]
    wanted = {(r, c): text for r, row in enumerate(ROWS, 1) for c, text in enumerate(row, 1)}
    assert [c for c in grid.cells if c.text != wanted[c.row, c.column] and c.confidence > 0.5] == []
    assert sum(c.text == wanted[c.row, c.column] for c in grid.cells) >= 10


LEAST_RIGHT = {scans.CLEAN: 1.0, scans.ROUGH: 0.955}
"""The bar: every figure of a clean scan, 42 of 44 of a poor one."""


@needs_tesseract
@pytest.mark.parametrize("damage", LEAST_RIGHT, ids=lambda d: d.name)
@pytest.mark.parametrize(
    ("layout", "seed"), [("plan", 1), ("plan", 2), ("no_rules", 1), ("two_heads", 1)]
)
def test_scanned_tables_of_many_figures(layout: str, seed: int, damage: scans.Damage):
    drawn = scans.LAYOUTS[layout](scans.FONT)
    (truth,) = scans.tables(drawn)
    got = scans.score(truth, scans.tables(scans.scanned(drawn, damage, seed)))
    assert got.figures >= 44
    assert got.silently_wrong == ()
    assert got.right >= LEAST_RIGHT[damage] * got.figures


# --- pictures --------------------------------------------------------------------


@pytest.fixture(scope="module")
def grey() -> np.ndarray:
    return picture_of(pypdfium2.PdfDocument(pdf(table)), 1, 150).grey


@pytest.mark.parametrize("angle", [-1.5, -0.7, 0.4, 1.2])
def test_skew_is_measured_and_undone(grey: np.ndarray, angle: float):
    leaning = turned(grey, angle)
    assert skew(leaning < threshold(leaning)) == pytest.approx(-angle, abs=0.15)
    straight = prepare(leaning, 1, 150)
    assert skew(straight.grey < threshold(straight.grey)) == pytest.approx(0, abs=0.15)


def test_rules_are_found_and_wiped_out(grey: np.ndarray):
    picture = prepare(grey, 1, 150)
    assert [round(r.at) for r in picture.across] == pytest.approx([100, 124, 148, 172, 196], abs=1)
    assert [round(r.at) for r in picture.down] == pytest.approx([60, 200, 320, 440], abs=1)
    dark = threshold(grey)
    assert (picture.clean < dark).sum() < 0.6 * (picture.grey < dark).sum()


def test_an_even_picture_has_no_skew_and_no_rules():
    picture = prepare(np.full((400, 300), 255, dtype=np.uint8), 1, 150)
    assert (picture.across, picture.down) == ([], [])


def test_pictures_are_written_as_pgm(tmp_path: Path):
    write_image(np.zeros((2, 3), dtype=np.uint8), tmp_path / "a.pgm")
    assert (tmp_path / "a.pgm").read_bytes() == b"P5 3 2 255\n" + bytes(6)


# --- readings ---------------------------------------------------------------------


def found(text: str, confidence: float) -> Found:
    return Found(text, 0, 0, 10, 10, confidence, (0, 0, 10, 10))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("1.234", "1.234", True),
        ("1.234", "1.284", False),
        ("1.234", "1,234", False),
        ("1.234", "", False),
        ("Năm2021", "2021", True),
        ("S5", "55", False),
        ("39.78ó", "39.786", False),
    ],
)
def test_two_readings_agree_to_the_last_mark(first: str, second: str, same: bool):
    assert agree(first, second) is same


@pytest.mark.parametrize(("low", "sure"), [(0.91, True), (0.5, False)])
def test_a_figure_both_readings_are_unsure_of_stays_in_doubt(low: float, sure: bool):
    assert (confirmed(found("1.234", 0.96), Reading("1.234", low)).confidence > 0.55) is sure


@pytest.mark.parametrize(
    ("first", "others", "text", "sure"),
    [
        ("2:125", ["2.125", "2.125", "2.125"], "2.125", True),
        ("17845", ["17.845", "17.845", "17.845"], "17.845", True),
        ("17845", ["17.845", "17,845", "17.845"], "17.845", False),
        ("2.125", ["2.128", "2.128", "2.128"], "2.128", False),
        ("2.125", ["2.128", "2.125", "2.125"], "2.125", False),
        ("2.125", ["2.128", "", ""], "2.128", False),
        ("2.125", ["", "", ""], "2.125", False),
        ("D5", ["55", "55", "55"], "55", False),
        ("K12a", ["12", "124", "12"], "K12a", False),
        ("3ó6ó08", ["36608", "36608", "36608"], "36608", False),
    ],
)
def test_most_readings_have_the_text_and_differing_digits_leave_the_doubt(
    first: str, others: list[str], text: str, sure: bool
):
    got = settled(found(first, 0.9), [Reading(o, 0.9) for o in others])
    assert (got.text, got.confidence > 0.55) == (text, sure)


def at(text: str, top: int, x0: int = 100) -> Found:
    return Found(text, x0, top, x0 + 40, top + 10, 0.9, (0, top, 500, top + 10))


def test_a_letter_between_figures_may_be_a_digit():
    column = [at("5", 100), at("ó", 120), at("7", 140), at("x", 120, x0=200), at("-", 160)]
    assert hidden_figures(column) == {1}


@pytest.mark.parametrize(
    ("others", "text"),
    [(["6", "6", "6"], "6"), (["6", "6", "8"], "ó"), (["", "", ""], "ó"), (["%", "%", "%"], "ó")],
)
def test_only_readings_of_one_mind_make_a_letter_a_digit_and_leave_it_in_doubt(others, text):
    got = uncovered(found("ó", 0.9), [Reading(o, 0.9) for o in others])
    assert got.text == text
    assert text == "ó" or got.confidence <= 0.3


def test_the_programs_table_is_read_word_by_word_with_its_lines():
    header = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    line = "4\t1\t1\t1\t1\t0\t10\t20\t100\t30\t-1\t"
    word = "5\t1\t1\t1\t1\t1\t12\t22\t40\t20\t91.5\t1.234|"
    rule = "5\t1\t1\t1\t1\t2\t60\t22\t40\t20\t91.5\t_"
    ((page, read),) = tesseract.rows(f"{header}\n{line}\n{word}\n{rule}\n5\t1\tbroken\n")
    assert (page, read.text, read.confidence) == (1, "1.234", pytest.approx(0.915))
    assert read.line == (10, 20, 110, 50)


def test_digits_in_doubt_in_running_text_are_no_digits(grey: np.ndarray):
    page = scan.PageObjects(1, 595, 842, [])
    words = [
        Word("reached", 60, 100, 95, 110, 10, confidence=0.4),
        Word("379.339", 98, 100, 130, 110, 10, confidence=0.3),
        Word("in", 133, 100, 140, 110, 10),
        Word("2020.", 143, 100, 165, 110, 10, confidence=0.9),
    ]
    (passage,) = passages(page, text_lines(words))
    assert passage.text == "reached □□□.□□□ in 2020."


@needs_tesseract
def test_pictures_behind_the_limit_are_said_to_be_unread(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SCAN_PAGES", 1)
    content = extract(document(picture_pdf(pdf(table), pdf(table))))
    assert {n.code for n in content.notices} >= {"recognised_pages", "scanned_pages_left"}
