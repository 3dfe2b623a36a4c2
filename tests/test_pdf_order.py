"""Tables without rules whose cells a file sets one behind the other, however close they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.pdf import extract
from solieu.model import Grid
from tests.pdf_pages import Page, document, only, pdf, texts

SIZE = 10.0
WIDTHS = [25.02, 25.02, 30.58]
"""Of "1.234" twice, and of "12.345", in Helvetica of ten points."""

HEAD = ["Plan", "Done", "Left"]
LONG = [
    (["Town of the", "two old", "rivers"], ["1.203", "2.342", "45.123"]),
    (["Hill", "district"], ["2.115", "1.231", "10.502"]),
    (["Coast"], ["3.210", "4.005", "20.911"]),
    (["Islands of", "the outer", "sea and its", "coasts"], ["4.331", "1.002", "31.400"]),
]


def _row(
    page: Page, y: float, label: Sequence[str], figures: Sequence[str], gap: float, align: float
) -> float:
    """A row cell by cell; `align` 0 sets figures at the top of the label, 0.5 at its middle."""
    step = 1.16 * SIZE
    for number, line in enumerate(label):
        page.text(60, y + SIZE + number * step, line)
    x, at = 130.0, y + SIZE + align * (len(label) - 1) * step
    for width, figure in zip(WIDTHS, figures, strict=True):
        page.text(x + width, at, figure, right=True)
        x += width + gap
    return y + len(label) * step + 2


def _table(gap: float, align: float, *, one_line: bool = False) -> bytes:
    def draw(page: Page) -> None:
        page.text(60, 90, "A page that prints the blanks between its words")
        rows = [(["Name of it"], HEAD), *LONG]
        y = 120.0
        for label, figures in rows:
            y = _row(page, y, label[:1] if one_line else label, figures, gap, align)

    return pdf(draw)


@pytest.mark.parametrize("align", [0.0, 0.5])
@pytest.mark.parametrize("gap", [2.3, 3.0, 4.5, 8.0])
def test_labels_of_many_lines_are_of_the_row_they_were_set_in(gap: float, align: float):
    grid = only(_table(gap, align))
    assert texts(grid) == [
        ["Name of it", *HEAD],
        *(["\n".join(label), *figures] for label, figures in LONG),
    ]
    assert all(c.confidence == 1.0 for c in grid.cells)


@pytest.mark.parametrize("gap", [2.3, 3.0, 4.5])
def test_columns_no_further_apart_than_words_are_columns_where_they_were_set_apart(gap: float):
    found = texts(only(_table(gap, 0.0, one_line=True)))
    assert found[1:] == [[label[0], *figures] for label, figures in LONG]


def test_a_blank_within_a_label_parts_no_columns():
    def draw(page: Page) -> None:
        y = 100.0
        for label, figures in (("Ha Bac", HEAD), ("Ha Nam", LONG[0][1]), ("Ha Tay", LONG[1][1])):
            y = _row(page, y, [label], figures, 3.0, 0.0)

    assert [row[0] for row in texts(only(pdf(draw)))] == ["Ha Bac", "Ha Nam", "Ha Tay"]


def _under(heads: Sequence[tuple[float, str]], names: Sequence[str]) -> bytes:
    """Four columns of figures under heads that stand at places of the page."""

    def draw(page: Page) -> None:
        for x, head in heads:
            page.text(x, 110, head)
        y = 112.0
        figures = [["1.203", "2.342", "3.123", "4.222"], ["1.115", "2.231", "3.502", "4.105"]]
        for row in (["Area", *names], ["North", *figures[0]], ["South", *figures[1]]):
            page.text(60, y + SIZE, row[0])
            for number, cell in enumerate(row[1:]):
                page.text(155 + 45 * number, y + SIZE, cell, right=True)
            y += 13

    return pdf(draw)


def test_two_heads_no_further_apart_than_words_are_no_title():
    heads = [(132, "Debtors at the end"), (218, "Sums owed to the fund")]
    grid = only(_under(heads, ["2022", "2023", "2022", "2023"]))
    over = {c.text: (c.column, c.column_span) for c in grid.cells if c.row == 1 and c.text}
    assert over == {heads[0][1]: (2, 2), heads[1][1]: (4, 2)}


@pytest.mark.parametrize(
    ("names", "sure"),
    [
        pytest.param(["2020", "2021", "2022", "2023"], True, id="each its own"),
        pytest.param(["2022", "2023", "2022", "2023"], False, id="two of one name"),
        pytest.param(["2022", "2023", "2024", ""], False, id="one without a name"),
    ],
)
def test_columns_whose_heads_were_lost_are_in_doubt(names: list[str], sure: bool):
    grid = only(_under([], names))
    assert {c.confidence == 1.0 for c in grid.cells if c.text} == {sure}


def test_words_that_stand_one_over_each_column_are_their_heads():
    def draw(page: Page) -> None:
        starts = [60, 112, 140, 168, 196, 224]
        for x, word in zip(starts, ["Area", *["Mont"] * 4, "Sum"], strict=True):
            page.text(x - 2, 110, word, bold=True)
        for x, word in zip(starts[1:], "1234", strict=False):
            page.text(x + 8, 121, word, bold=True)
        for y, label in ((134, "All of it"), (147, "The north"), (160, "The south")):
            page.text(60, y, label)
            for number, x in enumerate(starts[1:], y):
                page.text(x, y, f"1.{number}")

    grid = only(pdf(draw))
    assert texts(grid)[:2] == [
        ["Area", *[f"Mont\n{n}" for n in range(1, 5)], "Sum"],
        ["All of it", *[f"1.{n}" for n in range(134, 139)]],
    ]


@pytest.mark.parametrize(
    ("heads", "sure"),
    [
        pytest.param([(146, "Insured"), (250, "Paid")], True, id="over two columns each"),
        pytest.param([(80, "Insured at the end of"), (236, "Paid")], False, id="over the labels"),
        pytest.param([(137, "Insured"), (200, "Paid")], False, id="over one column alone"),
    ],
)
def test_a_head_over_columns_that_are_not_its_own_makes_a_table_doubtful(
    heads: list[tuple[float, str]], *, sure: bool
):
    def draw(page: Page) -> None:
        page.text(60, 120, "Area of it")
        for x, head in heads:
            page.text(x, 110, head)
        rows = [
            ("", ["1st", "2nd", "3rd", "4th"]),
            ("North", ["1.203", "2.342", "3.123", "4.222"]),
            ("South", ["1.115", "2.231", "3.502", "4.105"]),
        ]
        for number, (label, cells) in enumerate(rows):
            page.text(60, 121 + 13 * number, label)
            for column, cell in enumerate(cells):
                page.text(155 + 45 * column, 121 + 13 * number, cell, right=True)

    grid = only(pdf(draw))
    assert {c.confidence == 1.0 for c in grid.cells if c.text} == {sure}


def test_a_part_under_doubtful_heads_is_in_doubt_too():
    def part(names: Sequence[str], first: int):
        def draw(page: Page) -> None:
            rows = [[label, *map(str, range(first, first + 4))] for label in ("North", "South")]
            for y, row in enumerate([["Area", *names], *rows] if names else rows):
                page.text(60, 110 + 13 * y, row[0])
                for number, cell in enumerate(row[1:]):
                    page.text(155 + 45 * number, 110 + 13 * y, cell, right=True)
            page.line(60, 95, 300, 95)

        return draw

    content = pdf(part(["2022", "2023", "2022", "2023"], 101), part([], 201))
    (grid,) = [b for b in extract(document(content)).blocks if isinstance(b, Grid)]
    assert {c.page for c in grid.cells} == {1, 2}
    assert all(c.confidence < 1.0 for c in grid.cells if c.text)
