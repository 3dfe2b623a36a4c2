"""Heads of tables without rules: whose columns they are where they stand over no figures."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.pdf import extract
from tests.pdf_pages import Page, document, only, pdf, texts

ENDS = [190, 280, 370, 460]
ROWS = [
    ("North", ["1.203", "2.342", "3.123", "4.222"]),
    ("South", ["1.115", "2.231", "3.502", "4.105"]),
    ("West", ["1.900", "2.077", "3.640", "4.810"]),
]


def _body(page: Page, y: float, rows: Sequence[tuple[str, list[str]]] = ROWS) -> None:
    for number, (label, figures) in enumerate(rows):
        page.text(60, y + 14 * number, label)
        for end, figure in zip(ENDS, figures, strict=True):
            page.text(end, y + 14 * number, figure, right=True)


def _table(*heads: tuple[float, float, str]) -> bytes:
    """Heads at (x, y), figures at the right of broad columns."""

    def draw(page: Page) -> None:
        page.text(60, 80, "A page that prints the blanks between its words, 12.345")
        for x, y, text in heads:
            page.text(x, y, text)
        _body(page, 140)

    return pdf(draw)


FIRST = [(60.0, 110.0, "Area"), (105.0, 110.0, "In all"), (196.0, 110.0, "Paid by")]
LATER = [(286.0, 110.0, "Still"), (376.0, 110.0, "Sum")]


def test_heads_at_the_other_side_of_their_columns_go_to_them_in_turn():
    grid = only(_table(*FIRST, *LATER, (196.0, 121.0, "the state"), (286.0, 121.0, "owed")))
    assert texts(grid)[0] == ["Area", "In all", "Paid by\nthe state", "Still\nowed", "Sum"]
    assert all(c.confidence == 1.0 for c in grid.cells)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param((222.0, 121.0, "the state"), id="neither below it nor in its middle"),
        pytest.param((196.0, 121.0, "the     state"), id="a blank as between two heads"),
    ],
)
def test_a_head_of_lines_that_do_not_fit_together_is_in_doubt(line: tuple[float, float, str]):
    grid = only(_table(*FIRST, *LATER, line))
    assert all(c.confidence < 0.95 for c in grid.cells if c.text)


def test_heads_as_close_as_words_over_cells_as_close_are_the_head():
    def draw(page: Page) -> None:
        page.text(60, 80, "A page that prints the blanks between its words, 12.345")
        for x, text in ((60, "No"), (77, "Area"), (106, "Done in 2022"), (169, "Done in 2023")):
            page.text(x, 110, text)
        for number, (label, figures) in enumerate(ROWS):
            y = 124 + 14 * number
            page.text(64, y, "ABC"[number])
            page.text(77, y, label)
            page.text(163, y, figures[0], right=True)
            page.text(229, y, figures[1], right=True)

    assert texts(only(pdf(draw)))[0] == ["No", "Area", "Done in 2022", "Done in 2023"]


def test_parts_are_one_where_their_columns_stand_at_the_same_places():
    wide = ("All of the areas", ["101.218", "502.650", "110.265", "313.137"])

    def first(page: Page) -> None:
        for x, text in zip((60, 150, 240, 330, 420), ["Area", *"ABCD"], strict=True):
            page.text(x, 110, text)
        _body(page, 124, [wide, *ROWS])

    others = [(f"Isle {n}", [f"{n}.10{m}" for m in range(4)]) for n in range(5, 9)]
    (grid,) = extract(document(pdf(first, lambda page: _body(page, 60, others)))).grids
    assert grid.row_count == 1 + 1 + len(ROWS) + len(others)
