"""What stands where in Word's markup: blocks, rows, cells and runs, through all that wraps them.

Content controls, tracked insertions and tags may stand around a block, a row, a cell or a run; what
was deleted, moved away or hidden is no part of the publication. A text box is written twice, for
new programs and for old ones, inside a run of the paragraph that it is anchored to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractors.raised import without_marks

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PARAGRAPH, TABLE = qn("w:p"), qn("w:tbl")
_ROW, _CELL, _RUN, _TEXT = qn("w:tr"), qn("w:tc"), qn("w:r"), qn("w:t")
_WRAPPERS = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml"))
)
_GONE = frozenset(map(qn, ("w:del", "w:moveFrom")))
_UNSAID = ("w:rPr/w:vanish", "w:rPr/w:strike", "w:rPr/w:dstrike")
"""Hidden text, and text that is struck out: beside it stands what holds now."""
_BOX = qn("w:txbxContent")
_FOR_OLD_PROGRAMS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OFF = frozenset({"0", "false", "off", "none"})


def blocks(element: Element) -> Iterator[Element]:
    """Paragraphs and tables in an element, those of a text box after the paragraph it hangs on."""
    for child in element.iterchildren():
        if child.tag == TABLE:
            yield child
        elif child.tag == PARAGRAPH:
            yield child
            for box in _boxes(child):
                yield from blocks(box)
        elif child.tag in _WRAPPERS:
            yield from blocks(child)


def _boxes(paragraph: Element) -> list[Element]:
    found = list(paragraph.iter(_BOX))
    new = [b for b in found if next(b.iterancestors(_FOR_OLD_PROGRAMS), None) is None]
    return new or found


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table that are published."""
    return (row for row in _inside(table, _ROW) if found_at(row, "w:trPr/w:del") is None)


def cells(row: Element) -> Iterator[Element]:
    """The cells of a row."""
    return _inside(row, _CELL)


def _inside(element: Element, tag: str) -> Iterator[Element]:
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def runs(element: Element) -> Iterator[Element]:
    """The runs of a paragraph that a reader sees."""
    for child in element.iterchildren():
        if child.tag == _RUN:
            if not any(is_on(child, look) for look in _UNSAID):
                yield child
        elif child.tag not in _GONE:
            yield from runs(child)


@cache
def _path(names: str) -> str:
    return "/".join(map(qn, names.split("/")))


def found_at(element: Element, path: str) -> Element | None:
    """The element at a path like "w:pPr/w:jc"."""
    return element.find(_path(path))


def told(element: Element, path: str) -> str | None:
    """What the element at a path says as its value."""
    found = found_at(element, path)
    return None if found is None else found.get(qn("w:val"))


def is_on(element: Element, path: str) -> bool:
    """Whether a switch is there and not turned off."""
    return found_at(element, path) is not None and told(element, path) not in _OFF


def said_in(paragraph: Element) -> tuple[str, tuple[str, ...]]:
    """What a paragraph says, and its footnote marks."""
    return without_marks((run_text(run), _is_raised(run)) for run in runs(paragraph))


def run_text(run: Element) -> str:
    """The letters of one run."""
    return "".join(
        (child.text or "") if child.tag == _TEXT else _SIGNS.get(str(child.tag), "")
        for child in run.iterchildren()
    )


def _is_raised(run: Element) -> bool:
    return told(run, "w:rPr/w:vertAlign") == "superscript"


def is_bold(paragraph: Element) -> bool:
    """Whether all that the paragraph says is set bold."""
    said = [run for run in runs(paragraph) if run_text(run).strip()]
    return bool(said) and all(is_on(run, "w:rPr/w:b") for run in said)
