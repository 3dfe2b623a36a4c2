"""Plain text: paragraphs, furniture, and every way a table is kept without markup."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractors
import normalizers
from extractors import text
from extractors.dates import date_line
from extractors.text import glued as text_glued
from solieu.errors import DocumentError
from solieu.model import Content, Grid, SourceDocument
from solieu.text import clean


def read(page: str) -> Content:
    return text.extract(SourceDocument("a.txt", page.encode(), "text/plain", "a.txt"))


def only_grid(page: str) -> Grid:
    (grid,) = read(page).grids
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[c.text for c in cells] for cells in grid.by_row().values()]


def kinds(content: Content) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in content.passages]


LONG = (
    "Theo báo cáo của huyện, đến hết năm có 12.345 người tham gia, tăng 5,6% so với năm trước, trong đó "
    "khu vực tự nguyện có 1.234 người và khu vực bắt buộc có 11.111 người, đạt kế hoạch tỉnh giao."
)

TABS = """Chi tiết từng xã như sau:

STT\tXã\tKế hoạch\tThực hiện
1\tXã Một\t1.200\t1.150
2\tXã Hai\t850\t900
Vùng cao
3\tXã Ba\t75\t60
Tổng cộng\t\t2.125\t2.110

Các xã tiếp tục thực hiện."""


def test_a_table_by_tabs() -> None:
    grid = only_grid(TABS)
    rows = texts(grid)
    assert rows[0] == ["STT", "Xã", "Kế hoạch", "Thực hiện"]
    assert rows[3] == ["Vùng cao"]
    assert rows[-1] == ["Tổng cộng", "", "2.125", "2.110"]
    assert grid.title == "Chi tiết từng xã như sau:"
    assert (grid.row_count, grid.column_count) == (6, 4)


def test_tabs_before_a_paragraph_make_no_table() -> None:
    assert read("\tMột đoạn văn có 12 người.\n\tHai đoạn văn có 13 người.\n").grids == ()


def test_two_tables_with_heads_of_their_own_stay_apart() -> None:
    first, second = read("Tên\tSố\nThu\t5\n\nTên\tSố\nChi\t6\n").grids
    assert texts(first) == [["Tên", "Số"], ["Thu", "5"]]
    assert texts(second) == [["Tên", "Số"], ["Chi", "6"]]


MARKDOWN = """| Huyện | Năm 2020 | Năm 2021 |
|-------|---------:|---------:|
| A     |    1.234 |    1.300 |
| B     |      900 |      950 |
"""
BOX = """+-------+----------+
| Huyện | Thực     |
|       | hiện     |
+-------+----------+
| A     | 1.234    |
+-------+----------+
| B     | 900      |
+-------+----------+
"""


def test_a_table_by_bars() -> None:
    grid = only_grid(MARKDOWN)
    assert texts(grid) == [
        ["Huyện", "Năm 2020", "Năm 2021"],
        ["A", "1.234", "1.300"],
        ["B", "900", "950"],
    ]
    assert grid.header_rows == 1


def test_a_boxed_table_joins_the_lines_of_a_row() -> None:
    assert texts(only_grid(BOX)) == [["Huyện", "Thực\nhiện"], ["A", "1.234"], ["B", "900"]]


ALIGNED = """Đơn vị: người
                         Năm 2022              Năm 2023
Huyện              Nam        Nữ          Nam        Nữ
A               1.234      1.100        1.250     1.120
Huyện B           900        850          910       860
Thành phố C    12.000     11.500       12.100    11.600
Tổng số        14.134     13.450       14.260    13.580
"""


def test_a_table_by_columns_of_blanks() -> None:
    grid = only_grid(ALIGNED)
    assert grid.notes == ("Đơn vị: người",)
    assert texts(grid)[2] == ["A", "1.234", "1.100", "1.250", "1.120"]
    assert texts(grid)[-1] == ["Tổng số", "14.134", "13.450", "14.260", "13.580"]
    top = {c.text: (c.column, c.column_span) for c in grid.by_row()[1]}
    assert top["Năm 2022"][0] in {2, 3}
    assert top["Năm 2023"][0] in {4, 5}


ONE_PER_LINE = """Danh sách các xã

STT
Xã
Số người
Tỷ lệ (%)
1
Xã Một
1.234
56,7
2
Xã Hai
900
43,2
3
Xã Ba
75
12,0
Tổng cộng
2.209
50,1

Hết danh sách."""


def test_a_table_with_one_cell_per_line() -> None:
    grid = only_grid(ONE_PER_LINE)
    assert texts(grid) == [
        ["STT", "Xã", "Số người", "Tỷ lệ (%)"],
        ["1", "Xã Một", "1.234", "56,7"],
        ["2", "Xã Hai", "900", "43,2"],
        ["3", "Xã Ba", "75", "12,0"],
        ["", "Tổng cộng", "2.209", "50,1"],
    ]


def test_records_without_numbers_of_their_own() -> None:
    page = "Huyện\nNăm 2020\nNăm 2021\nA\n1.234\n1.300\nB\n900\n950\nC\n75\n80\n"
    assert texts(only_grid(page))[1:] == [
        ["A", "1.234", "1.300"],
        ["B", "900", "950"],
        ["C", "75", "80"],
    ]


@pytest.mark.parametrize("missing", ["1.234\n", "Xã Hai\n", "900\n"])
def test_a_missing_line_is_not_guessed(missing: str) -> None:
    for grid in read(ONE_PER_LINE.replace(missing, "", 1)).grids:
        for row in texts(grid)[1:-1]:
            assert row in texts(only_grid(ONE_PER_LINE))


GLUED = """Mục tiêu cụ thể của từng huyện như sau:


STT

Huyện

BHYT

Thực hiện 2021Kế hoạch 2022Tăng thêm
1Huyện Một5,1205,9801,860
60,43765,4635,026
2Huyện Hai3,6544,291637
TỔNG CỘNG8,77410,2712,497

Các huyện tổ chức thực hiện."""


def test_a_glued_table_is_handed_over_as_printed() -> None:
    grid = only_grid(GLUED)
    assert grid.kind == "glued"
    assert texts(grid) == [
        ["STT"],
        ["Huyện"],
        ["BHYT"],
        ["Thực hiện 2021Kế hoạch 2022Tăng thêm"],
        ["1Huyện Một5,1205,9801,860"],
        ["60,43765,4635,026"],
        ["2Huyện Hai3,6544,291637"],
        ["TỔNG CỘNG8,77410,2712,497"],
    ]
    assert grid.header_rows == 4
    content = read(GLUED)
    assert [type(b).__name__ for b in content.blocks] == ["Passage", "Grid", "Passage"]


def test_title_and_unit_above_a_glued_table_are_no_header() -> None:
    page = "Bảng 1. Số liệu\nĐơn vị: người\nTTXãSố\n1Xã Một1.2341.300\n2Xã Hai1.9002.950\n"
    grid = only_grid(page)
    assert texts(grid)[0] == ["TTXãSố"]
    assert grid.title == "Bảng 1. Số liệu"
    assert grid.notes == ("Đơn vị: người",)


@pytest.mark.parametrize(
    ("line", "glued"),
    [
        ("Huyện Một5,7927,593", True),
        ("Xã 1.8881651.613", True),
        ("Tỷ lệ 56,4%98,2%", True),
        ("Thu đạt 1.234.567.890", False),
        ("Dân số 1,234,567", False),
        ("Tăng 12,5", False),
        ("Điện thoại 0436281539", False),
        ("Kế hoạch số 49/KH-BCĐ", False),
        ("Năm 2020", False),
    ],
)
def test_glued_figures(line: str, glued: bool) -> None:
    assert text_glued.is_glued(line) is glued


PRESS = f"""Trang chủ | Tin tức | Liên hệ
10:10 | 16/06/2024 GMT+7

Huyện A có thêm nhiều người tham gia bảo hiểm

In
{LONG}

I. KẾT QUẢ

- Khu vực một có 100 người.
+ Khu vực hai có 200 người.

Tin bài liên quan

Huyện B có 999 người tham gia

{LONG.replace("huyện", "thị xã")}
"""


def test_a_press_release_with_its_furniture() -> None:
    content = read(PRESS)
    assert content.title == "Huyện A có thêm nhiều người tham gia bảo hiểm"
    assert content.published_on == date(2024, 6, 16)
    assert kinds(content)[2:] == [
        ("title", content.title),
        ("boilerplate", "In"),
        ("paragraph", LONG),
        ("heading", "I. KẾT QUẢ"),
        ("item", "- Khu vực một có 100 người."),
        ("item", "+ Khu vực hai có 200 người."),
        ("boilerplate", "Tin bài liên quan"),
        ("boilerplate", "Huyện B có 999 người tham gia"),
        ("boilerplate", LONG.replace("huyện", "thị xã")),
    ]
    assert content.passages[6].section == ("I. KẾT QUẢ",)


def test_teasers_before_the_article_do_not_swallow_it() -> None:
    page = f"Đọc nhiều\nMột tin ngắn\n\n{LONG}\n\nTin khác\nMột tin nữa"
    assert [kind for kind, _ in kinds(read(page))] == [
        "boilerplate",
        "boilerplate",
        "paragraph",
        "boilerplate",
        "boilerplate",
    ]


def test_an_official_document_has_the_title_below_its_type() -> None:
    page = f"Số: 12/KH-UBND\n\nKẾ HOẠCH\nPhát triển người tham gia bảo hiểm\ntrên địa bàn huyện A năm 2023\n\n{LONG}"
    content = read(page)
    assert (
        content.title == "KẾ HOẠCH Phát triển người tham gia bảo hiểm trên địa bàn huyện A năm 2023"
    )
    assert [k for k, _ in kinds(content)][1:3] == ["title", "title"]


def test_lines_broken_at_a_margin_are_joined() -> None:
    words = LONG.split()
    lines = [" ".join(words[i : i + 14]) for i in range(0, len(words), 14)]
    page = "\n".join(lines) + "\n\n" + "\n".join(lines) + "\n"
    assert [p.text for p in read(page).passages] == [LONG, LONG]


TORN = """\
UBND XÃ KIM SƠN
Trong tháng, đàn trâu của xã có 312 con, tăng 1,2% so với cùng kỳ; đàn lợn tăng
4,6%; đàn gia cầm 14.360 con, tăng 1,9%, trong đó đàn gà 10.215 con, tăng 2,1% so
với cùng kỳ năm trước. Toàn xã đã giải quyết việc làm mới cho tổng cộng là
215 lao động, đạt 86% kế hoạch năm; cấp giấy chứng nhận cho 12 hộ kinh doanh trên
2
Báo cáo tháng 8
địa bàn các thôn, trong đó có 3 hộ ở thôn Đoài và 2 hộ ở thôn Đông chuyển sang từ
3
Báo cáo tháng 8
hộ nghề thủ công. Diện tích lúa mùa đã thu hoạch được 126 ha; ở các thôn còn lại:
18 ha.
"""


def test_figures_at_the_start_of_a_line_belong_to_its_sentence() -> None:
    said = [p.text for p in read(TORN).passages]
    assert len(said) == 2
    assert "tăng 4,6%; đàn gia cầm" in said[1]
    assert "cho tổng cộng là 215 lao động" in said[1]
    assert "trên địa bàn các thôn" in said[1]  # over the page's number and what heads every page
    assert "từ hộ nghề" in said[1]
    assert said[1].endswith("còn lại: 18 ha.")


@pytest.mark.parametrize(
    "page",
    [
        "Số hộ nghèo của các thôn trong toàn xã năm 2022\n12\nSố hộ cận nghèo của các thôn trong toàn xã năm 2022",
        "Thôn Đoài\n2\nThôn Đông",
        "Kết quả chung của toàn xã trong tháng như sau:\n2\nđàn trâu của xã hiện có tất cả 312 con các loại",
    ],
)
def test_a_number_alone_is_not_always_a_page(page: str) -> None:
    assert any(p.text in {"2", "12"} for p in read(page).passages)


def test_old_fonts_become_unicode() -> None:
    content = text.extract(
        SourceDocument(
            "a.txt", "Tæng sè ng\u00adêi: 1.234".encode("latin-1"), "text/plain", "a.txt"
        )
    )
    assert content.passages[0].text == "Tổng số người: 1.234"


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "STT",
            "1\tXã\t5",
            "2\tXã\t6",
            "1",
            "2",
            "3",
            "Xã",
            "1.234",
            "| a | 1 |",
            "|---|---|",
            "a  1  2",
            "Xã1.2341.234",
            LONG,
            "- Mục 5",
            "I. Phần",
            "Tin khác",
        ]
    ),
    max_size=40,
)


@given(LINES)
def test_no_word_is_lost_or_moved(lines: list[str]) -> None:
    page = "\n".join(lines)
    blocks = read(page).blocks if page.strip() else ()
    words: list[str] = []
    for block in blocks:
        cells = [c.text for c in block.cells] if isinstance(block, Grid) else [block.text]
        words += " ".join(cells).split()
    rules = {"|---|---|", "|"}
    assert [w for w in words if w not in rules] == [w for w in page.split() if w not in rules]


def test_a_hundred_thousand_rows_are_read_in_one_go() -> None:
    page = "STT\tXã\tSố\n" + "\n".join(f"{n}\tXã {n}\t{n}.000" for n in range(1, 33_334))
    assert only_grid(page).row_count == 33_334


def test_very_many_heads_without_rows_are_no_table() -> None:
    assert read("STT\nX\n1\n" * 20_000).grids == ()


def test_a_raised_two_is_no_number_of_a_row() -> None:
    assert read("STT\nXã\nSố\n1\nA\n5\n2\nB\n6\n²\nC\n7\n").grids == ()


def test_errors_are_document_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.limits.MAX_TABLE_CELLS", 10)
    with pytest.raises(DocumentError, match="split"):
        read(TABS)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  Tổng   số ", "Tổng số"),
        ("Hải\u00a0 Phòng", "Hải Phòng"),
        ("Ha\u0309i Pho\u0300ng", "Hải Phòng"),
        ("1\u200b234\u00ad", "1234"),
        ("Số\t người ", "Số người"),
        ("\n Kế hoạch \n thực  hiện\n", "Kế hoạch\nthực hiện"),
        ("a\x0bb\x85c", "a\nb\nc"),
        ("\ue000 1", "\ue000 1"),
        ("", ""),
    ],
)
def test_blanks_are_one_space_and_lines_stay(said: str, kept: str) -> None:
    assert clean(said) == kept


LETTERS = "Năm 2018, tỉnh Ðồng Nai có 203.063 ngƣời, tỉnh Bình Dƣơng 12.000 ngƣời."


@pytest.mark.parametrize(
    ("page", "media"),
    [
        (LETTERS, "text/plain"),
        (f"<html><body><p>{LETTERS}</p></body></html>", "text/html"),
        (f"<html><body><p>{LETTERS}</p></body></html>".replace("Ð", "&ETH;"), "text/html"),
        (f"<html><body><p>{LETTERS}</p></body></html>".replace("ƣ", "&#419;"), "text/html"),
        (f"<table><tr><td>{LETTERS}</td></tr></table>".replace("Ð", "&ETH;"), "text/html"),
    ],
)
def test_letters_of_other_alphabets_that_look_the_same(page, media):
    document = SourceDocument("a", page.encode(), media, "a")
    seen = normalizers.normalize(extractors.extract(document), "x").observations
    assert [o.region.name for o in seen if o.region] == ["Tỉnh Đồng Nai", "Tỉnh Bình Dương"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("7/20/2021 12:00:00 AM", date(2021, 7, 20)),
        ("10:15 PM 7/4/2018", date(2018, 4, 7)),
        ("7 Tháng Tư, 2018", date(2018, 4, 7)),
        ("Tháng Mười Hai 23, 2020", date(2020, 12, 23)),
        ("07 Tháng 4 2018", date(2018, 4, 7)),
        ("Đăng ngày: 07 thg 4, 2018", date(2018, 4, 7)),
        ("April 7, 2018", date(2018, 4, 7)),
        ("7 Tháng Năm, 2018", date(2018, 5, 7)),
        ("5 tháng năm 2021", None),
        ("Tháng 12 năm 2020", None),
        ("Kết quả 6 tháng 2021", None),
    ],
)
def test_days_as_servers_and_blogs_print_them(line, day):
    assert date_line(line) == day
