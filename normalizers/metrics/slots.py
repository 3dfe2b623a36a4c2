"""Running text by slots: the scheme, the thing counted and the base stand apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalizers.facts import rows
from normalizers.metrics.matches import MetricMatch
from normalizers.metrics.words import alternatives, without_agencies, without_base
from normalizers.spelling import canonical
from solieu.model import Measure


@dataclass(frozen=True, slots=True)
class Slot:
    """One rule for running text; words are in the compared spelling, between blanks."""

    metric: str | None
    counted: frozenset[str]
    needs: tuple[tuple[str, ...], ...]
    none: tuple[str, ...]
    unit: str
    within: str
    measure: Measure | None
    basis: str | None


@lru_cache(maxsize=1)
def _slots() -> tuple[Slot, ...]:
    return tuple(
        Slot(
            metric=row["metric"] or None,
            counted=frozenset(canonical(c) for c in row["counted"].split("|"))
            if row["counted"]
            else frozenset(),
            needs=tuple(_whole(group) for group in row["all"].split(";") if group),
            none=_whole(row["none"]),
            unit=row["unit"],
            within=row["within"],
            measure=row["measure"] or None,  # type: ignore[arg-type] # the CSV holds Measure words
            basis=row["basis"] or None,
        )
        for row in rows("metric_slots.csv")
    )


def _whole(group: str) -> tuple[str, ...]:
    return tuple(f" {word} " for word in alternatives(group))


@lru_cache(maxsize=1)
def _counted_people() -> frozenset[str]:
    return frozenset({"", *(canonical(r["noun"]) for r in rows("counted_people.csv"))})


def _fits(slot: Slot, text: str) -> bool:
    """Whether a phrase, between blanks, says what the rule needs and nothing that rules it out."""
    for group in slot.needs:
        for word in group:  # a generator for each would take longer than most looks
            if word in text:
                break
        else:
            return False
    for word in slot.none:  # noqa: SIM110 (as above)
        if word in text:
            return False
    return True


@lru_cache(maxsize=1)
def _all_counted() -> tuple[frozenset[str], int]:
    """All nouns that rules ask for, and how many words the longest has."""
    nouns = _counted_people().union(*(slot.counted for slot in _slots()))
    return nouns, max(len(noun.split()) for noun in nouns)


def _heads(noun: str) -> frozenset[str]:
    """The nouns that rules ask for with which it begins, whatever is told of them behind."""
    nouns, longest = _all_counted()
    said = noun.split(" ")[:longest]
    return nouns.intersection(" ".join(said[: i + 1]) for i in range(len(said)))


@lru_cache(maxsize=1024)
def _of(heads: frozenset[str], unit: str, *, insurance: bool) -> tuple[Slot, ...]:
    """The rules for what is counted so."""
    return tuple(
        slot
        for slot in _slots()
        if (insurance or slot.within != "insurance") and _serves(slot, heads, unit)
    )


def _serves(slot: Slot, heads: frozenset[str], unit: str) -> bool:
    if unit == "percent":
        return not slot.counted and " per " not in slot.unit
    return _counts(slot, heads, unit)


def _counts(slot: Slot, heads: frozenset[str], unit: str) -> bool:
    if slot.counted:
        return not slot.counted.isdisjoint(heads)
    if slot.unit == "person":
        return unit in _PEOPLE_UNITS and not _counted_people().isdisjoint(heads)
    return slot.unit in {"", unit}


_PEOPLE_UNITS = frozenset({"", "person", "count", "visit", "case", "student", "person_visit"})


_RECEIVABLE = re.compile(r"(?:tổng )?(?:số )?(?:tiền )?phải thu (?:\S+ )*(?:tăng|giảm)(?!\S)")
"""What is to be collected grew, and is no base: "tổng số phải thu BHXH, BHYT, BHTN tăng 6,5%"."""


@lru_cache(maxsize=8192)
def match_phrase(text: str, noun: str, unit: str, *, insurance: bool = False) -> MetricMatch | None:
    """The first slot rule that fits a phrase.

    Args:
        text: the phrase around a figure, without the figure, as printed.
        noun: what is counted, as printed ("người", "đơn vị"); "" where nothing is.
        unit: unit code of the figure.
        insurance: the document speaks of social insurance, so "số thu" is its revenue.

    Returns:
        None where no rule fits; a match with metric None where the vocabulary knows that it has no
        code for this (thu BHYT alone).
    """
    phrase, counted = without_agencies(canonical(text)), canonical(noun)
    if unit == "percent" and _RECEIVABLE.match(phrase) is None:
        phrase = without_base(phrase)
    between = f" {phrase} "
    for slot in _of(_heads(counted), unit, insurance=insurance):
        if _fits(slot, between):
            return MetricMatch(
                metric=slot.metric,
                unit=unit,
                measure=slot.measure,
                basis=slot.basis,
                matched=phrase,
            )
    return None
