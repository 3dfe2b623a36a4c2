"""Sitemaps and feeds to addresses: the protocol of sitemaps.org, RSS 1 and 2, Atom."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fetchers.failures import failed
from fetchers.urls import canonical

if TYPE_CHECKING:
    from lxml import etree

MOST_BYTES = 60 * 1024 * 1024
"""A sitemap may have 50 MB unpacked; what is larger is none."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Documents that a feed or sitemap lists, and further sitemaps; each once, in its order."""

    documents: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


def read(content: bytes, address: str) -> Entries:
    """What a sitemap, a sitemap index or a feed lists. Raises FetchError where it is none."""
    root = _root(_unpacked(content, address), address)
    kind = _local(root)
    if kind == "sitemapindex":
        return Entries(indexes=_canonical(_places(root, "sitemap"), address))
    if kind == "urlset":
        return Entries(_canonical(_places(root, "url"), address))
    if kind in ("rss", "RDF"):
        enclosures = (e.get("url") or "" for e in root.iter() if _local(e) == "enclosure")
        links = (t for item in root.iter() if _local(item) == "item" for t in _texts(item, "link"))
        return Entries(_canonical(links, address), attachments=_canonical(enclosures, address))
    if kind == "feed":
        pages, files = _atom(root, "alternate"), _atom(root, "enclosure")
        return Entries(_canonical(pages, address), attachments=_canonical(files, address))
    raise _no_feed(address, f"<{kind}>")


def _unpacked(content: bytes, address: str) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            text = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _no_feed(address, str(error)) from error
    if len(text) > MOST_BYTES:
        raise _no_feed(address, f"more than {MOST_BYTES // 2**20} MB unpacked")
    return text


def _root(content: bytes, address: str) -> etree._Element:
    from lxml import etree  # noqa: PLC0415 (start-up without parsers)

    # Entities could read files of this machine or swell without end.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_feed(address, str(error)) from error
    if root is None:
        raise _no_feed(address, "no XML")
    return root


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _texts(element: etree._Element, name: str) -> Iterator[str]:
    return (e.text.strip() for e in element.iter() if _local(e) == name and e.text)


def _places(root: etree._Element, entry: str) -> Iterator[str]:
    """The place of each entry itself; pictures and films of a page have places of their own."""
    for element in root.iter():
        if _local(element) == entry:
            yield from (e.text.strip() for e in element if _local(e) == "loc" and e.text)


def _atom(root: etree._Element, relation: str) -> Iterator[str]:
    for entry in root.iter():
        if _local(entry) == "entry":
            yield from (
                link.get("href") or ""
                for link in entry
                if _local(link) == "link" and link.get("rel", "alternate") == relation
            )


def _canonical(links: Iterator[str], base: str) -> tuple[str, ...]:
    found = (canonical(link, base) for link in links if link)
    return tuple(dict.fromkeys(link for link in found if link))


def _no_feed(address: str, what: str) -> Exception:
    return failed(
        address,
        f"it is neither a sitemap nor a feed ({what})",
        f"đây không phải sitemap hay bản tin RSS/Atom ({what})",
    )
