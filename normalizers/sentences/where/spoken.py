"""Whom a sentence speaks of: the unit that it begins with, the province that "tỉnh" means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalizers.regions import COUNTRY, Mention
from normalizers.seeking import sought
from normalizers.sentences.where.mentions import level_of, mentions_in
from normalizers.sentences.where.placed import Placed
from normalizers.spelling import CAPITALS
from solieu.model import Region

_ITS_OWN = sought(
    rf"\b(?:của|toàn|trong|trên địa bàn) tỉnh\b(?! (?i:này|đó)?[{CAPITALS}]|, thành|/)"
    r"|^\W*Tỉnh (?:đã|có|hiện|cũng|còn|phấn đấu|đặt|đang)\b",
    flags=0,
)


def province_meant(text: str, territory: Region | None, heard: str, on: date) -> Placed | None:
    """The last province `heard` of: "Tại Phú Thọ, … Tỉnh đã tiêm 42.000 liều vắc xin"."""
    if territory != COUNTRY or _ITS_OWN.search(text) is None:
        return None
    told = [m for m in mentions_in(heard, on, None) if m.match.status == "one"]
    provinces = [m.match.region for m in told if level_of(m) == "province"]
    return Placed(provinces[-1], carried=True) if provinces else None


_ACTS = re.compile(
    r"(?: \([^()]*\))?,? "
    r"(?:hiện|đã|có|là|được|còn|vẫn|đang|luôn|tiếp tục|đạt|nằm|thực hiện|xác định)\b"
)


def acts(text: str, names: Sequence[Mention]) -> bool:
    """Is the unit that a sentence begins with what it speaks of: "Xã Đông Sơn có 38 nghìn dân"?"""
    if not names or " " not in names[0].text or names[0].match.status != "one":
        return False
    if _SINGLED.fullmatch(text, 0, names[0].start) and text.startswith(",", names[0].end):
        return True
    first = _WHEN.fullmatch(text, 0, names[0].start)
    return first is not None and _ACTS.match(text, names[0].end) is not None


_SINGLED = re.compile(r"\W*riêng (?:tại |ở |đối với )?", re.IGNORECASE)
"""As in "Riêng TP. Phú Quốc, tháng 7 đón 636.196 lượt khách. Lũy kế 7 tháng, …"."""
_WHEN = re.compile(
    r"(?:(?:năm|đến|hiện|tính đến|thời gian|trong|từ|những năm|giai đoạn|sau|\d+ tháng)\b"
    r"[^,.;:]{0,60},)?\s*",
    re.IGNORECASE,
)
