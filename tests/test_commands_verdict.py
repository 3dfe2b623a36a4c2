"""The audit as it is printed: what matters first, sums in the scale of the page, questions told as such."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from commands import cli

HEAD = "<h1>{title} tỉnh Hải Dương năm 2023</h1><p>Đơn vị tính: {unit}</p>"
NAMES = ("Huyện Nam Sách", "Huyện Thanh Hà", "Huyện Cẩm Giàng", "Huyện Bình Giang")


def page(title, unit, columns, rows, total):
    """A table of four districts."""
    heads = "".join(f"<th>{c}</th>" for c in ("STT", "Đơn vị", *columns))
    body = "".join(
        f"<tr><td>{n}</td><td>{name}</td>{''.join(f'<td>{x}</td>' for x in row.split())}</tr>"
        for n, (name, row) in enumerate(zip(NAMES, rows, strict=True), 1)
    )
    last = "".join(f"<td>{x}</td>" for x in total.split())
    table = f"<table><tr>{heads}</tr>{body}<tr><td></td><td>Tổng cộng</td>{last}</tr></table>"
    return f"<html><body>{HEAD.format(title=title, unit=unit)}{table}</body></html>"


MONEY = page(
    "Số thu BHXH", "triệu đồng", ("Kế hoạch", "Thực hiện"),
    ("1.250 1.100", "2.250 2.100", "3.250 3.100", "4.250 4.100"), "11.343 10.400",
)  # fmt: skip
LAST_DIGIT = page(
    "Số thu BHXH", "triệu đồng", ("Kế hoạch", "Thực hiện"),
    ("1.250 1.100", "2.250 2.100", "3.250 3.100", "4.250 4.100"), "10.997 10.400",
)  # fmt: skip
QUESTION = page(
    "Số người tham gia BHYT", "người", ("Năm 2022", "Năm 2023"),
    ("1.250 1.350", "2.250 2.400", "3.250 3.300", "4.250 4.400"), "11.750 12.300",
)  # fmt: skip


@pytest.fixture
def audited(tmp_path):
    def run(lang, **pages):
        for name, text in pages.items():
            (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        command = ["audit", str(tmp_path), "--workers", "1", "--lang", lang]
        return CliRunner().invoke(cli, command)

    return run


def test_the_sum_is_in_the_scale_of_the_page(audited):
    done = audited("vi", tien=MONEY)
    lines = [line.split("  (")[0].strip() for line in done.output.splitlines()]
    assert done.exit_code == 1
    assert "= 11.000  suy từ các số khác" in lines
    assert "≠ 11.343  Tổng cộng" in lines
    assert "+343  chênh lệch" in lines


def test_the_gravest_document_comes_first_and_a_question_is_called_one(audited):
    done = audited("en", a=QUESTION, b=MONEY)
    text = " ".join(done.output.split())
    assert text.startswith("1 contradiction in the published arithmetic")
    assert "Questions: 1." in text
    assert text.index("b.html") < text.index("a.html")
    assert "■ Question: Row “Tổng cộng”" in text
    assert "■ Row “Tổng cộng”, column “Kế hoạch”" in text


def test_one_last_digit_is_no_error(audited):
    done = audited("vi", a=LAST_DIGIT)
    assert done.exit_code == 0
    assert "Chỉ lệch chữ số cuối: Dòng “Tổng cộng”" in " ".join(done.output.split())


def test_figures_that_repeat_another_year_are_listed_as_far_as_anybody_reads(audited):
    rows = "".join(
        f"<tr><td>{n}</td><td>Huyện {name}</td><td>{n}.2{n}0</td><td>{n}.2{n}0</td></tr>"
        for n, name in enumerate(["Nam Sách", "Thanh Hà", "Cẩm Giàng", "Bình Giang", "Gia Lộc",
                                  "Tứ Kỳ", "Ninh Giang", "Thanh Miện", "Kim Thành"], 1)
    )  # fmt: skip
    text = f"""<html><body>{HEAD.format(title="Số người tham gia BHYT", unit="người")}<table>
    <tr><th>STT</th><th>Đơn vị</th><th>Năm 2022</th><th>Năm 2023</th></tr>{rows}</table></body></html>"""
    done = audited("en", a=text)
    shown = [line.strip() for line in done.output.splitlines() if "table 1" in line]
    assert len(shown) <= 7
    assert "implied by" not in done.output
