"""Lines that were broken at a margin, and the page numbers that stand between them.

Text copied from a PDF is set in lines of one length, "tăng" at the end of one and "4,6%" at the
start of the next, and every page puts its number in the midst of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import quantiles

from extractors.text.cells import is_figure

_LEAST, _MOST = 40, 130
_NEARLY = 0.75
_FEWEST = 4
_STOP = re.compile(r"[.:;!?…]\W*$")
_PAGE = re.compile(
    r"(?:trang\s*|page\s*)?[-–—]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–—]?", re.IGNORECASE
)


def full_length(lines: Sequence[str]) -> int | None:
    """How long a line must be to go on below, None where each line is a paragraph of its own."""
    inner = [(len(a), b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < _FEWEST:
        return None
    lengths = [n for n, _ in inner]
    margin = quantiles(lengths, n=10)[-1]
    if not _LEAST <= margin <= _MOST:
        return None
    nearly = _NEARLY * margin
    if sum(n >= nearly for n in lengths) >= len(lengths) / 2:
        return _LEAST
    gone_on = sum(n >= nearly and below.lstrip()[0].islower() for n, below in inner)
    return max(_LEAST, int(nearly)) if gone_on >= _FEWEST else None


def is_row(text: str) -> bool:
    """Whether a line ends in two figures, as a table's row does: no sentence goes on from there."""
    words = text.split()
    return len(words) > 1 and is_figure(words[-1]) and is_figure(words[-2])


def without_page_numbers(lines: Sequence[str]) -> list[str]:
    """The lines but for the page numbers in the midst of sentences, and what heads every page.

    A number alone between two lines that are too long for cells is no figure of a table.
    """
    marks = [i for i in range(1, len(lines) - 1) if _may_be_page(lines[i])]
    if not marks:
        return list(lines)
    heads = Counter(lines[i + 1].strip() for i in marks)
    dropped: set[int] = set()
    for i in marks:
        after = i + 1 + (heads[lines[i + 1].strip()] > 1)
        if after < len(lines) and _is_torn(lines[i - 1], lines[after]):
            dropped |= set(range(i, after))
    return [line for i, line in enumerate(lines) if i not in dropped]


def _may_be_page(line: str) -> bool:
    return len(line) <= _MOST and _PAGE.fullmatch(line.strip()) is not None


def _is_torn(before: str, after: str) -> bool:
    """Whether a sentence goes on over a page's end."""
    long = min(len(before.strip()), len(after.strip())) >= _LEAST
    return long and not _STOP.search(before) and after.lstrip()[0].islower()
