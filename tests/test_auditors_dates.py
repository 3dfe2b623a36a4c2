"""Dates that no calendar has."""

from __future__ import annotations

import pytest

from auditors import audit
from auditors.dates import impossible_dates
from solieu.model import Content, Passage, Reading
from tests.audited import findings, said, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tính đến ngày 31/6/2024, toàn tỉnh có 78.560 người", ("31/6/2024",)),
        ("đến 30-02-2023", ("30-02-2023",)),
        ("ngày 29/2/2023 và ngày 29/2/2024", ("29/2/2023",)),
        ("ngày 31 tháng 9 năm 2022", ("31 tháng 9",)),
        ("đến hết 31/4, thu 12 tỷ", ("31/4",)),
        ("từ 31/12/2023 đến 30/6/2024; ngày 28/02/2023", ()),
        ("theo Quyết định số 31/6/2024/QĐ-UBND, số 31/11/2023", ()),
        ("đạt 31/6 chỉ tiêu, 12/13/2024, tỷ lệ 30/2", ()),
    ],
)
def test_dates_that_no_calendar_has(text, expected):
    found = impossible_dates(text)
    assert len(found) == len(expected)
    assert all(part in date for part, date in zip(expected, found, strict=True))


def test_figures_beside_an_impossible_date_are_named():
    figure = said("78.560", "voluntary_social_insurance_participants", passage=1)
    content = Content((Passage("Đến 31/6/2024 có 78.560 người; 31/9/2024.", 1),))
    found = [
        f
        for f in audit(Reading("d", content, (), (figure,), (), ()))
        if f.check == "impossible_date"
    ]
    assert [(f.status, f.severity, f.details["date"]) for f in found] == [
        ("fail", "warning", "31/6/2024, 31/9/2024")
    ]
    assert {f.figure_ids for f in found} == {(figure.figure.figure_id,)}
    assert "31/6/2024" in found[0].message_vi
    assert "31/6/2024" in found[0].message_en


def test_an_impossible_date_over_a_column():
    made = table(["Huyện A", "Huyện B"], ["Đến 30/6/2024", "Đến 31/6/2023"], "1 2\n3 4")
    found = [f for f in findings(made) if f.check == "impossible_date"]
    assert [len(f.figure_ids) for f in found] == [2]
