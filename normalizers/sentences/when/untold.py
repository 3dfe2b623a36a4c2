"""Figures of a "now" or a "then" whose year the sentence does not name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods.founded import is_when_young
from normalizers.periods.reading import PeriodMention
from normalizers.sentences.clauses import Clause
from normalizers.sentences.when.times import Timed
from solieu.model import Period


def untold(
    clause: Clause, mentions: Sequence[PeriodMention], document: Period | None
) -> Timed | None:
    """The document's time, where nobody says of which year the "now" behind a year is.

    "Nếu như năm 1993 … 2 dự án thì đến nay là 1.146 dự án" is none of 1993, and what a bracket
    says is so now is none of the goal before it: "đến năm 2025 đạt 70% (hiện là 63%)".
    """
    if _NOW_ASIDE.search(clause.left):
        return Timed(document, "document")
    if not mentions:
        return None
    if _is_now_at_last(clause, mentions):
        return Timed(document, "document")
    if _is_when_young(clause, mentions):
        return Timed(None, "own")
    before = [m for m in mentions if m.end <= clause.quantity.start and m.comparison is None]
    told = [m for m in before if m.period is not None]
    if not told or before[-1].period is not None or _NOW.fullmatch(before[-1].text) is None:
        return None
    return Timed(document, "document")


def _is_now_at_last(clause: Clause, mentions: Sequence[PeriodMention]) -> bool:
    """Is a change told from a year gone by until now: "từ 6,62% năm 2016, hiện chỉ còn 0,09%"?"""
    hit = _NOW_AT_LAST.match(clause.left)
    return hit is not None and any(m.end <= clause.quantity.start and m.period for m in mentions)


_NOW_AT_LAST = re.compile(
    r"\W*(?:và |nhưng )?(?:hiện(?: nay| tại)?|giờ|bây giờ|nay)"
    r"(?: (?:đã|chỉ|mới|giảm|tăng|xuống|lên|còn|đạt|là|có|được|khoảng|gần|hơn|trên|dưới"
    r"|chưa đầy)){1,6}\s*$",
    re.IGNORECASE,
)


def _is_when_young(clause: Clause, mentions: Sequence[PeriodMention]) -> bool:
    """Is a figure of when its unit was young, in a year that nobody names?"""
    if _SINCE_THEN.search(clause.left) is not None:
        return False
    before = [m for m in mentions if m.end <= clause.quantity.start and m.comparison is None]
    behind = [m for m in mentions if clause.quantity.end <= m.start < clause.end]
    own = before[-1:] or behind[:1]
    return any(map(is_when_young, own))


_SINCE_THEN = re.compile(r"\b(?:giờ|nay|hiện|sau đó|trong \d+ năm)\b|;", re.IGNORECASE)
"""No longer of those days: "lúc mới chia tách chỉ 15 triệu đồng, giờ xấp xỉ 28 triệu đồng"."""
_NOW_ASIDE = re.compile(
    r"\(\s*(?:hiện(?: nay| tại)?|đến nay)(?: (?:là|đạt|có|mới|chỉ|khoảng|gần|hơn|trên))*\s*$",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:(?:(?:tính )?(?:đến|tới)|hiện) )?nay", re.IGNORECASE)
