"""Which territory each label of a table names, on the day whose map knows most of them.

Nothing is guessed: an ambiguous name keeps its candidates, and a repaired spelling never takes a
unit that another label names as it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from normalizers.layout.words import bare_label, has_role, word_key
from normalizers.regions import Match, children, parent_of, resolve
from normalizers.regions.gazetteer import REFORM
from solieu.model import Region
from solieu.quick import replace

_CLEARLY = 0.3
"""How many more names must stand on the other side of the reform to read all of them there."""
_EVE = REFORM - timedelta(days=1)
_MISPLACED = frozenset({"outside", "not_in_force", "type_differs", "spelling", "diacritics"})
SIBLINGS = 0.6
NOTHING = Match("none")
_REPAIRED = frozenset({"spelling", "diacritics"})
_TYPE_ALONE = re.compile(
    r"^(?:các |khối )?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?:,? (?:tỉnh|thành "
    r"phố|huyện|quận|thị xã|xã|phường|thị trấn))*\W*$",
    re.IGNORECASE,
)
_NOT_TERRITORY = ("whole", "none")
TYPED = re.compile(
    r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|bhxh|bảo hiểm xã hội|tỉnh|thành phố|tp|huyện|quận|"
    r"thị xã|thị trấn|tx|tt|xã|phường|đặc khu)\b",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"[^,/] (?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường)$", re.IGNORECASE)


def on_their_day(
    labels: Iterable[str], on: date, within: Region | None
) -> tuple[date, Region | None]:
    """The day whose map knows the names: pages list the units of 1 July 2025 before and after it.

    The day that the document's words give stands, unless the names clearly speak for the other
    side of the reform.
    """
    texts = [t for t in labels if TYPED.match(bare_label(t))]
    if len(texts) < 3:
        return on, within
    day = REFORM if on < REFORM else _EVE
    known = _standing(texts, on, within)
    if known > 1 - _CLEARLY:
        return on, within
    there = _then(within, day)
    return (day, there) if _standing(texts, day, there) >= known + _CLEARLY else (on, within)


def _then(within: Region | None, day: date) -> Region | None:
    """The territory as it stood on that day."""
    found: Region | None = None
    for name in (within.path or within.name).split(" / ") if within else ():
        found = resolve(name, day, found).region or found
    return found if found is not None and within and found.name == within.name else within


def _standing(labels: Sequence[str], on: date, within: Region | None) -> float:
    """Share of the names that units of that day bear, inside the territory."""
    matches = (resolved(label, on, within) for label in labels)
    return sum(m.status == "one" and not _MISPLACED & set(m.flags) for m in matches) / len(labels)


def matched(labels: Iterable[str], on: date, within: Region | None) -> dict[str, Match]:
    """Each label resolved; a repaired spelling never takes a unit that another row names."""
    found = _at_usual_level({label: resolved(label, on, within) for label in labels}, on, within)
    right = {m.region for m in found.values() if m.region and not _REPAIRED & set(m.flags)}
    return {
        label: NOTHING if _REPAIRED & set(m.flags) and m.region in right else m
        for label, m in found.items()
    }


def _at_usual_level(found: dict[str, Match], on: date, within: Region | None) -> dict[str, Match]:
    """Read "Bắc Giang" among the districts of Tỉnh Bắc Giang as its city."""
    levels = Counter(m.region.level for m in found.values() if m.status == "one" and m.region)
    usual, count = levels.most_common(1)[0] if levels else ("other", 0)
    if usual in {"other", "country"} or count < 2 or count * 3 < len(found) * 2:
        return found
    narrowed = {
        label: resolve(bare_label(label), on, within, usual)
        for label, match in found.items()
        if match.status == "ambiguous"
    }
    narrowed |= {
        label: _only_one(said["kind"].casefold(), on, within)
        for label in found
        if (said := _CITY.match(label)) is not None
    }
    return found | {label: m for label, m in narrowed.items() if m.status == "one"}


_CITY = re.compile(r"\W*(?P<kind>thành phố|tp\.?|thị xã|tx\.?)\W*$", re.IGNORECASE)


def _only_one(kind: str, on: date, within: Region | None) -> Match:
    """Among the districts of a province with one city a bare "Thành phố" is that city."""
    if within is None or within.level != "province":
        return NOTHING
    typed = "Thành phố " if kind.startswith(("thành", "tp")) else "Thị xã "
    named = [unit for unit in children(within, on) if unit.name.startswith(typed)]
    return Match("one", named[0], (), _BY_HEAD) if len(named) == 1 else NOTHING


def resolved(label: str, on: date, within: Region | None) -> Match:
    """A type word alone ("Thành phố", "Huyện") heads a group and is no unit's name."""
    text = bare_label(label)
    return NOTHING if _TYPE_ALONE.match(text) else resolve(text, on, within)


def by_head(
    found: Mapping[str, Match], head: str, on: date, within: Region | None
) -> dict[str, Match]:
    """Names that several units share, read as the kind that the head over them says: "Huyện".

    Not surely: lists under "Huyện" hold towns as well.
    """
    kind = _KINDS.get(word_key(_NAME_OF.sub("", bare_label(head))))
    if kind is None:
        return dict(found)
    shared = (label for label, m in found.items() if m.status == "ambiguous")
    named = {label: resolve(f"{kind} {bare_label(label)}", on, within) for label in shared}
    right = {m.region for m in found.values() if m.region}
    return dict(found) | {
        label: replace(m, confidence=min(m.confidence, _BY_HEAD))
        for label, m in named.items()
        if m.status == "one" and m.region not in right and not _MISPLACED & set(m.flags)
    }


_BY_HEAD = 0.9
_NAME_OF = re.compile(r"^(?:tên )?(?:các )?", re.IGNORECASE)
_KINDS = {
    word_key(kind): kind
    for kind in ("Tỉnh", "Huyện", "Quận", "Thị xã", "Xã", "Phường", "Thị trấn", "Thành phố")
}


def is_territory(match: Match) -> bool:
    """Whether a label names a unit or one office; "Nam", "Các bệnh viện" name none."""
    if match.status in _NOT_TERRITORY or "breakdown" in match.flags:
        return False
    if match.region is not None and has_role(match.region.name, "sector"):
        return False
    if match.status == "other":
        return match.region is not None and _is_named(match.region.name)
    return not ({"spelling", "diacritics"} & set(match.flags)) or match.confidence >= 0.8


def _is_named(name: str) -> bool:
    """One office of that name: "Bệnh viện Đa khoa tỉnh", and not hospitals as a kind."""
    words = name.split()
    named = any(word[:1].isupper() or word[:1].isdigit() for word in words[1:])
    return named or _OF_ONE.search(name) is not None


def share(labels: Iterable[str], matches: Mapping[str, Match]) -> float:
    """Of all labels those that name a territory; 0 of none."""
    texts = list(labels)
    return sum(is_territory(matches[t]) for t in texts) / len(texts) if texts else 0.0


def parent_of_siblings(labels: Iterable[str], on: date, least: float = SIBLINGS) -> Region | None:
    """The unit whose children most rows can be: twelve districts name their province together."""
    texts = set(labels)
    if len(texts) < 3:
        return None
    votes: Counter[Region] = Counter()
    for text in texts:
        match = resolve(bare_label(text), on)
        options = match.candidates or ((match.region,) if match.region else ())
        votes.update({p for r in options if r is not None and (p := parent_of(r)) is not None})
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < max(3, least * len(texts)):
        return None
    if len(ranked) > 1 and ranked[1][1] >= 0.75 * ranked[0][1]:
        return None
    return ranked[0][0]
