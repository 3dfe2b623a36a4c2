"""Documents that do something to who reads them: bombs, endless nesting, false sizes, damage.

    python benchmarks/speed/hostile.py FOLDER

Each is a file that a publisher's server may hand out, broken or not; nothing in them depends on
what reads them.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

ZEROS = b"\0" * 1024**2
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def zip_bomb(name: str, megabytes: int = 4000) -> bytes:
    """Four gigabytes in four megabytes, as a part of an office file."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(ZEROS)
    return sink.getvalue()


def nested_zip() -> bytes:
    content = b"Trang"
    for depth in range(40):
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{depth}.zip", content)
        content = sink.getvalue()
    return content


def deep_html() -> bytes:
    return b"<html><body>" + b"<div>" * 300_000 + b"1.234" + b"</div>" * 300_000


def deep_tables() -> bytes:
    return b"<table><tr><td>" * 20_000 + b"1.234"


def spans() -> bytes:
    cell = b'<td rowspan="65000" colspan="65000">1.234</td>'
    return b"<table>" + b"<tr>" + cell * 50 + b"</tr>" * 50 + b"</table>"


def many_cells() -> bytes:
    return b"<table>" + b"<tr><td>1.234</td><td>5,6</td><td>a</td></tr>" * 700_000 + b"</table>"


def long_line() -> bytes:
    chance = random.Random(1)
    return " ".join(f"{chance.randrange(10**6):,}" for _ in range(4_000_000)).encode()


def repeated_dots() -> bytes:
    return b"1." * 5_000_000 + b"x"


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    body, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + trailer % (len(objects) + 1, root, len(body))


def page(contents: bytes, box: bytes = b"[0 0 595 842]") -> bytes:
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(contents) + contents
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox " + box + b"/Contents 4 0 R/Resources<</Font<<"
            b"/F 5 0 R>>>>>>",
            stream + b"\nendstream",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def pdf_bomb() -> bytes:
    """A page whose contents are two gigabytes of spaces."""
    packer = zlib.compressobj(9)
    pieces = [packer.compress(b" " * 1024**2) for _ in range(2000)]
    return page(b"".join([*pieces, packer.flush()]))


def pdf_lines() -> bytes:
    """A page of a million lines, which finders of tables compare with each other."""
    drawn = b"".join(
        b"%d %d m %d %d l S\n" % (n % 595, n % 842, n % 593, 842) for n in range(10**6)
    )
    return page(zlib.compress(drawn))


def pdf_huge_page() -> bytes:
    drawn = b"BT /F 9 Tf 10 10 Td (1.234) Tj ET"
    return page(zlib.compress(drawn), b"[0 0 2000000000 2000000000]")


def pdf_ring() -> bytes:
    """Pages that are their own parents and children."""
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999>>"])


def pdf_many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 60_003))
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[" + kids + b"]/Count 60000>>"]
    return pdf([*head, *[one] * 60_000])


def png_bomb() -> bytes:
    """A picture of sixty thousand by sixty thousand dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer = zlib.compressobj(9)
    rows = [packer.compress(b"\0" * 7501) for _ in range(60_000)]
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", b"".join([*rows, packer.flush()]))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def workbook_corners() -> bytes:
    """A workbook with figures in its first and its last cell only."""
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for n in range(200):
        book.active.append([f"Xã {n}", n])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "zip-bomb.xlsx": lambda: zip_bomb("xl/workbook.xml"),
    "zip-bomb.docx": lambda: zip_bomb("word/document.xml"),
    "zip-bomb.zip": lambda: zip_bomb("tin.txt"),
    "nested.zip": nested_zip,
    "deep.html": deep_html,
    "deep-tables.html": deep_tables,
    "spans.html": spans,
    "many-cells.html": many_cells,
    "long-line.txt": long_line,
    "repeated-dots.txt": repeated_dots,
    "stream-bomb.pdf": pdf_bomb,
    "many-lines.pdf": pdf_lines,
    "huge-page.pdf": pdf_huge_page,
    "ring.pdf": pdf_ring,
    "many-pages.pdf": pdf_many_pages,
    "picture-bomb.png": png_bomb,
    "corners.xlsx": workbook_corners,
    "truncated.xlsx": lambda: workbook()[:-200],
    "truncated.pdf": lambda: pdf_lines()[:5000],
    "nothing.pdf": lambda: b"",
    "noise.pdf": lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(2_000_000),
    "noise.doc": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(2_000_000)
    ),
}


def make(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, maker in MAKERS.items():
        (folder / name).write_bytes(maker())
    return [folder / name for name in MAKERS]


if __name__ == "__main__":
    make(Path(sys.argv[1]))
