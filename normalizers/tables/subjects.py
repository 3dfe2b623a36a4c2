"""What a title says is measured, for tables whose heads say only when and whether planned.

"KẾT QUẢ THỰC HIỆN / Thu nội địa của huyện Cái Bè năm 2022": of the words around a table the
subject is what remains without decrees, territories and the words that begin every title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from normalizers.bilingual import vietnamese_part
from normalizers.layout.titles import is_title, without_opening
from normalizers.metrics import match_header
from normalizers.periods.reading import find_periods
from normalizers.regions import find_regions
from solieu.text import one_line

_LONGEST = 200
_LOOSE = re.compile(
    r"(?:[\s,;:()–-]|(?<!\w)(?:của|tại|ở|trên|địa bàn|toàn|các|trong|theo|cho|và)(?!\w))+$",
    re.IGNORECASE,
)
"""Words that led to a territory or a time and now lead to nothing."""
_DIVIDED = re.compile(
    r"\s+(?:(?:phân|chia|phân chia)\s+)?theo\s+(?!đầu người|giá).*$", re.IGNORECASE
)
"""How a yearbook divides what it measures: "phân theo huyện", "theo loại hình kinh tế"."""


def subject_of(lines: Iterable[str], on: date) -> str | None:
    """The first of the lines that names a metric, bare of territory; None where none does."""
    return next((subject for line in lines if (subject := _subject(line, on)) is not None), None)


@lru_cache(maxsize=1024)
def _subject(line: str, on: date) -> str | None:
    text = one_line(line)
    if len(text) > _LONGEST or not is_title(text):
        return None
    spans = [(m.start, m.end) for m in find_regions(text, on)]
    spans += [(m.start, m.end) for m in find_periods(text)]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    text = _DIVIDED.sub("", vietnamese_part(" ".join(text.split())))
    bare = _LOOSE.sub("", without_opening(text))
    return bare if match_header((bare,)).metric and first_flow(bare) is None else None


_TWO_FLOWS = re.compile(
    r"(?<!\w)(?P<first>thu|chi|nợ)\s*(?:[,/–-]|và)\s*(?:thu|chi|(?:số )?nợ|chậm đóng)(?!\w)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def first_flow(title: str) -> str | None:
    """What a title of two flows of money is about where a plan is meant: the first of them.

    "Tình hình thu, nợ BHXH" is the title of neither; "KH giao" below it is to be collected.
    """
    return _TWO_FLOWS.sub(r"\g<first>", title) if _TWO_FLOWS.search(title) else None
