"""What stands above a table: the text tells its time, the letterhead its place, the page's day neither."""

from __future__ import annotations

import pytest

import extractors
import normalizers
from normalizers.layout.openings import is_dated
from solieu.model import Observation, SourceDocument

TABLE = """
<table><tr><th>STT</th><th>Xã</th><th>Dự toán (triệu đồng)</th><th>Thực hiện (triệu đồng)</th></tr>
<tr><td>1</td><td>Xã Cao Xá</td><td>18.500</td><td>12.650</td></tr>
<tr><td>2</td><td>Xã Tứ Xã</td><td>21.300</td><td>15.120</td></tr></table>"""

BUDGET = """
<table><tr><th>Nội dung</th><th>Dự toán (triệu đồng)</th></tr>
<tr><td>Thu nội địa</td><td>1.350</td></tr><tr><td>Thu tiền sử dụng đất</td><td>250</td></tr></table>"""


def observed(text: str, table: str = TABLE) -> list[Observation]:
    page = (
        f"<html><body><h1>Thu ngân sách các xã của huyện Lâm Thao</h1>{text}{table}</body></html>"
    )
    document = SourceDocument("x", page.encode(), "text/html", "x.html")
    seen = normalizers.normalize(extractors.extract(document), "x").observations
    return [o for o in seen if o.figure.place.table]


SHOWN = "<p>Thứ năm, 11/01/2024 - 08:15</p><p>Huyện vừa công khai số thu của các xã.</p>"


@pytest.mark.parametrize(
    ("text", "planned", "done"),
    [
        (
            "Theo báo cáo của huyện, năm 2023 thu đạt 312,5 tỷ đồng. Các xã khác nhau.",
            *["2023"] * 2,
        ),
        ("Đến ngày 30/9/2023, huyện thu 312,5 tỷ đồng, bằng 78% dự toán.", "2023", "2023-09-30"),
        ("Quý III/2023, thu khá, tăng 5% so với quý III/2022, nhờ đất ở.", *["2023-Q3"] * 2),
    ],
)
def test_the_text_above_tells_the_time_and_it_shows_as_a_doubt(text, planned, done):
    """A plan beside what was done by a day is the year's."""
    found = observed(f"{SHOWN}<p>{text}</p><p>(Nguồn: Phòng Tài chính - Kế hoạch.)</p>")
    assert [o.period.code for o in found if o.period] == [planned, done] * 2
    assert {o.period.source for o in found if o.period} == {"text"}
    assert max(o.figure.confidence for o in found) < 0.95


def test_the_year_of_the_page_is_assumed_where_no_text_tells_a_time():
    found = observed("<p>Ngày đăng: 12/10/2023</p><p>UBND huyện công khai số thu của các xã.</p>")
    assert [o.period.code for o in found if o.period] == ["2023"] * 4
    assert {flag for o in found if o.period for flag in o.period.flags} == {"year_of_publication"}
    assert max(o.figure.confidence for o in found) < 0.95


def test_a_time_of_the_table_itself_stands_before_that_of_the_text():
    dated = TABLE.replace("Thực hiện", "Thực hiện năm 2022").replace("Dự toán", "Dự toán năm 2022")
    found = observed("<p>Năm 2023, huyện thu 312,5 tỷ đồng.</p>", dated)
    assert [o.period.code for o in found if o.period] == ["2022"] * 4
    assert min(o.figure.confidence for o in found) >= 0.95


@pytest.mark.parametrize(
    ("head", "terms"),
    [
        ("Kỳ hạn", ("6 tháng", "9 tháng")),
        ("Loại tiền gửi", ("6 tháng", "12 tháng")),
        ("Loại tiền gửi", ("3 - 5T", "6 tháng")),
    ],
)
@pytest.mark.parametrize("end", [":", "."])
def test_terms_are_no_times_of_the_figures(head, terms, end):
    table = f"""
    <table><tr><th>{head}</th><th>Lãi suất (%/năm)</th></tr>
    <tr><td>{terms[0]}</td><td>4,3</td></tr><tr><td>{terms[1]}</td><td>4,7</td></tr></table>"""
    found = observed(f"<p>Lãi suất ngày 17/6/2024 của ngân hàng như sau{end}</p>", table)
    assert [t in o.metric_label for t, o in zip(terms, found, strict=True)] == [True, True]
    assert {o.period.code if o.period else None for o in found} == {"2024-06-17"}


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("Thứ năm, 12/10/2023 - 08:15", True),
        ("Chủ nhật, ngày 15/01/2024, 07:30 GMT+7", True),
        ("Ngày đăng: 15/01/2024", True),
        ("08:30 | 15/01/2024", True),
        ("Cập nhật lúc: 10:05, 15/01/2024", True),
        ("Cập nhật đến ngày 30/6/2023", False),
        ("Thực hiện đến 30/6/2023", False),
        ("Tháng 6/2023", False),
    ],
)
def test_lines_that_say_when_a_page_was_put_up(line, dated):
    assert is_dated(line) == dated


@pytest.mark.parametrize(
    ("lines", "region", "sure"),
    [
        (("UBND XÃ LAI VUNG", "TỈNH ĐỒNG THÁP"), "Xã Lai Vung", True),
        (("CỔNG THÔNG TIN ĐIỆN TỬ XÃ LAI VUNG", "TỈNH ĐỒNG THÁP"), "Xã Lai Vung", True),
        (("UBND XÃ LAI VUNG", "Số liệu của toàn tỉnh Đồng Tháp"), "Tỉnh Đồng Tháp", True),
        (("THUẾ TỈNH ĐỒNG THÁP",), "Tỉnh Đồng Tháp", True),
    ],
)
def test_a_province_alone_on_its_line_is_where_the_commune_lies(lines, region, sure):
    head = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><body>{head}<h1>Dự toán thu năm 2026</h1>{BUDGET}</body></html>"
    document = SourceDocument("x", page.encode(), "text/html", "x.html")
    seen = normalizers.normalize(extractors.extract(document), "x").observations
    assert {o.region.name for o in seen if o.region} == {region}
    assert all((o.figure.confidence >= 0.95) == sure for o in seen)


def test_an_office_of_two_districts_is_of_neither_alone():
    head = "<p>CỤC THUẾ TỈNH PHÚ THỌ</p><p>CHI CỤC THUẾ KHU VỰC YÊN LẬP - TÂN SƠN</p>"
    page = f"<html><body>{head}<h1>Kết quả thu tháng 5/2022</h1>{BUDGET}</body></html>"
    document = SourceDocument("x", page.encode(), "text/html", "x.html")
    seen = normalizers.normalize(extractors.extract(document), "x").observations
    assert {o.region.name for o in seen if o.region} == {"Khu vực Yên Lập - Tân Sơn"}
    assert {o.region.code for o in seen if o.region} == {None}
    assert max(o.figure.confidence for o in seen) < 0.95
