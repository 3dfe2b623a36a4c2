"""Which lines of a table should add up to which, read from roles, levels and position.

A layout often allows more than one reading (all parts, or the groups), so every whole comes with
its alternatives; the figures decide between them in `totals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from solieu.model import Line

Kind = Literal["total", "group", "nested", "of_which"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to read what a whole is made of; all are line indexes."""

    whole: int
    parts: tuple[int, ...]
    kind: Kind
    last: bool = False
    """The whole stands below its parts, where by custom it is the sum of what was listed."""
    stated: bool = False
    """The layout itself says which lines are parts of the whole."""


def breakdowns(lines: Sequence[Line]) -> list[list[Breakdown]]:
    """For every line that may be a sum, the ways to read its parts, the likeliest first."""
    children: dict[int, list[Line]] = {}
    for line in lines:
        if line.parent is not None:
            children.setdefault(line.parent, []).append(line)
    found = []
    for at, line in enumerate(lines):
        if line.role == "of_which":
            ways = list(_nested(lines, at, children))
        else:
            ways = list(_ways(lines, at, children))
        if ways:
            found.append(_distinct(ways))
        found += _of_which(line, children)
    return found


def _distinct(ways: list[Breakdown]) -> list[Breakdown]:
    return list({frozenset(w.parts): w for w in reversed(ways)}.values())[::-1]


def _of_which(line: Line, children: dict[int, list[Line]]) -> list[list[Breakdown]]:
    some = tuple(c.index for c in children.get(line.index, ()) if c.role == "of_which")
    return [[Breakdown(line.index, some, "of_which", stated=True)]] if some else []


def _ways(lines: Sequence[Line], at: int, children: dict[int, list[Line]]) -> Iterator[Breakdown]:
    line = lines[at]
    stated = tuple(c.index for c in children.get(line.index, ()) if c.role != "of_which")
    kind: Kind = "total" if line.role == "total" else "group" if line.role == "group" else "nested"
    if len(stated) > 1:
        yield Breakdown(line.index, stated, kind, _below(lines, at, stated), stated=True)
    if line.role == "total":
        yield from _total(lines, at, children)
    elif line.role == "group":
        yield from _readings(_after(lines, at, {"group", "total"}), line.index, kind, children)
    else:
        yield from _nested(lines, at, children)


def _below(lines: Sequence[Line], at: int, parts: tuple[int, ...]) -> bool:
    places = {line.index: n for n, line in enumerate(lines)}
    return all(places[p] < at for p in parts)


def _nested(lines: Sequence[Line], at: int, children: dict[int, list[Line]]) -> Iterator[Breakdown]:
    """Lines set deeper than the one above them."""
    line = lines[at]
    if at + 1 == len(lines) or lines[at + 1].level <= line.level:
        return
    inner = []
    for follower in lines[at + 1 :]:
        if follower.level <= line.level:
            break
        inner.append(follower)
    yield from _readings(inner, line.index, "nested", children)


def _after(lines: Sequence[Line], at: int, stop: set[str]) -> list[Line]:
    """The lines up to the next of a stopping role, or, where levels are set, of the same level."""
    found: list[Line] = []
    level, inner = lines[at].level, at + 1 < len(lines) and lines[at + 1].level > lines[at].level
    for line in lines[at + 1 :]:
        if line.level <= level and (inner or line.role in stop):
            break
        found.append(line)
    return found


def _total(lines: Sequence[Line], at: int, children: dict[int, list[Line]]) -> Iterator[Breakdown]:
    whole = lines[at].index
    since = max((n for n in range(at) if lines[n].role == "total"), default=-1) + 1
    before, after = lines[since:at], _after(lines, at, {"total"})
    if before:
        yield from _readings(before, whole, "total", children, last=True)
    if since and at + 1 == len(lines):
        subtotals = tuple(x.index for x in lines[:at] if x.role == "total")
        if len(subtotals) > 1:
            yield Breakdown(whole, subtotals, "total", last=True)
        yield from _readings(lines[:at], whole, "total", children, last=True)
    if after and not (before and at + 1 == len(lines)):
        yield from _readings(after, whole, "total", children)
    if at == 0:
        yield from _readings(lines[1:], whole, "total", children)


def _readings(
    span: Sequence[Line],
    whole: int,
    kind: Kind,
    children: dict[int, list[Line]],
    *,
    last: bool = False,
) -> Iterator[Breakdown]:
    """All parts; groups with what stands outside of them; the outermost lines; the innermost."""
    rows = [x for x in span if x.role not in {"of_which", "total"}]
    groups = [x for x in rows if x.role == "group"]
    loose = _outside_groups(rows) if groups else rows
    sets = [
        [x for x in rows if x.role == "part" and x.index not in children] if groups else rows,
        [*groups, *loose] if groups else [],
        # A part that only looks like a group: one line set in by mistake below it.
        rows if groups else [],
    ]
    levels = {x.level for x in rows}
    if len(levels) > 1:
        sets.insert(0, [x for x in rows if x.level == min(levels)])
        sets.append([x for n, x in enumerate(rows) if not _leads(rows, n)])
    for members in sets:
        if len(members) > 1:
            yield Breakdown(whole, tuple(sorted(x.index for x in members)), kind, last)


def _leads(rows: Sequence[Line], n: int) -> bool:
    return n + 1 < len(rows) and rows[n + 1].level > rows[n].level


def _outside_groups(rows: Sequence[Line]) -> list[Line]:
    """Parts before the first group, and parts set no deeper than the groups after it."""
    found, inside, level = [], False, 0
    for row in rows:
        if row.role == "group":
            inside, level = True, row.level
        elif not inside or row.level < level:
            found.append(row)
    return found
