"""Tables drawn with strokes in plain text: merged cells are what the frame leaves out."""

from __future__ import annotations

import pytest

from extractors import limits
from extractors.text.tables import find_tables
from solieu.errors import LimitExceeded


def spans(picture: str) -> dict[str, tuple[int, int, int, int]]:
    (table,) = find_tables(picture.strip("\n").split("\n"))
    return {
        c.text: (c.row, c.column, c.row_span, c.column_span) for c in table.grid.cells if c.text
    }


MERGED_HEAD = """
+----+----------+---------------------+--------+
| TT | Xã       |   Diện tích (ha)    | Sản    |
|    |          |                     | lượng  |
+    +          +----------+----------+        +
|    |          | Kế hoạch | Thực hiện|        |
+----+----------+----------+----------+--------+
| 1  | Xã A     |    356,0 |    352,5 |  1.992 |
| 2  | Xã B     |    418,4 |    414,3 |  2.283 |
+----+----------+----------+----------+--------+
"""


def test_a_head_merged_over_columns_and_over_rows() -> None:
    found = spans(MERGED_HEAD)
    assert found["Diện tích (ha)"] == (1, 3, 1, 2)
    assert found["Sản\nlượng"] == (1, 5, 2, 1)
    assert found["TT"] == (1, 1, 2, 1)
    assert found["352,5"] == (3, 4, 1, 1)
    assert found["2.283"] == (4, 5, 1, 1)


def test_a_head_is_declared_up_to_the_rule_below_it() -> None:
    (table,) = find_tables(MERGED_HEAD.strip().split("\n"))
    assert table.grid.header_rows == 2
    assert {c.row for c in table.grid.cells if c.header} == {1, 2}


def test_words_beside_a_short_rule_and_lines_drawn_as_boxes() -> None:
    found = spans("""
┌────┬──────────┬─────────────────────┐
│    │          │      Số hộ          │
│ TT │ Xã       ├──────────┬──────────┤
│    │          │ Nghèo    │ Cận nghèo│
├────┼──────────┼──────────┼──────────┤
│ 1  │ Xã A     │       56 │       52 │
├────┼──────────┼──────────┼──────────┤
│ 2  │ Xã B     │       18 │       14 │
└────┴──────────┴──────────┴──────────┘
""")
    assert found["Số hộ"] == (1, 3, 1, 2)
    assert found["TT"] == (1, 1, 2, 1)
    assert found["Nghèo"] == (2, 3, 1, 1)
    assert found["14"] == (4, 4, 1, 1)


def test_words_in_the_middle_of_a_cell_merged_over_rows() -> None:
    found = spans("""
+--------+----------+-------+
| Huyện  |   Xã     | Số hộ |
+--------+----------+-------+
|        | Xã A     |   156 |
| Huyện  +----------+-------+
| Tứ Kỳ  | Xã B     |   418 |
+--------+----------+-------+
| Cộng              |   574 |
+-------------------+-------+
""")
    assert found["Huyện\nTứ Kỳ"] == (2, 1, 2, 1)
    assert found["Xã B"] == (3, 2, 1, 1)
    assert found["Cộng"] == (4, 1, 1, 2)


@pytest.mark.parametrize(
    "line",
    ["|3 | Xã C | 220,1 | 217,9 | 1.310 |", "| 3  | Xã C     |    220,1 |    217,9 |  1.310"],
    ids=["bars elsewhere", "no border at the right"],
)
def test_a_line_with_a_bar_for_every_border_may_be_out_of_place(line: str) -> None:
    found = spans("\n".join([*MERGED_HEAD.strip().split("\n")[:-1], line]))
    assert [found[t][:2] for t in ("3", "Xã C", "217,9", "1.310")] == [
        (5, 1),
        (5, 2),
        (5, 4),
        (5, 5),
    ]


def test_a_line_that_does_not_fit_the_frame_is_not_guessed() -> None:
    assert find_tables([*MERGED_HEAD.strip().split("\n")[:-1], "| 3  | Xã C | 217,9 |"]) == []


def test_a_frame_of_more_cells_than_any_table_has_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(limits, "MAX_TABLE_CELLS", 12)
    with pytest.raises(LimitExceeded, match="split"):
        spans(MERGED_HEAD)


def test_the_rows_below_a_head_are_each_drawn_once() -> None:
    """Also where there are thousands: what a row adds is looked for in the row above alone."""
    rule, row = MERGED_HEAD.strip().split("\n")[-1], MERGED_HEAD.strip().split("\n")[-2]
    head = MERGED_HEAD.strip().split("\n")[:6]
    (table,) = find_tables([*head, *[row] * 3000, rule])
    assert table.grid.row_count == 3002
    assert len(table.grid.cells) == 6 + 3000 * 5
