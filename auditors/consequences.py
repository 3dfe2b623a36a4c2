"""What is decided by a mismatch: a target met or missed, a sign, a place in a ranking.

A mismatch of a tenth matters little until it lies on both sides of a line that people decide by.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from auditors.identities import Claim

TARGET = Decimal(100)
# Fewer figures than this make no ranking that anybody reads.
RANKED = 5


def target(claim: Claim) -> bool:
    """Do the published and the computed percentage differ on whether the plan was met?"""
    value = claim.whole.value
    if claim.check != "plan_completion" or value is None:
        return False
    return (value >= TARGET) != (claim.expected >= TARGET)


def sign(claim: Claim) -> bool:
    """Does an increase become a decrease?"""
    return (claim.whole.value or Decimal(0)) * claim.expected < 0


def passed(claim: Claim, others: Iterable[Decimal]) -> int:
    """How many of the column's other figures lie between the published and the computed one."""
    values = list(others)
    if len(values) < RANKED or claim.whole.value is None:
        return 0
    low, high = sorted((claim.whole.value, claim.expected))
    return sum(low < value < high for value in values)
