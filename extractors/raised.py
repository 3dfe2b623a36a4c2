"""Raised letters behind a text: footnote marks, but for the exponents of measures."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARK = re.compile(r"\s*[(\[]?(?:\d{1,2}|\*{1,3}|[a-c])[)\]]?\s*")
_MEASURE = re.compile(r"(?:\b[kcdh]?m|(?:^|\D)10)\s*$")
_EXPONENTS = str.maketrans("23", "²³")

Run = tuple[str, bool]
"""Letters that are set alike, and whether they are raised."""


def without_marks(runs: Iterable[Run]) -> tuple[str, tuple[str, ...]]:
    """What the runs say, and their footnote marks; the 2 of km² and of 10² is none.

    >>> without_marks([("39.202", False), ("(1)", True)])
    ('39.202', ('(1)',))
    >>> without_marks([("ha; km", False), ("2", True)])
    ('ha; km²', ())
    """
    said, marks = "", []
    for text, raised in runs:
        if not raised or _MARK.fullmatch(text) is None:
            said += text
        elif text.strip() in {"2", "3"} and _MEASURE.search(said):
            said += text.translate(_EXPONENTS)
        else:
            marks.append(text.strip())
    return said, tuple(marks)
