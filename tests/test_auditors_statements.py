"""Laws over what figures mean: parts of metrics, rates in sentences, repeats, versions, coverage."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditors import CHECKS, audit, audit_across, revised
from solieu.model import Line, Period, Region
from tests.audited import HAI, failed, findings, meant, outcome, reading, said, table

BHXH = "social_insurance_participants"
COMPULSORY = "compulsory_social_insurance_participants"
VOLUNTARY = "voluntary_social_insurance_participants"
UNEMPLOYMENT = "unemployment_insurance_participants"
REVENUE = "insurance_contribution_revenue"


def audited(*observations):
    return audit(reading(observations=observations))


def test_compulsory_and_voluntary_make_the_whole():
    found = audited(
        said("515.173", BHXH),
        said("483.496", COMPULSORY, start=50),
        said("31.677", VOLUNTARY, start=90),
    )
    assert outcome(found, "part_whole") == [("pass", "info")]
    assert "483.496 + 31.677 = 515.173" in found[0].message_vi


def test_parts_that_miss_their_whole_in_one_sentence_are_an_error():
    found = failed(
        audited(
            said("515.137", BHXH),
            said("483.496", COMPULSORY, start=50),
            said("31.677", VOLUNTARY, start=90),
        )
    )
    assert [(f.check, f.published, f.expected, f.metric, f.region_name, f.year) for f in found] == [
        ("part_whole", 515137, 515173, BHXH, HAI.name, 2024)
    ]
    assert "đảo hai chữ số" in found[0].message_vi


ROWS = ["Huyện An", "Huyện Bắc", "Huyện Cầu", "Huyện Dinh"]


def _insurance(cells, metrics, columns):
    """Findings of a table of districts whose columns bear these metrics."""
    made = table(ROWS, columns, cells)
    meanings = [
        meant(f, metrics[f.place.column - 1], region=Region(ROWS[f.place.row - 1], "district"))
        for f in made.figures
    ]
    return findings(made, observations=meanings)


def test_a_column_named_like_the_whole_beside_the_whole_is_not_accused():
    cells = """
    10.510 8.202 2.308 565
    8.862 6.408 2.454 514
    21.376 18.149 3.127 1.325
    14.438 12.057 2.381 362
    """
    found = _insurance(
        cells,
        [BHXH, COMPULSORY, VOLUNTARY, BHXH],
        ["BHXH", "Bắt buộc", "Tự nguyện", "~Trong đó: tham gia mới"],
    )
    assert [(f.published, f.expected) for f in failed(found)] == [(21376, 21276)]


def test_a_column_far_from_its_parts_in_most_rows_is_another_column():
    cells = """
    565 8.202 2.308
    514 6.408 2.454
    1.325 18.149 3.127
    362 12.057 2.381
    """
    found = _insurance(
        cells, [BHXH, COMPULSORY, VOLUNTARY], ["Tham gia mới", "Bắt buộc", "Tự nguyện"]
    )
    assert not failed(found)


def test_the_years_end_is_the_year():
    end = Period(2024, "2024-12-31")
    found = audited(
        said("515.173", BHXH, period=end),
        said("483.496", COMPULSORY, start=50),
        said("31.677", VOLUNTARY, start=90),
    )
    assert outcome(found, "part_whole") == [("pass", "info")]


def test_parts_far_from_their_whole_are_a_question():
    found = audited(
        said("515.137", BHXH),
        said("483.496", COMPULSORY, passage=2),
        said("31.677", VOLUNTARY, passage=3),
    )
    assert outcome(found, "part_whole") == [("fail", "warning")]


@pytest.mark.parametrize(
    "more",
    [
        {"period": Period(2023, "2023")},
        {"scenario": "plan"},
        {"region": Region("Tỉnh Khác", "province")},
    ],
)
def test_parts_of_another_time_place_or_scenario_are_not_added(more):
    found = audited(
        said("515.137", BHXH),
        said("483.496", COMPULSORY, start=50, **more),
        said("31.677", VOLUNTARY, start=90),
    )
    assert not outcome(found, "part_whole")


def growth(rate, change="264.439", level="2.138.323", **more):
    return audited(
        said(level, REVENUE, unit="tonne"),
        said(change, REVENUE, "change", start=40, unit="tonne", basis="same_period_last_year"),
        said(rate, REVENUE, "growth", start=60, basis="same_period_last_year", **more),
    )


def test_growth_is_the_change_over_what_was_there_before():
    assert outcome(growth("14,11%"), "growth_rate") == [("pass", "info")]
    assert outcome(growth("14%"), "growth_rate") == [("pass", "info")]
    wrong = failed(growth("1%"))
    assert [(f.check, f.published, f.measure) for f in wrong] == [("growth_rate", 1, "growth")]
    assert abs(wrong[0].expected - Decimal("14.1118")) < Decimal("0.0001")
    assert wrong[0].suggestion == "14% thay vì 1%"
    assert wrong[0].suspect_id is None
    assert "264.439 / (2.138.323 - 264.439) = 14,11%" in wrong[0].message_vi


def test_growth_against_another_basis_is_not_compared():
    found = audited(
        said("2.138.323", REVENUE),
        said("264.439", REVENUE, "change", start=40, basis="previous_month"),
        said("1%", REVENUE, "growth", start=60, basis="same_period_last_year"),
    )
    assert not found


@pytest.mark.parametrize(
    "between",
    [
        [said("28,3%", REVENUE, "share", start=50, unit="percent")],
        [said("28,3%", REVENUE, "share", start=50, unit="percent"), said("9", None, start=5)],
    ],
)
def test_the_points_by_which_a_rate_rose_are_no_growth_of_the_count(between):
    """ "134.951 người tham gia, tăng 10.786 người; tỷ lệ tham gia là 28,3%, tăng 2%"."""
    found = audited(
        said("2.138.323", REVENUE),
        said("264.439", REVENUE, "change", start=40, basis="previous_year"),
        *between,
        said("2%", REVENUE, "growth", start=60, basis="previous_year"),
    )
    assert outcome(found, "growth_rate") == []


def test_shares_of_what_was_collected_a_year_ago_have_no_base_in_common():
    """ "Thu nội địa bằng 98,3% so với cùng kỳ; thu xuất nhập khẩu bằng 84,5% so với cùng kỳ"."""
    more = {"basis": "same_period_last_year"}
    assert not audited(
        said("10.211", "domestic_revenue", unit="VND"),
        said("98,3%", "domestic_revenue", "share", start=20, unit="percent", **more),
        said("8.711", "revenue_from_import_export_activities", start=40, unit="VND"),
        said(
            "84,5%",
            "revenue_from_import_export_activities",
            "share",
            start=60,
            unit="percent",
            **more,
        ),
    )


def test_a_decrease_is_negative_on_both_sides():
    found = audited(
        said("900", VOLUNTARY),
        said("-100", VOLUNTARY, "change", start=20, basis="previous_year"),
        said("-10%", VOLUNTARY, "growth", start=30, basis="previous_year"),
    )
    assert outcome(found, "growth_rate") == [("pass", "info")]


@pytest.mark.parametrize("level", ["264.439", "0"])
def test_growth_from_nothing_has_no_value(level):
    assert not failed(growth("100%", level=level))


def test_completion_needs_the_plan_in_figures():
    rate = said("93,15%", COMPULSORY, "plan_completion", start=30, basis="plan_vss")
    assert not audited(said("483.496", COMPULSORY), rate)
    plan = said("519.051", COMPULSORY, start=60, scenario="plan")
    assert outcome(audited(said("483.496", COMPULSORY), rate, plan), "plan_completion") == [
        ("pass", "info")
    ]
    other = said("591.051", COMPULSORY, start=60, scenario="plan")
    found = audited(said("483.496", COMPULSORY), rate, other)
    assert outcome(found, "plan_completion") == [("fail", "error")]


def test_a_share_is_checked_against_its_base():
    base = said("58.560", "labour_force", start=80)
    share = said("29,72%", BHXH, "share", start=10, basis="labour_force")
    assert outcome(audited(share, said("17.404", BHXH, start=20), base), "share") == [
        ("pass", "info")
    ]


def test_shares_of_one_base_that_do_not_fit_are_a_question():
    found = audited(
        said("29,72%", BHXH, "share", basis="labour_force"),
        said("17.404", BHXH, start=10),
        said("3%", VOLUNTARY, "share", start=20, basis="labour_force"),
        said("1.757", VOLUNTARY, start=30),
        said("20,52%", UNEMPLOYMENT, "share", start=40, basis="labour_force"),
        said("12.369", UNEMPLOYMENT, start=50),
    )
    assert not failed(found)
    assert outcome(found, "share") == [("fail", "warning"), ("pass", "info")]
    question = failed(found, "warning")[0]
    assert question.published == Decimal("20.52")
    assert abs(question.expected - Decimal("21.12")) < Decimal("0.01")


def repeated(prose, **more):
    rows = ["Quận A", "Quận B", "Σ Tổng cộng"]
    made = table(rows, ["Số người"], "40.000\n26.689\n66.689")
    total = meant(made.at()[3, 1], VOLUNTARY, is_total=True)
    return [
        f
        for f in findings(made, observations=[total, said(prose, VOLUNTARY, **more)])
        if f.check == "repeated_figure"
    ]


@pytest.mark.parametrize(
    ("prose", "more", "expected"),
    [
        ("66.689", {}, ("pass", "info")),
        ("66.869", {}, ("fail", "error")),
        ("66.700", {}, ("pass", "info")),
        ("66.000", {"qualifier": "more_than"}, ("pass", "info")),
        ("91.000", {}, ("unknown", "info")),
        ("12.345", {}, ("unknown", "info")),
    ],
)
def test_a_table_and_the_text_say_the_same(prose, more, expected):
    from dataclasses import replace

    spoken = said(prose, VOLUNTARY)
    spoken = replace(spoken, figure=replace(spoken.figure, **more))
    rows = ["Quận A", "Quận B", "Σ Tổng cộng"]
    made = table(rows, ["Số người"], "40.000\n26.689\n66.689")
    total = meant(made.at()[3, 1], VOLUNTARY, is_total=True)
    found = findings(made, observations=[total, spoken])
    assert outcome(found, "repeated_figure") == [expected]


def test_rows_of_one_table_under_one_name_are_not_repeats():
    made = table(["A", "B"], ["x"], "5.000\n6.000")
    found = findings(made, observations=[meant(f, VOLUNTARY) for f in made.figures])
    assert not found


def test_two_documents_are_compared_and_never_accused():
    one = said("66.689", VOLUNTARY)
    found = audit_across(
        [
            ("a", [one]),
            ("b", [said("66.869", VOLUNTARY, start=9)]),
            ("c", [said("66.689", VOLUNTARY, start=5)]),
        ]
    )
    assert [(d, f.check, f.status, f.severity) for d, f in found] == [
        ("b", "repeated_figure", "fail", "warning"),
        ("c", "repeated_figure", "pass", "info"),
    ]


def test_a_later_version_that_changes_a_figure_is_told():
    before = reading(observations=[said("66.689", VOLUNTARY), said("10", COMPULSORY, start=50)])
    after = reading(
        observations=[said("66.698", VOLUNTARY, start=4), said("10", COMPULSORY, start=70)]
    )
    found = revised(before, after)
    assert [(f.check, f.status, f.published, f.expected) for f in found] == [
        ("revision", "fail", 66698, 66689)
    ]
    assert found[0].message_vi.endswith(
        "bản trước ghi 66.689 người, bản này ghi 66.698 người (lệch +9)."
    )
    assert not revised(before, before)


def test_a_unit_that_the_breakdown_lacks_or_doubles_is_named():
    made = table(["Quận A", "Quận B", "Quận B", "Σ Tổng cộng"], ["x"], "1\n2\n2\n5")
    names = ["Quận A", "Quận B", "Quận B", HAI.name]
    meanings = [
        meant(
            f,
            VOLUNTARY,
            region=HAI if n == HAI.name else Region(n, "district"),
            is_total=n == HAI.name,
        )
        for f, n in zip(made.figures, names, strict=True)
    ]
    children = ["Quận A", "Quận B", "Quận C"]
    asked = reading(made, observations=meanings)
    assert not [f for f in audit(asked) if f.check == "region_coverage"]
    few = [f for f in audit(asked, lambda _: [*children, "Quận D"]) if f.check == "region_coverage"]
    assert not few
    found = [
        f
        for f in audit(asked, lambda _: ["Quận A", "Quận B", "Quận C"][:3])
        if f.check == "region_coverage"
    ]
    assert not found
    whole = [
        f
        for f in audit(asked, lambda _: ["Quận A", "Quận B", "Quận E", "Quận F"])
        if f.check == "region_coverage"
    ]
    assert not whole


def test_a_nearly_complete_breakdown_is_checked_for_its_units():
    names = [f"Quận {n}" for n in range(1, 6)]
    made = table([*names, "Σ Tổng cộng"], ["x"], "1\n2\n3\n4\n5\n15")
    meanings = [
        meant(f, VOLUNTARY, region=Region(n, "district"))
        for f, n in zip(made.figures, names, strict=False)
    ] + [meant(made.figures[-1], VOLUNTARY, is_total=True)]
    asked = reading(made, observations=meanings)
    lacking = [
        f for f in audit(asked, lambda _: [*names, "Quận 6"]) if f.check == "region_coverage"
    ]
    assert [(f.status, f.severity, f.details["missing"]) for f in lacking] == [
        ("fail", "warning", "Quận 6")
    ]
    complete = [f for f in audit(asked, lambda _: names) if f.check == "region_coverage"]
    assert [f.status for f in complete] == ["pass"]


def test_a_year_that_repeats_another_is_asked_about():
    rows = [f"Đơn vị {n}" for n in range(6)]
    cells = "\n".join(f"{n}.117 {n}.117" for n in range(1, 7))
    found = findings(table(rows, ["Năm 2017", "Năm 2018"], cells))
    assert [(f.check, f.status, f.severity) for f in found] == [("copied_block", "fail", "warning")]
    assert not findings(
        table(rows, ["Năm 2017", "Năm 2018"], cells.replace("3.117 3.117", "3.117 3.118"))
    )
    assert not findings(table(rows, ["Nam", "Nữ"], cells))


def test_a_group_that_repeats_another_year_is_asked_about():
    rows = ["# Năm 2017", "A", "B", "C", "# Năm 2018", "A", "B", "C"]
    cells = "\n".join(["60 11", "10 2", "20 4", "30 5"] * 2)
    found = findings(table(rows, ["x", "y"], cells))
    assert outcome(found, "copied_block") == [("fail", "warning")]


def test_a_thousandfold_jump_is_asked_about():
    rows = [f"Đơn vị {n}" for n in range(6)]
    cells = "101 103\n202 205\n303 301.000\n404 401\n505 503\n606 610"
    found = findings(table(rows, ["Năm 2022", "Năm 2023"], cells))
    assert [(f.check, f.published) for f in found] == [("order_of_magnitude", 301000)]
    assert not failed(found)


def test_every_check_of_the_contract_is_registered():
    named = {
        "column_total",
        "row_total",
        "row_difference",
        "part_whole",
        "plan_completion",
        "share",
        "growth_rate",
        "repeated_figure",
    }
    assert named <= CHECKS.keys()


def test_an_empty_document_and_a_table_of_nothing_give_nothing():
    assert audit(reading()) == ()
    assert findings(table(["A"], [Line(0, ())], ".")) == ()
