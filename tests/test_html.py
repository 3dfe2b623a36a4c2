"""Pages: tables as a browser lays them out, articles kept, furniture marked, dates and titles found."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from extractors import html, limits
from extractors.html.head import without_site
from extractors.html.tree import parse
from extractors.spans import Slot, place, squeeze, steps
from solieu.errors import LimitExceeded, UnreadableDocument
from solieu.model import Content, Grid, Passage, SourceDocument


def read(page: str | bytes) -> Content:
    content = page.encode() if isinstance(page, str) else page
    return html.extract(SourceDocument("page.html", content, "text/html", "page.html"))


def only_grid(page: str) -> Grid:
    (grid,) = read(page).grids
    return grid


def texts(grid: Grid) -> list[list[str | None]]:
    """Rows of texts, a merged cell's text at its first position."""
    rows: list[list[str | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text
    return rows


def kinds(content: Content) -> dict[str, str]:
    return {p.text: p.kind for p in content.passages}


HEAD = "<tr><th>Tên</th><th>Số</th></tr>"


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


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


BODY = (
    "Đến cuối năm, toàn huyện có 12.345 người tham gia bảo hiểm xã hội, tăng 5,6% so với năm trước, "
    "trong đó khu vực tự nguyện có 1.234 người và khu vực bắt buộc có 11.111 người."
)
PORTAL = f"""<html><head><title>Huyện A tăng người tham gia - Cổng thông tin điện tử huyện A</title></head>
<body class="has-menu sidebar-left"><form id="search-form">
<ul class="main-menu"><li><a href=/>Trang chủ</a></li><li>Giới thiệu 2024</li></ul>
<div id="content"><h1>Huyện A tăng người tham gia</h1><span>Thứ Sáu, 05/01/2024, 08:30</span>
<p>{BODY}</p><p>Xem thêm: <a href=x>công văn 12</a></p>
<ul><li>Khu vực một: 100 người</li></ul></div>
<div class="tinLienQuan"><p>{BODY.replace("huyện", "tỉnh")[:90]}</p></div>
<h3>Tin liên quan</h3><p>Bản tin cũ có 999 người ở nơi khác.</p>
<div class="sidebar">{table("<td>Hôm nay</td><td>83</td>", "<td>Tuần</td><td>520</td>")}</div>
<footer>Điện thoại: 0200 123 456</footer></form></body></html>"""


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_what_is_struck_out_is_no_part_of_a_figure(tag: str) -> None:
    cells = f"<td>Xã A</td><td><{tag}>99</{tag}>12.345</td>"
    assert texts(only_grid(table("<td>Xã</td><td>Số hộ</td>", cells)))[1] == ["Xã A", "12.345"]
    content = read(f"<p>Có <{tag}>99</{tag}>12.345 hộ.</p>")
    assert content.passages[0].text == "Có 12.345 hộ."


def test_preformatted_lines_are_read_as_those_of_a_text_file() -> None:
    content = read(
        """<html><body><h1>Số hộ năm 2023</h1><pre>I. SỐ HỘ THEO XÃ
Số hộ tăng so với năm trước.

Xã          Số hộ    Số người
Xã A       12.345      50.000
Xã B          777       3.000
Cộng       13.122      53.000
</pre><p>Hết.</p></body></html>"""
    )
    assert [p.text for p in content.passages][1:3] == [
        "I. SỐ HỘ THEO XÃ",
        "Số hộ tăng so với năm trước.",
    ]
    (grid,) = content.grids
    assert texts(grid)[1] == ["Xã A", "12.345", "50.000"]
    assert kinds(content)["I. SỐ HỘ THEO XÃ"] == "heading"
    assert content.passages[-1].text == "Hết."


def test_a_preformatted_word_is_text() -> None:
    assert read("<p>Xem <pre>bảng 1</pre> ở dưới.</p>").passages[1].text == "bảng 1"


WHOLE = (
    "<!DOCTYPE html><html><body><h1>Dân số năm 2023</h1><p>Toàn tỉnh có 12.345 hộ.</p>"
    "<table><tr><th>Xã</th><th>Số hộ</th></tr><tr><td>Xã A</td><td>235.034</td></tr></table>"
    "<p>Hết.</p></body></html>\n"
)


@pytest.mark.parametrize(
    ("page", "cut"),
    [
        (WHOLE, False),
        (WHOLE + "<!-- 12 ms -->" + " " * 5000, False),
        (WHOLE[: WHOLE.index("</html>")], False),
        (WHOLE[: WHOLE.index("</body>")], False),  # authors may leave out both
        (WHOLE[: WHOLE.index("Hết")] + "Hết", True),
        (WHOLE[: WHOLE.index("</table>")], True),
        (WHOLE[: WHOLE.index("034")], True),
        (WHOLE[: WHOLE.index("<th>Số") + 2], True),
        (WHOLE[: WHOLE.index("2.345") + 3], True),
        ("<p>Có 12.345 hộ", False),
        ("<table><tr><td>Xã A</td><td>1</td></tr>", True),
        (WHOLE.replace("</table>", ""), False),
    ],
)
def test_a_page_that_broke_off_is_told(page, cut) -> None:
    assert [n.code for n in read(page).notices] == ["cut_short"] * cut


def test_the_figure_that_a_page_breaks_off_in_is_marked() -> None:
    cell = only_grid(WHOLE[: WHOLE.index("034")]).cells[-1]
    assert cell.text == "235.\ufffd"
    (grid,) = read(WHOLE[: WHOLE.index("<p>Hết")]).grids
    assert grid.cells[-1].text == "235.034"


def test_an_article_is_kept_and_furniture_marked() -> None:
    content = read(PORTAL)
    found = kinds(content)
    assert content.title == "Huyện A tăng người tham gia"
    assert content.published_on == date(2024, 1, 5)
    assert content.grids == ()
    assert found[content.title] == "title"
    assert found[BODY] == "paragraph"
    assert found["Khu vực một: 100 người"] == "item"
    furniture = {text for text, kind in found.items() if kind == "boilerplate"}
    assert {
        "Trang chủ",
        "Giới thiệu 2024",
        "Tin liên quan",
        "Bản tin cũ có 999 người ở nơi khác.",
        "Hôm nay | 83",
        "Điện thoại: 0200 123 456",
    } <= furniture


@pytest.mark.parametrize("names", ["class=related-news", "class=x12"])
def test_a_box_of_related_news_inside_an_article_does_not_end_it(names: str) -> None:
    teaser = "<h4>Tin liên quan</h4><ul><li>Bài cũ có 999 người</li></ul>"
    page = f"<article><p>{BODY}</p><div {names}>{teaser}</div><p>{BODY} Hết.</p></article>"
    found = kinds(read(page))
    assert found[f"{BODY} Hết."] == "paragraph"
    assert found["Bài cũ có 999 người"] == "boilerplate"


def test_a_table_of_links_after_an_article_is_furniture() -> None:
    rows = [f"<td>{n}</td><td><a href=x>Tỉnh {n} có 1.{n}00 người tham gia</a></td>" for n in "123"]
    page = f"<p>{BODY}</p><p><b>Các tin khác</b></p>{table(*rows)}<p>Số lượt: 12</p>"
    content = read(page)
    assert content.grids == ()
    assert {p.kind for p in content.passages if p.text != BODY} == {"boilerplate"}


def test_a_table_of_figures_after_such_a_heading_is_read() -> None:
    rows = [f"<td>Xã {n}</td><td>1.{n}00</td><td>1.{n}50</td>" for n in "123"]
    page = f"<p>{BODY}</p><p><b>Các tin khác</b></p>{table(*rows)}"
    assert len(read(page).grids) == 1


def test_comments_below_an_article_are_furniture() -> None:
    page = (
        f"<div><p>{BODY}</p></div><div><h3>Bình luận (3)</h3><p>{BODY} Theo tôi là 5.000.</p></div>"
    )
    assert kinds(read(page))[f"{BODY} Theo tôi là 5.000."] == "boilerplate"


def test_a_page_whose_article_sits_in_a_box_with_a_furniture_name_is_not_lost() -> None:
    page = f"<body><div class='sidebar'><p>{BODY}</p></div><div class=menu>Trang chủ</div></body>"
    assert kinds(read(page))[BODY] == "paragraph"


def test_a_data_table_in_a_box_with_a_doubtful_name_is_data() -> None:
    rows = [f"<td>Huyện {n}</td><td>{n}.000</td><td>{n}.500</td>" for n in range(1, 9)]
    assert len(read(f"<div class='search-result'>{table(*rows)}</div>").grids) == 1


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            '<meta property="article:published_time" content="2023-05-06T01:02:03+07:00">',
            "",
            date(2023, 5, 6),
        ),
        (
            "",
            '<span itemprop="datePublished" content="2022-02-03">hôm qua</span>',
            date(2022, 2, 3),
        ),
        ("", '<time datetime="2021-12-31">cuối năm</time>', date(2021, 12, 31)),
        ("", "<h1>Một bài viết dài</h1><p>10:10 | 16/06/2024 GMT+7</p>", date(2024, 6, 16)),
        (
            "",
            "<p>Thứ Bảy, ngày 20 tháng 04 năm 2019</p><h1>Một bài viết dài</h1>",
            date(2019, 4, 20),
        ),
        ("", "<p>23/4/2023 | English | 中文</p>", date(2023, 4, 23)),
        ("", "<h1>Một bài viết dài</h1><p>Tính đến ngày 31/7/2018, tỉnh có 5 xã.</p>", None),
        ("", "<p>Ngày 45/13/2018</p>", None),
        ("", "<p>Thời gian: 04/09/2024 - 04/09/2025</p>", None),
    ],
)
def test_the_day_of_publication(head: str, body: str, expected: date | None) -> None:
    assert read(f"<html><head>{head}</head><body>{body}</body></html>").published_on == expected


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Thu ngân sách tăng | Báo X", "Báo X", "Thu ngân sách tăng"),
        ("Cổng thông tin điện tử tỉnh X - Dân số 2020", None, "Dân số 2020"),
        ("Số liệu - Quý IV/2024 - Bản 1", None, "Số liệu - Quý IV/2024 - Bản 1"),
        ("Cổng thông tin điện tử tỉnh X", None, "Cổng thông tin điện tử tỉnh X"),
    ],
)
def test_site_names_are_cut_from_titles(title: str, site: str | None, expected: str) -> None:
    assert without_site(title, site) == expected


def test_old_fonts_on_a_page_become_unicode() -> None:
    page = "<meta charset=utf-8>" + table(
        "<td>TØnh</td><td>Tæng sè</td>", "<td>Hµ Nam</td><td>1.234</td>"
    )
    content = read(page)
    assert texts(content.grids[0]) == [["Tỉnh", "Tổng số"], ["Hà Nam", "1.234"]]
    assert [n.code for n in content.notices] == ["legacy_encoding"]


@pytest.mark.parametrize(
    "page",
    [
        "<p></p>",
        "<html><body></body></html>",
        "<table></table>",
        "<table><tr><td></td></tr></table>",
    ],
)
def test_a_page_without_content_is_no_error(page: str) -> None:
    assert read(page).blocks == ()


def test_a_blank_page_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="no text") as error:
        read("   ")
    assert "hãy tải lại" in error.value.message_vi


def test_ten_thousand_nested_elements_lose_no_text() -> None:
    page = (
        "<p>trước 12</p>" + "<div>" * 10_000 + "giữa 345" + "</div>" * 10_000 + "<p>sau 6.789</p>"
    )
    assert [p.text for p in read(page).passages] == ["trước 12", "giữa 345", "sau 6.789"]


def test_text_between_elements_nested_too_deep_is_kept_in_order() -> None:
    page = "".join(f"<div>{n} " for n in range(2_000)) + "<script>var x = 7;</script>"
    words = " ".join(p.text for p in read(page).passages).split()
    assert words == [str(n) for n in range(2_000)]


def test_ends_of_elements_nested_too_deep_end_them() -> None:
    page = "<div>" * 1_000 + "sâu 1</b></div></section>" + "</div>" * 999 + "<p>sau 2</p>"
    assert [p.text for p in read(page).passages] == ["sâu 1", "sau 2"]


def test_nested_tables_without_end_are_read() -> None:
    page = "<table><tr><td>" * 3_000 + "1.234"
    assert any("1.234" in p.text for p in read(page).passages)


def test_a_page_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 10)
    with pytest.raises(LimitExceeded, match="limit") as error:
        read("<p>hơn mười byte</p>")
    assert "giới hạn" in error.value.message_vi


def test_spans_of_a_hostile_table_stay_small() -> None:
    row = "".join("<td colspan=1000 rowspan=65534>1</td>" for _ in range(50))
    grid = only_grid(table(*[row] * 20))
    assert grid.row_count <= 20
    assert grid.column_count <= 1_100 * 20


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Thu",
            "chi 1.234",
            "<b>Nam</b>",
            "<br>",
            "<p>Nữ",
            "&nbsp;",
            "<i>5,6%</i>",
            "</p>",
            "<div>",
            "</div>",
        ]
    )
)


@given(SENTENCES)
def test_the_tree_holds_the_words_that_beautiful_soup_finds(parts: list[str]) -> None:
    page = "<body>" + " ".join(parts) + "</body>"
    assert "".join(parse(page).itertext()).split() == BeautifulSoup(page, "lxml").get_text().split()


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


def test_lines_of_br_become_paragraphs_headings_and_sentences() -> None:
    page = "<h1>Tiêu đề</h1><div><b>I. Kết quả</b><br>Có 12 xã<br>đạt chuẩn.<br>- Xã A: <b>5</b> hộ<br><br>Hết quý</div>"
    assert [(p.kind, p.text) for p in read(page).passages[1:]] == [
        ("heading", "I. Kết quả"),
        ("paragraph", "Có 12 xã đạt chuẩn."),
        ("item", "- Xã A: 5 hộ"),
        ("paragraph", "Hết quý"),
    ]


def test_a_small_table_behind_the_article_is_no_part_of_it() -> None:
    own = table("<td>Huyện A</td><td>120</td>", "<td>Huyện B</td><td>130</td>")
    rates = table("<td>USD</td><td>26.110</td>", "<td>EUR</td><td>29.874</td>")
    prose = (
        "<p>" + "Các địa phương báo cáo kết quả thực hiện hằng tháng theo quy định. " * 2 + "</p>"
    )
    teasers = "<h3>Các tin khác</h3><ul><li>Họp báo quý II</li></ul>"
    boxed = f'<div class="tin-lien-quan">{teasers}</div><div class="col-3">{rates}</div>'
    assert len(read(prose + own + teasers + rates).grids) == 1
    assert len(read(f"<div>{prose}{own}</div>{boxed}").grids) == 1
    assert len(read(f"<div>{prose}{own}{boxed}{prose}{own}</div>").grids) == 2
    assert len(read(prose + teasers + own).grids) == 1


def test_blocks_stand_in_reading_order() -> None:
    page = (
        "<p>Một đoạn.</p>"
        + table("<td>A</td><td>1</td>", "<td>B</td><td>2</td>")
        + "<p>Hai đoạn.</p>"
    )
    first, grid, last = read(page).blocks
    assert isinstance(first, Passage)
    assert isinstance(grid, Grid)
    assert isinstance(last, Passage)
    assert (first.number, grid.number, last.number) == (1, 1, 2)
