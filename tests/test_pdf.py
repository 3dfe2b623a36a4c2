"""PDF tables as printed: ruled, half ruled and bare ones, turned, cut by page breaks, and no tables at all."""

from __future__ import annotations

from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from extractors.figures import is_numeric
from extractors.pdf import extract, page_grids, segments
from extractors.pdf.joins import joined
from extractors.pdf.objects import Rule, Word, merge_rules
from extractors.pdf.pdfium import PdfiumReader
from extractors.pdf.reference import PlumberReader
from extractors.pdf.tables import page_tables
from extractors.pdf.text import is_caption, phrases
from extractors.pdf.turn import on_shown_page
from extractors.pdf.usable import is_garbage, page_kind
from solieu.model import Passage
from tests.pdf_pages import (
    EDGES,
    HEAD,
    HEIGHT,
    ROWS,
    Page,
    document,
    part,
    pdf,
    raw_pdf,
    texts,
)

# --- what stands around ------------------------------------------------------


def test_title_unit_notes_and_running_text():
    def draw(page: Page) -> None:
        page.text(
            60, 60, "In 2020 the number of people grew in all districts of the province, as the"
        )
        page.text(60, 73, "table shows; the rate is that of the plan of the year before.")
        page.text(60, 95, "Table 3: People by district")
        page.text(380, 110, "Unit: person")
        page.table(120, EDGES, [HEAD, *ROWS])
        page.text(290, 820, "12")

    content = extract(document(pdf(draw)))
    (grid,) = content.grids
    assert grid.title == "Table 3: People by district"
    assert grid.notes == ("Unit: person",)
    kinds = [(b.kind, b.text[:20]) for b in content.passages]
    assert kinds[0] == ("paragraph", "In 2020 the number o")
    assert "shows; the rate" in content.passages[0].text
    assert kinds[-1] == ("boilerplate", "12")


def test_lines_that_repeat_on_every_page_are_boilerplate():
    def draw(n: int):
        def page_of(page: Page) -> None:
            page.text(60, 40, f"Yearbook of the province, page {n}")
            page.text(60, 300, f"On page {n} stands a sentence of its own about people.")

        return page_of

    content = extract(document(pdf(*(draw(n) for n in range(1, 6)))))
    assert [b.kind for b in content.passages] == ["boilerplate", "paragraph"] * 5


def test_raised_footnote_marks_are_kept_apart_from_figures():
    def draw(page: Page) -> None:
        page.table(100, EDGES, [HEAD, *ROWS])
        page.canvas.setFont("Helvetica", 10)
        text = page.canvas.beginText(204, HEIGHT - 207)
        text.textOut("1.234")
        text.setFont("Helvetica", 6)
        text.setRise(4)
        text.textOut("2")
        page.canvas.drawText(text)
        for x in EDGES:
            page.line(x, 190, x, 212)
        page.line(60, 212, 500, 212)

    (grid,) = extract(document(pdf(draw))).grids
    cell = next(c for c in grid.cells if c.text.startswith("1.234"))
    assert (cell.text, cell.marks) == ("1.234", ("2",))


def test_indented_labels_say_so():
    def draw(page: Page) -> None:
        for n, (shift, name) in enumerate(
            [(0, "Whole"), (0, "North"), (12, "town"), (12, "country"), (0, "South")]
        ):
            page.rows(100 + 18 * n, EDGES, [["", "1.000", "2.000", "3,0"]])
            page.text(64 + shift, 113 + 18 * n, name)
        for y in range(100, 200, 18):
            page.line(60, y, 500, y)
        for x in EDGES:
            page.line(x, 100, x, 190)

    (grid,) = extract(document(pdf(draw))).grids
    assert [c.indent for c in grid.cells if c.column == 1] == [0, 0, 1, 1, 0]


# --- no tables ----------------------------------------------------------------


def test_a_table_of_contents_is_none():
    def draw(page: Page) -> None:
        for n, name in enumerate(["Introduction", "Health", "Insurance", "Outlook"]):
            page.text(60, 100 + 16 * n, f"{n + 1}. {name} " + "." * 80)
            page.text(500, 100 + 16 * n, str(n * 7 + 1), right=True)

    content = extract(document(pdf(draw)))
    assert not content.grids
    assert {b.kind for b in content.passages} == {"boilerplate"}


def test_a_chart_with_grid_lines_is_none():
    def draw(page: Page) -> None:
        for n in range(8):
            page.line(100, 100 + 20 * n, 450, 100 + 20 * n)
            page.line(100 + 50 * n, 100, 100 + 50 * n, 240)
            page.text(96, 103 + 20 * n, str(70 - 10 * n), right=True)
            page.canvas.drawCentredString(100 + 50 * n, HEIGHT - 252, str(2000 + n))
        for n in range(30):
            page.line(100 + 10 * n, 200 - 3 * n, 110 + 10 * n, 195 - 3 * n)

    assert not page_grids(document(pdf(draw)))


def test_two_columns_of_print_are_no_table_and_are_read_one_after_the_other():
    def draw(page: Page) -> None:
        for n in range(12):
            page.text(60, 100 + 13 * n, f"left line {n} of a text that runs over it")
            page.text(320, 100 + 13 * n, f"right line {n} of a text that runs over it")

    content = extract(document(pdf(draw)))
    assert not content.grids
    words = " ".join(b.text for b in content.passages)
    assert words.index("left line 11") < words.index("right line 0")


# --- fonts ---------------------------------------------------------------------


def test_tcvn3_fonts_are_decoded_and_said():
    text = "Tæng sè ng­êi tham gia b¶o hiÓm x· héi".encode("latin-1")
    escaped = text.replace(b"(", b"\\(")
    fonts = b"/Font<</F1<</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding>>>>"
    content = extract(document(raw_pdf(b"BT /F1 12 Tf 60 700 Td (" + escaped + b") Tj ET", fonts)))
    assert content.passages[0].text == "Tổng số người tham gia bảo hiểm xã hội"
    assert [n.code for n in content.notices] == ["legacy_encoding"]


def test_a_font_without_unicode_map_is_said():
    fonts = b"/Font<</F1 5 0 R>>"
    more = (
        b"5 0 obj<</Type/Font/Subtype/Type0/BaseFont/ABCDEE+Hidden/Encoding/Identity-H/DescendantFonts[6 0 R]>>endobj\n"
        b"6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEE+Hidden/DW 500"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>endobj\n"
        b"7 0 obj<</Type/FontDescriptor/FontName/ABCDEE+Hidden/Flags 4/FontBBox[0 0 500 700]/Ascent 700"
        b"/Descent -200/CapHeight 700/ItalicAngle 0/StemV 80>>endobj\n"
    )
    content = extract(
        document(raw_pdf(b"BT /F1 12 Tf 60 700 Td <002A002B002C002D> Tj ET", fonts, more))
    )
    assert "no_unicode_map" in [n.code for n in content.notices]


# --- the two readers -------------------------------------------------------------


def test_both_readers_see_the_same_words_rules_and_tables():
    content = pdf(
        lambda p: p.table(100, EDGES, [HEAD, *ROWS]), lambda p: p.rows(100, EDGES, [HEAD, *ROWS])
    )
    fast, slow = list(PdfiumReader(content).pages()), list(PlumberReader(content).pages())
    for a, b in zip(fast, slow, strict=True):
        assert sorted(w.text for w in a.words) == sorted(w.text for w in b.words)
        for first, second in zip(
            sorted(a.words, key=lambda w: w[1:3]),
            sorted(b.words, key=lambda w: w[1:3]),
            strict=True,
        ):
            assert first[1:5] == pytest.approx(second[1:5], abs=2.5)
        assert [r.at for r in a.down] == pytest.approx([r.at for r in b.down], abs=0.5)
        assert [r.at for r in a.across] == pytest.approx([r.at for r in b.across], abs=0.5)
        assert [texts(g) for g in page_tables(a).grids] == [texts(g) for g in page_tables(b).grids]


SHARED = Path(__file__).parents[2] / "shared" / "icdar2013_eu"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the table competition's files are not here")
@pytest.mark.parametrize("name", ["eu-005", "eu-027"])
def test_both_readers_find_the_same_tables_in_published_reports(name: str):
    content = (SHARED / f"{name}.pdf").read_bytes()
    for a, b in zip(PdfiumReader(content).pages(), PlumberReader(content).pages(), strict=True):
        ours = [[t.split() for row in texts(g) for t in row] for g in page_tables(a).grids]
        theirs = [[t.split() for row in texts(g) for t in row] for g in page_tables(b).grids]
        assert ours == theirs


# --- small parts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        ("1.234,5 %", True),
        ("1269 (19.9%)", True),
        ("-", True),
        ("n.a.", True),
        ("25g", True),
        ("(12,5)", True),
        ("Nam 2020", False),
        ("EU-15", False),
        ("Total", False),
        ("2020 plan", False),
    ],
)
def test_figures_are_told_from_words(text: str, numeric: bool):
    assert is_numeric(text) is numeric


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Bảng 3: Dân số", True),
        ("Table 2.1 - People", True),
        ("Biểu số 07", True),
        ("Tablets 3", False),
        ("Hình thức 2", False),
    ],
)
def test_captions_are_told_by_their_word_and_number(text: str, caption: bool):
    assert is_caption(text) is caption


def word(text: str, x0: float, x1: float) -> Word:
    return Word(text, x0, 100, x1, 110, 10)


def test_leaders_part_phrases_and_are_dropped():
    line = [word("Health", 60, 90), word(".....", 92, 400), word("7", 402, 408)]
    assert [p.text for p in phrases(line)] == ["Health", "7"]


def test_a_name_too_long_for_its_cell_stays_whole_and_figures_are_cut():
    def draw(page: Page) -> None:
        page.table(
            100, [60, 130, 200, 270], [["Place", "2019", "2020"], [""] * 3, ["South", "60", "75"]]
        )
        page.text(64, 131, "Old Pleasantview")  # runs on over the rule at 130
        page.text(188.9, 131, "12345")  # two figures set as one

    (grid,) = extract(document(pdf(draw))).grids
    assert texts(grid)[1][0] == "Old Pleasantview"
    assert texts(grid)[1][1:] == ["12", "345"]


def test_rules_on_one_line_that_touch_are_one():
    rules = merge_rules(
        [Rule(100, 10, 50), Rule(100.8, 51, 90), Rule(100, 200, 220), Rule(140, 10, 90)]
    )
    assert [(round(r.at), r.start, r.end) for r in rules] == [
        (100, 10, 90),
        (100, 200, 220),
        (140, 10, 90),
    ]


def test_segments_are_told_the_same_one_by_one_and_in_one_look(monkeypatch):
    path = pdfium.FPDFPageObj_CreateNewPath(10.0, 20.0)
    for x, y in ((50.0, 20.0), (50.0, 44.5), (10.0, 44.5), (10.0, 20.0)):
        pdfium.FPDFPath_LineTo(path, x, y)
    pdfium.FPDFPath_Close(path)
    looks = [segments._known(), False]
    told = []
    for known in looks:
        monkeypatch.setattr(segments, "_known", lambda known=known: known)
        told.append(([*segments.segments(path, 5)], segments.run_of_lines(path, 5)))
    assert looks[0], "pdfium holds segments otherwise now: what is slow here is right still"
    assert told[0] == told[1]
    assert told[0][1] == ((10.0, 50.0, 50.0, 10.0, 10.0), (20.0, 20.0, 44.5, 44.5, 20.0), True)
    pdfium.FPDFPath_BezierTo(path, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    assert segments.run_of_lines(path, 8) is None
    pdfium.FPDFPageObj_Destroy(path)


def test_sides_of_a_stroked_box_are_rules_whichever_way_it_is_drawn():
    level = [(100, 600), (300, 600), (300, 500), (100, 500)]
    upright = [(100, 400), (100, 300), (300, 300), (300, 400)]
    slanted = [(100, 200), (300, 200), (300, 120), (100, 100)]

    def draw(page: Page) -> None:
        for corners in (level, upright, slanted):
            path = page.canvas.beginPath()
            path.moveTo(*corners[0])
            for corner in corners[1:]:
                path.lineTo(*corner)
            path.close()
            page.canvas.drawPath(path)

    reader = PdfiumReader(pdf(draw))
    read = reader.page(1)
    reader.close()
    assert [(r.start, r.end) for r in read.across] == [(100.0, 300.0)] * 5
    assert len(read.down) == 6
    assert len(read.drawn) == 1, "the slanted side of the last one"


def test_a_text_layer_of_rubbish_is_no_text():
    rubbish = [word(t, 0, 9) for t in ["ÿÿþ", "\ufffdx", "qzrt", "bcdfg", "|||a|", "xxkjh", "zzzz"]]
    assert is_garbage(rubbish)
    assert not is_garbage([word(t, 0, 9) for t in "Tổng số người tham gia 1.234 đạt 98,5%".split()])


def test_a_stamp_on_a_picture_of_a_page_is_no_text():
    page = next(
        PdfiumReader(pdf(lambda p: p.text(60, 60, "Signed by the office on 1/1/2020"))).pages()
    )
    assert page_kind(page) == "text"
    page.images = [(0, 0, page.width, page.height)]
    assert page_kind(page) == "picture"


def test_boxes_go_back_to_the_page_as_it_is_shown():
    page = next(PdfiumReader(pdf(lambda p: p.text(60, 60, "x"))).pages())
    assert on_shown_page((1.0, 2.0, 3.0, 4.0), page) == (1.0, 2.0, 3.0, 4.0)
    assert on_shown_page(None, page) is None


def test_blocks_are_numbered_in_reading_order():
    content = extract(
        document(
            pdf(
                part([HEAD, *ROWS], title="Table 1: First"),
                part([HEAD, *ROWS], title="Table 2: Second"),
            )
        )
    )
    assert [g.number for g in content.grids] == [1, 2]
    passages = [b.number for b in content.blocks if isinstance(b, Passage)]
    assert passages == list(range(1, len(passages) + 1))


def test_lines_set_in_the_middle_of_a_letterhead_and_a_title_stay_apart():
    lines = (
        "UY BAN NHAN DAN",
        "So: 12/BC-UBND",
        "BAO CAO",
        "The people insured in the district",
    )

    def draw(page: Page) -> None:
        for number, text in enumerate(lines):
            width = page.canvas.stringWidth(text, "Helvetica", 10)
            page.text(297.5 - width / 2, 80 + 14 * number, text)
        page.text(60, 80 + 14 * len(lines), "The text " + "of the report goes on " * 4)
        page.text(60, 94 + 14 * len(lines), "and ends in its second line.")

    found = [b.text for b in extract(document(pdf(draw))).blocks if isinstance(b, Passage)]
    assert found[:4] == list(lines)
    assert len(found) == 5


def test_what_follows_the_heading_of_related_news_is_no_article():
    def draw(page: Page) -> None:
        bottom = page.table(100, EDGES, [HEAD, *ROWS])
        for number, text in enumerate(("Tin liên quan", "66 houses were built", "Visits: 12")):
            page.text(60, bottom + 40 + 20 * number, text)

    found = extract(document(pdf(draw))).blocks
    assert [b.kind for b in found if isinstance(b, Passage)] == ["boilerplate"] * 3


LEFT, RIGHT, NEXT = (
    (60.0, 700.0, 280.0, 790.0),
    (300.0, 80.0, 520.0, 120.0),
    (60.0, 80.0, 280.0, 99.0),
)
TOLD = "Trong sáu tháng đầu năm, toàn huyện đã giải quyết việc làm mới cho"


@pytest.mark.parametrize(
    ("before", "after", "at", "passages"),
    [
        (TOLD, "1.920 lao động, đạt 71% kế hoạch.", (2, NEXT), 1),
        (TOLD, "1.920 lao động, đạt 71% kế hoạch.", (1, RIGHT), 1),
        (f"{TOLD} 1.920 người, trong đó nữ tăng", "(tăng 0,9%) so với cùng kỳ.", (2, NEXT), 1),
        (TOLD, "lao động nông thôn.", (1, RIGHT), 1),
        (TOLD, "2. Y tế: khám 1.920 lượt.", (2, NEXT), 2),
        (TOLD, "(1) Chưa kể lao động thời vụ.", (2, NEXT), 2),
        (TOLD, "1.920 lao động, đạt 71% kế hoạch.", (3, NEXT), 2),
        (f"{TOLD} người dân.", "1.920 lao động có việc làm.", (2, NEXT), 2),
        ("Kết quả công tác tháng", "12 xã đạt chuẩn.", (2, NEXT), 2),
    ],
)
def test_a_sentence_goes_on_with_a_figure_over_a_page_or_a_column(before, after, at, passages):
    blocks = [
        Passage(before, 1, page=1, box=LEFT),
        Passage("2", 2, "boilerplate", page=at[0]),
        Passage(after, 3, page=at[0], box=at[1]),
    ]
    assert (
        sum(isinstance(b, Passage) and b.kind != "boilerplate" for b in joined(blocks)) == passages
    )


def test_lines_flush_with_their_column_go_on_beside_a_broader_head() -> None:
    lines = [
        "Of all who sought work in the six months",
        "1.920 have found it, more than the year",
        "before; of the others 312 were told of",
        "2.960 places in the towns of the north and",
        "of 410 in the two cities on the coast where",
        "12 mills were built.",
    ]

    def draw(page: Page) -> None:
        page.text(60, 80, "Office of the district of the six rivers")
        page.text(330, 80, "Report of the year on work and on wages")
        for number, line in enumerate(lines):
            flush = number < len(lines) - 1
            page.text(280 if flush else 72, 120 + 13 * number, line, right=flush)

    found = [p.text for p in extract(document(pdf(draw))).passages]
    assert " ".join(lines) in found
