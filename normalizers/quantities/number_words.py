"""Numbers written in words, where a magnitude follows them: "hai triệu rưỡi", "năm trăm nghìn".

Words alone ("một", "ba") are no figures: they are articles, names and years ("năm") far too often.
But for those who came to harm, whom many papers count in words up to ten: "10 vụ, sáu người chết".
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from normalizers.branching import any_of
from normalizers.facts import rows
from normalizers.seeking import Sought, sought
from solieu.numerals import NumberReading, Numeral


@cache
def _words() -> dict[str, tuple[int, str]]:
    return {row["word"]: (int(row["value"]), row["place"]) for row in rows("number_words.csv")}


@cache
def _phrase() -> Sought:
    word = any_of(list(_words()))
    return sought(
        rf"(?<!\w)(?:{word})(?: (?:{word}))*(?= (?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)| phần trăm)"
    )


_VAGUE = re.compile(
    r"(?<!\w)(?:hàng|vài|mấy|nhiều|phần|thứ|mỗi|trong|cuối|đầu|các|những|từng|cả|qua) $",
    re.IGNORECASE,
)


@cache
def _goes_on() -> re.Pattern[str]:
    """More of the number behind its magnitude: "ba nghìn hai trăm" is not three thousand."""
    word = any_of(list(_words()))
    return re.compile(rf" (?:nghìn|ngàn|vạn|triệu|tỷ|tỉ) (?:{word})(?!\w)", re.IGNORECASE)


_SPELT_OUT = re.compile(r"bằng chữ\s*:?[^\d;.]*$", re.IGNORECASE)


@cache
def _bracket() -> tuple[re.Pattern[str], re.Pattern[str]]:
    word = any_of([*_words(), "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ"])
    words = rf"(?:[ ,.]*(?:{word})(?!\w))*"
    before = rf"\d ?[^\W\d]{{0,8}} ?\({words}[ ,.]*$"
    return re.compile(before, re.IGNORECASE), re.compile(rf"{words} (?:đồng|đ)\b", re.IGNORECASE)


def _repeats(text: str, hit: re.Match[str]) -> bool:
    """Is the number in figures right before: "13.250.000đ (Mười ba triệu, hai trăm … đồng)"?"""
    near = text[max(0, hit.start() - 160) : hit.start()]
    before, after = _bracket()
    return bool(_SPELT_OUT.search(near) or (before.search(near) and after.match(text, hit.end())))


def value_of(words: list[str]) -> int | None:
    """0 to 999 in words; None where they make no number.

    >>> value_of(["hai", "trăm", "ba", "mươi", "lăm"])
    235
    """
    total = current = 0
    last = ""
    for word in words:
        value, place = _words()[word]
        if place == "digit":
            if last == "digit":
                return None
            current += value
        elif place in ("tens", "hundred"):
            if last != "digit":
                return None
            total, current = total + current * value, 0
        elif place == "ten":
            current += value
        last = "ten" if place == "ten" else place
    return total + current


_HARMED = sought(
    r"(?<!\w)(?<!người thứ )(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)"
    r"(?= (?:người|nạn nhân|cháu|trẻ em|học sinh|công nhân|thuyền viên|ngư dân|hành khách)"
    r" (?:(?:bị )?(?:chết|tử vong|thiệt mạng|mất tích|thương|thương nặng|thương nhẹ|nạn))(?!\w))"
)
_COUNTED_TOO = sought(r"\d (?:vụ|người|ca|trường hợp)(?!\w)")
"""What makes them statistics: beside a count in figures."""


def _phrases(text: str) -> list[re.Match[str]]:
    harmed = list(_HARMED.finditer(text))
    if harmed and _COUNTED_TOO.search(text) is None:
        harmed = []
    return sorted((*_phrase().finditer(text), *harmed), key=lambda hit: hit.start())


def find_number_words(text: str) -> list[Numeral]:
    """Numbers in words in front of a magnitude, each with one reading, in doubt by nature."""
    found = []
    for match in _phrases(text):
        before = text[: match.start()]
        if _VAGUE.search(before) or _repeats(text, match) or _goes_on().match(text, match.end()):
            continue
        value = value_of(match[0].lower().split())
        if value:
            reading = NumberReading(Decimal(value), 0, "plain", 0.9)
            found.append(
                Numeral(match[0], match.start(), match.end(), (reading,), "number", (), ("words",))
            )
    return found
