"""What an insurance agency names without its words: who takes part, what is paid in and owed."""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.measures import Measured
from normalizers.metrics import INSURANCE, MetricMatch, match_phrase, without_agencies
from normalizers.sentences.naming.meant import Subject
from normalizers.sentences.naming.words import MONEY, Words, says
from normalizers.spelling import canonical, contains, contains_any, words

_TO_COLLECT = re.compile(
    r"(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán) thu(?!\S)"
    r"(?! (?:hút|hồi|nhập|ngân|thuế|nội|phí|gom))"
)


def collected(said: Words, how: Measured) -> MetricMatch | None:
    """What was done by whose plan it completes: "huyện Tân Sơn đạt 48,1% kế hoạch thu"."""
    plan = how.measure == "plan_completion" and _TO_COLLECT.match(said.bare_tail)
    return MetricMatch("insurance_contribution_revenue") if plan else None


OWED_TO_ONE = re.compile(
    r"(?:trong (?:đó|số (?:đó|này))|gồm|bao gồm|cụ thể)(?: \S+){0,3}? (?:nợ|chậm đóng|trốn đóng)"
    r" (?:tiền )?(?:đóng )?bhxh(?: (?:là|hơn|gần|trên|khoảng))*"
)
"""The part of one fund: "nợ 1.000 tỷ đồng. Trong đó, nợ BHXH 571 tỷ đồng; BHYT 222 tỷ đồng"."""


def is_liable(text: str) -> bool:
    """Those who may or must take part are none who do: "thuộc diện tham gia BHXH bắt buộc"."""
    return contains_any(text, words("liable"))


def is_satisfied(said: Words) -> bool:
    """Is it how content the insured are: "mức độ hài lòng của người tham gia BHXH đạt 85%"?"""
    return contains(said.phrase, "hài lòng") and not INSURANCE.isdisjoint(said.phrase.split())


def of_pupils(found: MetricMatch, said: Words) -> MetricMatch:
    """Pupils are named where they are counted, too: "trong 12.400 học sinh có 12.310 em có thẻ"."""
    pupils = said.noun.split(" ", 1)[0] in _PUPILS and contains_any(said.head, _STUDENTS)
    if found.metric != _HEALTH_INSURED or not (pupils or said.noun.startswith(_STUDENTS)):
        return found
    if _CHILDREN.search(said.phrase):
        return found
    return MetricMatch("student_health_insurance_participants", matched=found.matched)


_HEALTH_INSURED = "health_insurance_participants"
_PUPILS, _STUDENTS = frozenset({"em", "cháu"}), ("học sinh", "sinh viên", "học viên", "hssv")
_CHILDREN = re.compile(r"(?<!\S)(?:trẻ|tuổi)(?!\S)")


def recipients(subject: Subject) -> MetricMatch | None:
    """Those who receive what was told before, or what others were told to apply for."""
    if (subject.metric or "").endswith("recipients"):
        return MetricMatch(subject.metric)
    found = match_phrase(canonical(subject.label), "người", "person", insurance=True)
    return found if found is not None and (found.metric or "").endswith("recipients") else None


@lru_cache(maxsize=4096)
def applied(text: str) -> bool:
    """Those who ask for a benefit are none who have it: "2.418 người nộp hồ sơ hưởng TCTN"."""
    asked = contains_any(text, words("applied"))
    return asked and not contains_any(text, words("granted"))


def done_to(found: MetricMatch, said: Words) -> bool:
    """Is something done to some of them: "khởi kiện 3 đơn vị nợ BHXH", and they are not all?"""
    counted = (found.metric or "").endswith(_COUNTS)
    amount = found.unit not in {"percent", *MONEY}
    return counted and amount and _DONE_TO.search(said.near) is not None


_COUNTS = ("_participants", "_recipients", "participating_employers", "employers_in_arrears")
_DONE_TO = re.compile(
    r"(?<!\S)(?:hỗ trợ|khởi kiện|thanh tra|kiểm tra|xử phạt|xử lý|tặng|trao|tập huấn|tư vấn"
    r"|chuyển hồ sơ|cấp lại|cho vay|khen thưởng|tôn vinh)"
    r"(?: (?!vận động|phát triển|tham gia|thu hút|có|còn|là|với)\S+){0,6}$"
)


def of_liable(said: Words, unit: str, subject: Subject) -> MetricMatch | None:
    """Those of them who do: "…, trong đó đã có 15.210 lao động tham gia"."""
    whole = canonical(subject.label)
    takes_part = contains(said.phrase, "tham gia") and not INSURANCE & set(said.phrase.split())
    if not takes_part or _LIABLE.search(whole) is None:
        return None
    return match_phrase(_LIABLE.sub(" ", whole), said.noun, unit, insurance=True)


_LIABLE = re.compile(
    r"(?<!\S)(?:thuộc (?:diện|đối tượng)|đủ điều kiện|có khả năng|buộc|bắt buộc|phải)"
    r"(?= .*tham gia)"
)


def of_budget(found: MetricMatch, said: Words) -> bool:
    """As in "Về thu ngân sách, toàn tỉnh thu được 4.512 tỷ đồng" of a report on many things."""
    revenue = found.metric == "insurance_contribution_revenue"
    return (
        revenue and contains(said.bare_left, "ngân sách") and not INSURANCE & set(said.left.split())
    )


def bare_money(said: Words, how: Measured, unit: str) -> str | None:
    """Of an insurance agency: a bare "thu đạt 574 tỷ đồng" is revenue, "nợ: 7 tỷ đồng" arrears."""
    named = set(says(without_agencies(said.near)))
    if unit not in MONEY and how.measure not in {"plan_completion", "growth"}:
        return None
    if contains(said.bare_left, "ngân sách"):
        return None
    if "thu" in named and named <= set(words("revenue_only")):
        return "insurance_contribution_revenue"
    part = _OVERDUE.search(said.near) is not None
    owed = not part and bool(named & {"nợ", "chậm"}) and named <= set(words("arrears_only"))
    return "insurance_arrears" if owed else None


_OVERDUE = re.compile(r"(?<!\S)\d+ tháng|kéo dài|khó (?:thu|đòi)")
"""Arrears of a certain age are a part of all: "nợ trên 3 tháng là 41,7 tỷ đồng"."""


def part_of_scheme(said: Words, unit: str, subject: Subject) -> MetricMatch | None:
    """A part named without its scheme: "…tham gia BHYT, trong đó 40.218 người theo hộ gia đình"."""
    scheme = "bhyt" if subject.metric in _HEALTH else "bhxh" if subject.metric in _SOCIAL else None
    phrase = f"{said.near} {said.bare_tail}"
    if scheme is None or INSURANCE & set(phrase.split()) or _ALL_OF_THEM.match(said.near):
        return None
    if scheme == "bhxh":
        whole = re.sub(r"(?<!\w)(?=(?:bắt buộc|tự nguyện)(?!\w))", "bhxh ", phrase)
    else:
        whole = f"bhyt {phrase}"
    found = match_phrase(whole, said.noun, unit, insurance=True) if whole != phrase else None
    narrower = found is not None and found.metric not in {None, "health_insurance_participants"}
    return found if narrower else None


_ALL_OF_THEM = re.compile(r"(?:có )?tổng (?:số|cộng)(?!\S)(?!.*(?<!\S)tham gia)")
"""A total is no part: "Tổng số học sinh, sinh viên trên địa bàn tỉnh là 128.884 em"."""
_HEALTH = frozenset(
    {
        "health_insurance_participants",
        "household_health_insurance_participants",
        "student_health_insurance_participants",
    }
)
_SOCIAL = frozenset(
    {
        "social_insurance_participants",
        "compulsory_social_insurance_participants",
        "voluntary_social_insurance_participants",
    }
)
