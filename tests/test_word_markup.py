"""Word's own wrappings: content controls, text boxes, tracked changes and hidden text."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from extractors import extract
from extractors.sniff import DOCX
from solieu.errors import UnreadableDocument
from solieu.model import Content, SourceDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(document: str) -> Content:
    """A file whose main part is this markup."""
    whole, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(out, "w") as made:
        for name in parts.namelist():
            main = name == "word/document.xml"
            made.writestr(name, document.encode() if main else parts.read(name))
    return extract(SourceDocument("a.docx", out.getvalue(), DOCX, "a.docx"))


def body(inside: str) -> Content:
    return read(
        f'<w:document xmlns:w="{W}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<w:body>{inside}</w:body></w:document>"
    )


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def row(*inside: str) -> str:
    return f"<w:tr>{''.join(map(cell, inside))}</w:tr>"


def control(inside: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def box(inside: str, *, twice: bool = True) -> str:
    """A text box in a run, as new programs read it and as old ones do."""
    old = f"<w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict>"
    new = f"<w:drawing><w:txbxContent>{inside}</w:txbxContent></w:drawing>"
    if not twice:
        return f"<w:r>{old}</w:r>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice>{new}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


HEAD = row(par("Xã"), par("Số hộ"))
A, B = row(par("Xã A"), par("12.345")), row(par("Xã B"), par("777"))
NOT_HIDDEN = '<w:vanish w:val="0"/>'
MOVED = (
    f"<w:p><w:moveFrom>{run('Có 5 hộ.')}</w:moveFrom></w:p>"
    f"<w:p>{run('Nay: ')}<w:moveTo>{run('có 5 hộ.')}</w:moveTo></w:p>"
)
DELETED = (
    f"<w:tr><w:trPr><w:del/></w:trPr>{cell('<w:p><w:del>' + run('9') + '</w:del></w:p>')}</w:tr>"
)


@pytest.mark.parametrize(
    "rows",
    [
        HEAD + A + B,
        HEAD + control(A) + B,
        HEAD + control(control(A) + B),
        HEAD + row(par("Xã A"), control(par("12.345"))) + B,
        HEAD + f"<w:tr>{cell(par('Xã A'))}{control(cell(par('12.345')))}</w:tr>" + B,
        HEAD + f"<w:customXml>{A}</w:customXml>" + B,
        HEAD + DELETED + A + B,
        HEAD + row(par("Xã A"), f"<w:p>{box(par('12.345'))}</w:p>") + B,
    ],
    ids=["plain", "row", "rows", "text", "cell", "tag", "deleted row", "text box"],
)
def test_a_table_is_the_same_whatever_wraps_its_parts(rows):
    (grid,) = body(f"<w:tbl>{rows}</w:tbl>").grids
    assert [c.text for c in grid.cells] == ["Xã", "Số hộ", "Xã A", "12.345", "Xã B", "777"]
    assert (grid.row_count, grid.column_count) == (3, 2)


def test_a_table_in_a_cell_in_a_content_control_is_none_of_its_cells():
    inner = f"<w:tbl>{HEAD}{A}{B}</w:tbl>"
    outer = f"<w:tr>{cell(par('1'))}{control(cell(par('2') + inner))}</w:tr>"
    grids = body(f"<w:tbl>{outer}</w:tbl>").grids
    assert [(g.row_count, g.column_count) for g in grids] == [(1, 2), (3, 2)]


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (control(par("Có 5 hộ.")), ["Có 5 hộ."]),
        ("<w:sdt/><w:sdt><w:sdtContent/></w:sdt>" + par("Có 5 hộ."), ["Có 5 hộ."]),
        (f"<w:p>{control(run('Có 5'))}{run(' hộ.')}</w:p>", ["Có 5 hộ."]),
        (f"<w:p>{run('Có ')}<w:ins>{run('5')}</w:ins>{run(' hộ.')}</w:p>", ["Có 5 hộ."]),
        (f"<w:p>{run('Có ')}<w:del>{run('9')}</w:del>{run('5 hộ.')}</w:p>", ["Có 5 hộ."]),
        (MOVED, ["Nay: có 5 hộ."]),
        (f"<w:p>{run('Có ')}{run('9', '<w:vanish/>')}{run('5 hộ.')}</w:p>", ["Có 5 hộ."]),
        (f"<w:p>{run('Có ')}{run('9', '<w:strike/>')}{run('5 hộ.')}</w:p>", ["Có 5 hộ."]),
        (f"<w:p>{run('Có ')}{run('5', NOT_HIDDEN)}{run(' hộ.')}</w:p>", ["Có 5 hộ."]),
        (
            f"<w:p>{run('Có 1')}{box(par('Hộp 12.345'))}{run(' hộ.')}</w:p>",
            ["Có 1 hộ.", "Hộp 12.345"],
        ),
        (
            f"<w:p>{box(par('Hộp 12.345'), twice=False)}{run('Có 1 hộ.')}</w:p>",
            ["Có 1 hộ.", "Hộp 12.345"],
        ),
    ],
    ids=[
        "control", "empty control", "control in a line", "inserted", "deleted", "moved", "hidden",
        "struck", "not hidden", "box", "old box",
    ],
)  # fmt: skip
def test_a_paragraph_says_what_a_reader_sees(inside, said):
    assert [p.text for p in body(inside).passages] == said


def test_a_switch_that_is_turned_off_is_not_bold():
    looks = {"Xã": "<w:b/>", "Số hộ": '<w:b w:val="0"/>'}
    head = row(*(f"<w:p>{run(text, look)}</w:p>" for text, look in looks.items()))
    (grid,) = body(f"<w:tbl>{head}{A}{B}</w:tbl>").grids
    assert [c.bold for c in grid.cells] == [True, False, False, False, False, False]


@pytest.mark.parametrize(
    ("before", "raised", "text", "marks"),
    [
        ("9 km", "2", "9 km²", ()),
        ("1.000 m", "3", "1.000 m³", ()),
        ("5 x 10", "3", "5 x 10³", ()),
        ("39.202", "1", "39.202", ("1",)),
        ("39.210", "2", "39.210", ("2",)),
        ("Xã A", "(*)", "Xã A", ("(*)",)),
        ("năm thứ", "nhất", "năm thứnhất", ()),
    ],
)
def test_raised_letters_are_footnote_marks_but_not_those_of_measures(before, raised, text, marks):
    look = '<w:vertAlign w:val="superscript"/>'
    first = row(f"<w:p>{run(before)}{run(raised, look)}</w:p>", par("1"))
    (grid,) = body(f"<w:tbl>{first}{A}{B}</w:tbl>").grids
    assert (grid.cells[0].text, grid.cells[0].marks) == (text, marks)


def test_a_file_without_a_body_is_damaged():
    with pytest.raises(UnreadableDocument, match="damaged"):
        read(f'<w:document xmlns:w="{W}"/>')
