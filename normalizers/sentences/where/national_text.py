"""Whether a text without a territory of its own speaks of the whole country, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from normalizers.branching import any_of
from normalizers.context import UNDATED, DocumentContext
from normalizers.context.head import IMPRINT, LONGEST
from normalizers.context.issuers import issuer_words, speaks_of_nation
from normalizers.context.named import names_several
from normalizers.context.sole import names_units
from normalizers.regions import COUNTRY, Match, find_regions
from normalizers.regions.units import bare_name
from normalizers.seeking import sought
from normalizers.sentences.where.assumed import unit_assumed
from solieu.model import Passage, Region
from solieu.quick import replace

_HEAD = 4
"""Passages in which a report says whose figures it gives."""
_BODY = 30


def of_nations_agency(context: DocumentContext, passages: Sequence[Passage]) -> DocumentContext:
    """A report that a national agency opens, before any territory is named as its own."""
    opening = passages[:_HEAD]
    titles = [context.title or "", *(p.text for p in opening if p.kind == "title")]
    text = "\n".join([titles[0], *(p.text for p in opening)])
    told = _told_by_nation().search(text)
    area = _titled_area(context) if context.region in {None, COUNTRY} else None
    if area is not None:
        return replace(context, region=area)
    if told is None:
        nation = context.region is None and (
            speaks_of_nation(text) or _PRODUCT.search(text) is not None
        )
        return replace(context, region=COUNTRY) if nation else context
    region, ahead = context.region, [*titles, text[: told.start()]]
    if region is not None and _ALL_OVER.match(text, told.end()):
        ahead = [part for part in ahead if _RANKED.search(part) is None]
    if region is not None and bare_name(region) in "\n".join(_of_one(ahead, context)):
        return context
    return replace(context, region=COUNTRY)


def _of_one(ahead: Sequence[str], context: DocumentContext) -> list[str]:
    """The lines that are not about several at once: "A, B và C là những địa phương …"."""
    lines = chain.from_iterable(part.split("\n") for part in ahead)
    return [line for line in lines if not names_several(line[:LONGEST], context.on)]


_ALL_OVER = re.compile(r"[^.;]{0,60}\b(?:toàn quốc|cả nước)\b", re.IGNORECASE)
_RANKED = sought(r"\b(?:đứng|dẫn|xếp) (?:đầu|thứ|nhất)\b[^.;]{0,16}(?:cả nước|toàn quốc)")
"""Who comes first in what a ministry tells of all: "TP HCM đứng đầu cả nước về số vụ tai nạn"."""
_PRODUCT = re.compile(r"\btổng sản phẩm (?:trong nước|quốc nội)\b", re.IGNORECASE)


_OF_NATION = (
    r"(?:tổng cục|tổng công ty|tổng hội|tập đoàn|hiệp hội|liên đoàn)"
    r"(?: (?!tỉnh\b|thành phố\b)[^\W\d]+,?){1,12} việt nam(?: \([^\W\d]+\))?"
)
"""Whom the name says to be the country's: "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam"."""


@lru_cache(maxsize=1)
def _told_by_nation() -> re.Pattern[str]:
    agency = rf"(?:{any_of(issuer_words('national'))}|{_OF_NATION})"
    source = "báo cáo(?: nhanh| tổng hợp)?|số liệu(?: thống kê)?|thống kê|thông tin"
    return re.compile(
        rf"(?:theo(?: (?:{source}))?(?: (?:của|từ))? {agency})"
        rf"|{agency}(?: \w+)? (?:cho biết|công bố|tổng kết|thông tin|báo cáo|thông báo)",
        re.IGNORECASE,
    )


def beyond_units(
    context: DocumentContext, texts: Sequence[str]
) -> tuple[DocumentContext, Region | None]:
    """What a text speaks of that says it of no unit, and what is only assumed to be its territory.

    The one part of the country that its opening names ("các tỉnh ĐBSCL"); in doubt the only unit
    that it names, or, for a ministry, "nước ta", a national paper, the country.
    """
    lines = [context.title or "", *(text[:LONGEST] for text in texts[:_BODY])]
    if context.region is not None:
        return context, None
    if names_units(lines, context.on):
        return context, unit_assumed(lines, context.on)
    named = [[m.match for m in find_regions(line, UNDATED)] for line in lines]
    areas = _areas(named)
    if len(areas) == 1 and _areas(named[: _HEAD + 1]):
        return replace(context, region=areas.pop()), None
    told = any(m.region == COUNTRY for found in named[1:] for m in found)
    told = told or any(map(_offices().search, lines[1:])) or any(map(_in_paper, texts))
    return context, COUNTRY if told and not areas else None


def _areas(named: Sequence[Sequence[Match]]) -> set[Region]:
    matches = chain.from_iterable(named)
    return {m.region for m in matches if m.region is not None and m.status == "other"}


_LEADS = re.compile(r"\W*(?:(?:vùng|khu vực|các tỉnh)\s+)?", re.IGNORECASE)


def _titled_area(context: DocumentContext) -> Region | None:
    """The part of the country that a title begins with: "Tây Nguyên có 551 nghìn ha cà phê"."""
    title = (context.title or "")[:LONGEST]
    first = min(find_regions(title, context.on), key=lambda m: m.start, default=None)
    if first is None or first.match.status != "other":
        return None
    return first.match.region if _LEADS.fullmatch(title, 0, first.start) else None


_IN_PASSING = frozenset({"chính phủ", "quốc hội"})
"""Whose decrees and laws every office names."""


@lru_cache(maxsize=1)
def _offices() -> re.Pattern[str]:
    offices = any_of(w for w in issuer_words("national") if w not in _IN_PASSING)
    return re.compile(rf"(?<!\w)(?:{offices}|nước ta|đất nước)(?!\w)", re.IGNORECASE)


def _in_paper(line: str) -> bool:
    """Does a short line name a paper of the whole country?"""
    return len(line) < IMPRINT and _papers().search(line) is not None


@lru_cache(maxsize=1)
def _papers() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(issuer_words('press'))}(?!\w)", re.IGNORECASE)
