"""Cells that stand one below the other: what one cell is, and where an empty one stood.

A page saved as text puts a cell on a line, or a cell between blank lines; an empty cell leaves a
line with a hard space, a gap twice as wide, or nothing at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from solieu.text import clean, one_line

_FIGURE = re.compile(r"[-+(]?\d[\d.,]*(?:\s\d{3})*\s*%?\)?|[-–—]|\.{3}|…")
ROMAN = r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})"
"""A Roman number up to 29, as groups of rows have."""
LONGEST_CELL = 80
_IN_BRACKETS = re.compile(r"\([^\d()]+\)")
_BAR = re.compile(r"\s*[|│]\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """A cell's text, empty for an empty cell, and its lines from `start` up to `stop`."""

    text: str
    start: int
    stop: int


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or a mark for none."""
    return _FIGURE.fullmatch(text) is not None


def may_be_value(text: str) -> bool:
    """Whether a cell may stand in a column of figures: a figure, or nothing."""
    return not text or is_figure(text)


def stretches(
    lines: Sequence[str], taken: Sequence[bool], fewest: int
) -> Iterator[tuple[int, int]]:
    """Runs of lines short enough for cells, blank lines among them."""
    start = -1
    for i, line in enumerate([*lines, "x" * (LONGEST_CELL + 1)]):
        if (i < len(lines) and taken[i]) or len(clean(line)) > LONGEST_CELL:
            if start >= 0 and i - start >= fewest:
                yield start, i
            start = -1
        elif start < 0 and line.strip():
            start = i


def readings(lines: Sequence[str], start: int, stop: int) -> Iterator[list[Token]]:
    """What the cells may be, the plainest way first."""
    filled = _filled(lines, start, stop)
    if not filled:
        return
    yield filled
    hard = _with_hard_blanks(lines, filled, stop)
    if len(hard) > len(filled):
        yield hard
    blocks = _blocks(filled)
    if len(blocks) < len(filled):
        yield blocks
    for tokens in (filled, blocks):
        wide = _with_gaps(tokens)
        if len(wide) > len(tokens):
            yield wide


def _filled(lines: Sequence[str], start: int, stop: int) -> list[Token]:
    """Lines with something in them; a unit in brackets goes with the title above it."""
    found: list[Token] = []
    for i in range(start, stop):
        text = clean(lines[i])
        before = found[-1] if found else None
        if before and _IN_BRACKETS.fullmatch(text) and not is_figure(before.text):
            found[-1] = Token(f"{before.text} {text}", before.start, i + 1)
        elif text and not _BAR.fullmatch(text):
            found.append(Token(text, i, i + 1))
    return found


def _with_hard_blanks(lines: Sequence[str], filled: Sequence[Token], stop: int) -> list[Token]:
    """A line that holds nothing but a hard space was a cell."""
    held = {t.start: t for t in filled}
    inside = {i for t in filled for i in range(t.start + 1, t.stop)}
    return [
        held.get(i, Token("", i, i + 1))
        for i in range(filled[0].start, stop)
        if i in held or ("\u00a0" in lines[i] and not lines[i].strip() and i not in inside)
    ]


def _blocks(filled: Sequence[Token]) -> list[Token]:
    """Lines between blank lines as one cell, where figures stand between blank lines alone."""
    groups: list[list[Token]] = [[filled[0]]]
    for before, token in pairwise(filled):
        if token.start == before.stop:
            groups[-1].append(token)
        else:
            groups.append([token])
    figures = [group for group in groups if any(is_figure(t.text) for t in group)]
    alone = sum(len(group) == 1 for group in figures)
    if not figures or alone < 0.9 * len(figures):
        return list(filled)
    return [
        Token(one_line(" ".join(t.text for t in group)), group[0].start, group[-1].stop)
        for group in groups
    ]


def _with_gaps(tokens: Sequence[Token]) -> list[Token]:
    """Empty cells where the gap is as wide as one cell more would make it."""
    gaps = [b.start - a.stop for a, b in pairwise(tokens)]
    usual = Counter(gaps).most_common(1)[0][0] if gaps else 0
    found = [tokens[0]]
    for (before, token), gap in zip(pairwise(tokens), gaps, strict=True):
        missing, rest = divmod(gap - usual, usual + 1)
        if gap > usual and not rest:
            found += [Token("", before.stop, before.stop)] * missing
        found.append(token)
    return found
