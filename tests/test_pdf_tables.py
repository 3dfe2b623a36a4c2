"""Tables in PDFs as printed: ruled, half ruled and bare ones, turned, cut by page breaks, their heads."""

from __future__ import annotations

import pytest

from extractors.pdf import extract, page_grids
from extractors.pdf.pdfium import PdfiumReader
from tests.pdf_pages import (
    EDGES,
    HEAD,
    HEIGHT,
    ROWS,
    Page,
    document,
    only,
    part,
    pdf,
    raw_pdf,
    texts,
)

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
    assert {round(w.x1 - w.x0, 2) for w in next(PdfiumReader(pdf(draw)).pages()).words} == {10.0}
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


# --- heads and labels ------------------------------------------------


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
