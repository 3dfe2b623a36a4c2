"""Word documents: tables with their spans, text around them, headings over both."""

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from extractors import extract
from extractors.sniff import media_type
from solieu.errors import DocumentError
from solieu.model import Grid, SourceDocument


def read(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return read_bytes(buffer.getvalue())


def read_bytes(content):
    return extract(SourceDocument("a.docx", content, media_type(content, "a.docx"), "a.docx"))


@pytest.fixture
def report():
    document = docx.Document()
    for text in ("BÁO CÁO", "Kết quả thực hiện tháng 6 năm 2026"):
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("I. KẾT QUẢ", 1)
    document.add_paragraph("- Cấp 1.234 thẻ.")
    document.add_paragraph("Bảng 1. Số thẻ theo địa phương")
    document.add_paragraph("Đơn vị tính: thẻ")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Địa phương"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Năm 2026"
    for column, text in enumerate(("Kế hoạch", "Thực hiện"), 1):
        table.cell(1, column).text = text
    for column, text in enumerate(("Xã A", "1.200", "1.234")):
        table.cell(2, column).text = text
    return document


def test_blocks_come_in_reading_order_with_their_kinds(report):
    content = read(report)
    assert [(b.kind, b.text) for b in content.passages][:4] == [
        ("title", "BÁO CÁO"),
        ("title", "Kết quả thực hiện tháng 6 năm 2026"),
        ("heading", "I. KẾT QUẢ"),
        ("item", "- Cấp 1.234 thẻ."),
    ]
    assert content.title == "BÁO CÁO Kết quả thực hiện tháng 6 năm 2026"
    assert isinstance(content.blocks[-1], Grid)


def test_a_table_knows_its_spans_title_unit_and_section(report):
    (grid,) = read(report).grids
    spans = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
    assert spans["Địa phương"] == (1, 1, 2, 1)
    assert spans["Năm 2026"] == (1, 2, 1, 2)
    assert spans["1.234"] == (3, 3, 1, 1)
    assert grid.title == "Bảng 1. Số thẻ theo địa phương"
    assert "Đơn vị tính: thẻ" in grid.notes
    assert grid.section == ("I. KẾT QUẢ",)


def test_a_letterhead_is_text_and_no_table():
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "UBND XÃ A"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    content = read(document)
    assert not content.grids
    assert [p.text for p in content.passages] == ["UBND XÃ A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_a_footnote_mark_is_kept_apart_and_a_square_metre_is_not():
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, (label, value) in enumerate((("Tên", "Số"), ("Diện tích (km", "9"), ("B", "39.202"))):
        table.cell(row, 0).text = label
        table.cell(row, 1).text = value
    square = table.cell(1, 0).paragraphs[0].add_run("2")
    square.font.superscript = True
    mark = table.cell(2, 1).paragraphs[0].add_run("1")
    mark.font.superscript = True
    cells = {(c.row, c.column): c for c in read(document).grids[0].cells}
    assert cells[2, 1].text == "Diện tích (km²"
    assert (cells[3, 2].text, cells[3, 2].marks) == ("39.202", ("1",))


def test_nested_tables_stand_for_themselves():
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1)
    outer.cell(0, 0).text = "Khung"
    inner = outer.cell(0, 0).add_table(rows=3, cols=2)
    for row in range(3):
        inner.cell(row, 0).text = f"Xã {row}"
        inner.cell(row, 1).text = f"{row}.000"
    (grid,) = read(document).grids
    assert (grid.row_count, grid.column_count) == (3, 2)


def test_what_follows_other_news_is_no_part_of_the_release():
    document = docx.Document()
    texts = ("Toàn tỉnh có 1.234 người.", "Tin liên quan", "Hà Nội có 99.000 người tham gia")
    for text in texts:
        document.add_paragraph(text)
    assert [p.kind for p in read(document).passages] == ["paragraph", "boilerplate", "boilerplate"]


def test_a_deleted_text_is_not_published():
    document = docx.Document()
    paragraph = document.add_paragraph("Có 1.234 người.")
    run = paragraph.add_run(" Có 9.999 người.")
    from docx.oxml import OxmlElement

    deleted = OxmlElement("w:del")
    run._r.addprevious(deleted)
    for text in run._r.findall("{*}t"):
        text.tag = text.tag.replace("}t", "}delText")
    deleted.append(run._r)
    assert [p.text for p in read(document).passages] == ["Có 1.234 người."]


def test_old_fonts_are_read_as_unicode():
    document = docx.Document()
    document.add_paragraph(
        "D\xa9n s\xe8 trung b\xd7nh c\xf1a t\xd8nh n\xa8m 1999 l\xb5 1.234 ng\xad\xeai"
    )
    assert read(document).passages[0].text == "Dân số trung bình của tỉnh năm 1999 là 1.234 người"


@pytest.mark.parametrize("cut", [4, 50, 500, 5000])
def test_a_file_cut_short_is_said_to_be_damaged(report, cut):
    buffer = io.BytesIO()
    report.save(buffer)
    with pytest.raises(DocumentError):
        read_bytes(buffer.getvalue()[:cut])


def test_blanks_typed_before_a_label_are_its_indentation():
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, label in enumerate(("Tổng mức bán lẻ (tỷ đồng)", "    Lương thực", "Vận tải")):
        table.cell(row, 0).text = label
        table.cell(row, 1).text = "3.120,4"
    (grid,) = read(document).grids
    assert [c.indent for c in grid.cells if c.column == 1] == [0, 2, 0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("II. KẾT QUẢ NĂM 2024", "heading"),
        ("II. Kết quả năm 2024", "paragraph"),
        ("UBND CÁC XÃ", "paragraph"),
    ],
)
def test_a_numbered_line_in_capitals_is_a_heading(report, line: str, kind: str) -> None:
    report.add_paragraph("Sáu tháng qua như sau.")
    report.add_paragraph(line)
    assert [p.kind for p in read(report).passages if p.text == line] == [kind]
