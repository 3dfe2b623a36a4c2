"""What bare numbers count, where a sentence says it once or elsewhere than behind the number."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from normalizers.measures import RATES
from normalizers.quantities.reading import Quantity
from normalizers.seeking import sought
from normalizers.sentences.binding.lists import borrowed
from normalizers.sentences.clauses import PARTS_FOLLOW, Clause
from normalizers.sentences.filters import around, in_list
from normalizers.sentences.naming.words import MONEY, currency
from normalizers.spelling import canonical, contains_any, words
from normalizers.units import unit_at
from normalizers.watching import watched
from solieu.model import Measure
from solieu.quick import replace


def with_units(found: list[Clause], text: str, subject: str = "") -> list[Clause]:
    """The bare numbers of "2.807 ca … TP. Hồ Chí Minh (2.310)" count what the total counts.

    `subject` is what the text speaks of: below "* Đàn bò" those of "tổng số là 142.941 con".
    """
    found = borrowed(found, text)
    unit, whole = "", None
    shared: list[Clause] = []
    for clause in found:
        quantity = clause.quantity
        listed = in_list(*around(text, quantity)) and unit and quantity.unit in {"", "count"}
        short = quantity.unit_text == "đơn vị" and _OF_UNITS.match(whole or "") is not None
        named = "" if listed or short else _own_unit(clause, text, subject)
        if listed or short:
            clause = replace(clause, quantity=replace(quantity, unit=unit))  # noqa: PLW2901 (frozen)
        elif named:
            unit = named if in_list(*around(text, quantity)) else unit
            clause = replace(clause, quantity=replace(quantity, unit=named))  # noqa: PLW2901 (frozen)
        elif quantity.kind == "amount":
            unit, whole = quantity.unit, quantity.unit_text
        shared.append(clause)
    return shared


_OF_UNITS = re.compile(r"(?:(?:nghìn|ngàn|vạn|triệu) )?đơn vị (?=\S)")
"""As in "400 nghìn đơn vị máu; riêng năm 2014 nhận 32.248 đơn vị"."""


def _own_unit(clause: Clause, text: str, subject: str) -> str:
    """The unit that the words before a figure give it; "" where they give none."""
    quantity = clause.quantity
    if _counts_animals(quantity, text, subject):
        return "head"
    alone = (quantity.unit_text or "").casefold() in _MAGNITUDES and quantity.noun is None
    bare = quantity.unit in {"", "count"} and alone
    return _unit_of(clause.left) if bare else ""


def _counts_animals(quantity: Quantity, text: str, subject: str) -> bool:
    """Is what "con" counts a herd's: "Đàn lợn hiện có 12.650 con"?"""
    if quantity.unit != "count" or (quantity.unit_text or "").split()[-1:] != ["con"]:
        return False
    before = canonical(f"{subject} {text[: quantity.start]}")
    return contains_any(before, words("livestock"))


_MAGNITUDES = frozenset({"", "nghìn", "ngàn", "vạn", "triệu"})
_NUMBER_OF = sought(r"(?<!\w)(?:số|số lượng|có nhiều|có ít)(?= )")


def _unit_of(left: str) -> str:
    """What "Tổng số giường bệnh:" counts; "" where nothing is named behind "số"."""
    named = list(_NUMBER_OF.finditer(left))
    unit = unit_at(left, named[-1].end()) if named else None
    return unit.unit.code if unit is not None and unit.kind == "noun" else ""


def counted_in(text: str, last: Clause | None = None, measure: Measure = "level") -> str:
    """The unit of a list that a sentence opens: of its last figure, or of what it names."""
    if not text.rstrip().endswith(":") or measure != "level":
        return ""
    if last is None:
        return _unit_of(text)
    unit = last.quantity.unit
    return "" if unit in {"", "count", *RATES} or currency(unit) in MONEY else unit


_UNIT_ENTRY = re.compile(
    r"\W*(?:tp|tx|tt|[hqpx]|thành phố|thị xã|thị trấn|huyện|quận|xã|phường)\b\.? ?"
    r"[^\W\d][^:;.\d]{1,30}:\s*\d[\d.,]*\W*",
    re.IGNORECASE,
)


def entry_unit(text: str, before: Sequence[tuple[str, object]]) -> str:
    """What the entries of a list of units count: "Có 794 ca mắc mới. / - TP. Bắc Ninh: 131".

    So do the parts of what the sentence before told first: "Trong đó A 165, B 152, C 110".
    """
    shared = PARTS_FOLLOW.match(text) is not None
    unit = before[0 if shared else -1][0] if before else ""
    listed = unit not in {"", "count", *RATES} and currency(unit) not in MONEY
    return unit if listed and (shared or _UNIT_ENTRY.fullmatch(text)) else ""


_ENTRY = re.compile(r"\W*[^:;]{2,90}:\s*")
_ENTRY_ENDS = re.compile(r"\s*(?:[.;,(]|$)")


def entries(text: str, why: Mapping[Quantity, str | None], unit: str) -> dict[Quantity, str | None]:
    """The numbers with what the list counts that they are entries of: "- Cơ sở khác: 300"."""
    if not unit:
        return dict(why)
    own = {q for q, reason in why.items() if _is_entry(text, q, reason)}
    return {
        replace(q, unit=unit, kind="amount") if q in own else q: None if q in own else reason
        for q, reason in why.items()
    }


_CHANGED = re.compile(
    r"\s*[(,]\s*(?:tăng|giảm)(?: (?:thêm|khoảng|gần|hơn|trên))*\s*$", re.IGNORECASE
)


def as_its_change(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """A number in the unit that its change is printed in: "còn 17.185 (giảm 5.193 hộ)"."""
    told = dict(why)
    for one, two in pairwise(why):
        bare = why[one] == "bare number" and one.unit_text is None and one.noun is None
        counted = why[two] is None and two.unit_text is not None and two.unit not in RATES
        if bare and counted and _CHANGED.fullmatch(text[one.end : two.start]):
            del told[one]
            flags = (*one.flags, "unit_assumed")
            told[replace(one, unit=two.unit, unit_text=two.unit_text, flags=flags)] = None
    return dict(sorted(told.items(), key=lambda known: known[0].start))


_SHARED_OUT = re.compile(
    r"[^\d;.()]{1,60}\((?:trong đó|gồm)?:?\s*[^()]*\)"
    r"|[^\d;.()]{1,60}?,?\s(?:bao gồm|gồm|trong đó):?\s[^().;]*",
    re.IGNORECASE,
)


def as_the_whole(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """The numbers of a bracket that make up what stands before it count the same.

    "Kỷ luật 214 đảng viên (khiển trách 142, cảnh cáo 51, cách chức 6, khai trừ 15)".
    """
    told = dict(why)
    for whole, reason in why.items():
        counts = reason is None and whole.unit not in {"", "count", *RATES}
        hit = _SHARED_OUT.match(text, whole.end) if counts else None
        parts = [q for q in why if hit is not None and whole.end < q.start < hit.end()]
        bare = all(q.unit in {"", "count"} and why[q] in {None, "bare number"} for q in parts)
        if len(parts) < _PARTS or not bare or sum(q.value for q in parts) != whole.value:
            continue
        for one in parts:
            del told[one]
            told[_counted_as(one, whole, whole.unit)] = None
    return dict(sorted(told.items(), key=lambda known: known[0].start))


def _counted_as(bare: Quantity, beside: Quantity, unit: str) -> Quantity:
    """A bare number in a unit that the figure beside it lends."""
    flags = (*(f for f in bare.flags if f != "unitless"), "unit_assumed")
    return replace(bare, unit=unit, unit_text=beside.unit_text, flags=flags)


_AS_PART = re.compile(
    r"[^\d;.()]{0,60}?[,;]\s*(?:trong đó|riêng|gồm|còn lại)\b:?\s*(?:có |số )?"
    r"(?P<named>[^\d;.:()]{2,60}?)(?::|\b(?:là|có|gồm|chiếm)(?: (?:gần|hơn|trên|khoảng))?)\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[.;,)]|$)")


def as_its_part(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """A bare number behind a count that is told as its part, in the part's own unit or the count's.

    "645.176 lao động, trong đó đoàn viên là 619.015"; "400 lao động, riêng Nhật Bản: 240".
    """
    told = dict(why)
    for one, two in pairwise(why):
        counts = why[one] is None and one.unit_text is not None and one.unit not in RATES
        bare = why[two] == "bare number" and two.unit_text is None and two.noun is None
        if not (counts and bare) or two.value > one.value or currency(one.unit) in MONEY:
            continue
        hit = _AS_PART.fullmatch(text, one.end, two.start)
        if hit is None or _ENDS.match(text, two.end) is None:
            continue
        own = unit_at(hit["named"])
        unit = own.unit.code if own is not None and own.kind == "noun" else one.unit
        del told[two]
        told[_counted_as(two, one, unit)] = None
    return dict(sorted(told.items(), key=lambda known: known[0].start))


_OUT_OF = re.compile(r"\s*(?:trong|trên)(?: tổng)?(?: số)?\s*")


def out_of(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """A bare number in the unit of what it is out of: "giải quyết 6.468 trong 7.662 vụ án"."""
    told = dict(why)
    for one, two in pairwise(why):
        bare = one.unit in {"", "count"} and one.unit_text is None and one.noun is None
        counted = why[two] is None and two.unit_text is not None and two.unit not in RATES
        part = bare and counted and why[one] in {None, "bare number"} and one.value <= two.value
        if part and _OUT_OF.fullmatch(text, one.end, two.start):
            del told[one]
            flags = (*(f for f in one.flags if f != "unitless"), "unit_assumed")
            told[replace(one, unit=two.unit, unit_text=two.unit_text, flags=flags)] = None
    return dict(sorted(told.items(), key=lambda known: known[0].start))


_BASE_NAMED = sought(
    r"\bso (?:với )?(?:cùng|quý|tháng|năm|đầu|cuối)\b[^;()]{0,40}\(\s*(?:là )?$"
    r"|\(\s*(?:so với )?(?:cùng (?:kỳ|thời điểm)|năm trước|(?:cả )?năm (?:19|20)\d\d)"
    r"[^;()\d]{0,20}(?:(?<=năm )(?:19|20)\d\d)?[^;()\d]{0,12}$"
)
_BRACKET_ENDS = re.compile(r"\s*\)")
_ALIKE = 5
"""How many times as much as what is now an earlier amount may be."""


def as_the_base(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """A bare number in the bracket behind an earlier time counts what is counted now.

    "Có 18.400 ca, tăng 735 ca so với cùng kỳ (17.665)".
    """
    told: dict[Quantity, str | None] = {}
    for one, reason in why.items():
        amount = _now_counted(one, told) if _is_bare_base(text, one, reason) else None
        if amount is None:
            told[one] = reason
        else:
            flags = (*(f for f in one.flags if f != "unitless"), "unit_assumed")
            known = replace(one, unit=amount.unit, unit_text=amount.unit_text, flags=flags)
            told[known] = None
    return told


def _is_bare_base(text: str, one: Quantity, reason: str | None) -> bool:
    bare = one.unit in {"", "count"} and one.unit_text is None and one.noun is None
    if not bare or reason not in {None, "bare number"} or not _BRACKET_ENDS.match(text, one.end):
        return False
    return _BASE_NAMED.search(text[max(0, one.start - _NEAR) : one.start]) is not None


def _now_counted(one: Quantity, told: dict[Quantity, str | None]) -> Quantity | None:
    """The last amount that is about as much."""
    amounts = (q for q in reversed(told) if told[q] is None and q.unit not in {"", *RATES})
    return next((q for q in amounts if _about_as_much(q, one)), None)


def _about_as_much(one: Quantity, two: Quantity) -> bool:
    less, more = sorted((abs(one.value), abs(two.value)))
    return more <= _ALIKE * less


_PARTS = 2
_LISTED = re.compile(r"\s*(?:,|;|và)\s*(?:[^\W\d]+\s+){1,4}")
_OPENS_LIST = re.compile(r"(?:\b(?:trong đó|gồm|cụ thể|riêng)\b|:)[^\d;.]{0,40}$", re.IGNORECASE)


def as_the_last(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """The numbers of a list whose unit stands behind the last.

    "Thiếu 1.814 giáo viên, trong đó mầm non 612, tiểu học 487 và THPT 200 giáo viên".
    """
    told, every = dict(why), list(why)
    for last in range(len(every) - 1, 0, -1):
        end = every[last]
        if why[end] is not None or end.unit_text is None or end.unit in {"", "count", *RATES}:
            continue
        first = last
        while first and _bare_before(text, every[first - 1], every[first], why):
            first -= 1
        if first < last - 1 and _OPENS_LIST.search(text, 0, every[first].start):
            for one in every[first:last]:
                del told[one]
                flags = (*one.flags, "unit_assumed")
                told[replace(one, unit=end.unit, unit_text=end.unit_text, flags=flags)] = None
    return dict(sorted(told.items(), key=lambda known: known[0].start))


_OF_RATES = watched(r"\b(?:tỷ lệ|tỉ lệ|độ bao phủ|bao phủ)\b[^:\d%]*?(?:\b(?:gồm|như|là|:)\s)")
_ALL_OF_IT = 100


_COVERED = watched(
    r"\b(?:tỷ lệ|tỉ lệ|độ) bao phủ\b[^,;.:()%\d]{0,60}\bđạt(?: (?:trên|gần|hơn|khoảng))?\s*$"
)
_CLOSED = re.compile(r"\s*(?:[.;]|,\s|$)")


def as_rates(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """The bare numbers of a list of rates: "đạt tỷ lệ cao gồm: Cao Lãnh (98,52), Tân Hồng 96,9".

    One alone is known by what it is the rate of: "tỷ lệ bao phủ BHYT toàn huyện đạt 89,86.".
    """
    opened = _OF_RATES.search(text)
    rates = [q for q in why if opened is not None and q.start >= opened.end()]
    listed = _PARTS <= len(rates) == len(why) and all(_is_rate(q, why[q]) for q in rates)
    told: dict[Quantity, str | None] = {}
    for one, reason in why.items():
        if listed or (_is_rate(one, reason) and _covers(text, one)):
            flags = (*(f for f in one.flags if f != "unitless"), "unit_assumed")
            told[replace(one, unit="percent", kind="percent", flags=flags)] = None
        else:
            told[one] = reason
    return told


def _covers(text: str, quantity: Quantity) -> bool:
    alone = _CLOSED.match(text, quantity.end) is not None
    return alone and _COVERED.search(text, 0, quantity.start) is not None


def _is_rate(quantity: Quantity, reason: str | None) -> bool:
    """Can a bare number be a rate: printed with decimal places, and no more than all?"""
    bare = quantity.unit in {"", "count"} and quantity.unit_text is None and quantity.noun is None
    printed = quantity.value != quantity.value.to_integral() and 0 < quantity.value <= _ALL_OF_IT
    return bare and printed and reason in {None, "bare number"}


def _bare_before(
    text: str, one: Quantity, two: Quantity, why: Mapping[Quantity, str | None]
) -> bool:
    bare = why[one] == "bare number" and one.unit_text is None and one.noun is None
    return bare and _LISTED.fullmatch(text, one.end, two.start) is not None


_AMOUNT_OF = re.compile(
    r"\b(?:thu nhập|doanh thu|vốn|kinh phí|số tiền|giá trị|tổng (?:thu|chi)|ngân sách|dư nợ"
    r"|lợi nhuận|nguồn lực)\b[^,;.:()\d]*$",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"\b(?:USD|đô la|kim ngạch|xuất khẩu|nhập khẩu|FDI)\b", re.IGNORECASE)
_STROKE = re.compile(r"\s*/\s*")
"""Before the plan that has the unit of both: "đạt 220 triệu/254 triệu 700 nghìn đồng"."""
_MOVED_BY = re.compile(r"\d[^;.()]*,\s*(?:và )?(?:tăng|giảm)(?: (?:thêm|hơn|gần|khoảng))*\s*$")
"""As in "ước 62 triệu đồng/người/năm, tăng 5 triệu/người/năm so với năm trước"."""
_PER = re.compile(r"\s*(/\s*người)?(?:\s*/\s*(năm|tháng))?(?![\w/])", re.IGNORECASE)
_NEAR = 90
"""Letters before an amount in which its name stands."""


def in_dong(text: str, why: Mapping[Quantity, str | None]) -> dict[Quantity, str | None]:
    """The millions that leave out "đồng": "thu nhập bình quân đầu người đạt 72 triệu/năm"."""
    told: dict[Quantity, str | None] = {}
    plans = {q.start for q in why if q.unit == "VND"}
    for quantity, reason in why.items():
        listed = reason is None and quantity.unit in {"", "count"} and quantity.noun is None
        bare = reason == "bare number" or listed
        counted = _of_subject(text, quantity) or _of_rate(text, quantity) if bare else ""
        if counted:
            told[replace(quantity, unit=counted)] = None
            continue
        unit = _in_dong(text, quantity, plans) if bare else ""
        if unit:
            told[replace(quantity, unit=unit, flags=(*quantity.flags, "unit_assumed"))] = None
        else:
            told[quantity] = reason
    return told


_SUBJECT = re.compile(
    r"(?:^|[;,:.(])\s*(?:(?:trong đó|riêng|còn|và|số|tổng|tổng số)\s+)*(?=[^\W\d])", re.IGNORECASE
)
_REACHES = re.compile(
    r"\b(?:đạt|là|xấp xỉ|khoảng|gần|hơn|trên|ước|tăng|giảm)\s*$|\b(?:tăng|giảm) thêm\s*$",
    re.IGNORECASE,
)
_PEOPLE = frozenset({"person", "household", "organisation", "commune", "head"})
"""Millions behind whom are mostly money: "mỗi hộ được vay 50 triệu"."""


def _of_subject(text: str, quantity: Quantity) -> str:
    """What the words that a statement begins with count: "thuê bao di động xấp xỉ 127 triệu"."""
    if (quantity.unit_text or "") not in {"nghìn", "ngàn", "triệu"} or quantity.noun is not None:
        return ""
    before = text[max(0, quantity.start - _NEAR) : quantity.start]
    heads = list(_SUBJECT.finditer(before)) if _REACHES.search(before) else []
    unit = unit_at(before, heads[-1].end()) if heads else None
    if unit is None or unit.kind != "noun" or unit.unit.code in _PEOPLE:
        return ""
    return "" if _AMOUNT_OF.search(before) else unit.unit.code


_TO_PEOPLE = sought(
    r"\b(?P<whom>bác s[ĩỹỉ]|giường(?: bệnh)?)\s*(?:/|(?:tính )?trên)\s*(?:(?:0?1|một) ?)?"
    r"(?:vạn|10[. ]?000) dân[^\d,;.()]{0,30}$"
)


def _of_rate(text: str, quantity: Quantity) -> str:
    """What a rate that its name tells is counted in: "Tỷ lệ bác sĩ/vạn dân đạt 8,7"."""
    hit = _TO_PEOPLE.search(text, max(0, quantity.start - _NEAR), quantity.start)
    if hit is None or quantity.unit_text or quantity.noun:
        return ""
    return f"{'person' if hit['whom'].lower().startswith('bác') else 'bed'} per 10,000"


def _in_dong(text: str, quantity: Quantity, plans: Collection[int]) -> str:
    before = text[max(0, quantity.start - _NEAR) : quantity.start]
    stroke = _STROKE.match(text, quantity.end)
    if quantity.unit_text in {"triệu", "nghìn"} and stroke and stroke.end() in plans:
        return "VND"
    if quantity.unit_text != "triệu" or quantity.noun is not None or _ABROAD.search(before):
        return ""
    per = _PER.match(text, quantity.end)
    named = _AMOUNT_OF.search(before) is not None or (per and per[1] and _MOVED_BY.search(before))
    if per is None or not named:
        return ""
    time = {"năm": "/year", "tháng": "/month"}.get((per[2] or "").casefold(), "")
    return f"VND{'/person' if per[1] else ''}{time}"


def _is_entry(text: str, quantity: Quantity, reason: str | None) -> bool:
    # "Phòng khám đa khoa khu vực: 86" numbers no area, though "khu vực 86" would.
    loose = reason == "code" and "ordinal" in quantity.flags and quantity.confidence > 0
    if not (loose or reason == "bare number") or quantity.unit_text is not None:
        return False
    ends = _ENTRY_ENDS.match(text, quantity.end) is not None
    return ends and _ENTRY.fullmatch(text[: quantity.start]) is not None
