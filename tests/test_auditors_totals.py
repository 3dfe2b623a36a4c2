"""Totals: what is a contradiction, what a question, and what is no sum at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from solieu.model import Line, Place, Unread
from tests.audited import failed, findings, outcome, table

THREE = ["Quận Một", "Quận Hai", "Quận Ba", "Σ Tổng cộng"]


def test_totals_that_hold_are_rows_too():
    found = findings(table(THREE, ["A", "B"], "10 20\n30 40\n50 61\n90 121"))
    assert outcome(found, "column_total") == [("pass", "info")] * 2
    assert (
        found[0].message_vi
        == "Dòng “Tổng cộng”, cột “A”: 3 dòng cộng lại đúng bằng 90."[:-1] + " người."
    )


def test_a_count_may_not_miss_its_total_by_one():
    found = failed(findings(table(THREE, ["A", "B"], "1.010 20\n3.030 40\n5.050 61\n9.091 121")))
    assert [(f.check, f.published, f.expected, f.difference, f.tolerance) for f in found] == [
        ("column_total", 9091, 9090, 1, 0)
    ]
    assert (
        "công bố 9.091 người, nhưng 3 dòng cộng lại được 9.090 người (lệch +1)"
        in found[0].message_vi
    )
    assert (
        "published 9,091 people, but the 3 rows add up to 9,090 people (difference +1)"
        in found[0].message_en
    )
    assert found[0].details["kind"] == "exact"


def test_rounded_amounts_may_miss_by_rounding():
    found = findings(table(THREE, ["A"], "10,4\n30,4\n50,4\n91,3", units=["VND"]))
    assert outcome(found, "column_total") == [("pass", "info")]
    assert found[0].tolerance == Decimal("0.2")


def test_amounts_cut_instead_of_rounded_hold_and_say_so():
    rows = ["A", "B", "C", "D", "Σ Tổng"]
    found = findings(table(rows, ["x"], "10,4\n30,4\n50,4\n20,1\n111,6", units=["VND"]))
    assert outcome(found, "column_total") == [("pass", "info")]
    assert "cắt bớt" in found[0].message_vi


def test_every_column_off_a_little_is_still_a_contradiction_where_rows_are_numbered():
    rows = [Line(0, (f"Phường {n}",), number=str(n)) for n in range(1, 5)]
    cells = "1.888 165\n483 55\n406 55\n1.749 159\n4.626 435"
    found = findings(table([*rows, "Σ Tổng cộng"], ["A", "B"], cells))
    assert [f.difference for f in failed(found)] == [100, 1]


def test_a_row_that_may_be_missing_is_asked_for_once():
    cells = "1.000 200 31\n1.500 260 27\n900 180 22\n3.800 720 90"
    found = findings(table(THREE, ["A", "B", "C"], cells))
    assert not failed(found)
    assert len(failed(found, "warning")) == 1
    assert failed(found, "warning")[0].details["reason"] == "row_missing"
    assert outcome(found, "column_total").count(("unknown", "info")) == 2


def test_groups_and_parts_are_not_counted_twice():
    rows = ["Σ Toàn tỉnh", "# Vùng núi", "Huyện A", "Huyện B", "# Đồng bằng", "Huyện C", "Huyện D"]
    cells = "100 1.000\n40 400\n10 150\n30 250\n60 600\n20 350\n40 250"
    found = findings(table(rows, ["A", "B"], cells))
    assert outcome(found, "column_total") == [("pass", "info")] * 6
    assert {f.published for f in found} == {100, 1000, 40, 400, 60, 600}


def test_a_slip_in_one_group_is_found_there_alone():
    rows = ["Σ Toàn tỉnh", "# Vùng núi", "Huyện A", "Huyện B", "# Đồng bằng", "Huyện C", "Huyện D"]
    cells = "100 1.000\n40 400\n10 150\n30 250\n60 600\n20 355\n40 250"
    found = failed(findings(table(rows, ["A", "B"], cells)))
    assert [(f.published, f.expected) for f in found] == [(600, 605)]


def test_subtotals_below_their_rows_make_the_grand_total():
    rows = ["A", "B", "Σ Cộng I", "C", "D", "Σ Cộng II", "Σ Tổng cộng"]
    found = findings(table(rows, ["x"], "1\n2\n3\n10\n20\n30\n33"))
    assert outcome(found, "column_total") == [("pass", "info")] * 3


def test_a_total_broken_down_twice_holds_twice():
    rows = ["Σ Tổng số", "Nam", "Nữ", "Thành thị", "Nông thôn"]
    found = findings(table(rows, ["x", "y"], "100 50\n60 20\n40 30\n25 10\n75 40"))
    assert outcome(found, "column_total") == [("pass", "info")] * 4


@pytest.mark.parametrize("label", ["Mật độ dân số", "Thu nhập bình quân", "Tỷ lệ hộ nghèo"])
def test_what_a_label_calls_an_average_is_never_summed(label):
    assert not findings(table(THREE, [label], "10\n30\n50\n35"))


def test_what_adds_up_in_no_way_is_no_accusation():
    found = findings(table(THREE, ["Mức"], "110\n130\n150\n133"))
    assert outcome(found, "column_total") == [("unknown", "info")]
    assert not findings(table(THREE, ["Mức"], "11,5\n13,0\n15,1\n13,3", units=["tonne/hectare"]))


def test_a_part_of_another_row_is_told():
    rows = ["Quận Một", "Quận Hai", "Phường của Quận Hai", "Σ Tổng cộng"]
    found = findings(table(rows, ["x", "y"], "100 50\n60 20\n40 10\n160 70"))
    assert {f.details["reason"] for f in found if f.check == "column_total"} == {"double_counted"}
    assert not failed(found)


def test_of_which_may_leave_something_out_and_not_exceed():
    rows = [Line(0, ("Tổng",)), Line(0, ("Nữ",), "of_which", parent=1), "Khác"]
    found = findings(table(rows, ["x"], "100\n40\n7"))
    assert outcome(found, "part_whole") == [("unknown", "info")]
    found = findings(table(rows, ["x"], "100\n104\n7"))
    assert outcome(found, "part_whole") == [("fail", "error")]


def test_an_unread_or_blank_cell_stops_the_verdict():
    cells = "1.010 20\n. 40\n5.050 61\n9.091 121"
    made = table(THREE, ["A", "B"], cells)
    blank = findings(made)
    assert not failed(blank)
    assert [f.details["reason"] for f in blank if f.status == "unknown"] == ["blank"]
    hole = Unread(Place(table=1, row=2, column=1), "3?30", "unreadable")
    assert [
        f.details["reason"] for f in findings(made, unread=[hole]) if f.status == "unknown"
    ] == ["unread"]


def test_a_doubtful_reading_that_would_mend_it_is_suggested_and_not_accused():
    made = table(THREE, ["A", "B"], "1.010 20\n3 40\n5.050 61\n9.060 121")
    doubtful = replace(made.at()[2, 1], value=Decimal(3), alternative=Decimal(3000), confidence=0.6)
    figures = tuple(doubtful if f.figure_id == doubtful.figure_id else f for f in made.figures)
    found = [f for f in findings(replace(made, figures=figures)) if f.status != "pass"]
    assert [(f.status, f.suspect_id, f.suggestion) for f in found] == [
        ("unknown", doubtful.figure_id, "3.000 thay vì 3")
    ]
    assert "Nếu đọc 3 là 3.000 người (không phải 3 người) thì khớp." in found[0].message_vi


def test_a_law_that_chose_a_reading_is_no_check():
    found = findings(table(THREE, ["A"], "10\n30\n50\n90", used=("column_total",)))
    assert outcome(found, "column_total") == [("unknown", "info")]


def test_a_plain_number_off_by_the_last_digit_may_be_a_rounded_amount():
    found = findings(
        table(THREE, ["A", "B"], "1.010 20\n3.030 40\n5.050 61\n9.091 121", units=["count"] * 2)
    )
    assert not failed(found)
    assert len(failed(found, "info")) == 1


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (["Σ Tổng cộng"], "5 6"),
        (["A", "Σ Tổng cộng"], "5 6\n5 7"),
        (["Σ Tổng cộng", "Σ Tổng cộng"], "5 6\n5 7"),
        (["A", "B", "Σ Tổng cộng"], "0 0\n0 0\n0 0"),
        (["A", "B", "Σ Tổng cộng"], ". .\n. .\n5 6"),
    ],
)
def test_tables_without_parts_accuse_nobody(rows, cells):
    assert not failed(findings(table(rows, ["x", "y"], cells)))


def test_negative_values_add_like_others():
    found = findings(table(THREE, ["A"], "-10\n30\n-50\n-30"))
    assert outcome(found, "column_total") == [("pass", "info")]


def test_a_number_left_out_of_the_count_is_a_missing_row():
    rows = [Line(0, (f"Phường {n}",), number=str(n)) for n in (1, 2, 4)]
    found = findings(table([*rows, "Σ Tổng cộng"], ["A"], "100\n260\n170\n1.537"))
    assert [(f.status, f.severity, f.details["reason"]) for f in found] == [
        ("fail", "warning", "row_missing")
    ]
    counted = [replace(x, number=str(n)) for n, x in enumerate(rows, start=1)]
    found = findings(table([*counted, "Σ Tổng cộng"], ["A"], "100\n260\n170\n1.537"))
    assert not [f for f in found if f.status == "fail"]
