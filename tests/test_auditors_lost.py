"""A row that is not there: what it would hold, which unit it is, and when that is certain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditors import audit
from solieu.model import Content, Line, Passage, Region
from tests.audited import HAI, failed, findings, meant, outcome, reading, table

UNITS = [f"Huyện {n}" for n in ("An Bình", "Bắc Sơn", "Cầu Kè", "Đông Hà", "Gio Linh", "Hải Lăng")]
METRICS = {1: "health_insurance_participants", 2: "social_insurance_participants"}
CELLS = "1.100 110\n2.200 220\n3.300 330\n4.400 440\n5.500 550\n"


def breakdown(total="17.900 1.796", text="", listed=5):
    """Five of six districts and a total, with what else the page says."""
    rows = "\n".join(CELLS.splitlines()[:listed])
    made = table([*UNITS[:listed], "Σ Tổng cộng"], ["BHYT", "BHXH"], f"{rows}\n{total}")
    told = [
        meant(
            f,
            METRICS[f.place.column],
            region=HAI if f.place.row > listed else Region(UNITS[f.place.row - 1], "district"),
            is_total=f.place.row > listed,
        )
        for f in made.figures
    ]
    asked = reading(made, observations=told)
    return replace(asked, content=Content((Passage(text, 1),)))


def audited(asked, children=UNITS):
    found = audit(asked, lambda _: children)
    return [f for f in found if f.check == "column_total" and f.status == "fail"]


def test_the_one_unit_that_a_list_lacks_explains_its_totals():
    wrong = audited(breakdown())
    assert [(f.severity, int(f.difference), f.suspect_id) for f in wrong] == [
        ("error", 1400, None),
        ("error", 146, None),
    ]
    assert "Bảng không có Huyện Hải Lăng." in wrong[0].message_vi
    assert "A line with BHYT: 1,400 people; BHXH: 146 people would" in wrong[0].message_en


@pytest.mark.parametrize(
    ("asked", "children", "why"),
    [
        (breakdown(text="Riêng huyện Hải Lăng báo cáo sau."), UNITS, "the page names it"),
        (breakdown(), [*UNITS, "Huyện Lệ Thủy"], "two units are missing"),
        (breakdown(), UNITS[:5], "the list is complete"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_otherwise_a_missing_row_is_a_question(asked, children, why):
    found = audited(asked, children)
    assert [f.severity for f in found] == ["warning"], why
    assert found[0].details["reason"] == "row_missing"


def test_totals_that_hold_need_no_further_unit():
    assert not audited(breakdown(total="16.500 1.650"))


def test_a_row_of_unsettled_name_may_be_the_missing_unit():
    asked = breakdown()
    nameless = replace(asked.observations[0], region=None, region_text="Huyện Hải Lang")
    asked = replace(asked, observations=(nameless, *asked.observations[1:]))
    found = audit(asked, lambda _: UNITS)
    assert not outcome(found, "region_coverage")
    assert not failed(found)


def test_a_number_left_out_is_a_missing_row_with_its_figures():
    rows = [Line(0, (f"Đơn vị {n}",), number=str(n)) for n in (1, 2, 4, 5)]
    found = findings(
        table([*rows, "Σ Tổng"], ["BHYT", "BHXH"], "100 10\n200 20\n400 40\n500 50\n1.503 153")
    )
    (told,) = [f for f in found if f.status == "fail"]
    assert told.severity == "warning"
    assert "Một dòng có BHYT: 303 người; BHXH: 33 người sẽ làm mọi cột khớp." in told.message_vi
