"""A page's title and the day it was published, from its head and the lines around its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from extractors.cues import is_cue
from extractors.dates import date_line, find_date
from extractors.html.tree import text_of
from extractors.lines import flat

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SEPARATOR = re.compile(r"\s+(?:[|\-–—»«•]|::|&raquo;)\s+")
_PUBLISHED = frozenset(
    {"article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate"}
    | {"publish-date", "date", "dc.date", "dc.date.issued", "dcterms.created", "dc.created"}
    | {"article:published", "published_time", "citation_publication_date", "sailthru.date"}
)
_TITLE_SHARE = 12  # letters that a heading and the page's title must share to be the same


def page_title(root: Element, metas: Sequence[Element], headings: Sequence[str]) -> str | None:
    """The article's title: the heading that the page's own title repeats, else that title.

    `metas` are the page's `meta` elements, `headings` the texts of h1, then h2 and h3, outside of
    furniture.
    """
    told = [t for t in (_meta(metas, {"og:title"}), _title_element(root)) if t]
    for heading in headings:
        if len(heading) >= _TITLE_SHARE and any(_same(heading, t) for t in told):
            return heading
    site = _meta(metas, {"og:site_name"})
    for title in told:
        cleaned = without_site(title, site)
        if cleaned and not is_cue("site", cleaned):
            return cleaned
    return next(iter(headings), None) or next(iter(told), None)


def _same(heading: str, title: str) -> bool:
    return heading.casefold() in title.casefold()


def without_site(title: str, site: str | None) -> str:
    """The title without the site's name at its end or start.

    >>> without_site("Thu bảo hiểm tăng - Cổng thông tin điện tử tỉnh X", None)
    'Thu bảo hiểm tăng'
    """
    parts = _SEPARATOR.split(title)
    cuts = _SEPARATOR.findall(title)
    while len(parts) > 1 and _is_site(parts[-1], site):
        parts.pop()
        cuts.pop()
    while len(parts) > 1 and _is_site(parts[0], site):
        parts.pop(0)
        cuts.pop(0)
    if len(parts) == 1:
        return parts[0].strip()
    # a part that is no site's name belongs to the title, separator and all
    return title[title.index(parts[0]) : title.rindex(parts[-1]) + len(parts[-1])].strip()


def _is_site(part: str, site: str | None) -> bool:
    plain = part.strip().casefold()
    return (
        is_cue("site", part)
        or (site is not None and plain == site.strip().casefold())
        or re.fullmatch(r"[\w.-]+\.(?:vn|com|net|org)", plain) is not None
    )


def published_on(
    root: Element,
    metas: Sequence[Element],
    markup: str,
    lines: Sequence[str],
    title: str | None,
) -> date | None:
    """Meta elements first, then `time`, then the date line nearest to the title."""
    content = _meta(metas, _PUBLISHED)
    found = find_date(content[:80]) if content else None
    tags = _MAY_BE_DATED if _DATED in markup else ("time",)
    return found or _marked(root, tags) or nearest_date(lines, title)


def nearest_date(lines: Sequence[str], title: str | None) -> date | None:
    """Date lines among the lines after the title, then among those before it."""
    at = next((i for i, line in enumerate(lines) if title and line in title), 0)
    around = (*lines[at + 1 : at + 6], *reversed(lines[max(0, at - 12) : at + 1]))
    return next(filter(None, map(date_line, around)), None)


_DATED = "datePublished"
_MAY_BE_DATED = ("time", "span", "div", "p", "abbr")


def _marked(root: Element, tags: Sequence[str]) -> date | None:
    """`time` elements and items marked as the date of publication, the first that is a date."""
    for element in root.iter(*tags):
        marked = element.get("itemprop") == _DATED or element.tag == "time"
        if marked:
            told = element.get("datetime") or element.get("content") or text_of(element)
            found = find_date(told[:80])
            if found:
                return found
    return None


def _meta(metas: Sequence[Element], names: frozenset[str] | set[str]) -> str | None:
    for element in metas:
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.casefold() in names:
            content = flat(element.get("content", ""))
            if content:
                return content
    return None


def _title_element(root: Element) -> str | None:
    element = next(root.iter("title"), None)
    return flat(text_of(element)) if element is not None else None
