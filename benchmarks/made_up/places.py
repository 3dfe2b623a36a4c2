"""Territories by the gazetteer on a day, and the ways they are written."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from normalizers.regions import COUNTRY, children, parent_of
from solieu.model import Region

REFORM = date(2025, 7, 1)
TYPE_WORDS = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã")
SHORT = {
    "Thành phố": ("TP ", "TP. ", "TP."),
    "Thị xã": ("TX ", "TX. ", "TX."),
    "Thị trấn": ("TT ", "TT. "),
    "Tỉnh": ("",),
    "Quận": ("Q. ", "Quận "),
    "Huyện": ("H. ", "H."),
    "Phường": ("P. ", "P."),
    "Xã": ("X. ", "Xã "),
    "Đặc khu": ("Đặc khu ",),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Who publishes, for which territory, on which day."""

    region: Region
    parent: Region | None
    day: date
    parts: tuple[Region, ...]


def some_day(rng: random.Random) -> date:
    return date(2018, 1, 10) + timedelta(days=rng.randrange(365 * 8 + 200))


def split(name: str) -> tuple[str, str]:
    """Type word and bare name: "Huyện Nam Sách" -> ("Huyện", "Nam Sách")."""
    word = next(w for w in TYPE_WORDS if name.startswith(w + " "))
    return word, name[len(word) + 1 :]


def spoken(region: Region, rng: random.Random | None = None) -> str:
    """The territory in running text: "tỉnh Hải Dương", "thành phố Hải Phòng"."""
    if region.level == "country":
        return "cả nước"
    word, name = split(region.name)
    if rng is not None and word == "Thành phố" and rng.random() < 0.5:
        return f"{rng.choice(['TP. ', 'TP ', 'TP.'])}{name}"
    return f"{word[0].lower()}{word[1:]} {name}"


def setting(rng: random.Random, *, most: int = 26, level: str | None = None) -> Setting:
    """A territory that has parts on some day since 2018."""
    while True:
        day = some_day(rng)
        level_here = level or rng.choices(["province", "district", "country"], [6, 3, 1])[0]
        region = COUNTRY
        if level_here != "country":
            region = rng.choice(children(COUNTRY, day))
        if level_here == "district":
            if day >= REFORM:
                continue
            region = rng.choice(children(region, day))
        parts = list(children(region, day))
        if len(parts) < 4:
            continue
        if len(parts) > most and level_here != "country":
            parts = parts[:most] if rng.random() < 0.5 else sorted_sample(rng, parts, most)
        return Setting(region, parent_of(region), day, tuple(parts))


def unchanged(made: Setting) -> bool:
    """Whether the parts were the same at the end of the year before and will be at that of this one.

    A region is named as it stood at the period; a table of last year's figures under this year's
    names would leave open which of them is right.
    """
    if made.day >= REFORM:
        return True
    ends = (date(made.day.year - 1, 12, 31), date(made.day.year, 12, 31))
    if made.day.year == 2025:
        ends = ends[:1]
    known = [{r.name for r in children(made.region, day)} for day in ends]
    return all({p.name for p in made.parts} <= names for names in known)


def sorted_sample(rng: random.Random, items: list[Region], count: int) -> list[Region]:
    places = sorted(rng.sample(range(len(items)), rng.randint(8, count)))
    return [items[i] for i in places]


def row_names(parts: tuple[Region, ...], rng: random.Random) -> list[str]:
    """How a table writes its rows: in full, shortened, or by bare name where that is enough."""
    style = rng.choices(["full", "short", "bare"], [6, 2, 2])[0]
    names = [split(p.name) for p in parts]
    common = Counter(name for _, name in names)
    marks = {word: rng.choice(forms) for word, forms in SHORT.items()}
    written = []
    for word, name in names:
        if style == "full" or name.isdigit():
            written.append(f"{word} {name}")
        elif style == "short" or common[name] > 1:
            written.append(f"{marks[word]}{name}")
        else:
            written.append(name)
    return written
