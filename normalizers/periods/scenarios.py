"""Words that say plan, outcome or estimate beside a time."""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.periods.grammar import word_rows
from solieu.model import Scenario


def _pattern(kind: str) -> re.Pattern[str]:
    texts = sorted((text for k, text, _ in word_rows() if k == kind), key=len, reverse=True)
    choice = "|".join(re.escape(t).replace(r"\ ", r"\s+") for t in texts)
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def scenario_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words, and what each says."""
    return _pattern("scenario"), {text: value for k, text, value in word_rows() if k == "scenario"}


@lru_cache(maxsize=1)
def plan_words() -> re.Pattern[str]:
    """What a plan is called: "kế hoạch", "dự toán"."""
    return _pattern("plan")


@lru_cache(maxsize=1)
def _no_scenario() -> re.Pattern[str]:
    return _pattern("not_scenario")


_SCENARIOS: dict[str, Scenario] = {"actual": "actual", "estimate": "estimate", "plan": "plan"}


def scenario_of(text: str, *, timed: bool) -> Scenario | None:
    """The first scenario word; words marked "?" count only where a time stands beside them."""
    pattern, values = scenario_words()
    for hit in pattern.finditer(_no_scenario().sub(lambda h: "·" * len(h.group()), text)):
        value = values[" ".join(hit.group().casefold().split())]
        if timed or not value.endswith("?"):
            return _SCENARIOS[value.rstrip("?")]
    return None


_SCENARIO_REACH = 28
_STATEMENTS = re.compile(r"[,.;:()\n]")


def scenario_before(text: str, at: int, floor: int) -> Scenario | None:
    """The scenario word that governs a time: it stands right before it."""
    before = text[max(floor, at - _SCENARIO_REACH) : at]
    before = _STATEMENTS.split(before)[-1]
    pattern, values = scenario_words()
    hits = list(pattern.finditer(_no_scenario().sub(lambda h: "·" * len(h.group()), before)))
    if not hits or len(before) - hits[-1].end() > 14:
        return None
    return _SCENARIOS[values[" ".join(hits[-1].group().casefold().split())].rstrip("?")]
