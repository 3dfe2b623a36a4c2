"""The country of a text that names no territory: how sure it is, and what says so."""

from __future__ import annotations

import pytest

from tests.test_whole_documents import read


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("Vận tải phục hồi ¶ Báo Giao thông ¶ Năm 2022, đường sắt chở 5,1 triệu tấn hàng.", True),
        ("Vận tải phục hồi ¶ Năm 2022, đường sắt Việt Nam chở 5,1 triệu tấn hàng.", True),
        ("Vận tải phục hồi ¶ Năm 2022, đường sắt cả nước chở 5,1 triệu tấn hàng.", False),
        ("Cả nước: Vận tải phục hồi ¶ Năm 2022, đường sắt chở 5,1 triệu tấn hàng.", False),
    ],
)
def test_a_country_that_only_a_word_in_passing_tells_is_doubtful(text, assumed):
    (seen,) = read(text)
    assert seen.region is not None
    assert seen.region.level == "country"
    assert ("nation_assumed" in seen.flags) is assumed
    assert (seen.figure.confidence < 0.75) is assumed


def test_what_the_text_itself_says_of_a_place_is_not_doubted():
    text = (
        "Vận tải phục hồi ¶ Năm 2022, đường sắt Việt Nam chở 5 triệu tấn. ¶ Giá ổn định. "
        "¶ Tàu chạy đúng giờ. ¶ Khách hài lòng. ¶ Cả nước có 90 ga."
    )
    first, second = read(text)
    assert "nation_assumed" in first.flags
    assert "nation_assumed" not in second.flags


NAMED_LATE = (
    "Nhìn lại ¶ Một năm vất vả đã qua. ¶ Năm 2022 có 320 dự án được cấp phép. ¶ Đường dài hơn."
    " ¶ Mùa xuân đã về. ¶ Người dân tỉnh Đồng Nai vui tết."
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (NAMED_LATE, "Tỉnh Đồng Nai"),
        ("Chuyển biến mới ¶ Năm 2022, huyện đầu tư 215 tỷ đồng. ¶ Xã Đạ Nhim vui tết.", None),
        ("Gặp nhau ¶ Đoàn của tỉnh Đồng Nai thăm tỉnh Lâm Đồng. ¶ Năm 2022, thu 62 tỷ đồng.", None),
        (
            "Nhìn lại ¶ Đoàn của tỉnh Đồng Nai ghi nhận: năm 2022, cả nước thu 62 tỷ đồng.",
            "Việt Nam",
        ),
    ],
)
def test_the_only_unit_that_a_text_names_is_its_own_in_doubt(text, place):
    seen = read(text)
    last = seen[-1]
    assert (last.region.name if last.region else None) == place
    assert ("region_assumed" in last.flags) is (place is not None and place != "Việt Nam")
    if place is None or place != "Việt Nam":
        assert last.figure.confidence < 0.75
