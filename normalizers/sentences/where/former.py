"""Units that were merged under a name that lives on.

"Quảng Ngãi (cũ)" is a part of the Quảng Ngãi of today, and the map has one code for both.
"""

from __future__ import annotations

import re
from dataclasses import replace

from normalizers.sentences.clauses import Clause
from normalizers.sentences.where.placed import Placed

FORMER_UNIT = "former_unit"
_CU = " (cũ)"
_FORMER = re.compile(r"\s*(?:\((?:cũ|trước (?:sáp nhập|đây)|chưa sáp nhập)\)|cũ\b)", re.IGNORECASE)


def as_former(sentence: str, clause: Clause, placed: Placed) -> Placed:
    """The place with "(cũ)" in its text, where the sentence says so behind the name."""
    if placed.text is None or placed.text.endswith(_CU):
        return placed
    at = sentence.rfind(placed.text, 0, clause.quantity.start)
    former = at >= 0 and _FORMER.match(sentence, at + len(placed.text)) is not None
    return replace(placed, text=f"{placed.text}{_CU}") if former else placed


def is_former(placed: Placed) -> bool:
    """Was the place printed as one that is no more?"""
    return placed.text is not None and placed.text.endswith(_CU)
