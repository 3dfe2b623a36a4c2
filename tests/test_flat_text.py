"""Where lines are rows of a table and where they only look like them."""

from __future__ import annotations

import pytest

import pipeline
from benchmarks.flattened import run
from extractors import html, text
from extractors.stacked import rows_apart
from extractors.text.heads import head_cells
from normalizers.bilingual import vietnamese_part
from normalizers.layout.titles import is_title, tells_plan
from normalizers.units import find_unit
from solieu.model import Cell, Grid, SourceDocument

TRIPLES = ("Kế hoạch", "Thực hiện", "Tỷ lệ (%)")


def grids(page: str) -> tuple[Grid, ...]:
    return text.extract(SourceDocument("a.txt", page.encode(), "text/plain", "a.txt")).grids


def texts(grid: Grid) -> list[list[str]]:
    return [[c.text for c in cells] for cells in grid.by_row().values()]


@pytest.mark.parametrize(
    ("titles", "width", "columns"),
    [
        (("STT", "Xã", "BHXH", "BHYT", *TRIPLES, *TRIPLES), 8, {"BHXH": 3, "BHYT": 6}),
        (("STT", "Xã", "Tổng số", "Nam", "Nữ"), 5, {"Nam": 4}),
        (("STT", "Xã", "Trẻ em", "Tổng số", "Nam", "Nữ"), 5, {"Trẻ em": 3, "Tổng số": 3}),
        (("Xã", "BHYT", "2021", "2022"), 3, None),
        (("STT", "Xã", "BHYT", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"), 5, {"Tỷ lệ (%)": 5}),
        (("STT", "Xã", "A", "B", "KH", "TH", "KH", "TH", "Tỷ lệ"), 7, {"A": 3, "B": 5}),
        (("STT", "Xã", "A", "B", "Ghi chú", "KH", "TH", "KH", "TH"), 7, {"A": 3, "Ghi chú": 7}),
        (("STT", "Xã", "A", "B", "Ghi chú", "KH", "TH", "KH", "TH"), 6, {"A": 3, "Ghi chú": 7}),
        (("STT", "Xã", "Tổng số", "A", "B", "KH", "TH", "KH", "TH"), 7, {"Tổng số": 3, "A": 4}),
        (("STT", "Xã", "Số hộ", "Tỷ lệ", "Ghi chú"), 4, {"Ghi chú": 5}),
        # what stands over which leaf cannot be known
        (("STT", "Xã", "A", "B", "Dân số", "KH", "TH", "KH", "TH"), 7, None),
        (("STT", "Xã", "A", "B", "Nam", "Nữ", "Trẻ em", "Học sinh"), 6, None),
        (("STT", "Xã", "A", "Dân số", "Nam", "Nữ"), 5, None),
        (("STT", "Xã", "A", "Năm 2022", "KH", "TH"), 5, None),
        (("STT", "Xã", "A", "Hạng", "Loại", "Điểm"), 5, None),
        (("STT", "Xã", "A"), 4, None),
    ],
)
def test_heads_set_down_in_turn(
    titles: tuple[str, ...], width: int, columns: dict[str, int] | None
) -> None:
    cells = head_cells(titles, width, 2)
    places = {cell.text: cell.column for cell in cells or ()}
    assert (cells is None) is (columns is None)
    assert columns is None or columns.items() <= places.items()


ROWS = "1 Xã Một 120 118\n2 Xã Hai 90 95\n3 Xã Ba 75 60\n"


@pytest.mark.parametrize(
    ("page", "tables"),
    [
        (f"STT Đơn vị Kế hoạch Thực hiện\n{ROWS}", 1),
        (f"Đơn vị Kế hoạch Thực hiện\n{ROWS}", 1),
        (f"Đơn vị\nKế hoạch Thực hiện\n{ROWS}", 1),
        (f"STT Đơn vị Kế hoạch Thực hiện Tỷ lệ\n{ROWS}", 0),  # one title too many
        (f"STT Đơn vị Kế hoạch tỉnh Thái Bình giao Thực hiện\n{ROWS}", 0),
        # titles of two lines that stand in one another's way
        (f"STT Đơn vị Kế hoạch Thực hiện năm\nnăm 2022 2022\n{ROWS}", 0),
        (f"STT Đơn vị Kế hoạch\n2022 Thực hiện\n{ROWS}", 0),
        (f"Kết quả đạt được như sau:\n{ROWS}", 0),
        (f"STT Đơn vị Kế hoạch Thực hiện\n{ROWS.replace(' 95', '')}", 0),  # a cell is lost
        ("Huyện Một 12.345\nHuyện Hai 2.345\nHuyện Ba 345\n", 0),
        ("Địa phươngDân số\nHuyện Một12.345\nHuyện Hai2.345\nHuyện Ba345\n", 1),
        ("Điều 12\nĐiều 13\nĐiều 14\nKhoản 2 Điều 15 16\n", 0),
    ],
)
def test_rows_with_one_blank_between_their_cells(page: str, tables: int) -> None:
    assert len(grids(page)) == tables


def test_a_number_in_a_name_is_no_figure() -> None:
    page = "Đơn vị BHYT BHXH\nPhường 1 120 95\nPhường 2 86 71\nXã Ba 75 60\n"
    assert texts(grids(page)[0])[1:3] == [["Phường 1", "120", "95"], ["Phường 2", "86", "71"]]


def test_figures_of_a_row_that_lost_one_have_no_column() -> None:
    page = "STT\nXã\nA\nB\nC\n1\nXã Một\n1\n2\n3\n2\nXã Hai\n4\n5\n3\nXã Ba\n6\n7\n8\n4\nXã Tư\n6\n7\n8\n"
    (grid,) = grids(page)
    (short,) = [c for c in grid.cells if c.confidence < 1]
    assert (short.text, short.column, short.column_span) == ("4 | 5", 3, 3)


@pytest.mark.parametrize("blank", ["\u00a0\n", "\n"])
def test_an_empty_cell_keeps_its_column(blank: str) -> None:
    rows = "".join(f"{n}\nXã {name}\n{n}0\n{n}5\n" for n, name in enumerate("ABCD", start=1))
    page = f"STT\nXã\nKế hoạch\nThực hiện\n{rows.replace('30', '').replace('35', '7')}"
    page = page.replace("Xã C\n\n", f"Xã C\n{blank}")
    assert ["3", "Xã C", "", "7"] in texts(grids(page)[0])


def test_a_head_that_fits_no_columns_makes_figures_unsure() -> None:
    head = "STT\tHuyện\tBHXH\tBHYT\nNăm 2022\tKế hoạch\tNăm 2023\tDự kiến\n"
    rows = "".join(f"{n}\tHuyện {n}\t{n}1\t{n}2\t{n}3\t{n}4\n" for n in range(1, 4))
    (grid,) = grids(head + rows)
    assert {c.confidence for c in grid.cells if c.row > 2} == {0.6}


def test_numbers_glued_to_names_are_taken_off() -> None:
    page = "TTXã\tA\tB\n1Xã Một\t5\t6\n2Xã Hai\t7\t8\n3Xã Ba\t9\t10\nTổng\t21\t24\n"
    rows = texts(grids(page)[0])
    assert (rows[0][:2], rows[1][:2], rows[4][:2]) == (["TT", "Xã"], ["1", "Xã Một"], ["", "Tổng"])
    other = "Lớp\tA\tB\n6A\t5\t6\n7B\t7\t8\n9C\t9\t10\n"
    assert texts(grids(other)[0])[1] == ["6A", "5", "6"]


def test_paragraphs_that_are_no_cells_stay_paragraphs() -> None:
    said = ["Huyện", "Có 12", "Xã A", "đạt 5", "và 7", "Nam 2022", "Tổng 3", "Hết 1"]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in said) + "</body></html>"
    content = html.extract(SourceDocument("a.html", page.encode(), "text/html", "a.html"))
    assert not content.grids
    assert [p.text for p in content.passages] == said


@pytest.mark.parametrize(
    ("title", "plan"),
    [
        ("Huyện Một giao chỉ tiêu tham gia BHYT năm 2022", True),
        ("UBND tỉnh phân bổ dự toán chi thường xuyên", True),
        ("Kết quả một năm giao chỉ tiêu BHYT", False),
        ("Huyện Một hoàn thành chỉ tiêu giao năm 2022", False),
        ("Năm 2021 thu vượt; giao dự toán năm 2022", False),
    ],
)
def test_who_gives_a_plan(title: str, plan: bool) -> None:
    assert tells_plan(title) is plan


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("1. BHXH tự nguyện (người)", True),
        ("Số học sinh (em)", False),
        ("Đơn vị: người", False),
        ("(Triệu đồng)", False),
    ],
)
def test_a_name_with_its_unit_in_brackets_is_a_title(line: str, named: bool) -> None:
    assert is_title(line) is named


def test_english_behind_a_stroke_is_english() -> None:
    label = "Mật độ dân số Population density (Người/km2 - Person/km2)"
    assert vietnamese_part(label) == "Mật độ dân số (Người/km2)"
    assert find_unit("Năm học") is None


def stacked(label: str, *values: str) -> Grid:
    rows = (("Huyện", *(f"Cột {n}" for n in range(len(values)))), (label, *values))
    cells = tuple(Cell(t, r, c) for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1))
    return Grid(cells, 2, len(values) + 1)


@pytest.mark.parametrize(
    ("label", "values", "rows"),
    [
        ("Vũ Thư\nTiền Hải\nHưng Hà", ("7.950\n10.300\n12.600",), 4),
        ("Vũ Thư\nTiền Hải", ("7.950\n10.300", "5\n6"), 3),
        ("Vũ Thư\nTiền Hải\nHưng Hà", ("7.950\n10.300\n12.600", ""), 4),
        ("Vũ Thư\nTiền Hải", ("7.950\n10.300",), 2),  # a name and a figure over two lines each
        ("Lúa\nđông xuân", ("7.950\n98", "1.200\n96"), 2),
        ("Vũ Thư\nTiền Hải", ("7.950\n(98%)", "1.200\n(96%)"), 2),
        ("Vũ Thư\nTiền Hải\nHưng Hà", ("7.950\n10.300",), 2),
        ("Vũ Thư\nTiền Hải\nHưng Hà", ("Đạt\nĐạt\nChưa đạt",), 2),
    ],
)
def test_rows_typed_into_one_row_of_cells(label: str, values: tuple[str, ...], rows: int) -> None:
    grid = rows_apart(stacked(label, *values))
    assert grid.row_count == rows == len(grid.by_row())


def regions(page: str) -> list[str]:
    document = SourceDocument("a.txt", page.encode(), "text/plain", "a.txt")
    seen = pipeline.observe(document).observations
    return [o.region.name if o.region else "" for o in seen]


TITLE = "Một số chỉ tiêu năm 2022 của các huyện thuộc tỉnh Lai Châu\n\n"
SINH_HO, THAN_UYEN = "Dân số: 86.200 người\n", "Dân số: 71.300 người\n"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            f"Huyện Sìn Hồ\n{SINH_HO}\nHuyện Than Uyên\n{THAN_UYEN}",
            ["Huyện Sìn Hồ", "Huyện Than Uyên"],
        ),
        (
            f"1. Huyện Sìn Hồ:\n{SINH_HO}\n2. Huyện Than Uyên:\n{THAN_UYEN}\nDân số: 900.000 người",
            ["Huyện Sìn Hồ", "Huyện Than Uyên", "Tỉnh Lai Châu"],
        ),
        # one name alone is no division of the text, and a list of names is none
        (f"Huyện Sìn Hồ\n{SINH_HO}", ["Tỉnh Lai Châu"]),
        (f"Huyện Sìn Hồ\nHuyện Than Uyên\n{THAN_UYEN}", ["Tỉnh Lai Châu"]),
        (
            f"Huyện Sìn Hồ\n{SINH_HO}\nThành phố Vinh\n{THAN_UYEN}",
            ["Huyện Sìn Hồ", "Thành phố Vinh"],
        ),
    ],
)
def test_parts_under_the_names_of_units(page: str, found: list[str]) -> None:
    assert regions(TITLE + page) == found


def test_no_figure_of_a_random_table_is_put_where_it_was_not() -> None:
    counts, wrong = run(500, 5)
    assert not wrong
    assert counts["right"] > 120


@pytest.mark.parametrize(
    ("counted", "rate", "metric"),
    [
        ("Số hộ nghèo", "Tỷ lệ (%)", "multidimensional_poverty_rate"),
        ("Số hộ cận nghèo", "Tỷ lệ (%)", "near_poor_household_rate"),
        ("Số hộ", "Tỷ lệ (%)", ""),
        ("Số hộ nghèo tăng", "Tỷ lệ (%)", ""),
        ("Số hộ nghèo", "Tỷ lệ hộ có nhà tắm (%)", ""),
    ],
)
def test_a_bare_rate_is_of_the_count_before_it(counted: str, rate: str, metric: str) -> None:
    page = f"Huyện\t{counted}\t{rate}\nHuyện Sìn Hồ\t7.160\t41,6\nHuyện Than Uyên\t2.801\t19,1\n"
    document = SourceDocument("a.txt", (TITLE + page).encode(), "text/plain", "a.txt")
    rates = [o for o in pipeline.observe(document).observations if o.figure.unit == "percent"]
    assert [o.metric or "" for o in rates] == [metric, metric]
