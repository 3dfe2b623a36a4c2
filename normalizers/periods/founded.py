"""When a unit was young: "lúc mới tái lập, thu ngân sách chỉ đạt 100 tỷ đồng".

That is of the year in which it was founded, which an anniversary's text may name once, and of no
later one; where nothing names it, nobody knows the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalizers.periods.reading import PeriodMention
from normalizers.periods.timespans import years
from normalizers.seeking import sought
from normalizers.watching import watched
from solieu.model import Period
from solieu.quick import replace

_FOUNDED = r"(?:tái lập|chia tách|thành lập|ra đời|lập)"
_WHEN_YOUNG = watched(
    r"\b(?<!từ )(?<!sau )(?<!kể từ )(?<!so với )(?<!trước )(?<!kỷ niệm )"
    r"(?:(?:khi|lúc|ngày|thời điểm|thời kỳ|buổi|năm) (?:mới |đầu |đầu tiên |vừa |ban đầu )+"
    rf"(?:được )?(?:{_FOUNDED}|giải phóng|sáp nhập|hợp nhất|tách (?:tỉnh|huyện|xã))"
    r"|(?:thời điểm|khi|lúc) tái lập)\b(?: (?:tỉnh|huyện|thị xã|thành phố))?"
)
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
_DAY = (
    r"(?:(?:từ |vào )?(?:ngày )?\d{1,2}(?:[/.-]\d{1,2}[/.-]| tháng \d{1,2}(?: năm |/))"
    r"|(?:vào |từ )?(?:đầu )?năm )"
)
_NAMED = sought(
    rf"\b{_FOUNDED}\b[^.;\d]{{0,60}}{_DAY}{_YEAR.format('named')}"
    rf"|\bnăm {_YEAR.format('led')},? [^.;\d]{{0,60}}\b(?:được )?(?:(?:tái|thành) lập|chia tách)\b"
    rf"|\b\d{{1,3}} năm\b[^.;(]{{0,60}}\b{_FOUNDED}\b[^.;(]{{0,40}}"
    rf"\({_DAY}?{_YEAR.format('begun')}\s*[-–]"
)
_ANNIVERSARY = re.compile(rf"\b\d{{1,3}} năm\b[^.;]{{0,60}}\b{_FOUNDED}\b", re.IGNORECASE)
_SPAN = re.compile(
    rf"\W*{_DAY}?{_YEAR.format('begun')}\s*[-–]\s*(?:\d{{1,2}}[/.-]){{0,2}}\d{{4}}\W*"
)
"""A line of its own below the title: "(01/01/2004 - 01/01/2024)"."""


def year_founded(lines: Sequence[str]) -> int | None:
    """The one year in which a text says that its unit was founded or set up again."""
    if not any(_WHEN_YOUNG.search(line) for line in lines):
        return None
    told = set(_years(lines))
    return told.pop() if len(told) == 1 else None


def _years(lines: Iterable[str]) -> Iterable[int]:
    anniversary = False
    for line in lines:
        alone = _SPAN.fullmatch(line) if anniversary else None
        if alone is not None:
            yield int(alone["begun"])
        yield from (int(hit[hit.lastgroup or 0]) for hit in _NAMED.finditer(line))
        anniversary = anniversary or _ANNIVERSARY.search(line) is not None


_OF_ITS_OWN = re.compile(_FOUNDED, re.IGNORECASE)
_BESIDE = 3
"""Letters between a time that is told and what it was: "Năm 1991, khi tái lập tỉnh"."""


_TERM_BEGAN = watched(r"(?<!từ )(?<!so với )(?<!với )\bđầu nhiệm kỳ\b")
_TERM = 3
"""Years that a term has at least between its first and its last."""


def _begun(heard: Period | None) -> Period | None:
    """The first year of the term that a text has come to."""
    start, end = (heard.start, heard.end) if heard is not None else (None, None)
    if start is None or end is None or end.year - start.year < _TERM:
        return None
    return years(start.year, start.year)


def _is_now(mention: PeriodMention) -> bool:
    return mention.period is None and mention.text.lower().endswith("nay")


def when_young(
    sentence: str,
    mentions: Sequence[PeriodMention],
    founded: int | None,
    heard: Period | None = None,
) -> list[PeriodMention]:
    """The mentions with those days, of no known year where none is `founded`.

    "Đầu nhiệm kỳ" is the first year of the term `heard` of.
    """
    term = _begun(heard)
    began = list(_TERM_BEGAN.finditer(sentence)) if term is not None else []
    if began:  # "Đầu nhiệm kỳ có 31% hộ nghèo, nay còn 9,5%": at its end
        mentions = [replace(m, period=heard) if _is_now(m) else m for m in mentions]
    mentions = [*mentions, *(PeriodMention(*h.span(), h.group(), term) for h in began)]
    period = years(founded, founded) if founded is not None else None
    found = [
        PeriodMention(*hit.span(), hit.group(), period if _OF_ITS_OWN.search(hit[0]) else None)
        for hit in _WHEN_YOUNG.finditer(sentence)
        if not any(m.start < hit.end() and hit.start() < m.end + _BESIDE for m in mentions)
    ]
    return sorted((*mentions, *found), key=lambda m: m.start)


def is_when_young(mention: PeriodMention) -> bool:
    """Is it such a time, of which nobody says the year?"""
    return mention.period is None and _WHEN_YOUNG.match(mention.text) is not None
