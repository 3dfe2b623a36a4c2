"""What is told of one thing after the other: of the month, and summed up.

"Thu ngân sách ước tháng 11 được 526 tỷ đồng, lũy kế 8.812 tỷ đồng. Trong đó, thu nội địa 230 tỷ
đồng, lũy kế 3.115 tỷ đồng": the second sentence names no time, and has both.
"""

from __future__ import annotations

from normalizers.periods.reading import PeriodMention
from normalizers.sentences.settings import Carried, Sentence
from normalizers.sentences.when.implied import MONTH_CODE, SUMMED
from normalizers.sentences.when.times import from_new_year
from solieu.model import Period
from solieu.quick import replace


def month_as_before(sentence: Sentence, carried: Carried) -> Period | None:
    """The month of the first figure, where the sentence before told of a month and its sum."""
    month = carried.periods[0] if carried.periods and not sentence.times else None
    if month is None or len(month.code) != MONTH_CODE or month.end is None:
        return None
    hit = SUMMED.search(sentence.text)
    first = min((q.start for q in sentence.quantities), default=None)
    if hit is None or first is None or first > hit.start():
        return None
    return month if from_new_year(month, month.end) in carried.periods else None


def summed_as_before(sentence: Sentence, carried: Carried) -> tuple[Sentence, Carried]:
    """The sentence with the time of what it sums up, after the month that is carried."""
    month = month_as_before(sentence, carried)
    hit = SUMMED.search(sentence.text) if month is not None else None
    if month is None or month.end is None or hit is None:
        return sentence, carried
    whole = from_new_year(month, month.end)
    time = PeriodMention(hit.start(), hit.end(), hit.group(), whole)
    return replace(sentence, times=(time,)), replace(carried, period=month)
