"""Rows that the end of a page cuts in two."""

from __future__ import annotations

import pytest

from extractors.pdf import extract
from solieu.model import Grid
from tests.pdf_pages import EDGES, HEAD, Page, document, part, pdf, texts

FIRST = [
    HEAD,
    ["Nam Sach", "5.792", "7.593", "131,1"],
    ["Spent on roads", "1.888", "1.750", "92,7"],
]
SECOND = [["Tu Ky", "12.345", "-", "0,0"], ["Total", "20.025", "9.343", "46,7"]]


def _read(*parts: list[list[str]]) -> list[list[str]]:
    content = extract(document(pdf(*(part(rows, at=100) for rows in parts))))
    (grid,) = [block for block in content.blocks if isinstance(block, Grid)]
    return texts(grid)


@pytest.mark.parametrize("head", [[], [HEAD]])
def test_the_rest_of_a_label_goes_back_to_where_it_began(head: list[list[str]]):
    whole = _read(FIRST, [*head, ["and bridges", "", "", ""], *SECOND])
    label = "Spent on roads\nand bridges"
    assert whole == [*FIRST[:2], [label, *FIRST[2][1:]], *SECOND]


def test_the_rest_may_stand_in_the_head_of_the_next_page():
    head = ["District\nand bridges", *HEAD[1:]]

    def draw(page: Page) -> None:
        page.table(100, EDGES, [["", *HEAD[1:]], *SECOND])
        page.text(64, 108, "District")
        page.text(64, 116, "and bridges")

    content = extract(document(pdf(part(FIRST), draw)))
    assert head[0] not in str(content.blocks)
    (grid,) = [block for block in content.blocks if isinstance(block, Grid)]
    assert texts(grid)[2][0] == "Spent on roads\nand bridges"


@pytest.mark.parametrize(
    "row",
    [
        ["Other districts", "", "", ""],  # heads the rows below it
        ["of which new", "1", "2", "3"],  # has figures of its own
        ["and more", "for all", "", ""],  # the row above has no words there
    ],
)
def test_what_is_a_row_of_its_own_stays_one(row: list[str]):
    assert _read(FIRST, [row, *SECOND]) == [*FIRST, row, *SECOND]
