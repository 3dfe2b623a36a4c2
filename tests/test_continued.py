"""A table that goes on under its title printed again is one table, in every format."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from extractors import extract
from extractors.continued import goes_on
from solieu.model import Content, SourceDocument

HEAD = ["Huyện", "Nam", "Nữ"]
FIRST = [["An Bình", "1.204", "1.318"], ["Cẩm Sơn", "2.411", "2.377"]]
SECOND = [["Đông Phú", "905", "941"], ["Tổng số", "4.520", "4.636"]]
TITLE = "Bảng 5. Dân số phân theo huyện"
WHOLE = [HEAD, *FIRST, *SECOND]


def read(content: bytes, media_type: str) -> Content:
    return extract(SourceDocument("a", content, media_type, "a"))


def rows(content: Content, number: int = 0, skip: int = 0) -> list[list[str]]:
    found = content.grids[number].by_row().values()
    return [[c.text for c in row] for row in found][skip:]


def html(again: str, head: list[str] = HEAD, between: str = "") -> Content:
    def table(rows: list[list[str]]) -> str:
        body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
        return f"<table>{body}</table>"

    parts = [f"<p>{TITLE}</p>", table([HEAD, *FIRST]), between, f"<p>{again}</p>"]
    second = [head, *SECOND] if head else SECOND
    page = f"<body><h1>Niên giám thống kê</h1>{''.join(parts)}{table(second)}</body>"
    return read(page.encode(), "text/html")


def word(again: str, head: list[str] = HEAD) -> Content:
    document = docx.Document()
    for title, part in ((TITLE, [HEAD, *FIRST]), (again, [head, *SECOND] if head else SECOND)):
        document.add_paragraph(title)
        document.add_paragraph("Đơn vị tính: người")
        table = document.add_table(rows=len(part), cols=3)
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return read(out.getvalue(), kind)


def excel(again: str, head: list[str] = HEAD) -> Content:
    book = openpyxl.Workbook()
    for title, part in ((TITLE, [HEAD, *FIRST]), (again, [head, *SECOND] if head else SECOND)):
        sheet = book.create_sheet()
        for row in ([title], ["Đơn vị: người"], *part):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return read(out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


AGAIN = (
    "(Tiếp theo)",
    "Bảng 5. Dân số phân theo huyện (tiếp theo)",
    "Bảng 5. (tiếp) Dân số phân theo huyện",
    "5. (Cont.) Population by district",
)


@pytest.mark.parametrize("head", [HEAD, []], ids=["head again", "no head"])
@pytest.mark.parametrize("again", AGAIN)
@pytest.mark.parametrize("made", [html, word, excel])
def test_parts_of_one_table_are_one_grid(made, again: str, head: list[str]):
    content = made(again, head)
    assert len(content.grids) == 1
    assert rows(content, skip=2 if made is excel else 0) == WHOLE
    assert [g.number for g in content.grids] == [1]


def test_each_cell_knows_its_sheet():
    (grid,) = excel(AGAIN[0]).grids
    assert {c.text: c.page for c in grid.cells if c.column == 1 and c.row > 2} == {
        "Huyện": 1,
        "An Bình": 1,
        "Cẩm Sơn": 1,
        "Đông Phú": 2,
        "Tổng số": 2,
    }


@pytest.mark.parametrize(
    ("again", "head"),
    [
        ("Bảng 6. Lao động phân theo huyện", HEAD),
        ("Bảng 6. Lao động phân theo huyện (tiếp theo)", HEAD),
        ("Bảng 5. Dân số phân theo huyện (tiếp theo)", ["Huyện", "2019", "2020"]),
        ("Bảng 5. Dân số phân theo huyện (tiếp theo)", ["Huyện", "Thành thị", "Nông thôn"]),
    ],
    ids=["other title", "other number", "other years", "other columns"],
)
@pytest.mark.parametrize("made", [html, word, excel])
def test_other_tables_stay_apart(made, again: str, head: list[str]):
    content = made(again, head)
    assert len(content.grids) == 2
    assert [g.number for g in content.grids] == [1, 2]


def test_text_between_parts_them():
    between = "<p>Trong năm, dân số nữ của các huyện tăng nhanh hơn dân số nam.</p>"
    assert len(html(AGAIN[0], between=between).grids) == 2


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Biểu 2 (tiếp)", True),
        ("Table 3 (cont'd)", True),
        ("(Continued)", True),
        ("Tiếp theo", True),
        ("Những bước tiếp theo của đề án", False),
        ("Tiếp dân", False),
        ("Bảng 5. Dân số", False),
    ],
)
def test_titles_that_go_on(text: str, answer: bool):
    assert goes_on(text) is answer


@pytest.mark.parametrize("stub", ["", "Huyện"])
def test_the_same_rows_over_later_years_are_another_grid(stub: str) -> None:
    def part(years: tuple[str, ...]) -> str:
        lines = [[stub, *years], ["An Bình", "12", "14", "15"], ["Cẩm Sơn", "22", "24", "27"]]
        return "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in lines)

    page = (
        f"<body><p>{TITLE}</p><table>{part(('2018', '2019', '2020'))}</table>"
        f"<p>Bảng 5. (Tiếp theo) Dân số</p><table>{part(('2021', '2022', 'Sơ bộ 2023'))}</table>"
    )
    assert len(read(page.encode(), "text/html").grids) == 2


PAGES = """Đơn vị: Triệu đồng
 STT   Nội dung           Dự toán     Thực hiện
  A       B                  1            2
 1     Thu nội địa          9.119        9.214
 2     Thu xổ số            8.120        7.905
 3     Thu khác             1.015        1.220

                    2

"""
NEXT = """ 4     Thu tiền đất         6.310        5.120
 5     Lệ phí trước bạ      1.407        1.312
 6     Thuế môi trường      2.071        2.001
"""


@pytest.mark.parametrize(
    ("head", "grids"),
    [
        (
            " STT   Nội dung           Dự toán     Thực hiện\n  A       B                  1            2\n",
            1,
        ),
        (
            " STT   Nội dung           Kế hoạch    Thực hiện\n  A       B                  1            2\n",
            2,
        ),
    ],
)
def test_a_page_that_begins_with_the_head_again_goes_on(head: str, grids: int) -> None:
    found = read(f"{PAGES}{head}{NEXT}".encode(), "text/plain").grids
    assert len(found) == grids
    assert found[0].notes == ("Đơn vị: Triệu đồng",)
    assert sum(c.text.endswith(".310") for c in found[0].cells) == 2 - grids
