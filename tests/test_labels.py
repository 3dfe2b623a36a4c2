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
    ],
)
def test_a_label_says_what_is_counted(text, wanted):
    assert labels(text) == wanted
