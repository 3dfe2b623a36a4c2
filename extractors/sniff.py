"""What a file is, by its bytes; the name only decides where the bytes leave two answers.

Offices save HTML as .xls and CSV as .txt, so a name is a hope and not a fact.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from extractors.charset import decode, looks_binary
from extractors.text import csv

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
SPREADSHEET_XML = "application/x-spreadsheetml"

_OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OOXML}.wordprocessingml.document"
XLSX = f"{_OOXML}.spreadsheetml.sheet"
PPTX = f"{_OOXML}.presentationml.presentation"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"\x09\x08\x10\x00\x00\x06", "application/vnd.ms-excel"),
    (b"\x09\x08\x08\x00\x00\x05", "application/vnd.ms-excel"),
    (b"\x09\x04\x06\x00\x00\x00", "application/vnd.ms-excel"),
    (b"\x09\x02\x06\x00\x00\x00", "application/vnd.ms-excel"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    # an encrypted new office file is an old container around the encrypted zip
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("__substg1.0_", "application/vnd.ms-outlook"),
)
_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("word/", DOCX),
    ("xl/", XLSX),
    ("ppt/", PPTX),
)
_ZIP_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x01\x02")
"""No text has them: a file that begins otherwise and holds one is what is left of an archive."""
_HEAD = 65536
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|table"
    r"|thead|tbody|tr|div|p|span|section|article|h[1-6]|ul|ol|center|font|style|script|base|link|b"
    r"|main|header|nav|img|a)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</(?:p|td|tr|div|table|li|span|h[1-6])\s*>", re.IGNORECASE)
_HTML = re.compile(r"<(?:html|body|table)\b", re.IGNORECASE)
_MAIL = re.compile(r"\s*(?:From .*\n)?MIME-Version:", re.IGNORECASE)
_XHTML = re.compile(r"<html[^>]{0,500}http://www\.w3\.org/1999/xhtml", re.IGNORECASE)


def media_type(content: bytes, name: str) -> str:
    """The IANA media type of the bytes; `EMPTY` for none, `UNKNOWN` for bytes that say nothing."""
    if not content.strip(b"\x00 \t\r\n"):
        return EMPTY
    known = next((found for magic, found in _MAGIC if content.startswith(magic)), None)
    return known or _container(content) or _text_or_not(content, name)


def _container(content: bytes) -> str | None:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"BM") and looks_binary(content):
        return "image/bmp"
    # mail gateways and old servers put lines before the mark
    return "application/pdf" if b"%PDF-" in content[:1024] else None


def _text_or_not(content: bytes, name: str) -> str:
    if b"\nendobj" in content and b"stream" in content:
        return "application/pdf"  # without its first line: damaged, and not text
    debris = any(mark in content for mark in _ZIP_MARKS)
    return UNKNOWN if debris or looks_binary(content) else _text(content, name)


def _zipped(content: bytes) -> str:
    names = _zip_names(content)
    for part, found in _ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            return found
    if "mimetype" in names:
        declared = re.search(
            rb"mimetype(application/[a-z0-9.+-]+?)(?=PK|$)", content[:512], re.DOTALL
        )
        if declared:
            return declared[1].decode("ascii")
    return "application/zip"


def _zip_names(content: bytes) -> list[str]:
    """Member names; from the local headers where the directory at the end is cut off."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()[:10_000]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return [
            content[m.end() : m.end() + int.from_bytes(m[1], "little")].decode("utf-8", "replace")
            for m in _ZIP_NAME.finditer(content[: 4 * 1024 * 1024])
        ]


def _ole(content: bytes) -> str:
    for stream, found in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return found
    return "application/x-ole-storage"


def _text(content: bytes, name: str) -> str:
    head = decode(content[:_HEAD]).text
    if head.lstrip().startswith("<?xml"):
        return _xml(head)
    if _MAIL.match(head):
        return "multipart/related"
    if _MARKUP.match(_without_comments(head)) or len(_CLOSING.findall(head)) >= 3:
        return "text/html"
    suffix = PurePath(name).suffix.lower()
    delimiter = csv.delimiter_of(head, hoped=suffix in {".csv", ".tsv", ".tab"})
    if delimiter == "\t":
        return "text/tab-separated-values"
    return "text/csv" if delimiter else "text/plain"


def _without_comments(head: str) -> str:
    """The head from its first element on; servers and browsers put comments before it."""
    head = head.lstrip()
    while head.startswith("<!--") and "-->" in head:
        head = head[head.index("-->") + 3 :].lstrip()
    return head


def _xml(head: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return SPREADSHEET_XML
    if _XHTML.search(head):
        return "application/xhtml+xml"
    return "text/html" if _HTML.search(head) else "application/xml"
