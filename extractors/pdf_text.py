"""Words to lines, and lines to phrases: runs of words no further apart than a blank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.pdf_objects import Word


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
    def text(self) -> str:
        return join_words(self.words)


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


def join_words(words: Sequence[Word]) -> str:
    """The words of a line with a blank where the page leaves one."""
    if not words:
        return ""
    parts = [words[0].text]
    for before, word in zip(words, words[1:], strict=False):
        if word.x0 - before.x1 > 0.12 * min(before.size, word.size):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def block_text(words: Iterable[Word]) -> str:
    """A cell's words as its lines, one under the other."""
    return "\n".join(line.text for line in text_lines(words))
