"""The ten hard sentences of docs/prose.md come out as that page says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from normalizers.context import DocumentContext
from normalizers.regions import resolve
from normalizers.sentences.reading import read_passages
from solieu.model import Content, Passage

PAGE = (Path(__file__).parents[1] / "docs" / "prose.md").read_text(encoding="utf-8")
ABOUT = Passage("Chính sách BHXH, BHYT trên địa bàn.", 99, "paragraph")

HARD = [
    (
        (
            "…phấn đấu đạt các chỉ tiêu sau: / - Tỷ lệ bao phủ BHYT đạt 95,5% dân số; "
            "riêng học sinh, sinh viên đạt 100%."
        ),
        [
            (Decimal("95.5"), "health_insurance_participants", "share", "plan"),
            (Decimal(100), "student_health_insurance_participants", "share", "plan"),
        ],
    ),
    (
        (
            "Kế hoạch vốn năm 2024 giao cho tỉnh là 2.967 tỷ đồng; đến 30/6 đã giải ngân "
            "1.403 tỷ đồng, đạt 47,3% kế hoạch."
        ),
        [
            (Decimal(2967) * 10**9, None, "level", "plan"),
            (Decimal(1403) * 10**9, None, "level", "actual"),
            (Decimal("47.3"), None, "plan_completion", "actual"),
        ],
    ),
    (
        (
            "Trong tháng 6 phát triển mới 512 người tham gia BHXH tự nguyện, trong đó huyện Nghi Lộc "
            "118 người, huyện Kỳ Sơn vỏn vẹn 5 người."
        ),
        [
            (Decimal(n), "voluntary_social_insurance_participants", "change", "actual")
            for n in (512, 118, 5)
        ],
    ),
    (
        "Giai đoạn 2021 - 2023, thu nội địa của tỉnh lần lượt là 10,2; 12,9 và 14,3 nghìn tỷ đồng.",
        [(Decimal(n) * 10**11, "domestic_revenue", "level", "actual") for n in (102, 129, 143)],
    ),
    (
        (
            "Tỷ lệ hộ nghèo của các huyện Tương Dương, Quế Phong và Kỳ Sơn lần lượt là 25,1%; 32,7% và "
            "39,4%; thành phố Vinh thấp nhất với 0,2%."
        ),
        [
            (Decimal(n), "multidimensional_poverty_rate", "share", "actual")
            for n in ("25.1", "32.7", "39.4", "0.2")
        ],
    ),
    (
        (
            "Tỷ lệ dân số nông thôn sử dụng nước sạch tăng từ 71,2% năm 2023 lên 74,6%; tỷ lệ gia đình "
            "đạt chuẩn văn hóa đạt 91,8%."
        ),
        [
            (Decimal("71.2"), "rural_population_using_clean_hygienic_water", "share", "actual"),
            (Decimal("74.6"), "rural_population_using_clean_hygienic_water", "share", "actual"),
            (Decimal("91.8"), "families_with_cultural_standard", "share", "actual"),
        ],
    ),
    (
        "Số tiền chậm đóng của 1.206 đơn vị là 142 tỷ đồng, bằng 2,9% kế hoạch thu.",
        [
            (Decimal(1206), "employers_in_arrears", "level", "actual"),
            (Decimal(142) * 10**9, "insurance_arrears", "level", "actual"),
            (Decimal("2.9"), "insurance_arrears", "share", "actual"),
        ],
    ),
    (
        "Ngân hàng đã cơ cấu lại nợ cho 1.305 hộ; miễn, giảm lãi cho 487 doanh nghiệp.",
        [(Decimal(1305), None, "level", "actual"), (Decimal(487), None, "level", "actual")],
    ),
    (
        (
            "Lũy kế 10 tháng 12.806 triệu đồng tiền BHXH, BHYT, BHTN được thu, tăng 12,5% (tương đương "
            "1.423 triệu đồng) so với cùng kỳ."
        ),
        [
            (Decimal(12806) * 10**6, "insurance_contribution_revenue", "level", "actual"),
            (Decimal("12.5"), "insurance_contribution_revenue", "growth", "actual"),
            (Decimal(1423) * 10**6, "insurance_contribution_revenue", "change", "actual"),
        ],
    ),
    (
        (
            "Anh Lò Văn T. (32 tuổi, ở xã Nghi Phú) được vay 50 triệu đồng, nay có 9 con bò. "
            "Toàn tỉnh có 31.840 hộ vay vốn."
        ),
        [(Decimal(31840), None, "level", "actual")],
    ),
]


@pytest.mark.parametrize(("text", "told"), HARD, ids=range(1, len(HARD) + 1))
def test_hard_sentences_of_the_page(text, told):
    assert text in PAGE
    nghe_an = resolve("Tỉnh Nghệ An", date(2024, 6, 30)).region
    context = DocumentContext(
        document_id="0" * 64,
        published_on=date(2024, 7, 10),
        region=nghe_an,
        year=2024,
        on=date(2024, 6, 30),
    )
    lines = [
        Passage(line, n, "item" if line.startswith("-") else "paragraph")
        for n, line in enumerate(text.split(" / "), 1)
    ]
    seen, _ = read_passages(Content((*lines, ABOUT)), context)
    assert [(o.figure.value, o.metric, o.measure, o.scenario) for o in seen] == told
