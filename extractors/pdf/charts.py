"""Charts and maps look like tables to a finder of lines; these are the signs that tell them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.pdf.lines import Lattice, locate
from extractors.pdf.objects import PageObjects, Word, rules_between
from solieu.model import Box

_EMPTY = 0.15
"""A lattice with no more than this part of its cells filled, and large, is a drawing."""

_AXIS = 4
"""So many words in a row, each set in the middle of an edge: the labels of an axis."""


def is_chart(page: PageObjects, box: Box, words: Sequence[Word]) -> bool:
    """Whether curves, slanted lines and bits of pictures fill the region."""
    shapes = sum(_within(shape, box) for shape in page.drawn)
    shapes += sum(_within(image, box) for image in page.images)
    return shapes > 6 and shapes > 0.3 * len(words)


def is_plot(page: PageObjects, lattice: Lattice, words: Sequence[Word]) -> bool:
    """Whether a lattice is the grid behind bars: nearly empty, or with an axis along its edges."""
    if len(lattice.cells) > 12 and _bare(lattice, words):
        return True
    x0, top, x1, bottom = lattice.box
    lines = [
        rule.at
        for rule in rules_between(page.down, x0, x1)
        if min(rule.end, bottom) - max(rule.start, top) > 0.4 * (bottom - top)
    ]
    return _axis(lines, words)


def _bare(lattice: Lattice, words: Sequence[Word]) -> bool:
    """Whether hardly any of its cells is filled."""
    filled = set()
    most = _EMPTY * len(lattice.cells)
    for word in words:
        filled.add((locate(lattice.xs, (word.x0 + word.x1) / 2), locate(lattice.ys, word.top)))
        if len(filled) > most:
            return False
    return True


def is_scale(texts: Sequence[str]) -> bool:
    """Whether a column of figures is the scale of a chart: even steps that no count would take.

    >>> is_scale(["450", "400", "350", "300"]), is_scale(["1", "2", "3", "4"])
    (True, False)
    """
    if len(texts) < 4:
        return False
    try:
        numbers = [float(t.rstrip("%").replace(",", ".").replace("–", "-")) for t in texts]
    except ValueError:
        return False
    steps = Counter(round(b - a, 6) for a, b in pairwise(numbers))
    step, times = steps.most_common(1)[0]
    return step not in (0.0, 1.0) and times >= 0.75 * (len(numbers) - 1)


def _within(shape: Box, box: Box) -> bool:
    x, y = (shape[0] + shape[2]) / 2, (shape[1] + shape[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _axis(lines: Sequence[float], words: Sequence[Word]) -> bool:
    """Words of one line, each in the middle under a grid line, grid line after grid line."""
    if len(lines) <= _AXIS:
        return False
    rows: dict[int, set[int]] = {}
    for word in words:
        middle = (word.x0 + word.x1) / 2
        number = bisect_left(lines, middle - 2)
        while number < len(lines) and lines[number] <= middle + 2:
            rows.setdefault(round(word.base), set()).add(number)
            number += 1
    return any(_run(found) > _AXIS for found in rows.values())


def _run(numbers: set[int]) -> int:
    """The longest run of numbers without a hole."""
    best = 0
    for number in numbers:
        if number - 1 not in numbers:
            length = 1
            while number + length in numbers:
                length += 1
            best = max(best, length)
    return best
