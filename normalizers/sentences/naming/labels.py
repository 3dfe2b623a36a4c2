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
    left, tail = _tidy(_last(clause.left, enough)), _tidy(_GOES_ON.sub("", clause.tail))
    left = _unmarked(_unqualified(left) if clause.quantity.qualifier else left)
    counted = " " not in tail and clause.quantity.unit not in RATES
    if counted and says(canonical(left)):
        left, tail = _leading_to().sub("", left), f"({tail})" if tail else ""
    return f"{subject}{BELOW}{f'{left} {tail}'.strip()}".strip(" /")[:_LONGEST].strip()


@lru_cache(maxsize=1024)
def shown(told: str) -> str:
    """The label as it is published: without the time and the words that only join its parts."""
    parts = [_closed(_ended(_undated(_leading_in().sub("", p)))) for p in told.split(BELOW)]
    joined = BELOW.join([part for part in parts if not _JOINS.fullmatch(part)])
    return joined or told


_JOINS = re.compile(
    r"(?:(?:và|với|là|lên|xuống|hơn|gần|trên|khoảng|lần lượt|tương ứng)\b\s*)*", re.IGNORECASE
)
"""What stands before the next of a list: "lần lượt là 715 tỷ đồng và 820 tỷ đồng"."""
_QUALIFIED = re.compile(
    r"(?:^|(?<!cao)(?<!thấp)(?<!nhiều)(?<!ít)(?<!lớn)(?<!nhỏ)(?<!nhanh)(?<!chậm)(?<!sớm)\s+)"
    r"(?:hơn|trên|gần|khoảng|ước khoảng|xấp xỉ|chừng)$",
    re.IGNORECASE,
)


def _unqualified(left: str) -> str:
    """Without what says how exact the number is: "cả nước hiện có hơn" (17 triệu người)."""
    return _QUALIFIED.sub("", left)


_DAY = r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,2}[/.-]\d{4}|\d{4}|\d{1,2})"
_TIME = (
    rf"(?:(?:ngày|tháng|năm|quý)\s+(?:{_DAY}|[IVX]+(?:[/.-]\d{{4}})?)(?:\s+năm\s+\d{{4}})?"
    r"|\d{1,2}\s+tháng(?:\s+(?:đầu|cuối))?(?:\s+năm(?:\s+(?:\d{4}|nay))?)?)"
)
_WHEN = re.compile(
    r"(?:(?:kết quả|tính|hết|trong|chỉ|riêng|tính chung),?\s+)*"
    rf"(?:(?:đến|tới)\s+(?:(?:hết|cuối|đầu|giữa|thời điểm)\s+)*(?:nay|{_TIME}|{_DAY})|{_TIME}"
    r"|hiện nay|hiện(?=\s+(?:có|còn|toàn|cả nước|trên|đang|tỉnh|huyện|xã|thành phố)\b))"
    r"(?:,\s*|\s+)(?=[^\W\d])",
    re.IGNORECASE,
)


def _undated(own: str) -> str:
    """Without the time that opens it, which the period says, unless nothing else is said.

    "đến 25/11/2022 toàn tỉnh có người tham gia" is "toàn tỉnh có người tham gia".
    """
    rest = own[hit.end() :] if (hit := _WHEN.match(own)) else own
    return rest if says(canonical(rest)) else own


_ENDS = re.compile(r"[\s:–-]+(?:(?:lần lượt|ở mức|là)\s*)+$", re.IGNORECASE)


def _ended(own: str) -> str:
    """Without the verb that only leads to the number: "Tỷ lệ hộ nghèo lần lượt là"."""
    rest = _ENDS.sub("", own)
    return rest if says(canonical(rest)) else own


_DATELINE = re.compile(r"[^()]{0,16}\)\s*[-–:]\s*")
"""What is left of "(HG) - Toàn tỉnh có …"."""


def _closed(own: str) -> str:
    """With the bracket closed that the next figure cut."""
    whole = _DATELINE.sub("", own, count=1) if own.count(")") > own.count("(") else own
    return f"{whole})" if whole.count("(") > whole.count(")") else whole


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


@lru_cache(maxsize=4096)
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
