"""PDF tables as printed: ruled, half ruled and bare ones, turned, cut by page breaks, and no tables at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from extractors.figures import is_numeric
from extractors.pdf import extract, limits, page_grids, tesseract
from extractors.pdf.guard import check_forms
from extractors.pdf.objects import Rule, Word, merge_rules
from extractors.pdf.pdfium import PdfiumReader
from extractors.pdf.reference import PlumberReader
from extractors.pdf.tables import page_tables
from extractors.pdf.text import is_caption, phrases
from extractors.pdf.turn import on_shown_page
from extractors.pdf.usable import is_garbage, page_kind
from solieu.errors import LimitExceeded, NoText, UnreadableDocument
from solieu.model import Grid, Passage
from tests.pdf_pages import HEIGHT, Page, document, pdf, raw_pdf, texts

EDGES = [60, 200, 300, 400, 500]
HEAD = ["District", "Plan", "Actual", "Rate"]
ROWS = [
    ["Nam Sach", "5.792", "7.593", "131,1"],
    ["Kim Thanh", "1.888", "1.750", "92,7"],
    ["Tu Ky", "12.345", "-", "0,0"],
    ["Total", "20.025", "9.343", "46,7"],
]


def only(content: bytes) -> Grid:
    (grid,) = page_grids(document(content))
    return grid


# --- what a table looks like ------------------------------------------------


def test_ruled_table_with_boxes_from_the_upper_left_corner():
    grid = only(pdf(lambda p: p.table(100, EDGES, [HEAD, *ROWS])))
    assert texts(grid) == [HEAD, *ROWS]
    assert grid.box == pytest.approx((60, 100, 500, 190), abs=1)
    first = grid.cells[0]
    assert first.box == pytest.approx((60, 100, 200, 118), abs=1)
    assert {c.page for c in grid.cells} == {1}


def test_merged_header_cells_stand_once_with_their_spans():
    def draw(page: Page) -> None:
        page.text(64, 125, "District")
        page.text(330, 113, "Year 2020")
        page.rows(118, EDGES, [["", "Plan", "Actual", "Rate"]])
        page.rows(136, EDGES, ROWS)
        for y in (100, *range(136, 136 + 18 * 5, 18)):
            page.line(60, y, 500, y)
        page.line(200, 118, 500, 118)
        for x in (60, 200, 500):
            page.line(x, 100, x, 208)
        for x in (300, 400):
            page.line(x, 118, x, 208)

    grid = only(pdf(draw))
    spans = {c.text: (c.row_span, c.column_span) for c in grid.cells if c.row == 1}
    assert spans == {"District": (2, 1), "Year 2020": (1, 3)}
    assert texts(grid)[2:] == ROWS


@pytest.mark.parametrize("rules", ["none", "three", "header"])
def test_tables_without_upright_rules(rules: str):
    def draw(page: Page) -> None:
        bottom = page.rows(100, EDGES, [HEAD, *ROWS])
        if rules != "none":
            page.line(60, 100, 500, 100)
            page.line(60, 118, 500, 118)
        if rules == "three":
            page.line(60, bottom, 500, bottom)

    assert texts(only(pdf(draw))) == [HEAD, *ROWS]


def test_columns_ruled_and_rows_not():
    def draw(page: Page) -> None:
        bottom = page.rows(100, EDGES, [HEAD, *ROWS])
        for y in (100, 118, bottom):
            page.line(60, y, 500, y)
        for x in EDGES:
            page.line(x, 100, x, bottom)

    assert texts(only(pdf(draw))) == [HEAD, *ROWS]


def test_head_over_several_columns_without_upright_rules():
    def draw(page: Page) -> None:
        page.text(280, 113, "Plan and outcome of 2020")
        page.rows(118, EDGES, [HEAD, *ROWS])
        for y in (100, 136, 208):
            page.line(60, y, 500, y)

    grid = only(pdf(draw))
    head = next(c for c in grid.cells if c.text.startswith("Plan and"))
    assert (head.row, head.column, head.column_span) == (1, 2, 3)
    assert texts(grid)[1:] == [HEAD, *ROWS]


def test_a_label_over_two_lines_is_one_cell():
    rows = [HEAD, *ROWS]

    def draw(page: Page) -> None:
        bottom = page.rows(100, EDGES, rows)
        page.text(64, bottom + 13, "Communes of the old")
        page.rows(bottom + 12, EDGES, [["district north", "1.111", "2.222", "3,3"]])
        page.rows(bottom + 30, EDGES, [["Others", "4.444", "5.555", "6,6"]])

    found = texts(only(pdf(draw)))
    assert ["Communes of the old\ndistrict north", "1.111", "2.222", "3,3"] in found
    assert found[-1][0] == "Others"


def test_space_grouped_thousands_stay_in_one_cell():
    rows = [
        ["North", "1 234 567", "12 345"],
        ["South", "234 567", "1 234 567"],
        ["All", "1 469 134", "88"],
    ]
    found = texts(only(pdf(lambda p: p.rows(100, [60, 200, 330, 440], rows))))
    assert found == rows


def test_a_currency_sign_belongs_to_its_figure():
    def draw(page: Page) -> None:
        for n, (name, a, b) in enumerate(
            [("North", "1,234", "55"), ("South", "20", "6,777"), ("All", "1,254", "6,832")]
        ):
            y = 100 + 15 * n
            page.text(60, y, name)
            for x, figure in ((200, a), (300, b)):
                page.text(x, y, "$")
                page.text(x + 60, y, figure, right=True)

    assert texts(only(pdf(draw)))[0] == ["North", "$ 1,234", "$ 55"]


def test_tables_side_by_side_are_two():
    def draw(page: Page) -> None:
        page.table(100, [60, 160, 240], [["A", "1"], ["B", "2"]])
        page.table(100, [320, 420, 500], [["C", "3"], ["D", "4"]])

    grids = page_grids(document(pdf(draw)))
    assert [texts(g) for g in grids] == [[["A", "1"], ["B", "2"]], [["C", "3"], ["D", "4"]]]


def test_words_set_without_a_blank_are_cut_at_the_rule():
    stream = b"BT /F1 10 Tf 60 700 Td (12345678) Tj ET 82.2 690 m 82.2 720 l S 50 690 m 50 720 l S 120 690 m 120 720 l S "
    stream += b"50 690 m 120 690 l S 50 720 m 120 720 l S 50 705 m 120 705 l S"
    content = raw_pdf(stream, b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>")
    words = next(PdfiumReader(content).pages()).words
    assert [w.text for w in words] == ["1234", "5678"]


# --- pages that lie on their side -------------------------------------------


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_rotation_moves_boxes_and_keeps_cells(turn: int):
    content = pdf(lambda p: p.table(300, EDGES, [HEAD, *ROWS]), rotate=turn)
    grid = only(content)
    assert texts(grid) == [HEAD, *ROWS]
    page = next(PdfiumReader(content).pages())
    assert {w.angle for w in page.words} == {turn}
    assert all(0 <= c.box[0] < c.box[2] <= page.width for c in grid.cells if c.box)


@pytest.mark.parametrize("angle", [90, 270])
def test_a_table_set_sideways_is_read_upright_and_its_boxes_lie_on_the_page(angle: int):
    def draw(page: Page) -> None:
        page.canvas.translate(0 if angle == 270 else 595, 842 if angle == 270 else 0)
        page.canvas.rotate(-90 if angle == 270 else 90)
        page.canvas.translate(0, -250)
        page.table(100, EDGES, [HEAD, *ROWS])

    grid = only(pdf(draw))
    assert texts(grid) == [HEAD, *ROWS]
    assert grid.box is not None
    assert grid.box[2] - grid.box[0] == pytest.approx(90, abs=2)
    assert grid.box[3] - grid.box[1] == pytest.approx(440, abs=2)


def test_a_header_set_upwards_is_read():
    def draw(page: Page) -> None:
        page.table(160, EDGES, ROWS)
        page.line(60, 100, 500, 100)
        for x in EDGES:
            page.line(x, 100, x, 160)
        for x, word in zip((80, 220, 320, 420), HEAD, strict=True):
            page.canvas.saveState()
            page.canvas.translate(x, HEIGHT - 155)
            page.canvas.rotate(90)
            page.canvas.setFont("Helvetica", 9)
            page.canvas.drawString(0, 0, f"{word} of")
            page.canvas.drawString(0, -11, "2020")
            page.canvas.restoreState()

    assert texts(only(pdf(draw)))[0] == [f"{word} of\n2020" for word in HEAD]


def test_small_print_is_read_and_its_boxes_are_true():
    edges = [60, 90, 110, 130]
    rows = [["North", "1.234", "5.678"], ["South", "2.222", "3.333"], ["All", "3.456", "9.011"]]

    def draw(page: Page) -> None:
        page.size = 2
        page.table(100, edges, [["", "", ""]] * 3, step=3)
        for n, row in enumerate(rows):
            for x, text in zip(edges, row, strict=False):
                page.text(x + 1, 102.2 + 3 * n, text)

    grid = only(pdf(draw))
    assert texts(grid) == rows
    assert grid.box == pytest.approx((60, 100, 130, 109), abs=0.5)


# --- one table over several pages -------------------------------------------


def part(rows: list[list[str]], title: str | None = None, at: float = 100):
    def draw(page: Page) -> None:
        if title:
            page.text(60, at - 12, title)
        page.table(at, EDGES, rows)
        page.text(290, 820, "7")

    return draw


def test_pages_are_joined_and_the_repeated_head_goes():
    numbers = ["A", "1", "2", "3"]
    content = pdf(
        part([HEAD, numbers, *ROWS[:2]]),
        part([HEAD, numbers, ROWS[2]], at=60),
        part([numbers, ROWS[3]], at=60),
    )
    (grid,) = extract(document(content)).grids
    assert texts(grid) == [HEAD, numbers, *ROWS]
    assert [c.page for c in grid.cells if c.column == 1] == [1, 1, 1, 1, 2, 3]
    assert len(page_grids(document(content))) == 3


def test_a_part_without_head_goes_on():
    (grid,) = extract(document(pdf(part([HEAD, *ROWS[:2]]), part(ROWS[2:], at=60)))).grids
    assert texts(grid) == [HEAD, *ROWS]


@pytest.mark.parametrize(
    "second",
    [
        part([["Region", "Births", "Deaths", "Ratio"], *ROWS]),
        part(ROWS, title="Table 2: Something else altogether"),
    ],
)
def test_another_table_is_not_joined(second):
    assert len(extract(document(pdf(part([HEAD, *ROWS]), second))).grids) == 2


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


def test_heads_in_levels_with_labels_at_half_their_height():
    edges = [60, 90, 180, 250, 320, 390, 460, 530]

    def middle(page: Page, x0: float, x1: float, y: float, text: str) -> None:
        page.text((x0 + x1) / 2 - page.canvas.stringWidth(text, "Helvetica", 8) / 2, y, text)

    def draw(page: Page) -> None:
        page.size = 8
        middle(page, 60, 90, 118, "No")
        middle(page, 90, 180, 118, "Unit")
        for x0, x1, head in ((180, 320, "Health"), (320, 460, "Pensions")):
            middle(page, x0, x1, 110, head)
        middle(page, 460, 530, 118, "Remarks")
        for x0, x1, head in zip(edges[2:6], edges[3:7], ("Plan", "Done") * 2, strict=True):
            middle(page, x0, x1, 126, head)
        bottom = page.rows(132, edges, [["1", "Nam Sach", "5.792", "7.593", "10", "8"]] * 4, 16)
        for y in range(132, int(bottom) + 1, 16):
            page.line(60, y, 530, y)

    grid = only(pdf(draw))
    assert grid.column_count == 7
    heads = {c.text: (c.column, c.column_span) for c in grid.cells if c.row == 1 and c.text}
    assert heads["Health"] == (3, 2)
    assert heads["Pensions"] == (5, 2)
    assert heads["Remarks"] == (7, 1)
    leaves = [c.text for c in grid.cells if c.row == 2 and 3 <= c.column <= 6]
    assert leaves == ["Plan", "Done"] * 2


def test_a_head_over_all_figures_above_a_label_of_two_lines():
    edges = [50, 80, 270, 330, 390, 450, 510]
    rows = [["Nam Sach", "5.792", "7.593", "10.020", "8.117"]] * 3

    def middle(page: Page, x0: float, x1: float, y: float, text: str) -> None:
        page.text((x0 + x1) / 2 - page.canvas.stringWidth(text, "Helvetica", 8) / 2, y, text)

    def draw(page: Page) -> None:
        page.size = 8
        middle(page, 270, 510, 110, "Year 2022")
        middle(page, 50, 80, 116, "No")
        middle(page, 80, 270, 116, "Indicator")
        for x0, x1, head in zip(
            edges[2:],
            edges[3:],
            ("Quarter I", "Quarter II", "Quarter III", "Quarter IV"),
            strict=False,
        ):
            middle(page, x0, x1, 122, head)
        page.text(84, 136, "Value of what was made in all the works")
        page.text(84, 144, "(thousand)")
        page.text(60, 140, "1")
        for x1, figure in zip(edges[3:], rows[0][1:], strict=True):
            page.text(x1 - 4, 140, figure, right=True)
        page.rows(150, edges, [["", *row] for row in rows], 14)
        for y in (100, 126, 194):
            page.line(50, y, 510, y)

    grid = only(pdf(draw))
    heads = {c.text: (c.column, c.column_span) for c in grid.cells if c.row == 1 and c.text}
    assert heads["Year 2022"] == (3, 4)
    assert {c.text: c.column_span for c in grid.cells}["Indicator"] == 1


def test_a_lone_head_over_some_columns_is_no_title():
    def draw(page: Page) -> None:
        page.text(60, 80, "A title at the left edge of the table")
        page.text(365, 113, "Insured")
        page.rows(118, EDGES, [HEAD, *ROWS])

    grid = only(pdf(draw))
    heads = {c.text for c in grid.cells if c.row == 1}
    assert "Insured" in heads
    assert not any("title" in c.text for c in grid.cells)


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


def test_figures_set_in_the_middle_of_a_label_of_two_lines_are_its_row():
    def draw(page: Page) -> None:
        top = page.rows(100, EDGES, [HEAD, *ROWS[:2]])
        page.text(64, top + 10, "Farms, woods and")
        page.rows(top + 3, EDGES, [["", "1.111", "2.222", "3,3"]])
        page.text(64, top + 22, "All waters")
        page.rows(top + 28, EDGES, ROWS[2:])

    found = texts(only(pdf(draw)))
    assert found[3] == ["Farms, woods and\nAll waters", "1.111", "2.222", "3,3"]
    assert [row[0] for row in found[4:]] == ["Tu Ky", "Total"]


@pytest.mark.parametrize(
    ("shift", "count"),
    [pytest.param(0, 1, id="columns go on"), pytest.param(25, 2, id="columns stand elsewhere")],
)
def test_a_long_line_over_rows_in_the_same_columns_heads_a_part_of_the_table(shift, count):
    long = "Growth as against the same time of the year before it (%) - of all"

    def draw(page: Page) -> None:
        bottom = page.rows(100, EDGES, [HEAD, *ROWS])
        page.text(64, bottom + 11, long)
        moved = [EDGES[0], *(x + shift for x in EDGES[1:])]
        page.rows(bottom + 15, moved, ROWS)

    found = page_grids(document(pdf(draw)))
    assert len(found) == count
    whole = [row for grid in found for row in texts(grid)]
    assert ([long, "", "", ""] in whole) == (count == 1)
    assert [row for row in whole if row[0] == "Tu Ky"] == [ROWS[2]] * 2


def test_what_stands_above_a_title_in_larger_letters_heads_no_column():
    def draw(page: Page) -> None:
        page.text(80, 70, "PEOPLE'S COMMITTEE")
        page.text(330, 70, "SOCIALIST REPUBLIC")
        page.size = 13
        page.text(150, 88, "Woods of the province in 2023")
        page.size = 10
        page.rows(92, EDGES, [HEAD, *ROWS])

    content = extract(document(pdf(draw)))
    assert texts(content.grids[0]) == [HEAD, *ROWS]
    assert any("Woods of" in p.text for p in content.passages)


def test_a_label_that_opens_the_rows_is_no_part_of_the_head():
    edges = [60, 200, 275, 350, 425, 500, 575]

    def draw(page: Page) -> None:
        page.text(246, 121, "Year")
        page.text(430, 112, "Of which")
        page.line(60, 100, 575, 100)
        for x0, text in zip(edges[2:], ("Q 1", "Q 2", "Q 3", "Q 4"), strict=False):
            page.text(x0 + 52, 128, text)
        page.line(60, 133, 575, 133)
        page.text(64, 146, "Value (bill.)")
        page.rows(150, edges, [["Total", "10,5", "2,5", "2,6", "2,7", "2,7"]] * 3)

    grid = only(pdf(draw))
    head = next(c for c in grid.cells if c.text == "Of which")
    assert (head.column, head.column_span) == (3, 4)
