"""Word documents (.docx): paragraphs and tables in reading order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from extractors.continued import with_parts_joined
from extractors.surroundings import numbered, without_links
from solieu.archives import DAMAGE, check_zip
from solieu.errors import UnreadableDocument
from solieu.legacy import decode_legacy, from_tcvn3, from_vni
from solieu.model import Cell, Content, Grid, Passage, PassageKind, SourceDocument
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
    for block in _blocks(body):
        builder.add(block)
    passages = (b for b in builder.blocks if isinstance(b, Passage))
    title = " ".join(one_line(p.text) for p in passages if p.kind == "title")
    blocks = numbered(without_links(with_parts_joined(builder.blocks)))
    return Content(tuple(blocks), title or None, reader="python-docx")


def _open(content: bytes) -> Any:
    try:
        return docx.Document(io.BytesIO(content)).element.body
    except (
        *DAMAGE,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        etree.XMLSyntaxError,
        PackageNotFoundError,
    ) as error:
        why = type(error).__name__
        raise UnreadableDocument(
            f"The Word file is damaged ({why}). Open it in a word processor and save it again.",
            f"Tệp Word bị hỏng ({why}). Hãy mở bằng phần mềm soạn thảo và lưu lại.",
        ) from error


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables below an element, content controls looked through."""
    for child in element.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from _blocks(child.find(qn("w:sdtContent")) or ())
        elif child.tag in (qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")):
            yield from _blocks(child)


@dataclass(slots=True)
class _Builder:
    decode: Any
    blocks: list[Passage | Grid] = field(default_factory=list)
    section: tuple[str, ...] = ()
    titled: bool = False

    def add(self, block: Any) -> None:
        if block.tag == qn("w:tbl"):
            self._table(block)
        elif text := self.decode(_text(block)):
            self._passage(block, text)

    def _passage(self, paragraph: Any, text: str) -> None:
        kind = self._kind(paragraph, one_line(text))
        if kind == "heading":
            self.section = _under(self.section, one_line(text))
        self.blocks.append(Passage(text, 0, kind, section=self.section))

    def _kind(self, paragraph: Any, text: str) -> PassageKind:
        short = len(text.split()) <= _TITLE_WORDS
        style = _style(paragraph).lower()
        if not self.titled and short and (style == "title" or _shouts(text)):
            self.titled = True
            return "title"
        if short and self._continues_title(paragraph):
            return "title"
        if style.startswith("heading") or (short and _is_bold(paragraph) and _NUMBERED.match(text)):
            return "heading"
        return "item" if _ITEM.match(text) else "paragraph"

    def _continues_title(self, paragraph: Any) -> bool:
        """A title set over several lines: "BÁO CÁO", then what the report is about."""
        last = self.blocks[-1] if self.blocks else None
        is_title = isinstance(last, Passage) and last.kind == "title"
        return is_title and (_is_bold(paragraph) or _is_centred(paragraph))

    def _table(self, table: Any) -> None:
        grid, nested = _grid(table, self.decode)
        if _is_layout(grid):
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


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return (found.get(qn("w:val")) or "") if found is not None else ""


def _is_centred(paragraph: Any) -> bool:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    return found is not None and found.get(qn("w:val")) == "center"


def _is_bold(paragraph: Any) -> bool:
    runs = [r for r in paragraph.iter(qn("w:r")) if _run_text(r).strip()]
    return bool(runs) and all(r.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for r in runs)


def _text(paragraph: Any) -> str:
    """Text of a paragraph; what a tracked change deleted is not part of the publication."""
    return "".join(_run_text(run) for run in paragraph.iter(qn("w:r")) if not _superscript(run))


def _run_text(run: Any) -> str:
    pieces = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    return "".join(
        (child.text or "") if child.tag == qn("w:t") else pieces.get(child.tag, "")
        for child in run.iterchildren()
    )


def _superscript(run: Any) -> bool:
    """A footnote mark: a superscript that is a short number or sign (m², km² stay)."""
    look = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    if look is None or look.get(qn("w:val")) != "superscript":
        return False
    return bool(
        re.fullmatch(r"\s*[(\[]?(?:\d{1,2}|\*{1,3}|[a-c])[)\]]?\s*", _run_text(run))
    ) and not (_run_text(run).strip() in ("2", "3") and _after_measure(run))


def _after_measure(run: Any) -> bool:
    before = run.getprevious()
    return before is not None and bool(re.search(r"\b[kcd]?m$", _run_text(before)))


def _grid(table: Any, decode: Any) -> tuple[Grid, list[Any]]:
    """The grid of a table, and the tables nested in its cells."""
    nested: list[Any] = []
    cells: dict[tuple[int, int], Cell] = {}
    open_above: dict[int, tuple[int, int]] = {}
    width = header_rows = 0
    rows = list(table.iterchildren(qn("w:tr")))
    for r, row in enumerate(rows, 1):
        column = 1 + _skipped(row)
        header_rows += r == header_rows + 1 and _repeats(row)
        for cell in _row_cells(row):
            span = _span(cell)
            merge = _merge(cell)
            if merge == "continue" and column in open_above:
                spot = open_above[column]
                grown = cells[spot]
                cells[spot] = _grown(grown, r)
            else:
                nested += cell.iterchildren(qn("w:tbl"))
                made = _cell(cell, r, column, span, decode)
                cells[r, column] = made
                open_above.pop(column, None)
                if merge == "restart":
                    open_above[column] = (r, column)
            column += span
        width = max(width, column - 1)
    kept = tuple(c for c in cells.values() if c.text)
    return Grid(kept, len(rows), width, header_rows=header_rows or None), nested


def _skipped(row: Any) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return _number(found, 0) if found is not None else 0


def _repeats(row: Any) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _row_cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.iter(qn("w:tc"))


def _span(cell: Any) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(1, _number(found, 1)) if found is not None else 1


def _number(element: Any, least: int) -> int:
    """A count of columns; one that is no number would move figures under other heads."""
    told = element.get(qn("w:val")) or ""
    if not re.fullmatch(r"[0-9]{1,6}", told):
        raise UnreadableDocument(
            "The Word file is damaged (columns of a table). Open it in a word processor, save it.",
            "Tệp Word bị hỏng (cột của bảng). Hãy mở bằng phần mềm soạn thảo và lưu lại.",
        )
    return min(max(least, int(told)), 200)


def _merge(cell: Any) -> str | None:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return (found.get(qn("w:val")) or "continue") if found is not None else None


def _grown(cell: Cell, row: int) -> Cell:
    return Cell(
        cell.text,
        cell.row,
        cell.column,
        row - cell.row + 1,
        cell.column_span,
        indent=cell.indent,
        bold=cell.bold,
        marks=cell.marks,
    )


def _cell(cell: Any, row: int, column: int, span: int, decode: Any) -> Cell:
    paragraphs = list(cell.iterchildren(qn("w:p")))
    text = "\n".join(t for p in paragraphs if (t := decode(_text(p))))
    bold = bool(text) and all(_is_bold(p) for p in paragraphs if _text(p).strip())
    marks = tuple(
        _run_text(run).strip() for p in paragraphs for run in p.iter(qn("w:r")) if _superscript(run)
    )
    indent = _indent(paragraphs[0]) if paragraphs else 0
    return Cell(text, row, column, column_span=span, indent=indent, bold=bold, marks=marks)


def _indent(paragraph: Any) -> int:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    raw = (found.get(qn("w:left")) or found.get(qn("w:start"))) if found is not None else None
    # A step of indentation is about a quarter of an inch: 360 twentieths of a point.
    return int(float(raw) // 360) if raw and re.fullmatch(r"\d+(\.\d+)?", raw) else 0


def _is_layout(grid: Grid) -> bool:
    """A letterhead or a frame: one row or one column, or two columns of prose without figures."""
    digits = sum(bool(re.fullmatch(r"[\d.,%\s-]+", c.text)) for c in grid.cells)
    return grid.row_count <= 2 and grid.column_count <= 3 and digits < 2


def _decoder(body: Any) -> Any:
    """How to read texts: as they are, or from the old encoding that the whole file looks like."""
    sample = "\n".join(t.text or "" for t in list(body.iter(qn("w:t")))[:2000])
    _, encoding = decode_legacy(sample)
    if encoding == "TCVN3":
        return lambda text: clean(from_tcvn3(text))
    return (lambda text: clean(from_vni(text))) if encoding == "VNI" else clean
