"""Years that say which committee or congress is meant, and not of when a text tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods.reading import PeriodMention
from normalizers.watching import watched

_TERM_OF_OFFICE = watched(
    r"(?:đại hội|ban chấp hành|hội đồng|hđnd|đại biểu|khóa|khoá|lần thứ)[^.;:]{0,80}?"
    r"[\s(]nhiệm kỳ (?P<years>(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d)"
)
_AIMED = re.compile(r"\b(?:mục tiêu|chỉ tiêu|nghị quyết|phấn đấu)\b", re.IGNORECASE)


def without_terms(text: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions without the years a committee is elected for: no time, but of what it aims at.

    "Đại hội Hội Phụ nữ huyện lần thứ XII, nhiệm kỳ 2016 - 2021" counts its members today.
    """
    if not mentions or _AIMED.search(text):
        return list(mentions)
    spans = [hit.span("years") for hit in _TERM_OF_OFFICE.finditer(text)]
    return [m for m in mentions if not any(m.start < b and a < m.end for a, b in spans)]
