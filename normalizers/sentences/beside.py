"""What numbers say of the number beside them: a list of prices, of grants, of things counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from normalizers.quantities.reading import Quantity
from normalizers.sentences.filters import GRANT, UNITS, has_rule, noise, of_rule
from normalizers.sentences.naming.words import MONEY, currency
from normalizers.spelling import CAPITALS


def reasons(
    sentence: str, found: Sequence[Quantity], taken: Sequence[tuple[int, int]]
) -> dict[Quantity, str | None]:
    """Why each number is no figure, or None, with what its neighbours in the sentence say of it."""
    why = {q: noise(sentence, q, taken) for q in found}
    if has_rule(sentence):
        why |= {q: "condition" for q in found if of_rule(sentence, q)}
    for one, two in pairwise(found):
        gap = sentence[one.end : two.start]
        if one.kind == "range_low" and two.kind == "range_high":
            why[one] = why[two] if why[one] == "bare number" else why[one] or why[two]
            why[two] = why[two] or ("threshold" if why[one] == "threshold" else None)
        elif why[two] is None and _like_the_first(gap, one, two, why[one]):
            why[two] = why[one]
        elif why[one] is None and why[two] in _PRICES and _UP_TO.fullmatch(gap):
            why[one] = why[two]
        elif why[one] is None and _goes_on(gap, one, two, why[two]):
            why[two] = None
    return why


_LISTED = frozenset({"price", "unit_price", "rate_of_benefit", "norm", "threshold", "grant"})
"""What one number of a list is, the next is, too: "quà mức 600.000 đồng và 300.000 đồng"."""
_AND = re.compile(r"\s*(?:,|;|-|–|và|hoặc|đến(?: (?:trên|dưới|gần|hơn))?)\s*")
_PRICE_WORD = re.compile(r"\b(?:giá|lương|mức|phí|suất)\b", re.IGNORECASE)


_PRICES = frozenset({"price", "unit_price"})
_PRICE_MOVED = re.compile(
    r"(?:\s*/\s*\w+(?: [^\W\d]+){0,2})?(?: so với (?:[^\W\d]+ ?){1,4})?(?:,| và)?\s*"
    r"(?:tăng|giảm|(?:cao|thấp) hơn|nhích|hạ|gấp)"
    r"(?: (?:từ|thêm|khoảng|gần|hơn|so với|(?:cuối |đầu )?(?:tháng|tuần|năm|vụ|ngày) trước))*\s*",
    re.IGNORECASE,
)
"""What a price rose by: "gạo tẻ 18.500 đồng/kg, tăng 500 đồng"."""
_CRITERIA_MOVED = re.compile(r"\s*tiêu chí\s*/\s*xã,?\s*(?:tăng|giảm)(?: thêm)?\s*", re.IGNORECASE)
_UP_TO = re.compile(r"\s*(?:đến|tới|-|–)\s*")
"""The unit price stands behind the second: "từ 300.000 đồng đến 3.000.000 đồng/năm"."""
_AND_FOR = re.compile(
    r"(?:\s*/\s*[^\W\d]+(?: [^\W\d]+){0,2}){0,3}\s*[,;]\s+(?:và\s+)?"
    r"(?:(?!(?:đạt|thu|chi(?! phí)|tổng|toàn|số|doanh|có|tăng|giảm|nộp(?! qua| trực)|là|còn|lãi"
    r"|trị giá|kinh phí|quỹ|ngân)\b)[^\W\d]+\s+){1,6}",
    re.IGNORECASE,
)
"""What the second is granted for: "làm nhà mới được hỗ trợ 60 triệu đồng, sửa chữa 30 triệu"."""
_ALIKE = 20
"""Fees and grants of one list are of a size; what is this much more is another kind of figure."""

_NEXT_COUNTED = re.compile(r"(?: [^\W\d]+){1,6}\s*[;,] ")


def _goes_on(gap: str, one: Quantity, two: Quantity, why: str | None) -> bool:
    if why == "not_a_statistic" and one.unit.endswith("/commune"):
        return _CRITERIA_MOVED.fullmatch(gap) is not None
    if why in _PRICES and one.unit == two.unit:
        return _NEXT_PLACE.fullmatch(gap) is not None
    if why == "units_of_government" and one.unit in _WHERE_COUNTED:
        kinds = one.unit in UNITS and _NEXT_UNITS.fullmatch(gap) is not None
        return kinds or _AND_UNITS.fullmatch(gap) is not None
    counted = why == "bare number" and _next_counted(gap, one, two)
    return counted or _of_the_figure(gap, two, why)


_WHERE_COUNTED = UNITS | {"household", "head", "case", "person"}
_AND_UNITS = re.compile(
    r"\s*(?:(?:huyện|xã|phường|thị trấn|hộ|con|ca|người)(?: khu vực [IV]+| nghèo| mắc| dân)?)?"
    r"(?:,? (?:xã|phường|thị trấn|thị xã|thành phố))*\s*(?:,|;|và|với|/)\s*(?:và\s+)?",
    re.IGNORECASE,
)
"""What is counted by communes and by their villages: "triển khai tại 330 xã, 869 thôn".

So is where households are: "727 hộ, 118 thôn, 25 xã".
"""


_NEXT_UNITS = re.compile(
    r"(?:(?: [^\W\d]+| [IVX]+){1,8}|,? (?:xã|phường|thị trấn))+\s*(?:[;,]|\bvà)(?: và)?\s*",
    re.IGNORECASE,
)
"""A list of kinds of units: "59 xã khu vực III, 12 xã khu vực II; 86 thôn đặc biệt khó khăn"."""


def _next_counted(gap: str, one: Quantity, two: Quantity) -> bool:
    """Does a list of things counted go on: "thu giữ 04 xe mô tô; 21 điện thoại di động"?"""
    noun = two.noun is not None and two.noun[:1].islower() and two.kind == "amount"
    return noun and one.kind == "amount" and _NEXT_COUNTED.fullmatch(f" {gap.lstrip()}") is not None


_NEXT_PLACE = re.compile(
    r"(?:\s*/\s*\w+)*\s*(?:[;,]|(?:[;,]\s*)?\bvà\b)\s*(?:(?:còn|riêng|tại|ở)\s+)*"
    r"(?:(?i:xã|phường|thị trấn|huyện|thị xã|quận|thành phố|TP\.?|tỉnh) )?"
    rf"[{CAPITALS}][^;,.:()\d]{{1,40}}"
)
"""The income of the next place: "xã A đạt 19,4 triệu đồng/năm; xã B 28 triệu và C 31 triệu"."""
_NEXT_CLASS = re.compile(
    r"\btrở (?:lên|xuống)\b[^.;\d]{0,60}\b(?:trên|dưới|từ)(?: mức)?\s*$", re.IGNORECASE
)
"""The class beside: "từ 46 triệu đồng/năm trở xuống, hộ cận nghèo trên 46 triệu đồng đến …"."""


def _like_the_first(gap: str, one: Quantity, two: Quantity, why: str | None) -> bool:
    moved = why in _PRICES and _PRICE_MOVED.fullmatch(gap) is not None
    of_some = why in _PRICES and gap.strip() == "/"
    of_some = of_some or (why == "threshold" and _NEXT_CLASS.search(gap) is not None)
    return moved or of_some or (why in _LISTED and _joined(gap, one, two))


def _joined(gap: str, one: Quantity, two: Quantity) -> bool:
    if currency(one.unit) != currency(two.unit):
        return False
    money = currency(one.unit) in MONEY and max(abs(one.value), abs(two.value)) <= GRANT
    less, more = sorted((abs(one.value), abs(two.value)))
    money = money and more <= less * _ALIKE
    return _AND.fullmatch(gap) is not None or (money and _AND_FOR.fullmatch(gap) is not None)


def _of_the_figure(gap: str, next_one: Quantity, why: str | None) -> bool:
    """Does the next number go on with a figure: its rate, or what those counted received?"""
    if why == "grant":
        return ";" not in gap
    return why == "price" and next_one.unit == "percent" and _PRICE_WORD.search(gap) is None
