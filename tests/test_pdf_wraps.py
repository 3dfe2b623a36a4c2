"""Labels over several lines where nothing but their words says which row a line is of."""

from __future__ import annotations

import pytest

from tests.pdf_pages import Page, only, pdf, texts

STEP = 11.6
EDGES = [60, 90, 180, 260, 340]
HEAD = ["TT", "Chi tieu", "Du toan", "Thuc hien"]
Rows = list[tuple[str, list[str], list[str]]]
ROWS: Rows = [
    ("1", ["Thu tu khu vuc", "doanh nghiep", "nha nuoc"], ["9.152.441", "4.200.113"]),
    ("2", ["Le phi truoc ba"], ["1.100.200", "612.500"]),
    ("3", ["Thu tien su dung", "dat o"], ["3.020.100", "2.900.050"]),
    ("4", ["Chi thuong", "xuyen cua cac", "co quan"], ["7.400.000", "3.100.900"]),
]
NAMES: Rows = [
    ("1", ["Huyen Thuan", "Bac"], ["9.152", "4.200"]),
    ("2", ["Huyen Nghia", "Hung"], ["1.100", "612"]),
    ("3", ["Huyen Thanh", "Son Ha"], ["3.020", "2.900"]),
    ("4", ["Huyen Quang", "Xuong"], ["7.400", "3.100"]),
    ("5", ["Huyen Cam", "Xuyen"], ["6.090", "5.007"]),
    ("6", ["Huyen Vinh", "Loc"], ["4.880", "2.035"]),
]


def _drawn(rows: Rows, align: float, gap: float) -> bytes:
    """A page set line by line, figures so far down their label, so much blank between rows."""

    def draw(page: Page) -> None:
        page.text(60, 80, "A page that prints the blanks between its words, 12.345")
        page.rows(90, EDGES, [HEAD])
        pieces: list[tuple[float, float, str, bool]] = []
        y = 128.0
        for mark, label, figures in rows:
            pieces += [(y + n * STEP, EDGES[1], text, False) for n, text in enumerate(label)]
            at = y + align * (len(label) - 1) * STEP
            pieces.append((at, EDGES[0], mark, False))
            pieces += [(at, x, text, True) for x, text in zip(EDGES[3:], figures, strict=False)]
            y += len(label) * STEP + gap
        for at, x, text, right in sorted(pieces):
            if text:
                page.text(x, at, text, right=right)

    return pdf(draw)


def _read(rows: Rows) -> list[list[str]]:
    return [[mark, "\n".join(label), *figures] for mark, label, figures in rows]


@pytest.mark.parametrize("rows", [ROWS, NAMES])
@pytest.mark.parametrize("gap", [0.0, 1.0, 6.0])
@pytest.mark.parametrize("align", [0.0, 0.5, 1.0])
def test_figures_stand_at_the_same_line_of_all_labels(rows: Rows, align: float, gap: float):
    grid = only(_drawn(rows, align, gap))
    assert texts(grid) == [HEAD, *_read(rows)]
    assert all(c.confidence == 1.0 for c in grid.cells)


@pytest.mark.parametrize("align", [0.0, 1.0])
def test_what_heads_rows_is_in_none_of_them(align: float):
    rows: Rows = [("I", ["Thu noi dia"], ["", ""]), *ROWS, ("II", ["Vay"], ["", ""]), *ROWS]
    assert texts(only(_drawn(rows, align, 0.0))) == [HEAD, *_read(rows)]


def test_rows_that_may_be_others_are_in_doubt():
    rows: Rows = [
        ("1", ["Phuong Thanh", "Phuong Quang"], ["9.152", "4.200"]),
        ("2", ["Phuong Trung", "Phuong Hoang"], ["1.100", "612"]),
        ("3", ["Phuong Khanh", "Phuong Duong"], ["3.020", "2.900"]),
    ]
    grid = only(_drawn(rows, 1.0, 0.0))
    assert all(c.confidence < 0.95 for c in grid.cells if c.text[:1].isdigit())


def test_a_row_that_a_page_break_cuts_is_in_doubt_and_the_others_are_not():
    rows: Rows = [("1", ["", "Bac"], ["8.152", "4.200"]), *NAMES[1:], ("7", ["Ha"], ["5", "4"])]
    grid = only(_drawn(rows, 0.5, 0.0))
    doubted = {c.text for c in grid.cells if c.confidence < 0.95}
    assert "8.152" in doubted
    assert doubted.isdisjoint({"1.100", "3.020", "7.400", "5"})


def test_notes_of_many_lines_beside_the_figures_do_not_end_the_table():
    notes = ["Chua ke thu", "tien su dung", "dat va tien", "cho thue dat", "cua cac du", "an moi"]

    def draw(page: Page) -> None:
        page.text(60, 80, "A page that prints the blanks between its words, 12.345")
        page.rows(90, [*EDGES, 430], [[*HEAD, "Ghi chu"]])
        y = 128.0
        for mark, label, figures in ROWS:
            page.rows(y - 13, [60, 90], [[mark]])
            for x, text in zip(EDGES[3:], figures, strict=True):
                page.text(x, y, text, right=True)
            for x, lines in ((EDGES[1], label), (EDGES[4] + 4, notes)):
                for number, line in enumerate(lines):
                    page.text(x, y + number * STEP, line)
            y += len(notes) * STEP + 4

    grid = only(pdf(draw))
    assert texts(grid)[1:4] == [[*row, "\n".join(notes)] for row in _read(ROWS)[:3]]


def test_a_heading_with_an_ordinal_right_below_the_head_is_a_row():
    def draw(page: Page) -> None:
        page.text(60, 80, "A page that prints the blanks between its words, 12.345")
        page.rows(90, EDGES, [HEAD], step=12)
        page.text(60, 109, "I")
        page.text(90, 109, "Thu noi dia")
        for number, (mark, label, figures) in enumerate(ROWS):
            page.rows(110 + 12 * number, EDGES, [[mark, label[0], *figures]], step=12)

    assert texts(only(pdf(draw)))[:2] == [HEAD, ["I", "Thu noi dia", "", ""]]
