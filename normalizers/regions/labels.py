"""What a label says before the gazetteer is asked: type word, bare name, special meaning.

Type words come before the name ("huyện Nam Sách", "TX. Kinh Môn", "Q1"); offices stand for the
territory they report on ("BHXH tỉnh Nghệ An"); some words are no unit at all ("Toàn tỉnh",
"Đồng bằng sông Hồng", "Thành thị"). All of them are rows of normalizers/data/*.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from normalizers.bilingual import untranslated
from normalizers.facts import rows
from normalizers.regions.gazetteer import spoken
from solieu.text import fold, one_line

Kind = Literal["whole", "country", "area", "breakdown", "heading", "issuer", "body", "person"]

LEVELS_OF_TYPE: dict[str, tuple[int, ...]] = {
    "Tỉnh": (1,),
    "Thành phố": (1, 2),
    "Quận": (2,),
    "Huyện": (2,),
    "Thị xã": (2,),
    "Phường": (3,),
    "Xã": (3,),
    "Thị trấn": (3,),
    "Đặc khu": (3,),
}

_NUMBERING = re.compile(
    r"^(?:[-–—+*•●○▪■o·]\s+|[-–—+*•●▪■]+|\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,6}|[a-z])\s*[.)/]\s+)+"
)
_NOTE_MARKS = " *¹²³⁴⁵⁶⁷⁸⁹:;,."
_NOTE = re.compile(r"\((?:\d{1,2}|\*{1,3})\)$")
_FORMER = re.compile(r"\s*\((?:cũ|trước đây)\)|\s+(?:cũ|trước đây)$", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[,;/]\s*|\s*\(\s*")
_DASH = re.compile(r"\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class Word:
    """A row of region_words.csv; `name` is a level for "whole", else the name to publish."""

    kind: Kind
    text: str
    name: str
    prose: bool


@lru_cache(maxsize=1)
def words() -> tuple[Word, ...]:
    """Every row of region_words.csv."""
    return tuple(
        Word(cast("Kind", row["kind"]), row["text"], row["name"], row["prose"] == "1")
        for row in rows("region_words.csv")
    )


@lru_cache(maxsize=1)
def _special() -> dict[str, Word]:
    kinds = {"whole", "country", "area", "breakdown"}
    found = {spoken(w.text): w for w in words() if w.kind in kinds}
    for word in tuple(found.values()):
        if " " in word.text and word.kind != "breakdown":
            found.setdefault(fold(spoken(word.text)), word)
    return found


_REGION_LEAD = re.compile(r"^(?:các tỉnh |khu vực |vùng |miền )+", re.IGNORECASE)


def special(text: str) -> Word | None:
    """The word list's row for a whole label: "VÙNG TÂY NGUYÊN" is the area Tây Nguyên.

    >>> word = special("Toàn tỉnh")
    >>> word.kind if word else None
    'whole'
    """
    found = _special().get(spoken(text))
    if found is None and (lead := _REGION_LEAD.match(text)):
        rest = _special().get(spoken(text[lead.end() :]))
        found = rest if rest and rest.kind == "area" else None
    return found


_PAIRS = tuple(
    (f"{first}{second}", f"{other}{plain}")
    for first, plain, marked, bare in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for second, other in zip(marked, bare, strict=True)
)
_PLACED = {
    written: f"(?:{late}|{early})"
    for small in _PAIRS
    for late, early in (small, (small[0].upper(), small[1].upper()))
    for written in (late, early)
}
_PLACEABLE = re.compile("|".join(_PLACED))


def either_tone(text: str) -> str:
    """A pattern for the text with its tone mark in either place (uỷ ban, ủy ban)."""
    return _PLACEABLE.sub(lambda hit: _PLACED[hit.group()], re.escape(text))


def _prefixes(kind: Kind) -> re.Pattern[str]:
    texts = sorted((w.text for w in words() if w.kind == kind), key=len, reverse=True)
    choice = "|".join(either_tone(t) for t in texts)
    return re.compile(rf"(?:{choice})(?=[\s.]|$)\.?\s*", re.IGNORECASE)


@lru_cache(maxsize=1)
def _issuers() -> re.Pattern[str]:
    return _prefixes("issuer")


@lru_cache(maxsize=1)
def _bodies() -> re.Pattern[str]:
    return _prefixes("body")


def without_issuer(text: str) -> str:
    """The territory behind an office's name; the text itself where no office is named.

    >>> without_issuer("UBND tỉnh Hải Dương")
    'tỉnh Hải Dương'
    """
    while (hit := _issuers().match(text)) and hit.end() < len(text):
        text = text[hit.end() :]
    return text


def is_body(text: str) -> bool:
    """An institution that is no territory: a ministry, a hospital, a company."""
    return _bodies().match(text) is not None


@lru_cache(maxsize=1)
def _headings() -> re.Pattern[str]:
    types = [row["text"] for row in rows("unit_types.csv") if row["form"] == "word"]
    texts = [*types, *(w.text for w in words() if w.kind == "heading")]
    choice = "|".join(either_tone(t) for t in sorted(texts, key=len, reverse=True))
    return re.compile(rf"(?:(?:{choice})(?!\w)[\s,;/()&–-]*)+", re.IGNORECASE)


def is_heading(text: str) -> bool:
    """Words for kinds of units and no name: "Huyện, thị xã, thành phố".

    >>> is_heading("Tên tỉnh, thành phố"), is_heading("Tỉnh Phú Thọ")
    (True, False)
    """
    return _headings().fullmatch(text) is not None


@lru_cache(maxsize=1)
def _type_words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    forms: dict[str, list[str]] = {"word": [], "short": [], "letter": []}
    types: dict[str, str] = {}
    for row in rows("unit_types.csv"):
        forms[row["form"]].append(row["text"])
        types[row["text"]] = types[fold(row["text"])] = row["type"]
    full, short, letter = (
        "|".join(re.escape(t) for t in sorted(forms[f], key=len, reverse=True))
        for f in ("word", "short", "letter")
    )
    tail = rf"|(?:{short})\b\.?\s*|(?:{letter})(?:\.\s*|\s*(?=\d)|\s+(?=\S))"
    marked = re.compile(rf"(?:(?:{full})\s+{tail})(?=\S)", re.IGNORECASE)
    plain = re.compile(rf"(?:(?:{fold(full)})\s+{tail})(?=\S)", re.IGNORECASE)
    return marked, plain, types


def _type_of(matched: str, types: dict[str, str]) -> str:
    return types[" ".join(matched.casefold().strip(" .").split())]


@dataclass(frozen=True, slots=True)
class Query:
    """One way to read a label: a type word or none, and the name behind it."""

    type: str | None
    name: str


@lru_cache(maxsize=16384)
def queries(text: str) -> tuple[Query, ...]:
    """Every way to read a label, the likelier first.

    >>> queries("TP. Hải Dương")
    (Query(type='Thành phố', name='Hải Dương'), Query(type=None, name='TP. Hải Dương'))
    """
    marked, plain, types = _type_words()
    bare = Query(None, text)
    if hit := marked.match(text):
        return (Query(_type_of(hit.group(), types), text[hit.end() :]), bare)
    if text.isascii() and (hit := plain.match(text)):
        return (bare, Query(_type_of(hit.group(), types), text[hit.end() :]))
    return (bare,)


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """A row label without numbering, bullets and footnote marks.

    >>> tidy("1. Thành phố Mỹ Tho (1)")
    'Thành phố Mỹ Tho'
    """
    text = one_line(text)
    return untranslated(_without_notes(_NUMBERING.sub("", text)) or text)


def _without_notes(text: str) -> str:
    """Mark by mark from the end: a leader of dots may be as long as the page is wide."""
    while True:
        text = text.rstrip(_NOTE_MARKS)
        note = _NOTE.search(text, max(0, len(text) - len("(12)")))
        if note is None:
            return text
        text = text[: note.start()]


def former(text: str) -> tuple[str, bool]:
    """The label without "(cũ)", and whether it was there."""
    bare = _FORMER.sub("", text)
    return bare, bare != text


def parts(text: str) -> tuple[list[str], ...]:
    """The ways to read a label that names its parents too, smallest first; likelier ways first.

    A dash may part the names, or stand in one: "Phường Xuân Hương - Đà Lạt, Tỉnh Lâm Đồng".

    >>> parts("Phường 4, TP Đà Lạt (Lâm Đồng)")
    (['Phường 4', 'TP Đà Lạt', 'Lâm Đồng'],)
    """
    apart = [p for p in (part.strip(" )") for part in _SPLIT.split(text)) if p]
    finer = [p for part in apart for p in _DASH.split(part) if p]
    ways = [apart] if finer == apart else [apart, finer]
    return tuple(names for names in ways if len(names) > 1)
