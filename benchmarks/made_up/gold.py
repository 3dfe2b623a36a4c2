"""What a made-up document says: its figures and its planted errors, in the columns of a gold file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from solieu.model import Region

KEY = ("region_name", "metric", "scenario", "measure", "year", "unit")


@dataclass(frozen=True, slots=True)
class Fact:
    """One published figure with its meaning; `required=False` may be reported or left out."""

    region: str
    metric: str
    scenario: str
    measure: str
    year: int | None
    value: Decimal
    unit: str
    raw: str = ""
    required: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        return (self.region, self.metric, self.scenario, self.measure, self.year, self.unit)


@dataclass(frozen=True, slots=True)
class Plant:
    """A published contradiction: one finding of severity error."""

    check: str
    region: str
    metric: str
    published: Decimal
    expected: Decimal
    required: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    family: str
    content: bytes
    facts: tuple[Fact, ...]
    plants: tuple[Plant, ...] = ()


@dataclass(slots=True)
class Ledger:
    """Facts and plants collected while a document is written."""

    facts: list[Fact] = field(default_factory=list)
    plants: list[Plant] = field(default_factory=list)

    def optional(self) -> None:
        self.facts = [replace(f, required=False) for f in self.facts]


def title_of(region: Region | None) -> str:
    return region.name if region is not None else ""
