"""Laws between columns: differences, sums, percentages, printed formulas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from auditors.formulas import Formula, read_formula
from solieu.model import Line, Period
from tests.audited import failed, findings, meant, outcome, table

ROWS = [f"Đơn vị {n}" for n in range(1, 7)]


def meanings(made, columns):
    """Observations for every cell: column number to (measure, scenario, year)."""
    return [
        replace(
            meant(
                f, "participants", columns[f.place.column][0], scenario=columns[f.place.column][1]
            ),
            period=Period(columns[f.place.column][2], str(columns[f.place.column][2])),
        )
        for f in made.figures
    ]


PLAN = {1: ("level", "actual", 2023), 2: ("level", "plan", 2024), 3: ("change", "plan", 2024)}
CHANGES = "5.792 7.593 1.801\n3.654 5.291 1.637\n3.551 4.988 1.437\n3.461 5.137 1.676\n3.187 4.739 1.552\n3.280 4.845 1.565"


def test_a_change_is_the_later_less_the_earlier():
    made = table(ROWS, ["Thực hiện", "Kế hoạch", "Tăng"], CHANGES)
    found = findings(made, observations=meanings(made, PLAN))
    assert outcome(found, "row_difference") == [("pass", "info")] * 6


def test_a_row_that_breaks_the_difference_is_named():
    made = table(ROWS, ["Thực hiện", "Kế hoạch", "Tăng"], CHANGES.replace("1.637", "1.673"))
    found = failed(findings(made, observations=meanings(made, PLAN)))
    assert [(f.check, f.published, f.expected) for f in found] == [("row_difference", 1673, 1637)]
    assert "5.291 - 3.654 = 1.637" in found[0].message_vi
    assert found[0].suggestion is None or "1.637" in found[0].suggestion


def test_a_sum_is_found_without_names():
    cells = "30 10 20\n70 30 40\n110 50 60\n150 70 80\n190 90 100\n235 110 120"
    found = findings(table(ROWS, ["Số người", "Loại một", "Loại hai"], cells))
    assert outcome(found, "row_total").count(("pass", "info")) == 5
    assert [(f.published, f.expected) for f in failed(found)] == [(235, 230)]


def test_a_relation_that_holds_in_few_rows_was_never_meant():
    cells = "30 10 20\n71 30 40\n118 50 60\n150 70 80\n199 90 100\n235 110 120"
    assert not findings(table(ROWS, ["Số người", "Loại một", "Loại hai"], cells))


def test_blank_cells_of_a_long_sum_add_nothing():
    cells = "60 10 20 30\n30 10 20 .\n70 30 40 .\n110 20 30 60\n150 70 80 .\n200 60 80 60"
    found = findings(table(ROWS, ["Σ Tổng", "A", "B", "C"], cells))
    assert outcome(found, "row_total") == [("pass", "info")] * 6


RURAL = "42 45 . 87\n25 26 . 51\n48 51 . 99\n30 32 . 62\n43 46 . 89\n26 27 . 53\n46 42 . 88"


@pytest.mark.parametrize("town", ["299 307 77 529\n39 38 77 .", "270 279 20 529\n10 10 20 ."])
def test_a_column_that_is_blank_wherever_a_sum_holds_is_no_part_of_it(town):
    """Rural people are men and women only of communes without a town."""
    rows = ["Toàn huyện", "Thị trấn", *(f"Xã {n}" for n in range(1, 8))]
    found = findings(table(rows, ["Nam", "Nữ", "Thành thị", "Nông thôn"], f"{town}\n{RURAL}"))
    assert not failed(found)


def test_a_seldom_filled_part_that_proves_itself_still_accuses():
    cells = "60 10 20 30\n90 20 30 40\n70 30 40 .\n101 20 30 60\n150 70 80 .\n160 60 80 20"
    found = findings(table(ROWS, ["Σ Tổng", "A", "B", "C"], cells))
    assert [(f.published, f.expected) for f in failed(found)] == [(101, 110)]


RATES = "1.000 1.100 110%\n2.000 2.500 125%\n3.000 2.900 96,7%\n4.000 4.810 120,3%\n5.000 5.050 101%\n700 800 114,3%"


def test_completion_is_the_outcome_over_the_plan():
    made = table(ROWS, ["Kế hoạch", "Thực hiện", "Tỷ lệ"], RATES)
    columns = {
        1: ("level", "plan", 2024),
        2: ("level", "actual", 2024),
        3: ("plan_completion", "actual", 2024),
    }
    found = findings(made, observations=meanings(made, columns))
    assert outcome(found, "plan_completion") == [("pass", "info")] * 6


def test_a_wrong_percentage_is_an_error_and_the_last_digit_is_not():
    made = table(
        ROWS,
        ["Kế hoạch", "Thực hiện", "Tỷ lệ"],
        RATES.replace("125%", "152%").replace("96,7", "96,8"),
    )
    columns = {
        1: ("level", "plan", 2024),
        2: ("level", "actual", 2024),
        3: ("plan_completion", "actual", 2024),
    }
    found = findings(made, observations=meanings(made, columns))
    assert [(f.published, f.expected) for f in failed(found)] == [(152, 125)]
    assert failed(found)[0].suggestion == "125% thay vì 152%"
    assert [f.published for f in failed(found, "info")] == [Decimal("96.8")]


def test_of_two_plans_and_three_outcomes_in_a_row_none_is_accused():
    """Bảng quyết toán: TW giao, HĐND giao, tổng số, NSTW hưởng, NSĐP hưởng, tỷ lệ."""
    printed = "11.723 12.327 13.145 1.398 11.747 112,1%\n520 568 646 0 646 124,2%"
    made = table(
        ["Tổng thu", "Thu nội địa"],
        ["TW giao", "HĐND giao", "Tổng số", "NSTW", "NSĐP", "Tỷ lệ"],
        printed,
    )
    columns = {
        1: ("level", "plan", 2024),
        2: ("level", "plan", 2024),
        3: ("level", "actual", 2024),
        4: ("level", "actual", 2024),
        5: ("level", "actual", 2024),
        6: ("plan_completion", "actual", 2024),
    }
    assert failed(findings(made, observations=meanings(made, columns))) == []


def test_of_two_laws_the_one_that_holds_everywhere_is_the_tables():
    """Parts equal to their total in most rows make the wrong quotient look right."""
    cells = "\n".join(
        ["1.000 600 1.500 150%", "2.000 900 2.500 125%"]
        + [f"{n}.000 {n}.000 {n}.{n}00 110%" for n in range(3, 9)]
    )
    rows = [f"Đơn vị {n}" for n in range(8)]
    found = findings(table(rows, ["Tổng", "Trong nước", "Thực hiện", "So sánh"], cells))
    assert not failed(found)
    assert not failed(found, "warning")


def test_shares_of_the_total_row():
    cells = "100 10,0%\n250 25,0%\n333 33,3%\n217 21,7%\n60 6,0%\n40 4,0%\n1.000 100%"
    found = findings(table([*ROWS, "Σ Tổng số"], ["Số người", "Cơ cấu"], cells))
    assert outcome(found, "share").count(("pass", "info")) == 6
    found = findings(
        table([*ROWS, "Σ Tổng số"], ["Số người", "Cơ cấu"], cells.replace("6,0%", "9,0%"))
    )
    assert [(f.published, f.expected) for f in failed(found)] == [(9, 6)]


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("6=7+8+9", None, Formula("6", (("7", 1), ("8", 1), ("9", 1)))),
        ("(6) = (7) + (8)", None, Formula("6", (("7", 1), ("8", 1)))),
        ("5=4-3", None, Formula("5", (("4", 1), ("3", -1)))),
        ("=1+2", "3", Formula("3", (("1", 1), ("2", 1)))),
        ("4=3:2", None, Formula("4", (("3", 1),), (("2", 1),))),
        ("7=(6-5)/5x100%", None, Formula("7", (("6", 1), ("5", -1)), (("5", 1),), Decimal(100))),
        ("7=6/5*100", None, Formula("7", (("6", 1),), (("5", 1),), Decimal(100))),
        ("C=A+B", None, Formula("C", (("A", 1), ("B", 1)))),
        ("(3)=(4)+…+(6)", None, Formula("3", (("4", 1), ("5", 1), ("6", 1)))),
        ("1=2+...+4", None, Formula("1", (("2", 1), ("3", 1), ("4", 1)))),
        ("3 = 4 đến 5", None, Formula("3", (("4", 1), ("5", 1)))),
        ("3=8+…+4", None, None),
        ("năm 2019 = 3 tháng", None, None),
        ("5=4*3", None, None),
        ("5=", None, None),
        ("5=4+", None, None),
        ("5=(4+3", None, None),
    ],
)
def test_printed_formulas_are_read_or_left(text, own, expected):
    assert read_formula(text, own) == expected


def columns(*formulas):
    return [
        Line(0, (f"Cột {n}",), number=str(n), formula=f) for n, f in enumerate(formulas, start=1)
    ]


def test_a_printed_formula_accuses_with_few_rows():
    cells = "30 10 20\n70 30 40\n111 50 60\n150 70 80\n190 90 100"
    found = findings(table(ROWS[:5], columns("1=2+3", None, None), cells))
    assert [(f.check, f.published, f.expected) for f in failed(found)] == [("row_total", 111, 110)]
    assert "công thức in trên bảng" in failed(found)[0].message_vi


def test_a_formula_over_the_wrong_columns_is_told_once():
    cells = "30 15 20\n70 35 40\n111 55 60\n150 75 80\n190 95 100"
    found = findings(table(ROWS[:5], columns("1=2+3", None, None), cells))
    assert [(f.status, f.details["reason"]) for f in found] == [("unknown", "wrong_columns")]


def test_a_formula_without_its_hundred_still_gives_percent():
    cells = "200 210 105%\n400 300 75%\n500 505 101%"
    found = findings(table(ROWS[:3], columns(None, None, "3=2/1"), cells))
    assert outcome(found, "share") == [("pass", "info")] * 3


def test_sixty_columns_of_equal_numbers_accuse_nobody():
    cells = "\n".join(" ".join(["7"] * 60) for _ in range(6))
    found = findings(table(ROWS, [f"Cột {n}" for n in range(60)], cells))
    assert not failed(found)
