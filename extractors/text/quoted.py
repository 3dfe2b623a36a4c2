"""Separated values to records, also where a quote is opened that nothing closes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from extractors import limits
from solieu.model import Notice

csv.field_size_limit(limits.MAX_TEXT_BYTES)

_BREAK = re.compile(r"\r\n|[\r\n]")
_QUOTE = '"'

Row = list[str]


def records(text: str, delimiter: str, most: int | None = None) -> tuple[list[Row], bool]:
    """The first records, and whether a stray quote had taken others into one of their fields.

    Then every line is a record, and the quotes of a line that has an odd one are left out.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    found = list(islice(reader, most))
    if text.count(_QUOTE) % 2 == 0 or not _swallows(found, delimiter):
        return found, False
    return [_line(line, delimiter) for line in islice(_BREAK.split(text), most)], True


def _swallows(found: Sequence[Row], delimiter: str) -> bool:
    """Whether a field goes on over lines that are set as records are."""
    usual = Counter(map(len, found)).most_common(1)[0][0]
    fields = (f for row in found for f in row if "\n" in f or "\r" in f)
    lines = (line for field in fields for line in _BREAK.split(field)[1:])
    return usual > 1 and any(line.count(delimiter) == usual - 1 for line in lines)


def _line(line: str, delimiter: str) -> Row:
    if line.count(_QUOTE) % 2:
        return line.replace(_QUOTE, "").split(delimiter)
    return next(csv.reader([line], delimiter=delimiter), [])


def stray_quote_notice() -> Notice:
    """Said of a file that was read line by line."""
    return Notice(
        "stray_quote",
        "Tệp có dấu ngoặc kép mở mà không đóng; đã đọc từng dòng một. Hãy kiểm tra dòng đó.",
        "A quotation mark is opened and never closed; the file was read line by line. "
        "Check that line.",
    )
