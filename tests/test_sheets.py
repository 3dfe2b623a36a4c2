"""Spreadsheets of every format as grids: what is held, what is shown, what is hidden."""

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table

from extractors import extract
from extractors.sheets import xlsx
from extractors.sheets.model import exact
from extractors.sheets.number_formats import display, is_date_format, is_percent
from extractors.sniff import media_type
from solieu import archives
from solieu.errors import DocumentError, LimitExceeded, UnreadableDocument
from solieu.model import SourceDocument

DATA = Path(__file__).resolve().parent / "data"


def read(content, name):
    return extract(SourceDocument(name, content, media_type(content, name), name))


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def texts(grid, row):
    return [c.text for c in grid.by_row()[row]]


@pytest.fixture(scope="module")
def xls():
    return read((DATA / "tcvn3.xls").read_bytes(), "tcvn3.xls")


def test_old_fonts_are_read_as_unicode(xls):
    (grid,) = xls.grids
    assert texts(grid, 1) == ["DÂN SỐ"]
    assert texts(grid, 2) == ["Địa phương", "Năm 1999"]
    assert texts(grid, 3) == ["Tổng số", "Nam", "Tỷ lệ (%)"]
    assert texts(grid, 4)[0] == "Hà Nội"
    assert xls.reader == "xlrd"


def test_merged_cells_keep_their_spans(xls):
    spans = {c.text: (c.row_span, c.column_span) for c in xls.grids[0].cells}
    assert spans["DÂN SỐ"] == (1, 4)
    assert spans["Địa phương"] == (2, 1)
    assert spans["Năm 1999"] == (1, 3)


def test_a_number_is_what_is_held_and_shown_beside(xls):
    at = {(c.row, c.column): c for c in xls.grids[0].cells}
    assert (at[4, 2].text, at[4, 2].number, at[4, 2].display) == (
        "2672122",
        Decimal(2672122),
        "2,672,122",
    )
    assert (at[4, 3].number, at[4, 3].display) == (Decimal("1336061.25"), "1,336,061")
    assert (at[4, 4].text, at[4, 4].number, at[4, 4].percent) == ("50%", Decimal("0.5"), True)
    assert at[5, 1].indent == 1


def test_hidden_sheets_are_named_and_not_read(xls):
    assert len(xls.grids) == 1
    (notice,) = [n for n in xls.notices if n.code == "hidden_sheets"]
    assert "Nhap" in notice.message_vi


@pytest.fixture
def book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet.append(["STT", "Địa phương", "Kế hoạch", None])
    sheet.append([None, None, "2023", "2024"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")
    sheet.merge_cells("C1:D1")
    sheet.append([1, "Huyện A", 1234.5, 0.9466])
    sheet["D3"].number_format = "0.00%"
    sheet["B3"].alignment = Alignment(indent=2)
    sheet["B3"].font = Font(bold=True)
    sheet.append([2, "Huyện B", "=1+1", "#REF!"])
    return book


def test_a_workbook_with_merged_heads(book):
    content = read(saved(book), "a.xlsx")
    (grid,) = content.grids
    assert grid.name == "Biểu 1"
    at = {(c.row, c.column): c for c in grid.cells}
    assert (at[1, 1].row_span, at[1, 3].column_span) == (2, 2)
    assert at[3, 3].number == Decimal("1234.5")
    assert (at[3, 4].text, at[3, 4].percent) == ("94.66%", True)
    assert (at[3, 2].indent, at[3, 2].bold) == (2, True)
    assert at[4, 4].text == "#REF!"


def test_a_formula_without_a_stored_result_is_said(book):
    content = read(saved(book), "a.xlsx")
    assert (4, 3) not in {(c.row, c.column) for c in content.grids[0].cells}
    assert [n.code for n in content.notices] == ["formula_without_value"]


def numbers(content):
    return [str(c.number) for g in content.grids for c in g.cells if c.number is not None]


@pytest.fixture
def checked():
    """A table with a check column and last year's row that the author has hidden."""
    book = openpyxl.Workbook()
    for row in (
        ["Danh sách", None, None],
        ["Địa phương", "Số hộ", "Kiểm tra"],
        ["Xã A", 21, 901],
        ["Xã B", 22, 902],
        ["Số cũ", 23, 903],
    ):
        book.active.append(row)
    return book


def hide_lines(sheet):
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = True


def group_lines(sheet):
    sheet.column_dimensions.group("C", hidden=True)
    sheet.row_dimensions.group(5, hidden=True)


def filter_lines(sheet):
    sheet.auto_filter.ref = "A2:C5"
    sheet.auto_filter.add_filter_column(0, ["Xã A", "Xã B"])
    sheet.row_dimensions[5].hidden = True


def filter_a_table(sheet):
    table = Table(displayName="So", ref="A2:C5")
    table.autoFilter = AutoFilter(ref="A2:C5")
    table.autoFilter.add_filter_column(0, ["Xã A", "Xã B"])
    sheet.add_table(table)
    sheet.row_dimensions[5].hidden = True


def filter_columns(sheet):
    filter_lines(sheet)
    sheet.auto_filter.ref = "A:C"


@pytest.mark.parametrize(
    ("hide", "seen", "told"),
    [
        (filter_a_table, ["21", "901", "22", "902", "23", "903"], False),
        (filter_columns, ["21", "901", "22", "902", "23", "903"], False),
        (hide_lines, ["21", "22"], True),
        (group_lines, ["21", "901", "22", "902", "23", "903"], False),
        (filter_lines, ["21", "901", "22", "902", "23", "903"], False),
    ],
    ids=[
        "a filter of a declared table can be taken off",
        "so can one of whole columns",
        "hidden lines are not published",
        "a group can be opened",
        "a filter can be taken off",
    ],
)
def test_hidden_rows_and_columns_are_told_and_not_read(checked, hide, seen, told):
    hide(checked.active)
    content = read(saved(checked), "a.xlsx")
    assert numbers(content) == seen
    assert [n.code for n in content.notices] == ["hidden_lines"] * told


def test_a_damaged_part_that_holds_no_cells_is_no_matter():
    book = openpyxl.Workbook()
    book.active.append(["Xã A", 1, None])
    book.active["C1"].number_format = "0.0"  # a cell without a value: is there a formula?
    content = bytearray(saved(book))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("docProps/app.xml")
    start = part.header_offset + 30 + len(part.filename)
    content[start : start + 20] = bytes(20)
    assert numbers(read(bytes(content), "a.xlsx")) == ["1"]


def test_columns_beyond_the_last_of_any_sheet_cost_nothing(checked):
    columns = checked.active.column_dimensions["C"]
    columns.hidden, columns.min, columns.max = True, 3, 2**20
    (sheet,) = xlsx.sheets(saved(checked))
    assert sheet.hidden_columns == frozenset(range(3, 2**14 + 1))


def test_a_title_merged_from_a_hidden_column_is_seen(checked):
    checked.active.merge_cells("A1:C1")
    checked.active.column_dimensions["A"].hidden = True
    assert texts(read(saved(checked), "a.xlsx").grids[0], 1) == ["Danh sách"]


def test_a_unit_in_the_corner_of_a_hidden_column_still_holds(checked):
    checked.active["C1"] = "Đơn vị tính: hộ"
    checked.active.column_dimensions["C"].hidden = True
    content = read(saved(checked), "a.xlsx")
    assert texts(content.grids[0], 1) == ["Danh sách", "Đơn vị tính: hộ"]
    assert numbers(content) == ["21", "22", "23"]


def test_collapsed_lines_of_an_open_document_are_not_read():
    def row(value, hidden=""):
        cell = '<table:table-cell office:value-type="float" office:value="{}"/>'
        return (
            f"<table:table-row {hidden}>"
            + cell.format(value)
            + cell.format(9)
            + "</table:table-row>"
        )

    collapsed = 'table:visibility="collapse"'
    table = (
        f'<table:table table:name="B1"><table:table-column/><table:table-column {collapsed}/>'
        f"{row(1)}{row(2, collapsed)}"
        f"<table:table-row-group>{row(3, collapsed)}</table:table-row-group></table:table>"
    )
    content = read(ods(table), "a.ods")
    assert numbers(content) == ["1", "3"]
    assert [n.code for n in content.notices] == ["hidden_lines"]


def test_a_stray_format_in_the_last_row_costs_nothing(book):
    book.active["XFD1048576"].font = Font(bold=True)
    assert read(saved(book), "a.xlsx").grids[0].row_count == 4


def ods(table):
    names = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
        for p in ("office", "table", "text", "style")
    )
    xml = f"<office:document-content {names}>{table}</office:document-content>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
    return buffer.getvalue()


def test_an_open_document_with_repeated_rows_and_spans():
    table = (
        '<table:table table:name="B1">'
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Năm 2023</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="2" '
        'office:value-type="float" office:value="1234"><text:p>1.234</text:p></table:table-cell>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    (grid,) = read(ods(table), "a.ods").grids
    assert [(c.text, c.row, c.column, c.column_span) for c in grid.cells] == [
        ("Năm 2023", 1, 1, 2),
        ("1234", 2, 1, 1),
        ("1234", 2, 2, 1),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("95.236", "#,##0.0", "95.2"),
        ("0.9466", "0.00%", "94.66%"),
        ("1234567", "#,##0", "1,234,567"),
        ("1234567", "#,##0,", "1,235"),
        ("5", '#,##0 "người"', "5"),
        ("-3.5", "0.0;(0.0)", "-3.5"),
        ("2.5", "0", "3"),
        ("7", "General", None),
    ],
)
def test_what_a_number_format_shows(value, number_format, shown):
    assert display(Decimal(value), number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        ("12345678000", "#,##0.0,,", "12345.678"),
        ("12345678", "#,##0,", "12345.678"),
        ("12345678", '#,##0," nghìn"', "12345.678"),
        ("12345678", "#,##0", "12345678"),
        ("12345678", "General", "12345678"),
    ],
)
def test_a_number_is_in_the_scale_that_its_format_shows(value, number_format, said):
    """Heads name the unit of what a reader sees: "triệu đồng" over 12.345,7."""
    book = openpyxl.Workbook()
    book.active.append(["Thu ngân sách (triệu đồng)"])
    book.active.append([int(value)])
    book.active["A2"].number_format = number_format
    cell = read(saved(book), "a.xlsx").grids[0].cells[-1]
    assert (cell.text, str(cell.number)) == (said, said)


def test_raised_marks_stand_apart_and_struck_out_text_is_gone():
    small, gone = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("Diện tích (km", TextBlock(small, "2"), ")")
    book.active["A2"] = CellRichText("39.202", TextBlock(small, "(1)"))
    book.active["A3"] = CellRichText(TextBlock(gone, "99"), "12.345")
    cells = read(saved(book), "a.xlsx").grids[0].cells
    found = [(c.text, c.marks) for c in cells]
    assert found == [("Diện tích (km²)", ()), ("39.202", ("(1)",)), ("12.345", ())]


def test_a_figure_struck_out_is_withdrawn():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["C1"] = "Số hộ", 1250, 1205
    book.active["B1"].font = Font(strike=True)
    book.active["D1"] = CellRichText("1.", TextBlock(InlineFont(strike=False), "305"))
    book.active["D1"].font = Font(strike=True)
    cells = read(saved(book), "a.xlsx").grids[0].cells
    assert [c.text for c in cells if c.text] == ["Số hộ", "1205", "1.305"]


def test_a_figure_struck_out_in_an_old_workbook_is_withdrawn():
    content = bytearray((DATA / "tcvn3.xls").read_bytes())
    before = {c.text for c in read(bytes(content), "a.xls").grids[0].cells}
    font = re.compile(rb"\x31\x00..\xc8\x00(?P<look>.).{11}\x05\x00Arial", re.DOTALL)
    for found in font.finditer(bytes(content)):
        content[found.start("look")] |= 0x08
    after = {c.text for c in read(bytes(content), "a.xls").grids[0].cells}
    assert {"2672122", "205900"} <= before - after
    assert "Hà Nội" in after


def test_formats_of_dates_and_percents_are_told_apart():
    assert is_date_format("dd/mm/yyyy")
    assert not is_date_format('#,##0 "ha"')
    assert not is_date_format("General")
    assert is_percent("0.00%")
    assert not is_percent("#,##0")


@pytest.mark.parametrize(
    ("held", "decimal"), [(0.1 + 0.2, "0.3"), (1754.8, "1754.8"), (419278223.0, "419278223")]
)
def test_binary_noise_is_no_figure(held, decimal):
    assert str(exact(held)) == decimal


@pytest.mark.parametrize("cut", [10, 100, 1000, 3000])
def test_a_file_cut_short_is_said_to_be_damaged(book, cut):
    content = saved(book)[:cut]
    with pytest.raises(DocumentError):
        read(content, "a.xlsx")
    old = (DATA / "tcvn3.xls").read_bytes()[: cut + 512]
    with pytest.raises(DocumentError):
        read(old, "a.xls")


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 10_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 1_000_000)
    with pytest.raises(LimitExceeded):
        archives.check_zip(buffer.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_workbook_expand_to_nothing(book, encoding):
    buffer = io.BytesIO()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                text = data.decode().replace("<worksheet", f"{bomb}<worksheet", 1)
                data = text.encode(encoding)
            new.writestr(item, data)
    with pytest.raises(UnreadableDocument):
        read(buffer.getvalue(), "a.xlsx")


@pytest.mark.parametrize("number", ["99999999999999999999", "1e308", "x"])
def test_a_style_with_an_impossible_number_is_damage(book, number):
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "xl/styles.xml":
                data = data.replace(b'fontId="0"', f'fontId="{number}"'.encode())
            new.writestr(item, data)
    with pytest.raises(UnreadableDocument):
        read(buffer.getvalue(), "a.xlsx")


@pytest.mark.parametrize("wrong", ["0", "-3", "NaN", "1e308", "2147483648"])
@pytest.mark.parametrize("name", ["rows-spanned", "columns-spanned", "columns-repeated"])
def test_a_count_that_no_program_writes_is_damage(name, wrong):
    cell = f'<table:table-cell table:number-{name}="{wrong}"><text:p>1</text:p></table:table-cell>'
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    with pytest.raises(UnreadableDocument):
        read(ods(table), "a.ods")


def test_a_row_of_figures_repeated_to_the_end_of_the_sheet_is_refused():
    cell = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(LimitExceeded):
        read(ods(f"<table:table>{row}</table:table>"), "a.ods")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999999999", ""])
def test_what_is_no_number_is_read_as_it_is_shown(value):
    cell = (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        "<text:p>1.234</text:p></table:table-cell>"
    )
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    (found,) = read(ods(table), "a.ods").grids[0].cells
    assert (found.text, found.number) == ("1.234", None)


def test_a_cell_merged_to_the_edge_of_the_sheet_ends_with_the_cells(book):
    book.active.merge_cells("A1:XFD1")
    grid = read(saved(book), "a.xlsx").grids[0]
    assert grid.column_count < 100


def test_a_figure_that_fell_into_the_last_row_is_told_and_not_read(book):
    book.active["A1048576"] = 7
    found = read(saved(book), "a.xlsx")
    assert found.grids[0].row_count < 100
    assert [n.code for n in found.notices].count("stray_cells") == 1


@pytest.mark.parametrize(
    ("cell", "lacks"),
    [
        ("<c><f>A1+1</f><v>3</v></c>", False),
        ('<c><f t="shared" si="0"/><v>3</v></c>', False),
        ("<x:c><x:f>A1</x:f>\n<x:v>3</x:v></x:c>", False),
        ("<c><f>A1+1</f></c>", True),
        ("<c><f>A1+1</f><v/></c>", True),
        ("<c><f>A1+1</f><v></v></c>", True),
        ('<c><f t="shared" si="0"/></c>', True),
        ("<c><v>3</v></c><font/><fill/>", False),
    ],
)
def test_only_formulas_without_a_value_need_the_workbook_twice(cell, lacks):
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{cell}</sheetData>")
    assert xlsx._holds_uncomputed(book.getvalue()) is lacks
