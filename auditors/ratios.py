"""Columns of percentages against the columns that they were worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from auditors.desk import Desk, Sheet
from auditors.identities import Claim, Term, percent
from auditors.relations import Column, Relation, believed, columns, found, sample
from auditors.strips import Strip

REACH = 8

_CHECKS = {"plan_completion": "plan_completion", "growth": "growth_rate", "share": "share"}
_HUNDRED = Decimal(100)


def column_ratios(desk: Desk) -> Iterator[Claim]:
    """Percent columns that are one column over another, or its growth over another."""
    for sheet in desk.sheets:
        rows = sample(sheet)
        known = columns(desk, sheet, rows)
        rates = [c for c in known if c.unit == "percent"]
        strips = {c.index: Strip.of(sheet, c.index, rows) for c in known} if rates else {}
        for rate in rates:
            yield from found(_ideas(rate, known, strips), sheet, rows)


def _ideas(
    rate: Column, known: Sequence[Column], strips: Mapping[int, Strip]
) -> Iterator[Relation]:
    near = [
        c
        for c in known[max(0, rate.position - REACH) : rate.position + REACH + 1]
        if c.unit not in {"percent", "percentage_point"}
    ]
    pairs = [(a, b) for a in near for b in near if a is not b and a.unit == b.unit]
    pairs.sort(key=lambda p: sum(abs(c.position - rate.position) for c in p))
    for above, below in pairs:
        named = _named(rate, above, below)
        over = ((below.index, 1),)
        quotient = ((above.index, 1),)
        growth = ((above.index, 1), (below.index, -1))
        a, b, printed = strips[above.index], strips[below.index], strips[rate.index]
        divides = a.may_rate(b, printed)
        grows = rate.measure in {"growth", None} and a.may_rate(b, printed, less=1)
        check = _check(rate, above, below)
        if rate.measure != "growth" and divides:
            yield Relation(check, rate.index, quotient, over, _HUNDRED, named=named)
        if grows:
            yield Relation("growth_rate", rate.index, growth, over, _HUNDRED, named=named)
        if rate.measure == "growth" and divides:
            yield Relation("growth_rate", rate.index, quotient, over, _HUNDRED, named=named)


def _named(rate: Column, above: Column, below: Column) -> bool:
    """Does the meaning of all three say what the percentage is?"""
    if rate.measure == "plan_completion":
        return below.scenario == "plan" and above.scenario != "plan"
    if rate.measure == "growth" and above.year is not None and below.year is not None:
        return above.year == below.year + 1 and above.measure == below.measure == "level"
    return False


def _check(rate: Column, above: Column, below: Column) -> str:
    if rate.measure in _CHECKS:
        return _CHECKS[rate.measure]
    if below.scenario == "plan" and above.scenario != "plan":
        return "plan_completion"
    return "share"


def shares_of_total(desk: Desk) -> Iterator[Claim]:
    """Percent columns that give each row's part of the total row."""
    for sheet in desk.sheets:
        totals = [line.index for line in sheet.lines if line.role == "total"]
        if not totals:
            continue
        known = columns(desk, sheet, sample(sheet))
        for rate in known:
            if rate.unit == "percent" and rate.measure in {"share", None}:
                yield from _of_total(sheet, rate, known, totals)


def _of_total(
    sheet: Sheet, rate: Column, known: Sequence[Column], totals: Sequence[int]
) -> Iterator[Claim]:
    near = sorted(known, key=lambda c: abs(c.position - rate.position))
    for count in near[1:REACH]:
        if count.unit == "percent":
            continue
        for total in totals:
            if not _likely(sheet, rate, count, total):
                continue
            claims = believed(list(_rows_of_total(sheet, rate, count, total)), named=False)
            if len({c.whole.value for c in claims}) > 2:
                yield from claims
                return


def _likely(sheet: Sheet, rate: Column, count: Column, total: int) -> bool:
    """A quick look in floating point: is any sampled percentage near the row's part?"""
    base = sheet.cells.get((total, count.index))
    if base is None or not base.value:
        return False
    for row in sample(sheet):
        whole, part = sheet.cells.get((row, rate.index)), sheet.cells.get((row, count.index))
        if row != total and whole is not None and whole.value and part is not None and part.value:
            gap = float(whole.value) - 100 * float(part.value) / float(base.value)
            if abs(gap) <= 2 * float(whole.rounding) + 0.01 * abs(float(whole.value)):
                return True
    return False


def _rows_of_total(sheet: Sheet, rate: Column, count: Column, total: int) -> Iterator[Claim]:
    base = sheet.cells.get((total, count.index))
    if base is None or not base.value:
        return
    for line in sheet.lines:
        whole = sheet.cells.get((line.index, rate.index))
        part = sheet.cells.get((line.index, count.index))
        if line.index == total or whole is None or part is None or part.unit != base.unit:
            continue
        made = percent("share", whole, (Term(part),), (Term(base),))
        if made.outcome != "open":
            yield replace(made, layout="relation", table=sheet.table.number)
