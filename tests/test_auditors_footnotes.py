"""Sums that the page itself explains: footnotes on a figure, a row or a column, remarks, notes below."""

from __future__ import annotations

import pytest

from extractors.sniff import media_type
from pipeline import observe
from solieu.model import SourceDocument

NAMES = ("Huyện Nam Sách", "Huyện Thanh Hà", "Huyện Cẩm Giàng", "Huyện Bình Giang")


def page(*, total="11.343", mark="", row_mark="", head_mark="", below="", remark=""):
    """Four districts of 1.000 to 5.000 people, 11.000 in all, in a page with a note."""
    rows = "".join(
        f"<tr><td>{n}</td><td>{name}{row_mark if n == 2 else ''}</td><td>{n}.250</td><td>{n}.100</td>"
        f"<td>{remark if n == 2 else ''}</td></tr>"
        for n, name in enumerate(NAMES, 1)
    )
    return f"""<html><body><h1>Số người tham gia BHYT tỉnh Hải Dương năm 2023</h1><table>
    <tr><th>STT</th><th>Đơn vị</th><th>Kế hoạch{head_mark}</th><th>Thực hiện</th><th>Ghi chú</th></tr>
    {rows}<tr><td></td><td>Tổng cộng</td><td>{total}{mark}</td><td>10.400</td><td></td></tr>
    </table><p>{below}</p></body></html>"""


def told(html):
    content = html.encode()
    document = SourceDocument("a.html", content, media_type(content, "a.html"), "a.html")
    found = [f for f in observe(document).findings if f.check == "column_total"]
    (wrong,) = [f for f in found if f.status != "pass"]
    return (wrong.status, wrong.severity, wrong.details.get("reason")), wrong.message_vi


def test_without_a_note_the_total_is_wrong():
    assert told(page())[0] == ("fail", "error", None)


@pytest.mark.parametrize(
    "more",
    [
        {"mark": "(*)", "below": "(*) Gồm cả 343 người do tỉnh trực tiếp quản lý."},
        {"mark": "<sup>1</sup>", "below": "(1) Gồm cả 343 người do tỉnh trực tiếp quản lý."},
        {"row_mark": " (*)", "below": "(*) Chưa kể 343 người mới chuyển đến."},
        {"below": "Ghi chú: Tổng số gồm cả 343 người do tỉnh trực tiếp quản lý."},
        {"remark": "Chưa kể 343 người mới chuyển đến"},
    ],
)
def test_a_note_that_gives_the_very_gap_settles_it(more):
    found, message = told(page(**more))
    assert found == ("unknown", "info", "footnote_says")
    assert "343 người" in message.rpartition("“")[2]


@pytest.mark.parametrize("where", ["mark", "row_mark", "head_mark"])
def test_another_note_on_a_figure_makes_it_a_question(where):
    found, message = told(page(**{where: " (*)", "below": "(*) Số liệu đến hết tháng 11."}))
    assert found == ("fail", "warning", "footnote")
    assert "“(*) Số liệu đến hết tháng 11.”" in message


@pytest.mark.parametrize(
    "more",
    [
        {"below": "(*) Số liệu đến hết tháng 11."},
        {"below": "1. Tổ chức thực hiện: giao 343 đơn vị.", "mark": ""},
        {"below": "Đơn vị gửi báo cáo trước ngày 15.", "mark": " (*)"},
        {"below": "(*) Gồm cả 344 người khác.", "mark": ""},
        {"total": "11.012", "below": "Ghi chú: toàn tỉnh có 12 huyện."},
    ],
)
def test_notes_about_something_else_excuse_nothing(more):
    made = {"total": "11.012"} | more if "total" in more else more
    assert told(page(**made))[0] == ("fail", "error", None)
