"""Bytes become text in the encoding they are in, not in the one they claim."""

from __future__ import annotations

import unicodedata

import pytest

from extractors import charset

TEXT = "Tổng số người tham gia bảo hiểm ở Hải Phòng và Đắk Lắk: 1.234 người"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_1258(text: str) -> bytes:
    """windows-1258 writes a tone after its letter."""
    found = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
        tone = "".join(c for c in parts if c in TONES)
        found += (base + tone).encode("cp1258")
    return found


@pytest.mark.parametrize(
    ("content", "declared", "encoding"),
    [
        (TEXT.encode(), None, "utf-8"),
        (TEXT.encode(), "iso-8859-1", "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "windows-1252", "utf-8"),
        (unicodedata.normalize("NFD", TEXT).encode(), None, "utf-8"),
        (TEXT.encode("utf-16"), "utf-8", "utf-16-le"),
        (TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (TEXT.encode("utf-16-be"), None, "utf-16-be"),
        (in_1258(TEXT), "windows-1258", "windows-1258"),
        (in_1258(TEXT), "utf-8", "windows-1258"),
        (in_1258(TEXT), None, "windows-1258"),
    ],
)
def test_the_bytes_win(content: bytes, declared: str | None, encoding: str) -> None:
    decoded = charset.decode(content, declared)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Tæng sè n¨m nay".encode("latin-1"), "Tổng số năm nay"),
        ("Toång soá Haûi Phoøng".encode("latin-1"), "Tổng số Hải Phòng"),
        ("Société Générale".encode("latin-1"), "Société Générale"),
        ("“Müller” – 5 €".encode("cp1252"), "“Müller” – 5 €"),
    ],
)
def test_other_one_byte_encodings(content: bytes, expected: str) -> None:
    assert charset.decode(content, "iso-8859-1").text == expected


def test_a_wrong_declaration_is_said_and_a_right_one_is_not() -> None:
    assert [n.code for n in charset.decode(TEXT.encode(), "windows-1258").notices] == [
        "charset_mismatch"
    ]
    assert charset.decode(TEXT.encode(), "UTF-8").notices == ()
    assert charset.decode(b"1,234", "windows-1258").notices == ()
    assert charset.decode(TEXT.encode(), "no-such-charset").text == TEXT


def test_broken_utf8_keeps_the_rest_and_says_so() -> None:
    decoded = charset.decode(TEXT.encode().replace("ở".encode(), b"\xe1\xbb"))
    assert decoded.text.startswith("Tổng số người tham gia bảo hiểm \ufffd")
    (notice,) = decoded.notices
    assert notice.code == "broken_text"
    assert "1 places" in notice.message_en
    assert "1 chỗ" in notice.message_vi


def test_a_stray_nul_shows_and_is_said() -> None:
    decoded = charset.decode((TEXT + "\n").encode().replace(b"1.2", b"1.\x002") * 5)
    assert "1.\ufffd234" in decoded.text
    assert [n.code for n in decoded.notices] == ["broken_text"]


def test_a_replacement_mark_that_was_published_is_no_fault() -> None:
    assert charset.decode("một \ufffd hai".encode()).notices == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="UTF-8">', "utf-8"),
        (
            b"<META http-equiv=Content-Type content='text/html; charset=windows-1258'>",
            "windows-1258",
        ),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', "iso-8859-1"),
        (b"<p>charset=x</p>", None),
    ],
)
def test_what_a_page_declares(head: bytes, expected: str | None) -> None:
    assert charset.declared_charset(head) == expected


@pytest.mark.parametrize(
    ("content", "binary"),
    [
        (bytes(range(256)), True),
        (b"\x00\x01\x02" * 50, True),
        (TEXT.encode(), False),
        (TEXT.encode("utf-16-le"), False),
        (in_1258(TEXT), False),
        (b"", False),
    ],
)
def test_binary(content: bytes, binary: bool) -> None:
    assert charset.looks_binary(content) is binary
