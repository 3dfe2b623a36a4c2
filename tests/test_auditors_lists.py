"""Lists in running text against their totals, and totals told apart from their table."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from auditors import audit
from solieu.model import Content, Observation, Passage, Place, Reading, Region
from tests.audited import HAI, figure, meant, outcome, reading, said, table

FIGURE = re.compile(r"\d[\d.]*\d|\d")


def told(*texts, unit="case", unread=""):
    """A document of these passages, every number a count of its own but one that was not read."""
    passages, observations = [], []
    for number, text in enumerate(texts, start=1):
        passages.append(Passage(text, number))
        for found in FIGURE.finditer(text):
            if found.group() == unread:
                continue
            place = Place(passage=number, start=found.start(), end=found.end())
            made = replace(figure(found.group(), place, unit), exact=True)
            observations.append(Observation(made, "ca ghi nhận", "prose", HAI))
    return audit(Reading("d", Content(tuple(passages)), (), tuple(observations)))


HOLDS = "+ 12 ca ghi nhận tại Quảng Trị (7), Huế (3), Đà Nẵng (2); trong đó có ca nhập cảnh."
OTHERS = [
    "+ 9 ca ghi nhận tại TP. Hồ Chí Minh (4), Huế (3), Đà Nẵng (2).",
    "+ 2.310 ca ghi nhận tại Long An (2.300), Huế (9), Hà Nội (1).",
    "+ 30 ca ghi nhận tại An Giang (10), Huế (10), Cà Mau (10).",
]


def test_a_list_in_brackets_adds_up_to_the_figure_before_it():
    assert outcome(told(HOLDS), "part_whole") == [("pass", "info")]


def test_one_list_that_does_not_add_up_is_asked_about():
    found = told(HOLDS.replace("12 ca", "13 ca"))
    assert outcome(found, "part_whole") == [("unknown", "info")]
    found = told("+ 120 ca ghi nhận tại Quảng Trị (70), Huế (30), Đà Nẵng (18).")
    assert outcome(found, "part_whole") == [("fail", "warning")]


def test_it_is_an_error_where_the_author_adds_up_every_other_list():
    wrong = "+ 120 ca ghi nhận tại Quảng Trị (70), Huế (30), Đà Nẵng (18)."
    found = [f for f in told(wrong, *OTHERS, HOLDS) if f.status == "fail"]
    assert [(f.severity, f.published, f.expected) for f in found] == [("error", 120, 118)]
    assert "“+ 120 ca ghi nhận tại Quảng Trị" in found[0].message_vi


@pytest.mark.parametrize(
    "text",
    [
        "+ 17 ca ghi nhận tại Quảng Trị (7), Huế ({lost}), Đà Nẵng (2), Hà Nội (3).",
        "+ 17 ca ghi nhận tại bệnh viện K ({lost}), Huế (7), Đà Nẵng (2), Hà Nội (3).",
        "+ 17 ca ghi nhận tại Quảng Trị (7), Đà Nẵng (2), Hà Nội (3), tàu ({lost}).",
    ],
)
def test_an_item_that_was_not_read_stops_the_verdict(text):
    found = told(text.format(lost="5"), *OTHERS, unread="5")
    assert [(f.status, f.details["reason"]) for f in found if f.status != "pass"] == [
        ("unknown", "unread")
    ]


def test_a_total_that_is_itself_an_item_in_brackets_is_no_total():
    text = "ghi nhận tại Huế (8, tám), Vinh (4), Hà Nội (2), Cà Mau (1)."
    assert not [f for f in told(text, *OTHERS) if f.status == "fail"]


def test_of_which_may_leave_out_and_may_not_exceed():
    text = "Thu được 106.376 ca. Trong đó, thu A là 75.105 ca; thu B là 5.000 ca, thu C là {} ca."
    assert outcome(told(text.format("26.271")), "part_whole") == [("pass", "info")]
    assert outcome(told(text.format("20.000")), "part_whole") == [("unknown", "info")]
    exceeded = told(text.format("26.361"))
    assert outcome(exceeded, "part_whole") == [("fail", "warning")]
    # 75.015 would make it hold: two digits swapped.
    assert "75.015" in next(f for f in exceeded if f.status == "fail").message_vi


def test_a_list_stops_at_the_end_of_its_sentence():
    text = "Có 10 ca, gồm 6 ca nam và 4 ca nữ. Tháng trước 7 ca."
    assert outcome(told(text), "part_whole") == [("pass", "info")]


def growths(first, second, label="thanh toán chi phí khám chữa bệnh cho lượt người"):
    statements = []
    for passage, rate in ((1, first), (2, second)):
        level = said("63.200.000", None, passage=passage)
        growth = said(
            rate, None, "growth", passage=passage, start=20, basis="same_period_last_year"
        )
        statements += [replace(o, metric_label=label) for o in (level, growth)]
    return [f for f in audit(reading(observations=statements)) if f.check == "repeated_figure"]


def test_one_level_with_two_growths_is_a_contradiction_also_where_the_metric_is_unknown():
    assert [(f.status, f.severity) for f in growths("6,9%", "12,2%")] == [("fail", "error")]
    assert [f.status for f in growths("6,9%", "6,9%")] == ["pass"]
    assert not growths("6,9%", "12,2%", label="số người")


def districts(total_in_text, *, path="Tỉnh Hải An"):
    made = table([f"Quận {n}" for n in range(1, 5)], ["x"], "10\n20\n30\n40")
    cells = [
        meant(f, "participants", region=Region(f"Quận {n}", "district", path=f"{path} / Quận {n}"))
        for n, f in enumerate(made.figures)
    ]
    whole = said(total_in_text, "participants", region=replace(HAI, path="Tỉnh Hải An"))
    return [
        f
        for f in audit(reading(made, observations=[*cells, whole]))
        if f.check in {"part_whole", "repeated_figure"}
    ]


def test_a_total_in_the_text_is_held_against_a_table_without_one():
    assert [f.status for f in districts("100")] == ["pass"]
    assert [(f.status, f.severity) for f in districts("102")] == [("fail", "warning")]
    assert [f.status for f in districts("200")] == ["unknown"]
    assert not districts("100", path="Tỉnh Khác")
