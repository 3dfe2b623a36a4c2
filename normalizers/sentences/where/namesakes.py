"""Names that only their neighbours tell: a district named as a province, a commune in a bracket.

Of Quảng Bình, "Bố Trạch 2,0%; Quảng Ninh 2,2%; Lệ Thủy 2,0%" tells of its district Quảng Ninh, and
"Trà Cang (Nam Trà My) 496 hộ" of the commune, not of the district that it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalizers.context.named import lies_in
from normalizers.regions import Mention, resolve
from normalizers.regions.units import bare_name
from normalizers.spelling import NAME_WORD
from solieu.model import Region
from solieu.quick import replace

_TYPES = ("Huyện", "Thị xã", "Thành phố")
_LISTED = 2
"""Districts of the province that make a list of it, the one that is named as a province too."""


def among_districts(named: Sequence[Mention], within: Region | None, on: date) -> list[Mention]:
    """The mentions of a text on a province, each district as one."""
    if within is None or within.level != "province":
        return list(named)
    named = [_other_twin(m, named) for m in named]
    regions = [m.match.region for m in named]
    inside = sum(r is not None and r.level == "district" and lies_in(r, within) for r in regions)
    elsewhere = {r for r in regions if r is not None and r.level == "province" and r != within}
    if inside + (len(elsewhere) == 1) < _LISTED or not inside:
        return list(named)
    return [_district(m, within, on) or m for m in named]


def _other_twin(mention: Mention, named: Sequence[Mention]) -> Mention:
    """The district beside its town: "Hồng Ngự (99,9), thị xã Hồng Ngự 99,3"."""
    if mention.match.status != "ambiguous":
        return mention
    told = {m.match.region for m in named if m.match.status == "one"}
    left = [r for r in mention.match.candidates if r not in told]
    if len(left) != 1 or len(left) == len(mention.match.candidates):
        return mention
    one = replace(mention.match, status="one", region=left[0], confidence=_BY_ELIMINATION)
    return replace(mention, match=one)


_BY_ELIMINATION = 0.9


def _district(mention: Mention, within: Region, on: date) -> Mention | None:
    region = mention.match.region
    if region is None or region.level != "province" or region.name == within.name:
        return None
    if mention.text.casefold() != bare_name(region).casefold():
        return None
    found = (resolve(f"{kind} {mention.text}, {within.name}", on) for kind in _TYPES)
    own = (m for m in found if m.region is not None and lies_in(m.region, within))
    match = next((m for m in own if m.region is not None and _is_district(m.region, mention)), None)
    return replace(mention, match=match) if match is not None else None


def _is_district(region: Region, mention: Mention) -> bool:
    """Is it a district of just that name, and none that is only spelt like it: "Long Hồ"?"""
    return region.level == "district" and bare_name(region).casefold() == mention.text.casefold()


_BEFORE = re.compile(rf"(?<![\w'’])((?:{NAME_WORD}[ -]){{0,3}}{NAME_WORD})\s*\(\s*$")
_COMMUNES = ("Xã", "Phường", "Thị trấn")


def with_communes(text: str, named: Sequence[Mention], on: date) -> list[Mention]:
    """The mentions with the communes that stand without a type before the bracket of a district."""
    found = list(named)
    for mention in named:
        region = mention.match.region
        if region is None or region.level != "district" or not text.startswith(")", mention.end):
            continue
        before = _BEFORE.search(text, max(0, mention.start - _LONGEST), mention.start)
        taken = before is None or any(m.start < before.end(1) <= m.end for m in named)
        if before is not None and not taken and not _is_body(text, before.start(1)):
            found += _commune(before, region, on)
    return sorted(found, key=lambda m: m.start)


_OF_BODY = re.compile(
    r"\b(?:HTX|hợp tác xã|tổ hợp tác|công ty|trường|chợ|nhà máy|làng nghề|khu (?:du lịch|di tích))"
    r"(?: [^\W\d]+){0,4} $",
    re.IGNORECASE,
)


def _is_body(text: str, at: int) -> bool:
    """Is it the name of a cooperative or a school: "HTX Đông Xuân (huyện Đông Hưng)"?"""
    return _OF_BODY.search(text, max(0, at - _LONGEST), at) is not None


_LONGEST = 40
"""Letters of a name and its bracket."""


def _commune(name: re.Match[str], district: Region, on: date) -> list[Mention]:
    above = ", ".join(reversed((district.path or district.name).split(" / ")))
    tried = (resolve(f"{kind} {name[1]}, {above}", on) for kind in _COMMUNES)
    own = (m for m in tried if m.region is not None and lies_in(m.region, district))
    match = next((m for m in own if m.region is not None and m.region.level == "commune"), None)
    return [] if match is None else [Mention(name.start(1), name.end(1), name[1], match)]
