"""Word documents (.docx): paragraphs and tables in reading order."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from extractors.continued import with_parts_joined
from extractors.surroundings import is_capital_heading, numbered, without_links
from extractors.word.markup import TABLE, blocks, is_bold, said_in, told
from extractors.word.tables import Decode, is_layout, read_table
from solieu.archives import DAMAGE, check_zip
from solieu.errors import UnreadableDocument
from solieu.legacy import decode_legacy, from_tcvn3, from_vni
from solieu.model import Content, Grid, Passage, PassageKind, SourceDocument
from solieu.text import clean, one_line

_ITEM = re.compile(r"^\s*(?:[-–+•*]|[a-zđ]\)|\d{1,2}\))\s*\S")
_NUMBERED = re.compile(r"^\s*(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*)[.)]\s+\S")
_TITLE_WORDS = 40
_NEAR = 3
"""Lines of text above a table that may be its title and unit."""


def extract(document: SourceDocument) -> Content:
    """Passages and grids; raises UnreadableDocument or LimitExceeded."""
    check_zip(document.content)
    body = _open(document.content)
    builder = _Builder(_decoder(body))
    for block in blocks(body):
        builder.add(block)
    passages = (b for b in builder.blocks if isinstance(b, Passage))
    title = " ".join(one_line(p.text) for p in passages if p.kind == "title")
    found = numbered(without_links(with_parts_joined(builder.blocks)))
    return Content(tuple(found), title or None, reader="python-docx")


def _open(content: bytes) -> Any:
    try:
        document = docx.Document(io.BytesIO(content)).element
        return next(document.iterchildren(qn("w:body")))
    except (
        *DAMAGE,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        StopIteration,  # no body
        etree.XMLSyntaxError,
        PackageNotFoundError,
    ) as error:
        why = type(error).__name__
        raise UnreadableDocument(
            f"The Word file is damaged ({why}). Open it in a word processor and save it again.",
            f"Tệp Word bị hỏng ({why}). Hãy mở bằng phần mềm soạn thảo và lưu lại.",
        ) from error


@dataclass(slots=True)
class _Builder:
    decode: Decode
    blocks: list[Passage | Grid] = field(default_factory=list)
    section: tuple[str, ...] = ()
    titled: bool = False

    def add(self, block: Any) -> None:
        if block.tag == TABLE:
            self._table(block)
        elif text := self.decode(said_in(block)[0]):
            self._passage(block, text)

    def _passage(self, paragraph: Any, text: str) -> None:
        kind = self._kind(paragraph, one_line(text))
        if kind == "heading":
            self.section = _under(self.section, one_line(text))
        self.blocks.append(Passage(text, 0, kind, section=self.section))

    def _kind(self, paragraph: Any, text: str) -> PassageKind:
        short = len(text.split()) <= _TITLE_WORDS
        style = (told(paragraph, "w:pPr/w:pStyle") or "").lower()
        if not self.titled and short and (style == "title" or _shouts(text)):
            self.titled = True
            return "title"
        if short and self._continues_title(paragraph):
            return "title"
        bold = short and _NUMBERED.match(text) is not None and is_bold(paragraph)
        if style.startswith("heading") or bold or (short and is_capital_heading(text)):
            return "heading"
        return "item" if _ITEM.match(text) else "paragraph"

    def _continues_title(self, paragraph: Any) -> bool:
        """A title set over several lines: "BÁO CÁO", then what the report is about."""
        last = self.blocks[-1] if self.blocks else None
        is_title = isinstance(last, Passage) and last.kind == "title"
        return is_title and (is_bold(paragraph) or told(paragraph, "w:pPr/w:jc") == "center")

    def _table(self, table: Any) -> None:
        grid, nested = read_table(table, self.decode)
        if is_layout(grid):
            self.blocks += [Passage(c.text, 0, section=self.section) for c in grid.cells]
        else:
            title, notes = self._above()
            self.blocks.append(
                Grid(
                    grid.cells,
                    grid.row_count,
                    grid.column_count,
                    title=title,
                    notes=notes,
                    section=self.section,
                    header_rows=grid.header_rows,
                )
            )
        for inner in nested:
            self._table(inner)

    def _above(self) -> tuple[str | None, tuple[str, ...]]:
        """The lines just above a table: the nearest is its title, unless it only names a unit."""
        lines: list[str] = []
        for block in reversed(self.blocks):
            if isinstance(block, Grid) or len(lines) == _NEAR:
                break
            text = one_line(block.text)
            if len(text.split()) > _TITLE_WORDS:
                break
            lines.append(text)
        title = next((line for line in lines if not _names_unit(line)), None)
        return title, tuple(reversed(lines))


def _names_unit(text: str) -> bool:
    return bool(re.match(r"^[(\s]*(đơn vị|đvt|unit)\b", text, re.IGNORECASE))


def _under(section: tuple[str, ...], heading: str) -> tuple[str, ...]:
    """The headings over a block: one with the same kind of number takes its sister's place."""
    for depth, above in enumerate(section):
        if _number_kind(above) == _number_kind(heading):
            return (*section[:depth], heading)
    return (*section, heading)


def _number_kind(heading: str) -> str:
    number = heading.split(maxsplit=1)[0].rstrip(".)")
    if re.fullmatch(r"[IVXLC]+", number):
        return "roman"
    if re.fullmatch(r"\d+(\.\d+)*", number):
        return f"arabic{number.count('.')}"
    return "letter" if re.fullmatch(r"[A-Za-zđ]", number) else "words"


def _shouts(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _decoder(body: Any) -> Decode:
    """How to read texts: as they are, or from the old encoding that the whole file looks like."""
    sample = "\n".join(t.text or "" for t in islice(body.iter(qn("w:t")), 2000))
    _, encoding = decode_legacy(sample)
    if encoding == "TCVN3":
        return lambda text: clean(from_tcvn3(text))
    return (lambda text: clean(from_vni(text))) if encoding == "VNI" else clean
