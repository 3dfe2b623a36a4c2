"""Words to lines, and lines to phrases: runs of words no further apart than a blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pdf_objects import Word

_NUMERIC = re.compile(
    r"[-–−+<>≤≥~±(\[*$€£¥₫]*\s*\d[\d.,:/\s'’]*\d?\s*(?:%|‰|[*†‡)\]]|[a-z]\)|p\.p\.|[a-zA-Z]{1,2})*"
    r"|[-–—−.…:*]{1,4}|n/?[adks]\.?|[xX]|\.\.+",
    re.IGNORECASE,
)
_LEADER = re.compile(r"[.…_·\-=]{4,}")


@dataclass(slots=True)
class TextLine:
    """Words on one base line, left to right."""

    words: list[Word]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def size(self) -> float:
        return max(w.size for w in self.words)

    @property
    def text(self) -> str:
        return join_words(self.words)


@dataclass(slots=True)
class Phrase:
    """Words of one line that belong together, with room at both sides."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        return join_words(self.words)

    @property
    def numeric(self) -> bool:
        return is_numeric(self.text)


def is_numeric(text: str) -> bool:
    """A figure or what stands in its place (dash, n/a), whatever the unit sign.

    >>> is_numeric("1.234,5 %"), is_numeric("-"), is_numeric("Năm 2020")
    (True, True, False)
    """
    return _NUMERIC.fullmatch(text) is not None


def is_leader(text: str) -> bool:
    """Dots or dashes that lead the eye over a gap."""
    return _LEADER.fullmatch(text) is not None


def text_lines(words: Iterable[Word]) -> list[TextLine]:
    """Words that stand on one line, in reading order.

    Two words share a line when more than half of the smaller one's height overlaps.
    """
    lines: list[TextLine] = []
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        middle = (word.top + word.bottom) / 2
        line = lines[-1] if lines else None
        if line is not None and line.top <= middle <= line.bottom and _shares(line, word):
            line.words.append(word)
            line.top, line.bottom = min(line.top, word.top), max(line.bottom, word.bottom)
        else:
            lines.append(TextLine([word], word.top, word.bottom))
    for line in lines:
        line.words.sort(key=lambda w: w.x0)
    return lines


def _shares(line: TextLine, word: Word) -> bool:
    overlap = min(line.bottom, word.bottom) - max(line.top, word.top)
    return overlap > 0.5 * min(line.bottom - line.top, word.bottom - word.top)


def phrases(words: Sequence[Word], gap: float = 1.0) -> list[Phrase]:
    """A line's words cut where the blank is wider than `gap` times the letter size; leaders go."""
    found: list[Phrase] = []
    open_: list[Word] = []
    for word in words:
        if is_leader(word.text):
            if open_:
                found.append(Phrase(open_))
            open_ = []
        elif open_ and word.x0 - open_[-1].x1 > gap * min(word.size, open_[-1].size):
            found.append(Phrase(open_))
            open_ = [word]
        else:
            open_.append(word)
    if open_:
        found.append(Phrase(open_))
    return found


def join_words(words: Sequence[Word]) -> str:
    """The words of a line with a blank where the page leaves one."""
    if not words:
        return ""
    parts = [words[0].text]
    for before, word in pairwise(words):
        if word.x0 - before.x1 > 0.12 * min(before.size, word.size):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def block_text(words: Iterable[Word]) -> str:
    """A cell's words as its lines, one under the other."""
    return "\n".join(line.text for line in text_lines(words))
