"""Of which territory a document speaks: by its titles, its letterhead, then its running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from normalizers.context.head import (
    FIRST_PARAGRAPHS,
    HEAD_PASSAGES,
    IMPRINT,
    LEAD,
    LONGEST,
    is_imprint,
)
from normalizers.context.issuers import (
    ISSUER_REACH,
    OF_AREA,
    after_issuer,
    issuer_pattern,
    issuer_region,
    issuer_words,
    joined_lines,
    national_office,
    speaks_of_nation,
)
from normalizers.context.named import (
    lies_in,
    named_territory,
    names_pair,
    names_several,
    without_origins,
)
from normalizers.context.papers import district_of_portal, of_domain, of_initials, of_press
from normalizers.context.sole import UNITS, introduced, own_types, sole_unit, town_alone
from normalizers.context.titled import below_title, inside_title, of_title, own_kinds
from normalizers.layout.titles import (
    is_letterhead,
    without_decrees,
)
from normalizers.regions import COUNTRY, Mention, find_regions, resolve
from normalizers.regions.units import bare_name
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS, NAME_WORD
from solieu.model import Content, Grid, Region
from solieu.text import one_line

_NEAR = 3
"""Lines within which a province's office stands below its ministry in a letterhead."""


def territory_of(
    titles: tuple[str, ...], head: tuple[str, ...], content: Content, on: date
) -> Region | None:
    """The territory of all that follows; None where nothing names it."""
    if any(map(_OF_AREA.match, titles[:1])):
        return None
    letterhead = issuer_region(joined_lines(head), on)
    titles = tuple(map(without_origins, titles))
    body = list(map(without_origins, _body(content)))
    lead = "\n".join(body[:FIRST_PARAGRAPHS])
    for title in titles:
        if is_imprint(title) or (letterhead is not None and is_letterhead(title)):
            continue
        pair = names_pair(title, on)
        region = None if pair else of_title(without_decrees(title), letterhead, lead, on)
        if region is not None:
            return below_title(letterhead, region, title, on) or inside_title(
                region, title, lead, on
            )
    national = national_office(titles, head)
    if letterhead is not None and (national is None or letterhead.line <= national.line + _NEAR):
        return letterhead.region
    if national is not None:
        return national.region
    several = any(names_several(title, on) for title in titles)
    own = None if several else _of_titles_unit(titles, body, on)
    return (
        own
        or (None if several else _namesake((*titles, *joined_lines(head)), head, on))
        or _line_alone([*_above_title(content), *body[:_NEAR]], on)
        or (None if several else _headed(titles, body, on))
        or _country(body, content.grids)
        or (None if several else _lead_region(body, on))
        or _introduced(_of_paper([p.text for p in content.passages], body, on), body, on)
        or _of_portal([p.text for p in content.passages], body, on)
        or _dated_from(body, on)
        or (None if several else _only_province(body, on) or sole_unit(titles, body, on))
        or (None if several else town_alone(titles, body, on))
        or next(
            (r for line in titles if is_imprint(line) and (r := named_territory(line, on))), None
        )
    )


def _body(content: Content) -> list[str]:
    """The running text; on a page what stands above the article's title comes last."""
    above, article = _at_title(content)
    return [*article, *above] if content.reader == "lxml" else [*above, *article]


def _above_title(content: Content) -> list[str]:
    """What heads a page over its article's title, first of all the name of its site."""
    above, _ = _at_title(content)
    return above[:_NEAR]


def _at_title(content: Content) -> tuple[list[str], list[str]]:
    """The texts above the article's title, and those from it on."""
    told = [p for p in content.passages if p.kind != "boilerplate"]
    at = next((i for i, p in enumerate(told) if p.kind == "title"), 0)
    return [p.text for p in told[:at]], [p.text for p in told[at:]]


_OF_AREA = re.compile(
    r"\W*(?:thống kê|thuế|đội thuế|kho bạc(?: nhà nước)?|ngân hàng nhà nước"
    r"|tòa án nhân dân|viện kiểm sát nhân dân)"
    r" (?:(?:cơ sở|liên huyện|liên xã)\b|khu vực (?:[IVX]+|\d+)(?=\s*[:–-]|\s+[a-zđ]))",
    re.IGNORECASE,
)
"""An office whose reach is no unit of the map, whatever its name says."""


def _of_titles_unit(titles: tuple[str, ...], body: list[str], on: date) -> Region | None:
    """The unit of a title that the text begins with, else the one whose offices it speaks of.

    "Kinh tế tập thể ở Thuận Châu" over "Huyện Thuận Châu (Sơn La) hiện có 51 hợp tác xã" is not of
    the province, whatever it tells of "toàn tỉnh Sơn La".
    """
    office, named = _body_region(body, on), _named_in_both(titles, body, on)
    begun = named is not None and (
        any(line.startswith(f"{named.name} ") for line in body[:_NEAR]) or _leads(named, titles)
    )
    inner = begun and named is not None and office is not None and lies_in(named, office)
    return named if inner else office or named


def _leads(unit: Region, titles: Iterable[str]) -> bool:
    """Is a unit what a title begins with, and tells of: "Hớn Quản giải ngân 57% kế hoạch"?"""
    heads = filter(None, map(_HEAD_NAME.match, titles))
    return any(bare_name(unit) in {head["led"], head["said"]} for head in heads)


_OWN_PROVINCE = sought(
    r"(?<![Cc]ác )(?<![Ll]iên )(?<!ngoài )(?<![Nn]hiều )(?<![Mm]ỗi )(?<![Ss]ố )(?<!\d )"
    rf"\b(?:[Tt]ỉnh|thành phố)\b(?! [{CAPITALS}]|, thành)",
    flags=0,
)


def _introduced(province: Region | None, body: list[str], on: date) -> Region | None:
    """The unit of its paper's province that a text introduces: "Đồng Văn là huyện vùng cao"."""
    lead = (text for text in body[:FIRST_PARAGRAPHS] if len(text) >= _SENTENCE)
    found = introduced(next(lead, ""), province, on) if province is not None else None
    return found or province


def _of_paper(lines: list[str], body: list[str], on: date) -> Region | None:
    """The province whose press writes of "tỉnh", by initials over a text or a short line's name."""
    if not any(map(_OWN_PROVINCE.search, body)) or speaks_of_nation("\n".join(body[:LEAD])):
        return None
    online = next((r for line in lines if (r := of_domain(line[:IMPRINT], on))), None)
    if online is not None:
        return online
    signed = next((r for line in lines if (r := of_initials(line, on))), None)
    short = (line for line in lines if len(line) < IMPRINT)
    return signed or next((r for line in short if (r := of_press(line, on))), None)


def _of_portal(lines: list[str], body: list[str], on: date) -> Region | None:
    """The district whose address stands over a text of "toàn huyện"."""
    named = (r for line in lines if len(line) < IMPRINT and (r := district_of_portal(line, on)))
    return _whole_told(named, body)


_DATE_LINE = re.compile(
    r"\W*(?P<place>[^,\d\n]{4,40}),\s*(?:ngày|tháng)\s+\d[\d\s./-]*(?:(?:tháng|năm)\s+\d+\s*)*\W*",
    re.IGNORECASE,
)


def _dated_from(body: list[str], on: date) -> Region | None:
    """The province that dates a text of "tỉnh" and stands alone in it: "Nam Định, tháng 6/2022".

    The text may write its name behind that word as well. The capital dates what the whole
    country's offices and papers write.
    """
    hits = (_DATE_LINE.fullmatch(line) for line in body)
    found = (resolve(hit["place"].strip(), on).region for hit in hits if hit is not None)
    place = next((r for r in found if r is not None and r.level == "province"), None)
    if place is None:
        return _district_dated_from(body, on)
    if bare_name(place) == "Hà Nội":
        return None
    text = "\n".join(body[:FIRST_PARAGRAPHS])
    typed = place.name.casefold() in text.casefold()
    if not typed and not any(map(_OWN_PROVINCE.search, body)):
        return None
    named = (m.match.region for m in find_regions(text, on) if m.match.status == "one")
    inside = all(lies_in(r, place) for r in named if r is not None and r.level in UNITS)
    return place if inside else None


def _district_dated_from(body: list[str], on: date) -> Region | None:
    """The district that dates a text of "toàn huyện": "Vĩnh Linh, ngày 12/3/2020"."""
    said = own_kinds("\n".join(body[:FIRST_PARAGRAPHS]))
    hits = (_DATE_LINE.fullmatch(line) for line in body)
    found = [resolve(f"{k} {hit['place'].strip()}", on) for hit in hits if hit for k in said]
    return next((m.region for m in found if m.status == "one" and not m.flags), None)


def _only_province(body: list[str], on: date) -> Region | None:
    """The one province that a text of "tỉnh" names, twice or with a unit of its own."""
    text = "\n".join(body[:FIRST_PARAGRAPHS])
    if _OWN_PROVINCE.search(text) is None:
        return None
    named = [m.match.region for m in find_regions(text, on) if m.match.status == "one"]
    units = [r for r in named if r is not None and r.level in UNITS]
    provinces = [r for r in units if r.level == "province"]
    if not provinces or (len(units) < 2 and not _told_there(provinces[0], text)):
        return None
    return provinces[0] if all(lies_in(r, provinces[0]) for r in units) else None


def _told_there(province: Region, text: str) -> bool:
    """Is a province that is named once named as where the text is: "của tỉnh Long An là 2.754"?"""
    told = rf"\b(?:của|tại|ở|trên địa bàn) {province.name} (?:là|có|đạt|còn|ước|tăng|giảm)\b"
    return re.search(told, text, re.IGNORECASE) is not None


def _lead_region(body: list[str], on: date) -> Region | None:
    """The only territory of the first sentences, where an office or "toàn tỉnh" speaks of it.

    The office may be named once and never again: "Trả lời chất vấn tại kỳ họp HĐND tỉnh X, …".
    """
    lead = [text[:LONGEST] for text in body if len(text) >= _SENTENCE][:LEAD]
    opening = "\n".join(lead)
    if speaks_of_nation(opening):
        return None
    mentions = sorted(find_regions(opening, on), key=lambda m: m.start)
    named = [m.match.region for m in mentions if m.match.status == "one"]
    units = [r for r in named if r is not None and r.level in UNITS]
    office = next((r for text in lead if (r := after_issuer(text, on))), None)
    told = office or _whole_told(units, body)
    if told is None or not all(lies_in(r, told) or lies_in(told, r) for r in units):
        return None
    return told


_WHOLE = re.compile(
    r"\b(?:(?:toàn|trong|cả|trên địa bàn) (?=(?P<unit>\w+))"
    r"|(?P<ours>tỉnh|huyện|xã|phường) (?:ta|nhà)\b)"
)


def _whole_told(units: Iterable[Region], body: Iterable[str]) -> Region | None:
    """The first of which the text says "toàn tỉnh", "trong huyện", "xã nhà" by what it is."""
    said = {hit["unit"] or hit["ours"] for hit in _WHOLE.finditer("\n".join(body).casefold())}
    return next((u for u in units if u.name.split(" ", 1)[0].casefold() in said), None)


_SENTENCE = 60
"""Letters of a line that tells something; shorter ones are headings and dates."""


def _namesake(lines: Iterable[str], head: Iterable[str], on: date) -> Region | None:
    """The unit whose name several share, below the territory of any line of the head.

    Where nothing says which it is, the name stands without a code: that much the document says.
    """
    for line in lines:
        hit = issuer_pattern(letterhead=True).search(line)
        text = line[hit.end() :] if hit else line
        mention = _first_shared(find_regions(text, on))
        if mention is None or (hit is not None and mention.start > ISSUER_REACH):
            continue
        shared = _shared(mention)
        if shared is not None:
            narrowed = (named_territory(mention.text, on, r) for r in _named_alone(head, on))
            units = mention.match.candidates
            return next((r for r in narrowed if r is not None and r in units), shared)
    return None


def _first_shared(mentions: Iterable[Mention]) -> Mention | None:
    """The first name that several share, if no unit of its kind is told of before it.

    "Phường Dương Nỗ được thành lập từ các xã Phú Dương, …" is of the first.
    """
    told: set[str] = set()
    for mention in mentions:
        if mention.match.status == "ambiguous":
            levels = {unit.level for unit in mention.match.candidates}
            return None if levels & told else mention
        if mention.match.region is not None:
            told.add(mention.match.region.level)
    return None


def _line_alone(lines: Iterable[str], on: date) -> Region | None:
    """The unit that is all of one of the first lines: "TỈNH NAM ĐỊNH" over a text."""
    for line in lines:
        text = line.strip(" .:-–")
        named = [m.match.region for m in find_regions(text, on) if m.text == text]
        if named and named[0] is not None and named[0].level in UNITS:
            return named[0]
        if (unit := _address(text, on)) is not None:
            return unit
    return None


def _address(line: str, on: date) -> Region | None:
    """The unit that a line names with all those it lies in: "Xã Kim Phú, tỉnh Tuyên Quang"."""
    parts = [part.strip() for part in line.split(",")]
    if not 2 <= len(parts) <= _LONGEST_ADDRESS or len(line) > IMPRINT:
        return None
    named = [m.match.region for m in find_regions(line, on) if m.text in parts]
    units = [r for r in named if r is not None]
    whole = len(units) == len(parts) and units[0].name.casefold() == parts[0].casefold()
    return units[0] if whole and all(map(lies_in, units, units[1:])) else None


_LONGEST_ADDRESS = 3


_HEAD_NAME = re.compile(
    rf"\W*(?:(?P<led>{NAME_WORD}(?:[ -]{NAME_WORD}){{0,3}})\s*:"
    rf"|(?P<said>{NAME_WORD}(?:[ -]{NAME_WORD}){{1,3}})\s+(?![{CAPITALS}])[^\W\d_])"
)
_THERE = re.compile(
    r"(?!.*\b(?:học|tham quan|thăm|kinh nghiệm|hội nghị|gặp mặt|quảng bá|xúc tiến|họp)\b)"
    rf".*\s(?:ở|tại|của) (?P<there>{NAME_WORD}(?: {NAME_WORD}){{1,2}})\W*$"
)
"""What a title ends with, no guest's or meeting's place: "Chương trình 135 ở Lạc Sơn"."""
_OWN_LEVEL = re.compile(
    r"\b(?i:của|cả|toàn|trong|địa bàn|ủy ban nhân dân|ubnd|hđnd|đảng bộ) "
    rf"(huyện|thị xã|thành phố|quận|xã|phường|thị trấn)\b(?! [{CAPITALS}\d])"
)


_TOWNS = frozenset({"huyện", "thị xã", "thành phố", "quận"})


def _headed(titles: Iterable[str], body: list[str], on: date) -> Region | None:
    """The unit that a title begins or ends with, of the type that the text says: "Chư Sê: …".

    A name that several units of that type share gives none.
    """
    lead = "\n".join(body[:FIRST_PARAGRAPHS])
    types = dict.fromkeys((*_OWN_LEVEL.findall(lead), *own_kinds(lead)))
    for title in titles:
        head = _HEAD_NAME.match(title)
        there = _THERE.match(title) if head is None else None
        name = there["there"] if there else head["led"] or head["said"] if head else ""
        if head and head["led"]:
            types |= dict.fromkeys(own_types([lead]) & _TOWNS)
        found = (resolve(f"{kind} {name}", on) for kind in types if name)
        unit = next((m.region for m in found if m.status == "one"), None)
        if unit is not None:
            return unit
    return None


def _named_alone(lines: Iterable[str], on: date) -> Iterator[Region]:
    found = (named_territory(line, on) for line in lines)
    return (region for region in found if region is not None and region.level != "country")


def _body_region(texts: list[str], on: date) -> Region | None:
    """The territory whose offices most of the text speaks of; None for a study of six provinces."""
    found = [r for t in texts for line in t.splitlines() if (r := after_issuer(line, on))]
    if len(found) < min(3, 1 + len(texts) // 6):
        return None
    votes = Counter(found)
    for region, _ in sorted(votes.items(), key=lambda v: (len(v[0].path or ""), -v[1])):
        inside = sum(n for r, n in votes.items() if lies_in(r, region))
        if inside >= 0.7 * len(found):
            return region
    return None


def _shared(mention: Mention) -> Region | None:
    """A name that units of one kind share, without a code: so much the document says."""
    units = mention.match.candidates if mention.match.status == "ambiguous" else ()
    alike = len({(unit.name, unit.level) for unit in units}) == 1
    return Region(units[0].name, units[0].level) if alike else None


def _named_in_both(titles: tuple[str, ...], body: list[str], on: date) -> Region | None:
    """The unit that the first paragraphs name with its type and a title without it.

    "Nghĩa Hưng giữ vững thành quả" over "huyện Nghĩa Hưng có 24 xã".
    """
    title = "\n".join(titles)
    for mention in find_regions("\n".join(body[:FIRST_PARAGRAPHS]), on):
        region = mention.match.region if mention.match.status == "one" else _shared(mention)
        if region is None or region.level == "country":
            continue
        bare = bare_name(region)
        if mention.text.casefold() != bare.casefold() and _names(title, bare):
            return region
    return None


def _names(title: str, bare: str) -> bool:
    """The name as a name is written: no "Ninh" in "An ninh trật tự", no "1" in "Quý 1"."""
    if not bare[:1].isalpha():
        return False
    either = f"{re.escape(bare)}|{re.escape(bare.upper())}"
    return re.search(rf"(?<!\w)(?:{either})(?!\w)", title) is not None


_SET_BY = re.compile(
    r"(?:(?:kế hoạch|chỉ tiêu|dự toán|văn bản|hướng dẫn|chỉ đạo) (?:do |của )?"
    r"(?:bhxh|bảo hiểm xã hội) việt nam|(?:bhxh|bảo hiểm xã hội) việt nam(?: đã)? giao)(?!\w)"
)
"""Whose plan a figure is measured by, and not who speaks: "98% kế hoạch BHXH Việt Nam giao"."""
_ALL_OF_IT = re.compile(
    rf"\b(?:[Tt]oàn|[Cc]ả|[Tt]rong|[Tt]rên địa bàn|BHXH|UBND|HĐND|\(BHXH\)) tỉnh\b(?! [{CAPITALS}])"
)
_ALL_OF_US = re.compile(r"\b(?:cả nước|toàn quốc)\b", re.IGNORECASE)


def _country(body: list[str], grids: tuple[Grid, ...]) -> Region | None:
    """Việt Nam where a national office speaks, or where a table's row is "Cả nước"."""
    if any(OF_AREA.search(line) for line in body[:HEAD_PASSAGES] if len(line) < _SENTENCE):
        return None
    opening = " ".join(body[:HEAD_PASSAGES])
    spoken = _SET_BY.sub(" ", opening.casefold())
    of_province = _ALL_OF_IT.search(opening) is not None and _ALL_OF_US.search(opening) is None
    if not of_province and any(words in spoken for words in issuer_words("body")):
        return COUNTRY
    names = issuer_words("row")
    labels = (c.text for g in grids for c in g.cells if c.column <= 2 and c.number is None)
    return COUNTRY if any(one_line(text).casefold() in names for text in labels) else None
