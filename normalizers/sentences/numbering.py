"""Items numbered within a line: "(1) Thu ngân sách 105 tỷ đồng. (2) Tạo việc làm cho 650 người"."""

from __future__ import annotations

import re
from itertools import pairwise

from normalizers.seeking import sought

_FOOTNOTE = sought(r"%\s?[(\[]\d{1,2}[)\]](?=[\s.,;:)])", flags=0)
"""The mark of a note behind a rate: "ước tăng 8,01% (1) so với cùng kỳ"."""
_NUMBER = re.compile(r"(?P<behind>^|[:;.,])\s*(?P<number>\((?P<value>\d{1,2})\))(?=\s*\w)")
_ENDS = re.compile(r"[.!?…]\s")
_LONGEST = 240
"""Letters of an item that is one statement of a list."""


def unnumbered(text: str) -> str:
    """The text, as long as it is, with its numbers blanked and semicolons between the items.

    >>> unnumbered("Chỉ tiêu: (1) Thu 105 tỷ đồng. (2) Tạo 650 việc làm.")
    'Chỉ tiêu:     Thu 105 tỷ đồng;     Tạo 650 việc làm.'
    """
    if "%" in text:
        text = _FOOTNOTE.sub(lambda mark: "%".ljust(len(mark.group())), text)
    found = list(_NUMBER.finditer(text)) if "(1)" in text and "(2)" in text else []
    if [int(m["value"]) for m in found] != list(range(1, len(found) + 1)):
        return text
    letters = list(text)
    for item in found:
        start, end = item.span("number")
        letters[start:end] = " " * (end - start)
    for item, after in pairwise(found):
        if after["behind"] == "." and _is_one(text[item.end() : after.start()]):
            letters[after.start()] = ";"
    return "".join(letters)


def _is_one(item: str) -> bool:
    return len(item) <= _LONGEST and _ENDS.search(item) is None
