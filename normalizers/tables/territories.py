"""Which axis of a table carries the territories, and which territory each row or column is.

A table is of regions where most of its rows resolve as regions; then a label that does not resolve
is an organisation of its own ("Bộ Công Thương") and a total stands for the whole. Nothing is
guessed: an ambiguous name keeps its candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from normalizers.context import named_territory
from normalizers.context.named import lies_in
from normalizers.layout.titles import is_letterhead
from normalizers.layout.words import bare_label, has_role
from normalizers.regions import COUNTRY, Match, children, parent_of, resolve
from normalizers.regions.gazetteer import REFORM
from normalizers.spelling import canonical
from normalizers.tables.crossed import Crossing
from normalizers.tables.headers import Column
from normalizers.tables.narrowed import is_tier
from normalizers.tables.nesting import RowLine, counted_units, is_total, named_whole
from normalizers.tables.resolving import (
    NOTHING,
    SIBLINGS,
    TYPED,
    by_head,
    is_territory,
    matched,
    on_their_day,
    parent_of_siblings,
    resolved,
    share,
)
from solieu.model import Region
from solieu.quick import quick, replace
from solieu.text import fold, one_line

_DEPTHS = {"country": 0, "other": 1, "province": 2, "district": 3, "commune": 4}
_COUNTED_LEVELS = ("province", "district", "commune")
_MOST = 0.5
_FEW = 3
FAR = date(2025, 1, 1)
"""Any day will do for the words that mean the country."""
_NATION = 20
"""Provinces that a table must list before its total is the country's."""

_COUNTED = re.compile(
    r"(?<![\d/.,])\d{1,2} (?:tỉnh, thành phố|tỉnh thành|tỉnh|huyện|quận|xã|phường|thành phố|"
    r"địa phương)(?!\w)",
    re.IGNORECASE,
)
_IS_TIME = re.compile(
    r"^\W*(?:[IVX]+\.|\d+\.)?\s*(?:(?:năm|quý|tháng|giai đoạn)\s*)?(?:[IVX]+\b|\d{1,2}\b)?[\s/.-]*"
    r"(?:(?:năm)?\s*(?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)\d{2})?)?\W*$",
    re.IGNORECASE,
)


@quick
@dataclass(frozen=True, slots=True)
class Territory:
    """What a figure's territory is, as printed and as resolved."""

    region: Region | None
    text: str | None = None
    candidates: tuple[str, ...] = ()
    confidence: float = 1.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Axes:
    """Territories of a table by row, by column, and of the whole."""

    whole: Territory
    rows: Mapping[int, Territory]
    columns: Mapping[int, Territory]
    rows_are_regions: bool = False
    named_elements: frozenset[str] = frozenset()
    """Header elements and row labels that only name a territory: no words of the metric."""

    def beside(self, labels: Iterable[str]) -> Axes:
        """The same where these row labels are said of the columns: no words of the row."""
        return replace(self, named_elements=self.named_elements | frozenset(labels))


def axes(
    lines: Sequence[RowLine],
    columns: Sequence[Column],
    around: Sequence[str],
    default: Region | None,
    on: date,
    crossed: Crossing | None = None,
) -> Axes:
    """Decide once per table; `around` are its title, caption and headings, nearest first.

    In a crossed table the outer labels are asked before the inner ones.
    """
    if crossed is None:
        return _axes(lines, columns, around, default, on)
    labels = [c for c in columns if c.kind == "label"]
    outer, inner = labels[crossed.depth : crossed.depth + 1], labels[crossed.depth + 1 :]
    by_name = _axes(crossed.named(lines), outer, around, default, on)
    if not by_name.rows_are_regions:
        return _axes(lines, [c for c in columns if c not in outer], around, default, on)
    if _axes(lines, inner, around, default, on).rows_are_regions:
        return _axes(lines, columns, around, default, on)
    named = frozenset(crossed.outer.values())
    return replace(by_name, rows_are_regions=False, named_elements=named)


def _axes(
    lines: Sequence[RowLine],
    columns: Sequence[Column],
    around: Sequence[str],
    default: Region | None,
    on: date,
) -> Axes:
    """The territories of a table in which each row has one label."""
    named = _named_around(around, on, default)
    within = named or default
    labels = {line.row.index: line.row.label for line in lines if line.row.filled}
    parts = {i: t for i, t in labels.items() if not is_total(t) and not _IS_TIME.match(t)}
    on, within = on_their_day(parts.values(), on, within)
    matches = matched(parts.values(), on, within)
    flags: tuple[str, ...] = ()
    unsure = any(m.status == "ambiguous" for m in matches.values())
    if unsure or share(parts.values(), matches) < _MOST:
        siblings = parent_of_siblings(parts.values(), on)
        if siblings is not None and siblings != within:
            again = matched(parts.values(), on, siblings)
            if share(parts.values(), again) >= SIBLINGS:
                within, matches, flags = siblings, again, ("parent_from_siblings",)
    over = (c.path[-1] for c in columns if c.kind == "label" and c.path)
    matches = by_head(matches, next(over, ""), on, within)
    if (heads := _indicators(lines, matches)) is not None:
        return _below_indicators(heads, matches, _whole(matches, within, around))
    organisations = any(
        c.kind == "label" and c.path and has_role(" ".join(c.path), "organisation") for c in columns
    )
    if len(parts) > 0 and share(parts.values(), matches) >= _MOST:
        return _row_axes(lines, matches, within, around, flags, on)
    if organisations and parts:
        return _row_axes(lines, matches, within, around, flags, on)
    if within is None and any(_is_country(line.row.label) for line in lines):
        within = COUNTRY
    whole = _as_whole(within)
    by_column, elements = _column_axes(columns, within, on)
    headed = any(c.kind == "label" and c.path and has_role(c.path[-1], "region") for c in columns)
    few = 1 if headed else _FEW
    by_row, more = ({}, frozenset[str]()) if by_column else _group_axes(lines, within, on, few)
    return Axes(whole, by_row, by_column, named_elements=elements | more)


def _indicators(
    lines: Sequence[RowLine], matches: Mapping[str, Match]
) -> dict[int, RowLine] | None:
    """The rows that are places, by index, where rows that are none stand over the same ones.

    "1. Số hộ nghèo", "- Huyện A", "- Huyện B", "2. Số giường bệnh", "- Huyện A", "- Huyện B": what
    comes again under another row is that row's part, and that row no territory.
    """
    by_index = {line.row.index: line for line in lines}
    places = {
        line.row.index: line
        for line in lines
        if line.row.filled and is_territory(matches.get(line.row.label, NOTHING))
    }
    above = {i: by_index.get(line.parent or 0) for i, line in places.items()}
    if any(head is None or head.row.index in places for head in above.values()):
        return None
    under: dict[str, set[int | None]] = {}
    for line in places.values():
        under.setdefault(line.row.label, set()).add(line.parent)
    again = sum(len(parents) > 1 for parents in under.values())
    return places if again > 1 else None


def _below_indicators(
    places: Mapping[int, RowLine], matches: Mapping[str, Match], whole: Territory
) -> Axes:
    labels = {i: line.row.label for i, line in places.items()}
    rows = {i: _territory(label, matches[label], (), None) for i, label in labels.items()}
    return Axes(whole, rows, {}, named_elements=frozenset(labels.values()))


def depths(lines: Sequence[RowLine], places: Axes) -> dict[int, int]:
    """How deep each row's territory lies; economic regions only where finer units follow."""
    if not places.rows_are_regions:
        return {}
    found: dict[int, int] = {}
    following: int | None = None
    for line in reversed(lines):
        place = places.rows.get(line.row.index)
        level = place.region.level if place and place.region and line.role != "total" else None
        depth = _DEPTHS.get(level or "")
        if level == "other" and (following is None or following <= _DEPTHS["other"]):
            depth = None
        if depth is not None:
            found[line.row.index] = depth
        following = depth
    return found


def _named_around(around: Sequence[str], on: date, default: Region | None) -> Region | None:
    """The nearest words that name a territory; a letterhead names the office's, not the table's.

    "TỈNH ĐỒNG THÁP" alone on its line says where the document's commune lies.
    """
    for text in around:
        region = None if is_letterhead(one_line(text)) else named_territory(text, on, default)
        if region is not None and not _is_address(text, region, default):
            return region
    return None


def _is_address(text: str, region: Region, default: Region | None) -> bool:
    around = default is not None and region != default and lies_in(default, region)
    return around and canonical(text).strip(" .-–") == canonical(region.name)


def _row_axes(
    lines: Sequence[RowLine],
    matches: Mapping[str, Match],
    within: Region | None,
    around: Sequence[str],
    flags: tuple[str, ...],
    on: date,
) -> Axes:
    whole = _whole(matches, within, around)
    few = _lists_few(matches, whole.region, on)
    by_row: dict[int, Territory] = {}
    for line in lines:
        label = line.row.label
        if _IS_TIME.match(label):
            by_row[line.row.index] = whole
        elif line.role == "total" or is_total(label):
            summed = _total_territory(line, by_row, whole, on)
            unsure = few and summed.region == whole.region and has_role(label, "total")
            by_row[line.row.index] = _doubted(summed) if unsure else summed
        elif line.role == "of_which" and line.parent in by_row:
            by_row[line.row.index] = by_row[line.parent]
        else:
            match = _beside(line, matches.get(label) or resolved(label, on, within), on, within)
            above = by_row.get(line.parent or 0, whole if is_tier(label) else None)
            by_row[line.row.index] = _territory(label, match, flags, above)
    return Axes(whole, by_row, {}, rows_are_regions=True)


def _lists_few(matches: Mapping[str, Match], whole: Region | None, on: date) -> bool:
    """Whether most communes of a province are missing: offices serve some of them together.

    A bare total is then perhaps of those listed and of no more.
    """
    listed = {m.region for m in matches.values() if m.status == "one"}
    if whole is None or whole.level != "province" or on < REFORM:
        return False
    parts = children(whole, on)
    return not listed.isdisjoint(parts) and 2 * len(listed) < len(parts)


def _doubted(place: Territory) -> Territory:
    return replace(place, confidence=min(place.confidence, 0.9))


def _beside(line: RowLine, match: Match, on: date, within: Region | None) -> Match:
    """The commune of a row, read inside the district that a merged cell beside it names."""
    for stub in reversed(line.row.stubs):
        around = resolved(stub, on, within)
        if around.status == "ambiguous":
            around = resolve(bare_label(stub), on, within, "district")
        if around.status == "one" and around.region is not None:
            inside = resolved(line.row.label, on, around.region)
            return inside if inside.status == "one" and "outside" not in inside.flags else match
    return match


def _total_territory(
    line: RowLine, by_row: Mapping[int, Territory], whole: Territory, on: date
) -> Territory:
    """A total's own words ("Toàn tỉnh", "Cả nước"), its group, or the whole."""
    if _is_of_some(line.row.label, whole.region, on):
        return Territory(None, line.row.label)
    said = named_whole(line.row.label) or bare_label(line.row.label)
    match = resolve(said, on, whole.region)
    if match.status == "one" and match.region is not None:
        return Territory(match.region, line.row.label, (), match.confidence)
    if line.parent is not None and line.parent in by_row:
        return by_row[line.parent]
    return replace(whole, text=line.row.label)


def _is_of_some(label: str, whole: Region | None, on: date) -> bool:
    """A total of fewer or more units than the whole has: "Cộng 4 huyện" of a province of twelve."""
    count = counted_units(label)
    known = len(children(whole, on)) if whole is not None and count is not None else 0
    return count is not None and known not in {0, count}


def _territory(
    label: str, match: Match, flags: tuple[str, ...], above: Territory | None
) -> Territory:
    text = bare_label(label)
    if match.status == "one" and match.region is not None:
        return Territory(match.region, text, (), match.confidence, (*flags, *match.flags))
    if match.status == "ambiguous":
        names = tuple(r.path or r.name for r in match.candidates)
        return Territory(None, text, names, 0.6, (*flags, "region_ambiguous"))
    if match.status == "whole":
        return Territory(match.region, text, (), match.confidence, flags)
    if "breakdown" in match.flags and above is not None:
        return replace(_doubted(above), flags=(*above.flags, "breakdown"))
    if match.status == "other" and match.region is not None:
        return Territory(match.region, text, (), max(match.confidence, 0.9), flags)
    return Territory(Region(_own_name(text), "other"), text, (), 0.85, (*flags, "region_unlisted"))


def _own_name(text: str) -> str:
    return one_line(text).strip(" .:;*-–")


def _whole(matches: Mapping[str, Match], within: Region | None, around: Sequence[str]) -> Territory:
    """What the total of a table of regions stands for."""
    levels = Counter(
        m.region.level for m in matches.values() if m.status == "one" and m.region is not None
    )
    main = levels.most_common(1)[0][0] if levels else None
    if main == "province":
        counted = next((m.group(0) for t in around for m in [_COUNTED.search(t)] if m), None)
        if levels["province"] >= _NATION:
            return Territory(COUNTRY, COUNTRY.name)
        if counted is not None:
            return Territory(Region(counted, "other"), counted, (), 0.9)
        return Territory(within, None, (), 0.9) if within else Territory(None)
    if within is not None and main in {None, "district", "commune"}:
        return _as_whole(within) if within.level != main else _of_neighbours(within)
    parents = {
        p for m in matches.values() if m.status == "one" and m.region and (p := parent_of(m.region))
    }
    if len(parents) == 1:
        region = parents.pop()
        return Territory(region, region.name, (), 0.9, ("parent_from_siblings",))
    return _as_whole(within)


def _of_neighbours(within: Region) -> Territory:
    """The area of an office that bears one commune's name and serves those listed as well."""
    return Territory(None, within.name, (within.path or within.name,), 0.6, ("region_ambiguous",))


def _as_whole(within: Region | None) -> Territory:
    """What the document speaks of; a name that several units share leaves doubt."""
    if within is None:
        return Territory(None)
    if within.code is None and within.level in _COUNTED_LEVELS:
        return Territory(within, within.name, (), 0.6, ("region_ambiguous",))
    return Territory(within, within.name)


_COUNTRY_WORDS = re.compile("nuoc|quoc|viet|country")
"""One of them is in every name of the country, whatever its marks."""


def _is_country(label: str) -> bool:
    if _COUNTRY_WORDS.search(fold(label)) is None:
        return False
    match = resolve(bare_label(label), FAR)
    return match.region is not None and match.region.level == "country"


def _column_axes(
    columns: Sequence[Column], within: Region | None, on: date
) -> tuple[dict[int, Territory], frozenset[str]]:
    """Communes over blocks of columns: the header element that names each block."""
    values = [c for c in columns if c.kind == "value"]
    elements = {e for c in values for e in c.path}
    matches = {e: resolve(bare_label(e), on, within) for e in elements}
    siblings = parent_of_siblings((e for e in elements if matches[e].status != "whole"), on, 0.0)
    if siblings is not None and siblings != within:
        within = siblings
        matches = {e: resolve(bare_label(e), on, within) for e in elements}
    sure = {e for e, m in matches.items() if m.status == "one" and m.region and m.confidence >= 0.7}
    if len(sure) < 2 and not any(TYPED.match(e) for e in sure):
        return {}, frozenset()
    headed = [c for c in values if any(e in sure for e in c.path)]
    if len(headed) < max(1, 0.4 * len(values)):
        return {}, frozenset()
    found: dict[int, Territory] = {}
    used: set[str] = set()
    for column in values:
        named = [e for e in column.path if _is_told(e, matches[e], sure)]
        named = named or [e for e in column.path if matches[e].status == "whole"][:1]
        if named:
            found[column.index] = _innermost(named, matches, on)
            used.update(named)
    return found, frozenset(used)


_OWN_NAME = re.compile(
    r"(?i:tỉnh|thành phố|tp|huyện|quận|thị xã|thị trấn|tx|tt|xã|phường|đặc khu)\.? ?(?P<name>\w+)"
)


def _is_told(label: str, match: Match, sure: Container[str]) -> bool:
    """A head that names a territory, be it one that no list knows: "Huyện X", not "Xã loại 1"."""
    if label in sure or match.status == "ambiguous":
        return True
    own = _OWN_NAME.match(bare_label(label))
    return own is not None and (own["name"].istitle() or own["name"].isdecimal())


def _innermost(named: Sequence[str], matches: Mapping[str, Match], on: date) -> Territory:
    """The commune of "Huyện A" over "Xã B", read inside that district."""
    *outer, inner = named
    match = matches[inner]
    around = matches[outer[-1]].region if outer else None
    if around is not None:
        within = resolve(bare_label(inner), on, around)
        match = within if within.status == "one" or match.status != "one" else match
    return _territory(inner, match, (), None)


def _group_axes(
    lines: Sequence[RowLine], within: Region | None, on: date, few: int
) -> tuple[dict[int, Territory], frozenset[str]]:
    """Metric rows under headings that name territories ("II. Huyện B"), or beside merged stubs.

    So `few` names without their type may be chance; under a head "Tỉnh" one is enough.
    """
    heads: dict[int, tuple[str, ...]] = {
        x.row.index: (*x.row.stubs, *x.path[:-1]) for x in lines if x.row.filled
    }
    labels = dict.fromkeys(chain.from_iterable(heads.values()))
    matches = {label: resolve(bare_label(label), on, within) for label in labels}
    sure = [e for e, m in matches.items() if m.status == "one" and m.region]
    typed = [e for e in sure if TYPED.match(bare_label(e))]
    if not sure or len(sure) < _MOST * len(labels) or (len(sure) < few and not typed):
        return {}, frozenset()
    told = {e for e in labels if _is_told(e, matches[e], sure)}
    by_row = {index: [e for e in path if e in told] for index, path in heads.items()}
    found = {index: _innermost(named, matches, on) for index, named in by_row.items() if named}
    wholes = {x.row.label for x in lines if not x.row.filled and is_total(x.row.label)}
    return found, frozenset(told) | wholes
