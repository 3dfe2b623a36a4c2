"""What a file is by its bytes, and what is said about files that are not read."""

from __future__ import annotations

import ast
import io
import zipfile
from pathlib import Path

import pytest

import extractors
from extractors import advice, sniff
from extractors.text import csv
from solieu.errors import DocumentError, UnreadableDocument, UnsupportedFormat
from solieu.model import SourceDocument

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ROOT = Path(extractors.__file__).parent


def zipped(*names: str, first: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name in names:
            # Without a time of its own a member gets the present one: ids must not change.
            archive.writestr(zipfile.ZipInfo(name), "x")
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\0" * 100


CASES = [
    ("a.html", b"<!DOCTYPE html><html><body>x</body></html>", "text/html"),
    ("a.txt", b"\xef\xbb\xbf\n <!-- saved --> <HTML><BODY>x", "text/html"),
    ("report.xls", b"<table><tr><td>1</td></tr></table>", "text/html"),
    ("a.aspx", "Đầu trang <p>một</p><p>hai</p><p>ba</p>".encode(), "text/html"),
    ("a.html", "<html><body>số</body></html>".encode("utf-16"), "text/html"),
    (
        "a.htm",
        b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"></html>',
        "application/xhtml+xml",
    ),
    ("a.bin", b"%PDF-1.7\n", "application/pdf"),
    ("a.pdf", b"Content-Type: x\r\n\r\n%PDF-1.4", "application/pdf"),
    ("a.pdf", b"<html>404</html>", "text/html"),
    ("a.doc", zipped("[Content_Types].xml", "word/document.xml"), sniff.DOCX),
    ("a.zip", zipped("[Content_Types].xml", "xl/workbook.xml"), sniff.XLSX),
    ("a.xlsx", zipped("xl/workbook.xml")[:60], sniff.XLSX),
    (
        "a.ods",
        zipped("content.xml", first="application/vnd.oasis.opendocument.spreadsheet"),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    ("a.zip", zipped("a.pdf", "b.xls"), "application/zip"),
    ("a", ole("Workbook"), "application/vnd.ms-excel"),
    ("a.xls", ole("Book"), "application/vnd.ms-excel"),
    ("a.xls", ole("WordDocument"), "application/msword"),
    ("a.xlsx", ole("EncryptedPackage"), sniff.ENCRYPTED_OFFICE),
    ("a.doc", b"{\\rtf1\\ansi x}", "application/rtf"),
    ("a.rar", b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    ("a.gz", b"\x1f\x8b\x08\x00", "application/gzip"),
    ("a.pdf", b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
    ("a", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ("a.csv", b"a,b\n1,2\n", "text/csv"),
    ("a.txt", b"ten,nam,so\nA,2020,1\nB,2021,2\nC,2022,3\n", "text/csv"),
    ("a.txt", "tên;số\nA;1,5\nB;2,5\n".encode(), "text/csv"),
    ("a.dat", b"a\tb\n1\t2\n3\t4\n", "text/tab-separated-values"),
    ("a.csv", "Kế hoạch năm 2020 của huyện.\n".encode(), "text/plain"),
    ("a.txt", "Năm nay, huyện có 5 xã.\n\nNăm sau, huyện có 6 xã.\n".encode(), "text/plain"),
    ("a.xml", b'<?xml version="1.0"?><a/>', "application/xml"),
    (
        "a.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        sniff.SPREADSHEET_XML,
    ),
    ("a.txt", bytes(range(256)) * 30, sniff.UNKNOWN),
    ("a.txt", b"\x01\x02\x00\x05" * 400, sniff.UNKNOWN),
    ("a.txt", b"", sniff.EMPTY),
    ("a.txt", b" \n\x00", sniff.EMPTY),
]


@pytest.mark.parametrize(("name", "content", "expected"), CASES)
def test_bytes_decide(name: str, content: bytes, expected: str) -> None:
    assert sniff.media_type(content, name) == expected


@pytest.mark.parametrize(
    ("name", "content", "error", "advice_en"),
    [
        ("a.txt", b"", UnreadableDocument, "empty"),
        ("a.txt", bytes(range(256)) * 30, UnreadableDocument, "no text"),
        ("a.xlsx", ole("EncryptedPackage"), UnreadableDocument, "password"),
        ("a.doc", ole("WordDocument"), UnsupportedFormat, "soffice"),
        ("a.xls", ole(""), UnsupportedFormat, "cut short"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", UnsupportedFormat, "unpack"),
        ("a.zip", zipped("a.pdf", "b.xls"), UnsupportedFormat, "unpack"),
    ],
)
def test_refused_files_say_what_to_do(
    name: str, content: bytes, error: type[DocumentError], advice_en: str
) -> None:
    kind = sniff.media_type(content, name)
    with pytest.raises(error, match=advice_en) as caught:
        extractors.extract(SourceDocument(name, content, kind, name))
    assert name in caught.value.message_vi
    assert caught.value.message_vi != caught.value.message_en


def test_an_archive_that_is_cut_off_says_so() -> None:
    content = zipped("a.pdf", "b.xls")[:-30]
    kind = sniff.media_type(content, "a.zip")
    with pytest.raises(UnreadableDocument, match="cut off") as caught:
        extractors.extract(SourceDocument("a.zip", content, kind, "a.zip"))
    assert "cắt cụt" in caught.value.message_vi


def test_an_unknown_type_is_refused_with_advice() -> None:
    document = SourceDocument("a", b"x", "model/stl", "a")
    assert "model/stl" in advice.refusal(document).message_vi


def test_a_type_is_read_or_refused_and_not_both() -> None:
    assert not set(extractors.EXTRACTORS) & set(advice.refused())


def _has_door(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.FunctionDef)
        and node.name == "extract"
        and isinstance(node.returns, ast.Name)
        and node.returns.id == "Content"
        for node in tree.body
    )


def test_every_extractor_has_a_row_in_the_registry() -> None:
    source = (ROOT / "__init__.py").read_text(encoding="utf-8")
    files = [p.relative_to(ROOT) for p in ROOT.rglob("*.py") if p != ROOT / "__init__.py"]
    doors = {".".join(p.with_suffix("").parts) for p in files if _has_door(ROOT / p)}
    doors = {name.removesuffix(".document") for name in doors}
    assert {"html", "text", "text.csv", "pdf", "sheets", "word"} <= doors
    assert {name for name in doors if f'_in("{name}")' not in source} == set()


def test_what_is_left_of_an_archive_is_no_text() -> None:
    assert sniff.media_type(b"x" + zipped("word/document.xml")[1:], "a.docx") == sniff.UNKNOWN


def test_a_pdf_without_its_first_line_is_no_text() -> None:
    content = b"1 0 obj <</Length 9>> stream\nBT 12 Tf\nendstream\nendobj\n" * 20
    assert sniff.media_type(content, "a.pdf") == "application/pdf"


@pytest.mark.parametrize("apart", ["\t", "   "])
@pytest.mark.parametrize("title", ["", 'Kế hoạch "ba giảm" năm 2018\n'])
def test_decimal_commas_part_no_values(apart, title):
    lines = [
        apart.join((f"Huyện {n}", f"{n}.904", f"{n}.235", f"7{n},85", f"9{n},02"))
        for n in range(2, 9)
    ]
    text = f"{title}{chr(10).join(lines)}\n"
    assert csv.delimiter_of(text) != ","
    assert csv.delimiter_of(text, hoped=True) != ","


def test_commas_without_blanks_part_values():
    text = "\n".join(f"Huyện {n},{n},{n + 1},2" for n in range(2, 9)) + "\n"
    assert csv.delimiter_of(text) == ","
