"""Of which province a text of the whole country says "tỉnh"."""

from __future__ import annotations

from datetime import date

from normalizers.regions import COUNTRY
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
