"""Territories named in running text.

A province is found by its bare name; a district or commune only behind its type word, in the list
that such a word opens, or where it is a child of the territory the text speaks of: "Thanh Hà" is a
person, a district and several communes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from normalizers.facts import rows
from normalizers.regions.gazetteer import gazetteer, loose
from normalizers.regions.labels import either_tone, words
from normalizers.regions.printed import any_choice, printed_as
from normalizers.regions.resolver import Match, resolve
from normalizers.regions.units import bare_name, children
from normalizers.spelling import CAPITALS
from solieu.model import Level, Region
from solieu.quick import replace

_LETTER = r"[^\W\d_]"
_DASH = r"\s*[-–—]\s*"


@dataclass(frozen=True, slots=True)
class Mention:
    """A territory named in a text, `text` being its characters from `start` to `end`."""

    start: int
    end: int
    text: str
    match: Match


# ---------------------------------------------------------------- patterns


@lru_cache(maxsize=1)
def _province_names() -> str:
    names = [u.name for u in gazetteer().below("")]
    names += [u.name for u in gazetteer().historical if u.code]
    names += [r["alias"] for r in rows("region_aliases.csv") if r["prose"] == "1"]
    return any_choice(shape for name in names for shape in printed_as(name))


@lru_cache(maxsize=1)
def _province_at() -> re.Pattern[str]:
    return re.compile(rf"(?:{_province_names()})(?!\w)")


_LIES = (
    r"(?:(?:miền núi|vùng (?:cao|sâu|biên|biển)|biên giới|ven biển|bãi ngang|nghèo|thuần nông"
    r"|trung du)\s+){1,2}"
)
"""What sort of unit it is, between its type and its name: "huyện miền núi Quỳ Châu"."""
_LYING = re.compile(rf"(?<=\s){_LIES}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _type_words() -> str:
    types = rows("unit_types.csv")
    full = [either_tone(r["text"]).replace(r"\ ", r"\s+") for r in types if r["form"] == "word"]
    short = [re.escape(r["text"]) for r in types if r["form"] == "short"]
    letters = "".join(r["text"].upper() for r in types if r["form"] == "letter")
    return (
        rf"(?i:{any_choice(full)})\s+(?i:{_LIES})?|(?i:{any_choice(short)})(?:\.\s*|\s+|(?=[A-ZĐ]))"
        rf"|[{letters}]\.\s*|[QPF](?=\d)"
    )


@lru_cache(maxsize=1)
def _special_words() -> str:
    kinds = ("whole", "country", "area")
    texts = (w.text for w in words() if w.prose and w.kind in kinds)
    return any_choice([either_tone(text).replace(r"\ ", r"\s+") for text in texts])


def _first_letters() -> str:
    """The small letters that a type word or a word for a part of the country begins with."""
    texts = [w.text for w in words() if w.prose] + [r["text"] for r in rows("unit_types.csv")]
    return "".join(sorted({text[0].lower() for text in texts}))


@lru_cache(maxsize=1)
def _scanner() -> re.Pattern[str]:
    """What may be a territory anywhere in the country.

    The letters that one begins with are asked first: most letters of a text are none of them.
    """
    return re.compile(
        rf"(?=[{_first_letters()}{CAPITALS}])(?<!{_LETTER})"
        rf"(?:(?P<special>(?i:{_special_words()}))(?!\w)"
        rf"|(?P<typed>(?:{_type_words()})(?=[\w'’]))"
        rf"|(?P<province>(?=[{CAPITALS}])(?:{_province_names()}))(?!\w)"
        r"|(?P<child>(?!).))"
    )


@lru_cache(maxsize=1024)
def _child_scanner(within: Region | None, on: date) -> re.Pattern[str] | None:
    """The bare names of one territory's children, with the groups of `_scanner`.

    Apart from it because it differs from province to province, and the rest is slow to compile.
    """
    names = _child_names(within, on)
    return _scanner_of(names) if names else None


@lru_cache(maxsize=1024)  # by name and not by day: between two reforms all days have the same units
def _scanner_of(names: tuple[str, ...]) -> re.Pattern[str]:
    # with a letter to be: what might match nothing has no first letter to be looked for
    never = "|".join(f"(?P<{group}>(?!).)" for group in ("special", "typed", "province"))
    child = any_choice(shape for name in names for shape in printed_as(name))
    return re.compile(rf"(?<!{_LETTER})(?:{never}|(?P<child>(?=[{CAPITALS}])(?:{child}))(?!\w))")


class _Hits:
    """What may be a territory in one text, the children of its scope and all others.

    A scanner is asked again only when its last hit was passed: that one begins where it began.
    """

    def __init__(self, text: str, scope: _Scope) -> None:
        self._text = text
        self._scanners = (_scanner(), _child_scanner(scope.within, scope.on))
        self._last: list[re.Match[str] | None] = [None, None]
        self._searched = [False, False]

    def after(self, at: int) -> re.Match[str] | None:
        """The first hit; of two at one place the one that is not bound to the scope."""
        anywhere, child = self._next(0, at), self._next(1, at)
        if child and (anywhere is None or child.start() < anywhere.start()):
            return child
        return anywhere

    def _next(self, which: int, at: int) -> re.Match[str] | None:
        scanner, last = self._scanners[which], self._last[which]
        passed = last is not None and last.start() < at
        if scanner is not None and (passed or not self._searched[which]):
            self._last[which] = scanner.search(self._text, at)
            self._searched[which] = True
        return self._last[which]


_TOKEN = re.compile(
    rf"(?:{_LETTER}[\u0300-\u036f]?)+(?:['’]\s?{_LETTER}+)*|\d{{1,3}}(?![\d/%]|[.,]\d)"
)
_GAP = re.compile(rf"{_DASH}|\s+|['’]\s?")
_LISTED = re.compile(
    r"(?:\s*\([^()]{1,40}\))?(?:\s*[,;]\s*(?:và\s+)?|\s+(?:và|hoặc|&)\s+)", re.IGNORECASE
)
_MAX_TOKENS = 7


# ---------------------------------------------------------------- names behind a type word


def _ends(text: str, start: int) -> list[int]:
    """Where a name that begins at `start` may end, longest first: after each capitalised token."""
    ends: list[int] = []
    at = start
    while len(ends) < _MAX_TOKENS and (token := _TOKEN.match(text, at)):
        if not (token.group()[0].isupper() or token.group()[0].isdigit()):
            break
        ends.append(token.end())
        gap = _GAP.match(text, token.end())
        if gap is None or (gap.group().strip() and _opens_typed(text, gap.end())):
            break
        at = gap.end()
    return ends[::-1]


def _opens_typed(text: str, at: int) -> bool:
    """Does a name with its type follow the dash: "THÀNH PHỐ HỒ CHÍ MINH - QUẬN 5"?"""
    hit = _scanner().match(text, at)
    return hit is not None and hit.group("typed") is not None


def _typed(text: str, start: int, name_at: int, scope: _Scope) -> Mention | None:
    """The longest name behind the type word at `start` that the gazetteer knows."""
    for end in _ends(text, name_at):
        printed = text[start:end]
        plain = _LYING.sub("", printed)
        match = resolve(plain, scope.on, scope.within)
        unknown = match.status == "none" or "spelling" in match.flags
        if unknown and scope.within is not None:
            match = resolve(plain, scope.on)
        certain = "spelling" not in match.flags and not _counted(text, name_at, end, match)
        certain = certain and (plain == printed or "type_differs" not in match.flags)
        if match.status in ("one", "ambiguous") and certain:
            return Mention(start, end, printed, match)
    return None


_COUNTS = re.compile(
    r"\s*(?:%|(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|người|hộ|ha|tấn|con|xã|trường|thôn|tổ|đơn vị|dự án)\b)"
)


def _counted(text: str, start: int, end: int, match: Match) -> bool:
    """Is the number behind the type a figure: "thu ngân sách xã 3 tỷ đồng", "huyện 4 trường"?"""
    if not text[start:end].isdigit():
        return False
    return "type_differs" in match.flags or _COUNTS.match(text, end) is not None


def _list_after(text: str, first: Mention, kind: str, scope: _Scope) -> Iterator[Mention]:
    """The further names of "các huyện Nam Sách, Kim Thành và Tứ Kỳ"."""
    at = first.end
    while (gap := _LISTED.match(text, at)) is not None:
        found = _listed(text, gap.end(), kind, scope)
        if found is None:
            return
        yield found
        at = found.end


def _listed(text: str, at: int, kind: str, scope: _Scope) -> Mention | None:
    if _province_at().match(text, at):
        return None
    for end in _ends(text, at):
        match = resolve(f"{kind} {text[at:end]}", scope.on, scope.within)
        certain = not {"spelling", "type_differs", "not_in_force"} & set(match.flags)
        if match.status in ("one", "ambiguous") and certain:
            return Mention(at, end, text[at:end], match)
    return None


# ---------------------------------------------------------------- bare names


@dataclass(frozen=True, slots=True)
class _Scope:
    on: date
    within: Region | None

    @property
    def child_level(self) -> Level | None:
        if self.within is None:
            return None
        below = children(self.within, self.on)
        return below[0].level if below else None


_WORD_BEFORE = re.compile(rf"({_LETTER}+)[^\S\n]+$")
_WORD_AFTER = re.compile(rf"[^\S\n]+({_LETTER}+)")


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(w.text for w in words() if w.kind == "person")


def _title_case(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


_APART = frozenset({"Thuế", "Tại", "Theo", "Riêng", "Ở"})
"""No part of a name, though often in capitals: "Chi cục Thuế Thanh Chương thu 98 tỷ đồng", or
where a page lost its full stops: "… với 643 tấn Tại Lâm Đồng, dịch …"."""


def _part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Another name around the found one: "Nguyễn Thái Bình", "Thái Bình Dương"."""
    if text[start:end].isupper():
        return False
    after = _WORD_AFTER.match(text, end)
    if after and _title_case(after.group(1)) and not _opens_unit(text, after.start(1)):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if before is None:
        return False
    word = before.group(1)
    if word in _APART:
        return False
    if word.casefold() in _persons():
        return _title_case(word) or word.casefold() in ("ông", "bà", "anh", "chị")
    return _title_case(word) and not _starts_sentence(text, before.start(1))


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"“'(–-•+*")
    return not before or before[-1] in ".!?:;\n,…)”" or before.endswith(("\r",))


def _opens_unit(text: str, at: int) -> bool:
    return _scanner().match(text, at) is not None


_WORD_OF_TWO = re.compile(r"Vinh (?:danh|dự|quang|hạnh|hiển|thăng|nhục)\b", re.IGNORECASE)


def _is_a_word(text: str, start: int, end: int) -> bool:
    """Is a name of one syllable the first of a common word: "Vinh danh 12 doanh nghiệp"?"""
    return " " not in text[start:end] and _WORD_OF_TWO.match(text, start) is not None


def _bare(text: str, start: int, end: int, scope: _Scope, level: Level) -> Mention | None:
    printed = text[start:end]
    if _part_of_longer_name(text, start, end) or _is_a_word(text, start, end):
        return None
    within = scope.within if level != "province" else None
    if within is not None and _has_own_name(within) and _names(within, printed):
        return Mention(start, end, printed, Match("one", within, (within,), 1.0))
    if within is not None and within.level == "country":
        return _city(text, start, end, scope)
    match = resolve(printed, scope.on, within, level if level == "province" else scope.child_level)
    twins = level != "province" and match.status == "ambiguous"
    if match.status != "one" and not twins:
        return None
    return Mention(start, end, printed, match)


def _city(text: str, start: int, end: int, scope: _Scope) -> Mention | None:
    """The city of that name, or what stood in its place at that time."""
    printed = text[start:end]
    found = (resolve(f"{kind} {printed}", scope.on) for kind in _DISTRICT_TYPES)
    match = next((m for m in found if m.status == "one" and not m.flags), None)
    return Mention(start, end, printed, match) if match is not None else None


def _names(unit: Region, printed: str) -> bool:
    return any(re.fullmatch(pattern, printed) for pattern in printed_as(bare_name(unit)))


_ORGANISATION_BEFORE = re.compile(
    r"(?:BHXH|hiểm xã hội|Ngân hàng|hàng Nhà nước|Tập đoàn|Tổng công ty|người|đồng|Cộng sản|"
    r"Tổ quốc|Mẹ|Hội \w+|Liên đoàn \w+|Bưu điện|Đảng|Viện|Báo|tiền|tiếng|hàng|Nhà nước|của)\s*$",
    re.IGNORECASE,
)


_SOCIETY = re.compile(r"\s+hội\b", re.IGNORECASE)
"""What makes "toàn xã" the whole society: "tổng vốn đầu tư toàn xã hội"."""


def _special(text: str, hit: re.Match[str], scope: _Scope) -> Mention | None:
    printed = hit.group("special")
    if not _well_cased(printed):
        return None
    if printed.casefold().endswith(" xã") and _SOCIETY.match(text, hit.end()):
        return None
    if printed.casefold() == "việt nam" and _ORGANISATION_BEFORE.search(text, 0, hit.start()):
        return None
    match = resolve(printed, scope.on, scope.within)
    return Mention(hit.start(), hit.end(), printed, match) if match.status != "none" else None


_WHOLE = re.compile(r"toàn\s+(?=\S)", re.IGNORECASE)


def _whole_of(text: str, hit: re.Match[str], scope: _Scope) -> Mention | None:
    """The unit that "toàn huyện Hậu Lộc" names."""
    whole = _WHOLE.match(text, hit.start(), hit.end())
    gap = _GAP.match(text, hit.end())
    if whole is None or gap is None or not text[gap.end() : gap.end() + 1].isupper():
        return None
    return _typed(text, whole.end(), gap.end(), scope)


def _well_cased(printed: str) -> bool:
    """A name must be capitalised ("Tây Bắc", not "phía tây bắc"); "cả nước" need not."""
    lowered = printed.casefold()
    if lowered in _common():
        return True
    return printed.isupper() or printed[-1].isupper() or printed.rsplit(maxsplit=1)[-1][0].isupper()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(w.text for w in words() if w.kind != "area" and w.text != "việt nam")


# ---------------------------------------------------------------- the door


def _child_names(within: Region | None, on: date) -> tuple[str, ...]:
    """Names that can stand alone, the territory's own and its children's: two syllables or more.

    Of one syllable are only those of districts, which a text is full of: "Vinh", "Pleiku".
    """
    if within is not None and within.level == "country":
        return _cities()
    if within is None or within.level not in ("province", "district", "commune"):
        return ()
    below = children(within, on) if within.level != "commune" else ()
    named = (within, *below) if _has_own_name(within) else below
    short = {bare_name(unit) for unit in below if unit.level == "district"}
    known = {n for n in map(bare_name, named) if re.search(r"[\s'’-]", n)}
    return tuple(sorted(known | {n for n in short if n.isalpha() and len(n) >= _SHORT}))


@lru_cache(maxsize=1)
def _cities() -> tuple[str, ...]:
    """Cities that lie in a province, which national papers name bare: "Nha Trang đón 2 triệu".

    Their figures were the country's otherwise. A name that a province has, too, is the province's.
    """
    provinces = gazetteer().below("")
    taken = {loose(unit.name) for unit in provinces}
    below = (unit for code in {p.code for p in provinces} for unit in gazetteer().below(code))
    cities = {unit.name for unit in below if unit.level == 2 and unit.type == "Thành phố"}
    return tuple(sorted(name for name in cities if " " in name and loose(name) not in taken))


_SHORT = 4
"""Letters of a name of one syllable that can stand alone."""


def _has_own_name(within: Region | None) -> bool:
    """Is it one unit that its bare name means in its own text?

    "Nho Quan" in a report of Huyện Nho Quan is the district, and not its town of that name.
    """
    return within is not None and within.code is not None and within.level in _BELOW_PROVINCE


_BELOW_PROVINCE = ("district", "commune")


def _at(text: str, hit: re.Match[str], scope: _Scope) -> list[Mention]:
    if hit.group("special") is not None:
        one = _whole_of(text, hit, scope) or _special(text, hit, scope)
    elif hit.group("typed") is not None:
        one = _typed(text, hit.start(), hit.end(), scope)
        if one is not None:
            kind = _LYING.sub("", hit.group("typed")).strip()
            return [one, *_list_after(text, one, kind, scope)]
    elif hit.group("province") is not None:
        one = _bare(text, hit.start(), hit.end(), scope, "province")
    else:
        one = _bare(text, hit.start(), hit.end(), scope, "district")
    return [one] if one is not None else []


def find_regions(text: str, on: date, within: Region | None = None) -> list[Mention]:
    """Every territory the text names, left to right, without overlaps.

    Plural words without a name ("các huyện, thị xã") are no territory. "toàn tỉnh" is a mention of
    status "whole" whose region is the province of `within`.
    """
    scope = _Scope(on, within)
    found: list[Mention] = []
    at = 0
    hits = _Hits(text, scope)
    while (hit := hits.after(at)) is not None:
        mentions = _at(text, hit, scope)
        found.extend(mentions)
        at = mentions[-1].end if mentions else _skip(hit)
    return _inside_the_next(text, found, on)


_BELONGS = re.compile(r"\s*(?:[,–(-]|thuộc|của)?\s*$", re.IGNORECASE)


_BETWEEN = re.compile(
    rf"\s*[(,]\s*(?P<name>[{CAPITALS}][\w'’]*(?:[ -][{CAPITALS}][\w'’]*){{0,3}}),\s*"
)
"""A district without its type, in its bracket: "xã Sơn Hà (Quan Sơn, Thanh Hóa)"."""


def _district_of(name: re.Match[str], province: Region, on: date) -> Region:
    found = (resolve(f"{kind} {name['name']}", on, province) for kind in _DISTRICT_TYPES)
    inside = (m.region for m in found if m.status == "one" and not m.flags)
    return next((r for r in inside if r is not None), province)


_DISTRICT_TYPES = ("huyện", "thị xã", "thành phố")


def _inside_the_next(text: str, found: list[Mention], on: date) -> list[Mention]:
    """Read "huyện Châu Thành, tỉnh Tiền Giang" as that province's district of this name."""
    for i in range(len(found) - 2, -1, -1):
        mention, after = found[i], found[i + 1]
        outer = after.match.region if after.match.status == "one" else None
        if mention.match.status != "ambiguous" or outer is None:
            continue
        between = text[mention.end : after.start]
        district = _BETWEEN.fullmatch(between)
        if _BELONGS.fullmatch(between) or district is not None:
            around = _district_of(district, outer, on) if district is not None else outer
            inner = resolve(mention.text, on, around)
            if inner.status == "one" and inner.region != outer:
                found[i] = replace(mention, match=inner)
    return found


def _skip(hit: re.Match[str]) -> int:
    """Where to go on after a hit that was no territory: behind its first word."""
    if hit.group("typed") is not None:
        return hit.end()
    first = re.match(r"\w+", hit.group())
    return hit.start() + (first.end() if first else 1)
