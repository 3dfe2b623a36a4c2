"""Printed numbers as intervals."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solieu import intervals
from solieu.intervals import Interval, coarse_place, of_figure, printed, total
from solieu.model import Figure, Place


def figure(
    value: str, place: str = "1", *, exact: bool = False, qualifier: str | None = None
) -> Figure:
    return Figure(
        "f",
        Place(),
        value,
        Decimal(value),
        "person",
        Decimal(place),
        exact=exact,
        qualifier=qualifier,
    )


def span(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("value", "place", "mode", "low", "high"),
    [
        ("32.9", "0.1", "round", "32.85", "32.95"),
        ("1940000", "10000", "round", "1935000", "1945000"),
        ("32.9", "0.1", "truncate", "32.9", "33.0"),
        ("-32.9", "0.1", "truncate", "-33.0", "-32.9"),
        ("0", "1", "truncate", "-1", "1"),
    ],
)
def test_a_printed_number_stands_for_what_rounds_or_is_cut_to_it(value, place, mode, low, high):
    found = printed(Decimal(value), Decimal(place), mode=mode)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("value", "qualifier", "low", "high"),
    [
        ("63000000", "more_than", "63000000", "64000000"),
        ("1000", "nearly", "0", "1000"),
        ("1250", "about", "1240", "1260"),
        ("80", "at_least", "80", "Infinity"),
        ("80", "at_most", "-Infinity", "80"),
        ("-100", "more_than", "-200", "-100"),
    ],
)
def test_qualifiers_open_the_interval_where_they_say(value, qualifier, low, high):
    found = of_figure(figure(value, exact=True, qualifier=qualifier))
    assert found is not None
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_a_count_stands_for_itself_and_an_unread_figure_for_nothing():
    assert of_figure(figure("66689", exact=True)) == span("66689", "66689")
    assert of_figure(Figure("f", Place(), "?", None, "person")) is None


def test_touching_closed_ends_meet_and_open_ends_do_not():
    assert span("1", "2").meets(span("2", "3"))
    assert not span("1", "2").meets(Interval(Decimal(2), Decimal(3), open_low=True))
    assert span("1", "2").meet(span("3", "4")) is None
    assert Decimal(2) in span("1", "2")


def test_a_quotient_is_rounded_outwards_and_refuses_zero():
    third = span("1", "1").over(span("3", "3"))
    assert third is not None
    assert Fraction(third.low) < Fraction(1, 3) < Fraction(third.high)
    assert span("1", "2").over(span("-1", "1")) is None
    assert span("1", "2").over(span("1", "Infinity")) is None


def test_the_fifteenth_digit_of_a_double_is_no_evidence():
    noisy = figure("51322.977516289001", "0.000000000001")
    assert intervals.half_place(noisy) > Decimal("1e-10")


def test_trailing_zeros_say_how_coarse_a_number_is():
    assert coarse_place(Decimal(12000)) == 1000
    assert coarse_place(Decimal("1.5")) == Decimal("0.1")
    assert coarse_place(Decimal(0)) == 1


decimals = st.decimals(-(10**9), 10**9, places=3)


@given(
    st.lists(
        st.tuples(decimals, st.sampled_from(["0.001", "0.1", "1", "1000"])), min_size=1, max_size=8
    )
)
def test_a_sum_of_intervals_holds_every_sum_of_members(items):
    spans = [printed(v, Decimal(p)) for v, p in items]
    rng = random.Random(len(items))
    picked = [s.low if rng.random() < 0.5 else s.high for s in spans]
    assert sum(picked, Decimal(0)) in total(spans)


@given(decimals, decimals, st.decimals(1, 10**6, places=2), st.decimals(1, 10**6, places=2))
def test_a_product_and_a_quotient_hold_what_they_are_made_of(a, b, c, d):
    one, two = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    assert intervals.DOWN.multiply(a, c) in one.product(two)
    quotient = one.over(two)
    assert quotient is not None
    assert quotient.low <= a / c + Decimal("1e-9")
    assert quotient.high >= a / c - Decimal("1e-9")


def test_six_lines_of_arithmetic_agree_on_random_sums():
    """The rule of XBRL Calculations 1.1, written a second time in whole tenths of thousandths."""
    rng = random.Random(11)
    for _ in range(1000):
        places = [rng.choice([-3, 0, 1, 2]) for _ in range(rng.randint(3, 13))]
        values = [Decimal(rng.randint(-(10**6), 10**6)).scaleb(-p) for p in places]
        whole = sum(values[1:], Decimal(0)) + Decimal(rng.randint(-3, 3)).scaleb(-places[0]) / 2
        values[0] = round(whole, places[0])
        halves = [int(Decimal(5).scaleb(3 - p)) for p in places]
        scaled = [int(v.scaleb(4)) for v in values]
        simple = abs(scaled[0] - sum(scaled[1:])) <= sum(halves)
        spans = [printed(v, Decimal(1).scaleb(-p)) for v, p in zip(values, places, strict=True)]
        assert spans[0].meets(total(spans[1:])) == simple
