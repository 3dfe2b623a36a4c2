"""Words to lines, and lines to phrases: runs of words no further apart than a blank."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from extractors.figures import is_numeric
from extractors.pdf.objects import Word

_THOUSANDS = re.compile(r"\d{3}(?:[.,]\d+)?\W*")
_GROUP_START = re.compile(r"\W*\d{1,3}")
_DIGIT_ENDS = re.compile(r"\W*\d[\d.,]*\W*")
_LEADING = frozenset(".…_·-=")
_DOTS = frozenset({".", "..", "...", "…", "·"})
_DASHES = frozenset("-–—")
_CURRENCY = frozenset("$€£¥₫")
_CAPTION = re.compile(
    r"(?:bảng|biểu|biểu đồ|hình|đồ thị|phụ lục|phụ biểu|table|figure|chart|graph|exhibit|annex|box)"
    r"\s*(?:số\s*)?[A-Z]{0,3}[.\-]?\d[\w./\-]*\s*(?:[:.\-–—|)(]|[A-ZĐ]|$)",
    re.IGNORECASE,
)
WORD_BY_WORD = 4
"""Words of a line, at least, that may stand one in each column, or one over each."""
NEARLY_ALL = 0.75
"""The part of a table's columns that such words stand over: not those of labels and of sums."""
_TOUCHING = 0.15
"""Of the letter size: pieces nearer than that are of one word."""
_NEAR = 0.35
"""Of the letter size: words no further apart are of one phrase, whatever they are."""
LETTERS = re.compile(r"[^\W\d_]{2}")
"""What words have and figures, signs and ordinals have not."""
_LEADER = re.compile(r"[.…_·\-=]{4,}")
_LEFT = itemgetter(Word._fields.index("x0"))
_SET = itemgetter(*map(Word._fields.index, ("text", "x0", "x1", "size", "place")))
"""What is asked of every word of running text, in one call."""


@dataclass(slots=True)
class TextLine:
    """Words on one base line, left to right."""

    words: list[Word]
    top: float
    bottom: float
    _text: str = ""
    _phrases: list[Phrase] | None = None

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def phrases(self) -> list[Phrase]:
        """Its words cut where a blank is wider than a letter is high."""
        # asked for by columns of print, then by tables without rules
        if self._phrases is None:
            self._phrases = phrases(self.words)
        return self._phrases

    @property
    def size(self) -> float:
        return max([w.size for w in self.words])

    @property
    def text(self) -> str:
        # asked for many times of every line of running text
        if not self._text:
            only = self._phrases[0] if self._phrases and len(self._phrases) == 1 else None
            same = only is not None and len(only.words) == len(self.words)  # none is a leader
            self._text = only.text if only and same else join_words(self.words)
        return self._text


@dataclass(slots=True)
class Phrase:
    """Words of one line that belong together, with room at both sides."""

    words: list[Word]
    _text: str = ""
    _numeric: bool | None = None

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        if not self._text:
            self._text = join_words(self.words)
        return self._text

    @property
    def numeric(self) -> bool:
        if self._numeric is None:
            # running text is asked as well: it begins or ends in a word
            worded = _is_word(self.words[0].text) or _is_word(self.words[-1].text)
            self._numeric = not worded and is_numeric(self.text)
        return self._numeric


def _is_word(text: str) -> bool:
    """More letters than any figure has beside it, or "n/a" has."""
    return len(text) > 2 and text.isalpha()


def is_caption(text: str) -> bool:
    """The line that names a table or a picture: "Bảng 3: ...", "Table 2 - ..."."""
    return _CAPTION.match(text) is not None


def is_leader(text: str) -> bool:
    """Dots or dashes that lead the eye over a gap."""
    return _LEADER.fullmatch(text) is not None


def text_lines(words: Iterable[Word]) -> list[TextLine]:
    """Words that stand on one line, in reading order.

    Two words share a line when more than half of the smaller one's height overlaps.
    """
    lines: list[TextLine] = []
    line: TextLine | None = None
    for run in sorted(_runs(words), key=_middle):
        top, bottom = run.top, run.bottom
        if line is not None and top == line.top and bottom == line.bottom:
            line.words += run.words
            continue
        if line is not None and line.top <= (top + bottom) / 2 <= line.bottom:
            overlap = min(bottom, line.bottom) - max(top, line.top)
            if overlap > 0.5 * min(line.bottom - line.top, bottom - top):
                line.words += run.words
                line.top, line.bottom = min(line.top, top), max(line.bottom, bottom)
                continue
        line = run
        lines.append(line)
    for line in lines:
        if len(line.words) > 1:
            line.words.sort(key=_LEFT)
    return lines


def _runs(words: Iterable[Word]) -> list[TextLine]:
    """Words that follow one another at one height: most pages are set line by line."""
    found: list[TextLine] = []
    above = below = math.nan
    run: list[Word] = []
    for word in words:
        top, bottom = word.top, word.bottom
        if top == above and bottom == below:
            run.append(word)
        else:
            run, above, below = [word], top, bottom
            found.append(TextLine(run, top, bottom))
    return found


def _middle(line: TextLine) -> float:
    return line.top + line.bottom


def phrases(words: Sequence[Word], gap: float = 1.0) -> list[Phrase]:
    """A line's words cut where the blank is wider than `gap` times the letter size; leaders go.

    Two figures side by side part at half of that, unless the blank only groups thousands; a
    currency sign stays with its figure however far apart they are set.
    """
    if len(words) == 1 and words[0].text[0] not in _LEADING:
        return [Phrase([words[0]])]
    found: list[Phrase] = []
    open_: list[Word] = []
    last, end, before, here = words[0], 0.0, 0.0, 0
    for number, (text, x0, x1, size, place) in enumerate(map(_SET, words)):
        # most words of running text stand near the last one, and are asked nothing else
        word, blank = words[number], x0 - end
        near = blank <= _NEAR * size and blank <= _NEAR * before and place == here
        if text[0] in _LEADING and (is_leader(text) or _dotted(words, number)):
            if open_:
                found.append(Phrase(open_))
            open_ = []
        elif open_ and not near and _apart(last, word, gap):
            found.append(Phrase(open_))
            open_ = [word]
        else:
            open_.append(word)
        last, end, before, here = word, x1, size, place
    if open_:
        found.append(Phrase(open_))
    return found


def _dotted(words: Sequence[Word], number: int) -> bool:
    """One of at least three dots in a row, set close: a leader with blanks in it."""
    word = words[number]
    if word.text not in _DOTS:
        return False
    low = high = number
    reach = 1.5 * word.size
    while low > 0 and words[low - 1].text in _DOTS and words[low].x0 - words[low - 1].x1 < reach:
        low -= 1
        if number - low > 3:
            break
    while (
        high + 1 < len(words)
        and words[high + 1].text in _DOTS
        and words[high + 1].x0 - words[high].x1 < reach
    ):
        high += 1
        if high - number > 3:
            break
    return high - low >= 2


def _apart(left: Word, right: Word, gap: float) -> bool:
    blank = right.x0 - left.x1
    size = min(left.size, right.size)
    apart = left.place != right.place and set_apart(left, right)
    if apart and (gap < 1.0 or (_is_figure(left) and _is_figure(right))):
        return blank > _TOUCHING * size
    if blank <= _NEAR * size:
        return False
    if left.text in _CURRENCY and right.text[0].isdigit():
        gap = 8.0
    elif right.text == "%" and left.text[-1].isdigit():
        gap = 2.0
    elif blank <= gap * size and _DIGIT_ENDS.fullmatch(left.text):
        gap = min(gap, _between_figures(left, right))
    elif left.text in _DASHES and right.text in _DASHES:
        gap = min(gap, _NEAR)
    return blank > gap * size


def _between_figures(left: Word, right: Word) -> float:
    """Letter sizes of blank that part a figure from the next word."""
    if not _is_figure(right):
        return 1.0
    grouped = _GROUP_START.fullmatch(left.text) and _THOUSANDS.fullmatch(right.text)
    return 0.5 if grouped else _NEAR


def _is_figure(word: Word) -> bool:
    return word.text in _DASHES or _DIGIT_ENDS.fullmatch(word.text) is not None


def set_apart(left: Word, right: Word) -> bool:
    """Whether the file sets two words at two places, where it prints the blanks of a text."""
    return left.place != right.place and left.place > 0 < right.place


def join_words(words: Sequence[Word]) -> str:
    """The words of a line with a blank where the page leaves one."""
    if len(words) < 2:
        return words[0].text if words else ""
    parts: list[str] = []
    end = math.inf
    for text, x0, x1, size, _ in map(_SET, words):
        parts.append(f" {text}" if x0 - end > 0.12 * size else text)
        end = x1
    return "".join(parts)
