"""What is told of one thing after the other: of the month, and summed up.

"Thu ngân sách ước tháng 11 được 526 tỷ đồng, lũy kế 8.812 tỷ đồng. Trong đó, thu nội địa 230 tỷ
đồng, lũy kế 3.115 tỷ đồng": the second sentence names no time, and has both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods.reading import PeriodMention
from normalizers.sentences.clauses import PARTS_FOLLOW, SHARES_OUT, Clause
from normalizers.sentences.naming.meant import Meant, Subject
from normalizers.sentences.settings import Carried, Sentence
from normalizers.sentences.when.implied import SUMMED, summed_at
from normalizers.spelling import CAPITALS, NAME_WORD
from normalizers.watching import watched
from solieu.quick import replace


def sum_as_before(sentence: Sentence, carried: Carried) -> PeriodMention | None:
    """The time of a sum behind a figure of its month, as the sentence before told of both."""
    hit = SUMMED.search(sentence.text) if carried.periods and not sentence.times else None
    first = min((q.start for q in sentence.quantities), default=None)
    if hit is None or first is None or first > hit.start():
        return None
    told = summed_at(hit, carried.periods[0])
    return told if told is not None and told.period in carried.periods else None


def summed_as_before(sentence: Sentence, carried: Carried) -> tuple[Sentence, Carried]:
    """The sentence with the time of what it sums up, after the month that is carried."""
    told = sum_as_before(sentence, carried)
    if told is None:
        return sentence, carried
    return replace(sentence, times=(told,)), replace(carried, period=carried.periods[0])


_SUMS = re.compile(
    r"\W*(?:như vậy,? )?(?:(?:tính )?(?:lũy kế|luỹ kế|cộng dồn)|tính chung)\b", re.IGNORECASE
)
_NEXT_PLACE = re.compile(
    r"\)?\s*;\s*(?:và |(?:kế|tiếp)(?: đó| đến| theo)?(?: là)? )?"
    rf"(?:(?i:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường) ?)?"
    rf"{NAME_WORD}(?:[ -]{NAME_WORD}){{0,3}}"
    r":?\s*(?:(?:có|là|với|đạt|được giao|khoảng|gần|hơn|trên)\s*)*"
)
_PLACED = re.compile(rf"\w [{CAPITALS}][^\W\d_A-Z]+ [{CAPITALS}][^\W\d_A-Z]+")
"""A place of its own: in "trong đó nhiều nhất là xã Tăng Thành 310 người; …" the parts go on."""
_PARTED = watched(rf"\b{SHARES_OUT}\b")


def whole_told(
    text: str, found: Sequence[Clause], bound: Sequence[Meant], carried: Carried
) -> Subject:
    """What a sentence tells of first; what stands behind "Trong đó" is shared out of it."""
    if PARTS_FOLLOW.match(text):
        return carried.whole
    told = (m for c, m in zip(found, bound, strict=True) if m.own and not c.bracketed)
    first = next((m for m in told if m.measure == "level"), None)
    return Subject(first.metric, first.topic) if first is not None else carried.whole


def whole_again(text: str, clause: Clause, told: Sequence[tuple[Clause, Meant]]) -> Subject | None:
    """As `of_whole`, behind a semicolon: "…, trong đó nuôi trồng 5 tấn; lũy kế ước 57 tấn".

    So is what the next place of a list has: "… 6.671 người, trong đó …; Hà Nội 3.702 người (…)".
    """
    if not told:
        return None
    first, whole = told[0]
    same = clause.quantity.unit in {first.quantity.unit, "count", ""}
    alike = same and _NEXT_PLACE.fullmatch(clause.left) and not _PLACED.search(told[-1][0].left)
    if not (alike or _SUMS.match(clause.left)):
        return None
    if not (whole.own and whole.measure == "level" and not first.bracketed):
        return None
    parted = _PARTED.search(text[first.quantity.end : clause.start]) is not None
    return Subject(whole.metric, whole.topic) if parted else None


_ONLY_SUMS = re.compile(
    r"[\s,;:]*(?:và )?(?:(?:tính )?(?:lũy kế|luỹ kế|cộng dồn)|tính chung)"
    r"(?: (?:\d{1,2} tháng|từ đầu năm|đến nay|cả năm|đầu năm|năm \d{4}|thu|chi|thực hiện|đạt|được"
    r"|ước|là|trên|gần|hơn|khoảng))*:?\s*",
    re.IGNORECASE,
)


def as_summed(clause: Clause, meant: Meant, told: Sequence[tuple[Clause, Meant]]) -> Meant:
    """What a sum without a subject is of: the figure that it sums up, whole or part.

    "Thu từ đất tháng 8 là 203 tỷ đồng; lũy kế thu 2.022 tỷ đồng" is revenue from land.
    """
    if meant.measure != "level" or _ONLY_SUMS.fullmatch(clause.left) is None:
        return meant
    unit = clause.quantity.unit
    ahead = [m for c, m in told if not c.bracketed and c.quantity.unit == unit]
    last = ahead[-1] if ahead and ahead[-1].measure == "level" else None
    return replace(meant, metric=last.metric, topic=last.topic) if last is not None else meant


def of_whole(text: str, carried: Carried) -> Carried:
    """What is summed up behind parts is the whole again, and not the last of them.

    "Thu ngân sách tháng 10 là 398 tỷ đồng, trong đó thu nội địa 300 tỷ. Lũy kế đạt 4.000 tỷ đồng".
    """
    before = carried.heard.rpartition("\n")[2]
    if not _SUMS.match(text) or not carried.whole.label or not _PARTED.search(before):
        return carried
    return replace(carried, subject=carried.whole)
