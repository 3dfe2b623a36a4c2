"""The one unit that a text names at all, where neither title nor office says of whom it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from normalizers.context.head import FIRST_PARAGRAPHS, LEAD, LONGEST
from normalizers.context.issuers import speaks_of_nation
from normalizers.context.named import lies_in
from normalizers.regions import Mention, find_regions, resolve
from normalizers.regions.gazetteer import REFORM
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS, NAME_WORD
from solieu.model import Region

UNITS = frozenset({"province", "district", "commune"})
_TYPES = "tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu"
_OWN_TYPE = sought(
    r"(?<!các )(?<!liên )(?<!ngoài )(?<!nhiều )(?<!mỗi )(?<!số )(?<!\d )(?<!cấp )(?<!từng )"
    rf"\b((?i:{_TYPES}))\b(?! [{CAPITALS}\d]|, thành| lỵ)",
    flags=0,
)
"""What a text calls its own unit: "toàn huyện", "kinh tế của tỉnh", no "các xã"."""
_IN_PROVINCE = sought(
    rf"(?<![{CAPITALS}]\w )(?<!\w)(?P<name>{NAME_WORD}(?:[ -]{NAME_WORD}){{0,3}})"
    rf" \((?:tỉnh )?(?P<in>{NAME_WORD}(?:[ -]{NAME_WORD}){{1,3}})\)",
    flags=0,
)
"""As papers write a district of another province: "Mường Khương (Lào Cai)"."""


_IS_A = (
    rf"(?P<name>{NAME_WORD}(?: {NAME_WORD}){{0,3}}) là (?:một |một trong (?:những |các )?)?"
    r"(?P<kind>huyện|thị xã|thành phố|xã|phường|thị trấn)\b"
)
_IS_UNIT = sought(
    rf"(?<!\w){_IS_A}[^.;]{{0,120}}?"
    rf"(?:\btỉnh |\((?:tỉnh )?)(?P<in>{NAME_WORD}(?: {NAME_WORD}){{1,3}})",
    flags=0,
)
"""As a text introduces whom it tells of: "Lạc Dương là huyện miền núi của tỉnh Lâm Đồng"."""


_IS_ITS_UNIT = re.compile(rf"\W*{_IS_A}")


def introduced(text: str, above: Region, on: date) -> Region | None:
    """The unit that a text begins with as one of `above`: "Đồng Văn là huyện vùng cao núi đá"."""
    hit = _IS_ITS_UNIT.match(text)
    return _named_in(hit["name"], (hit["kind"],), above, on) if hit is not None else None


def sole_unit(titles: Sequence[str], body: Sequence[str], on: date) -> Region | None:
    """The unit named first, where all others lie in it or hold it, and the text calls it its own.

    "Kinh tế của tỉnh Yên Bái …, năm tới tỉnh phấn đấu": of a district and its province it is the
    one whose type the text says alone, and a province where it says none, "Bắc Kạn xếp thứ 6 trong
    vùng". Under a title of "toàn tỉnh" sentences may name the country.
    """
    lines = [text[:LONGEST] for text in (*titles, *body[:FIRST_PARAGRAPHS])]
    lead = "\n".join(lines[: len(titles) + LEAD])
    if speaks_of_nation("\n".join(titles)) or (
        speaks_of_nation(lead) and not any(map(_ours, titles))
    ):
        return None
    told = [list(units_told(line, on)) for line in lines]
    units = set(chain.from_iterable(told))
    leading = chain.from_iterable(told[: len(titles) + LEAD])
    said = own_types(lines)
    first = list(leading)
    own = next((u for u in first if type_of(u) in said), None)
    if own is None and not said:
        own = next((u for u in first if u.level == "province" and _acts(u, lead, on)), None)
        own = None if own is not None and one_of_many(own, lines, on) else own
    if own is None or not all(lies_in(u, own) or lies_in(own, u) for u in units):
        return None
    return own


_MANY = 2


def one_of_many(unit: Region, lines: Sequence[str], on: date) -> bool:
    """Does a text list provinces of which it tells one first: "gồm: X, Y, Z… X đạt 5,2%"?"""
    named = {m.match.region for line in lines for m in find_regions(line, on)}
    others = {r for r in named if r is not None and r.level == "province" and r != unit}
    return len(others) >= _MANY


def _acts(unit: Region, text: str, on: date) -> bool:
    return any(m.match.region == unit and _ACTS.match(text, m.end) for m in find_regions(text, on))


def names_units(lines: Sequence[str], on: date) -> bool:
    """Does a text name any unit of the country, in passing or not, or call one its own?"""
    own = any(map(_ours, lines))
    named = (m.match for line in lines for m in find_regions(line, on))
    return own or any(m.status == "ambiguous" or _is_unit(m.region) for m in named)


def own_types(lines: Sequence[str]) -> set[str]:
    """The types of unit that a text calls its own: "toàn huyện", "của tỉnh"."""
    return {hit[1].casefold() for hit in _OWN_TYPE.finditer(_NO_TYPE.sub(" ", "\n".join(lines)))}


def _ours(line: str) -> bool:
    """Does a line call a unit its own, "toàn tỉnh"?"""
    return _OWN_TYPE.search(_NO_TYPE.sub(" ", line)) is not None


def _is_unit(region: Region | None) -> bool:
    return region is not None and region.level in UNITS


_NO_TYPE = sought(r"\b(?:xã (?:hội|viên|giao|luận)|(?:hợp tác|công|làng) xã|tỉnh táo)\b")
"""Words that hold that of a type: "kinh tế - xã hội"."""


def type_of(unit: Region) -> str:
    """The word that a unit's name begins with: "thị xã"."""
    name = unit.name.casefold()
    return next((word for word in _TYPES.split("|") if name.startswith(f"{word} ")), "")


def units_told(text: str, on: date) -> Iterator[Region]:
    """The units of a text in order, those told by the province in their bracket among them."""
    found = [
        (m.start, m.match.region)
        for m in find_regions(text, on)
        if m.match.status == "one" and m.match.region is not None and _is_told(text, m)
    ]
    found += [(hit.start(), r) for hit in _IN_PROVINCE.finditer(text) if (r := _told(hit, on))]
    found += [(hit.start(), r) for hit in _IS_UNIT.finditer(text) if (r := _as_said(hit, on))]
    ordered = sorted(found, key=lambda at: at[0])
    yield from (region for _, region in ordered if region.level in UNITS)


_ACTS = re.compile(
    r"\s+(?:đã|có|đạt|hiện|vẫn|là|còn|đang|tiếp tục|thực hiện|ước|phấn đấu|đặt|được|ghi nhận"
    r"|xếp|đứng|dẫn đầu|giải ngân|thu(?! nhập)|đón|trồng|gieo|huy động|hoàn thành|tạo|xây"
    r"|cấp|thu hút|(?:xuất|nhập) khẩu|sản xuất|phát triển|nuôi|khai thác)\b"
)
_TYPED = re.compile(rf"(?:{_TYPES}|t[pxt]\.?) ?(?=\S)", re.IGNORECASE)
_DATED = re.compile(r",\s*(?:ngày\s+)?\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}| tháng \d)")
"""Where a release was written: "Kiên Giang, 20/8/2020"."""
_GUESTS = sought(r"\bđoàn\b[^.;:]{0,40}$")


_MADE_OF = sought(
    r"\b(?:sáp nhập|hợp nhất|nhập từ|thành lập (?:từ|trên cơ sở)|hình thành từ)\b[^.;\n]*$"
)
"""What a unit was made of is no other that the text tells of."""


def _is_told(text: str, mention: Mention) -> bool:
    """Is a unit named as what is told of: with its type, or as who acts; no delegation of it?"""
    if _GUESTS.search(text, max(0, mention.start - 50), mention.start):
        return False
    if _MADE_OF.search(text, 0, mention.start):
        return False
    typed = _TYPED.match(mention.text) is not None
    dated = mention.start == 0 and _DATED.match(text, mention.end) is not None
    return typed or dated or _ACTS.match(text, mention.end) is not None


_NAMES = re.compile(rf"(?<!\w)(?P<name>{NAME_WORD}(?:[ -]{NAME_WORD}){{1,2}})(?!\w)")
_TOWNS = ("huyện", "thành phố", "thị xã", "quận", "đặc khu")


def town_alone(titles: Sequence[str], body: Sequence[str], on: date) -> Region | None:
    """The town or district that a title names and of which the text tells, by its name alone.

    "Phú Quốc thu 729 tỷ đồng" over "Phú Quốc đón 176.000 lượt khách"; no name that several share.
    """
    text = "\n".join(line for line in body[:FIRST_PARAGRAPHS] if line not in titles)
    named = [(title, hit) for title in titles for hit in _NAMES.finditer(title)]
    for title, hit in named:
        if re.search(re.escape(hit["name"]) + _ACTS.pattern, text) is None:
            continue
        found = [resolve(f"{kind} {hit['name']}", on) for kind in _TOWNS]
        if any(m.status == "ambiguous" and not m.flags for m in found):
            return None
        units = {m.region for m in found if m.status == "one" and not m.flags}
        others = {unit for line in (title, *body) for unit in units_told(line, on)}
        unit = units.pop() if len(units) == 1 else None
        if unit is not None and all(lies_in(r, unit) or lies_in(unit, r) for r in others):
            return unit
    return None


def unit_in_province(title: str, lead: str, on: date) -> Region | None:
    """The district that a title names, its province in a bracket: "Quỳ Hợp (Nghệ An): …".

    With its type it needs no bracket. Since July 2025 it is the commune that the `lead` names.
    """
    hit = _IN_PROVINCE.match(title.lstrip())
    if hit is None:
        hit = _IN_PROVINCE.search(title) if on < REFORM else None
        told = _told(hit, on) if hit is not None else None
        return told if told is not None and told.level == "district" else None
    if hit["name"].casefold().startswith(tuple(_TYPES.split("|"))):
        return None
    return _told(hit, on) if on < REFORM else _commune_told(hit, lead, on)


def _commune_told(hit: re.Match[str], lead: str, on: date) -> Region | None:
    above = resolve(hit["in"], on).region
    if above is None or above.level != "province":
        return None
    plain = lead.casefold()
    kinds = (kind for kind in _COMMUNES if f"{kind} {hit['name']}".casefold() in plain)
    return next((r for kind in kinds if (r := _named_in(hit["name"], (kind,), above, on))), None)


_COMMUNES = ("xã", "phường", "đặc khu")


def _told(hit: re.Match[str], on: date) -> Region | None:
    """The one district of that name in that province, else the one commune."""
    above = resolve(hit["in"], on).region
    if above is None or above.level != "province":
        return None
    if _BESIDE.search(hit.string, max(0, hit.start() - _LONGEST_NAME), hit.start()):
        return None
    words = hit["name"].split()
    names = [" ".join(words[at:]) for at in range(len(words))]  # "Đến Mường Khương (Lào Cai)"
    levels = (("huyện", "thị xã", "thành phố"), ("xã", "phường", "thị trấn"))
    tried = (_named_in(name, kinds, above, on) for name in names[:2] for kinds in levels)
    return next(filter(None, tried), None)


_LONGEST_NAME = 40
_BESIDE = re.compile(rf"(?<![.;:(] ){NAME_WORD}(?:[ -]{NAME_WORD}){{0,3}}(?: và|,) $")
"""Two that share their bracket: "Hướng Hóa và Đakrông (Quảng Trị) là hai huyện miền núi"."""


def _as_said(hit: re.Match[str], on: date) -> Region | None:
    above = resolve(hit["in"], on).region
    return _named_in(hit["name"], (hit["kind"],), above, on) if above is not None else None


def _named_in(name: str, kinds: tuple[str, ...], above: Region, on: date) -> Region | None:
    tried = (resolve(f"{kind} {name}", on, above) for kind in kinds)
    units = {m.region for m in tried if m.status == "one" and m.region is not None}
    inside = [unit for unit in units if lies_in(unit, above) and unit != above]
    return inside[0] if len(inside) == 1 else None
