"""Target, estimate or result: the last word before a figure that says so, else its section.

"đạt 98% kế hoạch" is a result and "kế hoạch giao là 21.500 người" a plan: a plan behind a percent
or "so với" is what the figure is measured against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.spelling import canonical, contains, words
from solieu.model import Scenario

_ASSIGNED = re.compile(
    r"(?:^|[,;:.(]\s*|[-+*•]\s*|\b(?:giao|theo|đặt ra|xây dựng)\s+)"
    r"(?:tổng\s+)?(?:kế hoạch|chỉ tiêu|dự toán)\b"
    r"(?!\s*(?:số|hóa|hoá|(?:và |- )?(?:đầu tư|tài chính)))"
    r"|(?<!hoạch )(?<!tiêu )(?<!toán )(?<!được )(?<!bàn )\b(?:giao|phân bổ)\s+(?:cho\s+)?"
    r"(?:tỉnh|thành phố|TP|phường|xã|huyện|quận|thị xã|thị trấn|đặc khu|cục|chi cục|đơn vị"
    r"|địa phương|BHXH)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:đã|thực hiện được|giải ngân|thu được|đạt được|kết quả|đến nay)\b", re.IGNORECASE
)
"""What was done with a plan named before: "kế hoạch vốn là x; đến 15/8 đã giải ngân y"."""
_PROGRAMME = re.compile(r"(?<!\w)(?:chương trình )?mục tiêu (?=quốc gia|thiên niên kỷ)")
"""A name and no goal: "vốn Chương trình mục tiêu quốc gia"."""


_ROLES: tuple[tuple[str, Scenario], ...] = (
    ("target", "plan"),
    ("result", "actual"),
    ("estimate", "estimate"),
)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[re.Pattern[str], Scenario], ...]:
    return tuple((_any(role), said) for role, said in _ROLES)


def _any(role: str) -> re.Pattern[str]:
    phrases = sorted(words(role), key=len, reverse=True)
    # "hiện" says now, but not in "thực hiện", "thể hiện", "phát hiện", "xuất hiện".
    inside = r"(?<!thực )(?<!thể )(?<!phát )(?<!xuất )"
    return re.compile(rf"(?<!\w){inside}(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)")


_REACHED = re.compile(r"(?:so với|đạt|hoàn thành|vượt|hướng tới|%)(?:\s+\w+){0,2}\s*$")


def scenario(before: str, default: Scenario) -> Scenario:
    """The scenario of a figure from the sentence before it.

    >>> scenario("Mục tiêu năm 2025 phát triển mới", "actual")
    'plan'
    """
    plain = _PROGRAMME.sub("", canonical(before))
    here = len(plain) - len(canonical(before.rsplit(";", 1)[-1]))
    last, found = -1, default
    for pattern, said in _cues():
        for match in pattern.finditer(plain):
            reached = _goal_reached(plain, match) if said == "plan" else False
            passed = said == "estimate" and match.start() < here and not _of_all(plain, match)
            if match.start() > last and not reached and not passed:
                last, found = match.start(), said
    planned = _assigned(before) if found == default else _next_year(before)
    return "plan" if planned else found


_TARGETS = re.compile(
    r"(?<!đạt )(?<!hoàn thành )(?<!vượt )(?<!thực hiện )(?<!thực hiện các )(?<!\S)"
    r"(?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)(?: \w+){0,6}$"
)


def opens_plan(text: str) -> bool:
    """Does the opening of a list end in targets: "… với các chỉ tiêu chủ yếu sau:"?"""
    plain = canonical(text)
    told = any(contains(plain, w) for w in ("kết quả", "đạt được", "tình hình", "so với", "đã đạt"))
    return not told and _TARGETS.search(plain) is not None


_NEXT = re.compile(
    r"\bvà\s+(?:kế hoạch|dự toán|chỉ tiêu)\s+(?:năm\s+\d{4}|cả năm)\s+(?:là|đạt)?[^,;]*$",
    re.IGNORECASE,
)


def _next_year(before: str) -> bool:
    """As in "năm 2024 ước đạt 5.100 tỷ đồng và kế hoạch năm 2025 là 5.500 tỷ đồng"."""
    return _NEXT.search(before) is not None


def _assigned(before: str) -> bool:
    """Is a plan the last word: "dự toán giao 500 tỷ", not "dự toán giao 500 tỷ, đã thu 300 tỷ"?"""
    given = list(_ASSIGNED.finditer(before))
    return bool(given) and _DONE.search(before, given[-1].end()) is None


_GOALS = ("mục tiêu", "chỉ tiêu", "giao", "được giao", "đề ra", "đặt mục tiêu", "nhiệm vụ")


def _goal_reached(plain: str, cue: re.Match[str]) -> bool:
    """A goal behind "đạt 98%" is what was reached; "…%, phấn đấu cuối năm đạt" says a new one."""
    before = _REACHED.search(plain[: cue.start()][-24:])
    return before is not None and cue.group().startswith(_GOALS)


_TIMED = re.compile(
    r"ước(?: tính| thực hiện)? (?:hết|đến|cả|trong|tính|\d+ tháng|tháng|quý|năm|có)(?!\w)"
)


def _of_all(plain: str, cue: re.Match[str]) -> bool:
    """An estimate of a time ("Ước cả năm …; …") is for all of the sentence, not of one amount."""
    return _TIMED.match(plain, cue.start()) is not None


def of_section(section: Sequence[str], default: Scenario) -> Scenario:
    """What the headings above say: "II. MỤC TIÊU" plans, "Kết quả thực hiện" tells results."""
    for heading in reversed(section):
        plain = canonical(heading)
        if any(contains(plain, w) for w in words("result_section")):
            return "actual"
        if any(contains(plain, w) for w in words("plan_section")):
            return "plan"
    return default
