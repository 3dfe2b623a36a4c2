"""What a label or a phrase was found to say."""

from __future__ import annotations

from dataclasses import dataclass

from solieu.model import Measure
from solieu.quick import quick

INSURANCE = frozenset({"bhxh", "bhyt", "bhtn"})
COVERAGE_BASES = {
    "health_insurance_participants": "population",
    "social_insurance_participants": "labour_force",
    "compulsory_social_insurance_participants": "labour_force",
    "voluntary_social_insurance_participants": "labour_force",
    "unemployment_insurance_participants": "labour_force",
}
"""What the rate of coverage of each scheme is a share of."""


@quick
@dataclass(frozen=True, slots=True)
class MetricMatch:
    """What a label says; each part None where it does not say."""

    metric: str | None
    unit: str | None = None
    measure: Measure | None = None
    basis: str | None = None
    matched: str = ""
    """The known wording that was found, in the compared spelling."""
