"""What gives a table without rules away that was read wrongly: then all of it is in doubt.

A head that went to the wrong columns leaves a column of figures without a name, or two of one
name; rows read as one leave figures above each other in a cell; and a file that sets whole cells,
one behind the other, never returns to a cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractors.figures import is_numeric
from extractors.pdf.objects import Word
from extractors.pdf.slots import Built, Slot, is_figure
from extractors.pdf.text import LETTERS, TextLine, join_words, phrases, text_lines

_LEVEL = 0.6
"""Letter sizes between two words that stand on lines of their own, at least."""

_EVEN = 1.5
"""Points by which two lines of one head may stand off each other's edge or middle."""


def misread(built: Built) -> bool:
    """Whether cells of a table contradict each other."""
    filled = [slot for slot in built.slots if slot.words]
    if _stacked(filled) or _heads_clash(filled) or _returns(filled):
        return True
    first = min((slot.row for slot in filled if is_figure(slot)), default=0)
    heads = [slot for slot in filled if slot.row < first]
    return _over_labels(heads, filled) or _torn(heads) or _crooked(heads) or _gapped(heads)


def _stacked(slots: Sequence[Slot]) -> bool:
    """Whether two figures stand above each other in one cell."""
    return any(
        len(slot.words) > 1
        and slot.column > 0
        and len(lines := text_lines(slot.words)) > 1
        and sum(is_numeric(line.text) and any(map(str.isdigit, line.text)) for line in lines) > 1
        for slot in slots
    )


def _heads_clash(slots: Sequence[Slot]) -> bool:
    """Whether a column of figures has no head where others have one, or the head of another."""
    figures = [slot for slot in slots if is_figure(slot)]
    first = min((slot.row for slot in figures), default=0)
    heads: dict[int, list[str]] = defaultdict(list)
    for slot in slots:
        if slot.row < first:
            for column in range(slot.column, slot.last_column + 1):
                heads[column].append(join_words(slot.words))
    names = [tuple(heads[column]) for column in {slot.column for slot in figures}]
    return (first > 0 and len(set(names)) < len(names)) or (any(names) and not all(names))


def _over_labels(heads: Sequence[Slot], slots: Sequence[Slot]) -> bool:
    """Whether a head stands over figures and over the labels before them."""
    start = min((slot.column for slot in slots if is_figure(slot)), default=0)
    return any(slot.column < start <= slot.last_column for slot in heads)


def _crooked(heads: Sequence[Slot]) -> bool:
    """Whether lines of one column's head share neither an edge nor their middle."""
    columns: dict[int, list[TextLine]] = defaultdict(list)
    for slot in sorted(heads, key=lambda slot: slot.row):
        if slot.column == slot.last_column:
            columns[slot.column] += text_lines(slot.words)
    return any(
        not _in_line(above, below)
        for lines in columns.values()
        for above, below in pairwise([x for x in lines if LETTERS.search(x.text)])
    )


def _gapped(heads: Sequence[Slot]) -> bool:
    """Whether a line of a head has a blank as wide as lies between two heads."""
    return any(
        len(parts) > 1 and any(LETTERS.search(p.text) for p in parts[1:])
        for slot in heads
        for line in text_lines(slot.words)
        for parts in (phrases(line.words),)
    )


def _in_line(above: TextLine, below: TextLine) -> bool:
    left, right = above.x0 - below.x0, above.x1 - below.x1
    return min(abs(left), abs(right), abs(left + right) / 2) < 2 * _EVEN


def _torn(heads: Sequence[Slot]) -> bool:
    """Whether the lines of one head went to two cells, or a head stands over one other alone.

    A file that sets whole cells goes from a line of a cell to the next one below it.
    """
    turns = _turns(heads)
    order = {turn: n for n, turn in enumerate(sorted(set(turns.values())))}
    rank = {place: order[turn] for place, turn in turns.items()}
    return bool(rank) and any(
        _is_torn(upper, lower, rank)
        for upper in heads
        for lower in heads
        if lower.row == upper.last_row + 1 and _within(lower, upper)
    )


def _is_torn(upper: Slot, lower: Slot, rank: Mapping[int, int]) -> bool:
    last = max(rank[w.place] for w in upper.words)
    follows = min(rank[w.place] for w in lower.words) <= last + 1
    if follows != (upper.last_column > upper.column):
        return False
    return not follows or _continues(upper, lower)


def _within(lower: Slot, upper: Slot) -> bool:
    return upper.column <= lower.column and lower.last_column <= upper.last_column


def _continues(upper: Slot, lower: Slot) -> bool:
    """Whether a head begins right below the last line of another, in its middle or at its edge."""
    above, below = text_lines(upper.words)[-1], text_lines(lower.words)[0]
    level = abs(above.x0 + above.x1 - below.x0 - below.x1) < 2 * _EVEN
    flush = abs(above.x0 - below.x0) < _EVEN or abs(above.x1 - below.x1) < _EVEN
    return below.top - above.bottom < 0.4 * above.size and (level or flush)


def _returns(slots: Sequence[Slot]) -> bool:
    """Whether the file sets part of a cell, then another cell, then the rest of the first.

    Files that set line by line do so with every cell of two lines, and say nothing by it.
    """
    turns = _turns(slots)
    if not turns:
        return False
    spans = sorted((min(t), max(t)) for t in ([turns[w.place] for w in s.words] for s in slots))
    return any(after[0] < before[1] for before, after in pairwise(spans))


def _line_by_line(words: Sequence[Word]) -> bool:
    """Whether no word is set behind one that stands on a lower line."""
    return all(b.top > a.top - _LEVEL * a.size for a, b in pairwise(words))


def _turns(slots: Sequence[Slot]) -> dict[int, int]:
    """The turn of each place, one for all on a line: the reader has sorted those.

    None where the file's order is unknown, or goes line by line.
    """
    words = sorted((w for slot in slots for w in slot.words), key=lambda w: w.place)
    if not words or words[0].place == 0 or _line_by_line(words):
        return {}
    turns = {words[0].place: 0}
    for turn, (before, word) in enumerate(pairwise(words), 1):
        level = abs(word.base - before.base) < _LEVEL * word.size
        turns[word.place] = turns[before.place] if level else turn
    return turns
