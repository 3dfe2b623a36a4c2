"""What figures are counted in where no unit is printed for them: scores, the dead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from normalizers.tables.values import is_count
from normalizers.units import ONE, PERCENTAGES, Unit

NOTHING_SAID = Unit("count", ONE, "")
"""No word around the figure says what is counted."""
_SCORE = re.compile(
    r"\W*(?:(?:tổng )?điểm(?: (?:số|tổng|trung bình|bình quân|đánh giá|đạt được|tối đa|tự chấm|"
    r"tự đánh giá|thẩm định|thành phần|chỉ số|PCI|PAPI|DDCI|SIPAS|PAR|DTI)(?!\w)[^(]*)?|"
    r"chỉ số (?:PCI|PAPI|DDCI|SIPAS|PAR|DTI|CCHC)(?!\w)[^(]*)$",
    re.IGNORECASE,
)
_CASUALTIES = re.compile(
    r"\W*(?:số )?(?:tử vong|bị thương|mất tích)(?:[\W\d]|năm|tháng|quý)*$", re.IGNORECASE
)
_POINT = Unit("point", ONE, "điểm")
_PERSON = Unit("person", ONE, "người")


def implied_unit(labels: Iterable[str]) -> Unit:
    """The unit of what the labels name; NOTHING_SAID where they leave it open.

    >>> implied_unit(("Tử vong 2023",)).code, implied_unit(("Điểm trường",)).code
    ('person', 'count')
    """
    texts = list(labels)
    if any(map(_SCORE.match, texts)):
        return _POINT
    return _PERSON if any(map(_CASUALTIES.match, texts)) else NOTHING_SAID


_AVERAGE = re.compile(
    r"bình quân|(?<!dân số )trung bình|mật độ|(?:vạn|nghìn|000) dân|average|per capita",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"\W*(?:bình quân|trung bình)(?!\w)", re.IGNORECASE)
_MOST_PERCENT = 1000


def is_average(label: str) -> bool:
    """A row of averages has no unit of the column's things: "Bình quân tiêu chí/xã"."""
    return _OF_EACH.match(label) is not None


def likely(value: Decimal, unit: Unit, label: str) -> bool:
    """Whether a figure can well be in the unit that it was given: no half people, no 1.245.000%."""
    if unit.code in PERCENTAGES:
        return abs(value) <= _MOST_PERCENT
    whole = value == value.to_integral_value() or unit.multiplier != 1
    return whole or not is_count(unit.code) or _AVERAGE.search(label) is not None
