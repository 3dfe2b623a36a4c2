"""Tables whose rows are crossed: under each commune "Kế hoạch", "Thực hiện" and "Đạt (%)" again.

The outer label names the territory, the inner one says of each row what a head says of a column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.layout.words import word_key
from normalizers.tables.nesting import RowLine, is_total
from solieu.quick import replace

_AGAIN = 0.8
"""Share of the rows whose inner label must stand under another outer one, too."""


_YEAR = re.compile(r"(?:19|20)\d{2}$")


@dataclass(frozen=True, slots=True)
class Crossing:
    """Rows by their outer label, where all of these have the same inner ones."""

    outer: Mapping[int, str]
    """Row to the name that it stands beside or under."""
    inner: Mapping[int, str]
    """Row to the label that comes again under each name, as it is spelt the first time."""
    depth: int
    """Which of the label columns holds the names."""

    def named(self, lines: Sequence[RowLine]) -> list[RowLine]:
        """The rows that hold figures, each labelled by its name alone."""
        return [
            replace(line, row=replace(line.row, label=name, stubs=()), path=(name,), parent=None)
            for line in lines
            if (name := self.outer.get(line.row.index)) is not None
        ]


def crossing(lines: Sequence[RowLine]) -> Crossing | None:
    """How a table's rows are crossed; None where each label stands once, or beside no other."""
    filled = [line for line in lines if line.row.filled]
    outer = {line.row.index: name for line in filled if (name := _outer(line)) is not None}
    if not filled or len(outer) < len(filled) or len({line.row.column for line in filled}) > 1:
        return None
    names: dict[str, set[str]] = defaultdict(set)
    spelt: dict[str, str] = {}
    for line in filled:
        key = word_key(line.row.label)
        names[key].add(outer[line.row.index])
        spelt.setdefault(key, line.row.label)
    again = sum(len(names[word_key(line.row.label)]) > 1 for line in filled)
    if len(spelt) < 2 or again < _AGAIN * len(filled):
        return None
    inner = {line.row.index: spelt[word_key(line.row.label)] for line in filled}
    return Crossing(outer, inner, filled[0].row.column - 1)


def _outer(line: RowLine) -> str | None:
    """The innermost label left of the row's own that is no year."""
    stubs = [stub for stub in line.row.stubs if not _YEAR.match(stub)]
    return stubs[-1] if stubs else None


def with_totals(lines: Sequence[RowLine], crossed: Crossing | None) -> list[RowLine]:
    """Rows under "Toàn tỉnh" are totals, each of the rows with its own label under the others."""
    if crossed is None:
        return _under_whole(lines)
    totals = {
        word_key(line.row.label): line.row.index
        for line in lines
        if is_total(crossed.outer.get(line.row.index, ""))
    }
    if not totals or any(line.role == "total" for line in lines):
        return list(lines)
    return [_in_total(line, totals.get(word_key(line.row.label))) for line in lines]


def _under_whole(lines: Sequence[RowLine]) -> list[RowLine]:
    """The rows below a heading without figures that names the whole."""
    heads = {x.row.index for x in lines if not x.row.filled and is_total(x.row.label)}
    return (
        [replace(x, role="total") if x.parent in heads else x for x in lines] if heads else [*lines]
    )


def _in_total(line: RowLine, total: int | None) -> RowLine:
    if total == line.row.index:
        return replace(line, role="total", parent=None)
    flat = line.parent is None and line.role == "part"
    return replace(line, parent=total) if flat else line
