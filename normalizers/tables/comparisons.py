"""Heads that compare: "tăng so với năm 2023", "TH/KH (%)", "% so với cùng kỳ", "Cơ cấu (%)".

A percentage of the base (105 = five more) is a share, what was added to it is growth, both against
the base that the words name; percent of a plan is plan completion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.periods.reading import PeriodContext, find_periods
from solieu.model import Measure, Scenario

_ABBREVIATED = "ưth|uth|ước th|th|qt|kh|dt|ct|ưkh"
_RATIO = re.compile(
    rf"(?<![\w/])({_ABBREVIATED})\s*(?:năm\s*)?(\d{{4}})?\s*/\s*"
    rf"({_ABBREVIATED})\s*(?:năm\s*)?(\d{{4}})?(?![\w/])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*/\s*((?:19|20)\d{2})(?!\d)")
_PLANNED = frozenset({"kh", "dt", "ct", "ưkh"})
_ESTIMATED = frozenset({"ưth", "uth", "ước th"})
_PLAN = "kế hoạch|kh|dự toán|dt|chỉ tiêu|mục tiêu|nghị quyết|nq"
_EXPECTED = re.compile(
    r"(?<!\w)(?:ước|ưth|uth)(?!\w)[^/]*?(?:/|(?<!\w)(?:so|bằng|với)(?!\w))"
    rf"\s*(?:với )?(?:{_PLAN})(?!\w)",
    re.IGNORECASE,
)
_OF_PLAN = re.compile(
    r"(?:so (?:với |sánh (?:với )?)?|đạt |hoàn thành |thực hiện |sử dụng |/ ?|% ?)(?:của )?"
    rf"(?:{_PLAN})(?!\w)",
    re.IGNORECASE,
)
_PLAN_COMPARED = re.compile(
    rf"^(?:so sánh)?\W*(?:{_PLAN})\s+(?:năm\s+)?(?:19|20)\d{{2}}\s+(?=so (?:sánh )?với)",
    re.IGNORECASE,
)
"""A plan is what is compared, and nothing is a part of it: "KH 2025 so với ƯTH 2024"."""
_COMPARES = (
    r"(?<!\w)so (?:sánh )?(?:với|cùng|"
    r"(?=(?:tháng|quý|năm|đầu|cuối|thời|kế|dự|kh|dt)(?!\w)|t\d|(?:19|20)\d\d(?!\d)))"
)
"""Heads are short of words: "Tháng 10 so tháng trước", "so đầu năm"."""
_AGAINST = re.compile(rf"{_COMPARES}|so sánh|cùng kỳ|cùng thời điểm|bằng [^,;]*%", re.IGNORECASE)
_COMPARED = re.compile(_COMPARES, re.IGNORECASE)
_TWICE = re.compile(rf"^so sánh (?!với)(?=[^/]+ {_COMPARES})", re.IGNORECASE)
"""What stood over one column alone: "So sánh (%) Tháng 10 so với tháng trước"."""
_SAME_PERIOD = re.compile(r"(?<!\w)(so (?:sánh )?(?:với )?)CK(?!\w)", re.IGNORECASE)
"""Behind "so" it is the same time of the year before; elsewhere "CK" is a period's end."""
_OPEN = re.compile(
    r"so (?:sánh )?với\W*$|^\W*(?:(?:tỷ|tỉ) lệ )?so sánh(?: [^/]* với)?\W*$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\W*so (?:sánh )?(?:với|cùng)", re.IGNORECASE)
"""A head of nothing else: in hectares "So với năm 2021 (ha)" is the difference."""
_WITHOUT_BASE = re.compile(r"so (?:sánh )?với\W*$|so sánh[^/]*$", re.IGNORECASE)
_PURE_CHANGE = re.compile(
    r"^\W*(?:(?:kế hoạch|kh|chỉ tiêu|số|mức|tỷ lệ|tỉ lệ|phải|cần|còn|dự kiến|thực|đã|người|hộ|"
    r"lượng|tuyệt đối|tương đối)\s+)*(?:tăng|giảm|chênh lệch|biến động|mức tăng)"
    r"(?:[\s,/+()±-]*(?:và |hoặc )?(?:tăng|giảm))?"
    r"[\s+()±-]*(?:thêm|ròng)?(?: trong (?:năm|kỳ|tháng|quý)|(?: trong)? năm (?:19|20)\d\d)?"
    r"\W*$|^\W*\+\s*[/,]?\s*-\W*$",
    re.IGNORECASE,
)
"""Heads that say a difference and nothing else: "Tăng (+), giảm (-)", "Số phải tăng thêm"."""
_COUNTED_CHANGE = re.compile(
    r"^\W*(?:tổng )?số (?:(?!có|bị|được|thuộc|về|ở|trong|tham gia|làm|hỗ trợ)[^\W\d_]+ ){1,4}"
    r"(?:tăng(?:[\s,/]+giảm)?|giảm)(?: thêm)?(?: (?:trong|so với) [^%]*)?(?: \([^()%]*\))?\W*$",
    re.IGNORECASE,
)
"""How many more or fewer: "Số hộ nghèo giảm", "Số lao động tăng thêm"; no "Số xã có tỷ lệ giảm"."""
_PLAIN_DIFFERENCE = re.compile(
    r"^\W*(?:(?:số|giá trị|mức|về) )?(?:tuyệt đối|số tiền|chênh lệch)\W*$", re.IGNORECASE
)
_GAP_BELOW = re.compile(
    r"so (?:sánh )?với [^%]*\s(?:(?:số|mức)(?: người| đơn vị| hộ| tiền)? )?(?:(?:còn |phải )?thiếu"
    r"|còn phải (?:thực hiện|thu|phát triển)|vượt"
    r"|tăng(?: thêm)?[\s,/;()+-]*(?:và |hoặc )?giảm|tăng \(\+\)|giảm \(-\))[\s()+-]*$"
    r"|^\W*so (?:sánh )?với [^%]*\ssố (?:người|đơn vị|hộ|lao động)$",
    re.IGNORECASE,
)
"""Below "So với kế hoạch", how much more or less: "Tăng (+), giảm (-)", "Còn thiếu"."""
_ADDED = re.compile(
    r"(?:tăng|vượt)[\s,/;()+%-]*(?:và |hoặc )?(?:giảm|hụt)[\s()+%–-]*$|"
    r"^\W*(?:(?:mức|tỷ lệ|tỉ lệ|%) )?(?:tăng|vượt)(?:[\s,/;()+%-]*(?:giảm|hụt))?[\s()+%–-]* so ",
    re.IGNORECASE,
)
"""What was done above or below the plan: "So với KH (%)" over "Tăng (+), giảm (-)"."""
_UP = re.compile(r"(?<!\w)(?:tăng|vượt|thừa(?!\w))", re.IGNORECASE)
_DOWN = re.compile(r"(?<!\w)(?:giảm|thấp hơn|hụt)", re.IGNORECASE)
_LACKS = re.compile(
    r"(?<!\w)(?:thiếu(?!\w)|còn phải (?:thực hiện|thu|phát triển|vận động))", re.IGNORECASE
)
_GAP_ALONE = re.compile(
    r"^\W*(?:(?:số|mức|tỷ lệ|tỉ lệ)(?: người| đơn vị| hộ| tiền)? )?(?:(?:còn |chưa )?(?:thiếu|hụt)"
    r"|còn phải (?:thực hiện|thu|phát triển|vận động)|vượt|thừa)(?: (?:chỉ tiêu|kế hoạch|kh|dự toán"
    r"|so với (?:kế hoạch|kh|chỉ tiêu|dự toán)(?: (?:năm|giao))?))?(?: \([^()]*\))?\W*$",
    re.IGNORECASE,
)
"""Heads that say by how much a plan was missed or passed, where one stands beside."""
_MARK = re.compile(r"\(\s*%\s*\)|%|(?<=\w) ?\(\d{1,2}\)(?=\W*$)")
"""A unit, or the number of a note: "So sánh (3)"."""
_GAP = re.compile(r"chênh lệch|biến động|\+/-|\+,-|±", re.IGNORECASE)
_OPENS_CHANGE = re.compile(r"\W*(?:tăng|giảm|chênh lệch|biến động)(?!\w)", re.IGNORECASE)
"""Over "Số tuyệt đối" and "Tỷ lệ (%)" it says what both are: "Tăng/giảm"."""
_RATE = re.compile(r"^\W*(?:tỷ|tỉ) (?:lệ|trọng|suất|số)(?!\w)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"(?<!\w)(?:tuyệt đối|chênh lệch|số tiền)(?!\w)|\+/-|\+,-|±", re.IGNORECASE)
"""Under "So sánh TH/DT" the difference itself, in the unit of what is compared, and no ratio."""

Comparison = tuple[Measure | None, str | None]
"""Measure and base, None where the head says neither."""


@lru_cache(maxsize=4096)
def compared_years(element: str) -> tuple[str, ...]:
    """The years of "ƯTH2020/ƯTH2019" or "2024/2023", the compared one first."""
    found = _RATIO.search(element) or _two_years(element)
    return tuple(g for g in found.groups() if g and g.isdigit()) if found else ()


def _two_years(text: str) -> re.Match[str] | None:
    """A year over an earlier one: "2023/2024" is a school year or a crop, and no comparison."""
    years = _YEARS.search(text)
    return years if years is not None and int(years[2]) != int(years[1]) + 1 else None


@lru_cache(maxsize=4096)
def running_year(element: str) -> str | None:
    """The year in which "2023/2024" begins."""
    years = _YEARS.search(element)
    return years[1] if years is not None and _two_years(element) is None else None


@lru_cache(maxsize=4096)
def compared_scenario(element: str) -> Scenario | None:
    """Of "KH 2025/ƯTH 2024" the plan: what is compared, whatever it is compared with."""
    ratio = _RATIO.search(element)
    if ratio is None:
        return None
    above = ratio[1].casefold()
    return "plan" if above in _PLANNED else "estimate" if above in _ESTIMATED else "actual"


@lru_cache(maxsize=4096)
def is_expected(element: str) -> bool:
    """What is compared with a plan is an estimate: "ƯTH/KH", "Ước thực hiện 2024/KH (%)"."""
    return _EXPECTED.search(_MARK.sub(" ", element)) is not None


@lru_cache(maxsize=4096)
def before_comparison(element: str) -> str:
    """What stands before "so với ...": "Năm 2024 so với năm 2023" is about 2024."""
    return _AGAINST.split(element)[0]


@lru_cache(maxsize=4096)
def is_of_plan(element: str) -> bool:
    """Whether a head measures by the plan: "So KH năm", "Đạt KH năm (%)"; "KH năm" does not."""
    return _OF_PLAN.search(element) is not None


@lru_cache(maxsize=4096)
def compares_by_itself(element: str) -> bool:
    """Whether both sides are named, whatever stands above: "10 tháng so cùng kỳ"."""
    before = before_comparison(element)
    named = before != element and bool(before.strip(" (%)-/"))
    return named and _WITHOUT_BASE.search(unmarked(element)) is None


def closed(path: Sequence[str]) -> tuple[str, ...]:
    """A head's elements without a "So sánh (%)" over one that compares by itself."""
    by_itself = [i for i, e in enumerate(path) if compares_by_itself(e)]
    last = by_itself[-1] if by_itself else 0
    return tuple(e for i, e in enumerate(path) if i >= last or not opens_comparison(e))


_TIME_COMPARED = re.compile(
    r"\W*so sánh (?P<time>(?!với|cùng)(?:lũy kế |luỹ kế |cộng dồn |th |ước |kh )?"
    r"(?:t\d|tháng|quý|năm|\d{1,2} ?t|\d{1,2} tháng|6T|(?:19|20)\d\d)(?:(?!so với|/).|/\d)*?)"
    r"\W*(?:\(%\)|%)?\W*$",
    re.IGNORECASE,
)


def versus(path: Sequence[str]) -> tuple[str, ...]:
    """The base stands below "So sánh T7/2024 (%)" as it does below "T7/2024 so với (%)"."""
    made = list(path)
    for at, element in enumerate(path[:-1]):
        if found := _TIME_COMPARED.match(element):
            made[at] = f"{found['time']} so với" + (" (%)" if "%" in element else "")
    return tuple(made)


def under_percentages(path: Sequence[str]) -> bool:
    """Under "So với cùng kỳ (%)" even "Số lao động" is a percentage, if it prints no unit."""
    marked = any("%" in e and _AGAINST.search(e) and not _ABSOLUTE.search(e) for e in path[:-1])
    return marked and "(" not in path[-1] and not _ABSOLUTE.search(path[-1])


@lru_cache(maxsize=4096)
def opens_comparison(element: str) -> bool:
    """Whether the base follows in the heads below: "Tháng 12 năm 2024 so với (%)"."""
    return _OPEN.search(unmarked(element)) is not None and not compares_by_itself(element)


@lru_cache(maxsize=4096)
def unmarked(text: str) -> str:
    """Without the "(%)" that may stand in the middle of "so sánh (%) với", and written out.

    >>> unmarked("So CK (%)")
    'So cùng kỳ'
    """
    plain = " ".join(_MARK.sub(" ", text).split())
    return _SAME_PERIOD.sub(r"\1cùng kỳ", _TWICE.sub("", plain))


@lru_cache(maxsize=4096)
def is_decrease(text: str) -> bool:
    """Only a decrease is meant: "Số hộ giảm", not "tăng, giảm"."""
    fell = _DOWN.search(text) or _LACKS.search(text)
    return fell is not None and not _UP.search(text)


@lru_cache(maxsize=4096)
def tells_gap_alone(element: str) -> bool:
    """Whether beside a plan the head means what lacks of it or passes it: "Còn thiếu", "Vượt"."""
    return _GAP_ALONE.match(element) is not None


@lru_cache(maxsize=4096)
def is_ratio(text: str) -> bool:
    """Nothing but a percentage can stand below: "Năm 2024 so với năm 2023", "TH/KH"."""
    if _is_amount(text):
        return False
    if _RATIO.search(text) or _two_years(text):
        return True
    compares = _COMPARED.search(text)
    return bool(compares) and not tells_change(text)


def _is_amount(text: str) -> bool:
    """The difference itself, in the unit of what is compared: "Tăng (+), giảm (-) 2030/2020"."""
    opens = _OPENS_CHANGE.match(text) is not None and "%" not in text
    return opens or _tells_gap(text)


def only_changes(path: Sequence[str]) -> bool:
    """A head that names a difference and not of what: "Tăng/giảm", "So sánh" over "Tuyệt đối"."""
    if any(_PURE_CHANGE.match(element) or _SIGNS.search(element) for element in path):
        return True
    if path and _COUNTED_CHANGE.match(path[-1]):
        return True
    if not any(map(opens_comparison, path[:-1])):
        return False
    return _PLAIN_DIFFERENCE.match(path[-1]) is not None


_SIGNS = re.compile(
    r"\(\s*\+\s*[,;/]?\s*[-–]\s*\)|\(\+\)[\s,;/]*(?:giảm\s*)?\([-–]\)", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def tells_change(text: str) -> bool:
    """Whether a head speaks of more or less than before."""
    return bool(_UP.search(text) or _DOWN.search(text) or _GAP.search(text))


def head_comparison(
    text: str, known: Comparison, *, rate: bool | None, context: PeriodContext
) -> Comparison:
    """Measure and base of a head.

    Args:
        text: the head's elements in one line.
        known: what the metric vocabulary found in it.
        rate: whether its unit is a percentage; None where it names no unit.
        context: the document's time, to read "cùng kỳ".
    """
    text = unmarked(text) if _OF_PLAN.search(text) is None else text
    if _PLAN_COMPARED.match(text):
        text, known = _PLAN_COMPARED.sub("", text), (None, None)
    known = ("growth", known[1]) if known[0] == "share" and _OPENS_CHANGE.match(text) else known
    pair = _pair(text)
    if pair is not None and not rate and _is_amount(text):
        return "change", pair[1] or known[1] or base_of(text, context)
    if pair is not None:
        return pair
    percent = rate or (rate is None and is_ratio(text))
    if (measure := _by_plan(text, known[0], percent=percent, rate=rate)) is not None:
        return measure, known[1] or "plan"
    if _AGAINST.search(text) or known[0] in {"change", "growth"}:
        amount = rate is False and _ALONE.match(text) is not None
        base = base_of(text, context)
        return _against(text, known, percent=bool(percent), amount=amount, base=base)
    if known[0] is not None or not percent:
        return known
    return ("growth" if tells_change(text) and not _RATE.match(text) else "share"), None


def _by_plan(
    text: str, known: Measure | None, *, percent: bool, rate: bool | None
) -> Measure | None:
    """The part of the plan that was done, or how much more or less it is; None: neither."""
    of_plan = _OF_PLAN.search(text) is not None
    if of_plan and not percent and _is_gap(text, rate=rate):
        return "change"
    if of_plan and percent and _ADDED.search(text):
        return "growth"
    return "plan_completion" if known == "plan_completion" or (percent and of_plan) else None


def _is_gap(text: str, *, rate: bool | None) -> bool:
    """How much more or less than the plan, and no part of it: "So với KH (+/-)"."""
    if _tells_gap(text):
        return True
    return rate is False and (tells_change(text) or _ALONE.match(text) is not None)


def _tells_gap(text: str) -> bool:
    return _ABSOLUTE.search(text) is not None or _GAP_BELOW.search(text) is not None


def _pair(text: str) -> Comparison | None:
    """What "TH/DT" or "2024/2023" says."""
    if (ratio := _RATIO.search(text)) is not None:
        return _ratio(ratio)
    if (years := _two_years(text)) is not None:
        return "share", "previous_year" if int(years[1]) - int(years[2]) == 1 else None
    return None


def _against(
    text: str, known: Comparison, *, percent: bool, amount: bool, base: str | None
) -> Comparison:
    base = base or known[1]
    if percent:
        return ("growth" if tells_change(text) else "share"), base
    if known[0] is not None:
        return known[0], base
    return ("change", base) if tells_change(text) or amount else (None, None)


def _ratio(ratio: re.Match[str]) -> Comparison:
    """How much of the plan was done (TH/KH), or an index against last year (TH 2020/TH 2019)."""
    above, below = ratio[1].casefold(), ratio[3].casefold()
    one_year = ratio[2] is None or ratio[4] is None or ratio[2] == ratio[4]
    if below in _PLANNED and (above not in _PLANNED or one_year):
        return "plan_completion", "plan"
    return "share", "previous_year"


def base_of(text: str, context: PeriodContext) -> str | None:
    """What a comparison is made with, as the contract names it."""
    for mention in find_periods(unmarked(text), context):
        if mention.comparison is not None:
            return mention.comparison
    plain = text.casefold()
    if "cùng kỳ" in plain or "cùng thời điểm" in plain:
        return "previous_month" if "tháng trước" in plain else "same_period_last_year"
    return "previous_month" if "tháng trước" in plain else None
