"""How sure a whole statement of running text is, and what it is doubted for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalizers.facts import rows
from normalizers.sentences import trust
from tests.releases import judged, releases
from tests.test_whole_documents import read

HERE = Path(__file__).parent
SURE = 0.95
LEAD = "Hội nghị tổng kết đã nghe các đơn vị trình bày báo cáo và nhiều ý kiến thảo luận."


def confidence(text: str, raw: str) -> float:
    led = text.replace(" ¶ ", f" ¶ {LEAD} ¶ ", 1)
    return next(o.figure.confidence for o in read(led) if o.figure.raw == raw)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Tỉnh Thái Bình ¶ Năm 2023, toàn tỉnh trồng 845 ha rừng.", "845"),
        (
            "Tỉnh Thái Bình ¶ Năm 2023, toàn tỉnh trồng 845 ha rừng, tăng 5,1% so với năm 2022.",
            "5,1%",
        ),
        (
            "Tỉnh Thái Bình ¶ Năm 2023, trồng 1.204 ha rừng, 310 ha dừa và 45 ha tràm.",
            "310",
        ),
        ("Huyện Kiến Xương ¶ Năm 2023, huyện Kiến Xương có 214 hộ trồng nấm.", "214"),
    ],
)
def test_a_statement_that_says_all_of_itself_is_sure(text, raw):
    assert confidence(text, raw) >= SURE


@pytest.mark.parametrize(
    ("text", "raw", "most"),
    [
        ("Tin ¶ Năm 2023, toàn tỉnh trồng 1.204 ha rừng.", "1.204", 0.5),
        ("Tỉnh Thái Bình ¶ Toàn tỉnh trồng 1.204 ha rừng.", "1.204", 0.5),
        ("Tỉnh Thái Bình ¶ Năm 2023, toàn tỉnh trồng gần 1.200 ha rừng.", "1.200", 0.85),
        ("Tỉnh Thái Bình ¶ Năm 2025, phấn đấu trồng 1.204 ha rừng.", "1.204", 0.85),
        ("Tỉnh Thái Bình ¶ Năm 2023, rừng trồng đạt 1.204 ha, chiếm 12,5%.", "12,5%", 0.8),
        ("Tỉnh Thái Bình ¶ Toàn tỉnh trồng 1.204 ha rừng, tăng 5% so với năm 2018.", "1.204", 0.8),
        ("Tỉnh Thái Bình ¶ 10/01/2024 ¶ Trong năm, tỉnh trồng 1.204 ha rừng.", "1.204", 0.8),
        ("Tỉnh Thái Bình ¶ 10/01/2024 ¶ Toàn tỉnh trồng 1.204 ha rừng.", "1.204", 0.85),
        (
            "Tỉnh Thái Bình ¶ 10/10/2024 ¶ Năm 2019, có 12 ca. ¶ Tỉnh đã trồng 1.204 ha rừng.",
            "1.204",
            0.8,
        ),
        (
            "Tỉnh Thái Bình ¶ Thực hiện Chương trình giai đoạn 2021 - 2025, trồng 1.204 ha rừng.",
            "1.204",
            0.8,
        ),
        (
            "Tỉnh Sóc Trăng ¶ Giai đoạn 2021-2025 có 1.241 tỷ đồng; năm thứ hai chi 312 tỷ đồng.",
            "312 tỷ đồng",
            0.8,
        ),
        ("Huyện Kiến Xương ¶ Năm 2023, có 214 hộ trồng nấm.", "214", 0.85),
        (
            "Tỉnh Phú Yên ¶ Năm 2024, không tính tiền sử dụng đất, thu nội địa của tỉnh là 412 tỷ.",
            "412 tỷ",
            0.8,
        ),
        (
            "Tỉnh Phú Yên ¶ Năm 2024, thu nội địa của tỉnh chưa kể xổ số là 412 tỷ đồng.",
            "412 tỷ đồng",
            0.85,
        ),
        ("Tỉnh Thái Bình ¶ Năm 2023, trồng 1.204 ha rừng.", "1.204", 0.85),
        ("Tỉnh Thái Bình ¶ Năm 2023, huyện Vũ Thư và Hưng Hà trồng 1.204 ha.", "1.204", 0.85),
        ("Tỉnh Thái Bình ¶ Năm 2023 cần nâng diện tích, toàn tỉnh trồng 1.204 ha.", "1.204", 0.85),
        (
            "Tỉnh Thái Bình ¶ 20/12/2022 ¶ Phấn đấu có 61.200 người tham gia BHXH bắt buộc.",
            "61.200",
            0.8,
        ),
    ],
)
def test_what_a_sentence_leaves_to_be_found_is_doubted(text, raw, most):
    assert confidence(text, raw) <= most


def test_digits_are_no_surer_for_a_clear_sentence_and_keep_their_own_sureness():
    (seen,) = read("Tỉnh Thái Bình ¶ Năm 2025, phấn đấu trồng 845 ha rừng.")
    assert seen.figure.legibility is not None
    assert seen.figure.confidence <= 0.8 < SURE <= seen.figure.legibility


def test_every_reason_is_counted_and_every_count_has_its_reason():
    counted = {row["reason"]: row for row in rows("trust_reasons.csv")}
    assert counted.keys() == trust._REASONS.keys()
    assert all(
        int(r["figures"]) >= int(r["right"]) and int(r["doubts"]) > 0 for r in counted.values()
    )


def test_stated_is_what_was_counted():
    steps = rows("trust.csv")
    stated = [float(row["confidence"]) for row in steps]
    assert stated == sorted(stated, reverse=True)
    for row, share in zip(steps, stated, strict=True):
        assert abs(int(row["right"]) / int(row["figures"]) - share) <= 0.05


FLOORS = json.loads((HERE / "accuracy.json").read_text(encoding="utf-8"))


def floor(name: str) -> float:
    return float(FLOORS[name][-1]["floor"])


def stated(pattern: str) -> tuple[list[bool], list[bool]]:
    """Whether each figure was right, of those stated sure and of the others."""
    paths = sorted((HERE / "data").glob(pattern))
    found = [o for path in paths for release in releases(path.name) for o in judged(release)]
    sure = [right for seen, right in found if seen.figure.confidence >= SURE]
    return sure, [right for seen, right in found if seen.figure.confidence < SURE]


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("[ha][ed]*_releases_*.csv", "prose"),
        ("opened_releases_*.csv", "opened prose"),
        ("unseen_releases_*.csv", "unseen prose"),
    ],
)
def test_sure_figures_of_releases_by_others_are_right(pattern, name):
    """What is stated sure must be, and must be worth stating: docs/calibration.md."""
    sure, doubted = stated(pattern)
    assert sum(sure) / len(sure) >= floor(f"{name} stated sure, right")
    assert len(sure) / len(sure + doubted) >= floor(f"{name} stated sure, share")
    assert sum(doubted) / len(doubted) < sum(sure) / len(sure)
