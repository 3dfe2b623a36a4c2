"""What stands around a table: its caption, its unit line, its notes, the headings over it.

Works on blocks in reading order, whatever format they came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.cues import is_cue
from solieu.model import Grid, Passage, make_passage
from solieu.quick import replace

Block = Passage | Grid

_REACH_ABOVE = 4
_REACH_BELOW = 4
_LONGEST_CAPTION = 300
_LONGEST_NOTE = 400
_LONGEST_LINK = 200
_FOOTNOTE = re.compile(r"(?:\(?\d{1,2}\)|\*+|\(\*+\)|[¹²³⁴⁵⁶⁷⁸⁹]|\[\d{1,2}\])\s*\S")


@dataclass(slots=True)
class _Around:
    title: str | None
    notes: list[str]


def finish(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Number passages and tables, put sections over them, give tables what stands around them."""
    sectioned = _with_sections(blocks)
    return tuple(numbered(_with_surroundings(sectioned)))


def _with_sections(blocks: Sequence[Block]) -> list[Block]:
    """Headings stay open until one of the same or a higher rank comes."""
    open_headings: list[tuple[int, str]] = []
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Passage) and block.kind == "heading":
            rank = heading_rank(block.text)
            while open_headings and open_headings[-1][0] >= rank:
                open_headings.pop()
            found.append(_in_section(block, open_headings))
            open_headings.append((rank, block.text))
        elif isinstance(block, Passage) and block.kind == "boilerplate":
            found.append(block)
        else:
            found.append(_in_section(block, open_headings))
    return found


def _in_section(block: Block, headings: Sequence[tuple[int, str]]) -> Block:
    if block.section or not headings:
        return block
    return replace(block, section=tuple(text for _, text in headings))


_RANKS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:phần|chương|phụ lục)\b", re.IGNORECASE), 1),
    (re.compile(r"[A-H]\s?[.)]\s"), 2),
    (re.compile(r"[IVX]{1,5}\s?[.)\-/:]\s?"), 3),
    (re.compile(r"\d{1,2}\s?[.)\-/:]\s?(?!\d)"), 5),
    (re.compile(r"\d{1,2}\.\d{1,2}\s?[.)]?\s?(?!\d)"), 6),
    (re.compile(r"\d{1,2}(?:\.\d{1,2}){2,3}"), 7),
    (re.compile(r"[a-zđ]\s?[.)]\s"), 8),
)
PLAIN_RANK = 4


def heading_rank(text: str) -> int:
    """Depth of a heading by its numbering: I. over 1. over 1.1. over a); 4 for one without."""
    return next((rank for pattern, rank in _RANKS if pattern.match(text)), PLAIN_RANK)


def is_numbered(text: str) -> bool:
    """Whether a line begins as a numbered heading does."""
    return heading_rank(text) != PLAIN_RANK


def is_capital_heading(text: str) -> bool:
    """Whether a line is a numbered heading by its letters alone: "II. MỤC TIÊU"."""
    return text.isupper() and is_numbered(text)


def _with_surroundings(blocks: list[Block]) -> list[Block]:
    found = list(blocks)
    for i, block in enumerate(blocks):
        if isinstance(block, Grid):
            around = _above(blocks, i)
            notes = (*block.notes, *around.notes, *_below(blocks, i))
            title = block.title or around.title or (block.section[-1] if block.section else None)
            found[i] = replace(block, title=title, notes=tuple(dict.fromkeys(notes)))
    return found


def _above(blocks: Sequence[Block], index: int) -> _Around:
    """Caption and unit line among the few short passages right above."""
    around = _Around(None, [])
    for block in reversed(blocks[max(0, index - _REACH_ABOVE) : index]):
        if isinstance(block, Grid) or block.kind == "boilerplate":
            break
        text = block.text
        if len(text) > _LONGEST_CAPTION:
            break
        if is_cue("unit", text):
            around.notes.insert(0, text)
        elif around.title is None and _is_caption(block):
            around.title = text
        elif around.title is not None and not is_cue("caption", text):
            break
        elif around.title is not None:
            # "Biểu số 2" over the words of the caption
            around.title = f"{text} {around.title}"
            break
        else:
            continue
    return around


def without_links(blocks: Sequence[Block]) -> list[Block]:
    """A printed page of a site: what follows a heading like "Tin liên quan" is no article.

    Only where neither a table nor a long paragraph comes after it.
    """
    start = len(blocks)
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        if isinstance(block, Grid) or len(block.text) > _LONGEST_LINK:
            break
        if is_cue("end", block.text):
            start = number
    return [
        replace(b, kind="boilerplate") if n >= start and isinstance(b, Passage) else b
        for n, b in enumerate(blocks)
    ]


def _is_caption(block: Passage) -> bool:
    return (
        block.kind in {"heading", "caption", "title"}
        or is_cue("caption", block.text)
        or block.text.isupper()
        or is_numbered(block.text)
        or block.text.rstrip().endswith(":")
    )


def _below(blocks: Sequence[Block], index: int) -> list[str]:
    notes: list[str] = []
    for block in blocks[index + 1 : index + 1 + _REACH_BELOW]:
        if (
            isinstance(block, Grid)
            or block.kind == "boilerplate"
            or len(block.text) > _LONGEST_NOTE
        ):
            break
        noted = is_cue("note", block.text) or _FOOTNOTE.match(block.text)
        if not noted and not (not notes and is_cue("unit", block.text)):
            break
        notes.append(block.text)
    return notes


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """Passages and tables counted apart, from 1."""
    passages = grids = 0
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid):
            grids += 1
            found.append(replace(block, number=grids))
        else:
            passages += 1
            if block.number == passages:
                found.append(block)
                continue
            # Built anew and not `replace`d: pages have hundreds of passages.
            kind, page, box = block.kind, block.page, block.box
            found.append(make_passage(block.text, passages, kind, page, box, block.section))
    return found
