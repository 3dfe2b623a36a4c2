"""The words of a label that name a thing, and the ones that only stand around it."""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.branching import any_of
from normalizers.facts import rows
from normalizers.metrics.matches import INSURANCE
from normalizers.spelling import canonical

_WORD = re.compile(r"\w+")


def alternatives(cell: str) -> tuple[str, ...]:
    """The wordings of a CSV cell that are separated by |, in the compared spelling."""
    return tuple(canonical(part) for part in cell.split("|") if part.strip())


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    return frozenset(
        spelling
        for row in rows("neutral_words.csv")
        for word in row["words"].split()
        for spelling in (canonical(word.replace("_", " ")), word)
    )


def content_words(text: str) -> list[str]:
    """Words of a canonical text that name a thing: no counting words, periods, units, digits.

    >>> content_words("tăng/giảm bhyt đến 31/12/2020")
    ['bhyt']
    """
    return [w for w in text.split() if not _is_neutral(w)]


@lru_cache(maxsize=16384)
def _is_neutral(word: str) -> bool:
    neutral = _neutral()
    return all(part in neutral or part.isdigit() for part in _WORD.findall(word))


@lru_cache(maxsize=4096)
def names_insurance(line: str) -> bool:
    """Does a line name a fund of social insurance or its agency: "BHXH HUYỆN TÂN SƠN"?"""
    return not INSURANCE.isdisjoint(_WORD.findall(canonical(line)))


@lru_cache(maxsize=1)
def _agencies() -> re.Pattern[str]:
    names = (canonical(r["phrase"]) for r in rows("agencies.csv"))
    of_scheme = ("tham gia ", "đóng ", "hưởng ")
    named = any_of(names, [r"\S", *of_scheme])
    return re.compile(rf"(?:{named}|{_ACTS})(?!\S)")


_ACTS = (
    r"^(?:(?:qua|theo) (?:đó|thống kê|kiểm tra|thanh tra) )?bhxh(?= (?:(?:đã|đang|còn|cũng|sẽ) )*"
    r"(?:phát hiện|tổ chức|phối hợp|ban hành|yêu cầu|kiểm tra|thanh tra|xử lý|khởi kiện|cấp"
    r"|chi trả|giải quyết|tiếp nhận|trao|tặng|hỗ trợ|xác nhận|chốt)(?!\S))"
)
"""The agency by its short name: "BHXH phát hiện 1.840 lao động đóng không đúng đối tượng"."""


@lru_cache(maxsize=4096)
def without_agencies(text: str) -> str:
    """A canonical text without the names of agencies and laws: "BHXH tỉnh" is no scheme."""
    return " ".join(_agencies().sub(" ", text).split())


_BASE = re.compile(
    r"(?:so với |so )?(?:tổng )?(?:số )?(?:"
    r"phải thu|lực lượng lao động(?: xã hội)?(?: đang)?(?: trong độ tuổi)?(?: lao động)?"
    r"|(?:kế hoạch|chỉ tiêu|dự toán)(?: (?:năm|được|do|của|tỉnh|ubnd|hđnd|giao|đề ra|\d{4}))*"
    r")(?!\w)"
)


def without_base(text: str) -> str:
    """A canonical phrase around a percent, without what it is a percent of."""
    return " ".join(_BASE.sub(" ", text).split())
