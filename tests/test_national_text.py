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
