"""The text of one table cell and what its markup says: lines, indentation, bold, footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.html.tree import STRUCK, is_hidden, text_of
from extractors.lines import flat, single_blanks

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LINES = frozenset(
    {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "section"}
)
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "select", "button", "svg", "iframe"} | STRUCK
)
_MARK = re.compile(r"\(?\[?(?:\d{1,2}|[a-z]|\*{1,3}|[ivx]{1,4})\]?\)?", re.IGNORECASE)
_UNIT_BEFORE = re.compile(r"(?:\b|\d)(?:k|d|c|m|h)?m\s*$|(?:^|\D)10\s*$")
_INDENT = re.compile(
    r"(?:padding|margin)-left\s*:\s*(-?[\d.]+)\s*(px|pt|em|rem)?|text-indent\s*:\s*(-?[\d.]+)\s*(px|pt|em|rem)?",
    re.IGNORECASE,
)
_BOLD_TAGS = frozenset({"b", "strong", "th"})
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_POINTS = {"px": 1.0, "pt": 1.33, "em": 13.0, "rem": 16.0}
_BLANK_WIDTH = 4.0
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


_WRAPPERS = frozenset({"p", "div", "span", "font", "b", "strong", "em", "i", "u", "center"})


@dataclass(slots=True)
class CellText:
    """What a cell says; `indent` is in pixels from the cell's edge."""

    text: str
    indent: float = 0.0
    bold: bool = False
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Collector:
    pieces: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    bold_letters: int = 0
    bold: int = 0
    indent: float = 0.0
    begun: bool = False

    def add(self, text: str) -> None:
        size = len(text.strip())
        if not size and text.isascii():
            self.pieces.append(" ")
            return
        self.pieces.append(single_blanks(text))
        if size:
            self.begun = True
            if self.bold:
                self.bold_letters += size


def read_cell(element: Element) -> CellText:
    """Text with line breaks where `br` and blocks set them; hidden parts left out."""
    if path := _wrapped(element):
        return _plain(path)
    held = _Collector(bold=1 if _is_bold(element) else 0, indent=_style_indent(element))
    _collect(element, held)
    raw = "".join(held.pieces)
    text = _tidy(raw)
    letters = len(text) - text.count("\n")
    return CellText(
        text=text,
        indent=held.indent + _blank_indent(raw),
        bold=letters > 0 and held.bold_letters >= 0.8 * letters,
        marks=tuple(held.marks),
    )


def _wrapped(cell: Element) -> list[Element]:
    """The cell and the wrappers around all that it says, the innermost last; else nothing.

    "<td><p><span>12</span></p></td>" is how office programs write a cell.
    """
    path = [cell]
    while size := len(path[-1]):
        child = path[-1][0]
        if size > 1 or child.tag not in _WRAPPERS or is_hidden(child):
            return []
        before, after = path[-1].text, child.tail
        if (before is not None and _says(before)) or (after is not None and _says(after)):
            return []
        path.append(child)
    return path


def _says(text: str) -> bool:
    return not (text.isascii() and text.isspace())


def _plain(path: Sequence[Element]) -> CellText:
    raw = path[-1].text or ""
    text = flat(raw)
    indent, bold = 0.0, False
    for element in path:
        style = element.get("style")
        if style:
            indent += _indent_of(style)
        bold = bold or element.tag in _BOLD_TAGS or (style is not None and _is_bold_style(style))
    return CellText(text, indent + _blank_indent(raw), bold and (text != "" or len(path) == 1))


def _tidy(raw: str) -> str:
    if "\n" not in raw:
        return flat(raw)
    lines = [flat(line) for line in raw.split("\n") if line and not line.isspace()]
    return "\n".join(filter(None, lines))


def _blank_indent(raw: str) -> float:
    """No-break spaces before the text are how many pages indent."""
    if "\u00a0" not in raw:
        return 0.0
    return _BLANK_WIDTH * raw[: len(raw) - len(raw.lstrip())].count("\u00a0")


def _collect(cell: Element, held: _Collector) -> None:
    """All that stands in the cell, without recursion: markup may be nested without end."""
    if cell.text:
        held.add(cell.text)
    ways = [(cell, iter(cell))]
    while ways:
        parent, children = ways[-1]
        child = next(children, None)
        if child is None:
            ways.pop()
            if ways:
                _close(parent, held)
        elif _open(child, held):
            ways.append((child, iter(child)))
        elif child.tail:
            held.add(child.tail)


def _open(element: Element, held: _Collector) -> bool:
    """Begin an element; False where its content is not to be read as text."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT or is_hidden(element):
        return False
    if tag == "sup" and _take_mark(element, held):
        return False
    if tag == "br" or tag in _LINES:
        held.pieces.append("\n")
    elif tag in {"td", "th"}:
        held.pieces.append(" ")
    if not held.begun:
        held.indent += _style_indent(element)
    held.bold += _is_bold(element)
    if element.text:
        held.add(element.text)
    return True


def _close(element: Element, held: _Collector) -> None:
    if element.tag in _LINES:
        held.pieces.append("\n")
    held.bold -= _is_bold(element)
    if element.tail:
        held.add(element.tail)


def _take_mark(element: Element, held: _Collector) -> bool:
    """A short superscript is a footnote mark, but the 2 of km² and of 10² belongs to the text."""
    text = text_of(element).strip()
    before = "".join(piece[-20:] for piece in held.pieces[-3:])
    if not text or len(text) > 4 or not _MARK.fullmatch(text) or not before.strip():
        return False
    if text in {"2", "3"} and _UNIT_BEFORE.search(before) and not before.strip().isdigit():
        held.pieces.append(text.translate(_SUPERSCRIPT))
    else:
        held.marks.append(text.strip("()[]"))
    return True


def _is_bold(element: Element) -> bool:
    if element.tag in _BOLD_TAGS:
        return True
    style = element.get("style")
    return style is not None and _is_bold_style(style)


def _style_indent(element: Element) -> float:
    style = element.get("style")
    return _indent_of(style) if style else 0.0


@lru_cache(maxsize=4096)
def _is_bold_style(style: str) -> bool:
    return _BOLD.search(style) is not None


@lru_cache(maxsize=4096)
def _indent_of(style: str) -> float:
    return sum(_lengths(style))


def _lengths(style: str) -> Iterator[float]:
    for match in _INDENT.finditer(style):
        number, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
        try:
            yield max(0.0, float(number)) * _POINTS.get((unit or "px").lower(), 1.0)
        except ValueError:
            continue
