"""What the checks say about each figure: one word, by which the page colours it.

A sum that does not hold proves that its figures cannot all be right, not which one is wrong: the
published result is marked `wrong`, the figures it was made from `part`, unless the audit named a
suspect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["none", "ok", "doubt", "ask", "part", "wrong"]

RANK: tuple[State, ...] = ("none", "ok", "doubt", "ask", "part", "wrong")
SURE = 0.95
"""Below this confidence a reading is shown as doubtful."""


@dataclass(frozen=True, slots=True)
class Check:
    """What is needed of a finding to colour its figures."""

    status: str
    severity: str
    figure_ids: Sequence[str]
    suspect_id: str | None


def states(checks: Iterable[Check]) -> dict[str, State]:
    """Figure id to its gravest state; figures that no check reached are absent."""
    found: dict[str, State] = {}
    for check in checks:
        for figure_id, state in _of(check):
            if RANK.index(state) > RANK.index(found.get(figure_id, "none")):
                found[figure_id] = state
    return found


def reading_state(confidence: float, *, other_reading: bool) -> State:
    """The state that a reading has by itself."""
    return "doubt" if other_reading or confidence < SURE else "none"


def graver(one: State, other: State) -> State:
    """The one of the two that a reader must see."""
    return one if RANK.index(one) >= RANK.index(other) else other


def of_members(status: str, severity: str) -> State:
    """What a finding says of every figure that took part in it."""
    if status == "pass":
        return "ok"
    if status != "fail" or severity == "info":
        return "none"
    return "ask" if severity == "warning" else "part"


def _of(check: Check) -> Iterable[tuple[str, State]]:
    state = of_members(check.status, check.severity)
    if state == "none":
        return []
    members = [(figure_id, state) for figure_id in check.figure_ids]
    if state != "part":
        return members
    named = check.suspect_id or (check.figure_ids[0] if check.figure_ids else "")
    return [*members, (named, "wrong")]
