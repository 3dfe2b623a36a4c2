"""Tables of pages as a browser lays them out, whatever elements they are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.spans import Slot, place, squeeze, steps
from tests.html_pages import HEAD, kinds, only_grid, read, table, texts


def test_a_two_level_head_keeps_its_spans() -> None:
    grid = only_grid(
        table(
            "<td rowspan=2>Huyện</td><td colspan=2>Năm 2023</td>",
            "<td>Kế hoạch</td><td>Thực hiện</td>",
            "<td>A</td><td>1.000</td><td>1.200</td>",
        )
    )
    covering = grid.covering()
    assert texts(grid)[1] == [None, "Kế hoạch", "Thực hiện"]
    assert covering[2, 1].text == "Huyện"
    assert covering[1, 3].text == "Năm 2023"
    assert grid.header_rows is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ["<td rowspan=3>A</td><td>1</td>", "<td>2</td>"],
            [["A", "1"], [None, "2"]],
            id="row span beyond the last row",
        ),
        pytest.param(
            ["<td>A</td><td>B</td>", "<td colspan=9>C</td>"],
            [["A", "B"], ["C", None]],
            id="column span beyond the edge",
        ),
        pytest.param(
            ["<td rowspan=0>A</td><td>1</td>", "<td>2</td>", "<td>3</td>"],
            [["A", "1"], [None, "2"], [None, "3"]],
            id="row span 0 is the rest of the group",
        ),
        pytest.param(
            ["<td>1</td><td rowspan=2>X</td><td>2</td>", "<td colspan=3>Y</td><td>3</td>"],
            [["1", "X", "2"], ["Y", None, "3"]],
            id="overlapping cells are cut, not stacked",
        ),
        pytest.param(
            ["<td colspan='2;'>A</td><td>B</td>", "<td>1</td><td>2</td><td rowspan=x>3</td>"],
            [["A", None, "B"], ["1", "2", "3"]],
            id="spans with rubbish",
        ),
        pytest.param(
            ["<td>A</td><td>1", "<td>B<td>2"],
            [["A", "1"], ["B", "2"]],
            id="unclosed cells",
        ),
        pytest.param(
            [
                "<td>A</td><td hidden>9</td><td>1</td>",
                "<td>B</td><td style='display: none'>9</td><td>2</td>",
            ],
            [["A", "1"], ["B", "2"]],
            id="hidden cells are left out",
        ),
        pytest.param(
            [
                "<td></td><td></td><td></td>",
                "<td>A</td><td width=1></td><td>1</td>",
                "<td>B</td><td></td><td>2</td>",
            ],
            [["A", "1"], ["B", "2"]],
            id="spacer rows and columns are left out",
        ),
    ],
)
def test_wrong_markup_is_read_as_a_browser_shows_it(
    rows: list[str], expected: list[list[str]]
) -> None:
    assert texts(only_grid(table(*rows))) == expected


def test_a_row_span_ends_with_its_row_group() -> None:
    page = (
        "<table><thead><tr><th rowspan=5>A</th><th>B</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    grid = only_grid(page)
    assert texts(grid) == [["A", "B"], ["1", "2"]]
    assert grid.header_rows == 1


def test_a_foot_written_before_the_body_comes_last() -> None:
    page = (
        f"<table><thead>{HEAD}</thead><tfoot><tr><td>Tổng</td><td>3</td></tr></tfoot>"
        "<tbody><tr><td>A</td><td>3</td></tr></tbody></table>"
    )
    assert [row[0] for row in texts(only_grid(page))] == ["Tên", "A", "Tổng"]


def test_only_the_inner_table_of_a_layout_is_data() -> None:
    inner = table(
        "<td>Huyện</td><td>Số</td>", "<td>A</td><td>1.234</td>", "<td>B</td><td>2.345</td>"
    )
    page = table(
        "<td>Trang chủ</td><td>Giới thiệu</td>",
        f"<td>Số liệu năm 2020 của tỉnh</td><td>{table(f'<td>{inner}</td>')}</td>",
    )
    content = read(page)
    assert len(content.grids) == 1
    assert texts(content.grids[0])[1] == ["A", "1.234"]
    assert "Số liệu năm 2020 của tỉnh" in kinds(content)
    assert not any("1.234" in p.text for p in content.passages)


def test_lines_marks_and_units_inside_a_cell() -> None:
    grid = only_grid(
        table(
            "<td>Chỉ<br>tiêu</td><td><p>Diện tích</p><p>(km<sup>2</sup>)</p></td>",
            "<td>Đất&nbsp;nông<!-- x --> nghiệp<sup>(1)</sup></td><td>12.345<sup>2</sup></td>",
        )
    )
    cells = {(c.row, c.column): c for c in grid.cells}
    assert cells[1, 1].text == "Chỉ\ntiêu"
    assert cells[1, 2].text == "Diện tích\n(km²)"
    assert (cells[2, 1].text, cells[2, 1].marks) == ("Đất nông nghiệp", ("1",))
    assert (cells[2, 2].text, cells[2, 2].marks) == ("12.345", ("2",))


def test_indentation_by_style_and_by_blanks() -> None:
    grid = only_grid(
        table(
            "<td>Tổng</td><td>9</td>",
            "<td style='padding-left: 20px'>Trong đó</td><td>5</td>",
            "<td><span style='margin-left:40px'>Nữ</span></td><td>3</td>",
            "<td>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;Nam</td><td>2</td>",
        )
    )
    assert [c.indent for c in grid.cells if c.column == 1] == [0, 1, 2, 1]


@pytest.mark.parametrize(
    ("cell", "text", "bold"),
    [
        ("<p><span>12</span></p>", "12", False),
        ("\n <p>\n<span style='font-weight:bold'> 1.\n 234 </span></p>\n", "1. 234", True),
        ("<p><span style='display:none'>99</span></p>", "", False),
        ("<p><b>12</b>&nbsp;</p>", "12", True),
        ("<p><b>12</b> và 13</p>", "12 và 13", False),
        ("<p><b> </b></p>", "", False),
        ("<p><span>12</span><sup>(1)</sup></p>", "12", False),
    ],
)
def test_wrappers_around_all_that_a_cell_says(cell: str, text: str, bold: bool) -> None:
    grid = only_grid(
        table("<td>X</td><td>1</td>", "<td>A</td><td>2</td>", f"<td>B</td><td>{cell}</td>")
    )
    assert [(c.text, c.bold) for c in grid.cells][-1] == (text, bold)


def test_bold_rows_are_marked() -> None:
    grid = only_grid(
        table("<td><b>Tổng</b></td><td style='font-weight:700'>9</td>", "<td>A</td><td>9</td>")
    )
    assert [c.bold for c in grid.cells] == [True, True, False, False]


def test_caption_unit_and_notes_go_with_the_table() -> None:
    page = (
        "<h1>Báo cáo năm</h1><h2>Kết quả thực hiện</h2><p>Bảng 2. Thu ngân sách theo huyện</p><p><i>Đơn vị tính: triệu đồng</i></p>"
        + table("<td>Huyện</td><td>Thu</td>", "<td>A</td><td>1.234</td>")
        + "<p>Nguồn: Cục Thống kê</p><p>Các huyện tiếp tục thực hiện.</p>"
    )
    grid = only_grid(page)
    assert grid.title == "Bảng 2. Thu ngân sách theo huyện"
    assert grid.notes == ("Đơn vị tính: triệu đồng", "Nguồn: Cục Thống kê")
    assert grid.section == ("Kết quả thực hiện",)


def test_a_caption_element_is_the_title() -> None:
    page = (
        f"<h2>Khác</h2><table><caption>Dân số</caption>{HEAD}<tr><td>A</td><td>1</td></tr></table>"
    )
    assert only_grid(page).title == "Dân số"


ARIA = """<div role=table><div role=row><span role=columnheader>Huyện</span><span role=columnheader>Số</span></div>
<div role=row><span role=cell>A</span><span role=cell>1.234</span></div></div>"""
SHAPED = """<ul class=t><li class=head><span>Huyện</span><span>Số</span></li><li class=r><span>A</span><span>1.234</span></li>
<li class=r><span>B</span><span>2.345</span></li></ul>"""
TEASERS = """<div><div class=i><a href=1>Tin một</a><p>Tóm tắt một</p></div><div class=i><a href=2>Tin hai</a><p>Tóm tắt hai</p></div>
<div class=i><a href=3>Tin ba</a><p>Tóm tắt ba</p></div></div>"""


@pytest.mark.parametrize("page", [ARIA, SHAPED])
def test_grids_of_divs(page: str) -> None:
    grid = only_grid(page)
    assert texts(grid)[:2] == [["Huyện", "Số"], ["A", "1.234"]]
    assert grid.header_rows == 1


def test_teasers_are_no_grid() -> None:
    assert read(TEASERS).grids == ()


SPANS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(1, 5), st.booleans()), min_size=1, max_size=6
    ),
    min_size=1,
    max_size=6,
)


@given(SPANS)
def test_cells_never_overlap_leave_the_table_or_vanish(
    rows: list[list[tuple[int, int, bool]]],
) -> None:
    slots = [
        [
            Slot((r, c), rows=down, columns=across, blank=blank)
            for c, (down, across, blank) in enumerate(row)
        ]
        for r, row in enumerate(rows)
    ]
    for placed in (
        place(slots, [len(rows) - 1] * len(rows)),
        squeeze(place(slots, [len(rows) - 1] * len(rows))),
    ):
        positions = [
            (r, c)
            for p in placed
            for r in range(p.row, p.row + p.rows)
            for c in range(p.column, p.column + p.columns)
        ]
        assert len(positions) == len(set(positions))
        assert all(1 <= r <= len(rows) for r, _ in positions)
        kept = [p.item for p in placed if not p.blank]
        assert sorted(kept) == sorted(s.item for row in slots for s in row if not s.blank)
        by_row = [
            sorted((p.row, p.column) for p in placed if p.item[0] == r) for r in range(len(rows))
        ]
        assert all(len({row for row, _ in places}) <= 1 for places in by_row)


def test_steps_join_near_indents() -> None:
    assert steps([5.0, 20.0, 21.5, 40.0, 5.0]) == [0, 1, 1, 2, 0]
