"""Old font encodings are decoded when they are there, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solieu import legacy

TCVN3_CASES = [
    ("Tæng sè", "Tổng số"),
    ("§¬n vÞ tÝnh: TriÖu ®ång", "Đơn vị tính: Triệu đồng"),
    ("Hµ Nam", "Hà Nam"),
    ("N\u00adíc s¹ch n«ng th«n", "Nước sạch nông thôn"),
    ("QuyÕt ®Þnh sè 12/Q§-UBND", "Quyết định số 12/QĐ-UBND"),
    ("CHI NG©N S¸CH", "CHI NGÂN SÁCH"),
    ("Së Y TÕ", "SỞ Y TẾ"),
    ("UBND tØnh L¹ng S¬n", "UBND tỉnh Lạng Sơn"),
    ("§¾k L¾k", "Đắk Lắk"),
    ("TÊn", "Tấn"),
    ("§¨k L¨k", "Đăk Lăk"),
    ("\u03bcn ch¬i", "àn chơi"),
]

VNI_CASES = [
    ("Toång soá", "Tổng số"),
    ("Haûi Phoøng", "Hải Phòng"),
    ("ÑÔN VÒ TÍNH", "ĐƠN VỊ TÍNH"),
    ("Tyû leä hoä ngheøo", "Tỷ lệ hộ nghèo"),
    ("Nöôùc saïch", "Nước sạch"),
    ("Ñoàng baèng soâng Cöûu Long", "Đồng bằng sông Cửu Long"),
]

OTHERS = [
    "Tổng số",
    "Đà Nẵng",
    "HÀ NAM",
    "Hà Nam",
    "cà phê",
    "Société Générale",
    "São Paulo, Curaçao, Zürich",
    "Müller & Söhne",
    "Nestlé",
    "25 °C, 5 m², 3 µm, ½ ha, ±2 µg/m³",
    "ABC® © 2024",
    "“Tin” «mới»",
    "12.345¹",
    "",
]


@pytest.mark.parametrize(("old", "new"), TCVN3_CASES)
def test_tcvn3_is_recognised_and_decoded(old: str, new: str) -> None:
    assert legacy.decode_legacy(old) == (new, "TCVN3")
    assert legacy.looks_tcvn3(old)
    assert not legacy.looks_vni(old)


@pytest.mark.parametrize(("old", "new"), VNI_CASES)
def test_vni_is_recognised_and_decoded(old: str, new: str) -> None:
    assert legacy.decode_legacy(old) == (new, "VNI")
    assert not legacy.looks_tcvn3(old)


@pytest.mark.parametrize("text", OTHERS)
def test_other_text_stays(text: str) -> None:
    assert legacy.decode_legacy(text) == (text, None)


def test_tables_hold_each_of_the_134_letters_once() -> None:
    assert len(legacy.TCVN3) == 134
    assert set(legacy.TCVN3.values()) == set(legacy.VNI.values())
    assert len(set(legacy.TCVN3.values())) == 134


@pytest.mark.parametrize(
    ("code", "letter"),
    [(0xA8, "ă"), (0xAE, "đ"), (0xB8, "á"), (0xD6, "ệ"), (0xE9, "ộ"), (0xF9, "ự"), (0xFE, "ỵ")],
)
def test_codes_of_the_standard(code: int, letter: str) -> None:
    assert legacy.TCVN3[code] == letter


SYLLABLES = [
    "bảo",
    "hiểm",
    "xã",
    "hội",
    "tự",
    "nguyện",
    "hộ",
    "đình",
    "phố",
    "Nghệ",
    "An",
    "quý",
    "trường",
    "được",
]
TO_TCVN3 = {letter: chr(code) for code, letter in legacy.TCVN3.items()}
TO_VNI = {
    letter: code
    for code, letter in legacy.VNI.items()
    if code == code.lower() or code == code.upper()
}


@given(st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=12))
def test_what_is_written_in_an_old_encoding_comes_back(words: list[str]) -> None:
    text = " ".join(["Tỷ lệ", *words])
    as_tcvn3 = "".join(TO_TCVN3.get(c, c) for c in text)
    as_vni = "".join(TO_VNI.get(c, c) for c in text)
    assert legacy.decode_legacy(as_tcvn3) == (text, "TCVN3")
    assert legacy.decode_legacy(as_vni) == (text, "VNI")


@pytest.mark.parametrize("word", ["Nghiệp", "quý", "uyên", "gì", "giếng", "hoà", "ượt", "Đắk"])
def test_syllables(word: str) -> None:
    assert legacy.is_syllable(word)


@pytest.mark.parametrize(
    "word", ["Müller", "ộtộ", "cập̀", "ñon", "bac̣", "nghẹ̀", "BHXH", "tật́", "cat", ""]
)
def test_no_syllables(word: str) -> None:
    assert not legacy.is_syllable(word)
