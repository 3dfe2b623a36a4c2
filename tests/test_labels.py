"""What a figure of running text is called: the sentence's own words, without what only leads on."""

from __future__ import annotations

import pytest

import extractors
import normalizers
from solieu.model import SourceDocument

TITLE = "Tỉnh Phú Yên: kết quả năm 2022\n\n"


def labels(text: str) -> list[str]:
    document = SourceDocument("t.txt", (TITLE + text).encode(), "text/plain", "t.txt")
    content = extractors.extract(document)
    return [o.metric_label for o in normalizers.normalize(content, document.digest).observations]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Số người tham gia BHYT toàn tỉnh là 861.300 người.",
            ["Số người tham gia BHYT toàn tỉnh (người)"],
        ),
        (
            "a) Chi trả nợ gốc: 12.500 triệu đồng (Bằng chữ: Mười hai tỷ năm trăm triệu đồng).",
            ["Chi trả nợ gốc"],
        ),
        (
            "đ) Chi khác chưa phân bổ: 41 tỷ đồng;\n\ne) Bổ sung cho ngân sách huyện: 1.920 tỷ đồng.",
            ["Chi khác chưa phân bổ", "Bổ sung cho ngân sách huyện"],
        ),
        (
            "Trong đó, kim ngạch xuất khẩu thủy sản ước đạt 112 triệu USD.",
            ["kim ngạch xuất khẩu thủy sản"],
        ),
        (
            "Doanh thu du lịch 412 tỷ đồng, trong đó: lưu trú 71 tỷ đồng; nhà hàng 261 tỷ đồng.",
            ["Doanh thu du lịch", "Doanh thu du lịch / lưu trú", "Doanh thu du lịch / nhà hàng"],
        ),
        (
            "Huyện Tuy An có 1.210 hộ nghèo.",
            ["Huyện Tuy An có hộ nghèo"],
        ),
        (
            "Đến 30/11/2022, toàn tỉnh có 9.120 người tham gia BHXH tự nguyện.",
            ["toàn tỉnh có người tham gia BHXH tự nguyện"],
        ),
        (
            "Đến nay toàn tỉnh có hơn 861.000 người tham gia BHYT, trong đó 41.200 học sinh.",
            ["toàn tỉnh có người tham gia BHYT", "học sinh"],
        ),
        (
            "Năm 2022 tổng lượt khách là 1,2 triệu lượt; thu nội địa tăng cao hơn 4% so với năm 2020.",
            ["tổng lượt khách (lượt)", "thu nội địa tăng cao hơn so với năm 2020"],
        ),
        (
            "6 tháng đạt 412 tỷ đồng.",
            ["6 tháng đạt"],
        ),
        (
            "Toàn tỉnh có 262 sản phẩm OCOP (3 sao: 172, 4 sao: 88, 5 sao: 2).",
            ["Toàn tỉnh có sản phẩm OCOP (3 sao: 172, 4 sao: 88, 5 sao: 2)"],
        ),
        (
            "Tỷ lệ hộ nghèo của huyện Tuy An và huyện Sông Hinh lần lượt là 4,1% và 7,2%.",
            ["Tỷ lệ hộ nghèo của huyện Tuy An và huyện Sông Hinh"] * 2,
        ),
    ],
)
def test_a_label_says_what_is_counted(text, wanted):
    assert labels(text) == wanted
