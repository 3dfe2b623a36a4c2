"""Two shares of one base: each count over its printed percentage gives that base as an interval.

After GRIM and its kin: a percentage printed to n places can come from few whole counts only. Bases
are seldom worded quite alike ("lực lượng lao động", "... trong độ tuổi"), so two that
do not fit are a question to the publisher and never an accusation.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditors.identities import SHOWN, Claim, Term
from solieu import intervals
from solieu.intervals import DOWN, Interval
from solieu.model import Observation


def base(share: Observation, count: Observation) -> Interval | None:
    """The base that a share and its count imply.

    17.404 at 29,72 % is a base between 58.550,0 and 58.569,8.
    """
    part, rate = intervals.of_figure(count.figure), intervals.of_figure(share.figure)
    if part is None or rate is None:
        return None
    return part.times(Decimal(100)).over(rate)


def compared(
    reference: tuple[Observation, Observation], other: tuple[Observation, Observation]
) -> Iterator[Claim]:
    """Whether `other`'s share fits the base that `reference` implies."""
    (share, count), (known, known_count) = other, reference
    one, two = base(share, count), base(known, known_count)
    values = (share.figure.value, count.figure.value, known.figure.value, known_count.figure.value)
    if one is None or two is None or not all(values):
        return
    assert count.figure.value is not None
    assert known.figure.value is not None
    assert known_count.figure.value is not None
    expected = SHOWN.divide(count.figure.value * known.figure.value, known_count.figure.value)
    yield Claim(
        "share",
        share.figure,
        (Term(known.figure),),
        factor=DOWN.divide(count.figure.value, known_count.figure.value),
        certainty="likely",
        reason="base_wording",
        layout="common_base",
        outcome="holds" if one.meets(two) else "off",
        expected=expected,
        tolerance=share.figure.rounding / 2 + known.figure.rounding / 2,
        also=(count.figure, known_count.figure),
    )
