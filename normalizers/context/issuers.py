"""Who speaks: the office in a letterhead or in the text, and the territory that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest

from normalizers.branching import any_of
from normalizers.context.named import lies_in, named_territory
from normalizers.facts import rows
from normalizers.regions import COUNTRY, find_regions, resolve
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS, NAME_WORD
from solieu.model import Region

_LEADING_MARKS = 3
_LETTERHEAD = 8
"""Lines that a letterhead reaches below its first office."""
ISSUER_REACH = 12
"""Letters that may stand between an issuer's name and its territory ("UBND các phường ...")."""
_WORDS = re.compile(r"[^\W_]+")


@cache
def issuer_words(*reaches: str) -> tuple[str, ...]:
    """Names of offices with one of these reaches (`issuers.csv`), the longest first."""
    found = (r["words"].casefold() for r in rows("issuers.csv") if r["reach"] in reaches)
    return tuple(sorted(found, key=len, reverse=True))


_RANKED = re.compile(
    r"\b(?:so với|(?:cao|thấp|kém) hơn|đứng|xếp|dẫn đầu|nhất|thứ)\s[^,;.()]{0,40}?"
    r"(?:cả nước|toàn quốc)|\b(?:chiếm|bằng)\s[^;()]{0,60}?(?:cả nước|toàn quốc)"
    r"|\b(?:cả nước|toàn quốc)(?: nói chung)?(?:,| và|,? cũng như) (?:(?:của|ở|tại|trên địa bàn) )?"
    r"(?:tỉnh|thành phố|huyện|thị xã|quận|địa phương)\b"
)
"""What a unit is measured by or named with: "đứng thứ 7 cả nước", "chiếm 2,3% dân số cả nước",
"cả nước cũng như tỉnh Lai Châu"."""


def speaks_of_nation(text: str) -> bool:
    """Does a text say "cả nước" otherwise than to rank a unit in it, or beside one?"""
    plain = _RANKED.sub(" ", text.casefold())
    return any(word in plain for word in issuer_words("row"))


def joined_lines(lines: tuple[str, ...]) -> list[str]:
    """Each line with the next: "ỦY BAN NHÂN DÂN" and "TỈNH KHÁNH HÒA" stand one below the other."""
    return [
        f"{line} {after}" if len(line) < 60 else line
        for line, after in zip_longest(lines, lines[1:], fillvalue="")
    ]


@dataclass(frozen=True, slots=True)
class Issuer:
    """An office's territory and the line of the head that names it."""

    region: Region
    line: int


def issuer_region(lines: list[str], on: date) -> Issuer | None:
    """The territory after the first local issuer ("UBND tỉnh X"), or a part of it just below."""
    found: Issuer | None = None
    for number, line in enumerate(lines):
        outer = found.region if found else _line_over(lines, number, on)
        region = after_issuer(line, on, letterhead=True, within=outer)
        if region is None:
            continue
        if found is None:
            found = Issuer(region, number)
        elif number - found.line > _LETTERHEAD:
            break
        elif lies_in(region, found.region) and region != found.region:
            return Issuer(region, found.line)
    return found


def _line_over(lines: list[str], number: int, on: date) -> Region | None:
    """The unit that the line over an office names: "TP HUẾ - QUẬN PHÚ XUÂN", "UBND PHƯỜNG …"."""
    if not number or issuer_pattern(letterhead=True).match(lines[number]) is None:
        return None
    over, _, _ = lines[number - 1].partition(lines[number][:_OFFICE_LENGTH])
    return named_territory(over, on) if over != lines[number - 1] else None


_OFFICE_LENGTH = 16


def after_issuer(
    line: str, on: date, *, letterhead: bool = False, within: Region | None = None
) -> Region | None:
    """The territory named right after an office: "của UBND xã Đắk Hòa", not "Số 12/BC-UBND".

    In a letterhead the office begins the line, or stands in the bracket under the title, or below
    the ministry that it belongs to: "BHXH VIỆT NAM" over "BẢO HIỂM XÃ HỘI TỈNH X".
    """
    if letterhead and (above := _superior().match(line)):
        line = line[above.end() :]
    for hit in issuer_pattern(letterhead=letterhead).finditer(line):
        if letterhead and hit.start() > _LEADING_MARKS and not line.startswith("("):
            break
        if _OF_ANOTHER.match(line, hit.end()):
            continue
        initials = _initials().match(line, hit.end())
        if initials is not None:
            return resolve(f"TP {initials[1]}", on).region
        led = _led_by(hit.group(), line[hit.end() : hit.end() + 70], on)
        led = led or _area_of_several(line[hit.end() :], within)
        if led is not None:
            return led
        for mention in find_regions(line[hit.end() : hit.end() + 70], on, within):
            region = mention.match.region if mention.match.status == "one" else None
            if region and region.level != "country" and mention.start <= ISSUER_REACH:
                return region
            break
    return None if letterhead else _of_office(line, on)


_OF_ANOTHER = re.compile(r"\s+(?:là|có|gồm|như|trừ|thì)\b", re.IGNORECASE)
"""What follows is one of its units, and not its name: "thấp nhất toàn tỉnh là huyện Ia Pa"."""
_ASIDE = (
    "tại|ở|cho|với|đã|về|trong|của|do|từ|đến|tới|vừa|có|là|phối|làm|giúp|hỗ|kiểm|yêu|đề|thanh|khảo"
    "|giao|cùng|và một|các tỉnh|nhiều|những|sẽ|đang|trên|tiếp"
)
_OFFICE_OF = sought(
    r"(?<!\w)(?:Sở|Ban [Qq]uản lý|Chi cục|Cục|Chi nhánh|Hiệp hội|Liên hiệp|Ban Chỉ đạo|Văn phòng)"
    rf"(?: (?!(?:{_ASIDE})\b)(?:[^\W\d]+,?|[-&–])){{1,14}} (?=(?i:tỉnh|thành phố) {NAME_WORD})",
    flags=0,
)
"""Any office by its kind, to the province behind its name: "Chi cục Chăn nuôi và Thú y tỉnh X"."""


def _of_office(line: str, on: date) -> Region | None:
    """The one province whose offices a line names so."""
    behind = (line[hit.end() : hit.end() + 40] for hit in _OFFICE_OF.finditer(line))
    first = (next(iter(find_regions(text, on)), None) for text in behind)
    named = {m.match.region for m in first if m and not m.start and m.match.status == "one"}
    return named.pop() if len(named) == 1 else None


_COMMITTEES = {"huyện ủy": "huyện", "thị ủy": "thị xã", "quận ủy": "quận"}
_NAME = re.compile(rf" ({NAME_WORD}(?: {NAME_WORD}){{0,3}})")


def _led_by(office: str, behind: str, on: date) -> Region | None:
    """The unit whose kind its committee says: "Huyện ủy Hiệp Đức", "Thị ủy Nghi Sơn"."""
    kind, named = _COMMITTEES.get(office.casefold()), _NAME.match(behind)
    found = resolve(f"{kind} {named[1]}", on) if kind and named else None
    return found.region if found is not None and found.status == "one" else None


_IN_CAPITALS = rf"[{CAPITALS}]{{2,}}\b"
_TYPED = (
    r"(?:(?i:huyện|quận|thị xã|thành phố|tp\.?) )?"
    rf"(?:{_IN_CAPITALS}(?: {_IN_CAPITALS}){{0,3}}|{NAME_WORD}(?: {NAME_WORD}){{0,2}})"
)
_AREA = re.compile(rf"\s+(?i:khu vực|liên (?:huyện|quận))\s+({_TYPED}(?:\s*[-–]\s*{_TYPED})+)")


def _area_of_several(behind: str, within: Region | None) -> Region | None:
    """The districts that an office has together, an area without a code: its figures are in doubt.

    "Chi cục Thuế khu vực Yên Lập - Tân Sơn" is of neither district alone.
    """
    hit = _AREA.match(behind)
    if hit is None:
        return None
    names = hit[1].split()
    name = " ".join(["Khu vực", *(w.capitalize() if w.isupper() else w for w in names)])
    return Region(name, "district", path=f"{within.path} / {name}" if within else None)


@cache
def _initials() -> re.Pattern[str]:
    """A province's initials, which only behind an office are its name: "Cục Thống kê HN"."""
    short = any_of(r["alias"] for r in rows("region_aliases.csv") if r["prose"] == "office")
    return re.compile(rf"\s+(?:TP\.? ?)?({short})(?!\w)")


@cache
def issuer_pattern(*, letterhead: bool) -> re.Pattern[str]:
    """Offices that stand for a territory; in running text also the words for an area."""
    found = issuer_words("local") if letterhead else issuer_words("local", "area")
    return re.compile(rf"(?<![\w/-]){any_of(found)}(?!\w)", re.IGNORECASE)


@cache
def _superior() -> re.Pattern[str]:
    """A national office that an office of its own follows, and a territory after that."""
    words = any_of(issuer_words("national"))
    return re.compile(rf"{words}\W+(?={issuer_pattern(letterhead=True).pattern})", re.IGNORECASE)


OF_AREA = sought(r"\b(?i:khu vực)\s+(?:[IVXL]{1,6}|\d{1,2})\b", flags=0)
_UNDER = 3
"""Lines of a letterhead in which an office of several provinces stands below its agency."""


def national_office(titles: tuple[str, ...], head: tuple[str, ...]) -> Issuer | None:
    """Việt Nam for what a ministry or the statistics office publishes under its own letterhead."""
    for line in titles:
        words = f" {' '.join(_WORDS.findall(line.casefold()))} "
        if any(f" {w} " in words for w in issuer_words("title")):
            return Issuer(COUNTRY, 0)
    for number, line in enumerate(head):
        key = line.casefold()
        if len(line) < 80 and key.startswith(issuer_words("national")):
            below = any(map(OF_AREA.search, head[number : number + _UNDER]))
            return None if below else Issuer(COUNTRY, number)
    return None
