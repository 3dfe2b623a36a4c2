"""A page's markup as an lxml tree, and what single elements say about how they are shown.

lxml builds the tree that Beautiful Soup would build on it, at a tenth of the time; where lxml gives
up (markup nested deeper than libxml2 allows), a flatter tree is built from the tags it meets.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from lxml import etree

from extractors import limits
from solieu.errors import UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

_DEEPEST = 200
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TEXT = bytes(code for code in range(256) if code >= 32 or code in b"\t\n\r")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOLDED = re.compile(r"tab|collaps|accordion|toggle|panel", re.IGNORECASE)
_RARELY_SAID = frozenset({"hidden", "id", "role", "style"})
_HIDING_CLASSES = frozenset(
    {"hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text"}
)
STRUCK = frozenset({"del", "s", "strike"})
"""What is struck out was published once and is so no more: beside it stands what is."""
_UNSEEN = frozenset({"script", "style"})
CELLS = frozenset({"td", "th", "tr", "span", "b", "i", "font"})


def parse(text: str) -> Element:
    """The root element of a page."""
    raw = _printable(text)
    # Not lxml.html: its elements are Python classes, and making them takes longer than parsing.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(raw, parser=parser)
    if root is None:
        raise UnreadableDocument(
            "The page holds no markup and no text; fetch it again",
            "Trang không có nội dung; hãy tải lại",
        )
    return _flattened(raw) if _gave_up(parser) else root


def _printable(text: str) -> bytes:
    """UTF-8 without what XML has no place for; looked for in bytes, where that is fast."""
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError:
        return _UNPRINTABLE.sub(" ", text).encode("utf-8")
    high = b"\xef" in raw and (b"\xef\xbf\xbe" in raw or b"\xef\xbf\xbf" in raw)
    if high or raw.translate(None, _TEXT):
        return _UNPRINTABLE.sub(" ", text).encode("utf-8")
    return raw


def _gave_up(parser: etree.HTMLParser) -> bool:
    return any("depth" in entry.message.casefold() for entry in parser.error_log)


def _flattened(raw: bytes) -> Element:
    """The page with elements below a depth that no author writes left out, their text kept."""
    target: Any = _Shallow()  # lxml's own type asks for comments too, which nobody reads
    parser = etree.HTMLParser(target=target, encoding="utf-8")
    parser.feed(raw)
    return parser.close()


class _Shallow:
    """Takes the tags as they come; texts are put together once, and not piece by piece."""

    def __init__(self) -> None:
        self.path = [etree.Element("html")]
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()
        self.pieces: list[str] = []
        self.most = min(_DEEPEST, limits.MAX_DEPTH)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.open.append(tag)
        self.counts[tag] += 1
        if len(self.open) <= self.most:
            self._write()
            child = _grown(tag, attributes)
            self.path[-1].append(child)
            self.path.append(child)

    def end(self, tag: str) -> None:
        while self.counts[tag]:
            last = self.open.pop()
            self.counts[last] -= 1
            if len(self.open) < self.most:
                self._write()
                self.path.pop()
            if last == tag:
                break

    def data(self, text: str) -> None:
        if not self.open or self.open[-1] not in _UNSEEN:
            self.pieces.append(text)

    def close(self) -> Element:
        self._write()
        return self.path[0]

    def _write(self) -> None:
        text = "".join(self.pieces)
        self.pieces.clear()
        parent = self.path[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _grown(tag: str, attributes: Mapping[str, str]) -> Element:
    child = etree.Element(tag if _NAME.fullmatch(tag) else "span")
    for key, value in attributes.items():
        if _NAME.fullmatch(key):
            child.set(key, value)
    return child


class Look(NamedTuple):
    """How an element is shown, by what its attributes say."""

    hidden: bool = False
    """A reader never sees it; folded tabs and panels, one click away, count as seen."""
    hidden_cell: bool = False
    """The same of a cell or a part of a line, which nothing folds."""
    names: str = ""
    """Class and id words."""
    role: str | None = None


PLAIN = Look()


def look_of(element: Element) -> Look:
    """How the element is shown; most say nothing of it, or no more than a class that many have."""
    said = element.keys()
    if not said:
        return PLAIN
    names = element.get("class", "") if "class" in said else ""
    if _RARELY_SAID.isdisjoint(said):
        return _by_class(names) if names else PLAIN
    identity = element.get("id", "") if "id" in said else ""
    role = element.get("role") if "role" in said else None
    hidden = "hidden" in said or ("style" in said and _hides(element.get("style", "")))
    hidden = hidden or (names != "" and _names_hidden(names))
    named = f"{names} {identity}".strip() if names and identity else names or identity
    if not (hidden or named or role):
        return PLAIN
    folded = hidden and (role == "tabpanel" or _FOLDED.search(names) is not None)
    return Look(hidden and not folded, hidden, named, role)


@lru_cache(maxsize=4096)
def _by_class(names: str) -> Look:
    hidden = _names_hidden(names)
    return Look(hidden and not _FOLDED.search(names), hidden, names)


def is_hidden(element: Element) -> bool:
    """Whether a reader never sees it."""
    look = look_of(element)
    if look is PLAIN:
        return False
    return look.hidden or (look.hidden_cell and element.tag in CELLS)


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    return _NOT_SHOWN.search(style) is not None


def _names_hidden(names: str) -> bool:
    return not _HIDING_CLASSES.isdisjoint(names.split())


def text_of(element: Element) -> str:
    """All text inside, as it is written."""
    return "".join(cast("Iterator[str]", element.itertext()))
