"""The short forms of narrow heads in full: "KH26/UTH25", "SS (%)", "T5/25", "TH/CK"."""

from __future__ import annotations

import re
from functools import lru_cache

_YEAR = r"(?P<year>1[3-9]|[23]\d)(?!\w|[.,/]\d| ?tháng)"
"""No number of months: "TH10"."""
_PLANNED_OR_DONE = re.compile(
    rf"(?<!\w)(?P<word>ước ?th|ưth|uth|th|ưkh|kh|dt|qt|nq)(?: ?['’])?{_YEAR}", re.IGNORECASE
)
"""Right behind the word: "KH 12 tháng" is a plan for twelve months."""
_PART_OF_YEAR = re.compile(
    r"(?P<word>(?<!\w)(?:quý|q\.?) ?(?:IV|I{1,3}|[1-4])|(?<!\w)(?:tháng ?|t\.?)(?:1[0-2]|0?[1-9])"
    rf"|(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:1[0-2]|0?[1-9]))/{_YEAR}",
    re.IGNORECASE,
)
"""A quarter, a month that is called one, or a whole day: "5/25" alone may be a fraction."""
_AGAINST_LAST_YEAR = re.compile(r"(?<=\w) ?/ ?CK(?!\w)|(?<=%) ?CK(?!\w)", re.IGNORECASE)
_COMPARES = re.compile(r"^(\W*(?:% ?)?)SS(?!\w)(?=\W*(?:$|\(|%|với|so|cùng|CK|TH|KH|ƯTH|UTH))")

_ADDED_UP = re.compile(r"^(\W*)LK(?=\W|\d|T\d|$)")
_AREA = re.compile(
    r"(?<!\w)DT(?= ?\(? ?(?:ha|m2|m²|km2|km²|sào|nghìn ha|1\.?000 ha)(?!\w)"
    r"| (?:đã )?(?:gieo|xuống giống|thu hoạch|cấy|trồng|canh tác|nuôi|cho (?:sản phẩm|quả)|lúa|"
    r"rừng|đất|tự nhiên|sàn|tưới|nhiễm|mất trắng|bị)(?!\w))"
)
"""In hectares, or of what is sown and harvested, it is no estimate of a budget."""
_TARGET = re.compile(
    r"(?<!\w)CT(?= (?:(?:được|BHXH|tỉnh|huyện|TW) )*giao(?!\w)| năm (?:19|20)\d\d)"
)
"""Behind no other word than who gave it: "CT giao", "CT tỉnh giao"."""
_SEASONS = {"ĐX": "Đông Xuân", "HT": "Hè Thu", "TĐ": "Thu Đông"}
_SEASON = re.compile(
    r"(?<!\w)(?:ĐX|HT|TĐ)(?= (?:năm )?(?:19|20)\d\d(?!\d))|(?<=[Vv]ụ )(?:ĐX|HT|TĐ)(?!\w)"
)
"""Before a year or behind "vụ": "Thực hiện vụ ĐX 2021 - 2022"."""
_YIELD = re.compile(r"^NS(?= ?\(? ?(?:tạ|tấn|kg|ước|thực thu|lúa|bình quân|BQ|TB)(?!\w))")
_OUTPUT = re.compile(r"^SL(?= ?\(? ?(?:tấn|nghìn tấn|1\.?000 tấn|ước|thu hoạch|lúa)(?!\w))")


_MAY_BE_YEAR = re.compile(r"[1-3]\d")
"""What no short form with a year is without; most labels have no digit at all."""
_CAPITALS = re.compile(r"[A-ZĐ][A-ZĐ]|[cC][kK]")
"""What no other short form is without."""


@lru_cache(maxsize=16384)
def spelled_out(element: str) -> str:
    """A head's short forms in full, where no other reading is left.

    >>> spelled_out("SS (%) KH26/UTH25"), spelled_out("Quý I/25"), spelled_out("TH/CK (%)")
    ('So sánh (%) KH 2026/UTH 2025', 'Quý I/2025', 'TH so với cùng kỳ (%)')
    """
    text = element
    if _MAY_BE_YEAR.search(text):
        text = _PLANNED_OR_DONE.sub(r"\g<word> 20\g<year>", text)
        text = _PART_OF_YEAR.sub(r"\g<word>/20\g<year>", text)
    if not _CAPITALS.search(text):
        return text
    return _words_spelled_out(_AGAINST_LAST_YEAR.sub(" so với cùng kỳ", text))


def _words_spelled_out(text: str) -> str:
    text = _ADDED_UP.sub(r"\1Lũy kế", _AREA.sub("Diện tích", text))
    text = _TARGET.sub("Chỉ tiêu", text)
    text = _SEASON.sub(lambda hit: _SEASONS[hit.group()], text)
    text = _OUTPUT.sub("Sản lượng", _YIELD.sub("Năng suất", text))
    return _COMPARES.sub(r"\1So sánh", text)
