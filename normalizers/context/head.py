"""How a document opens: its titles, the lines under them and the letterhead, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from normalizers.context.dates import DATE, DATE_OF_SOMETHING
from normalizers.layout.laid import LayOut
from normalizers.layout.openings import opening_title
from normalizers.layout.titles import is_title, joined_titles
from normalizers.seeking import sought
from solieu.model import Content, Grid, Passage
from solieu.text import one_line

_FIRST = 24
HEAD_PASSAGES = 30
FIRST_PARAGRAPHS = 8
LEAD = 3
"""Paragraphs in which a text says of whom it tells."""
LONGEST = 2_000
"""Letters of a paragraph that are looked at; a damaged text may have but one paragraph."""
IMPRINT = 120
"""Letters of a line that only says where a text appeared."""
_LONGEST_HEAD = 160
"""A longer line is a sentence and no letterhead."""
_HEAD_ROWS = 12
_MOTTO = sought(
    r"cộng (?:hòa|hoà) xã hội chủ nghĩa việt nam|độc lập\s*[-–]?\s*tự do\s*[-–]?\s*hạnh phúc"
)


def title_lines(content: Content, laid: LayOut) -> Iterator[str]:
    """Lines that speak for the whole document: its title, title passages, else what looks like one.

    A PDF's own title is often the typist's ("Report", "Microsoft Word - 1.doc"), so the first lines
    in capitals are asked as well.
    """
    named = opening_title([line for p in _before_text(content) for line in _lines(p)])
    if named:
        yield named
    if content.title:
        if is_imprint(content.title):
            yield from islice(_below_imprint(content), 1)
        yield one_line(content.title)
    opening = _opening(content)
    marked = [p for p in opening if p.kind == "title"]
    yield from (one_line(p.text) for p in marked or [p for p in opening if p.kind == "heading"][:1])
    yield from (one_line(p.text) for p in opening if _in_capitals(p.text))
    if not marked and not content.title and content.grids:
        yield from _sheet_titles(content.grids[0], laid)


_PRINTED_BY = re.compile(
    r"\W*(?:(?:https?://)?(?:\w[\w-]*\.){1,4}vn\b|báo(?! cáo)|tạp chí|cổng (?:thông tin|ttđt)"
    r"|trang (?:thông tin|tin|chủ)|đài (?:phát|ptth)|website|chuyên (?:trang|mục)"
    r"|(?:bản )?tin tức|tin tổng hợp)\b[^.:;]{0,80}",
    re.IGNORECASE,
)


def is_imprint(line: str) -> bool:
    """Does a line only say where a text appeared: "Báo Nam Định điện tử"?"""
    return _PRINTED_BY.fullmatch(one_line(line)) is not None


def _below_imprint(content: Content) -> Iterator[str]:
    """The short lines below the name of a paper or portal, up to the running text."""
    for passage in _opening(content):
        text = one_line(passage.text)
        if _is_text(text):
            return
        if not is_imprint(text) and not DATE.search(text):
            yield text


def subtitles(content: Content) -> Iterator[str]:
    """Short lines before the running text, for the time they name; a date line names none."""
    for passage in _opening(content):
        text = one_line(passage.text)
        if _is_text(text):
            return
        if not DATE.search(text) or DATE_OF_SOMETHING.search(text):
            yield text


_SENTENCE = re.compile(r"\W*[^\W\d](?=.{60})(?=.*\d).*[.;]\W*$")
_SHORTEST = 61
"""Running text, which tells of times as it goes: "Đến cuối năm 2012, tỉnh cấp 671.000 thẻ."."""


def _is_text(line: str) -> bool:
    return len(line) > _LONGEST_HEAD or _is_sentence(line) or _tells_figure(line)


def _is_sentence(line: str) -> bool:
    ends = len(line) >= _SHORTEST and ("." in line or ";" in line)
    return ends and _SENTENCE.match(line) is not None


def _tells_figure(text: str) -> bool:
    """Is a short line a sentence with a figure: "Năm 2019, có 12 ca."?"""
    return text.endswith(".") and re.search(r"\d", _TIMES.sub(" ", text)) is not None


_TIMES = sought(
    r"\b(?:năm|tháng|quý|ngày|số|kỳ|đến|từ|khóa)\s+[\d/–-]+|\d{1,4}\s*[/–-]\s*\d{1,4}(?:[/-]\d{4})?"
    r"|\b\d{1,2}\.\d{1,2}\.\d{4}|\d+ tháng"
)


def title_of(titles: tuple[str, ...], content: Content) -> str | None:
    """The first line that says what the document is about; else the first that is there."""
    lines = (*titles, *subtitles(content))
    return next((line for line in lines if is_title(line)), lines[0] if titles else None)


def _opening(content: Content, count: int = 8) -> list[Passage]:
    passages = (b for b in content.blocks if isinstance(b, Passage) and b.kind != "boilerplate")
    return list(islice(passages, count))


def _before_text(content: Content) -> Iterator[Passage]:
    """The first passages up to running text: behind it "Mục tiêu 2026" heads a part of the page."""
    for passage in _opening(content, _FIRST):
        yield passage
        if passage.kind == "paragraph" and _is_text(one_line(passage.text)):
            return


def _lines(passage: Passage) -> list[str]:
    return [one_line(line) for line in passage.text.splitlines()]


def _in_capitals(text: str) -> bool:
    if len(text.split()) < 5:
        return False
    small = 0
    for start in range(0, len(text), _AT_ONCE):
        # Of all letters at most a tenth may be small; a sentence shows at once.
        some = filter(str.isalpha, text[start : start + _AT_ONCE])
        small += sum(map(str.islower, some))
        if small > 0.1 * len(text):
            return False
    letters = list(filter(str.isalpha, text))
    return sum(map(str.isupper, letters)) >= 0.9 * len(letters)


_AT_ONCE = 64


def _sheet_titles(grid: Grid, laid: LayOut) -> Iterator[str]:
    """A workbook has no title of its own: the one over its first table speaks for it."""
    lines = joined_titles(list(_grid_head(grid, laid)))
    yield from (line for line in lines[:4] if is_title(line) and len(line.split()) >= 4)


def head_lines(content: Content, laid: LayOut) -> Iterator[str]:
    """The first lines of the document in reading order, letterhead and site header among them."""
    passages = 0
    for block in content.blocks:
        if isinstance(block, Passage):
            passages += 1
            if passages <= HEAD_PASSAGES:
                yield from _short_lines(block.text)
        else:
            yield from _grid_head(block, laid)


def _short_lines(text: str) -> Iterator[str]:
    lines = (_without_motto(one_line(line)) for line in text.splitlines())
    return (line for line in lines if line and len(line) <= _LONGEST_HEAD)


@lru_cache(maxsize=4096)
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
