"""The territory of a text that nothing says: the only unit it names or lies in, or the country.

"Thu hút FDI sớm về đích" over "Ban Quản lý các khu công nghiệp tỉnh Đồng Nai đã cấp mới 320 dự án"
will be of that province; the figures show the doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalizers.context.head import FIRST_PARAGRAPHS
from normalizers.context.issuers import speaks_of_nation
from normalizers.context.named import names_several
from normalizers.context.sole import one_of_many, own_types, type_of, units_told
from normalizers.regions import COUNTRY, resolve
from normalizers.seeking import sought
from solieu.model import Region

REGION_ASSUMED = "region_assumed"
NATION_ASSUMED = "nation_assumed"
TRUST = 0.7
"""How sure a figure is whose territory only a word in passing tells."""


_OF_ALL = sought(
    r"(?<!thứ )(?<!hạng )(?<!trí )\b(?:có|tại|ở|trong số|tới|của|là) \d{1,2}/(?:63|64|34)"
    r" (?:tỉnh|địa phương)\b"
)
"""How many of all provinces: "có 15/63 địa phương giải ngân trên 3%", and no rank among them."""


def flag_of(assumed: Region) -> str:
    """The flag of a figure whose territory is assumed."""
    return NATION_ASSUMED if assumed == COUNTRY else REGION_ASSUMED


def _tells_of(unit: Region, line: str) -> bool:
    """Does a line say of a unit, by its type and name, what it has or does, and not it alone?"""
    said = rf"(?<!riêng ){re.escape(unit.name)} (?:{_DOES})\b"
    return re.search(said, line, re.IGNORECASE) is not None


_DOES = (
    "đã|có|đạt|hiện|còn|đổi|vươn|được|tập trung|triển khai|phấn đấu|tiếp tục|thực hiện|đẩy mạnh"
    "|phát huy|chú trọng|đang|luôn|là"
)


def unit_assumed(lines: Sequence[str], on: date) -> Region | None:
    """The unit that a text names alone of those it may call its own: a province, "toàn huyện".

    Args:
        lines: the title, then the paragraphs.
        on: the day whose map reads the names.

    None where units of several provinces stand in it, or where it speaks of the country.
    """
    head = lines[: FIRST_PARAGRAPHS + 1]
    if speaks_of_nation("\n".join(head)) or names_several(head[0], on):
        return None
    units = {unit for line in head for unit in units_told(line, on)}
    provinces = {(unit.path or unit.name).split(" / ")[0] for unit in units}
    if any(map(_OF_ALL.search, head)):
        return COUNTRY
    if len(provinces) != 1 or any(one_of_many(unit, head, on) for unit in units):
        return None
    said = own_types(head)
    lower = said - {"tỉnh", "thành phố"}
    if lower and "tỉnh" not in said:
        ours = [unit for unit in units if type_of(unit) in said]
        return ours[0] if len(ours) == 1 else None
    alone = next(iter(units)) if len(units) == 1 and not said else None
    if alone is not None and any(_tells_of(alone, line) for line in head):
        return alone
    province = resolve(provinces.pop(), on).region
    return province if province in units or (said and not lower) else None
