"""Glued lines back to header, records and footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from normalizers.facts import rows
from solieu.text import clean, tone_key

_ORDINAL = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*[.)]?\s*(?=[^\W\d_])")
_ROMAN = re.compile(r"([IVX]{1,5})\s*(?:[.)]\s*|(?=[A-ZĐ][^\WA-Z\d_]))(?=[^\W\d_])")
_RUN = re.compile(r"[\d.,%+()\s…\-–—]*\Z")
_YEARS = re.compile(r"\s*(?:(?:19|20)\d\d[\s\-–,()]*)+")
_VALUE = re.compile(r"[\d…]|[\-–—]\s*\Z")
_NUMERIC = re.compile(r"[\d.,%+()\s…\-–—]*\d[\d.,%+()\s…\-–—]*\Z|[\-–—\s]+\Z")


@cache
def cues(role: str) -> tuple[str, ...]:
    """The phrases of one role as `tone_key` spells them, longest first."""
    found = {tone_key(row["phrase"]) for row in rows("glue_cues.csv") if row["role"] == role}
    return tuple(sorted(found, key=len, reverse=True))


def begins_with(text: str, role: str) -> bool:
    """Whether the text opens with a phrase of this role, as whole words."""
    key = tone_key(text)
    return any(
        key.startswith(cue) and not key[len(cue) : len(cue) + 1].isalpha() for cue in cues(role)
    )


def mentions(text: str, role: str) -> bool:
    """Whether a phrase of this role stands anywhere in the text, as whole words."""
    return bool(_mention_pattern(role).search(tone_key(text)))


@cache
def _mention_pattern(role: str) -> re.Pattern[str]:
    phrases = "|".join(re.escape(cue) for cue in cues(role))
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


@dataclass(frozen=True, slots=True)
class Record:
    """One row as printed: where its lines stood, its ordinal, label and run of digits."""

    lines: tuple[int, ...]
    text: str
    ordinal: str
    label: str
    run: str
    """Empty for a row that only names a group."""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printed lines sorted: header lines, records, and what stands below them."""

    header: tuple[str, ...]
    records: tuple[Record, ...]
    footer: tuple[str, ...]


def sheet(lines: Sequence[str]) -> Sheet | None:
    """Header, records and footer, or None where no record begins."""
    cleaned = [clean(line).replace("\n", " ") for line in lines]
    start = _first_record(cleaned)
    if start is None:
        return None
    header = tuple(line for line in cleaned[:start] if line)
    groups = list(_grouped(cleaned, start))
    records = [_record(numbers, cleaned) for numbers in groups]
    footer: list[str] = []
    while records and not records[-1].run:
        footer.insert(0, records.pop().text)
    return Sheet(header, tuple(records), tuple(footer))


def _first_record(lines: Sequence[str]) -> int | None:
    numbered = _first_numbered(lines)
    if numbered is not None:
        return _above(lines, numbered)
    for index, line in enumerate(lines):
        if _has_figures(line) and not is_numbering(line) and line[0].isalpha():
            return index
    return None


def _above(lines: Sequence[str], first: int) -> int:
    """Totals and group rows may stand over the row numbered 1."""
    index = first
    while index > 0:
        line = lines[index - 1]
        if line and (not line[0].isalpha() or is_numbering(line) or not _has_figures(line)):
            break
        index -= 1
    while not lines[index]:
        index += 1
    return index


def _first_numbered(lines: Sequence[str]) -> int | None:
    ordinals = [_ORDINAL.match(line) for line in lines]
    for index, match in enumerate(ordinals):
        if match and match.group(1) == "1":
            rest = (m.group(1) for m in ordinals[index + 1 :] if m)
            if next(rest, None) in {"2", "1.1"}:
                return index
    return None


def _has_figures(line: str) -> bool:
    """A tail that is more than the year a header ends with."""
    run = _tail(line)
    if _YEARS.fullmatch(run):
        return False
    return bool(re.search(r"\d[.,]\d", run)) or sum(c.isdigit() for c in run) >= 5


def is_numbering(line: str) -> bool:
    """The row that numbers the columns: `AB123456`, `(1)(2)(3)`, `12345`."""
    return columns_numbered(line) is not None


def columns_numbered(line: str) -> tuple[int, bool] | None:
    """How many columns the numbering row counts, and whether letters count the first ones.

    >>> columns_numbered("AB123456")
    (6, True)
    """
    bare = re.sub(r"[\s()\[\]]", "", line)
    letters = re.match(r"A?B?C?", bare)
    head = letters.group() if letters else ""
    digits = bare[len(head) :]
    count, printed = 0, ""
    while len(printed) < len(digits):
        count += 1
        printed += str(count)
    if count < 2 or printed != digits:
        return None
    return count, bool(head)


def _tail(line: str) -> str:
    last = max((i for i, c in enumerate(line) if c.isalpha()), default=-1)
    tail = line[last + 1 :]
    return tail if _RUN.match(tail) and _VALUE.search(tail) else ""


def _grouped(lines: Sequence[str], start: int) -> Iterator[list[int]]:
    """Line indexes of each record: a line without letters goes on with the record above it."""
    current: list[int] = []
    expected = 1
    for index in range(start, len(lines)):
        line = lines[index]
        if not line:
            continue
        number = _ordinal_number(line)
        if current and _continues(lines[current[0]], lines[current[-1]], line, expected):
            current.append(index)
            continue
        if current:
            yield current
        current = [index]
        if number in {expected, 1}:
            expected = (number or 0) + 1
    if current:
        yield current


def _ordinal_number(line: str) -> int | None:
    match = _ORDINAL.match(line)
    return int(match.group(1)) if match and "." not in match.group(1) else None


def _continues(first: str, last: str, line: str, expected: int) -> bool:
    """Whether a line goes on with the record whose first and last lines so far are given."""
    if _NUMERIC.match(line):
        return True
    if _ordinal_number(line) == expected or begins_with(line, "total"):
        return False
    return not _tail(last).strip() and bool(_ORDINAL.match(first)) and not _ORDINAL.match(line)


def _record(numbers: Sequence[int], lines: Sequence[str]) -> Record:
    text = "\n".join(lines[i] for i in numbers)
    match = _ORDINAL.match(text) or _ROMAN.match(text)
    ordinal = match.group(1) if match else ""
    rest = text[match.end() :] if match else text
    run = _tail(rest)
    label = rest[: len(rest) - len(run)] if run else rest
    spaced = label + run[: len(run) - len(run.lstrip())]
    total = begins_with(label, "total")
    return Record(tuple(i + 1 for i in numbers), text, ordinal, spaced, run.strip(), total)
