"""Tables side by side on a page: what stands over each of them is said of that one."""

from __future__ import annotations

from collections.abc import Callable

from extractors.pdf import extract
from solieu.model import Content, Grid
from tests.pdf_pages import Page, document, pdf

LEFT = [50, 170, 270]
RIGHT = [320, 440, 540]
INCOME = [["Item", "Plan"], ["Taxes", "5.792"], ["Land", "1.888"], ["Grants", "740"]]
SPENDING = [["Item", "Plan"], ["Schools", "3.100"], ["Roads", "905"]]


def both(draw: Callable[[Page], None]) -> Content:
    def page(drawn: Page) -> None:
        drawn.text(150, 40, "Budget of the district in the first half of the year 2022")
        draw(drawn)
        drawn.table(100, LEFT, INCOME)
        drawn.table(100, RIGHT, SPENDING)
        drawn.text(440, 185, "CHAIRMAN")

    return extract(document(pdf(page)))


def first_label(grid: Grid) -> str:
    return next(c.text for c in grid.cells if (c.row, c.column) == (2, 1))


def said_of(content: Content) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(first_label(g), g.title, g.notes) for g in content.grids]


def test_titles_and_units_on_common_lines_are_cut_between_the_tables() -> None:
    def draw(page: Page) -> None:
        page.text(100, 80, "TABLE 1. INCOME", bold=True)
        page.text(370, 80, "TABLE 2. SPENDING", bold=True)
        page.text(270, 94, "Unit: million", right=True)
        page.text(540, 94, "Unit: thousand", right=True)

    assert said_of(both(draw)) == [
        ("Taxes", "TABLE 1. INCOME", ("Unit: million",)),
        ("Schools", "TABLE 2. SPENDING", ("Unit: thousand",)),
    ]


def test_a_unit_at_the_right_edge_is_said_of_both() -> None:
    content = both(lambda page: page.text(540, 94, "Unit: million", right=True))
    assert [g.notes for g in content.grids] == [("Unit: million",), ("Unit: million",)]


def test_the_signature_below_the_shorter_table_stands_over_none() -> None:
    content = both(lambda page: page.text(100, 90, "Income", bold=True))
    kinds = [b.text if not isinstance(b, Grid) else first_label(b) for b in content.blocks]
    assert kinds.index("Taxes") < kinds.index("CHAIRMAN")
    assert kinds.index("Schools") < kinds.index("CHAIRMAN")


def test_a_line_over_both_tables_stays_whole() -> None:
    content = both(
        lambda page: page.text(120, 90, "Income and spending of the district in 2022 by item")
    )
    texts = [p.text for p in content.passages]
    assert any("Income and spending of the district in 2022 by item" in t for t in texts)
