"""A page's markup as an lxml tree, and what single elements say about how they are shown.

lxml builds the tree that Beautiful Soup would build on it, at a tenth of the time; where lxml gives
up (markup nested deeper than libxml2 allows), Beautiful Soup reads the page.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, cast

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, Tag
from lxml import etree

from extractors import limits
from solieu.errors import UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_DEPTH_OF_SOUP = 200
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_ATTRIBUTE = re.compile(r"[A-Za-z_][\w.-]*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOLDED = re.compile(r"tab|collaps|accordion|toggle|panel", re.IGNORECASE)
_HIDING_CLASSES = frozenset(
    {"hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text"}
)
_CELLS = frozenset({"td", "th", "tr", "span", "b", "i", "font"})


def parse(text: str) -> Element:
    """The root element of a page."""
    text = _UNPRINTABLE.sub(" ", text)
    # Not lxml.html: its elements are Python classes, and making them takes longer than parsing.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode("utf-8"), parser=parser)
    if root is None:
        raise UnreadableDocument(
            "The page holds no markup and no text; fetch it again",
            "Trang không có nội dung; hãy tải lại",
        )
    return _by_soup(text) if _gave_up(parser) else root


def _gave_up(parser: etree.HTMLParser) -> bool:
    return any("depth" in entry.message.casefold() for entry in parser.error_log)


def _by_soup(text: str) -> Element:
    """The page by Beautiful Soup; elements below a depth that no author writes are flattened."""
    with warnings.catch_warnings():
        # XHTML that is read as HTML, which is what browsers do with it
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(text, "lxml")
    root = etree.Element("html")
    places: dict[int, tuple[Element, int]] = {id(soup): (root, 0)}
    for node in soup.descendants:
        parent, depth = places[id(node.parent)]
        if isinstance(node, Tag):
            places[id(node)] = _grown(node, parent, depth)
        elif type(node) is NavigableString:
            _append(parent, str(node))
    return root


def _grown(node: Tag, parent: Element, depth: int) -> tuple[Element, int]:
    if depth >= min(_DEPTH_OF_SOUP, limits.MAX_DEPTH):
        return parent, depth
    name = node.name if _NAME.fullmatch(node.name) else "span"
    child = etree.Element(name)
    for key, value in node.attrs.items():
        if _ATTRIBUTE.fullmatch(key):
            child.set(key, " ".join(value) if isinstance(value, list) else str(value))
    parent.append(child)
    return child, depth + 1


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def is_hidden(element: Element) -> bool:
    """Whether a reader never sees it; folded tabs and panels, one click away, count as seen."""
    style = element.get("style")
    hidden = style is not None and _NOT_SHOWN.search(style) is not None
    hidden = hidden or element.get("hidden") is not None
    names = element.get("class")
    if not hidden and names is not None:
        hidden = not _HIDING_CLASSES.isdisjoint(names.split())
    if not hidden or element.tag in _CELLS:
        return hidden
    return not (element.get("role") == "tabpanel" or _FOLDED.search(names or ""))


def text_of(element: Element) -> str:
    """All text inside, as it is written."""
    return "".join(cast("Iterator[str]", element.itertext()))


def names_of(element: Element) -> str:
    """Class and id words."""
    classes, identity = element.get("class"), element.get("id")
    return f"{classes} {identity}".strip() if classes and identity else classes or identity or ""
