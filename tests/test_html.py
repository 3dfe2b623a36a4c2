"""Pages: articles kept, furniture marked, dates and titles found, hostile markup survived."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from extractors import limits
from extractors.html.head import without_site
from extractors.html.tree import parse
from solieu.errors import LimitExceeded, UnreadableDocument
from solieu.model import Grid, Passage
from tests.html_pages import kinds, only_grid, read, table, texts

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


def test_lines_of_br_become_paragraphs_headings_and_sentences() -> None:
    page = "<h1>Tiêu đề</h1><div><b>I. Kết quả</b><br>Có 12 xã<br>đạt chuẩn.<br>- Xã A: <b>5</b> hộ<br><br>Hết quý</div>"
    assert [(p.kind, p.text) for p in read(page).passages[1:]] == [
        ("heading", "I. Kết quả"),
        ("paragraph", "Có 12 xã đạt chuẩn."),
        ("item", "- Xã A: 5 hộ"),
        ("paragraph", "Hết quý"),
    ]


@pytest.mark.parametrize(
    ("page", "headings"),
    [
        ("Hết quý.<br><b>II. Mục tiêu</b><br>Đạt 12 xã.", ["II. Mục tiêu"]),
        ("Căn cứ kế hoạch<br><br><b>II. Mục tiêu</b><br><br>Đạt 12 xã.", ["II. Mục tiêu"]),
        ("Hết quý.<br><br>II. MỤC TIÊU<br><br>Đạt 12 xã.", ["II. MỤC TIÊU"]),
        ("Hết quý có<br><b>12 xã</b><br>đạt chuẩn.", []),
        ("Hết quý.<br><b>Kết quả:</b> có 12 xã.", []),
        ("Hết quý.<br><br>II. Mục tiêu của 12 xã", []),
    ],
)
def test_headings_among_lines_of_br(page: str, headings: list[str]) -> None:
    found = read(f"<h1>Tiêu đề</h1><div>{page}</div>").passages[1:]
    assert [p.text for p in found if p.kind == "heading"] == headings


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


@pytest.mark.parametrize(
    ("heading", "tables"),
    [
        ("Giá vàng - Tỷ giá", 0),
        ("Thời tiết", 0),
        ("Giá vàng bình quân các tháng", 1),
        ("Tỷ giá hối đoái trên địa bàn tỉnh", 1),
    ],
)
def test_prices_of_the_day_beside_an_article_are_furniture(heading: str, tables: int) -> None:
    box = f"<div><h3>{heading}</h3><table><tr><td>SJC</td><td>78.500</td></tr>"
    box += "<tr><td>USD</td><td>25.120</td></tr></table></div>"
    page = f"<body>{box}<h1>Kết quả tháng 8</h1><p>{BODY}</p></body>"
    assert len(read(page).grids) == tables


def test_a_page_that_is_nothing_but_prices_is_read() -> None:
    table = (
        "<table><tr><td>USD</td><td>25.120</td></tr><tr><td>EUR</td><td>27.310</td></tr></table>"
    )
    assert len(read(f"<body><h2>Tỷ giá</h2>{table}</body>").grids) == 1


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
