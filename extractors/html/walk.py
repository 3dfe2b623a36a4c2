"""One walk over a page: running text and tables in reading order, each with the boxes around it.

Whether a box (menu, sidebar, footer, "Tin liên quan") is furniture is decided after the walk, when
its share of the page is known: a class name alone must never lose an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from extractors import limits
from extractors.cues import is_box
from extractors.html.divs import div_grid
from extractors.html.drafts import Box, Draft, Kind, TableDraft
from extractors.html.flattened import lines_of_table, with_tables
from extractors.html.tables import data_tables, read_table
from extractors.html.tree import CELLS, PLAIN, STRUCK, Look, look_of, text_of
from extractors.lines import flat, single_blanks
from extractors.stacked import rows_apart
from extractors.text.document import blocks_of
from solieu.model import Passage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_SILENT = frozenset(
    {"script", "style", "template", "noscript", "select", "datalist", "button", "svg", "iframe"}
    | {"object", "head", "canvas", "audio", "video", "math", "map", "textarea"}
    | {"img", "input", "link", "meta"}  # without any text
    | STRUCK
)
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td"}
    | {"th", "caption", "section", "article", "main", "header", "footer", "nav", "aside", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "figcaption", "center"}
    | {"fieldset", "legend", "address", "hr", "body", "details", "summary", "hgroup", "title"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAY_HOLD_GRID = frozenset({"div", "ul", "ol", "section", "dl"})
_MAY_BE_READ_WHOLE = _MAY_HOLD_GRID | {"table", "pre"}
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside"})
_NEVER_FURNITURE = _HEADINGS | {"body", "main", "article", "form", "tr", "p"}
_FURNITURE_ROLES = frozenset({"navigation", "contentinfo", "complementary", "banner", "search"})
PROSE = 80
"""A paragraph this long, and not mostly links, is writing and no menu."""

_DOES: dict[str, str] = {
    **dict.fromkeys(_BLOCKS, "block"),
    **dict.fromkeys(_SILENT, "silent"),
    **dict.fromkeys(("b", "strong"), "bold"),
    "a": "link",
    "br": "break",
}
"""What an element does to the text around it; most parts of a line do nothing."""
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("td", "th", "table", "blockquote", "pre"), "paragraph"),
}
"""What a tag says about its text; a tag that is not here is a container that says nothing."""


Block = tuple["Element | None", Kind, str, tuple[Box, ...]]
"""A block that is open: its element, what it or a block around it says of its text, by which tag,
and the boxes around that text."""


def _of_page() -> list[Block]:
    return [(None, "paragraph", "", ())]


@dataclass(slots=True)
class _Open:
    """What is open at one point of the walk."""

    blocks: list[Block] = field(default_factory=_of_page)
    """The first stands for the page."""
    pieces: list[str] = field(default_factory=list)
    links: int = 0
    in_link: int = 0
    bold: int = 0
    bold_letters: int = 0
    after_bold: bool = False
    said: bool = False
    """`pieces` hold more than blanks."""
    hard: bool = False
    """`pieces` hold blanks that are no plain ones."""
    skipped: Element | None = None


class Walk:
    """The drafts of a page, gathered in one pass without recursion."""

    def __init__(self, root: Element) -> None:
        self.drafts: list[Draft | TableDraft] = []
        self._root = root
        self._open = _Open()
        self._data = data_tables(root)

    def run(self) -> list[Draft | TableDraft]:
        """All drafts in reading order."""
        walker = etree.iterwalk(self._root, events=("start", "end"))
        enter, leave = self._enter, self._leave
        for event, element in walker:
            if event == "end":
                leave(element)
            elif not enter(element):
                self._open.skipped = element
                walker.skip_subtree()
        self._flush()
        return with_tables(self.drafts)

    def _enter(self, element: Element) -> bool:
        tag = element.tag
        does = _DOES.get(tag)
        if does == "silent":
            return False
        look = look_of(element)
        if look is not PLAIN and (look.hidden or (look.hidden_cell and tag in CELLS)):
            return False
        if does == "block":
            if self._open.pieces:
                self._flush()
            self._enter_block(element, tag, look)
            if tag in _MAY_BE_READ_WHOLE and self._take_whole(element, tag):
                return False
        elif does == "link":
            self._open.in_link += 1
        elif does is not None:
            self._enter_mark(tag)
        if text := element.text:
            self._add(text)
        return True

    def _enter_mark(self, tag: str) -> None:
        """The bold line below a paragraph is a heading, or begins with one."""
        now = self._open
        if tag == "br":
            if now.bold == 0 and now.after_bold:
                self._flush()  # a bold line of its own is a heading
            now.pieces.append("\n")
            return
        if now.said and now.bold == 0 and _is_line_end("".join(now.pieces)):
            self._flush()
        now.bold += 1

    def _enter_block(self, element: Element, tag: str, look: Look) -> None:
        blocks = self._open.blocks
        _, kind, told_by, boxes = blocks[-1]
        sure = tag in _FURNITURE_TAGS or (look is not PLAIN and look.role in _FURNITURE_ROLES)
        if sure or (look.names and _is_named_furniture(look.names, tag)):
            boxes = (*boxes, Box(sure=sure))
        own = _KINDS.get(tag)
        if own is not None:
            kind, told_by = own, tag
        blocks.append((element, kind, told_by, boxes))

    def _take_whole(self, element: Element, tag: str) -> bool:
        """Is it a table, or lines as they are typed, that is read at once?"""
        return self._take_lines(element) if tag == "pre" else self._take_grid(element, tag)

    def _take_grid(self, element: Element, tag: str) -> bool:
        grid = None
        if tag == "table" and element in self._data:
            grid = read_table(element, self._data[element])
        elif tag in _MAY_HOLD_GRID and (len(element) >= 3 or element.get("role") is not None):
            grid = div_grid(element)
        if grid is not None:
            self.drafts.append(TableDraft(rows_apart(grid), self._boxes(), _is_linked(element)))
        return grid is not None or (tag == "table" and element in self._data)

    def _take_lines(self, element: Element) -> bool:
        """Lines as they are typed: in them tables are drawn as in a text file."""
        lines = text_of(element).splitlines()
        if len(lines) < 2:
            return False
        for block in blocks_of(lines):
            if isinstance(block, Passage):
                kind: Kind = "heading" if block.kind == "heading" else "paragraph"
                self._put(Draft(block.text, kind, "pre", 0, self._boxes()))
            else:
                self.drafts.append(TableDraft(block, self._boxes()))
        return True

    def _leave(self, element: Element) -> None:
        now = self._open
        does = _DOES.get(element.tag)
        if does == "block":
            if now.pieces:
                self._flush()
            if now.blocks[-1][0] is element:
                now.blocks.pop()
        elif now.skipped is not element:
            if does == "link":
                now.in_link -= 1
            elif does == "bold":
                now.bold -= 1
        now.skipped = None
        if text := element.tail:
            self._add(text)

    def _add(self, text: str) -> None:
        now = self._open
        if text.isspace() and text.isascii():  # what indents the markup, by far the commonest text
            now.pieces.append(" ")
            return
        now.pieces.append(single_blanks(text))
        size = len(text.strip())
        if size:
            now.said = True
            now.after_bold = now.bold > 0
            if now.in_link:
                now.links += size
            if now.bold:
                now.bold_letters += size
        else:
            now.hard = True

    def _boxes(self) -> tuple[Box, ...]:
        return self._open.blocks[-1][3]

    def _flush(self) -> None:
        now = self._open
        pieces, now.pieces = now.pieces, []
        if not now.said:
            if now.hard:
                self._put_blank("".join(pieces))
            return
        raw = "".join(pieces)
        links, bold = now.links, now.bold_letters
        now.links, now.bold_letters, now.said, now.hard = 0, 0, False, False
        _, kind, tag, boxes = now.blocks[-1]
        home = now.blocks[-2][0] if len(now.blocks) > 1 else None
        all_bold = bold > 0 and bold >= 0.8 * len(raw.strip())
        for text in _lines(raw):
            linked = round(links * (len(text) / len(raw))) if links else 0
            self._put(Draft(text, kind, tag, linked, boxes, all_bold, home))

    def _put_blank(self, raw: str) -> None:
        """A paragraph of hard spaces: where cells are paragraphs it was an empty cell."""
        now = self._open
        now.hard = False
        home = now.blocks[-2][0] if len(now.blocks) > 1 else None
        if home is not None and "\u00a0" in raw:
            self._put(Draft("", "paragraph", "", 0, self._boxes(), home=home))

    def _put(self, draft: Draft) -> None:
        if len(self.drafts) >= limits.MAX_BLOCKS:
            limits.too_large("Paragraphs", "Số đoạn", len(self.drafts), limits.MAX_BLOCKS)
        if len(draft.text) >= PROSE and draft.link_share < 0.5:
            for box in draft.boxes:
                box.prose += len(draft.text)
        self.drafts.append(draft)


def _is_named_furniture(names: str, tag: str) -> bool:
    return tag not in _NEVER_FURNITURE and len(names) < 200 and is_box(names)


_SENTENCE_END = re.compile(r"[.;:!?…]\s*$")
_BULLET = re.compile(r"[-–—+•*·▪●]\s*\S|\(?[a-zđ0-9]{1,2}[.)]\s")


def _is_line_end(raw: str) -> bool:
    """Whether a paragraph ends here: behind a blank line, or a sentence and the end of its line."""
    text = raw.rstrip()
    breaks = raw[len(text) :].count("\n")
    return breaks > 1 or (breaks == 1 and _SENTENCE_END.search(text) is not None)


@lru_cache(maxsize=16384)  # pages of one portal have the same menus
def _lines(raw: str) -> tuple[str, ...]:
    """`br` ends a paragraph where a sentence ends or an item begins, else only a line."""
    if "\n" not in raw:
        text = flat(raw)
        return (text,) if text else ()
    rows = [text for part in raw.split("\n") if (text := flat(part))]
    if lines_of_table(rows):
        return tuple(rows)
    found: list[str] = []
    open_line = False
    for part in raw.split("\n"):
        text = flat(part)
        if not text:
            open_line = False
        elif open_line and not _SENTENCE_END.search(found[-1]) and not _BULLET.match(text):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
            open_line = True
    return tuple(found)


def _is_linked(element: Element) -> bool:
    linked = sum(len(text) for link in element.iter("a") for text in link.itertext())
    return linked > 0 and 2 * linked > sum(map(len, element.itertext()))
