"""The quick look never calls impossible what exact arithmetic lets hold."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from auditors.identities import Term, make
from auditors.strips import Strip
from solieu import intervals
from solieu.model import Figure, Place


def figure(name: str, value: Decimal, rounding: Decimal, *, exact: bool) -> Figure:
    return Figure(name, Place(), str(value), value, "count", rounding=rounding, exact=exact)


def strip(one: Figure) -> Strip:
    return Strip((float(one.value),), (float(intervals.half_place(one)),), (1,))


@st.composite
def figures(draw, name: str):
    exact = draw(st.booleans())
    places = 0 if exact else draw(st.integers(-2, 3))
    step = Decimal(1).scaleb(-places)
    return figure(name, draw(st.integers(-400, 400)) * step, step, exact=exact)


def outcome(whole, terms, over=(), factor=Decimal(1)):
    return make("x", whole, tuple(terms), tuple(over), factor).outcome


@given(figures("a"), figures("b"), figures("w"), st.sampled_from([1, -1]), st.integers(-1, 1))
def test_a_sum_that_holds_is_not_passed_over(a, b, whole, sign, off):
    near = figure("w", a.value + sign * b.value + off * whole.rounding, whole.rounding, exact=False)
    for w in (whole, near):
        if outcome(w, [Term(a), Term(b, sign)]) == "holds":
            second = strip(b) if sign == 1 else strip(b).turned()
            assert strip(a).plus(second).may_be(strip(w))


@given(figures("a"), figures("b"), st.integers(0, 3), st.integers(-1, 1), st.integers(0, 1))
def test_a_rate_that_holds_is_not_passed_over(a, b, places, off, less):
    if not b.value:
        return
    step = Decimal(1).scaleb(-places)
    value = (100 * (a.value / b.value - less)).quantize(step) + off * step
    rate = figure("r", value, step, exact=False)
    terms = [Term(a), Term(b, -1)] if less else [Term(a)]
    if outcome(rate, terms, [Term(b)], Decimal(100)) == "holds":
        assert strip(a).may_rate(strip(b), strip(rate), less=less)


def test_what_is_far_off_is_passed_over():
    a, b, w = (
        figure(n, Decimal(v), Decimal(1), exact=True) for n, v in zip("abw", (3, 4, 9), strict=True)
    )
    assert not strip(a).plus(strip(b)).may_be(strip(w))
    assert not strip(a).may_rate(strip(b), strip(w))
