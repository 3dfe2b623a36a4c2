"""Pages to the addresses that a source follows: documents, the next page, attachments."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fetchers.portals import READERS
from fetchers.urls import canonical

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

FILE_TYPES = ("pdf", "doc", "docx", "xls", "xlsx", "xlsm", "ods", "zip")
# The name may be the end of the path, one of its parts (Liferay adds a key behind it), a value of
# the query (download pages), or be printed as the link's text.
_FILE = re.compile(rf"\.(?:{'|'.join(FILE_TYPES)})(?=$|[/&?;#\s)\]])", re.IGNORECASE)
_FILE_MEDIA = re.compile(
    r"application/(?:pdf|msword|zip|vnd\.(?:ms-excel|openxmlformats|oasis))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a source looks for on its pages."""

    follow: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    attachments: bool = True
    attachment_links: tuple[str, ...] = ()
    portal: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Addresses on one page, each once, in the order of the page."""

    documents: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    following: str | None = None


def read(content: bytes, address: str, rules: Rules, *, listing: bool) -> Found:
    """The addresses on an HTML page; `follow` and `next` are looked for on listings only."""
    page = _parsed(content, selectors=listing or bool(rules.attachment_links))
    base = _base(page, address)
    attachments = tuple(_once(_attachments(page, base, rules))) if rules.attachments else ()
    if not listing:
        return Found(attachments=_without(attachments, {address}))
    documents = tuple(_once(_selected(page, base, rules.follow, rules.portal)))
    onward = next(iter(_selected(page, base, rules.next, rules.portal)), None)
    return Found(
        _without(documents, {address}),
        _without(attachments, {address, *documents}),
        onward if onward != address else None,
    )


def _parsed(content: bytes, *, selectors: bool) -> BeautifulSoup:
    """The page as a tree; where no selector is asked for, of its links only."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning  # noqa: PLC0415 (start-up)
    from bs4.filter import SoupStrainer  # noqa: PLC0415

    only = None if selectors else SoupStrainer(["a", "base", "iframe", "embed", "object"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(content, "lxml", parse_only=only)


def _base(page: BeautifulSoup, address: str) -> str:
    tag = page.find("base", href=True)
    stated = canonical(str(tag["href"]), address) if tag else None
    return stated or address


def _selected(
    page: BeautifulSoup, base: str, selectors: Sequence[str], portal: str | None
) -> Iterator[str]:
    for selector in selectors:
        for tag in page.select(selector):
            if link := _address(tag, base, portal):
                yield link


def _address(tag: Tag, base: str, portal: str | None) -> str | None:
    """Where an element leads; a selector may name the link or something around or inside it."""
    reader = READERS.get(portal or "")
    inside = tag.find("a", href=True)
    for place in (tag, inside, tag.find_parent("a", href=True)):
        if place is None:
            continue
        attributes = {name: str(value) for name, value in place.attrs.items()}
        if reader and (hidden := reader(attributes)):
            return canonical(hidden, base)
        for name in ("href", "data-href", "src", "data"):
            if (link := attributes.get(name)) and (found := canonical(link, base)):
                return found
    return None


def _attachments(page: BeautifulSoup, base: str, rules: Rules) -> Iterator[str]:
    for tag in page.find_all(["a", "iframe", "embed", "object"]):
        link = tag.get("href") or tag.get("src") or tag.get("data")
        found = canonical(str(link), base) if link else None
        if found and (is_file(found) or _declared(tag) or _FILE.search(_text(tag))):
            yield found
    yield from _selected(page, base, rules.attachment_links, rules.portal)


def is_file(address: str) -> bool:
    """Whether an address names a document file.

    >>> is_file("https://example.org/documents/10184/0/Bieu.pdf/3f2a-11?version=1.0")
    True
    """
    parts = urlsplit(address)
    return bool(_FILE.search(unquote(parts.path)) or _FILE.search(unquote(parts.query)))


def _declared(tag: Tag) -> bool:
    return bool(_FILE_MEDIA.match(str(tag.get("type") or "")))


def _text(tag: Tag) -> str:
    return tag.get_text(" ", strip=True)[-200:]


def _once(addresses: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(addresses))


def _without(addresses: tuple[str, ...], others: set[str]) -> tuple[str, ...]:
    return tuple(a for a in addresses if a not in others)
