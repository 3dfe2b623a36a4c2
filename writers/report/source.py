"""The published HTML tables themselves, beside the tables as they were read.

Only what sets a table is kept, as nested lists that the page builds element by element: a script,
an event handler or a style of the document has no way in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from solieu.model import Grid
from writers.report.columnar import names

KEPT = frozenset(
    names("table caption thead tbody tfoot tr th td p br b strong i em u sup sub div span ul ol li")
)
DROPPED = frozenset(names("script style template noscript svg math iframe object select textarea"))
MOST_CELLS = 3000
MOST_TABLES = 200
DEEPEST = 40
LIKE = 0.6
"""Share of the cells' texts that must agree for a source table to be taken for the grid's."""

Node = Any
"""A text, or a list of tag, column span, row span and the children."""


def source_tables(content: bytes, grids: Sequence[Grid]) -> dict[int, Node]:
    """Grid number to the table of the HTML source that it was read from, where one is like it."""
    small = [g for g in grids if 0 < len(g.cells) <= MOST_CELLS][:MOST_TABLES]
    if not small:
        return {}
    from lxml import etree  # noqa: PLC0415 (only HTML documents need it)

    try:
        charset = _charset(content)
        part = _with_tables(content) if charset else content  # the page's head may say which
        root = etree.fromstring(part, parser=etree.HTMLParser(encoding=charset))
    except (etree.XMLSyntaxError, ValueError):
        return {}
    tables = [(t, _texts(t)) for t in root.iter("table")] if root is not None else []
    found: dict[int, Node] = {}
    for grid in small if tables else ():
        wanted = Counter(_plain(c.text) for c in grid.cells)
        likeness = [_likeness(wanted, texts) for _, texts in tables]
        best = max(likeness)
        if best >= LIKE:
            found[grid.number] = _node(tables[likeness.index(best)][0], 0)
    return found


def _charset(content: bytes) -> str | None:
    """UTF-8 where the bytes are it; else what the page itself declares."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _with_tables(content: bytes) -> bytes:
    """From the first table to the end of the last: most of a page stands around them."""
    low = content.lower()
    start, end = low.find(b"<table"), low.rfind(b"</table")
    whole = start < 0 or low.count(b"<table") != low.count(b"</table")
    return content if whole else content[start : end + len(b"</table>")]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    both = sum((one & other).values())
    return both / max(1, one.total(), other.total())


def _texts(table: Any) -> Counter[str]:
    cells: Iterable[Any] = table.iter("td", "th")
    return Counter(_plain("".join(c.itertext())) for c in cells)


def _plain(text: str) -> str:
    return "".join(text.split())


def _node(element: Any, depth: int) -> Node:
    children: list[Node] = []
    _append(children, element.text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in DROPPED and depth < DEEPEST:
            node = _node(child, depth + 1)
            if tag in KEPT:
                children.append(node)
            else:
                children.extend(node[3:])
        _append(children, child.tail)
    return [element.tag, _span(element, "colspan"), _span(element, "rowspan"), *children]


def _append(children: list[Node], text: str | None) -> None:
    if text and (kept := " ".join(text.split())):
        children.append(kept)


def _span(element: Any, name: str) -> int:
    value = element.get(name)
    if not value:
        return 1
    return min(int(value), 1000) if value.isascii() and value.isdigit() else 1
