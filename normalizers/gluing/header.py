"""The columns that the head of a glued table names, and the identities its words promise.

Print that lost its borders runs titles together as it does digits: "Thực hiện 2023Kế hoạch 2024".
A title begins where a capital follows a small letter, a digit or a bracket without a space; group
titles stand on the lines before the leaves, and leaves that repeat show how many groups there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from normalizers.gluing.cuts import Accepts
from normalizers.gluing.records import begins_with, columns_numbered, cues, mentions
from solieu.quick import replace
from solieu.text import tone_key

IdentityKind = Literal["row_difference", "row_total", "share"]

_YEARS = re.compile(r"(?:(?:19|20)\d\d){2,}")
_FORMULA = re.compile(r"[\sABCabc\d()\[\]=+\-−–/:*x×,.%]+\Z")
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")


@dataclass(frozen=True, slots=True)
class Group:
    """A title that spans `width` value columns from `first` (0-based)."""

    title: str
    first: int
    width: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What the header's words promise of one column: a difference, a sum or a rate of others."""

    kind: IdentityKind
    target: int
    inputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to read the head: titles of the label columns, groups, a leaf per value column."""

    leaves: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    ordinal: str | None = None
    label: str | None = None
    note: str | None = None
    units: tuple[str, ...] = ()
    repeats: bool = False
    """The leaves repeat under the groups, so that their number is not a guess."""

    def titles(self) -> tuple[str, ...]:
        """Group and leaf of each value column, as one text."""
        above = {column: group.title for group in self.groups for column in _columns_of(group)}
        return tuple(f"{above.get(i, '')} {leaf}".strip() for i, leaf in enumerate(self.leaves))


def plans(header: Sequence[str]) -> list[Plan]:
    """Every layout that the head allows, one per number of columns; the surest first."""
    segments, base, numbered = _sorted_out(header)
    found: dict[int, Plan] = {}
    lines = _without_label(segments, base)
    if base.label is None and lines != segments:
        base = replace(base, label=segments[0][0])
    for plan in _layouts(lines, base):
        known = found.get(len(plan.leaves))
        if known is None or (plan.repeats and not known.repeats):
            found[len(plan.leaves)] = plan
    kept = [p for n, p in found.items() if n and (not numbered or n in numbered)]
    surest = [p for p in kept if p.repeats]
    return surest or kept


def _sorted_out(header: Sequence[str]) -> tuple[list[list[str]], Plan, set[int]]:
    """Titles line by line, with ordinal, label, remarks and unit taken out."""
    base = Plan(())
    numbered: set[int] = set()
    lines: list[list[str]] = []
    for line in _whole_lines(header):
        count = columns_numbered(line)
        if count or (_FORMULA.match(line) and not _YEARS.fullmatch(line)):
            numbered |= _value_columns(count)
            continue
        rest = []
        for segment in titles_of(line):
            base, taken = _taken(base, segment)
            if not taken:
                rest.append(segment)
        if rest:
            lines.append(rest)
    return lines, base, numbered


def _value_columns(count: tuple[int, bool] | None) -> set[int]:
    if count is None:
        return set()
    columns, letters = count
    return {columns} if letters else {columns, columns - 1, columns - 2}


def _whole_lines(header: Sequence[str]) -> list[str]:
    """Lines that end in a comma or inside a bracket go on in the next one."""
    whole: list[str] = []
    for line in header:
        text = line.strip()
        bracket = text.startswith("(") and not begins_with(text.strip("( "), "unit")
        bracket = bracket and not _FORMULA.match(text)
        if whole and (bracket or whole[-1].endswith((",", "/", "-")) or _open(whole[-1])):
            whole[-1] = f"{whole[-1]} {text}"
        elif text:
            whole.append(text)
    return whole


def _open(text: str) -> bool:
    return text.count("(") > text.count(")")


def _taken(base: Plan, segment: str) -> tuple[Plan, bool]:
    """The plan with a title that belongs to no value column, where the segment is one."""
    key = tone_key(_BRACKETS.sub(" ", segment)).strip(" .:")
    if base.ordinal is None and key in cues("ordinal"):
        return replace(base, ordinal=segment), True
    if base.label is None and key in cues("label"):
        return replace(base, label=segment), True
    if base.note is None and key in cues("note"):
        return replace(base, note=segment), True
    if begins_with(segment.strip("( "), "unit"):
        return replace(base, units=(*base.units, segment)), True
    return base, False


def titles_of(line: str) -> list[str]:
    """The titles that print ran together.

    >>> titles_of("Thực hiện 2023Kế hoạch giao Năm 2024")
    ['Thực hiện 2023', 'Kế hoạch giao Năm 2024']
    """
    pieces: list[str] = []
    start, depth = 0, 0
    for index, char in enumerate(line):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if index and depth == 0 and char.isupper() and _joins(line, start, index):
            pieces.append(line[start:index])
            start = index
    pieces.append(line[start:])
    apart = (part for piece in pieces for part in _years_apart(piece.strip()))
    return [part for part in apart if part]


def _years_apart(title: str) -> list[str]:
    if not _YEARS.fullmatch(title):
        return [title]
    return [title[i : i + 4] for i in range(0, len(title), 4)]


def _joins(line: str, start: int, index: int) -> bool:
    before = line[index - 1]
    if before.isspace() or before in "/-–(.,":
        return False
    if before.islower() or before.isdigit() or before in ")%":
        return True
    if tone_key(line[start:index]) in cues("ordinal"):
        return True
    if not before.isupper():
        return False
    acronym = line[max(start, index - 2) : index].isupper() and index - start >= 2
    return (acronym and line[index + 1 : index + 2].islower()) or _begins_title(line[index:])


def _begins_title(text: str) -> bool:
    """A word that opens titles, in capitals, where capitals stand before it."""
    key = tone_key(text)
    return any(key.startswith(cue) and text[: len(cue)].isupper() for cue in cues("start"))


def _without_label(lines: list[list[str]], base: Plan) -> list[list[str]]:
    """Where no title of the label column is known, the first title is it, unless it counts.

    Taking it for a value column whenever the figures allow would shift every title by one.
    """
    if base.label is not None or not lines or _counts(lines[0][0]):
        return lines
    rest = lines[0][1:]
    return [rest, *lines[1:]] if rest else lines[1:]


def _counts(title: str) -> bool:
    """Whether a title speaks of figures: a year, a plan, a total, a rate."""
    if any(c.isdigit() for c in title) or "%" in title:
        return True
    return any(
        begins_with(title, role)
        for role in ("start", "sum", "rate", "difference", "amount", "group")
    )


def _layouts(lines: list[list[str]], base: Plan) -> Iterator[Plan]:
    segments = [segment for line in lines for segment in line]
    if len({tone_key(s) for s in segments}) == len(segments) and not _names_groups(segments):
        yield replace(base, leaves=tuple(segments))
    above = 0
    for line in lines[:-1]:
        above += len(line)
        plan = _grouped(segments[:above], segments[above:], base)
        if plan:
            yield plan


def _names_groups(segments: Sequence[str]) -> bool:
    return any(begins_with(segment, "group") for segment in segments)


def _grouped(titles: Sequence[str], leaves: Sequence[str], base: Plan) -> Plan | None:
    """Groups laid over the leaves in equal shares, or at every return of the first leaf."""
    keys = [tone_key(leaf) for leaf in leaves]
    distinct = len(set(keys)) == len(keys)
    starts = [i for i, key in enumerate(keys) if key == keys[0]]
    if not distinct and len(starts) != len(titles):
        return None
    if distinct:
        share, rest = divmod(len(leaves), len(titles))
        if rest or share < 2:
            return None
        starts = list(range(0, len(leaves), share))
    ends = [*starts[1:], len(leaves)]
    groups = tuple(
        Group(title, first, end - first)
        for title, first, end in zip(titles, starts, ends, strict=True)
    )
    if any(len(set(keys[g.first : g.first + g.width])) < g.width for g in groups):
        return None
    return replace(base, leaves=tuple(leaves), groups=groups, repeats=not distinct)


def _columns_of(group: Group) -> range:
    return range(group.first, group.first + group.width)


def accepts(plan: Plan) -> tuple[Accepts, ...]:
    """What each value column may hold, by the words over it and the unit of the table."""
    amounts = any(mentions(unit, "amount") for unit in plan.units)
    return tuple(
        Accepts(
            signed=mentions(title, "difference"),
            decimal=amounts or "%" in title or mentions(title, "rate") or mentions(title, "amount"),
        )
        for title in plan.titles()
    )


def identities(plan: Plan) -> tuple[Identity, ...]:
    """The promises of the header: "tăng so với" is b - a, "Tổng số" a sum, "Tỷ lệ" a rate."""
    spans = [_columns_of(group) for group in plan.groups] or [range(len(plan.leaves))]
    return tuple(identity for span in spans for identity in _promises(plan.leaves, span))


def _promises(leaves: Sequence[str], span: range) -> Iterator[Identity]:
    rates = {i for i in span if "%" in leaves[i] or mentions(leaves[i], "rate")}
    changes = {i for i in span if mentions(leaves[i], "difference")} - rates
    totals = {i for i in span if begins_with(leaves[i], "sum")} - rates - changes
    levels = [i for i in span if i not in rates and i not in changes]
    for i in sorted(changes | rates):
        pair = [j for j in levels if j < i][-2:]
        if len(pair) == 2:
            kind: IdentityKind = "row_difference" if i in changes else "share"
            yield Identity(kind, i, tuple(pair))
    parts = tuple(i for i in levels if i not in totals)
    if len(totals) == 1 and len(parts) >= 2:
        yield Identity("row_total", totals.pop(), parts)
