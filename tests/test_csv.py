"""Separated values: cells as printed, whatever separates them; bulletins become passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import csv
from solieu.errors import UnreadableDocument
from solieu.model import Content, Grid, SourceDocument


def read(page: str | bytes) -> Content:
    content = page.encode() if isinstance(page, str) else page
    return csv.extract(SourceDocument("a.csv", content, "text/csv", "a.csv"))


def texts(grid: Grid) -> list[list[str]]:
    return [[c.text for c in cells] for cells in grid.by_row().values()]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("huyện;số\nA;1,5\nB;2,75\n", [["huyện", "số"], ["A", "1,5"], ["B", "2,75"]]),
        ("a\tb\n1.234\t5,6%\n", [["a", "b"], ["1.234", "5,6%"]]),
        ("a|b\n1|2\n3|4\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
        ('a,b\n"1,234","x ""y"""\n', [["a", "b"], ["1,234", 'x "y"']]),
        ('a,b\n"hai\ndòng",2\n', [["a", "b"], ["hai\ndòng", "2"]]),
        ("sep=;\na;b\n1,2;3\n", [["a", "b"], ["1,2", "3"]]),
        ("a,b\n\n,\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("ma,so\n01,1.000\nNA,None\n", [["ma", "so"], ["01", "1.000"], ["NA", "None"]]),
    ],
)
def test_cells_keep_their_text(page: str, expected: list[list[str]]) -> None:
    (grid,) = read(page).grids
    assert texts(grid) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            'xã,nam,nữ\nA,1,2\n"B,3,4\nC,5,6\nD,7,8\n',
            [
                ["xã", "nam", "nữ"],
                ["A", "1", "2"],
                ["B", "3", "4"],
                ["C", "5", "6"],
                ["D", "7", "8"],
            ],
        ),
        (
            'xã;số\r\n"A";1,5\r\nB;"2,5\r\nC;3,5\r\n',
            [["xã", "số"], ["A", "1,5"], ["B", "2,5"], ["C", "3,5"]],
        ),
    ],
)
def test_a_quote_that_nothing_closes_takes_no_records(page, expected) -> None:
    content = read(page)
    assert texts(content.grids[0]) == expected
    assert [n.code for n in content.notices] == ["stray_quote"]


@pytest.mark.parametrize(
    "page",
    [
        'xã,ghi chú,số\nA,"một, hai, ba\nbốn, năm, sáu",1\nB,,2\n',
        'xã,ống,số\nA,5" thép,1\nB,"hai\ndòng",2\n',
        'xã,số\nA,"1',
    ],
    ids=["closed quotes around commas", "inches", "cut off in the last field"],
)
def test_fields_of_several_lines_are_left_alone(page) -> None:
    assert read(page).notices == ()


def test_a_line_alone_over_the_table_is_its_title() -> None:
    content = read("Dân số theo huyện,,\nhuyện,nam,nữ\nA,1,2\nB,3,4\n")
    assert content.title == "Dân số theo huyện"
    assert content.grids[0].title == "Dân số theo huyện"
    assert content.grids[0].row_count == 4


BULLETIN = (
    "Trong ngày, tỉnh ghi nhận {0} trường hợp mới tại huyện A ({0}) và không có ở các huyện khác."
)
ROWS = "\n".join(
    f'"{BULLETIN.format(n)}",2021-07-{n:02d},Hà Nam,https://example.org/{n}' for n in range(1, 6)
)


def test_sentences_beside_dates_become_passages() -> None:
    content = read(f"nội dung,ngày,tỉnh,nguồn\n{ROWS}\n")
    assert content.grids == ()
    assert content.passages[1].text == BULLETIN.format(2)
    assert content.passages[1].section == ("2021-07-02", "Hà Nam")
    assert [p.number for p in content.passages] == [1, 2, 3, 4, 5]


def test_a_bulletin_that_stands_twice_in_a_row_is_read_once() -> None:
    rows = "\n".join(
        f'"{BULLETIN.format(n)[:60]}","{BULLETIN.format(n)}",{n}/7/2021' for n in range(1, 5)
    )
    kinds = [p.kind for p in read(f"tóm tắt,nội dung,ngày\n{rows}\n").passages]
    assert kinds == ["boilerplate", "paragraph"] * 4


def test_figures_beside_sentences_stay_a_table() -> None:
    rows = "\n".join(f'"{BULLETIN.format(n)}",2021-07-{n:02d},{n}.000' for n in range(1, 6))
    assert len(read(f"nội dung,ngày,số ca\n{rows}\n").grids) == 1


@pytest.mark.parametrize("page", ["\n\n", ",,\n,,\n"])
def test_a_file_without_values_says_so(page: str) -> None:
    with pytest.raises(UnreadableDocument, match="no rows") as error:
        read(page)
    assert "không có dòng" in error.value.message_vi


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2020, huyện có 5 xã.\nNăm 2021, huyện có 6 xã.\nNăm 2022, huyện có 7 xã.\n",
        "Một dòng\n",
        "Đoạn văn không có dấu phân cách\nĐoạn hai\nĐoạn ba\n",
    ],
)
def test_running_text_is_no_table(text: str) -> None:
    assert csv.delimiter_of(text) is None


def test_old_fonts_become_unicode() -> None:
    content = read("TØnh,Tæng sè\nHµ Nam,1\nHµ Néi,2\n".encode("latin-1"))
    assert texts(content.grids[0])[1] == ["Hà Nam", "1"]


WORDS = st.sampled_from(["A", "1.234", "5,6%", "hai từ", 'có "ngoặc"', "a;b", "x\ty"])


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=3, max_size=8))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    (grid,) = read("\n".join(["một,hai,ba", *lines]) + "\n").grids
    assert texts(grid)[1:] == [[" ".join(cell.split()) for cell in row] for row in rows]
