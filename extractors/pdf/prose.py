"""Lines outside tables to passages: paragraphs, headings, the title, what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import itemgetter
from statistics import median

from extractors import dates
from extractors.cues import is_cue
from extractors.pdf.objects import PageObjects, Word, box_of
from extractors.pdf.text import TextLine, is_caption
from extractors.surroundings import is_numbered
from solieu.model import Grid, Passage, PassageKind
from solieu.text import clean, fold

_ITEM = re.compile(r"(?:[-–•+*▪●○▫◦]|\(?[a-zđ]\)|\d{1,2}[.)])\s")
_PAGE_NUMBER = re.compile(r"(?:trang|page|-|–)?\s*\d{1,4}\s*(?:[/|]\s*\d{1,4}|-|–)?", re.IGNORECASE)
_LEADER = re.compile(
    r"[.…·_](?:[.…·_]{7,}\s*(?:\d{1,4}|[ivx]{1,5})?$|(?<=\.) (?:\. ){4,})"
)  # each way begins with its first sign: that is what the engine looks for before it tries any
"""A line of a table of contents, or one to be filled in by hand."""

_NUMBER = re.compile(r"số\s*:\s*\S*/\S", re.IGNORECASE)
_CASED = re.compile(r"[^\W\d_]")
_LONGEST_DATE_LINE = 60
_DIGITS = re.compile(r"\d+")
_LONGEST_HEADING = 200
_SAME_MIDDLE = 2.0
"""Points by which the middles of two centred lines may differ."""

_STOPS = (".", ":", ";", "!", "?")
_DOUBT = 0.55
_TITLE_REACH = 12
_FEW_WORDS = 4
_LETTERHEAD = re.compile("cong hoa xa hoi|doc lap *[-–] *tu do")
_JUNK = re.compile(r"microsoft|untitled|\.(?:docx?|xlsx?|pdf|indd|cdr)\b|_|^\W*$", re.IGNORECASE)
_SIZE, _SURE = (itemgetter(Word._fields.index(name)) for name in ("size", "confidence"))
_MARGIN = 0.09
"""The strips at the top and bottom of a page where running heads stand."""


@dataclass(slots=True)
class Prose:
    """Running text of one page with how it is set."""

    lines: list[TextLine]
    size: float
    bold: bool
    centred: bool


def passages(page: PageObjects, lines: Sequence[TextLine]) -> list[Passage]:
    """The page's paragraphs, top to bottom."""
    if not lines:
        return []
    usual = median([size for line in lines for size in map(_SIZE, line.words)])
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    margins = _Margins(left, right, _flush(lines))
    return [_passage(page, block, usual) for block in _paragraphs(lines, margins, page.width)]


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the page's lines begin and end, and the right edges of its columns of text."""

    left: float
    right: float
    edges: frozenset[int]

    def room(self, line: TextLine) -> float:
        """What is left of a line; nothing where it ends flush with the lines of its column."""
        return 0.0 if round(line.x1) in self.edges else self.right - line.x1


_FEWEST_FLUSH = 5


def _flush(lines: Sequence[TextLine]) -> frozenset[int]:
    """Right edges at which many lines end, as lines of justified text do."""
    ends = Counter(round(line.x1) for line in lines)
    least = max(_FEWEST_FLUSH, 0.15 * len(lines))
    return frozenset(edge for edge, count in ends.items() if count >= least)


def _paragraphs(lines: Sequence[TextLine], margins: _Margins, width: float) -> list[Prose]:
    found: list[Prose] = []
    for line in lines:
        made = Prose([line], line.size, all(w.bold for w in line.words), _centred(line, width))
        if found and _goes_on(found[-1], made, margins):
            found[-1].lines.append(line)
        else:
            found.append(made)
    return found


def _centred(line: TextLine, width: float) -> bool:
    return abs((line.x0 + line.x1) / 2 - width / 2) < 0.04 * width and line.x0 > 0.2 * width


def _goes_on(before: Prose, after: Prose, margins: _Margins) -> bool:
    """Whether a line continues the paragraph above it."""
    last, line = before.lines[-1], after.lines[0]
    if _breaks(before, after):
        return False
    middles = abs(last.x0 + last.x1 - line.x0 - line.x1) / 2
    if (
        before.centred
        and not after.centred
        and not before.bold
        and _fills(line, margins.left, margins.right)
    ):
        return line.text[0].islower()
    if (before.centred and after.centred) or (
        (before.centred or before.bold) and middles < _SAME_MIDDLE
    ):
        return not line.text.startswith("(")
    if line.text[0].islower() and not last.text.endswith(_STOPS) and line.x0 < last.x1:
        return True
    size = max(before.size, 1.0)
    word = line.words[0]
    fits = margins.room(last) > (word.x1 - word.x0) + 0.6 * size
    if after.centred and not fits and middles < _SAME_MIDDLE:
        return True
    hanging = len(before.lines) == 1 and _ITEM.match(last.text) is not None
    step = (4.0 if hanging else 1.2) * size
    return not fits and (line.x0 - last.x0 <= step or line.x0 - margins.left <= step)


def _breaks(before: Prose, after: Prose) -> bool:
    """Signs that a new paragraph begins: a gap, other letters, a mark of an item or a caption.

    So does what stands beside the line before: it is about the next table.
    """
    last, line = before.lines[-1], after.lines[0]
    size = max(before.size, 1.0)
    if (
        line.top == last.top
        or line.top - last.bottom > 0.9 * size
        or abs(after.size - before.size) > 0.15 * size
        or before.bold != after.bold
    ):
        return True
    # a year alone on the last line of a title has no case
    cased = _CASED.search(line.text) is not None
    capitals = cased and last.text.isupper() and not line.text.isupper() and len(last.words) > 2
    if before.centred and after.centred:
        capitals = cased and last.text.isupper() != line.text.isupper()
    return (
        capitals
        or _ITEM.match(line.text) is not None
        or is_caption(line.text)
        or _of_the_paper(last.text)
        or _of_the_paper(line.text)
    )


def _fills(line: TextLine, left: float, right: float) -> bool:
    """A line from margin to margin: running text, where the one above was set in the middle."""
    return line.x0 - left < line.size and right - line.x1 < 0.25 * (right - left)


@lru_cache(maxsize=4096)  # each line is asked before and behind the end of a paragraph
def _of_the_paper(text: str) -> bool:
    """The number or the date of a paper: each stands on a line of its own."""
    return _NUMBER.match(text) is not None or (
        len(text) < _LONGEST_DATE_LINE and dates.date_line(text) is not None
    )


def _passage(page: PageObjects, block: Prose, usual: float) -> Passage:
    lines = block.lines
    words = [w for line in lines for w in line.words]
    if min(map(_SURE, words)) < 1:
        lines = [TextLine([_doubted(w) for w in n.words], n.top, n.bottom) for n in lines]
    text = clean(" ".join(line.text for line in lines))
    return Passage(text, 0, _kind(page, block, text, usual), page.number, box_of(words))


def _doubted(word: Word) -> Word:
    """A recognised word with its digits as □ where they may be others."""
    if word.confidence > _DOUBT or not any(c.isdigit() for c in word.text):
        return word
    return word._replace(text=re.sub(r"\d", "□", word.text))


def _kind(page: PageObjects, block: Prose, text: str, usual: float) -> PassageKind:
    first, last = block.lines[0], block.lines[-1]
    edge = last.bottom < _MARGIN * page.height or first.top > (1 - _MARGIN) * page.height
    if _LEADER.search(text) or (edge and _PAGE_NUMBER.fullmatch(text)):
        return "boilerplate"
    if is_caption(text):
        return "caption"
    if len(text) > _LONGEST_HEADING or text.endswith((".", ";", ",")):
        return "item" if _ITEM.match(text) else "paragraph"
    large = block.size > 1.15 * usual
    if large or block.bold or (text.isupper() and len(text) > 3):
        return "heading"
    return "item" if _ITEM.match(text) else "paragraph"


def without_running_heads(
    blocks: Sequence[Passage | Grid], heights: dict[int, float]
) -> list[Passage | Grid]:
    """What stands at the same edge of many pages, but for its numbers, is boilerplate."""
    seen: dict[str, set[int]] = defaultdict(set)
    for block in blocks:
        if isinstance(block, Passage) and block.page is not None and _at_edge(block, heights):
            seen[_shape(block)].add(block.page)
    least = max(3, 0.4 * len(heights))
    running = {shape for shape, pages in seen.items() if len(pages) >= least}
    return [
        replace(b, kind="boilerplate")
        if isinstance(b, Passage) and _at_edge(b, heights) and _shape(b) in running
        else b
        for b in blocks
    ]


def _at_edge(block: Passage, heights: dict[int, float]) -> bool:
    if block.box is None or block.page is None:
        return False
    height = heights.get(block.page, 0.0)
    return block.box[3] < 1.3 * _MARGIN * height or block.box[1] > (1 - 1.3 * _MARGIN) * height


def _shape(block: Passage) -> str:
    return _DIGITS.sub("#", block.text.casefold())


def title_of(
    blocks: Iterable[Passage | Grid], stated: str | None, *, recognised: bool = False
) -> str | None:
    """The title printed on the first page, else what the file's properties say.

    Under a type word ("BÁO CÁO") the headings that follow it belong to it; without one the longest
    heading speaks.
    """
    good = stated and len(stated.split()) >= _FEW_WORDS and not _JUNK.search(stated)
    if recognised and good:
        return stated
    first = [b for b in blocks if isinstance(b, Passage) and b.page == 1][:_TITLE_REACH]
    for number, block in enumerate(first):
        if is_cue("document", block.text):
            parts = [block.text]
            for after in first[number + 1 : number + 4]:
                if after.kind != "heading" or is_numbered(after.text):
                    break
                parts.append(after.text)
            return " ".join(parts)
    headings = [b.text for b in first if _may_be_title(b)]
    if headings:
        return max(headings, key=len)
    return stated if good else None


def _may_be_title(block: Passage) -> bool:
    """A heading of several words that is neither numbered, nor in brackets, nor the letterhead."""
    text = block.text
    return (
        block.kind in {"heading", "caption", "title"}
        and len(text.split()) >= _FEW_WORDS
        and not text.startswith("(")
        and not is_numbered(text)
        and not _LETTERHEAD.search(fold(text))
    )


def published_on(blocks: Sequence[Passage | Grid]) -> date | None:
    """The date line printed on the first page: "Hải Dương, ngày 12 tháng 5 năm 2020"."""
    first = [b.text for b in blocks if isinstance(b, Passage) and b.page == 1][:_TITLE_REACH]
    return next(filter(None, map(dates.date_line, first)), None)
