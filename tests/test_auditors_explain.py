"""What would make a failed sum hold; figures of Scholtus (2008, 2009) as published."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditors.explain import Book, explained
from auditors.identities import Claim, Term, make
from auditors.slips import is_slip, kind
from solieu.model import Figure, Line, Place
from tests.audited import failed, findings, meant, table

EDITS = [(3, (1, 2)), (4, (2,)), (8, (5, 6, 7)), (9, (3, 8)), (11, (9, -10))]
VALID = [1452, 116, 1568, 116, 323, 76, 12, 411, 1979, 1842, 137]


def number(name: int, value: int, *, exact: bool = True) -> Figure:
    return Figure(
        f"x{name}", Place(passage=1, start=name), str(value), Decimal(value), "person", exact=exact
    )


def claims(values: list[int], *, exact: bool = True) -> list[Claim]:
    figures = {n: number(n, v, exact=exact) for n, v in enumerate(values, start=1)}
    return [
        make(
            "part_whole",
            figures[whole],
            tuple(Term(figures[abs(p)], 1 if p > 0 else -1) for p in parts),
        )
        for whole, parts in EDITS
    ]


def changed(**values: int) -> list[int]:
    return [values.get(f"x{n}", v) for n, v in enumerate(VALID, start=1)]


def named(made: list[Claim]) -> set[tuple[str, Decimal]]:
    book = Book(made)
    found = [explained(c, book).suspect for c in made if c.outcome == "off"]
    return {(s.figure.figure_id, s.value) for s in found if s is not None}


def test_the_valid_row_fails_nothing():
    assert {c.outcome for c in claims(VALID)} == {"holds"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (changed(x4=161), {("x4", 116)}),
        (changed(x4=161, x9=19979), {("x4", 116), ("x9", 1979)}),
        # Three figures could each be 411: none is named.
        (changed(x4=161, x9=19979, x5=0, x6=0, x7=0), {("x4", 116), ("x9", 1979)}),
        # Two slips meet in one sum: only what stands alone is named.
        (changed(x4=161, x9=19979, x8=0), {("x4", 116)}),
    ],
)
def test_typing_errors_are_named_only_where_nothing_else_would_do(values, expected):
    assert named(claims(values)) == expected


def test_the_three_equal_ways_are_counted():
    made = claims(changed(x5=0, x6=0, x7=0))
    off = [c for c in made if c.outcome == "off"]
    ways = explained(off[0], Book(made))
    assert sorted(c.figure.figure_id for c in ways.candidates) == ["x5", "x6", "x7"]
    assert ways.suspect is None


def test_rounding_errors_are_no_contradictions():
    values = [12, 4, 15, 4, 3, 1, 8, 11, 27, 41, -13]
    assert {c.outcome for c in claims(values, exact=False)} == {"holds"}
    assert "off" in {c.outcome for c in claims(values)}


@pytest.mark.parametrize(
    ("printed", "meant", "expected"),
    [
        (161, 116, "swapped"),
        (19979, 1979, "doubled"),
        (13979, 1979, "added"),
        (50393, 503937, "dropped"),
        (66689, 66688, "changed"),
        (-13, 13, "sign"),
    ],
)
def test_slips_have_names(printed, meant, expected):
    assert is_slip(number(1, printed), Decimal(meant))
    assert kind(number(1, printed), Decimal(meant)) == expected


@pytest.mark.parametrize(("printed", "meant"), [(1999, 2000), (15647, 15304), (5, 5), (12, 345)])
def test_not_every_difference_is_a_slip(printed, meant):
    assert not is_slip(number(1, printed), Decimal(meant))


def test_a_value_between_two_printable_ones_is_no_slip():
    assert not is_slip(number(1, 12), Decimal("12.5"))


COLUMNS = ["Σ Tổng", "Nam", "Nữ"]
ROWS = [*(f"Quận {n}" for n in range(1, 7)), "Σ Tổng cộng"]
CELLS = "211 101 110\n422 202 220\n633 303 330\n844 404 440\n1.055 505 550\n1.266 606 660\n4.431 2.121 2.310"


def test_rows_and_columns_together_point_at_the_cell():
    made = table(ROWS, COLUMNS, CELLS.replace("404", "440", 1))
    found = failed(findings(made))
    assert {f.check for f in found} == {"column_total", "row_total"}
    assert {f.suspect_id for f in found} == {made.at()[4, 2].figure_id}
    assert {f.suggestion for f in found} == {"404 thay vì 440"}


def test_a_total_row_set_from_above_is_recognised():
    made = table(ROWS, COLUMNS, CELLS.replace("4.431 2.121", "4.433 2.123"))
    found = failed(findings(made))
    assert [f.difference for f in found] == [2, 2]
    assert all("giao từ trên xuống" in f.message_vi for f in found)
    assert all(f.suspect_id is None for f in found)


def test_two_exchanged_cells_are_recognised():
    made = table(ROWS, ["A", "B", "C"], CELLS.replace("303 330", "330 303"))
    found = failed(findings(made))
    assert found
    assert all("330" in f.message_vi and "303" in f.message_vi for f in found)
    assert all(f.suspect_id is None for f in found)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # z = x - y: the figure whose sign alone, or whose exchange alone, would mend it.
        ((-50, 30, 20), {("x1", 50)}),
        ((50, -30, 20), {("x2", 30)}),
        ((50, 30, -20), {("x3", 20)}),
        # The rows that come with the published method.
        ((3, 13, 10), {("x3", -10)}),
        ((14, -4, 10), {("x2", 4)}),
        ((15, 5, -10), {("x3", 10)}),
    ],
)
def test_signs_are_proposed_and_never_corrected(values, expected):
    x, y, z = (number(n, v) for n, v in enumerate(values, start=1))
    law = make("row_difference", z, (Term(x), Term(y, -1)))
    slips = {
        (c.figure.figure_id, c.value)
        for c in explained(law, Book([law])).candidates
        if c.slip == "sign"
    }
    assert slips == expected
    assert (x.value, y.value, z.value) == values


@pytest.mark.parametrize(
    ("values", "pair"),
    [((3, 13, 10), ("3", "13")), ((15, 5, -10), ("15", "5")), ((14, -4, 10), None)],
)
def test_interchanged_amounts_explain_as_much_as_a_lost_sign(values, pair):
    x, y, z = (number(n, v) for n, v in enumerate(values, start=1))
    law = make("row_difference", z, (Term(x), Term(y, -1)))
    ways = explained(law, Book([law]))
    assert (tuple(f.raw for f in ways.turned) if ways.turned else None) == pair
    assert pair is None or ways.suspect is None


def test_the_sign_of_a_sum():
    x, y, z = (number(n, v) for n, v in enumerate((-1, 1, 2), start=1))
    law = make("row_total", z, (Term(x), Term(y)))
    found = {(c.figure.figure_id, c.value, c.slip) for c in explained(law, Book([law])).candidates}
    assert ("x1", 1, "sign") in found


def test_lines_off_in_three_columns_name_no_figure():
    cells = "101 201 301 7\n110 210 310 8\n120 220 325 9\n335 641 937 24"
    rows = [Line(0, (f"Quận {n}",), number=str(n)) for n in range(1, 4)]
    made = table([*rows, "Σ Tổng cộng"], ["x", "y", "z", "t"], cells)
    found = [f for f in findings(made) if f.status == "fail"]
    assert len(found) == 3
    assert {f.suspect_id for f in found} == {None}
    assert all("3 cột cùng lúc" in f.message_vi for f in found)
    assert {f.details["pattern"] for f in found} == {"row_missing"}


def test_of_two_exchanges_the_one_that_breaks_a_row_is_not_named():
    rows = [f"Đơn vị {n}" for n in range(1, 7)]
    cells = [
        "930 907 -23", "220 197 23", "3.008 3.700 692", "223 231 8", "593 660 67", "2.250 3.148 898",
    ]  # fmt: skip
    made = table([*rows, "Σ Tổng"], ["Thực hiện", "Kế hoạch", "Tăng"],
                 "\n".join([*cells, "7.201 8.866 1.665"]))  # fmt: skip
    kinds = {1: ("level", "actual"), 2: ("level", "plan"), 3: ("change", "plan")}
    told = [
        meant(f, "participants", kinds[f.place.column][0], scenario=kinds[f.place.column][1])
        for f in made.figures
    ]
    wrong = failed(findings(made, observations=told))
    assert {f.check for f in wrong} == {"column_total", "row_difference"}
    assert all("Đổi chỗ 197 và 220" in f.message_vi for f in wrong)


def test_a_gap_that_two_columns_share_comes_from_the_part():
    cells = """
3.000 1.000 2.000
7.000 3.000 4.000
11.000 5.000 6.000
15.000 7.000 8.000
19.000 9.000 10.000
23.000 11.000 12.000
78.080 36.000 42.080"""
    rows = [*[f"Đơn vị {n}" for n in range(1, 7)], "Σ Tổng"]
    wrong = failed(findings(table(rows, ["Chung", "Loại một", "Loại hai"], cells)))
    assert [(int(f.published), int(f.difference)) for f in wrong] == [(78080, 80), (42080, 80)]
    assert "có sẵn ở cột “Loại hai”, là một phần của cột này" in wrong[0].message_vi
    assert "có sẵn" not in wrong[1].message_vi
