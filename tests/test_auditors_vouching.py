"""Wide gaps, "trong đó" that exhausts, doubt about places: where a question becomes a contradiction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditors.facts import additive_labels
from solieu.model import Line, Period, Region
from tests.audited import failed, findings, meant, outcome, table

PLACES = [f"Quận {n}" for n in range(1, 13)]
GROWN = """
273.042 267.904 -5.138 -1,88%
100.005 95.407 -4.598 -4,60%
18.377 23.663 5.286 28,76%
20.638 21.646 1.008 4,88%
222.307 274.964 52.657 23,69%
12.898 13.100 202 1,57%
31.181 30.323 -858 {rate}
66.355 66.398 43 0,06%
282.460 268.331 -14.129 -5,00%
185.908 194.046 8.138 4,38%
45.906 49.252 3.346 7,29%
52.010 60.777 8.767 16,86%
"""
KINDS = {
    1: ("level", "actual", 2017),
    2: ("level", "actual", 2018),
    3: ("change", "actual", 2018),
    4: ("growth", "actual", 2018),
}


def growths(rate, row=""):
    cells = GROWN.format(rate=rate).strip()
    made = table(PLACES, ["Năm 2017", "Năm 2018", "Tăng, giảm", "Tỷ lệ"], row or cells)
    told = [
        replace(meant(f, "participants", kind, scenario=scenario), period=Period(year, str(year)))
        for f in made.figures
        for kind, scenario, year in [KINDS[f.place.column]]
    ]
    return findings(made, observations=told)


def test_a_rate_far_off_contradicts_figures_that_agree_with_each_other():
    wrong = failed(growths("2,25%"))
    assert [(f.check, str(f.published), f.details.get("consequence")) for f in wrong] == [
        ("growth_rate", "2.25", "sign")
    ]
    assert wrong[0].suspect_id == wrong[0].figure_ids[0]


def test_where_nothing_vouches_for_its_figures_a_rate_far_off_is_a_question():
    cells = "\n".join(
        " ".join(line.split()[:2] + line.split()[3:])
        for line in GROWN.format(rate="2,25%").strip().splitlines()
    )
    made = table(PLACES, ["Năm 2017", "Năm 2018", "Tỷ lệ"], cells)
    found = findings(made)
    assert not failed(found)
    assert [f.details["reason"] for f in failed(found, "warning")] == ["large_gap"]


def test_a_total_of_changes_follows_from_the_totals_it_is_the_difference_of():
    rows = ["Quận Một", "Quận Hai", "Quận Ba", "Quận Bốn", "Σ Tổng cộng"]
    cells = "1.000 1.010 10\n2.000 2.015 15\n1.500 1.510 10\n3.400 3.415 15\n7.910 7.950 40"
    made = table(rows, ["Thực hiện", "Kế hoạch", "Tăng"], cells)
    kinds = {1: ("level", "actual"), 2: ("level", "plan"), 3: ("change", "plan")}
    told = [
        meant(f, "participants", kinds[f.place.column][0], scenario=kinds[f.place.column][1])
        for f in made.figures
    ]
    found = findings(made, observations=told)
    assert [(int(f.published), int(f.expected)) for f in failed(found)] == [(7910, 7900), (40, 50)]


EXHAUSTED = [f"{n}00 {n}0 {9 * n}0" for n in range(1, 10)]
HEADS = [
    Line(0, ("BHXH", "Tổng số"), "total"),
    Line(0, ("BHXH", "Trong đó", "Bắt buộc"), "of_which", parent=1),
    Line(0, ("BHXH", "Trong đó", "Tự nguyện"), "of_which", parent=1),
]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("627 194 478", ("row_total", "error", None)),
        ("700 194 478", ("row_total", "warning", "not_exhaustive")),
    ],
)
def test_of_which_that_exhausts_in_every_other_row_is_a_breakdown(row, expected):
    cells = "\n".join([*EXHAUSTED, row])
    found = findings(table([f"Quận {n}" for n in range(1, 11)], HEADS, cells))
    (wrong,) = [f for f in found if f.status == "fail"]
    assert (wrong.check, wrong.severity, wrong.details.get("reason")) == expected


def test_a_known_composition_needs_no_rest():
    made = table(["Quận Một"], HEADS, "674 194 478")
    names = ("social_insurance_participants", "compulsory_social_insurance_participants",
             "voluntary_social_insurance_participants")  # fmt: skip
    told = [meant(f, name) for f, name in zip(made.figures, names, strict=True)]
    (wrong,) = failed(findings(made, observations=told))
    assert (wrong.check, wrong.difference) == ("row_total", 2)


def test_even_plans_do_not_say_which_is_divided_by_which():
    rows = ["200 200 100%", "100 100 100%", "0 100 0%", "100 100 100%", "13 13 100%", "0 10 0%",
            "20 20 100%", "19 21 110,53%"]  # fmt: skip
    found = findings(table(PLACES[:8], ["Kế hoạch", "Thực hiện", "Tỷ lệ"], "\n".join(rows)))
    assert not [f for f in found if f.status == "fail"]


def test_a_doubtful_place_is_no_doubtful_number():
    made = table(["Một", "Hai", "Ba", "Σ Tổng"], ["A", "B"], "10 20\n30 40\n50 61\n90 122")
    unsure = [replace(f, confidence=0.6, legibility=0.99) for f in made.figures]
    assert outcome(findings(replace(made, figures=tuple(unsure))), "column_total") == [
        ("pass", "info"),
        ("fail", "error"),
    ]
    smudged = [replace(f, confidence=0.6) for f in made.figures]
    assert ("unknown", "warning") in outcome(
        findings(replace(made, figures=tuple(smudged))), "column_total"
    )


@pytest.mark.parametrize(
    ("label", "adds"),
    [
        ("Dân số trung bình (người)", True),
        ("DÂN SỐ TRUNG BÌNH", True),
        ("Lao động bình quân", True),
        ("Mật độ dân số trung bình", False),
        ("Thu nhập bình quân của lao động bình quân", False),
        ("Tuổi trung bình", False),
    ],
)
def test_an_average_over_time_adds_over_places(label, adds):
    assert additive_labels((label,)) is adds


def test_a_known_composition_keeps_the_name_of_the_column_it_is_in():
    names = ("social_insurance_participants", "compulsory_social_insurance_participants",
             "voluntary_social_insurance_participants")  # fmt: skip
    made = table([f"Quận {n}" for n in range(1, 11)], HEADS, "\n".join([*EXHAUSTED, "674 194 478"]))
    told = [meant(f, names[(f.place.column or 1) - 1]) for f in made.figures]
    told = [replace(o, region=Region(f"Quận {o.figure.place.row}", "district")) for o in told]
    (wrong,) = failed(findings(made, observations=told))
    assert (wrong.check, wrong.difference) == ("row_total", 2)


def test_a_part_that_exceeds_its_whole_is_told_once():
    heads = [Line(0, ("BHXH", "Tổng số"), "total"),
             Line(0, ("BHXH", "Trong đó: bắt buộc"), "of_which", parent=1),
             Line(0, ("BHXH", "Tự nguyện"), parent=1)]  # fmt: skip
    rows = [f"{n}00 {n}0 {9 * n}0" for n in range(1, 10)]
    made = table([f"Quận {n}" for n in range(1, 11)], heads, "\n".join([*rows, "716 719 42"]))
    assert len([f for f in findings(made) if f.status == "fail"]) == 1
