"""What a title says is measured, for tables whose heads say only when and whether planned.

"KẾT QUẢ THỰC HIỆN / Thu nội địa của huyện Cái Bè năm 2022": of the words around a table the
subject is what remains without decrees, territories and the words that begin every title.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from normalizers.metrics import match_header
from normalizers.regions import find_regions
from normalizers.titles import is_title, without_opening
from solieu.text import one_line

_LONGEST = 200


def subject_of(lines: Iterable[str], on: date) -> str | None:
    """The first of the lines that names a metric, bare of territory; None where none does."""
    return next((subject for line in lines if (subject := _subject(line, on)) is not None), None)


@lru_cache(maxsize=1024)
def _subject(line: str, on: date) -> str | None:
    text = one_line(line)
    if len(text) > _LONGEST or not is_title(text):
        return None
    for mention in reversed(find_regions(text, on)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    bare = without_opening(" ".join(text.split()))
    return bare if match_header((bare,)).metric else None
