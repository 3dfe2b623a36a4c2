"""Cells that hold a number with words, and what doubt brackets and loose dashes leave."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from normalizers import normalize
from normalizers.context import DocumentContext
from normalizers.conventions import Decision, choose
from normalizers.quantities.reading import find_quantities
from normalizers.quantities.worded import is_worded, worded
from normalizers.tables.reading import read_tables
from solieu.model import Cell, Content, Grid
from solieu.numerals import read_numeral
from tests.drawn import drawn

CONTEXT = DocumentContext("0" * 64, on=date(2024, 6, 1), year=2024)


HELD_BACK = Path(__file__).parent / "data" / "heldback_numerals_2.csv"


def held_back():
    with HELD_BACK.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def answers(kind, text):
    """Value, unit, qualifier, confidence of every figure of a cell or a sentence."""
    if kind == "cell":
        numeral = read_numeral(text)
        best = numeral.best
        signs = [f for f in numeral.flags if f in {"percent", "per_mille"}]
        return [(best.value, *(signs or [""]), "", best.confidence)] if best else []
    found = worded(text, 0.93) if kind == "worded" else find_quantities(text)
    figures = [q for q in found if q.kind != "ordinal_or_code"]
    return [(q.value, q.unit, q.qualifier or "", q.confidence) for q in figures]


@pytest.mark.parametrize("row", held_back(), ids=lambda r: r["input"])
def test_numerals_written_before_their_reader_was_run(row):
    found = answers(row["kind"], row["input"])
    assert [value for value, *_ in found] == [Decimal(v) for v in row["value"].split("|") if v]
    assert {unit for _, unit, *_ in found} <= {row["unit"]}
    if row["qualifier"]:
        assert found[0][2] == row["qualifier"]
    if row["verdict"] == "doubtful":
        assert found[0][3] < 0.95


def grid(*rows, title=None, notes=()):
    cells = [
        Cell(text, r, c) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text
    ]
    return Grid(tuple(cells), len(rows), len(rows[0]), number=1, title=title, notes=notes)


@pytest.mark.parametrize(
    ("text", "values", "unit", "qualifiers"),
    [
        ("≥ 95%", ["95"], "percent", ["at_least"]),
        (">=95 %", ["95"], "percent", ["at_least"]),
        ("> 90%", ["90"], "percent", ["more_than"]),
        ("dưới 3%", ["3"], "percent", ["at_most"]),
        ("Từ 5% trở lên", ["5"], "percent", ["at_least"]),
        ("trên 1.200 người", ["1200"], "person", ["more_than"]),
        ("khoảng 12 tỷ đồng", ["12000000000"], "VND", ["about"]),
        ("379.339 người", ["379339"], "person", [None]),
        ("47,3 tỷ đồng", ["47300000000"], "VND", [None]),
        ("7,5-8,0%", ["7.5", "8.0"], "percent", [None, None]),
        ("7,5 - 8,0", ["7.5", "8.0"], "count", [None, None]),
        ("3 - 5%", ["3", "5"], "percent", [None, None]),
        ("286 tỷ 412 triệu đồng", ["286412000000"], "VND", [None]),
        ("15 xã", ["15"], "commune", [None]),
        ("0,5 ‰ trở xuống", ["0.5"], "per_mille", ["at_most"]),
    ],
)
def test_a_number_with_its_own_words(text, values, unit, qualifiers):
    found = worded(text, 0.93)
    assert [q.value for q in found] == [Decimal(v) for v in values]
    assert {q.unit for q in found} == {unit}
    assert [q.qualifier for q in found] == qualifiers
    assert is_worded(text) or text == "7,5 - 8,0" or unit == "count"


@pytest.mark.parametrize(
    "text",
    [
        "Tăng 5% so với năm trước",
        "1.234 (tăng 5%)",
        "02 xã, 3 phường",
        "Quý 1",
        "tháng 5/2024",
        "2020-2025",
        "Phường 12",
        "Đạt",
        "QĐ 595",
        "15/6/2023",
        "hoàn thành 12 công trình, dự án trọng điểm",
    ],
)
def test_a_remark_is_no_number(text):
    assert worded(text, 0.93) == ()


@pytest.mark.parametrize("text", ["15-19", "Dưới 60", "≥ 60", "Trên 15", "5 - 9"])
def test_what_may_be_an_age_makes_no_column_of_figures(text):
    assert not is_worded(text)


def test_a_plan_with_comparators_and_ranges():
    read = read_tables(
        grid(
            ["TT", "Chỉ tiêu", "ĐVT", "TH 2023", "KH 2024"],
            ["1", "Tỷ lệ bao phủ BHYT", "%", "93,2", "≥ 95"],
            ["2", "Tốc độ tăng GRDP", "%", "7,1", "7,5 - 8,0"],
            ["3", "Tỷ lệ hộ nghèo", "%", "2,1", "dưới 1,5%"],
            ["4", "Thu ngân sách", "Tỷ đồng", "1.250", "1.300"],
        ),
        CONTEXT,
    )
    plan = [o.figure for o in read.observations if o.scenario == "plan"]
    assert [(f.value, f.qualifier, f.unit) for f in plan] == [
        (Decimal(95), "at_least", "percent"),
        (Decimal("7.5"), "at_least", "percent"),
        (Decimal("8.0"), "at_most", "percent"),
        (Decimal("1.5"), "at_most", "percent"),
        (Decimal(1300000000000), None, "VND"),
    ]
    assert len({f.figure_id for f in plan}) == 5, "two figures of one cell have two names"
    assert not any(f.exact for f in plan[:4])


def test_a_column_of_nothing_but_comparators_under_a_year():
    read = read_tables(
        grid(
            ["Chỉ tiêu", "Thực hiện 2023", "Mục tiêu 2025"],
            ["Tỷ lệ bao phủ BHYT", "93,2%", "trên 95%"],
            ["Tỷ lệ lao động qua đào tạo", "70,5%", "≥ 75%"],
        ),
        CONTEXT,
    )
    goals = [o for o in read.observations if o.period and o.period.year == 2025]
    assert [(o.figure.value, o.figure.qualifier) for o in goals] == [
        (Decimal(95), "more_than"),
        (Decimal(75), "at_least"),
    ]


def test_the_unit_in_the_cell_outranks_that_of_the_head():
    read = read_tables(
        grid(
            ["Đơn vị", "Số người (nghìn người)"],
            ["Huyện Nam Sách", "12,5"],
            ["Huyện Thanh Hà", "379.339 người"],
            ["Huyện Kim Thành", "8,1"],
        ),
        CONTEXT,
    )
    assert [o.figure.value for o in read.observations] == [12500, 379339, 8100]


def test_the_column_decides_how_a_worded_cell_is_grouped():
    read = read_tables(
        grid(
            ["Đơn vị", "Số người"],
            ["Huyện Nam Sách", "1,234,567"],
            ["Huyện Thanh Hà", "trên 5,792 người"],
            ["Huyện Kim Thành", "2,345,678"],
        ),
        CONTEXT,
    )
    assert [o.figure.value for o in read.observations] == [1234567, 5792, 2345678]


@pytest.mark.parametrize(
    ("text", "value", "other", "most"),
    [
        ("(15)", -15, 15, 0.8),
        ("(1.234)", -1234, 1234, 0.8),
        ("(1.234.567)", -1234567, 1234567, 0.8),
        ("- 119", -119, 119, 0.9),
        ("- 1.234", -1234, 1234, 0.9),
    ],
)
def test_a_sign_that_may_be_none_is_never_sure(text, value, other, most):
    """However sure the column is of its separators."""
    chosen = choose(read_numeral(text), Decision("dot_thousands", 0.999))
    assert chosen.reading is not None
    assert chosen.alternative is not None
    assert (chosen.reading.value, chosen.alternative.value) == (value, other)
    assert chosen.confidence <= most


def test_a_repaired_print_stays_doubtful_in_a_sure_column():
    chosen = choose(read_numeral("l.234"), Decision("dot_thousands", 0.999))
    assert chosen.reading is not None
    assert chosen.reading.value == 1234
    assert chosen.confidence <= 0.8


def test_three_decimals_of_money_by_its_scale():
    """ "47,322" under "Tỷ đồng" is forty-seven, under "Triệu đồng" more likely thousands."""
    rows = [
        ["Huyện Nam Sách", "47,322"],
        ["Huyện Thanh Hà", "12,518"],
        ["Huyện Kim Thành", "8,106"],
    ]
    read = {
        unit: read_tables(grid(["Đơn vị", f"Số thu ({unit})"], *rows), CONTEXT)
        .observations[0]
        .figure
        for unit in ("tỷ đồng", "nghìn đồng")
    }
    assert read["tỷ đồng"].value == Decimal(47322000000)
    assert read["nghìn đồng"].value in {Decimal(47322000), Decimal(47322)}
    assert all(f.alternative is not None for f in read.values() if f.confidence < 0.95)


def test_raised_digits_in_two_tables_side_by_side_stop_nothing():
    """A footnote mark such as ² is a digit to Python, and no number."""
    rows = [
        ["1", "Nam Sách", "61²", "1", "Thanh Hà", "25¹²"],
        ["2", "Kim Thành", "7", "2", "Cẩm Giàng", "8"],
    ]
    heads = ["STT", "Đơn vị", "Số người"] * 2
    assert read_tables(
        grid(heads, *rows, ["3", "Tứ Kỳ", "9", "3", "Gia Lộc", "5"]), CONTEXT
    ).observations


def test_a_table_with_every_unit_in_its_cell_is_read() -> None:
    content = Content(
        (
            drawn(
                """
                Chỉ tiêu | Dự toán | Thực hiện
                Tổng thu ngân sách | 712,5 tỷ đồng | 832,1 tỷ đồng
                Hộ nghèo | 500 hộ | 610 hộ
                """
            ),
        )
    )
    found = normalize(content, "d").observations
    assert [(o.figure.value, o.figure.unit, o.scenario) for o in found] == [
        (712500000000, "VND", "plan"),
        (832100000000, "VND", "actual"),
        (500, "household", "plan"),
        (610, "household", "actual"),
    ]
