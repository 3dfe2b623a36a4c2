"""One wording for what says the same, with every place and excerpt as printed."""

from __future__ import annotations

import pytest

import extractors
import normalizers
from normalizers.sentences.wording import reworded
from solieu.model import SourceDocument


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Thu BHXH vẫn tiếp tục giảm đi 5%", "Thu BHXH giảm 5%"),
        ("tỷ lệ này cũng đạt 95%", "tỷ lệ này đạt 95%"),
        ("toàn huyện đang có 412 người", "toàn huyện có 412 người"),
        (
            "588 người, ít hơn 39 người so với năm 2022",
            "588 người, thấp hơn 39 người so với năm 2022",
        ),
        ("nhỉnh hơn gần 60 triệu USD so với cùng kỳ", "cao hơn gần 60 triệu USD so với cùng kỳ"),
        ("thu ngân sách ước tính đạt 512 tỷ đồng", "thu ngân sách ước đạt 512 tỷ đồng"),
        ("Năm 2026, xã hướng tới mục tiêu thu 52 tỷ", "Năm 2026, xã đặt mục tiêu thu 52 tỷ"),
        ("Quyết tâm thu ngân sách 1.300 triệu đồng", "Phấn đấu thu ngân sách 1.300 triệu đồng"),
        ("bằng 117% DT; thu nội địa", "bằng 117% dự toán; thu nội địa"),
        ("nợ xấu ở mức 0,9%", "nợ xấu là 0,9%"),
        ("so sánh với cùng kỳ năm trước", "so với cùng kỳ năm trước"),
        ("tăng 2% so với thời điểm cuối năm 2023", "tăng 2% so với cuối năm 2023"),
        ("Cả huyện có 19 xã", "Toàn huyện có 19 xã"),
        ("Tính đến thời điểm này, đã có 5 xã", "Đến nay, đã có 5 xã"),
        ("từ đầu năm tính đến ngày 6/11", "từ đầu năm đến ngày 6/11"),
        ("tăng 96.180 triệu đồng¹.", "tăng 96.180 triệu đồng."),
        ("X đạt 5%. Đáng chú ý, đến nay huyện có 3 xã", "X đạt 5%. Đến nay huyện có 3 xã"),
        ("Theo báo cáo của Chi cục Thống kê, thu đạt 5 tỷ", "Thu đạt 5 tỷ"),
        ("Điều đáng mừng là toàn tỉnh có 5 xã", "Toàn tỉnh có 5 xã"),
        ("xã nỗ lực phấn đấu đạt 95%", "xã phấn đấu đạt 95%"),
        ("BHXH tự nguyện tăng tới 1.677", "BHXH tự nguyện tăng 1.677"),
        ("đạt 81,8 phần trăm dân số", "đạt 81,8% dân số"),
        ("So năm 2009, dân số tăng 5%", "So với năm 2009, dân số tăng 5%"),
        ("thu phí hoàn thành 45,2% dự toán", "thu phí đạt 45,2% dự toán"),
        ("số tiền tổng cộng là 815 tỷ đồng", "số tiền là 815 tỷ đồng"),
        ("bảo hiểm xã hội (BHXH), bảo hiểm y tế (BHYT)", "bảo hiểm xã hội, bảo hiểm y tế"),
        ("Trong tháng 09/2023, 09 tháng đầu năm", "Trong tháng 9/2023, 9 tháng đầu năm"),
        ("so với cùng kỳ thì tăng 80%", "so với cùng kỳ tăng 80%"),
        ("trồng 22.366 héc-ta rừng", "trồng 22.366 ha rừng"),
        ("tăng 2.106 người (tương ứng 5,8%) so", "tăng 2.106 người (5,8%) so"),
        ("Ông A cho biết: “Chỉ tiêu là 95%”", "Ông A cho biết: Chỉ tiêu là 95%”"),
    ],
)
def test_what_says_the_same_is_read_as_one(printed, read):
    assert reworded(printed).text == read


@pytest.mark.parametrize(
    "printed",
    [
        "lao động có bằng cấp, chứng chỉ đạt 29%",
        "mới chỉ đạt 47,4% kế hoạch",
        "phát huy tinh thần quyết tâm cao, 12 đơn vị",
        "huyện vẫn tiếp tục giảm nghèo",
        "tỷ lệ che phủ rừng giữ ở mức 42%",
        "công nghiệp chế biến tăng khá ở mức 7,4%",
        "giá cả tỉnh này ổn định",
        "cả huyện và xã đều có 2 cán bộ",
        "diện tích 7.400 m²",
        "dân tộc ít người 1.200 hộ",
        "nhiều hơn 3 phương án được nêu",
        "Theo kế hoạch, thu 5 tỷ đồng",
        "giảm 0,5 điểm phần trăm",
        "hoàn thành 100 dự án",
        "phong trào “5 không, 3 sạch”",
        "từ ngày 05/06 tháng này",
        "Theo Cục Thống kê tỉnh Nghệ An, thu 5 tỷ đồng",
        "kết quả đáng chú ý, thu 5 tỷ đồng",
    ],
)
def test_what_says_something_else_stays(printed):
    assert reworded(printed).text == printed


def test_every_letter_leads_back_to_the_print():
    printed = "Cả tỉnh đang có 588 người, ít hơn 39 người so với năm 2022; nợ ở mức 1,2%¹."
    said = reworded(printed)
    for number in ("588", "39", "2022", "1,2%"):
        at = said.text.index(number)
        assert printed[said.in_print(at) :].startswith(number)
        assert said.in_print(at + len(number)) == printed.index(number) + len(number)
    assert said.in_print(len(said.text)) == len(printed)


def test_a_label_is_that_of_the_print_where_its_words_stand_once():
    page = "Tỉnh Nghệ An: kết quả tháng 6/2024\n\nCả tỉnh trồng 588 ha, ít hơn 39 ha so năm 2023."
    content = extractors.extract(SourceDocument("x", page.encode(), "text/plain", "x.txt"))
    first, second = normalizers.normalize(content, "x").observations
    assert first.metric_label == "Cả tỉnh trồng (ha)"
    assert second.metric_label.endswith("ít hơn ha so năm 2023")


def test_figures_keep_the_place_and_the_words_of_the_print():
    text = "BHXH tự nguyện có 588 người tham gia, ít hơn 39 người so với cùng kỳ năm trước."
    page = f"Tỉnh Nghệ An: kết quả tháng 6/2024\n\n{text}"
    content = extractors.extract(SourceDocument("x", page.encode(), "text/plain", "x.txt"))
    seen = normalizers.normalize(content, "x").observations
    assert [o.figure.value for o in seen] == [588, -39]
    for found in seen:
        place = found.figure.place
        assert text[place.start : place.end] == found.figure.raw
        assert found.figure.excerpt == text
        assert found.figure.figure_id == place.figure_id("x")
