"""Every way to cut a record's run of digits.

A grouped number stops where no separator follows its three digits, so `5,7927,593` has one boundary
that the grammar forces; a value below 1,000 has no separator, and a run that holds some can be cut
in several ways. All of them are listed here; `search` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalizers.gluing.records import Record, cues
from solieu.text import tone_key


@dataclass(frozen=True, slots=True)
class Accepts:
    """What a column may hold besides counts: falls, and amounts or rates with decimals."""

    signed: bool = False
    decimal: bool = False


SCALE = 1000
"""Values are integers in thousandths, so that sums of three decimals stay exact."""
NILS = "-–—"
MOST_CUTS = 4000
"""A row that can be cut in more ways than this will not be decided by anything a table prints."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut a record: the label that it leaves and the printed values."""

    label: str
    printed: tuple[str, ...]
    values: tuple[int | None, ...]
    """In thousandths; None for a cell that prints no figure."""

    @property
    def blanks(self) -> int:
        """Cells that printed nothing at all: a dash is something."""
        return self.printed.count("")


@dataclass(frozen=True, slots=True)
class Options:
    """The cuts of one record: those that fill every column, and those that leave one empty.

    An empty cell leaves nothing in a glued print, so `12` and nothing look like `1` and `2`; a
    record without any cut into one value fewer cannot hide that.
    """

    full: tuple[Cut, ...]
    short: tuple[Cut, ...]


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Style:
    """Which separator groups, which begins decimals, and how many digits stand without one."""

    groups: str
    decimals: str
    digits: int = 3


DOT = Style(".", ",")
COMMA = Style(",", ".")
UNGROUPED = Style("\0", "\0", 7)
"""A table without any separator may print thousands bare: then hardly any boundary is forced."""


def options(record: Record, columns: Sequence[Accepts], style: Style) -> Options | None:
    """Every cut of the record, or None where there are too many to hold."""
    full = _cuts(record, columns, style, 0)
    short = _cuts(record, columns, style, 1)
    if full is None or short is None:
        return None
    if not full and not short:
        short = _cuts(record, columns, style, 2) or []
    return Options(tuple(full), tuple(short))


def _cuts(
    record: Record, columns: Sequence[Accepts], style: Style, blanks: int
) -> list[Cut] | None:
    found: list[Cut] = []
    for label, run in label_splits(record):
        for spans in _spans(run, columns, style, blanks):
            if len(found) >= MOST_CUTS:
                return None
            printed = tuple(run[a:b] for a, b in spans)
            values = tuple(_value(p, style) for p in printed)
            found.append(Cut(label, printed, values))
    return found


def label_splits(record: Record) -> Iterator[tuple[str, str]]:
    """Where a label may end: `Phường 15,792` is Phường 1 and 5,792, or a bare Phường and 15,792.

    A number belongs to a label only after a space, and a bare type word needs one.
    """
    label = record.label.strip()
    bare = tone_key(label) in cues("type")
    if not bare:
        yield _flat(label), record.run
    if not bare and not record.label[-1:].isspace():
        return
    for digits in _leading_numbers(record.run):
        yield _flat(f"{label} {digits}"), record.run[len(digits) :].strip()


def numbered_alike(records: Sequence[Record], found: Sequence[Options]) -> list[Options]:
    """Phường 1, Phường 2, Phường 3: neighbours with one type word that can be counted on are.

    Three labels in a row at the least, and only where one counting fits them all.
    """
    settled = list(found)
    for start, end in _same_type(records):
        countings = (
            [_labelled(settled[i], str(first + i - start)) for i in range(start, end)]
            for first in range(1, 100)
        )
        fitting = [rows for rows in countings if all(o.full or o.short for o in rows)]
        if len(fitting) == 1:
            settled[start:end] = fitting[0]
    return settled


def _labelled(found: Options, number: str) -> Options:
    kept = (
        tuple(c for c in cuts if c.label.rpartition(" ")[2] == number)
        for cuts in (found.full, found.short)
    )
    return Options(*kept)


def _same_type(records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    start = 0
    words = [tone_key(r.label.strip()) for r in records]
    for end in range(1, len(records) + 1):
        if end == len(records) or words[end] != words[start]:
            if end - start >= 3 and words[start] in cues("type"):
                yield start, end
            start = end


def _leading_numbers(run: str) -> Iterator[str]:
    head = re.match(r"\d*", run)
    digits = head.group() if head else ""
    for length in (1, 2, 4):
        number = digits[:length]
        year = length == 4 and number[:2] in {"19", "20"}
        if len(number) == length and number[0] != "0" and (length < 4 or year):
            yield number


def _flat(text: str) -> str:
    return " ".join(text.split())


def _spans(run: str, columns: Sequence[Accepts], style: Style, blanks: int) -> Iterator[Spans]:
    """All sequences of value spans that use up the run, one per column, so many of them empty."""
    dead: set[tuple[int, int, int]] = set()

    def walk(position: int, column: int, left: int) -> Iterator[Spans]:
        while position < len(run) and run[position].isspace():
            position += 1
        if column == len(columns):
            if position == len(run) and not left:
                yield ()
            return
        if (position, column, left) in dead or len(columns) - column < left:
            return
        empty = True
        ends = [(end, left) for end in _ends(run, position, columns[column], style)]
        if left:
            ends.append((position, left - 1))
        for end, rest_blank in ends:
            for rest in walk(end, column + 1, rest_blank):
                empty = False
                yield ((position, end), *rest)
        if empty:
            dead.add((position, column, left))

    return walk(0, 0, blanks)


def _ends(run: str, start: int, accepts: Accepts, style: Style) -> Iterator[int]:
    """Where a value that begins at `start` may end."""
    if start >= len(run):
        return
    first = run[start]
    if first in NILS:
        yield start + 1
        if accepts.signed and run[start + 1 : start + 2].isdigit():
            yield from _number_ends(run, start + 1, accepts, style)
    elif first == "…":
        yield start + 1
    elif first == "+" and accepts.signed:
        yield from _number_ends(run, start + 1, accepts, style)
    elif first.isdigit():
        yield from _number_ends(run, start, accepts, style)


def _number_ends(run: str, start: int, accepts: Accepts, style: Style) -> Iterator[int]:
    for head in _head_ends(run, start, style.digits):
        end = _after_groups(run, head, style) if run[start] != "0" else head
        if end is None:
            continue
        follows = run[end : end + 1]
        if follows == style.groups:
            continue
        if follows == style.decimals:
            if accepts.decimal:
                yield from _decimal_ends(run, end + 1)
        else:
            yield _with_percent(run, end) if accepts.decimal else end


def _head_ends(run: str, start: int, digits: int) -> Iterator[int]:
    if run[start : start + 1] == "0":
        yield start + 1
        return
    end = start
    while end < len(run) and end < start + digits and run[end].isdigit():
        end += 1
        yield end


def _after_groups(run: str, end: int, style: Style) -> int | None:
    """Past all groups of three; None where a separator is not followed by three digits."""
    while run[end : end + 1] == style.groups:
        group = run[end + 1 : end + 4]
        if len(group) < 3 or not group.isdigit():
            return None
        end += 4
    return end


def _decimal_ends(run: str, start: int) -> Iterator[int]:
    end = start
    while end < len(run) and end < start + 3 and run[end].isdigit():
        end += 1
        if run[end : end + 1] not in {".", ","}:
            yield _with_percent(run, end)


def _with_percent(run: str, end: int) -> int:
    return end + 1 if run[end : end + 1] == "%" else end


def _value(printed: str, style: Style) -> int | None:
    digits = printed.strip("%+ ").replace("–", "-").replace("—", "-")
    if not any(c.isdigit() for c in digits):
        return None
    sign = -1 if digits.startswith("-") else 1
    whole, _, fraction = digits.lstrip("-").replace(style.groups, "").partition(style.decimals)
    return sign * (int(whole) * SCALE + int(fraction.ljust(3, "0")))
