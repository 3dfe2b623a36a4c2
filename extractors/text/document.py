"""Plain text, mostly saved from pages: paragraphs, headings, items, and the tables between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from extractors import dates, limits
from extractors.charset import decode, legacy_notice
from extractors.continued import with_parts_joined
from extractors.cues import Kind, is_cue
from extractors.surroundings import Block, finish, is_numbered
from extractors.text.margins import full_length, is_row, without_page_numbers
from extractors.text.tables import find_tables
from solieu.legacy import decode_legacy
from solieu.model import Content, Grid, Passage, PassageKind, SourceDocument
from solieu.text import one_line

_BREAK = re.compile(r"\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"[-–—+•*·▪●○◦‣►➢✓]\s*(?=\S)")
_STOP = re.compile(r"[.:;!?…]\s*[\"”’)]?\s*$")
_SEPARATED = re.compile(r"\s[|»›/]\s|\s{2,}[|•]\s")
_SENTENCES = re.compile(r"[^\W\d_]{2,}[.!?]\s+[^\W\d_]")
"""Several of them are a paragraph and no title."""
_SUBSTANTIAL = 15
_LONGEST_HEADING = 150
_BODY = 160  # a paragraph this long is an article and no menu
_LONG = 40  # a line that may go on below
_TITLE_REACH = 30
_NO_TITLES: tuple[Kind, ...] = ("noise", "site", "end", "note", "unit")


def extract(document: SourceDocument) -> Content:
    """Blocks of a text file in reading order."""
    limits.check_size(document.content)
    decoded = decode(document.content)
    text, legacy = decode_legacy(decoded.text)
    lines = _BREAK.split(text)
    blocks = blocks_of(without_page_numbers(lines))
    title = _title(blocks)
    blocks = _with_kinds(blocks, title)
    return Content(
        blocks=finish(with_parts_joined(blocks)),
        title=title,
        published_on=published_on(blocks, title),
        reader="text",
        notices=decoded.notices + legacy_notice(legacy),
    )


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """Paragraphs and tables where they stand; none has a number yet."""
    found: list[Block] = []
    position = 0
    tables = find_tables(lines)
    inside = {i for table in tables for i in range(table.start, table.end)}
    full = full_length(["" if i in inside else line for i, line in enumerate(lines)])
    for table in tables:
        found += _paragraphs(lines[position : table.start], full=full)
        found.append(table.grid)
        position = table.end
    found += _paragraphs(lines[position:], full=full)
    if len(found) > limits.MAX_BLOCKS:
        limits.too_large("Paragraphs", "Số đoạn", len(found), limits.MAX_BLOCKS)
    return found


def _paragraphs(lines: Sequence[str], *, full: int | None) -> Iterator[Passage]:
    held: list[str] = []
    for line in lines:
        text = one_line(line)
        if held and not (text and _continues(held[-1], text, full=full)):
            yield _passage(" ".join(held))
            held = []
        if text:
            held.append(text)
    if held:
        yield _passage(" ".join(held))


def _continues(before: str, text: str, *, full: int | None) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    if before.endswith(",") and text[0].isdigit() and len(before) >= _LONG:
        return True  # "lần lượt là 7.105 tỷ đồng," and below it "8.012 tỷ đồng"
    if _BULLET.match(text) or is_numbered(text) or is_cue("unit", text):
        return False
    told = before.endswith(":") and text[0].isdigit()  # "tự nguyện:" and below it "6.984 người"
    if _STOP.search(before) and not told:
        return False
    if text[0].islower():
        return len(before) >= _LONG
    if full is None or len(before) < full or is_row(before) or is_row(text):
        return False
    return not (before.isupper() ^ text.isupper())


def _passage(text: str) -> Passage:
    return Passage(text, 0, kind=_kind(text))


def _kind(text: str) -> PassageKind:
    if is_cue("noise", text) and len(text) < _BODY:
        return "boilerplate"
    if _BULLET.match(text):
        return "item"
    if len(text) > _LONGEST_HEADING or _STOP.search(text) or is_cue("unit", text):
        return "paragraph"
    letters = [c for c in text if c.isalpha()]
    heads = is_numbered(text) or (len(letters) >= 4 and all(map(str.isupper, letters)))
    if heads and dates.date_line(text) is None:  # "28.09.2021" heads nothing
        return "heading"
    return "paragraph"


def _title(blocks: Sequence[Block]) -> str | None:
    """The first substantial line; under a type word ("KẾ HOẠCH") the lines that follow it too."""
    opening = [b for b in blocks[:_TITLE_REACH] if isinstance(b, Passage)]
    head = list(takewhile(lambda b: len(b.text) < _BODY, opening)) or opening
    for i, block in enumerate(head):
        if is_cue("document", block.text):
            return _official_title(head[i:])
    for block in head:
        if _may_be_title(block.text):
            return block.text
    return None


def _official_title(passages: Sequence[Passage]) -> str:
    parts = [passages[0].text]
    for passage in passages[1:4]:
        if len(passage.text) > _LONGEST_HEADING or _STOP.search(passage.text):
            break
        if is_numbered(passage.text) or not _may_be_title(passage.text):
            break
        parts.append(passage.text)
    return " ".join(parts)


def _may_be_title(text: str) -> bool:
    return (
        len(text) >= _SUBSTANTIAL
        and len(text.split()) >= 4
        and not _SEPARATED.search(text)
        and not (_STOP.search(text) and _SENTENCES.search(text))
        and not dates.date_line(text)
        and not any(is_cue(kind, text) for kind in _NO_TITLES)
    )


def _with_kinds(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The title marked; what follows a heading like "Tin liên quan" is no article any more."""
    found: list[Block] = []
    state = _Furniture()
    left = title or ""  # what of the title has not come yet
    for block in blocks:
        if isinstance(block, Grid):
            state.body = True
            found.append(block)
            continue
        kind = block.kind
        if left and left.startswith(block.text):
            kind, left = "title", left.removeprefix(block.text).lstrip()
        elif state.sees(block.text):
            kind = "boilerplate"
        found.append(replace(block, kind=kind))
    return found


@dataclass(slots=True)
class _Furniture:
    """Before the article a cue ends at the next long paragraph, after it never."""

    body: bool = False
    ended: bool = False

    def sees(self, text: str) -> bool:
        if is_cue("end", text):
            self.ended = True
        elif len(text) >= _BODY and not (self.ended and self.body):
            self.body, self.ended = True, False
        return self.ended


def published_on(blocks: Sequence[Block], title: str | None) -> date | None:
    """The date line nearest to the title: those after it first, then those before it."""
    passages = [b.text for b in blocks if isinstance(b, Passage)][: 2 * _TITLE_REACH]
    at = next((i for i, text in enumerate(passages) if title and title.startswith(text)), 0)
    after = passages[at + 1 : at + 6]
    before = reversed(passages[max(0, at - 12) : at])
    return next(filter(None, map(dates.date_line, (*after, *before))), None)
