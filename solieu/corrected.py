"""Corrections at work on what was read of one document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from solieu.corrections import Corrections, Row
from solieu.model import (
    Correction,
    Figure,
    Observation,
    Period,
    Reading,
    Region,
    Table,
    Unread,
)

TAKEN_OUT = "taken out by a correction"
FLAG = "corrected"

RegionOf = Callable[[str, date | None], Region | None]
"""The unit that a code stood for on a day."""

_DIGITS = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_APPROXIMATE_UNITS = frozenset(("VND", "USD", "percent", "per_mille", "percentage_point"))


def corrected(reading: Reading, corrections: Corrections, region_of: RegionOf) -> Reading:
    """The reading as its readers corrected it. It must not have been audited yet.

    A correction that the print cannot bear is left out; it does not show among the corrections of
    its figure, by which it is found.
    """
    wanted = corrections.by_target()
    if not wanted:
        return reading
    work = _Work(reading.document_id, wanted, region_of)
    observations = [work.observation(o) for o in reading.observations]
    figures = {o.figure.figure_id: o.figure for o in observations if o}
    tables = tuple(work.table(t, figures) for t in reading.tables)
    return replace(
        reading,
        observations=tuple(o for o in observations if o),
        tables=tables,
        unread=(*reading.unread, *work.taken_out),
    )


class _Work:
    def __init__(
        self, document_id: str, wanted: Mapping[tuple[object, ...], list[Row]], region_of: RegionOf
    ) -> None:
        self._document_id = document_id
        self._wanted = wanted
        self._region_of = region_of
        self.taken_out: list[Unread] = []

    def rows_for(self, figure: Figure) -> Sequence[Row]:
        place = figure.place
        by_id = self._wanted.get((figure.figure_id,), [])
        if place.table is None:
            return by_id
        cell = (self._document_id, place.table, place.row, place.column)
        return [*by_id, *self._wanted.get(cell, [])]

    def observation(self, observation: Observation) -> Observation | None:
        """With its corrections; None where it is said to be no figure."""
        for row in self.rows_for(observation.figure):
            if row.field == "figure":
                self._take_out(observation.figure, row)
                return None
            observation = _applied(observation, row, self._region_of)
        return observation

    def _take_out(self, figure: Figure, row: Row) -> None:
        reason = f"{TAKEN_OUT} of {row.by}: {row.reason} [{figure.figure_id}]"
        self.taken_out.append(Unread(figure.place, figure.raw, reason))

    def table(self, table: Table, figures: Mapping[str, Figure]) -> Table:
        """The table with the figures as its observations have them now."""
        gone = {u.place for u in self.taken_out}
        kept = tuple(figures.get(f.figure_id, f) for f in table.figures if f.place not in gone)
        return table if kept == table.figures else replace(table, figures=kept)


def _applied(observation: Observation, row: Row, region_of: RegionOf) -> Observation:
    changed = CHANGES[row.field](observation, row.value, region_of)
    if changed is None:
        return observation
    new, original = changed
    said = Correction(row.field, row.value, original, row.reason, row.by, row.on)
    flags = new.flags if row.field == "note" or FLAG in new.flags else (*new.flags, FLAG)
    return replace(new, corrections=(*new.corrections, said), flags=flags)


Changed = tuple[Observation, str | None] | None
"""The observation anew and what stood there before; None where the print cannot bear it."""


def _value(observation: Observation, text: str, _: RegionOf) -> Changed:
    figure, value = observation.figure, Decimal(text)
    if not print_bears(figure.raw, value):
        return None
    rounding = figure.rounding
    if figure.value and value:
        # The same digits with the point elsewhere: the last printed place moves along.
        rounding = abs(rounding * value / figure.value)
    exact = rounding == 1 and figure.unit not in _APPROXIMATE_UNITS
    new = replace(
        figure,
        value=value,
        rounding=rounding,
        exact=figure.exact or exact,
        alternative=None,
        confidence=1.0,
        legibility=None,
        reason=None,
    )
    return replace(observation, figure=new), None if figure.value is None else str(figure.value)


def print_bears(raw: str, value: Decimal) -> bool:
    """Can the printed text mean the value? Marks and zeros at the ends are free, digits are not.

    >>> print_bears("5,792", Decimal("5792")), print_bears("5,792", Decimal("5793"))
    (True, False)
    """
    printed = "".join(_DIGITS.findall(raw)).strip("0")
    meant = "".join(_DIGITS.findall(str(value))).strip("0")
    return printed == meant or (bool(_WORDS.search(raw)) and meant.startswith(printed))


def _unit(observation: Observation, text: str, _: RegionOf) -> Changed:
    figure = observation.figure
    return replace(observation, figure=replace(figure, unit=text)), figure.unit


def _region_code(observation: Observation, text: str, region_of: RegionOf) -> Changed:
    period, old = observation.period, observation.region
    region = region_of(text, (period.end or period.start) if period else None)
    if region is None:
        return None
    return replace(observation, region=region, candidates=()), old.code if old else None


def _region_name(observation: Observation, text: str, _: RegionOf) -> Changed:
    old = observation.region
    new = replace(old, name=text) if old else Region(text, "other")
    return replace(observation, region=new), old.name if old else None


def _year(observation: Observation, text: str, region_of: RegionOf) -> Changed:
    new = _period(observation, text, region_of)
    old = observation.period
    return (new[0], str(old.year) if old else None) if new else None


def _period(observation: Observation, text: str, _: RegionOf) -> Changed:
    old = observation.period
    return replace(observation, period=Period(int(text[:4]), text, source=FLAG)), (
        old.code if old else None
    )


def _is_total(observation: Observation, text: str, _: RegionOf) -> Changed:
    return replace(observation, is_total=text == "yes"), "yes" if observation.is_total else "no"


def _note(observation: Observation, _text: str, _: RegionOf) -> Changed:
    return observation, None


def _plain(name: str) -> Callable[[Observation, str, RegionOf], Changed]:
    """A field of the observation that is replaced as it is; empty clears it."""

    def change(observation: Observation, text: str, _: RegionOf) -> Changed:
        fields = cast("dict[str, Any]", {name: text or None})
        return replace(observation, **fields), getattr(observation, name)

    return change


CHANGES: dict[str, Callable[[Observation, str, RegionOf], Changed]] = {
    "value": _value,
    "unit": _unit,
    "region_code": _region_code,
    "region_name": _region_name,
    "metric": _plain("metric"),
    "scenario": _plain("scenario"),
    "measure": _plain("measure"),
    "basis": _plain("basis"),
    "period": _period,
    "year": _year,
    "is_total": _is_total,
    "note": _note,
}
