"""What a figure of running text is called: its own words, and what they are a part of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from normalizers.branching import any_of
from normalizers.measures import RATES
from normalizers.sentences.clauses import Clause, fragments
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.words import says
from normalizers.spelling import canonical, words
from solieu.quick import replace

_EDGES = ' \t\n,;:.()[]/+-–•*“”"_'
_LONGEST = 240
BELOW = " / "
"""Between what is told of and a part of it."""


def label(clause: Clause, subject: str = "") -> str:
    """What the figure is in the sentence's words: subject carried over, words before and after.

    "a) Số người tham gia BHYT toàn tỉnh là 898.100 người" is
    "Số người tham gia BHYT toàn tỉnh (người)".
    """
    enough = 2 - len(says(canonical(clause.tail)))
    left, tail = _unmarked(_tidy(_last(clause.left, enough))), _tidy(_GOES_ON.sub("", clause.tail))
    counted = " " not in tail and clause.quantity.unit not in RATES
    if counted and says(canonical(left)):
        left, tail = _leading_to().sub("", left), f"({tail})" if tail else ""
    return f"{subject}{BELOW}{f'{left} {tail}'.strip()}".strip(" /")[:_LONGEST].strip()


_GOES_ON = re.compile(
    r"\((?:số tiền )?(?:viết )?bằng chữ\b[^()]*\)?|[\s,;]+(?:trong đó|(?:bao )?gồm)\s*:?\s*$",
    re.IGNORECASE,
)
"""The amount once more, "3.790 tỷ đồng (Bằng chữ: Ba nghìn bảy trăm …)", and what opens a list."""
_MARK = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ][.)]|[IVX]{1,4}[.)]|\d\.\d\.?(?=\s))\s*"
)


def is_marked(left: str) -> bool:
    """Does a clause begin with the mark of a list's item: "đ) Bổ sung cho ngân sách huyện"?"""
    return _MARK.match(left.lstrip()) is not None


def _unmarked(left: str) -> str:
    """Without the mark of a list's item and the words that only lead on from what was said."""
    said = left[hit.end() :] if (hit := _MARK.match(left)) else left
    return _leading_in().sub("", said)


@lru_cache(maxsize=1)
def _leading_in() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{any_of(words('label_opener'))})\b[,:]?\s+)+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _leading_to() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!cấp)[\s,:]+(?:{any_of(words('label_closer'))}))+$", re.IGNORECASE)


def _last(left: str, enough: int) -> str:
    """From the last fragment that says enough, so that "Theo báo cáo, …" stays out."""
    parts = fragments(left, ",;")
    for i in range(len(parts) - 1, -1, -1):
        if len(says(canonical(parts[i]))) >= enough:
            return ", ".join(part.strip() for part in parts[i:])
    return left


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(_EDGES)


def side_by_side(bound: Iterable[Meant]) -> list[Meant]:
    """Parts of one whole stand under it, and not each under the part before it.

    "Doanh thu du lịch 511 tỷ đồng, trong đó: lưu trú 71 tỷ đồng; nhà hàng 261 tỷ đồng": the last is
    "Doanh thu du lịch / nhà hàng".
    """
    whole_of: dict[str, str] = {}
    placed = []
    for meant in bound:
        above, _, own = meant.label.rpartition(BELOW)
        if meant.own and above in whole_of:
            above = whole_of[above]
            placed.append(replace(meant, label=f"{above}{BELOW}{own}"))
        else:
            placed.append(meant)
        if meant.own and above:
            whole_of[meant.topic] = above
    return placed
