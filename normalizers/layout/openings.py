"""The lines that name a document or a table without being marked as titles.

Offices print "KẾT QUẢ THỰC HIỆN", below it what was carried out and where, below that the year;
a saved page or a scan marks none of them as a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalizers.layout.declared import declared_units
from normalizers.layout.sheet import is_unit_text
from normalizers.layout.titles import has_content, is_title, opening_words
from solieu.model import Content, Grid, Passage
from solieu.text import one_line

_HEAD = 24
"""Lines within which a document's own title stands, letterhead and menu before it."""
_NEAR = 5
_LONGEST = 200
_LONGEST_TIME = 40
_DATED = re.compile(
    r"ngày\s+[\d….]{1,4}\s+tháng\s+[\d….]{1,4}\s+năm|^\W*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|^số\s*:",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\W*(?:(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|ngày (?:đăng|cập nhật|tạo|xuất bản)"
    r"|(?:đã )?đăng(?: tải)?(?: lúc| ngày)?|cập nhật(?: lúc| ngày)?|xuất bản(?: lúc| ngày)?)\b"
    r"|\d{1,2}[:h]\d\d(?::\d\d)?(?: ?[ap]m)?)[\s,:|–-]*)+(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}",
    re.IGNORECASE,
)
"""When a page was put up: "Thứ năm, 12/10/2023 - 08:15", "Ngày đăng: 15/01/2024"."""
_AS_OF = re.compile(r"(?:tính đến|đến hết|đến ngày|từ ngày)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?…]\s*[”\"’)]?\s*$")
_TIME = re.compile(r"(?:năm|quý|tháng|đến|tính đến|\d{1,2} tháng|giai đoạn)\b", re.IGNORECASE)


def opening_title(lines: Sequence[str]) -> str | None:
    """A document's title by the word it begins with, joined with the lines that complete it."""
    for i, line in enumerate(lines[:_HEAD]):
        text = one_line(line)
        if not _may_open(text):
            continue
        parts = [text]
        for following in map(one_line, lines[i + 1 : i + 4]):
            if not _completes(parts, following):
                break
            parts.append(following)
        return " ".join(parts) if len(parts) > 1 or has_content(text) else None
    return None


def _may_open(text: str) -> bool:
    if len(text) > _LONGEST or _SENTENCE.search(text) or text.endswith(":"):
        return False
    return bool(opening_words(text))


def _completes(parts: Sequence[str], text: str) -> bool:
    if not text or len(text) > _LONGEST or _SENTENCE.search(text) or is_dated(text):
        return False
    if _TIME.match(text):
        return len(text) <= _LONGEST_TIME
    if text[:1].islower() or not has_content(parts[-1]):
        return True
    return all(p.isupper() for p in parts) and text.isupper() and len(parts) < 3


def is_dated(text: str) -> bool:
    """The day or the number of the document itself, which are no times of its figures."""
    dated = _DATED.search(text) or _POSTED.match(text)
    return dated is not None and not _AS_OF.search(text)


def lines_above(content: Content) -> dict[int, tuple[str, ...]]:
    """For every table, by its number, the short lines before it that may name it, nearest first."""
    found: dict[int, tuple[str, ...]] = {}
    before: list[Passage] = []
    opening = True
    for block in content.blocks:
        if isinstance(block, Grid):
            found[block.number] = tuple(_above(before, opening=opening))
            before, opening = [], False
        elif block.kind == "boilerplate":
            before = []
        else:
            before.append(block)
    return found


def _above(before: Sequence[Passage], *, opening: bool) -> Iterator[str]:
    """Up to the running text; over a document's first table also what stands before that."""
    taken = 0
    at_top = opening and len(before) <= _HEAD
    for passage in reversed(before):
        text = one_line(passage.text)
        if len(text) > _LONGEST or _SENTENCE.search(text):
            if not at_top:
                return
            continue
        if is_dated(text) or not (_may_head(text) or (not taken and is_unit_text(text))):
            continue
        yield text
        taken += 1
        if taken == _NEAR:
            return


def _may_head(text: str) -> bool:
    return is_title(text) or _is_time(text) or bool(declared_units(text))


def _is_time(text: str) -> bool:
    return len(text) <= _LONGEST_TIME and _TIME.match(text) is not None
