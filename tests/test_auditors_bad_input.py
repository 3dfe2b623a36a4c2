"""Tables that are strange or wrong: nobody is accused wrongly, and nothing is told a thousand times."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from auditors.explain import Book, explained
from auditors.identities import Term, make
from solieu.model import Figure, Line, Place
from tests.audited import failed, figure, findings, meant, outcome, table

ROWS = [f"Đơn vị {n}" for n in range(1, 9)]


def test_wrong_columns_are_told_once_and_not_for_every_row():
    columns = [Line(0, ("Tổng",), number="1", formula="1=2+3"), Line(0, ("A",), number="2")]
    columns.append(Line(0, ("B",), number="3"))
    cells = "\n".join(f"{n}17 {n}35 {n}40" for n in range(1, 9))
    found = findings(table(ROWS, columns, cells))
    assert [(f.status, f.severity) for f in found] == [("unknown", "info")]


def test_contradictory_duplicates_give_one_finding_and_no_suspect():
    first = table(["A", "Σ Tổng cộng"], ["x"], "40\n66")
    again = replace(
        first,
        number=2,
        figures=tuple(
            figure(t, Place(table=2, row=n, column=1)) for n, t in ((1, "40"), (2, "68"))
        ),
    )
    told = [meant(t.at()[2, 1], "participants", is_total=True) for t in (first, again)]
    found = [f for f in findings(first, again, observations=told) if f.status == "fail"]
    assert [f.check for f in found] == ["repeated_figure"]


def completion(rows):
    made = table(ROWS[: len(rows)], ["Kế hoạch", "Thực hiện", "Tỷ lệ"], "\n".join(rows))
    kinds = {1: ("level", "plan"), 2: ("level", "actual"), 3: ("plan_completion", "actual")}
    told = [
        meant(f, "participants", kinds[f.place.column][0], scenario=kinds[f.place.column][1])
        for f in made.figures
    ]
    return findings(made, observations=told)


def test_a_plan_of_zero_has_no_completion():
    rows = ["100 90 90%", "200 150 75%", "0 5 0%", "400 300 75%", "50 40 80%", "80 60 75%"]
    found = completion(rows)
    assert not failed(found)
    assert outcome(found, "plan_completion") == [("pass", "info")] * 5


def test_a_target_met_or_missed_is_said():
    rows = ["100 90 90%", "200 150 75%", "300 297 101%", "400 300 75%", "50 40 80%", "80 60 75%"]
    wrong = failed(completion(rows))
    assert [f.details["consequence"] for f in wrong] == ["target"]
    assert "kế hoạch là đạt hay không đạt" in wrong[0].message_vi


def test_a_change_of_the_wrong_sign_and_a_changed_ranking_are_said():
    cells = "10 12 2\n20 25 5\n30 24 6\n40 44 4\n50 57 7\n60 61 1"
    made = table(ROWS[:6], ["Thực hiện", "Kế hoạch", "Tăng"], cells)
    told = [
        meant(f, "participants", "change" if f.place.column == 3 else "level") for f in made.figures
    ]
    wrong = failed(findings(made, observations=told))
    assert [(f.published, f.expected, f.details["consequence"]) for f in wrong] == [(6, -6, "sign")]
    ranked = failed(completion([f"100 {n} {n}%" for n in (91, 82, 73, 64, 55)] + ["100 46 76%"]))
    assert [f.details["consequence"] for f in ranked] == ["ranking"]


@pytest.mark.parametrize("sign", ["", "-"])
def test_negative_figures_add_like_others(sign):
    cells = "\n".join(f"{sign}{n}0 {sign}{n}5" for n in range(1, 5))
    found = findings(table([*ROWS[:4], "Σ Tổng"], ["x", "y"], f"{cells}\n{sign}100 {sign}120"))
    assert outcome(found, "column_total") == [("pass", "info")] * 2


@pytest.mark.parametrize("columns", [2, 60])
def test_all_equal_columns_accuse_nobody(columns):
    cells = "\n".join(" ".join(["5"] * columns) for _ in ROWS)
    found = findings(table(ROWS, [f"Cột {n}" for n in range(columns)], cells))
    assert not failed(found)
    assert not failed(found, "warning")


def test_sixty_columns_find_their_one_wrong_total():
    """Columns A to T, each with a plan, an outcome and what is left, totals below."""
    rows = [[(r * 37 + c * 11) % 90 + 10 for c in range(60)] for r in range(8)]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    totals[41] += 1
    cells = "\n".join(" ".join(map(str, r)) for r in [*rows, totals])
    found = findings(table([*ROWS, "Σ Tổng cộng"], [f"Cột {n}" for n in range(60)], cells))
    assert [(f.published - f.expected) for f in failed(found)] == [1]


def number(name, value):
    return Figure(f"x{name}", Place(passage=1, start=name), str(value), value, "person", exact=True)


def test_a_cycle_of_laws_ends():
    """A = B + C, B = C + D, C = A - D ... nothing is named, and nothing runs for ever."""
    from decimal import Decimal

    a, b, c, d = (number(n, Decimal(v)) for n, v in enumerate((10, 6, 5, 2)))
    laws = [
        make("part_whole", whole, (Term(one), Term(other, sign)))
        for whole, one, other, sign in ((a, b, c, 1), (b, c, d, 1), (c, a, b, -1), (d, b, c, -1))
    ]
    book = Book(laws)
    for law in laws:
        if law.outcome == "off":
            explained(law, book)
    assert {law.outcome for law in laws} == {"off"}


def test_the_same_columns_for_every_region_add_up_to_the_whole():
    columns = [
        Line(0, (place, kind))
        for place, kind in itertools.product(
            ("Toàn huyện", "Xã A", "Xã B", "Xã C"), ("TH 2019", "KH 2020")
        )
    ]
    rows = []
    for n in range(1, 8):
        parts = [(n * 31 % 17, n * n + 7), (n**3 % 41, n * 19 % 13), (n + 50, n * n * 3)]
        whole = [sum(p[k] for p in parts) for k in (0, 1)]
        rows.append([*whole, *itertools.chain(*parts)])
    rows[6][0] += 1
    cells = "\n".join(" ".join(map(str, row)) for row in rows)
    found = findings(table(ROWS[:7], columns, cells))
    wrong = failed(found)
    assert [(f.check, f.difference) for f in wrong] == [("row_total", 1)]
    assert outcome(found, "row_total").count(("pass", "info")) == 13


def test_rates_are_not_added_over_regions():
    columns = [Line(0, (p, "Năng suất")) for p in ("Toàn huyện", "Xã A", "Xã B", "Xã C")]
    cells = "\n".join(f"{n * 6} {n} {n * 2} {n * 3}" for n in range(1, 8))
    made = table(ROWS[:7], columns, cells, units=["quintal/ha"] * 4)
    assert not findings(made)


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (["Σ Tổng cộng"], "90"),
        (["Σ Tổng cộng", "Σ Tổng số"], "90\n70"),
        (["Quận Một", "Σ Tổng cộng"], "50\n90"),
        (["Quận Một", "Quận Hai", "Σ Tổng cộng"], ".\n.\n90"),
        (["#Vùng một", "#Vùng hai", "Σ Tổng cộng"], ".\n.\n90"),
    ],
)
def test_totals_without_parts_accuse_nobody(rows, cells):
    assert not [f for f in findings(table(rows, ["x"], cells)) if f.status == "fail"]


def in_years(*blocks, unit="VND"):
    """A group of rows for each year: a head with its sum, then three units."""
    rows, cells = [], []
    for year, block in enumerate(blocks, 2017):
        rows += [f"#Năm {year}", "Quận Một", "Quận Hai", "Quận Ba"]
        cells += [f"{sum(block)} {sum(block) * 2}", *[f"{x} {x * 2}" for x in block]]
    made = table(rows, ["Dự toán", "Quyết toán"], "\n".join(cells), [unit, unit])
    return [f for f in findings(made) if f.check == "order_of_magnitude"]


def test_a_block_a_thousand_times_another_year_is_asked_about_once():
    found = in_years([2434, 2098, 2407], [2500, 2111, 2300], [2416210, 2571146, 2245474])
    assert [(f.status, f.severity, int(f.published), int(f.expected)) for f in found] == [
        ("fail", "warning", 7232830, 6911)
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        ([2434, 2098, 2407], [2500, 2111, 2300]),
        ([2434, 2098, 2407], [24340, 20980, 24070]),
        ([2434, 2098, 2407], [2500, 2111000, 2300]),
    ],
)
def test_years_that_differ_otherwise_are_no_jump(blocks):
    assert not in_years(*blocks)
