"""Tables without rules as offices print them: labels in the middle of their rows, groups, narrow columns."""

from __future__ import annotations

import pytest

from extractors.pdf.grids import cell_text
from extractors.pdf.objects import Word
from tests.pdf_pages import Page, only, pdf, texts

EDGES = [60, 90, 220, 300, 380, 460]
HEAD = ["No", "District", "Plan", "Actual", "Rate"]
ROWS = [
    ["1", "Nam Sach", "5.792", "7.593", "131,1"],
    ["2", "Kim Thanh", "1.888", "1.750", "92,7"],
    ["3", "Tu Ky", "12.345", "12.300", "99,6"],
]


def _half_label(page: Page, y: float, upper: str, row: list[str], lower: str) -> float:
    """A row whose label of two lines has its figures at half their height."""
    page.text(EDGES[1] + 4, y + 9, upper)
    page.rows(y + 1, EDGES, [[row[0], "", *row[2:]]])
    page.text(EDGES[1] + 4, y + 20, lower)
    return y + 30


def test_ordinals_of_two_kinds_share_their_column():
    def draw(page: Page) -> None:
        page.rows(100, [60, 110, 220, 300, 380], [["No", "Source", "Plan", "Actual"]])
        y = 118.0
        for mark, label, *figures in (
            ("A", "All revenue", "9.792", "8.593"),
            ("1", "Inland", "5.888", "5.750"),
            ("2", "Crude oil", "1.345", "1.300"),
            ("B", "All expenses", "2.559", "1.543"),
            ("1", "Investment", "2.059", "1.143"),
        ):
            page.text(94 if mark.isdigit() else 64, y + 13, mark)
            y = page.rows(y, [110, 220, 300, 380], [[label, *figures]])

    grid = only(pdf(draw))
    assert grid.column_count == 4
    assert [row[0] for row in texts(grid)] == ["No", "A", "1", "2", "B", "1"]


def test_units_set_to_two_sides_share_their_column():
    def draw(page: Page) -> None:
        page.rows(100, [60, 160, 240, 320, 400], [["Item", "Unit", "2019 plan", "2019 done"]])
        y = 118.0
        for label, unit, *figures in (
            ("Output", "Tons", "9.792", "8.593"),
            ("Growth", "%", "5,8", "5,7"),
            ("Area", "Hectares", "1.345", "1.300"),
            ("Share", "%", "55,9", "54,3"),
        ):
            page.text(222 if unit == "%" else 164, y + 13, unit)
            y = page.rows(y, [60, 160, 240, 320, 400], [[label, "", *figures]])

    found = texts(only(pdf(draw)))
    assert [row[1] for row in found] == ["Unit", "Tons", "%", "Hectares", "%"]


def test_columns_that_no_row_fills_both_but_the_head_stay_two():
    def draw(page: Page) -> None:
        page.rows(100, [60, 160, 240, 320], [["District", "Up", "Down"]])
        page.rows(118, [60, 160, 240, 320], [["North", "12", ""], ["South", "", "15"]])
        page.rows(154, [60, 160, 240, 320], [["East", "11", ""], ["West", "", "13"]])

    assert texts(only(pdf(draw)))[1:] == [
        ["North", "12", ""],
        ["South", "", "15"],
        ["East", "11", ""],
        ["West", "", "13"],
    ]


def test_labels_of_two_lines_with_their_figures_between():
    def draw(page: Page) -> None:
        page.rows(100, EDGES, [HEAD])
        y = 124.0
        for number, (upper, lower) in enumerate(
            (("Communes of", "old Nam Sach"), ("Towns of the", "two coasts"), ("All the", "rest")),
            1,
        ):
            y = _half_label(page, y, upper, [str(number), "", "5.792", "7.593", "131,1"], lower)

    found = texts(only(pdf(draw)))
    assert found == [
        HEAD,
        ["1", "Communes of\nold Nam Sach", "5.792", "7.593", "131,1"],
        ["2", "Towns of the\ntwo coasts", "5.792", "7.593", "131,1"],
        ["3", "All the\nrest", "5.792", "7.593", "131,1"],
    ]


def test_two_labels_of_two_lines_and_a_year_in_the_lower_one():
    edges = [60, 90, 210, 300, 380, 460]

    def draw(page: Page) -> None:
        page.rows(100, edges, [["No", "Work", "Decision", "Cost", "Paid"]])
        y = 124.0
        for number in range(1, 4):
            page.text(94, y + 9, "Road from the")
            page.text(214, y + 9, f"No {number}12 of")
            page.rows(y + 1, edges, [[str(number), "", "", "80.500", "50.250"]])
            page.text(94, y + 20, "upper village")
            page.text(214, y + 20, "12/6/2022")
            y += 30

    rows = texts(only(pdf(draw)))[1:]
    assert [row[1] for row in rows] == ["Road from the\nupper village"] * 3
    assert [row[2] for row in rows] == [f"No {n}12 of\n12/6/2022" for n in (1, 2, 3)]
    assert [row[0] for row in rows] == ["1", "2", "3"]


def test_a_group_right_below_the_head_is_a_row():
    def draw(page: Page) -> None:
        bottom = page.rows(100, EDGES, [HEAD, ["I", "Coast", "", "", ""], *ROWS])
        page.rows(bottom, EDGES, [["II", "Hills", "", "", ""], *ROWS])

    found = texts(only(pdf(draw)))
    assert found[:3] == [HEAD, ["I", "Coast", "", "", ""], ROWS[0]]


def test_a_total_without_an_ordinal_right_below_the_head_is_a_row():
    total = ["", "All districts", "20.025", "21.643", "108,1"]
    found = texts(only(pdf(lambda p: p.rows(100, EDGES, [HEAD, total, *ROWS]))))
    assert found == [HEAD, total, *ROWS]


def test_a_unit_over_all_figures_is_a_row_of_its_own():
    edges = [60, 200, 260, 320, 380]

    def draw(page: Page) -> None:
        page.rows(100, edges, [["", "2019", "2020", "2021"]])
        page.text(222, 131, "Thousand persons in all")
        bottom = page.rows(
            136, edges, [["Men", "583", "461", "352"], ["Women", "560", "420", "320"]]
        )
        page.text(222, bottom + 13, "Structure in percent")
        page.rows(
            bottom + 18, edges, [["Men", "51,0", "52,3", "52,4"], ["Women", "49", "48", "48"]]
        )

    grid = only(pdf(draw))
    over = {c.text: (c.row, c.column, c.column_span) for c in grid.cells if c.column_span > 1}
    assert over == {"Thousand persons in all": (2, 2, 3), "Structure in percent": (5, 2, 3)}


def test_a_label_in_the_middle_of_its_rows_is_merged_over_them():
    edges = [60, 160, 220, 300, 380]
    years = ("2018", "2020", "2022")

    def rows(name: str) -> list[list[str]]:
        return [[name if y == "2020" else "", y, "3.912", "4.812"] for y in years]

    head = ["Province", "Year", "Urban", "Rural"]
    grid = only(pdf(lambda p: p.rows(100, edges, [head, *rows("Nam Dinh"), *rows("Ha Nam")])))
    spans = {c.text: (c.row, c.row_span) for c in grid.cells if c.column == 1}
    assert spans == {"Province": (1, 1), "Nam Dinh": (2, 3), "Ha Nam": (5, 3)}


def test_labels_that_open_their_groups_are_not_merged():
    edges = [60, 160, 220, 300, 380]
    rows = [
        [name if n == 0 else "", year, "3.912", "4.812"]
        for name in ("Nam Dinh", "Ha Nam")
        for n, year in enumerate(("2018", "2020", "2022"))
    ]
    head = ["Province", "Year", "Urban", "Rural"]
    grid = only(pdf(lambda p: p.rows(100, edges, [head, *rows])))
    assert all(c.row_span == 1 for c in grid.cells)


def test_long_labels_do_not_end_a_table():
    edges = [40, 70, 330, 400, 470, 540]
    long = "Net tax on the sale of all new cars at a gate"
    rows = [
        ["1", "Inland", "5.792", "7.593", "131,1"],
        ["2", long, "1.888", "1.750", "92,7"],
        ROWS[2],
    ]
    found = texts(only(pdf(lambda p: p.rows(100, edges, [HEAD, *rows]))))
    assert found == [HEAD, *rows]


def test_a_span_of_years_broken_at_its_dash_is_one():
    words = [
        Word("Mean", 10, 10, 30, 20, 10),
        Word("2021-", 33, 10, 60, 20, 10),
        Word("2025", 10, 22, 32, 32, 10),
    ]
    assert cell_text(words) == ("Mean 2021-2025", ())


@pytest.mark.parametrize(("gap", "sure"), [(7, False), (12, True)])
def test_columns_that_narrow_blanks_part_are_doubtful(gap: float, sure: bool):
    heads = ["Plan", "Done", "Left", "Rest"]

    def draw(page: Page) -> None:
        for number in range(4):
            y = 100 + 18 * number
            page.text(64, y, ["District", "North", "South", "East"][number])
            for column, figure in enumerate(["2.018", "5.792", "7.593", "1.131"]):
                page.text(160 + column * (25.02 + gap), y, figure if number else heads[column])

    grid = only(pdf(draw))
    assert grid.column_count == 5
    assert all((c.confidence == 1.0) is sure for c in grid.cells if c.text)


def test_rules_leave_no_doubt_of_columns():
    edges = [60, 120, 150, 180]
    grid = only(pdf(lambda p: p.table(100, edges, [["North", "5.79", "7.59"]] * 4)))
    assert all(c.confidence == 1.0 for c in grid.cells)


def test_a_long_head_of_three_is_no_running_text():
    edges = [60, 150, 230, 300, 520]
    long = "Done this time as a part of that in the year before"

    def draw(page: Page) -> None:
        page.size = 8
        page.rows(100, edges, [["", "Same time", "This time", long]])
        page.rows(110, edges, [["", "(Ha)", "(Ha)", "(%)"]])
        page.rows(
            122, edges, [["Rice", "72.512", "72.110", "99,4"], ["Maize", "1.212", "1.190", "98,2"]]
        )

    assert long in texts(only(pdf(draw)))[0][3]
