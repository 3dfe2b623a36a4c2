"""Plan, outcome or estimate, by the words of a head: rows of `data/scenarios.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from normalizers.facts import rows
from solieu.model import Scenario
from solieu.text import one_line

_SCENARIOS: dict[str, Scenario] = {"actual": "actual", "estimate": "estimate", "plan": "plan"}
_ORDER: tuple[Scenario, ...] = ("estimate", "plan", "actual")
_WHEN = (
    r"(?=\s*(?:$|[\d(:,/]|(?:năm|quý|tháng|kỳ|cùng|cả|trong|đến|lũy|"
    r"luỹ|giao|được|đầu|giai|vụ|niên vụ)|"
    r"(?:vốn|thu|chi(?! tiết)|phân bổ|bố trí|đề ra|tỉnh|huyện|tw|trung ương|hđnd|ubnd|"
    r"tuyển(?: sinh| dụng)?|biên chế|giường(?: bệnh)?|tham gia|bhxh|bhyt|bhtn)(?!\w)))"
)


_GIVEN = r"(?<!\w)(?:kế hoạch|dự toán|chỉ tiêu|kh|dt)(?: [^\s/%();,]+){1,5} giao(?!\w)"
"""Who gave the plan may stand between: "Kế hoạch Thủ tướng Chính phủ giao"."""


_PARTED = r"(?:(?:chia ra|phân ra|phân kỳ|phân khai|trong đó|(?:bao )?gồm)\W+)?"
"""A plan's parts may be announced in one head with it: "Chia ra kế hoạch từng năm"."""


_PLANNED = (
    rf"^\W*{_PARTED}"
    r"(?:(?:tổng )?(?:kế hoạch|dự toán)|kh)"
    r"(?= +(?!h[óo][aá](?!\w)|và |số |tài chính(?! \w)|tổng hợp(?! \w)|viên(?!\w))[^\W\d_])"
)
"""What is planned may follow: "Kế hoạch trồng rừng"; but for family planning and for offices."""


@cache
def scenario_rows(where: str) -> tuple[tuple[str, Scenario | None], ...]:
    """Words of one place ("title", "head", "inside", "end") with their scenario, longest first.

    Without a scenario stand words that only look like one: "Chỉ tiêu kinh tế" are indicators.
    """
    found = [
        (row["words"].casefold(), _SCENARIOS.get(row["scenario"]))
        for row in rows("scenarios.csv")
        if row["where"] == where
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def scenario_of(path: Sequence[str]) -> Scenario | None:
    """The innermost word wins: "KH 2024" is a plan, "ƯTH2020" an estimate, "TH 2019" an outcome.

    "Thực hiện" before what is carried out ("THỰC HIỆN NHIỆM VỤ") is a purpose and says nothing.
    """
    return next(filter(None, map(_scenario_in, reversed(path))), None)


@lru_cache(maxsize=16384)
def _scenario_in(element: str) -> Scenario | None:
    text = one_line(element)
    return next((scenario for scenario, pattern in _patterns() if pattern.search(text)), None)


@cache
def _patterns() -> tuple[tuple[Scenario, re.Pattern[str]], ...]:
    return tuple((scenario, _pattern(scenario)) for scenario in _ORDER)


def _pattern(scenario: Scenario) -> re.Pattern[str]:
    head, inside, end = (_choice(where, scenario) for where in ("head", "inside", "end"))
    given = rf"|{_GIVEN}|{_PLANNED}" if scenario == "plan" else ""
    return re.compile(
        rf"^\W*{_PARTED}(?:{head}){_WHEN}|(?<!\w)(?:{inside})(?!\w)|(?<!\w)(?:{end})\W*${given}",
        re.IGNORECASE,
    )


def _choice(where: str, scenario: Scenario) -> str:
    words = [w for w, s in scenario_rows(where) if s == scenario]
    return "|".join(map(re.escape, words)) or "(?!)"
