"""What title, letterhead and headings say for a whole document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

import normalizers
from extractors import extract
from normalizers.context import UNDATED, document_context, priors
from normalizers.context.dates import map_date
from normalizers.layout.scenarios import scenario_of
from normalizers.layout.titles import is_title, joined_titles, title_scenario, without_decrees
from solieu.model import Content, Grid, Passage, PassageKind, Region, SourceDocument
from tests.drawn import drawn


def content(
    *lines: str | tuple[PassageKind, str], title: str | None = None, grids: Sequence[Grid] = ()
) -> Content:
    pairs = [("paragraph", line) if isinstance(line, str) else line for line in lines]
    passages = [Passage(text, n, kind) for n, (kind, text) in enumerate(pairs, 1)]  # type: ignore[arg-type] # literals
    return Content((*passages, *grids), title)


def territory(*lines: str | tuple[PassageKind, str], title: str | None = None) -> str | None:
    region = document_context(content(*lines, title=title), "d").region
    return region.path if region else None


def test_the_title_outranks_the_letterhead() -> None:
    assert territory(
        "UBND TỈNH TRÀ VINH",
        ("title", "Kế hoạch phát triển BHYT trên địa bàn thành phố Trà Vinh năm 2023"),
    ) == "Tỉnh Trà Vinh / Thành phố Trà Vinh"  # fmt: skip


def test_a_letterhead_over_two_lines() -> None:
    assert territory("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "Số: 12/BC-UBND") == "Tỉnh Lâm Đồng"


def test_a_letterhead_names_the_ministry_first() -> None:
    assert territory("BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI TỈNH NGHỆ AN") == "Tỉnh Nghệ An"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BHXH VIỆT NAM BẢO HIỂM XÃ HỘI TỈNH NGHỆ AN", "Tỉnh Nghệ An"),
        ("BỘ TÀI CHÍNH - CỤC THUẾ TỈNH NGHỆ AN", "Tỉnh Nghệ An"),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM", "Việt Nam"),
    ],
)
def test_a_letterhead_in_one_cell(line: str, expected: str) -> None:
    assert territory(line, "Tình hình thu, chi quý I") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TỈNH NAM ĐỊNH", "Tỉnh Nam Định"),
        ("Nam Định.", "Tỉnh Nam Định"),
        ("Kết quả sản xuất", None),
        ("Nam Định, Hà Nam và Thái Bình", None),
        ("Huyện Vụ Bản, tỉnh Nam Định", "Tỉnh Nam Định / Huyện Vụ Bản"),
        ("Huyện Vụ Bản, tỉnh Thái Bình", None),
        ("Huyện Vụ Bản, huyện Ý Yên", None),
        ("Huyện Vụ Bản, ngày 12/5", None),
    ],
)
def test_a_name_alone_over_a_text(line: str, expected: str | None) -> None:
    found = territory(line, "Vụ mùa năm nay đã gieo trồng 12.700 ha.")
    assert found == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Chư Sê: Sản xuất vượt kế hoạch", "Cả huyện đã gieo 38.040 ha.", "Tỉnh Gia Lai / Huyện Chư Sê"),
        ("Chư Sê vượt kế hoạch gieo trồng", "Kinh tế của huyện tăng khá.", "Tỉnh Gia Lai / Huyện Chư Sê"),
        ("Chư Sê: Sản xuất vượt kế hoạch", "Cả tỉnh đã gieo 38.040 ha.", None),
        ("Hòa Bình: Sản xuất vượt kế hoạch", "Toàn xã có 380 hộ nghèo.", "Tỉnh Hoà Bình"),
        ("Nông Nghiệp: Sản xuất vượt kế hoạch", "Toàn xã có 380 hộ nghèo.", None),
    ],
)  # fmt: skip
def test_a_bare_name_before_the_colon(title: str, text: str, expected: str | None) -> None:
    assert territory(text, title=title) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Nghĩa Hưng giữ vững thành quả", "Đến nay huyện Nghĩa Hưng có 24 xã.", "Tỉnh Nam Định / Huyện Nghĩa Hưng"),
        ("NGHĨA HƯNG GIỮ VỮNG", "Đến nay huyện Nghĩa Hưng có 24 xã.", "Tỉnh Nam Định / Huyện Nghĩa Hưng"),
        ("An ninh trật tự được giữ vững", "Đoàn của Quảng Ninh đã đến thăm.", None),
        ("Dân hưng thịnh, đất yên bình", "Đoàn của huyện Nghĩa Hưng đã đến thăm.", None),
    ],
)  # fmt: skip
def test_a_name_in_title_and_text(title: str, text: str, expected: str | None) -> None:
    assert territory(("title", title), text) == expected


def test_the_body_dates_the_map_where_nothing_else_does() -> None:
    said = "Ngày 16.6, Sở GD - ĐT công bố kết quả thi tốt nghiệp năm 2011: hệ THPT đỗ 97,56%. " * 3
    found = document_context(content(said, title="Kết quả thi"), "d")
    assert found.on.year == 2011


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("Năm 2025, xã giải quyết việc làm cho 458 lao động.", True),
        ("Năm 2025, các xã của huyện giải quyết việc làm cho 458 lao động.", False),
        ("Năm 2024, xã giải quyết việc làm cho 458 lao động.", False),
    ],
)
def test_a_text_of_2025_without_districts_is_read_by_the_map_of_july(
    text: str, later: bool
) -> None:
    found = document_context(content(" ".join([text] * 4), title="Kỳ họp thứ tư"), "d")
    assert (found.on >= date(2025, 7, 1)) is later


@pytest.mark.parametrize(
    "line",
    ["Thứ hai, 7 tháng 11, 2022", "Ngày 7 tháng 11 năm 2022", "09:10, 07-11-2022", "[7/11/2022]"],
)
def test_date_lines_of_portals(line: str) -> None:
    found = document_context(content(line, "Huyện hiện có 345 hộ nghèo.", title="Giảm nghèo"), "d")
    assert found.published_on == date(2022, 11, 7)


@pytest.mark.parametrize(
    ("line", "said", "expected"),
    [
        ("Báo Hà Giang, 10/2021", "Tổng nguồn vốn toàn tỉnh đạt 3.579 tỷ đồng.", "Tỉnh Hà Giang"),
        ("Nguồn tin: Báo Đăk Nông", "Hộ nghèo của tỉnh là 27.761 hộ.", "Tỉnh Đắk Nông"),
        ("Báo Hà Giang, 10/2021", "Tổng nguồn vốn đạt 3.579 tỷ đồng.", None),
        ("Báo Nhân Dân, 10/2021", "Tổng nguồn vốn toàn tỉnh đạt 3.579 tỷ đồng.", None),
    ],
)
def test_a_provinces_newspaper_writes_of_its_province(
    line: str, said: str, expected: str | None
) -> None:
    assert territory(line, said, title="Dư nợ chính sách tăng") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Dân số toàn tỉnh có 460.196 người. Lai Châu đứng thứ 62/63. Tại Lai Châu", "Tỉnh Lai Châu"),
        ("Dân số của tỉnh có 460.196 người, riêng thành phố Lai Châu, tỉnh Lai Châu", "Tỉnh Lai Châu"),
        ("Toàn tỉnh dời 12 doanh nghiệp về Bình Dương.", None),
        ("Tỉnh bán gạo cho Lai Châu, Sơn La.", None),
    ],
)  # fmt: skip
def test_the_only_province_that_a_text_names_twice(said: str, expected: str | None) -> None:
    assert territory(said, title="Kết quả điều tra") == expected


def test_the_years_of_a_committee_are_no_time_of_figures() -> None:
    title = "Bầu 24 đồng chí vào Ban Chấp hành Đảng bộ xã khóa 2025 - 2030"
    found = document_context(content("Xã có 22.312 người.", title=title), "d")
    assert found.year is None


def test_who_reports_is_not_where_it_met() -> None:
    title = (
        "Hôm 9/8, tại xã Tiên Cảnh, Bảo hiểm xã hội (BHXH) huyện Tiên Phước mở hội nghị tư vấn "
        "cho người dân."
    )
    said = "Hết tháng 6/2023, cả huyện có 5.279 người tham gia BHXH."
    assert territory(said, title=title) == "Tỉnh Quảng Nam / Huyện Tiên Phước"


def test_a_name_that_two_districts_share_stands_without_a_code() -> None:
    said = "Hết tháng 4/2020, huyện Tam Nông có 5.073 người tham gia BHXH bắt buộc."
    found = document_context(content(said, title="82% dân số Tam Nông tham gia BHYT"), "d").region
    assert found is not None
    assert (found.name, found.level, found.code) == ("Huyện Tam Nông", "district", None)


@pytest.mark.parametrize("name", ["Dak Lak", "Đăk Lak", "ĐakLak", "Đắc Lắc"])
def test_provinces_as_newspapers_spell_them(name: str) -> None:
    assert territory("Nay gieo 121.701 ha.", title=f"{name}: vụ hè thu") == "Tỉnh Đắk Lắk"


def test_a_portal_names_itself_in_its_furniture() -> None:
    assert (
        territory(
            ("boilerplate", "Cổng thông tin điện tử tỉnh Hải Dương"),
            ("title", "Phát triển đối tượng tham gia BHYT"),
            "UBND tỉnh vừa ban hành văn bản.",
        )
        == "Tỉnh Hải Dương"
    )


def test_what_stands_above_a_pages_title_does_not_speak_first() -> None:
    said = (
        "Thực hiện chương trình năm 2024, Ủy ban nhân dân xã Kim Phú báo cáo kết quả như sau. "
        "Toàn xã có 1.204 hộ."
    )
    site = "<h2>Xã Kim Phú, thành phố Tuyên Quang, tỉnh Tuyên Quang</h2>"
    menu = "".join(f"<p>Mục {n} của trang</p>" for n in range(9))
    page = f"<body>{site}{menu}<h1>Báo cáo công tác tháng 8 năm 2024</h1><p>{said}</p></body>"
    read = extract(SourceDocument("a.html", page.encode(), "text/html", "a.html"))
    region = document_context(read, "d").region
    assert region is not None
    assert region.name == "Xã Kim Phú"


def test_a_ministry_speaks_for_the_country() -> None:
    assert territory("BỘ TÀI CHÍNH", "Dự toán thu ngân sách các tỉnh") == "Việt Nam"


def test_two_provinces_in_a_title_are_no_territory() -> None:
    assert territory("Số liệu mới công bố.", title="Nghệ An, Hà Tĩnh nợ nhiều nhất") is None


@pytest.mark.parametrize(
    "title",
    ["Lãi suất Việt Nam đồng", "Biểu phí Ngân hàng TMCP Á Châu", "Thông báo lịch nghỉ lễ"],
)
def test_nothing_names_a_territory(title: str) -> None:
    assert territory("Nội dung thông báo.", title=title) is None


def test_time_and_plan_from_the_title() -> None:
    found = document_context(content(title="KẾ HOẠCH phát triển kinh tế - xã hội năm 2024"), "d")
    assert (found.year, found.scenario, found.on) == (2024, "plan", date(2024, 1, 1))


def test_a_decree_under_the_title_gives_no_year() -> None:
    found = document_context(
        content(title="Biểu số liệu kèm theo Quyết định số 12/QĐ-UBND ngày 3/4/2021"), "d"
    )
    assert found.year is None


def test_the_map_is_never_later_than_the_page() -> None:
    page = Content((Passage("Kế hoạch năm 2026", 1, "title"),), None, date(2025, 3, 1))
    assert document_context(page, "d").on == date(2025, 3, 1)


def test_the_date_line_of_a_letter() -> None:
    found = document_context(content("Hải Dương, ngày 5 tháng 2 năm 2024", "Nội dung."), "d")
    assert found.published_on == date(2024, 2, 5)


def test_a_document_with_nothing() -> None:
    found = document_context(Content(()), "d")
    assert (found.region, found.year, found.title, found.on) == (None, None, None, UNDATED)


def test_a_workbook_is_titled_by_the_lines_over_its_first_table() -> None:
    sheet = drawn(
        """
        QUYẾT TOÁN THU NGÂN SÁCH CÁC TỈNH, | < | <
        THÀNH PHỐ NĂM 2008 | < | <
        TT | Tỉnh | Thu
        1 | Hà Giang | 5
        2 | Cao Bằng | 6
        """
    )
    found = document_context(Content((sheet,)), "d")
    assert found.title == "QUYẾT TOÁN THU NGÂN SÁCH CÁC TỈNH, THÀNH PHỐ NĂM 2008"
    assert (found.year, found.scenario) == (2008, "actual")


def test_the_country_where_a_row_says_so() -> None:
    sheet = drawn("Địa phương | Dân số\nCả nước | 100\nHà Nội | 8")
    found = document_context(Content((sheet,)), "d").region
    assert found is not None
    assert found == Region("Việt Nam", "country", None, None, "Việt Nam")


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ("Đạt 41.8% kế hoạch, tăng 5.2%; hộ nghèo còn 12.4%", True),
        ("Thu 1,234,567 đồng, 2,345,678 đồng, 3,456,789 đồng và 4,567,890 đồng", True),
        ("Đạt 32,9% kế hoạch, tăng 5,2%; hộ nghèo còn 12,4%", False),
        ("Đạt 32,9% kế hoạch, tăng 5.2%", False),
        ("Theo mục 2.1, 2.2 và 2.3", False),
    ],
)
def test_a_comma_groups_where_percentages_have_a_dot(said: str, groups: bool) -> None:
    assert (priors([said])[1] < 0.5) is groups


def test_prose_is_read_in_the_convention_of_its_document() -> None:
    sown = "Toàn tỉnh đã gieo trồng 139,642 ha lúa."
    rates = "Kế hoạch đạt 41.8%, tăng 5.2%; tỷ lệ hộ nghèo còn 12.4%."
    alone = normalizers.normalize(content(sown), "d").observations[0].figure
    beside = normalizers.normalize(content(sown, rates), "d").observations[0].figure
    assert (beside.value, beside.alternative) == (139642, None)
    assert alone.alternative is not None
    assert None not in (alone.legibility, beside.legibility)
    assert alone.legibility < 0.95 < beside.legibility


def test_prior_follows_the_prose() -> None:
    neutral, _ = priors(["Không có số nào."])
    assert priors(["Đạt 94,5%; thu 1.234.567 đồng, 3,2 triệu"])[0] > neutral
    assert priors(["Thu 1,234,567 đồng; 98.5%; 2,345,678 đồng; 4.25%"])[0] < neutral


@pytest.mark.parametrize(
    ("path", "scenario"),
    [
        (("KH 2024",), "plan"),
        (("Kế hoạch giao Năm 2024",), "plan"),
        (("DỰ TOÁN", "THỰC HIỆN NHỮNG NHIỆM VỤ QUAN TRỌNG"), "plan"),
        (("ƯTH2020",), "estimate"),
        (("Ước tính quý IV",), "estimate"),
        (("TH 2019",), "actual"),
        (("Thực hiện tháng 11 năm 2024",), "actual"),
        (("TH CÁC DỰ ÁN",), None),
        (("BHXH bắt buộc",), None),
    ],
)
def test_scenario_words(path: tuple[str, ...], scenario: str | None) -> None:
    assert scenario_of(path) == scenario


@pytest.mark.parametrize(
    ("title", "scenario"),
    [
        ("Phụ lục 01: Biểu tổng hợp dự toán bổ sung", "plan"),
        ("BIỂU 07: TỔNG HỢP CHỈ TIÊU KINH TẾ - XÃ HỘI", None),
        ("Báo cáo kết quả thực hiện kế hoạch năm 2023", "actual"),
        ("Hơn 1,9 triệu người tham gia, đạt 98% kế hoạch", None),
        ("UBND HUYỆN LÂM HÀ - PHÒNG TÀI CHÍNH - KẾ HOẠCH", None),
        ("UBND HUYỆN LÂM HÀ PHÒNG KẾ HOẠCH - TÀI CHÍNH", None),
        ("UBND HUYỆN LÂM HÀ PHÒNG TÀI CHÍNH - KẾ HOẠCH DỰ TOÁN NĂM 2022", "plan"),
        ("UBND HUYỆN LÂM HÀ - KẾ HOẠCH NĂM 2022", "plan"),
        ("UBND THÀNH PHỐ HẢI PHÒNG KẾ HOẠCH ĐẦU TƯ CÔNG NĂM 2022", "plan"),
        ("62,4% dự toán thu ngân sách nội địa", None),
        ("8/10 chỉ tiêu vượt kế hoạch", None),
        ("15 chỉ tiêu phát triển kinh tế năm 2024", "plan"),
        ("Mục tiêu thu ngân sách về đích sớm", None),
        ("Mục tiêu phấn đấu vượt thu 2%", "plan"),
    ],
)
def test_title_scenarios(title: str, scenario: str | None) -> None:
    assert title_scenario([title]) == scenario


def test_titles_and_their_lines() -> None:
    assert joined_titles(["DÂN SỐ CHIA THEO TUỔI,", "THÀNH THỊ", "Đơn vị tính: Người"]) == [
        "DÂN SỐ CHIA THEO TUỔI, THÀNH THỊ",
        "Đơn vị tính: Người",
    ]
    assert [is_title(t) for t in ("Dân số trung bình", "Quý IV năm 2024", "Đơn vị: tỷ đồng")] == [
        True,
        False,
        False,
    ]
    assert "2009" not in without_decrees("(Kèm theo Quyết định số 3/QĐ-BTC ngày 2/1/2009)")


def test_the_day_on_which_rates_take_effect_is_no_time_of_figures() -> None:
    found = document_context(
        content(title="BIỂU LÃI SUẤT HUY ĐỘNG Hiệu lực từ ngày 31 tháng 07 năm 2025"), "d"
    )
    assert found.year is None


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (
            (
                "Tại kỳ họp thứ 14 HĐND tỉnh Bình Định khóa XIII, đại biểu chất vấn Giám đốc Sở Nội vụ "
                "về việc làm của người lao động."
            ),
            "Tỉnh Bình Định",
        ),
        (
            (
                "Những năm qua, tỉnh Sóc Trăng quan tâm chăm lo sức khỏe nhân dân, nhất là ở vùng sâu, "
                "vùng xa, vùng có đông đồng bào. Toàn tỉnh có 1.024.118 người tham gia BHYT."
            ),
            "Tỉnh Sóc Trăng",
        ),
        (
            (
                "Những năm qua, tỉnh Sóc Trăng quan tâm chăm lo sức khỏe nhân dân, nhất là ở vùng sâu, "
                "vùng xa, vùng có đông đồng bào. Tỉnh ta có 1.024.118 người tham gia BHYT."
            ),
            "Tỉnh Sóc Trăng",
        ),
        (
            (
                "Sáng 13-2, đoàn công tác của tỉnh Sóc Trăng đến học tập kinh nghiệm và trao đổi về "
                "phát triển nông nghiệp công nghệ cao trong thời gian tới."
            ),
            None,
        ),
        (
            (
                "Tại kỳ họp HĐND tỉnh Bình Định, các đại biểu so sánh kết quả với tỉnh Phú Yên và tỉnh "
                "Quảng Ngãi trong cùng thời gian."
            ),
            None,
        ),
        (
            (
                "Dịch bệnh trên địa bàn tỉnh Đồng Tháp diễn biến phức tạp; cả nước ghi nhận nhiều ca "
                "mắc mới, các bệnh viện tuyến cuối quá tải."
            ),
            None,
        ),
    ],
)
def test_a_lead_names_the_territory_once(lead: str, expected: str | None) -> None:
    longer = "Các giải pháp tiếp tục được triển khai đồng bộ, quyết liệt trong thời gian tới."
    told = territory(("title", "Nhiều giải pháp hiệu quả"), "08/12/2023", lead, *[longer] * 8)
    assert told == expected


@pytest.mark.parametrize(
    ("title", "on", "expected"),
    [
        ("Móng Cái (Quảng Ninh): Xuất nhập cảnh sôi động", "31/03/2024", "Thành phố Móng Cái"),
        ("Quỳ Hợp (Nghệ An): Dư nợ tín dụng tăng", "05/03/2019", "Huyện Quỳ Hợp"),
        ("Thu Hà (Nghệ An): Dư nợ tín dụng tăng", "05/03/2019", "Tỉnh Nghệ An"),
        ("Quỳ Hợp (Nghệ An): Dư nợ tín dụng tăng", "05/03/2026", "Tỉnh Nghệ An"),
    ],
)
def test_a_title_puts_the_province_in_a_bracket(title: str, on: str, expected: str) -> None:
    text = "Tổng dư nợ đến nay đạt 412 tỷ đồng, tăng 36,23% so với cùng kỳ năm trước."
    told = territory(("title", title), on, text)
    assert told is not None
    assert told.split(" / ")[-1] == expected


@pytest.mark.parametrize(
    ("line", "told", "expected"),
    [
        ("Nam Định, tháng 6/2022", "của tỉnh", "Tỉnh Nam Định"),
        ("Nam Định, ngày 30 tháng 6 năm 2022", "của tỉnh", "Tỉnh Nam Định"),
        ("Nam Định, ngày 30/6/2022", "", None),
        ("Hà Nội, ngày 30/6/2022", "của tỉnh", None),
        ("Nam Định, ngày 30/6/2022", "của tỉnh Thái Bình, tăng so với các tỉnh", None),
    ],
)
def test_a_date_line_names_the_province(line: str, told: str, expected: str | None) -> None:
    text = f"Doanh thu vận tải, kho bãi {told} trong tháng ước đạt 547 tỷ đồng, tăng 4,3%."
    assert territory(("title", "Vận tải tăng trưởng khá"), line, text) == expected


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("Tính đến ngày 31/12/2020", date(2020, 12, 31)),
        ("Số liệu đến 30/6/2019 và đến ngày 15 tháng 11 năm 2021", date(2021, 11, 15)),
        ("Số hộ năm 2019 và năm 2020", date(2020, 6, 30)),
        ("Tính đến ngày 31/6/2020", date(2020, 6, 30)),
        ("Ngày 10/11", UNDATED),
    ],
)
def test_the_day_that_reads_the_map(line: str, on: date) -> None:
    assert map_date(None, None, ((line,),), ahead=False) == on
