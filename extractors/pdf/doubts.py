"""What gives a table without rules away that was read wrongly: then all of it is in doubt.

A head that went to the wrong columns leaves a column of figures without a name, or two of one
name; rows read as one leave figures above each other in a cell; and a file that sets whole cells,
one behind the other, never returns to a cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extractors.figures import is_numeric
from extractors.pdf.objects import Word
from extractors.pdf.slots import Built, Slot, is_figure
from extractors.pdf.text import join_words, text_lines

_LEVEL = 0.6
"""Letter sizes between two words that stand on lines of their own, at least."""


def misread(built: Built) -> bool:
    """Whether cells of a table contradict each other."""
    filled = [slot for slot in built.slots if slot.words]
    return _stacked(filled) or _heads_clash(filled) or _returns(filled)


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


def _returns(slots: Sequence[Slot]) -> bool:
    """Whether the file sets part of a cell, then another cell, then the rest of the first.

    Files that set line by line do so with every cell of two lines, and say nothing by it.
    """
    words = sorted((w for slot in slots for w in slot.words), key=lambda w: w.place)
    if not words or words[0].place == 0 or _line_by_line(words):
        return False
    turns = _turns(words)
    spans = sorted((min(t), max(t)) for t in ([turns[w.place] for w in s.words] for s in slots))
    return any(after[0] < before[1] for before, after in pairwise(spans))


def _line_by_line(words: Sequence[Word]) -> bool:
    """Whether no word is set behind one that stands on a lower line."""
    return all(b.top > a.top - _LEVEL * a.size for a, b in pairwise(words))


def _turns(words: Sequence[Word]) -> dict[int, int]:
    """The turn of each place, one for all on a line: the reader has sorted those."""
    turns = {words[0].place: 0}
    for turn, (before, word) in enumerate(pairwise(words), 1):
        level = abs(word.base - before.base) < _LEVEL * word.size
        turns[word.place] = turns[before.place] if level else turn
    return turns
