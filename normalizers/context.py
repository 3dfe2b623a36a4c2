"""What the whole document says about each of its figures: territory, time, scenario, separators.

A title outranks a letterhead, a letterhead the running text; what nothing names stays None.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from normalizers.layout.laid import LayOut, lay_out
from normalizers.layout.openings import opening_title
from normalizers.layout.titles import (
    is_letterhead,
    is_title,
    joined_titles,
    title_scenario,
    without_decrees,
)
from normalizers.periods.reading import PeriodContext, find_periods
from normalizers.regions import COUNTRY, Mention, find_regions
from solieu.model import Content, Grid, Passage, Period, Region, Scenario
from solieu.text import one_line

UNDATED = date(2025, 6, 30)
"""The map for a document without any date: the last day on which all 63 provinces stood."""

NATIONAL_PRIOR = 0.93
"""Share of decidable numerals in Vietnamese official prose where the dot groups thousands."""

_NEAR = 3
"""Lines within which a province's office stands below its ministry in a letterhead."""
_LETTERHEAD = 8
_FIRST = 24
_LEADING_MARKS = 3
_OLDEST = 1995
"""Pages were not published before; an older date is somebody's birthday."""
_HEAD_PASSAGES = 30
_LONGEST_HEAD = 160
"""A longer line is a sentence and no letterhead."""
_COUNTRY_NAMES = ("việt nam", "viet nam", "vietnam")
_COUNTRY_BEFORE = ("tại", "ở", "của", "đến", "vào", "toàn", "nước", "in", "of", "to")
_HEAD_ROWS = 12
_ISSUER_REACH = 12
"""Letters that may stand between an issuer's name and its territory ("UBND các phường ...")."""

_DATE = re.compile(
    r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|"
    r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_DATE_OF_SOMETHING = re.compile(
    r"tính đến|đến (?:hết )?ngày|từ ngày|quyết định|nghị quyết|kế hoạch số|công văn|"
    r"thông tư|hiệu lực",
    re.IGNORECASE,
)
_MOTTO = re.compile(
    r"cộng (?:hòa|hoà) xã hội chủ nghĩa việt nam|độc lập\s*[-–]?\s*tự do\s*[-–]?\s*hạnh phúc",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.,])(?:19|20)\d{2}(?![\d.,]\d|\d)")
_WORDS = re.compile(r"[^\W_]+")
_DIGITS_AND_MARKS = re.compile(r"[\d.,/]{3,}")
_DOT_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*,(?:\d{1,2}|\d{4,})(?![\d.,])")
_COMMA_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")
_DECIMAL_DOT = re.compile(r"(?<![\d.,/])\d{1,3}(?:,\d{3})*\.(?:\d{1,2}|\d{4,})(?![\d.,/])")


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """The defaults that a table or a sentence falls back to where it says nothing itself."""

    document_id: str
    title: str | None = None
    published_on: date | None = None
    region: Region | None = None
    """The territory the document speaks of; None where nothing names it."""
    year: int | None = None
    period: Period | None = None
    scenario: Scenario = "actual"
    prior: float = NATIONAL_PRIOR
    """Probability that a dot groups thousands, before a column's own evidence."""
    on: date = UNDATED
    """The day whose administrative map reads the names."""

    def periods(self) -> PeriodContext:
        """What `normalizers.periods.reading` needs to complete a bare "quý I" or "ngày 31/5"."""
        return PeriodContext(
            published_on=self.published_on,
            year=self.year,
            reference=self.period,
            plan=self.scenario == "plan",
        )


def document_context(content: Content, document_id: str, laid: LayOut = lay_out) -> DocumentContext:
    """Read title, letterhead and headings once for all figures of a document."""
    titles = tuple(dict.fromkeys(title[:_LONGEST_TITLE] for title in _titles(content, laid)))
    head = tuple(_head_lines(content, laid))
    published = content.published_on or _published(head)
    scenario = title_scenario(titles) or "actual"
    clock = PeriodContext(published_on=published, plan=scenario == "plan")
    period = _period(titles, clock) or _period(_subtitles(content), clock)
    on = _map_date(period, published, head, ahead=scenario == "plan")
    return DocumentContext(
        document_id=document_id,
        title=_title(titles, content),
        published_on=published,
        region=_territory(titles, head, content, on),
        year=period.year if period else None,
        period=period,
        scenario=scenario,
        prior=dot_prior(p.text for p in content.passages if p.kind != "boilerplate"),
        on=on,
    )


def dot_prior(texts: Iterator[str]) -> float:
    """Probability of dot thousands from the numerals whose print leaves no choice."""
    vietnamese = english = 0
    for run in _DIGITS_AND_MARKS.findall("\n".join(texts)):
        if "." in run or "," in run:
            vietnamese += len(_DOT_GROUPS.findall(run)) + len(_DECIMAL_COMMA.findall(run))
            english += len(_COMMA_GROUPS.findall(run)) + len(_DECIMAL_DOT.findall(run))
    odds = math.log(NATIONAL_PRIOR / (1 - NATIONAL_PRIOR)) + 0.5 * vietnamese - 0.8 * english
    return 1 / (1 + math.exp(-max(-3.5, min(4.5, odds))))


@cache
def _word_list(name: str) -> tuple[tuple[str, str], ...]:
    text = files("normalizers").joinpath("data", name).read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    return tuple(sorted(((w.casefold(), role) for w, role in rows), key=lambda r: -len(r[0])))


def _titles(content: Content, laid: LayOut) -> Iterator[str]:
    """Lines that speak for the whole document: its title, title passages, else what looks like one.

    A PDF's own title is often the typist's ("Report", "Microsoft Word - 1.doc"), so the first lines
    in capitals are asked as well.
    """
    named = opening_title([line for p in _opening(content, _FIRST) for line in _lines(p)])
    if named:
        yield named
    if content.title:
        yield one_line(content.title)
    opening = _opening(content)
    marked = [p for p in opening if p.kind == "title"]
    yield from (one_line(p.text) for p in marked or [p for p in opening if p.kind == "heading"][:1])
    yield from (one_line(p.text) for p in opening if _in_capitals(p.text))
    if not marked and not content.title and content.grids:
        yield from _sheet_titles(content.grids[0], laid)


def _subtitles(content: Content) -> Iterator[str]:
    """Short lines before the running text, for the time they name; a date line names none."""
    for passage in _opening(content):
        text = one_line(passage.text)
        if len(text) > _LONGEST_HEAD:
            return
        if not _DATE.search(text) or _DATE_OF_SOMETHING.search(text):
            yield text


def _title(titles: tuple[str, ...], content: Content) -> str | None:
    """The first line that says what the document is about; else the first that is there."""
    lines = (*titles, *_subtitles(content))
    return next((line for line in lines if is_title(line)), lines[0] if titles else None)


def _opening(content: Content, count: int = 8) -> list[Passage]:
    return [p for p in content.passages if p.kind != "boilerplate"][:count]


def _lines(passage: Passage) -> list[str]:
    return [one_line(line) for line in passage.text.splitlines()]


def _in_capitals(text: str) -> bool:
    if len(text.split()) < 5:
        return False
    letters = [c for c in text if c.isalpha()]
    # Of letters in a case of their own at most a tenth may be small; a sentence shows at once.
    if sum(map(str.islower, letters[:40])) > 0.1 * len(letters):
        return False
    return sum(map(str.isupper, letters)) >= 0.9 * len(letters)


def _sheet_titles(grid: Grid, laid: LayOut) -> Iterator[str]:
    """A workbook has no title of its own: the one over its first table speaks for it."""
    lines = joined_titles(list(_grid_head(grid, laid)))
    yield from (line for line in lines[:4] if is_title(line) and len(line.split()) >= 4)


def _head_lines(content: Content, laid: LayOut) -> Iterator[str]:
    """The first lines of the document in reading order, letterhead and site header among them."""
    passages = 0
    for block in content.blocks:
        if isinstance(block, Passage):
            passages += 1
            if passages <= _HEAD_PASSAGES:
                yield from _short_lines(block.text)
        else:
            yield from _grid_head(block, laid)


def _short_lines(text: str) -> Iterator[str]:
    lines = (_without_motto(one_line(line)) for line in text.splitlines())
    return (line for line in lines if line and len(line) <= _LONGEST_HEAD)


def _without_motto(line: str) -> str:
    """A letterhead's left half: the right one has the state's name and motto on the same lines."""
    return _MOTTO.sub(" ", line).strip(" -–_")


def _grid_head(grid: Grid, laid: LayOut) -> Iterator[str]:
    """The words over a table, or all of a table without figures: many letterheads are one."""
    for text in (*grid.section, grid.title, *grid.notes):
        if text:
            yield one_line(text)
    if grid.kind == "glued":
        return
    found = laid(grid)
    if found.segments:
        yield from found.segments[0].lead
    else:
        yield from found.sheet.texts(range(1, min(grid.row_count, _HEAD_ROWS) + 1))


def _published(head: tuple[str, ...]) -> date | None:
    """The date line of a letter or page: short, and not the date of a decree or of the data."""
    for line in head:
        found = _DATE.search(line)
        if found and len(line) < 90 and not _DATE_OF_SOMETHING.search(line):
            day, month, year = (int(g) for g in found.groups() if g)
            if year < _OLDEST:
                continue
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _period(titles: Iterable[str], context: PeriodContext) -> Period | None:
    for title in titles:
        for mention in find_periods(without_decrees(title), context):
            if mention.period is not None and mention.comparison is None:
                return mention.period
    return None


def _map_date(
    period: Period | None, published: date | None, head: tuple[str, ...], *, ahead: bool
) -> date:
    """The end of the period, not later than the page; without both, the latest year mentioned.

    A plan is made before it begins, for the units of that day.
    """
    if period is not None:
        last = period.end or date(period.year, 12, 31)
        end = (period.start or last) if ahead else last
        return min(end, published) if published else end
    if published:
        return published
    years = [int(y) for line in head for y in _YEAR.findall(line)]
    plausible = [y for y in years if 1990 <= y <= 2040]
    return date(max(plausible), 6, 30) if plausible else UNDATED


_LONGEST_TITLE = 2_000
"""Letters of a title that are looked at: a damaged page may put all that it says into one."""


def _territory(
    titles: tuple[str, ...], head: tuple[str, ...], content: Content, on: date
) -> Region | None:
    letterhead = _issuer_region(_joined(head), on)
    for title in titles:
        if letterhead is not None and is_letterhead(title):
            continue
        region = _titled(without_decrees(title), letterhead, on)
        if region is not None:
            return region
    national = _national(titles, head)
    if letterhead is not None and (national is None or letterhead.line <= national.line + _NEAR):
        return letterhead.region
    if national is not None:
        return national.region
    body = [p.text for p in content.passages if p.kind != "boilerplate"]
    several = any(_names_several(title, on) for title in titles)
    own = None if several else _body_region(body, on) or _named_in_both(titles, body, on)
    return own or _namesake((*titles, *_joined(head)), head, on) or _country(body, content.grids)


def _titled(title: str, letterhead: _Issuer | None, on: date) -> Region | None:
    """The territory of a title; a commune's name that others share is read below its office."""
    region = named_territory(title, on)
    if region is not None or letterhead is None:
        return region
    return named_territory(title, on, letterhead.region)


def _namesake(lines: Iterable[str], head: Iterable[str], on: date) -> Region | None:
    """The unit whose name several share, below the territory of any line of the head.

    Where nothing says which it is, the name stands without a code: that much the document says.
    """
    for line in lines:
        hit = _issuers(letterhead=True).search(line)
        text = line[hit.end() :] if hit else line
        mention = next((m for m in find_regions(text, on) if m.match.status == "ambiguous"), None)
        if mention is None or (hit is not None and mention.start > _ISSUER_REACH):
            continue
        units = mention.match.candidates
        if len({(unit.name, unit.level) for unit in units}) == 1:
            narrowed = (named_territory(mention.text, on, r) for r in _named_alone(head, on))
            settled = next((r for r in narrowed if r is not None and r in units), None)
            return settled or Region(units[0].name, units[0].level)
    return None


def _named_alone(lines: Iterable[str], on: date) -> Iterator[Region]:
    found = (named_territory(line, on) for line in lines)
    return (region for region in found if region is not None and region.level != "country")


def _names_several(title: str, on: date) -> bool:
    """A title about two provinces is about neither alone."""
    found = {m.match.region for m in find_regions(title, on) if m.match.status == "one"}
    return len({r for r in found if r is not None and r.level != "country"}) > 1


def named_territory(text: str, on: date, within: Region | None = None) -> Region | None:
    """The single territory that a line names, the innermost where one lies in the other.

    None for several side by side, and for a country that is only part of another name ("Việt Nam
    đồng", "BHXH Việt Nam").
    """
    found: list[Region] = []
    for mention in find_regions(text, on, within):
        if mention.match.status == "ambiguous":
            return None
        region = mention.match.region if mention.match.status == "one" else None
        if region is None or (region.level == "country" and not _is_the_country(text, mention)):
            continue
        found.append(region)
    if not found:
        return None
    inner = max(found, key=lambda r: len(r.path or r.name))
    chain = (inner.path or inner.name).split(" / ")
    return inner if all(r.level == "country" or r.name in chain for r in found) else None


def _is_the_country(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start].casefold(), text[mention.end :].casefold().lstrip()
    if after.startswith(("đồng", "dong")) or mention.text.casefold() not in _COUNTRY_NAMES:
        return not after.startswith(("đồng", "dong"))
    return before.rstrip().endswith(_COUNTRY_BEFORE)


def _body_region(texts: list[str], on: date) -> Region | None:
    """The territory whose offices most of the text speaks of; None for a study of six provinces."""
    found = [r for t in texts for line in t.splitlines() if (r := _after_issuer(line, on))]
    if len(found) < min(3, 1 + len(texts) // 6):
        return None
    votes = Counter(found)
    for region, _ in sorted(votes.items(), key=lambda v: (len(v[0].path or ""), -v[1])):
        inside = sum(n for r, n in votes.items() if _lies_in(r, region))
        if inside >= 0.7 * len(found):
            return region
    return None


def _named_in_both(titles: tuple[str, ...], body: list[str], on: date) -> Region | None:
    """The unit that the first paragraphs name with its type and a title without it.

    "Nghĩa Hưng giữ vững thành quả" over "huyện Nghĩa Hưng có 24 xã".
    """
    title = "\n".join(titles).casefold()
    for mention in find_regions("\n".join(body[:_LETTERHEAD]), on):
        region = mention.match.region if mention.match.status == "one" else None
        if region is None or region.level == "country":
            continue
        bare = mention.text.split(" ", 2 if mention.text.startswith(_TWO_WORDS) else 1)[-1]
        if bare.casefold() in title:
            return region
    return None


_TWO_WORDS = ("thị xã", "thị trấn", "thành phố", "đặc khu", "Thị xã", "Thị trấn", "Thành phố")


def _country(body: list[str], grids: tuple[Grid, ...]) -> Region | None:
    """Việt Nam where a national office speaks, or where a table's row is "Cả nước"."""
    opening = " ".join(body[:_HEAD_PASSAGES]).casefold()
    if any(words in opening for words, reach in _word_list("issuers.csv") if reach == "body"):
        return COUNTRY
    names = {words for words, reach in _word_list("issuers.csv") if reach == "row"}
    rows = (c.text for g in grids for c in g.cells if c.column <= 2 and c.number is None)
    return COUNTRY if any(one_line(text).casefold() in names for text in rows) else None


def _lies_in(region: Region, outer: Region) -> bool:
    path = region.path or region.name
    return path == outer.path or path.startswith(f"{outer.path} / ")


def _joined(lines: tuple[str, ...]) -> list[str]:
    """Each line with the next: "ỦY BAN NHÂN DÂN" and "TỈNH KHÁNH HÒA" stand one below the other."""
    return [
        f"{line} {after}" if len(line) < 60 else line
        for line, after in zip_longest(lines, lines[1:], fillvalue="")
    ]


@dataclass(frozen=True, slots=True)
class _Issuer:
    region: Region
    line: int


def _issuer_region(lines: list[str], on: date) -> _Issuer | None:
    """The territory after the first local issuer ("UBND tỉnh X"), or a part of it just below."""
    found: _Issuer | None = None
    for number, line in enumerate(lines):
        outer = found.region if found else None
        region = _after_issuer(line, on, letterhead=True, within=outer)
        if region is None:
            continue
        if found is None:
            found = _Issuer(region, number)
        elif number - found.line > _LETTERHEAD:
            break
        elif _lies_in(region, found.region) and region != found.region:
            return _Issuer(region, found.line)
    return found


def _after_issuer(
    line: str, on: date, *, letterhead: bool = False, within: Region | None = None
) -> Region | None:
    """The territory named right after an office: "của UBND xã Đắk Hòa", not "Số 12/BC-UBND".

    In a letterhead the office begins the line, or stands in the bracket under the title, or below
    the ministry that it belongs to: "BHXH VIỆT NAM" over "BẢO HIỂM XÃ HỘI TỈNH X".
    """
    if letterhead and (above := _superior().match(line)):
        line = line[above.end() :]
    for hit in _issuers(letterhead=letterhead).finditer(line):
        if letterhead and hit.start() > _LEADING_MARKS and not line.startswith("("):
            break
        for mention in find_regions(line[hit.end() : hit.end() + 70], on, within):
            region = mention.match.region if mention.match.status == "one" else None
            if region and region.level != "country" and mention.start <= _ISSUER_REACH:
                return region
            break
    return None


@cache
def _issuers(*, letterhead: bool) -> re.Pattern[str]:
    reaches = {"local"} if letterhead else {"local", "area"}
    words = "|".join(re.escape(w) for w, reach in _word_list("issuers.csv") if reach in reaches)
    return re.compile(rf"(?<![\w/-])(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _superior() -> re.Pattern[str]:
    """A national office that an office of its own follows, and a territory after that."""
    words = "|".join(re.escape(w) for w, reach in _word_list("issuers.csv") if reach == "national")
    return re.compile(rf"(?:{words})\W+(?={_issuers(letterhead=True).pattern})", re.IGNORECASE)


def _national(titles: tuple[str, ...], head: tuple[str, ...]) -> _Issuer | None:
    """Việt Nam for what a ministry or the statistics office publishes under its own letterhead."""
    for line in titles:
        words = f" {' '.join(_WORDS.findall(line.casefold()))} "
        if any(f" {w} " in words for w, reach in _word_list("issuers.csv") if reach == "title"):
            return _Issuer(COUNTRY, 0)
    for number, line in enumerate(head):
        key = line.casefold()
        if len(line) < 80 and any(
            key.startswith(words)
            for words, reach in _word_list("issuers.csv")
            if reach == "national"
        ):
            return _Issuer(COUNTRY, number)
    return None
